package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"parkmap/internal/layout"
)

func TestRowFeature(t *testing.T) {
	for _, c := range []struct {
		name string
		row  Row
		want layout.Kind
	}{
		{"property of an older program", Row{Collection: layout.Units, Op: Put, Properties: []byte(`{"kind":"unit","gone":1}`)}, ""},
		{"deleted from a collection of an older program", Row{Collection: "gone", Op: Delete}, ""},
		{"unknown collection", Row{Collection: "gone", Op: Put, Properties: []byte(`{}`)}, layout.KindUnavailable},
		{"no JSON", Row{Collection: layout.Units, Op: Put, Properties: []byte(`{`)}, layout.KindUnavailable},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := c.row.Feature(3, time.Unix(4, 0))
			if layout.KindOf(err) != c.want {
				t.Fatalf("error %v, want kind %q", err, c.want)
			}
			if err == nil && (f.Version != 3 || f.ChangedAt.Unix() != 4) {
				t.Fatalf("feature %+v", f)
			}
		})
	}
	if _, err := DecodeDocument(1, []byte("x")); layout.KindOf(err) != layout.KindUnavailable {
		t.Fatalf("a document that is no JSON: %v", err)
	}
}

func TestDraftListsAllFaults(t *testing.T) {
	_, err := NewDraft(Publication{Author: "\x00", Changes: []Change{{Op: Delete}, {Op: "x", Feature: layout.Feature{Collection: layout.Units, ID: "U1"}}}})
	var e *layout.Error
	if !errors.As(err, &e) || e.Kind != layout.KindInvalid {
		t.Fatalf("error %v, want invalid", err)
	}
	paths := map[string]bool{}
	for _, v := range e.Violations {
		paths[v.Path] = true
	}
	for _, want := range []string{"/author", "/document", "/changes/0", "/changes/1"} {
		if !paths[want] {
			t.Errorf("no fault at %s: %+v", want, e.Violations)
		}
	}
}

func TestFail(t *testing.T) {
	cause := errors.New("cause")
	kind := &layout.Error{Kind: layout.KindStale}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	classify := func(err error) error { return &layout.Error{Kind: layout.KindUnavailable, Err: err} }
	for _, c := range []struct {
		name string
		ctx  context.Context
		err  error
		kind layout.Kind
		is   error
	}{
		{"an error with a kind keeps it", ended, kind, layout.KindStale, kind},
		{"the end of the context is the reason", ended, cause, "", context.Canceled},
		{"the rest is classified", t.Context(), cause, layout.KindUnavailable, cause},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := Fail(c.ctx, "try", c.err, classify); layout.KindOf(err) != c.kind || !errors.Is(err, c.is) {
				t.Fatalf("error %v", err)
			}
		})
	}
	if err := Fail(ended, "try", nil, classify); err != nil {
		t.Fatal(err)
	}
}

func TestNotices(t *testing.T) {
	var n Notices
	c := n.Watch(t.Context())
	n.Tell(5)
	n.Tell(7)
	n.Tell(6)
	if got := <-c; got != 7 {
		t.Fatalf("got %d, want the greatest", got)
	}
	n.Raise(7)
	select {
	case got := <-c:
		t.Fatalf("told %d again", got)
	default:
	}
	n.Tell(7) // said again on purpose, as after a reconnection
	if got := <-c; got != 7 {
		t.Fatalf("got %d", got)
	}
	n.Close()
	n.Close()
	n.Tell(8)
	if _, ok := <-c; ok {
		t.Fatal("the channel is open")
	}
}

func TestGate(t *testing.T) {
	var g Gate
	leave, err := g.Enter()
	if err != nil {
		t.Fatal(err)
	}
	closed := make(chan bool)
	go func() { closed <- g.Close() }()
	for err == nil { // until Close has begun
		var done func()
		if done, err = g.Enter(); err == nil {
			done()
		}
	}
	select {
	case <-closed:
		t.Fatal("Close did not wait for the running call")
	default:
	}
	leave()
	if first := <-closed; !first || g.Close() {
		t.Fatal("only the first Close is the first")
	}
	if layout.KindOf(err) != layout.KindUnavailable {
		t.Fatalf("entering a closed gate: %v", err)
	}
}
