package table

import (
	"context"
	"encoding/json"
	"fmt"
)

// catalogSQL returns one JSON text: all relations with a geometry, outside of PostgreSQL's and parkmap's own
// schemas, by schema and name, with what the account may do. Domains count as what they rest on. $1 is unused: a
// query with an argument comes in binary form.
const catalogSQL = `
WITH RECURSIVE base(oid, typ, typmod) AS (
	SELECT oid, oid, -1 FROM pg_type WHERE typtype <> 'd'
	UNION ALL
	SELECT d.oid, b.typ, CASE WHEN d.typtypmod >= 0 THEN d.typtypmod ELSE b.typmod END
	FROM pg_type d JOIN base b ON b.oid = d.typbasetype WHERE d.typtype = 'd'
), spatial AS (
	SELECT b.oid FROM base b JOIN pg_type t ON t.oid = b.typ WHERE t.typname IN ('geometry', 'geography')
), relation AS (
	SELECT c.oid, n.nspname, n.oid AS schema, c.relname, c.relkind, c.relispartition, c.reltuples
	FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_'
		AND n.nspname NOT IN ('information_schema', 'parkmap', 'parkmap_tables')
		AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
			AND a.atttypid IN (SELECT oid FROM spatial))
)
SELECT coalesce(json_agg(json_build_object(
	'oid', r.oid::int8, 'schema', r.nspname, 'name', r.relname, 'kind', r.relkind::text, 'partition', r.relispartition,
	'rows', r.reltuples, 'comment', obj_description(r.oid, 'pg_class'), 'usage', has_schema_privilege(r.schema, 'USAGE'),
	'watched', EXISTS (SELECT FROM pg_trigger g JOIN pg_proc p ON p.oid = g.tgfoid
		JOIN pg_namespace pn ON pn.oid = p.pronamespace
		WHERE g.tgrelid = r.oid AND pn.nspname = 'parkmap_tables' AND g.tgenabled <> 'D'),
	'columns', (SELECT json_agg(json_build_object(
			'name', a.attname, 'number', a.attnum, 'not_null', a.attnotnull, 'type', t.typname, 'type_kind', t.typtype::text,
			'element', e.typname, 'element_kind', e.typtype::text,
			'srid', CASE WHEN t.typname IN ('geometry', 'geography') THEN postgis_typmod_srid(m.mod) END,
			'shape', CASE WHEN t.typname IN ('geometry', 'geography') THEN postgis_typmod_type(m.mod) END,
			'select', has_column_privilege(r.oid, a.attnum, 'SELECT'), 'comment', col_description(r.oid, a.attnum),
			'labels', (SELECT json_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid))
		ORDER BY a.attnum)
		FROM pg_attribute a JOIN base b ON b.oid = a.atttypid JOIN pg_type t ON t.oid = b.typ
		LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
		CROSS JOIN LATERAL (SELECT CASE WHEN a.atttypmod >= 0 THEN a.atttypmod ELSE b.typmod END) AS m(mod)
		WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped),
	'indexes', (SELECT json_agg(json_build_object(
			'name', i.relname, 'method', am.amname, 'primary', x.indisprimary, 'unique', x.indisunique,
			'partial', x.indpred IS NOT NULL, 'clustered', x.indisclustered, 'expressions', pg_get_expr(x.indexprs, x.indrelid),
			'columns', (string_to_array(x.indkey::text, ' ')::int[])[1:x.indnkeyatts])
		ORDER BY NOT x.indisprimary, i.relname)
		FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_am am ON am.oid = i.relam
		WHERE x.indrelid = r.oid AND x.indisvalid)
) ORDER BY r.nspname, r.relname), '[]')::text
FROM relation r WHERE $1::int = 0`

// relation is what the catalogue of the database says of a table or view.
type relation struct {
	OID       int64
	Schema    string
	Name      string
	Kind      string // r, p, v, m or f as in pg_class.relkind
	Partition bool
	Rows      float64 // estimated; -1 where nobody has counted
	Comment   string
	Usage     bool // whether the account may use the schema
	Watched   bool // whether its changes are recorded, see WatchSQL
	Columns   []column
	Indexes   []index
}

// column is one column of a relation.
type column struct {
	Name        string
	Number      int
	NotNull     bool   `json:"not_null"`
	Type        string // name of the type below all domains
	TypeKind    string `json:"type_kind"`    // b base, e enumeration, c composite, …
	Element     string `json:"element"`      // of arrays
	ElementKind string `json:"element_kind"` // of arrays
	SRID        int    // of a geometry; 0 where the column does not say
	Shape       string // of a geometry: Polygon, MultiPointZ, Geometry, …
	Select      bool   // whether the account may read it
	Comment     string
	Labels      []string // of an enumeration
}

// index is one valid index of a relation.
type index struct {
	Name        string
	Method      string
	Primary     bool
	Unique      bool
	Partial     bool
	Clustered   bool
	Expressions string
	Columns     []int // numbers of columns, 0 for an expression
}

func (c column) spatial() bool { return c.Type == typeGeometry || c.Type == typeGeography }

const (
	typeGeometry  = "geometry"
	typeGeography = "geography"
)

// readCatalog returns the relations and the text that they were read from, which is the same while they are.
func (t *Tables) readCatalog(ctx context.Context) (relations []relation, text string, err error) {
	if err := t.scans.QueryRowContext(ctx, catalogSQL, 0).Scan(&text); err != nil {
		return nil, "", fmt.Errorf("read the catalogue: %w", err)
	}
	if err := json.Unmarshal([]byte(text), &relations); err != nil {
		return nil, "", fmt.Errorf("read the catalogue: %w", err)
	}
	return relations, text, nil
}

// sampleSRID returns the reference systems of the first rows of a column that does not say which it has.
const sampleSRID = `SELECT DISTINCT ST_SRID(g::geometry)::text FROM (SELECT %[2]s AS g FROM %[1]s WHERE %[2]s IS NOT NULL LIMIT 1000) s WHERE $1::int = 0 ORDER BY 1`

func (t *Tables) readSRIDs(ctx context.Context, r relation, c column) ([]string, error) {
	rows, err := t.scans.QueryContext(ctx, fmt.Sprintf(sampleSRID, r.from(), quote(c.Name)), 0)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var srid string
		if err := rows.Scan(&srid); err != nil {
			return nil, err
		}
		list = append(list, srid)
	}
	return list, rows.Err()
}

// name returns the relation as SQL names it.
func (r relation) name() string { return quote(r.Schema) + "." + quote(r.Name) }

// from returns what queries read from.
func (r relation) from() string { return r.name() + " AS " + alias }
