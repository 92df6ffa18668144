package table

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/lib/pq"
	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

// where is a list of conditions of SQL, all of which have to hold, and the values of their parameters.
type where struct {
	conditions []string
	args       []any
}

// arg adds a value and returns the parameter that stands for it.
func (w *where) arg(v any) string {
	w.args = append(w.args, v)
	return "$" + strconv.Itoa(len(w.args))
}

func (w *where) add(condition string) { w.conditions = append(w.conditions, condition) }

// String returns the clause with the word WHERE, "" where nothing is asked for.
func (w *where) String() string {
	if len(w.conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conditions, " AND ")
}

// equal asks that a field has one of the values, which its kind has checked.
func (w *where) equal(f field, values []string) {
	switch {
	case f.kind.json == "array":
		w.add(f.quoted + " && " + w.arg(pq.Array(values)))
	case len(values) == 1:
		w.add(f.quoted + " = " + w.arg(values[0]))
	default:
		w.add(f.quoted + " = ANY(" + w.arg(pq.Array(values)) + ")")
	}
}

const (
	// wideDeg is the side from which a box is not converted to the system of a table: projections of a
	// country have no values, or wrong ones, for half of the world.
	wideDeg = 20
	// polarDeg is the latitude from which it is not.
	polarDeg = 84
	// roundingDeg is what converting a position there and back may move it, generously: a tenth of a millimetre.
	roundingDeg = 1e-9
	// sides is into how many pieces an edge of a box is cut where it becomes a curve.
	sides = 32
)

// within asks that the geometry and the box have a point in common. The index of the geometry is used except
// for wide boxes of projected tables.
func (w *where) within(t *table, box geo.BBox) { w.box(t, box, true) }

// near asks for the same of the box of the geometry, which the index alone can tell.
func (w *where) near(t *table, box geo.BBox) { w.box(t, box, false) }

func (w *where) box(t *table, box geo.BBox, exact bool) {
	var parts []string
	for _, b := range box.Bounds() {
		parts = append(parts, w.bound(t, b, exact))
	}
	w.add("(" + strings.Join(parts, " OR ") + ")")
}

func (w *where) bound(t *table, b orb.Bound, exact bool) string {
	if t.foreign || t.crs.Projected() {
		b = b.Pad(roundingDeg)
	}
	switch {
	case !t.foreign && (!t.crs.Projected() || t.crs.Code == webMercator):
		return w.meetsEnvelope(t, t.plane(b), exact)
	case b.Max[0]-b.Min[0] > wideDeg || b.Max[1]-b.Min[1] > wideDeg || max(-b.Min[1], b.Max[1]) > polarDeg:
		return "ST_Intersects(ST_Transform(" + t.raw() + ", 4326), " + w.envelope(b, 4326) + ")"
	case t.foreign:
		around := "ST_Transform(ST_Segmentize(" + w.envelope(padded(b), 4326) + ", " + w.arg(step(b)) + "::float8), " + strconv.Itoa(t.srid) + ")"
		cond := t.raw() + " && " + around
		if exact {
			cond += " AND ST_Intersects(ST_Transform(" + t.raw() + ", 4326), " + w.envelope(b, 4326) + ")"
		}
		return "(" + cond + ")"
	}
	return w.meets(t.raw(), "ST_GeomFromText("+w.arg(outline(b, t.crs))+", "+strconv.Itoa(t.srid)+")", exact)
}

// webMercator is EPSG:3857, in which a box of degrees is a box.
const webMercator = 3857

func (w *where) meets(g, other string, exact bool) string {
	if !exact {
		return g + " && " + other
	}
	return "(" + g + " && " + other + " AND ST_Intersects(" + g + ", " + other + "))"
}

// meetsEnvelope is meets for a box of the system of the table. What lies within the box by its own box needs no closer
// look; the boxes that PostGIS keeps are rounded to single precision, so there is some room between.
func (w *where) meetsEnvelope(t *table, b orb.Bound, exact bool) string {
	envelope := w.envelope(b, t.srid)
	condition := t.raw() + " && " + envelope
	if !exact {
		return condition
	}
	condition += " AND "
	precise := "ST_Intersects(" + t.raw() + ", " + w.shape(b, t.srid, envelope) + ")"
	room := max(math.Abs(b.Min[0]), math.Abs(b.Min[1]), math.Abs(b.Max[0]), math.Abs(b.Max[1])) / (1 << 20)
	if inner := b.Pad(-room); inner.Min[0] < inner.Max[0] && inner.Min[1] < inner.Max[1] {
		precise = "(" + t.raw() + " @ " + w.envelope(inner, t.srid) + " OR " + precise + ")"
	}
	return "(" + condition + precise + ")"
}

// shape is what a bound covers: its envelope or, where it has no width or no height, a line or a point; as a polygon that
// would be invalid and meet nothing.
func (w *where) shape(b orb.Bound, srid int, envelope string) string {
	point := func(p orb.Point) string { return "ST_MakePoint(" + w.arg(p[0]) + ", " + w.arg(p[1]) + ")" }
	switch {
	case b.Min == b.Max:
		return "ST_SetSRID(" + point(b.Min) + ", " + strconv.Itoa(srid) + ")"
	case b.Min[0] == b.Max[0] || b.Min[1] == b.Max[1]:
		return "ST_SetSRID(ST_MakeLine(" + point(b.Min) + ", " + point(b.Max) + "), " + strconv.Itoa(srid) + ")"
	}
	return envelope
}

func (w *where) envelope(b orb.Bound, srid int) string {
	return "ST_MakeEnvelope(" + w.arg(b.Min[0]) + ", " + w.arg(b.Min[1]) + ", " + w.arg(b.Max[0]) + ", " + w.arg(b.Max[1]) + ", " + strconv.Itoa(srid) + ")"
}

// plane converts a bound to the system of a table in which it stays a bound.
func (t *table) plane(b orb.Bound) orb.Bound {
	return orb.Bound{Min: t.crs.Forward(b.Min), Max: t.crs.Forward(b.Max)}
}

func step(b orb.Bound) float64 { return max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1], 1e-6) / sides }

// padded is a bound with room for what its edges bend.
func padded(b orb.Bound) orb.Bound { return b.Pad(step(b)) }

// outline is a bound as a polygon of the system, in WKT, its edges cut so that they follow their curves.
func outline(b orb.Bound, crs geo.CRS) string {
	var s strings.Builder
	s.WriteString("POLYGON((")
	ring := b.ToRing()
	for i := range len(ring) - 1 {
		for k := range sides {
			f := float64(k) / sides
			p := crs.Forward(orb.Point{ring[i][0] + f*(ring[i+1][0]-ring[i][0]), ring[i][1] + f*(ring[i+1][1]-ring[i][1])})
			fmt.Fprintf(&s, "%v %v,", p[0], p[1])
		}
	}
	p := crs.Forward(ring[0])
	fmt.Fprintf(&s, "%v %v))", p[0], p[1])
	return s.String()
}
