package sqlite

import (
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"parkmap/internal/store/storetest"
)

// TestMain finds what goes on after Close.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestStore(t *testing.T) { storetest.Run(t, database) }

func BenchmarkStore(b *testing.B) { storetest.Bench(b, database) }

// database is an empty file; each store on it is a process of its own but for its memory.
func database(t testing.TB) storetest.Opener {
	path := filepath.Join(t.TempDir(), "parkmap.db")
	return func() storetest.Database { return open(t, path, Options{}) }
}

func open(t testing.TB, path string, o Options) *Store {
	t.Helper()
	s, err := Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
