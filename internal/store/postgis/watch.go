package postgis

import (
	"context"
	"strconv"
	"time"

	"github.com/lib/pq"
)

// channel is where a publication is announced.
const channel = "parkmap_version"

// How fast a lost connection is made again.
const (
	minReconnect = 100 * time.Millisecond
	maxReconnect = time.Second
)

// Watch reports new versions: those of this store at once, those of other servers when they announce
// them, and whatever may have been missed after each reconnection.
func (s *Store) Watch(ctx context.Context) <-chan int64 { return s.notices.Watch(ctx) }

// listener hears what other servers announce, from Open to Close.
type listener struct {
	pq     *pq.Listener
	cancel context.CancelFunc
	done   chan struct{}
}

func (l *listener) start(s *Store, dsn string, checkInterval time.Duration) {
	ctx, cancel := context.WithCancel(context.Background())
	l.pq = pq.NewListener(dsn, minReconnect, maxReconnect, nil)
	l.cancel, l.done = cancel, make(chan struct{})
	go func() {
		defer close(l.done)
		s.listen(ctx, checkInterval)
	}()
}

// stop ends the listening. It does not wait long for a connection that is just being made.
func (l *listener) stop() {
	l.cancel()
	go func() {
		_ = l.pq.Close()
		for range l.pq.Notify { // it may be about to say something
		}
	}()
	select {
	case <-l.done:
	case <-time.After(maxReconnect):
	}
}

// listen hands on what is announced until ctx ends. Where something may have been missed, it asks.
func (s *Store) listen(ctx context.Context, checkInterval time.Duration) {
	begun := make(chan struct{})
	go func() {
		defer close(begun)
		_ = s.listener.pq.Listen(channel) // waits for the connection; ends with the listener
	}()
	ticker := time.NewTicker(checkInterval)
	defer ticker.Stop()
	missed := false
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-s.listener.pq.Notify:
			if s.hear(n) {
				continue
			}
			missed = true
		case <-begun:
			begun = nil
		case <-ticker.C:
		}
		missed = !s.ask(ctx, missed) && missed
	}
}

// hear hands on a notice; it says no to one that only tells of a new connection.
func (s *Store) hear(n *pq.Notification) bool {
	if n == nil {
		return false
	}
	version, err := strconv.ParseInt(n.Extra, 10, 64)
	if err != nil {
		return false
	}
	s.notices.Raise(version)
	return true
}

// ask looks for the newest version and says whether it could. After a reconnection it is told even if
// it is known. An error is no news: Ping reports it to those who ask.
func (s *Store) ask(ctx context.Context, reconnected bool) bool {
	ctx, cancel := context.WithTimeout(ctx, pingTimeout)
	defer cancel()
	n, err := newest(ctx, s.db)
	if err != nil {
		return false
	}
	if reconnected {
		s.notices.Tell(n)
	} else {
		s.notices.Raise(n)
	}
	return true
}
