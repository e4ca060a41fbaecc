package cli

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"haicap/internal/gov"
	"haicap/internal/reader"
	"haicap/internal/reader/score"
)

// A page about quality (docs/reader-quality.md) has what people wrote and, between marks, parts that are measured: one for each set of
// documents. Writing a part changes nothing else of the page.

func partMarks(part string) (begin, end string) {
	return "<!-- measured: " + part + " -->\n", "<!-- end: " + part + " -->\n"
}

// cutPart divides a page into what stands before, in and after a measured part.
func cutPart(page, part string) (before, in, after string, ok bool) {
	begin, end := partMarks(part)
	before, rest, ok1 := strings.Cut(page, begin)
	in, after, ok2 := strings.Cut(rest, end)
	return before + begin, in, end + after, ok1 && ok2
}

// writeQuality measures one part of the page anew and puts the page in the place of the old one.
func (c *call) writeQuality(e *evaluation) error {
	file, part := c.flags["page"], c.flags["part"]
	page, err := os.ReadFile(file)
	if err != nil {
		return gov.Errorf(gov.NotFound, "error.cli_file_missing", file).Because(err)
	}
	before, _, after, ok := cutPart(string(page), part)
	if !ok {
		return gov.Errorf(gov.Invalid, "error.eval_part_missing", file, part)
	}
	if err := os.WriteFile(file, []byte(before+e.quality(largeText)+after), 0o644); err != nil {
		return gov.Errorf(gov.Unavailable, "error.cli_file_unwritten", file).Because(err)
	}
	return c.put(c.lang.T("cli.eval_page_done", file, part, len(e.gold)) + "\n")
}

// quality is a measured part, in Markdown; large is the size of the text whose cost per byte is compared.
func (e *evaluation) quality(large int) string {
	var b strings.Builder
	r := e.report
	labels, size := 0, 0
	for _, k := range r.KindNames() {
		labels += r.Tallies[k].Right + r.Tallies[k].Missed
	}
	for _, l := range e.layers {
		size += len(l.Text)
	}
	fmt.Fprintf(&b, "%d documents, %d bytes of text, %d labels; haicap %s, %s %s/%s. Inputs (names, texts, labels): sha256 `%s`.\n\n",
		len(e.gold), size, labels, release(), runtime.Version(), runtime.GOOS, runtime.GOARCH, e.digest())
	b.WriteString("| | precision | recall | F1 | labels | missed | invented |\n|---|--:|--:|--:|--:|--:|--:|\n")
	for _, k := range r.KindNames() {
		t := r.Tallies[k]
		fmt.Fprintf(&b, "| %s | %.3f | %.3f | %.3f | %d | %d | %d |\n", k, t.Precision(), t.Recall(), t.F1(), t.Right+t.Missed, t.Missed, t.Invented)
	}
	b.WriteString("\n| field, on what matched | right | judged |\n|---|--:|--:|\n")
	for _, n := range r.FieldNames() {
		fmt.Fprintf(&b, "| %s | %.3f | %d |\n", n, r.Fields[n].Accuracy(), r.Fields[n].Of)
	}
	fmt.Fprintf(&b, "\n**Calibration.** Of %d drafts of figures and items %d (%.1f%%) are called `sure`; %d of those (%.1f%%) are right.\n\n",
		r.Drafts, r.Sure, 100*r.SureShare(), r.SureRight, 100*r.SureAccuracy())
	e.qualityFolds(&b)
	e.qualitySpeed(&b, large)
	return b.String()
}

// digest is one sum over the names, texts and labels of all documents.
func (e *evaluation) digest() string {
	var all bytes.Buffer
	for _, g := range e.gold {
		fmt.Fprintf(&all, "%s\n", g.Name)
		if l := e.layers[g.Name]; l != nil {
			all.WriteString(gov.SHA256([]byte(l.Text)))
		}
		jsonLine(&all, g)
	}
	return gov.SHA256(all.Bytes())[:16]
}

func (e *evaluation) qualityFolds(b *strings.Builder) {
	fmt.Fprintf(b, "**Folds.** In the fold / outside it, difference. A fold has every %d. document by name.\n\n| |", len(e.folds))
	for i, f := range e.folds {
		fmt.Fprintf(b, " fold %d (%d of %d) |", i+1, len(f.Documents), len(e.gold))
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(e.folds)) + "\n")
	for _, name := range foldMeasures(e.folds) {
		fmt.Fprintf(b, "| %s |", name)
		for _, f := range e.folds {
			fmt.Fprintf(b, " %s |", foldCell(f, name))
		}
		b.WriteString("\n")
	}
	gaps := score.Gaps(e.folds)
	if len(gaps) == 0 {
		fmt.Fprintf(b, "\nNo measure is worse inside a fold than outside by more than %.2f.\n\n", score.MaxGap)
		return
	}
	fmt.Fprintf(b, "\nWorse inside a fold than outside by more than %.2f, that is, overfitting or a fold of harder documents:\n\n", score.MaxGap)
	for _, g := range gaps {
		fmt.Fprintf(b, "- %s in fold %d: %.3f (of %d) against %.3f (of %d)\n", g.In.Name, g.Fold+1, g.In.Value, g.In.Of, g.Out.Value, g.Out.Of)
	}
	b.WriteString("\n")
}

// largeText is the size of the large text of a page.
const largeText = 10 << 20

func (e *evaluation) qualitySpeed(b *strings.Builder, size int) {
	var texts []string
	for _, name := range slices.Sorted(maps.Keys(e.layers)) {
		texts = append(texts, e.layers[name].Text)
	}
	if len(texts) == 0 {
		return
	}
	small, large := readingSpeed(e.reader, texts, size)
	fmt.Fprintf(b, "**Speed.** %.1f MB/s document by document, %.1f MB/s for all of it repeated in one text of %d MB, which takes %.2f times as long per byte (one core, register loaded, without taking the text out of the file; measured with the numbers above).\n",
		small, large, size>>20, small/large)
}

// readingSpeed gives megabytes a second: the texts one after another, and repeated in one large text. The best of a few rounds counts,
// since other programs share the machine.
func readingSpeed(r *reader.Reader, texts []string, largeSize int) (small, large float64) {
	size := 0
	for _, s := range texts {
		size += len(s)
	}
	rate := func(n int, f func()) float64 {
		start := time.Now()
		f()
		return float64(n) / 1e6 / time.Since(start).Seconds()
	}
	begin := time.Now()
	for rounds := 0; rounds < 3 || time.Since(begin) < time.Second; rounds++ {
		small = max(small, rate(size, func() {
			for _, s := range texts {
				r.Read(reader.Source{Name: "a.txt", Text: s})
			}
		}))
	}
	all := strings.Join(texts, "\n") + "\n"
	all = strings.Repeat(all, largeSize/len(all)+1)
	for range 3 {
		large = max(large, rate(len(all), func() { r.Read(reader.Source{Name: "a.txt", Text: all}) }))
	}
	return small, large
}
