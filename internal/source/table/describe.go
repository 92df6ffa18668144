package table

import (
	"context"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/source"
)

// table is one published relation. It never changes; a changed relation is another table.
type table struct {
	relation
	id         layout.CollectionID
	geometry   column
	srid       int
	toWGS84    func(orb.Point) orb.Point // from the system in which rows are read; nil: they are lon/lat
	crs        geo.CRS                   // of the rows; the zero value where PostGIS converts them
	foreign    bool                      // package geo does not know the system: PostGIS converts
	fields     []field                   // the properties, in the order of the columns
	key        []int                     // of fields: what names a row; none where there is no key
	physical   bool                      // without key: rows are told apart by their place in the table
	unique     bool                      // whether the key is one column and PostgreSQL sees to it that no two rows share it
	schema     []layout.Property
	whole      *selection // of all fields
	lookups    *lookups
	definition string // digest of all of the above
}

// field is a column that is published as a property.
type field struct {
	column
	kind   kind
	quoted string // the column in SQL, with the alias of the table
	read   string // its value as text in SQL
}

// alias names the table in all queries of it: without, ORDER BY would mean the columns of the answer, which are texts.
const alias = "t"

// describe makes a table of a relation, or says in one sentence why it is not published. Reading it may ask the
// database which reference system the rows have.
func (t *Tables) describe(ctx context.Context, r relation) (made *table, reason string, err error) {
	if reason := r.refusal(); reason != "" {
		return nil, reason, nil
	}
	i := slices.IndexFunc(r.Columns, func(c column) bool { return c.spatial() && c.Select })
	made = &table{relation: r, geometry: r.Columns[i], id: layout.CollectionID(collectionID(r.Schema, r.Name))}
	made.srid = made.geometry.SRID
	if made.srid == 0 {
		list, err := t.readSRIDs(ctx, r, made.geometry)
		if err != nil {
			return nil, "", err
		}
		if reason := sridRefusal(list); reason != "" {
			return nil, reason, nil
		}
		made.srid, _ = strconv.Atoi(list[0])
	}
	made.addCRS()
	made.addFields()
	made.addKey()
	for i, f := range made.fields {
		made.schema = append(made.schema, f.property(f.kind, slices.Contains(made.key, i)))
	}
	made.unique = len(made.key) == 1 && made.stored()
	made.whole, made.lookups = made.selection(made.all(), order{}), &lookups{}
	h := fnv.New64a()
	fmt.Fprint(h, r.OID, r.Columns, r.Indexes, made.srid)
	made.definition = hex.EncodeToString(h.Sum(nil))
	return made, "", nil
}

// refusal says why a relation cannot be published whatever its rows are; "" is no reason.
func (r relation) refusal() string {
	id := layout.CollectionID(collectionID(r.Schema, r.Name))
	switch {
	case layout.SchemaOf(id) != nil:
		return "the layout has a collection " + string(id) + "; publish a view of another name"
	case r.Partition:
		return "it is a partition; publish the table that it belongs to"
	case !r.Usage:
		return "the account may not use the schema: GRANT USAGE ON SCHEMA " + quote(r.Schema)
	case !slices.ContainsFunc(r.Columns, func(c column) bool { return c.spatial() && c.Select }):
		return "the account may not read its geometry: GRANT SELECT ON " + r.name()
	}
	return ""
}

func sridRefusal(list []string) string {
	switch {
	case len(list) == 0:
		return "it is empty and its geometry column names no reference system; it is looked at again when it changes"
	case len(list) > 1:
		return "its rows have several reference systems: " + strings.Join(list, ", ")
	case list[0] == "0":
		return "its reference system is not known (SRID 0); set it with UpdateGeometrySRID or ST_SetSRID"
	}
	return ""
}

func (t *table) addCRS() {
	crs, err := geo.LookupCRS(strconv.Itoa(t.srid))
	t.foreign = err != nil
	t.crs = crs
	if crs.Projected() {
		t.toWGS84 = crs.Inverse
	}
}

func (t *table) addFields() {
	for _, c := range t.Columns {
		if c.spatial() || !c.Select {
			continue
		}
		k := kindOf(c)
		name := alias + "." + quote(c.Name)
		t.fields = append(t.fields, field{c, k, name, fmt.Sprintf(k.selects, name)})
	}
}

// addKey chooses what names a row: the primary key, else another unique index without NULL, else of a view a column
// whose name says so.
func (t *table) addKey() {
	for _, x := range t.Indexes {
		if key, ok := t.keyOf(x); ok {
			t.key = key
			return
		}
	}
	if t.Kind == "r" {
		t.physical = true
		return
	}
	if t.Kind == "v" || t.Kind == "f" {
		for _, name := range keyNames() {
			i := slices.IndexFunc(t.fields, func(f field) bool { return f.Name == name && f.kind.ordered })
			if i >= 0 {
				t.key = []int{i}
				return
			}
		}
	}
}

// keyNames are the columns by which a view, which has no index, is taken to name its rows.
func keyNames() []string { return []string{"id", "gid", "fid", "ogc_fid", "objectid"} }

// keyOf returns the columns of an index as fields, if no two rows share their values and all are there.
func (t *table) keyOf(x index) (key []int, ok bool) {
	if !x.Unique || x.Partial {
		return nil, false
	}
	for _, number := range x.Columns {
		i := slices.IndexFunc(t.fields, func(f field) bool { return f.Number == number })
		if i < 0 || !t.fields[i].kind.ordered || !t.fields[i].NotNull && t.Kind != "m" {
			return nil, false
		}
		key = append(key, i)
	}
	return key, len(key) > 0
}

// raw is the geometry in SQL as the column has it.
func (t *table) raw() string {
	name := alias + "." + quote(t.geometry.Name)
	if t.geometry.Type == typeGeography {
		return name + "::geometry"
	}
	return name
}

// drawn is the geometry in SQL as rows are read: without arcs, in a system that package geo knows.
func (t *table) drawn() string {
	g := t.raw()
	if !slices.Contains(straight(), t.shape()) {
		g = "CASE WHEN GeometryType(" + g + ") IN ('CIRCULARSTRING', 'COMPOUNDCURVE', 'CURVEPOLYGON', 'MULTICURVE', 'MULTISURFACE', 'GEOMETRYCOLLECTION')" +
			" THEN ST_CurveToLine(" + g + ") ELSE " + g + " END"
	}
	if t.foreign {
		g = "ST_Transform(" + g + ", 4326)"
	}
	return g
}

// shape is the type of the geometry without its dimensions; Geometry is any.
func (t *table) shape() string { return strings.TrimRight(t.geometry.Shape, "ZM") }

// straight lists the types of geometry that hold no arcs and that GeoJSON has.
func straight() []string {
	return []string{"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}
}

// geometryTypes lists the GeoJSON types that rows may have.
func (t *table) geometryTypes() []string {
	switch shape := t.shape(); {
	case slices.Contains(straight(), shape):
		return []string{shape}
	case slices.Contains([]string{"CurvePolygon", "Triangle"}, shape):
		return []string{"Polygon"}
	case slices.Contains([]string{"MultiSurface", "PolyhedralSurface", "Tin"}, shape):
		return []string{"MultiPolygon"}
	case slices.Contains([]string{"CircularString", "CompoundCurve"}, shape):
		return []string{"LineString"}
	case shape == "MultiCurve":
		return []string{"MultiLineString"}
	}
	return append(straight(), "GeometryCollection")
}

// collection describes the table to readers.
func (t *table) collection(s statistics) source.Collection {
	name := t.Name
	if t.Schema != publicSchema {
		name = t.Schema + "." + t.Name
	}
	c := source.Collection{
		ID: t.id, Table: true, GeometryTypes: t.geometryTypes(), Schema: t.schema, Extent: s.extent, Count: s.count,
		Title: layout.Label{ZH: name, EN: name},
	}
	if title, text, found := strings.Cut(t.Comment, "\n"); t.Comment != "" {
		c.Title = layout.Label{ZH: title, EN: title}
		if found {
			c.Description = layout.Label{ZH: strings.TrimSpace(text), EN: strings.TrimSpace(text)}
		}
	}
	return c
}
