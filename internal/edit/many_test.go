package edit_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"parkmap/internal/edit"
	"parkmap/internal/layout"
	"parkmap/internal/pgtest"
	"parkmap/internal/store"
	"parkmap/internal/store/postgis"
	"parkmap/internal/store/sqlite"
)

// stores opens a database of each kind as often as servers ask for it.
func stores(t testing.TB) map[string]func() edit.Store {
	path, dsn := filepath.Join(t.TempDir(), "layout.db"), pgtest.DSN(t)
	opened := func(s edit.Store, err error) edit.Store {
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return s
	}
	return map[string]func() edit.Store{
		"sqlite":  func() edit.Store { return opened(sqlite.Open(t.Context(), path, sqlite.Options{})) },
		"postgis": func() edit.Store { return opened(postgis.Open(t.Context(), dsn, postgis.Options{})) },
	}
}

// TestManyEditors has editors on two servers change the same four areas at once. No acknowledged change is lost,
// and every loser is told both sides.
func TestManyEditors(t *testing.T) {
	editors, edits := 10, 40
	if os.Getenv("PARKMAP_SOAK") != "" {
		editors, edits = 50, 200
	}
	for name, open := range stores(t) {
		t.Run(name, func(t *testing.T) {
			unreviewed := func(o *edit.Options) { o.Unreviewed = true }
			first := open()
			d := onStore(t, first, unreviewed)
			if _, err := d.Seed(t.Context(), testLayout(t)); err != nil {
				t.Fatal(err)
			}
			other := onStore(t, open(), func(o *edit.Options) {
				unreviewed(o)
				var ids atomic.Int64
				o.NewID = func() string { return fmt.Sprintf("d%d", ids.Add(1)) }
			})
			var mu sync.Mutex
			won, lost := map[string]int64{}, 0
			var group sync.WaitGroup
			for e := range editors {
				desk := []desk{d, other}[e%2]
				group.Go(func() {
					who := anybody(fmt.Sprintf("editor %d", e))
					for n := range edits {
						name := fmt.Sprintf("%d by %d", n, e)
						c, err := desk.once(who, layout.ID(fmt.Sprintf("T0%d", 1+(n+e)%4)), name)
						var clash *edit.Clash
						mu.Lock()
						switch {
						case err == nil:
							won[name] = c.Version
						case errors.As(err, &clash) && bothSides(clash, name):
							lost++
						default:
							t.Errorf("%s: %v", name, err)
						}
						mu.Unlock()
					}
				})
			}
			group.Wait()
			t.Logf("%d published, %d told of a conflict", len(won), lost)
			checkNames(t, first, won)
		})
	}
}

// once reads an area and publishes another name for it.
func (d desk) once(who edit.Call, id layout.ID, name string) (store.Changeset, error) {
	l, err := d.store.Load(d.Context())
	if err != nil {
		return store.Changeset{}, err
	}
	for _, f := range l.Features {
		if f.ID != id {
			continue
		}
		c, err := d.Create(d.Context(), who, name)
		if err != nil {
			return c, err
		}
		base := f.Version
		patch := edit.Change{Change: store.Change{Op: store.Put, Feature: layout.Feature{Collection: layout.Areas, ID: id}}, Base: &base,
			Patch: fmt.Appendf(nil, `{"properties":{"name_en":%q}}`, name)}
		if _, err := d.Save(d.Context(), who, c.ID, patch); err != nil {
			return c, err
		}
		return d.Submit(d.Context(), who, c.ID, "")
	}
	return store.Changeset{}, errors.New("no such area")
}

// bothSides tells whether a clash has another name beside the one that was to be.
func bothSides(c *edit.Clash, mine string) bool {
	for _, p := range c.Conflicts[0].Parts {
		if p.Name == "name_en" {
			return string(p.Mine) == `"`+mine+`"` && string(p.Theirs) != string(p.Mine) && strings.Contains(string(p.Theirs), " by ")
		}
	}
	return false
}

// checkNames makes sure that each name was published in the version that it was acknowledged for, and no other.
func checkNames(t *testing.T, s edit.Store, won map[string]int64) {
	t.Helper()
	list := must[[]store.Version](t)(s.Versions(t.Context(), 0, len(won)+9))
	if len(list) != len(won)+1 {
		t.Errorf("%d versions for %d publications", len(list), len(won))
	}
	for _, id := range []layout.ID{"T01", "T02", "T03", "T04"} {
		for _, r := range must[[]store.Revision](t)(s.Revisions(t.Context(), layout.Areas, id, 0, len(won)+9)) {
			name := r.Feature.Properties.Common().NameEN
			if version, ok := won[name]; r.Version.Number > 1 && (!ok || version != r.Version.Number) {
				t.Errorf("version %d is %q, which was acknowledged for %d", r.Version.Number, name, version)
			}
			delete(won, name)
		}
	}
	if len(won) > 0 {
		t.Errorf("lost: %v", won)
	}
}

// BenchmarkEditing measures a save, a publication of a hundred features, and a page of a long history.
func BenchmarkEditing(b *testing.B) {
	for name, open := range stores(b) {
		d := onStore(b, open(), func(o *edit.Options) { o.Unreviewed = true })
		if _, err := d.Seed(b.Context(), manyPlaces(b)); err != nil {
			b.Fatal(err)
		}
		who := anybody("anna")
		b.Run("save/"+name, func(b *testing.B) {
			c := d.draft(who)
			for b.Loop() {
				must[store.Changeset](b)(d.Save(b.Context(), who, c.ID, d.rename("T01", "甲", "")))
			}
		})
		b.Run("publish100/"+name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				c := d.draft(who)
				l := must[*layout.Layout](b)(d.store.Load(b.Context()))
				for _, f := range l.Features {
					if f.Collection == layout.Places && strings.HasPrefix(string(f.ID), "Q") {
						base := f.Version
						patch := edit.Change{Change: store.Change{Op: store.Put, Feature: f}, Base: &base, Patch: fmt.Appendf(nil, `{"properties":{"name_en":"%d"}}`, time.Now().UnixNano())}
						must[store.Changeset](b)(d.Save(b.Context(), who, c.ID, patch))
					}
				}
				b.StartTimer()
				must[store.Changeset](b)(d.Submit(b.Context(), who, c.ID, ""))
			}
		})
		b.Run("versions/"+name, func(b *testing.B) {
			newest := must[[]store.Version](b)(d.store.Versions(b.Context(), 0, 1))[0].Number
			l := must[*layout.Layout](b)(d.store.Load(b.Context()))
			f := l.Features[0]
			for n := newest; n < 10000; n++ {
				p := store.Publication{Base: n, At: now(), Changes: []store.Change{{Op: store.Put, Feature: f}}}
				must[store.Version](b)(d.store.Publish(b.Context(), p))
			}
			b.ResetTimer()
			for b.Loop() {
				if list := must[[]store.Version](b)(d.Versions(b.Context(), 0, 10000)); len(list) < 10000 {
					b.Fatal(len(list))
				}
			}
		})
	}
}

// manyPlaces is the test layout with a hundred places more.
func manyPlaces(t testing.TB) *layout.Layout {
	l := testLayout(t)
	for n := range 100 {
		place := &layout.Place{Base: layout.Base{Kind: "platform", NameZH: "地点", NameEN: "Place"}, Number: n + 1}
		l.Features = append(l.Features, layout.Feature{Collection: layout.Places, ID: layout.ID(fmt.Sprintf("Q%03d", n)), Geometry: orb.Point{103.65, 36.02}, Properties: place})
	}
	return l
}
