-- +goose Up

-- changeset is a set of changes by one author on its way to become a version. Each step makes its
-- revision one greater, and whoever does so first has taken the step.
CREATE TABLE changeset (
	id         TEXT PRIMARY KEY,
	revision   INTEGER NOT NULL CHECK (revision > 0),
	state      TEXT NOT NULL CHECK (state IN ('draft', 'in-review', 'changes-asked', 'approved', 'published', 'withdrawn')),
	title      TEXT NOT NULL,
	author     TEXT NOT NULL,
	reviewer   TEXT NOT NULL,
	created_at INTEGER NOT NULL, -- microseconds since 1970 in UTC
	changed_at INTEGER NOT NULL,
	publish_at INTEGER,
	version    INTEGER REFERENCES version (number),
	CHECK ((state = 'published') = (version IS NOT NULL))
) STRICT;

CREATE INDEX changeset_changed_idx ON changeset (changed_at);
CREATE INDEX changeset_due_idx ON changeset (publish_at) WHERE state = 'approved' AND publish_at IS NOT NULL;

-- changeset_item is what a changeset does to one feature, made on the version base of it.
CREATE TABLE changeset_item (
	changeset  TEXT NOT NULL REFERENCES changeset (id),
	collection TEXT NOT NULL,
	id         TEXT NOT NULL,
	base       INTEGER NOT NULL,
	op         TEXT NOT NULL CHECK (op IN ('put', 'delete')),
	properties TEXT, -- JSON
	geometry   BLOB, -- WKB in lon/lat
	PRIMARY KEY (changeset, collection, id),
	CHECK ((op = 'put') = (properties IS NOT NULL)),
	CHECK (op = 'put' OR geometry IS NULL)
) STRICT;

-- changeset_event is one step of a changeset on record; its number is the revision that it made.
CREATE TABLE changeset_event (
	changeset  TEXT NOT NULL REFERENCES changeset (id),
	number     INTEGER NOT NULL,
	at         INTEGER NOT NULL,
	author     TEXT NOT NULL,
	kind       TEXT NOT NULL,
	text       TEXT NOT NULL,
	collection TEXT NOT NULL,
	feature    TEXT NOT NULL,
	lon        REAL,
	lat        REAL,
	PRIMARY KEY (changeset, number),
	CHECK ((lon IS NULL) = (lat IS NULL))
) STRICT;

-- receipt keeps a call with a key of its author from happening twice.
CREATE TABLE receipt (
	author      TEXT NOT NULL,
	key         TEXT NOT NULL,
	fingerprint TEXT NOT NULL,
	changeset   TEXT NOT NULL,
	at          INTEGER NOT NULL,
	PRIMARY KEY (author, key)
) STRICT;

CREATE INDEX receipt_at_idx ON receipt (at);

-- +goose StatementBegin
CREATE TRIGGER changeset_event_no_update BEFORE UPDATE ON changeset_event BEGIN
	SELECT raise(ABORT, 'events are never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER changeset_event_no_delete BEFORE DELETE ON changeset_event BEGIN
	SELECT raise(ABORT, 'events are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER changeset_no_delete BEFORE DELETE ON changeset BEGIN
	SELECT raise(ABORT, 'changesets are never deleted');
END;
-- +goose StatementEnd
