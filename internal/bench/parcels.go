package main

import (
	"fmt"
	"math"
	"time"

	"github.com/paulmach/orb"
)

// A made-up cadastre: a square of side × side parcels round the middle of Chengdu, all of the same size, so that a
// larger table covers more land with the same density: some 850 parcels in a tile of zoom 14. Parcels share their
// borders to the last digit. Everything follows from the place of a parcel; the same side gives the same table.
type cadastre struct{ side int }

const (
	middleLon, middleLat = 104.07, 30.66
	parcelW, parcelH     = 0.00075, 0.00065 // degrees
	blockSide            = 10               // parcels of a block, each way

	cornerShift = 0.15 // of a parcel: how far a corner lies off the grid
	borderShift = 0.04 // of a parcel: how far a border leaves the straight line
	borderMax   = 8    // vertices of a border between its corners; a ring has 5 to 37
)

var (
	landUses  = []string{"residential", "industrial", "commercial", "office", "research", "logistics", "green", "road", "water", "farmland"}
	surveyDay = time.Date(2011, 1, 1, 0, 0, 0, 0, time.UTC)
)

// parcel is a row of the table.
type parcel struct {
	id       int64
	number   string // unique
	block    string // shared by blockSide² parcels
	landUse  string
	floors   int64
	value    float64
	surveyed time.Time
	geometry orb.Polygon // WGS 84
}

// count is how many parcels there are.
func (c cadastre) count() int { return c.side * c.side }

// parcel returns the i-th parcel, from the south-west, row by row.
func (c cadastre) parcel(i int) parcel {
	x, y := i%c.side, i/c.side
	dice := roll(x-c.side/2, y-c.side/2, 0)
	return parcel{
		id:       int64(i) + 1,
		number:   fmt.Sprintf("5101-%04d-%04d", y, x),
		block:    fmt.Sprintf("B%03d-%03d", y/blockSide, x/blockSide),
		landUse:  landUses[dice%uint64(len(landUses))],
		floors:   int64(dice >> 8 % 34),
		value:    float64(dice>>16%1_000_000) / 100,
		surveyed: surveyDay.AddDate(0, 0, int(dice>>40%5000)),
		geometry: orb.Polygon{c.ring(x-c.side/2, y-c.side/2)},
	}
}

// ring is the outline of the parcel at column x and row y from the middle, counter-clockwise.
func (c cadastre) ring(x, y int) orb.Ring {
	ring := make(orb.Ring, 0, 5+4*borderMax)
	ring = border(ring, x, y, 1, 0, false)
	ring = border(ring, x+1, y, 0, 1, false)
	ring = border(ring, x, y+1, 1, 0, true)
	ring = border(ring, x, y, 0, 1, true)
	return append(ring, ring[0])
}

// border puts the border from the corner x, y to the next one east (dx 1) or north (dy 1) behind ring, its last point
// left out; back reverses it and leaves out the first point instead.
func border(ring orb.Ring, x, y, dx, dy int, back bool) orb.Ring {
	from, to := corner(x, y), corner(x+dx, y+dy)
	n := int(roll(x, y, 1+dx) % (borderMax + 1))
	for k := range n + 1 {
		if back {
			k = n + 1 - k
		}
		t := float64(k) / float64(n+1)
		off := borderShift * 4 * t * (1 - t) * (fraction(roll(x, y, 10+20*dx+k)) - 0.5) * 2
		ring = append(ring, orb.Point{
			seven(from[0] + t*(to[0]-from[0]) + off*parcelW*float64(dy)),
			seven(from[1] + t*(to[1]-from[1]) + off*parcelH*float64(dx)),
		})
	}
	return ring
}

// corner is where the parcels round x, y meet.
func corner(x, y int) orb.Point {
	dice := roll(x, y, 3)
	return orb.Point{
		seven(middleLon + (float64(x)+cornerShift*(2*fraction(dice)-1))*parcelW),
		seven(middleLat + (float64(y)+cornerShift*(2*fraction(dice>>21)-1))*parcelH),
	}
}

// seven rounds degrees to about a centimetre.
func seven(degrees float64) float64 { return math.Round(degrees*1e7) / 1e7 }

// fraction takes a number from 0 to 1 from dice.
func fraction(dice uint64) float64 { return float64(dice%(1<<20)) / (1 << 20) }

// roll returns the same random bits for the same place and purpose each time (the finaliser of SplitMix64).
func roll(x, y, purpose int) uint64 {
	z := uint64(int64(x))*0x9e3779b97f4a7c15 ^ uint64(int64(y))*0xbf58476d1ce4e5b9 ^ uint64(int64(purpose))*0x94d049bb133111eb
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// bounds is a box within the cadastre, away from its rim.
func (c cadastre) bounds() orb.Bound {
	half := float64(c.side)/2 - 1
	return orb.Bound{
		Min: orb.Point{middleLon - half*parcelW, middleLat - half*parcelH},
		Max: orb.Point{middleLon + half*parcelW, middleLat + half*parcelH},
	}
}
