package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"parkmap/geodata"
	"parkmap/internal/layout"
)

// generated writes a layout of n parks and returns its folder.
func generated(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	if err := generate(t.Context(), options{layout: dir, parks: n}); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestGeneratedLayoutKeepsTheRules(t *testing.T) {
	for _, n := range []int{1, 14, 3000} {
		l, err := layout.ReadFolder(os.DirFS(generated(t, n)))
		if err != nil {
			t.Fatalf("%d parks: %v", n, err)
		}
		kinds, outlines, codes := map[string]int{}, map[string]int{}, map[string]int{}
		for i := range l.Features {
			area, ok := l.Features[i].Properties.(*layout.Area)
			if !ok {
				continue
			}
			kinds[area.Kind]++
			outlines[area.Outline]++
			for _, s := range area.Specialisations {
				codes[s.Code]++
			}
		}
		if kinds[layout.KindCore] != 1 || kinds[layout.KindZone] != 1 || kinds[layout.KindPark] != n {
			t.Errorf("%d parks: got %v", n, kinds)
		}
		if n == 3000 && (len(outlines) != 3 || len(codes) != len(layout.Specialisations())) {
			t.Errorf("outlines %v, codes %v: not all there", outlines, codes)
		}
	}
}

func TestGeneratedLayoutIsTheSameEachTime(t *testing.T) {
	a, b := generated(t, 50), generated(t, 50)
	for name := range makeUp(1) {
		x, err := os.ReadFile(filepath.Join(a, name))
		if err != nil {
			t.Fatal(err)
		}
		y, err := os.ReadFile(filepath.Join(b, name))
		if err != nil {
			t.Fatal(err)
		}
		if string(x) != string(y) {
			t.Errorf("%s differs", name)
		}
	}
}

func TestGeneratedNamesAreNotTheBuiltInOnes(t *testing.T) {
	var builtIn strings.Builder
	for _, name := range []string{"areas.geojson", "places.geojson", "districts.geojson", "context.geojson", "units.json", "document.json"} {
		text, err := geodata.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		builtIn.Write(text)
	}
	for i, head := range nameHeads {
		for j, tail := range nameTails {
			for _, word := range []string{head + tail, tail + head, headsEN[i] + tailsEN[j]} {
				if strings.Contains(builtIn.String(), word) {
					t.Errorf("%q is a word of the built-in layout", word)
				}
			}
		}
		if utf8.RuneCountInString(head) != 1 {
			t.Errorf("%q is not one character", head)
		}
	}
}

func TestGenerateRefusesOtherNumbers(t *testing.T) {
	for _, n := range []int{-1, 0, 10000} {
		if err := generate(t.Context(), options{layout: t.TempDir(), parks: n}); err == nil {
			t.Errorf("%d parks were made", n)
		}
	}
}
