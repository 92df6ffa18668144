package table

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"parkmap/internal/layout"
	"parkmap/internal/pgconn"
)

// Finding is what Examine says of one relation with a geometry.
type Finding struct {
	Table      string              // schema.table
	Collection layout.CollectionID // "" where it is not published
	Refused    string              // why it is not published, one sentence
	Advice     []Advice            // what would make it better, the most useful first
}

// Advice is one thing that an operator can do for a table.
type Advice struct {
	Why string
	SQL string // the statements to run; "" where there are none to give
}

// Examine looks at all relations with a geometry that the database has. Errors are *store.OpenError where it cannot
// be reached.
func Examine(ctx context.Context, dsn string, o Options) ([]Finding, error) {
	t, err := connect(dsn, o)
	if err != nil {
		return nil, err
	}
	defer t.closePools() //nolint:errcheck // nothing was written
	if err := t.look(ctx); err != nil {
		return nil, pgconn.OpenError(ctx, t.target, err)
	}
	s := t.state.Load()
	var findings []Finding
	for name, reason := range s.refused {
		findings = append(findings, Finding{Table: name, Refused: reason})
	}
	for _, made := range s.tables {
		f := made.examine()
		if a := t.adviseLarge(ctx, made); a != nil {
			f.Advice = append(f.Advice, *a)
		}
		findings = append(findings, f)
	}
	slices.SortFunc(findings, func(a, b Finding) int { return strings.Compare(a.Table, b.Table) })
	return findings, nil
}

func (t *table) examine() Finding {
	f := Finding{Table: t.Schema + "." + t.Name, Collection: t.id}
	for _, advise := range []func() *Advice{t.adviseIndex, t.adviseKey, t.adviseAnalyze, t.adviseSystem, t.adviseOrder, t.adviseView, t.adviseWatch, t.adviseWidth} {
		if a := advise(); a != nil {
			f.Advice = append(f.Advice, *a)
		}
	}
	return f
}

// stored tells whether the relation has rows of its own, so that it can have indexes.
func (t *table) stored() bool { return strings.Contains("rpm", t.Kind) }

func (t *table) adviseIndex() *Advice {
	if !t.stored() || t.spatialIndex() != "" {
		return nil
	}
	column := quote(t.geometry.Name)
	if t.geometry.Type == typeGeography {
		column = "(" + column + "::geometry)"
	}
	return &Advice{"without a spatial index every box and every tile reads the whole table",
		"CREATE INDEX ON " + t.name() + " USING gist (" + column + ");"}
}

// spatialIndex names the index that boxes use; "" is none.
func (t *table) spatialIndex() string {
	for _, x := range t.Indexes {
		if x.Partial || !slices.Contains([]string{"gist", "spgist", "brin"}, x.Method) {
			continue
		}
		column := slices.Contains(x.Columns, t.geometry.Number) && t.geometry.Type == typeGeometry
		expression := t.geometry.Type == typeGeography && strings.Contains(x.Expressions, "::geometry")
		if column || expression {
			return x.Name
		}
	}
	return ""
}

func (t *table) adviseKey() *Advice {
	switch {
	case len(t.key) > 0 && (t.Kind == "v" || t.Kind == "f"):
		return &Advice{Why: "rows are named by the column " + t.fields[t.key[0]].Name + ", because it is called so; it must be unique and never NULL"}
	case len(t.key) > 0:
		return nil
	case t.Kind == "m":
		return &Advice{"without a unique index its rows have no ids, and pages are found by counting",
			"CREATE UNIQUE INDEX ON " + t.name() + " (…);"}
	case t.Kind == "r" || t.Kind == "p":
		return &Advice{"without a primary key its rows have no ids and cannot be asked for one by one",
			"ALTER TABLE " + t.name() + " ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;"}
	}
	return &Advice{Why: "none of its columns is called " + strings.Join(keyNames(), ", ") + ": its rows have no ids, and pages are found by counting"}
}

func (t *table) adviseAnalyze() *Advice {
	if !t.stored() || t.Rows >= 0 {
		return nil
	}
	return &Advice{"the planner knows nothing of it yet", "ANALYZE " + t.name() + ";"}
}

func (t *table) adviseSystem() *Advice {
	if !t.foreign || t.Kind != "r" {
		return nil
	}
	return &Advice{fmt.Sprintf("PostGIS converts each row from EPSG:%d; parkmap converts 3857, 4326, 4490 and the grids of CGCS2000 itself, which is faster", t.srid),
		fmt.Sprintf("ALTER TABLE %[1]s ALTER COLUMN %[2]s TYPE geometry(%[3]s, 3857) USING ST_Transform(%[2]s, 3857);", t.name(), quote(t.geometry.Name), t.geometry.Shape)}
}

// manyRows is from how many rows on their order on the disk can be felt.
const manyRows = 50_000

func (t *table) adviseOrder() *Advice {
	name := t.spatialIndex()
	clustered := slices.ContainsFunc(t.Indexes, func(x index) bool { return x.Clustered && x.Name == name })
	if t.Kind != "r" && t.Kind != "m" || name == "" || t.Rows < manyRows || clustered || t.geometry.Type == typeGeography {
		return nil
	}
	return &Advice{"rows in spatial order are read two to four times faster; nobody can use the table meanwhile",
		"CLUSTER " + t.name() + " USING " + quote(name) + "; ANALYZE " + t.name() + ";"}
}

func (t *table) adviseView() *Advice {
	if t.Kind != "v" {
		return nil
	}
	return &Advice{"a view is computed for each request; where it joins or converts, a materialised one can have indexes",
		"CREATE MATERIALIZED VIEW … AS SELECT * FROM " + t.name() + ";"}
}

func (t *table) adviseWatch() *Advice {
	if t.Watched || t.Kind != "r" && t.Kind != "p" {
		return nil
	}
	return &Advice{Why: "nobody records its changes, so what was made of it is kept for a fixed time: run parkmap tables watch '" +
		patternOf(t.Schema, t.Name) + "' (with --print it shows what it does)"}
}

// adviseLarge counts the geometries that features come without; a table that takes too long to read is left alone.
func (t *Tables) adviseLarge(ctx context.Context, made *table) *Advice {
	var n int
	err := t.scans.QueryRowContext(ctx, "SELECT count(*) FROM "+made.from()+" WHERE $1::int = 0 AND "+made.large(), 0).Scan(&n)
	if err != nil || n == 0 {
		return nil
	}
	return &Advice{Why: fmt.Sprintf("%d of its geometries are larger than %d MB: features come without them, and tiles cut them each time; ST_Subdivide makes pieces of them", n, maxGeometry/1_000_000)}
}

func (t *table) adviseWidth() *Advice {
	scalars := 0
	for _, f := range t.fields {
		if f.kind.ordered {
			scalars++
		}
	}
	if scalars <= maxTileFields {
		return nil
	}
	return &Advice{Why: fmt.Sprintf("tiles carry its first %d columns of %d; a view with the ones that maps need makes them smaller", maxTileFields, scalars)}
}

// Watch has the database record the changes of the tables that the patterns of o name, and tells run before each
// what is done, WatchSQL in one transaction. With dry nothing is done.
func Watch(ctx context.Context, dsn string, o Options, dry bool, run func(name, statements string)) error {
	t, err := connect(dsn, o)
	if err != nil {
		return err
	}
	defer t.closePools() //nolint:errcheck // each transaction ended
	if err := t.look(ctx); err != nil {
		return pgconn.OpenError(ctx, t.target, err)
	}
	s := t.state.Load()
	for _, id := range s.ids {
		made := s.tables[id]
		if made.Kind != "r" && made.Kind != "p" {
			continue
		}
		statements := WatchSQL(made.Schema, made.Name)
		run(made.Schema+"."+made.Name, statements)
		if dry {
			continue
		}
		if _, err := t.scans.ExecContext(ctx, statements); err != nil {
			return fmt.Errorf("%s.%s: %w", made.Schema, made.Name, err)
		}
	}
	return nil
}
