package api

import (
	"image"
	"image/color"
	"math"
	"testing"
)

// TestGreyTellsKinds: printed without colours, core, zone and parks differ in how dark they are and in their pattern.
func TestGreyTellsKinds(t *testing.T) {
	s := newServer(t, nil)
	look := func(box string) (mean, spread float64) {
		img := pixels(t, get(t, s, "/map/view.png?grey=1&margin=0&legend=0&width=240&height=240&bbox="+box))
		return tones(t, img)
	}
	core, coreSpread := look("104.005,30.005,104.045,30.045")
	zone, zoneSpread := look("104.105,30.005,104.145,30.045")
	park, parkSpread := look("103.205,30.005,103.235,30.035")
	land, landSpread := look("103.6,30.1,103.64,30.14")
	t.Logf("core %.0f ± %.0f, zone %.0f ± %.0f, park %.0f ± %.0f, land %.0f ± %.0f", core, coreSpread, zone, zoneSpread, park, parkSpread, land, landSpread)
	if coreSpread > 2 || landSpread > 2 || zoneSpread < 8 || parkSpread < 8 {
		t.Error("zone and parks should have patterns, core and land none")
	}
	if land-core < 12 || land-zone < 5 || math.Abs(zone-park) < 3 && math.Abs(zoneSpread-parkSpread) < 4 {
		t.Error("kinds look alike")
	}
}

// tones returns the mean of the tones of a corner of an image, from 0 for black to 255, and how far they spread.
func tones(t *testing.T, img image.Image) (mean, spread float64) {
	t.Helper()
	const side = 100 // away from names and discs in the middle
	var sum, squares float64
	for i := range side * side {
		v := float64(color.GrayModel.Convert(img.At(4+i%side, 4+i/side)).(color.Gray).Y)
		c := color.NRGBAModel.Convert(img.At(4+i%side, 4+i/side)).(color.NRGBA)
		if c.R != c.G || c.G != c.B {
			t.Fatalf("%v is no grey", c)
		}
		sum, squares = sum+v, squares+v*v
	}
	mean = sum / (side * side)
	return mean, math.Sqrt(max(0, squares/(side*side)-mean*mean))
}
