package page

import (
	"slices"
	"sync"

	"parkmap/internal/layout"
)

// Atlas is one published layout, indexed for pages. It is immutable and made once per version.
type Atlas struct {
	layout   *layout.Layout
	byID     map[layout.ID]*layout.Feature
	bySlug   map[string]layout.ID
	areas    []*layout.Feature
	kinds    map[string]int // how many areas there are of each kind
	overview Drawing

	city      layout.ID // the context feature of that kind, the first of several; "" is none
	registers int       // how many goals, scenarios and tasks there are
	sieve     func() *layout.Sieve
	ranking   func() []layout.Candidate
}

// NewAtlas indexes a layout, which must not change afterwards.
func NewAtlas(l *layout.Layout) *Atlas {
	a := &Atlas{layout: l, byID: map[layout.ID]*layout.Feature{}, bySlug: map[string]layout.ID{}, kinds: map[string]int{}}
	for i := range l.Features {
		f := &l.Features[i]
		a.byID[f.ID] = f
		if slug := f.Properties.Common().Slug; slug != "" {
			a.bySlug[slug] = f.ID
		}
		if a.city == "" && isCity(f) {
			a.city = f.ID
		}
		switch f.Collection {
		case layout.Goals, layout.Scenarios, layout.Tasks:
			a.registers++
		}
		if f.Collection == layout.Areas {
			a.areas = append(a.areas, f)
			a.kinds[f.Properties.Common().Kind]++
		}
	}
	a.overview = drawOverview(l)
	a.sieve = sync.OnceValue(func() *layout.Sieve { return layout.NewSieve(l) })
	a.ranking = sync.OnceValue(a.allCandidates)
	return a
}

// Resolve returns the id of a feature named by id or slug; not-found when there is none.
func (a *Atlas) Resolve(name string) (layout.ID, error) {
	if _, ok := a.byID[layout.ID(name)]; ok {
		return layout.ID(name), nil
	}
	if id, ok := a.bySlug[name]; ok {
		return id, nil
	}
	return "", layout.NotFound("feature", layout.ID(name))
}

// WholeID is the feature whose page is that of the whole layout: its city, where the document says anything of
// the layout as a whole; "" otherwise.
func (a *Atlas) WholeID() layout.ID {
	d := a.layout.Document
	speaks := len(d.OverallGoals)+a.registers > 0
	if !speaks {
		return ""
	}
	return a.city
}

// Version is that of the layout.
func (a *Atlas) Version() int64 { return a.layout.Version }

// within lists the features of a collection that keep accepts, in their order.
func (a *Atlas) within(c layout.CollectionID, keep func(*layout.Feature) bool) []*layout.Feature {
	var out []*layout.Feature
	for i := range a.layout.Features {
		f := &a.layout.Features[i]
		if f.Collection == c && keep(f) {
			out = append(out, f)
		}
	}
	return out
}

// task returns the task that settles a clause, nil when none does.
func (a *Atlas) task(clause string) *layout.Task {
	for i := range a.layout.Features {
		if t, ok := a.layout.Features[i].Properties.(*layout.Task); ok && t.Clause == clause && clause != "" {
			return t
		}
	}
	return nil
}

// inconsistencies lists what the document disagrees on and that concerns a feature.
func (a *Atlas) inconsistencies(id layout.ID) []layout.Inconsistency {
	var out []layout.Inconsistency
	for _, i := range a.layout.Document.Inconsistencies {
		if slices.Contains(i.Concerns, id) {
			out = append(out, i)
		}
	}
	return out
}
