package draw

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// maxPathData bounds the length of path data, in bytes.
const maxPathData = 1 << 16

// ParseSVG reads path data as the attribute d of SVG 2, section 9.3, has it: all commands but T and t,
// which no drawing of ours uses. An error says where the data are no path.
func ParseSVG(data string) (Path, error) {
	if len(data) > maxPathData {
		return Path{}, fmt.Errorf("path data of %d bytes; at most %d", len(data), maxPathData)
	}
	r := &svgReader{text: data}
	for r.more() {
		if err := r.command(); err != nil {
			return Path{}, fmt.Errorf("path data at byte %d: %w", r.pos, err)
		}
	}
	return r.path, nil
}

type svgReader struct {
	text  string
	pos   int
	cmd   byte
	path  Path
	start Pt // of the contour
	here  Pt
	ahead Pt // where a smooth curve goes on to: the last control point, mirrored
}

// more skips separators and tells whether anything follows.
func (r *svgReader) more() bool {
	for r.pos < len(r.text) && strings.IndexByte(" \t\r\n,", r.text[r.pos]) >= 0 {
		r.pos++
	}
	return r.pos < len(r.text)
}

// command reads one command, or another set of parameters of the one before.
func (r *svgReader) command() error {
	c := r.text[r.pos]
	switch {
	case strings.IndexByte("MmLlHhVvQqCcSsAaZz", c) >= 0:
		r.cmd = c
		r.pos++
	case r.cmd == 'M':
		r.cmd = 'L'
	case r.cmd == 'm':
		r.cmd = 'l'
	case r.cmd == 0 || r.cmd == 'Z' || r.cmd == 'z':
		return fmt.Errorf("no command %q", c)
	}
	if r.path.Empty() && r.cmd != 'M' && r.cmd != 'm' {
		return fmt.Errorf("does not begin with a move")
	}
	r.ahead = r.here
	if last := len(r.path.verbs) - 1; last >= 0 && r.path.verbs[last] == cubeTo && r.here == r.path.end() {
		control := r.path.pts[len(r.path.pts)-2]
		r.ahead = Pt{2*r.here.X - control.X, 2*r.here.Y - control.Y}
	}
	return r.draw()
}

// counts are the numbers that each command takes.
var counts = map[byte]int{'m': 2, 'l': 2, 'h': 1, 'v': 1, 'q': 4, 'c': 6, 's': 4, 'a': 7, 'z': 0}

func (r *svgReader) draw() error {
	kind := r.cmd | 0x20
	var n [7]float64
	for i := range counts[kind] {
		var err error
		if n[i], err = r.number(kind == 'a' && (i == 3 || i == 4)); err != nil {
			return err
		}
	}
	base := Pt{}
	if r.cmd >= 'a' {
		base = r.here
	}
	pt := func(i int) Pt { return Pt{base.X + n[i], base.Y + n[i+1]} }
	switch kind {
	case 'z':
		r.here = r.start
		return nil
	case 'm':
		r.here = pt(0)
		r.start = r.here
		r.path.MoveTo(r.here)
		return nil
	case 'l':
		r.here = pt(0)
	case 'h':
		r.here.X = base.X + n[0]
	case 'v':
		r.here.Y = base.Y + n[0]
	case 'q':
		r.here = pt(2)
		r.path.QuadTo(pt(0), r.here)
		return nil
	case 'c':
		r.here = pt(4)
		r.path.CubeTo(pt(0), pt(2), r.here)
		return nil
	case 's':
		r.here = pt(2)
		r.path.CubeTo(r.ahead, pt(0), r.here)
		return nil
	case 'a':
		to := pt(5)
		r.path.arc(r.here, to, n[0], n[1], n[2], n[3] != 0, n[4] != 0)
		r.here = to
		return nil
	}
	r.path.LineTo(r.here)
	return nil
}

// number reads a number; a flag is one digit that needs no separator after it.
func (r *svgReader) number(flag bool) (float64, error) {
	if !r.more() {
		return 0, fmt.Errorf("a number is missing")
	}
	from := r.pos
	if flag {
		r.pos++
	} else {
		r.skipNumber()
	}
	v, err := strconv.ParseFloat(r.text[from:r.pos], 64)
	if err != nil || math.IsInf(v, 0) || flag && v != 0 && v != 1 {
		return 0, fmt.Errorf("no number: %q", r.text[from:r.pos])
	}
	return v, nil
}

func (r *svgReader) skipNumber() {
	digits := func() {
		for r.pos < len(r.text) && r.text[r.pos] >= '0' && r.text[r.pos] <= '9' {
			r.pos++
		}
	}
	one := func(set string) bool {
		ok := r.pos < len(r.text) && strings.IndexByte(set, r.text[r.pos]) >= 0
		if ok {
			r.pos++
		}
		return ok
	}
	one("+-")
	digits()
	if one(".") {
		digits()
	}
	if one("eE") {
		one("+-")
		digits()
	}
}
