package topology_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"

	"parkmap/internal/geo"
	"parkmap/internal/topology"
)

// fabric reads shapes called A, B, C, … in this order.
func fabric(t testing.TB, texts ...string) topology.Fabric {
	t.Helper()
	var f topology.Fabric
	for i, text := range texts {
		g, err := wkt.Unmarshal(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		f = append(f, topology.Shape{ID: string(rune('A' + i)), Geometry: geo.Normalise(g)})
	}
	return f
}

// told writes the changed shapes of an outcome, one a line.
func told(o topology.Outcome) string {
	var lines []string
	for _, c := range o.Changed {
		if c.Geometry == nil {
			lines = append(lines, c.ID+" gone")
			continue
		}
		lines = append(lines, c.ID+" "+wkt.MarshalString(c.Geometry))
	}
	if len(o.Gaps) > 0 {
		lines = append(lines, "gap "+wkt.MarshalString(o.Gaps))
	}
	for _, v := range o.Overlaps {
		lines = append(lines, fmt.Sprintf("%s over %s %s", v.ID, v.With, wkt.MarshalString(v.Shape)))
	}
	return strings.Join(lines, "\n")
}

const (
	left  = "POLYGON((0 0,2 0,2 2,0 2,0 0))"
	right = "POLYGON((2 0,4 0,4 2,2 2,2 0))"
	above = "POLYGON((0 2,4 2,4 4,0 4,0 2))" // has no vertex where left and right meet
	ring  = "POLYGON((0 0,9 0,9 9,0 9,0 0),(3 3,3 6,6 6,6 3,3 3))"
)

func line(text string) []orb.Point {
	g, err := wkt.UnmarshalLineString(text)
	if err != nil {
		panic(err)
	}
	return g
}

func move(x0, y0, x1, y1 float64) topology.Move {
	return topology.Move{From: orb.Point{x0, y0}, To: orb.Point{x1, y1}}
}

func TestOperations(t *testing.T) {
	tests := []struct {
		name   string
		fabric []string
		op     topology.Operation
		want   string
	}{
		{"split in two, the neighbour takes the vertex", []string{left, right},
			topology.Operation{Do: "split", ID: "A", Line: line("LINESTRING(-1 0.5,3 0.5)"), With: []string{"N"}},
			"A POLYGON((0 0.5,2 0.5,2 2,0 2,0 0.5))\nB POLYGON((2 0,4 0,4 2,2 2,2 0.5,2 0))\nN POLYGON((0 0,2 0,2 0.5,0 0.5,0 0))"},
		{"split from vertex to vertex", []string{left},
			topology.Operation{Do: "split", ID: "A", Line: line("LINESTRING(0 0,2 2)"), With: []string{"N"}},
			"A POLYGON((0 0,2 0,2 2,0 0))\nN POLYGON((0 0,2 2,0 2,0 0))"},
		{"the ends of the line that lead nowhere are left out", []string{left},
			topology.Operation{Do: "split", ID: "A", Line: line("LINESTRING(1 3,1 1,1.5 1,1 1,1 -1)"), With: []string{"N"}},
			"A POLYGON((0 0,1 0,1 1,1 2,0 2,0 0))\nN POLYGON((1 0,2 0,2 2,1 2,1 1,1 0))"},
		{"a closed line cuts a piece out of the middle", []string{left},
			topology.Operation{Do: "split", ID: "A", Line: line("LINESTRING(0.5 0.5,1 0.5,1 1,0.5 0.5)"), With: []string{"N"}},
			"A POLYGON((0 0,2 0,2 2,0 2,0 0),(0.5 0.5,1 1,1 0.5,0.5 0.5))\nN POLYGON((0.5 0.5,1 0.5,1 1,0.5 0.5))"},
		{"the part of a multipolygon that the line misses stays with the id",
			[]string{"MULTIPOLYGON(((0 0,2 0,2 2,0 2,0 0)),((5 5,6 5,6 6,5 5)))"},
			topology.Operation{Do: "split", ID: "A", Line: line("LINESTRING(-1 0.5,3 0.5)"), With: []string{"N"}},
			"A MULTIPOLYGON(((0 0.5,2 0.5,2 2,0 2,0 0.5)),((5 5,6 5,6 6,5 5)))\nN POLYGON((0 0,2 0,2 0.5,0 0.5,0 0))"},
		{"a line through a hole makes two", []string{ring},
			topology.Operation{Do: "split", ID: "A", Line: line("LINESTRING(4 -1,4 10)"), With: []string{"N"}},
			"A POLYGON((4 0,9 0,9 9,4 9,4 6,6 6,6 3,4 3,4 0))\nN POLYGON((0 0,4 0,4 3,3 3,3 6,4 6,4 9,0 9,0 0))"},
		{"merge", []string{left, right},
			topology.Operation{Do: "merge", ID: "A", With: []string{"B"}},
			"A POLYGON((0 0,2 0,4 0,4 2,2 2,0 2,0 0))\nB gone"},
		{"merge of three, the neighbour between them named last", []string{left, "POLYGON((4 0,6 0,6 2,4 2,4 0))", right},
			topology.Operation{Do: "merge", ID: "A", With: []string{"B", "C"}},
			"A POLYGON((0 0,2 0,4 0,6 0,6 2,4 2,2 2,0 2,0 0))\nB gone\nC gone"},
		{"merge of shapes that overlap", []string{left, "POLYGON((1 1,3 1,3 3,1 3,1 1))"},
			topology.Operation{Do: "merge", ID: "A", With: []string{"B"}},
			"A POLYGON((0 0,2 0,2 1,3 1,3 3,1 3,1 2,0 2,0 0))\nB gone"},
		{"merge where the border of one has a vertex more", []string{above, left},
			topology.Operation{Do: "merge", ID: "B", With: []string{"A"}},
			"A gone\nB POLYGON((0 0,2 0,2 2,4 2,4 4,0 4,0 2,0 0))"},
		{"a vertex moves with both neighbours", []string{left, right},
			topology.Operation{Do: "move", ID: "A", Moves: []topology.Move{move(2, 2, 2.5, 2)}},
			"A POLYGON((0 0,2 0,2.5 2,0 2,0 0))\nB POLYGON((2 0,4 0,4 2,2.5 2,2 0))"},
		{"a neighbour without the vertex follows too", []string{left, right, above},
			topology.Operation{Do: "move", ID: "A", Moves: []topology.Move{move(2, 2, 2, 2.5)}},
			"A POLYGON((0 0,2 0,2 2.5,0 2,0 0))\nB POLYGON((2 0,4 0,4 2,2 2.5,2 0))\nC POLYGON((0 2,2 2.5,4 2,4 4,0 4,0 2))"},
		{"an edge moves with both neighbours", []string{left, right},
			topology.Operation{Do: "move", ID: "B", Moves: []topology.Move{move(2, 0, 3, 0), move(2, 2, 3, 2)}},
			"A POLYGON((0 0,3 0,3 2,0 2,0 0))\nB POLYGON((3 0,4 0,4 2,3 2,3 0))"},
		{"alone into itself: a gap", []string{left, right},
			topology.Operation{Do: "move", ID: "A", Alone: true, Moves: []topology.Move{move(2, 2, 1, 2)}},
			"A POLYGON((0 0,2 0,1 2,0 2,0 0))\ngap MULTIPOLYGON(((1 2,2 0,2 2,1 2)))"},
		{"alone over the neighbour: an overlap", []string{left, right},
			topology.Operation{Do: "move", ID: "A", Alone: true, Moves: []topology.Move{move(2, 2, 3, 2)}},
			"A POLYGON((0 0,2 0,3 2,2 2,0 2,0 0))\nB POLYGON((2 0,4 0,4 2,3 2,2 2,2 0))\nA over B MULTIPOLYGON(((2 0,3 2,2 2,2 0)))"},
		{"a corner that nobody shares moves over another shape", []string{left, "POLYGON((3 0,4 0,4 2,3 2,3 0))"},
			topology.Operation{Do: "move", ID: "A", Moves: []topology.Move{move(2, 0, 4, 0)}},
			"A POLYGON((0 0,3 0,4 0,2 2,0 2,0 0))\nA over B MULTIPOLYGON(((3 0,4 0,3 1,3 0)))"},
		{"a hole is cut", []string{left},
			topology.Operation{Do: "cut-hole", ID: "A", Line: line("LINESTRING(0.5 0.5,1 0.5,1 1,0.5 0.5)")},
			"A POLYGON((0 0,2 0,2 2,0 2,0 0),(0.5 0.5,1 1,1 0.5,0.5 0.5))"},
		{"a hole at the border is a bay", []string{left, right},
			topology.Operation{Do: "cut-hole", ID: "A", Line: line("LINESTRING(1 0.5,2 0.5,2 1,1 0.5)")},
			"A POLYGON((0 0,2 0,2 0.5,1 0.5,2 1,2 2,0 2,0 0))\nB POLYGON((2 0,4 0,4 2,2 2,2 1,2 0.5,2 0))"},
		{"a hole is filled", []string{ring, "POLYGON((3 3,4 3,4 4,3 3))"},
			topology.Operation{Do: "fill-hole", ID: "A", At: []orb.Point{{5, 5}}},
			"A POLYGON((0 0,9 0,9 9,0 9,0 0))\nA over B MULTIPOLYGON(((3 3,4 3,4 4,3 3)))"},
		{"a hole outside is dropped", []string{"POLYGON((0 0,2 0,2 2,0 2,0 0),(3 0,4 0,4 1,3 0))"},
			topology.Operation{Do: "fill-hole", ID: "A", At: []orb.Point{{3, 0}}},
			"A POLYGON((0 0,2 0,2 2,0 2,0 0))"},
		{"trim to a neighbour", []string{"POLYGON((0 0,3 0,3 2,0 2,0 0))", right},
			topology.Operation{Do: "trim", ID: "A", With: []string{"B"}},
			"A POLYGON((0 0,2 0,2 2,0 2,0 0))"},
		{"trim leaves a hole around an enclave", []string{left, "POLYGON((1 1,1.5 1,1.5 1.5,1 1))"},
			topology.Operation{Do: "trim", ID: "A", With: []string{"B"}},
			"A POLYGON((0 0,2 0,2 2,0 2,0 0),(1 1,1.5 1.5,1.5 1,1 1))"},
		{"clip to two districts", []string{"POLYGON((1 -1,3 -1,3 3,1 3,1 -1))"},
			topology.Operation{Do: "clip", ID: "A", With: []string{"left", "right"}},
			"A POLYGON((1 0,2 0,3 0,3 2,2 2,1 2,1 0))"},
		{"a bow tie is untangled", []string{"POLYGON((0 0,2 2,2 0,0 2,0 0))"},
			topology.Operation{Do: "untangle", ID: "A"},
			"A MULTIPOLYGON(((0 0,1 1,0 2,0 0)),((1 1,2 0,2 2,1 1)))"},
		{"the larger loop of a bow tie", []string{"POLYGON((0 0,3 3,3 -1,0 2,0 0))"},
			topology.Operation{Do: "untangle", ID: "A", Largest: true},
			"A POLYGON((1 1,3 -1,3 3,1 1))"},
		{"a spike goes", []string{"POLYGON((0 0,2 0,2 1,5 1,2 1,2 2,0 2,0 0))"},
			topology.Operation{Do: "untangle", ID: "A"},
			"A POLYGON((0 0,2 0,2 1,2 2,0 2,0 0))"},
		{"snap to the vertices of a neighbour", []string{"POLYGON((0 0,1.9999 0,1.9998 2,0 2,0 0))", right},
			topology.Operation{Do: "snap", ID: "A", With: []string{"B"}, ToleranceM: 30},
			"A POLYGON((0 0,2 0,2 2,0 2,0 0))"},
		{"snap onto an edge and through a vertex", []string{"POLYGON((0 1,1.9999 1,1.9999 3,0 3,0 1))", right},
			topology.Operation{Do: "snap", ID: "A", With: []string{"B"}, ToleranceM: 30},
			"A POLYGON((0 1,2 1,2 2,1.9999 3,0 3,0 1))\nB POLYGON((2 0,4 0,4 2,2 2,2 1,2 0))"},
		{"simplify, shared borders stay shared", []string{"POLYGON((0 0,1 0.00001,2 0,2 1,2 2,0 2,0 0))", "POLYGON((2 0,3 0.00001,4 0,4 2,2 2,2 1,2 0))"},
			topology.Operation{Do: "simplify", ID: "A", ToleranceM: 5},
			"A POLYGON((0 0,2 0,2 2,0 2,0 0))\nB POLYGON((2 0,3 1e-05,4 0,4 2,2 2,2 0))"},
		{"nothing to simplify", []string{left}, topology.Operation{Do: "simplify", ID: "A", ToleranceM: 5}, ""},
		{"trim of what does not overlap changes nothing", []string{left, right}, topology.Operation{Do: "trim", ID: "A", With: []string{"B"}}, ""},
		{"a vertex is taken out of both", []string{"POLYGON((0 0,2 0,1.5 1,2 2,0 2,0 0))", "POLYGON((2 0,4 0,4 2,2 2,1.5 1,2 0))"},
			topology.Operation{Do: "remove", ID: "A", At: []orb.Point{{1.5, 1}}},
			"A POLYGON((0 0,2 0,2 2,0 2,0 0))\nB POLYGON((2 0,4 0,4 2,2 2,2 0))"},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			f := fabric(t, c.fabric...)
			was := slices.Clone(f)
			out, err := f.Do(c.op, outlineOf(t))
			if err != nil {
				t.Fatal(err)
			}
			if got := told(out); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			for _, ch := range out.Changed {
				if ch.After != topology.Area2(ch.Geometry) {
					t.Errorf("%s: after %d, want %d", ch.ID, ch.After, topology.Area2(ch.Geometry))
				}
				if faults := geo.Validate(ch.Geometry); ch.Geometry != nil && len(faults) > 0 {
					t.Errorf("%s: %v", ch.ID, faults)
				}
			}
			for i := range f {
				if !orb.Equal(f[i].Geometry, was[i].Geometry) {
					t.Errorf("%s was changed in place", f[i].ID)
				}
			}
		})
	}
}

func outlineOf(t testing.TB) func(string) orb.Geometry {
	return func(id string) orb.Geometry {
		switch id {
		case "left":
			return fabric(t, left)[0].Geometry
		case "right":
			return fabric(t, right)[0].Geometry
		}
		return nil
	}
}

func TestOperationsThatCannotBe(t *testing.T) {
	bow := "POLYGON((0 0,2 2,2 0,0 2,0 0))"
	tests := []struct {
		name   string
		fabric []string
		op     topology.Operation
		rule   geo.Rule
		at     orb.Point
	}{
		{"no such shape", []string{left}, topology.Operation{Do: "simplify", ID: "Z", ToleranceM: 1}, topology.RuleUnknown, orb.Point{}},
		{"no such operation", []string{left}, topology.Operation{Do: "explode", ID: "A"}, topology.RuleOperation, orb.Point{}},
		{"a shape without outline", []string{"POINT(1 1)"}, topology.Operation{Do: "untangle", ID: "A"}, topology.RuleUnknown, orb.Point{}},
		{"the line ends inside", []string{left}, topology.Operation{Do: "split", ID: "A", Line: line("LINESTRING(-1 1,1 1)"), With: []string{"N"}},
			topology.RuleNoCut, orb.Point{-1, 1}},
		{"the line passes by", []string{left}, topology.Operation{Do: "split", ID: "A", Line: line("LINESTRING(5 5,6 6)"), With: []string{"N"}},
			topology.RuleNoCut, orb.Point{5, 5}},
		{"the line runs along the border", []string{left}, topology.Operation{Do: "split", ID: "A", Line: line("LINESTRING(-1 0,3 0)"), With: []string{"N"}},
			topology.RuleNoCut, orb.Point{-1, 0}},
		{"the line leads to a hole only", []string{ring}, topology.Operation{Do: "split", ID: "A", Line: line("LINESTRING(-1 4,4 4)"), With: []string{"N"}},
			topology.RuleNoCut, orb.Point{-1, 4}},
		{"more pieces than ids", []string{left}, topology.Operation{Do: "split", ID: "A", Line: line("LINESTRING(-1 0.5,3 0.5,3 1.5,-1 1.5)"), With: []string{"N"}},
			topology.RulePieces, orb.Point{0, 1.5}},
		{"the new id is taken", []string{left, right}, topology.Operation{Do: "split", ID: "A", Line: line("LINESTRING(-1 1,3 1)"), With: []string{"B"}},
			topology.RuleTaken, orb.Point{}},
		{"the line is a point", []string{left}, topology.Operation{Do: "split", ID: "A", Line: line("LINESTRING(1 1,1 1)"), With: []string{"N"}},
			geo.RuleTooShort, orb.Point{1, 1}},
		{"the line is off the earth", []string{left}, topology.Operation{Do: "split", ID: "A", Line: []orb.Point{{-1, 1}, {1e308, 1}}, With: []string{"N"}},
			geo.RuleRange, orb.Point{1e308, 1}},
		{"the line is not a number", []string{left}, topology.Operation{Do: "split", ID: "A", Line: []orb.Point{{-1, 1}, {math.NaN(), 1}}, With: []string{"N"}},
			geo.RuleFinite, orb.Point{}},
		{"the line goes around the earth", []string{left}, topology.Operation{Do: "split", ID: "A", Line: []orb.Point{{-100, 1}, {100, 1}}, With: []string{"N"}},
			topology.RuleExtent, orb.Point{-100, 0}},
		{"a shape wider than the limit", []string{"POLYGON((0 0,30 0,30 1,0 0))"}, topology.Operation{Do: "untangle", ID: "A"},
			topology.RuleExtent, orb.Point{0, 0}},
		{"the shape is tangled", []string{bow}, topology.Operation{Do: "split", ID: "A", Line: line("LINESTRING(-1 1,3 1)"), With: []string{"N"}},
			geo.RuleSelfIntersection, orb.Point{1, 1}},
		{"merge with itself", []string{left}, topology.Operation{Do: "merge", ID: "A", With: []string{"A"}}, topology.RuleTaken, orb.Point{1, 1}},
		{"merge with nobody", []string{left}, topology.Operation{Do: "merge", ID: "A"}, topology.RuleOperation, orb.Point{}},
		{"merge of shapes that meet in a point", []string{left, "POLYGON((2 2,4 2,4 4,2 4,2 2))"},
			topology.Operation{Do: "merge", ID: "A", With: []string{"B"}}, topology.RuleNotJoined, orb.Point{3, 3}},
		{"move of what is no vertex", []string{left}, topology.Operation{Do: "move", ID: "A", Moves: []topology.Move{move(1, 1, 2, 2)}},
			topology.RuleNoVertex, orb.Point{1, 1}},
		{"move across the shape", []string{left}, topology.Operation{Do: "move", ID: "A", Moves: []topology.Move{move(0, 0, 3, 1)}},
			topology.RuleFold, orb.Point{2, 1.33333333}},
		{"move that turns a triangle over", []string{"POLYGON((0 0,2 0,1 1,0 0))"}, topology.Operation{Do: "move", ID: "A", Moves: []topology.Move{move(1, 1, 1, -1)}},
			topology.RuleFold, orb.Point{0, 0}},
		{"move that only the neighbour cannot follow", []string{left, right}, topology.Operation{Do: "move", ID: "A", Moves: []topology.Move{move(2, 0, 5, 1)}},
			topology.RuleFold, orb.Point{4, 0.8}},
		{"no moves", []string{left}, topology.Operation{Do: "move", ID: "A"}, topology.RuleOperation, orb.Point{}},
		{"a hole that leaves the shape", []string{left}, topology.Operation{Do: "cut-hole", ID: "A", Line: line("LINESTRING(1 1,3 1,3 1.5,1 1)")},
			topology.RuleHoleWithin, orb.Point{2, 1}},
		{"a hole elsewhere", []string{left}, topology.Operation{Do: "cut-hole", ID: "A", Line: line("LINESTRING(5 5,6 5,6 6,5 5)")},
			topology.RuleHoleWithin, orb.Point{5, 5}},
		{"a hole that is not closed", []string{left}, topology.Operation{Do: "cut-hole", ID: "A", Line: line("LINESTRING(0.5 0.5,1 0.5,1 1)")},
			geo.RuleClosed, orb.Point{1, 1}},
		{"a hole as large as the shape", []string{left}, topology.Operation{Do: "cut-hole", ID: "A", Line: line("LINESTRING(0 0,2 0,2 2,0 2,0 0)")},
			topology.RuleNothingLeft, orb.Point{1, 1}},
		{"no hole to fill", []string{ring}, topology.Operation{Do: "fill-hole", ID: "A", At: []orb.Point{{1, 1}}}, topology.RuleNoHole, orb.Point{1, 1}},
		{"trim of what lies within", []string{"POLYGON((2.5 0.5,3 0.5,3 1,2.5 0.5))", right},
			topology.Operation{Do: "trim", ID: "A", With: []string{"B"}}, topology.RuleNothingLeft, orb.Point{2.75, 0.75}},
		{"clip to nothing", []string{left}, topology.Operation{Do: "clip", ID: "A", With: []string{"right"}}, topology.RuleNothingLeft, orb.Point{1, 1}},
		{"clip to an unknown outline", []string{left}, topology.Operation{Do: "clip", ID: "A", With: []string{"Z"}}, topology.RuleUnknown, orb.Point{}},
		{"untangle what has no area", []string{"POLYGON((0 0,1 1,2 2,0 0))"}, topology.Operation{Do: "untangle", ID: "A"}, topology.RuleNothingLeft, orb.Point{1, 1}},
		{"snap to what is far", []string{left, "POLYGON((3 0,4 0,4 2,3 0))"}, topology.Operation{Do: "snap", ID: "A", With: []string{"B"}, ToleranceM: 20},
			topology.RuleNotNear, orb.Point{1, 1}},
		{"snap over a kilometre", []string{left, right}, topology.Operation{Do: "snap", ID: "A", With: []string{"B"}, ToleranceM: 1001}, topology.RuleTolerance, orb.Point{}},
		{"simplify by nothing", []string{left}, topology.Operation{Do: "simplify", ID: "A", ToleranceM: math.NaN()}, topology.RuleTolerance, orb.Point{}},
		{"take out where borders fork", []string{left, right}, topology.Operation{Do: "remove", ID: "A", At: []orb.Point{{2, 0}}}, topology.RuleNoVertex, orb.Point{2, 0}},
		{"take out too many", []string{"POLYGON((0 0,2 0,2 2,0 0))"}, topology.Operation{Do: "remove", ID: "A", At: []orb.Point{{2, 0}}},
			topology.RuleNothingLeft, orb.Point{1, 1}},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			out, err := fabric(t, c.fabric...).Do(c.op, outlineOf(t))
			var f geo.Fault
			if !errors.As(err, &f) {
				t.Fatalf("no fault but %v and\n%s", err, told(out))
			}
			if f.Rule != c.rule || f.At != c.at {
				t.Errorf("got %s at %v (%v), want %s at %v", f.Rule, f.At, f, c.rule, c.at)
			}
		})
	}
}
