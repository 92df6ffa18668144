package store

import (
	"context"
	"sync"
)

// Notices hands the number of the newest version to any number of watchers. A watcher that is slow
// finds the last number only. The zero value is ready; all methods may be called at the same time.
type Notices struct {
	mu       sync.Mutex
	watchers map[chan int64]struct{}
	newest   int64
	closed   bool
}

// Watch adds a watcher. Its channel is closed when ctx ends or the notices are closed.
func (n *Notices) Watch(ctx context.Context) <-chan int64 {
	c := make(chan int64, 1)
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.closed || ctx.Err() != nil {
		close(c)
		return c
	}
	if n.watchers == nil {
		n.watchers = map[chan int64]struct{}{}
	}
	n.watchers[c] = struct{}{}
	context.AfterFunc(ctx, func() { n.remove(c) })
	return c
}

// Tell tells all watchers that version may be the newest now. A number below one told before is
// raised to it.
func (n *Notices) Tell(version int64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.newest = max(n.newest, version)
	for c := range n.watchers {
		select {
		case <-c: // what was not read yet gives way
		default:
		}
		c <- n.newest
	}
}

// Raise is Tell for a version that may be known already: only a new one is told.
func (n *Notices) Raise(version int64) {
	n.mu.Lock()
	known := version <= n.newest
	n.mu.Unlock()
	if !known {
		n.Tell(version)
	}
}

// Close ends all watching.
func (n *Notices) Close() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.closed = true
	for c := range n.watchers {
		close(c)
	}
	n.watchers = nil
}

func (n *Notices) remove(c chan int64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if _, ok := n.watchers[c]; ok {
		delete(n.watchers, c)
		close(c)
	}
}
