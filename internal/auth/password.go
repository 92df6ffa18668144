package auth

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"runtime"

	"github.com/alexedwards/argon2id"

	"parkmap/internal/layout"
)

// Passwords makes and compares hashes of passwords.
type Passwords interface {
	// Hash encodes a password for keeping.
	Hash(ctx context.Context, password string) (string, error)
	// Matches compares a password with an encoded hash. Without a hash it takes as long and says no.
	Matches(ctx context.Context, password, hash string) (bool, error)
}

// maxWaiting bounds the sign-ins that wait for their turn.
const maxWaiting = 64

// Argon2id hashes passwords by Argon2id (RFC 9106) with the costs that OWASP recommends for it: 19 MiB, two
// passes. As many run at once as there are processors; who waits in too long a queue is sent away.
type Argon2id struct {
	params argon2id.Params
	turns  chan struct{}
	queue  chan struct{}
	decoy  string
}

// NewArgon2id makes a Passwords.
func NewArgon2id() *Argon2id {
	return newArgon2id(argon2id.Params{Memory: 19 << 10, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32})
}

func newArgon2id(params argon2id.Params) *Argon2id {
	return &Argon2id{
		params: params,
		turns:  make(chan struct{}, runtime.NumCPU()),
		queue:  make(chan struct{}, runtime.NumCPU()+maxWaiting),
		decoy:  decoy(params),
	}
}

// decoy is a hash of the same costs that no password has.
func decoy(p argon2id.Params) string {
	random := make([]byte, p.SaltLength+p.KeyLength)
	_, _ = rand.Read(random) // never fails
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", p.Memory, p.Iterations, p.Parallelism,
		encode(random[:p.SaltLength]), encode(random[p.SaltLength:]))
}

// Hash implements Passwords.
func (h *Argon2id) Hash(ctx context.Context, password string) (hash string, err error) {
	err = h.inTurn(ctx, func() (err error) {
		hash, err = argon2id.CreateHash(password, &h.params)
		return err
	})
	return hash, err
}

// Matches implements Passwords.
func (h *Argon2id) Matches(ctx context.Context, password, hash string) (ok bool, err error) {
	against := hash
	if hash == "" {
		against = h.decoy
	}
	err = h.inTurn(ctx, func() (err error) {
		ok, err = argon2id.ComparePasswordAndHash(password, against)
		return err
	})
	return ok && hash != "", err
}

// inTurn runs do when it is its turn; unavailable when too many wait.
func (h *Argon2id) inTurn(ctx context.Context, do func() error) error {
	select {
	case h.queue <- struct{}{}:
		defer func() { <-h.queue }()
	default:
		return &layout.Error{Kind: layout.KindUnavailable, Concerns: "sign-in", Detail: "too many passwords are being checked; try again"}
	}
	select {
	case h.turns <- struct{}{}:
		defer func() { <-h.turns }()
	case <-ctx.Done():
		return ctx.Err()
	}
	return do()
}
