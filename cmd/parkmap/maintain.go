package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"parkmap/internal/auth"
	"parkmap/internal/layout"
	"parkmap/internal/store"
	"parkmap/internal/store/sqlite"
)

// maintenanceConnect is how long a command waits for a database.
const maintenanceConnect = 5 * time.Second

// describeStore names the store without its password.
func (f storeFlags) describeStore() string {
	if u, err := url.Parse(f.Store); err == nil && isPostGIS(f.Store) {
		return u.Redacted()
	}
	return f.Store
}

// backupCmd copies a SQLite store.
type backupCmd struct {
	storeFlags
	File string `arg:"" help:"File to write; it must not exist." type:"path"`
}

// Run writes the copy. Servers may go on meanwhile.
func (c *backupCmd) Run(ctx context.Context, s streams) error {
	if isPostGIS(c.Store) {
		return errors.New("backup copies SQLite stores; use pg_dump for PostgreSQL")
	}
	st, err := openStore(ctx, c.storeFlags, false, maintenanceConnect)
	if err != nil {
		return err
	}
	file, ok := st.(*sqlite.Store)
	if !ok {
		return errors.Join(fmt.Errorf("%s is no SQLite store", c.Store), st.Close())
	}
	if err := errors.Join(file.Backup(ctx, c.File), st.Close()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "%s was copied to %s\n", c.Store, c.File)
	return err
}

// doctorCmd looks at a store or at a running server.
type doctorCmd struct {
	storeFlags
	tableFlags
	AuditHead string `help:"Hash of the newest entry of the audit log at an earlier check: is it still there, with all before it?" placeholder:"HASH"`
	Ready     string `help:"Ask the server at this address, such as http://127.0.0.1:8080, whether it is ready, instead of opening the store." placeholder:"URL"`
}

// Run fails when something is wrong.
func (c *doctorCmd) Run(ctx context.Context, s streams) error {
	if c.Ready != "" {
		return askReady(ctx, s, c.Ready)
	}
	st, err := openStore(ctx, c.storeFlags, false, maintenanceConnect)
	if err != nil {
		return err
	}
	return errors.Join(examine(ctx, s, c.describeStore(), st), examineAudit(ctx, s, st.Accounts(), c.AuditHead),
		examineTables(ctx, s, c.tableFlags, c.storeFlags), st.Close())
}

// examine reads the newest version and checks its rules.
func examine(ctx context.Context, s streams, name string, st store.Store) error {
	fmt.Fprintln(s.out, "store:    ", name)
	l, err := st.Load(ctx)
	if layout.KindOf(err) == layout.KindNotFound {
		fmt.Fprintln(s.out, "layout:    none yet; parkmap serve writes the first version")
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "layout:    %s, %s\nversion:   %d of %s, %d features\n", l.Document.NameEN, l.Document.PlaceEN,
		l.Version, l.PublishedAt.Format(time.RFC3339), len(l.Features))
	if err := layout.Validate(l); err != nil {
		return err
	}
	fmt.Fprintln(s.out, "rules:     all hold")
	return nil
}

// examineAudit verifies the audit log, and says up to where it is good.
func examineAudit(ctx context.Context, s streams, log auth.Reader, known string) error {
	chain, err := auth.VerifyLog(ctx, log, known)
	switch {
	case err != nil:
		return err
	case chain.Broken > 0:
		return fmt.Errorf("the audit log is not as it was written: entry %d: %s", chain.Broken, chain.Why)
	case known != "" && !chain.Known:
		return fmt.Errorf("the audit log lacks the entry with the hash %s: its end was cut off, or it is another log", known)
	case chain.Entries == 0:
		fmt.Fprintln(s.out, "audit log: empty")
	default:
		fmt.Fprintf(s.out, "audit log: %d entries, each follows from the one before; newest %s\n", chain.Entries, chain.Head)
	}
	return nil
}

// askReady fetches the readiness of a running server; degraded counts as ready, since it answers reads.
func askReady(ctx context.Context, s streams, address string) error {
	ctx, cancel := context.WithTimeout(ctx, maintenanceConnect)
	defer cancel()
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return fmt.Errorf("--ready: %q is no address", address)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.JoinPath("/readyz").String(), nil)
	if err != nil {
		return fmt.Errorf("--ready: %q is no address", address)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("no server answers at %s: %w", address, err)
	}
	defer resp.Body.Close()
	var state struct {
		Status  string   `json:"status"`
		Reasons []string `json:"reasons"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&state); err != nil {
		return fmt.Errorf("%s does not answer like a parkmap server", address)
	}
	fmt.Fprintln(s.out, state.Status, state.Reasons)
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the server at %s is not ready", address)
	}
	return nil
}
