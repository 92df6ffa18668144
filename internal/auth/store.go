package auth

import (
	"context"
	"time"

	"parkmap/internal/layout"
)

// Session is one sign-in. Only the hash of its secret is kept.
type Session struct {
	Hash      string
	Account   string
	Via       string // password, invitation or oidc
	CreatedAt time.Time
	SeenAt    time.Time // to the minute
	ExpiresAt time.Time // whatever happens
}

// Token lets a program act for an account. Only the hash of its secret is kept.
type Token struct {
	ID        string
	Hash      string
	Account   string
	Name      string // what it is for
	Scopes    []Scope
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    time.Time // to the minute; zero is never
	RevokedAt time.Time // zero is not
}

// Invitation lets somebody make an account of their own, once. Only the hash of its secret is kept.
type Invitation struct {
	ID        string
	Hash      string
	Role      Role
	Districts []layout.ID
	Note      string // who it is for
	CreatedBy string
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    time.Time // zero is not
	UsedBy    string
	RevokedAt time.Time // zero is not
}

// open tells whether the invitation can be accepted at a time.
func (i Invitation) open(now time.Time) bool {
	return i.UsedAt.IsZero() && i.RevokedAt.IsZero() && now.Before(i.ExpiresAt)
}

// Attempts is how often something was tried since a time.
type Attempts struct {
	Count int
	Since time.Time
}

// Reader looks things up. What is not there is not-found.
type Reader interface {
	Account(ctx context.Context, name string) (Account, error)
	// AccountOf returns the account that an identity provider knows as subject.
	AccountOf(ctx context.Context, issuer, subject string) (Account, error)
	// Accounts lists accounts by name, those behind after, at most limit.
	Accounts(ctx context.Context, after string, limit int) ([]Account, error)
	// Admins counts the admins that are not disabled.
	Admins(ctx context.Context) (int, error)
	// Session returns a session by hash, and its account.
	Session(ctx context.Context, hash string) (Session, Account, error)
	// Token returns a token by hash, and its account.
	Token(ctx context.Context, hash string) (Token, Account, error)
	// Tokens lists the tokens of an account, or of all where it is "", newest first.
	Tokens(ctx context.Context, account string) ([]Token, error)
	Invitation(ctx context.Context, hash string) (Invitation, error)
	// Invitations lists invitations, newest first.
	Invitations(ctx context.Context) ([]Invitation, error)
	// Entries lists entries of the log with a number below before (0: from the newest), newest first, at most limit.
	Entries(ctx context.Context, before int64, limit int) ([]Entry, error)
}

// Writer is what a change can do.
type Writer interface {
	Reader
	// PutAccount adds or replaces an account, as the other Puts do with theirs.
	PutAccount(ctx context.Context, a Account) error
	// PutSession also forgets sessions that have expired by the time the session was made.
	PutSession(ctx context.Context, s Session) error
	EndSession(ctx context.Context, hash string) error
	// EndSessions ends all sessions of an account.
	EndSessions(ctx context.Context, account string) error
	PutToken(ctx context.Context, t Token) error
	PutInvitation(ctx context.Context, i Invitation) error
	// Append adds an entry to the log, as Entry.Seal makes it of the last one.
	Append(ctx context.Context, e Event) error
}

// Store keeps what auth needs. All methods may be called at the same time, by any number of servers. Errors are
// those of package store: unavailable when the database is gone, without kind when ctx ended.
type Store interface {
	Reader
	// Change runs do in a transaction: all of it is done, or nothing. No two changes overlap, on whatever server:
	// each sees what the one before has done.
	Change(ctx context.Context, do func(Writer) error) error
	// Attempts returns how often key was tried after since; zero for never.
	Attempts(ctx context.Context, key string, since time.Time) (Attempts, error)
	// CountAttempt adds one to the attempts of key, which begin anew when they began before since, and returns them. It
	// forgets all that began before since.
	CountAttempt(ctx context.Context, key string, now, since time.Time) (Attempts, error)
	// UncountAttempts takes n of the attempts of key back, or all where there are fewer.
	UncountAttempts(ctx context.Context, key string, n int) error
	// TouchSession says that a session and its account were in use.
	TouchSession(ctx context.Context, hash string, at time.Time) error
	// TouchToken says that a token and its account were in use.
	TouchToken(ctx context.Context, id string, at time.Time) error
}
