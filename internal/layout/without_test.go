package layout_test

import (
	"slices"
	"strings"
	"testing"

	"parkmap/geodata"
	"parkmap/internal/layout"
)

// TestWithout hides each collection of the built-in layout, and all at once: no id of what is hidden is left in what
// is written of the rest, and the layout itself stays as it was.
func TestWithout(t *testing.T) {
	whole, err := layout.ReadFolder(geodata.FS)
	if err != nil {
		t.Fatal(err)
	}
	before := text(t, whole)
	cases := [][]layout.CollectionID{layout.MayHide()}
	for _, c := range layout.MayHide() {
		cases = append(cases, []layout.CollectionID{c})
	}
	for _, hidden := range cases {
		l, err := whole.Without(hidden)
		if err != nil {
			t.Fatal(err)
		}
		rest := text(t, l)
		for _, f := range whole.Features {
			quoted := `"` + string(f.ID) + `"`
			if slices.Contains(hidden, f.Collection) == strings.Contains(rest, quoted) {
				t.Errorf("without %v: %s of %s is there: %t", hidden, f.ID, f.Collection, strings.Contains(rest, quoted))
			}
		}
	}
	if text(t, whole) != before {
		t.Error("the layout was changed")
	}
	if same, err := whole.Without(nil); same != whole || err != nil {
		t.Errorf("%v, %v", same, err)
	}
}

// text is all that a layout holds, ids of features among it.
func text(t *testing.T, l *layout.Layout) string {
	t.Helper()
	var b strings.Builder
	write := func(v any) {
		data, err := layout.MarshalJSON(v)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(data)
	}
	write(l.Document)
	for _, f := range l.Features {
		write(f.ID)
		write(f.Properties)
	}
	return b.String()
}
