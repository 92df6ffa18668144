package api

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
)

// Status says whether a server can do its work.
type Status string

// The states of a server.
const (
	Ready    Status = "ready"
	Degraded Status = "degraded" // reads are answered, something else is not
	NotReady Status = "not ready"
)

// errNoSnapshot says that the server has no layout to answer from yet.
var errNoSnapshot = errors.New("no version of the layout is loaded yet")

// Readiness is the state of a server with the reasons for it, which name no internals.
type Readiness struct {
	Status  Status   `json:"status"`
	Reasons []string `json:"reasons,omitempty"`
	Version int64    `json:"layout_version,omitempty"` // that is served; set by the server
}

// getHealth says that the process answers.
func (s *Server) getHealth(c echo.Context) error {
	return s.writeState(c, http.StatusOK, Readiness{Status: "alive"})
}

// getReadiness says whether requests should be sent here: degraded counts as yes.
func (s *Server) getReadiness(c echo.Context) error {
	state := s.ready()
	snapshot := s.live.Current()
	if snapshot == nil {
		state = Readiness{Status: NotReady, Reasons: append([]string{errNoSnapshot.Error()}, state.Reasons...)}
	} else {
		state.Version = snapshot.Version()
	}
	if state.Status == NotReady {
		return s.writeState(c, http.StatusServiceUnavailable, state)
	}
	return s.writeState(c, http.StatusOK, state)
}

func (s *Server) writeState(c echo.Context, status int, state Readiness) error {
	body, err := layout.MarshalJSON(state)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h["Cache-Control"] = noStore
	h.Set("Content-Type", ogc.TypeJSON)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	writeBody(c.Response(), c.Request(), status, body)
	return nil
}
