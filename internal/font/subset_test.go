package font_test

import (
	"bytes"
	"testing"
)

// The outlines of a subset are those of the face, whatever file each character comes from.
func TestSubsetKeepsOutlines(t *testing.T) {
	f := open(t)
	s := f.Subset()
	text := "成都高新区 C1 é ü Ǘ 〔2020〕97号 ㎡ ①"
	for _, r := range text {
		if _, err := s.Number(r); err != nil {
			t.Fatal(err)
		}
	}
	if m := s.Missing(); len(m) > 0 {
		t.Errorf("missing: %q", m)
	}
	data, err := s.TrueType()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range text {
		n, _ := s.Number(r)
		if got := s.Chars()[n]; got != r {
			t.Errorf("glyph %d says %q, not %q", n, got, r)
		}
		want, _, err := f.Glyph(r)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Advance(n); got != want.Advance {
			t.Errorf("%q moves on by %v em, not %v", r, got, want.Advance)
		}
	}
	if len(data) > 20_000 {
		t.Errorf("%d bytes for %d characters", len(data), len(s.Chars()))
	}
	again := f.Subset()
	for _, r := range text {
		_, _ = again.Number(r)
	}
	if other, _ := again.TrueType(); !bytes.Equal(data, other) {
		t.Error("the same characters give other bytes")
	}
}

func TestSubsetStandsIn(t *testing.T) {
	s := open(t).Subset()
	a, _ := s.Number('𓀀')
	b, _ := s.Number('😀')
	if a == 0 || a == b || len(s.Missing()) != 2 {
		t.Errorf("glyphs %d and %d, missing %q", a, b, s.Missing())
	}
	if chars := s.Chars(); chars[a] != '𓀀' || chars[b] != '😀' {
		t.Errorf("the glyphs say %q", chars)
	}
	if s.Advance(a) != 1 {
		t.Errorf("the box moves on by %v em", s.Advance(a))
	}
}
