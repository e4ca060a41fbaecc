package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "haicap"

// everything is for the one package that wires all parts.
const everything = "*"

// mayImport says which packages of this module each package may import. Paths begin under internal/.
var mayImport = map[string][]string{
	"text":           {},
	"calendar":       {},
	"access":         {},
	"access/gen":     {},
	"access/oidc":    {"access", "outgoing"},
	"outgoing":       {},
	"metrics":        {},
	"blob":           {},
	"samples":        {},
	"testreport":     {},
	"archtest":       {},
	"lang":           {"text"},
	"extract":        {"text"},
	"reader/grammar": {"text"},
	"gov":            {"text", "calendar"},
	"audit":          {"gov"},
	"dictionary":     {"gov"},
	"register":       {"gov", "text"},
	"register/gen":   {"gov", "text", "register"},
	"reader":         {"gov", "text", "calendar", "reader/grammar"},
	"reader/score":   {"gov", "text"},

	"reader/score/gen": {"extract", "gov", "text"},

	"store":            {"gov", "text", "store/migrations"},
	"store/migrations": {},
	"store/storetest":  {"gov", "text"},
	"store/pgtest":     {},

	"intake": {"gov", "text"},
	"chart":  {},
	"report": {"gov", "lang", "chart"},

	"jobs":   {"gov"},
	"notify": {"gov", "lang"},
	"backup": {"audit", "blob", "gov", "register", "store"},
	"synth":  {"gov", "text"},

	"app":    {"gov", "access", "audit", "text", "calendar", "lang", "register", "extract", "reader", "intake", "report", "blob"},
	"web":    {"api", "app", "gov", "access", "text", "calendar", "lang", "chart", "metrics", "notify", "web/ui"},
	"web/ui": {"app", "gov", "access", "text", "lang", "chart"},

	"cli":        {everything},
	"cmd/haicap": {"cli"},
}

// bare packages use the standard library and golang.org/x/… only.
var bare = []string{"gov", "calendar", "text", "reader", "reader/grammar"}

// The limits of a function and of a file, in lines, and what is allowed to be longer, with the reason.
const (
	maxFunc = 60
	maxFile = 500
)

var longFuncs = map[string]string{} // "package.Func": reason

var longFiles = map[string]string{} // "internal/x/y.go": reason

// A pkg is one package of the repository: its files that are not tests.
type pkg struct {
	name  string // as in mayImport
	files map[string]*ast.File
}

func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// skipDir names folders, as paths from the root, that hold no source of the project.
func skipDir(rel string) bool {
	name := path.Base(filepath.ToSlash(rel))
	return rel == "bin" || rel == "data" || name == "testdata" || strings.HasPrefix(name, ".") && rel != "." && rel != ".ci"
}

func load(t *testing.T, fset *token.FileSet) []pkg {
	t.Helper()
	byName := map[string]pkg{}
	top := root(t)
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
		case d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(fset, p, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		name := strings.TrimPrefix(path.Dir(rel), "internal/")
		if byName[name].files == nil {
			byName[name] = pkg{name: name, files: map[string]*ast.File{}}
		}
		byName[name].files[rel] = f
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(byName) < 8 {
		t.Fatalf("only %d packages were found", len(byName))
	}
	return slices.SortedFunc(maps.Values(byName), func(a, b pkg) int { return strings.Compare(a.name, b.name) })
}

func TestImports(t *testing.T) {
	t.Parallel()
	for _, p := range load(t, token.NewFileSet()) {
		allowed, known := mayImport[p.name]
		if !known {
			t.Errorf("package %s is not in the table: say what it may import, here and in ARCHITECTURE.md", p.name)
			continue
		}
		for file, f := range p.files {
			for _, spec := range f.Imports {
				if why := breach(p.name, allowed, strings.Trim(spec.Path.Value, `"`)); why != "" {
					t.Errorf("%s: %s", file, why)
				}
			}
		}
	}
}

// breach says what is wrong with the import, or nothing.
func breach(name string, allowed []string, imported string) string {
	if own, ok := strings.CutPrefix(imported, module+"/"); ok {
		own = strings.TrimPrefix(own, "internal/")
		if slices.Contains(allowed, everything) || slices.Contains(allowed, own) {
			return ""
		}
		return name + " may not import " + own
	}
	host, _, _ := strings.Cut(imported, "/")
	third := strings.Contains(host, ".") && !strings.HasPrefix(imported, "golang.org/x/")
	if third && slices.Contains(bare, name) {
		return name + " uses only the standard library and golang.org/x, not " + imported
	}
	return ""
}

func TestBreachesAreSeen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, imported string
		bad            bool
	}{
		{"gov", "haicap/internal/app", true}, {"gov", "haicap/internal/text", false}, {"text", "haicap/internal/gov", true},
		{"reader", "github.com/x/y", true}, {"reader", "golang.org/x/text/unicode/norm", false}, {"store", "github.com/x/y", false},
		{"web", "haicap/internal/store", true}, {"cli", "haicap/internal/store", false}, {"app", "haicap/internal/web", true},
	} {
		if got := breach(c.name, mayImport[c.name], c.imported); (got != "") != c.bad {
			t.Errorf("%s importing %s: %q", c.name, c.imported, got)
		}
	}
}

func TestPackagesAreExplained(t *testing.T) {
	t.Parallel()
	for _, p := range load(t, token.NewFileSet()) {
		longest := 0
		for _, f := range p.files {
			longest = max(longest, len(f.Doc.Text()))
		}
		if longest < 40 {
			t.Errorf("package %s has no doc comment that says what it is for", p.name)
		}
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	fset := token.NewFileSet()
	for _, p := range load(t, fset) {
		for file, f := range p.files {
			if ast.IsGenerated(f) {
				continue
			}
			if n := fset.Position(f.FileEnd).Line; n > maxFile && longFiles[file] == "" {
				t.Errorf("%s has %d lines, at most %d are wanted", file, n, maxFile)
			}
			for _, decl := range f.Decls {
				fn, ok := decl.(*ast.FuncDecl)
				if !ok {
					continue
				}
				n := fset.Position(fn.End()).Line - fset.Position(fn.Pos()).Line + 1
				if name := p.name + "." + fn.Name.Name; n > maxFunc && longFuncs[name] == "" {
					t.Errorf("%s: %s has %d lines, at most %d are wanted", file, name, n, maxFunc)
				}
			}
		}
	}
}

// TestNoPathOfAMachine looks for the folder in which this copy lies, for its owner's home and for the folder of real
// documents, which only the Makefile knows.
func TestNoPathOfAMachine(t *testing.T) {
	t.Parallel()
	top := root(t)
	words := map[string]string{
		top: "the folder of this copy",
		filepath.Join(filepath.Dir(top), "shared"): "the folder beside this copy",
		"../" + "shared": "the folder of real documents",
	}
	if home, err := os.UserHomeDir(); err == nil && len(home) > 2 {
		words[home+"/"] = "somebody's home"
	}
	err := filepath.WalkDir(top, func(p string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(top, p)
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == ".git" || rel == "bin" || rel == "data"):
			return filepath.SkipDir
		case d.IsDir() || !d.Type().IsRegular():
			return nil
		}
		info, err := d.Info()
		if err != nil || info.Size() > 4<<20 {
			return err
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		for word, what := range words {
			if strings.HasPrefix(word, "../") && (rel == "Makefile" || strings.HasPrefix(rel, ".ci")) {
				continue
			}
			if strings.Contains(string(data), word) {
				t.Errorf("%s names %s", rel, what)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestArchitecturePage keeps the table in ARCHITECTURE.md equal to the one here.
func TestArchitecturePage(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join(root(t), "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	written := map[string]string{}
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(line, "|")
		if len(cells) == 5 && strings.HasPrefix(cells[1], " `") {
			written[strings.Trim(cells[1], " `")] = strings.TrimSpace(strings.ReplaceAll(cells[3], "`", ""))
		}
	}
	for name, allowed := range mayImport {
		want := strings.Join(slices.Sorted(slices.Values(allowed)), ", ")
		switch want {
		case "":
			want = "nothing"
		case everything:
			want = "everything"
		}
		if written[name] != want {
			t.Errorf("ARCHITECTURE.md says that %s may import %q, the test says %q", name, written[name], want)
		}
	}
	for name := range written {
		if _, ok := mayImport[name]; !ok {
			t.Errorf("ARCHITECTURE.md has the package %s, the test has not", name)
		}
	}
}
