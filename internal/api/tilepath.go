package api

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/tile"
	"parkmap/internal/tileset"
)

// tilesRoot is the path under which XYZ tiles and their TileJSON are served.
const tilesRoot = "/tiles/"

// isTile tells whether a path belongs to the XYZ tiles, whose errors are never pages.
func isTile(path string) bool { return strings.HasPrefix(path, tilesRoot) }

// tilePath is what a path under tilesRoot names: a tile, or a TileJSON document.
type tilePath struct {
	ogc.TileAddress
	grid     *tile.Grid
	document bool
	id       tile.ID      // of a tile
	look     tileset.Look // of an image, as far as the path says
}

// suffixTileJSON ends the path of a document.
const suffixTileJSON = ".json"

// readTilePath reads {layer}[/v{n}][/{datum}].json or {layer}[/v{n}][/{datum}]/{z}/{x}/{y} with .mvt, or [@2x] and
// .png or .webp, behind it, all unescaped segment by segment. What names nothing is not-found; numbers that are none are
// invalid.
func readTilePath(segments []string) (tilePath, error) {
	var p tilePath
	last := len(segments) - 1
	if text, ok := strings.CutSuffix(segments[last], suffixTileJSON); ok {
		p.document = true
		err := p.address(append(segments[:last:last], text))
		return p, err
	}
	if len(segments) < 4 {
		return p, layout.NotFound("tile path", layout.ID(strings.Join(segments, "/")))
	}
	row, look, ok := cutForm(segments[last])
	if !ok {
		return p, noSuchFormat(segments[last])
	}
	p.look = look
	if err := p.address(segments[:last-2]); err != nil {
		return p, err
	}
	var err error
	p.id, err = readTileID(segments[last-2], segments[last-1], row)
	return p, err
}

// address reads layer, version and datum.
func (p *tilePath) address(segments []string) error {
	p.Layer = segments[0]
	rest := segments[1:]
	if len(rest) > 0 {
		if n, ok := readVersion(rest[0]); ok {
			p.Version, rest = n, rest[1:]
		}
	}
	name := tile.WebMercatorQuad
	if len(rest) > 0 && (rest[0] == tile.GCJ02 || rest[0] == tile.BD09) {
		name, p.Datum, rest = rest[0], rest[0], rest[1:]
	}
	if len(rest) > 0 {
		return &layout.Error{
			Kind: layout.KindNotFound, Concerns: "tiles of " + quote(p.Layer),
			Detail: quote(rest[0]) + " is neither a version such as v3 nor a datum; there are gcj02 and bd09, and without one the tiles are in WGS 84",
		}
	}
	p.grid, _ = tile.LookupGrid(name)
	return nil
}

// readVersion reads v and a number from 1.
func readVersion(text string) (n int64, ok bool) {
	digits, ok := strings.CutPrefix(text, "v")
	if !ok || digits == "" || digits[0] == '0' || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	return n, err == nil
}

func noSuchFormat(name string) error {
	return &layout.Error{
		Kind: layout.KindNotFound, Concerns: "tile " + quote(name), Detail: "there is no such format of tiles; available: mvt, png, webp and @2x.png, @2x.webp",
	}
}

// readTileID reads zoom, column and row.
func readTileID(z, x, y string) (tile.ID, error) {
	var id tile.ID
	for _, part := range []struct {
		name, text string
		into       *int
	}{{"z", z, &id.Z}, {"x", x, &id.X}, {"y", y, &id.Y}} {
		n, err := readTileNumber(part.name, part.text)
		if err != nil {
			return id, err
		}
		*part.into = n
	}
	return id, nil
}

// maxTileDigits bounds a number of a tile; no grid has longer ones.
const maxTileDigits = 10

// readTileNumber reads a whole number as it is usually written, so that a tile has one address.
func readTileNumber(name, text string) (int, error) {
	digits := strings.TrimPrefix(text, "-")
	canonical := digits != "" && strings.Trim(digits, "0123456789") == "" && (digits[0] != '0' || text == "0")
	switch {
	case !canonical:
		return 0, layout.Invalid("tile", layout.Violation{Rule: "tile-number", Path: name, Detail: quote(text) + " is no whole number"})
	case len(digits) > maxTileDigits:
		return 0, layout.NotFound("tile with "+name, layout.ID(text[:maxTileDigits]+"…"))
	}
	return strconv.Atoi(text) // it fits
}

// tileSegments splits the path of a request behind tilesRoot; each segment is unescaped by itself, so that names may
// have slashes and percent signs.
func tileSegments(u *url.URL) ([]string, error) {
	if u.RawPath == "" {
		return strings.Split(u.Path[len(tilesRoot):], "/"), nil
	}
	escaped, ok := strings.CutPrefix(u.EscapedPath(), tilesRoot)
	if !ok {
		return nil, echo.ErrNotFound
	}
	segments := strings.Split(escaped, "/")
	for i, s := range segments {
		text, err := url.PathUnescape(s)
		if err != nil {
			return nil, echo.NewHTTPError(http.StatusBadRequest, "the address cannot be read")
		}
		segments[i] = text
	}
	return segments, nil
}
