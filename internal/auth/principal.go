// Package auth says who somebody is and what they may do: accounts and their roles, passwords, sessions, API
// tokens, invitations, limits of sign-in, and the log of all that. It knows no HTTP and no SQL: addresses come
// in as text, and a Store keeps what has to be kept. Errors are *layout.Error.
package auth

import (
	"context"
	"slices"

	"parkmap/internal/layout"
)

// AllDistricts stands in the list of a planner's districts for all of them.
const AllDistricts layout.ID = "*"

// Principal is who makes a request. The zero value is not valid; Anonymous is a visitor.
type Principal struct {
	Name        string // of the account; "" for a visitor
	DisplayName string
	Role        Role
	Districts   []layout.ID // of a planner
	Session     *Session    // nil unless signed in with one
	Token       *Token      // nil unless it was a token; then its scopes bound what may be done
}

// Anonymous is a visitor who is not signed in.
func Anonymous() Principal { return Principal{Role: Visitor} }

// SignedIn tells whether there is an account behind p.
func (p Principal) SignedIn() bool { return p.Name != "" }

// Thing is what an action is done to, as far as rights depend on it.
type Thing struct {
	Districts []layout.ID // that it lies in, before and after a change
	Author    string      // name of the account that made it
}

// Allows tells whether p may do an action to a thing. What lies in no district is in no planner's districts,
// unless they are all.
func (p Principal) Allows(action Action, thing Thing) bool {
	rule := ruleOf(action)
	if p.Token != nil && (rule.Scope == SessionOnly || !slices.Contains(p.Token.Scopes, rule.Scope)) {
		return false
	}
	switch rule.grant(p.Role) {
	case Always:
		return true
	case NotOwn:
		return thing.Author != p.Name
	case InDistricts:
		return p.within(thing.Districts)
	}
	return false
}

// MayEver tells whether there are things to which p may do an action.
func (p Principal) MayEver(action Action) bool {
	return p.Allows(action, Thing{Districts: p.Districts})
}

func (p Principal) within(districts []layout.ID) bool {
	if slices.Contains(p.Districts, AllDistricts) {
		return true
	}
	for _, d := range districts {
		if !slices.Contains(p.Districts, d) {
			return false
		}
	}
	return len(districts) > 0
}

// Check is nil when p may do an action to a thing; else unauthenticated for a visitor, and forbidden with the
// reason for an account.
func (p Principal) Check(action Action, thing Thing) error {
	switch {
	case p.Allows(action, thing):
		return nil
	case !p.SignedIn():
		return Unauthenticated("sign in first")
	}
	rule := ruleOf(action)
	detail := "the role " + string(p.Role) + " may not do this"
	switch {
	case p.Token != nil && rule.Scope == SessionOnly:
		detail = "an API token cannot do this; sign in"
	case p.Token != nil && !slices.Contains(p.Token.Scopes, rule.Scope):
		detail = "the API token has not the scope " + string(rule.Scope)
	case rule.grant(p.Role) == NotOwn:
		detail = "nobody may do this to what they made themselves"
	case rule.grant(p.Role) == InDistricts:
		detail = "it lies outside your districts"
	}
	return &layout.Error{Kind: layout.KindForbidden, Concerns: rule.Title.EN, Detail: detail}
}

// Unauthenticated says that a caller has to say who they are.
func Unauthenticated(detail string) error {
	return &layout.Error{Kind: layout.KindUnauthenticated, Detail: detail}
}

type contextKey struct{}

// WithPrincipal returns a context that carries who makes the request.
func WithPrincipal(ctx context.Context, p Principal) context.Context {
	return context.WithValue(ctx, contextKey{}, p)
}

// PrincipalOf returns who makes the request; a visitor where the context does not say.
func PrincipalOf(ctx context.Context) Principal {
	if p, ok := ctx.Value(contextKey{}).(Principal); ok {
		return p
	}
	return Anonymous()
}
