package storetest

import (
	"context"
	"testing"
	"time"

	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// soon is how long a publication of another server may take to be noticed.
const soon = time.Second

func testWatch(t *testing.T, b *bench) {
	other := opened(t, b.open)
	mine, theirs := b.Watch(b.ctx), other.Watch(b.ctx)
	b.publish(0, put(park("P01", 1)))
	waitFor(t, mine, 1)
	waitFor(t, theirs, 1)
	if _, err := other.Publish(b.ctx, publication(1, put(park("P01", 2)))); err != nil {
		t.Fatal(err)
	}
	waitFor(t, mine, 2)
	waitFor(t, theirs, 2)
	if l := b.load(); l.Version != 2 {
		t.Fatalf("version %d after the notice of 2", l.Version)
	}
}

// waitFor reads until version n comes. Earlier numbers may come before it, later ones not.
func waitFor(t *testing.T, c <-chan int64, n int64) {
	t.Helper()
	timeout := time.After(soon)
	for {
		select {
		case got, ok := <-c:
			if !ok || got > n {
				t.Fatalf("got %d (open: %t), want %d", got, ok, n)
			}
			if got == n {
				return
			}
		case <-timeout:
			t.Fatalf("version %d was not reported within %v", n, soon)
		}
	}
}

// testWatchCoalesces has a watcher that does not read while much is published: nobody waits for it,
// and it finds the newest number.
func testWatchCoalesces(t *testing.T, b *bench) {
	c := b.Watch(b.ctx)
	const last = 20
	for n := range int64(last) {
		b.publish(n, put(park("P01", n)))
	}
	if got := <-c; got != last {
		t.Fatalf("a slow watcher finds %d first, want %d", got, last)
	}
}

func testWatchEnds(t *testing.T, b *bench) {
	ctx, cancel := context.WithCancel(b.ctx)
	ends, stays := b.Watch(ctx), b.Watch(b.ctx)
	cancel()
	waitClosed(t, ends)
	waitClosed(t, b.Watch(ctx)) // begun too late
	b.publish(0, put(park("P01", 1)))
	waitFor(t, stays, 1)
}

func waitClosed(t *testing.T, c <-chan int64) {
	t.Helper()
	timeout := time.After(soon)
	for {
		select {
		case _, ok := <-c:
			if !ok {
				return
			}
		case <-timeout:
			t.Fatal("the channel was not closed")
		}
	}
}

func testClose(t *testing.T, b *bench) {
	b.publish(0, put(park("P01", 1)))
	s := b.open()
	watch := s.Watch(b.ctx)
	published := make(chan error, 1)
	go func() {
		_, err := s.Publish(b.ctx, publication(1, manyParks(200)...))
		published <- err
	}()
	for range 2 { // closing twice is closing once
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	waitClosed(t, watch)
	waitClosed(t, s.Watch(b.ctx))
	// The call that ran was waited for, or came too late.
	if err := <-published; err != nil {
		wantKind(t, err, layout.KindUnavailable)
	} else if n := b.newest(); n != 2 {
		t.Fatalf("a publication succeeded, and the newest version is %d", n)
	}
	wantKind(t, s.Ping(b.ctx), layout.KindUnavailable)
	_, err := s.Load(b.ctx)
	wantKind(t, err, layout.KindUnavailable)
	_, err = s.Publish(b.ctx, publication(2, put(park("P01", 3))))
	wantKind(t, err, layout.KindUnavailable)
	b.load() // the database is there for others
}

func manyParks(n int) []store.Change {
	changes := make([]store.Change, n)
	for i := range changes {
		changes[i] = put(park(layout.ID("P"+string(rune('一'+i))), 2))
	}
	return changes
}
