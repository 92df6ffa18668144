package font_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io/fs"
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/encoding/simplifiedchinese"

	"parkmap/internal/font"
	"parkmap/static"
)

const dir = "dist/fonts/noto-sans-sc"

func open(t testing.TB) *font.Face {
	t.Helper()
	f, err := font.Open(static.FS, dir)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFaceHasTheCharactersOfNames(t *testing.T) {
	f := open(t)
	for _, r := range "成都高新技术产业开发区天府新区龙泉驿郫都锦江沱江岷江AI+智谷①℃㎡,。()Chengdu Hi-tech Zone 0123456789é–—“”" {
		if _, ok, err := f.Glyph(r); !ok || err != nil {
			t.Errorf("%c: %v %v", r, ok, err)
		}
	}
	if f.Name() != "Noto Sans SC" {
		t.Errorf("is called %q", f.Name())
	}
}

func TestFaceCoversGB2312(t *testing.T) {
	f := open(t)
	missing, all := 0, 0
	for row := 0xB0; row <= 0xF7; row++ {
		for cell := 0xA1; cell <= 0xFE; cell++ {
			text, err := simplifiedchinese.GBK.NewDecoder().Bytes([]byte{byte(row), byte(cell)})
			if err != nil || bytes.ContainsRune(text, '\uFFFD') || row == 0xD7 && cell > 0xF9 {
				continue
			}
			all++
			_, ok, err := f.Glyph([]rune(string(text))[0])
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				missing++
			}
		}
	}
	if all != 6763 || missing > 33 {
		t.Errorf("%d of %d characters are missing", missing, all)
	}
}

func TestGlyph(t *testing.T) {
	f := open(t)
	for name, c := range map[string]struct {
		r                 rune
		advance           float64
		top, bottom, wide float64 // of the ink, in em; y runs down
	}{
		"ideograph fills its square": {'国', 1, -0.8, 0.09, 0.82},
		"capital stands on the line": {'H', 0.728, -0.733, 0, 0.527},
		"space has no ink":           {' ', 0.224, 0, 0, 0},
		"full-width stop":            {'。', 1, -0.23, 0.08, 0.3},
	} {
		t.Run(name, func(t *testing.T) {
			g, ok, err := f.Glyph(c.r)
			if !ok || err != nil {
				t.Fatal(ok, err)
			}
			if math.Abs(g.Advance-c.advance) > 0.002 {
				t.Errorf("advance %g, want %g", g.Advance, c.advance)
			}
			lo, hi, w := 0.0, 0.0, 0.0
			first := true
			left, right := 0.0, 0.0
			for _, ring := range g.Outline.Rings(0.001) {
				for _, p := range ring {
					if first {
						lo, hi, left, right, first = p.Y, p.Y, p.X, p.X, false
					}
					lo, hi, left, right = min(lo, p.Y), max(hi, p.Y), min(left, p.X), max(right, p.X)
				}
			}
			w = right - left
			for what, pair := range map[string][2]float64{"top": {lo, c.top}, "bottom": {hi, c.bottom}, "width": {w, c.wide}} {
				if math.Abs(pair[0]-pair[1]) > 0.03 {
					t.Errorf("%s %.3f, want %.3f", what, pair[0], pair[1])
				}
			}
		})
	}
}

func TestAbsentGlyph(t *testing.T) {
	f := open(t)
	for name, r := range map[string]rune{"private use": 0xE123, "beyond Unicode": 0x7FFFFFFF, "negative": -1, "surrogate": 0xD800, "emoji": 0x1FAE0} {
		if _, ok, err := f.Glyph(r); ok || err != nil {
			t.Errorf("%s: %v %v", name, ok, err)
		}
	}
}

func TestEveryFileParses(t *testing.T) {
	names, err := fs.Glob(static.FS, dir+"/*.woff")
	if err != nil || len(names) < 90 {
		t.Fatal(len(names), err)
	}
	for _, name := range names {
		file, err := fs.ReadFile(static.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		data, err := font.ReadWOFF(file)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, err := sfnt.Parse(data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// woff makes a file of one table.
func woff(change func(header, entry []byte)) []byte {
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	_, _ = w.Write(bytes.Repeat([]byte("table"), 100))
	_ = w.Close()
	file := make([]byte, 64, 64+packed.Len())
	copy(file, "wOFF\x00\x01\x00\x00")
	binary.BigEndian.PutUint16(file[12:], 1)
	entry := file[44:]
	copy(entry, "test")
	for i, v := range []int{64, packed.Len(), 500} {
		binary.BigEndian.PutUint32(entry[4+4*i:], uint32(v))
	}
	change(file, entry)
	return append(file, packed.Bytes()...)
}

func TestReadWOFFRefuses(t *testing.T) {
	put := binary.BigEndian.PutUint32
	for name, c := range map[string]struct {
		file []byte
		say  string
	}{
		"empty":             {nil, "not a WOFF"},
		"another signature": {woff(func(h, _ []byte) { copy(h, "wOF2") }), "not a WOFF"},
		"no tables":         {woff(func(h, _ []byte) { h[13] = 0 }), "not a WOFF"},
		"too many tables":   {woff(func(h, _ []byte) { h[12] = 255 }), "not a WOFF"},
		"outside the file":  {woff(func(_, e []byte) { put(e[4:], 1<<30) }), "outside"},
		"offset overflows":  {woff(func(_, e []byte) { put(e[4:], 0xFFFFFFFF) }), "outside"},
		"claims gigabytes":  {woff(func(_, e []byte) { put(e[12:], 0xFFFFFFF0) }), "outside"},
		"longer than said":  {woff(func(_, e []byte) { put(e[12:], 400) }), "longer"},
		"shorter than said": {woff(func(_, e []byte) { put(e[12:], 600) }), "EOF"},
		"damaged":           {woff(func(_, e []byte) { put(e[4:], 60) }), "zlib"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := font.ReadWOFF(c.file)
			if err == nil || !strings.Contains(err.Error(), c.say) {
				t.Errorf("says %v, want %q", err, c.say)
			}
		})
	}
	if data, err := font.ReadWOFF(woff(func(_, _ []byte) {})); err != nil || !bytes.HasPrefix(data[28:], []byte("tabletable")) {
		t.Errorf("a good one: %v", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"no JSON":         "{",
		"no range":        `{"name":"x","subsets":[{"file":"a.woff","ranges":"A-Z"}]}`,
		"range backwards": `{"name":"x","subsets":[{"file":"a.woff","ranges":"U+5-4"}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := font.Open(fstest.MapFS{"f/face.json": {Data: []byte(text)}}, "f"); err == nil {
				t.Error("was opened")
			}
		})
	}
	if _, err := font.Open(fstest.MapFS{}, "f"); err == nil {
		t.Error("a missing folder was opened")
	}
	f, err := font.Open(fstest.MapFS{"f/face.json": {Data: []byte(`{"name":"x","subsets":[{"file":"a.woff","ranges":"U+41"}]}`)}}, "f")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.Glyph('A'); err == nil {
		t.Error("a missing file gave a glyph")
	}
}

func FuzzReadWOFF(f *testing.F) {
	f.Add(woff(func(_, _ []byte) {}))
	file, err := fs.ReadFile(static.FS, dir+"/latin-ext.woff")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file)
	f.Fuzz(func(_ *testing.T, file []byte) {
		if data, err := font.ReadWOFF(file); err == nil {
			_, _ = sfnt.Parse(data)
		}
	})
}
