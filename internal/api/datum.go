package api

import (
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/ogc"
)

// datum is a shifted datum of web maps; "" is WGS 84, which needs no shift.
type datum string

func parseDatum(s string) (datum, error) {
	switch s {
	case ogc.DatumGCJ02, ogc.DatumBD09:
		return datum(s), nil
	}
	return "", badParameter("datum", quote(s)+" is no datum; there are: "+strings.Join(ogc.Datums(), ", "))
}

func (d datum) shift(p orb.Point) orb.Point {
	if d == ogc.DatumBD09 {
		return geo.WGS84ToBD09(p)
	}
	return geo.WGS84ToGCJ02(p)
}

// shift moves the geometries of f to a datum. Pages in HTML stay in WGS 84, which they name.
func (f *found) shift(d datum) error {
	if d == "" || f.asked.format.Type == ogc.TypeHTML {
		return nil
	}
	f.datum = d
	f.features = slices.Clone(f.features) // they are shared
	for i := range f.features {
		g := f.features[i].Geometry()
		if g == nil {
			continue
		}
		moved := geo.Snap(geo.Project(g, d.shift))
		data, err := layout.MarshalJSON(geo.JSON(moved))
		if err != nil {
			return err
		}
		f.features[i] = f.features[i].WithGeometry(moved, data)
	}
	return nil
}

// datumMember marks a GeoJSON object whose positions are not in WGS 84.
func (f *found) datumMember() string {
	if f.datum == "" {
		return ""
	}
	return `"datum":"` + string(f.datum) + `",`
}

// datumHeaders say the same for every format.
func (f *found) datumHeaders() []field {
	if f.datum == "" {
		return nil
	}
	return []field{{"X-Datum", []string{string(f.datum)}}}
}
