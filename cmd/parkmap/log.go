package main

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"sync"
	"time"
)

// flushEvery bounds how long a line of the access log may wait in memory.
const flushEvery = 200 * time.Millisecond

// newLogger returns a logger that writes to w, and a function that writes out what is still waiting.
// Lines are gathered for up to flushEvery, since a system call per request costs more than the request;
// warnings and errors are written at once.
func newLogger(w io.Writer, format, level string) (*slog.Logger, func()) {
	var min slog.Level
	if err := min.UnmarshalText([]byte(level)); err != nil {
		min = slog.LevelInfo
	}
	buf := &logBuffer{w: bufio.NewWriterSize(w, 64<<10)}
	options := &slog.HandlerOptions{Level: min}
	var handler slog.Handler = slog.NewTextHandler(buf, options)
	if format == "json" {
		handler = slog.NewJSONHandler(buf, options)
	}
	return slog.New(urgentHandler{handler, buf}), buf.flush
}

// logBuffer gathers lines and writes them out flushEvery after the first.
type logBuffer struct {
	mu      sync.Mutex
	w       *bufio.Writer
	pending bool
}

func (b *logBuffer) Write(line []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.pending {
		b.pending = true
		time.AfterFunc(flushEvery, b.flush)
	}
	return b.w.Write(line)
}

func (b *logBuffer) flush() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pending = false
	// A log that cannot be written has nowhere to say so.
	_ = b.w.Flush()
}

// urgentHandler writes out what waits as soon as a record is a warning or worse.
type urgentHandler struct {
	slog.Handler
	buf *logBuffer
}

func (h urgentHandler) Handle(ctx context.Context, r slog.Record) error {
	err := h.Handler.Handle(ctx, r)
	if r.Level >= slog.LevelWarn {
		h.buf.flush()
	}
	return err
}

func (h urgentHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return urgentHandler{h.Handler.WithAttrs(attrs), h.buf}
}

func (h urgentHandler) WithGroup(name string) slog.Handler {
	return urgentHandler{h.Handler.WithGroup(name), h.buf}
}
