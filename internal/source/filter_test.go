package source

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parkmap/internal/cql2"
	"parkmap/internal/layout"
)

func TestFilter(t *testing.T) {
	s := newFixture(t)
	for _, test := range []struct {
		name, filter string
		want         []layout.ID
	}{
		{"text", "slug = 'east'", []layout.ID{"T10"}},
		{"negated, absent values too", "NOT slug = 'east'", []layout.ID{"K1", "T2", "T3"}},
		{"number", "planned_area_km2 / 3 = 2.5", []layout.ID{"T2"}},
		{"absent", "planned_area_km2 IS NULL", []layout.ID{"K1", "T3"}},
		{"list", "A_CONTAINS(district, ('D1'))", []layout.ID{"T2", "T10"}},
		{"codes of entries", "A_OVERLAPS(specialisations, ('medical', 'chip'))", []layout.ID{"T2"}},
		{"moment in another zone", "changed_at = TIMESTAMP('2024-05-06T08:08:09+01:00')", []layout.ID{"K1", "T2", "T3", "T10"}},
		{"moment in a day", "T_INTERSECTS(changed_at, DATE('2024-05-06'))", []layout.ID{"K1", "T2", "T3", "T10"}},
		{"computed", "version = 3 AND area_km2 > 0", []layout.ID{"K1", "T2", "T3", "T10"}},
		{"common edge", "S_INTERSECTS(geometry, BBOX(1,0.2,1,0.3))", []layout.ID{"T2", "T3"}},
		{"touching", "S_TOUCHES(geometry, LINESTRING(1 0.2,1 0.3)) AND number = 2", []layout.ID{"T2"}},
		{"between two parts", "S_INTERSECTS(geometry, BBOX(11.2,0,11.8,1))", []layout.ID{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			e, err := cql2.Parse(test.filter)
			if err != nil {
				t.Fatal(err)
			}
			page, err := s.Items(t.Context(), Query{Collection: layout.Areas, Limit: 10, Filter: e})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, idsRead(page.Features)); diff != "" || page.NumberMatched != len(test.want) {
				t.Errorf("%d match: %s", page.NumberMatched, diff)
			}
		})
	}
}

// expiring is a context that ends when it was asked some times.
type expiring struct {
	context.Context
	left int
}

func (c *expiring) Err() error {
	if c.left--; c.left < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

// TestFilterGivenUp: no page is made of rows of which only some were looked at.
func TestFilterGivenUp(t *testing.T) {
	s := newFixture(t)
	e, err := cql2.Parse("number > 0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	_, err = s.Items(&expiring{ctx, 1}, Query{Collection: layout.Areas, Limit: 10, Filter: e})
	if layout.KindOf(err) != layout.KindUnavailable || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}
