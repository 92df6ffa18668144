package source

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

func TestItems(t *testing.T) {
	later := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	equal := func(name string, values ...string) Query { return Query{Equal: map[string][]string{name: values}} }
	sorted := func(keys ...SortKey) Query { return Query{SortBy: keys} }
	tests := []struct {
		name  string
		query Query
		want  []layout.ID
	}{
		{"all, by kind and number", Query{}, []layout.ID{"K1", "T2", "T3", "T10"}},
		{"a view", Query{Collection: "parks"}, []layout.ID{"T2", "T3", "T10"}},
		{"a box inside one", Query{BBox: &geo.BBox{West: 0.2, South: 0.2, East: 0.3, North: 0.3}}, []layout.ID{"T2"}},
		{"a box on a common edge", Query{BBox: &geo.BBox{West: 1, South: 0.2, East: 1, North: 0.3}}, []layout.ID{"T2", "T3"}},
		{"a box between two parts", Query{BBox: &geo.BBox{West: 11.2, South: 0, East: 11.8, North: 1}}, []layout.ID{}},
		{"a box across 180°", Query{BBox: &geo.BBox{West: 179.5, South: 0, East: 0.5, North: 1}}, []layout.ID{"K1", "T2"}},
		{"a box and nothing with a place", Query{Collection: "places", BBox: &geo.BBox{West: -180, South: -90, East: 180, North: 90}}, []layout.ID{"T2-02"}},
		{"text equals", equal("slug", "east"), []layout.ID{"T10"}},
		{"one of two values", equal("slug", "east", "heart"), []layout.ID{"K1", "T10"}},
		{"number equals", equal("planned_area_km2", "7.50"), []layout.ID{"T2"}},
		{"id equals", equal("id", "T3"), []layout.ID{"T3"}},
		{"code of an entry", equal("specialisations", "medical"), []layout.ID{"T2"}},
		{"no label of an entry", equal("specialisations", "AI+医疗"), []layout.ID{}},
		{"member of a list", equal("district", "D1"), []layout.ID{"T2", "T10"}},
		{"moment equals, in another zone", equal("changed_at", "2024-05-06T08:08:09.000+01:00"), []layout.ID{"K1", "T2", "T3", "T10"}},
		{"another moment", equal("changed_at", "2024-05-06T07:08:09.1Z"), []layout.ID{}},
		{"no values", equal("slug"), []layout.ID{}},
		{"version equals", equal("version", "3"), []layout.ID{"K1", "T2", "T3", "T10"}},
		{"nothing equals", equal("slug", "west"), []layout.ID{}},
		{"conditions are all met", Query{Equal: map[string][]string{"district": {"D1"}, "number": {"10"}}}, []layout.ID{"T10"}},
		{"by number falling", sorted(SortKey{"number", true}), []layout.ID{"T10", "T3", "T2", "K1"}},
		{"absent last when rising", sorted(SortKey{"planned_area_km2", false}), []layout.ID{"T2", "T10", "K1", "T3"}},
		{"absent last when falling", sorted(SortKey{"planned_area_km2", true}), []layout.ID{"T10", "T2", "K1", "T3"}},
		{"two keys", sorted(SortKey{"kind", true}, SortKey{"name_en", false}), []layout.ID{"T3", "T10", "T2", "K1"}},
		{"by id falling", sorted(SortKey{"id", true}), []layout.ID{"T3", "T2", "T10", "K1"}},
		{"features without time match an interval", Query{Interval: &Interval{Start: later}}, []layout.ID{"K1", "T2", "T3", "T10"}},
		{"text", Query{Text: "longhu"}, []layout.ID{"T10"}},
		{"text and a condition", Query{Text: "park", Equal: map[string][]string{"number": {"3"}}}, []layout.ID{"T3"}},
		{"text without letters", Query{Text: "!?"}, []layout.ID{}},
	}
	s := newFixture(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := test.query
			q.Limit = 10
			if q.Collection == "" {
				q.Collection = layout.Areas
			}
			page, err := s.Items(context.Background(), q)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, idsRead(page.Features)); diff != "" {
				t.Error(diff)
			}
			if page.NumberMatched != len(test.want) || page.Next != "" || page.Prev != "" {
				t.Errorf("matched %d, next %q, prev %q", page.NumberMatched, page.Next, page.Prev)
			}
		})
	}
}

func TestItemsRefuses(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2024, 1, n, 0, 0, 0, 0, time.UTC) }
	tests := []struct {
		name  string
		query Query
		path  string
	}{
		{"no limit", Query{Limit: 0}, "limit"},
		{"text for a number", Query{Limit: 1, Equal: map[string][]string{"number": {"two"}}}, "number"},
		{"infinity for a number", Query{Limit: 1, Equal: map[string][]string{"number": {"inf"}}}, "number"},
		{"text for a moment", Query{Limit: 1, Equal: map[string][]string{"changed_at": {"yesterday"}}}, "changed_at"},
		{"unknown property", Query{Limit: 1, Equal: map[string][]string{"colour": {"red"}}}, "colour"},
		{"property that cannot be asked for", Query{Limit: 1, Equal: map[string][]string{"targets": {"1"}}}, "targets"},
		{"unknown sort key", Query{Limit: 1, SortBy: []SortKey{{"colour", false}}}, "sortby"},
		{"list as sort key", Query{Limit: 1, SortBy: []SortKey{{"district", false}}}, "sortby"},
		{"interval the wrong way round", Query{Limit: 1, Interval: &Interval{day(2), day(1)}}, "datetime"},
		{"long text", Query{Limit: 1, Text: strings.Repeat("x", 401)}, "q"},
		{"two pages", Query{Limit: 1, After: "a", Before: "b"}, ParameterToken},
		{"token of nothing", Query{Limit: 1, After: "x"}, ParameterToken},
		{"token of something else", Query{Limit: 1, Before: "e30"}, ParameterToken},
	}
	s := newFixture(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.query.Collection = layout.Areas
			_, err := s.Items(context.Background(), test.query)
			var e *layout.Error
			if !errors.As(err, &e) || e.Kind != layout.KindInvalid || len(e.Violations) != 1 {
				t.Fatalf("got %v", err)
			}
			if v := e.Violations[0]; v.Path != test.path || v.Rule != RuleParameter || v.Detail == "" {
				t.Errorf("got %+v, want path %s", v, test.path)
			}
		})
	}
	if _, err := s.Items(context.Background(), Query{Collection: "nothing", Limit: 1}); layout.KindOf(err) != layout.KindNotFound {
		t.Errorf("unknown collection: %v", err)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Items(ended, Query{Collection: "areas", Limit: 1}); layout.KindOf(err) != layout.KindUnavailable {
		t.Errorf("ended request: %v", err)
	}
}

func TestPagesForthAndBack(t *testing.T) {
	tests := []struct {
		name  string
		query Query
		want  []layout.ID
	}{
		{"order of the collection", Query{}, []layout.ID{"K1", "T2", "T3", "T10"}},
		{"filtered", Query{Equal: map[string][]string{"kind": {"park"}}}, []layout.ID{"T2", "T3", "T10"}},
		{"sorted with absent values", Query{SortBy: []SortKey{{"planned_area_km2", true}}}, []layout.ID{"T10", "T2", "K1", "T3"}},
		{"sorted with equal values", Query{SortBy: []SortKey{{"kind", true}}}, []layout.ID{"T2", "T3", "T10", "K1"}},
	}
	for _, test := range tests {
		for limit := 1; limit <= 4; limit++ {
			t.Run(test.name, func(t *testing.T) {
				q := test.query
				q.Collection, q.Limit = layout.Areas, limit
				forth, pages := walkPages(t, q)
				if diff := cmp.Diff(test.want, forth); diff != "" {
					t.Errorf("limit %d: %s", limit, diff)
				}
				if want := (len(test.want) + limit - 1) / limit; pages != want {
					t.Errorf("limit %d: %d pages, want %d", limit, pages, want)
				}
			})
		}
	}
}

// walkPages reads all pages by Next, walks back by Prev, and returns what the way forth gave.
func walkPages(t *testing.T, q Query) (forth []layout.ID, pages int) {
	t.Helper()
	s := newFixture(t) // another server: tokens do not depend on the snapshot
	var seen [][]layout.ID
	for {
		page, err := s.Items(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		seen = append(seen, idsRead(page.Features))
		forth = append(forth, idsRead(page.Features)...)
		if page.Next == "" {
			q.Before = page.Prev
			break
		}
		q.After = page.Next
		s = newFixture(t)
	}
	q.After = ""
	for i := len(seen) - 2; i >= 0; i-- {
		page, err := s.Items(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		if got := idsRead(page.Features); !slices.Equal(got, seen[i]) {
			t.Errorf("page %d on the way back: %v, want %v", i, got, seen[i])
		}
		q.Before = page.Prev
	}
	if q.Before != "" {
		t.Error("the first page has one before it")
	}
	return forth, len(seen)
}

func TestTokenOutlivesItsFeature(t *testing.T) {
	q := Query{Collection: layout.Areas, Limit: 2}
	page, err := newFixture(t).Items(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	l := fixture(t)
	l.Features = slices.DeleteFunc(l.Features, func(f layout.Feature) bool { return f.ID == "T2" })
	s, err := NewSnapshot(l)
	if err != nil {
		t.Fatal(err)
	}
	q.After = page.Next
	if page, err = s.Items(context.Background(), q); err != nil {
		t.Fatal(err)
	}
	if got := idsRead(page.Features); !slices.Equal(got, []layout.ID{"T3", "T10"}) {
		t.Errorf("got %v", got)
	}
}

func TestTokenBelongsToItsQuery(t *testing.T) {
	s := newFixture(t)
	page, err := s.Items(context.Background(), Query{Collection: layout.Areas, Limit: 1})
	if err != nil || page.Next == "" {
		t.Fatal(err)
	}
	others := map[string]Query{
		"collection": {Collection: layout.Parks},
		"box":        {BBox: &geo.BBox{East: 1, North: 1}},
		"text":       {Text: "park"},
		"condition":  {Equal: map[string][]string{"kind": {"park"}}},
		"order":      {SortBy: []SortKey{{"number", false}}},
	}
	for name, q := range others {
		q.Limit, q.After = 1, page.Next
		if q.Collection == "" {
			q.Collection = layout.Areas
		}
		if _, err := s.Items(context.Background(), q); layout.KindOf(err) != layout.KindInvalid {
			t.Errorf("another %s: %v", name, err)
		}
	}
	if _, err := s.Items(context.Background(), Query{Collection: layout.Areas, Limit: 3, After: page.Next}); err != nil {
		t.Errorf("another limit: %v", err)
	}
}

func FuzzToken(f *testing.F) {
	s := newFixture(f)
	q := Query{Collection: layout.Areas, Limit: 1, SortBy: []SortKey{{"planned_area_km2", true}}}
	page, err := s.Items(context.Background(), q)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(page.Next)
	f.Add("e30")
	f.Add("")
	f.Fuzz(func(t *testing.T, token string) {
		q := q
		q.After = token
		page, err := s.Items(context.Background(), q)
		if err != nil && layout.KindOf(err) != layout.KindInvalid {
			t.Error(err)
		}
		if err == nil && page.NumberMatched != 4 {
			t.Errorf("matched %d", page.NumberMatched)
		}
	})
}
