package tileset

import (
	"context"
	"errors"
	"fmt"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/tile"
	"parkmap/internal/tile/mvt"
)

// Feed is what tables give to the encoder. All methods may be called at the same time.
type Feed interface {
	// Layers describes the tables that are published, in a fixed order. Their tokens change when their rows do, or
	// in time where nobody tells.
	Layers() []Layer
	// Layer describes one of them.
	Layer(name string) (Layer, bool)
	// Rows yields the rows that a tile may show, in any order unless they are to be sorted. Errors are
	// *layout.Error: not-found for a table that is gone, unavailable when the database cannot answer.
	Rows(ctx context.Context, layer string, q RowsQuery, yield func(Row) error) error
}

// RowsQuery asks for the rows of a tile.
type RowsQuery struct {
	Box      geo.BBox // WGS 84
	PixelDeg float64  // of what is thinner only one per pixel is needed; 0 wants all
	Limit    int      // rows at most
	Sorted   bool     // so that the limit leaves the same rows out each time
	Token    string   // of the layer: a table that has other columns or another system by now is unavailable; "" takes any
}

// Row is a row of a table. It is valid until yield returns.
type Row struct {
	ID    uint64 // 0: none
	EWKB  []byte
	Attrs []mvt.Attr
}

// maxRows bounds the rows that are read for a tile. What lies behind is missing, and the report says so.
const maxRows = 1_000_000

// thinned is the last level at which the database leaves out what is smaller than a pixel. Below, what would fall
// under it is rare, and finding it costs more than drawing it.
const thinned = 11

// Tables makes the tiles of tables and keeps them while their tokens hold. A nil *Tables has none.
type Tables struct {
	feed   Feed
	cache  cache
	budget int // bytes
	lost   reductions
}

// NewTables returns the tiles of what feed has.
func NewTables(feed Feed) *Tables {
	return &Tables{feed: feed, cache: newCache(tableWeight), budget: MaxTileBytes}
}

// Reductions tells what tiles of a table lost to their budget so far, by zoom.
func (t *Tables) Reductions(layer string) []Reduction {
	if t == nil {
		return nil
	}
	return t.lost.of(layer)
}

// SetBudget bounds a tile of a table, compressed; with 0 nothing is left out of a tile. It is to be called before the
// first tile is made.
func (t *Tables) SetBudget(bytes int) { t.budget = bytes }

func (t *Tables) layers() []Layer {
	if t == nil {
		return nil
	}
	return t.feed.Layers()
}

func (t *Tables) layer(name string) (l Layer, ok bool) {
	if t == nil {
		return l, false
	}
	l, ok = t.feed.Layer(name)
	l.MaxBytes = t.budget
	return l, ok
}

func (t *Tables) tile(ctx context.Context, name string, g *tile.Grid, id tile.ID) (*Tile, error) {
	l, ok := t.layer(name)
	if !ok {
		return nil, layout.NotFound("layer", layout.ID(name))
	}
	return t.cache.tile(ctx, key{name, l.Token, g.Name(), id, Look{}}, func(ctx context.Context) (*Tile, error) {
		return t.draw(ctx, l, g, id)
	})
}

// draw makes a tile of a table. Nothing of a query that failed is used.
func (t *Tables) draw(ctx context.Context, l Layer, g *tile.Grid, id tile.ID) (*Tile, error) {
	b := takeBuilder(g, id)
	defer builders.Put(b)
	box := g.Box(id, mvt.BufferPx)
	q := RowsQuery{Box: box, Limit: maxRows, Token: l.Token}
	if t.budget > 0 && levelOf(g, id.Z) <= thinned {
		q.PixelDeg = (box.East - box.West) / tilePixels
	}
	rows, err := t.read(ctx, b, l, q)
	if err == nil && rows >= maxRows { // which ones may be a matter of chance
		b.Reset(g, id)
		q.Sorted = true
		rows, err = t.read(ctx, b, l, q)
	}
	if err != nil {
		return nil, fmt.Errorf("tile %s of %s: %w", name(id), l.Name, err)
	}
	made := finish(b, t.budget)
	made.Cut = rows >= maxRows
	t.lost.note(l.Name, id.Z, made)
	return made, nil
}

// read adds rows of a table to a tile, and counts them.
func (t *Tables) read(ctx context.Context, b *mvt.Builder, l Layer, q RowsQuery) (rows int, err error) {
	b.Layer(l.VectorLayers[0].ID)
	b.Sort()
	b.SetCRS(l.CRS)
	err = t.feed.Rows(ctx, l.Name, q, func(r Row) error {
		rows++
		err := b.AddWKB(r.ID, r.EWKB, nil, r.Attrs)
		if errors.Is(err, mvt.ErrWKB) {
			return nil // curves and the like: the row cannot be drawn, all others can
		}
		return err
	})
	return rows, err
}

func name(id tile.ID) string { return fmt.Sprintf("%d/%d/%d", id.Z, id.X, id.Y) }
