package tileset

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/maypok86/otter/v2"
	"github.com/paulmach/orb"

	"parkmap/internal/layout"
	"parkmap/internal/source"
	"parkmap/internal/tile"
	"parkmap/internal/tile/mvt"
)

// MaxTileBytes bounds a tile, compressed. To stay below, vertices go before features; the report says what went.
const MaxTileBytes = 500 << 10

// MediaType is that of a vector tile.
const MediaType = "application/vnd.mapbox-vector-tile"

// layoutWeight and tableWeight bound the bytes of the tiles that are kept: of one version of the layout, images among
// them, and of all tables.
const (
	layoutWeight = 20 << 20
	tableWeight  = 48 << 20
)

// Tile is one tile as it was made. It is shared and must not be changed.
type Tile struct {
	Body   *source.Body // of a tile without features empty
	Empty  bool
	Report mvt.Report
	Cut    bool // there were more rows than are read for a tile
}

// Reduced says what was left out of the tile to keep it within its budget, as a dictionary of RFC 9651: how many
// features there were, how many of them are missing, and how many units of the tile, of which it has 4096 along a
// side, lie between the positions that were used; cut says that there were more rows than maxRows. It is empty when nothing
// was left out.
func (t *Tile) Reduced() string {
	if t.Report.Dropped == 0 && t.Report.Step <= 1 && !t.Cut {
		return ""
	}
	text := fmt.Sprintf("features=%d, dropped=%d, step=%d", t.Report.FeaturesIn, t.Report.Dropped, t.Report.Step)
	if t.Cut {
		text += ", cut"
	}
	return text
}

// Set makes the tiles of one version of the layout, and of the tables beside it. All methods may be called at the
// same time. The tiles of the layout end with the Set, those of tables are kept by Tables.
type Set struct {
	plans   []plan
	ground  func() *ground
	cache   cache
	images  *imager // nil draws none
	tables  *Tables
	byName  map[string]*plan
	version int64
}

// New returns the Set of a snapshot; tables and images may be nil. Nothing is made before it is asked for.
func New(s *source.Snapshot, tables *Tables, images *Images) *Set {
	set := &Set{
		plans:   plansOf(s),
		ground:  sync.OnceValue(func() *ground { return newGround(s) }),
		cache:   newCache(layoutWeight),
		tables:  tables,
		byName:  map[string]*plan{},
		version: s.Version(),
	}
	if images != nil {
		set.images = newImager(*images)
	}
	for i := range set.plans {
		set.byName[set.plans[i].Name] = &set.plans[i]
	}
	return set
}

// Version is the version of the layout.
func (s *Set) Version() int64 { return s.version }

// Layers lists the layers: those of the layout, then the tables. A table with the name of a layer of the layout is
// left out.
func (s *Set) Layers() []Layer {
	var list []Layer
	for i := range s.plans {
		list = append(list, s.plans[i].Layer)
	}
	for _, l := range s.tables.layers() {
		if s.byName[l.Name] == nil {
			list = append(list, l)
		}
	}
	return list
}

// Layer describes one layer; not-found when there is none of the name.
func (s *Set) Layer(name string) (Layer, error) {
	if p := s.byName[name]; p != nil {
		return p.Layer, nil
	}
	if l, ok := s.tables.layer(name); ok {
		return l, nil
	}
	return Layer{}, layout.NotFound("layer", layout.ID(name))
}

// OfLayout tells whether a layer is one of the layout; the others are tables.
func (s *Set) OfLayout(layer string) bool { return s.byName[layer] != nil }

// Kept returns a tile that was made before and is still right, or nil.
func (s *Set) Kept(layer string, g *tile.Grid, id tile.ID, look Look) *Tile {
	k, c := key{layer, "", g.Name(), id, look}, s.cache
	if !s.OfLayout(layer) {
		l, ok := s.tables.layer(layer)
		if !ok {
			return nil
		}
		k.token, c = l.Token, s.tables.cache
	}
	t, _ := c.tiles.GetIfPresent(k)
	return t
}

// Tile returns a tile of a layer, which it makes unless it is kept. A tile that the grid does not have is not-found,
// as is a layer. A table may be unavailable, and images while too many are drawn. Errors are not kept.
func (s *Set) Tile(ctx context.Context, layer string, g *tile.Grid, id tile.ID, look Look) (*Tile, error) {
	if !g.Contains(id) {
		return nil, outside(g, id)
	}
	p := s.byName[layer]
	if p == nil && look == (Look{}) {
		return s.tables.tile(ctx, layer, g, id)
	}
	if look != (Look{}) {
		if err := s.HasImages(layer); err != nil {
			return nil, err
		}
	}
	return s.cache.tile(ctx, key{layer, "", g.Name(), id, look}, func(ctx context.Context) (*Tile, error) {
		if look != (Look{}) {
			return s.image(ctx, layer, g, id, look)
		}
		return s.draw(p, g, id), nil
	})
}

// outside says that a grid has no such tile.
func outside(g *tile.Grid, id tile.ID) error {
	detail := fmt.Sprintf("there is no zoom %d; the last is %d", id.Z, g.MaxZoom())
	if id.Z >= 0 && id.Z <= g.MaxZoom() {
		minX, minY, maxX, maxY := g.Limits(id.Z)
		detail = fmt.Sprintf("at zoom %d there are columns %d to %d and rows %d to %d", id.Z, minX, maxX, minY, maxY)
	}
	return &layout.Error{Kind: layout.KindNotFound, Concerns: fmt.Sprintf("tile %s of %s", name(id), g.Name()), Detail: detail}
}

// draw makes a tile of the layout.
func (s *Set) draw(p *plan, g *tile.Grid, id tile.ID) *Tile {
	ground := s.ground()
	rows := ground.within(g.Box(id, mvt.BufferPx))
	geometry := ground.geometries(levelOf(g, id.Z))
	b := takeBuilder(g, id)
	defer builders.Put(b)
	for _, c := range p.contents {
		b.Layer(c.name)
		for _, i := range rows {
			r := &ground.rows[i]
			if !c.holds(r.feature) {
				continue
			}
			if !c.labels {
				b.Add(r.id, geometry(i), r.attrs)
			} else if at, ok := ground.label(r); ok {
				b.AddLabel(r.id, at, r.attrs)
			}
		}
	}
	return finish(b, MaxTileBytes)
}

// levelOf returns the level of a zoom: that of Web Mercator whose tiles are as wide, or the finer one next to it.
func levelOf(g *tile.Grid, z int) int { return z + int(math.Ceil(wider(g)-0.01)) }

// wider tells by how many zooms the tiles of a grid are narrower than those of Web Mercator with the same number.
func wider(g *tile.Grid) float64 {
	perDegree := g.Project(orb.Point{105.5, 0})[0] - g.Project(orb.Point{104.5, 0})[0]
	return math.Log2(360 * perDegree)
}

// builders are kept, for they hold room for a tile.
var builders = sync.Pool{}

func takeBuilder(g *tile.Grid, id tile.ID) *mvt.Builder {
	if b, ok := builders.Get().(*mvt.Builder); ok {
		b.Reset(g, id)
		return b
	}
	return mvt.NewBuilder(g, id)
}

// finish takes the tile out of its builder; budget is its most bytes, compressed, or 0 for any number.
func finish(b *mvt.Builder, budget int) *Tile {
	p := packer{budget: budget}
	data, report := b.Finish(budget, p.pack)
	return &Tile{Body: p.body(slices.Clone(data)), Empty: len(data) == 0, Report: report}
}

// cache keeps tiles up to a weight and makes each once.
type cache struct {
	tiles   *otter.Cache[key, *Tile]
	flights *flights[key, *Tile]
}

// key names a tile; token is the state of a table.
type key struct {
	layer, token, grid string
	id                 tile.ID
	look               Look
}

func newCache(weight uint64) cache {
	const overhead = 256
	return cache{
		tiles: otter.Must(&otter.Options[key, *Tile]{
			MaximumWeight: weight,
			Weigher:       func(_ key, t *Tile) uint32 { return t.Body.Weight() + overhead },
		}),
		flights: &flights[key, *Tile]{},
	}
}

// tile returns the tile that is kept under k, or makes and keeps it.
func (c cache) tile(ctx context.Context, k key, work func(context.Context) (*Tile, error)) (*Tile, error) {
	if t, ok := c.tiles.GetIfPresent(k); ok {
		return t, nil
	}
	return c.flights.do(ctx, k, func(ctx context.Context) (*Tile, error) {
		if t, ok := c.tiles.GetIfPresent(k); ok {
			return t, nil
		}
		t, err := work(ctx)
		if err == nil {
			c.tiles.Set(k, t)
		}
		return t, err
	})
}
