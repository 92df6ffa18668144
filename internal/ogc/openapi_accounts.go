package ogc

import (
	"maps"
	"strings"
)

const tagAccounts = "accounts"

// describedCall describes one method of a path whose answers depend on who asks.
type describedCall struct {
	method, path, summary, id string
	open                      bool   // for everyone
	query                     string // names of parameters of the query, with spaces between
	request                   string // schema of the body, which has an example; "" has none
	status                    string
	response                  string // schema of the answer; "" has none
}

func accountCalls() []describedCall {
	return []describedCall{
		{"get", "/session", "Who is signed in, and what they may do", "getSession", true, "", "", "200", "session"},
		{"post", "/session", "Sign in: starts a session, whose cookie the answer sets", "signIn", true, "", "credentials", "200", "session"},
		{"delete", "/session", "Sign out", "signOut", false, "", "", "204", ""},
		{"put", "/session/password", "Change the own password; all other sessions end", "changePassword", false, "", "passwordChange", "200", "session"},
		{"get", "/rights", "Who may do what", "getRights", true, "", "", "200", "rights"},
		{"get", "/users", "Accounts by name", "getUsers", false, "after limit", "", "200", "users"},
		{"post", "/users", "Make an account", "addUser", false, "", "newUser", "201", "user"},
		{"get", "/users/{user}", "One account", "getUser", false, "", "", "200", "user"},
		{"patch", "/users/{user}", "Change an account; where its rights change it is signed out", "changeUser", false, "", "userChange", "200", "user"},
		{"put", "/users/{user}/password", "Give an account a new password; it is signed out", "setPassword", false, "", "newPassword", "204", ""},
		{"get", "/tokens", "API tokens: the own ones or, for admins, those of a user", "getTokens", false, "owner", "", "200", "tokens"},
		{"post", "/tokens", "Make an API token. Its secret is shown this once", "addToken", false, "", "newToken", "201", "tokenSecret"},
		{"delete", "/tokens/{token}", "Revoke an API token", "revokeToken", false, "", "", "204", ""},
		{"get", "/invitations", "Invitations, newest first", "getInvitations", false, "", "", "200", "invitations"},
		{"post", "/invitations", "Invite somebody to make an account. The link is shown this once", "addInvitation", false, "", "newInvitation", "201", "invitationSecret"},
		{"delete", "/invitations/{invitation}", "Take an invitation back", "revokeInvitation", false, "", "", "204", ""},
		{"post", "/invitations/accept", "Make the account of an invitation, and sign in", "acceptInvitation", true, "", "acceptance", "200", "session"},
		{"get", "/audit", "Who did what, newest first. As CSV the whole log", "getAudit", false, "before limit f", "", "200", "audit"},
	}
}

// addAccounts describes sign-in, accounts, tokens, invitations and the audit log.
func addAccounts(doc *OpenAPI, info AccountsInfo) {
	doc.Tags = append(doc.Tags, Tag{Name: tagAccounts, Description: "Sign-in, accounts, API tokens, the audit log"})
	doc.Components.SecuritySchemes = map[string]SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: info.Cookie, Description: "Session of a browser"},
		"token":   {Type: "http", Scheme: "bearer", Description: "API token, which starts with parkmap_token_"},
	}
	maps.Copy(doc.Components.Schemas, accountSchemas())
	maps.Copy(doc.Components.Parameters, accountParameters())
	maps.Copy(doc.Components.Responses, accountErrors())
	addCalls(doc, callGroup{tagAccounts, "account.", accountExamples()}, accountCalls())
}

// callGroup is what calls about the same have in common: their tag, what the names of their parameters begin with
// among the components, and examples of bodies by schema.
type callGroup struct {
	tag, prefix string
	examples    map[string]any
}

// addCalls adds calls to the paths.
func addCalls(doc *OpenAPI, g callGroup, calls []describedCall) {
	for _, c := range calls {
		item := doc.Paths[c.path]
		item.set(c.method, c.operation(g))
		doc.Paths[c.path] = item
	}
}

func (p *PathItem) set(method string, o *Operation) {
	switch method {
	case "get":
		p.Get = o
	case "post":
		p.Post = o
	case "put":
		p.Put = o
	case "patch":
		p.Patch = o
	case "delete":
		p.Delete = o
	}
}

func (c describedCall) operation(g callGroup) *Operation {
	o := &Operation{Tags: []string{g.tag}, Summary: c.summary, OperationID: c.id, Responses: map[string]Response{}}
	for segment := range strings.SplitSeq(c.path, "/") {
		if name, ok := strings.CutPrefix(segment, "{"); ok {
			o.Parameters = append(o.Parameters, parameterRef(g.prefix+strings.TrimSuffix(name, "}")))
		}
	}
	for _, name := range strings.Fields(c.query) {
		o.Parameters = append(o.Parameters, parameterRef(g.prefix+name))
	}
	if c.request != "" {
		media := Media{Schema: schemaRef(c.request), Example: g.examples[c.request]}
		o.RequestBody = &RequestBody{Required: true, Content: map[string]Media{TypeJSON: media}}
	}
	if !c.open {
		o.Security = []map[string][]string{{"session": {}}, {"token": {}}}
	}
	ok := Response{Description: "Done"}
	if c.response != "" {
		ok.Content = map[string]Media{TypeJSON: {Schema: schemaRef(c.response)}}
	}
	if c.id == "getAudit" {
		ok.Content[TypeCSV] = Media{Schema: &JSONSchema{Type: "string"}}
	}
	o.Responses[c.status] = ok
	for status, name := range map[string]string{
		"400": "BadRequest", "401": "Unauthenticated", "403": "Forbidden", "404": "NotFound", "405": "MethodNotAllowed", "409": "Conflict",
		"413": "TooLarge", "415": "UnsupportedMediaType", "429": "TooManyRequests", "500": "ServerError", "503": "Unavailable",
	} {
		o.Responses[status] = Response{Ref: ref("responses", name)}
	}
	return o
}

func accountErrors() map[string]Response {
	problem := map[string]Media{TypeProblem: {Schema: schemaRef("problem")}}
	return map[string]Response{
		"Unauthenticated":      {Description: "Sign in first, or name or password are wrong", Content: problem},
		"Forbidden":            {Description: "Whoever is signed in may not do this, or the request comes from another site", Content: problem},
		"Conflict":             {Description: "The state of things does not allow it", Content: problem},
		"TooLarge":             {Description: "The body is too long", Content: problem},
		"UnsupportedMediaType": {Description: "The body is no JSON", Content: problem},
		"TooManyRequests":      {Description: "There were too many; Retry-After says when to try again", Content: problem},
	}
}

func accountParameters() map[string]Parameter {
	one, most := 1, MaxLimit
	path := func(name, description string) Parameter {
		return Parameter{Name: name, In: "path", Required: true, Description: description, Schema: &JSONSchema{Type: "string"}}
	}
	query := func(name, description string, schema *JSONSchema) Parameter {
		return Parameter{Name: name, In: "query", Description: description, Schema: schema}
	}
	return map[string]Parameter{
		"account.user":       path("user", "Name of an account."),
		"account.token":      path("token", "Id of a token."),
		"account.invitation": path("invitation", "Id of an invitation."),
		"account.owner":      query("user", "Name of an account; only admins may name another one than their own.", &JSONSchema{Type: "string"}),
		"account.after":      query("after", "Name behind which the page begins.", &JSONSchema{Type: "string"}),
		"account.before":     query("before", "Number of the entry before which the page ends.", &JSONSchema{Type: "integer", Minimum: &one}),
		"account.limit":      query("limit", "Most entries of the page.", &JSONSchema{Type: "integer", Minimum: &one, Maximum: &most, Default: DefaultLimit}),
		"account.f":          query("f", "Representation.", &JSONSchema{Type: "string", Enum: []string{"json", "csv"}}),
	}
}
