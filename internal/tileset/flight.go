package tileset

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"parkmap/internal/layout"
)

// flights makes each thing once for all who ask for it at the same time. The work goes on while anyone waits and is
// given up when the last one leaves. Its zero value is ready.
type flights[K comparable, V any] struct {
	mu      sync.Mutex
	running map[K]*flight[V]
}

type flight[V any] struct {
	done    chan struct{}
	waiting int
	cancel  context.CancelFunc
	value   V
	err     error
}

// do returns what work makes of key, or the error of ctx when that ends first.
func (fs *flights[K, V]) do(ctx context.Context, key K, work func(context.Context) (V, error)) (V, error) {
	fs.mu.Lock()
	f := fs.running[key]
	if f == nil {
		f = fs.start(ctx, key, work)
	}
	f.waiting++
	fs.mu.Unlock()
	select {
	case <-f.done:
		return f.value, f.err
	case <-ctx.Done():
		fs.leave(key, f)
		var none V
		return none, ctx.Err()
	}
}

// start begins the work; the caller holds the lock.
func (fs *flights[K, V]) start(ctx context.Context, key K, work func(context.Context) (V, error)) *flight[V] {
	shared, cancel := context.WithCancel(context.WithoutCancel(ctx))
	f := &flight[V]{done: make(chan struct{}), cancel: cancel}
	if fs.running == nil {
		fs.running = map[K]*flight[V]{}
	}
	fs.running[key] = f
	go func() {
		defer cancel()
		f.value, f.err = guarded(shared, work)
		fs.mu.Lock()
		if fs.running[key] == f {
			delete(fs.running, key)
		}
		fs.mu.Unlock()
		close(f.done)
	}()
	return f
}

// leave gives up the work when no one waits for it any more; who comes later begins anew.
func (fs *flights[K, V]) leave(key K, f *flight[V]) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if f.waiting--; f.waiting > 0 {
		return
	}
	f.cancel()
	if fs.running[key] == f {
		delete(fs.running, key)
	}
}

// guarded runs work; a panic, which nobody above could catch, becomes an error.
func guarded[V any](ctx context.Context, work func(context.Context) (V, error)) (v V, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("make a tile: panic: %v", r)
		}
	}()
	v, err = work(ctx)
	if errors.Is(err, context.Canceled) && ctx.Err() == nil {
		err = layout.Unavailable("tile", err) // not by who asked
	}
	return v, err
}
