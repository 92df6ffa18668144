package tileset

import (
	"os"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
	"parkmap/internal/source"
	"parkmap/internal/tile"
)

// builtIn is the layout that comes with the program; change may alter it.
func builtIn(t testing.TB, change func(*layout.Layout)) *Set {
	t.Helper()
	l, err := layout.ReadFolder(os.DirFS("../../geodata"))
	if err != nil {
		t.Fatal(err)
	}
	l.Version = 7
	if change != nil {
		change(l)
	}
	return setOf(t, l, nil)
}

func setOf(t testing.TB, l *layout.Layout, tables *Tables) *Set {
	t.Helper()
	s, err := source.NewSnapshot(l)
	if err != nil {
		t.Fatal(err)
	}
	return New(s, tables, nil)
}

// placesAt is a layout with places at positions and nothing else.
func placesAt(points ...orb.Point) *layout.Layout {
	l := &layout.Layout{Version: 1}
	for i, p := range points {
		l.Features = append(l.Features, layout.Feature{
			Collection: layout.Places, ID: layout.ID("T0" + string(rune('1'+i))), Geometry: p,
			Properties: &layout.Place{Base: layout.Base{Kind: "platform", NameZH: "点", NameEN: "Point"}},
		})
	}
	return l
}

// areasAt is a layout with one park per outline.
func areasAt(outlines ...orb.Geometry) *layout.Layout {
	l := &layout.Layout{Version: 1}
	for i, g := range outlines {
		l.Features = append(l.Features, layout.Feature{
			Collection: layout.Areas, ID: layout.ID("T0" + string(rune('1'+i))), Geometry: g,
			Properties: &layout.Area{Base: layout.Base{Kind: layout.KindPark, NameZH: "园", NameEN: "Park"}},
		})
	}
	return l
}

func grid(t testing.TB, name string) *tile.Grid {
	t.Helper()
	g, ok := tile.LookupGrid(name)
	if !ok {
		t.Fatalf("there is no grid %s", name)
	}
	return g
}

func mustTile(t testing.TB, s *Set, layer string, g *tile.Grid, id tile.ID) *Tile {
	t.Helper()
	made, err := s.Tile(t.Context(), layer, g, id, Look{})
	if err != nil {
		t.Fatalf("%s %v: %v", layer, id, err)
	}
	return made
}

// tilesOver lists the tiles of a zoom that hold a part of a box.
func tilesOver(g *tile.Grid, b orb.Bound, z int) []tile.ID {
	var ids []tile.ID
	p, q := g.At(b.LeftTop(), z), g.At(b.RightBottom(), z)
	for x := p.X; x <= q.X; x++ {
		for y := min(p.Y, q.Y); y <= max(p.Y, q.Y); y++ {
			ids = append(ids, tile.ID{Z: z, X: x, Y: y})
		}
	}
	return ids
}

// chengdu holds the built-in layout.
var chengdu = orb.Bound{Min: orb.Point{102.99, 30.09}, Max: orb.Point{104.9, 31.44}}

func featureOf(l *layout.Layout, id layout.ID) *layout.Feature {
	i := slices.IndexFunc(l.Features, func(f layout.Feature) bool { return f.ID == id })
	return &l.Features[i]
}
