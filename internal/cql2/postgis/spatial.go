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
	cql2.OpSContains: "ST_Contains", cql2.OpSCrosses: "ST_Crosses", cql2.OpSEquals: "ST_Equals",
	cql2.OpSOverlaps: "ST_Overlaps", cql2.OpSTouches: "ST_Touches", cql2.OpSWithin: "ST_Within",
}

// spatial writes a spatial predicate. All but S_INTERSECTS and S_DISJOINT are NULL for invalid geometries and for
// collections, on which PostGIS would stop the query with an error; the boxes before them use the index.
func (w *writer) spatial(n *cql2.Node) string {
	system := Column{SRID: crs84}
	for _, a := range n.Args {
		if a.Op == cql2.OpProperty {
			system = w.column(a)
		}
	}
	a, b := w.geometry(n.Args[0], system), w.geometry(n.Args[1], system)
	switch n.Op {
	case cql2.OpSIntersects:
		return "ST_Intersects(" + a + ", " + b + ")"
	case cql2.OpSDisjoint:
		return "(NOT ST_Intersects(" + a + ", " + b + "))"
	}
	var sound []string
	for i, side := range []string{a, b} {
		if n.Args[i].Op == cql2.OpProperty {
			sound = append(sound, "GeometryType("+side+") <> 'GEOMETRYCOLLECTION' AND ST_IsValid("+side+")")
		}
	}
	call := functions[n.Op] + "(" + a + ", " + b + ")"
	if sound == nil {
		return call
	}
	return "(" + a + " && " + b + " AND CASE WHEN " + strings.Join(sound, " AND ") + " THEN " + call + " END)"
}

// geometry writes n in the system of the column that it is compared with.
func (w *writer) geometry(n *cql2.Node, system Column) string {
	if n.Op == cql2.OpProperty {
		return w.column(n).SQL
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
