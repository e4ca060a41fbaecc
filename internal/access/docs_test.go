package access

import (
	"os"
	"strings"
	"testing"
)

// The table of roles that people read is the policy.
func TestDocumentedRoles(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("../../docs/permissions.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range RoleNames {
		var perms []string
		for _, p := range Permissions {
			if who(role).May(p) {
				perms = append(perms, string(p))
			}
		}
		row := ""
		for line := range strings.Lines(string(b)) {
			if strings.HasPrefix(line, "| `"+string(role)+"` |") {
				row = line
			}
		}
		if !strings.HasSuffix(strings.TrimSpace(row), "| "+strings.Join(perms, " ")+" |") {
			t.Errorf("docs/permissions.md says of %s: %q, it may %v", role, row, perms)
		}
	}
}
