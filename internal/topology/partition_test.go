package topology_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/topology"
)

// partition is a frame parallel to the axes, cut into shapes at random.
type partition struct {
	fabric topology.Fabric
	frame  orb.Bound
	random *rand.Rand
	next   int
	done   map[string]int // operations that went through
	failed map[geo.Rule]int
}

const (
	fewest = 40
	most   = 90
)

func newPartition(seed uint64) *partition {
	frame := orb.Bound{Min: orb.Point{104, 30.5}, Max: orb.Point{104.2, 30.62}}
	return &partition{
		fabric: topology.Fabric{{ID: "S0", Geometry: frame.ToPolygon()}},
		frame:  frame,
		random: rand.New(rand.NewPCG(seed, 7)),
		done:   map[string]int{}, failed: map[geo.Rule]int{},
	}
}

// shape returns one of the shapes, every other time the largest of three, as most are tiny after a while.
func (p *partition) shape() topology.Shape {
	s := p.fabric[p.random.IntN(len(p.fabric))]
	for range 2 * p.random.IntN(2) {
		if o := p.fabric[p.random.IntN(len(p.fabric))]; topology.Area2(o.Geometry) > topology.Area2(s.Geometry) {
			s = o
		}
	}
	return s
}

// ringOf returns one of the rings of a shape.
func (p *partition) ringOf(s topology.Shape) orb.Ring {
	var rings []orb.Ring
	for _, polygon := range polygonsOf(s.Geometry) {
		rings = append(rings, polygon...)
	}
	return rings[p.random.IntN(len(rings))]
}

func polygonsOf(g orb.Geometry) orb.MultiPolygon {
	if polygon, ok := g.(orb.Polygon); ok {
		return orb.MultiPolygon{polygon}
	}
	return g.(orb.MultiPolygon)
}

// step does one operation; what cannot be done leaves all as it is.
func (p *partition) step(t testing.TB) topology.Outcome {
	kind, do := p.choose()
	out, err := do()
	if err != nil {
		var f geo.Fault
		if !errors.As(err, &f) {
			t.Fatalf("%s: %v is not a fault", kind, err)
		}
		p.failed[f.Rule]++
		return topology.Outcome{}
	}
	if len(out.Gaps) > 0 || len(out.Overlaps) > 0 {
		t.Fatalf("%s: gaps %v, overlaps %v", kind, out.Gaps, out.Overlaps)
	}
	p.done[kind]++
	p.fabric = p.fabric.Apply(out)
	return out
}

func (p *partition) choose() (string, func() (topology.Outcome, error)) {
	s := p.shape()
	switch n := p.random.IntN(10); {
	case len(p.fabric) < fewest && n < 6, n < 3:
		p.next++
		id := "S" + strconv.Itoa(p.next)
		more := []string{id, id + "a", id + "b", id + "c"}
		return "split", func() (topology.Outcome, error) { return p.fabric.Split(s.ID, p.line(s), more...) }
	case len(p.fabric) > most || n < 5:
		return "merge", func() (topology.Outcome, error) { return p.fabric.Merge(s.ID, p.neighbour(s)) }
	case n < 6:
		p.next++
		return "hole", func() (topology.Outcome, error) { return p.hole(s, "H"+strconv.Itoa(p.next)) }
	}
	return "move", func() (topology.Outcome, error) { return p.move(s) }
}

// line returns two or three points in or around the bound of a shape.
func (p *partition) line(s topology.Shape) orb.LineString {
	b := s.Geometry.Bound()
	b = b.Pad((b.Max[0] - b.Min[0]) * 0.3)
	line := orb.LineString{p.in(b), p.in(b)}
	if p.random.IntN(2) == 0 {
		line = append(line, p.in(b))
	}
	return line
}

func (p *partition) in(b orb.Bound) orb.Point {
	return orb.Point{
		b.Min[0] + p.random.Float64()*(b.Max[0]-b.Min[0]),
		b.Min[1] + p.random.Float64()*(b.Max[1]-b.Min[1]),
	}
}

// neighbour returns another shape that has a vertex of s.
func (p *partition) neighbour(s topology.Shape) string {
	r := p.ringOf(s)
	at := r[p.random.IntN(len(r))]
	from := p.random.IntN(len(p.fabric))
	for i := range p.fabric {
		if o := p.fabric[(from+i)%len(p.fabric)]; o.ID != s.ID && hasVertex(o.Geometry, at) {
			return o.ID
		}
	}
	return s.ID
}

func hasVertex(g orb.Geometry, at orb.Point) bool {
	if !g.Bound().Contains(at) {
		return false
	}
	for _, polygon := range polygonsOf(g) {
		for _, r := range polygon {
			for _, v := range r {
				if v == at {
					return true
				}
			}
		}
	}
	return false
}

// hole cuts a triangle out of a shape and makes a shape of it, which are two splits along one closed line.
func (p *partition) hole(s topology.Shape, id string) (topology.Outcome, error) {
	b := s.Geometry.Bound()
	a, c, d := p.in(b), p.in(b), p.in(b)
	return p.fabric.Split(s.ID, orb.LineString{a, c, d, a}, id, id+"a", id+"b", id+"c", id+"d")
}

// move moves a vertex, or an edge, with all shapes that share it. Those on the frame stay on its side.
func (p *partition) move(s topology.Shape) (topology.Outcome, error) {
	r := p.ringOf(s)
	b := s.Geometry.Bound()
	reach := max(b.Max[0]-b.Min[0], 1e-6) * 0.2
	if p.random.IntN(4) == 0 {
		reach = 5e-8 // a few steps of the grid
	}
	dx, dy := (p.random.Float64()-0.5)*reach, (p.random.Float64()-0.5)*reach
	i := p.random.IntN(len(r) - 1)
	var moves []topology.Move
	for _, v := range r[i : i+1+p.random.IntN(2)] {
		x, y := dx, dy
		if v[0] == p.frame.Min[0] || v[0] == p.frame.Max[0] {
			x = 0
		}
		if v[1] == p.frame.Min[1] || v[1] == p.frame.Max[1] {
			y = 0
		}
		if to := (orb.Point{v[0] + x, v[1] + y}); p.frame.Contains(to) {
			moves = append(moves, topology.Move{From: v, To: to})
		}
	}
	return p.fabric.Move(s.ID, false, moves...)
}

// check finds gaps and overlaps exactly: the boundaries, every edge with its direction, must cancel but for
// the frame, and the areas add up to it. Then every place is covered exactly once, as no valid shape covers less
// than nothing.
func (p *partition) check(t testing.TB, what string) {
	t.Helper()
	edges := map[[2]orb.Point]int{}
	var sum int64
	for _, s := range p.fabric {
		if faults := geo.Validate(s.Geometry); len(faults) > 0 {
			t.Fatalf("%s: %s is not valid: %v", what, s.ID, faults[0])
		}
		sum += topology.Area2(s.Geometry)
		for _, polygon := range polygonsOf(s.Geometry) {
			for _, r := range polygon {
				for i := 1; i < len(r); i++ {
					edges[[2]orb.Point{r[i-1], r[i]}]++
				}
			}
		}
	}
	if want := topology.Area2(p.frame.ToPolygon()); sum != want {
		t.Fatalf("%s: the areas add up to %d, the frame has %d", what, sum, want)
	}
	for e, n := range edges {
		if n > 1 {
			t.Fatalf("%s: the edge %v belongs to %d shapes", what, e, n)
		}
		onFrame := e[0][0] == e[1][0] && (e[0][0] == p.frame.Min[0] || e[0][0] == p.frame.Max[0]) ||
			e[0][1] == e[1][1] && (e[0][1] == p.frame.Min[1] || e[0][1] == p.frame.Max[1])
		if back := edges[[2]orb.Point{e[1], e[0]}]; back != 1 && !onFrame {
			t.Fatalf("%s: nobody is on the other side of %v", what, e)
		}
	}
}

// steps is how many operations the test of partitions does: a few, or what PARKMAP_TOPOLOGY_STEPS says.
func steps(t testing.TB) int {
	if text := os.Getenv("PARKMAP_TOPOLOGY_STEPS"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatalf("PARKMAP_TOPOLOGY_STEPS: %v", err)
		}
		return n
	}
	return 600
}

// Random splits, merges and moves of a partition leave no gap, no overlap and the area of the frame.
func TestPartitionStaysAPartition(t *testing.T) {
	n := steps(t)
	p := newPartition(uint64(n))
	for i := range n {
		p.step(t)
		p.check(t, fmt.Sprintf("step %d", i))
	}
	t.Logf("%d shapes; done %v, refused %v", len(p.fabric), p.done, p.failed)
	for _, kind := range []string{"split", "merge", "hole", "move"} {
		if p.done[kind] < n/40 {
			t.Errorf("only %d of %d steps were a %s", p.done[kind], n, kind)
		}
	}
}
