package table

import (
	"context"
	"database/sql"
	"strings"
	"sync"

	"parkmap/internal/layout"
	"parkmap/internal/source"
)

// Limits of looking rows up by their key: queries of a table at the same time, and ids of one query.
const (
	maxLookups = 4
	maxIDs     = 64
)

// lookups gathers rows that are asked for by their key. While queries run, those that come wait and go together in the
// next one, so that many who ask share what a query costs, and one who asks alone does not wait.
type lookups struct {
	mu      sync.Mutex
	running int
	waiting []*lookup // all but the last are full
}

// lookup is what a query looks up for many.
type lookup struct {
	ids    []string
	left   int // who went away meanwhile
	ctx    context.Context
	cancel context.CancelFunc
	done   chan struct{}
	found  map[layout.ID]source.Feature // set when done, as is err
	err    error
}

// join returns the lookup that will look an id up; nil tells the caller to do so at once, and to call next then.
func (l *lookups) join(ctx context.Context, id string) *lookup {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.running < maxLookups {
		l.running++
		return nil
	}
	last := len(l.waiting) - 1
	if last < 0 || len(l.waiting[last].ids) == maxIDs {
		b := &lookup{done: make(chan struct{})}
		b.ctx, b.cancel = context.WithCancel(context.WithoutCancel(ctx))
		l.waiting = append(l.waiting, b)
		last++
	}
	b := l.waiting[last]
	b.ids = append(b.ids, id)
	return b
}

// next has the lookup that waits longest run, if there is one.
func (l *lookups) next(run func(*lookup)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.waiting) == 0 {
		l.running--
		return
	}
	b := l.waiting[0]
	l.waiting = l.waiting[1:]
	go func() {
		defer l.next(run)
		defer b.cancel()
		defer close(b.done)
		run(b)
	}()
}

// leave ends the query of a lookup when nobody waits for it any more.
func (l *lookups) leave(b *lookup) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if b.left++; b.left == len(b.ids) {
		b.cancel()
	}
}

// Item implements source.Source. A row of several key columns has the id that joins them with commas; commas and
// percent signs within are written as in URLs. Rows of tables without a key are not found.
func (t *Tables) Item(ctx context.Context, collection layout.CollectionID, id layout.ID) (f source.Feature, err error) {
	err = t.with(ctx, collection, func(made *table) error {
		f, err = t.item(ctx, made, id)
		return err
	})
	return f, err
}

func (t *Tables) item(ctx context.Context, made *table, id layout.ID) (source.Feature, error) {
	values := splitID(string(id), len(made.key))
	if values == nil {
		return source.Feature{}, made.missing(id)
	}
	for i, k := range made.key {
		if strings.ContainsRune(values[i], 0) || !made.fields[k].kind.valid(values[i]) {
			return source.Feature{}, made.missing(id)
		}
	}
	if !made.unique {
		return t.lookUp(ctx, made, id, values)
	}
	b := made.lookups.join(ctx, values[0])
	if b == nil {
		defer made.lookups.next(t.lookUpAll(made))
		return t.lookUp(ctx, made, id, values)
	}
	select {
	case <-b.done:
	case <-ctx.Done():
		made.lookups.leave(b)
		return source.Feature{}, ctx.Err()
	}
	if f, ok := b.found[id]; ok || b.err != nil {
		return f, b.err
	}
	return t.lookUp(ctx, made, id, values) // it may be another way to write an id
}

func (t *table) missing(id layout.ID) error { return layout.NotFound(string(t.id)+" item", id) }

// lookUp asks for one row.
func (t *Tables) lookUp(ctx context.Context, made *table, id layout.ID, values []string) (source.Feature, error) {
	var w where
	for i, k := range made.key {
		w.equal(made.fields[k], values[i:i+1])
	}
	features, err := t.lookUpWhere(ctx, made, &w, 1)
	if err == nil && len(features) == 0 {
		err = made.missing(id)
	}
	if err != nil {
		return source.Feature{}, err
	}
	return features[0], nil
}

// lookUpAll returns what asks for the rows of a lookup. Those that are not found may have another id than they were asked
// by, or be more than a page may hold.
func (t *Tables) lookUpAll(made *table) func(*lookup) {
	return func(b *lookup) {
		var w where
		w.equal(made.fields[made.key[0]], b.ids)
		features, err := t.lookUpWhere(b.ctx, made, &w, len(b.ids))
		b.found, b.err = make(map[layout.ID]source.Feature, len(features)), err
		for _, f := range features {
			b.found[f.ID] = f
		}
	}
}

func (t *Tables) lookUpWhere(ctx context.Context, made *table, w *where, limit int) ([]source.Feature, error) {
	rows, err := t.query(ctx, t.points, made.whole.sql()+w.String()+" LIMIT "+w.arg(limit)+"::int8", w.args)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	e := newEncoder(made.whole)
	defer e.release()
	if _, err := e.read(rows, limit, func([]sql.RawBytes) {}); err != nil {
		return nil, err
	}
	return e.features(), nil
}
