package pyramid

import (
	"context"
	"fmt"
	"sync"

	"parkmap/internal/tile/hilbert"
)

// ahead is how many tiles a worker may be ahead of the one that is written next.
const ahead = 4

// job is a tile in work.
type job struct {
	number uint64
	share  float64
	done   chan struct{} // closed when the rest is there
	gz     []byte
	err    error
}

// zoom makes the tiles of one zoom below parents and returns those that hold something; own are those that were there
// before. One goroutine lists the tiles, workers make them, and this one writes them in the order of the list.
func (r *run) zoom(ctx context.Context, zoom int, parents, own spans) (spans, error) {
	whole := ctx // a sink may bind more to it than this zoom
	ctx, cancel := context.WithCancel(ctx)
	queue, work := make(chan *job, ahead*r.workers), make(chan *job)
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel() // before waiting
	group.Go(func() {
		defer close(queue)
		defer close(work)
		_ = r.candidates(zoom, parents, func(number uint64, share float64) error {
			if zoom >= r.plan.MinZoom && number < r.after {
				return nil
			}
			return enqueue(ctx, queue, work, &job{number: number, share: share, done: make(chan struct{})})
		})
	})
	for range r.workers {
		group.Go(func() {
			for j := range work {
				j.gz, j.err = r.make(ctx, hilbert.Tile(j.number))
				close(j.done)
			}
		})
	}
	for j := range queue {
		select {
		case <-j.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if err := r.finish(whole, j); err != nil {
			return nil, err
		}
		if len(j.gz) > 0 {
			own.add(j.number - hilbert.First(zoom))
		}
	}
	return own, ctx.Err()
}

// enqueue puts a job into line for writing and then into work.
func enqueue(ctx context.Context, queue, work chan<- *job, j *job) error {
	for _, line := range []chan<- *job{queue, work} {
		select {
		case line <- j:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// finish writes what a worker made.
func (r *run) finish(ctx context.Context, j *job) error {
	id := hilbert.Tile(j.number)
	if j.err != nil {
		return fmt.Errorf("tile %d/%d/%d: %w", id.Z, id.X, id.Y, j.err)
	}
	if len(j.gz) > 0 && id.Z >= r.plan.MinZoom {
		if err := r.write(ctx, id, j.gz); err != nil {
			return err
		}
	}
	r.progress.Zoom, r.progress.Share = id.Z, j.share
	r.report(r.progress)
	return nil
}
