package api

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"parkmap/internal/layout"
)

// maxBody bounds the body of a change, in bytes: a feature of 100,000 positions has less.
const maxBody = 8 << 20

// body returns the body of the call, which has to be of one of the media types.
func (c *caller) body(types ...string) ([]byte, error) {
	r := c.Request()
	given, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || !slices.Contains(types, given) {
		return nil, echo.NewHTTPError(http.StatusUnsupportedMediaType, "the body must be one of "+strings.Join(types, ", "))
	}
	return c.bytes()
}

// bytes returns the body of the call.
func (c *caller) bytes() ([]byte, error) {
	data, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, maxBody))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, echo.NewHTTPError(http.StatusRequestEntityTooLarge, "the body is longer than "+itoa(maxBody>>10)+" KB")
	case err != nil:
		return nil, echo.NewHTTPError(http.StatusBadRequest, "the body did not arrive")
	}
	return data, nil
}

// told is read for a body that may be left out.
func (c *caller) told(v any) error {
	if c.Request().ContentLength == 0 {
		return nil
	}
	return c.readUpTo(maxBody, v)
}

// badBody says what is wrong at a JSON pointer into the body.
func badBody(pointer, detail string) error {
	return layout.Invalid("body", layout.Violation{Rule: layout.RuleJSON, Path: pointer, Detail: detail})
}
