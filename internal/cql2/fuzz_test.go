package cql2_test

import (
	"testing"

	"parkmap/internal/cql2"
	"parkmap/internal/cql2/cql2test"
)

// FuzzParse: what is taken survives being written and read again, and is checked without a panic.
func FuzzParse(f *testing.F) {
	for _, x := range cql2test.Examples() {
		f.Add(x.Text)
	}
	for _, s := range []string{"(((", "'\\'", `"a""b" = 1`, "1 - -1 = 2", "A_EQUALS(tags, ())", "POINT Z (1 2 3)", "a IN (b)", "NOT NOT TRUE"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e, err := cql2.Parse(s)
		if err != nil {
			detail(t, err)
			return
		}
		roundTrip(t, e)
		if _, err := e.For(schema); err != nil {
			detail(t, err)
		}
	})
}

// FuzzParseJSON: as FuzzParse.
func FuzzParseJSON(f *testing.F) {
	for _, x := range cql2test.Examples() {
		f.Add([]byte(x.JSON))
	}
	for _, s := range []string{"[[[", "{}", `{"op":1}`, `{"bbox":[1,2,3,4]}`, `[true,[]]`, `{"op":"in","args":[1,[[]]]}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := cql2.ParseJSON(data)
		if err != nil {
			detail(t, err)
			return
		}
		roundTrip(t, e)
		if _, err := e.For(schema); err != nil {
			detail(t, err)
		}
	})
}
