package table

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strings"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

// RowsQuery asks for the rows of a tile.
type RowsQuery struct {
	Box      geo.BBox // WGS 84; rows whose own box meets it
	PixelDeg float64  // width of a pixel in degrees of longitude: of rows smaller than that one per half a pixel is enough; 0 wants all
	Limit    int      // rows at most
	Sorted   bool     // by their key, so that the limit leaves the same rows out each time; else they come as they are found
	Token    string   // that Token returned: a table that has other columns or another system by now is unavailable; "" takes any
}

// Row is one row for a tile. It is valid until yield returns.
type Row struct {
	ID     uint64   // the key, where it is one whole number above 0; else 0
	EWKB   []byte   // in the byte order of the server, in the system that CRS returns; rows without geometry are not given
	Names  []string // of the fields, see Fields
	Values []Value  // of the fields
}

// Fields describes the values of the rows of a collection, in their order; nil where there is no such collection.
func (t *Tables) Fields(id layout.CollectionID) []layout.Property {
	made := t.state.Load().tables[id]
	if made == nil {
		return nil
	}
	var list []layout.Property
	for _, i := range made.tileFields() {
		list = append(list, made.schema[i])
	}
	return list
}

// CRS returns the reference system in which rows of a collection are given; the zero value is CRS84.
func (t *Tables) CRS(id layout.CollectionID) geo.CRS {
	if made := t.state.Load().tables[id]; made != nil {
		return made.crs
	}
	return geo.CRS{}
}

// Rows yields the rows whose boxes meet that of q. Sorted they come by their key; rows without a key by their place in
// the table, those of views by their geometry. It ends with the first error of yield, or after q.Limit rows: whoever gets as many
// has to count on more. Errors as Items has them. A table that is changed meanwhile is read as it was.
func (t *Tables) Rows(ctx context.Context, layer string, q RowsQuery, yield func(Row) error) error {
	yielded := false
	return t.with(ctx, layout.CollectionID(layer), func(made *table) error {
		if yielded || q.Token != "" && !strings.HasPrefix(q.Token, made.definition+"-") {
			return &layout.Error{Kind: layout.KindUnavailable, Concerns: "layer " + layer, Detail: "the table is being changed"}
		}
		return t.rows(ctx, made, q, func(r Row) error {
			yielded = true
			return yield(r)
		})
	})
}

func (t *Tables) rows(ctx context.Context, made *table, q RowsQuery, yield func(Row) error) error {
	shape := made.tileShape()
	text, args := made.tileStatement(shape, q)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var rows *sql.Rows
	var err error
	if q.PixelDeg == 0 && t.few(made, q.Box) {
		rows, err = t.query(ctx, t.points, text, args)
	} else {
		rows, err = t.scans.QueryContext(ctx, text, args...)
	}
	if err != nil {
		return err
	}
	defer rows.Close()
	r := Row{Names: shape.names, Values: make([]Value, len(shape.fields))}
	return readAhead(rows, cancel, func(record []byte) error {
		if err := shape.read(record, &r); err != nil || r.EWKB == nil {
			return err
		}
		return yield(r)
	})
}

// planned is the number of rows from which it pays to plan a statement for its box.
const planned = 2000

// few tells whether a box holds so few rows, if they are spread evenly, that any plan by the index will do.
func (t *Tables) few(made *table, box geo.BBox) bool {
	rows := t.state.Load().infos[made.id].Count
	part := t.part(made, box)
	return part <= smallPart && part*float64(rows) < planned
}

// tileStatement is the query of the rows of a tile, each of them one record as shape has it.
func (t *table) tileStatement(shape *tileShape, q RowsQuery) (string, []any) {
	var w where
	w.near(t, q.Box)
	columns := append([]string{t.clipped(&w, q.Box)}, shape.columns...)
	if q.PixelDeg > 0 {
		t.thin(&w, q)
	}
	order := ""
	if q.Sorted {
		o, _ := t.orderOf(nil)
		order = o.sql(t, false)
	}
	text := "SELECT record_send(ROW(" + strings.Join(columns, ", ") + ")) FROM " + t.from() + w.String() + order
	return text + " LIMIT " + w.arg(q.Limit) + "::int8", w.args
}

// clipSize is the size in bytes from which PostGIS cuts a geometry to the surroundings of the tile.
const clipSize = 256 << 10

// clipped is the geometry in SQL as tiles need it: a large one without what lies far from the box.
func (t *table) clipped(w *where, box geo.BBox) string {
	bounds := box.Bounds()
	if t.foreign || len(bounds) > 1 || t.crs.Projected() && t.crs.Code != webMercator {
		return t.drawn()
	}
	b := bounds[0]
	around := w.envelope(t.plane(b.Pad(max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]))), t.srid)
	return fmt.Sprintf("CASE WHEN pg_column_size(%[1]s) <= %[2]d THEN %[3]s ELSE ST_ClipByBox2D(%[3]s, %[4]s) END",
		t.raw(), clipSize, t.drawn(), around)
}

// thin keeps the rows that are larger than half a pixel, and of the others the first by key in each cell of half a
// pixel. Rows that nothing tells apart are all kept.
func (t *table) thin(w *where, q RowsQuery) {
	columns := make([]string, len(t.key))
	for i, k := range t.key {
		columns[i] = t.fields[k].quoted
	}
	if t.physical {
		columns = []string{alias + ".ctid"}
	}
	if len(columns) == 0 {
		return
	}
	x, y := t.pixel(q)
	px, py := w.arg(x)+"::float8", w.arg(y)+"::float8"
	box := "box2d(" + t.raw() + ")::box3d"
	small := fmt.Sprintf("ST_XMax(%[1]s) - ST_XMin(%[1]s) < %[2]s AND ST_YMax(%[1]s) - ST_YMin(%[1]s) < %[3]s", box, px, py)
	cell := fmt.Sprintf("floor(ST_XMin(%[1]s) / %[2]s), floor(ST_YMin(%[1]s) / %[3]s)", box, px, py)
	names := strings.Join(columns, ", ")
	chosen := "SELECT DISTINCT ON (" + cell + ") " + names + " FROM " + t.from() + w.String() + " AND " + small + " ORDER BY " + cell + ", " + names
	if len(t.key) == 1 && t.fields[t.key[0]].kind.json == "integer" {
		chosen = "SELECT min(" + names + ") FROM " + t.from() + w.String() + " AND " + small + " GROUP BY " + cell
	}
	w.add("(NOT (" + small + ") OR (" + names + ") IN (" + chosen + "))")
}

// pixel is half a pixel in the units of the table, in x and y, in the middle of the box.
func (t *table) pixel(q RowsQuery) (x, y float64) {
	const metresPerDegree = 111_319.49
	lat := (q.Box.South + q.Box.North) / 2
	shrink := math.Cos(lat * math.Pi / 180)
	half := q.PixelDeg / 2
	switch {
	case !slices.Contains([]int{0, webMercator}, t.crs.Code) && t.crs.Projected():
		return half * shrink * metresPerDegree, half * shrink * metresPerDegree
	case t.crs.Code == webMercator:
		return half * metresPerDegree, half * metresPerDegree
	}
	return half, half * shrink
}
