package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
)

// maxBody bounds the body of a request: a feature of 100,000 positions has less.
const maxBody = 8 << 20

// readBody returns the body of a request, which has to be of one of the media types; 413 and 415 else.
func readBody(c echo.Context, types ...string) ([]byte, error) {
	r := c.Request()
	given, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || !slices.Contains(types, given) {
		return nil, echo.NewHTTPError(http.StatusUnsupportedMediaType, "the header Content-Type has to name one of "+strings.Join(types, ", "))
	}
	data, err := io.ReadAll(http.MaxBytesReader(c.Response(), r.Body, maxBody))
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return nil, echo.NewHTTPError(http.StatusRequestEntityTooLarge, "the body is longer than "+strconv.Itoa(maxBody)+" bytes")
	}
	if err != nil {
		return nil, echo.NewHTTPError(http.StatusBadRequest, "the body did not arrive")
	}
	return data, nil
}

// readJSON reads a body that is a JSON object with the members of into and no others. No body is an empty object.
func readJSON(c echo.Context, into any) error {
	if c.Request().ContentLength == 0 {
		return nil
	}
	data, err := readBody(c, ogc.TypeJSON)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	err = d.Decode(into)
	if err == nil {
		_, err = d.Token()
	}
	var kind *json.UnmarshalTypeError
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case errors.As(err, &kind):
		return badBody("/"+strings.ReplaceAll(kind.Field, ".", "/"), "is of the wrong type")
	case err != nil && strings.HasPrefix(err.Error(), "json: unknown field "):
		return badBody("/", "there is no member "+strings.TrimPrefix(err.Error(), "json: unknown field "))
	}
	return badBody("/", "the body is no JSON object")
}

// badBody says what is wrong at a JSON pointer into the body.
func badBody(pointer, detail string) error {
	return layout.Invalid("", layout.Violation{Rule: layout.RuleJSON, Path: pointer, Detail: detail})
}

// sendJSON writes a document that is made for one request. Nobody but who asked may keep it.
func sendJSON(c echo.Context, status int, etag string, doc any) error {
	body, err := layout.MarshalJSON(doc)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h["Cache-Control"] = noStore
	h.Set("Content-Type", ogc.TypeJSON)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if etag != "" {
		h.Set("ETag", etag)
	}
	writeBody(c.Response(), c.Request(), status, body)
	return nil
}
