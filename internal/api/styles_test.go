package api

import (
	"bytes"
	"encoding/json"
	"image/png"
	"net/http"
	"strings"
	"sync"
	"testing"

	"parkmap/internal/mapstyle"
)

func TestStyles(t *testing.T) {
	s := newServer(t, nil)
	c := clientOf(t, s)
	for _, name := range []string{"light-zh", "light-en", "dark-zh", "dark-en"} {
		t.Run(name, func(t *testing.T) {
			w := c.get("/styles/layout-" + name + ".json")
			if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/json" {
				t.Fatalf("%d %v", w.Code, w.Header())
			}
			_, lang, _ := strings.Cut(name, "-")
			if w.Header().Get("Content-Language") != lang || w.Header().Get("Access-Control-Allow-Origin") != "*" {
				t.Errorf("%v", w.Header())
			}
			var doc mapstyle.Style
			if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil {
				t.Fatal(err)
			}
			for what, address := range map[string]string{"tiles": doc.Sources["layout"].URL, "sprite": doc.Sprite, "glyphs": doc.Glyphs} {
				if !strings.HasPrefix(address, "https://map.example/") {
					t.Errorf("%s at %s", what, address)
				}
			}
			if doc.Center[0] < 100 || doc.Zoom < 5 || doc.Metadata["parkmap:lang"] != lang {
				t.Errorf("%v %g %v", doc.Center, doc.Zoom, doc.Metadata)
			}
			again := get(t, s, "/styles/layout-"+name+".json", "If-None-Match", w.Header().Get("ETag"))
			if again.Code != http.StatusNotModified {
				t.Errorf("revalidated: %d", again.Code)
			}
		})
	}
}

func TestStyleLinksFollowTheHost(t *testing.T) {
	s := newServer(t, func(o *Options) { o.BaseURL = "" })
	w := get(t, s, "/styles/layout-light-en.json", "Host", "maps.example:8080")
	if !strings.Contains(w.Body.String(), `"http://maps.example:8080/fonts/`) || !strings.HasPrefix(w.Header().Get("Cache-Control"), "private") {
		t.Errorf("%s %.200s", w.Header().Get("Cache-Control"), w.Body)
	}
}

func TestSprites(t *testing.T) {
	c := newClient(t, nil)
	for _, name := range []string{"light", "dark", "light@2x", "dark@2x"} {
		index := c.get("/sprites/layout-" + name + ".json")
		image := c.get("/sprites/layout-" + name + ".png?v=test")
		if index.Code != http.StatusOK || image.Code != http.StatusOK {
			t.Fatalf("%s: %d %d", name, index.Code, image.Code)
		}
		if index.Header().Get("Content-Type") != "application/json" || !json.Valid(index.Body.Bytes()) {
			t.Errorf("%s: %v", name, index.Header())
		}
		if _, err := png.Decode(bytes.NewReader(image.Body.Bytes())); err != nil || image.Header().Get("Content-Type") != "image/png" {
			t.Errorf("%s: %v", name, err)
		}
		if keep := index.Header().Get("Cache-Control"); strings.Contains(keep, "immutable") {
			t.Errorf("%s without its version: %s", name, keep)
		}
		if keep := image.Header().Get("Cache-Control"); !strings.Contains(keep, "immutable") {
			t.Errorf("%s of this version: %s", name, keep)
		}
	}
}

func TestGlyphs(t *testing.T) {
	s := newServer(t, nil)
	c := clientOf(t, s)
	for name, target := range map[string]string{
		"Latin":             "/fonts/Noto%20Sans%20SC%20Regular/0-255.pbf",
		"Chinese":           "/fonts/Noto%20Sans%20SC%20Semibold/25088-25343.pbf",
		"leaning":           "/fonts/Noto%20Sans%20SC%20Backslant/25088-25343.pbf",
		"last range":        "/fonts/Noto%20Sans%20SC%20Regular/65280-65535.pbf",
		"first known stack": "/fonts/Open%20Sans%20Regular,Noto%20Sans%20SC%20Regular/0-255.pbf",
	} {
		t.Run(name, func(t *testing.T) {
			w := c.get(target)
			if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/x-protobuf" || w.Body.Len() < 50 {
				t.Fatalf("%d %v, %d bytes", w.Code, w.Header(), w.Body.Len())
			}
			if get(t, s, target, "If-None-Match", w.Header().Get("ETag")).Code != http.StatusNotModified {
				t.Error("is not revalidated")
			}
			if get(t, s, target, "Accept-Encoding", "gzip").Header().Get("Vary") != "Accept-Encoding" {
				t.Error("does not vary")
			}
		})
	}
}

func TestGlyphsAreMadeOnceForAll(t *testing.T) {
	s := newServer(t, func(o *Options) { o.NewID = nil })
	var group sync.WaitGroup
	bodies := make([]string, 20)
	for i := range bodies {
		group.Go(func() { bodies[i] = get(t, s, "/fonts/Noto%20Sans%20SC%20Regular/22528-22783.pbf").Body.String() })
	}
	group.Wait()
	for _, b := range bodies {
		if b != bodies[0] || len(b) < 1000 {
			t.Fatalf("%d bytes and %d", len(b), len(bodies[0]))
		}
	}
}

func TestMapPartsRefuse(t *testing.T) {
	s := newServer(t, nil)
	const font = "/fonts/Noto%20Sans%20SC%20Regular/"
	for name, c := range map[string]struct {
		target string
		status int
	}{
		"unknown style":               {"/styles/layout-blue-zh.json", 404},
		"unknown language":            {"/styles/layout-light-fr.json", 404},
		"style with a parameter":      {"/styles/layout-light-zh.json?mode=dark", 400},
		"unknown sprite":              {"/sprites/layout-light@3x.png", 404},
		"sprite of another format":    {"/sprites/layout-light.svg", 404},
		"unknown stack":               {"/fonts/Arial/0-255.pbf", 404},
		"no stack":                    {"/fonts/,/0-255.pbf", 404},
		"very long stack":             {"/fonts/" + strings.Repeat("x", 5000) + "/0-255.pbf", 404},
		"path instead of a stack":     {"/fonts/..%2f..%2fetc/0-255.pbf", 404},
		"range not of 256":            {font + "0-511.pbf", 400},
		"range at an odd place":       {font + "1-256.pbf", 400},
		"range backwards":             {font + "255-0.pbf", 400},
		"range beyond the last":       {font + "65536-65791.pbf", 400},
		"range too large for numbers": {font + "99999999999999999999-1.pbf", 404},
		"range that is no number":     {font + "a-b.pbf", 404},
		"range of another format":     {font + "0-255.json", 404},
	} {
		t.Run(name, func(t *testing.T) {
			w := get(t, s, c.target, "Accept", "text/html,*/*;q=0.8")
			if w.Code != c.status || w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("%d %s %s", w.Code, w.Header().Get("Content-Type"), w.Body)
			}
		})
	}
}
