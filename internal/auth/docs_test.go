package auth_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"parkmap/internal/auth"
)

// TestMatrixInTheDocumentation wants the table of docs/architecture.md to be the matrix.
func TestMatrixInTheDocumentation(t *testing.T) {
	text, err := os.ReadFile("../../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	table.WriteString("| action | visitor | viewer | planner | reviewer | admin | scope of a token |\n| --- | --- | --- | --- | --- | --- | --- |\n")
	words := map[auth.Grant]string{auth.Never: "no", auth.InDistricts: "in their districts", auth.NotOwn: "not their own", auth.Always: "yes"}
	for _, r := range auth.Matrix() {
		scope := "none will do"
		if r.Scope != auth.SessionOnly {
			scope = "`" + string(r.Scope) + "`"
		}
		fmt.Fprintf(&table, "| %s (`%s`) | %s | %s | %s | %s | %s | %s |\n", r.Title.EN, r.Action,
			words[r.Visitor], words[r.Viewer], words[r.Planner], words[r.Reviewer], words[r.Admin], scope)
	}
	if !strings.Contains(string(text), table.String()) {
		t.Errorf("docs/architecture.md lacks this table:\n%s", &table)
	}
}
