package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"parkmap/internal/geo"
)

// tilesCmd gathers what can be done with tiles.
type tilesCmd struct {
	Export tilesExportCmd `cmd:"" help:"Write the tiles of a layer into one file, PMTiles or MBTiles, while servers go on. Interrupted, the same command goes on where it stopped."`
}

// tilesExportCmd writes tiles into an archive.
type tilesExportCmd struct {
	storeFlags
	tableFlags
	Out   string   `help:"File to write, which must not exist: .pmtiles or .mbtiles." required:"" type:"path" placeholder:"FILE"`
	Layer string   `help:"Layer, as in the paths of tiles." default:"layout"`
	BBox  boxFlag  `help:"Only tiles that touch this box, degrees of WGS 84." name:"bbox" placeholder:"W,S,E,N"`
	Zoom  zoomFlag `help:"Zooms." default:"0-14" placeholder:"MIN-MAX"`
	Datum string   `help:"Datum of the base map that the tiles go on: wgs84 or gcj02 (AMap, Tencent)." enum:"wgs84,gcj02,bd09" default:"wgs84"`
}

// boxFlag is a box on the command line; without it all of the world.
type boxFlag struct{ geo.BBox }

// UnmarshalText reads west, south, east and north. Kong calls it.
func (b *boxFlag) UnmarshalText(text []byte) error {
	var v [4]float64
	parts := strings.Split(string(text), ",")
	if len(parts) != len(v) {
		return fmt.Errorf("%q is no box: four numbers, west,south,east,north", text)
	}
	for i, limit := range []float64{180, 90, 180, 90} {
		var err error
		if v[i], err = strconv.ParseFloat(strings.TrimSpace(parts[i]), 64); err != nil || !(math.Abs(v[i]) <= limit) {
			return fmt.Errorf("%q is no box: %q is no number of degrees within ±%.0f", text, parts[i], limit)
		}
	}
	b.BBox = geo.BBox{West: v[0], South: v[1], East: v[2], North: v[3]}
	if b.South > b.North {
		return fmt.Errorf("%q is no box: its south is north of its north", text)
	}
	return nil
}

// zoomFlag is a range of zooms on the command line.
type zoomFlag struct{ min, max int }

// UnmarshalText reads MIN-MAX, or one zoom. Kong calls it.
func (z *zoomFlag) UnmarshalText(text []byte) error {
	low, high, ranged := strings.Cut(string(text), "-")
	if !ranged {
		high = low
	}
	from, err := strconv.ParseUint(low, 10, 8)
	to, err2 := strconv.ParseUint(high, 10, 8)
	if err != nil || err2 != nil || from > to {
		return fmt.Errorf("%q is no range of zooms such as 0-14", text)
	}
	z.min, z.max = int(from), int(to)
	return nil
}
