package mvt_test

import (
	"bytes"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/ewkb"
	"github.com/paulmach/orb/encoding/wkb"

	"parkmap/internal/tile"
	"parkmap/internal/tile/mvt"
	"parkmap/internal/tile/mvt/mvttest"
)

// FuzzAddWKB draws any bytes: it is an error or a tile that keeps to the rules, with valid polygons.
func FuzzAddWKB(f *testing.F) {
	for _, c := range awkward {
		if g := units(f, c.wkt); g != nil {
			f.Add(wkb.MustMarshal(g), uint8(0))
			f.Add(ewkb.MustMarshal(g, 4326), uint8(3))
		}
	}
	names := []string{tile.WebMercatorQuad, tile.WorldCRS84Quad, tile.GCJ02, tile.BD09}
	f.Fuzz(func(t *testing.T, data []byte, at uint8) {
		if len(data) > 4000 {
			return // checking validity takes its time
		}
		g := grid(t, names[at%4])
		z := int(at>>2) % 20
		b := mvt.NewBuilder(g, g.At(orb.Point{104.0657, 30.6595}, z))
		b.Layer("a")
		if err := b.AddWKB(1, data, nil, nil); err != nil {
			return
		}
		out, _ := b.Finish(0, nil)
		mvttest.Check(t, out)
	})
}

// FuzzRings draws rings with corners on a small grid, which cross, touch and cover each other in all ways, and asks
// for a budget that is too small.
func FuzzRings(f *testing.F) {
	f.Add([]byte{4, 0, 0, 9, 0, 9, 9, 0, 9, 3, 1, 1, 2, 1, 2, 2}, false, false)
	f.Add([]byte{5, 0, 0, 9, 9, 9, 0, 0, 9, 4, 4}, true, true)
	f.Fuzz(func(t *testing.T, data []byte, parts, wide bool) {
		if len(data) > 400 {
			return
		}
		scale := 0.25 // many positions come together
		if wide {
			scale = 17 // crossings lie between positions
		}
		var p orb.Polygon
		for len(data) > 2 {
			n := min(int(data[0]%16), (len(data)-1)/2)
			var r orb.Ring
			for i := range n {
				r = append(r, orb.Point{float64(data[1+2*i])*scale + 10, float64(data[2+2*i])*scale + 10})
			}
			data = data[1+2*n:]
			if n > 0 {
				p = append(p, append(r, r[0]))
			}
		}
		g := orb.Geometry(p)
		if parts {
			var m orb.MultiPolygon
			for _, r := range p {
				m = append(m, orb.Polygon{r})
			}
			g = m
		}
		w := grid(t, tile.WebMercatorQuad)
		draw := func(limit int) []byte {
			b := mvt.NewBuilder(w, base)
			b.Layer("a")
			b.Add(1, project(w, g), nil)
			b.Add(2, project(w, orb.Polygon{{{5, 5}, {9, 5}, {9, 9}, {5, 5}}}), []mvt.Attr{{Key: "k", Value: mvt.Bool(true)}})
			data, report := b.Finish(limit, gz)
			data = bytes.Clone(data)
			mvttest.Check(t, data)
			if limit > 0 && report.FeaturesKept > 0 && len(gz(nil, data)) > limit {
				t.Errorf("%d bytes are more than %d", len(gz(nil, data)), limit)
			}
			return data
		}
		if !bytes.Equal(draw(0), draw(0)) {
			t.Error("the same input gives other bytes")
		}
		draw(90)
	})
}

// gz appends src as gzip.
func gz(dst, src []byte) []byte {
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	_, _ = w.Write(src)
	_ = w.Close()
	return append(dst, buf.Bytes()...)
}
