package pyramid

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"go.uber.org/goleak"

	"parkmap/internal/geo"
	"parkmap/internal/tile"
	"parkmap/internal/tile/hilbert"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var world = geo.BBox{West: -180, South: -90, East: 180, North: 90}

// log is a Sink that keeps what it is told.
type log struct {
	tiles     []tile.ID
	committed int
	commits   []int
}

func (l *log) Tiles(_ context.Context, yield func(tile.ID)) error {
	l.tiles = l.tiles[:l.committed]
	for _, id := range l.tiles {
		yield(id)
	}
	return nil
}

func (l *log) Add(_ context.Context, id tile.ID, _ []byte) error {
	l.tiles = append(l.tiles, id)
	return nil
}

func (l *log) Commit() error {
	if l.committed < len(l.tiles) {
		l.committed = len(l.tiles)
		l.commits = append(l.commits, l.committed)
	}
	return nil
}

// plan is one of Web Mercator.
func plan(t *testing.T, minZoom, maxZoom int, box, bounds geo.BBox) Plan {
	t.Helper()
	grid, ok := tile.LookupGrid("WebMercatorQuad")
	if !ok {
		t.Fatal("there is no grid")
	}
	return Plan{Grid: grid, MinZoom: minZoom, MaxZoom: maxZoom, LookFrom: minZoom, Box: box, Bounds: bounds, BufferPx: 4}
}

// spots makes tiles that hold something where one of the points lies.
func spots(grid *tile.Grid, calls *atomic.Int64, points ...orb.Point) Make {
	return func(_ context.Context, id tile.ID) ([]byte, error) {
		calls.Add(1)
		for _, p := range points {
			if grid.At(p, id.Z) == id {
				return []byte("x"), nil
			}
		}
		return nil, nil
	}
}

func quiet(Progress) {}

func TestOnlyTilesThatHoldSomething(t *testing.T) {
	chengdu, far := orb.Point{104.0657, 30.6595}, orb.Point{-70, -33}
	tests := []struct {
		name             string
		minZoom, maxZoom int
		box, bounds      geo.BBox
		want             []orb.Point // whose tiles are made at each zoom
		most             int64       // tiles that are looked at
	}{
		{"world", 0, 10, world, world, []orb.Point{chengdu, far}, 1 + 10*8},
		{"some zooms", 9, 12, world, geo.BBox{West: 103, South: 30, East: 105, North: 31}, []orb.Point{chengdu}, 30 + 3*4},
		{"a box", 0, 12, geo.BBox{West: 104, South: 30.6, East: 104.1, North: 30.7}, world, []orb.Point{chengdu}, 1 + 12*4},
		{"a box across 180", 0, 8, geo.BBox{West: 170, South: -40, East: -60, North: 0}, world, []orb.Point{chengdu, far}, 1 + 10*4},
		{"one zoom", 5, 5, world, world, []orb.Point{chengdu, far}, 1024},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			p := plan(t, tc.minZoom, tc.maxZoom, tc.box, tc.bounds)
			var calls atomic.Int64
			var sink log
			if _, err := Run(t.Context(), p, &sink, 3, spots(p.Grid, &calls, chengdu, far), quiet); err != nil {
				t.Fatal(err)
			}
			want := map[tile.ID]bool{}
			for z := tc.minZoom; z <= tc.maxZoom; z++ {
				for _, point := range tc.want {
					if id := p.Grid.At(point, z); tc.box.Intersects(bound(p.Grid.Box(id, 0))) {
						want[id] = true
					}
				}
			}
			got := map[tile.ID]bool{}
			for _, id := range sink.tiles {
				got[id] = true
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			if !slices.IsSortedFunc(sink.tiles, func(a, b tile.ID) int { return int(hilbert.Number(a)) - int(hilbert.Number(b)) }) {
				t.Error("they do not come in the order of the curve")
			}
			if n := calls.Load(); n > tc.most {
				t.Errorf("%d tiles were looked at, %d are enough", n, tc.most)
			}
		})
	}
}

// TestResume stops the work after each tile; going on gives the same tiles and the same commits.
func TestResume(t *testing.T) {
	box := geo.BBox{West: 100, South: 28, East: 108, North: 34}
	for _, minZoom := range []int{0, 6} {
		p := plan(t, minZoom, 10, box, box)
		full := func(context.Context, tile.ID) ([]byte, error) { return []byte("x"), nil }
		var want log
		if _, err := Run(t.Context(), p, &want, 2, full, quiet); err != nil {
			t.Fatal(err)
		}
		if len(want.commits) < 3 {
			t.Fatalf("%d commits are too few to see anything", len(want.commits))
		}
		for cut := int64(0); cut < int64(len(want.tiles)); cut += 37 {
			var got log
			var calls atomic.Int64
			broken := errors.New("broken")
			failing := func(context.Context, tile.ID) ([]byte, error) {
				if calls.Add(1) > cut {
					return nil, broken
				}
				return []byte("x"), nil
			}
			if _, err := Run(t.Context(), p, &got, 2, failing, quiet); !errors.Is(err, broken) {
				t.Fatalf("cut after %d: %v", cut, err)
			}
			if _, err := Run(t.Context(), p, &got, 2, full, quiet); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want.tiles, got.tiles) + cmp.Diff(want.commits, got.commits); diff != "" {
				t.Fatalf("cut after %d: %s", cut, diff)
			}
		}
	}
}

// TestLookFrom finds the tiles of a deep zoom without looking at all of it, after an interruption too.
func TestLookFrom(t *testing.T) {
	p := plan(t, 12, 12, world, world)
	p.LookFrom = 3
	var calls atomic.Int64
	chengdu := orb.Point{104.0657, 30.6595}
	var sink log
	for range 2 {
		if _, err := Run(t.Context(), p, &sink, 2, spots(p.Grid, &calls, chengdu), quiet); err != nil {
			t.Fatal(err)
		}
		if len(sink.tiles) != 1 || sink.tiles[0] != p.Grid.At(chengdu, 12) {
			t.Errorf("the tiles are %v", sink.tiles)
		}
	}
	if n := calls.Load(); n > 2*(64+4*9) {
		t.Errorf("%d tiles were looked at", n)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	p := plan(t, 0, 20, world, world)
	var calls atomic.Int64
	waiting := func(ctx context.Context, _ tile.ID) ([]byte, error) {
		if calls.Add(1) == 100 {
			cancel()
		}
		return []byte("x"), ctx.Err()
	}
	if _, err := Run(ctx, p, &log{}, 2, waiting, quiet); !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
	if n := calls.Load(); n > 110 {
		t.Errorf("%d tiles were made after all", n)
	}
}

func TestProgress(t *testing.T) {
	p := plan(t, 0, 5, world, world)
	last := Progress{Zoom: -1}
	report := func(now Progress) {
		if now.Zoom < last.Zoom || (now.Zoom == last.Zoom && now.Share < last.Share) || now.Share >= 1 || now.Tiles != last.Tiles+1 {
			t.Errorf("%+v follows %+v", now, last)
		}
		last = now
	}
	end, err := Run(t.Context(), p, &log{}, 2, func(context.Context, tile.ID) ([]byte, error) { return []byte("xy"), nil }, report)
	if err != nil || last.Zoom != 5 || last.Tiles != 1365 || last.Bytes != 2*1365 || end != last {
		t.Errorf("the end is %+v, %v", last, err)
	}
}

func TestSpans(t *testing.T) {
	var s spans
	for _, p := range []uint64{3, 4, 5, 9} {
		s.add(p)
	}
	if got := fmt.Sprint(s); got != "[{3 5} {9 9}]" || s.count() != 4 {
		t.Errorf("spans are %s", got)
	}
	s = nil
	for p := uint64(0); p < 8*maxSpans; p += 2 {
		s.add(p)
	}
	if len(s) > maxSpans || s[0].first != 0 || s[len(s)-1].last != 8*maxSpans-2 {
		t.Errorf("%d spans from %v to %v", len(s), s[0], s[len(s)-1])
	}
}
