package api

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"

	"parkmap/internal/layout"
)

// TestGDAL lets GDAL find and read everything: all collections, every feature, names in Chinese. Pages
// are small, so that it has to follow links.
func TestGDAL(t *testing.T) {
	l, err := layout.ReadFolder(os.DirFS("../../geodata"))
	if err != nil {
		t.Fatal(err)
	}
	l.Version, l.PublishedAt = 1, at
	s := serveLayout(t, l, func(o *Options) { o.BaseURL = "" })
	server := httptest.NewServer(s)
	defer server.Close()
	source := "OAPIF:" + server.URL + "/api"

	listed := run(t, "ogrinfo", "-ro", "-q", source)
	for _, c := range s.live.Current().Collections() {
		t.Run(string(c.ID), func(t *testing.T) {
			if !strings.Contains(listed, ": "+string(c.ID)) {
				t.Errorf("it is not listed:\n%s", listed)
			}
			var read struct {
				Features []struct {
					ID         string
					Geometry   *struct{ Type string }
					Properties map[string]any
				}
			}
			text := run(t, "ogr2ogr", "-f", "GeoJSON", "/vsistdout/", source, string(c.ID), "-oo", "PAGE_SIZE=7")
			if err := json.Unmarshal([]byte(text), &read); err != nil {
				t.Fatalf("%v: %.500s", err, text)
			}
			if len(read.Features) != c.Count {
				t.Errorf("%d features are read, there are %d", len(read.Features), c.Count)
			}
			for _, got := range read.Features {
				id, _ := got.Properties["id"].(string)
				want, err := s.live.Current().Item(t.Context(), c.ID, layout.ID(id))
				if err != nil {
					t.Errorf("%v: %v", got, err)
					continue
				}
				if got.Properties["name_zh"] != want.Layout.Properties.Common().NameZH {
					t.Errorf("%s is read as %v", id, got.Properties["name_zh"])
				}
				if (got.Geometry == nil) != (want.Geometry() == nil) {
					t.Errorf("%s: geometry %v", id, got.Geometry)
				}
			}
		})
	}
}

// TestGDALFilters lets GDAL send a box and a filter.
func TestGDALFilters(t *testing.T) {
	server := httptest.NewServer(newServer(t, func(o *Options) { o.BaseURL = "" }))
	defer server.Close()
	for _, test := range []struct {
		name string
		args []string
		want string
	}{
		{"box", []string{"-spat", "104.04", "30.04", "104.06", "30.06"}, "Feature Count: 1"},
		{"attribute", []string{"-where", "kind = 'park'"}, "Feature Count: 2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			args := append([]string{"-ro", "-so", "OAPIF:" + server.URL + "/api", "areas"}, test.args...)
			if text := run(t, "ogrinfo", args...); !strings.Contains(text, test.want) {
				t.Errorf("want %s:\n%s", test.want, text)
			}
		})
	}
}

// run runs a program, which has to be installed, and returns what it prints. It may not complain.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	var complaints strings.Builder
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil || complaints.Len() > 0 {
		t.Fatalf("%s %v: %v\n%s", name, args, err, complaints.String())
	}
	return string(out)
}
