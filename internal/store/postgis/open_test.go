package postgis

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"parkmap/internal/pgconn"
	"parkmap/internal/pgtest"
	"parkmap/internal/store"
	"parkmap/internal/store/storetest"
)

const password = "S3cret pass/word"

func TestOpenRefuses(t *testing.T) {
	cluster := pgtest.Start(t, pgtest.Options{TCP: true, Password: password})
	dsn := cluster.DSN()
	edited := func(edit func(*url.URL)) string {
		u, err := url.Parse(dsn)
		check(t, err)
		edit(u)
		return u.String()
	}
	query := func(name, value string) func(*url.URL) {
		return func(u *url.URL) {
			q := u.Query()
			q.Set(name, value)
			u.RawQuery = q.Encode()
		}
	}
	newer := cluster.DSN()
	check(t, open(t, newer).Close())
	execute(t, newer, "INSERT INTO parkmap.goose_db_version (version_id, is_applied) VALUES (999, true)")
	noRights := cluster.DSN()
	execute(t, noRights, "DO $$BEGIN EXECUTE 'REVOKE CREATE ON DATABASE ' || current_database() || ' FROM PUBLIC, parkmap'; END$$")
	hidden := cluster.DSN()
	execute(t, hidden, "DO $$BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET search_path = nowhere'; END$$")
	for _, c := range []struct{ name, dsn, want string }{
		{"no address", "", "the PostgreSQL address cannot be read: write it as postgres://"},
		{"not a URL", "postgres://parkmap:" + password + "@[::1/x", "the PostgreSQL address cannot be read"},
		{"another scheme", "mysql://parkmap:S3cret@localhost/x", "the PostgreSQL address cannot be read"},
		{"a setting that is none", edited(query("connect_timeout", "S3cret")), "the PostgreSQL address cannot be read"},
		{"wrong password", edited(func(u *url.URL) { u.User = url.UserPassword("parkmap", "S3cret, wrong") }),
			`does not let user "parkmap" in: check user and password in --store`},
		{"wrong user", edited(func(u *url.URL) { u.User = url.UserPassword("nobody", password) }), `does not let user "nobody" in`},
		{"missing database", edited(func(u *url.URL) { u.Path = "/none" }), `"none" at 127.0.0.1`},
		{"missing database, what to do", edited(func(u *url.URL) { u.Path = "/none" }), `does not exist: create it`},
		{"unreachable", edited(func(u *url.URL) { u.Host = "127.0.0.1:1" }), "did not answer within 300ms: start it, or check host and port"},
		{"unknown host", edited(func(u *url.URL) { u.Host = "no-such-host.invalid:5432" }), "did not answer within 300ms"},
		{"no encryption", edited(query("sslmode", "require")), "does not offer encryption: turn it on there, or add sslmode=disable"},
		{"newer parkmap", newer, "was written by a newer parkmap (its tables have version 999, this program knows "},
		{"no rights", noRights, `does not give user "parkmap" the rights that are needed: let the owner of the database run GRANT CREATE`},
		{"PostGIS out of sight", hidden, `has PostGIS in schema "public", where it is not found: run ALTER ROLE`},
	} {
		t.Run(c.name, func(t *testing.T) {
			begin := time.Now()
			_, err := Open(t.Context(), c.dsn, Options{ConnectDeadline: 300 * time.Millisecond})
			wantSentence(t, err, c.want)
			if took := time.Since(begin); took > 5*time.Second {
				t.Errorf("it took %v to say so", took)
			}
		})
	}
}

func TestOpenWithoutPostGIS(t *testing.T) {
	dsn := pgtest.DSNWithoutPostGIS(t)
	_, err := Open(t.Context(), dsn, Options{})
	wantSentence(t, err, "has no PostGIS: let a superuser run CREATE EXTENSION postgis in it")
	db := execute(t, dsn)
	var schemas int
	check(t, db.QueryRow("SELECT count(*) FROM pg_namespace WHERE nspname = 'parkmap'").Scan(&schemas))
	if schemas != 0 {
		t.Error("something was changed")
	}
}

// wantSentence wants a *store.OpenError of one line; no text of the chain may hold a password.
func wantSentence(t testing.TB, err error, want string) {
	t.Helper()
	var e *store.OpenError
	if !errors.As(err, &e) {
		t.Fatalf("error %v (%T), want a *store.OpenError", err, err)
	}
	if text := err.Error(); !strings.Contains(text, want) || strings.Contains(text, "\n") {
		t.Fatalf("error %q, want one sentence with %q", text, want)
	}
	for ; err != nil; err = errors.Unwrap(err) {
		if strings.Contains(err.Error(), "S3cret") {
			t.Errorf("error %q holds a password", err)
		}
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// execute runs statements as somebody else.
func execute(t testing.TB, dsn string, statements ...string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", dsn)
	check(t, err)
	t.Cleanup(func() { _ = db.Close() })
	for _, s := range statements {
		_, err := db.Exec(s)
		check(t, err)
	}
	return db
}

// TestOpenWaits starts before the database does.
func TestOpenWaits(t *testing.T) {
	cluster := pgtest.Start(t, pgtest.Options{TCP: true})
	dsn := cluster.DSN()
	cluster.Stop()
	opened := make(chan error, 1)
	go func() {
		s, err := Open(t.Context(), dsn, Options{})
		if err == nil {
			err = s.Close()
		}
		opened <- err
	}()
	time.Sleep(300 * time.Millisecond)
	cluster.Restart()
	check(t, <-opened)

	cluster.Stop()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, err := Open(ctx, dsn, Options{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("the caller gave up, and the error is %v", err)
	}
}

// TestOpenTogether starts several servers on an empty database: the tables are made once.
func TestOpenTogether(t *testing.T) {
	dsn := pgtest.DSN(t)
	stores := make([]*Store, 3)
	errs := make([]error, len(stores))
	var group sync.WaitGroup
	for i := range stores {
		group.Go(func() { stores[i], errs[i] = Open(t.Context(), dsn, Options{}) })
	}
	group.Wait()
	check(t, errors.Join(errs...))
	var applied, different int
	const count = "SELECT count(*), count(DISTINCT version_id) FROM parkmap.goose_db_version WHERE version_id > 0"
	check(t, stores[0].db.QueryRow(count).Scan(&applied, &different))
	if applied != different || applied == 0 {
		t.Errorf("%d migrations were applied, %d different ones", applied, different)
	}
	for _, s := range stores {
		check(t, s.Close())
	}
}

func TestAddress(t *testing.T) {
	for _, name := range []string{"PGSSLMODE", "PGHOST", "PGPORT", "PGUSER", "PGDATABASE"} {
		t.Setenv(name, "") // puts it back at the end
		check(t, os.Unsetenv(name))
	}
	for _, c := range []struct{ name, dsn, sslmode, describes string }{
		{"this machine", "postgres://u:p@localhost/d", "disable", `PostgreSQL database "d" at localhost:5432`},
		{"loopback", "postgresql://u:p@127.0.0.1:99/d", "disable", `PostgreSQL database "d" at 127.0.0.1:99`},
		{"loopback, version 6", "postgres://u:p@[::1]/d", "disable", `PostgreSQL database "d" at [::1]:5432`},
		{"another machine", "postgres://u:p@db.example.org/d", "require", `PostgreSQL database "d" at db.example.org:5432`},
		{"one of several", "postgres://u:p@/d?host=localhost,db.example.org", "require", `PostgreSQL database "d" at localhost:5432`},
		{"socket", "postgres://u@/d?host=/run/postgresql", "", `PostgreSQL database "d" at /run/postgresql:5432`},
		{"as the URL says", "postgres://u:p@db.example.org/d?sslmode=verify-full", "verify-full", `PostgreSQL database "d" at db.example.org:5432`},
		{"no database named", "postgres://u:p@db.example.org", "require", `PostgreSQL database "u" at db.example.org:5432`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := pgconn.Parse("--store", c.dsn, settings())
			check(t, err)
			u, err := url.Parse(got.DSN)
			check(t, err)
			if mode := u.Query().Get("sslmode"); mode != c.sslmode || got.Name != c.describes {
				t.Errorf("sslmode %q, %s; want %q, %s", mode, got.Name, c.sslmode, c.describes)
			}
		})
	}
}

// TestSettings looks at what the server was told of our connections.
func TestSettings(t *testing.T) {
	s := open(t, pgtest.DSN(t)+"&application_name=mine")
	t.Cleanup(func() { check(t, s.Close()) })
	for name, want := range map[string]string{
		"application_name": "mine", "statement_timeout": "1min", "lock_timeout": "10s", "idle_in_transaction_session_timeout": "1min",
	} {
		var got string
		check(t, s.db.QueryRow("SELECT current_setting($1)", name).Scan(&got))
		if got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}

// TestDatabaseForOthers reads what was published as a desktop program would, and tries to change it.
func TestDatabaseForOthers(t *testing.T) {
	dsn := pgtest.DSN(t)
	s := open(t, dsn)
	t.Cleanup(func() { check(t, s.Close()) })
	for n := range int64(2) {
		_, err := s.Publish(t.Context(), storetest.Whole(n, 5))
		check(t, err)
	}
	db := execute(t, dsn)
	var features, versions int
	var srid int
	var km2 float64
	check(t, db.QueryRow(`SELECT count(*), count(DISTINCT version), min(ST_SRID(geom)), sum(ST_Area(geom::geography)) / 1e6
		FROM parkmap.feature WHERE ST_IsValid(geom) AND properties->>'kind' = 'park'`).Scan(&features, &versions, &srid, &km2))
	if features != 5 || versions != 1 || srid != 4326 || km2 < 3.7*0.9 || km2 > 3.8*1.2 {
		t.Errorf("%d features of %d versions, EPSG:%d, %v km²", features, versions, srid, km2)
	}
	for _, statement := range []string{
		"UPDATE parkmap.revision SET op = 'delete'", "DELETE FROM parkmap.revision", "TRUNCATE parkmap.version CASCADE",
		"UPDATE parkmap.version SET author = 'x'", "DELETE FROM parkmap.document",
	} {
		if _, err := db.Exec(statement); err == nil || !strings.Contains(err.Error(), "never changed or deleted") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}
