package api

import (
	"context"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/scene"
)

// mapPicture is a map of OGC API Maps (OGC 20-058): of the collection that the path names, or of the whole layout.
func (s *Server) mapPicture() resource {
	return resource{
		public: true, cold: true, formats: ogc.MapFormats(), parameters: fixedParameters(ogc.MapParameters()...),
		answer: func(a *asked) (reply, error) {
			subject, err := s.mapSubject(a)
			if err != nil {
				return reply{}, err
			}
			d, err := a.mapRequest(subject)
			if err != nil {
				return reply{}, err
			}
			crs := d.Plane.(geo.CRS)
			return reply{
				key: d.key() + " of " + string(a.collectionID()), mediaType: a.format.Type,
				headers: []field{
					{"Content-Crs", []string{"<" + crs.URI() + ">"}},
					{"Content-Bbox", []string{contentBBox(crs, d.Window)}},
					{"Content-Language", []string{d.Lang}},
				},
				build: func() ([]byte, error) { return s.draw(a, d) },
			}, nil
		},
	}
}

// mapSubject is what a map shows.
type mapSubject struct {
	title  string
	extent *geo.BBox // nil where it is not known
	shapes bool      // of a table
	model  func(context.Context, drawn) (*scene.Model, error)
}

// mapSubject finds what the path names; not-found when there is no such collection, or when it cannot be drawn.
func (s *Server) mapSubject(a *asked) (mapSubject, error) {
	id := a.collectionID()
	if id == "" {
		b := a.pictures().Extent()
		return mapSubject{
			title: s.dataset(a, a.lang).Title, extent: &geo.BBox{West: b.Min[0], South: b.Min[1], East: b.Max[0], North: b.Max[1]},
			model: func(context.Context, drawn) (*scene.Model, error) { return a.pictures(), nil },
		}, nil
	}
	info, err := a.collectionInfo()
	if err != nil {
		return mapSubject{}, err
	}
	if len(info.GeometryTypes) == 0 {
		return mapSubject{}, &layout.Error{Kind: layout.KindNotFound, Concerns: "map of " + string(id), Detail: "the features of this collection have no geometry"}
	}
	m := mapSubject{title: a.lang.Of(info.Title), extent: info.Extent, shapes: a.fromTable()}
	m.model = func(ctx context.Context, d drawn) (*scene.Model, error) {
		if !m.shapes {
			return a.only(id), nil
		}
		box := geographic(d.Plane.(geo.CRS), d.Window)
		shapes, err := s.views.tables.Shapes(ctx, string(id), geo.BBox{West: box.Min[0], South: box.Min[1], East: box.Max[0], North: box.Max[1]}, (box.Max[0]-box.Min[0])/d.Width)
		return a.pictures().OnlyShapes(shapes), err
	}
	return m, nil
}

// mapRequest reads the parameters of a map.
func (a *asked) mapRequest(of mapSubject) (drawn, error) {
	d := drawn{Request: scene.Request{Title: of.title, Lang: string(a.lang)}, scale: 1, format: a.format}
	d.model = func(ctx context.Context) (*scene.Model, error) { return of.model(ctx, d) }
	if of.shapes {
		d.bytes = shapesBytes
	}
	crs, err := a.system("crs")
	if err != nil {
		return d, err
	}
	d.Plane = crs
	if d.Window, err = a.mapWindow(crs, of.extent); err != nil {
		return d, err
	}
	r := &d.Request
	for _, step := range []struct {
		name  string
		parse func(string) error
	}{
		{"width", func(string) error { return a.mapSize(crs, r) }},
		{"theme", a.themeInto(r)},
		{"mode", a.modeInto(r)},
		{"bgcolor", func(string) error { return a.backgroundInto(r) }},
	} {
		if err := step.parse(step.name); err != nil {
			return d, err
		}
	}
	return d, nil
}

// system reads a reference system; CRS84 where none is named.
func (a *asked) system(name string) (geo.CRS, error) {
	if !a.values.Has(name) {
		return geo.CRS{}, nil
	}
	crs, err := geo.LookupCRS(a.values.Get(name))
	if err != nil {
		return crs, badParameter(name, quote(a.values.Get(name))+" is no reference system that is known here; write it as "+ogc.CRS84)
	}
	return crs, nil
}

// contentBBox writes a box in the order of the axes of its system.
func contentBBox(crs geo.CRS, b orb.Bound) string {
	if crs.AxisOrder == geo.NorthEast {
		b = orb.Bound{Min: geo.SwapAxes(b.Min), Max: geo.SwapAxes(b.Max)}
	}
	var sides []string
	for _, v := range []float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]} {
		sides = append(sides, strconv.FormatFloat(v, 'f', -1, 64))
	}
	return strings.Join(sides, ",")
}
