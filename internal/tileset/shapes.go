package tileset

import (
	"context"
	"errors"
	"fmt"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

// Bounds of what a picture shows of a table.
const (
	maxShapes     = 50_000
	maxShapeBytes = 32 << 20
)

var errEnough = errors.New("there are too many bytes for a picture")

// surroundings is how much of its size a box keeps beyond each side of large geometries.
const surroundings = 0.25

// Shapes returns the geometries of a table that meet a box, in CRS84, without what lies far beyond it. Of those that are
// smaller than a pixel one per half a pixel is kept, and where there are too many, one per four or eight pixels. Errors:
// not-found, unavailable, and invalid where there are too many even so.
func (t *Tables) Shapes(ctx context.Context, name string, box geo.BBox, pixelDeg float64) ([]orb.Geometry, error) {
	l, ok := t.layer(name)
	if !ok {
		return nil, layout.NotFound("layer", layout.ID(name))
	}
	for _, pixels := range []float64{1, 8, 16} {
		shapes, all, err := t.shapes(ctx, l, RowsQuery{Box: box, PixelDeg: pixels * pixelDeg, Limit: maxShapes, Token: l.Token})
		if err != nil || all {
			return shapes, err
		}
	}
	return nil, layout.Invalid("map of "+name, layout.Violation{
		Rule: "size", Path: "bbox", Detail: fmt.Sprintf("there are more than %d features or %d MB in the box; ask for a smaller one", maxShapes, maxShapeBytes>>20),
	})
}

// shapes reads the geometries of rows; all is false where there are too many.
func (t *Tables) shapes(ctx context.Context, l Layer, q RowsQuery) (shapes []orb.Geometry, all bool, err error) {
	bound := q.Box.Bounds()[0]
	bound = bound.Pad(surroundings * max(bound.Max[0]-bound.Min[0], bound.Max[1]-bound.Min[1]))
	rows, size, tooMuch := 0, 0, false
	err = t.feed.Rows(ctx, l.Name, q, func(r Row) error {
		if rows, size = rows+1, size+len(r.EWKB); size > maxShapeBytes {
			tooMuch = true
			return errEnough
		}
		whole, err := shape(r.EWKB)
		if err != nil {
			return nil //nolint:nilerr // curves and the like: the row cannot be drawn, all others can
		}
		for _, g := range parts(whole) {
			if g = near(g, bound, l.CRS); g != nil {
				shapes = append(shapes, g)
			}
		}
		return nil
	})
	if tooMuch {
		return nil, false, nil
	}
	return shapes, rows < q.Limit, err
}

// near returns a point, a line or a polygon in CRS84, without what is beyond the bound; nil where nothing is left.
func near(g orb.Geometry, bound orb.Bound, crs geo.CRS) orb.Geometry {
	if g == nil {
		return nil
	}
	if crs.Projected() {
		g = geo.Project(g, crs.Inverse)
	}
	if b := g.Bound(); bound.Contains(b.Min) && bound.Contains(b.Max) {
		return g
	}
	return clip.Geometry(bound, g)
}
