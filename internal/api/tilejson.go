package api

import (
	"maps"
	"strings"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/tileset"
)

// tileJSON is the TileJSON document of a layer.
func (s *Server) tileJSON() resource {
	return resource{
		formats: ogc.JSONFormats(), localised: true, cold: true, dated: true,
		parameters: fixedParameters(append(ogc.TileJSONParameters(), "datetime")...),
		answer: func(a *asked) (reply, error) {
			p, err := a.tilePath()
			if err != nil {
				return reply{}, err
			}
			set, err := s.tileSetAsOf(a.request.Context(), p.TileAddress, a.values)
			if err != nil {
				return reply{}, err
			}
			l, err := set.Layer(p.Layer)
			if err != nil {
				return reply{}, err
			}
			if err := a.imageInto(&p, set); err != nil {
				return reply{}, err
			}
			r := reply{key: a.key() + " " + l.Token, mediaType: a.format.Type, build: func() ([]byte, error) {
				return layout.MarshalJSON(s.newTileJSON(a, p, l))
			}}
			if p.Version > 0 {
				r.headers = []field{{"X-Layout-Version", []string{itoa(p.Version)}}, {"Cache-Control", s.forever()}}
			}
			return r, nil
		},
	}
}

// forever is the Cache-Control of what never changes, as far as its links allow.
func (s *Server) forever() []string {
	if s.base == "" {
		return s.keep([]string{strings.Replace(cacheForever[0], "public", "private", 1)})
	}
	return s.keep(cacheForever)
}

func (s *Server) newTileJSON(a *asked, p tilePath, l tileset.Layer) ogc.TileJSON {
	address := p.TileAddress
	if address.Version == 0 {
		address.Version = l.Version // what is handed out may be kept for ever
	}
	info := s.tilesInfo(a, l)
	if p.Image.Format != "" {
		info = imageInfo(info)
	}
	var budget *ogc.TileBudget
	if l.MaxBytes > 0 && !info.Map {
		budget = &ogc.TileBudget{MaxBytes: l.MaxBytes, Header: reportHeader}
		if lost := s.views.tables.Reductions(l.Name); l.Version == 0 && len(lost) > 0 {
			budget.Reduced = lost
		}
	}
	return ogc.NewTileJSON(a.base, info, address, tileset.BoundsOn(p.grid, l.Bounds), budget, a.lang)
}

// imageInto reads which images a document is to describe; without the parameter format it describes vector tiles.
func (a *asked) imageInto(p *tilePath, set *tileset.Set) error {
	formats := []string{ogc.FormatMVT}
	for _, f := range ogc.MapTileFormats() {
		formats = append(formats, f.Name)
	}
	name, err := a.oneOf("format", formats...)
	if err != nil {
		return err
	}
	format, ok := imageFormat(name)
	if !ok {
		for _, only := range []string{"scale", "theme", "mode", "bg"} {
			if a.values.Has(only) {
				return badParameter(only, "is for images; ask for format=png or format=webp")
			}
		}
		return nil
	}
	scale, err := a.oneOf("scale", "1", "2")
	if err != nil {
		return err
	}
	values := maps.Clone(a.values)
	values.Set("lang", string(a.lang))
	look, err := lookOf(values, tileset.Look{Format: format, Scale: 1})
	if err != nil {
		return err
	}
	p.Image = ogc.TileImage{Format: name, Dense: scale == "2", Query: query(look)}
	return set.HasImages(p.Layer)
}

// imageInfo turns the description of vector tiles into that of images.
func imageInfo(info ogc.TilesInfo) ogc.TilesInfo {
	info.Map, info.MaxZoom, info.Layers = true, tileset.ImageMaxZoom, nil
	return info
}

// tilePath reads the path of the request, which the router has found to be one.
func (a *asked) tilePath() (tilePath, error) {
	segments, err := tileSegments(a.request.URL)
	if err != nil {
		return tilePath{}, err
	}
	return readTilePath(segments)
}

// tilesInfo describes a layer to the builders of documents.
func (s *Server) tilesInfo(a *asked, l tileset.Layer) ogc.TilesInfo {
	info := ogc.TilesInfo{
		ID: layout.CollectionID(l.Name), Title: l.Title, Description: l.Description, Bounds: l.Bounds,
		MinZoom: l.MinZoom, MaxZoom: l.MaxZoom,
	}
	if l.Version > 0 {
		info.Attribution = attribution(a.snapshot.Document().Attributions, s.review, a.lang)
	}
	if l.Name == tileset.Bundle {
		info.ID = ""
	}
	for _, v := range l.VectorLayers {
		layer := ogc.TileLayer{ID: v.ID, Title: v.Description, Dimension: v.Dimension}
		for _, f := range v.Fields {
			layer.Fields = append(layer.Fields, layout.Property{Name: f.Name, Type: f.Type, Title: f.Title})
		}
		info.Layers = append(info.Layers, layer)
	}
	return info
}
