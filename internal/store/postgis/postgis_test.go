package postgis

import (
	"testing"

	"go.uber.org/goleak"

	"parkmap/internal/pgtest"
	"parkmap/internal/store/storetest"
)

// TestMain finds what goes on after Close.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestStore(t *testing.T) { storetest.Run(t, database) }

func BenchmarkStore(b *testing.B) { storetest.Bench(b, database) }

// database is an empty database; each store on it is a server of its own.
func database(t testing.TB) storetest.Opener {
	dsn := pgtest.DSN(t)
	return func() storetest.Database { return open(t, dsn) }
}

func open(t testing.TB, dsn string) *Store {
	t.Helper()
	s, err := Open(t.Context(), dsn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}
