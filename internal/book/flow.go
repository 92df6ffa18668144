package book

import (
	"slices"

	"parkmap/internal/pdf"
)

// piece is what a column holds: a line, a heading, a row of a table.
type piece struct {
	high float64 // with the room below it
	glue bool    // it stays with the piece behind it
	draw func(p *pdf.Page, x, y float64)
}

// frame is a column of a page, or what is left of one.
type frame struct {
	page        *pdf.Page
	x, top, low float64
}

// blank is room that a column does not begin with.
func blank(high float64) piece { return piece{high: high} }

// paragraph sets runs in lines of a width as an element of a kind, indented; the room below its last line is extra.
// Its first line stays with its second one, and the one before the last with the last.
func (s *setter) paragraph(kind string, runs []run, wide, indent, extra float64) []piece {
	lines := s.lines(runs, wide-indent)
	if len(lines) == 0 {
		return nil
	}
	var element *pdf.Element // made when it is drawn, so that elements are in the order of reading
	var out []piece
	for i, line := range lines {
		high, rise := 0.0, 0.0
		for _, part := range line {
			high, rise = max(high, part.look.leading), max(rise, part.look.size)
		}
		base := (high-rise)/2 + rise*0.86
		one := piece{high: high, glue: i < len(lines)-1 && (i == 0 || i == len(lines)-2)}
		if i == len(lines)-1 {
			one.high += extra
		}
		one.draw = func(p *pdf.Page, x, y float64) {
			if element == nil {
				element = s.doc.Element(kind)
			}
			p.Mark(element, func() { s.set(p, line, x+indent, y+base) })
		}
		out = append(out, one)
	}
	return out
}

// glued makes all pieces stay with what follows.
func glued(pieces []piece) []piece {
	for i := range pieces {
		pieces[i].glue = true
	}
	return pieces
}

// bundle returns how many of the pieces stay together, and their height.
func bundle(pieces []piece) (n int, high float64) {
	for n < len(pieces) {
		high += pieces[n].high
		n++
		if !pieces[n-1].glue {
			break
		}
	}
	return n, high
}

// fill puts pieces into a frame as far as they fit and returns the rest. When even the first bundle is too high for
// a whole frame, it is broken.
func (f frame) fill(pieces []piece, draw bool) (rest []piece, y float64) {
	y = f.top
	for len(pieces) > 0 {
		if y == f.top && pieces[0].draw == nil {
			pieces = pieces[1:]
			continue
		}
		n, high := bundle(pieces)
		if y+high > f.low+0.01 {
			if y > f.top {
				break
			}
			n = 1
		}
		for _, one := range pieces[:n] {
			if draw && one.draw != nil {
				one.draw(f.page, f.x, y)
			}
			y += one.high
		}
		pieces = pieces[n:]
	}
	return pieces, y
}

// fits tells whether frames hold all pieces.
func fits(pieces []piece, frames []frame) bool {
	for _, f := range frames {
		if f.low <= f.top {
			return false
		}
		pieces, _ = f.fill(pieces, false)
	}
	return len(pieces) == 0
}

// pour fills the frames, then those that more gives, until nothing is left.
func pour(pieces []piece, frames []frame, more func() []frame) {
	for len(pieces) > 0 {
		if len(frames) == 0 {
			frames = more()
		}
		if balanced, ok := even(pieces, frames); ok {
			frames = balanced
		}
		pieces, _ = frames[0].fill(pieces, true)
		frames = frames[1:]
	}
}

// even lowers the ends of frames side by side so that the pieces fill them evenly; ok is false when they do not fit.
func even(pieces []piece, frames []frame) (out []frame, ok bool) {
	if len(frames) < 2 {
		return frames, false
	}
	for high := frames[0].low - frames[0].top; high > 0; high -= 4 {
		next := slices.Clone(frames)
		for i := range next {
			next[i].low = next[i].top + high
		}
		if !fits(pieces, next) {
			break
		}
		out = next
	}
	return out, out != nil
}

// columns returns the columns of a page from a height on.
func columns(p *pdf.Page, top, low float64) []frame {
	var out []frame
	for i := range across {
		out = append(out, frame{p, side + float64(i)*(colWide+gap), top, low})
	}
	return out
}
