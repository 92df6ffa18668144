package scene

import "github.com/paulmach/orb"

// edge is a piece of a border, the same in both directions.
type edge [2]orb.Point

func newEdge(a, b orb.Point) edge {
	if a[0] < b[0] || a[0] == b[0] && a[1] < b[1] {
		return edge{a, b}
	}
	return edge{b, a}
}

// borders returns the borders of polygons as lines, each edge once, so that dashes stay crisp where two
// share a border, without the edges of outer, which are drawn otherwise.
func borders(polygons, outer []orb.Polygon) []orb.LineString {
	seen := map[edge]bool{}
	eachEdge(outer, func(a, b orb.Point) { seen[newEdge(a, b)] = true })
	var order []orb.Point
	next := map[orb.Point][]orb.Point{}
	add := func(a, b orb.Point) {
		if _, ok := next[a]; !ok {
			order = append(order, a)
		}
		next[a] = append(next[a], b)
	}
	eachEdge(polygons, func(a, b orb.Point) {
		if e := newEdge(a, b); !seen[e] {
			seen[e] = true
			add(a, b)
			add(b, a)
		}
	})
	return chains(order, next)
}

func eachEdge(polygons []orb.Polygon, each func(a, b orb.Point)) {
	for _, p := range polygons {
		for _, ring := range p {
			for i := 1; i < len(ring); i++ {
				each(ring[i-1], ring[i])
			}
		}
	}
}

// chains joins edges to lines that end where more or fewer than two meet.
func chains(order []orb.Point, next map[orb.Point][]orb.Point) []orb.LineString {
	used := map[edge]bool{}
	var lines []orb.LineString
	walk := func(here, there orb.Point) {
		line := orb.LineString{here}
		for !used[newEdge(here, there)] {
			used[newEdge(here, there)] = true
			line = append(line, there)
			to := next[there]
			if len(to) != 2 {
				break
			}
			on := to[0]
			if on == here {
				on = to[1]
			}
			here, there = there, on
		}
		if len(line) > 1 {
			lines = append(lines, line)
		}
	}
	for _, ends := range []bool{true, false} { // lines that end first, then rings
		for _, p := range order {
			if ends && len(next[p]) == 2 {
				continue
			}
			for _, to := range next[p] {
				walk(p, to)
			}
		}
	}
	return lines
}
