package pmtiles

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"parkmap/internal/tile/hilbert"
)

// TestAuthorsVerify has the verifier of the authors of the format read archives with and without leaf directories. It
// reports some faults by words only.
func TestAuthorsVerify(t *testing.T) {
	dir := t.TempDir()
	args := []string{"run", "-C", filepath.Join("..", "..", "..", "tools", "pmtiles"), "."}
	for name, end := range map[string]uint64{"one": 1, "root": hilbert.First(6), "leaves": hilbert.First(9)} {
		path := filepath.Join(dir, name+".pmtiles")
		if err := os.WriteFile(path, archiveOf(t, end).data, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
	out, err := cmd.CombinedOutput()
	if text := string(out); err != nil || strings.Contains(strings.ToLower(text), "invalid") || strings.Count(text, "Completed") != 3 {
		t.Errorf("%v: %s", err, text)
	}
}
