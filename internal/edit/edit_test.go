package edit_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"parkmap/internal/edit"
	"parkmap/internal/layout"
	"parkmap/internal/store"
	"parkmap/internal/store/sqlite"
)

// now is the time of every version in these tests.
func now() time.Time { return time.Date(2030, 1, 2, 3, 4, 5, 6789, time.UTC) }

// seeded returns a store that holds the test layout as version 1, and the layout.
func seeded(t testing.TB) (edit.Store, *layout.Layout) {
	t.Helper()
	s := empty(t)
	if did, err := edit.New(s, edit.Options{Now: now}).Seed(t.Context(), testLayout(t)); err != nil || !did {
		t.Fatalf("seeded %v, %v", did, err)
	}
	l, err := s.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s, l
}

func empty(t testing.TB) edit.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "layout.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func testLayout(t testing.TB) *layout.Layout {
	t.Helper()
	l, err := layout.ReadFolder(os.DirFS("../../testdata/layout-tiny"))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestSeedWritesTheFirstVersionOnly(t *testing.T) {
	s, l := seeded(t)
	if l.Version != 1 || !l.PublishedAt.Equal(now().Truncate(time.Microsecond)) {
		t.Errorf("version %d of %v", l.Version, l.PublishedAt)
	}
	if did, err := edit.New(s, edit.Options{Now: now}).Seed(t.Context(), testLayout(t)); err != nil || did {
		t.Errorf("a second seed: did %v, %v", did, err)
	}
}

func TestTwoServersSeedAtOnce(t *testing.T) {
	s := empty(t)
	seed := testLayout(t)
	var mu sync.Mutex
	var group sync.WaitGroup
	did := 0
	for range 4 {
		group.Go(func() {
			ok, err := edit.New(s, edit.Options{Now: now}).Seed(t.Context(), seed)
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			if ok {
				did++
			}
		})
	}
	group.Wait()
	if did != 1 {
		t.Errorf("%d of four seeded, want one", did)
	}
}

// renamed is a change that gives the first area another name.
func renamed(l *layout.Layout, name string) store.Change {
	f := l.Features[0]
	area := *f.Properties.(*layout.Area)
	area.NameZH = name
	f.Properties = &area
	return store.Change{Op: store.Put, Feature: f}
}

func TestApplyPublishesTheNextVersion(t *testing.T) {
	s, l := seeded(t)
	v, err := edit.New(s, edit.Options{Now: now}).Apply(t.Context(), edit.Edit{Base: 1, Author: "a", Comment: "c", Changes: []store.Change{renamed(l, "新名")}})
	if err != nil {
		t.Fatal(err)
	}
	if v.Number != 2 || v.Author != "a" || v.Comment != "c" || v.Changed != 1 {
		t.Errorf("published %+v", v)
	}
	after, err := s.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := after.Features[0].Properties.Common().NameZH; got != "新名" || len(after.Features) != len(l.Features) {
		t.Errorf("the name is %q among %d features", got, len(after.Features))
	}
}

func TestApplyRefuses(t *testing.T) {
	tests := map[string]struct {
		edit func(l *layout.Layout) edit.Edit
		want layout.Kind
	}{
		"an old base": {func(l *layout.Layout) edit.Edit {
			return edit.Edit{Base: 0, Changes: []store.Change{renamed(l, "新名")}}
		}, layout.KindStale},
		"a name that is empty": {func(l *layout.Layout) edit.Edit {
			return edit.Edit{Base: 1, Changes: []store.Change{renamed(l, "")}}
		}, layout.KindInvalid},
		"deleting what others need": {func(l *layout.Layout) edit.Edit {
			unit := l.Features[0].Properties.(*layout.Area).ResponsibleUnits[0]
			return edit.Edit{Base: 1, Changes: []store.Change{{Op: store.Delete, Feature: layout.Feature{Collection: layout.Units, ID: unit}}}}
		}, layout.KindInvalid},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s, l := seeded(t)
			if _, err := edit.New(s, edit.Options{Now: now}).Apply(t.Context(), test.edit(l)); layout.KindOf(err) != test.want {
				t.Errorf("error %v, want kind %s", err, test.want)
			}
			if after, err := s.Load(t.Context()); err != nil || after.Version != 1 {
				t.Errorf("the store has changed: %v, %v", after, err)
			}
		})
	}
}
