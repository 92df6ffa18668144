package cql2_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/cql2"
	"parkmap/internal/cql2/cql2test"
	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

func asJSON(t testing.TB, e *cql2.Expression) string {
	t.Helper()
	data, err := e.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// detail returns what is said of the one violation of an error of kind invalid.
func detail(t testing.TB, err error) string {
	t.Helper()
	var known *layout.Error
	if !errors.As(err, &known) || known.Kind != layout.KindInvalid || len(known.Violations) != 1 || known.Violations[0].Path != "filter" {
		t.Fatalf("%v is no error of a filter", err)
	}
	return known.Violations[0].Detail
}

// TestStandardExamples: text and JSON of each example of the standard are the same tree, which survives being
// written and read again in both encodings.
func TestStandardExamples(t *testing.T) {
	examples := cql2test.Examples()
	if len(examples) < 80 {
		t.Fatalf("%d examples", len(examples))
	}
	for _, x := range examples {
		t.Run(x.Name, func(t *testing.T) {
			e, err := cql2.Parse(x.Text)
			if err != nil {
				t.Fatal(err)
			}
			roundTrip(t, e)
			if x.JSON == "" {
				return
			}
			j, err := cql2.ParseJSON([]byte(x.JSON))
			if err != nil {
				t.Fatal(err)
			}
			if got, want := asJSON(t, j), asJSON(t, e); got != want {
				t.Errorf("JSON is read as\n%s\nand text as\n%s", got, want)
			}
		})
	}
}

func roundTrip(t testing.TB, e *cql2.Expression) {
	t.Helper()
	first := asJSON(t, e)
	j, err := cql2.ParseJSON([]byte(first))
	if err != nil {
		t.Fatalf("%s: %v", first, err)
	}
	if second := asJSON(t, j); second != first {
		t.Fatalf("%s becomes %s", first, second)
	}
	text, err := e.MarshalText()
	if err != nil {
		return // a backslash that text cannot hold
	}
	again, err := cql2.Parse(string(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if second := asJSON(t, again); second != first {
		t.Fatalf("%s becomes %s by way of %s", first, second, text)
	}
}

// TestGeneratedRoundTrip: what is written is read as the same tree.
func TestGeneratedRoundTrip(t *testing.T) {
	g := generator(7)
	for range 3000 {
		text := g.Condition(4)
		e, err := cql2.Parse(text)
		if err != nil {
			if strings.Contains(err.Error(), "the interval ends before it starts") {
				continue
			}
			t.Fatalf("%s: %v", text, err)
		}
		roundTrip(t, e)
	}
}

var schema = cql2.Schema{
	"name": cql2.TypeText, "名称": cql2.TypeText, "rank": cql2.TypeNumber, "open": cql2.TypeBool, "day": cql2.TypeDate,
	"at": cql2.TypeTimestamp, "tags": cql2.TypeTexts, "codes": cql2.TypeNumbers, "geometry": cql2.TypeGeometry,
}

func generator(seed uint64) *cql2test.Generator {
	g := &cql2test.Generator{
		Rand:  rand.New(rand.NewPCG(seed, 1)),
		Names: map[cql2.Type][]string{},
		Values: map[cql2.Type][]string{
			cql2.TypeText: {"'a'", "'it''s'", "'成都'", `'\%'`}, cql2.TypeNumber: {"0", "-1.5", "1e21", ".5"},
			cql2.TypeDate: {"DATE('2020-02-29')"}, cql2.TypeTimestamp: {"TIMESTAMP('2020-02-29T23:59:59.5Z')"},
			cql2.TypeGeometry: {"POINT(1 2)", "BBOX(1,2,3,4)", "GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(0 0, 1 1))"},
		},
	}
	for _, name := range []string{"name", "名称", "rank", "open", "day", "at", "tags", "codes", "geometry"} {
		g.Names[schema[name]] = append(g.Names[schema[name]], name)
	}
	return g
}

func TestBadText(t *testing.T) {
	deep := func(open, inner, end string, n int) string {
		return strings.Repeat(open, n) + inner + strings.Repeat(end, n)
	}
	for _, tt := range []struct{ name, text, want string }{
		{"parentheses of depth 10,000", deep("(", "TRUE", ")", 10_000), "character 65: the operators stand more than 64 deep"},
		{"NOT of depth 10,000", strings.Repeat("NOT ", 10_000) + "TRUE", "more than 64 deep"},
		{"powers of depth 10,000", strings.Repeat("1^", 10_000) + "1 = 1", "more than 64 deep"},
		{"sums of depth 10,000", strings.Repeat("1+", 10_000) + "1 = 1", "more than 64 deep"},
		{"functions of depth 5,000", deep("CASEI(", "'a'", ")", 5000), "more than 64 deep"},
		{"1 MB", "name = '" + strings.Repeat("a", 1<<20) + "'", "longer than 65536 bytes"},
		{"a long text", "name = '" + strings.Repeat("长", 2001) + "'", "character 8: a text or name is longer than 2000"},
		{"many nodes", strings.Repeat("open AND ", 3000) + "open", "more than 2000 operators, properties and literals"},
		{"many vertices", "S_INTERSECTS(geometry, LINESTRING(" + strings.Repeat("1 2,", 5001) + "1 2))", "more than 5000 positions"},
		{"nothing", "", "character 1: a property, a value or a function is missing; there is the end"},
		{"blanks", " \t\n", "there is the end"},
		{"half", "name =", "character 7: a property, a value or a function is missing"},
		{"a statement behind", "name = 'a'; DROP TABLE areas", `character 11: ';' has no meaning here`},
		{"an open quote", "name = 'a", "character 8: the quote that opens here is not closed"},
		{"an open name", `"name = 'a'`, "character 1: the quote"},
		{"no such function", "pg_sleep(10) = 1", `character 1: there is no function "pg_sleep"`},
		{"two comparisons", "1 < rank < 3", `"<" is not expected`},
		{"not equal of C", "rank != 3", "write <> for not equal"},
		{"IS without NULL", "name IS TRUE", `"NULL" is missing`},
		{"NOT without LIKE", "name NOT 'a'", "LIKE, BETWEEN or IN is missing behind NOT"},
		{"a list compared", "tags = ('a', 'b')", "character 8: a list can stand behind IN and in functions on lists only"},
		{"a sum as a list", "A_CONTAINS(a ^ b + c, ('a'))", "character 12: a function on lists takes lists and properties"},
		{"a list in a list", "A_EQUALS(tags, ('a', ('b', 'c')))", "not in another list"},
		{"an empty IN", "name IN ()", "the list behind IN is empty"},
		{"a minus before a name", "rank = -rank", "a sign stands before numbers only"},
		{"a number beyond", "rank = 1e999", "the number is too large"},
		{"no such day", "day = DATE('2021-02-29')", `"2021-02-29" is no date`},
		{"year nought", "day = DATE('0000-01-01')", "the year must be within"},
		{"no such moment", "at = TIMESTAMP('2021-02-28')", "is no timestamp"},
		{"an interval backwards", "T_DURING(INTERVAL('2021-01-02','2021-01-01'), INTERVAL(day, at))", "the interval ends before it starts"},
		{"too few arguments", "S_INTERSECTS(geometry)", "S_INTERSECTS takes 2 arguments and has 1"},
		{"too many arguments", "CASEI(name, name) = 'a'", "CASEI takes 1 arguments and has 2"},
		{"an empty geometry", "S_INTERSECTS(geometry, POINT EMPTY)", "none is empty"},
		{"a measured geometry", "S_INTERSECTS(geometry, POINT M (1 2 3))", "positions of two or three numbers"},
		{"four ordinates", "S_INTERSECTS(geometry, POINT(1 2 3 4))", `")" is missing`},
		{"a collection in a collection", "S_INTERSECTS(geometry, GEOMETRYCOLLECTION(GEOMETRYCOLLECTION(POINT(1 2))))", "a geometry that is no collection"},
		{"a box of three", "S_INTERSECTS(geometry, BBOX(1,2,3))", "a box is 4 or 6 numbers and not 3"},
		{"a box upside down", "S_INTERSECTS(geometry, BBOX(1,2,3,1))", "ends before it starts"},
		{"a zero byte", "name = 'a\x00'", "a character that is none"},
		{"no UTF-8", "name = 'a\xff'", "a character that is none"},
		{"after Chinese", "名称 = '成都' §", "character 11: '§' has no meaning here"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := cql2.Parse(tt.text)
			if got := detail(t, err); !strings.Contains(got, tt.want) {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestBadJSON(t *testing.T) {
	deep := strings.Repeat(`{"op":"not","args":[`, 10_000) + "true" + strings.Repeat("]}", 10_000)
	for _, tt := range []struct{ name, text, want string }{
		{"depth 10,000", deep, "longer than 65536"},
		{"depth 2,000", deep[:len(`{"op":"not","args":[`)*2000], "more than 64 deep"},
		{"lists of depth 10,000", strings.Repeat("[", 10_000), "more than 64 deep"},
		{"1 MB", `"` + strings.Repeat("a", 1<<20) + `"`, "longer than 65536 bytes"},
		{"many nodes", `{"op":"and","args":[` + strings.Repeat("true,", 3000) + "true]}", "more than 2000"},
		{"many vertices", `{"op":"s_intersects","args":[{"property":"geometry"},{"type":"MultiPoint","coordinates":[` + strings.Repeat("[1,2],", 5001) + "[1,2]]}]}", "more than 5000 positions"},
		{"many members", `{` + strings.Repeat(`"a":1,"b":1,`, 3000) + `"c":1}`, `the member "a" is there twice`},
		{"nothing", "", "this is no JSON"},
		{"no JSON", "name = 'a'", "this is no JSON"},
		{"an open object", `{"op":"not","args":[true]`, "has no end"},
		{"two values", `true false`, "character 6: something follows"},
		{"a list in a list", `{"op":"a_equals","args":[{"property":"tags"},[["a"]]]}`, "not in another list"},
		{"a text as a list", `{"op":"a_equals","args":[{"property":"tags"},"a"]}`, "takes lists and properties"},
		{"a list alone", `[true]`, "a list can stand behind IN"},
		{"null", `{"op":"=","args":[{"property":"name"},null]}`, "null has no place"},
		{"no operator", `{"op":"drop","args":[]}`, `there is no operator or function "drop"`},
		{"a function of the draft", `{"function":{"name":"avg"}}`, "an object has one of the members"},
		{"no args", `{"op":"not"}`, "has no list args"},
		{"too few args", `{"op":"and","args":[true]}`, "wrong number of arguments: 1"},
		{"a member too many", `{"op":"not","args":[true],"x":1}`, `the member "x" does not belong here`},
		{"IN without list", `{"op":"in","args":[{"property":"name"},"a"]}`, "must be a list"},
		{"a box of texts", `{"op":"s_intersects","args":[{"property":"geometry"},{"bbox":["a",2,3,4]}]}`, "there is no number"},
		{"a number beyond", `{"op":"=","args":[1,1e999]}`, "too large"},
		{"an empty line", `{"op":"s_intersects","args":[{"property":"geometry"},{"type":"LineString","coordinates":[]}]}`, "a list that is not empty"},
		{"no such geometry", `{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Circle","coordinates":[1,2]}]}`, `"Circle" is no type`},
		{"four ordinates", `{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Point","coordinates":[1,2,3,4]}]}`, "two or three numbers"},
		{"no UTF-8", "\"\xff\"", "no UTF-8"},
		{"a zero byte", `{"op":"=","args":[{"property":"name"},"\u0000"]}`, "a character that is none"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := cql2.ParseJSON([]byte(tt.text))
			if got := detail(t, err); !strings.Contains(got, tt.want) {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// TestSchema: what an expression names must be there and of the type that stands beside it.
func TestSchema(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"unknown property", "名 = 'a'", "character 1: there is no property \"名\" to filter by; there are: at, codes, day, geometry, name, open, rank, tags, 名称"},
		{"quoted identifier with SQL", `"name"" OR 1=1 --" = 'a'`, "there is no property"},
		{"text as number", "rank = '1'", "character 8: a text stands where a number is needed"},
		{"number as text", "名称 = 1", "character 6: a number stands where a text is needed"},
		{"text as moment", "at > '2020-01-01'", "a text stands where a date or a timestamp is needed"},
		{"number as condition", "rank", "a number stands where a condition or truth value is needed"},
		{"text in logic", "open AND 'a'", "a text stands where a condition"},
		{"text calculated with", "name + 1 = 2", "a text stands where a number is needed"},
		{"CASEI of a number", "CASEI(rank) = 'a'", "a number stands where a text is needed"},
		{"LIKE a property", "name LIKE name", "the pattern of LIKE must be a text"},
		{"LIKE of a number", "rank LIKE '1%'", "a number stands where a text is needed"},
		{"LIKE with half an escape", `name LIKE 'a\\\'`, "is not closed"},
		{"BETWEEN conditions", "open BETWEEN TRUE AND FALSE", "stands where a number or a text or a date or a timestamp"},
		{"IN of two types", "rank IN (1, 'a')", "a text stands where a number is needed"},
		{"geometry compared", "geometry = POINT(1 2)", "a geometry stands where"},
		{"spatial of a text", "S_WITHIN(name, POINT(1 2))", "a text stands where a geometry is needed"},
		{"instants during", "T_DURING(at, INTERVAL('2020-01-01','..'))", "a timestamp stands where an interval is needed"},
		{"interval of numbers", "T_AFTER(at, INTERVAL(rank, '..'))", "a number stands where a date or a timestamp is needed"},
		{"interval compared", "at = INTERVAL('2020-01-01','..')", "an interval stands where"},
		{"interval that is NULL", "INTERVAL(at,'..') IS NULL", "an interval is never NULL"},
		{"list of two types", "A_CONTAINS(tags, ('a', 1))", "a number stands in a list that begins with a text"},
		{"list of conditions", "A_CONTAINS(tags, (TRUE, FALSE))", "stands where a text or a number is needed"},
		{"list of the other type", "A_CONTAINS(tags, (1, 2))", "a list of numbers is compared with a list of texts"},
		{"text as list", "A_CONTAINS(name, ('a'))", "a text stands where a list is needed"},
		{"list as text", "tags = 'a'", "a list of texts stands where"},
		{"bow tie", "S_INTERSECTS(geometry, POLYGON((0 0,1 1,1 0,0 1,0 0)))", "the geometry is not valid"},
		{"open ring", "S_INTERSECTS(geometry, POLYGON((0 0,1 1,1 0)))", "the geometry is not valid"},
		{"beyond the world", "S_INTERSECTS(geometry, POINT(200 1))", "the geometry is not valid"},
		{"box beyond the world", "S_INTERSECTS(geometry, BBOX(-200,1,0,2))", "the box leaves longitude"},
		{"collection within", "S_WITHIN(geometry, GEOMETRYCOLLECTION(POINT(1 2)))", "with S_INTERSECTS and S_DISJOINT only"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e, err := cql2.Parse(tt.text)
			if err == nil {
				_, err = e.For(schema)
			}
			if got := detail(t, err); !strings.Contains(got, tt.want) {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
	half, err := cql2.ParseJSON([]byte(`{"op":"like","args":[{"property":"name"},"a\\"]}`))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := half.For(schema); !strings.Contains(detail(t, err), "escapes nothing") {
		t.Errorf("%v", err)
	}
	if _, err := half.MarshalText(); err == nil {
		t.Error("a text that ends with a backslash is written as CQL2 text")
	}
}

func TestSchemaOf(t *testing.T) {
	s := cql2.SchemaOf(layout.SchemaOf(layout.Areas), true)
	want := map[string]cql2.Type{
		"id": cql2.TypeText, "area_km2": cql2.TypeNumber, "changed_at": cql2.TypeTimestamp,
		"specialisations": cql2.TypeTexts, "geometry": cql2.TypeGeometry,
	}
	for name, want := range want {
		if got := s[name]; got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

// TestTransform: positions in a reference system become longitude and latitude, boxes polygons.
func TestTransform(t *testing.T) {
	crs, err := geo.LookupCRS("EPSG:4544")
	if err != nil {
		t.Fatal(err)
	}
	e, err := cql2.Parse("S_INTERSECTS(geometry, POINT(3393596.5914 410452.9734)) AND S_WITHIN(geometry, BBOX(3393000, 410000, 3394000, 411000))")
	if err != nil {
		t.Fatal(err)
	}
	out := e.Transform(func(p orb.Point) orb.Point { return crs.Inverse(geo.SwapAxes(p)) })
	point := out.Root().Args[0].Args[1].Geometry.(orb.Point)
	if geo.DistanceM(point, orb.Point{104.0657, 30.6595}) > 0.001 {
		t.Errorf("%v", point)
	}
	if _, err := out.For(schema); err != nil {
		t.Error(err)
	}
	if _, err := e.For(schema); err == nil {
		t.Error("metres pass as degrees")
	}
}
