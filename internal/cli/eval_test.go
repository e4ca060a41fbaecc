package cli

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"haicap/internal/gov"
	"haicap/internal/reader/score"
)

const (
	ownCorpus   = "../../corpus"
	qualityFile = "../../docs/reader-quality.md"
)

// realDocuments are the real documents with gold labels, where this machine has them.
func realDocuments(t *testing.T) (gold string, texts []string) {
	t.Helper()
	root := os.Getenv("HAICAP_SAMPLES")
	if root == "" {
		t.Skip("skipped: HAICAP_SAMPLES names no folder of sample documents")
	}
	return filepath.Join(root, "gold"), glob(t, filepath.Join(root, "dev", "*.txt"))
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d files, %v", pattern, len(files), err)
	}
	return files
}

// must is run for a command that has to succeed.
func must(t *testing.T, args ...string) string {
	t.Helper()
	status, out, errs := run(t, nil, args...)
	if status != 0 {
		t.Fatalf("haicap %s: status %d: %s", args[0], status, errs)
	}
	return out
}

// TestEvalAgreesWithReference compares the table with that of the reference scorer, byte for byte, on both sets of documents.
func TestEvalAgreesWithReference(t *testing.T) {
	t.Parallel()
	gold, texts := realDocuments(t)
	reference := filepath.Join(os.Getenv("HAICAP_SAMPLES"), "..", "tools", "score_reading.py")
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("skipped: no python3 for the reference scorer")
	}
	if _, err := os.Stat(reference); err != nil {
		t.Skip("skipped: the reference scorer is not beside HAICAP_SAMPLES")
	}
	for _, c := range []struct {
		gold  string
		texts []string
	}{{gold, texts}, {filepath.Join(ownCorpus, "gold"), glob(t, filepath.Join(ownCorpus, "docx", "*.docx"))}, {gold, texts[1:]}} {
		readings := filepath.Join(t.TempDir(), "readings.jsonl")
		if err := os.WriteFile(readings, []byte(must(t, append([]string{"read", "--json"}, c.texts...)...)), 0o600); err != nil {
			t.Fatal(err)
		}
		want, err := exec.CommandContext(t.Context(), python, reference, c.gold, readings).Output()
		if err != nil {
			t.Fatal(err)
		}
		if got := must(t, append([]string{"eval", c.gold}, c.texts...)...); got != string(want) {
			t.Errorf("%s, %d texts: the table differs\n%s\nthe reference has\n%s", filepath.Base(c.gold), len(c.texts), got, want)
		}
	}
}

func TestFoldsCoverAll(t *testing.T) {
	t.Parallel()
	texts := glob(t, filepath.Join(ownCorpus, "docx", "*.docx"))
	out := must(t, append([]string{"eval", filepath.Join(ownCorpus, "gold"), "--folds", "3", "--lang", "en"}, texts...)...)
	for _, f := range texts {
		if n := strings.Count(out, filepath.Base(f)); n != 1 {
			t.Errorf("%s stands in %d folds", filepath.Base(f), n)
		}
	}
	if !strings.Contains(out, "Fold 3 / others") || !regexp.MustCompile(`(?m)^figures +\d\.\d{3} / \d\.\d{3} [+−]\d\.\d{3}`).MatchString(out) {
		t.Errorf("no table of folds:\n%s", out)
	}
}

// A measuredPart is what a part of the page says.
type measuredPart struct {
	documents int
	values    map[string]float64 // F1 of kinds, accuracy of fields
}

var (
	partHead = regexp.MustCompile(`^(\d+) documents, \d+ bytes of text, \d+ labels; haicap \d+\.\d+\.\d+.*, go[^ ]+ \w+/\w+\. Inputs .*: sha256 ` + "`[0-9a-f]{16}`")
	partRow  = regexp.MustCompile(`(?m)^\| ([a-z._]+) \|(?: \d\.\d{3} \| \d\.\d{3} \|)? (\d\.\d{3}) \| \d+ \|`)
)

func parsePart(t *testing.T, page, part string) measuredPart {
	t.Helper()
	_, in, _, ok := cutPart(page, part)
	if !ok {
		t.Fatalf("the page has no part %q", part)
	}
	head := partHead.FindStringSubmatch(in)
	if head == nil {
		t.Fatalf("part %q does not say what was measured: %.120s", part, in)
	}
	p := measuredPart{values: map[string]float64{}}
	p.documents, _ = strconv.Atoi(head[1])
	for _, row := range partRow.FindAllStringSubmatch(in, -1) {
		p.values[row[1]], _ = strconv.ParseFloat(row[2], 64)
	}
	for _, name := range []string{"figures", "directives", "people", "figures.kind", "document.date"} {
		if _, ok := p.values[name]; !ok {
			t.Errorf("part %q has no row %s", part, name)
		}
	}
	for _, words := range []string{"**Calibration.**", "**Folds.**", "**Speed.**"} {
		if !strings.Contains(in, words) {
			t.Errorf("part %q says nothing under %s", part, words)
		}
	}
	return p
}

// TestQualityPage keeps docs/reader-quality.md whole and honest: it says what was measured, and claims no more than the reader does now.
func TestQualityPage(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(qualityFile)
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	if p := parsePart(t, page, "real"); p.documents < 15 {
		t.Errorf("the page measures %d real documents", p.documents)
	}
	texts := glob(t, filepath.Join(ownCorpus, "docx", "*.docx"))
	if p := parsePart(t, page, "own"); p.documents != len(texts) {
		t.Errorf("the page measures %d of our %d documents: make quality", p.documents, len(texts))
	}
	remeasure(t, page, "own", filepath.Join(ownCorpus, "gold"), texts)
}

func TestQualityPageOnRealDocuments(t *testing.T) {
	t.Parallel()
	gold, texts := realDocuments(t)
	data, err := os.ReadFile(qualityFile)
	if err != nil {
		t.Fatal(err)
	}
	remeasure(t, string(data), "real", gold, texts)
}

// remeasure measures a part anew and compares it with what the page says.
func remeasure(t *testing.T, page, part, gold string, texts []string) {
	t.Helper()
	var errs bytes.Buffer
	c := &call{lang: "en", stderr: &errs, settings: values{"data": value{text: t.TempDir()}}}
	e, err := c.evaluate(t.Context(), gold, texts)
	if err != nil || errs.Len() > 0 {
		t.Fatalf("%v %s", err, errs.String())
	}
	e.folds = score.Folds(e.gold, e.got, 3)
	before, _, after, _ := cutPart(page, part)
	const slack = 0.005
	claimed, measured := parsePart(t, page, part), parsePart(t, before+e.quality(1<<10)+after, part)
	var names []string
	for name, v := range claimed.values {
		if m, ok := measured.values[name]; !ok || v > m+slack {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if len(names) > 0 {
		t.Errorf("the page claims more of %q than the reader does now (%s): make quality", part, strings.Join(names, ", "))
	}
}

// TestPagePart writes a part of a page and leaves the rest alone.
func TestPagePart(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "page.md")
	begin, end := partMarks("own")
	if err := os.WriteFile(file, []byte("before\n"+begin+"yesterday\n"+end+"after\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	e := &evaluation{report: score.Compare(nil, nil), folds: score.Folds(nil, nil, 3)}
	c := &call{lang: "en", stdout: io.Discard, flags: map[string]string{"page": file, "part": "own"}}
	if err := c.writeQuality(e); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	if !strings.HasPrefix(page, "before\n"+begin+"0 documents") || !strings.HasSuffix(page, end+"after\n") || strings.Contains(page, "yesterday") {
		t.Errorf("the page became\n%s", page)
	}
	c.flags["part"] = "other"
	if err := c.writeQuality(e); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("a part that is not there: %v", err)
	}
}
