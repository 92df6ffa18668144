package api

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"parkmap/internal/source"
)

// workerFile is the script of the service worker. Its address carries no hash, since browsers look for a
// newer worker where they found the last one.
const workerFile = "dist/sw.js"

// policyWorker lets the worker fetch from this server, and nothing else.
var policyWorker = []string{"default-src 'none'; connect-src 'self'"}

// loadWorker reads the script and puts before it which version of the program this is and which files
// belong to it. Another version has other bytes, which is how a browser finds it. A folder that was never
// bundled has no worker: nil.
func loadWorker(fsys fs.FS, assets map[string]*answer, version string) (*answer, error) {
	script, err := fs.ReadFile(fsys, workerFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	program := struct {
		Build  string   `json:"build"`
		Assets []string `json:"assets"`
	}{Assets: []string{}}
	sum := sha256.New()
	sum.Write([]byte(version))
	sum.Write(script)
	for _, name := range slices.Sorted(maps.Keys(assets)) {
		program.Assets = append(program.Assets, "/assets/"+name)
		sum.Write([]byte("\n" + name))
	}
	program.Build = base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:9])
	head, err := json.Marshal(program)
	if err != nil {
		return nil, err
	}
	body := slices.Concat([]byte("self.parkmap="), head, []byte(";\n"), script)
	return newAnswer(source.NewBody(assetType(workerFile), body),
		field{"Cache-Control", cachePublic}, field{"Vary", varyEncoding}, field{"Content-Security-Policy", policyWorker}), nil
}

// getWorker answers with the service worker, where the page was bundled.
func (s *Server) getWorker(c echo.Context) error {
	if s.worker == nil {
		return echo.NewHTTPError(http.StatusNotFound, "there is no such file")
	}
	s.worker.form(joined(c.Request().Header, "Accept-Encoding")).send(c.Response(), c.Request())
	return nil
}
