package source

import (
	"context"
	"slices"
	"sync"

	"parkmap/internal/layout"
)

// Snapshot is one published layout in memory, with all that reads need: measures, indexes, encoded features
// and the bodies made from it. It never changes; what it gives out is shared and must not be changed either.
// It implements Source. All methods may be called at the same time.
type Snapshot struct {
	layout      *layout.Layout
	entries     []entry // by layout.Compare
	collections []*collection
	byID        map[layout.CollectionID]*collection
	text        func() *textIndex // built when first asked for
	bodies      *bodyCache
	buffers     sync.Pool // of *[]int32, for the rows of a query
}

var _ Source = (*Snapshot)(nil)

// NewSnapshot measures, encodes and indexes l, which belongs to the snapshot from then on. The features need
// not be sorted. An error says which feature cannot be encoded.
func NewSnapshot(l *layout.Layout) (*Snapshot, error) {
	own := *l
	own.Features = slices.Clone(l.Features)
	slices.SortStableFunc(own.Features, layout.Compare)
	s := &Snapshot{
		layout: &own,
		byID:   map[layout.CollectionID]*collection{},
		bodies: newBodyCache(),
	}
	s.buffers.New = func() any { return new([]int32) }
	s.text = sync.OnceValue(func() *textIndex { return newTextIndex(s.entries) })
	if err := s.addEntries(); err != nil {
		return nil, err
	}
	for _, d := range descriptions() {
		if slices.Contains(l.Hidden, d.id) {
			continue
		}
		c := newCollection(d, s.entries)
		s.collections = append(s.collections, c)
		s.byID[c.meta.ID] = c
	}
	return s, nil
}

func (s *Snapshot) addEntries() error {
	encoders := map[layout.CollectionID]*encoder{}
	s.entries = make([]entry, len(s.layout.Features))
	for i := range s.layout.Features {
		f := &s.layout.Features[i]
		enc := encoders[f.Collection]
		if enc == nil {
			enc = newEncoder(f.Collection)
			encoders[f.Collection] = enc
		}
		e, err := enc.entry(f)
		if err != nil {
			return err
		}
		s.entries[i] = e
	}
	return nil
}

// Version is the number of the published version that the snapshot holds.
func (s *Snapshot) Version() int64 { return s.layout.Version }

// Layout returns the layout, its features by layout.Compare.
func (s *Snapshot) Layout() *layout.Layout { return s.layout }

// Document returns what the layout rests on.
func (s *Snapshot) Document() *layout.Document { return &s.layout.Document }

// Collections implements Source: areas and its views by kind, then the other collections of a layout.
func (s *Snapshot) Collections() []Collection {
	list := make([]Collection, len(s.collections))
	for i, c := range s.collections {
		list[i] = c.meta
	}
	return list
}

// Collection implements Source.
func (s *Snapshot) Collection(id layout.CollectionID) (Collection, error) {
	c, err := s.find(id)
	if err != nil {
		return Collection{}, err
	}
	return c.meta, nil
}

// Item implements Source. Asked by slug, it returns the feature with its permanent ID, which then differs
// from the id asked for. A view holds only the features of its kind.
func (s *Snapshot) Item(_ context.Context, collection layout.CollectionID, id layout.ID) (Feature, error) {
	e, err := s.entry(collection, id)
	if err != nil {
		return Feature{}, err
	}
	return e.read, nil
}

// Measures returns what is computed from the geometry of a feature; not-found as Item.
func (s *Snapshot) Measures(collection layout.CollectionID, id layout.ID) (Measures, error) {
	e, err := s.entry(collection, id)
	if err != nil {
		return Measures{}, err
	}
	return e.measures(), nil
}

func (s *Snapshot) entry(collection layout.CollectionID, id layout.ID) (*entry, error) {
	c, err := s.find(collection)
	if err != nil {
		return nil, err
	}
	row, ok := c.byKey[id]
	if !ok {
		return nil, layout.NotFound(string(collection)+" item", id)
	}
	return &s.entries[row], nil
}

func (s *Snapshot) find(id layout.CollectionID) (*collection, error) {
	if c := s.byID[id]; c != nil {
		return c, nil
	}
	return nil, noCollection(id)
}
