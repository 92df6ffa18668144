package tile_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/tile"
)

func lookup(t testing.TB, name string) *tile.Grid {
	t.Helper()
	g, ok := tile.LookupGrid(name)
	if !ok {
		t.Fatalf("no grid %s", name)
	}
	return g
}

func TestLookupGrid(t *testing.T) {
	for _, g := range tile.Grids() {
		if again, ok := tile.LookupGrid(g.Name()); !ok || again != g {
			t.Errorf("%s is not found", g.Name())
		}
	}
	for _, name := range []string{"", "webmercatorquad", "WGS84", "WorldMercatorWGS84Quad"} {
		if _, ok := tile.LookupGrid(name); ok {
			t.Errorf("there is a grid %q", name)
		}
	}
}

// TestMatrix compares with the numbers in annex D of OGC 17-083r4.
func TestMatrix(t *testing.T) {
	for _, test := range []struct {
		grid          string
		z             int
		scale, cell   float64
		width, height int
	}{
		{tile.WebMercatorQuad, 0, 559082264.0287178, 156543.033928041, 1, 1},
		{tile.WebMercatorQuad, 1, 279541132.0143589, 78271.51696402048, 2, 2},
		{tile.WebMercatorQuad, 24, 33.32389974765287, 0.009330691929342, 1 << 24, 1 << 24},
		{tile.WorldCRS84Quad, 0, 279541132.0143589, 0.703125, 2, 1},
		{tile.WorldCRS84Quad, 17, 2132.729583849784, 0.000005364418029785156, 262144, 131072},
		{tile.CGCS2000Quad, 0, 279541132.0143589, 0.703125, 2, 1},
		{tile.CGCS2000Quad, 10, 272989.3867327723, 0.0006866455078125, 2048, 1024},
	} {
		t.Run(fmt.Sprintf("%s %d", test.grid, test.z), func(t *testing.T) {
			m := lookup(t, test.grid).MatrixSet().Matrix(test.z)
			if m.ID != fmt.Sprint(test.z) || m.MatrixWidth != test.width || m.MatrixHeight != test.height ||
				m.TileWidth != 256 || m.TileHeight != 256 {
				t.Errorf("%+v", m)
			}
			if !alike(m.ScaleDenominator, test.scale) || !alike(m.CellSize, test.cell) {
				t.Errorf("scale %v, wanted %v; cell %v, wanted %v", m.ScaleDenominator, test.scale, m.CellSize, test.cell)
			}
		})
	}
	if s := lookup(t, tile.CGCS2000Quad).MatrixSet(); s.PointOfOrigin != [2]float64{90, -180} || s.OrderedAxes != [2]string{"Lat", "Lon"} {
		t.Errorf("latitude is not first: %+v", s)
	}
	if s := lookup(t, tile.WebMercatorQuad).MatrixSet(); !alike(s.PointOfOrigin[1], 20037508.342789244) {
		t.Errorf("%+v", s)
	}
}

func alike(a, b float64) bool { return math.Abs(a-b) <= 1e-12*math.Abs(b) }

func TestContains(t *testing.T) {
	for _, test := range []struct {
		grid string
		id   tile.ID
		want bool
	}{
		{tile.WebMercatorQuad, tile.ID{}, true},
		{tile.WebMercatorQuad, tile.ID{Z: 1, X: 1, Y: 1}, true},
		{tile.WebMercatorQuad, tile.ID{Z: 1, X: 2, Y: 1}, false},
		{tile.WebMercatorQuad, tile.ID{Z: 1, X: 1, Y: 2}, false},
		{tile.WebMercatorQuad, tile.ID{Z: 1, X: -1, Y: 0}, false},
		{tile.WebMercatorQuad, tile.ID{Z: -1}, false},
		{tile.WebMercatorQuad, tile.ID{Z: 24, X: 1<<24 - 1, Y: 1<<24 - 1}, true},
		{tile.WebMercatorQuad, tile.ID{Z: 25}, false},
		{tile.WebMercatorQuad, tile.ID{Z: math.MaxInt, X: math.MaxInt, Y: math.MaxInt}, false},
		{tile.WebMercatorQuad, tile.ID{Z: 24, X: math.MaxInt, Y: math.MinInt}, false},
		{tile.WorldCRS84Quad, tile.ID{Z: 0, X: 1, Y: 0}, true},
		{tile.WorldCRS84Quad, tile.ID{Z: 0, X: 0, Y: 1}, false},
		{tile.GCJ02, tile.ID{Z: 3, X: 7, Y: 7}, true},
		{tile.BD09, tile.ID{Z: 0, X: 0, Y: 0}, true},
		{tile.BD09, tile.ID{Z: 0, X: -1, Y: -1}, true},
		{tile.BD09, tile.ID{Z: 0, X: 1, Y: 0}, false},
		{tile.BD09, tile.ID{Z: 3, X: 2, Y: 1}, true},
		{tile.BD09, tile.ID{Z: 3, X: -3, Y: -2}, true},
		{tile.BD09, tile.ID{Z: 3, X: -4, Y: 0}, false},
		{tile.BD09, tile.ID{Z: 3, X: 0, Y: 2}, false},
	} {
		t.Run(fmt.Sprint(test.grid, test.id), func(t *testing.T) {
			if got := lookup(t, test.grid).Contains(test.id); got != test.want {
				t.Errorf("%v", got)
			}
		})
	}
}

// TestAt looks for tiles that are known from the maps themselves.
func TestAt(t *testing.T) {
	tiananmen := geo.BD09ToWGS84(orb.Point{116.404, 39.915}) // BD-09 MC 12958175, 4825923.77
	for _, test := range []struct {
		name string
		grid string
		at   orb.Point
		want tile.ID
	}{
		{"Chengdu", tile.WebMercatorQuad, orb.Point{104.0657, 30.6595}, tile.ID{Z: 12, X: 3232, Y: 1681}},
		{"north-west corner", tile.WorldCRS84Quad, orb.Point{-180, 90}, tile.ID{Z: 3, X: 0, Y: 0}},
		{"Chengdu by degrees", tile.CGCS2000Quad, orb.Point{104.0657, 30.6595}, tile.ID{Z: 10, X: 1616, Y: 337}},
		{"Tian'anmen", tile.BD09, tiananmen, tile.ID{Z: 18, X: 12958175 / 256, Y: 4825923 / 256}},
		{"Tian'anmen from afar", tile.BD09, tiananmen, tile.ID{Z: 12, X: 12958175 / 16384, Y: 4825923 / 16384}},
		{"the south-west", tile.BD09, orb.Point{-70, -33}, tile.ID{Z: 5, X: -4, Y: -2}},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := lookup(t, test.grid)
			got := g.At(test.at, test.want.Z)
			if got != test.want || !g.Contains(got) {
				t.Errorf("%v, wanted %v", got, test.want)
			}
		})
	}
}

// TestUnproject goes there and back on each grid.
func TestUnproject(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, g := range tile.Grids() {
		for range 2000 {
			p := orb.Point{-180 + 360*random.Float64(), -73 + 146*random.Float64()}
			if math.Abs(p[0]-72) < 0.1 || math.Abs(p[0]-137.8) < 0.1 || math.Abs(p[1]-0.8) < 0.1 || math.Abs(p[1]-55.8) < 0.1 {
				continue // the rim of the shifted datums
			}
			if q := g.Unproject(g.Project(p)); math.Abs(q[0]-p[0]) > 1e-8 || math.Abs(q[1]-p[1]) > 1e-8 {
				if g.Name() == tile.BD09 && (math.Abs(math.Mod(math.Abs(p[1]), 15)) < 0.1 || math.Abs(math.Mod(math.Abs(p[1]), 15)) > 14.9) {
					continue // the bands of Baidu Mercator do not quite meet
				}
				t.Fatalf("%s: %v comes back as %v", g.Name(), p, q)
			}
		}
	}
}

// TestProjectIsFinite projects the ends of the earth.
func TestProjectIsFinite(t *testing.T) {
	for _, g := range tile.Grids() {
		for _, p := range []orb.Point{{180, 90}, {-180, -90}, {0, 90}, {1000, 1000}, {-1000, -1000}} {
			if q := g.Project(p); math.IsNaN(q[0]+q[1]) || math.IsInf(q[0]+q[1], 0) {
				t.Errorf("%s: %v is projected to %v", g.Name(), p, q)
			}
		}
	}
}

// TestBoxHolds draws positions at random and looks for the tile that they are in: its box has to hold them; so has the
// box with a margin what lies in the margin, and the edges between such positions.
func TestBoxHolds(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for _, g := range tile.Grids() {
		for z := 0; z <= g.MaxZoom(); z++ {
			for range 400 {
				p := orb.Point{71 + 68*random.Float64(), -2 + 60*random.Float64()}
				if random.IntN(4) == 0 {
					p = orb.Point{-180 + 360*random.Float64(), -90 + 180*random.Float64()}
				}
				id := g.At(p, z)
				if !g.Contains(id) {
					continue
				}
				if b := g.Box(id, 0); !holds(b, p) {
					t.Fatalf("%s %v: %v lies outside of %v", g.Name(), id, p, b)
				}
				// A position in the margin: on the plane, a little beside the corner.
				n, c := math.Ldexp(1, z), g.Corner(id)
				q := g.Unproject(orb.Point{(c[0] - 0.02 + 1.04*random.Float64()) / n, (c[1] - 0.02 + 1.04*random.Float64()) / n})
				if math.Abs(q[0]) > 180 || math.Abs(q[1]) > 90 {
					continue
				}
				if b := g.Box(id, 0.02*256); !holds(b, q) {
					t.Fatalf("%s %v: %v in the margin lies outside of %v", g.Name(), id, q, b)
				}
			}
		}
	}
}

func holds(b geo.BBox, p orb.Point) bool {
	const digits = 1e-9
	return p[0] >= b.West-digits && p[0] <= b.East+digits && p[1] >= b.South-digits && p[1] <= b.North+digits
}

// TestBoxIsNotLarge bounds what a shifted datum adds to the box of a tile.
func TestBoxIsNotLarge(t *testing.T) {
	for _, name := range []string{tile.GCJ02, tile.BD09} {
		g := lookup(t, name)
		for z := 8; z <= g.MaxZoom(); z++ {
			id := g.At(orb.Point{104.0657, 30.6595}, z)
			b := g.Box(id, 0)
			side := 360 / math.Ldexp(1, z)
			if name == tile.BD09 {
				side = 256 * math.Ldexp(1, 18-z) / 111_320
			}
			if w := b.East - b.West; w < side || w > 1.1*side+0.0005 {
				t.Errorf("%s zoom %d: the box is %v° wide, a tile %v°", name, z, w, side)
			}
		}
	}
}

// TestNeighboursShareTheirCorner compares the corners of the four tiles around a point.
func TestNeighboursShareTheirCorner(t *testing.T) {
	for _, g := range tile.Grids() {
		id := g.At(orb.Point{104.0657, 30.6595}, 10)
		below := tile.ID{Z: 10, X: id.X + 1, Y: id.Y + 1}
		if g.RowsUp() {
			below.Y = id.Y - 1
		}
		a, b := g.Corner(id), g.Corner(below)
		if b[0]-a[0] != 1 || b[1]-a[1] != 1 {
			t.Errorf("%s: %v and %v", g.Name(), a, b)
		}
	}
}
