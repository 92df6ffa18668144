package pgtest

import (
	"database/sql"
	"fmt"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

const (
	superuser        = "postgres" // trusted on the socket, for this package only
	role             = "parkmap"  // what tests connect as: no superuser, owns its databases
	templateDatabase = "parkmap_template"
	plainDatabase    = "template0"
	socketPort       = 5432 // names the socket file; nothing listens on it
)

// Options says how a cluster of its own differs from the shared one.
type Options struct {
	// TCP makes the cluster listen on a free port of 127.0.0.1, which it keeps over restarts; the
	// DSN then names that port instead of the socket.
	TCP bool
	// Password, when not empty, is asked of the role on every connection (scram-sha-256).
	Password string
	// Settings are lines of postgresql.conf that come after ours.
	Settings string
}

// Cluster is one running PostgreSQL server with its data directory.
// Its methods are called from the goroutine of the test that started it.
type Cluster struct {
	t        testing.TB
	opts     Options
	bin      binaries
	dir      string // holds data/, the socket and the log
	port     int
	reaper   *reaper
	sequence atomic.Int64
}

// Start runs a cluster for this test alone. It is stopped and removed when the test ends.
func Start(t testing.TB, opts Options) *Cluster {
	t.Helper()
	c, err := start(opts)
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	c.t = t
	t.Cleanup(c.reaper.finish)
	return c
}

// Launch runs a cluster for a program that is no test, until stop or the end of the program. Of its methods Database
// and PID may be called.
func Launch(opts Options) (c *Cluster, stop func(), err error) {
	if c, err = start(opts); err != nil {
		return nil, nil, err
	}
	return c, c.reaper.finish, nil
}

// Database creates a database with PostGIS and returns its postgres:// URL.
func (c *Cluster) Database() (string, error) {
	name, err := c.create(templateDatabase)
	return c.dsn(role, name), err
}

// PID is the process of the server, the parent of all others of it.
func (c *Cluster) PID() (int, error) {
	text, err := os.ReadFile(c.data() + "/postmaster.pid")
	if err != nil {
		return 0, err
	}
	first, _, _ := strings.Cut(string(text), "\n")
	return strconv.Atoi(first)
}

// DSN creates a database with PostGIS and returns its postgres:// URL.
func (c *Cluster) DSN() string {
	c.t.Helper()
	dsn, err := c.Database()
	c.check(err)
	return dsn
}

// AddRole makes a role that may log in without a password, over the socket, and has no other right.
func (c *Cluster) AddRole(name string) {
	c.t.Helper()
	c.check(c.asSuperuser("postgres", func(db *sql.DB) error { return execAll(db, "create role "+name+" login") }))
}

// Stop shuts the server down as an operator would: open connections are ended, and new ones are
// refused until Restart. It returns when the server is gone.
func (c *Cluster) Stop() {
	c.t.Helper()
	c.check(c.bin.run(c.dir, "pg_ctl", "-D", c.data(), "-m", "fast", "-w", "stop"))
}

// Kill ends the server as a crash does: no checkpoint, no goodbye to its clients.
func (c *Cluster) Kill() {
	c.t.Helper()
	c.check(c.bin.run(c.dir, "pg_ctl", "-D", c.data(), "-m", "immediate", "-w", "stop"))
}

// Restart starts the server after Stop or Kill, with the same data and the same address, and
// returns when it takes connections.
func (c *Cluster) Restart() {
	c.t.Helper()
	c.check(c.launch())
}

// check ends the test over an error.
func (c *Cluster) check(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatalf("pgtest: %v", err)
	}
}

// start makes a cluster, waits until it takes connections and fills the template database.
func start(opts Options) (*Cluster, error) {
	bin, err := findBinaries()
	if err != nil {
		return nil, err
	}
	dir, err := bin.makeDir()
	if err != nil {
		return nil, err
	}
	c := &Cluster{opts: opts, bin: bin, dir: dir, port: socketPort}
	if c.reaper, err = newReaper(bin, dir); err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	if err := c.boot(); err != nil {
		c.reaper.finish()
		return nil, err
	}
	return c, nil
}

// boot takes an empty directory to a running server with role and template.
func (c *Cluster) boot() error {
	if err := c.bin.run(c.dir, "initdb", "--no-sync", "-A", "trust", "-U", superuser,
		"-E", "UTF8", "--no-locale", "-D", c.data()); err != nil {
		return err
	}
	if c.opts.TCP {
		port, err := freePort()
		if err != nil {
			return err
		}
		c.port = port
	}
	if err := c.configure(); err != nil {
		return err
	}
	if err := c.launch(); err != nil {
		return err
	}
	return c.fillTemplate()
}

// configure writes the settings: no syncing to disk (what was committed still outlives Kill), no
// vacuuming behind the tests' backs (it would also hold the template open), and passwords where
// the options ask for them.
func (c *Cluster) configure() error {
	listen, method := "", "trust"
	if c.opts.TCP {
		listen = "127.0.0.1"
	}
	if c.opts.Password != "" {
		method = "scram-sha-256"
	}
	settings := fmt.Sprintf(`
listen_addresses = '%s'
port = %d
unix_socket_directories = '%s'
fsync = off
full_page_writes = off
autovacuum = off
shared_buffers = 32MB
password_encryption = 'scram-sha-256'
%s
`, listen, c.port, c.dir, c.opts.Settings)
	access := fmt.Sprintf("local all %s trust\nlocal all all %s\nhost all all 127.0.0.1/32 %s\n",
		superuser, method, method)
	if err := appendFile(c.data()+"/postgresql.conf", settings); err != nil {
		return err
	}
	return os.WriteFile(c.data()+"/pg_hba.conf", []byte(access), 0o600)
}

// launch starts the server and waits until it takes connections.
func (c *Cluster) launch() error {
	log := c.dir + "/log"
	err := c.bin.run(c.dir, "pg_ctl", "-D", c.data(), "-l", log, "-w", "-t", "120", "start")
	if err != nil {
		if text, readErr := os.ReadFile(log); readErr == nil {
			err = fmt.Errorf("%w\n%s", err, text)
		}
	}
	return err
}

// fillTemplate makes the role and the database that tests clone. Its collation is ICU's where
// databases can have one (PostgreSQL 15 and later), because real ones seldom sort by bytes.
func (c *Cluster) fillTemplate() error {
	var version int
	err := c.asSuperuser("postgres", func(db *sql.DB) error {
		if err := db.QueryRow("select current_setting('server_version_num')::int").Scan(&version); err != nil {
			return err
		}
		collation := ""
		if version >= 150000 {
			collation = " locale_provider icu icu_locale 'und'"
		}
		return execAll(db,
			"create role "+role+" login password "+quote(c.opts.Password),
			"create database "+templateDatabase+" template template0"+collation)
	})
	if err != nil {
		return err
	}
	return c.asSuperuser(templateDatabase, func(db *sql.DB) error {
		return execAll(db, "create extension postgis")
	})
}

// create clones template under a new name, owned by the role, and returns that name.
func (c *Cluster) create(template string) (string, error) {
	name := "test_" + strconv.FormatInt(c.sequence.Add(1), 10)
	err := c.asSuperuser("postgres", func(db *sql.DB) error {
		return execAll(db, "create database "+name+" template "+template+" owner "+role)
	})
	return name, err
}

// drop removes a database that create made, with its connections.
func (c *Cluster) drop(name string) error {
	return c.asSuperuser("postgres", func(db *sql.DB) error {
		return execAll(db, "drop database "+name+" with (force)")
	})
}

// asSuperuser runs do on a short-lived connection over the socket.
func (c *Cluster) asSuperuser(database string, do func(*sql.DB) error) error {
	db, err := sql.Open("postgres", c.socketDSN(superuser, database))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	return do(db)
}

// dsn is the URL that tests get: over TCP where the cluster listens, else over the socket.
func (c *Cluster) dsn(user, database string) string {
	if !c.opts.TCP {
		return c.socketDSN(user, database)
	}
	u := url.URL{Scheme: "postgres", User: c.userinfo(user), Path: "/" + database,
		Host:     net.JoinHostPort("127.0.0.1", strconv.Itoa(c.port)),
		RawQuery: "sslmode=disable"}
	return u.String()
}

// socketDSN is the URL over the socket. Port and mode are named so that no PG… variable counts.
func (c *Cluster) socketDSN(user, database string) string {
	query := url.Values{"host": {c.dir}, "port": {strconv.Itoa(c.port)}, "sslmode": {"disable"}}
	u := url.URL{Scheme: "postgres", User: c.userinfo(user), Path: "/" + database, RawQuery: query.Encode()}
	return u.String()
}

// userinfo adds the password where the role has one.
func (c *Cluster) userinfo(user string) *url.Userinfo {
	if user == role && c.opts.Password != "" {
		return url.UserPassword(user, c.opts.Password)
	}
	return url.User(user)
}

func (c *Cluster) data() string { return c.dir + "/data" }
