package geo_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"parkmap/internal/geo"
)

// wavy returns the line from a to b with n vertices in between that leave it by up to height, less near its ends.
func wavy(a, b orb.Point, n int, height float64, random *rand.Rand) []orb.Point {
	line := []orb.Point{a}
	for i := 1; i <= n; i++ {
		f := float64(i) / float64(n+1)
		d := height * (2*random.Float64() - 1) * 4 * f * (1 - f)
		line = append(line, orb.Point{a[0] + f*(b[0]-a[0]) - d*(b[1]-a[1]), a[1] + f*(b[1]-a[1]) + d*(b[0]-a[0])})
	}
	return append(line, b)
}

// districts returns a coverage of size × size cells of 0.1 degree whose wavy borders are shared.
func districts(size int, height float64, random *rand.Rand) []orb.MultiPolygon {
	corner := func(i, j int) orb.Point { return orb.Point{104 + 0.1*float64(i), 30 + 0.1*float64(j)} }
	east, north := map[[2]int][]orb.Point{}, map[[2]int][]orb.Point{}
	for i := range size + 1 {
		for j := range size + 1 {
			east[[2]int{i, j}] = wavy(corner(i, j), corner(i+1, j), 8+random.IntN(20), height, random)
			north[[2]int{i, j}] = wavy(corner(i, j), corner(i, j+1), 8+random.IntN(20), height, random)
		}
	}
	var cells []orb.MultiPolygon
	for i := range size {
		for j := range size {
			ring := slices.Concat(east[[2]int{i, j}], north[[2]int{i + 1, j}][1:])
			top, left := slices.Clone(east[[2]int{i, j + 1}]), slices.Clone(north[[2]int{i, j}])
			slices.Reverse(top)
			slices.Reverse(left)
			cells = append(cells, orb.MultiPolygon{{slices.Concat(orb.Ring(ring), top[1:], left[1:])}})
		}
	}
	return cells
}

func vertices(polygons []orb.MultiPolygon) int {
	n := 0
	for _, multi := range polygons {
		for _, polygon := range multi {
			for _, ring := range polygon {
				n += len(ring)
			}
		}
	}
	return n
}

// borderEdges counts how many rings have each edge, whatever its direction.
func borderEdges(polygons []orb.MultiPolygon) map[[2]orb.Point]int {
	edges := map[[2]orb.Point]int{}
	for _, multi := range polygons {
		for _, polygon := range multi {
			for _, ring := range polygon {
				for i := 1; i < len(ring); i++ {
					a, b := ring[i-1], ring[i]
					if a[0] > b[0] || a[0] == b[0] && a[1] > b[1] {
						a, b = b, a
					}
					edges[[2]orb.Point{a, b}]++
				}
			}
		}
	}
	return edges
}

func TestSimplifyKeepsBordersShared(t *testing.T) {
	cells := districts(4, 0.15, rand.New(rand.NewPCG(11, 12)))
	before := vertices(cells)
	for _, tolerance := range []float64{10, 100, 500, 2000, 50_000} {
		out := geo.SimplifyCoverage(cells, tolerance)
		after := vertices(out)
		if after >= before {
			t.Errorf("%v m: %d vertices, before %d", tolerance, after, before)
		}
		before = after
		outer := 0
		for _, n := range borderEdges(out) {
			if n > 2 {
				t.Fatalf("%v m: an edge of %d cells", tolerance, n)
			}
			if n == 1 {
				outer++
			}
		}
		if whole := outerRing(out); outer != len(whole)-1 {
			t.Errorf("%v m: %d edges have one cell only, the outline has %d", tolerance, outer, len(whole)-1)
		}
		checkCoverage(t, cells, out)
	}
	if before != 4*4+12*5 {
		t.Errorf("at last %d vertices, want four corners of 12 cells and three of those at the corners", before)
	}
}

// outerRing walks the edges that one cell has, which must form one ring.
func outerRing(cells []orb.MultiPolygon) orb.Ring {
	next := map[orb.Point][]orb.Point{}
	var start orb.Point
	for e, n := range borderEdges(cells) {
		if n == 1 {
			next[e[0]] = append(next[e[0]], e[1])
			next[e[1]] = append(next[e[1]], e[0])
			start = e[0]
		}
	}
	ring := orb.Ring{start, next[start][0]}
	for ring[len(ring)-1] != start {
		here, before := ring[len(ring)-1], ring[len(ring)-2]
		step := next[here][0]
		if step == before {
			step = next[here][1]
		}
		ring = append(ring, step)
	}
	return ring
}

// checkCoverage checks what holds for any simplification of a coverage of cells without islands.
func checkCoverage(t *testing.T, in, out []orb.MultiPolygon) {
	t.Helper()
	var sum, whole float64
	for i := range out {
		if faults := geo.Validate(out[i]); len(faults) > 0 {
			t.Fatalf("cell %d: %v", i, faults)
		}
		for j, polygon := range out[i] {
			for k, ring := range polygon {
				if ring.Orientation() != in[i][j][k].Orientation() {
					t.Fatalf("cell %d turned over", i)
				}
			}
		}
		sum += planar.Area(out[i])
	}
	whole = math.Abs(planar.Area(orb.Polygon{outerRing(out)}))
	if math.Abs(sum-whole) > 1e-9 {
		t.Fatalf("the cells have %v, their outline has %v: a gap or an overlap", sum, whole)
	}
}

func TestSimplifyStaysWithinTolerance(t *testing.T) {
	cells := districts(2, 0.1, rand.New(rand.NewPCG(13, 14)))
	out := geo.SimplifyCoverage(cells, 300)
	for i := range cells {
		outline := out[i][0][0]
		for _, p := range cells[i][0][0] {
			nearest := math.Inf(1)
			for k := 1; k < len(outline); k++ {
				nearest = min(nearest, distanceToEdgeM(outline[k-1], outline[k], p))
			}
			if nearest > 301 {
				t.Errorf("cell %d: %v is %.0f m from the outline", i, p, nearest)
			}
		}
	}
}

func distanceToEdgeM(a, b, p orb.Point) float64 {
	scale := math.Cos(p[1] * math.Pi / 180)
	flat := func(q orb.Point) orb.Point { return orb.Point{q[0] * scale * 111_320, q[1] * 111_320} }
	return planar.DistanceFromSegment(flat(a), flat(b), flat(p))
}

func TestSimplifyCases(t *testing.T) {
	square := func(x, y, size float64) orb.Ring {
		return orb.Ring{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}}
	}
	tiny := starRing(orb.Point{104, 30}, 1e-5, 40)
	island := starRing(orb.Point{104.05, 29.9985}, 0.0005, 30)
	// A bay that a coarse line would cut off, with an island in it.
	bay := orb.Ring{{104, 29.995}, {104.04, 29.996}, {104.045, 30.005}, {104.055, 30.005}, {104.06, 29.996}, {104.1, 29.995},
		{104.1, 30.1}, {104, 30.1}, {104, 29.995}}
	tests := []struct {
		name string
		in   []orb.MultiPolygon
	}{
		{"a ring much smaller than the tolerance", []orb.MultiPolygon{{{tiny}}}},
		{"an enclave fills the hole around it", []orb.MultiPolygon{
			{{starRing(orb.Point{104, 30}, 0.1, 200), starRing(orb.Point{104, 30}, 0.03, 100)}},
			{{starRing(orb.Point{104, 30}, 0.03, 100)}}}},
		{"a hole near the edge", []orb.MultiPolygon{{{starRing(orb.Point{104, 30}, 0.1, 200), starRing(orb.Point{104.055, 30}, 0.02, 100)}}}},
		{"an island in a bay", []orb.MultiPolygon{{{bay}}, {{island}}}},
		{"neighbours with two borders between the same corners", []orb.MultiPolygon{
			{{{{0, 0}, {.1, -.01}, {.2, 0}, {.1, .01}, {0, 0}}}},
			{{{{0, 0}, {.1, .01}, {.2, 0}, {.1, .02}, {0, 0}}}}}},
		{"squares that touch in a corner", []orb.MultiPolygon{{{square(0, 0, 1)}}, {{square(1, 1, 1)}}}},
	}
	for _, c := range tests {
		for _, tolerance := range []float64{0, 1, 500, 5000, 1e6} {
			t.Run(c.name, func(t *testing.T) {
				out := geo.SimplifyCoverage(c.in, tolerance)
				for i := range out {
					if faults := geo.Validate(out[i]); len(faults) > 0 {
						t.Errorf("%v m: %v", tolerance, faults)
					}
				}
				if a, b := relations(c.in), relations(out); !slices.Equal(a, b) {
					t.Errorf("%v m: how polygons lie to each other changed from %v to %v", tolerance, a, b)
				}
			})
		}
	}
}

// relations tells for each pair whether they are valid as parts of one multipolygon, and why not.
func relations(polygons []orb.MultiPolygon) []geo.Rule {
	var all []geo.Rule
	for i := range polygons {
		for j := range i {
			faults := geo.Validate(slices.Concat(polygons[i], polygons[j]))
			if len(faults) == 0 {
				all = append(all, "")
			} else {
				all = append(all, faults[0].Rule)
			}
		}
	}
	return all
}

// Islands and lakes crowd along a wavy shore: none may change sides or meet another.
func TestSimplifyKeepsIslandsAndLakesApart(t *testing.T) {
	random := rand.New(rand.NewPCG(17, 18))
	shore := starRing(orb.Point{104, 30}, 0.2, 300)
	land := orb.Polygon{shore}
	scene := orb.MultiPolygon{land}
	for range 400 {
		a, r := 2*math.Pi*random.Float64(), 0.12+0.16*random.Float64()
		spot := starRing(orb.Point{104 + r*math.Cos(a), 30 + r*math.Sin(a)}, 0.002+0.006*random.Float64(), 16)
		lake := slices.Concat(orb.MultiPolygon{slices.Concat(scene[0], orb.Polygon{spot})}, scene[1:])
		island := slices.Concat(scene, orb.MultiPolygon{{spot}})
		if len(geo.Validate(lake)) == 0 {
			scene = lake
		} else if len(geo.Validate(island)) == 0 {
			scene = island
		}
	}
	lakes, islands := len(scene[0])-1, len(scene)-1
	if lakes < 30 || islands < 30 {
		t.Fatalf("%d lakes and %d islands: the test does not show much", lakes, islands)
	}
	in := []orb.MultiPolygon{scene}
	for _, tolerance := range []float64{50, 300, 1000, 3000, 20_000} {
		out := geo.SimplifyCoverage(in, tolerance)
		if faults := geo.Validate(out[0]); len(faults) > 0 {
			t.Errorf("%v m: %v", tolerance, faults[0])
		}
		if vertices(out) >= vertices(in) {
			t.Errorf("%v m: nothing was simplified", tolerance)
		}
	}
}

func TestSimplifyEmptyAndOdd(t *testing.T) {
	odd := []orb.MultiPolygon{nil, {}, {{}}, {{{}}}, {{{{1, 1}}}}, {{{{1, 1}, {2, 2}, {1, 1}}}},
		{{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}}, {{{{0, 0}, {1, 1}, {1, 0}, {0, 1}, {0, 0}}}}}
	out := geo.SimplifyCoverage(odd, 100)
	if len(out) != len(odd) {
		t.Fatalf("%d polygons, want %d", len(out), len(odd))
	}
	for i := range odd {
		if len(out[i]) != len(odd[i]) {
			t.Errorf("polygon %d has %d parts, want %d", i, len(out[i]), len(odd[i]))
		}
	}
	if got := geo.SimplifyCoverage(nil, 100); len(got) != 0 {
		t.Errorf("of nothing: %v", got)
	}
}

// Borders that do not quite fit were so before; they are simplified all the same.
func TestSimplifyOfOverlappingInput(t *testing.T) {
	a, b := starRing(orb.Point{104, 30}, 0.1, 400), starRing(orb.Point{104.05, 30}, 0.1, 400)
	in := []orb.MultiPolygon{{{a}}, {{b}}}
	out := geo.SimplifyCoverage(in, 500)
	if vertices(out) > 200 {
		t.Errorf("%d vertices left of %d", vertices(out), vertices(in))
	}
	for i := range out {
		if faults := geo.Validate(out[i]); len(faults) > 0 {
			t.Errorf("polygon %d: %v", i, faults)
		}
	}
}

func TestSimplifyIsDeterministicAndLeavesItsInput(t *testing.T) {
	cells := func() []orb.MultiPolygon { return districts(3, 0.3, rand.New(rand.NewPCG(15, 16))) }
	in := cells()
	first := geo.SimplifyCoverage(in, 800)
	if !reflect.DeepEqual(in, cells()) {
		t.Error("the input was changed")
	}
	for range 5 {
		if !reflect.DeepEqual(geo.SimplifyCoverage(cells(), 800), first) {
			t.Fatal("another result for the same input")
		}
	}
}
