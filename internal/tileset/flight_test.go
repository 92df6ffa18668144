package tileset

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/ewkb"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/source"
	"parkmap/internal/tile"
	"parkmap/internal/tile/mvt"
	"parkmap/internal/tile/mvt/mvttest"
)

// feed is a table in memory.
type feed struct {
	token string
	rows  func(ctx context.Context, q RowsQuery, yield func(Row) error) error
	asked atomic.Int32
}

func (f *feed) Layers() []Layer {
	l, _ := f.Layer("parcels")
	other, _ := f.Layer("parcels")
	other.Name = "areas" // the layout has it
	return []Layer{l, other}
}

func (f *feed) Layer(name string) (Layer, bool) {
	return Layer{
		Name: "parcels", MaxZoom: 16, Token: f.token, CRS: geo.CRS{},
		VectorLayers: []VectorLayer{{ID: "parcels", Fields: []Field{{Name: "n", Type: "integer"}}}},
	}, name == "parcels"
}

func (f *feed) Rows(ctx context.Context, _ string, q RowsQuery, yield func(Row) error) error {
	f.asked.Add(1)
	return f.rows(ctx, q, yield)
}

func oneRow(t testing.TB) func(context.Context, RowsQuery, func(Row) error) error {
	t.Helper()
	data, err := ewkb.Marshal(orb.Point{104, 30}, 4326)
	if err != nil {
		t.Fatal(err)
	}
	return func(_ context.Context, _ RowsQuery, yield func(Row) error) error {
		return yield(Row{ID: 5, EWKB: data, Attrs: []mvt.Attr{{Key: "n", Value: mvt.Int(3)}}})
	}
}

func TestTable(t *testing.T) {
	f := &feed{token: "a", rows: oneRow(t)}
	s := setOf(t, areasAt(), NewTables(f))
	g := grid(t, tile.WebMercatorQuad)
	id := g.At(orb.Point{104, 30}, 12)
	if s.Kept("parcels", g, id, Look{}) != nil {
		t.Error("a tile is kept before it is made")
	}
	made := mustTile(t, s, "parcels", g, id)
	read := mvttest.Check(t, made.Body.Data()).Layer("parcels").Features
	if len(read) != 1 || read[0].ID != 5 || read[0].Tags["n"] != int64(3) {
		t.Errorf("%+v", read)
	}
	if s.Kept("parcels", g, id, Look{}) != made || mustTile(t, s, "parcels", g, id) != made || f.asked.Load() != 1 {
		t.Errorf("asked %d times for the same tile", f.asked.Load())
	}
	f.token = "b"
	if s.Kept("parcels", g, id, Look{}) != nil {
		t.Error("a tile is kept when the rows have changed")
	}
	if again := mustTile(t, s, "parcels", g, id); again.Body.ETag() != made.Body.ETag() || f.asked.Load() != 2 {
		t.Errorf("asked %d times; tags %s, %s", f.asked.Load(), made.Body.ETag(), again.Body.ETag())
	}
	if got := len(s.Layers()); got != 10 {
		t.Errorf("%d layers: a table hides behind a layer of the layout of the same name", got)
	}
}

// TestErrorsAreNotKept: what a table cannot give now it may give later.
func TestErrorsAreNotKept(t *testing.T) {
	f := &feed{rows: func(_ context.Context, _ RowsQuery, yield func(Row) error) error {
		return layout.Unavailable("table parcels", errors.New("the database is gone"))
	}}
	s := setOf(t, areasAt(), NewTables(f))
	g := grid(t, tile.WebMercatorQuad)
	if _, err := s.Tile(t.Context(), "parcels", g, tile.ID{}, Look{}); layout.KindOf(err) != layout.KindUnavailable {
		t.Errorf("%v", err)
	}
	good := oneRow(t)
	half := 0
	f.rows = func(ctx context.Context, q RowsQuery, yield func(Row) error) error {
		if half++; half == 1 {
			return errors.Join(good(ctx, q, yield), errors.New("lost on the way"))
		}
		return good(ctx, q, yield)
	}
	if made, err := s.Tile(t.Context(), "parcels", g, tile.ID{}, Look{}); err == nil {
		t.Errorf("half a tile: %+v", made)
	}
	if made := mustTile(t, s, "parcels", g, tile.ID{}); made.Empty {
		t.Error("nothing when the table is there again")
	}
	f.rows = func(context.Context, RowsQuery, func(Row) error) error { panic("a bug") }
	if _, err := s.Tile(t.Context(), "parcels", g, tile.ID{Z: 1}, Look{}); err == nil || !strings.Contains(err.Error(), "a bug") {
		t.Errorf("%v", err)
	}
}

// TestFlights: the work is done once for all who wait, goes on when one of them leaves, and ends when all have.
func TestFlights(t *testing.T) {
	var fs flights[string, int]
	begun, release := make(chan context.Context, 9), make(chan struct{})
	work := func(ctx context.Context) (int, error) {
		begun <- ctx
		select {
		case <-release:
			return 7, nil
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
	ask := func(ctx context.Context) chan error {
		done := make(chan error, 1)
		go func() {
			n, err := fs.do(ctx, "k", work)
			if err == nil && n != 7 {
				err = errors.New("another value")
			}
			done <- err
		}()
		return done
	}
	first, leave := context.WithCancel(t.Context())
	a := ask(first)
	running := <-begun
	b := ask(t.Context())
	waitFor(t, func() bool { fs.mu.Lock(); defer fs.mu.Unlock(); return fs.running["k"].waiting == 2 })
	leave()
	if err := <-a; !errors.Is(err, context.Canceled) {
		t.Errorf("who leaves gets %v", err)
	}
	if running.Err() != nil {
		t.Fatal("the work was given up while one waits")
	}
	close(release)
	if err := <-b; err != nil || len(begun) != 0 {
		t.Errorf("%v, begun %d times more", err, len(begun))
	}

	release = make(chan struct{})
	alone, leave := context.WithCancel(t.Context())
	c := ask(alone)
	running = <-begun
	leave()
	if err := <-c; !errors.Is(err, context.Canceled) {
		t.Errorf("who leaves last gets %v", err)
	}
	<-running.Done() // or the test ends by its deadline
	waitFor(t, func() bool { fs.mu.Lock(); defer fs.mu.Unlock(); return len(fs.running) == 0 })
}

func waitFor(t *testing.T, is func() bool) {
	t.Helper()
	for range 2000 {
		if is() {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatal("it does not come about")
}

// TestBudget: a tile that is too large keeps to its budget and says what is missing; what is sent is what was measured.
func TestBudget(t *testing.T) {
	rows := func(_ context.Context, q RowsQuery, yield func(Row) error) error {
		for i := range 20_000 {
			at := orb.Point{104 + float64(i%200)/3000, 30 + float64(i/200)/3000}
			plot := orb.Polygon{{at, {at[0] + 3e-4, at[1] + 1e-5*float64(i%7)}, {at[0] + 2e-4, at[1] + 3e-4}, at}}
			data, err := ewkb.Marshal(plot, 4326)
			if err != nil {
				return err
			}
			if err := yield(Row{ID: uint64(i) + 1, EWKB: data, Attrs: []mvt.Attr{{Key: "n", Value: mvt.Int(int64(i * i))}}}); err != nil {
				return err
			}
		}
		return nil
	}
	g := grid(t, tile.WebMercatorQuad)
	id := g.At(orb.Point{104.03, 30.02}, 10)
	tight, free := NewTables(&feed{rows: rows}), NewTables(&feed{rows: rows})
	tight.SetBudget(100_000)
	free.SetBudget(0)
	small, whole := mustTile(t, setOf(t, areasAt(), tight), "parcels", g, id), mustTile(t, setOf(t, areasAt(), free), "parcels", g, id)
	_, gz, _ := small.Body.Pick(source.Gzip)
	if len(gz) > 100_000 || len(gz) < 20_000 || small.Report.Step < 2 {
		t.Errorf("%d bytes: %s", len(gz), small.Reduced())
	}
	r, err := gzip.NewReader(bytes.NewReader(gz))
	if err != nil {
		t.Fatal(err)
	}
	if data, err := io.ReadAll(r); err != nil || !bytes.Equal(data, small.Body.Data()) {
		t.Errorf("what is compressed is not the tile: %v", err)
	}
	mvttest.Check(t, small.Body.Data())
	if n := len(mvttest.Check(t, whole.Body.Data()).Layers[0].Features); whole.Reduced() != "" || n != whole.Report.FeaturesIn {
		t.Errorf("without a budget: %d features, %s", n, whole.Reduced())
	}
	if lost := tight.Reductions("parcels"); len(lost) != 1 || lost[0] != (Reduction{10, small.Report.FeaturesIn, small.Report.Dropped, small.Report.Step}) {
		t.Errorf("%+v", lost)
	}
	if lost := free.Reductions("parcels"); len(lost) != 0 {
		t.Errorf("without a budget: %+v", lost)
	}
	if want := fmt.Sprintf("features=%d, dropped=%d, step=", small.Report.FeaturesIn, small.Report.Dropped); !strings.HasPrefix(small.Reduced(), want) {
		t.Errorf("%s, want %s", small.Reduced(), want)
	}
}
