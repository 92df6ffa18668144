package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"parkmap/internal/auth"
)

// calls lists what can be asked by whom.
func (s *Server) calls() []call {
	const get, post, put, patch, del = http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete
	calls := []call{
		{get, "/api/session", "", s.getSession},
		{post, "/api/session", "", s.signIn},
		{del, "/api/session", auth.OwnPassword, s.signOut},
		{put, "/api/session/password", auth.OwnPassword, s.changePassword},
		{get, "/api/rights", "", s.getRights},
		{get, "/api/users", auth.Accounts, s.getUsers},
		{post, "/api/users", auth.Accounts, s.addUser},
		{get, "/api/users/:user", auth.Accounts, s.getUser},
		{patch, "/api/users/:user", auth.Accounts, s.changeUser},
		{put, "/api/users/:user/password", auth.Accounts, s.setPassword},
		{get, "/api/tokens", auth.OwnTokens, s.getTokens},
		{post, "/api/tokens", auth.OwnTokens, s.addToken},
		{del, "/api/tokens/:token", auth.OwnTokens, s.revokeToken},
		{get, "/api/invitations", auth.Accounts, s.getInvitations},
		{post, "/api/invitations", auth.Accounts, s.addInvitation},
		{del, "/api/invitations/:invitation", auth.Accounts, s.revokeInvitation},
		{post, "/api/invitations/accept", "", s.acceptInvitation},
		{get, "/api/audit", auth.ReadAudit, s.getAudit},
	}
	if s.editor != nil {
		calls = append(calls, s.changeCalls()...)
	}
	return calls
}

// routeCalls serves the calls, where there are accounts.
func (s *Server) routeCalls(e *echo.Echo) {
	if s.accounts == nil {
		return
	}
	for _, k := range s.calls() {
		e.Add(k.method, k.path, s.admit(k))
		if k.method == http.MethodGet {
			e.HEAD(k.path, s.admit(k))
		}
	}
	if s.oidc != nil {
		e.GET("/api/session/oidc", s.admit(call{handle: s.startOIDC}))
		e.GET(callbackPath, s.admit(call{handle: s.finishOIDC}))
	}
}
