package main

import (
	"fmt"
	"regexp"
	"strings"
)

// table reads a block between [name …] and [/name].
func (p *parser) table(open string, lines []string) error {
	head, ok := strings.CutSuffix(strings.TrimPrefix(open, "["), "]")
	words := strings.Fields(head)
	if !ok || len(words) == 0 {
		return fmt.Errorf("%q opens no table", open)
	}
	switch words[0] {
	case "head", "sign":
		return p.columns(words[0], lines)
	case "table":
		return p.grid(words[1:], lines)
	}
	return fmt.Errorf("unknown table %s", words[0])
}

// columns reads a letterhead or a signature block: two columns without lines around them.
func (p *parser) columns(style string, lines []string) error {
	b := block{style: style, rows: [][]cell{make([]cell, 2)}, width: []int{41, 59}}
	if style == "sign" {
		b.width = []int{50, 50}
	}
	p.frame = true
	defer func() { p.frame = false }()
	for _, line := range lines {
		line = strings.TrimSpace(line)
		row := b.rows[len(b.rows)-1]
		side, text, _ := strings.Cut(line, " ")
		text, err := p.inline(text)
		if err != nil {
			return err
		}
		switch side {
		case "":
		case "--":
			b.rows = append(b.rows, make([]cell, 2))
		case "L":
			row[0] = append(row[0], text)
		case "R":
			row[1] = append(row[1], text)
		default:
			return fmt.Errorf("%q belongs to no column", line)
		}
	}
	p.blocks = append(p.blocks, b)
	return nil
}

// grid reads a table with lines.
func (p *parser) grid(roles []string, lines []string) error {
	b := block{style: "grid", width: widths(roles)}
	for _, line := range lines {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			continue
		case line == "---":
			b.heads = len(b.rows)
			continue
		}
		var err error
		var row []cell
		if b.heads == 0 {
			row, err = p.headRow(line)
		} else {
			row, err = p.row(roles, b.rows[0], line)
		}
		if err != nil {
			return err
		}
		if len(row) > len(roles) {
			return fmt.Errorf("%d cells for %d columns: %s", len(row), len(roles), line)
		}
		for len(row) < len(roles) {
			row = append(row, nil)
		}
		b.rows = append(b.rows, row)
	}
	p.blocks = append(p.blocks, b)
	return nil
}

func (p *parser) headRow(line string) ([]cell, error) {
	p.frame = true
	defer func() { p.frame = false }()
	var row []cell
	for _, c := range cells(line) {
		text, err := p.inline(c)
		if err != nil {
			return nil, err
		}
		row = append(row, cell{text})
	}
	return row, nil
}

// widths shares out the page's width by the columns' roles.
func widths(roles []string) []int {
	weight := map[string]int{"no": 3, "label": 16, "measure": 6, "unit": 12, "task": 18, "lead": 9, "coord": 10, "due": 7, "rec": 18, "by": 8, "to": 9}
	total := 0
	out := make([]int, len(roles))
	for i, r := range roles {
		if out[i] = weight[r]; out[i] == 0 {
			out[i] = 6
		}
		total += out[i]
	}
	for i := range out {
		out[i] = out[i] * 100 / total
	}
	return out
}

// cells parts a row at the bars that stand outside labels.
func cells(line string) []string {
	var out []string
	depth, from := 0, 0
	for i, r := range line {
		switch {
		case r == '⟦':
			depth++
		case r == '⟧':
			depth--
		case r == '|' && depth == 0:
			out = append(out, strings.TrimSpace(line[from:i]))
			from = i + 1
		}
	}
	return append(out, strings.TrimSpace(line[from:]))
}

// number is a cell that holds a figure: what may stand before it, the number, and a measure of its own.
var number = regexp.MustCompile(`^((?:≥|≤|>|<|~|Trên|Dưới|Từ|Không quá|Khoảng|Ít nhất|Tối thiểu)? ?)(\d[\d.,]*(?:/\d[\d.,]*)?)(%?)( trở lên)?$`)

var comparators = map[string]string{"≥": ">=", ">": ">=", "trên": ">=", "từ": ">=", "ít nhất": ">=", "tối thiểu": ">=",
	"≤": "<=", "<": "<=", "dưới": "<=", "không quá": "<=", "~": "~", "khoảng": "~"}

// row reads one row of a table below its head and makes the labels that its columns' roles say.
func (p *parser) row(roles []string, head []cell, line string) ([]cell, error) {
	var of map[string]string
	if rest, ok := strings.CutPrefix(line, "{"); ok {
		head, after, _ := strings.Cut(rest, "}")
		fields, err := fieldsOf(head)
		if err != nil {
			return nil, err
		}
		of, line = fields, strings.TrimSpace(after)
	}
	raw := cells(line)
	parts := map[string]*label{} // the cells of a task or a recommendation, by role
	var item *label
	measure, title, unit := "", "", ""
	var row []cell
	for i, c := range raw {
		if i >= len(roles) {
			return nil, fmt.Errorf("too many cells: %s", line)
		}
		role := roles[i]
		text, err := p.inline(c)
		if err != nil {
			return nil, err
		}
		switch {
		case text == "" || role == "no":
		case role == "measure":
			measure = strings.ToLower(text)
		case role == "label":
			title = strings.TrimSpace(strings.TrimPrefix(strings.TrimLeft(bare(text), "-+ "), "Trong đó:"))
		case role == "unit":
			unit = lowerFirst(bare(text))
		case strings.Contains(role, ":"):
			what := title
			if what == "" { // a row of a unit: the column says what is counted
				what = bare(head[i][0])
			}
			text = p.figureCell(role, text, merged(of, map[string]string{"m": measure, "l": what, "u": unit}))
		default:
			l := &label{kind: "cell", fields: map[string]string{}}
			if role == "task" || role == "rec" {
				l.kind, item = map[string]string{"task": "d", "rec": "r"}[role], l
				l.fields = merged(of, nil)
			}
			parts[role] = l
			n := p.add(l)
			text = fmt.Sprintf("⟦%d⟧%s⟦/%d⟧", n, text, n)
		}
		row = append(row, cell{text})
	}
	if item != nil {
		item.row = parts
		if item.kind == "d" || parts["by"] == nil {
			p.inheritBy(item)
		}
	}
	return row, nil
}

func (p *parser) inheritBy(l *label) {
	if _, said := l.fields["by"]; !said && p.state["by "+l.kind] != "" {
		l.fields["by"] = p.state["by "+l.kind]
	}
}

// figureCell tags the number of a cell, where the cell is one.
func (p *parser) figureCell(role, text string, fields map[string]string) string {
	m := number.FindStringSubmatch(text)
	if m == nil {
		return text
	}
	part := strings.SplitN(role, ":", 3)
	f := merged(fields, nil)
	f["kind"] = part[0]
	if f["p"] == "" {
		f["p"] = part[1]
	}
	if len(part) == 3 {
		f["m"] = strings.ReplaceAll(part[2], "~", " ")
	}
	if m[3] == "%" {
		f["m"] = "%"
	}
	if f["u"] == "" {
		delete(f, "u")
	}
	if sign := comparators[strings.ToLower(strings.TrimSpace(m[1]))]; sign != "" {
		f["c"] = sign
	} else if m[4] != "" {
		f["c"] = ">="
	}
	l := &label{kind: "f", fields: f}
	p.inherit(l)
	n := p.add(l)
	return fmt.Sprintf("%s⟦%d⟧%s%s⟦/%d⟧%s", m[1], n, m[2], m[3], n, m[4])
}

var anyTag = regexp.MustCompile(`⟦/?\d+⟧`)

// bare is a text without tags and without signs for bold and italic.
func bare(s string) string {
	return strings.NewReplacer("**", "", "//", "").Replace(anyTag.ReplaceAllString(s, ""))
}

// lowerFirst writes the type of a unit small: Phường Tân An is phường Tân An.
func lowerFirst(s string) string {
	first, rest, _ := strings.Cut(s, " ")
	if strings.EqualFold(first, "đặc") || strings.EqualFold(first, "thành") || strings.EqualFold(first, "thị") {
		second, after, _ := strings.Cut(rest, " ")
		return strings.ToLower(first) + " " + strings.ToLower(second) + " " + after
	}
	return strings.ToLower(first) + " " + rest
}
