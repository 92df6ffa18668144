package layout_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parkmap/internal/layout"
)

func TestCompareID(t *testing.T) {
	ordered := []layout.ID{"", "1", "02", "2", "10", "510104", "C1", "C1-01", "C1-1", "C1-02", "C2", "P02", "P2", "P02-1", "P10", "P100", "Z1", "a"}
	for i, a := range ordered {
		for j, b := range ordered {
			if got, want := sign(layout.CompareID(a, b)), sign(i-j); got != want {
				t.Errorf("CompareID(%q, %q) = %d, want %d", a, b, got, want)
			}
		}
	}
}

func TestCompareIDTotalOrder(t *testing.T) {
	id := rapid.StringMatching(`[P0-2-]{0,4}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := layout.ID(id.Draw(t, "a")), layout.ID(id.Draw(t, "b")), layout.ID(id.Draw(t, "c"))
		if layout.CompareID(a, b) != -layout.CompareID(b, a) || (layout.CompareID(a, b) == 0) != (a == b) {
			t.Fatalf("%q and %q have no order", a, b)
		}
		if layout.CompareID(a, b) <= 0 && layout.CompareID(b, c) <= 0 && layout.CompareID(a, c) > 0 {
			t.Fatalf("%q, %q, %q go round", a, b, c)
		}
	})
}

func TestCompare(t *testing.T) {
	area := func(id layout.ID, kind string) layout.Feature {
		return layout.Feature{Collection: layout.Areas, ID: id, Properties: &layout.Area{Base: layout.Base{Kind: kind}}}
	}
	unit := layout.Feature{Collection: layout.Units, ID: "A1", Properties: &layout.Unit{}}
	place := layout.Feature{Collection: layout.Places, ID: "A1", Properties: &layout.Place{}}
	want := []layout.Feature{
		area("Z9", layout.KindCore), area("A1", layout.KindZone), area("P2", layout.KindPark), area("P10", layout.KindPark),
		place, unit,
	}
	got := []layout.Feature{want[5], want[3], want[1], want[4], want[2], want[0]}
	slices.SortFunc(got, layout.Compare)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func sign(n int) int { return max(-1, min(1, n)) }
