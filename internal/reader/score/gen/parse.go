package main

import (
	"fmt"
	"maps"
	"strings"
)

// A document is a source as it was parsed. Texts of paragraphs hold tags ⟦n⟧ … ⟦/n⟧ where the label n is.
type document struct {
	meta   map[string]string
	blocks []block
	labels []*label
	checks []check
}

// A block is a paragraph, or a table where rows are given.
type block struct {
	style string // body, title, heading, subheading, centre, italic, bullet, autobullet; of a table: head, sign or grid
	text  string
	rows  [][]cell
	heads int   // rows of the table's head
	width []int // of its columns, in hundredths
}

type cell []string // paragraphs

// A label is what the source says of a stretch of text.
type label struct {
	kind   string
	fields map[string]string
	topic  *label
	row    map[string]*label // of a row of a table: the labels of its other cells, by role
}

// A check is a contradiction that the source was given on purpose.
type check struct {
	rule, message string
	figures       []string
}

type parser struct {
	*document
	state map[string]string // what @key lines set
	frame bool              // no items and no figures here
	topic *label            // waiting for its item
}

func parse(src string) (*document, error) {
	p := &parser{document: &document{meta: map[string]string{}}, state: map[string]string{}}
	lines := strings.Split(src, "\n")
	for i := 0; i < len(lines); i++ {
		line := strings.TrimSpace(lines[i])
		var err error
		switch {
		case line == "" || line[0] == '%':
		case line[0] == '@':
			err = p.set(line[1:])
		case strings.HasPrefix(line, "["):
			from := i
			for i < len(lines) && !strings.HasPrefix(lines[i], "[/") {
				i++
			}
			err = p.table(line, lines[from+1:min(i, len(lines))])
		default:
			err = p.paragraph(line)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return p.document, nil
}

// set keeps what an @ line says.
func (p *parser) set(line string) error {
	key, value, _ := strings.Cut(line, " ")
	switch key {
	case "kind", "date", "title":
		p.meta[key] = value
	case "by":
		who, name, _ := strings.Cut(value, " ")
		p.state["by "+who] = name
	case "unit", "period", "assign", "bullets":
		p.state[key] = value
	case "check":
		what, message, ok := strings.Cut(value, ": ")
		words := strings.Fields(what)
		if !ok || len(words) < 1 {
			return fmt.Errorf("a check is RULE figures: sentence")
		}
		p.checks = append(p.checks, check{words[0], message, words[1:]})
	default:
		return fmt.Errorf("unknown @%s", key)
	}
	return nil
}

// marks are the starts of lines that are no body paragraphs, the longer ones first.
var marks = []struct {
	mark, style string
	frame       bool
}{{"### ", "subheading", true}, {"## ", "heading", true}, {"# ", "title", true}, {"> ", "centre", true}, {"^ ", "italic", true}, {"- ", "bullet", false}}

func (p *parser) paragraph(line string) error {
	b := block{style: "body"}
	for _, m := range marks {
		if rest, ok := strings.CutPrefix(line, m.mark); ok {
			b.style, line, p.frame = m.style, rest, m.frame
			break
		}
	}
	text, err := p.inline(line)
	p.frame, p.topic = false, nil
	if b.style == "bullet" && p.state["bullets"] == "word" {
		b.style = "autobullet"
	} else if b.style == "bullet" {
		text = "- " + text
	}
	b.text = text
	p.blocks = append(p.blocks, b)
	return err
}

// inline turns the labels of a line into tags.
func (p *parser) inline(s string) (string, error) {
	var out strings.Builder
	for {
		i := strings.Index(s, "⟦")
		if i < 0 {
			out.WriteString(s)
			return out.String(), nil
		}
		out.WriteString(s[:i])
		end := closing(s[i:])
		if end < 0 {
			return "", fmt.Errorf("a label without an end: %.40s", s[i:])
		}
		inner := s[i+len("⟦") : i+end]
		s = s[i+end+len("⟧"):]
		head, body, ok := strings.Cut(inner, "|")
		if !ok {
			return "", fmt.Errorf("a label without |: %.40s", inner)
		}
		l, err := p.label(head)
		if err != nil {
			return "", err
		}
		n := p.add(l)
		text, err := p.inline(body)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&out, "⟦%d⟧%s⟦/%d⟧", n, text, n)
	}
}

func (p *parser) add(l *label) int {
	p.labels = append(p.labels, l)
	return len(p.labels) - 1
}

// closing is where the label that s begins with ends, -1 where it does not.
func closing(s string) int {
	depth := 0
	for i, r := range s {
		switch r {
		case '⟦':
			depth++
		case '⟧':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

var figureKinds = map[string]bool{"result": true, "estimate": true, "target": true, "plan_ratio": true, "change": true}

// allowed are the fields of each kind of label.
var allowed = map[string]string{"f": "kind i p u c m v l id", "d": "a lead co due s past by answers", "r": "by to", "c": "by", "k": "", "t": "", "p": "title name", "u": "code name"}

// label reads a label's head and fills in what holds at this place.
func (p *parser) label(head string) (*label, error) {
	kind, rest, _ := strings.Cut(strings.TrimSpace(head), " ")
	fields, err := fieldsOf(rest)
	if err != nil {
		return nil, err
	}
	known, ok := allowed[kind]
	if !ok {
		return nil, fmt.Errorf("unknown label %q", kind)
	}
	for k := range fields {
		if !strings.Contains(" "+known+" ", " "+k+" ") {
			return nil, fmt.Errorf("label %s has no field %s", kind, k)
		}
	}
	if p.frame && kind != "p" && kind != "u" {
		return nil, fmt.Errorf("a frame or heading holds no items and no figures: %s", head)
	}
	l := &label{kind: kind, fields: fields}
	p.inherit(l)
	switch kind {
	case "t":
		p.topic = l
	case "d", "r", "c", "k":
		l.topic, p.topic = p.topic, nil
	}
	return l, nil
}

// inherit fills in what @ lines set and takes "-" for empty.
func (p *parser) inherit(l *label) {
	put := func(field, key string) {
		if _, said := l.fields[field]; !said && p.state[key] != "" {
			l.fields[field] = p.state[key]
		}
	}
	switch l.kind {
	case "f":
		put("u", "unit")
		put("p", "period")
	case "d":
		if l.fields["lead"] == "" {
			put("a", "assign")
		}
		put("by", "by d")
	case "r", "c":
		put("by", "by "+l.kind)
	}
	for k, v := range l.fields {
		if v == "-" {
			l.fields[k] = ""
		}
	}
}

// fieldsOf reads key=value and key="value with spaces"; a bare word is a figure's kind.
func fieldsOf(s string) (map[string]string, error) {
	fields := map[string]string{}
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		word, rest, _ := strings.Cut(s, " ")
		key, value, ok := strings.Cut(word, "=")
		switch {
		case !ok && figureKinds[word]:
			fields["kind"], s = word, rest
		case !ok:
			return nil, fmt.Errorf("%q is no field", word)
		case strings.HasPrefix(value, `"`):
			value, rest, ok = strings.Cut(s[len(key)+2:], `"`)
			if !ok {
				return nil, fmt.Errorf("a quotation without end: %s", s)
			}
			fields[key], s = value, rest
		default:
			fields[key], s = value, rest
		}
	}
	return fields, nil
}

// merged is a copy of fields with more beside them; what stands first stays.
func merged(fields, more map[string]string) map[string]string {
	out := maps.Clone(more)
	if out == nil {
		out = map[string]string{}
	}
	maps.Copy(out, fields)
	return out
}
