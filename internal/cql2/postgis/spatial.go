package postgis

import (
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/ewkb"

	"parkmap/internal/cql2"
	"parkmap/internal/geo"
)

// crs84 is the SRID of longitude and latitude.
const crs84 = 4326

var functions = map[cql2.Op]string{
	cql2.OpSIntersects: "ST_Intersects", cql2.OpSDisjoint: "ST_Intersects", // the latter is negated
	cql2.OpSContains: "ST_Contains", cql2.OpSCrosses: "ST_Crosses", cql2.OpSEquals: "ST_Equals",
	cql2.OpSOverlaps: "ST_Overlaps", cql2.OpSTouches: "ST_Touches", cql2.OpSWithin: "ST_Within",
}

// spatial writes a spatial predicate. What PostGIS would stop the query for with an error is NULL: invalid geometries,
// and but for S_INTERSECTS and S_DISJOINT collections. The boxes before that use the index. Whether points and boxes
// intersect a geometry can be asked without looking at it first.
func (w *writer) spatial(n *cql2.Node) string {
	system := w.system(n)
	a, b := w.geometry(n.Args[0], system), w.geometry(n.Args[1], system)
	call := functions[n.Op] + "(" + a + ", " + b + ")"
	intersects := n.Op == cql2.OpSIntersects || n.Op == cql2.OpSDisjoint
	plain := system.Project == nil && (n.Args[0].Plain() || n.Args[1].Plain())
	if sound := soundness(n, []string{a, b}, !intersects); sound != "" && !(intersects && plain) {
		call = "(" + a + " && " + b + " AND CASE WHEN " + sound + " THEN " + call + " END)"
	}
	if n.Op == cql2.OpSDisjoint {
		return "(NOT " + call + ")"
	}
	return call
}

// soundness asks that the sides that are columns are valid, and single where no collections may be; "" without columns.
func soundness(n *cql2.Node, sides []string, single bool) string {
	var parts []string
	for i, side := range sides {
		if n.Args[i].Op != cql2.OpProperty {
			continue
		}
		if single {
			parts = append(parts, "GeometryType("+side+") <> 'GEOMETRYCOLLECTION'")
		}
		parts = append(parts, "ST_IsValid("+side+")")
	}
	return strings.Join(parts, " AND ")
}

// The greatest side and latitude, in degrees, up to which a literal is converted to the system of a column.
// Projections of a country have no values, or wrong ones, for half of the world.
const (
	wideDeg  = 20
	polarDeg = 84
)

// system returns the column that literals are compared with, in longitude and latitude where they are too large
// for its own system.
func (w *writer) system(n *cql2.Node) Column {
	system := Column{SRID: crs84}
	for _, a := range n.Args {
		if a.Op == cql2.OpProperty {
			system = w.column(a)
		}
	}
	for _, a := range n.Args {
		if a.Op != cql2.OpGeometry || system.Wide == "" {
			continue
		}
		if b := a.Geometry.Bound(); b.Max[0]-b.Min[0] > wideDeg || b.Max[1]-b.Min[1] > wideDeg || max(-b.Min[1], b.Max[1]) > polarDeg {
			return Column{SQL: system.Wide, SRID: crs84}
		}
	}
	return system
}

// geometry writes n in the system of the column that it is compared with.
func (w *writer) geometry(n *cql2.Node, system Column) string {
	if n.Op == cql2.OpProperty {
		if c := w.column(n); c.Wide == "" || system.SRID == c.SRID {
			return c.SQL
		}
		return w.column(n).Wide
	}
	g := n.Geometry
	if system.Project != nil {
		g = geo.Project(densify(g), system.Project)
	}
	return "ST_GeomFromEWKB(" + w.bind(w.encode(g, system.SRID), "bytea") + ")"
}

func (w *writer) encode(g orb.Geometry, srid int) []byte {
	data, err := ewkb.Marshal(g, srid)
	if err != nil && w.err == nil {
		w.err = err
	}
	return data
}
