package table

import "strings"

// watchChannel is where the trigger of WatchSQL tells of changes.
const watchChannel = "parkmap_tables"

// watchSetup makes the schema parkmap_tables: a table of the transactions that changed a relation, and the function
// that notes them. Each transaction adds its own row, so writers do not wait for each other; rows of transactions
// that ended before all that run are removed by a later one. What remains names the state of the relation, the same
// for every server: after each commit it is another set.
const watchSetup = `
CREATE SCHEMA IF NOT EXISTS parkmap_tables;
CREATE TABLE IF NOT EXISTS parkmap_tables.change (relation oid NOT NULL, xid xid8 NOT NULL, PRIMARY KEY (relation, xid));
CREATE OR REPLACE FUNCTION parkmap_tables.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $note$
BEGIN
	DELETE FROM parkmap_tables.change WHERE (relation, xid) IN (
		SELECT relation, xid FROM parkmap_tables.change
		WHERE relation = TG_RELID AND xid < pg_snapshot_xmin(pg_current_snapshot()) FOR UPDATE SKIP LOCKED);
	INSERT INTO parkmap_tables.change VALUES (TG_RELID, pg_current_xact_id()) ON CONFLICT DO NOTHING;
	PERFORM pg_notify('` + watchChannel + `', TG_RELID::text);
	RETURN NULL;
END $note$;
GRANT USAGE ON SCHEMA parkmap_tables TO PUBLIC;
GRANT SELECT ON parkmap_tables.change TO PUBLIC;
`

// watchTable adds the trigger to one table; @ stands for its name in SQL, and # for that as a literal.
const watchTable = `DROP TRIGGER IF EXISTS parkmap_note ON @;
CREATE TRIGGER parkmap_note AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON @ FOR EACH STATEMENT EXECUTE FUNCTION parkmap_tables.note();
INSERT INTO parkmap_tables.change VALUES (#::regclass, pg_current_xact_id()) ON CONFLICT DO NOTHING;
`

// WatchSQL returns the statements that have the database record the changes of a table, and tell of them, from
// then on. They may be run again, in a transaction, by the owner of the table. PostgreSQL 13 or later.
func WatchSQL(schema, table string) string {
	name := quote(schema) + "." + quote(table)
	literal := `'` + strings.ReplaceAll(name, `'`, `''`) + `'`
	if strings.Contains(literal, `\`) {
		literal = `E` + strings.ReplaceAll(literal, `\`, `\\`)
	}
	return watchSetup + strings.NewReplacer("@", name, "#", literal).Replace(watchTable)
}
