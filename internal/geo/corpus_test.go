package geo_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"

	"parkmap/internal/geo"
)

// awkward is a geometry with the rules that it breaks, in the order in which they are told.
type awkward struct {
	name  string
	wkt   string
	rules []geo.Rule
}

func rules(r ...geo.Rule) []geo.Rule { return r }

// corpus is what can be written as WKT and so be asked of PostGIS too.
var corpus = []awkward{
	{"point", "POINT(104 30)", nil},
	{"two points", "MULTIPOINT((104 30),(104 30))", nil},
	{"line", "LINESTRING(0 0,1 1,2 0)", nil},
	{"line across itself", "LINESTRING(0 0,2 2,2 0,0 2)", nil},
	{"line that stays where it is", "LINESTRING(1 1,1 1)", rules(geo.RuleTooShort)},
	{"one of two lines stays where it is", "MULTILINESTRING((0 0,1 1),(1 1,1 1))", rules(geo.RuleTooShort)},
	{"square", "POLYGON((0 0,2 0,2 2,0 2,0 0))", nil},
	{"square, clockwise", "POLYGON((0 0,0 2,2 2,2 0,0 0))", nil},
	{"square with a hole of the same order", "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,3 1,3 3,1 3,1 1))", nil},
	{"repeated vertices", "POLYGON((0 0,2 0,2 0,2 2,0 2,0 0,0 0))", nil},
	{"vertex on a straight edge", "POLYGON((0 0,1 0,2 0,2 2,0 2,0 0))", nil},
	{"two vertices only", "POLYGON((0 0,1 1,1 1,0 0))", rules(geo.RuleTooShort)},
	{"one vertex only", "POLYGON((1 1,1 1,1 1,1 1))", rules(geo.RuleTooShort)},
	{"flat", "POLYGON((0 0,1 1,2 2,0 0))", rules(geo.RuleSelfIntersection, geo.RuleSelfIntersection)},
	{"bow tie", "POLYGON((0 0,1 1,1 0,0 1,0 0))", rules(geo.RuleSelfIntersection)},
	{"spike outwards", "POLYGON((0 0,2 0,2 1,5 1,2 1,2 2,0 2,0 0))", rules(geo.RuleSelfIntersection)},
	{"spike inwards", "POLYGON((0 0,2 0,2 2,1 2,1 1,1 2,0 2,0 0))", rules(geo.RuleSelfIntersection, geo.RuleSelfIntersection)},
	{"two loops that meet in a vertex", "POLYGON((0 0,1 1,2 0,2 2,1 1,0 2,0 0))", rules(geo.RuleSelfIntersection)},
	{"a vertex touches its own ring", "POLYGON((0 0,4 0,4 4,2 0,0 4,0 0))", rules(geo.RuleSelfIntersection)},
	{"the ring is walked twice", "POLYGON((0 0,2 0,2 2,0 0,2 0,2 2,0 0))",
		rules(geo.RuleSelfIntersection, geo.RuleSelfIntersection, geo.RuleSelfIntersection)},
	{"hole touches the outer ring in a vertex", "POLYGON((0 0,4 0,4 4,0 4,0 0),(0 0,2 1,1 2,0 0))", nil},
	{"hole touches the outer ring within an edge", "POLYGON((0 0,4 0,4 4,0 4,0 0),(2 0,3 2,1 2,2 0))", nil},
	{"hole touches the outer ring twice", "POLYGON((0 0,4 0,4 4,0 4,0 0),(2 0,3 2,2 4,1 2,2 0))", rules(geo.RuleConnected)},
	{"hole shares an edge with the outer ring", "POLYGON((0 0,4 0,4 4,0 4,0 0),(1 0,3 0,2 2,1 0))", rules(geo.RuleHoleInside, geo.RuleHoleInside)},
	{"hole crosses the outer ring", "POLYGON((0 0,4 0,4 4,0 4,0 0),(3 1,5 1,5 2,3 2,3 1))",
		rules(geo.RuleHoleInside, geo.RuleHoleInside)},
	{"hole leaves through a vertex", "POLYGON((0 0,4 0,4 4,0 4,0 0),(3 2,4 2,5 3,4 3,3 2))", rules(geo.RuleHoleInside, geo.RuleHoleInside)},
	{"hole outside", "POLYGON((0 0,4 0,4 4,0 4,0 0),(6 1,7 1,7 2,6 1))", rules(geo.RuleHoleInside)},
	{"hole outside that touches", "POLYGON((0 0,4 0,4 4,0 4,0 0),(4 2,6 1,6 3,4 2))", rules(geo.RuleHoleInside)},
	{"hole as large as the outer ring", "POLYGON((0 0,4 0,4 4,0 4,0 0),(4 4,0 4,0 0,4 0,4 4))", rules(geo.RuleRepeatedRing)},
	{"holes that touch in a vertex", "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,3 1,3 3,1 3,1 1),(3 3,5 3,5 5,3 5,3 3))", nil},
	{"holes that cross", "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,4 1,4 4,1 4,1 1),(3 2,6 2,6 3,3 3,3 2))",
		rules(geo.RuleHolesApart, geo.RuleHolesApart)},
	{"holes that share an edge", "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,3 1,3 3,1 3,1 1),(3 1,5 1,5 3,3 3,3 1))", rules(geo.RuleHolesApart)},
	{"hole in a hole", "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 8,1 1),(3 3,4 3,4 4,3 3))", rules(geo.RuleHolesApart)},
	{"hole in a hole, touching", "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 8,1 1),(1 1,4 3,3 4,1 1))", rules(geo.RuleHolesApart)},
	{"the same hole twice", "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,3 1,3 3,1 1),(3 3,3 1,1 1,3 3))", rules(geo.RuleRepeatedRing)},
	{"three holes in a circle", "POLYGON((0 0,9 0,9 9,0 9,0 0),(2 2,5 2,4 3,2 2),(5 2,6 5,5 5,5 2),(2 2,5 5,3 5,2 2))", rules(geo.RuleConnected)},
	{"three holes in one point", "POLYGON((0 0,9 0,9 9,0 9,0 0),(4 4,6 4,6 5,4 4),(4 4,4 6,3 6,4 4),(4 4,2 4,2 3,4 4))", nil},
	{"two parts", "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((3 3,4 3,4 4,3 3)))", nil},
	{"parts that touch in a point", "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((1 1,2 1,2 2,1 1)))", nil},
	{"parts that touch in two points", "MULTIPOLYGON(((0 0,2 1,0 2,1 1,0 0)),((0 0,-1 1,0 2,-2 1,0 0)))", nil},
	{"parts that share an edge", "MULTIPOLYGON(((0 0,1 0,1 1,0 1,0 0)),((1 0,2 0,2 1,1 1,1 0)))", rules(geo.RulePartsApart)},
	{"parts that share half an edge", "MULTIPOLYGON(((0 0,1 0,1 2,0 2,0 0)),((1 1,2 1,2 3,1 3,1 1)))", rules(geo.RulePartsApart)},
	{"parts that cross", "MULTIPOLYGON(((0 0,2 0,2 2,0 2,0 0)),((1 1,3 1,3 3,1 3,1 1)))", rules(geo.RulePartsApart, geo.RulePartsApart)},
	{"part in a part", "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((1 1,2 1,2 2,1 1)))", rules(geo.RulePartsApart)},
	{"part in a part, touching", "MULTIPOLYGON(((1 1,0 0,2 1,1 1)),((0 0,9 0,9 9,0 9,0 0)))", rules(geo.RulePartsApart)},
	{"the same part twice", "MULTIPOLYGON(((0 0,9 0,9 9,0 0)),((9 9,0 0,9 0,9 9)))", rules(geo.RuleRepeatedRing)},
	{"island in a hole", "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 8,1 1)),((3 3,4 3,4 4,3 3)))", nil},
	{"island that touches its hole", "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 8,1 1)),((1 1,4 3,3 4,1 1)))", nil},
	{"island that fills its hole", "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 8,1 1)),((1 1,8 1,8 8,1 8,1 1)))", rules(geo.RuleRepeatedRing)},
	{"along the antimeridian", "MULTIPOLYGON(((179 0,180 0,180 2,179 2,179 0)),((-180 0,-179 0,-179 2,-180 2,-180 0)))", nil},
	{"the whole world", "POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90))", nil},
	{"thin to the last digit", "POLYGON((104 30,104.00000001 30,104.00000001 31,104 31,104 30))", nil},
	{"collection", "GEOMETRYCOLLECTION(POINT(1 1),POLYGON((0 0,1 0,1 1,0 0)))", nil},
	{"collection with a bow tie", "GEOMETRYCOLLECTION(POINT(1 1),POLYGON((0 0,1 1,1 0,0 1,0 0)))", rules(geo.RuleSelfIntersection)},
}

// stricter is what PostGIS accepts or cannot be asked.
var stricter = []struct {
	name  string
	g     orb.Geometry
	rules []geo.Rule
}{
	{"nil", nil, rules(geo.RuleEmpty)},
	{"empty point set", orb.MultiPoint{}, rules(geo.RuleEmpty)},
	{"empty line", orb.LineString{}, rules(geo.RuleEmpty)},
	{"no lines", orb.MultiLineString(nil), rules(geo.RuleEmpty)},
	{"no rings", orb.Polygon{}, rules(geo.RuleEmpty)},
	{"empty ring", orb.Polygon{{}}, rules(geo.RuleEmpty)},
	{"no parts", orb.MultiPolygon{}, rules(geo.RuleEmpty)},
	{"empty part", orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}, {}}, rules(geo.RuleEmpty)},
	{"empty collection", orb.Collection{}, rules(geo.RuleEmpty)},
	{"nil in a collection", orb.Collection{nil}, rules(geo.RuleEmpty)},
	{"nested collection", orb.Collection{orb.Collection{orb.Point{1, 1}}}, rules(geo.RuleNested)},
	{"not a number", orb.Point{math.NaN(), 30}, rules(geo.RuleFinite)},
	{"infinite", orb.LineString{{0, 0}, {0, math.Inf(-1)}}, rules(geo.RuleFinite)},
	{"latitude first", orb.Point{30, 104}, rules(geo.RuleRange)},
	{"beyond the antimeridian", orb.Polygon{{{179, 0}, {181, 0}, {181, 1}, {179, 0}}}, rules(geo.RuleRange, geo.RuleRange)},
	{"single position", orb.LineString{{1, 1}}, rules(geo.RuleTooShort)},
	{"ring that is not closed", orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}}, rules(geo.RuleClosed)},
	{"ring of two positions", orb.Ring{{0, 0}, {0, 0}}, rules(geo.RuleTooShort)},
	{"a bound", orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{1, 1}}, nil},
	{"a bound without height", orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{1, 0}}, rules(geo.RuleTooShort)},
	{"a ring by itself", orb.Ring{{0, 0}, {1, 0}, {1, 1}, {0, 0}}, nil},
	{"both members of a collection are checked", orb.Collection{orb.LineString{}, orb.Point{200, 0}}, rules(geo.RuleEmpty, geo.RuleRange)},
}

func parse(t testing.TB, text string) orb.Geometry {
	t.Helper()
	g, err := wkt.Unmarshal(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return g
}
