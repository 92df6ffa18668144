-- +goose Up

-- version is one published state of the layout. Whoever inserts the next number publishes it.
CREATE TABLE parkmap.version (
	number       bigint PRIMARY KEY CHECK (number > 0),
	published_at timestamptz NOT NULL,
	author       text NOT NULL,
	comment      text NOT NULL,
	changed      integer NOT NULL -- how many revisions it has
);

-- document holds the document of the versions that changed it.
CREATE TABLE parkmap.document (
	version bigint PRIMARY KEY REFERENCES parkmap.version (number),
	body    jsonb NOT NULL
);

-- revision is one feature as one version left it. What holds at version n is, of each feature, the
-- row with the greatest version up to n.
CREATE TABLE parkmap.revision (
	collection text COLLATE "C" NOT NULL,
	id         text COLLATE "C" NOT NULL,
	version    bigint NOT NULL REFERENCES parkmap.version (number),
	op         text NOT NULL CHECK (op IN ('put', 'delete')),
	properties jsonb,
	geom       geometry(Geometry, 4326), -- lon/lat
	PRIMARY KEY (collection, id, version),
	CHECK ((op = 'put') = (properties IS NOT NULL)),
	CHECK (op = 'put' OR geom IS NULL)
);

CREATE INDEX revision_version_idx ON parkmap.revision (version);
CREATE INDEX revision_geom_idx ON parkmap.revision USING gist (geom);

-- feature is the newest version for readers of the database, such as desktop programs. The program
-- itself reads whole versions.
CREATE VIEW parkmap.feature AS
SELECT collection, id, version, properties, geom
FROM (
	SELECT DISTINCT ON (collection, id) collection, id, version, op, properties, geom
	FROM parkmap.revision
	ORDER BY collection, id, version DESC
) AS last
WHERE op = 'put';

-- What was published stays as it was.

-- +goose StatementBegin
CREATE FUNCTION parkmap.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME;
END
$$;
-- +goose StatementEnd

CREATE TRIGGER no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON parkmap.version
	FOR EACH STATEMENT EXECUTE FUNCTION parkmap.refuse_change();
CREATE TRIGGER no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON parkmap.document
	FOR EACH STATEMENT EXECUTE FUNCTION parkmap.refuse_change();
CREATE TRIGGER no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON parkmap.revision
	FOR EACH STATEMENT EXECUTE FUNCTION parkmap.refuse_change();
