package check_test

import (
	"encoding/json"
	"flag"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/paulmach/orb"

	"parkmap/internal/check"
	"parkmap/internal/layout"
	"parkmap/internal/topology"
)

var update = flag.Bool("update", false, "write the issues that are found into testdata/vectors.json")

// vector is a case of testdata/vectors.json: shapes, and the issues of the changed ones. The page is tested with them
// too, so they need nothing that is Go's.
type vector struct {
	Name      string      `json:"name"`
	Published []shape     `json:"published"`
	Changed   []shape     `json:"changed"`
	Removed   []layout.ID `json:"removed,omitempty"`
	Issues    []found     `json:"issues"`
}

type shape struct {
	ID         layout.ID           `json:"id"`
	Collection layout.CollectionID `json:"collection"`
	Kind       string              `json:"kind"`
	Outline    string              `json:"outline,omitempty"`
	Districts  []layout.ID         `json:"district,omitempty"`
	Geometry   *geometry           `json:"geometry"`
}

// geometry is GeoJSON.
type geometry struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates"`
}

func (g *geometry) read() (orb.Geometry, error) {
	switch g.Type {
	case "Point":
		var p orb.Point
		err := json.Unmarshal(g.Coordinates, &p)
		return p, err
	case "Polygon":
		var p orb.Polygon
		err := json.Unmarshal(g.Coordinates, &p)
		return p, err
	}
	var p orb.MultiPolygon
	err := json.Unmarshal(g.Coordinates, &p)
	return p, err
}

// found is an issue with rounded numbers and places, so that another way to calculate them gives the same.
type found struct {
	Code    string              `json:"code"`
	Level   check.Level         `json:"level"`
	Feature layout.ID           `json:"feature"`
	Rule    string              `json:"rule,omitempty"`
	With    layout.ID           `json:"with,omitempty"`
	At      []float64           `json:"at,omitempty"` // to five decimals
	Numbers map[string]float64  `json:"numbers,omitempty"`
	Lift    string              `json:"lift,omitempty"`
	Fix     *topology.Operation `json:"fix,omitempty"`
}

func (s shape) feature() layout.Feature {
	f := layout.Feature{Collection: s.Collection, ID: s.ID, Properties: layout.NewProperties(s.Collection)}
	f.Properties.Common().Kind = s.Kind
	if a, ok := f.Properties.(*layout.Area); ok {
		a.Outline, a.Districts = s.Outline, s.Districts
	}
	if s.Geometry != nil {
		g, err := s.Geometry.read()
		if err != nil {
			panic(err)
		}
		f.Geometry = g
	}
	return f
}

func features(shapes []shape) []layout.Feature {
	var out []layout.Feature
	for _, s := range shapes {
		out = append(out, s.feature())
	}
	return out
}

func readVectors(t testing.TB) []vector {
	t.Helper()
	b, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []vector
	if err := json.Unmarshal(b, &vectors); err != nil {
		t.Fatal(err)
	}
	return vectors
}

func run(v vector) []found {
	out := []found{}
	for _, i := range check.Check(&layout.Layout{Features: features(v.Published)}, features(v.Changed), v.Removed) {
		f := found{i.Code, i.Level, i.Feature, i.Rule, i.With, nil, nil, i.Lift, i.Fix}
		if i.At != nil {
			f.At = []float64{math.Round(i.At[0]*1e5) / 1e5, math.Round(i.At[1]*1e5) / 1e5}
		}
		for key, n := range i.Numbers {
			if f.Numbers == nil {
				f.Numbers = map[string]float64{}
			}
			f.Numbers[key] = math.Round(n*1e4) / 1e4
		}
		out = append(out, f)
	}
	return out
}

// The rules give what the vectors say; each code occurs, and where there is a fix it is carried out.
func TestVectors(t *testing.T) {
	vectors := readVectors(t)
	seen := map[string]bool{}
	for k, v := range vectors {
		t.Run(v.Name, func(t *testing.T) {
			got := run(v)
			if *update {
				vectors[k].Issues = got
				return
			}
			if diff := cmp.Diff(v.Issues, got, cmpopts.EquateApprox(0, 1.5e-4)); diff != "" {
				t.Error(diff)
			}
			for _, i := range got {
				seen[i.Code] = true
				mend(t, v, i)
			}
		})
	}
	if *update {
		writeVectors(t, vectors)
		return
	}
	for _, r := range check.Rules().Rules {
		if !seen[r.Code] {
			t.Errorf("no vector has an issue %s", r.Code)
		}
	}
}

// mend carries out the fix of an issue, after which it is gone.
func mend(t *testing.T, v vector, i found) {
	t.Helper()
	if i.Fix == nil {
		return
	}
	all := map[layout.ID]layout.Feature{}
	var fabric topology.Fabric
	for _, f := range slices.Concat(features(v.Published), features(v.Changed)) {
		all[f.ID] = f
	}
	for id, f := range all {
		if f.Collection == layout.Areas && !slices.Contains(v.Removed, id) {
			fabric = append(fabric, topology.Shape{ID: string(id), Geometry: f.Geometry})
		}
	}
	slices.SortFunc(fabric, func(a, b topology.Shape) int { return layout.CompareID(layout.ID(a.ID), layout.ID(b.ID)) })
	out, err := fabric.Do(*i.Fix, func(id string) orb.Geometry { return all[layout.ID(id)].Geometry })
	if err != nil {
		t.Errorf("the fix of %s: %v", i.Code, err)
		return
	}
	var changed []layout.Feature
	for _, f := range features(v.Changed) {
		for _, c := range out.Changed {
			if c.ID == string(f.ID) {
				f.Geometry = c.Geometry
			}
		}
		changed = append(changed, f)
	}
	for _, left := range check.Check(&layout.Layout{Features: features(v.Published)}, changed, v.Removed) {
		if left.Code == i.Code && left.With == i.With && left.Feature == i.Feature {
			t.Errorf("the fix %v leaves %v", *i.Fix, left)
		}
	}
}

func writeVectors(t *testing.T, vectors []vector) {
	t.Helper()
	out := []byte("[\n")
	for k, v := range vectors {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		out = append(append(out, ' ', ' '), b...)
		if k < len(vectors)-1 {
			out = append(out, ',')
		}
		out = append(out, '\n')
	}
	if err := os.WriteFile("testdata/vectors.json", append(out, ']', '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}
