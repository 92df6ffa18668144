package draw_test

import (
	"image"
	"math"
	"testing"

	"parkmap/internal/draw"
)

// covered returns the coverage of the pixels of a window on contours that add adds.
func covered(bounds image.Rectangle, rule draw.Rule, add func(*draw.Raster)) map[image.Point]uint32 {
	var r draw.Raster
	r.Reset(bounds)
	add(&r)
	out := map[image.Point]uint32{}
	r.Spans(rule, func(y, x0, x1 int, coverage uint32) {
		for x := x0; x < x1; x++ {
			out[image.Pt(x, y)] += coverage
		}
	})
	return out
}

// areaIn adds up coverages in pixels.
func areaIn(pixels map[image.Point]uint32) float64 {
	sum := 0.0
	for _, c := range pixels {
		sum += float64(c) / draw.Full
	}
	return sum
}

func contour(r *draw.Raster, pts ...draw.Pt) {
	r.MoveTo(pts[0])
	for _, p := range pts[1:] {
		r.LineTo(p)
	}
}

func TestRasterAreas(t *testing.T) {
	square := func(r *draw.Raster, x0, y0, x1, y1 float64) {
		contour(r, draw.Pt{X: x0, Y: y0}, draw.Pt{X: x1, Y: y0}, draw.Pt{X: x1, Y: y1}, draw.Pt{X: x0, Y: y1})
	}
	line := []draw.Pt{{X: 10, Y: 10}, {X: 30, Y: 10}, {X: 30, Y: 30}}
	for name, c := range map[string]struct {
		rule draw.Rule
		add  func(*draw.Raster)
		area float64
	}{
		"square off the pixels":      {draw.EvenOdd, func(r *draw.Raster) { square(r, 3.25, 4.5, 9.75, 8.5) }, 26},
		"triangle":                   {draw.EvenOdd, func(r *draw.Raster) { contour(r, draw.Pt{X: 5, Y: 5}, draw.Pt{X: 25, Y: 12}, draw.Pt{X: 7, Y: 31}) }, 253},
		"hole by even and odd":       {draw.EvenOdd, func(r *draw.Raster) { square(r, 0, 0, 20, 20); square(r, 5, 5, 15, 15) }, 300},
		"no hole by non-zero":        {draw.NonZero, func(r *draw.Raster) { square(r, 0, 0, 20, 20); square(r, 5, 5, 15, 15) }, 400},
		"crossing squares, even-odd": {draw.EvenOdd, func(r *draw.Raster) { square(r, 0, 0, 20, 20); square(r, 10, 10, 30, 30) }, 600},
		"crossing squares, non-zero": {draw.NonZero, func(r *draw.Raster) { square(r, 0, 0, 20, 20); square(r, 10, 10, 30, 30) }, 700},
		"circle":                     {draw.EvenOdd, func(r *draw.Raster) { r.Path(draw.Circle(draw.Pt{X: 20, Y: 20}, 15)) }, math.Pi * 225},
		"line with a corner":         {draw.NonZero, func(r *draw.Raster) { r.Stroke(line, false, draw.Pen{Width: 4}) }, 160 - 4 + math.Pi},
		"line with round ends":       {draw.NonZero, func(r *draw.Raster) { r.Stroke(line[:2], false, draw.Pen{Width: 4, Round: true}) }, 80 + 4*math.Pi},
		"back and forth":             {draw.NonZero, func(r *draw.Raster) { r.Stroke([]draw.Pt{line[0], line[1], line[0]}, false, draw.Pen{Width: 4}) }, 80 + 2*math.Pi},
		"ring": {draw.NonZero, func(r *draw.Raster) {
			r.Stroke([]draw.Pt{{X: 10, Y: 10}, {X: 30, Y: 10}, {X: 30, Y: 30}, {X: 10, Y: 30}}, true, draw.Pen{Width: 4})
		}, 24*24 - 16*16 - 16 + 4*math.Pi},
		"dashes": {draw.NonZero, func(r *draw.Raster) { r.Stroke(line, false, draw.Pen{Width: 2, Dash: []float64{6, 4}}) }, 24 * 2},
		"dash round the corner": {draw.NonZero, func(r *draw.Raster) {
			r.Stroke(line, false, draw.Pen{Width: 2, Dash: []float64{5, 10, 10, 100}})
		}, 10 + 20 - 1 + math.Pi/4},
		"dots": {draw.NonZero, func(r *draw.Raster) {
			r.Stroke(line, false, draw.Pen{Width: 2, Round: true, Dash: []float64{0.001, 8}})
		}, 5 * math.Pi},
		"odd number of dashes": {draw.NonZero, func(r *draw.Raster) { r.Stroke(line, false, draw.Pen{Width: 2, Dash: []float64{5}}) }, 40},
		"outside":              {draw.NonZero, func(r *draw.Raster) { square(r, -50, -50, -10, 90); square(r, 60, 0, 90, 9) }, 0},
		"nothing": {draw.NonZero, func(r *draw.Raster) {
			r.Stroke(nil, true, draw.Pen{Width: 2})
			r.Stroke(line[:1], true, draw.Pen{Width: 2})
		}, 0},
		"no number": {draw.NonZero, func(r *draw.Raster) { r.Stroke(line, true, draw.Pen{Width: math.NaN()}) }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			if got := areaIn(covered(image.Rect(0, 0, 40, 40), c.rule, c.add)); math.Abs(got-c.area) > 0.03*c.area+0.1 {
				t.Errorf("area %.2f, want %.2f", got, c.area)
			}
		})
	}
}

// What a window shows must not depend on where the window ends.
func TestRasterWindowsAgree(t *testing.T) {
	var wave []draw.Pt
	for i := range 200 {
		wave = append(wave, draw.Pt{X: -700 + 9.7*float64(i), Y: 60 + 55*math.Sin(float64(i)/3.3)})
	}
	far := []draw.Pt{{X: -1e6, Y: -3e5}, {X: 1e6, Y: 3.01e5}, {X: -9e5, Y: 4e5}}
	for name, add := range map[string]func(*draw.Raster){
		"fill": func(r *draw.Raster) { contour(r, wave...); contour(r, far...) },
		"line": func(r *draw.Raster) {
			r.Stroke(wave, false, draw.Pen{Width: 3.3})
			r.Stroke(far, false, draw.Pen{Width: 2})
		},
		"ring": func(r *draw.Raster) {
			r.Stroke(wave, true, draw.Pen{Width: 3.3})
			r.Stroke(far, true, draw.Pen{Width: 2})
		},
		"dashes": func(r *draw.Raster) {
			r.Stroke(wave, true, draw.Pen{Width: 2, Dash: []float64{6, 3, 1, 3}})
			r.Stroke(far, true, draw.Pen{Width: 2, Dash: []float64{7, 4}})
		},
		"long dashes": func(r *draw.Raster) { r.Stroke(wave, false, draw.Pen{Width: 2, Dash: []float64{90, 31}, Round: true}) },
	} {
		t.Run(name, func(t *testing.T) {
			whole := covered(image.Rect(-40, -20, 200, 140), draw.NonZero, add)
			if len(whole) == 0 {
				t.Fatal("nothing is drawn")
			}
			for _, w := range []image.Rectangle{image.Rect(0, 0, 64, 64), image.Rect(64, 0, 128, 64), image.Rect(33, 50, 34, 139)} {
				part := covered(w, draw.NonZero, add)
				for y := w.Min.Y; y < w.Max.Y; y++ {
					for x := w.Min.X; x < w.Max.X; x++ {
						if at := image.Pt(x, y); part[at] != whole[at] {
							t.Fatalf("%v in window %v is %d, in the whole %d", at, w, part[at], whole[at])
						}
					}
				}
			}
		})
	}
}
