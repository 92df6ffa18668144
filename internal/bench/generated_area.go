package main

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
)

// squeeze is how much shorter a degree of latitude must be drawn than one of longitude there.
const squeeze = 0.8

// lead adds the core or the zone, with some places in it.
func (g *generator) lead(id, kind, zh, en string, at orb.Point) {
	g.areas = append(g.areas, feature(id, g.outline(at, 0.09, 24), properties{
		"kind": kind, "name_zh": zh, "name_en": en, "short_zh": zh, "short_en": en, "number": 1, "clause": "1",
		"fields":            []properties{{"zh": "虚构领域", "en": "a made-up field"}},
		"responsible_units": []string{unitID(0)}, "responsibility": "own", "district": []string{districtID(districtOf(at))},
		"outline": "schematic", "source": "made up for measuring", "position_error_m": 500,
	}))
	for i := range 5 {
		turn := 2 * math.Pi * float64(i) / 5
		g.place(id, i+1, orb.Point{at.X() + 0.04*math.Cos(turn), at.Y() + 0.04*math.Sin(turn)})
	}
}

// parks adds n parks, scattered over a loose grid that fills the city, clear of core and zone.
func (g *generator) parks(n int) {
	across := math.Ceil(math.Sqrt(float64(n) * 1.1 * (east - west) / (north - south) * squeeze))
	cell := (east - west) / across
	var spots []orb.Point
	for y := south + cell*squeeze/2; y < north; y += cell * squeeze {
		for x := west + cell/2; x < east; x += cell {
			at := orb.Point{x + (g.random.Float64()-0.5)*cell/5, y + (g.random.Float64()-0.5)*cell/5}
			if !g.taken(at) {
				spots = append(spots, at)
			}
		}
	}
	g.random.Shuffle(len(spots), func(i, j int) { spots[i], spots[j] = spots[j], spots[i] })
	for i := range n {
		g.park(spots[i%len(spots)], cell*(0.18+0.17*g.random.Float64()))
	}
}

// taken says whether a point lies in core or zone or too close to them.
func (g *generator) taken(p orb.Point) bool {
	for _, lead := range g.areas[:2] {
		if lead.Geometry.Coordinates.Bound().Pad(0.02).Contains(p) {
			return true
		}
	}
	return false
}

// park adds one park of 8 to 24 vertices round a point; radius in degrees of longitude.
func (g *generator) park(at orb.Point, radius float64) {
	g.number++
	n := g.number
	id := fmt.Sprintf("P%04d", n)
	head, tail := n%len(nameHeads), n/len(nameHeads)%len(nameTails)
	zh, en := fmt.Sprintf("%s%s%d号园", nameHeads[head], nameTails[tail], n), fmt.Sprintf("%s%s Park %d", headsEN[head], tailsEN[tail], n)
	p := properties{
		"kind": layout.KindPark, "name_zh": zh, "name_en": en, "short_zh": zh, "short_en": en, "number": n, "clause": "1",
		"responsible_units": []string{unitID(n % unitsMax)}, "responsibility": "own", "district": []string{districtID(districtOf(at))},
		"outline": []string{"schematic", "schematic", "digitised", "surveyed"}[g.random.IntN(4)],
		"source":  "made up for measuring", "position_error_m": 50,
	}
	if n%3 == 0 {
		p["responsible_units"], p["responsibility"] = []string{unitID(0), unitID(1), unitID(2)}, "shared"
	}
	if list := g.specialisations(); len(list) > 0 {
		p["specialisations"] = list
	}
	g.areas = append(g.areas, feature(id, g.outline(at, radius, 8+g.random.IntN(17)), p))
	if n%50 == 0 {
		g.place(id, 1, at)
	}
}

// specialisations returns none to two AI+ directions, as the document would state or a name imply them.
func (g *generator) specialisations() []properties {
	all := layout.Specialisations()
	first := g.random.IntN(len(all))
	list := make([]properties, 0, 2)
	for i := range []int{0, 1, 1, 1, 1, 2}[g.random.IntN(6)] {
		one := all[(first+5*i)%len(all)]
		list = append(list, properties{
			"code": one.Code, "label_zh": "AI+" + one.ZH, "label_en": "AI + " + one.EN,
			"basis": []string{"stated", "inferred"}[g.random.IntN(2)],
		})
	}
	return list
}

// place adds a place to an area.
func (g *generator) place(parent string, number int, at orb.Point) {
	one := layout.Specialisations()[number]
	g.places = append(g.places, feature(fmt.Sprintf("%s-%02d", parent, number), orb.Point{round(at.X()), round(at.Y())}, properties{
		"kind": "platform", "name_zh": fmt.Sprintf("%s平台%d", nameTails[number], number), "name_en": fmt.Sprintf("Platform %s %d", tailsEN[number], number),
		"number": number, "parent": parent, "clause": "1", "source": "made up for measuring", "position_error_m": 50,
		"specialisation": properties{"code": one.Code, "label_zh": "AI+" + one.ZH, "label_en": "AI + " + one.EN, "basis": "stated"},
	}))
}

// outline returns a ring of so many corners round a point, which sees each of them, so that it never
// crosses itself. It is closed and runs counter-clockwise.
func (g *generator) outline(at orb.Point, radius float64, corners int) orb.Polygon {
	ring := make(orb.Ring, 0, corners+1)
	for i := range corners {
		turn := 2 * math.Pi * float64(i) / float64(corners)
		r := radius * (0.7 + 0.3*g.random.Float64())
		ring = append(ring, orb.Point{round(at.X() + r*math.Cos(turn)), round(at.Y() + r*squeeze*math.Sin(turn))})
	}
	return orb.Polygon{append(ring, ring[0])}
}

// boxOutline returns a box as a closed ring, counter-clockwise.
func boxOutline(west, south, east, north float64) orb.Polygon {
	return orb.Polygon{orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}.ToRing()}
}
