package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"haicap/internal/extract"
	"haicap/internal/gov"
	"haicap/internal/text"
)

// A golden is one entry of a gold file. The order of its fields is the order in the file; a field that is nil is not judged.
type golden struct {
	Text         string     `json:"text"`
	Name         *string    `json:"name,omitempty"`
	Title        *string    `json:"title,omitempty"`
	Span         text.Span  `json:"span"`
	Topic        string     `json:"topic,omitempty"`
	TopicSpan    *text.Span `json:"topic_span,omitempty"`
	Code         *string    `json:"code,omitempty"`
	Value        *float64   `json:"value,omitempty"`
	Of           *float64   `json:"of,omitempty"`
	Measure      *string    `json:"measure,omitempty"`
	Kind         string     `json:"kind,omitempty"`
	Comparator   string     `json:"comparator,omitempty"`
	Label        *string    `json:"label,omitempty"`
	Indicator    *string    `json:"indicator,omitempty"`
	Period       *string    `json:"period,omitempty"`
	Unit         *string    `json:"unit,omitempty"`
	By           *string    `json:"by,omitempty"`
	To           *string    `json:"to,omitempty"`
	Assignees    *[]string  `json:"assignees,omitempty"`
	Lead         *string    `json:"lead,omitempty"`
	Coordinators *[]string  `json:"coordinators,omitempty"`
	Due          *string    `json:"due,omitempty"`
	Strength     string     `json:"strength,omitempty"`
	Answers      string     `json:"answers,omitempty"`
	Past         bool       `json:"past,omitempty"`
}

// A layer is the text of a document with where its labels stand.
type layer struct {
	text  string
	spans map[int]text.Span
}

// untag takes the tags out of a tagged text layer and notes where they stood.
func untag(tagged string) layer {
	l := layer{spans: map[int]text.Span{}}
	var out strings.Builder
	for {
		at := anyTag.FindStringIndex(tagged)
		if at == nil {
			out.WriteString(tagged)
			l.text = out.String()
			return l
		}
		out.WriteString(tagged[:at[0]])
		tag := strings.Trim(tagged[at[0]:at[1]], "⟦⟧")
		end := strings.HasPrefix(tag, "/")
		n, _ := strconv.Atoi(strings.TrimPrefix(tag, "/")) // the pattern holds digits only
		if s := l.spans[n]; end {
			l.spans[n] = text.Span{s[0], out.Len()}
		} else {
			l.spans[n] = text.Span{out.Len(), out.Len()}
		}
		tagged = tagged[at[1]:]
	}
}

func (l layer) of(n int) string { return l.text[l.spans[n][0]:l.spans[n][1]] }

// gold makes the gold file of the document: its labels where they stand in the text layer of the Word file.
func (d *document) gold(name string, docx, tagged []byte) ([]byte, error) {
	plain, err := extract.Extract(name, docx)
	if err != nil {
		return nil, err
	}
	marked, err := extract.Extract(name, tagged)
	if err != nil {
		return nil, err
	}
	l := untag(marked.Text)
	if l.text != plain.Text {
		return nil, fmt.Errorf("the text layer is another one where tags are in it: they point nowhere")
	}
	lists := map[string][]any{}
	for i, label := range d.labels {
		kind := listOf[label.kind]
		if kind == "" {
			continue
		}
		g, err := d.golden(l, i, label)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", l.of(i), err)
		}
		lists[kind] = append(lists[kind], g)
	}
	if lists["checks"], err = d.goldenChecks(l); err != nil {
		return nil, err
	}
	source := gov.ReadingSource{Name: name, SHA256: gov.SHA256(docx), Bytes: len(docx),
		Text: &gov.TextLayer{SHA256: gov.SHA256([]byte(l.text)), Bytes: len(l.text)}}
	return d.file(source, lists)
}

// listOf names the list of a gold file that a kind of label goes to.
var listOf = map[string]string{"u": "units", "p": "people", "f": "figures", "k": "difficulties", "r": "recommendations", "d": "directives", "c": "commitments"}

// file writes a gold file: a line for each entry, so that changes can be read.
func (d *document) file(source gov.ReadingSource, lists map[string][]any) ([]byte, error) {
	var out bytes.Buffer
	var failed error
	put := func(v any) {
		e := json.NewEncoder(&out)
		e.SetEscapeHTML(false)
		if err := e.Encode(v); err != nil {
			failed = err
		}
		out.Truncate(out.Len() - 1) // Encode ends with a line break
	}
	out.WriteString("{\"schema\":")
	put(gov.ReadingSchema)
	out.WriteString(",\n\"source\":")
	put(source)
	out.WriteString(",\n\"document\":")
	put(struct {
		Kind  string `json:"kind"`
		Title string `json:"title"`
		Date  string `json:"date"`
	}{d.meta["kind"], d.meta["title"], d.meta["date"]})
	for _, kind := range []string{"units", "people", "figures", "difficulties", "recommendations", "directives", "commitments", "checks"} {
		fmt.Fprintf(&out, ",\n%q:[", kind)
		for i, g := range lists[kind] {
			if i > 0 {
				out.WriteByte(',')
			}
			out.WriteString("\n ")
			put(g)
		}
		out.WriteString("]")
	}
	out.WriteString("}\n")
	return out.Bytes(), failed
}

func (d *document) golden(l layer, n int, label *label) (golden, error) {
	f := label.fields
	g := golden{Text: l.of(n), Span: l.spans[n]}
	if label.topic != nil {
		at := l.spans[d.index(label.topic)]
		g.Topic, g.TopicSpan = l.text[at[0]:at[1]], &at
	}
	said := func(k string) *string { return field(f, k) }
	switch label.kind {
	case "u":
		g.Name, g.Code = said("name"), said("code")
		if *g.Name == "" {
			*g.Name = g.Text
		}
	case "p":
		g.Name, g.Title = said("name"), said("title")
		if *g.Name == "" {
			*g.Name = g.Text
		}
	case "f":
		return g, figure(&g, f)
	case "r":
		g.By, g.To = said("by"), said("to")
		d.fromRow(l, label, "by", g.By)
		d.fromRow(l, label, "to", g.To)
	case "c":
		g.By = said("by")
	case "d":
		d.directive(l, label, &g)
	}
	return g, nil
}

// field is what the source says of a field: nothing is the empty word, and "?" is no judgement.
func field(f map[string]string, key string) *string {
	v := f[key]
	if v == "?" {
		return nil
	}
	return &v
}

func (d *document) index(l *label) int {
	for i, other := range d.labels {
		if other == l {
			return i
		}
	}
	return -1
}

// fromRow takes a field from another cell of the row.
func (d *document) fromRow(l layer, item *label, role string, to *string) {
	if c := item.row[role]; c != nil {
		*to = l.of(d.index(c))
	}
}

// vague are words for a time that set no due day.
var vague = map[string]bool{"thường xuyên": true, "hằng quý": true, "hằng năm": true, "hằng tháng": true, "khẩn trương": true}

// directive fills in who does what by when.
func (d *document) directive(l layer, label *label, g *golden) {
	f := label.fields
	by, lead, due, co, to := f["by"], f["lead"], f["due"], f["co"], f["a"]
	d.fromRow(l, label, "lead", &lead)
	d.fromRow(l, label, "due", &due)
	d.fromRow(l, label, "coord", &co)
	if vague[strings.ToLower(due)] {
		due = ""
	}
	if to == "" {
		to = lead
	}
	assignees, partners := names(to), names(co)
	g.By, g.Lead, g.Due, g.Assignees, g.Coordinators = &by, &lead, &due, &assignees, &partners
	g.Strength, g.Answers, g.Past = f["s"], f["answers"], f["past"] == "yes"
	switch {
	case g.Strength != "":
	case len(assignees) > 0:
		g.Strength = string(gov.Assigned)
	default:
		g.Strength = string(gov.Orientation)
	}
}

// names parts a list of bodies at its semicolons, of which a cell that lists bodies may have none: then it is one group.
func names(s string) []string {
	out := []string{}
	for _, n := range strings.Split(s, ";") {
		if n = strings.TrimSpace(n); n != "" {
			out = append(out, n)
		}
	}
	return out
}

var (
	leading = regexp.MustCompile(`^(\d[\d.,]*)(?:/(\d[\d.,]*))?\s*`)
	groups  = regexp.MustCompile(`^[1-9]\d{0,2}(\.\d{3})+(,\d+)?$`)
)

// figure fills in a figure: value and measure from its words, by the contract's rule for numbers, unless the source says them.
func figure(g *golden, f map[string]string) error {
	value, measure := f["v"], f["m"]
	m := leading.FindStringSubmatch(g.Text)
	if m != nil {
		m[1], m[2] = strings.TrimRight(m[1], ".,"), strings.TrimRight(m[2], ".,")
	}
	if value == "" {
		if m == nil {
			return fmt.Errorf("no number at the start, so v= is needed")
		}
		value = m[1]
		if m[2] != "" {
			of, err := valueOf(m[2])
			if err != nil {
				return err
			}
			g.Of = &of
		}
	}
	v, err := valueOf(value)
	if err != nil {
		return err
	}
	if _, said := f["m"]; !said && m != nil {
		measure = strings.ToLower(strings.TrimSpace(g.Text[len(m[0]):]))
	}
	g.Value, g.Measure = &v, &measure
	g.Kind, g.Comparator = f["kind"], f["c"]
	switch g.Kind {
	case "":
		g.Kind = string(gov.Result)
	case "?":
		g.Kind = ""
	}
	if g.Comparator == "" {
		g.Comparator = string(gov.Equal)
	}
	g.Label, g.Indicator, g.Period, g.Unit = field(f, "l"), field(f, "i"), field(f, "p"), field(f, "u")
	return nil
}

// valueOf reads a number: groups of three after dots are thousands, a comma is the decimal sign, and so is any other dot.
func valueOf(s string) (float64, error) {
	if groups.MatchString(s) {
		s = strings.ReplaceAll(s, ".", "")
	}
	return strconv.ParseFloat(strings.ReplaceAll(s, ",", "."), 64)
}

func (d *document) goldenChecks(l layer) ([]any, error) {
	var out []any
	for _, c := range d.checks {
		spans := []text.Span{}
		for _, id := range c.figures {
			found := false
			for i, label := range d.labels {
				if label.fields["id"] == id {
					spans, found = append(spans, l.spans[i]), true
				}
			}
			if !found {
				return nil, fmt.Errorf("check %s: no figure has id=%s", c.rule, id)
			}
		}
		out = append(out, gov.Check{Rule: c.rule, Message: c.message, Spans: spans})
	}
	return out, nil
}
