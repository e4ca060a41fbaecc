package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"haicap/internal/extract"
	"haicap/internal/gov"
	"haicap/internal/reader/score"
	"haicap/internal/register"
	"haicap/internal/text"
)

const corpus = "../../../../corpus"

func read(t *testing.T, parts ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(append([]string{corpus}, parts...)...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func namesIn(t *testing.T, dir, ext string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(corpus, dir, "*"+ext))
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, p := range paths {
		names = append(names, strings.TrimSuffix(filepath.Base(p), ext))
	}
	return names
}

func TestTheCorpusIsCurrent(t *testing.T) {
	t.Parallel()
	names := namesIn(t, "src", ".txt")
	if len(names) < 10 {
		t.Fatalf("%d documents", len(names))
	}
	if docx, gold := namesIn(t, "docx", ".docx"), namesIn(t, "gold", ".json"); !slices.Equal(docx, names) || !slices.Equal(gold, names) {
		t.Errorf("src has %v, docx %v, gold %v", names, docx, gold)
	}
	for _, name := range names {
		src := read(t, "src", name+".txt")
		if text.NFC(string(src)) != string(src) {
			t.Errorf("%s is not in NFC", name)
		}
		docx, gold, err := build(name, string(src))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !bytes.Equal(docx, read(t, "docx", name+".docx")) || !bytes.Equal(gold, read(t, "gold", name+".json")) {
			t.Errorf("%s is not what its source says: go generate ./internal/reader/score/gen", name)
		}
	}
}

// A gold file with the text that it points into.
type labelled struct {
	name   string
	text   string
	Source gov.ReadingSource
	Head   gov.ReadingHead `json:"document"`
	Lists  map[string][]golden
	Checks []gov.Check
}

func load(t *testing.T) []labelled {
	t.Helper()
	var all []labelled
	for _, name := range namesIn(t, "gold", ".json") {
		data, docx := read(t, "gold", name+".json"), read(t, "docx", name+".docx")
		var raw map[string]json.RawMessage
		g := labelled{name: name, Lists: map[string][]golden{}}
		layer, err := extract.Extract(name+".docx", docx)
		if err != nil {
			t.Fatal(err)
		}
		g.text = layer.Text
		take := func(key string, to any) {
			if err := json.Unmarshal(raw[key], to); err != nil {
				t.Fatalf("%s: %s: %v", name, key, err)
			}
		}
		if err := json.Unmarshal(data, &raw); err != nil {
			t.Fatal(err)
		}
		take("source", &g.Source)
		take("document", &g.Head)
		take("checks", &g.Checks)
		for _, k := range listOf {
			var list []golden
			take(k, &list)
			g.Lists[k] = list
		}
		if g.Source.SHA256 != gov.SHA256(docx) || g.Source.Text.SHA256 != gov.SHA256([]byte(g.text)) || g.Source.Text.Bytes != len(g.text) {
			t.Errorf("%s names other bytes", name)
		}
		if d, err := score.Parse(data); err != nil || len(d.Kinds) != len(score.Kinds) || d.Name != name+".docx" {
			t.Errorf("%s: the scorer reads it as %s with %d lists: %v", name, d.Name, len(d.Kinds), err)
		}
		all = append(all, g)
	}
	return all
}

func TestSpansSliceToTheirText(t *testing.T) {
	t.Parallel()
	for _, g := range load(t) {
		within := func(s text.Span) bool { return 0 <= s[0] && s[0] < s[1] && s[1] <= len(g.text) }
		for kind, list := range g.Lists {
			if kind != "recommendations" && kind != "commitments" && kind != "difficulties" && kind != "directives" && len(list) == 0 {
				t.Errorf("%s has no %s", g.name, kind)
			}
			for _, l := range list {
				if !within(l.Span) || g.text[l.Span[0]:l.Span[1]] != l.Text {
					t.Errorf("%s %s: %v is not %q", g.name, kind, l.Span, l.Text)
				}
				if s := l.TopicSpan; s != nil && (!within(*s) || g.text[s[0]:s[1]] != l.Topic || s[1] > l.Span[0]) {
					t.Errorf("%s: topic %q of %q", g.name, l.Topic, l.Text)
				}
			}
		}
		for _, c := range g.Checks {
			for _, s := range c.Spans {
				if !within(s) {
					t.Errorf("%s: %s points outside", g.name, c.Rule)
				}
			}
		}
	}
}

var items = []string{"difficulties", "recommendations", "directives", "commitments"}

var (
	beginsWrong = regexp.MustCompile(`^(?:Cụ thể, |\d+[.)] |[a-zđ]\) |\(\d+\) |[-+] |(?:Đồng thời|Ngoài ra|Bên cạnh đó|Trong đó|Theo đó|Đặc biệt|Do đó|Vì vậy|Cùng với đó|Tuy nhiên|Giao|Yêu cầu|Đề nghị|đề nghị|yêu cầu)[ ,])`)
	splits      = regexp.MustCompile(`;|\. \p{Lu}|\n`)
	period      = regexp.MustCompile(`^(?:\d{4}(?:-Q[1-4]|-\d\d|-\d{4})?|\d{4}-\d\d/\d{4}-\d\d)?$`)
)

// TestItemsKeepTheRules: an item is one clause, begins after its cue and names nobody and no day that its document does not name.
func TestItemsKeepTheRules(t *testing.T) {
	t.Parallel()
	for _, g := range load(t) {
		said := func(words string) bool { return strings.Contains(strings.ToLower(g.text), strings.ToLower(words)) }
		var all []golden
		for _, kind := range items {
			for _, l := range g.Lists[kind] {
				all = append(all, l)
				row := strings.Contains(line(g.text, l.Span), "\t")
				own := kind == "recommendations" && strings.Contains(strings.ToLower(l.Text), "giao ") // an office proposes that somebody be told
				if beginsWrong.MatchString(l.Text) && !own || !row && splits.MatchString(l.Text) || strings.HasSuffix(l.Text, ".") || strings.TrimSpace(l.Text) != l.Text {
					t.Errorf("%s %s: %q is not one clause after its cue", g.name, kind, l.Text)
				}
				if kind == "directives" {
					directiveKeepsTheRules(t, g, l, said)
				}
			}
		}
		for i, a := range all {
			for _, b := range all[:i] {
				if a.Span[0] < b.Span[1] && b.Span[0] < a.Span[1] {
					t.Errorf("%s: %q and %q overlap", g.name, a.Text, b.Text)
				}
			}
		}
	}
}

func directiveKeepsTheRules(t *testing.T, g labelled, l golden, said func(string) bool) {
	t.Helper()
	for _, body := range slices.Concat(*l.Assignees, *l.Coordinators) {
		if bare, one := strings.CutPrefix(body, "UBND "); !said(body) && !(one && said(after(bare))) {
			t.Errorf("%s: nobody is called %q", g.name, body)
		}
	}
	if *l.Lead != "" && !slices.Contains(*l.Assignees, *l.Lead) {
		t.Errorf("%s: %q leads what it is not given: %q", g.name, *l.Lead, l.Text)
	}
	if *l.Due != "" && !strings.Contains(line(g.text, l.Span), *l.Due) {
		t.Errorf("%s: due %q is not in the line of %q", g.name, *l.Due, l.Text)
	}
}

// after is what follows the type of a unit.
func after(name string) string {
	_, rest, _ := strings.Cut(name, " ")
	return rest
}

// line is the line of the text that a span begins in.
func line(s string, at text.Span) string {
	from := strings.LastIndexByte(s[:at[0]], '\n') + 1
	to := strings.IndexByte(s[at[0]:], '\n')
	if to < 0 {
		return s[from:]
	}
	return s[from : at[0]+to]
}

var year = regexp.MustCompile(`\d{4}`)

func TestFiguresKeepTheRules(t *testing.T) {
	t.Parallel()
	for _, g := range load(t) {
		end := 0
		slices.SortFunc(g.Lists["figures"], func(a, b golden) int { return a.Span[0] - b.Span[0] })
		for _, f := range g.Lists["figures"] {
			if f.Span[0] < end {
				t.Errorf("%s: two figures at %q", g.name, f.Text)
			}
			end = f.Span[1]
			if f.Kind != "" && !figureKinds[f.Kind] || !slices.Contains(gov.Comparators, gov.Comparator(f.Comparator)) || *f.Measure == "" || f.Label == nil || *f.Label == "" {
				t.Errorf("%s: %q lacks a label or measure, or is of no known kind", g.name, f.Text)
			}
			if f.Indicator != nil && *f.Indicator != "" {
				if _, err := gov.IndicatorByKey(*f.Indicator); err != nil {
					t.Errorf("%s: %q has the unknown indicator %s", g.name, f.Text, *f.Indicator)
				}
			}
			if f.Period == nil {
				continue
			}
			if !period.MatchString(*f.Period) {
				t.Errorf("%s: %q has the period %q", g.name, f.Text, *f.Period)
			}
			for _, y := range year.FindAllString(*f.Period, -1) {
				if !strings.Contains(g.text, y) {
					t.Errorf("%s: %q is of %s, which the text does not name", g.name, f.Text, y)
				}
			}
		}
	}
}

// TestUnitsAreInTheRegister: a code is the one that the unit of this name and type has on the document's day.
func TestUnitsAreInTheRegister(t *testing.T) {
	t.Parallel()
	reg, err := register.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range load(t) {
		seen := map[string]bool{}
		for _, u := range g.Lists["units"] {
			if seen[*u.Name] {
				t.Errorf("%s names %s twice", g.name, *u.Name)
			}
			seen[*u.Name] = true
			v, err := reg.At(*u.Code, g.Head.Date)
			if err != nil || text.Norm(v.Full()) != text.Norm(*u.Name) {
				t.Errorf("%s: %s on %s is %q (%v), not %s", g.name, *u.Code, g.Head.Date, v.Full(), err, *u.Name)
			}
		}
	}
}

func TestWhatTheMarkupRefuses(t *testing.T) {
	t.Parallel()
	for src, why := range map[string]string{
		"⟦f|12 hộ":                            "without an end",
		"⟦f 12 hộ⟧":                           "without |",
		"⟦x|12 hộ⟧":                           "unknown label",
		"⟦c due=mai|làm⟧":                     "no field due",
		"# ⟦f|12 hộ⟧":                         "a heading holds no figures",
		"[head]\nL ⟦c|làm⟧\n[/head]":          "a letterhead holds no items",
		"@date":                               "",
		"@colour red":                         "unknown @colour",
		"⟦f|nhiều hộ⟧":                        "v= is needed",
		"@check ratio_disagrees a b: sai":     "no figure has id=a",
		"[table no label]\nA | B\n---\n1|2|3": "too many cells",
	} {
		if _, _, err := build("x", "Một dòng.\n"+src); (err != nil) != (why != "") {
			t.Errorf("%q: %v; %s", src, err, why)
		}
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]float64{"4.496": 4496, "15.219": 15219, "0.27": 0.27, "366,3": 366.3, "1.234.567,5": 1234567.5, "0.125": 0.125, "09": 9, "2.31": 2.31} {
		if got, err := valueOf(s); err != nil || got != want {
			t.Errorf("%s is %v (%v), want %v", s, got, err, want)
		}
	}
}
