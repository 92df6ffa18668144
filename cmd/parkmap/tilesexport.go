package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/source"
	"parkmap/internal/source/table"
	"parkmap/internal/tile"
	"parkmap/internal/tile/archive"
	"parkmap/internal/tile/mvt"
	"parkmap/internal/tile/pyramid"
	"parkmap/internal/tileset"
)

// exportTimeout is how long a query of a table may take: nobody waits for the answer.
const exportTimeout = 10 * time.Minute

// tableLookFrom is the zoom at which looking for the tiles of a table begins: all of it are 4096 tiles.
const tableLookFrom = 6

// Run writes the archive.
func (c *tilesExportCmd) Run(ctx context.Context, s streams) error {
	grid, err := c.grid()
	if err != nil {
		return err
	}
	snapshot, err := c.snapshot(ctx)
	if err != nil {
		return err
	}
	tables, err := c.tables(ctx)
	if err != nil {
		return err
	}
	set := tileset.New(snapshot, nil, nil)
	if tables != nil {
		defer tables.Close()
		set = tileset.New(snapshot, tileset.NewTables(&tableFeed{tables: tables}), nil)
	}
	return c.export(ctx, s, grid, snapshot.Document(), set)
}

// tables opens the tables that are published, nil where none are. Their state counts as that of the beginning, so that
// an archive can be continued.
func (c *tilesExportCmd) tables(ctx context.Context) (*table.Tables, error) {
	limits := tableLimits{TablesConns: 2 * runtime.GOMAXPROCS(0), TablesTimeout: exportTimeout, TablesTTL: math.MaxInt64}
	return openTables(ctx, Config{storeFlags: c.storeFlags, tableFlags: c.tableFlags, tableLimits: limits}, slog.New(slog.DiscardHandler))
}

// export writes the archive of the layer.
func (c *tilesExportCmd) export(ctx context.Context, s streams, grid *tile.Grid, doc *layout.Document, set *tileset.Set) error {
	layer, err := set.Layer(c.Layer)
	if err != nil {
		return fmt.Errorf("--layer: there is no layer %q; there are %s", c.Layer, names(set.Layers()))
	}
	plan, err := c.plan(grid, layer)
	if err != nil {
		return err
	}
	job := archive.Job{Program: version, Layer: layer.Name, State: state(layer), Grid: grid.Name(), MinZoom: plan.MinZoom, MaxZoom: plan.MaxZoom, Box: plan.Box}
	out, err := archive.Open(ctx, c.Out, job)
	if err != nil {
		return c.explain(err)
	}
	if out.StartedOver() {
		fmt.Fprintln(s.err, "what an earlier run left was made from other data or with other options: it begins anew")
	}
	make := func(ctx context.Context, id tile.ID) ([]byte, error) {
		return compressed(ctx, set, layer.Name, grid, id)
	}
	bar := newProgress(s.err, plan.MaxZoom)
	end, err := pyramid.Run(ctx, plan, out, runtime.GOMAXPROCS(0), make, bar.show)
	bar.end()
	if err != nil {
		return errors.Join(c.explain(err), out.Close())
	}
	if err := out.Finish(ctx, metadata(doc, layer, plan)); err != nil {
		return c.explain(err)
	}
	_, err = fmt.Fprintf(s.out, "%s: %d tiles of %s, zooms %d to %d\n", c.Out, end.Tiles, layer.Name, plan.MinZoom, plan.MaxZoom)
	return err
}

// grid returns the grid of the datum. Archives hold grids of one tile at zoom 0 only.
func (c *tilesExportCmd) grid() (*tile.Grid, error) {
	name := map[string]string{"wgs84": tile.WebMercatorQuad, "gcj02": tile.GCJ02}[c.Datum]
	grid, ok := tile.LookupGrid(name)
	if !ok {
		return nil, fmt.Errorf("--datum: %s tiles lie on a grid of their own, which neither PMTiles nor MBTiles can hold; take them from the server", c.Datum)
	}
	return grid, nil
}

// snapshot loads the newest version of the layout.
func (c *tilesExportCmd) snapshot(ctx context.Context) (*source.Snapshot, error) {
	st, err := openStore(ctx, c.storeFlags, false, maintenanceConnect)
	if err != nil {
		return nil, err
	}
	l, err := st.Load(ctx)
	if err = errors.Join(err, st.Close()); err != nil {
		return nil, err
	}
	return source.NewSnapshot(l)
}

// plan says which tiles are asked for.
func (c *tilesExportCmd) plan(grid *tile.Grid, layer tileset.Layer) (pyramid.Plan, error) {
	world := geo.BBox{West: -180, South: -90, East: 180, North: 90}
	p := pyramid.Plan{Grid: grid, MinZoom: c.Zoom.min, MaxZoom: c.Zoom.max, Box: c.BBox.BBox, Bounds: world, BufferPx: mvt.BufferPx}
	if last := grid.MaxZoom(); p.MaxZoom > last {
		return p, fmt.Errorf("--zoom: %d is too deep; the last zoom is %d", p.MaxZoom, last)
	}
	if p.Box == (geo.BBox{}) {
		p.Box = world
	}
	if layer.Version == 0 { // the bounds of a table are an estimate
		p.LookFrom = tableLookFrom
		return p, nil
	}
	p.LookFrom = p.MinZoom
	if layer.Bounds == nil {
		return p, fmt.Errorf("--layer: %s has no feature with a geometry yet", layer.Name)
	}
	p.Bounds = *layer.Bounds
	if b := p.Bounds; !meets(b, p.Box) {
		return p, fmt.Errorf("--bbox: %s has nothing there; it lies within %.4f,%.4f,%.4f,%.4f", layer.Name, b.West, b.South, b.East, b.North)
	}
	return p, nil
}

// meets tells whether two boxes have a point in common.
func meets(a, b geo.BBox) bool {
	for _, bound := range a.Bounds() {
		if b.Intersects(bound) {
			return true
		}
	}
	return false
}

// compressed makes a tile.
func compressed(ctx context.Context, set *tileset.Set, layer string, grid *tile.Grid, id tile.ID) ([]byte, error) {
	t, err := set.Tile(ctx, layer, grid, id, tileset.Look{})
	if err != nil || t.Empty {
		return nil, err
	}
	encoding, data, _ := t.Body.Pick(source.Gzip)
	if encoding == source.Identity { // too small to be worth it over a network
		data = source.AppendGzip(nil, data)
	}
	return data, nil
}

// state is what changes with the data of a layer: the version of the layout, or the token of a table.
func state(l tileset.Layer) string {
	if l.Version > 0 {
		return strconv.FormatInt(l.Version, 10)
	}
	return l.Token
}

// names lists layers for a message.
func names(layers []tileset.Layer) string {
	list := make([]string, len(layers))
	for i, l := range layers {
		list[i] = l.Name
	}
	return strings.Join(list, ", ")
}

// explain says what to do about an error.
func (c *tilesExportCmd) explain(err error) error {
	name := filepath.Base(c.Out)
	switch {
	case errors.Is(err, archive.ErrFormat):
		return fmt.Errorf("--out: %s is no name of an archive; it ends in .pmtiles or .mbtiles", c.Out)
	case errors.Is(err, archive.ErrExists):
		return fmt.Errorf("--out: %s exists; remove it or name another file", c.Out)
	case errors.Is(err, archive.ErrForeign):
		return fmt.Errorf("--out: %s.partial is in the way and none of ours; remove it or name another file", c.Out)
	case errors.Is(err, archive.ErrBusy):
		return fmt.Errorf("--out: another parkmap is writing %s", c.Out)
	case errors.Is(err, archive.ErrEmpty):
		return errors.New("no tile of the layer touches the box; no file was written")
	case errors.Is(err, archive.ErrFull):
		return fmt.Errorf("the disk is full: make room and run the same command again, it goes on with %s.partial: %w", name, err)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("--out: there is no folder %s", filepath.Dir(c.Out))
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("--out: no permission to write to %s", filepath.Dir(c.Out))
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("stopped: the same command goes on with %s.partial", name)
	}
	return err
}
