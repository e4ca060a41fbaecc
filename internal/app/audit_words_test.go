package app_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"haicap/internal/gov"
	"haicap/internal/lang"
)

// notActions are texts of the form of an action that are none: what a person corrects most, as the export of gold readings names it.
var notActions = map[string]bool{"figures.kind": true, "figures.period": true, "directives.assignees": true, "directives.due": true}

// listWords begin the keys of words in lists that are handed out as files.
var listWords = regexp.MustCompile(`^(listing|state|level|cell|gap)\.`)

// families are the actions whose second half is computed.
var families = map[string][]string{
	"draft.":  {string(gov.DraftPending), string(gov.DraftAccepted), string(gov.DraftEdited), string(gov.DraftRejected)},
	"matter.": flowActions(),
	"plan.":   {string(gov.PlanPause), string(gov.PlanResume), string(gov.PlanEnd)},

	"matter.gather_": {string(gov.LinkRepeats), string(gov.LinkSimilar), string(gov.LinkApart)},
}

func flowActions() (list []string) {
	for _, s := range gov.Flow {
		list = append(list, string(s.Action))
	}
	return list
}

// Whoever reads the audit log reads words. A use case with a new action, or for a new noun, needs a row in
// internal/lang/catalogue/audit.csv.
func TestEveryActionHasWords(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	form := regexp.MustCompile(`^[a-z]+\.[a-z_]*$`)
	found := map[string]bool{}
	want := func(key string) {
		if found[key] = true; !lang.Has(key) {
			t.Errorf("%s has no words in the catalogue", key)
		}
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				text, err := strconv.Unquote(n.Value)
				switch {
				case err != nil || !form.MatchString(text) || strings.HasPrefix(text, "error.") || notActions[text] || listWords.MatchString(text):
				case strings.HasSuffix(text, "."), strings.HasSuffix(text, "_"):
					if families[text] == nil {
						t.Errorf("%s: nobody says how %q goes on", file, text)
					}
					for _, rest := range families[text] {
						want("audit.action." + text + rest)
					}
				default:
					want("audit.action." + text)
				}
			case *ast.CompositeLit:
				if name, ok := n.Type.(*ast.Ident); ok && name.Name == "act" && len(n.Elts) == 3 {
					second := n.Elts[1]
					if keyed, ok := second.(*ast.KeyValueExpr); ok {
						second = keyed.Value
					}
					if noun, ok := second.(*ast.BasicLit); ok {
						if text, _ := strconv.Unquote(noun.Value); text != "" { // a change of a folder has no record
							want("audit.noun." + text)
						}
					}
				}
			}
			return true
		})
	}
	if len(found) < 30 || !found["audit.action.document.open"] || !found["audit.action.draft.edit"] || !found["audit.noun.matter"] {
		t.Errorf("the test does not see the actions: %d", len(found))
	}
}
