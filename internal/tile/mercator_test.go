package tile

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
)

// TestMercatorTable compares the table with the formula, and its polynomials with each other where they meet.
func TestMercatorTable(t *testing.T) {
	worst := 0.
	for i := range 400_000 {
		lat := -90 + 180*float64(i)/400_000 + 1e-7
		got := mercatorForward(orb.Point{0, lat})[1]
		worst = max(worst, math.Abs(got-mercatorY(lat)))
	}
	if worst > 5e-15 {
		t.Errorf("the table is off by %g", worst)
	}
	t.Logf("off by %g at most", worst)
	for i := range 2 * tableMaxLat * tablePerDegree {
		edge := float64(i)/tablePerDegree - tableMaxLat
		a, b := mercatorForward(orb.Point{0, math.Nextafter(edge, -90)}), mercatorForward(orb.Point{0, edge})
		if a[1]-b[1] < -5e-15 || a[1]-b[1] > 5e-15 {
			t.Errorf("at %v the table jumps by %g", edge, a[1]-b[1])
		}
	}
}
