package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"parkmap/internal/tile/pyramid"
)

// How often progress is shown: a line that is drawn over on a terminal, lines elsewhere.
const (
	redrawEvery = 100 * time.Millisecond
	lineEvery   = 10 * time.Second
	barWidth    = 30
)

// progress shows how far the making of tiles is.
type progress struct {
	w        io.Writer
	terminal bool
	maxZoom  int
	last     pyramid.Progress
	shown    time.Time
	began    time.Time
}

func newProgress(w io.Writer, maxZoom int) *progress {
	now := time.Now()
	return &progress{w: w, terminal: isTerminal(w), maxZoom: maxZoom, shown: now, began: now}
}

// isTerminal tells whether a person sees what is written.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	_, err := unix.IoctlGetTermios(int(f.Fd()), unix.TCGETS)
	return err == nil
}

// show takes note of p, and shows it when it is time.
func (b *progress) show(p pyramid.Progress) {
	b.last = p
	now, every := time.Now(), lineEvery
	if b.terminal {
		every = redrawEvery
	}
	if now.Sub(b.shown) < every {
		return
	}
	b.shown = now
	if b.terminal {
		fmt.Fprint(b.w, "\r"+b.line()+"\x1b[K")
		return
	}
	fmt.Fprintln(b.w, b.line())
}

// line describes the last state.
func (b *progress) line() string {
	done := int(b.last.Share * barWidth)
	return fmt.Sprintf("zoom %d of %d [%s%s] %3.0f %%  %d tiles, %.1f MB, %.0f s", b.last.Zoom, b.maxZoom,
		strings.Repeat("#", done), strings.Repeat(".", barWidth-done), b.last.Share*100,
		b.last.Tiles, float64(b.last.Bytes)/1e6, time.Since(b.began).Seconds())
}

// end leaves the terminal to what comes next.
func (b *progress) end() {
	if b.terminal {
		fmt.Fprint(b.w, "\r\x1b[K")
	}
}
