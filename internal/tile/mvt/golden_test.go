package mvt_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"parkmap/internal/tile"
	"parkmap/internal/tile/mvt"
	"parkmap/internal/tile/mvt/mvttest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// goldenTiles are tiles whose bytes are kept in testdata, where static/test/tile.test.mjs reads them too.
var goldenTiles = []struct {
	name string
	draw func(t *testing.T) []byte
}{
	{"parcels", func(t *testing.T) []byte {
		g := grid(t, tile.WebMercatorQuad)
		return drawSome(t, g, g.At(chengdu, 14))
	}},
	{"parcels-gcj02", func(t *testing.T) []byte {
		g := grid(t, tile.GCJ02)
		return drawSome(t, g, g.At(chengdu, 14))
	}},
	{"parcels-bd09", func(t *testing.T) []byte {
		g := grid(t, tile.BD09)
		return drawSome(t, g, g.At(chengdu, 14))
	}},
	{"awkward", func(t *testing.T) []byte {
		b := mvt.NewBuilder(grid(t, tile.WebMercatorQuad), base)
		b.Layer("empty")
		b.Layer("awkward")
		for i, test := range awkward {
			b.Add(uint64(i+1), units(t, test.wkt), []mvt.Attr{{Key: "name", Value: mvt.String(test.name)}})
		}
		b.Layer("labels")
		b.AddLabel(1, units(t, "POINT(100 100)").(orb.Point), []mvt.Attr{
			{Key: "名称", Value: mvt.String("成都")}, {Key: "rank", Value: mvt.Int(-3)},
			{Key: "share", Value: mvt.Float(0.25)}, {Key: "shown", Value: mvt.Bool(true)},
		})
		data, _ := b.Finish(0, nil)
		return data
	}},
}

// drawSome draws the parcels with attributes and a label point each.
func drawSome(t *testing.T, g *tile.Grid, id tile.ID) []byte {
	b := mvt.NewBuilder(g, id)
	b.Layer("parcels")
	for i, p := range parcels {
		attrs := []mvt.Attr{{Key: "number", Value: mvt.Int(int64(i))}, {Key: "even", Value: mvt.Bool(i%2 == 0)}}
		if err := b.AddWKB(uint64(i+1), wkb.MustMarshal(p), nil, attrs); err != nil {
			t.Fatal(err)
		}
	}
	b.Layer("labels")
	for i, p := range parcels {
		b.AddLabel(uint64(i+1), p[0][0], []mvt.Attr{{Key: "number", Value: mvt.Int(int64(i))}})
	}
	data, _ := b.Finish(0, nil)
	return data
}

// TestGolden compares bytes with those of the last time, and what the decoder of the tests reads with the JSON
// beside them.
func TestGolden(t *testing.T) {
	for _, golden := range goldenTiles {
		t.Run(golden.name, func(t *testing.T) {
			data := golden.draw(t)
			compare(t, golden.name+".mvt", data)
			type geometry struct {
				Type        string       `json:"type"`
				Coordinates orb.Geometry `json:"coordinates"`
			}
			type feature struct {
				ID         uint64         `json:"id"`
				Properties map[string]any `json:"properties"`
				Geometry   geometry       `json:"geometry"`
			}
			read := map[string][]feature{}
			for _, l := range mvttest.Check(t, data).Layers {
				for _, f := range l.Features {
					read[l.Name] = append(read[l.Name], feature{f.ID, f.Tags, geometry{f.Geometry.GeoJSONType(), f.Geometry}})
				}
			}
			text, err := json.Marshal(read)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, golden.name+".json", append(text, '\n'))
		})
	}
}

func compare(t *testing.T, name string, data []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(data) != string(want) {
		t.Errorf("%s: %d bytes differ from the %d that are kept; if they should, run with -update", name, len(data), len(want))
	}
}
