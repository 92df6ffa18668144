package edit_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/check"
	"parkmap/internal/edit"
	"parkmap/internal/layout"
	"parkmap/internal/store"
	"parkmap/internal/topology"
)

// unfit returns the codes of the issues that an error names.
func unfit(t *testing.T, err error) []string {
	t.Helper()
	var u *edit.Unfit
	if !errors.As(err, &u) || layout.KindOf(err) != layout.KindConflict {
		t.Fatalf("error %v does not name issues", err)
	}
	var codes []string
	for _, i := range u.Issues {
		codes = append(codes, i.Code)
	}
	return codes
}

func TestErrorsBlock(t *testing.T) {
	d := newDesk(t, nil)
	anna := anybody("anna")
	c := d.draft(anna, d.moved("T01", 103.7)) // over T02, and both are surveyed
	_, err := d.Submit(t.Context(), anna, c.ID, "", d.reasons(c)...)
	if codes := unfit(t, err); !slices.Contains(codes, check.CodeOverlap) {
		t.Errorf("blocked by %v", codes)
	}
	_, err = d.Propose(t.Context(), anna, "one", d.moved("T01", 103.7))
	unfit(t, err)
}

func TestWarningsNeedReasons(t *testing.T) {
	d := newDesk(t, nil)
	anna, rita := anybody("anna"), anybody("rita")
	c := d.draft(anna, d.moved("T01", 103.62)) // a twentieth of what it was
	_, err := d.Submit(t.Context(), anna, c.ID, "")
	if codes := unfit(t, err); !slices.Contains(codes, check.CodeLargeChange) {
		t.Fatalf("warned of %v", codes)
	}
	reasons := d.reasons(c)
	short := slices.Clone(reasons)
	short[0].Text = "short "
	_, err = d.Submit(t.Context(), anna, c.ID, "", short...)
	unfit(t, err)
	c = must[store.Changeset](t)(d.Submit(t.Context(), anna, c.ID, "", reasons...))
	if last := c.Events[len(c.Events)-1]; !strings.Contains(last.Text, "area-change-large T01: it has to be so") {
		t.Errorf("the record does not say why: %q", last.Text)
	}
	rita.Revision = c.Revision
	_, err = d.Approve(t.Context(), rita, c.ID, "")
	if codes := unfit(t, err); !slices.Equal(codes, []string{check.CodeLargeChange}) {
		t.Errorf("the reviewer has to accept %v", codes)
	}
	must[store.Changeset](t)(d.Approve(t.Context(), rita, c.ID, "", reasons...))
}

func TestOperate(t *testing.T) {
	d := newDesk(t, nil)
	anna := anybody("anna")
	c := d.draft(anna)
	split := topology.Operation{Do: topology.DoSplit, ID: "T01", Line: []orb.Point{{103.65, 35.9}, {103.65, 36.1}}, With: []string{"T09"}}
	preview := must[topology.Outcome](t)(d.Preview(t.Context(), anna, c.ID, split))
	if kept := must[store.Changeset](t)(d.store.Changeset(t.Context(), c.ID)); len(preview.Changed) < 2 || len(kept.Items) != 0 {
		t.Fatalf("previewed %+v, kept %+v", preview, kept.Items)
	}
	c, _, err := d.Operate(t.Context(), anna, c.ID, split)
	if err != nil {
		t.Fatal(err)
	}
	bases := map[layout.ID]int64{}
	for _, i := range c.Items {
		bases[i.Feature.ID] = i.Base
	}
	if bases["T01"] != 1 || bases["T09"] != 0 || len(bases) < 2 {
		t.Errorf("split into %v", bases)
	}
	merge := topology.Operation{Do: topology.DoMerge, ID: "T01", With: []string{"T09"}}
	if c, _, err = d.Operate(t.Context(), anna, c.ID, merge); err != nil {
		t.Fatal(err)
	}
	for _, i := range c.Items {
		if i.Feature.ID == "T09" {
			t.Errorf("left after the merge: %+v", i)
		}
	}
	split.Line = []orb.Point{{100, 35.9}, {100, 36.1}}
	_, _, err = d.Operate(t.Context(), anna, c.ID, split)
	wantKind(t, err, layout.KindInvalid)
	_, _, err = d.Operate(t.Context(), anybody("bert"), c.ID, split)
	wantKind(t, err, layout.KindForbidden)
}
