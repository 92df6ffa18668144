package storetest

import (
	"testing"

	"parkmap/internal/auth"
)

// Tamper changes the audit log by hand, as somebody with the rights of the database would, and wants it found. run
// runs a statement on the table audit; undo lifts what the store has against it.
func Tamper(t *testing.T, s Database, audit string, run func(statement string) error, undo ...string) {
	k := keeper(s)
	for range 4 {
		err := k.Change(t.Context(), func(w auth.Writer) error {
			return w.Append(t.Context(), auth.Event{At: at(1), Actor: "anna", Action: "account-add"})
		})
		wantEqual(t, err, nil)
	}
	verify := func(broken int64, why string) {
		t.Helper()
		chain, err := auth.VerifyLog(t.Context(), k, "")
		wantEqual(t, err, nil)
		if chain.Broken != broken || chain.Why != why {
			t.Fatalf("%+v, want %d: %s", chain, broken, why)
		}
	}
	verify(0, "")
	for _, statement := range []string{
		"UPDATE " + audit + " SET actor = 'bob' WHERE number = 2",
		"DELETE FROM " + audit + " WHERE number = 2",
		"INSERT INTO " + audit + " SELECT 2, at, actor, action, subject, detail, address, previous, hash FROM " + audit + " WHERE number = 3",
	} {
		if run(statement) == nil {
			t.Errorf("was not refused: %s", statement)
		}
	}
	verify(0, "")
	for _, statement := range undo {
		wantEqual(t, run(statement), nil)
	}
	wantEqual(t, run("UPDATE "+audit+" SET actor = 'bob' WHERE number = 3"), nil)
	verify(3, "it was changed after it was written")
	entries, err := k.Entries(t.Context(), 4, 1)
	wantEqual(t, err, nil)
	second, err := k.Entries(t.Context(), 3, 1)
	wantEqual(t, err, nil)
	forged := second[0].Seal(entries[0].Event) // with a hash that fits
	wantEqual(t, run("UPDATE "+audit+" SET hash = '"+forged.Hash+"' WHERE number = 3"), nil)
	verify(4, "it does not follow the entry before it")
	wantEqual(t, run("DELETE FROM "+audit+" WHERE number = 2"), nil)
	verify(2, "it is not there")
	wantEqual(t, run("DELETE FROM "+audit+" WHERE number = 1"), nil)
	verify(1, "it is not there")
}
