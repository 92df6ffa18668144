package sqlite

import (
	"path/filepath"
	"testing"

	"parkmap/internal/store/storetest"
)

func TestAuditLogBrokenByHand(t *testing.T) {
	path := filepath.Join(t.TempDir(), "parkmap.db")
	s := open(t, path, Options{})
	defer func() { check(t, s.Close()) }()
	db := execute(t, path)
	run := func(statement string) error {
		_, err := db.Exec(statement)
		return err
	}
	if run("INSERT OR REPLACE INTO audit VALUES (1, 0, '', '', '', '', '', '', '')") != nil {
		t.Error("the first entry was refused")
	}
	if run("INSERT OR REPLACE INTO audit VALUES (1, 0, 'x', '', '', '', '', '', '')") == nil {
		t.Error("an entry was replaced")
	}
	check(t, s.Close())
	path = filepath.Join(t.TempDir(), "parkmap.db")
	s = open(t, path, Options{})
	db = execute(t, path)
	storetest.Tamper(t, s, "audit", run, "DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete")
}
