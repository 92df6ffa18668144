package topology

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
)

// Split cuts a shape along a line, which may begin and end outside of it. The largest piece, with the parts that the
// line does not reach, keeps the id; the others take newIDs from the next largest on. Stretches of the line that do
// not lead from border to border cut nothing.
func (f Fabric) Split(id string, line orb.LineString, newIDs ...string) (Outcome, error) {
	parts, err := f.operand(id)
	if err != nil {
		return Outcome{}, err
	}
	if err := f.free(newIDs); err != nil {
		return Outcome{}, err
	}
	if err := sound(line, false); err != nil {
		return Outcome{}, err
	}
	focus := common(parts.Bound(), line.Bound())
	if focus.IsEmpty() {
		return Outcome{}, fault(RuleNoCut, line[0], "the line does not lead through %s", id)
	}
	sc, err := newScene(f, focus, line.Bound(), id)
	if err != nil {
		return Outcome{}, err
	}
	if err := sc.addLine(line); err != nil {
		return Outcome{}, err
	}
	owner := sc.owner(id)
	pieces, rest := sc.pieces(owner)
	switch {
	case len(pieces) < 2:
		return Outcome{}, fault(RuleNoCut, line[0], "the line does not lead through %s from border to border", id)
	case len(pieces) > len(newIDs)+1:
		at := sc.place(pieces[len(newIDs)+1][0].points[0])
		return Outcome{}, fault(RulePieces, at, "the line cuts %s into %d pieces; there are ids for %d", id, len(pieces), len(newIDs)+1)
	}
	sc.removeLine()
	sc.setRegion(owner, append(rest, pieces[0]))
	for i, p := range pieces[1:] {
		sc.shapes = append(sc.shapes, Shape{ID: newIDs[i]})
		sc.setRegion(sc.owners, []polygon{p})
		sc.owners++
	}
	return sc.outcome()
}

// addLine adds a line that cuts and bends all edges.
func (sc *scene) addLine(line orb.LineString) error {
	points, err := sc.points(line)
	if err != nil {
		return err
	}
	for i := 1; i < len(points); i++ {
		s := newSegment(points[i-1], points[i], 0)
		s.uses, s.line, s.active = nil, true, true
		sc.segs = append(sc.segs, s)
	}
	return sc.node()
}

// removeLine leaves only shapes, with edges of the line where pieces have them.
func (sc *scene) removeLine() {
	for i := range sc.segs {
		sc.segs[i].line = false
	}
	sc.segs = merged(sc.segs)
}

// pieces returns what the line cuts the shape of an owner into, the largest first, and the parts that it leaves whole.
func (sc *scene) pieces(owner int) (pieces, rest []polygon) {
	hs := halvesOf(sc.segs, only(owner))
	edges := hs.boundary(covered)
	for i := range hs {
		if h := &hs[i]; h.line && covered(h.left) && covered(h.left.plus(h.step, -1)) {
			edges = append(edges, directed{h.from, h.to, true})
		}
	}
	for _, p := range trace(withoutBridges(edges)) {
		if slices.ContainsFunc(p, func(r ring) bool { return r.line }) {
			pieces = append(pieces, p)
		} else {
			rest = append(rest, p)
		}
	}
	slices.SortStableFunc(pieces, func(p, q polygon) int { return compareAreas(q, p) })
	return pieces, rest
}

func compareAreas(p, q polygon) int {
	return cmp.Compare(area2Of([]polygon{p}), area2Of([]polygon{q}))
}

// withoutBridges leaves out the edges of a line that have the same face on both sides.
func withoutBridges(edges []directed) []directed {
	t := newTracer(edges)
	number := make(map[[2]point]int, len(edges))
	for i, e := range t.edges {
		number[[2]point{e.from, e.to}] = i
		if t.walk[i] < 0 {
			t.rings = append(t.rings, nil)
			t.follow(i)
		}
	}
	var out []directed
	for i, e := range t.edges {
		back, both := number[[2]point{e.to, e.from}]
		if !both || t.walk[back] != t.walk[i] {
			out = append(out, e)
		}
	}
	return out
}
