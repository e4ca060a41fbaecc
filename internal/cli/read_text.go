package cli

import (
	"fmt"
	"html"
	"sort"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// readingText lays out a reading for people: what was found, kind by kind, with its place.
func (c *call) readingText(r gov.Reading) string {
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
		c.figureText(&b, f)
	}
	for _, k := range itemKinds {
		items := k.of(r)
		heading("draft_kind."+string(k.kind), len(items))
		for _, it := range items {
			c.itemText(&b, it)
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

func (c *call) figureText(b *strings.Builder, f gov.FigureDraft) {
	parts := []string{c.lang.T("figure_kind." + string(f.Kind)), c.lang.Period(string(f.Period))}
	if f.Unit != "" {
		parts = append(parts, f.Unit)
	}
	parts = append(parts, c.lang.T("confidence."+string(f.Confidence)))
	fmt.Fprintf(b, "  %s%s\n%s\n", column(f.Text, 20), f.Label, wrap(strings.Join(parts, " · "), "    ", 100))
	c.why(b, f.Rule, f.Why)
}

func (c *call) itemText(b *strings.Builder, it gov.ItemDraft) {
	b.WriteString(wrap("- "+it.Text, "  ", 100) + "\n")
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
	if len(parts) > 0 {
		b.WriteString(wrap(strings.Join(parts, " · "), "    ", 100) + "\n")
	}
	c.why(b, it.Rule, it.Why)
}

// why shows the rules behind a draft; only with --explain.
func (c *call) why(b *strings.Builder, rule string, why []gov.Evidence) {
	if !c.has("explain") {
		return
	}
	if rule != "" {
		fmt.Fprintf(b, "    = %s\n", rule)
	}
	for _, e := range why {
		line := fmt.Sprintf("    %s ← %s [%d–%d]", e.Field, e.Rule, e.Span[0], e.Span[1])
		if e.Against != "" {
			line += " " + c.lang.T("cli.read_against", e.Against)
		}
		b.WriteString(line + "\n")
	}
}

// A markedSpan is a stretch of the text that a draft rests on.
type markedSpan struct {
	span  text.Span
	class string
	title string
}

func marksOf(c *call, r gov.Reading) []markedSpan {
	var marks []markedSpan
	add := func(s text.Span, class, title string) { marks = append(marks, markedSpan{s, class, title}) }
	for _, u := range r.Units {
		add(u.Span, "unit", c.lang.T("cli.read_units")+" "+u.Code)
	}
	for _, p := range r.People {
		add(p.Span, "person", p.Title)
	}
	for _, f := range r.Figures {
		add(f.Span, "figure", strings.Join([]string{c.lang.T("figure_kind." + string(f.Kind)), f.Label, f.Unit, c.lang.Period(string(f.Period))}, " · "))
	}
	for _, k := range itemKinds {
		for _, it := range k.of(r) {
			add(it.Span, string(k.kind), c.lang.T("draft_kind."+string(k.kind)))
		}
	}
	return marks
}

const readingStyle = `body{font:17px/1.6 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;max-width:68ch;margin:2rem auto;padding:0 1rem;color:#1b1f23}
pre{white-space:pre-wrap;font:inherit}mark{background:#eef3f3;color:inherit;border-bottom:2px solid #57606a}
mark.figure{background:#dff1f1;border-color:#0b6e6e}mark.difficulty{background:#fbe9e7;border-color:#b42318}mark.recommendation{background:#fff4d6;border-color:#9a6700}
mark.directive{background:#e3eefb;border-color:#0a5ca8}mark.commitment{background:#e4f5e8;border-color:#1a7f37}ul{padding-left:1.2rem}h1{font-size:1.4rem}`

// readingHTML is one page that needs nothing else: the text with its marks, then the same reading as a list.
func (c *call) readingHTML(r gov.Reading, layer string) string {
	var b strings.Builder
	esc := html.EscapeString
	title := r.Document.Title
	if title == "" {
		title = r.Source.Name
	}
	fmt.Fprintf(&b, "<!doctype html>\n<html lang=\"%s\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n<style>%s</style>\n",
		c.lang, esc(title), readingStyle)
	fmt.Fprintf(&b, "<h1>%s</h1>\n<p>", esc(title))
	for _, class := range []string{"figure", "difficulty", "recommendation", "directive", "commitment"} {
		fmt.Fprintf(&b, "<mark class=\"%s\">%s</mark> ", class, esc(c.lang.T("draft_kind."+class)))
	}
	b.WriteString("</p>\n<pre>" + markUp(layer, marksOf(c, r)) + "</pre>\n<hr>\n<pre>" + esc(c.readingText(r)) + "</pre>\n</html>\n")
	return b.String()
}

// markUp wraps each stretch of the text into the marks that cover it, cut at every edge, so that marks may overlap.
func markUp(s string, marks []markedSpan) string {
	edges := []int{0, len(s)}
	for _, m := range marks {
		edges = append(edges, m.span[0], m.span[1])
	}
	sort.Ints(edges)
	var b strings.Builder
	for i := 0; i+1 < len(edges); i++ {
		from, to := edges[i], edges[i+1]
		if from == to {
			continue
		}
		n := 0
		for _, m := range marks {
			if m.span[0] <= from && to <= m.span[1] {
				fmt.Fprintf(&b, "<mark class=\"%s\" title=\"%s\">", m.class, html.EscapeString(m.title))
				n++
			}
		}
		b.WriteString(html.EscapeString(s[from:to]) + strings.Repeat("</mark>", n))
	}
	return b.String()
}
