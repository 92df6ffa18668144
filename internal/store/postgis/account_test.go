package postgis

import (
	"testing"

	"parkmap/internal/pgtest"
	"parkmap/internal/store/storetest"
)

func TestAuditLogBrokenByHand(t *testing.T) {
	dsn := pgtest.DSN(t)
	s := open(t, dsn)
	defer func() { check(t, s.Close()) }()
	db := execute(t, dsn)
	run := func(statement string) error {
		_, err := db.Exec(statement)
		return err
	}
	if run("TRUNCATE parkmap.audit") == nil {
		t.Error("the log was emptied")
	}
	storetest.Tamper(t, s, "parkmap.audit", run, "DROP TRIGGER no_change ON parkmap.audit")
}
