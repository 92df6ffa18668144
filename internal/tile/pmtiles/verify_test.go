package pmtiles

import (
	"os"
	"path/filepath"
	"testing"

	"parkmap/internal/tile/hilbert"
	"parkmap/internal/tile/pmtiles/pmtilestest"
)

func TestAuthorsVerify(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	for name, end := range map[string]uint64{"one": 1, "root": hilbert.First(6), "leaves": hilbert.First(9)} {
		path := filepath.Join(dir, name+".pmtiles")
		if err := os.WriteFile(path, archiveOf(t, end).data, 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	pmtilestest.Verify(t, paths...)
}
