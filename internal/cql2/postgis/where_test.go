package postgis_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/paulmach/orb"
	"golang.org/x/text/cases"

	"parkmap/internal/cql2"
	"parkmap/internal/cql2/memory"
	"parkmap/internal/cql2/postgis"
	"parkmap/internal/geo"
	"parkmap/internal/pgtest"
)

// TestUndefinedArithmetic: what has no finite result is unknown, and stops no query.
func TestUndefinedArithmetic(t *testing.T) {
	tab := awkwardTable(t, 40)
	for _, tt := range []struct{ name, text string }{
		{"division by zero", "1 / (size - size) = 1"},
		{"division by a literal zero", "rank / 0 = 1"},
		{"modulo zero", "rank % 0 = 0"},
		{"whole division by zero", "rank div 0 = 0"},
		{"product beyond", "1e300 * 1e300 > 0"},
		{"sum beyond", "1.7e308 + 1.7e308 > 0"},
		{"quotient beyond", "1e300 / 1e-300 > 0"},
		{"quotient below", "1e-300 / 1e300 < 1"},
		{"power beyond", "10 ^ 400 > 0"},
		{"root of a negative number", "(-8) ^ 0.5 > 0"},
		{"zero to a negative power", "0 ^ -1 > 0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if n := tab.check(t, tt.text); n != 0 {
				t.Errorf("%d rows", n)
			}
			if n := tab.check(t, "NOT ("+tt.text+")"); n != 0 {
				t.Errorf("%d rows when negated", n)
			}
		})
	}
	for _, text := range []string{
		"7 div 2 = 3", "-7 div 2 = -3", "-7 % 3 = -1", "7 % -3 = 1", "2 ^ 3 ^ 2 = 512", "(-2) ^ 3 = -8", "0 ^ 0 = 1", "2 + 3 * 4 - 6 / 2 = 11",
		"7.5 % 2 = 1.5", "1 - 2 - 3 = -4",
	} {
		if n := tab.check(t, text); n != len(tab.rows) {
			t.Errorf("%s: %d rows", text, n)
		}
	}
	tab.check(t, "size > 5") // NaN and infinity are ordered as PostgreSQL does
	tab.check(t, "size * 1 IS NULL")
}

// TestDeepest: what the parser just takes is small enough for PostgreSQL.
func TestDeepest(t *testing.T) {
	tab := awkwardTable(t, 5)
	tab.check(t, "size"+strings.Repeat(" + 1", cql2.MaxDepth-2)+" > 0")
	tab.check(t, strings.Repeat("NOT (", 31)+"open"+strings.Repeat(")", 31))
	tab.check(t, "rank IN ("+strings.Repeat("1, ", 1900)+"2)")
}

// TestNothingOfTheClientInSQL: whatever is asked for, the text holds the names of columns and parameters only.
func TestNothingOfTheClientInSQL(t *testing.T) {
	columns := postgis.Columns{
		"name": {SQL: postgis.Quote(`na"me`), Type: "text"}, "rank": {SQL: `"rank"`, Type: "integer"},
		"at": {SQL: `"at"`, Type: "timestamp with time zone"}, "geometry": {SQL: `"geom"`, Type: "geometry", SRID: 4326},
	}
	schema := cql2.Schema{"name": cql2.TypeText, "rank": cql2.TypeNumber, "at": cql2.TypeTimestamp, "geometry": cql2.TypeGeometry}
	for _, literal := range []string{"'; DROP TABLE t; --", `\'; SELECT pg_sleep(9) --`, "$1", `"`, "成都"} {
		quoted, err := json.Marshal(literal)
		if err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprintf(`{"op":"and","args":[{"op":"in","args":[{"op":"casei","args":[{"property":"name"}]},[%[1]s,%[1]s]]},{"op":"like","args":[{"property":"name"},%[1]s]},
			{"op":"=","args":[{"property":"rank"},4711]},{"op":">","args":[{"property":"at"},{"date":"2001-02-03"}]},{"op":"s_within","args":[{"property":"geometry"},{"bbox":[8,9,10,11]}]}]}`, quoted)
		e, err := cql2.ParseJSON([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		f, err := e.For(schema)
		if err != nil {
			t.Fatal(err)
		}
		sql, args, err := postgis.Where(f, columns, 5)
		if err != nil {
			t.Fatal(err)
		}
		if literal != "$1" && literal != `"` && strings.Contains(sql, literal) || strings.Contains(sql, "4711") || strings.Contains(sql, "2001") {
			t.Errorf("a literal stands in %s", sql)
		}
		if !strings.HasPrefix(sql, `(((upper(lower(replace("na""me", `) || len(args) != 6 || !strings.Contains(sql, "$5::text") || strings.Contains(sql, "$1:") {
			t.Errorf("%s %v", sql, args)
		}
	}
	e, err := cql2.Parse("ghost = 1")
	if err != nil {
		t.Fatal(err)
	}
	f, err := e.For(cql2.Schema{"ghost": cql2.TypeNumber})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := postgis.Where(f, columns, 1); err == nil {
		t.Error("a property without a column is written")
	}
}

// TestIndexes: conditions that compare a column with a literal are found by an index of it.
func TestIndexes(t *testing.T) {
	tab := awkwardTable(t, 60)
	tab.exec(t, `INSERT INTO t SELECT t.* FROM t, generate_series(1, 100)`)
	for _, c := range []string{"name", "rank", "size", "cost", "day", "at", "local"} {
		tab.exec(t, `CREATE INDEX ON t ("`+c+`")`)
	}
	tab.exec(t, `CREATE INDEX ON t USING gist (geometry)`)
	tab.exec(t, `CREATE INDEX ON t USING gin (tags)`)
	tab.exec(t, `ANALYZE t`)
	conn, err := tab.db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(t.Context(), "SET enable_seqscan = off"); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"name = '成都'", "name IN ('a', 'b')", "rank = 5", "rank > 5", "size < 0.5", "cost >= 12", "day = DATE('2020-02-29')", "at > TIMESTAMP('2020-01-01T00:00:00Z')",
		"local > DATE('2020-01-01')", "T_AFTER(at, DATE('2020-01-01'))", "T_INTERSECTS(day, INTERVAL('2020-01-01','..'))", "size > 2 + 3",
		"S_INTERSECTS(geometry, BBOX(0,0,1,1))", "S_WITHIN(geometry, BBOX(0,0,1,1))", "S_CONTAINS(geometry, POINT(1 1))", "A_CONTAINS(tags, ('a'))",
	} {
		f, err := tab.filter(text)
		if err != nil {
			t.Fatal(err)
		}
		where, args, err := postgis.Where(f, tab.sql, 1)
		if err != nil {
			t.Fatal(err)
		}
		var plan string
		if err := conn.QueryRowContext(t.Context(), "EXPLAIN (FORMAT JSON) SELECT row FROM t WHERE "+where, args...).Scan(&plan); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if !strings.Contains(plan, "Index") {
			t.Errorf("%s: no index serves %s", text, where)
		}
	}
}

// TestProjectedColumn: literals go to the reference system of the column.
func TestProjectedColumn(t *testing.T) {
	db := pgtest.Open(t)
	crs, err := geo.LookupCRS("EPSG:4544")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`CREATE TABLE t AS SELECT ST_Transform(ST_SetSRID(ST_MakePoint(104.0657, 30.6595), 4326), 4544) AS geom`); err != nil {
		t.Fatal(err)
	}
	columns := postgis.Columns{"geometry": {SQL: `"geom"`, Type: "geometry", SRID: 4544, Project: crs.Forward}}
	for text, want := range map[string]int{
		"S_WITHIN(geometry, BBOX(104.06569, 30.65949, 104.06571, 30.65951))": 1, "S_INTERSECTS(geometry, BBOX(104, 30, 104.06569, 31))": 0,
	} {
		e, err := cql2.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		f, err := e.For(cql2.Schema{"geometry": cql2.TypeGeometry})
		if err != nil {
			t.Fatal(err)
		}
		where, args, err := postgis.Where(f, columns, 1)
		if err != nil {
			t.Fatal(err)
		}
		var n int
		if err := db.QueryRow("SELECT count(*) FROM t WHERE "+where, args...).Scan(&n); err != nil || n != want {
			t.Errorf("%s: %d rows, %v", text, n, err)
		}
	}
	if p := crs.Forward(orb.Point{104.0657, 30.6595}); p[0] < 400_000 {
		t.Errorf("%v", p)
	}
}

// TestFoldingEqual: every letter loses its case and its accents alike in PostgreSQL and in memory, and cases are
// told apart as full case folding does. Letters that only one of the two knows yet are left out.
func TestFoldingEqual(t *testing.T) {
	var letters []string
	for r := rune(1); r <= unicode.MaxRune; r++ {
		if unicode.In(r, unicode.L, unicode.M, unicode.N) && utf8.ValidRune(r) && (r < 0x3400 || r > 0x9FFF) && (r < 0xAC00 || r > 0xD7A3) && r < 0x1F000 {
			letters = append(letters, string(r))
		}
	}
	db := pgtest.Open(t)
	where := foldingSQL(t)
	rows, err := db.Query("SELECT c, "+where[0]+", "+where[1]+" FROM unnest(string_to_array($1::text, ',')) AS c", strings.Join(letters, ","))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	byFold := map[string][]string{}
	differ := 0
	for rows.Next() {
		var c, upper, plain string
		if err := rows.Scan(&c, &upper, &plain); err != nil {
			t.Fatal(err)
		}
		if upper != memory.FoldCase(c) || plain != memory.FoldAccents(c) {
			differ++
			t.Logf("%q %+q: %+q %+q in PostgreSQL, %+q %+q in memory", c, c, upper, plain, memory.FoldCase(c), memory.FoldAccents(c))
		}
		byFold[memory.FoldCase(c)] = append(byFold[memory.FoldCase(c)], c)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if differ > 0 {
		t.Errorf("%d of %d letters differ", differ, len(letters))
	}
	fold := cases.Fold()
	for _, same := range byFold {
		if strings.ContainsFunc(same[0], func(r rune) bool { return unicode.Is(unicode.Cherokee, r) }) {
			continue // cases.Fold leaves them as they are, against CaseFolding.txt
		}
		if slices.ContainsFunc(same, func(c string) bool { return fold.String(c) != fold.String(same[0]) }) {
			t.Errorf("%+q are one letter here, and not by full case folding", same)
		}
	}
	for _, pair := range [][2]string{{"Straße", "STRASSE"}, {"ΟΔΟΣ", "οδος"}, {"ﬁ", "FI"}, {"K", "k"}} {
		if memory.FoldCase(pair[0]) != memory.FoldCase(pair[1]) {
			t.Errorf("%q", pair)
		}
	}
}

// foldingSQL returns how CASEI and ACCENTI of column c are written.
func foldingSQL(t testing.TB) [2]string {
	t.Helper()
	var out [2]string
	for i, name := range []string{"CASEI", "ACCENTI"} {
		e, err := cql2.Parse(name + "(c) IS NULL")
		if err != nil {
			t.Fatal(err)
		}
		f, err := e.For(cql2.Schema{"c": cql2.TypeText})
		if err != nil {
			t.Fatal(err)
		}
		sql, _, err := postgis.Where(f, postgis.Columns{"c": {SQL: "c", Type: "text"}}, 1)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = strings.TrimSuffix(strings.TrimPrefix(sql, "("), " IS NULL)")
	}
	return out
}
