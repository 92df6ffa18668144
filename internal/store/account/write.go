package account

import (
	"context"
	"time"

	"parkmap/internal/auth"
	"parkmap/internal/store/shared"
)

// putAccount adds or replaces an account: accountColumns.
const putAccount = `
	INSERT INTO @account (name, display_name, role, districts, password, issuer, subject, created_at, changed_at, seen_at, disabled_at)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
	ON CONFLICT (name) DO UPDATE SET display_name = excluded.display_name, role = excluded.role,
		districts = excluded.districts, password = excluded.password, issuer = excluded.issuer,
		subject = excluded.subject, changed_at = excluded.changed_at, seen_at = excluded.seen_at,
		disabled_at = excluded.disabled_at`

// Statements on sessions. putSession adds sessionColumns; expired forgets those that were over at $1.
const (
	putSession  = `INSERT INTO @session (hash, account, via, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`
	expired     = `DELETE FROM @session WHERE expires_at <= $1`
	endSession  = `DELETE FROM @session WHERE hash = $1`
	endSessions = `DELETE FROM @session WHERE account = $1`
)

// putToken adds tokenColumns, or says when a token was revoked.
const putToken = `
	INSERT INTO @token (id, hash, account, name, scopes, created_at, expires_at, used_at, revoked_at)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
	ON CONFLICT (id) DO UPDATE SET revoked_at = excluded.revoked_at`

// putInvitation adds invitationColumns, or says when an invitation was used, by whom, and when it was revoked.
const putInvitation = `
	INSERT INTO @invitation (id, hash, role, districts, note, created_by, created_at, expires_at, used_at, used_by, revoked_at)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
	ON CONFLICT (id) DO UPDATE SET used_at = excluded.used_at, used_by = excluded.used_by, revoked_at = excluded.revoked_at`

// insertEntry adds entryColumns.
const insertEntry = `
	INSERT INTO @audit (number, at, actor, action, subject, detail, address, previous, hash)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

// Statements on attempts. countAttempt adds one to key $1 at $2, anew when it began at $3 or before; forgetAttempts
// removes what began at $1 or before; uncountAttempts takes $2 back.
const (
	countAttempt = `
		INSERT INTO @attempt (key, count, began_at) VALUES ($1, 1, $2)
		ON CONFLICT (key) DO UPDATE SET
			count = CASE WHEN attempt.began_at <= $3 THEN 1 ELSE attempt.count + 1 END,
			began_at = CASE WHEN attempt.began_at <= $3 THEN excluded.began_at ELSE attempt.began_at END
		RETURNING count, began_at`
	forgetAttempts  = `DELETE FROM @attempt WHERE began_at <= $1`
	uncountAttempts = `UPDATE @attempt SET count = CASE WHEN count > $2 THEN count - $2 ELSE 0 END WHERE key = $1`
)

// Statements that note a use at $2, of session or token $1 and of its account.
const (
	touchSession        = `UPDATE @session SET seen_at = $2 WHERE hash = $1 AND seen_at < $2`
	touchSessionAccount = `UPDATE @account SET seen_at = $2 WHERE seen_at < $2 AND name = (SELECT account FROM @session WHERE hash = $1)`
	touchToken          = `UPDATE @token SET used_at = $2 WHERE id = $1 AND used_at < $2`
	touchTokenAccount   = `UPDATE @account SET seen_at = $2 WHERE seen_at < $2 AND name = (SELECT account FROM @token WHERE id = $1)`
)

// writer implements auth.Writer within a transaction.
type writer struct{ reader }

func (w *writer) exec(ctx context.Context, statement string, args ...any) error {
	return w.run(ctx, "", func(ctx context.Context, q shared.Querier) error {
		_, err := q.ExecContext(ctx, w.names(statement), args...)
		return err
	})
}

// PutAccount implements auth.Writer.
func (w *writer) PutAccount(ctx context.Context, a auth.Account) error {
	return w.exec(ctx, putAccount, accountValues(a)...)
}

// PutSession implements auth.Writer.
func (w *writer) PutSession(ctx context.Context, s auth.Session) error {
	if err := w.exec(ctx, expired, micro(s.CreatedAt)); err != nil {
		return err
	}
	return w.exec(ctx, putSession, s.Hash, s.Account, s.Via, micro(s.CreatedAt), micro(s.SeenAt), micro(s.ExpiresAt))
}

// EndSession implements auth.Writer.
func (w *writer) EndSession(ctx context.Context, hash string) error {
	return w.exec(ctx, endSession, hash)
}

// EndSessions implements auth.Writer.
func (w *writer) EndSessions(ctx context.Context, account string) error {
	return w.exec(ctx, endSessions, account)
}

// PutToken implements auth.Writer.
func (w *writer) PutToken(ctx context.Context, t auth.Token) error {
	return w.exec(ctx, putToken, t.ID, t.Hash, t.Account, t.Name, listed(t.Scopes), micro(t.CreatedAt), micro(t.ExpiresAt),
		micro(t.UsedAt), micro(t.RevokedAt))
}

// PutInvitation implements auth.Writer.
func (w *writer) PutInvitation(ctx context.Context, i auth.Invitation) error {
	return w.exec(ctx, putInvitation, i.ID, i.Hash, string(i.Role), listed(i.Districts), i.Note, i.CreatedBy,
		micro(i.CreatedAt), micro(i.ExpiresAt), micro(i.UsedAt), i.UsedBy, micro(i.RevokedAt))
}

// Append implements auth.Writer.
func (w *writer) Append(ctx context.Context, event auth.Event) error {
	newest, err := w.Entries(ctx, 0, 1)
	if err != nil {
		return err
	}
	var last auth.Entry
	if len(newest) > 0 {
		last = newest[0]
	}
	e := last.Seal(event)
	return w.exec(ctx, insertEntry, e.Number, micro(e.At), e.Actor, e.Action, e.Subject, e.Detail, e.Address, e.Previous, e.Hash)
}

// CountAttempt implements auth.Store.
func (k *Keeper) CountAttempt(ctx context.Context, key string, now, since time.Time) (n auth.Attempts, err error) {
	err = k.db.Call(ctx, "count attempts", func(ctx context.Context) error {
		if _, err := k.db.Write.ExecContext(ctx, k.names(forgetAttempts), micro(since)); err != nil {
			return err
		}
		return k.db.Write.QueryRowContext(ctx, k.names(countAttempt), key, micro(now), micro(since)).Scan(&n.Count, since1970{&n.Since})
	})
	return n, err
}

// UncountAttempts implements auth.Store.
func (k *Keeper) UncountAttempts(ctx context.Context, key string, n int) error {
	return k.exec(ctx, "count attempts", key, n, uncountAttempts)
}

// TouchSession implements auth.Store.
func (k *Keeper) TouchSession(ctx context.Context, hash string, at time.Time) error {
	return k.exec(ctx, "note the use of a session", hash, micro(at), touchSession, touchSessionAccount)
}

// TouchToken implements auth.Store.
func (k *Keeper) TouchToken(ctx context.Context, id string, at time.Time) error {
	return k.exec(ctx, "note the use of a token", id, micro(at), touchToken, touchTokenAccount)
}

// exec runs statements with the same two arguments, each on its own.
func (k *Keeper) exec(ctx context.Context, tried string, key string, value any, statements ...string) error {
	return k.db.Call(ctx, tried, func(ctx context.Context) error {
		for _, statement := range statements {
			if _, err := k.db.Write.ExecContext(ctx, k.names(statement), key, value); err != nil {
				return err
			}
		}
		return nil
	})
}
