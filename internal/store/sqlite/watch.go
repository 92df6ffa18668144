package sqlite

import (
	"context"
	"database/sql"
	"time"
)

// dataVersion is a number that changes whenever another connection has changed the file.
const dataVersion = `PRAGMA data_version`

// Watch reports new versions: those of this store at once, those of other processes after the
// PollInterval.
func (s *Store) Watch(ctx context.Context) <-chan int64 { return s.notices.Watch(ctx) }

// poller looks for what others publish, from Open to Close.
type poller struct {
	cancel context.CancelFunc
	done   chan struct{}
}

// start begins to look every interval.
func (p *poller) start(s *Store, interval time.Duration) {
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel, p.done = cancel, make(chan struct{})
	go func() {
		defer close(p.done)
		s.lookForChanges(ctx, interval)
	}()
}

// stop ends the looking and waits for its end.
func (p *poller) stop() {
	p.cancel()
	<-p.done
}

// lookForChanges looks until ctx ends. An error is no news: the next round tries again, and Ping
// reports it to those who ask.
func (s *Store) lookForChanges(ctx context.Context, interval time.Duration) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	var seen dataMark
	defer func() { seen.forget() }()
	for {
		if seen.changed(ctx, s.read) {
			if n, err := newest(ctx, s.read); err == nil {
				s.notices.Raise(n)
			} else {
				seen.forget()
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// dataMark remembers the state of the file. The number it compares belongs to one connection, which
// it keeps.
type dataMark struct {
	conn *sql.Conn
	last int64
}

// changed says whether the file may have changed since the last call.
func (m *dataMark) changed(ctx context.Context, db *sql.DB) bool {
	fresh := m.conn == nil
	if fresh {
		conn, err := db.Conn(ctx)
		if err != nil {
			return false
		}
		m.conn = conn
	}
	before := m.last
	if err := m.conn.QueryRowContext(ctx, dataVersion).Scan(&m.last); err != nil {
		m.forget()
		return false
	}
	return fresh || m.last != before
}

// forget makes the next call report a change.
func (m *dataMark) forget() {
	if m.conn != nil {
		_ = m.conn.Close()
		m.conn = nil
	}
}
