package geo

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// AxisOrder is the order in which the definition of a reference system names its axes.
type AxisOrder int

// The orders there are. Shapefiles, GeoPackage and GeoJSON keep east first whatever the definition says; OGC
// API answers follow the definition.
const (
	EastNorth AxisOrder = iota // longitude, latitude or easting, northing
	NorthEast                  // latitude, longitude or northing, easting
)

// CRS is a coordinate reference system of AllCRS. The zero value is CRS84, the system of all stored geometry.
type CRS struct {
	Code      int       // number at EPSG; 0 for CRS84, which OGC defines
	Name      string    // name at EPSG
	AxisOrder AxisOrder // as defined; Forward and Inverse keep east first all the same
	kind      projection
	grid      transverse // where kind is gaussKruger
}

type projection int

const (
	geographic projection = iota
	webMercator
	gaussKruger
)

// ErrUnknownCRS is wrapped by the error of LookupCRS.
var ErrUnknownCRS = errors.New("unknown coordinate reference system")

// URI returns the name of c at opengis.net, as OGC API documents and headers use it.
func (c CRS) URI() string {
	if c.Code == 0 {
		return "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
	}
	return "http://www.opengis.net/def/crs/EPSG/0/" + strconv.Itoa(c.Code)
}

// Projected tells whether coordinates of c are metres and not degrees.
func (c CRS) Projected() bool { return c.kind != geographic }

// Meridian returns the central meridian of a Gauss-Krüger grid in degrees; ok is false for every other system.
func (c CRS) Meridian() (lon float64, ok bool) { return c.grid.lon0, c.kind == gaussKruger }

// Forward converts p from CRS84 to c: degrees or metres, longitude or easting first. CGCS2000 and WGS 84 are
// taken as the same datum, as PROJ does; they differ by less than stored positions are worth. A Gauss-Krüger
// zone gives values far outside itself too, exact within 30° of its meridian. EPSG:3857 has no poles: latitudes
// are cut at ±89.99°.
func (c CRS) Forward(p orb.Point) orb.Point {
	switch c.kind {
	case webMercator:
		return mercatorForward(p)
	case gaussKruger:
		return c.grid.forward(p)
	}
	return p
}

// Inverse converts p from c, longitude or easting first, to CRS84.
func (c CRS) Inverse(p orb.Point) orb.Point {
	switch c.kind {
	case webMercator:
		return mercatorInverse(p)
	case gaussKruger:
		return c.grid.inverse(p)
	}
	return p
}

// SwapAxes exchanges the coordinates of p. It turns east first into the order of a NorthEast system and back.
func SwapAxes(p orb.Point) orb.Point { return orb.Point{p[1], p[0]} }

const mercatorMaxLat = 89.99

func mercatorForward(p orb.Point) orb.Point {
	lat := radians(max(-mercatorMaxLat, min(mercatorMaxLat, p[1])))
	return orb.Point{wgs84.a * radians(p[0]), wgs84.a * math.Asinh(math.Tan(lat))}
}

func mercatorInverse(p orb.Point) orb.Point {
	return orb.Point{degrees(p[0] / wgs84.a), degrees(math.Atan(math.Sinh(p[1] / wgs84.a)))}
}

// ellipsoid has a semi-major axis in metres and a flattening.
type ellipsoid struct{ a, f float64 }

var (
	wgs84    = ellipsoid{6378137, 1 / 298.257223563}
	cgcs2000 = ellipsoid{6378137, 1 / 298.257222101}
)

// systems are ordered by code. EPSG numbers the Gauss-Krüger grids of CGCS2000 without gaps from west to east.
var systems = makeSystems()

func makeSystems() []CRS {
	all := []CRS{
		{Code: 0, Name: "WGS 84 (CRS84)"},
		{Code: 3857, Name: "WGS 84 / Pseudo-Mercator", kind: webMercator},
		{Code: 4326, Name: "WGS 84", AxisOrder: NorthEast},
		{Code: 4490, Name: "China Geodetic Coordinate System 2000", AxisOrder: NorthEast},
	}
	for zone := 13; zone <= 23; zone++ {
		lon0 := 6*zone - 3
		all = append(all,
			gridSystem(4491+zone-13, fmt.Sprintf("CGCS2000 / Gauss-Kruger zone %d", zone), lon0, zone),
			gridSystem(4502+zone-13, fmt.Sprintf("CGCS2000 / Gauss-Kruger CM %dE", lon0), lon0, 0))
	}
	for zone := 25; zone <= 45; zone++ {
		lon0 := 3 * zone
		all = append(all,
			gridSystem(4513+zone-25, fmt.Sprintf("CGCS2000 / 3-degree Gauss-Kruger zone %d", zone), lon0, zone),
			gridSystem(4534+zone-25, fmt.Sprintf("CGCS2000 / 3-degree Gauss-Kruger CM %dE", lon0), lon0, 0))
	}
	slices.SortFunc(all, func(a, b CRS) int { return a.Code - b.Code })
	return all
}

// gridSystem returns a Gauss-Krüger grid whose eastings begin with the number of the zone, if that is not 0.
func gridSystem(code int, name string, lon0, zone int) CRS {
	falseEasting := float64(zone)*1e6 + 500_000
	return CRS{
		Code: code, Name: name, AxisOrder: NorthEast,
		kind: gaussKruger, grid: newTransverse(float64(lon0), falseEasting, cgcs2000),
	}
}

// AllCRS returns the systems there are: CRS84, then those of EPSG by number: 3857, 4326, 4490 and the 6-degree
// and 3-degree Gauss-Krüger grids of CGCS2000, 4491–4554.
func AllCRS() []CRS { return slices.Clone(systems) }

// crsName matches the ways to name a system: URI, URN, authority with code, or bare code.
var crsName = regexp.MustCompile(
	`^(?:https?://www\.opengis\.net/def/crs/EPSG/[0-9.]+/|urn:ogc:def:crs:EPSG:[0-9.]*:|EPSG:)?([1-9][0-9]{3,5})$` +
		`|^(?:https?://www\.opengis\.net/def/crs/OGC/[0-9.]+/|urn:ogc:def:crs:OGC:[0-9.]*:|OGC:)?(CRS84)$`)

// LookupCRS returns the system with the given name: its URI (http or https), its URN, EPSG:4544, [EPSG:4544],
// OGC:CRS84, or the bare 4544 or CRS84. Other names are an ErrUnknownCRS.
func LookupCRS(uriOrCode string) (CRS, error) {
	name := uriOrCode
	if curie, ok := strings.CutPrefix(name, "["); ok && strings.HasSuffix(curie, "]") {
		name = strings.TrimSuffix(curie, "]")
	}
	m := crsName.FindStringSubmatch(name)
	if m == nil {
		return CRS{}, fmt.Errorf("%w: %.80q", ErrUnknownCRS, uriOrCode)
	}
	if m[2] != "" {
		return systems[0], nil
	}
	code, _ := strconv.Atoi(m[1]) // digits only
	i, found := slices.BinarySearchFunc(systems, code, func(c CRS, code int) int { return c.Code - code })
	if !found {
		return CRS{}, fmt.Errorf("%w: %.80q", ErrUnknownCRS, uriOrCode)
	}
	return systems[i], nil
}
