package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3filter"

	"parkmap/internal/ogc"
)

// validateCall holds an answer against the operation that the OpenAPI document has for its request.
func (a *accounts) validateCall(r *http.Request, w *httptest.ResponseRecorder) {
	a.t.Helper()
	route, params, err := a.find(r)
	if err != nil || r.Method == http.MethodHead || r.Method == http.MethodOptions {
		if w.Code < 300 && r.Method != http.MethodOptions && r.Method != http.MethodHead {
			a.t.Errorf("%s %s is served and not described: %v", r.Method, r.URL, err)
		}
		return
	}
	err = openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route},
		Status:                 w.Code, Header: w.Header(), Body: io.NopCloser(bytes.NewReader(w.Body.Bytes())),
		Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	})
	if err != nil {
		a.t.Errorf("%s %s answers %d other than the OpenAPI document says: %.2000v", r.Method, r.URL, w.Code, err)
	}
}

// TestExamplesOfAccounts sends each example of the OpenAPI document, in an order in which they make sense.
func TestExamplesOfAccounts(t *testing.T) {
	a := newAccounts(t, nil)
	var doc ogc.OpenAPI
	a.json("/api/openapi.json", &doc)
	example := func(path, method string) map[string]any {
		t.Helper()
		text, err := json.Marshal(doc.Paths[path])
		if err != nil {
			t.Fatal(err)
		}
		var item map[string]struct {
			RequestBody struct{ Content map[string]ogc.Media }
		}
		if err := json.Unmarshal(text, &item); err != nil {
			t.Fatal(err)
		}
		body, ok := item[strings.ToLower(method)].RequestBody.Content["application/json"].Example.(map[string]any)
		if !ok {
			t.Fatalf("no example for %s %s", method, path)
		}
		return body
	}
	admin := a.signIn("admin")
	try := func(method, path string, want int, who ...string) *httptest.ResponseRecorder {
		t.Helper()
		body := example(path, method)
		w := a.send(method, "/api"+strings.ReplaceAll(path, "{user}", "li.hua"), body, who...)
		a.wantStatus(w, want)
		return w
	}
	try(http.MethodPost, "/users", http.StatusCreated, admin...)
	try(http.MethodPatch, "/users/{user}", http.StatusOK, admin...)
	try(http.MethodPut, "/users/{user}/password", http.StatusNoContent, admin...)
	try(http.MethodPost, "/tokens", http.StatusCreated, admin...)
	try(http.MethodPost, "/invitations/accept", http.StatusNotFound) // its secret is none
	w := try(http.MethodPost, "/invitations", http.StatusCreated, admin...)
	var made struct{ Secret string }
	a.decode(w, http.StatusCreated, &made)
	acceptance := example("/invitations/accept", http.MethodPost)
	acceptance["secret"] = made.Secret
	a.wantStatus(a.send(http.MethodPost, "/api/invitations/accept", acceptance), http.StatusOK)
	credentials := example("/session", http.MethodPost)
	w = a.send(http.MethodPost, "/api/users", map[string]any{"name": credentials["name"], "role": "viewer", "password": credentials["password"]}, admin...)
	a.wantStatus(w, http.StatusCreated)
	w = try(http.MethodPost, "/session", http.StatusOK)
	try(http.MethodPut, "/session/password", http.StatusOK, "Cookie", cookieOf(w))
}

// TestCallsAreDescribed compares the calls with the OpenAPI document.
func TestCallsAreDescribed(t *testing.T) {
	a := newAccounts(t, nil)
	var doc ogc.OpenAPI
	a.json("/api/openapi.json", &doc)
	described := 0
	for path, item := range doc.Paths {
		if isCall("/api" + path) {
			for _, o := range []*ogc.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
				if o != nil {
					described++
				}
			}
		}
	}
	if calls := len(a.server.calls()); described != calls {
		t.Errorf("%d are described, %d are served", described, calls)
	}
}
