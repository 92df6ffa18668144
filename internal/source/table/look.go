package table

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/lib/pq"

	"parkmap/internal/layout"
	"parkmap/internal/pgconn"
	"parkmap/internal/source"
)

// lookTimeout is how long looking at the catalogue may take.
const lookTimeout = 10 * time.Second

// Bounds of reconnecting where changes are announced.
const (
	minReconnect = 200 * time.Millisecond
	maxReconnect = 5 * time.Second
)

// look reads the catalogue and the changes, and serves what they say.
func (t *Tables) look(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	t.refresh.Lock()
	defer t.refresh.Unlock()
	relations, text, err := t.readCatalog(ctx)
	if err != nil {
		return err
	}
	changes, err := t.readChanges(ctx)
	if err != nil {
		return err
	}
	before := t.state.Load()
	if text == before.catalog && !before.unsettled {
		t.noteChanges(before, changes)
		return nil
	}
	next := &state{catalog: text, changes: changes, tables: map[layout.CollectionID]*table{},
		infos: map[layout.CollectionID]source.Collection{}, refused: map[string]string{}}
	for _, r := range relations {
		if err := t.addRelation(ctx, before, next, r); err != nil {
			return err
		}
	}
	t.serve(before, next)
	return nil
}

// addRelation publishes a relation that a pattern names, or notes why it is not.
func (t *Tables) addRelation(ctx context.Context, before, next *state, r relation) error {
	name := r.Schema + "." + r.Name
	if !slices.ContainsFunc(t.options.Publish, func(p Pattern) bool { return p.Matches(r.Schema, r.Name) }) {
		next.refused[name] = unnamed
		return nil
	}
	made, reason, err := t.describe(ctx, r)
	if err != nil {
		if !isStale(err) && !isLocked(err) {
			return err
		}
		reason = "it is locked or being changed; it is looked at again"
	}
	if reason != "" {
		next.unsettled = next.unsettled || r.refusal() == "" // it rests on the rows
		next.refused[name] = reason
		return nil
	}
	next.ids = append(next.ids, made.id)
	next.tables[made.id] = made
	s := t.known(before, made)
	if s.extent == nil {
		s = t.estimated(ctx, made, s)
	}
	next.infos[made.id] = made.collection(s)
	return nil
}

// unnamed is why most tables are not published.
const unnamed = "no --publish names it"

// serve puts a state in. It is a new revision where readers can notice.
func (t *Tables) serve(before, next *state) {
	next.revision = before.revision
	same := slices.Equal(before.ids, next.ids) && maps.EqualFunc(before.tables, next.tables, func(a, b *table) bool {
		return a.definition == b.definition
	})
	if !same || before.catalog == "" {
		next.revision++
		t.logDifference(before, next)
	}
	t.state.Store(next)
}

func (t *Tables) logDifference(before, next *state) {
	for _, id := range next.ids {
		if old := before.tables[id]; old == nil {
			t.options.Log.Info("a table is published", "collection", id)
		} else if old.definition != next.tables[id].definition {
			t.options.Log.Info("a published table was changed", "collection", id)
		}
	}
	for name, reason := range next.refused {
		if reason != unnamed && before.refused[name] != reason {
			t.options.Log.Warn("a table is not published", "table", name, "reason", reason)
		}
	}
	for _, id := range before.ids {
		if next.tables[id] == nil {
			t.options.Log.Info("a table is no longer published", "collection", id)
		}
	}
}

// noteChanges serves new changes of the rows of watched tables.
func (t *Tables) noteChanges(before *state, changes map[int64]string) {
	if maps.Equal(before.changes, changes) {
		return
	}
	next := *before
	next.changes = changes
	t.state.Store(&next)
}

// changesSQL returns what names the state of the rows of each watched table: a digest of the transactions that
// changed it and are still remembered.
const changesSQL = `SELECT relation::int8, md5(string_agg(xid::text, ',' ORDER BY xid::text)) FROM parkmap_tables.change
	WHERE $1::int = 0 GROUP BY relation`

// readChanges returns what changesSQL says, nothing where no table is watched.
func (t *Tables) readChanges(ctx context.Context) (map[int64]string, error) {
	var there bool
	err := t.scans.QueryRowContext(ctx, `SELECT to_regclass('parkmap_tables.change') IS NOT NULL AND $1::int = 0`, 0).Scan(&there)
	if err != nil || !there {
		return nil, err
	}
	rows, err := t.scans.QueryContext(ctx, changesSQL, 0)
	if err != nil {
		return nil, fmt.Errorf("read the changes of tables: %w", err)
	}
	defer rows.Close()
	changes := map[int64]string{}
	for rows.Next() {
		var oid int64
		var digest string
		if err := rows.Scan(&oid, &digest); err != nil {
			return nil, err
		}
		changes[oid] = digest
	}
	return changes, rows.Err()
}

// follow looks at the catalogue in turn, hears of changes at once, and measures tables.
func (t *Tables) follow(ctx context.Context) {
	listener := pq.NewListener(t.target.DSN, minReconnect, maxReconnect, nil)
	go func() { _ = listener.Listen(watchChannel) }() // waits for the connection; ends with the listener
	defer func() {
		go func() {
			for range listener.Notify { // it may be about to say something
			}
		}()
		_ = listener.Close()
	}()
	tick := time.NewTicker(t.options.CheckInterval)
	defer tick.Stop()
	t.measureAll(ctx)
	for {
		var err error
		select {
		case <-ctx.Done():
			return
		case n := <-listener.Notify:
			if n != nil {
				err = t.lookAtChanges(ctx)
				break
			}
			err = t.look(ctx) // a new connection: something may have been missed
		case <-tick.C:
			err = t.look(ctx)
		}
		if ctx.Err() != nil {
			return
		}
		t.noteLook(err)
		if err == nil {
			t.measureAll(ctx)
		}
	}
}

// noteLook tells of a database that does not answer from one whose answer is of no use.
func (t *Tables) noteLook(err error) {
	if err != nil && !pgconn.Transient(err) {
		t.options.Log.Warn("the tables of the database could not be looked at", "error", err)
	}
	t.fail(err)
}

func (t *Tables) lookAtChanges(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	t.refresh.Lock()
	defer t.refresh.Unlock()
	changes, err := t.readChanges(ctx)
	if err == nil {
		t.noteChanges(t.state.Load(), changes)
	}
	return err
}
