package table

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"testing"

	"parkmap/internal/layout"
	"parkmap/internal/source"
)

// TestLookups asks for rows while queries run, so that they are looked up together, and compares with asking alone.
func TestLookups(t *testing.T) {
	d := newDatabase(t, `CREATE TABLE whole (id int PRIMARY KEY, geom geometry(Point, 4326))`, `INSERT INTO whole SELECT i, ST_Point(i, 0, 4326) FROM generate_series(1, 150) i`,
		`CREATE TABLE named (id text PRIMARY KEY, geom geometry(Point, 4326))`, `INSERT INTO named VALUES ('a'), ('b,"{}'), ('一')`,
		`CREATE TABLE exact (id uuid PRIMARY KEY, geom geometry(Point, 4326))`, `INSERT INTO exact VALUES ('00000000-0000-0000-0000-00000000000a')`)
	tables := d.open([]string{"*"})
	many := []layout.ID{"007", "151", "-1", "12", "12", "x"}
	for i := range 140 {
		many = append(many, layout.ID(strconv.Itoa(i)))
	}
	for _, test := range []struct {
		collection layout.CollectionID
		ids        []layout.ID
		batches    int
	}{
		{"whole", many, 3},
		{"named", []layout.ID{"a", `b,"{}`, "一", "A", ""}, 1},
		{"exact", []layout.ID{"00000000-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000A", "a"}, 1},
	} {
		t.Run(string(test.collection), func(t *testing.T) {
			made := tables.state.Load().tables[test.collection]
			l := made.lookups
			l.running = maxLookups
			var group sync.WaitGroup
			for _, id := range test.ids {
				want, reason := tables.lookUpAlone(t.Context(), made, id)
				group.Go(func() {
					got, err := tables.Item(t.Context(), test.collection, id)
					if string(got.JSON) != string(want.JSON) || got.ID != want.ID || layout.KindOf(err) != layout.KindOf(reason) {
						t.Errorf("%q: %s %v, want %s %v", id, got.JSON, err, want.JSON, reason)
					}
				})
			}
			eventually(t, "wait for all", func() bool { return l.waits() == test.batches })
			for range maxLookups {
				l.next(tables.lookUpAll(made))
			}
			group.Wait()
			eventually(t, "end of all", func() bool { return l.ended() })
		})
	}
}

// TestLeaveLookup ends a query that nobody waits for, and no other.
func TestLeaveLookup(t *testing.T) {
	l := &lookups{running: maxLookups}
	first := l.join(t.Context(), "1")
	if l.join(t.Context(), "2") != first {
		t.Fatal("two do not wait together")
	}
	l.leave(first)
	if first.ctx.Err() != nil {
		t.Error("it ended while one waited")
	}
	l.leave(first)
	if !errors.Is(first.ctx.Err(), context.Canceled) {
		t.Errorf("with nobody waiting: %v", first.ctx.Err())
	}
}

// lookUpAlone is what item does where no query runs.
func (t *Tables) lookUpAlone(ctx context.Context, made *table, id layout.ID) (f source.Feature, err error) {
	values := splitID(string(id), 1)
	if values == nil || !made.fields[made.key[0]].kind.valid(values[0]) {
		return f, made.missing(id)
	}
	return t.lookUp(ctx, made, id, values)
}

func (l *lookups) waits() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.waiting)
}

func (l *lookups) ended() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.running == 0
}
