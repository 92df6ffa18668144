package source

import (
	"context"
	"strings"
	"testing"

	"parkmap/internal/layout"
)

func BenchmarkNewSnapshot(b *testing.B) {
	l := shipped(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := NewSnapshot(l); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTextIndex(b *testing.B) {
	s := newShipped(b)
	b.ReportAllocs()
	for b.Loop() {
		newTextIndex(s.entries)
	}
}

func BenchmarkItems(b *testing.B) {
	s := newShipped(b)
	benchmarkItems(b, s, Query{Collection: layout.Areas, Limit: 100})
}

func BenchmarkItemsBBox(b *testing.B) {
	s := newShipped(b)
	all, err := s.Collection(layout.Areas)
	if err != nil {
		b.Fatal(err)
	}
	box := *all.Extent
	box.East, box.North = (box.West+box.East)/2, (box.South+box.North)/2
	benchmarkItems(b, s, Query{Collection: layout.Areas, BBox: &box, Limit: 100})
}

func BenchmarkItemsSorted(b *testing.B) {
	s := newShipped(b)
	benchmarkItems(b, s, Query{Collection: layout.Facilities, SortBy: []SortKey{{"name_zh", true}}, Limit: 10})
}

func benchmarkItems(b *testing.B, s *Snapshot, q Query) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Items(context.Background(), q); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBodyHit(b *testing.B) {
	s := newShipped(b)
	data := []byte(strings.Repeat("all parks are alike ", 1000))
	build := func() (string, []byte, error) { return "text/plain", data, nil }
	b.ReportAllocs()
	for b.Loop() {
		body, err := s.Body("key", build)
		if err != nil {
			b.Fatal(err)
		}
		body.Pick("gzip, deflate, br")
	}
}

func BenchmarkSearch(b *testing.B) {
	s := newShipped(b)
	for _, text := range []string{"新", "xin", "xjj", "park", "三.(二).1", "nothing at all"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s.Search(text, 8)
			}
		})
	}
}

func BenchmarkPack(b *testing.B) {
	s := newShipped(b)
	for b.Loop() {
		if _, err := Pack(s); err != nil {
			b.Fatal(err)
		}
	}
}
