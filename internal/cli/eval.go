package cli

import (
	"context"
	"os"
	"strconv"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/reader"
	"haicap/internal/reader/score"
	"haicap/internal/text"
)

func evalCommand() command {
	return command{name: "eval", args: "GOLD_DIR TEXT…", min: 2, max: -1, run: runEval,
		flags: []flag{{"misses", ""}, {"folds", "N"}, {"json", ""}, {"page", "FILE"}, {"part", "NAME"}},
		examples: []string{"haicap eval corpus/gold corpus/docx/*.docx", "haicap eval corpus/gold corpus/docx/*.docx --misses --folds 3",
			"haicap eval corpus/gold corpus/docx/*.docx --page docs/reader-quality.md --part own"}}
}

// An evaluation is a comparison of readings with gold labels.
type evaluation struct {
	gold   []score.Document
	got    []score.Document
	layers map[string]*text.Layout // by document name
	reader *reader.Reader
	report *score.Report
	folds  []score.Fold
}

func runEval(ctx context.Context, c *call) error {
	folds, err := c.foldsWanted()
	if err != nil {
		return err
	}
	if c.has("page") != c.has("part") {
		return gov.Errorf(gov.Invalid, "error.eval_page_part")
	}
	e, err := c.evaluate(ctx, c.args[0], c.args[1:])
	if err != nil {
		return err
	}
	if folds > len(e.gold) {
		return gov.Errorf(gov.Invalid, "error.eval_folds", strconv.Itoa(folds))
	}
	if folds > 0 {
		e.folds = score.Folds(e.gold, e.got, folds)
	}
	switch {
	case c.has("page"):
		return c.writeQuality(e)
	case c.has("json"):
		var b strings.Builder
		jsonLine(&b, e.json(c.has("misses")))
		return c.put(b.String())
	}
	var b strings.Builder
	if c.has("misses") {
		c.missesText(&b, e)
	}
	_ = e.report.Write(&b) // into memory
	if e.folds != nil {
		c.foldsText(&b, e.folds)
	}
	return c.put(b.String())
}

// foldsWanted is the number that --folds gives; 0 without it. A page always has three.
func (c *call) foldsWanted() (int, error) {
	s, given := c.flags["folds"]
	if !given && c.has("page") {
		return 3, nil
	}
	if !given {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 2 {
		return 0, gov.Errorf(gov.Invalid, "error.eval_folds", s)
	}
	return n, nil
}

// evaluate reads the texts and lays the readings beside the gold labels of a folder.
func (c *call) evaluate(ctx context.Context, dir string, files []string) (*evaluation, error) {
	gold, err := loadGold(dir)
	if err != nil {
		return nil, err
	}
	e := &evaluation{gold: gold, layers: map[string]*text.Layout{}}
	if e.reader, err = c.reader()(); err != nil {
		return nil, err
	}
	for _, file := range files {
		if ctx.Err() != nil {
			return nil, exit(statusBroken)
		}
		if err := c.evalOne(ctx, e, file); err != nil {
			c.complain(file, err)
			return nil, exit(statusOf(err))
		}
	}
	e.report = score.Compare(e.gold, e.got)
	for _, name := range e.report.Unread {
		c.say("cli.eval_unread", name)
	}
	return e, nil
}

// loadGold loads the labels of a folder, which must hold some.
func loadGold(dir string) ([]score.Document, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, gov.Errorf(gov.NotFound, "error.eval_gold_missing", dir)
	}
	gold, err := score.LoadDir(dir)
	if err != nil {
		return nil, gov.Errorf(gov.Invalid, "error.eval_gold_broken", dir, err.Error())
	}
	if len(gold) == 0 {
		return nil, gov.Errorf(gov.NotFound, "error.eval_gold_missing", dir)
	}
	return gold, nil
}

// evalOne reads one text. One that has no labels, or is not what was labelled, is named; its numbers mean little.
func (c *call) evalOne(ctx context.Context, e *evaluation, file string) error {
	doc, err := c.load(ctx, file)
	if err != nil {
		return err
	}
	if _, twice := e.layers[doc.name]; twice {
		return gov.Errorf(gov.Invalid, "error.eval_twice", doc.name)
	}
	sum := gov.SHA256(doc.data)
	r, err := score.FromReading(e.reader.Read(reader.Source{Name: doc.name, SHA256: sum, Bytes: len(doc.data), Text: doc.layer.Text}))
	if err != nil {
		return err
	}
	e.got, e.layers[doc.name] = append(e.got, r), text.Split(doc.layer.Text)
	g, ok := goldOf(e.gold, doc.name)
	switch {
	case !ok:
		c.say("cli.eval_no_gold", doc.name)
	case g.Source.SHA256 != "" && g.Source.SHA256 != sum:
		c.say("cli.eval_other_text", doc.name)
	}
	return nil
}

func goldOf(gold []score.Document, name string) (score.Document, bool) {
	for _, g := range gold {
		if g.Name == name {
			return g, true
		}
	}
	return score.Document{}, false
}

// missesText lists what was missed, what was invented and which fields are wrong, each in its sentence.
func (c *call) missesText(b *strings.Builder, e *evaluation) {
	entry := func(document string, l score.Label, head string) {
		b.WriteString(document + " · " + head + "\n")
		if words := inSentence(e.layers[document], l.Span); words != "" {
			b.WriteString(wrap(words, "    ", 100) + "\n")
		}
	}
	for _, m := range e.report.Misses {
		key := "cli.eval_missed"
		if m.Invented {
			key = "cli.eval_invented"
		}
		entry(m.Document, m.Label, c.lang.T(key, m.Kind, labelWords(m.Label)))
	}
	for _, w := range e.report.Wrongs {
		entry(w.Document, w.Label, c.lang.T("cli.eval_wrong", w.Kind+"."+w.Field, labelWords(w.Label), w.Want, w.Got))
	}
	b.WriteString("\n")
}

// labelWords are the words by which people know a labelled thing.
func labelWords(l score.Label) string {
	for _, s := range []string{l.Text, l.Name, l.Rule} {
		if s != "" {
			return shorten(strings.Join(strings.Fields(s), " "), 120)
		}
	}
	return ""
}

// inSentence is the sentence around a span with the span in brackets; of a long sentence, a stretch around it.
func inSentence(l *text.Layout, span text.Span) string {
	if l == nil || span[0] < 0 || span[1] > len(l.Text) || span[0] >= span[1] {
		return ""
	}
	const reach = 240 // bytes on either side
	around := span
	for _, s := range l.Sentences {
		if s.Span.Overlaps(span) {
			around[0], around[1] = min(around[0], s.Span[0]), max(around[1], s.Span[1])
		}
	}
	before, after := l.Text[around[0]:span[0]], l.Text[span[1]:around[1]]
	if len(before) > reach {
		before = "… " + afterSpace(before[len(before)-reach:])
	}
	if len(after) > reach {
		after = after[:strings.LastIndexByte(after[:reach], ' ')+1] + "…"
	}
	return before + "⟦" + span.Of(l.Text) + "⟧" + after
}

func afterSpace(s string) string {
	_, rest, _ := strings.Cut(s, " ")
	return rest
}

// foldsText prints each measure of each fold beside that of the other documents, then what looks like overfitting.
func (c *call) foldsText(b *strings.Builder, folds []score.Fold) {
	b.WriteString("\n")
	for i, f := range folds {
		b.WriteString(wrap(c.lang.T("cli.eval_fold", i+1, strings.Join(f.Documents, ", ")), "", 100) + "\n")
	}
	head := column("", 26)
	for i := range folds {
		head += column(c.lang.T("cli.eval_fold_head", i+1), 24)
	}
	b.WriteString("\n" + strings.TrimRight(head, " ") + "\n")
	for _, name := range foldMeasures(folds) {
		line := column(name, 26)
		for _, f := range folds {
			line += column(foldCell(f, name), 24)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	b.WriteString("\n")
	gaps := score.Gaps(folds)
	for _, g := range gaps {
		b.WriteString(c.lang.T("cli.eval_gap", g.In.Name, g.Fold+1, three(g.In.Value), three(g.Out.Value), three(g.Out.Value-g.In.Value), g.In.Of) + "\n")
	}
	if len(gaps) == 0 {
		b.WriteString(c.lang.T("cli.eval_no_gap") + "\n")
	}
}

// foldMeasures are the names of all measures, in the order of the folds' reports.
func foldMeasures(folds []score.Fold) []string {
	var names []string
	seen := map[string]bool{}
	for _, f := range folds {
		for _, r := range []*score.Report{f.In, f.Out} {
			for _, m := range r.Measures() {
				if !seen[m.Name] {
					seen[m.Name] = true
					names = append(names, m.Name)
				}
			}
		}
	}
	return names
}

// foldCell is "0.970 / 0.981 (−0.011)": in the fold, outside it, the difference.
func foldCell(f score.Fold, name string) string {
	in, ok1 := f.In.Measure(name)
	out, ok2 := f.Out.Measure(name)
	if !ok1 || !ok2 {
		return "–"
	}
	sign := "+"
	if in.Value < out.Value {
		sign = "−"
	}
	return three(in.Value) + " / " + three(out.Value) + " " + sign + three(max(in.Value-out.Value, out.Value-in.Value))
}

func three(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }
