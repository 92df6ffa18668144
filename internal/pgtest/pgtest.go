// Package pgtest gives tests a real PostgreSQL with PostGIS: throwaway clusters in the system's
// temporary folder, one database per test, nothing left behind. It knows nothing of layouts or
// of the stores that use it.
//
// Most tests want Open or DSN, which share one cluster per test process. Tests that stop the
// server, use TCP or a password start a cluster of their own with Start.
//
// Where PostgreSQL or PostGIS is missing, tests fail with a sentence; they are never skipped.
package pgtest

import (
	"database/sql"
	"sync"
	"testing"

	_ "github.com/lib/pq" // the driver "postgres"
)

// shared is the cluster of this test process, started by the first test that asks. It ends with
// the process: see reaper.
var shared = sync.OnceValues(func() (*Cluster, error) { return start(Options{}) })

// Open returns a fresh database with PostGIS on the shared cluster. It is closed and dropped when
// the test ends. The role owns the database and is no superuser.
func Open(t testing.TB) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", DSN(t))
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// DSN is Open for those who connect themselves: a postgres:// URL. The database is dropped when the
// test ends, even where connections are still open.
func DSN(t testing.TB) string {
	t.Helper()
	return sharedDatabase(t, templateDatabase)
}

// DSNWithoutPostGIS is DSN for an empty database without PostGIS, whose role may not create
// the extension either.
func DSNWithoutPostGIS(t testing.TB) string {
	t.Helper()
	return sharedDatabase(t, plainDatabase)
}

// sharedDatabase clones template on the shared cluster and drops the clone when the test ends.
func sharedDatabase(t testing.TB, template string) string {
	t.Helper()
	c, err := shared()
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	name, err := c.create(template)
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	t.Cleanup(func() {
		if err := c.drop(name); err != nil {
			t.Errorf("pgtest: %v", err)
		}
	})
	return c.dsn(role, name)
}
