package turn_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"parkmap/internal/layout"
	"parkmap/internal/turn"
)

func TestNoMoreThanThereIs(t *testing.T) {
	turns := turn.New(100, time.Minute)
	var taken, most atomic.Int64
	var wg sync.WaitGroup
	for i := range int64(200) {
		wg.Go(func() {
			n := 1 + i%60
			back, err := turns.Take(t.Context(), n)
			if err != nil {
				t.Error(err)
				return
			}
			now := taken.Add(n)
			for seen := most.Load(); now > seen && !most.CompareAndSwap(seen, now); seen = most.Load() {
			}
			time.Sleep(10 * time.Microsecond)
			taken.Add(-n)
			back()
		})
	}
	wg.Wait()
	if most.Load() > 100 || most.Load() < 60 {
		t.Errorf("%d at the same time", most.Load())
	}
}

func TestTurnsThatAreNotGiven(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := turn.New(10, 3*time.Second)
		back, err := turns.Take(t.Context(), 8)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := turns.Take(t.Context(), 11); layout.KindOf(err) != layout.KindInvalid {
			t.Errorf("more than there is: %v", err)
		}
		start := time.Now()
		if _, err := turns.Take(t.Context(), 3); layout.KindOf(err) != layout.KindUnavailable || time.Since(start) != 3*time.Second {
			t.Errorf("after %v: %v", time.Since(start), err)
		}
		gone, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := turns.Take(gone, 3); !errors.Is(err, context.DeadlineExceeded) || layout.KindOf(err) != "" {
			t.Errorf("who left: %v", err)
		}
		back()
		if back, err = turns.Take(t.Context(), 10); err != nil {
			t.Errorf("what was given back is not there: %v", err)
		} else {
			back()
		}
	})
}
