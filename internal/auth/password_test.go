package auth

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/alexedwards/argon2id"

	"parkmap/internal/layout"
)

func TestArgon2id(t *testing.T) {
	h := newArgon2id(argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	hash, err := h.Hash(t.Context(), "secret")
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Fatal(hash, err)
	}
	for _, c := range []struct {
		name, password, hash string
		want                 bool
	}{{"right", "secret", hash, true}, {"wrong", "Secret", hash, false}, {"no hash", "secret", "", false}} {
		if got, err := h.Matches(t.Context(), c.password, c.hash); got != c.want || err != nil {
			t.Errorf("%s: %t, %v", c.name, got, err)
		}
	}
}

// TestArgon2idIsBounded fills all places: the next one is sent away, and one that waits gives up with its context.
func TestArgon2idIsBounded(t *testing.T) {
	h := NewArgon2id()
	for range cap(h.turns) {
		h.turns <- struct{}{}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Hash(ctx, "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("a call that waits ends with %v", err)
	}
	for range cap(h.queue) {
		h.queue <- struct{}{}
	}
	if _, err := h.Hash(t.Context(), "x"); layout.KindOf(err) != layout.KindUnavailable {
		t.Errorf("a call beyond the queue ends with %v", err)
	}
}

// TestSeal pins the encoding of the log, which others may check: sha256 of netstrings.
func TestSeal(t *testing.T) {
	first := Entry{}.Seal(Event{Actor: "root", Action: "account-add", Subject: "anna", Detail: "区"})
	if first.Number != 1 || first.Previous != "" || first.Hash != "a2fcf547aa0ca8233e3cfdfe7b4283c79d2c83f22ccd49b593557ca30ba7e8a4" {
		t.Errorf("%+v", first)
	}
	if second := first.Seal(Event{}); second.Number != 2 || second.Previous != first.Hash {
		t.Errorf("%+v", second)
	}
}
