package api

import (
	"net/url"

	"github.com/paulmach/orb"

	"parkmap/internal/cql2"
	"parkmap/internal/geo"
	"parkmap/internal/ogc"
)

// parseFilter reads a filter in the language that filter-lang names; its geometries come in longitude and latitude,
// whatever filter-crs they were written in.
func parseFilter(s string, values url.Values) (*cql2.Expression, error) {
	lang := values.Get("filter-lang")
	if values.Has("filter-lang") {
		if err := parseFilterLang(lang); err != nil {
			return nil, err
		}
	}
	var e *cql2.Expression
	var err error
	if lang == ogc.FilterJSON {
		e, err = cql2.ParseJSON([]byte(s))
	} else {
		e, err = cql2.Parse(s)
	}
	if err != nil || !values.Has("filter-crs") {
		return e, err
	}
	crs, err := parseFilterCRS(values.Get("filter-crs"))
	if err != nil {
		return nil, err
	}
	return e.Transform(func(p orb.Point) orb.Point {
		if crs.AxisOrder == geo.NorthEast {
			p = geo.SwapAxes(p)
		}
		return crs.Inverse(p)
	}), nil
}

func parseFilterLang(s string) error {
	if s != ogc.FilterText && s != ogc.FilterJSON {
		return badParameter("filter-lang", quote(s)+" is no encoding of filters; there are: "+ogc.FilterText+", "+ogc.FilterJSON)
	}
	return nil
}

func parseFilterCRS(s string) (geo.CRS, error) {
	crs, err := geo.LookupCRS(s)
	if err != nil {
		return crs, badParameter("filter-crs", quote(s)+" is no reference system that is known here; write it as "+ogc.CRS84)
	}
	return crs, nil
}
