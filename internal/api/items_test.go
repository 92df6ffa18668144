package api

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"parkmap/internal/ogc"
)

func TestItems(t *testing.T) {
	c := newClient(t, nil)
	const all = "C1 Z1 T01 T02"
	for _, test := range []struct{ name, query, want string }{
		{"all", "", all},
		{"bbox", "bbox=104.05,30.05,104.06,30.06", "C1"},
		{"bbox touches two", "bbox=104.1,30.05,104.1,30.06", "C1 Z1"},
		{"bbox between the parts", "bbox=104.36,30.01,104.39,30.02", ""},
		{"bbox in the hole", "bbox=103.245,30.045,103.255,30.055", ""},
		{"bbox with heights", "bbox=104.05,30.05,-10,104.06,30.06,9000", "C1"},
		{"bbox across 180", "bbox=104.15,-10,-170,40", "Z1 T01"},
		{"bbox across 180, elsewhere", "bbox=170,-10,-170,40", ""},
		{"bbox of the world", "bbox=-180,-90,180,90", all},
		{"bbox with exponents and spaces", "bbox=1.0405e2,%2030.05,104.06,30.06", "C1"},
		{"datetime instant", "datetime=2021-01-01T00:00:00Z", all},
		{"datetime date", "datetime=2021-01-01", all},
		{"datetime open start", "datetime=../2021-01-01T00:00:00Z", all},
		{"datetime open end", "datetime=2021-01-01T00:00:00%2B08:00/..", all},
		{"datetime empty end", "datetime=2021-01-01T00:00:00Z/", all},
		{"datetime open", "datetime=../..", all},
		{"datetime interval", "datetime=2021-01-01T00:00:00.5Z/2022-01-01T00:00:00Z", all},
		{"limit", "limit=2", "C1 Z1"},
		{"limit above the maximum", "limit=10001", all},
		{"limit far above the maximum", "limit=99999999999999999999999", all},
		{"sortby", "sortby=name_en", "T01 C1 T02 Z1"},
		{"sortby descending", "sortby=-name_en", "Z1 T02 C1 T01"},
		{"sortby plus", "sortby=%2Bname_en", "T01 C1 T02 Z1"},
		{"sortby bare plus", "sortby=+name_en", "T01 C1 T02 Z1"},
		{"sortby two", "sortby=-kind,-number", "Z1 T02 T01 C1"},
		{"sortby the same twice", "sortby=-name_en,name_en", "Z1 T02 C1 T01"},
		{"q Chinese", "q=" + url.QueryEscape("青松"), "T01"},
		{"q pinyin", "q=qingsong", "T01"},
		{"q initials", "q=qsy", "T01"},
		{"q English", "q=green", "T02"},
		{"q empty", "q=", all},
		{"q nothing", "q=zzzz", ""},
		{"queryable", "kind=park", "T01 T02"},
		{"queryable list", "kind=core,zone", "C1 Z1"},
		{"queryable with a comma", "name_en=" + url.QueryEscape("Core, the"), "C1"},
		{"queryable Chinese", "name_zh=" + url.QueryEscape("集聚区"), "Z1"},
		{"queryable number", "planned_area_km2=12.50", "T01"},
		{"queryable in a list", "responsible_units=U02", "T02"},
		{"specialisation", "specialisations=auto", "T01"},
		{"specialisations, one of two", "specialisations=chip,auto", "T01"},
		{"specialisation that no area has", "specialisations=chip", ""},
		{"specialisation of another kind", "specialisations=auto&kind=core", ""},
		{"queryable list with repeats", "kind=" + strings.Repeat("zone,", 90) + "core", "C1 Z1"},
		{"q as long as may be", "q=" + url.QueryEscape(strings.Repeat("园", ogc.MaxTextLength)), ""},
		{"queryable id", "id=T01,T02", "T01 T02"},
		{"two queryables", "kind=park&number=2", "T02"},
		{"all at once", "kind=park&bbox=104,30,105,31&q=park&sortby=-number&datetime=../..&limit=5", "T01"},
	} {
		t.Run(test.name, func(t *testing.T) {
			page := c.items("/api/collections/areas/items?" + test.query)
			if got := page.ids(); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// TestItemsErrors tries every way to get a parameter wrong: each is 400 and names the parameter.
func TestItemsErrors(t *testing.T) {
	c := newClient(t, nil)
	for _, test := range []struct{ name, query, parameter string }{
		{"bbox of three", "bbox=1,2,3", "bbox"},
		{"bbox of five", "bbox=1,2,3,4,5", "bbox"},
		{"bbox empty", "bbox=", "bbox"},
		{"bbox word", "bbox=a,b,c,d", "bbox"},
		{"bbox NaN", "bbox=NaN,0,1,1", "bbox"},
		{"bbox infinite", "bbox=-Inf,0,1,1", "bbox"},
		{"bbox hexadecimal", "bbox=0x1,0,1,1", "bbox"},
		{"bbox overflow", "bbox=1e999,0,1,1", "bbox"},
		{"bbox south above north", "bbox=1,3,2,2", "bbox"},
		{"bbox latitude", "bbox=1,-91,2,2", "bbox"},
		{"bbox longitude", "bbox=-181,1,2,2", "bbox"},
		{"bbox heights", "bbox=1,2,9,3,4,8", "bbox"},
		{"limit 0", "limit=0", "limit"},
		{"limit negative", "limit=-1", "limit"},
		{"limit word", "limit=many", "limit"},
		{"limit empty", "limit=", "limit"},
		{"limit fraction", "limit=1.5", "limit"},
		{"limit exponent", "limit=1e9", "limit"},
		{"limit plus", "limit=+5", "limit"},
		{"limit escaped plus", "limit=%2B5", "limit"},
		{"datetime word", "datetime=today", "datetime"},
		{"datetime empty", "datetime=", "datetime"},
		{"datetime month", "datetime=2021-13-01T00:00:00Z", "datetime"},
		{"datetime without zone", "datetime=2021-01-01T00:00:00", "datetime"},
		{"datetime backwards", "datetime=2022-01-01T00:00:00Z/2021-01-01T00:00:00Z", "datetime"},
		{"datetime of three", "datetime=2020-01-01/2021-01-01/2022-01-01", "datetime"},
		{"datetime open instant", "datetime=..", "datetime"},
		{"datetime slash", "datetime=/", "datetime"},
		{"properties unknown", "properties=kind,colour", "properties"},
		{"properties empty", "properties=", "properties"},
		{"properties empty member", "properties=kind,,number", "properties"},
		{"properties too many", "properties=" + strings.Repeat("kind,", 100) + "kind", "properties"},
		{"sortby unknown", "sortby=colour", "sortby"},
		{"sortby unsortable", "sortby=specialisations", "sortby"},
		{"sortby two signs", "sortby=--kind", "sortby"},
		{"sortby empty", "sortby=", "sortby"},
		{"q too long", "q=" + strings.Repeat("a", ogc.MaxTextLength+1), "q"},
		{"q very long", "q=" + strings.Repeat("%E5%9B%AD", 800), "q"},
		{"token", "token=xyz", "token"},
		{"token empty", "token=", "token"},
		{"token forged", "token=nAAAA", "token"},
		{"token very long", "token=n" + strings.Repeat("A", 8000), "token"},
		{"queryable number", "number=two", "number"},
		{"queryable too many", "kind=" + strings.Repeat("a,", 100) + "a", "kind"},
		{"f", "f=shp", "f"},
		{"lang", "lang=fr", "lang"},
		{"crs", "crs=http://www.opengis.net/def/crs/EPSG/0/4490", "crs"},
		{"bbox-crs", "bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4490", "bbox-crs"},
		{"unknown", "colour=red", "colour"},
		{"unknown empty", "colour", "colour"},
		{"case matters", "BBOX=1,2,3,4", "BBOX"},
		{"repeated", "limit=1&limit=2", "limit"},
		{"not UTF-8", "q=%FF", "q"},
		{"zero byte", "q=a%00b", "q"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := c.problem("/api/collections/areas/items?" + test.query)
			if p.Status != http.StatusBadRequest || len(p.Errors) == 0 || p.Errors[0].Parameter != test.parameter || p.Errors[0].Detail == "" {
				t.Errorf("want 400 for %s, got %+v", test.parameter, p)
			}
		})
	}
}

func TestBrokenQuery(t *testing.T) {
	c := newClient(t, nil)
	for _, query := range []string{"limit=%zz", "a;b=1", "%"} {
		if p := c.problem("/api/collections/areas/items?" + query); p.Status != http.StatusBadRequest {
			t.Errorf("%s: %+v", query, p)
		}
	}
}

func TestUnknownParameters(t *testing.T) {
	c := newClient(t, nil)
	for _, path := range []string{
		"/api", "/api/conformance", "/api/openapi.json", "/api/collections", "/api/collections/areas",
		"/api/collections/areas/queryables", "/api/collections/areas/schema", "/api/collections/areas/items",
		"/api/collections/areas/items/T01",
	} {
		t.Run(path, func(t *testing.T) {
			p := c.problem(path + "?colour=red&limit2=1")
			if p.Status != http.StatusBadRequest || len(p.Errors) != 2 || p.Errors[0].Parameter != "colour" || p.Errors[1].Parameter != "limit2" {
				t.Errorf("%+v", p)
			}
		})
	}
}

// TestPaging walks through all features forwards and backwards, in several orders.
func TestPaging(t *testing.T) {
	c := newClient(t, nil)
	for _, test := range []struct{ name, query, want string }{
		{"own order", "limit=1", "C1,Z1,T01,T02"},
		{"pages of three", "limit=3", "C1 Z1 T01,T02"},
		{"sorted", "limit=2&sortby=-name_en", "Z1 T02,C1 T01"},
		{"filtered", "limit=1&kind=park&properties=kind", "T01,T02"},
		{"one page", "limit=4", "C1 Z1 T01 T02"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var forwards, backwards []string
			last := ""
			for target := "/api/collections/areas/items?" + test.query; target != ""; {
				page := c.items(target)
				forwards = append(forwards, page.ids())
				last = target
				target = strings.TrimPrefix(page.link("next"), "https://map.example")
			}
			for target := last; target != ""; {
				page := c.items(target)
				backwards = append(backwards, page.ids())
				target = strings.TrimPrefix(page.link("prev"), "https://map.example")
			}
			slices.Reverse(backwards)
			if got := strings.Join(forwards, ","); got != test.want {
				t.Errorf("forwards %q, want %q", got, test.want)
			}
			if !slices.Equal(sortedWords(forwards), sortedWords(backwards)) {
				t.Errorf("backwards %q, forwards %q", backwards, forwards)
			}
		})
	}
}

func sortedWords(pages []string) []string {
	words := strings.Fields(strings.Join(pages, " "))
	slices.Sort(words)
	return words
}

func TestPagesKeepTheFormat(t *testing.T) {
	c := newClient(t, nil)
	page := c.items("/api/collections/areas/items?limit=1")
	if next := page.link("next"); !strings.Contains(next, "f=json") {
		t.Errorf("the next page of GeoJSON is %s", next)
	}
	if w := c.get("/api/collections/areas/items?limit=1", "Accept", "text/html"); !strings.Contains(w.Body.String(), "f=html&limit=1&token=n") {
		t.Errorf("the page in HTML has no next page in HTML: %s", w.Body)
	}
}

func TestProperties(t *testing.T) {
	c := newClient(t, nil)
	page := c.items("/api/collections/areas/items?properties=planned_area_km2,kind")
	for _, f := range page.Features {
		for name := range f.Properties {
			if name != "kind" && name != "planned_area_km2" {
				t.Errorf("%s has the property %s", f.ID, name)
			}
		}
		if f.Properties["kind"] == nil {
			t.Errorf("%s has no kind", f.ID)
		}
	}
	if got := page.Features[2].Properties["planned_area_km2"]; got != 12.5 {
		t.Errorf("planned_area_km2 is %v", got)
	}
}

// TestDeclared checks that queryables, schema and answers name the same properties.
func TestDeclared(t *testing.T) {
	c := newClient(t, nil)
	var collections ogc.Collections
	c.json("/api/collections", &collections)
	for _, info := range collections.Collections {
		t.Run(string(info.ID), func(t *testing.T) {
			root := "/api/collections/" + string(info.ID)
			var schema, queryables ogc.PropertiesSchema
			c.json(root+"/schema", &schema)
			c.json(root+"/queryables", &queryables)
			for _, f := range c.items(root + "/items").Features {
				for name := range f.Properties {
					if _, ok := schema.Properties[name]; !ok {
						t.Errorf("%s has %s, which the schema lacks", f.ID, name)
					}
				}
			}
			for name := range queryables.Properties {
				if _, ok := schema.Properties[name]; !ok {
					t.Errorf("the queryable %s is not in the schema", name)
				}
				if name == "geometry" {
					continue
				}
				if w := c.get(root + "/items?" + name + "=1"); w.Code != http.StatusOK && w.Code != http.StatusBadRequest {
					t.Errorf("the queryable %s gives %d", name, w.Code)
				}
			}
		})
	}
}

func TestItem(t *testing.T) {
	c := newClient(t, nil)
	for _, test := range []struct {
		name, target string
		code         int
		location     string
	}{
		{"by id", "/api/collections/areas/items/T01", 200, ""},
		{"in a view", "/api/collections/parks/items/T01", 200, ""},
		{"in the wrong view", "/api/collections/cores/items/T01", 404, ""},
		{"without geometry", "/api/collections/units/items/U01", 200, ""},
		{"by slug", "/api/collections/areas/items/first", 308, "/api/collections/areas/items/T01"},
		{"by slug with a query", "/api/collections/parks/items/first?f=csv&lang=en", 308, "/api/collections/parks/items/T01?f=csv&lang=en"},
		{"none", "/api/collections/areas/items/T99", 404, ""},
		{"lower case", "/api/collections/areas/items/t01", 404, ""},
		{"no such collection", "/api/collections/lakes/items/T01", 404, ""},
		{"escaped", "/api/collections/areas/items/T%301", 200, ""},
		{"traversal", "/api/collections/areas/items/..%2F..%2F..%2Fetc%2Fpasswd", 404, ""},
		{"dots", "/api/collections/../../etc/passwd", 404, ""},
		{"zero byte", "/api/collections/areas/items/T01%00", 404, ""},
		{"not UTF-8", "/api/collections/areas/items/%FF", 404, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := c.get(test.target)
			if w.Code != test.code || w.Header().Get("Location") != test.location {
				t.Errorf("%d %s, want %d %s", w.Code, w.Header().Get("Location"), test.code, test.location)
			}
			if test.code == http.StatusNotFound {
				readProblem(t, w)
			}
		})
	}
}

func TestItemDocument(t *testing.T) {
	c := newClient(t, nil)
	var f struct {
		Type, ID   string
		Geometry   any
		Properties map[string]any
		Links      []ogc.Link
	}
	c.json("/api/collections/units/items/U01", &f)
	if f.Type != "Feature" || f.ID != "U01" || f.Geometry != nil || f.Properties["full_zh"] != "甲市某局" || len(f.Links) == 0 {
		t.Errorf("%+v", f)
	}
}

func TestCSV(t *testing.T) {
	c := newClient(t, nil)
	rows, err := csv.NewReader(c.get("/api/collections/areas/items?f=csv").Body).ReadAll()
	if err != nil || len(rows) != 5 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	column := func(name string) int { return slices.Index(rows[0], name) }
	park := rows[3]
	for _, test := range []struct{ name, column, want string }{
		{"id", "id", "T01"},
		{"formula", "name_en", "'=Formula park"},
		{"number", "planned_area_km2", "12.5"},
		{"list", "responsible_units", `["U01"]`},
		{"absent", "limits", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if i := column(test.column); i < 0 || park[i] != test.want {
				t.Errorf("column %d of %v", i, park)
			}
		})
	}
	var specialisations []map[string]string
	if err := json.Unmarshal([]byte(park[column("specialisations")]), &specialisations); err != nil || specialisations[0]["code"] != "auto" {
		t.Errorf("specialisations: %v %v", specialisations, err)
	}
	if !strings.HasPrefix(park[column("wkt")], "MULTIPOLYGON(((104.3 30,") {
		t.Errorf("wkt: %s", park[column("wkt")])
	}
}

func TestSafeCell(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"plain", "park", "park"},
		{"equals", "=1+1", "'=1+1"},
		{"plus", "+1", "'+1"},
		{"minus", "-1", "'-1"},
		{"at", "@SUM(A1)", "'@SUM(A1)"},
		{"tab", "\t=1", "'\t=1"},
		{"return", "\r=1", "'\r=1"},
		{"empty", "", ""},
		{"Chinese", "园", "园"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := safeCell(test.in); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestSequence(t *testing.T) {
	c := newClient(t, nil)
	body := c.get("/api/collections/areas/items?f=geojsonseq").Body.String()
	records := strings.Split(body, "\x1e")[1:]
	if len(records) != 4 {
		t.Fatalf("%d records", len(records))
	}
	for _, r := range records {
		var f struct{ Type string }
		if err := json.Unmarshal([]byte(r), &f); err != nil || f.Type != "Feature" || !strings.HasSuffix(r, "\n") {
			t.Errorf("%q: %v", r, err)
		}
	}
}

// TestLinkHeaders: formats that have no place for links and counts carry them in headers.
func TestLinkHeaders(t *testing.T) {
	c := newClient(t, nil)
	for _, format := range []string{"csv", "geojsonseq"} {
		t.Run(format, func(t *testing.T) {
			h := c.get("/api/collections/areas/items?limit=3&f=" + format).Header()
			if h.Get("OGC-NumberMatched") != "4" || h.Get("OGC-NumberReturned") != "3" {
				t.Errorf("counts: %v", h)
			}
			var next string
			for l := range strings.SplitSeq(h.Get("Link"), ", ") {
				if strings.Contains(l, `rel="next"`) {
					next, _, _ = strings.Cut(strings.TrimPrefix(l, "<https://map.example"), ">")
				}
			}
			if w := c.get(next); w.Code != http.StatusOK || w.Header().Get("OGC-NumberReturned") != "1" {
				t.Errorf("the next page %q gives %d %v", next, w.Code, w.Header())
			}
		})
	}
}

// TestWordsOfText: words between white space must all be found; a comma separates none, as the OpenAPI document
// and the guide say.
func TestWordsOfText(t *testing.T) {
	c := newClient(t, nil)
	for _, test := range []struct {
		name, q string
		want    int
	}{
		{"one word", "green", 1},
		{"two words", "park%20green", 1},
		{"two words of Chinese", "%E7%BB%BF%E3%80%80%E5%9B%AD", 1},
		{"one of two is nowhere", "green%20cloud", 0},
		{"a comma", "park,green", 0},
		{"a comma within a word", "gr,een", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := c.items(areas + "?q=" + test.q).NumberMatched; got != test.want {
				t.Errorf("%d features, want %d", got, test.want)
			}
		})
	}
}
