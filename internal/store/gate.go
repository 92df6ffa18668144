package store

import (
	"sync"

	"parkmap/internal/layout"
)

// Gate counts the running calls of a store, so that Close can wait for them. The zero value is open.
type Gate struct {
	mu      sync.Mutex
	closed  bool
	running sync.WaitGroup
}

// Enter starts a call; leave ends it. A closed gate is unavailable.
func (g *Gate) Enter() (leave func(), err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return nil, &layout.Error{Kind: layout.KindUnavailable, Concerns: "store", Detail: "it is closed"}
	}
	g.running.Add(1)
	return g.running.Done, nil
}

// Close lets no new call in and waits for the running ones. It says whether it was open.
func (g *Gate) Close() bool {
	g.mu.Lock()
	first := !g.closed
	g.closed = true
	g.mu.Unlock()
	g.running.Wait()
	return first
}
