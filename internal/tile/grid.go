package tile

import (
	"math"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

// ID names one tile of a grid: zoom, column, row. Rows count down from the north, on "bd09" up from the
// equator; there columns and rows may be negative.
type ID struct{ Z, X, Y int }

// Grid is one way to cut the world into square tiles, each zoom halving the tiles of the one before. Grids are
// those of LookupGrid and never change.
type Grid struct {
	name    string
	matrix  *MatrixSet // what OGC registers; nil where it knows nothing of the grid
	maxZoom int
	min     orb.Point // of the world on the plane
	max     orb.Point
	rowsUp  bool // rows count up
	shifted bool // the datum is not WGS 84: edges of tiles are bent on the earth
	forward func(orb.Point) orb.Point
	inverse func(orb.Point) orb.Point
}

// Names of the grids.
const (
	WebMercatorQuad = "WebMercatorQuad"
	WorldCRS84Quad  = "WorldCRS84Quad"
	CGCS2000Quad    = "CGCS2000Quad"
	GCJ02           = "gcj02"
	BD09            = "bd09"
)

// grids are the grids that there are, those of OGC first.
var grids = []*Grid{
	{
		name: WebMercatorQuad, matrix: &webMercatorQuad, maxZoom: 24,
		max: orb.Point{1, 1}, forward: mercatorForward, inverse: mercatorInverse,
	},
	{
		name: WorldCRS84Quad, matrix: &worldCRS84Quad, maxZoom: 23,
		max: orb.Point{2, 1}, forward: degreesForward, inverse: degreesInverse,
	},
	{
		name: CGCS2000Quad, matrix: &cgcs2000Quad, maxZoom: 23,
		max: orb.Point{2, 1}, forward: degreesForward, inverse: degreesInverse,
	},
	{
		name: GCJ02, maxZoom: 24, shifted: true,
		max: orb.Point{1, 1}, forward: gcjForward, inverse: gcjInverse,
	},
	{
		name: BD09, maxZoom: 22, shifted: true, rowsUp: true,
		min: baiduForward(orb.Point{-180, 90}), max: baiduForward(orb.Point{180, -90}),
		forward: baiduForward, inverse: baiduInverse,
	},
}

// LookupGrid returns the grid of a name: WebMercatorQuad, WorldCRS84Quad and CGCS2000Quad are the tile matrix
// sets of OGC 17-083r4; gcj02 is the grid of WebMercatorQuad for positions in GCJ-02 (AMap, Tencent), and bd09
// that of Baidu, whose tiles of zoom z measure 256·2^(18−z) metres of BD-09 MC from the origin at 0, 0.
func LookupGrid(name string) (*Grid, bool) {
	for _, g := range grids {
		if g.name == name {
			return g, true
		}
	}
	return nil, false
}

// Grids returns all grids, those that OGC registers first.
func Grids() []*Grid { return append([]*Grid(nil), grids...) }

// Name returns the name by which LookupGrid knows g.
func (g *Grid) Name() string { return g.name }

// MaxZoom returns the last zoom of g; the first is 0.
func (g *Grid) MaxZoom() int { return g.maxZoom }

// RowsUp tells whether rows count from south to north.
func (g *Grid) RowsUp() bool { return g.rowsUp }

// Contains tells whether id is a tile of g: its zoom exists and its column and row hold a part of the world.
func (g *Grid) Contains(id ID) bool {
	if id.Z < 0 || id.Z > g.maxZoom {
		return false
	}
	minX, minY, maxX, maxY := g.Limits(id.Z)
	return id.X >= minX && id.X <= maxX && id.Y >= minY && id.Y <= maxY
}

// Limits returns the first and the last column and row of zoom z, which must exist.
func (g *Grid) Limits(z int) (minX, minY, maxX, maxY int) {
	n := scale(z)
	minX, maxX = int(math.Floor(g.min[0]*n)), int(math.Ceil(g.max[0]*n))-1
	top, bottom := int(math.Floor(g.min[1]*n)), int(math.Ceil(g.max[1]*n))-1
	if g.rowsUp {
		return minX, -1 - bottom, maxX, -1 - top
	}
	return minX, top, maxX, bottom
}

// Project returns where p, WGS 84 longitude and latitude in degrees, lies on the plane of g. Its unit is a tile
// of zoom 0, x runs east and y down whatever the order of the rows. What is finite stays finite: the poles of
// Web Mercator are taken as ±89.99°, those of Baidu as ±74°. Longitudes are taken as they stand.
func (g *Grid) Project(p orb.Point) orb.Point { return g.forward(p) }

// Unproject returns the WGS 84 position in degrees of p, a point on the plane of Project.
func (g *Grid) Unproject(p orb.Point) orb.Point { return g.inverse(p) }

// At returns the tile of zoom z that holds p, WGS 84 longitude and latitude in degrees. A tile owns its west
// and its north edge. The tile need not be one of g: see Contains.
func (g *Grid) At(p orb.Point, z int) ID {
	q := g.forward(p)
	x, y := int(math.Floor(q[0]*scale(z))), int(math.Floor(q[1]*scale(z)))
	if g.rowsUp {
		y = -1 - y
	}
	return ID{z, x, y}
}

// Corner returns the north-west corner of a tile on the plane of Project, enlarged so that a tile of its zoom
// has size 1: both numbers are whole.
func (g *Grid) Corner(id ID) orb.Point {
	if g.rowsUp {
		return orb.Point{float64(id.X), float64(-1 - id.Y)}
	}
	return orb.Point{float64(id.X), float64(id.Y)}
}

// From returns the way from c to the plane of Project. From EPSG:3857 to WebMercatorQuad it does without the
// earth between.
func (g *Grid) From(c geo.CRS) func(orb.Point) orb.Point {
	switch {
	case !c.Projected():
		return g.forward
	case c.Code == 3857 && g.name == WebMercatorQuad:
		return mercatorFromMetres
	}
	return func(p orb.Point) orb.Point { return g.forward(c.Inverse(p)) }
}

// FromAll is From for many positions at once, in place.
func (g *Grid) FromAll(c geo.CRS) func([]orb.Point) {
	if g.name == WebMercatorQuad && !c.Projected() {
		return mercatorAll
	}
	one := g.From(c)
	return func(ps []orb.Point) {
		for i := range ps {
			ps[i] = one(ps[i])
		}
	}
}

func scale(z int) float64 { return math.Ldexp(1, z) }
