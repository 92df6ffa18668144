package source

import "sync/atomic"

// Live holds the snapshot that is served. Its zero value holds none. All methods may be called at the same time.
type Live struct {
	current atomic.Pointer[Snapshot]
}

// Current returns the snapshot put in last; nil before the first. A request asks once and keeps what it got.
func (l *Live) Current() *Snapshot { return l.current.Load() }

// Swap puts in s and returns the snapshot before it, which ends with the last request that uses it.
func (l *Live) Swap(s *Snapshot) *Snapshot { return l.current.Swap(s) }
