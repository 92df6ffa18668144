package pgtest

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"

	"github.com/lib/pq"
)

var errMissing = errors.New("PostgreSQL with PostGIS is not installed here; `make test` installs it, " +
	"or see scripts/setup-tests")

// binaries is an installed PostgreSQL and whom to run it as.
type binaries struct {
	dir  string              // holds initdb, pg_ctl, postgres
	cred *syscall.Credential // nil: as ourselves; PostgreSQL refuses to run as root
}

// findBinaries picks the newest PostgreSQL that has PostGIS: among the versions installed side by
// side as Debian does it, else the one on the PATH.
func findBinaries() (binaries, error) {
	dir, err := newestDir()
	if err != nil {
		return binaries{}, err
	}
	cred, err := credential()
	return binaries{dir: dir, cred: cred}, err
}

func newestDir() (string, error) {
	controls, _ := filepath.Glob("/usr/share/postgresql/*/extension/postgis.control")
	versions := []int{}
	for _, path := range controls {
		version, err := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
		if err == nil && isFile(debianDir(version)+"/initdb") {
			versions = append(versions, version)
		}
	}
	if len(versions) > 0 {
		return debianDir(slices.Max(versions)), nil
	}
	path, err := exec.LookPath("initdb")
	if err != nil {
		return "", errMissing
	}
	path, err = filepath.EvalSymlinks(path)
	return filepath.Dir(path), err
}

func debianDir(version int) string { return fmt.Sprintf("/usr/lib/postgresql/%d/bin", version) }

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// credential is the account postgres when we are root.
func credential() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL does not run as root and there is no account postgres: %w", err)
	}
	uid, err := strconv.ParseUint(account.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(account.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, err
}

// makeDir makes the cluster's directory. A socket's path has at most 107 bytes, so a long
// temporary folder gives way to /tmp.
func (b binaries) makeDir() (string, error) {
	parent := os.TempDir()
	if len(parent) > 60 {
		parent = "/tmp"
	}
	dir, err := os.MkdirTemp(parent, "pgtest-")
	if err != nil || b.cred == nil {
		return dir, err
	}
	return dir, os.Chown(dir, int(b.cred.Uid), int(b.cred.Gid))
}

// command prepares a program of PostgreSQL (or, by absolute path, another) to run in dir, in a
// session of its own so that a Ctrl-C on the terminal does not reach it, and without our PG…
// variables.
func (b binaries) command(dir, name string, args ...string) *exec.Cmd {
	if !filepath.IsAbs(name) {
		name = filepath.Join(b.dir, name)
	}
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: b.cred, Setsid: true}
	return cmd
}

// run runs a program of PostgreSQL to its end; its output becomes the error's text.
func (b binaries) run(dir, name string, args ...string) error {
	out, err := b.command(dir, name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", name, err, bytes.TrimSpace(out))
	}
	return nil
}

// reaper stops a cluster and removes its directory when this process lets go of it, or ends in
// whatever way: it is a shell that reads from a pipe only we hold open.
type reaper struct {
	cmd  *exec.Cmd
	hold *os.File
}

func newReaper(bin binaries, dir string) (*reaper, error) {
	read, hold, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer func() { _ = read.Close() }()
	const script = `read -r _; "$1" -D "$2/data" -m immediate -w stop; cd /; rm -rf "$2"`
	cmd := bin.command(dir, "/bin/sh", "-c", script, "reaper", filepath.Join(bin.dir, "pg_ctl"), dir)
	cmd.Stdin = read
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(err, hold.Close())
	}
	return &reaper{cmd: cmd, hold: hold}, nil
}

// finish has the cluster stopped and removed, and waits for it.
func (r *reaper) finish() {
	_ = r.hold.Close()
	_ = r.cmd.Wait()
}

// freePort asks the system for a TCP port that is free now.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// appendFile adds text to an existing file.
func appendFile(path, text string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// execAll runs statements one by one, outside a transaction.
func execAll(db *sql.DB, statements ...string) error {
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// quote is a string as an SQL literal.
func quote(s string) string { return pq.QuoteLiteral(s) }
