package cli

import (
	"fmt"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/lang"
	"haicap/internal/text"
)

// readingText lays out a reading for people: what was found, kind by kind; with --explain each with its sentence and its reasons.
func (c *call) readingText(r gov.Reading, layer string) string {
	var b strings.Builder
	l := c.lang
	head := []string{r.Source.Name, l.T("document_kind." + string(r.Document.Kind))}
	if r.Document.Date != "" {
		head = append(head, l.Date(string(r.Document.Date)))
	}
	b.WriteString(strings.Join(head, " · ") + "\n")
	if r.Document.Title != "" {
		b.WriteString(wrap(r.Document.Title, "  ", 100) + "\n")
	}
	heading := func(key string, n int) {
		if n > 0 {
			fmt.Fprintf(&b, "\n%s (%d)\n", l.T(key), n)
		}
	}
	heading("cli.read_units", len(r.Units))
	for _, u := range r.Units {
		b.WriteString("  " + strings.TrimRight(column(u.Name, 32)+u.Code, " ") + "\n")
	}
	heading("cli.read_people", len(r.People))
	for _, p := range r.People {
		fmt.Fprintf(&b, "  %s\n", column(p.Name, 32)+p.Title)
	}
	heading("cli.read_figures", len(r.Figures))
	for _, f := range r.Figures {
		c.figureText(&b, f, layer)
	}
	for _, k := range itemKinds {
		items := k.of(r)
		heading("draft_kind."+string(k.kind), len(items))
		for _, it := range items {
			c.itemText(&b, it, layer)
		}
	}
	heading("cli.read_checks", len(r.Checks))
	for _, check := range r.Checks {
		b.WriteString(wrap("- "+check.Message, "  ", 100) + "\n")
	}
	b.WriteString("\n")
	return b.String()
}

// itemKinds are the four lists of items of a reading.
var itemKinds = []struct {
	kind gov.DraftKind
	of   func(gov.Reading) []gov.ItemDraft
}{
	{gov.DraftDifficulty, func(r gov.Reading) []gov.ItemDraft { return r.Difficulties }},
	{gov.DraftRecommendation, func(r gov.Reading) []gov.ItemDraft { return r.Recommendations }},
	{gov.DraftDirective, func(r gov.Reading) []gov.ItemDraft { return r.Directives }},
	{gov.DraftCommitment, func(r gov.Reading) []gov.ItemDraft { return r.Commitments }},
}

func (c *call) figureText(b *strings.Builder, f gov.FigureDraft, layer string) {
	fmt.Fprintf(b, "  %s%s\n%s\n", column(f.Text, 20), f.Label, wrap(strings.Join(c.figureParts(f), " · "), "    ", 100))
	c.why(b, layer, f.Rule, f.Sentence, f.Why)
}

// figureParts are the fields of a figure in words.
func (c *call) figureParts(f gov.FigureDraft) []string {
	parts := []string{c.lang.T("figure_kind." + string(f.Kind))}
	for _, s := range []string{c.lang.Period(string(f.Period)), f.Unit, c.indicatorName(f.Indicator)} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return append(parts, c.lang.T("confidence."+string(f.Confidence)))
}

func (c *call) itemText(b *strings.Builder, it gov.ItemDraft, layer string) {
	b.WriteString(wrap("- "+it.Text, "  ", 100) + "\n")
	parts := c.itemParts(it)
	if len(parts) > 0 {
		b.WriteString(wrap(strings.Join(parts, " · "), "    ", 100) + "\n")
	}
	c.why(b, layer, it.Rule, it.Sentence, it.Why)
}

// indicatorName is the name of an indicator in the language of the call; a key that the catalogue does not have stands for itself.
func (c *call) indicatorName(key string) string {
	in, err := gov.IndicatorByKey(key)
	if err != nil {
		return key
	}
	return c.nameOf(in)
}

// nameOf is an indicator's name in the language of the call.
func (c *call) nameOf(in gov.Indicator) string {
	if c.lang == lang.EN && in.NameEN != "" {
		return in.NameEN
	}
	return in.NameVI
}

// itemParts are the fields of an item in words; those that the text leaves open are left out.
func (c *call) itemParts(it gov.ItemDraft) []string {
	var parts []string
	add := func(key, words string) {
		if words != "" {
			parts = append(parts, c.lang.T(key, words))
		}
	}
	add("cli.read_by", it.By)
	add("cli.read_to", it.To)
	add("cli.read_assignees", strings.Join(it.Assignees, ", "))
	add("cli.read_lead", it.Lead)
	add("cli.read_coordinators", strings.Join(it.Coordinators, ", "))
	add("cli.read_due", it.Due)
	return parts
}

// why shows the sentence of a draft, its rule, and for each field the words that it rests on and what was not taken; only with --explain.
func (c *call) why(b *strings.Builder, layer, rule string, sentence text.Span, why []gov.Evidence) {
	if !c.has("explain") {
		return
	}
	if words := oneLine(sentence.Of(layer)); words != "" {
		b.WriteString(wrap(c.lang.T("cli.read_sentence", words), "    ", 100) + "\n")
	}
	if rule != "" {
		b.WriteString("    " + c.lang.T("cli.read_rule", rule) + "\n")
	}
	for _, e := range why {
		line := c.reasonText(layer, sentence, e)
		if e.Against != "" {
			line += "; " + c.lang.T("cli.read_against", e.Against)
		}
		b.WriteString(strings.Replace(wrap(line, "      ", 100), "      ", "    - ", 1) + "\n")
	}
}

// reasonText is one piece of evidence: the field, the words, the rule.
func (c *call) reasonText(layer string, sentence text.Span, e gov.Evidence) string {
	words := c.lang.T("cli.read_whole_sentence")
	if e.Span != sentence && !e.Span.Empty() {
		words = "“" + shorten(oneLine(e.Span.Of(layer)), 160) + "”"
	}
	return fmt.Sprintf("%s ← %s (%s)", c.lang.T("cli.read_field."+e.Field), words, e.Rule)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
