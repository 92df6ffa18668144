package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"runtime/debug"
	"syscall"
	"time"

	"parkmap/internal/api"
	"parkmap/internal/auth"
	"parkmap/internal/source"
	"parkmap/static"
)

// Limits of a connection: headers arrive within headerTimeout, a request is read and answered within
// requestTimeout, a silent connection ends after idleTimeout.
const (
	headerTimeout  = 10 * time.Second
	requestTimeout = time.Minute
	idleTimeout    = 2 * time.Minute
	maxHeaderBytes = 32 << 10
)

// serveCmd runs a server until it is told to stop.
type serveCmd struct{ Config }

// gcPercent lets the heap of a server, which is small, grow to three times what it holds before it is
// collected: the processor goes into answers instead. GOGC in the environment comes before it.
const gcPercent = 200

// Run serves until ctx ends.
func (c *serveCmd) Run(ctx context.Context, s streams) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	log, flush := newLogger(s.err, c.LogFormat, c.LogLevel)
	defer flush()
	a, err := newApp(ctx, c.Config, log)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "parkmap %s: http://%s  (API: http://%s/api; store: %s)\n", version, a.Addr(), a.Addr(), c.describeStore())
	err = a.Run(ctx)
	log.Info("stopped")
	return err
}

// newHTTPServer wires the handler of a to a server with bounded patience.
func newHTTPServer(a *app) (*http.Server, error) {
	proxies, err := a.cfg.proxies()
	if err != nil {
		return nil, err
	}
	contact, err := a.cfg.contactLink()
	if err != nil {
		return nil, err
	}
	pages, err := newPages(a.cfg.MapReviewNumber, contact)
	if err != nil {
		return nil, err
	}
	drawing, err := newDrawing()
	if err != nil {
		return nil, err
	}
	options := api.Options{
		Live:            a.live,
		Pages:           pages,
		Pictures:        newPictures(drawing),
		Drawing:         drawing,
		Assets:          static.FS,
		LoadVersion:     a.loadPublic,
		VersionAt:       a.store.VersionAt,
		Accounts:        auth.New(a.store.Accounts(), auth.NewArgon2id(), time.Now),
		Editor:          a.editor,
		BaseURL:         a.cfg.BaseURL,
		MapReviewNumber: a.cfg.MapReviewNumber,
		TrustedProxies:  proxies,
		Log:             a.log,
		Ready:           a.health.readiness,
		Version:         version,
	}
	if a.tables != nil {
		options.Tables, options.TableTiles = source.Hide(a.tables, a.hidden.tables), a.tableTiles(a.hidden.tables)
	}
	options.Members = a.memberAudience()
	if options.OIDC, err = a.cfg.provider(); err != nil {
		return nil, err
	}
	handler, err := api.New(options)
	if err != nil {
		return nil, err
	}
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       requestTimeout,
		WriteTimeout:      requestTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(a.log.Handler(), slog.LevelDebug),
	}
	server.RegisterOnShutdown(handler.Stop)
	return server, nil
}

// listenError says in one sentence why an address could not be taken.
func listenError(addr string, err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("%s is in use by another program; stop it or choose another address with --listen", addr)
	case errors.Is(err, os.ErrPermission):
		return fmt.Errorf("no permission to listen on %s; choose a port above 1023 with --listen", addr)
	}
	return fmt.Errorf("cannot listen on %s: %w", addr, err)
}
