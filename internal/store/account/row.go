package account

import (
	"encoding/json"
	"fmt"

	"parkmap/internal/auth"
	"parkmap/internal/layout"
)

// list reads and writes a list as JSON.
type list[T any] struct{ items *[]T }

// Scan implements sql.Scanner.
func (l list[T]) Scan(v any) error {
	*l.items = nil
	switch v := v.(type) {
	case string:
		return json.Unmarshal([]byte(v), l.items)
	case []byte:
		return json.Unmarshal(v, l.items)
	}
	return fmt.Errorf("%T is no list", v)
}

// listed is a list as it is kept.
func listed[T any](items []T) string {
	if len(items) == 0 {
		return "[]"
	}
	text, _ := json.Marshal(items) // of texts, which cannot fail
	return string(text)
}

// Columns of each entity, in the order in which its fields are read and written.
const (
	accountColumns = `a.name, a.display_name, a.role, a.districts, a.password, a.issuer, a.subject,
		a.created_at, a.changed_at, a.seen_at, a.disabled_at`
	sessionColumns    = `s.hash, s.account, s.via, s.created_at, s.seen_at, s.expires_at`
	tokenColumns      = `t.id, t.hash, t.account, t.name, t.scopes, t.created_at, t.expires_at, t.used_at, t.revoked_at`
	invitationColumns = `i.id, i.hash, i.role, i.districts, i.note, i.created_by, i.created_at, i.expires_at, i.used_at,
		i.used_by, i.revoked_at`
	entryColumns = `number, at, actor, action, subject, detail, address, previous, hash`
)

func accountFields(a *auth.Account) []any {
	return []any{&a.Name, &a.DisplayName, &a.Role, list[layout.ID]{&a.Districts}, &a.Password, &a.Issuer, &a.Subject,
		since1970{&a.CreatedAt}, since1970{&a.ChangedAt}, since1970{&a.SeenAt}, since1970{&a.DisabledAt}}
}

func accountValues(a auth.Account) []any {
	return []any{a.Name, a.DisplayName, string(a.Role), listed(a.Districts), a.Password, a.Issuer, a.Subject,
		micro(a.CreatedAt), micro(a.ChangedAt), micro(a.SeenAt), micro(a.DisabledAt)}
}

func sessionFields(s *auth.Session) []any {
	return []any{&s.Hash, &s.Account, &s.Via, since1970{&s.CreatedAt}, since1970{&s.SeenAt}, since1970{&s.ExpiresAt}}
}

func tokenFields(t *auth.Token) []any {
	return []any{&t.ID, &t.Hash, &t.Account, &t.Name, list[auth.Scope]{&t.Scopes}, since1970{&t.CreatedAt},
		since1970{&t.ExpiresAt}, since1970{&t.UsedAt}, since1970{&t.RevokedAt}}
}

func invitationFields(i *auth.Invitation) []any {
	return []any{&i.ID, &i.Hash, &i.Role, list[layout.ID]{&i.Districts}, &i.Note, &i.CreatedBy, since1970{&i.CreatedAt},
		since1970{&i.ExpiresAt}, since1970{&i.UsedAt}, &i.UsedBy, since1970{&i.RevokedAt}}
}

func entryFields(e *auth.Entry) []any {
	return []any{&e.Number, since1970{&e.At}, &e.Actor, &e.Action, &e.Subject, &e.Detail, &e.Address, &e.Previous, &e.Hash}
}
