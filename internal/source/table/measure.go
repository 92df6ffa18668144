package table

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/source"
)

// statistics is how many rows a table has and where they lie: estimated at first, measured in the background.
type statistics struct {
	count  int
	extent *geo.BBox // nil where there is no geometry, or nobody knows yet
}

// measured is what measuring a table gave, and when it is due again.
type measured struct {
	statistics
	definition string
	token      string
	due        time.Time
	ok         bool
}

// restFactor is how much longer a table rests than measuring it took, so that it costs at most a per cent.
const restFactor = 100

// known returns what is known already of a table that stays the same.
func (t *Tables) known(before *state, made *table) statistics {
	if old := before.tables[made.id]; old != nil && old.definition == made.definition {
		c := before.infos[made.id]
		return statistics{c.Count, c.Extent}
	}
	return statistics{count: max(0, int(made.Rows))}
}

// estimatedExtent asks for what ANALYZE knows, in the system of the column.
const estimatedExtent = `SELECT ST_XMin(e), ST_YMin(e), ST_XMax(e), ST_YMax(e) FROM (SELECT ST_EstimatedExtent($1, $2, $3) AS e) s`

// estimated adds the extent that the database guesses, where it does.
func (t *Tables) estimated(ctx context.Context, made *table, s statistics) statistics {
	if made.foreign || made.Kind != "r" || made.Rows <= 0 {
		return s
	}
	var b [4]sql.NullFloat64
	err := t.scans.QueryRowContext(ctx, estimatedExtent, made.Schema, made.Name, made.geometry.Name).Scan(&b[0], &b[1], &b[2], &b[3])
	if err == nil && b[0].Valid {
		s.extent = made.extentOf([4]float64{b[0].Float64, b[1].Float64, b[2].Float64, b[3].Float64})
	}
	return s // without: measuring will tell
}

// measureAll measures the tables that are due.
func (t *Tables) measureAll(ctx context.Context) {
	for _, id := range t.state.Load().ids {
		made := t.state.Load().tables[id]
		now := t.options.Now()
		m, token := t.measured[id], t.Token(id)
		if m.definition == made.definition && (m.token == token || now.Before(m.due)) {
			continue
		}
		s, err := t.measure(ctx, made)
		if ctx.Err() != nil {
			return
		}
		took := t.options.Now().Sub(now)
		t.measured[id] = measured{s, made.definition, token, now.Add(max(took*restFactor, t.options.CheckInterval)), err == nil}
		if err == nil {
			t.tell(made, s)
		}
	}
}

// measure counts the rows of a table and finds their extent.
func (t *Tables) measure(ctx context.Context, made *table) (s statistics, err error) {
	g := made.raw()
	if made.foreign {
		g = made.drawn()
	}
	text := fmt.Sprintf("SELECT n, ST_XMin(e), ST_YMin(e), ST_XMax(e), ST_YMax(e) FROM (SELECT count(*) AS n, ST_Extent(%s) AS e FROM %s) s WHERE $1::int = 0", g, made.from())
	var b [4]sql.NullFloat64
	if err = t.scans.QueryRowContext(ctx, text, 0).Scan(&s.count, &b[0], &b[1], &b[2], &b[3]); err != nil {
		return s, err
	}
	if b[0].Valid {
		s.extent = made.extentOf([4]float64{b[0].Float64, b[1].Float64, b[2].Float64, b[3].Float64})
	}
	return s, nil
}

// tell serves what was measured, unless the table has changed meanwhile.
func (t *Tables) tell(made *table, s statistics) {
	t.refresh.Lock()
	defer t.refresh.Unlock()
	before := t.state.Load()
	c := before.infos[made.id]
	if before.tables[made.id] != made || c.Count == s.count && sameBox(c.Extent, s.extent) {
		return
	}
	next := *before
	next.infos = map[layout.CollectionID]source.Collection{}
	for id, info := range before.infos {
		next.infos[id] = info
	}
	next.infos[made.id] = made.collection(s)
	next.revision++
	t.state.Store(&next)
}

func sameBox(a, b *geo.BBox) bool { return a == b || a != nil && b != nil && *a == *b }

// extentOf converts a box of the system of a table: its edges are followed, because they bend.
func (t *table) extentOf(b [4]float64) *geo.BBox {
	for _, v := range b {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
	}
	box := orb.Bound{Min: orb.Point{b[0], b[1]}, Max: orb.Point{b[2], b[3]}}
	if t.toWGS84 != nil {
		ring := box.ToRing()
		box = orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
		for i := range len(ring) - 1 {
			for k := range sides {
				f := float64(k) / sides
				p := t.toWGS84(orb.Point{ring[i][0] + f*(ring[i+1][0]-ring[i][0]), ring[i][1] + f*(ring[i+1][1]-ring[i][1])})
				box = box.Extend(p)
			}
		}
	}
	clamp := func(v, most float64) float64 { return max(-most, min(most, v)) }
	return &geo.BBox{West: clamp(box.Min[0], 180), South: clamp(box.Min[1], 90), East: clamp(box.Max[0], 180), North: clamp(box.Max[1], 90)}
}

// isLocked tells whether somebody else holds what a statement needs.
func isLocked(err error) bool {
	var e *pq.Error
	return errors.As(err, &e) && e.Code == pqerror.LockNotAvailable
}
