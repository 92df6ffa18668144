package glyph

import (
	"bytes"
	"math"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"

	"parkmap/internal/draw"
	"parkmap/internal/font"
	"parkmap/static"
)

func face(t testing.TB) *font.Face {
	t.Helper()
	f, err := font.Open(static.FS, "dist/fonts/noto-sans-sc")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// at returns the value of the pixel whose middle is nearest to a point, in pixels from the origin, y down.
func (f field) at(x, y float64) uint8 {
	col, row := int(math.Floor(x))-f.left+border, int(math.Floor(y))+f.top+border
	return f.values[row*(f.width+2*border)+col]
}

func TestFieldOfASquare(t *testing.T) {
	square := draw.Polygon(draw.Pt{X: 2, Y: -18}, draw.Pt{X: 18, Y: -18}, draw.Pt{X: 18, Y: -2}, draw.Pt{X: 2, Y: -2})
	f := fieldOf(square, 0)
	if f.width != 16 || f.height != 16 || f.left != 2 || f.top != 18 || len(f.values) != 22*22 {
		t.Fatalf("%+v", f)
	}
	for name, c := range map[string]struct {
		x, y, d float64 // distance, negative inside
	}{
		"half a pixel inside":  {2.5, -10.5, -0.5},
		"half a pixel outside": {1.5, -10.5, 0.5},
		"deep inside":          {10.5, -10.5, -7.5},
		"last of the border":   {-0.5, -10.5, 2.5},
		"beside a corner":      {1.5, -18.5, math.Sqrt2 / 2},
		"far from a corner":    {-0.5, -20.5, 2.5 * math.Sqrt2},
	} {
		want := uint8(math.Round(max(0, min(255*(0.75-c.d/8), 255))))
		if got := f.at(c.x, c.y); got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
}

func TestFieldForgetsOverlaps(t *testing.T) {
	bar := func(x0, y0, x1, y1 float64) draw.Path {
		return draw.Polygon(draw.Pt{X: x0, Y: y0}, draw.Pt{X: x1, Y: y0}, draw.Pt{X: x1, Y: y1}, draw.Pt{X: x0, Y: y1})
	}
	cross := bar(0, 8, 20, 12)
	cross.Append(bar(8, 0, 12, 20))
	outline := draw.Polygon(
		draw.Pt{X: 0, Y: 8}, draw.Pt{X: 8, Y: 8}, draw.Pt{X: 8, Y: 0}, draw.Pt{X: 12, Y: 0}, draw.Pt{X: 12, Y: 8}, draw.Pt{X: 20, Y: 8},
		draw.Pt{X: 20, Y: 12}, draw.Pt{X: 12, Y: 12}, draw.Pt{X: 12, Y: 20}, draw.Pt{X: 8, Y: 20}, draw.Pt{X: 8, Y: 12}, draw.Pt{X: 0, Y: 12})
	if !bytes.Equal(fieldOf(cross, 0).values, fieldOf(outline, 0).values) {
		t.Error("two bars that cross are not the cross")
	}
	ring := draw.Circle(draw.Pt{X: 12, Y: 12}, 10)
	inner := draw.Circle(draw.Pt{X: 12, Y: 12}, 4).Transform(draw.Affine{A: 1, E: -1, F: 24}) // wound the other way
	ring.Append(inner)
	if v := fieldOf(ring, 0).at(12.5, 12.5); v > 150 {
		t.Errorf("a hole is filled: %d", v)
	}
}

func TestFieldGrows(t *testing.T) {
	square := draw.Polygon(draw.Pt{X: 2, Y: 2}, draw.Pt{X: 18, Y: 2}, draw.Pt{X: 18, Y: 18}, draw.Pt{X: 2, Y: 18})
	if f := fieldOf(square, 1); f.width != 18 || f.left != 1 || f.at(1.5, 10.5) != uint8(math.Round(255*(0.75+0.5/8))) {
		t.Errorf("%d %d %d", f.width, f.left, f.at(1.5, 10.5))
	}
}

func TestFieldOfNothing(t *testing.T) {
	if f := fieldOf(draw.Path{}, 0); f.values != nil || f.width != 0 {
		t.Errorf("%+v", f)
	}
	if f := fieldOf(draw.Polygon(draw.Pt{X: 1, Y: 1}, draw.Pt{X: 5, Y: 1}, draw.Pt{X: 9, Y: 1}), 0); f.values != nil {
		t.Errorf("a line has a field: %+v", f)
	}
}

// decoded is a glyph as a client reads it.
type decoded struct {
	id, width, height, advance uint64
	left, top                  int64
	bitmap                     []byte
}

func decode(t *testing.T, data []byte) (name, span string, glyphs map[rune]decoded) {
	t.Helper()
	glyphs = map[rune]decoded{}
	each(t, data, func(_ protowire.Number, stack []byte, _ uint64) {
		each(t, stack, func(n protowire.Number, b []byte, _ uint64) {
			switch n {
			case 1:
				name = string(b)
			case 2:
				span = string(b)
			case 3:
				g := decoded{}
				each(t, b, func(n protowire.Number, b []byte, v uint64) {
					switch n {
					case 1:
						g.id = v
					case 2:
						g.bitmap = b
					case 3:
						g.width = v
					case 4:
						g.height = v
					case 5:
						g.left = protowire.DecodeZigZag(v)
					case 6:
						g.top = protowire.DecodeZigZag(v)
					case 7:
						g.advance = v
					}
				})
				glyphs[rune(g.id)] = g
			}
		})
	})
	return name, span, glyphs
}

func each(t *testing.T, data []byte, visit func(n protowire.Number, b []byte, v uint64)) {
	t.Helper()
	for len(data) > 0 {
		n, kind, size := protowire.ConsumeTag(data)
		if size < 0 {
			t.Fatal("no tag")
		}
		data = data[size:]
		switch kind {
		case protowire.BytesType:
			b, size := protowire.ConsumeBytes(data)
			if size < 0 {
				t.Fatal("no bytes")
			}
			visit(n, b, 0)
			data = data[size:]
		case protowire.VarintType:
			v, size := protowire.ConsumeVarint(data)
			if size < 0 {
				t.Fatal("no number")
			}
			visit(n, nil, v)
			data = data[size:]
		default:
			t.Fatalf("kind %d", kind)
		}
	}
}

func TestRange(t *testing.T) {
	data, err := Stack{Name: "Test Regular", Face: face(t)}.Range(0x6200) // 成 is U+6210
	if err != nil {
		t.Fatal(err)
	}
	name, span, glyphs := decode(t, data)
	if name != "Test Regular" || span != "25088-25343" || len(glyphs) < 150 {
		t.Errorf("%q %q with %d glyphs", name, span, len(glyphs))
	}
	for r, g := range glyphs {
		if g.bitmap != nil && uint64(len(g.bitmap)) != (g.width+6)*(g.height+6) {
			t.Errorf("%c: %d bytes for %d × %d", r, len(g.bitmap), g.width, g.height)
		}
		if r < 0x6200 || r > 0x62FF {
			t.Errorf("%c is not in the range", r)
		}
	}
	g := glyphs['成']
	if g.advance != 24 || g.width < 20 || g.width > 24 || g.height < 20 || g.height > 24 {
		t.Errorf("成: %d wide, %d high, %d on", g.width, g.height, g.advance)
	}
	// The middle of the ideograph is that of the line, 9 pixels above the baseline as clients put it.
	if middle := float64(g.top) + ascent - float64(g.height)/2; math.Abs(middle-9) > 1.5 {
		t.Errorf("the middle is %g above the baseline", middle)
	}
}

func TestRangeIsTheSameEachTime(t *testing.T) {
	f := face(t)
	a, errA := Stack{Name: "x", Face: f, Grow: 0.02, LeanDeg: 12}.Range(0x5700)
	b, errB := Stack{Name: "x", Face: f, Grow: 0.02, LeanDeg: 12}.Range(0x5700)
	if errA != nil || errB != nil || !bytes.Equal(a, b) {
		t.Error("differs", errA, errB)
	}
}

func TestRangeWithoutCharacters(t *testing.T) {
	data, err := Stack{Name: "x", Face: face(t)}.Range(0xD800)
	if _, span, glyphs := decode(t, data); err != nil || span != "55296-55551" || len(glyphs) != 0 {
		t.Errorf("%q %d %v", span, len(glyphs), err)
	}
}

func TestSpaceHasAnAdvanceOnly(t *testing.T) {
	data, err := Stack{Name: "x", Face: face(t)}.Range(0)
	if err != nil {
		t.Fatal(err)
	}
	_, _, glyphs := decode(t, data)
	if g, ok := glyphs[' ']; !ok || g.advance != 5 || g.bitmap != nil || g.width != 0 {
		t.Errorf("%v %+v", ok, g)
	}
}

func BenchmarkRange(b *testing.B) {
	s := Stack{Name: "x", Face: face(b)}
	for b.Loop() {
		if _, err := s.Range(0x6200); err != nil {
			b.Fatal(err)
		}
	}
}
