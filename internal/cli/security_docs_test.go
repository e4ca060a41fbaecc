package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// sections is how many sections each chapter of ASVS 5.0 has.
var sections = []int{5, 4, 7, 4, 4, 8, 6, 4, 2, 7, 7, 3, 4, 3, 4, 5, 3}

// TestSecurityPage: docs/security.md leaves out no section, says of each what holds, and names tests that are there.
func TestSecurityPage(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	rows := map[string][]string{}
	for line := range strings.Lines(page) {
		if cells := strings.Split(line, "|"); len(cells) == 6 && strings.HasPrefix(cells[1], " V") {
			name, _, _ := strings.Cut(strings.TrimSpace(cells[1]), " ")
			rows[name] = cells
		}
	}
	for i, n := range sections {
		for j := range n {
			name := "V" + strconv.Itoa(i+1) + "." + strconv.Itoa(j+1)
			cells := rows[name]
			if cells == nil {
				t.Errorf("%s is missing", name)
				continue
			}
			delete(rows, name)
			switch state := strings.TrimSpace(cells[2]); state {
			case "met", "operator", "n/a":
			case "partly":
				if !strings.Contains(cells[3], "**") && !strings.Contains(page, "\n| "+name+".") && !strings.Contains(page, ", "+name+".") {
					t.Errorf("%s is met in part: say what is missing", name)
				}
			default:
				t.Errorf("%s is %q", name, state)
			}
		}
	}
	for name := range rows {
		t.Errorf("ASVS has no %s", name)
	}
	there := testNames(t, "../..")
	for _, name := range regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z0-9]+)`").FindAllStringSubmatch(page, -1) {
		if !there[name[1]] {
			t.Errorf("there is no test %s", name[1])
		}
	}
}

// testNames are the tests of the repository.
func testNames(t *testing.T, top string) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	head := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	err := filepath.WalkDir(filepath.Join(top, "internal"), func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, "_test.go") {
			return err
		}
		data, err := os.ReadFile(p)
		for _, m := range head.FindAllStringSubmatch(string(data), -1) {
			names[m[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
