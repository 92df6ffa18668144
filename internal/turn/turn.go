// Package turn bounds work that takes memory: whoever needs some waits until others have given back theirs. It knows
// neither HTTP nor what the work is.
package turn

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/semaphore"

	"parkmap/internal/layout"
)

// Turns hands out a number of bytes to works that run at the same time, in the order in which they ask.
type Turns struct {
	bytes int64
	wait  time.Duration
	free  *semaphore.Weighted
}

var errBusy = errors.New("waited too long for a turn")

// New returns Turns with a number of bytes; nobody waits longer than wait.
func New(bytes int64, wait time.Duration) *Turns {
	return &Turns{bytes: bytes, wait: wait, free: semaphore.NewWeighted(bytes)}
}

// Most is the number of bytes that there are.
func (t *Turns) Most() int64 { return t.bytes }

// Take waits for a number of bytes. What gives them back must be called once. Who waits too long, and who asks for more
// than there is, gets a *layout.Error of kind unavailable or invalid; when ctx ends first the error is that of ctx.
func (t *Turns) Take(ctx context.Context, bytes int64) (giveBack func(), err error) {
	if bytes > t.bytes {
		return nil, layout.Invalid("picture", layout.Violation{Rule: "size", Detail: fmt.Sprintf(
			"it would take %d MB of memory to draw; at most %d are given", bytes>>20, t.bytes>>20)})
	}
	waiting, cancel := context.WithTimeout(ctx, t.wait)
	defer cancel()
	if t.free.Acquire(waiting, bytes) != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, &layout.Error{
			Kind: layout.KindUnavailable, Concerns: "picture", Detail: "too many are being drawn at the moment; ask again", Err: errBusy,
		}
	}
	return func() { t.free.Release(bytes) }, nil
}
