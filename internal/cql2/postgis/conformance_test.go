package postgis_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"parkmap/internal/cql2"
	"parkmap/internal/ogc"
)

// predicate is an expression with the rows for which it is true.
type predicate struct {
	text string
	want []int
}

// classes are predicates for each requirement of the conformance classes of CQL2 (OGC 21-065r2) that the service
// claims, by the names of the classes. They are asked of conformanceRows.
func classes() map[string][]predicate {
	return map[string][]predicate{
		"basic-cql2": {
			{"name = 'Chengdu'", []int{0}}, {"name <> 'Chengdu'", []int{1, 2}}, {"n < 2", []int{0}}, {"n <= 2", []int{0, 1}}, {"n > 2", []int{2}}, {"n >= 2", []int{1, 2}},
			{"yes", []int{0, 2}}, {"NOT yes", []int{1}}, {"yes = FALSE", []int{1}}, {"name IS NULL", []int{3}}, {"name IS NOT NULL", []int{0, 1, 2}},
			{"n = 1 OR n = 2 AND NOT yes", []int{0, 1}}, {"(n = 1 OR n = 2) AND NOT yes", []int{1}}, {"TRUE", []int{0, 1, 2, 3}}, {"FALSE", nil},
			{"at > TIMESTAMP('2021-01-01T00:00:00Z')", []int{1, 2}}, {"day <= DATE('2021-06-01')", []int{0, 1}}, {"day = DATE('2022-01-01')", []int{2}},
		},
		"advanced-comparison-operators": {
			{"name LIKE 'Ch%'", []int{0}}, {"name LIKE '_hengdu'", []int{0, 1}}, {"name NOT LIKE 'Ch%'", []int{1, 2}}, {"n BETWEEN 2 AND 3", []int{1, 2}},
			{"n NOT BETWEEN 2 AND 3", []int{0}}, {"n IN (1, 3)", []int{0, 2}}, {"name NOT IN ('Chengdu')", []int{1, 2}},
		},
		"case-insensitive-comparison": {
			{"CASEI(name) = CASEI('CHENGDU')", []int{0, 1}}, {"CASEI(name) LIKE CASEI('CHENG%')", []int{0, 1}}, {"CASEI(name) IN (CASEI('éTÉ'))", []int{2}},
		},
		"accent-insensitive-comparison": {
			{"ACCENTI(name) = ACCENTI('Ete')", []int{2}}, {"ACCENTI(CASEI(name)) LIKE ACCENTI(CASEI('ET%'))", []int{2}},
		},
		"basic-spatial-functions": {
			{"S_INTERSECTS(geometry, POINT(0.5 0.5))", []int{1}}, {"S_INTERSECTS(geometry, BBOX(1.5,-1,3,1))", []int{2}}, {"S_INTERSECTS(POINT(0 0), geometry)", []int{0, 1, 2}},
		},
		"basic-spatial-functions-plus": {
			{"S_INTERSECTS(geometry, LINESTRING(0.5 0.5,3 3))", []int{1}}, {"S_INTERSECTS(geometry, POLYGON((1.5 -1,3 -1,3 1,1.5 1,1.5 -1)))", []int{2}},
			{"S_INTERSECTS(geometry, MULTIPOINT((1.5 0),(9 9)))", []int{2}}, {"S_INTERSECTS(geometry, MULTILINESTRING((8 8,9 9),(0.5 0.5,0.6 0.6)))", []int{1}},
			{"S_INTERSECTS(geometry, MULTIPOLYGON(((1.5 -1,3 -1,3 1,1.5 1,1.5 -1))))", []int{2}}, {"S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(9 9),LINESTRING(0.5 0.5,0.6 0.6)))", []int{1}},
		},
		"spatial-functions": {
			{"S_DISJOINT(geometry, POINT(0.5 0.5))", []int{0, 2}}, {"S_TOUCHES(geometry, POINT(1 1))", []int{1}}, {"S_CROSSES(geometry, LINESTRING(1.5 -1,1.5 1))", []int{2}},
			{"S_WITHIN(geometry, BBOX(-1,-1,1,1))", []int{0, 1}}, {"S_CONTAINS(geometry, POINT(0.5 0.5))", []int{1}},
			{"S_OVERLAPS(geometry, BBOX(0,0,5,5))", []int{1}}, {"S_EQUALS(geometry, POINT(0 0))", []int{0}},
		},
		"temporal-functions": {
			{"T_AFTER(at, TIMESTAMP('2021-01-01T00:00:00Z'))", []int{1, 2}}, {"T_BEFORE(day, DATE('2021-01-01'))", []int{0}}, {"T_EQUALS(day, DATE('2021-06-01'))", []int{1}},
			{"T_DISJOINT(at, INTERVAL('2021-01-01','2021-12-31'))", []int{0, 2}}, {"T_INTERSECTS(at, INTERVAL('2021-01-01','..'))", []int{1, 2}}, {"T_DURING(INTERVAL(a,z), INTERVAL('2019-12-31','2021-01-01'))", []int{0}},
			{"T_CONTAINS(INTERVAL(a,z), INTERVAL('2021-07-01','2021-07-02'))", []int{1}}, {"T_FINISHEDBY(INTERVAL(a,z), INTERVAL('2020-02-01','2020-03-01'))", []int{0}},
			{"T_FINISHES(INTERVAL(a,z), INTERVAL('2019-01-01','2020-03-01'))", []int{0}}, {"T_MEETS(INTERVAL(a,z), INTERVAL('2020-03-01','2020-04-01'))", []int{0}},
			{"T_METBY(INTERVAL(a,z), INTERVAL('2019-01-01','2020-01-01'))", []int{0}}, {"T_OVERLAPS(INTERVAL(a,z), INTERVAL('2020-02-01','2020-04-01'))", []int{0}},
			{"T_OVERLAPPEDBY(INTERVAL(a,z), INTERVAL('2019-01-01','2020-02-01'))", []int{0}}, {"T_STARTEDBY(INTERVAL(a,z), INTERVAL('2020-01-01','2020-02-01'))", []int{0}},
			{"T_STARTS(INTERVAL(a,z), INTERVAL('2020-01-01','2020-04-01'))", []int{0}},
		},
		"property-property": {{"n = m", []int{0}}, {"n > m", []int{1}}, {"m BETWEEN n AND 9", []int{0, 2}}, {"name = other", []int{1}}, {"1 = n", []int{0}}, {"day = a", []int{0, 1}}},
		"arithmetic": {
			{"n + 1 = 2", []int{0}}, {"n - 1 = m", []int{1}}, {"n * 2 = m", []int{2}}, {"n / 2 = 1", []int{1}}, {"n % 2 = 1", []int{0, 2}}, {"n ^ 2 = 9", []int{2}},
			{"n div 2 = 1", []int{1, 2}}, {"2 + n * 3 = 8", []int{1}}, {"(2 + n) * 3 = 9", []int{0}}, {"n BETWEEN 1 + 1 AND 2 * 2", []int{1, 2}},
		},
	}
}

// conformanceRows are three rows, and one of NULL.
func conformanceRows(t testing.TB) *table {
	columns := []column{
		{"name", "text", cql2.TypeText}, {"other", "text", cql2.TypeText}, {"n", "integer", cql2.TypeNumber}, {"m", "double precision", cql2.TypeNumber}, {"yes", "boolean", cql2.TypeBool},
		{"day", "date", cql2.TypeDate}, {"at", "timestamp with time zone", cql2.TypeTimestamp}, {"a", "date", cql2.TypeDate}, {"z", "date", cql2.TypeDate}, {"geometry", "geometry(Geometry,4326)", cql2.TypeGeometry},
	}
	return newTable(t, columns, []row{
		{text("Chengdu"), text("x"), num(1), num(1), truth(true), moment("2020-01-01"), moment("2020-01-01T00:00:00"), moment("2020-01-01"), moment("2020-03-01"), shape("POINT(0 0)")},
		{text("chengdu"), text("chengdu"), num(2), num(1), truth(false), moment("2021-06-01"), moment("2021-06-01T12:00:00"), moment("2021-06-01"), moment("2021-12-01"), shape("POLYGON((-1 -1,1 -1,1 1,-1 1,-1 -1))")},
		{text("Été"), text("y"), num(3), num(6), truth(true), moment("2022-01-01"), moment("2022-01-01T00:00:00"), moment("2022-06-01"), moment("2022-07-01"), shape("LINESTRING(-2 0,2 0)")},
		slices.Repeat(row{null}, len(columns)),
	})
}

// TestConformance asks the predicates of each class in text and JSON, of PostGIS and of the memory; the classes are those
// that the service claims.
func TestConformance(t *testing.T) {
	const prefix = "http://www.opengis.net/spec/cql2/1.0/conf/"
	claimed := map[string]bool{}
	for _, uri := range ogc.NewConformance(false).ConformsTo {
		if name, ok := strings.CutPrefix(uri, prefix); ok && name != "cql2-text" && name != "cql2-json" {
			claimed[name] = true
		}
	}
	tested := classes()
	if got, want := slices.Sorted(maps.Keys(claimed)), slices.Sorted(maps.Keys(tested)); !slices.Equal(got, want) {
		t.Errorf("claimed are %v, tested %v", got, want)
	}
	tab := conformanceRows(t)
	for name, list := range tested {
		for _, p := range list {
			t.Run(name+"/"+p.text, func(t *testing.T) {
				fromText, err := cql2.Parse(p.text)
				if err != nil {
					t.Fatal(err)
				}
				written, err := fromText.MarshalJSON()
				if err != nil {
					t.Fatal(err)
				}
				fromJSON, err := cql2.ParseJSON(written)
				if err != nil {
					t.Fatalf("%s: %v", written, err)
				}
				for _, e := range []*cql2.Expression{fromText, fromJSON} {
					f, err := e.For(tab.schema)
					if err != nil {
						t.Fatal(err)
					}
					if db, memory := tab.inDatabase(t, f), tab.inMemory(f); !slices.Equal(db, p.want) || !slices.Equal(memory, p.want) {
						t.Errorf("PostGIS %v, memory %v, want %v", db, memory, p.want)
					}
				}
			})
		}
	}
}
