package pgtest_test

import (
	"bufio"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"parkmap/internal/pgtest"
)

func TestOpenGivesPostGIS(t *testing.T) {
	var area float64
	err := pgtest.Open(t).QueryRow(
		"select ST_Area('POLYGON((104 30,104.01 30,104.01 30.01,104 30.01,104 30))'::geography)").Scan(&area)
	if err != nil || area < 1.06e6 || area > 1.08e6 {
		t.Fatalf("area = %v, %v; want about 1.07 km²", area, err)
	}
}

func TestDatabasesAreSeparate(t *testing.T) {
	first, second := pgtest.Open(t), pgtest.Open(t)
	if _, err := first.Exec("create table only_here (id int)"); err != nil {
		t.Fatal(err)
	}
	var found bool
	err := second.QueryRow("select to_regclass('only_here') is not null").Scan(&found)
	if err != nil || found {
		t.Fatalf("table of the first database found in the second: %v, %v", found, err)
	}
}

func TestDatabaseIsDropped(t *testing.T) {
	var dsn string
	t.Run("user", func(t *testing.T) {
		dsn = pgtest.DSN(t)
		open(t, dsn) // stays open until the drop
	})
	err := ping(dsn)
	if err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Fatalf("after the test: %v, want that the database does not exist", err)
	}
}

func TestRoleIsOrdinary(t *testing.T) {
	var super string
	if err := pgtest.Open(t).QueryRow("select current_setting('is_superuser')").Scan(&super); err != nil || super != "off" {
		t.Fatalf("is_superuser = %q, %v", super, err)
	}
}

func TestWithoutPostGIS(t *testing.T) {
	db := open(t, pgtest.DSNWithoutPostGIS(t))
	var count int
	if err := db.QueryRow("select count(*) from pg_extension where extname = 'postgis'").Scan(&count); err != nil || count != 0 {
		t.Fatalf("extensions postgis: %d, %v; want none", count, err)
	}
	if _, err := db.Exec("create extension postgis"); err == nil || !strings.Contains(err.Error(), "permission denied") {
		t.Fatalf("create extension: %v, want permission denied", err)
	}
	if _, err := db.Exec("create table t (id int)"); err != nil {
		t.Fatalf("the role may not use its own database: %v", err)
	}
}

func TestStopAndRestart(t *testing.T) {
	for _, c := range []struct {
		name string
		opts pgtest.Options
		end  func(*pgtest.Cluster)
	}{
		{"socket, stopped", pgtest.Options{}, (*pgtest.Cluster).Stop},
		{"TCP, killed", pgtest.Options{TCP: true}, (*pgtest.Cluster).Kill},
	} {
		t.Run(c.name, func(t *testing.T) {
			cluster := pgtest.Start(t, c.opts)
			dsn := cluster.DSN()
			if _, err := open(t, dsn).Exec("create table kept (id int)"); err != nil {
				t.Fatal(err)
			}
			c.end(cluster)
			if err := ping(dsn); err == nil {
				t.Fatal("the stopped server answers")
			}
			cluster.Restart()
			if _, err := open(t, dsn).Exec("select * from kept"); err != nil {
				t.Fatalf("after the restart: %v", err)
			}
		})
	}
}

func TestPassword(t *testing.T) {
	cluster := pgtest.Start(t, pgtest.Options{TCP: true, Password: "it's right"})
	dsn := cluster.DSN()
	if err := ping(dsn); err != nil {
		t.Fatalf("right password: %v", err)
	}
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword(u.User.Username(), "wrong")
	if err := ping(u.String()); err == nil || !strings.Contains(err.Error(), "password authentication failed") {
		t.Fatalf("wrong password: %v", err)
	}
}

// TestNothingStaysBehind kills a test process that uses the shared cluster and waits for its
// directory to vanish.
func TestNothingStaysBehind(t *testing.T) {
	child := exec.Command(os.Args[0], "-test.run=^TestChild$", "-test.v")
	child.Env = append(os.Environ(), "PGTEST_CHILD=1")
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	dir := directoryFrom(t, bufio.NewScanner(out))
	if _, err := os.Stat(dir); err != nil {
		t.Fatal(err)
	}
	_ = child.Process.Kill()
	_ = child.Wait()
	for range 300 {
		if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("%s is still there half a minute after its process was killed", dir)
}

// TestChild is the process that TestNothingStaysBehind kills; alone it only opens a database.
func TestChild(t *testing.T) {
	dsn := pgtest.DSN(t)
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("PGTEST_CHILD") != "" {
		os.Stdout.WriteString("directory=" + u.Query().Get("host") + "\n")
		time.Sleep(time.Hour)
	}
}

func directoryFrom(t *testing.T, lines *bufio.Scanner) string {
	t.Helper()
	for lines.Scan() {
		if dir, ok := strings.CutPrefix(lines.Text(), "directory="); ok {
			return dir
		}
	}
	t.Fatalf("the child named no directory: %v", lines.Err())
	return ""
}

func open(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Ping(); err != nil {
		t.Fatal(err)
	}
	return db
}

func ping(dsn string) error {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	return db.Ping()
}

func TestLaunch(t *testing.T) {
	c, stop, err := pgtest.Launch(pgtest.Options{Settings: "jit = off"})
	if err != nil {
		t.Fatal(err)
	}
	dsn, err := c.Database()
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var jit string
	if err := db.QueryRow("show jit").Scan(&jit); err != nil || jit != "off" {
		t.Errorf("jit is %q, %v", jit, err)
	}
	pid, err := c.PID()
	if err != nil || syscall.Kill(pid, 0) != nil {
		t.Errorf("process %d is not there: %v", pid, err)
	}
	stop()
	if err := db.Ping(); err == nil {
		t.Error("it answers after the end")
	}
}
