package postgis

import (
	"context"
	"strings"
	"testing"
	"time"

	"parkmap/internal/layout"
	"parkmap/internal/pgtest"
	"parkmap/internal/store/storetest"
)

// TestLost takes the database away and brings it back.
func TestLost(t *testing.T) {
	for _, c := range []struct {
		name string
		end  func(*pgtest.Cluster)
	}{
		{"stopped", (*pgtest.Cluster).Stop},
		{"crashed", (*pgtest.Cluster).Kill},
	} {
		t.Run(c.name, func(t *testing.T) {
			cluster := pgtest.Start(t, pgtest.Options{TCP: true, Password: password})
			dsn := cluster.DSN()
			s := open(t, dsn)
			t.Cleanup(func() { check(t, s.Close()) })
			_, err := s.Publish(t.Context(), storetest.Whole(0, 5))
			check(t, err)
			watch := s.Watch(t.Context())
			waitUntil(t, watch, 1, false)

			c.end(cluster)
			wantUnavailable(t, s)
			cluster.Restart()
			other := open(t, dsn)
			t.Cleanup(func() { check(t, other.Close()) })
			_, err = other.Publish(t.Context(), storetest.Whole(1, 5))
			check(t, err)
			waitUntil(t, watch, 2, true)

			l, err := s.Load(t.Context())
			check(t, err)
			if l.Version != 2 || len(l.Features) != 5 {
				t.Fatalf("version %d with %d features", l.Version, len(l.Features))
			}
			_, err = s.Publish(t.Context(), storetest.Whole(2, 5))
			check(t, err)
			check(t, s.Ping(t.Context()))
		})
	}
}

// waitUntil reads what is there and, where there has to be news, until version n comes.
func waitUntil(t *testing.T, c <-chan int64, n int64, must bool) {
	t.Helper()
	timeout := 3 * time.Second
	if !must {
		timeout = 100 * time.Millisecond
	}
	for deadline := time.After(timeout); ; {
		select {
		case got := <-c:
			if got == n && must {
				return
			}
		case <-deadline:
			if must {
				t.Fatalf("version %d was not reported", n)
			}
			return
		}
	}
}

// wantUnavailable makes all calls while the database is away.
func wantUnavailable(t *testing.T, s *Store) {
	t.Helper()
	calls := map[string]func(context.Context) error{
		"Ping":        s.Ping,
		"Load":        func(ctx context.Context) error { _, err := s.Load(ctx); return err },
		"LoadVersion": func(ctx context.Context) error { _, err := s.LoadVersion(ctx, 1); return err },
		"Versions":    func(ctx context.Context) error { _, err := s.Versions(ctx, 0, 1); return err },
		"Revisions":   func(ctx context.Context) error { _, err := s.Revisions(ctx, layout.Areas, "P001", 0, 100); return err },
		"Publish":     func(ctx context.Context) error { _, err := s.Publish(ctx, storetest.Whole(1, 5)); return err },
	}
	for name, call := range calls {
		begin := time.Now()
		err := call(t.Context())
		if layout.KindOf(err) != layout.KindUnavailable {
			t.Errorf("%s: %v (%T), want unavailable", name, err, err)
		}
		if err != nil && strings.Contains(err.Error(), "S3cret") {
			t.Errorf("%s: %v holds a password", name, err)
		}
		if took := time.Since(begin); took > time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

// TestReconnected tells watchers again when the listening connection breaks, because they may have
// missed something.
func TestReconnected(t *testing.T) {
	dsn := pgtest.DSN(t)
	s := open(t, dsn)
	t.Cleanup(func() { check(t, s.Close()) })
	_, err := s.Publish(t.Context(), storetest.Whole(0, 3))
	check(t, err)
	watch := s.Watch(t.Context())
	waitUntil(t, watch, 1, false)
	execute(t, dsn, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ILIKE 'LISTEN%' AND datname = current_database()")
	waitUntil(t, watch, 1, true)
}

// TestSlow has a session that keeps the next version to itself: publishing gives up in time.
func TestSlow(t *testing.T) {
	dsn := pgtest.DSN(t)
	s, err := Open(t.Context(), dsn, Options{CallTimeout: 300 * time.Millisecond})
	check(t, err)
	t.Cleanup(func() { check(t, s.Close()) })
	_, err = s.Publish(t.Context(), storetest.Whole(0, 3))
	check(t, err)
	tx, err := execute(t, dsn).Begin()
	check(t, err)
	_, err = tx.Exec("INSERT INTO parkmap.version VALUES (2, now(), '', '', 0)")
	check(t, err)
	if _, err := s.Publish(t.Context(), storetest.Whole(1, 3)); layout.KindOf(err) != layout.KindUnavailable {
		t.Fatalf("error %v, want unavailable", err)
	}
	_, err = s.Load(t.Context()) // readers do not wait
	check(t, err)
	check(t, tx.Rollback())
	_, err = s.Publish(t.Context(), storetest.Whole(1, 3))
	check(t, err)
}

// TestNoticeLost publishes without a notice.
func TestNoticeLost(t *testing.T) {
	dsn := pgtest.DSN(t)
	s, err := Open(t.Context(), dsn, Options{CheckInterval: 50 * time.Millisecond})
	check(t, err)
	t.Cleanup(func() { check(t, s.Close()) })
	watch := s.Watch(t.Context())
	execute(t, dsn, "INSERT INTO parkmap.version VALUES (1, now(), '', '', 0)")
	waitUntil(t, watch, 1, true)
}
