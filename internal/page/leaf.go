package page

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"parkmap/internal/scene"
)

// pxPerMM is how many pixels of a style sheet a millimetre of paper has.
const pxPerMM = 96 / 25.4

// leaf is one way to divide a sheet of paper, which has a margin of 10 mm. What the style sheet says of the
// class is the same in millimetres.
type leaf struct {
	Paper   string
	Orient  string
	MapW    float64 // mm from neat line to neat line
	MapH    float64 // mm, with title and margin
	Edge    float64 // mm beyond the neat line that a picture keeps free at each side: it lies outside the leaf
	Rows    int     // of the index that fit beside the map; more continue on further sheets
	Targets int     // that fit
}

// Class names the leaf in the style sheet, where its page has the same name.
func (l leaf) Class() string { return l.Paper + "-" + l.Orient }

// leaves are the sheets that can be printed, the default first.
func leaves() []leaf {
	return []leaf{
		{Paper: "a4", Orient: "landscape", MapW: 146, MapH: 190, Edge: 4.2, Rows: 15, Targets: 14},
		{Paper: "a4", Orient: "portrait", MapW: 190, MapH: 119, Edge: 4.8, Rows: 15, Targets: 14},
		{Paper: "a3", Orient: "landscape", MapW: 240, MapH: 277, Edge: 6.2, Rows: 24, Targets: 24},
		{Paper: "a3", Orient: "portrait", MapW: 277, MapH: 208, Edge: 7.1, Rows: 20, Targets: 20},
	}
}

// PrintParameters are those of a sheet beyond the state of the map.
func PrintParameters() []string { return []string{"paper", "orient", "tone", "bbox"} }

// chooseLeaf returns the sheet that a query asks for; what is unknown is the default.
func chooseLeaf(get func(string) string) leaf {
	all := leaves()
	paper, orient := all[0].Paper, all[0].Orient
	if get("paper") == "a3" {
		paper = "a3"
	}
	if get("orient") == "portrait" {
		orient = "portrait"
	}
	return all[slices.IndexFunc(all, func(l leaf) bool { return l.Paper == paper && l.Orient == orient })]
}

// picture asks for the map of a sheet. What the query has beyond understanding is left out.
func (v *printView) picture(a *Atlas, m *scene.Model) scene.Request {
	get := v.Query.Get
	wide, high := v.Leaf.MapW+2*v.Leaf.Edge, v.Leaf.MapH+v.Leaf.Edge
	r := scene.Request{
		Width: wide * pxPerMM, Height: high * pxPerMM, WidthMM: wide,
		Theme: v.Theme, Grey: v.Grey, Lang: v.Voice.Lang, Links: get("links") == "1", Unlinked: get("links") == "0",
		Legend: true, NoIndex: true, Margin: true, Clear: true, ReviewNumber: v.ReviewNumber, Prefix: "map-",
	}
	if id, err := a.Resolve(get("sel")); err == nil {
		r.Selected = id
	}
	if no, err := strconv.Atoi(strings.TrimPrefix(get("v"), "fig")); err == nil && strings.HasPrefix(get("v"), "fig") {
		if _, ok := m.Figure(no); ok {
			r.Figure = no
		}
	}
	if box, ok := boxOf(get("bbox"), get("c")); ok {
		r.Extent, r.Figure = box, 0
	}
	return r
}

// boxOf returns the extent that a sheet is asked to show: a box as west,south,east,north, or what a window of
// some size shows round a position lat,lon,zoom.
func boxOf(bbox, at string) (orb.Bound, bool) {
	if n := numbers(bbox); len(n) == 4 && n[0] < n[2] && n[1] < n[3] && n[0] >= -180 && n[2] <= 180 && n[1] >= -85 && n[3] <= 85 {
		return orb.Bound{Min: orb.Point{n[0], n[1]}, Max: orb.Point{n[2], n[3]}}, true
	}
	n := numbers(at)
	if len(n) != 3 || math.Abs(n[0]) > 85 || math.Abs(n[1]) > 180 || n[2] < 1 || n[2] > 20 {
		return orb.Bound{}, false
	}
	const wide, high = 960, 760 // pixels: what a window shows that is not under panels
	world := 256 * math.Exp2(n[2])
	lat := n[0] * math.Pi / 180
	y := math.Log(math.Tan(math.Pi/4+lat/2)) / (2 * math.Pi)
	south, north := latitudeAt(y-high/2/world), latitudeAt(y+high/2/world)
	dx := wide / 2 / world * 360
	return orb.Bound{Min: orb.Point{max(-180, n[1]-dx), south}, Max: orb.Point{min(180, n[1]+dx), north}}, true
}

// latitudeAt returns the latitude, in degrees, of a height on the square of web mercator, which has side 1
// and the equator at 0.
func latitudeAt(y float64) float64 {
	return math.Atan(math.Sinh(2*math.Pi*y)) * 180 / math.Pi
}

// numbers reads numbers between commas; nil when one is none.
func numbers(text string) []float64 {
	var out []float64
	for part := range strings.SplitSeq(text, ",") {
		n, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
			return nil
		}
		out = append(out, n)
	}
	return out
}
