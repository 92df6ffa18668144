package main

import (
	"context"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// cost is what some work took.
type cost struct {
	took  time.Duration
	cpu   time.Duration // of the processes that did it
	bytes int64         // that came of it
}

// costOf measures work that is done by some processes and their children.
func costOf(work func() (time.Duration, int64, error), pids ...int) (c cost, err error) {
	before, err := cpuOf(pids...)
	if err != nil {
		return c, err
	}
	if c.took, c.bytes, err = work(); err != nil {
		return c, err
	}
	after, err := cpuOf(pids...)
	c.cpu = after - before
	return c, err
}

// each is the cost of one of n pieces of work, in milliseconds.
func (c cost) each(n int) (took, cpu float64) {
	ms := func(d time.Duration) float64 { return d.Seconds() * 1000 / float64(n) }
	return ms(c.took), ms(c.cpu)
}

// inTurns does each item of a list once, on several goroutines, and returns how long that took and the sum of what do
// returned.
func inTurns[T any](ctx context.Context, workers int, list []T, do func(T) (int64, error)) (took time.Duration, sum int64, err error) {
	var next, total atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	start := time.Now()
	for range workers {
		group.Go(func() error {
			for i := next.Add(1) - 1; i < int64(len(list)) && ctx.Err() == nil; i = next.Add(1) - 1 {
				n, err := do(list[i])
				if err != nil {
					return err
				}
				total.Add(n)
			}
			return ctx.Err()
		})
	}
	err = group.Wait()
	return time.Since(start), total.Load(), err
}
