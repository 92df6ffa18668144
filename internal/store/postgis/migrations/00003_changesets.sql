-- +goose Up

-- changeset is a set of changes by one author on its way to become a version. Each step makes its
-- revision one greater, and whoever does so first has taken the step.
CREATE TABLE parkmap.changeset (
	id         text COLLATE "C" PRIMARY KEY,
	revision   bigint NOT NULL CHECK (revision > 0),
	state      text NOT NULL CHECK (state IN ('draft', 'in-review', 'changes-asked', 'approved', 'published', 'withdrawn')),
	title      text NOT NULL,
	author     text NOT NULL,
	reviewer   text NOT NULL,
	created_at bigint NOT NULL, -- microseconds since 1970 in UTC
	changed_at bigint NOT NULL,
	publish_at bigint,
	version    bigint REFERENCES parkmap.version (number),
	CHECK ((state = 'published') = (version IS NOT NULL))
);

CREATE INDEX changeset_changed_idx ON parkmap.changeset (changed_at);
CREATE INDEX changeset_due_idx ON parkmap.changeset (publish_at) WHERE state = 'approved' AND publish_at IS NOT NULL;

-- changeset_item is what a changeset does to one feature, made on the version base of it.
CREATE TABLE parkmap.changeset_item (
	changeset  text COLLATE "C" NOT NULL REFERENCES parkmap.changeset (id),
	collection text COLLATE "C" NOT NULL,
	id         text COLLATE "C" NOT NULL,
	base       bigint NOT NULL,
	op         text NOT NULL CHECK (op IN ('put', 'delete')),
	properties jsonb,
	geometry   geometry(Geometry, 4326), -- lon/lat
	PRIMARY KEY (changeset, collection, id),
	CHECK ((op = 'put') = (properties IS NOT NULL)),
	CHECK (op = 'put' OR geometry IS NULL)
);

-- changeset_event is one step of a changeset on record; its number is the revision that it made.
CREATE TABLE parkmap.changeset_event (
	changeset  text COLLATE "C" NOT NULL REFERENCES parkmap.changeset (id),
	number     bigint NOT NULL,
	at         bigint NOT NULL,
	author     text NOT NULL,
	kind       text NOT NULL,
	text       text NOT NULL,
	collection text NOT NULL,
	feature    text NOT NULL,
	lon        double precision,
	lat        double precision,
	PRIMARY KEY (changeset, number),
	CHECK ((lon IS NULL) = (lat IS NULL))
);

-- receipt keeps a call with a key of its author from happening twice.
CREATE TABLE parkmap.receipt (
	author      text COLLATE "C" NOT NULL,
	key         text COLLATE "C" NOT NULL,
	fingerprint text NOT NULL,
	changeset   text NOT NULL,
	at          bigint NOT NULL,
	PRIMARY KEY (author, key)
);

CREATE INDEX receipt_at_idx ON parkmap.receipt (at);

CREATE TRIGGER no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON parkmap.changeset_event
	FOR EACH STATEMENT EXECUTE FUNCTION parkmap.refuse_change();
CREATE TRIGGER no_delete BEFORE DELETE OR TRUNCATE ON parkmap.changeset
	FOR EACH STATEMENT EXECUTE FUNCTION parkmap.refuse_change();
