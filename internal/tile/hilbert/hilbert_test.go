package hilbert

import (
	"testing"

	"parkmap/internal/tile"
)

// TestPublishedNumbers are those of the PMTiles 3 specification.
func TestPublishedNumbers(t *testing.T) {
	tests := []struct {
		id   tile.ID
		want uint64
	}{
		{tile.ID{Z: 0, X: 0, Y: 0}, 0},
		{tile.ID{Z: 1, X: 0, Y: 0}, 1},
		{tile.ID{Z: 1, X: 0, Y: 1}, 2},
		{tile.ID{Z: 1, X: 1, Y: 1}, 3},
		{tile.ID{Z: 1, X: 1, Y: 0}, 4},
		{tile.ID{Z: 2, X: 0, Y: 0}, 5},
		{tile.ID{Z: 12, X: 3423, Y: 1763}, 19078479},
	}
	for _, tc := range tests {
		if got := Number(tc.id); got != tc.want {
			t.Errorf("%v has the number %d, want %d", tc.id, got, tc.want)
		}
		if got := Tile(tc.want); got != tc.id {
			t.Errorf("%d is %v, want %v", tc.want, got, tc.id)
		}
	}
}

// TestNeighbours walks whole zooms: each number is one tile, and the next one shares an edge with it.
func TestNeighbours(t *testing.T) {
	for z := range 7 {
		last := Tile(First(z))
		for n := First(z); n < First(z+1); n++ {
			id := Tile(n)
			if Number(id) != n || id.Z != z {
				t.Fatalf("%d is %v, whose number is %d", n, id, Number(id))
			}
			if step := abs(id.X-last.X) + abs(id.Y-last.Y); n > First(z) && step != 1 {
				t.Fatalf("from %v the curve jumps to %v", last, id)
			}
			last = id
		}
	}
}

func TestChildrenFollowTheirParents(t *testing.T) {
	for n := First(4); n < First(5); n++ {
		parent := Tile(n)
		for k := range uint64(4) {
			child := Tile(First(5) + 4*(n-First(4)) + k)
			if child.X/2 != parent.X || child.Y/2 != parent.Y {
				t.Fatalf("%v is no child of %v", child, parent)
			}
		}
	}
}

func TestDeepest(t *testing.T) {
	far := 1<<MaxZoom - 1
	for _, id := range []tile.ID{{Z: MaxZoom, X: far, Y: far}, {Z: MaxZoom, X: far, Y: 0}, {Z: MaxZoom, X: 123456789, Y: 987654321}} {
		if got := Tile(Number(id)); got != id {
			t.Errorf("%v comes back as %v", id, got)
		}
	}
}

func abs(n int) int { return max(n, -n) }
