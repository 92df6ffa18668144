package layout_test

import (
	"encoding/json"
	"net/url"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parkmap/geodata"
	"parkmap/internal/layout"
)

// filterCases are shared with the scripts of the page, which filter by the same rules.
const filterCases = "../../testdata/filter/cases.json"

func TestFilterCases(t *testing.T) {
	data, err := os.ReadFile(filterCases)
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Query string
		Want  []layout.ID
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) < 15 {
		t.Fatalf("only %d cases", len(cases))
	}
	l, err := layout.ReadFolder(geodata.FS)
	if err != nil {
		t.Fatal(err)
	}
	sieve := layout.NewSieve(l)
	for _, c := range cases {
		t.Run(c.Query, func(t *testing.T) {
			values, err := url.ParseQuery(c.Query)
			if err != nil {
				t.Fatal(err)
			}
			f := layout.ReadFilter(values.Get)
			if diff := cmp.Diff(c.Want, sieve.Areas(f)); diff != "" {
				t.Errorf("areas (-want +got):\n%s", diff)
			}
			if passing := sieve.Passing(f); passing != nil && len(passing) != len(c.Want) {
				t.Errorf("%d areas pass, want %d", len(passing), len(c.Want))
			}
		})
	}
}

func TestPassingTellsAllFromNone(t *testing.T) {
	sieve := layout.NewSieve(readTiny(t))
	if got := sieve.Passing(layout.Filter{Kinds: []string{"nothing"}}); got != nil {
		t.Errorf("an unknown value lets %v pass, want nil for all", got)
	}
	if got := sieve.Passing(layout.Filter{Kinds: []string{layout.KindCore}}); got == nil || len(got) != 0 {
		t.Errorf("a kind that the layout lacks lets %v pass, want none", got)
	}
	want := []layout.ID{"T01"}
	if diff := cmp.Diff(want, sieve.Areas(layout.Filter{Directions: []string{"agri"}})); diff != "" {
		t.Errorf("areas (-want +got):\n%s", diff)
	}
}
