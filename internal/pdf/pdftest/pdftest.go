// Package pdftest reads documents with the programs of poppler. It is for tests.
package pdftest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// File writes a document into a file that goes with the test, and returns its name.
func File(t testing.TB, data []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "test.pdf")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// Run runs a program of poppler, which must have nothing to complain about, and returns what it says.
func Run(t testing.TB, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	var out, complaints bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaints
	if err := cmd.Run(); err != nil || complaints.Len() > 0 {
		t.Fatalf("%s: %v: %s", name, err, complaints.String())
	}
	return out.String()
}
