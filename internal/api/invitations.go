package api

import (
	"net/http"
	"time"

	"parkmap/internal/auth"
	"parkmap/internal/layout"
)

// invitationDocument is an invitation without its secret.
type invitationDocument struct {
	ID        string      `json:"id"`
	Role      auth.Role   `json:"role"`
	Districts []layout.ID `json:"districts"`
	Note      string      `json:"note,omitempty"`
	CreatedBy string      `json:"created_by"`
	CreatedAt time.Time   `json:"created_at"`
	ExpiresAt time.Time   `json:"expires_at"`
	UsedAt    *time.Time  `json:"used_at,omitempty"`
	UsedBy    string      `json:"used_by,omitempty"`
	RevokedAt *time.Time  `json:"revoked_at,omitempty"`
}

func newInvitation(i auth.Invitation) invitationDocument {
	return invitationDocument{i.ID, i.Role, some(i.Districts), i.Note, i.CreatedBy, i.CreatedAt, i.ExpiresAt, when(i.UsedAt), i.UsedBy, when(i.RevokedAt)}
}

func (s *Server) getInvitations(c *caller) error {
	list, err := s.accounts.Invitations(c.Request().Context())
	if err != nil {
		return err
	}
	doc := struct {
		Invitations []invitationDocument `json:"invitations"`
	}{[]invitationDocument{}}
	for _, i := range list {
		doc.Invitations = append(doc.Invitations, newInvitation(i))
	}
	return c.write(http.StatusOK, doc)
}

func (s *Server) addInvitation(c *caller) error {
	var in struct {
		Role      auth.Role   `json:"role"`
		Districts []layout.ID `json:"districts"`
		Note      string      `json:"note"`
		Days      int         `json:"expires_in_days"`
	}
	if err := c.read(&in); err != nil {
		return err
	}
	base, err := s.baseOf(s.originOf(c.Request()))
	if err != nil {
		return err
	}
	secret, i, err := s.accounts.Invite(c.Request().Context(), c.actor(), auth.Invitation{Role: in.Role, Districts: in.Districts, Note: in.Note}, life(in.Days))
	if err != nil {
		return err
	}
	return c.write(http.StatusCreated, struct {
		Invitation invitationDocument `json:"invitation"`
		Secret     string             `json:"secret"`
		Link       string             `json:"link"`
	}{newInvitation(i), secret, auth.InvitationLink(string(base), secret)})
}

func (s *Server) revokeInvitation(c *caller) error {
	if err := s.accounts.RevokeInvitation(c.Request().Context(), c.actor(), c.param("invitation")); err != nil {
		return err
	}
	return c.done()
}

func (s *Server) acceptInvitation(c *caller) error {
	var in struct {
		Secret      string `json:"secret"`
		Name        string `json:"name"`
		DisplayName string `json:"display_name"`
		Password    string `json:"password"`
	}
	if err := c.read(&in); err != nil {
		return err
	}
	secret, p, err := s.accounts.Accept(c.Request().Context(), auth.Acceptance{
		Secret: in.Secret, Name: in.Name, DisplayName: in.DisplayName, Password: in.Password, Address: c.address,
	})
	if err != nil {
		return err
	}
	return s.enter(c, secret, p)
}
