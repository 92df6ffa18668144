package tile

import "strconv"

// MatrixSet is a tile matrix set as OGC 17-083r4 (Two Dimensional Tile Matrix Set) describes it and its
// register at http://www.opengis.net/def/tilematrixset lists it.
type MatrixSet struct {
	ID, Title         string
	URI               string // of the set
	CRS               string // URI of the reference system
	OrderedAxes       [2]string
	WellKnownScaleSet string     // URI
	PointOfOrigin     [2]float64 // north-west corner of the world, in the order of the axes
	LowerLeft         [2]float64 // of the world, in the order of the axes
	UpperRight        [2]float64
	width             int     // tiles of zoom 0; there is one row
	cellSize          float64 // of zoom 0, in units of the reference system
	metresPerUnit     float64
}

// Matrix is one zoom of a MatrixSet.
type Matrix struct {
	ID                        string // the zoom
	ScaleDenominator          float64
	CellSize                  float64 // of a pixel, in units of the reference system
	TileWidth, TileHeight     int     // pixels
	MatrixWidth, MatrixHeight int     // tiles
}

// pixelM is the standardised size of a pixel in metres (clause 6.1 of OGC 17-083r4).
const pixelM = 0.28e-3

// degreeM is a degree of the equator of WGS 84 and of CGCS2000.
const degreeM = mercatorMetres / 360

var webMercatorQuad = MatrixSet{
	ID: WebMercatorQuad, Title: "Google Maps Compatible for the World",
	URI:               "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad",
	CRS:               "http://www.opengis.net/def/crs/EPSG/0/3857",
	OrderedAxes:       [2]string{"E", "N"},
	WellKnownScaleSet: "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
	PointOfOrigin:     [2]float64{-mercatorMetres / 2, mercatorMetres / 2},
	LowerLeft:         [2]float64{-mercatorMetres / 2, -mercatorMetres / 2},
	UpperRight:        [2]float64{mercatorMetres / 2, mercatorMetres / 2},
	width:             1, cellSize: mercatorMetres / tilePx, metresPerUnit: 1,
}

var worldCRS84Quad = MatrixSet{
	ID: WorldCRS84Quad, Title: "CRS84 for the World",
	URI:               "http://www.opengis.net/def/tilematrixset/OGC/1.0/WorldCRS84Quad",
	CRS:               "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
	OrderedAxes:       [2]string{"Lon", "Lat"},
	WellKnownScaleSet: "http://www.opengis.net/def/wkss/OGC/1.0/GoogleCRS84Quad",
	PointOfOrigin:     [2]float64{-180, 90},
	LowerLeft:         [2]float64{-180, -90},
	UpperRight:        [2]float64{180, 90},
	width:             2, cellSize: 180. / tilePx, metresPerUnit: degreeM,
}

var cgcs2000Quad = MatrixSet{
	ID: CGCS2000Quad, Title: "CGCS2000 for the World",
	URI:               "http://www.opengis.net/def/tilematrixset/OGC/1.0/CGCS2000Quad",
	CRS:               "http://www.opengis.net/def/crs/EPSG/0/4490",
	OrderedAxes:       [2]string{"Lat", "Lon"},
	WellKnownScaleSet: "http://www.opengis.net/def/wkss/OGC/1.0/GoogleCRS84Quad",
	PointOfOrigin:     [2]float64{90, -180},
	LowerLeft:         [2]float64{-90, -180},
	UpperRight:        [2]float64{90, 180},
	width:             2, cellSize: 180. / tilePx, metresPerUnit: degreeM,
}

// MatrixSet returns what OGC registers of g, or nil for a grid that it does not know.
func (g *Grid) MatrixSet() *MatrixSet { return g.matrix }

// Matrix returns zoom z of s.
func (s *MatrixSet) Matrix(z int) Matrix {
	n := scale(z)
	return Matrix{
		ID:               strconv.Itoa(z),
		ScaleDenominator: s.cellSize / n * s.metresPerUnit / pixelM,
		CellSize:         s.cellSize / n,
		TileWidth:        tilePx, TileHeight: tilePx,
		MatrixWidth: s.width << z, MatrixHeight: 1 << z,
	}
}
