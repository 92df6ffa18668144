// Package pyramid makes all tiles of a map, zoom by zoom along the Hilbert curve, on several processors, and hands them
// on in that order. It looks only below tiles that hold something. It knows neither how a tile is made nor where it goes.
package pyramid

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/tile"
	"parkmap/internal/tile/hilbert"
)

// A Commit follows after so many tiles or bytes, whatever comes first: what an interruption may cost. The rule
// depends on the tiles alone, so that an archive does not tell how often it was interrupted.
const (
	commitTiles = 128
	commitBytes = 4 << 20
)

// Plan says which tiles are asked for. Its grid is a quadtree: one tile at zoom 0.
type Plan struct {
	Grid             *tile.Grid
	MinZoom, MaxZoom int
	LookFrom         int      // tiles from this zoom on are made to see what is empty, where it is less than MinZoom
	Box              geo.BBox // WGS 84; tiles that touch it are made
	Bounds           geo.BBox // WGS 84; all that the map shows lies within
	BufferPx         float64  // how far beyond its edge a tile shows something, in pixels of 256 a tile
}

// Sink takes the tiles.
type Sink interface {
	// Tiles hands on the tiles that an earlier run committed, in their order.
	Tiles(ctx context.Context, yield func(tile.ID)) error
	// Add takes a tile, gzipped.
	Add(ctx context.Context, id tile.ID, gz []byte) error
	// Commit makes the tiles so far outlive an interruption.
	Commit() error
}

// Make returns the content of a tile, gzipped; nothing where the tile is empty. It is called from several goroutines.
type Make func(ctx context.Context, id tile.ID) ([]byte, error)

// Progress is how far the work is.
type Progress struct {
	Zoom  int     // that is made now
	Share float64 // of this zoom that is done
	Tiles uint64  // written, by earlier runs too
	Bytes uint64  // written by this run
}

// run is one run of a plan.
type run struct {
	plan    Plan
	make    Make
	sink    Sink
	report  func(Progress)
	workers int

	after    uint64 // tiles with lower numbers were made by an earlier run
	progress Progress
	batch    struct{ tiles, bytes int }
}

// Run makes the tiles of the plan that the sink does not have yet, on so many workers, and commits the last of them.
// After an error, that of a cancelled ctx included, the sink is as the last Commit left it, and the same call goes on
// from there. Report is called after each tile that was looked at; the last state comes back. Memory is bounded by the
// tiles in work.
func Run(ctx context.Context, plan Plan, sink Sink, workers int, make Make, report func(Progress)) (Progress, error) {
	r := &run{plan: plan, make: make, sink: sink, report: report, workers: workers}
	zoom, parents, own, err := r.resume(ctx)
	if err != nil {
		return r.progress, err
	}
	for ; zoom <= plan.MaxZoom; zoom++ {
		switch {
		case zoom < min(plan.LookFrom, plan.MinZoom):
			parents = r.within(zoom, parents)
		case zoom < plan.MinZoom:
			parents, err = r.zoom(ctx, zoom, parents, nil)
		default:
			parents, err = r.zoom(ctx, zoom, parents, own)
			own = nil
		}
		if err != nil {
			return r.progress, fmt.Errorf("zoom %d: %w", zoom, err)
		}
	}
	return r.progress, sink.Commit()
}

// resume returns the zoom at which the work goes on, the tiles of the zoom above it, below which to look, and those that
// are there already: of the zoom itself, or of the first one that is written.
func (r *run) resume(ctx context.Context) (zoom int, parents, own spans, err error) {
	zoom = -1
	err = r.sink.Tiles(ctx, func(id tile.ID) {
		if id.Z != zoom {
			zoom, parents, own = id.Z, own, nil
		}
		number := hilbert.Number(id)
		own.add(number - hilbert.First(zoom))
		r.after = number + 1
		r.progress.Tiles++
	})
	if zoom > r.plan.MinZoom {
		return zoom, parents, own, err
	}
	return 0, nil, own, err
}

// within returns the tiles of a zoom that are asked for, below parents.
func (r *run) within(zoom int, parents spans) (own spans) {
	_ = r.candidates(zoom, parents, func(number uint64, _ float64) error {
		own.add(number - hilbert.First(zoom))
		return nil
	})
	return own
}

// candidates hands on the numbers of the tiles of a zoom that are asked for, below parents, and which share of the zoom
// comes before each.
func (r *run) candidates(zoom int, parents spans, yield func(number uint64, share float64) error) error {
	if zoom == 0 {
		return yield(0, 0)
	}
	total, done := float64(parents.count()), 0.
	for _, s := range parents {
		for p := s.first; p <= s.last; p++ {
			for number := hilbert.First(zoom) + 4*p; number < hilbert.First(zoom)+4*p+4; number++ {
				if !r.plan.wants(hilbert.Tile(number)) {
					continue
				}
				if err := yield(number, done/total); err != nil {
					return err
				}
			}
			done++
		}
	}
	return nil
}

// wants tells whether a tile is asked for and may hold something.
func (p *Plan) wants(id tile.ID) bool {
	return p.Box.Intersects(bound(p.Grid.Box(id, 0))) && p.Bounds.Intersects(bound(p.Grid.Box(id, p.BufferPx)))
}

// bound returns a box that does not cross 180°.
func bound(b geo.BBox) orb.Bound {
	return orb.Bound{Min: orb.Point{b.West, b.South}, Max: orb.Point{b.East, b.North}}
}

// write hands a tile to the sink.
func (r *run) write(ctx context.Context, id tile.ID, gz []byte) error {
	if err := r.sink.Add(ctx, id, gz); err != nil {
		return err
	}
	r.progress.Tiles++
	r.progress.Bytes += uint64(len(gz))
	r.batch.tiles++
	r.batch.bytes += len(gz)
	if r.batch.tiles < commitTiles && r.batch.bytes < commitBytes {
		return nil
	}
	r.batch.tiles, r.batch.bytes = 0, 0
	return r.sink.Commit()
}
