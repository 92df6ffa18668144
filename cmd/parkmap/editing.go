package main

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"parkmap/internal/edit"
	"parkmap/internal/layout"
)

// How often a server looks for what is to be published at a time.
const dueEvery = time.Second

// newEditor makes the editor of the layout that a serves.
func newEditor(a *app) *edit.Editor {
	return edit.New(a.store, edit.Options{
		Now:        time.Now,
		NewID:      func() string { return strings.ToLower(rand.Text()) },
		Current:    a.whole,
		Unreviewed: a.cfg.Review == "off",
	})
}

// whole is the layout that is served, with what is hidden from visitors; nil before the first is.
func (a *app) whole() *layout.Layout {
	live := a.live
	if a.members != nil {
		live = a.members
	}
	if snapshot := live.Current(); snapshot != nil {
		return snapshot.Layout()
	}
	return nil
}

// publishDue publishes what is approved when its time comes, until ctx ends. What fails is tried again.
func (a *app) publishDue(ctx context.Context) {
	tick := time.NewTicker(dueEvery)
	defer tick.Stop()
	failing := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		n, err := a.editor.PublishDue(ctx)
		if n > 0 {
			a.log.Info("published what was due", "changesets", n)
		}
		if ctx.Err() == nil && err != nil && !failing {
			a.log.Warn("what is due could not be published; it is tried again", "error", err)
		}
		failing = err != nil
	}
}
