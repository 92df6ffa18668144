package account

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"parkmap/internal/auth"
	"parkmap/internal/layout"
	"parkmap/internal/store/shared"
)

// reader implements auth.Reader. run runs a read, within a transaction or on its own.
type reader struct {
	names func(statement string) string
	run   func(ctx context.Context, tried string, do func(context.Context, shared.Querier) error) error
}

// Statements that find one row, by a key.
const (
	accountByName    = `SELECT ` + accountColumns + ` FROM @account AS a WHERE a.name = $1`
	accountBySubject = `SELECT ` + accountColumns + ` FROM @account AS a WHERE a.issuer = $1 AND a.subject = $2`
	invitationByHash = `SELECT ` + invitationColumns + ` FROM @invitation AS i WHERE i.hash = $1`

	sessionByHash = `SELECT ` + sessionColumns + `, ` + accountColumns + `
		FROM @session AS s JOIN @account AS a ON a.name = s.account WHERE s.hash = $1`
	tokenByHash = `SELECT ` + tokenColumns + `, ` + accountColumns + `
		FROM @token AS t JOIN @account AS a ON a.name = t.account WHERE t.hash = $1`
)

// accountsAfter lists accounts by name behind $1, at most $2. Uses the primary key.
const accountsAfter = `SELECT ` + accountColumns + ` FROM @account AS a WHERE a.name > $1 ORDER BY a.name LIMIT $2`

// enabledAdmins counts the admins that are not disabled.
const enabledAdmins = `SELECT count(*) FROM @account WHERE role = 'admin' AND disabled_at = 0`

// tokensOf lists the tokens of account $1 (”: of all), newest first.
const tokensOf = `SELECT ` + tokenColumns + ` FROM @token AS t WHERE $1 = '' OR t.account = $1 ORDER BY t.created_at DESC, t.id`

// allInvitations lists invitations, newest first, the last thousand.
const allInvitations = `SELECT ` + invitationColumns + ` FROM @invitation AS i ORDER BY i.created_at DESC, i.id LIMIT 1000`

// entriesBelow lists entries below number $1 (0: all), newest first, at most $2. Uses the primary key.
const entriesBelow = `SELECT ` + entryColumns + ` FROM @audit WHERE $1 = 0 OR number < $1 ORDER BY number DESC LIMIT $2`

// attemptsOf is count and beginning of the attempts of key $1 that began after $2. Uses the primary key.
const attemptsOf = `SELECT count, began_at FROM @attempt WHERE key = $1 AND began_at > $2`

// one reads one row into fields; not-found when there is none.
func (r reader) one(ctx context.Context, what, statement string, fields []any, args ...any) error {
	return r.run(ctx, "look up "+what, func(ctx context.Context, q shared.Querier) error {
		err := q.QueryRowContext(ctx, r.names(statement), args...).Scan(fields...)
		if errors.Is(err, sql.ErrNoRows) {
			return &layout.Error{Kind: layout.KindNotFound, Concerns: what, Detail: "there is none of this name"}
		}
		return err
	})
}

// all reads all rows.
func all[T any](ctx context.Context, r reader, what, statement string, fields func(*T) []any, args ...any) (rows []T, err error) {
	err = r.run(ctx, "list "+what, func(ctx context.Context, q shared.Querier) error {
		found, err := q.QueryContext(ctx, r.names(statement), args...)
		if err != nil {
			return err
		}
		defer func() { _ = found.Close() }()
		for found.Next() {
			var row T
			if err := found.Scan(fields(&row)...); err != nil {
				return err
			}
			rows = append(rows, row)
		}
		return found.Err()
	})
	return rows, err
}

// Account implements auth.Reader.
func (r reader) Account(ctx context.Context, name string) (a auth.Account, err error) {
	err = r.one(ctx, "account", accountByName, accountFields(&a), name)
	return a, err
}

// AccountOf implements auth.Reader.
func (r reader) AccountOf(ctx context.Context, issuer, subject string) (a auth.Account, err error) {
	err = r.one(ctx, "account", accountBySubject, accountFields(&a), issuer, subject)
	return a, err
}

// Accounts implements auth.Reader.
func (r reader) Accounts(ctx context.Context, after string, limit int) ([]auth.Account, error) {
	return all(ctx, r, "accounts", accountsAfter, accountFields, after, limit)
}

// Admins implements auth.Reader.
func (r reader) Admins(ctx context.Context) (n int, err error) {
	err = r.one(ctx, "admins", enabledAdmins, []any{&n})
	return n, err
}

// Session implements auth.Reader.
func (r reader) Session(ctx context.Context, hash string) (s auth.Session, a auth.Account, err error) {
	err = r.one(ctx, "session", sessionByHash, append(sessionFields(&s), accountFields(&a)...), hash)
	return s, a, err
}

// Token implements auth.Reader.
func (r reader) Token(ctx context.Context, hash string) (t auth.Token, a auth.Account, err error) {
	err = r.one(ctx, "token", tokenByHash, append(tokenFields(&t), accountFields(&a)...), hash)
	return t, a, err
}

// Tokens implements auth.Reader.
func (r reader) Tokens(ctx context.Context, account string) ([]auth.Token, error) {
	return all(ctx, r, "tokens", tokensOf, tokenFields, account)
}

// Invitation implements auth.Reader.
func (r reader) Invitation(ctx context.Context, hash string) (i auth.Invitation, err error) {
	err = r.one(ctx, "invitation", invitationByHash, invitationFields(&i), hash)
	return i, err
}

// Invitations implements auth.Reader.
func (r reader) Invitations(ctx context.Context) ([]auth.Invitation, error) {
	return all(ctx, r, "invitations", allInvitations, invitationFields)
}

// Entries implements auth.Reader.
func (r reader) Entries(ctx context.Context, before int64, limit int) ([]auth.Entry, error) {
	return all(ctx, r, "entries of the audit log", entriesBelow, entryFields, before, limit)
}

// Attempts implements auth.Store.
func (k *Keeper) Attempts(ctx context.Context, key string, since time.Time) (n auth.Attempts, err error) {
	err = k.one(ctx, "attempts", attemptsOf, []any{&n.Count, since1970{&n.Since}}, key, micro(since))
	if layout.KindOf(err) == layout.KindNotFound {
		return auth.Attempts{}, nil
	}
	return n, err
}
