package api

import (
	"bytes"
	"image"
	"image/color"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"parkmap/internal/layout"
)

// pixels returns an image that was answered.
func pixels(t *testing.T, w *httptest.ResponseRecorder) image.Image {
	t.Helper()
	img, _, err := image.Decode(bytes.NewReader(w.Body.Bytes()))
	if w.Code != http.StatusOK || err != nil {
		t.Fatalf("%d, %v: %.300s", w.Code, err, w.Body)
	}
	return img
}

// TestMap: a map shows what was asked for, in the system that was asked for, and says so.
func TestMap(t *testing.T) {
	c := newClient(t, nil)
	for _, test := range []struct {
		name, target        string
		mediaType, crs, box string
		width, height       int
	}{
		{
			"all of it", "/api/map", "image/png", "OGC/1.3/CRS84", "103.1375,29.9375,104.5125,30.1625", 1200, 226,
		},
		{"a box", "/api/collections/areas/map?bbox=104,30,104.2,30.1&width=400&height=300", "image/png", "OGC/1.3/CRS84", "104,30,104.2,30.1", 400, 300},
		{"latitude first", "/api/collections/areas/map?bbox=30,104,30.1,104.2&bbox-crs=[EPSG:4326]&crs=EPSG:4326&width=400&height=300", "image/png", "EPSG/0/4326", "30,104,30.1,104.2", 400, 300},
		{"latitude first, of CGCS2000", "/api/collections/areas/map?bbox=104,30,104.2,30.1&crs=EPSG:4490&width=400&height=300", "image/png", "EPSG/0/4490", "30,104,30.1,104.2", 400, 300},
		{"metres", "/api/collections/cores/map?bbox=3318000,35400000,3330000,35414000&bbox-crs=EPSG:4523&crs=EPSG:4523&width=300", "image/png", "EPSG/0/4523", "3318000,35400000,3330000,35414000", 300, 257},
		{"web mercator", "/api/collections/parks/map?crs=http://www.opengis.net/def/crs/EPSG/0/3857&bbox=11577000,3503000,11600000,3516000&bbox-crs=EPSG:3857&height=130&f=webp", "image/webp", "EPSG/0/3857", "11577000,3503000,11600000,3516000", 231, 130},
		{"vectors", "/api/collections/places/map?f=svg&bbox=104,30,104.1,30.1&width=64&height=64", "image/svg+xml", "OGC/1.3/CRS84", "104,30,104.1,30.1", 0, 0},
		{"with heights", "/api/collections/context/map?bbox=104,30,-5,104.2,30.1,9e3&width=64&height=64", "image/png", "OGC/1.3/CRS84", "104,30,104.2,30.1", 64, 64},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := c.get(test.target, "Accept", "*/*")
			h := w.Header()
			if w.Code != http.StatusOK || h.Get("Content-Type") != test.mediaType {
				t.Fatalf("%d %v: %.300s", w.Code, h, w.Body)
			}
			if h.Get("Content-Crs") != "<http://www.opengis.net/def/crs/"+test.crs+">" || h.Get("Content-Bbox") != test.box {
				t.Errorf("%s %s", h.Get("Content-Crs"), h.Get("Content-Bbox"))
			}
			if test.width > 0 {
				if b := pixels(t, w).Bounds(); b.Dx() != test.width || b.Dy() != test.height {
					t.Errorf("%d × %d", b.Dx(), b.Dy())
				}
			}
		})
	}
	if w := c.get("/api/map", "Accept", "image/svg+xml"); w.Header().Get("Content-Type") != "image/svg+xml" {
		t.Errorf("by Accept: %q", w.Header().Get("Content-Type"))
	}
	var doc struct {
		CRS   []string
		Links []struct{ Rel, Href string }
	}
	c.json("/api/collections/areas", &doc)
	if joined := strings.Join(doc.CRS, " "); doc.CRS[0] != "http://www.opengis.net/def/crs/OGC/1.3/CRS84" || !strings.Contains(joined, "/4490") || !strings.Contains(joined, "/4544") || strings.Contains(joined, "/4534") {
		t.Errorf("systems %v", doc.CRS)
	}
	for _, l := range doc.Links {
		if strings.HasSuffix(l.Rel, "/rel/ogc/1.0/map") && c.get(strings.TrimPrefix(l.Href, "https://map.example")).Code != http.StatusOK {
			t.Errorf("%s leads nowhere", l.Href)
		}
	}
}

// TestMapBackground: what is below a map is nothing, a colour, or the ground of the style.
func TestMapBackground(t *testing.T) {
	c := newClient(t, nil)
	const target = "/api/collections/parks/map?bbox=104,30,104.1,30.1&width=32&height=32" // no park is there
	for query, want := range map[string]color.NRGBA{
		"":                                      {},
		"&transparent=true":                     {},
		"&transparent=false":                    {0xF3, 0xEF, 0xE4, 0xFF},
		"&transparent=false&mode=dark":          {},
		"&bgcolor=0x336699":                     {0x33, 0x66, 0x99, 0xFF},
		"&bgcolor=336699":                       {0x33, 0x66, 0x99, 0xFF},
		"&bgcolor=%23336699":                    {0x33, 0x66, 0x99, 0xFF},
		"&bgcolor=0x80FF0000":                   {0xFF, 0, 0, 0x80},
		"&bgcolor=0x00336699":                   {},
		"&bgcolor=CornflowerBlue":               {100, 149, 237, 0xFF},
		"&bgcolor=0x336699&transparent=true":    {},
		"&bgcolor=0x336699&transparent=false":   {0x33, 0x66, 0x99, 0xFF},
		"&bgcolor=red&transparent=false&f=webp": {0xFF, 0, 0, 0xFF},
	} {
		got := color.NRGBAModel.Convert(pixels(t, c.get(target+query, "Accept", "*/*")).At(16, 16)).(color.NRGBA)
		if strings.Contains(query, "dark") {
			if got.A != 0xFF || got.R > 0x60 {
				t.Errorf("%s: %v", query, got)
			}
			continue
		}
		if got != want {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
}

func TestMapProblems(t *testing.T) {
	c := newClient(t, nil)
	const areas = "/api/collections/areas/map?"
	for _, test := range []struct{ name, target, parameter string }{
		{"width of zero", areas + "width=0", "width"},
		{"negative height", areas + "height=-1", "height"},
		{"huge width", areas + "width=4001", "width"},
		{"width beyond any number", areas + "width=99999999999999999999", "width"},
		{"no number", areas + "width=wide", "width"},
		{"fraction", areas + "width=10.5", "width"},
		{"a height that follows and is huge", areas + "bbox=104,30,104.01,31&width=4000", "height"},
		{"a height that follows and is nothing", areas + "bbox=100,30,110,30.1&width=16", "height"},
		{"three numbers", areas + "bbox=1,2,3", "bbox"},
		{"no numbers", areas + "bbox=a,b,c,d", "bbox"},
		{"not a number", areas + "bbox=NaN,0,1,1", "bbox"},
		{"infinite", areas + "bbox=0,0,1e999,1", "bbox"},
		{"empty", areas + "bbox=", "bbox"},
		{"a point", areas + "bbox=104,30,104,30", "bbox"},
		{"upside down", areas + "bbox=104,31,105,30", "bbox"},
		{"across 180°", areas + "bbox=170,-10,-170,10", "bbox"},
		{"beyond the world", areas + "bbox=-200,0,10,10", "bbox"},
		{"beyond the poles", areas + "bbox=0,0,10,91", "bbox"},
		{"the poles in web mercator", areas + "bbox=0,80,10,90&crs=EPSG:3857", "bbox"},
		{"longitude first where latitude is", areas + "bbox=104,30,105,31&bbox-crs=EPSG:4326", "bbox"},
		{"metres taken for degrees", areas + "bbox=3318000,35400000,3330000,35414000", "bbox"},
		{"metres without the number of the zone", areas + "bbox=3318000,400000,3330000,414000&bbox-crs=EPSG:4523", "bbox"},
		{"far from its grid", areas + "bbox=-10,40,10,50&crs=EPSG:4523", "bbox"},
		{"a box in an unknown system", areas + "bbox=0,0,1,1&bbox-crs=EPSG:2154", "bbox-crs"},
		{"an unknown system", areas + "crs=EPSG:999999", "crs"},
		{"no system", areas + "crs=", "crs"},
		{"colour", areas + "bgcolor=reddish", "bgcolor"},
		{"colour of five digits", areas + "bgcolor=0x12345", "bgcolor"},
		{"transparent", areas + "transparent=1", "transparent"},
		{"theme", areas + "theme=x", "theme"},
		{"mode", areas + "mode=x", "mode"},
		{"language", areas + "lang=fr", "lang"},
		{"format", areas + "f=gif", "f"},
		{"unknown parameter", areas + "styles=x", "styles"},
		{"given twice", areas + "width=20&width=20", "width"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := c.problem(test.target)
			if p.Status != http.StatusBadRequest || len(p.Errors) != 1 || p.Errors[0].Parameter != test.parameter {
				t.Errorf("%+v, want 400 that names %s", p, test.parameter)
			}
		})
	}
	for _, target := range []string{"/api/collections/units/map", "/api/collections/nothing/map", "/api/collections/facilities/map"} {
		if p := c.problem(target); p.Status != http.StatusNotFound {
			t.Errorf("%s: %+v, want 404", target, p)
		}
	}
	if p := c.problem("/api/map", "Accept", "image/gif"); p.Status != http.StatusNotAcceptable {
		t.Errorf("%+v, want 406", p)
	}
}

// TestMapOfEach: every collection with geometry has a map, in all formats.
func TestMapOfEach(t *testing.T) {
	c := newClient(t, nil)
	for _, info := range c.server.live.Current().Collections() {
		if info.Extent == nil || info.ID == layout.Context {
			continue
		}
		seen := false
		img := pixels(t, c.get("/api/collections/"+string(info.ID)+"/map?f=png&width=200&height=200"))
		for i := range 200 * 200 {
			if _, _, _, a := img.At(i%200, i/200).RGBA(); a > 0 {
				seen = true
			}
		}
		if !seen {
			t.Errorf("the map of %s is empty", info.ID)
		}
	}
}
