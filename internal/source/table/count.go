package table

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
	"github.com/maypok86/otter/v2"
)

// countTime is how long counting may take before the planner's estimate stands in for it.
const countTime = 300 * time.Millisecond

// maxCounts bounds the counts that are remembered.
const maxCounts = 4096

// counted is how many rows match a query.
type counted struct {
	rows      int
	estimated bool
}

// countKey names the rows of a query in one state of the table.
type countKey struct {
	hash  uint64
	token string
}

// counts remembers what was counted. A table that nobody watches keeps its counts for the time of its token.
type counts struct {
	*otter.Cache[countKey, counted]
}

func newCounts() *counts {
	return &counts{otter.Must(&otter.Options[countKey, counted]{MaximumSize: maxCounts})}
}

// count returns how many rows match a plan, and whether that is an estimate.
func (t *Tables) count(ctx context.Context, p *plan) (n int, estimated bool, err error) {
	key := countKey{p.hash, t.Token(p.table.id)}
	if c, ok := t.counts.GetIfPresent(key); ok {
		return c.rows, c.estimated, nil
	}
	c, err := t.countNow(ctx, p)
	if err != nil {
		return 0, false, err
	}
	t.counts.Set(key, c)
	return c.rows, c.estimated, nil
}

func (t *Tables) countNow(ctx context.Context, p *plan) (c counted, err error) {
	limited, cancel := context.WithTimeout(ctx, countTime)
	defer cancel()
	from := " FROM " + p.table.from() + p.where.String()
	if len(p.where.args) == 0 {
		from += " WHERE " + p.where.arg(0) + "::int = 0" // a query with an argument comes in binary form
	}
	err = t.countRows(limited, p, "SELECT count(*)"+from, &c.rows)
	var e *pq.Error
	switch {
	case err == nil:
		return c, nil
	case ctx.Err() == nil && (limited.Err() != nil || errors.As(err, &e) && e.Code == pqerror.QueryCanceled):
		c.rows, err = t.estimate(ctx, from, p.where.args)
		c.estimated = true
	}
	return c, err
}

func (t *Tables) countRows(ctx context.Context, p *plan, text string, n *int) error {
	rows, err := t.run(ctx, p, text, p.where.args)
	if err != nil {
		return err
	}
	defer rows.Close()
	if rows.Next() {
		err = rows.Scan(n)
	}
	return errors.Join(err, rows.Err())
}

// estimate asks the planner how many rows a query gives.
func (t *Tables) estimate(ctx context.Context, from string, args []any) (int, error) {
	var text []byte
	if err := t.scans.QueryRowContext(ctx, "EXPLAIN (FORMAT JSON) SELECT 1"+from, args...).Scan(&text); err != nil {
		return 0, err
	}
	var plans []struct {
		Plan struct {
			Rows float64 `json:"Plan Rows"`
		}
	}
	if err := json.Unmarshal(text, &plans); err != nil || len(plans) == 0 {
		return 0, fmt.Errorf("read the plan of a query: %w", err)
	}
	return int(math.Round(plans[0].Plan.Rows)), nil
}
