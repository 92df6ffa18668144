package api

import (
	"strings"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/tileset"
)

// tileJSON is the TileJSON document of a layer.
func (s *Server) tileJSON() resource {
	return resource{
		formats: ogc.JSONFormats(), localised: true, cold: true, dated: true, parameters: fixedParameters("f", "lang", "datetime"),
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
	var budget *ogc.TileBudget
	if l.MaxBytes > 0 {
		budget = &ogc.TileBudget{MaxBytes: l.MaxBytes, Header: reportHeader}
		if lost := s.views.tables.Reductions(l.Name); l.Version == 0 && len(lost) > 0 {
			budget.Reduced = lost
		}
	}
	return ogc.NewTileJSON(a.base, s.tilesInfo(a, l), address, tileset.BoundsOn(p.grid, l.Bounds), budget, a.lang)
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
