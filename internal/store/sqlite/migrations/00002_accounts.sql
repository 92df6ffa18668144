-- +goose Up

-- Times are microseconds since 1970 in UTC, 0 for none.

-- account is somebody who can sign in. Rows are never deleted: the history names them.
CREATE TABLE account (
	name         TEXT PRIMARY KEY,
	display_name TEXT NOT NULL,
	role         TEXT NOT NULL CHECK (role IN ('viewer', 'planner', 'reviewer', 'admin')),
	districts    TEXT NOT NULL, -- JSON list of ids
	password     TEXT NOT NULL, -- encoded hash; '' has none
	issuer       TEXT NOT NULL, -- identity provider; '' is none
	subject      TEXT NOT NULL, -- name of the account there
	created_at   INTEGER NOT NULL,
	changed_at   INTEGER NOT NULL,
	seen_at      INTEGER NOT NULL,
	disabled_at  INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX account_subject_idx ON account (issuer, subject) WHERE subject <> '';

-- session is one sign-in; its row goes when it ends.
CREATE TABLE session (
	hash       TEXT PRIMARY KEY, -- SHA-256 of the secret
	account    TEXT NOT NULL REFERENCES account (name),
	via        TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	seen_at    INTEGER NOT NULL,
	expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX session_account_idx ON session (account);
CREATE INDEX session_expires_idx ON session (expires_at);

-- token lets a program act for an account.
CREATE TABLE token (
	id         TEXT PRIMARY KEY,
	hash       TEXT NOT NULL UNIQUE, -- SHA-256 of the secret
	account    TEXT NOT NULL REFERENCES account (name),
	name       TEXT NOT NULL,
	scopes     TEXT NOT NULL, -- JSON list
	created_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	used_at    INTEGER NOT NULL,
	revoked_at INTEGER NOT NULL
) STRICT;

CREATE INDEX token_account_idx ON token (account);

-- invitation lets somebody make an account, once.
CREATE TABLE invitation (
	id         TEXT PRIMARY KEY,
	hash       TEXT NOT NULL UNIQUE, -- SHA-256 of the secret
	role       TEXT NOT NULL,
	districts  TEXT NOT NULL, -- JSON list of ids
	note       TEXT NOT NULL,
	created_by TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	used_at    INTEGER NOT NULL,
	used_by    TEXT NOT NULL,
	revoked_at INTEGER NOT NULL
) STRICT;

-- attempt counts what is limited.
CREATE TABLE attempt (
	key      TEXT PRIMARY KEY,
	count    INTEGER NOT NULL,
	began_at INTEGER NOT NULL
) STRICT;

CREATE INDEX attempt_began_idx ON attempt (began_at);

-- audit is who did what. Each row vouches for those before it.
CREATE TABLE audit (
	number   INTEGER PRIMARY KEY CHECK (number > 0),
	at       INTEGER NOT NULL,
	actor    TEXT NOT NULL,
	action   TEXT NOT NULL,
	subject  TEXT NOT NULL,
	detail   TEXT NOT NULL,
	address  TEXT NOT NULL,
	previous TEXT NOT NULL, -- hash of the row before; '' of the first
	hash     TEXT NOT NULL
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN
	SELECT raise(ABORT, 'the audit log is never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN
	SELECT raise(ABORT, 'the audit log is never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_no_gap BEFORE INSERT ON audit
WHEN new.number <> (SELECT coalesce(max(number), 0) + 1 FROM audit) BEGIN
	SELECT raise(ABORT, 'the audit log has no gaps');
END;
-- +goose StatementEnd
