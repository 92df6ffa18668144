package api

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"parkmap/internal/qr"
)

// qrPicture is a code as its SVG says it.
type qrPicture struct {
	Role    string `xml:"role,attr"`
	ViewBox string `xml:"viewBox,attr"`
	Title   string `xml:"title"`
	Paths   []struct {
		D string `xml:"d,attr"`
	} `xml:"path"`
}

func qrTarget(path string) string { return "/qr.svg?path=" + url.QueryEscape(path) }

// TestQR: the picture holds the code of the server's own address. That a reader reads it is tested with qr.
func TestQR(t *testing.T) {
	for _, test := range []struct{ name, base, host, path, want string }{
		{"configured address", "https://map.example", "elsewhere.example", "/f/P05", "https://map.example/f/P05"},
		{"address of the request", "", "127.0.0.1:8080", "/?sel=P05&lang=en", "http://127.0.0.1:8080/?sel=P05&lang=en"},
		{"Chinese", "https://map.example", "x", "/?q=龙泉", "https://map.example/?q=%E9%BE%99%E6%B3%89"},
		{"escaped already", "https://map.example", "x", "/?q=%E9%BE%99", "https://map.example/?q=%E9%BE%99"},
		{"markup", "https://map.example", "x", `/?q=<b>"&`, "https://map.example/?q=%3Cb%3E%22&"},
		{"longest", "https://map.example", "x", "/" + strings.Repeat("a", maxQRPath-1), "https://map.example/" + strings.Repeat("a", maxQRPath-1)},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newServer(t, func(o *Options) { o.BaseURL = test.base })
			w := get(t, s, qrTarget(test.path), "Host", test.host)
			if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/svg+xml" || w.Header().Get("Etag") == "" {
				t.Fatalf("%d %v %s", w.Code, w.Header(), w.Body)
			}
			var p qrPicture
			if err := xml.Unmarshal(w.Body.Bytes(), &p); err != nil {
				t.Fatal(err)
			}
			code, err := qr.New(test.want)
			if err != nil {
				t.Fatal(err)
			}
			if p.Role != "img" || p.Title != test.want || len(p.Paths) != 1 || p.Paths[0].D != code.Path {
				t.Errorf("role %q, title %q, %d paths", p.Role, p.Title, len(p.Paths))
			}
		})
	}
}

func TestQRRefused(t *testing.T) {
	c := newClient(t, nil)
	for name, target := range map[string]string{
		"no path": "/qr.svg", "empty": qrTarget(""), "no slash": qrTarget("f/P05"), "another host": qrTarget("//evil.example/"),
		"backslash": qrTarget(`/\evil.example`), "address": qrTarget("https://evil.example/"),
		"too long": qrTarget("/" + strings.Repeat("a", maxQRPath)), "too long once escaped": qrTarget("/" + strings.Repeat("龙", 250)),
		"twice": qrTarget("/") + "&path=%2F", "unknown parameter": qrTarget("/") + "&size=9",
	} {
		t.Run(name, func(t *testing.T) {
			p := c.problem(target)
			if p.Status != http.StatusBadRequest || len(p.Errors) != 1 {
				t.Errorf("%+v", p)
			}
		})
	}
}

func TestQRNotModified(t *testing.T) {
	s := newServer(t, nil)
	etag := get(t, s, qrTarget("/f/T01")).Header().Get("Etag")
	if w := get(t, s, qrTarget("/f/T01"), "If-None-Match", etag); w.Code != http.StatusNotModified {
		t.Errorf("%d", w.Code)
	}
	if got := get(t, s, qrTarget("/f/T02")).Header().Get("Etag"); got == etag {
		t.Error("two codes have one ETag")
	}
}
