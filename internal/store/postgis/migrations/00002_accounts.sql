-- +goose Up

-- Times are microseconds since 1970 in UTC, 0 for none.

-- account is somebody who can sign in. Rows are never deleted: the history names them.
CREATE TABLE parkmap.account (
	name         text COLLATE "C" PRIMARY KEY,
	display_name text NOT NULL,
	role         text NOT NULL CHECK (role IN ('viewer', 'planner', 'reviewer', 'admin')),
	districts    text NOT NULL, -- JSON list of ids
	password     text NOT NULL, -- encoded hash; '' has none
	issuer       text NOT NULL, -- identity provider; '' is none
	subject      text NOT NULL, -- name of the account there
	created_at   bigint NOT NULL,
	changed_at   bigint NOT NULL,
	seen_at      bigint NOT NULL,
	disabled_at  bigint NOT NULL
);

CREATE UNIQUE INDEX account_subject_idx ON parkmap.account (issuer, subject) WHERE subject <> '';

-- session is one sign-in; its row goes when it ends.
CREATE TABLE parkmap.session (
	hash       text COLLATE "C" PRIMARY KEY, -- SHA-256 of the secret
	account    text COLLATE "C" NOT NULL REFERENCES parkmap.account (name),
	via        text NOT NULL,
	created_at bigint NOT NULL,
	seen_at    bigint NOT NULL,
	expires_at bigint NOT NULL
);

CREATE INDEX session_account_idx ON parkmap.session (account);
CREATE INDEX session_expires_idx ON parkmap.session (expires_at);

-- token lets a program act for an account.
CREATE TABLE parkmap.token (
	id         text COLLATE "C" PRIMARY KEY,
	hash       text NOT NULL UNIQUE, -- SHA-256 of the secret
	account    text COLLATE "C" NOT NULL REFERENCES parkmap.account (name),
	name       text NOT NULL,
	scopes     text NOT NULL, -- JSON list
	created_at bigint NOT NULL,
	expires_at bigint NOT NULL,
	used_at    bigint NOT NULL,
	revoked_at bigint NOT NULL
);

CREATE INDEX token_account_idx ON parkmap.token (account);

-- invitation lets somebody make an account, once.
CREATE TABLE parkmap.invitation (
	id         text COLLATE "C" PRIMARY KEY,
	hash       text NOT NULL UNIQUE, -- SHA-256 of the secret
	role       text NOT NULL,
	districts  text NOT NULL, -- JSON list of ids
	note       text NOT NULL,
	created_by text NOT NULL,
	created_at bigint NOT NULL,
	expires_at bigint NOT NULL,
	used_at    bigint NOT NULL,
	used_by    text NOT NULL,
	revoked_at bigint NOT NULL
);

-- attempt counts what is limited.
CREATE TABLE parkmap.attempt (
	key      text COLLATE "C" PRIMARY KEY,
	count    integer NOT NULL,
	began_at bigint NOT NULL
);

CREATE INDEX attempt_began_idx ON parkmap.attempt (began_at);

-- audit is who did what. Each row vouches for those before it.
CREATE TABLE parkmap.audit (
	number   bigint PRIMARY KEY CHECK (number > 0),
	at       bigint NOT NULL,
	actor    text NOT NULL,
	action   text NOT NULL,
	subject  text NOT NULL,
	detail   text NOT NULL,
	address  text NOT NULL,
	previous text NOT NULL, -- hash of the row before; '' of the first
	hash     text NOT NULL
);

CREATE TRIGGER no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON parkmap.audit
	FOR EACH STATEMENT EXECUTE FUNCTION parkmap.refuse_change();
