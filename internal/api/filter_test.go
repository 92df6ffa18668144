package api

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/ogc"
)

func TestFilter(t *testing.T) {
	c := newClient(t, nil)
	const all = "C1 Z1 T01 T02"
	for _, test := range []struct{ name, filter, want string }{
		{"text", "kind = 'park'", "T01 T02"},
		{"not", "NOT kind = 'park'", "C1 Z1"},
		{"Chinese", "name_zh LIKE '%集聚区'", "Z1"},
		{"case", "CASEI(name_en) LIKE CASEI('%CORE%')", "C1"},
		{"number", "planned_area_km2 * 2 >= 25", "T01"},
		{"absent", "planned_area_km2 IS NULL AND kind = 'park'", "T02"},
		{"unknown is not true", "planned_area_km2 < 100 OR NOT planned_area_km2 < 100", "T01"},
		{"division by zero", "number / 0 = 1 OR NOT number / 0 = 1", ""},
		{"list", "A_CONTAINS(specialisations, ('auto'))", "T01"},
		{"moment", "T_AFTER(changed_at, DATE('2000-01-01')) AND id IN ('C1', 'T02')", "C1 T02"},
		{"box", "S_INTERSECTS(geometry, BBOX(104.05,30.05,104.06,30.06))", "C1"},
		{"box on an edge", "S_INTERSECTS(geometry, BBOX(104.1,30.05,104.1,30.06))", "C1 Z1"},
		{"in the hole", "S_INTERSECTS(geometry, POINT(103.25 30.05))", ""},
		{"within", "S_WITHIN(geometry, BBOX(104,30,105,31)) AND kind <> 'zone'", "C1 T01"},
		{"always", "TRUE", all},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := c.items("/api/collections/areas/items?filter=" + url.QueryEscape(test.filter)).ids(); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestFilterEncodings(t *testing.T) {
	c := newClient(t, nil)
	for _, test := range []struct{ name, filter, more, want string }{
		{"text by name", "kind = 'park'", "filter-lang=cql2-text", "T01 T02"},
		{"JSON", `{"op":"=","args":[{"property":"kind"},"park"]}`, "filter-lang=cql2-json", "T01 T02"},
		{"CRS84", "S_INTERSECTS(geometry, POINT(104.05 30.05))", "filter-crs=" + ogc.CRS84, "C1"},
		{"latitude first", "S_INTERSECTS(geometry, POINT(30.05 104.05))", "filter-crs=http://www.opengis.net/def/crs/EPSG/0/4326", "C1"},
		{"Web Mercator", "S_INTERSECTS(geometry, POINT(11582793 3509600))", "filter-crs=http://www.opengis.net/def/crs/EPSG/0/3857", "C1"},
		{"Gauss-Krüger", "S_INTERSECTS(geometry, BBOX(3326000, 408000, 3326100, 408100))", "filter-crs=http://www.opengis.net/def/crs/EPSG/0/4544", "C1"},
		{"with another parameter", "kind = 'park'", "number=2", "T02"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := c.items("/api/collections/areas/items?" + test.more + "&filter=" + url.QueryEscape(test.filter)).ids(); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestFilterErrors(t *testing.T) {
	c := newClient(t, nil)
	for _, test := range []struct{ name, collection, query, parameter, detail string }{
		{"empty", "areas", "filter=", "filter", "there is the end"},
		{"unknown property", "areas", "filter=colour%3D1", "filter", `at character 1: there is no property "colour" to filter by; there are: area_km2`},
		{"wrong type", "areas", "filter=number%3D'1'", "filter", "at character 8: a text stands where a number is needed"},
		{"depth 5,000", "areas", "filter=" + strings.Repeat("(", 5000), "filter", "more than 64 deep"},
		{"statement", "areas", "filter=" + url.QueryEscape("kind = ''; DROP TABLE areas; --'"), "filter", "';' has no meaning here"},
		{"geometry of what has none", "units", "filter=" + url.QueryEscape("geometry IS NULL"), "filter", "there is no property"},
		{"language", "areas", "filter=TRUE&filter-lang=sql", "filter-lang", "cql2-text, cql2-json"},
		{"JSON as text", "areas", "filter=%7B%7D", "filter", "has no meaning here"},
		{"reference system", "areas", "filter=TRUE&filter-crs=EPSG:1", "filter-crs", "no reference system"},
		{"metres as degrees", "areas", "filter=" + url.QueryEscape("S_INTERSECTS(geometry, POINT(408000 3326000))"), "filter", "not valid"},
		{"datum", "areas", "datum=wgs84", "datum", "gcj02, bd09"},
		{"no datum", "areas", "datum=", "datum", "gcj02, bd09"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := c.get("/api/collections/" + test.collection + "/items?" + test.query)
			var p Problem
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code != http.StatusBadRequest || len(p.Errors) != 1 {
				t.Fatalf("%d %s", w.Code, w.Body)
			}
			if p.Errors[0].Parameter != test.parameter || !strings.Contains(p.Errors[0].Detail, test.detail) {
				t.Errorf("%+v", p.Errors[0])
			}
		})
	}
}

// TestFilterPages: a link to the next page keeps the filter, and does not serve another one.
func TestFilterPages(t *testing.T) {
	c := newClient(t, nil)
	first := c.items("/api/collections/areas/items?limit=1&filter=" + url.QueryEscape("kind = 'park'"))
	next := first.link("next")
	if first.ids() != "T01" || first.NumberMatched != 2 || next == "" {
		t.Fatalf("%+v", first)
	}
	target := strings.TrimPrefix(next, "https://map.example")
	if got := c.items(target).ids(); got != "T02" {
		t.Errorf("%s gives %s", next, got)
	}
	other := strings.Replace(target, url.QueryEscape("kind = 'park'"), url.QueryEscape("kind = 'zone'"), 1)
	if w := c.get(other); other == target || w.Code != http.StatusBadRequest {
		t.Errorf("%s: %d", other, w.Code)
	}
}

// placed is a GeoJSON object as the test of datums looks at it.
type placed struct {
	Datum    string
	Geometry struct{ Coordinates any }
	Features []placed
}

// bound is that of the first feature, or of the geometry.
func (p placed) bound() orb.Bound {
	if len(p.Features) > 0 {
		return p.Features[0].bound()
	}
	var positions orb.MultiPoint
	var walk func(v any)
	walk = func(v any) {
		list, _ := v.([]any)
		if x, ok := list[0].(float64); ok {
			positions = append(positions, orb.Point{x, list[1].(float64)})
			return
		}
		for _, item := range list {
			walk(item)
		}
	}
	walk(p.Geometry.Coordinates)
	return positions.Bound()
}

// TestDatum: positions are shifted, the answer says so everywhere, and parameters keep to WGS 84.
func TestDatum(t *testing.T) {
	c := newClient(t, nil)
	const items, item = "/api/collections/areas/items?bbox=104.05,30.05,104.06,30.06", "/api/collections/areas/items/C1?properties=kind"
	read := func(target string) (p placed, said string) {
		w := c.get(target)
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
			t.Fatalf("%s: %v", target, err)
		}
		return p, w.Header().Get("X-Datum")
	}
	before, _ := read(items)
	for name, shift := range map[string]func(orb.Point) orb.Point{"gcj02": geo.WGS84ToGCJ02, "bd09": geo.WGS84ToBD09} {
		for _, target := range []string{items, item} {
			after, said := read(target + "&datum=" + name)
			if after.Datum != name || said != name {
				t.Errorf("%s: the member says %q, the header %q", target, after.Datum, said)
			}
			got, want := after.bound().Min, shift(before.bound().Min)
			if geo.DistanceM(got, want) > 5 || geo.DistanceM(got, before.bound().Min) < 100 {
				t.Errorf("%s in %s: %v, want about %v", target, name, got, want)
			}
		}
		for _, f := range []string{"csv", "geojsonseq"} {
			w := c.get(items + "&f=" + f + "&datum=" + name)
			if w.Header().Get("X-Datum") != name || w.Body.String() == c.get(items+"&f="+f).Body.String() {
				t.Errorf("%s as %s: %v", name, f, w.Header())
			}
		}
		if h := c.get(items + "&f=html&datum=" + name).Header(); h.Get("X-Datum") != "" {
			t.Errorf("the page, which is in WGS 84, says %v", h)
		}
	}
	if again, said := read(items); again.bound() != before.bound() || said != "" {
		t.Error("what is shared has moved")
	}
	if w := c.get("/api/collections/areas/items/C1?datum=wgs84"); w.Code != http.StatusBadRequest {
		t.Errorf("an unknown datum is %d", w.Code)
	}
	if w := c.get("/api/collections/units/items?datum=gcj02"); w.Code != http.StatusOK {
		t.Errorf("features without geometry: %d", w.Code)
	}
}
