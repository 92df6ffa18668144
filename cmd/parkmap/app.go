package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"parkmap/internal/edit"
	"parkmap/internal/layout"
	"parkmap/internal/source"
	"parkmap/internal/source/table"
)

// How the server looks after its store.
const (
	pingEvery   = time.Second
	pingTimeout = 2 * time.Second
	loadTimeout = 30 * time.Second
	retryLoad   = time.Second
)

// app is a server as a value: listener, store, snapshot, handler.
type app struct {
	cfg    Config
	log    *slog.Logger
	ln     net.Listener
	store  database
	editor *edit.Editor
	live   *source.Live
	tables *table.Tables // nil where none are published

	hidden  hidden       // from whoever is not signed in
	members *source.Live // with what is hidden; nil where nothing is

	health *health
	http   *http.Server

	changed <-chan int64 // of the store, from before the first load on, so that nothing is missed
	unwatch context.CancelFunc
}

// newApp takes the address, opens the store, seeds an empty one and loads the newest version. On an error
// nothing stays open. The order is such that a server that cannot run changes nothing: an address in use
// or a bad layout folder is found before the store is touched.
func newApp(ctx context.Context, cfg Config, log *slog.Logger) (a *app, err error) {
	a = &app{cfg: cfg, log: log, live: &source.Live{}, health: &health{}}
	if a.ln, err = (&net.ListenConfig{}).Listen(ctx, "tcp", cfg.Listen); err != nil {
		return nil, listenError(cfg.Listen, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.release())
			a = nil
		}
	}()
	seed, err := seedLayout(cfg.Layout)
	if err != nil {
		return a, err
	}
	if a.store, err = openStore(ctx, cfg.storeFlags, true, cfg.ConnectTimeout); err != nil {
		return a, err
	}
	a.editor = newEditor(a)
	watching, unwatch := context.WithCancel(context.WithoutCancel(ctx))
	a.changed, a.unwatch = a.store.Watch(watching), unwatch
	seeded, err := a.editor.Seed(ctx, seed)
	if err != nil {
		return a, fmt.Errorf("could not write the first version: %w", err)
	}
	if seeded {
		log.Info("an empty store was seeded", "layout", seed.Document.NameEN, "features", len(seed.Features))
	}
	if !seeded && cfg.Layout != "" {
		log.Warn("the store holds a layout already and is served; --layout is for an empty store", "layout", cfg.Layout)
	}
	if a.hidden, err = cfg.hidden(); err != nil {
		return a, err
	}
	if a.hidden.any() {
		a.members = &source.Live{}
	}
	if err = a.load(ctx); err != nil {
		return a, err
	}
	if a.tables, err = openTables(ctx, cfg, log); err != nil {
		return a, err
	}
	a.warnOfUnknown()
	a.http, err = newHTTPServer(a)
	return a, err
}

// release closes what newApp opened.
func (a *app) release() error {
	err := a.ln.Close()
	if errors.Is(err, net.ErrClosed) {
		err = nil
	}
	if a.store == nil {
		return err
	}
	if a.tables != nil {
		err = errors.Join(err, a.tables.Close())
	}
	a.unwatch()
	return errors.Join(err, a.store.Close())
}

// Addr is the address that the server listens on.
func (a *app) Addr() string { return a.ln.Addr().String() }

// Run serves until ctx ends, then lets running requests finish, at most ShutdownTimeout long.
func (a *app) Run(ctx context.Context) error {
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	var tasks sync.WaitGroup
	tasks.Go(func() { a.follow(background) })
	tasks.Go(func() { a.watchStore(background) })
	tasks.Go(func() { a.publishDue(background) })
	served := make(chan error, 1)
	go func() { served <- a.http.Serve(a.ln) }()

	var err error
	select {
	case err = <-served:
	case <-ctx.Done():
		a.log.Info("stopping: running requests may finish", "for_s", a.cfg.ShutdownTimeout.Seconds())
		err = a.shutdown()
	}
	stop()
	tasks.Wait()
	return errors.Join(err, a.release())
}

// shutdown ends the HTTP server; requests that outlive the deadline are cut.
func (a *app) shutdown() error {
	a.health.stop()
	ctx, cancel := context.WithTimeout(context.Background(), a.cfg.ShutdownTimeout)
	defer cancel()
	err := a.http.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		a.log.Warn("some requests did not finish in time and were cut")
		return a.http.Close()
	}
	return err
}

// load makes the newest version the one that is served.
func (a *app) load(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, loadTimeout)
	defer cancel()
	start := time.Now()
	l, err := a.store.Load(ctx)
	if err != nil {
		return fmt.Errorf("could not load the layout: %w", err)
	}
	if err := a.show(l); err != nil {
		return fmt.Errorf("could not prepare version %d: %w", l.Version, err)
	}
	a.log.Info("version loaded", "version", l.Version, "features", len(l.Features), "took_ms", time.Since(start).Milliseconds())
	return nil
}

// show makes l the version that is served, to everybody without what is hidden.
func (a *app) show(l *layout.Layout) error {
	public, err := l.Without(a.hidden.collections)
	if err != nil {
		return err
	}
	snapshot, err := source.NewSnapshot(public)
	if err != nil {
		return err
	}
	if a.members != nil { // a snapshot of its own even where the layout is the same: it keeps answers
		whole, err := source.NewSnapshot(l)
		if err != nil {
			return err
		}
		a.members.Swap(whole)
	}
	a.live.Swap(snapshot)
	return nil
}

// follow loads each new version as the store reports it, and tries again when that fails.
func (a *app) follow(ctx context.Context) {
	var retry <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case newest, ok := <-a.changed:
			if !ok {
				return
			}
			if newest == a.live.Current().Version() {
				a.health.set(&a.health.load, nil)
				continue
			}
		case <-retry:
		}
		retry = nil
		err := a.load(ctx)
		if ctx.Err() != nil {
			return
		}
		if a.health.set(&a.health.load, err) && err != nil {
			a.log.Warn("a newer version could not be loaded; the one before is served", "error", err)
		}
		if err != nil {
			retry = time.After(retryLoad)
		}
	}
}

// watchStore asks the store every second whether it is there, for readiness and the log.
func (a *app) watchStore(ctx context.Context) {
	tick := time.NewTicker(pingEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if a.tables != nil {
			a.health.set(&a.health.tables, a.tables.Err())
		}
		ping, cancel := context.WithTimeout(ctx, pingTimeout)
		err := a.store.Ping(ping)
		cancel()
		if ctx.Err() != nil || !a.health.set(&a.health.store, err) {
			continue
		}
		if err != nil {
			a.log.Warn("the store does not answer; reads go on from memory", "error", err)
		} else {
			a.log.Info("the store answers again")
		}
	}
}
