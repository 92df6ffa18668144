package source

import (
	"context"
	"sync"
	"sync/atomic"
)

// Live holds the snapshot that is served. Its zero value holds none. All methods may be called at the same time.
type Live struct {
	current atomic.Pointer[Snapshot]

	mu      sync.Mutex
	changed chan struct{} // closed by the next Swap; nil until somebody waits
}

// Current returns the snapshot put in last; nil before the first. A request asks once and keeps what it got.
func (l *Live) Current() *Snapshot { return l.current.Load() }

// Swap puts in s and returns the snapshot before it, which ends with the last request that uses it.
func (l *Live) Swap(s *Snapshot) *Snapshot {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.changed != nil {
		close(l.changed)
		l.changed = nil
	}
	return l.current.Swap(s)
}

// Changed returns a channel that the next Swap closes. To miss nothing, ask for it first and for the current
// snapshot then.
func (l *Live) Changed() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.changed == nil {
		l.changed = make(chan struct{})
	}
	return l.changed
}

// Await returns when a snapshot of version n or above is served, or ctx ends; it says whether one is.
func (l *Live) Await(ctx context.Context, n int64) bool {
	for {
		changed := l.Changed()
		if s := l.Current(); s != nil && s.Version() >= n {
			return true
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return false
		}
	}
}
