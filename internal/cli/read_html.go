package cli

import (
	"fmt"
	"html"
	"sort"
	"strconv"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// A noted is one thing read as the page shows it: a mark in the text and an entry of the list below.
type noted struct {
	class    string // what colours and underlines it
	span     text.Span
	head     string   // its words
	parts    []string // its fields
	sentence text.Span
	rule     string
	why      []gov.Evidence
}

// notedOf lists what a reading found, kind by kind in the order of the page.
func (c *call) notedOf(r gov.Reading) map[string][]noted {
	all := map[string][]noted{}
	for _, u := range r.Units {
		n := noted{class: "unit", span: u.Span, head: u.Name}
		if u.Code != "" {
			n.parts = []string{u.Code}
		}
		all["cli.read_units"] = append(all["cli.read_units"], n)
	}
	for _, p := range r.People {
		all["cli.read_people"] = append(all["cli.read_people"], noted{class: "person", span: p.Span, head: p.Name, parts: []string{p.Title}})
	}
	for _, f := range r.Figures {
		all["cli.read_figures"] = append(all["cli.read_figures"], noted{"figure", f.Span, strings.TrimSpace(f.Text + " " + f.Label), c.figureParts(f), f.Sentence, f.Rule, f.Why})
	}
	for _, k := range itemKinds {
		for _, it := range k.of(r) {
			key := "draft_kind." + string(k.kind)
			all[key] = append(all[key], noted{string(k.kind), it.Span, it.Text, append(c.itemParts(it), c.lang.T("confidence."+string(it.Confidence))), it.Sentence, it.Rule, it.Why})
		}
	}
	for _, ch := range r.Checks {
		for i, s := range ch.Spans {
			if i == 0 {
				all["cli.read_checks"] = append(all["cli.read_checks"], noted{class: "check", span: s, head: ch.Message, parts: []string{ch.Rule}})
			}
		}
	}
	return all
}

// notedKeys are the kinds in the order of the page; each key names its heading.
var notedKeys = []string{"cli.read_figures", "draft_kind.difficulty", "draft_kind.recommendation", "draft_kind.directive",
	"draft_kind.commitment", "cli.read_checks", "cli.read_units", "cli.read_people"}

// readingStyle needs no colour to be told apart: every kind has its own line under it, also on paper.
const readingStyle = `body{font:16px/1.6 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;max-width:72ch;margin:2rem auto;padding:0 1rem;color:#1b1f23;background:#fff}
h1{font-size:1.4rem;line-height:1.3}h2{font-size:1.05rem;margin:1.4rem 0 .3rem;border-bottom:1px solid #d0d7de}
.text{white-space:pre-wrap;overflow-wrap:anywhere}mark{background:#eef1f3;color:inherit;text-decoration:underline;text-decoration-thickness:2px;text-underline-offset:3px;text-decoration-color:#57606a}
mark.figure{background:#dff1f1;text-decoration-color:#0b6e6e}mark.difficulty{background:#fbe9e7;text-decoration-style:wavy;text-decoration-color:#b42318}
mark.recommendation{background:#fff4d6;text-decoration-style:dashed;text-decoration-color:#9a6700}mark.directive{background:#e3eefb;text-decoration-style:double;text-decoration-color:#0a5ca8}
mark.commitment{background:#e4f5e8;text-decoration-style:dotted;text-decoration-color:#1a7f37}mark.check{outline:2px solid #b42318}mark.unit,mark.person{background:none;text-decoration-thickness:1px}
mark:target,li:target{outline:2px solid #1b1f23}ol{padding-left:2.2rem;margin:.3rem 0}li{margin:.35rem 0}a{color:#0a5ca8}
.parts,summary,footer{color:#57606a;font-size:.92rem}summary{cursor:pointer}details p,details ul{margin:.2rem 0;font-size:.92rem}
@page{size:A4;margin:16mm}@media print{body{max-width:none;margin:0;padding:0;font-size:11pt}mark{print-color-adjust:exact;-webkit-print-color-adjust:exact}a{color:inherit;text-decoration:none}details:not([open]){display:none}h2{break-after:avoid}li{break-inside:avoid}}`

// pagePolicy makes sure that the page, wherever it is mailed, loads nothing and runs nothing.
const pagePolicy = `default-src 'none'; style-src 'unsafe-inline'`

// readingHTML is one page that needs nothing else: the text with its marks, each with its fields when one points at it, then all that was
// read as a list that leads back into the text.
func (c *call) readingHTML(r gov.Reading, layer string) string {
	var b strings.Builder
	esc := html.EscapeString
	title := r.Document.Title
	if title == "" {
		title = r.Source.Name
	}
	fmt.Fprintf(&b, "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n"+
		"<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n<style>%s</style>\n</head>\n<body>\n", c.lang, pagePolicy, esc(title), readingStyle)
	head := []string{r.Source.Name, c.lang.T("document_kind." + string(r.Document.Kind))}
	if r.Document.Date != "" {
		head = append(head, c.lang.Date(string(r.Document.Date)))
	}
	fmt.Fprintf(&b, "<h1 lang=\"vi\">%s</h1>\n<p>%s</p>\n<p>", esc(title), esc(strings.Join(head, " · ")))
	for _, class := range []string{"figure", "difficulty", "recommendation", "directive", "commitment"} {
		fmt.Fprintf(&b, "<mark class=\"%s\">%s</mark> ", class, esc(c.lang.T("draft_kind."+class)))
	}
	all := c.notedOf(r)
	var marks []markedSpan
	var lists strings.Builder
	for _, key := range notedKeys {
		if len(all[key]) == 0 {
			continue
		}
		fmt.Fprintf(&lists, "<h2>%s (%d)</h2>\n<ol>\n", esc(c.lang.T(key)), len(all[key]))
		for _, n := range all[key] {
			id := strconv.Itoa(len(marks) + 1)
			hover := strings.Join(append([]string{c.lang.T(key)}, n.parts...), " · ")
			if n.class == "check" {
				hover = n.head
			}
			marks = append(marks, markedSpan{n.span, n.class, hover, id})
			lists.WriteString(c.notedItem(n, layer, id))
		}
		lists.WriteString("</ol>\n")
	}
	fmt.Fprintf(&b, "</p>\n<div class=\"text\" lang=\"vi\">%s</div>\n%s<footer><p>%s</p></footer>\n</body>\n</html>\n", markUp(layer, marks), lists.String(),
		esc(c.lang.T("cli.read_footer", r.Source.SHA256)))
	return b.String()
}

// notedItem is one entry of the list: the words, the fields, and what opens: sentence and reasons.
func (c *call) notedItem(n noted, layer, id string) string {
	var b strings.Builder
	esc := html.EscapeString
	fmt.Fprintf(&b, "<li id=\"d%s\"><a href=\"#t%s\" lang=\"vi\">%s</a>", id, id, esc(oneLine(n.head)))
	if len(n.parts) > 0 {
		fmt.Fprintf(&b, "<br><span class=\"parts\">%s</span>", esc(strings.Join(n.parts, " · ")))
	}
	if words := oneLine(n.sentence.Of(layer)); words != "" {
		fmt.Fprintf(&b, "<details><summary>%s</summary><p lang=\"vi\">“%s”</p>", esc(c.lang.T("cli.read_reasons")), esc(words))
		if len(n.why) > 0 {
			b.WriteString("<ul>")
			for _, e := range n.why {
				line := c.reasonText(layer, n.sentence, e)
				if e.Against != "" {
					line += "; " + c.lang.T("cli.read_against", e.Against)
				}
				b.WriteString("<li>" + esc(line) + "</li>")
			}
			b.WriteString("</ul>")
		}
		if n.rule != "" {
			b.WriteString("<p>" + esc(c.lang.T("cli.read_rule", n.rule)) + "</p>")
		}
		b.WriteString("</details>")
	}
	b.WriteString("</li>\n")
	return b.String()
}

// A markedSpan is a stretch of the text that a thing read rests on.
type markedSpan struct {
	span  text.Span
	class string
	title string
	id    string
}

// markUp wraps each stretch of the text into the marks that cover it, cut at every edge, so that marks may overlap. The first piece
// of each has its anchor. Marks are opened at their start and taken from the list at their end, so that the cost follows the text and the
// number of marks that lie over one another, not their number altogether.
func markUp(s string, marks []markedSpan) string {
	edges := []int{0, len(s)}
	for _, m := range marks {
		edges = append(edges, m.span[0], m.span[1])
	}
	sort.Ints(edges)
	order := make([]int, len(marks))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return marks[order[a]].span[0] < marks[order[b]].span[0] })
	var b strings.Builder
	var open []int
	for i := 0; i+1 < len(edges); i++ {
		from, to := edges[i], edges[i+1]
		if from == to {
			continue
		}
		kept := open[:0]
		for _, m := range open {
			if marks[m].span[1] > from {
				kept = append(kept, m)
			}
		}
		open = kept
		for len(order) > 0 && marks[order[0]].span[0] <= from {
			if marks[order[0]].span[1] > from {
				open = append(open, order[0])
			}
			order = order[1:]
		}
		for _, m := range open {
			anchor := ""
			if marks[m].span[0] == from {
				anchor = fmt.Sprintf(" id=\"t%s\"", marks[m].id)
			}
			fmt.Fprintf(&b, "<mark class=\"%s\"%s title=\"%s\">", marks[m].class, anchor, html.EscapeString(marks[m].title))
		}
		b.WriteString(html.EscapeString(s[from:to]) + strings.Repeat("</mark>", len(open)))
	}
	return b.String()
}
