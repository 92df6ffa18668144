-- +goose Up

-- version is one published state of the layout.
CREATE TABLE version (
	number       INTEGER PRIMARY KEY CHECK (number > 0),
	published_at INTEGER NOT NULL, -- microseconds since 1970 in UTC
	author       TEXT NOT NULL,
	comment      TEXT NOT NULL,
	changed      INTEGER NOT NULL  -- how many revisions it has
) STRICT;

-- document holds the document of the versions that changed it.
CREATE TABLE document (
	version INTEGER PRIMARY KEY REFERENCES version (number),
	body    TEXT NOT NULL -- JSON
) STRICT;

-- revision is one feature as one version left it. What holds at version n is, of each feature, the
-- row with the greatest version up to n. Geometry is WKB in lon/lat (CRS84); the box beside it lets
-- other programs find a place without decoding.
CREATE TABLE revision (
	collection TEXT NOT NULL,
	id         TEXT NOT NULL,
	version    INTEGER NOT NULL REFERENCES version (number),
	op         TEXT NOT NULL CHECK (op IN ('put', 'delete')),
	properties TEXT, -- JSON
	geometry   BLOB,
	west       REAL,
	south      REAL,
	east       REAL,
	north      REAL,
	PRIMARY KEY (collection, id, version),
	CHECK ((op = 'put') = (properties IS NOT NULL)),
	CHECK (op = 'put' OR geometry IS NULL)
) STRICT;

CREATE INDEX revision_version_idx ON revision (version);

-- What was published stays as it was.

-- +goose StatementBegin
CREATE TRIGGER version_no_update BEFORE UPDATE ON version BEGIN
	SELECT raise(ABORT, 'versions are never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER version_no_delete BEFORE DELETE ON version BEGIN
	SELECT raise(ABORT, 'versions are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER document_no_update BEFORE UPDATE ON document BEGIN
	SELECT raise(ABORT, 'documents are never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER document_no_delete BEFORE DELETE ON document BEGIN
	SELECT raise(ABORT, 'documents are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER revision_no_update BEFORE UPDATE ON revision BEGIN
	SELECT raise(ABORT, 'revisions are never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER revision_no_delete BEFORE DELETE ON revision BEGIN
	SELECT raise(ABORT, 'revisions are never deleted');
END;
-- +goose StatementEnd
