package api

import (
	"math"
	"strconv"
	"strings"

	"parkmap/internal/geo"
)

// parseBBox reads a box of 4 or 6 numbers in CRS84: west, south, east, north, with heights as third and
// sixth number, which are checked and not used. West may be greater than east: the box crosses 180° then.
func parseBBox(s string) (*geo.BBox, error) {
	parts := strings.Split(s, ",")
	if len(parts) != 4 && len(parts) != 6 {
		return nil, badParameter("bbox", "must be 4 or 6 numbers separated by commas")
	}
	v := make([]float64, len(parts))
	for i, part := range parts {
		n, err := parseNumber(strings.TrimSpace(part))
		if err != nil {
			return nil, badParameter("bbox", quote(part)+" is no number")
		}
		v[i] = n
	}
	if len(v) == 6 {
		if v[2] > v[5] {
			return nil, badParameter("bbox", "its lowest height is above its greatest")
		}
		v = []float64{v[0], v[1], v[3], v[4]}
	}
	return checkedBBox(geo.BBox{West: v[0], South: v[1], East: v[2], North: v[3]})
}

func checkedBBox(b geo.BBox) (*geo.BBox, error) {
	switch {
	case math.Abs(b.West) > 180 || math.Abs(b.East) > 180:
		return nil, badParameter("bbox", "its longitudes, the first and the third of four numbers, must be within -180 and 180")
	case math.Abs(b.South) > 90 || math.Abs(b.North) > 90:
		return nil, badParameter("bbox", "its latitudes, the second and the fourth of four numbers, must be within -90 and 90")
	case b.South > b.North:
		return nil, badParameter("bbox", "its south is north of its north")
	}
	return &b, nil
}

// parseNumber reads a decimal number: no NaN, infinity, hexadecimal or underscore.
func parseNumber(s string) (float64, error) {
	if s == "" || strings.Trim(s, "0123456789+-.eE") != "" {
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseFloat(s, 64)
}
