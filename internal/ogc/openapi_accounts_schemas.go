package ogc

// accountExamples are bodies of requests by schema.
func accountExamples() map[string]any {
	type object = map[string]any
	return map[string]any{
		"credentials":    object{"name": "anna", "password": "correct horse battery"},
		"passwordChange": object{"current": "correct horse battery", "password": "a new one, and long"},
		"newUser":        object{"name": "li.hua", "display_name": "李华", "role": "planner", "districts": []string{"*"}, "password": "a first one, and long"},
		"userChange":     object{"role": "reviewer"},
		"newPassword":    object{"password": "a new one, and long"},
		"newToken":       object{"name": "QGIS", "scopes": []string{"read"}, "expires_in_days": 90},
		"newInvitation":  object{"role": "planner", "districts": []string{"*"}, "note": "王芳", "expires_in_days": 7},
		"acceptance":     object{"secret": "parkmap_invitation_…", "name": "wang.fang", "display_name": "王芳", "password": "a first one, and long"},
	}
}

// objectOf is the schema of an object with members, of which some must be there.
func objectOf(required []string, properties map[string]*JSONSchema) *JSONSchema {
	return &JSONSchema{Type: "object", Required: required, Properties: properties}
}

// accountSchemas are the schemas of requests and answers about accounts.
func accountSchemas() map[string]*JSONSchema {
	schemas := accountRequests()
	text, when := &JSONSchema{Type: "string"}, &JSONSchema{Type: "string", Format: "date-time"}
	texts, role := &JSONSchema{Type: "array", Items: text}, roleSchema()
	list := func(of string) *JSONSchema { return &JSONSchema{Type: "array", Items: schemaRef(of)} }
	schemas["user"] = objectOf([]string{"name", "display_name", "role", "districts", "disabled", "has_password", "created_at"}, map[string]*JSONSchema{
		"name": text, "display_name": text, "role": role, "districts": texts, "disabled": {Type: "boolean"},
		"has_password": {Type: "boolean"}, "created_at": when, "seen_at": when,
	})
	schemas["users"] = objectOf([]string{"users"}, map[string]*JSONSchema{"users": list("user"), "next": {Type: "string", Description: "Value of after for the next page"}})
	schemas["session"] = objectOf([]string{"user", "actions", "methods"}, map[string]*JSONSchema{
		"user": {Nullable: true, Type: "object", Required: []string{"name", "display_name", "role", "districts"}, Properties: map[string]*JSONSchema{
			"name": text, "display_name": text, "role": role, "districts": texts,
		}},
		"actions": {Type: "array", Items: text, Description: "What may be done to at least some things, as the rights name it"},
		"methods": {Type: "array", Items: text, Description: "How to sign in: password, oidc"}, "ends_at": when,
	})
	schemas["rights"] = objectOf([]string{"rights"}, map[string]*JSONSchema{"rights": {Type: "array", Items: rightSchema()}})
	schemas["token"] = objectOf([]string{"id", "user", "name", "scopes", "created_at", "expires_at"}, map[string]*JSONSchema{
		"id": text, "user": text, "name": text, "scopes": {Type: "array", Items: scopeSchema()},
		"created_at": when, "expires_at": when, "used_at": when, "revoked_at": when,
	})
	schemas["tokens"] = objectOf([]string{"tokens"}, map[string]*JSONSchema{"tokens": list("token")})
	schemas["tokenSecret"] = objectOf([]string{"token", "secret"}, map[string]*JSONSchema{"token": schemaRef("token"), "secret": text})
	schemas["invitation"] = objectOf([]string{"id", "role", "districts", "created_by", "created_at", "expires_at"}, map[string]*JSONSchema{
		"id": text, "role": role, "districts": texts, "note": text, "created_by": text, "created_at": when,
		"expires_at": when, "used_at": when, "used_by": text, "revoked_at": when,
	})
	schemas["invitations"] = objectOf([]string{"invitations"}, map[string]*JSONSchema{"invitations": list("invitation")})
	schemas["invitationSecret"] = objectOf([]string{"invitation", "secret", "link"}, map[string]*JSONSchema{"invitation": schemaRef("invitation"), "secret": text, "link": text})
	schemas["audit"] = objectOf([]string{"entries"}, map[string]*JSONSchema{
		"entries": {Type: "array", Items: entrySchema()}, "next": {Type: "integer", Description: "Value of before for the next page"},
	})
	return schemas
}

func entrySchema() *JSONSchema {
	text := &JSONSchema{Type: "string"}
	return objectOf([]string{"number", "at", "actor", "action", "subject", "detail", "address", "hash"}, map[string]*JSONSchema{
		"number": count(), "at": {Type: "string", Format: "date-time"}, "actor": text, "action": text, "subject": text,
		"detail": text, "address": text, "hash": text,
	})
}

func rightSchema() *JSONSchema {
	text, grant := &JSONSchema{Type: "string"}, &JSONSchema{Type: "string", Enum: []string{"never", "in-districts", "not-own", "always"}}
	return objectOf([]string{"action", "title", "visitor", "viewer", "planner", "reviewer", "admin"}, map[string]*JSONSchema{
		"action": text, "title": {Type: "object"}, "scope": scopeSchema(),
		"visitor": grant, "viewer": grant, "planner": grant, "reviewer": grant, "admin": grant,
	})
}

func roleSchema() *JSONSchema {
	return &JSONSchema{Type: "string", Enum: []string{"viewer", "planner", "reviewer", "admin"}}
}

func scopeSchema() *JSONSchema {
	return &JSONSchema{Type: "string", Enum: []string{"read", "edit", "review", "admin"}}
}

func accountRequests() map[string]*JSONSchema {
	text, name, label, role := &JSONSchema{Type: "string"}, accountName(), labelSchema(), roleSchema()
	password := &JSONSchema{Type: "string", Description: "At least 10 characters, at most 1024 bytes"}
	districts := &JSONSchema{Type: "array", Items: text, Description: "Of a planner: ids of districts, or * for all"}
	days := func(most int) *JSONSchema {
		one := 1
		return &JSONSchema{Type: "integer", Minimum: &one, Maximum: &most}
	}
	return map[string]*JSONSchema{
		"credentials":    objectOf([]string{"name", "password"}, map[string]*JSONSchema{"name": text, "password": text}),
		"passwordChange": objectOf([]string{"current", "password"}, map[string]*JSONSchema{"current": text, "password": password}),
		"newPassword":    objectOf([]string{"password"}, map[string]*JSONSchema{"password": password}),
		"newUser": objectOf([]string{"name", "role"}, map[string]*JSONSchema{
			"name": name, "display_name": label, "role": role, "districts": districts, "password": password,
		}),
		"userChange": objectOf(nil, map[string]*JSONSchema{"display_name": label, "role": role, "districts": districts, "disabled": {Type: "boolean"}}),
		"newToken": objectOf([]string{"name", "scopes", "expires_in_days"}, map[string]*JSONSchema{
			"name": label, "scopes": {Type: "array", Items: scopeSchema()}, "expires_in_days": days(366),
		}),
		"newInvitation": objectOf([]string{"role", "expires_in_days"}, map[string]*JSONSchema{
			"role": role, "districts": districts, "note": label, "expires_in_days": days(30),
		}),
		"acceptance": objectOf([]string{"secret", "name", "password"}, map[string]*JSONSchema{
			"secret": text, "name": name, "display_name": label, "password": password,
		}),
	}
}

func accountName() *JSONSchema {
	most := 64
	return &JSONSchema{Type: "string", MaxLength: &most, Description: "a-z, 0-9 and . _ @ + -, the first a letter or digit"}
}

func labelSchema() *JSONSchema {
	most := 100
	return &JSONSchema{Type: "string", MaxLength: &most}
}
