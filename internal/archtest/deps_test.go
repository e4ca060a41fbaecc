package archtest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestDependenciesPage keeps docs/dependencies.md equal to the modules that the code imports, tests included, and to their versions.
func TestDependenciesPage(t *testing.T) {
	t.Parallel()
	top := root(t)
	versions := modules(t, top)
	page, err := os.ReadFile(filepath.Join(top, "docs", "dependencies.md"))
	if err != nil {
		t.Fatal(err)
	}
	written := map[string]string{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| (\\S+) \\|").FindAllStringSubmatch(string(page), -1) {
		written[m[1]] = m[2]
	}
	used := map[string]bool{"honnef.co/go/tools": true, "golang.org/x/vuln": true} // tools
	for imported := range thirdParty(t, top) {
		module := ""
		for m := range versions {
			if (imported == m || strings.HasPrefix(imported, m+"/")) && len(m) > len(module) {
				module = m
			}
		}
		used[module] = true
	}
	for m := range used {
		if written[m] != versions[m] || m == "" {
			t.Errorf("docs/dependencies.md gives %q for %s, go.mod %s", written[m], m, versions[m])
		}
	}
	for m := range written {
		if !used[m] {
			t.Errorf("docs/dependencies.md explains %s, which nothing imports", m)
		}
	}
}

// modules reads the versions of go.mod.
func modules(t *testing.T, top string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(top, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	versions := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^(?:require )?\t?(\S+\.\S+/?\S*) (v\S+)`).FindAllStringSubmatch(string(data), -1) {
		versions[m[1]] = m[2]
	}
	return versions
}

// thirdParty lists what the code imports from other modules.
func thirdParty(t *testing.T, top string) map[string]bool {
	t.Helper()
	imports := map[string]bool{}
	err := filepath.WalkDir(top, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(top, p)
		switch {
		case err != nil:
			return err
		case d.IsDir() && skipDir(rel):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(p, ".go"):
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			imported := strings.Trim(spec.Path.Value, `"`)
			if host, _, _ := strings.Cut(imported, "/"); strings.Contains(host, ".") {
				imports[imported] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return imports
}
