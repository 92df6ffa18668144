package api

import (
	"net/http"
	"strings"
)

// Header values that never change. They are shared by all answers and must not be written to.
var (
	policyAPI     = []string{"default-src 'none'; frame-ancestors 'none'"}
	policyPage    = []string{"default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"}
	noSniff       = []string{"nosniff"}
	noReferrer    = []string{"strict-origin-when-cross-origin"}
	noStore       = []string{"no-store"}
	anyOrigin     = []string{"*"}
	exposed       = []string{"Content-Bbox, Content-Crs, ETag, Image-Description, Link, Location, OGC-NumberMatched, OGC-NumberMatched-Estimated, OGC-NumberReturned, Retry-After, X-Datum, X-Layout-Version, X-Request-Id, X-Tile-Report"}
	readMethods   = []string{"GET, HEAD, OPTIONS"}
	allowedHeader = []string{"Accept, Accept-Language, If-None-Match, X-Request-Id"}
	preflightAge  = []string{"86400"}
	varyDocument  = []string{"Accept, Accept-Encoding, Accept-Language"}
	varyEncoding  = []string{"Accept-Encoding"}
)

// Values of Cache-Control. Every answer is revalidated; those whose links follow from the Host header may
// not be kept by caches that several clients share.
var (
	cachePublic  = []string{"public, max-age=0, must-revalidate"}
	cachePrivate = []string{"private, max-age=0, must-revalidate"}
	cacheForever = []string{"public, max-age=31536000, immutable"}
)

// setCommonHeaders sets what every answer has, errors included.
func (s *Server) setCommonHeaders(h http.Header, r *http.Request, id string) {
	h["X-Request-Id"] = []string{id}
	h["X-Content-Type-Options"] = noSniff
	h["Content-Security-Policy"] = policyAPI
	if s.private || !isPublicRead(r.URL.Path) {
		return
	}
	h["Access-Control-Allow-Origin"] = anyOrigin
	switch {
	case r.Method == http.MethodOptions:
		h["Access-Control-Allow-Methods"] = readMethods
		h["Access-Control-Allow-Headers"] = allowedHeader
		h["Access-Control-Max-Age"] = preflightAge
	case r.Header["Origin"] != nil: // only scripts of other sites need it
		h["Access-Control-Expose-Headers"] = exposed
	}
}

// isAPI tells whether a path belongs to the API, whose errors are never pages.
func isAPI(path string) bool {
	return path == "/api" || strings.HasPrefix(path, "/api/")
}

// isPublicRead tells whether scripts of other sites may read what is under a path.
func isPublicRead(path string) bool {
	return isAPI(path) && !isCall(path) || isPicture(path) || isMapPart(path) || path == "/pack.json"
}
