package main

import (
	"sync"

	"parkmap/internal/api"
)

// health is what the server knows about itself. The store and the layout fail and recover on their own.
type health struct {
	mu       sync.Mutex
	stopping bool
	store    error // why the store does not answer; nil when it does
	tables   error // why the database of the published tables does not answer; nil when it does
	load     error // why the newest version could not be loaded; nil when it is served
}

// set stores err for one part of the server and says whether that part changed between well and unwell.
func (h *health) set(part *error, err error) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	changed := (*part == nil) != (err == nil)
	*part = err
	return changed
}

// stop marks the server as going away, so that balancers send nothing new.
func (h *health) stop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.stopping = true
}

// readiness says what a balancer or an operator may expect. The reasons name no internals.
func (h *health) readiness() api.Readiness {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.stopping:
		return api.Readiness{Status: api.NotReady, Reasons: []string{"the server is stopping"}}
	case h.store != nil:
		return api.Readiness{Status: api.Degraded, Reasons: []string{"the database does not answer; reads go on from memory, changes are refused"}}
	case h.tables != nil:
		return api.Readiness{Status: api.Degraded, Reasons: []string{"the database of the published tables does not answer; the layout is served"}}
	case h.load != nil:
		return api.Readiness{Status: api.Degraded, Reasons: []string{"a newer version could not be loaded; the one before is served"}}
	}
	return api.Readiness{Status: api.Ready}
}
