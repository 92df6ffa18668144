// Package pmtilestest has archives judged by the verifier of the authors of PMTiles.
package pmtilestest

import (
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// Verify fails the test where the verifier finds a fault in one of the archives, some of which it reports by words only.
// It is compiled from tools/pmtiles, which the first time takes half a minute.
func Verify(t testing.TB, paths ...string) {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	tool := filepath.Join(filepath.Dir(here), "..", "..", "..", "..", "tools", "pmtiles")
	cmd := exec.Command("go", append([]string{"run", "-C", tool, "."}, paths...)...)
	cmd.Env = append(cmd.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
	out, err := cmd.CombinedOutput()
	text := string(out)
	if err != nil || strings.Contains(strings.ToLower(text), "invalid") || strings.Count(text, "Completed") != len(paths) {
		t.Errorf("the verifier says %v: %s", err, text)
	}
}
