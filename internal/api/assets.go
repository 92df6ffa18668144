package api

import (
	"errors"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"

	"parkmap/internal/source"
)

const assetsRoot = "dist/assets"

// loadAssets reads the files of the bundle, whose names carry a hash of their content, with their
// compressed twins. A folder that was never bundled has none.
func loadAssets(fsys fs.FS) (map[string]*answer, error) {
	assets := map[string]*answer{}
	err := fs.WalkDir(fsys, assetsRoot, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || isTwin(fsys, name) {
			return err
		}
		body, err := readAsset(fsys, name)
		if err == nil {
			assets[strings.TrimPrefix(name, assetsRoot+"/")] = newAnswer(body,
				field{"Cache-Control", cacheForever}, field{"Vary", varyEncoding})
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return assets, nil
	}
	return assets, err
}

// isTwin tells whether a file is the compressed form of another one.
func isTwin(fsys fs.FS, name string) bool {
	ext := path.Ext(name)
	if ext != ".br" && ext != ".gz" {
		return false
	}
	_, err := fs.Stat(fsys, strings.TrimSuffix(name, ext))
	return err == nil
}

func readAsset(fsys fs.FS, name string) (*source.Body, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	twins := map[string][]byte{}
	for coding, ext := range map[string]string{source.Brotli: ".br", source.Gzip: ".gz"} {
		twin, err := fs.ReadFile(fsys, name+ext)
		if err == nil {
			twins[coding] = twin
		} else if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return source.NewPrecompressedBody(assetType(name), data, twins), nil
}

// assetType names the media type of a file by its ending; the system's table is not asked.
func assetType(name string) string {
	switch ext := path.Ext(name); ext {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".woff2":
		return "font/woff2"
	case ".json", ".map", ".webmanifest":
		return "application/json"
	case ".txt":
		return "text/plain; charset=utf-8"
	default:
		return "application/octet-stream"
	}
}

// getAsset answers from memory: a name that is not one of the bundle's is not found, whatever it points to.
func (s *Server) getAsset(c echo.Context) error {
	asset := s.assets[c.Param("*")]
	if asset == nil {
		return echo.NewHTTPError(http.StatusNotFound, "there is no such file")
	}
	asset.form(joined(c.Request().Header, "Accept-Encoding")).send(c.Response(), c.Request())
	return nil
}

// getFavicon answers browsers that ask for an icon by its old name.
func (s *Server) getFavicon(c echo.Context) error {
	c.Response().Header()["Cache-Control"] = cachePublic
	return c.Blob(http.StatusOK, "image/svg+xml", []byte(favicon))
}

// favicon is the mark of the program: a core, a zone and parks around them.
const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="4" fill="#faf8f2"/><circle cx="16" cy="14" r="6" fill="#ad4342"/><rect x="13" y="22" width="6" height="6" fill="#1f3b70"/><g fill="#a87b1e"><circle cx="6" cy="8" r="2.5"/><circle cx="26" cy="8" r="2.5"/><circle cx="5" cy="20" r="2.5"/><circle cx="27" cy="20" r="2.5"/></g></svg>`

// robots lets crawlers read the pages and keeps them from walking through the queries of the API, of comparisons
// and of sheets.
const robots = "User-agent: *\nDisallow: /api/\nDisallow: /compare?\nDisallow: /print?\n"

func (s *Server) getRobots(c echo.Context) error {
	c.Response().Header()["Cache-Control"] = cachePublic
	return c.Blob(http.StatusOK, "text/plain; charset=utf-8", []byte(robots))
}
