package storetest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
	"parkmap/internal/store"
)

func testEmpty(t *testing.T, b *bench) {
	_, err := b.Load(b.ctx)
	wantKind(t, err, layout.KindNotFound)
	_, err = b.LoadVersion(b.ctx, 1)
	wantKind(t, err, layout.KindNotFound)
	_, err = b.Revisions(b.ctx, layout.Areas, "P01", 0, 100)
	wantKind(t, err, layout.KindNotFound)
	list, err := b.Versions(b.ctx, 0, 10)
	if err != nil || len(list) != 0 {
		t.Fatalf("Versions = %v, %v; want none", list, err)
	}
}

func testRoundTrip(t *testing.T, b *bench) {
	features := sample()
	changes := puts(features)
	slices.Reverse(changes) // the order of the changes does not matter
	b.publish(0, changes...)
	want := &layout.Layout{Version: 1, PublishedAt: at(1), Document: *document(), Features: stamped(features, 1)}
	wantEqual(t, b.load(), want)
	wantEqual(t, load(t, b, opened(t, b.open)), want)
}

func load(t *testing.T, b *bench, s store.Store) *layout.Layout {
	t.Helper()
	l, err := s.Load(b.ctx)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func testGeometry(t *testing.T, b *bench) {
	random := rand.New(rand.NewPCG(1, 2))
	line := make(orb.LineString, 2000)
	for i := range line {
		line[i] = orb.Point{gridded(random, 180), gridded(random, 90)}
	}
	geometries := []orb.Geometry{
		nil,
		orb.Point{-180, -90},
		orb.Point{0, math.Copysign(1e-8, -1)},
		orb.MultiPoint{{1e-8, -1e-8}, {179.99999999, 89.99999999}},
		line,
		orb.MultiLineString{{{0, 0}, {1, 1}}, {{-1, -1}, {2, 2}, {3, 3}}},
		orb.Polygon{square(0, 0), hole(0.003, 0.003), hole(0.006, 0.006)},
		orb.MultiPolygon{{square(179.98, 0)}, {square(-180, 0), hole(-179.995, 0.001)}},
	}
	var changes []store.Change
	for i, g := range geometries {
		f := park(layout.ID(fmt.Sprintf("P%02d", i)), 1)
		f.Geometry = g
		changes = append(changes, put(f))
	}
	b.publish(0, changes...)
	for i, f := range b.load().Features {
		if !same(f.Geometry, geometries[i]) {
			t.Errorf("%s: %v came back as %v", f.ID, geometries[i], f.Geometry)
		}
	}
}

// same compares to the last bit and by type.
func same(a, b orb.Geometry) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return orb.Equal(a, b) && a.GeoJSONType() == b.GeoJSONType()
}

// gridded is a number up to limit on the grid of 1e-8.
func gridded(random *rand.Rand, limit float64) float64 {
	return math.Round((random.Float64()*2-1)*limit*1e8) / 1e8
}

func testVersionPages(t *testing.T, b *bench) {
	for n := range int64(5) {
		b.publish(n, put(park("P01", n)))
	}
	for _, c := range []struct {
		name   string
		before int64
		limit  int
		want   []int64
	}{
		{"all", 0, 10, []int64{5, 4, 3, 2, 1}},
		{"first page", 0, 2, []int64{5, 4}},
		{"next page", 4, 2, []int64{3, 2}},
		{"last page", 2, 2, []int64{1}},
		{"behind the last", 1, 2, nil},
		{"from beyond the newest", 99, 1, []int64{5}},
		{"none asked for", 0, 0, nil},
		{"less than none", 0, -1, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			list, err := b.Versions(b.ctx, c.before, c.limit)
			if err != nil {
				t.Fatal(err)
			}
			var got []int64
			for _, v := range list {
				got = append(got, v.Number)
			}
			wantEqual(t, got, c.want)
		})
	}
}

func testLoadVersion(t *testing.T, b *bench) {
	b.publish(0, put(park("P01", 1)), put(park("P02", 1)))
	b.publish(1, put(park("P02", 2)), put(park("P03", 2)))
	b.publish(2, remove(layout.Areas, "P01"))
	b.publish(3, put(park("P01", 4)))
	v1 := stamped([]layout.Feature{park("P01", 1), park("P02", 1)}, 1)
	v2 := stamped([]layout.Feature{park("P02", 2), park("P03", 2)}, 2)
	v4 := stamped([]layout.Feature{park("P01", 4)}, 4)
	for n, want := range map[int64][]layout.Feature{
		1: v1,
		2: {v1[0], v2[0], v2[1]},
		3: v2,
		4: {v4[0], v2[0], v2[1]},
	} {
		l, err := b.LoadVersion(b.ctx, n)
		if err != nil {
			t.Fatal(err)
		}
		wantEqual(t, l, &layout.Layout{Version: n, PublishedAt: at(n), Document: *document(), Features: want})
	}
	for _, n := range []int64{-1, 0, 5} {
		_, err := b.LoadVersion(b.ctx, n)
		wantKind(t, err, layout.KindNotFound)
	}
}

func testDocument(t *testing.T, b *bench) {
	b.publish(0, put(park("P01", 1)))
	b.publish(1, put(park("P01", 2)))
	changed := document()
	changed.NameEN = "Another name"
	v, err := b.Publish(b.ctx, store.Publication{Base: 2, At: at(3), Document: changed})
	if err != nil || v.Changed != 0 {
		t.Fatalf("publishing a document alone: %+v, %v", v, err)
	}
	for n, want := range map[int64]string{1: "One core", 2: "One core", 3: "Another name"} {
		l, err := b.LoadVersion(b.ctx, n)
		if err != nil || l.Document.NameEN != want {
			t.Errorf("document of version %d is %q, %v; want %q", n, l.Document.NameEN, err, want)
		}
	}
}

func testRevisions(t *testing.T, b *bench) {
	one := b.publish(0, put(park("P01", 1)), put(park("P02", 1)))
	two := b.publish(1, put(park("P01", 2)))
	three := b.publish(2, remove(layout.Areas, "P01"), put(park("P02", 3)))
	got, err := b.Revisions(b.ctx, layout.Areas, "P01", 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, got, []store.Revision{
		{Version: three, Op: store.Delete, Feature: stamped([]layout.Feature{{Collection: layout.Areas, ID: "P01"}}, 3)[0]},
		{Version: two, Op: store.Put, Feature: stamped([]layout.Feature{park("P01", 2)}, 2)[0]},
		{Version: one, Op: store.Put, Feature: stamped([]layout.Feature{park("P01", 1)}, 1)[0]},
	})
	page, err := b.Revisions(b.ctx, layout.Areas, "P01", 3, 1)
	if err != nil || len(page) != 1 || page[0].Version.Number != 2 {
		t.Fatalf("one below 3: %+v, %v", page, err)
	}
	_, err = b.Revisions(b.ctx, layout.Units, "P01", 0, 100) // the id belongs to another collection
	wantKind(t, err, layout.KindNotFound)
}

func testOrder(t *testing.T, b *bench) {
	var changes []store.Change
	for _, id := range []layout.ID{"P10", "P2", "P1", "P01", "p1", "园1"} {
		changes = append(changes, put(park(id, 1)))
	}
	b.publish(0, changes...)
	if l := b.load(); !slices.IsSortedFunc(l.Features, layout.Compare) || len(l.Features) != len(changes) {
		t.Fatalf("features are not in the order of layout.Compare: %v", l.Features)
	}
}
