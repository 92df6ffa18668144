package api

import (
	"bytes"
	"image"
	_ "image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"

	_ "golang.org/x/image/webp"
)

// TestPictureFormats: each picture comes as vectors and as pixels, and says in words what it shows.
func TestPictureFormats(t *testing.T) {
	c := newPictured(t)
	for _, test := range []struct {
		target, mediaType string
		width, height     int // of images
		begins            string
	}{
		{"/map/fig1.svg", "image/svg+xml", 0, 0, "<?xml"},
		{"/map/fig1.png?width=300&height=200", "image/png", 300, 200, "\x89PNG"},
		{"/map/fig2@2x.png?width=300&height=200&lang=en", "image/png", 600, 400, "\x89PNG"},
		{"/map/fig2.webp?width=300&height=200", "image/webp", 300, 200, "RIFF"},
		{"/map/view@2x.webp?sel=T01&width=100&height=80", "image/webp", 200, 160, "RIFF"},
		{"/map/fig1.pdf?lang=en", "application/pdf", 0, 0, "%PDF-"},
		{"/f/T01.svg", "image/svg+xml", 0, 0, "<?xml"},
		{"/f/C1-01.png?width=400&height=300&theme=ai", "image/png", 400, 300, "\x89PNG"},
		{"/f/Z1@2x.webp?width=64&height=64", "image/webp", 128, 128, "RIFF"},
	} {
		t.Run(test.target, func(t *testing.T) {
			w := c.get(test.target, "Accept", "image/avif,image/*;q=0.5", "Accept-Encoding", "br, gzip")
			h := w.Header()
			if w.Code != http.StatusOK || h.Get("Content-Type") != test.mediaType || h.Get("Etag") == "" || h.Get("Access-Control-Allow-Origin") != "*" {
				t.Fatalf("%d %v: %.300s", w.Code, h, w.Body)
			}
			if test.mediaType != "image/svg+xml" && h.Get("Content-Encoding") != "" {
				t.Errorf("it is compressed once more as %q", h.Get("Content-Encoding"))
			}
			if test.mediaType != "image/svg+xml" && !strings.HasPrefix(w.Body.String(), test.begins) {
				t.Errorf("it begins %.8q", w.Body)
			}
			if test.width > 0 {
				config, _, err := image.DecodeConfig(bytes.NewReader(w.Body.Bytes()))
				if err != nil || config.Width != test.width || config.Height != test.height {
					t.Errorf("%d × %d, %v", config.Width, config.Height, err)
				}
			}
			if zh, en := described(t, h.Get("Image-Description")); !strings.ContainsAny(zh, "核园区图") || en == "" {
				t.Errorf("it is described as %q and %q", zh, en)
			}
			if again := c.get(test.target, "Accept-Encoding", "br, gzip", "If-None-Match", h.Get("Etag")); again.Code != http.StatusNotModified {
				t.Errorf("%d for what the client holds", again.Code)
			}
		})
	}
	if w := c.get("/f/first@2x.png?lang=en"); w.Code != http.StatusPermanentRedirect || w.Header().Get("Location") != "/f/T01@2x.png?lang=en" {
		t.Errorf("a picture by slug: %d %q", w.Code, w.Header().Get("Location"))
	}
}

// described reads the header that says what a picture shows, in both languages.
func described(t *testing.T, header string) (zh, en string) {
	t.Helper()
	words := map[string]string{}
	for member := range strings.SplitSeq(header, ", %") {
		text, lang, _ := strings.Cut(strings.TrimPrefix(member, "%"), `";lang=`)
		plain, err := url.PathUnescape(strings.TrimPrefix(text, `"`))
		if err != nil {
			t.Errorf("%q: %v", member, err)
		}
		words[lang] = plain
	}
	return words["zh"], words["en"]
}

func TestDisplayString(t *testing.T) {
	for text, want := range map[string]string{
		"":                    `%""`,
		"a \"b\" 100%":        `%"a %22b%22 100%25"`,
		"园\r\n\x00\x7f":       `%"%e5%9b%ad%0d%0a%00%7f"`,
		"\xff broken é":       `%" broken %c3%a9"`,
		"\u202eturned \u00a0": `%"%e2%80%aeturned %c2%a0"`,
	} {
		if got := displayString(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
