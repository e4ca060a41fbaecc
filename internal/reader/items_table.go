package reader

import (
	"strings"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// A taskTable says which column of a table holds what; -1 where there is none.
type taskTable struct {
	what, lead, partners, due int // of a table of tasks
	by, to                    int // of a table of recommendations
	kind                      act
	last                      int // paragraph of its last row
}

// taskColumns are the heads of taskColumns by what they hold; the first word that a head holds decides.
var taskColumns = []struct {
	words string
	set   func(t *taskTable, i int)
}{
	{"đơn vị kiến nghị|đơn vị đề xuất|nơi kiến nghị|đơn vị, địa phương|địa phương kiến nghị", func(t *taskTable, i int) { t.by = i }},
	{"phối hợp", func(t *taskTable, i int) { t.partners = i }},
	{"chủ trì|cơ quan thực hiện|đơn vị thực hiện|cơ quan, đơn vị thực hiện|trách nhiệm thực hiện|phân công", func(t *taskTable, i int) { t.lead = i }},
	{"giải quyết|thẩm quyền|nơi trả lời|cơ quan xử lý|đơn vị xử lý|cơ quan trả lời|đơn vị trả lời", func(t *taskTable, i int) { t.to = i }},
	{"thời gian|thời hạn|hạn hoàn thành|tiến độ|hoàn thành", func(t *taskTable, i int) { t.due = i }},
	{"nhiệm vụ|công việc|nội dung|kiến nghị", func(t *taskTable, i int) { t.what = i }},
	{"đơn vị|địa phương|nơi kiến nghị", func(t *taskTable, i int) { t.by = i }},
}

// row reads one row of a table: a head with the right taskColumns opens a table of tasks or of recommendations, the rows after it
// are its items. Rows of other tables hold figures only.
func (r *itemReader) row(p para) {
	cells := r.cells(p)
	if r.table != nil && r.table.last+1 == r.para && !r.numbered(cells) {
		r.table.last = r.para
		r.tableItem(cells)
		return
	}
	t := taskTable{what: -1, lead: -1, partners: -1, due: -1, by: -1, to: -1, last: r.para}
	for i, c := range cells {
		t.head(text.Norm(c.Of(r.Text)), i)
	}
	r.table = nil
	switch {
	case t.what >= 0 && t.lead >= 0:
		t.kind = directiveAct
	case t.what >= 0 && t.to >= 0:
		t.kind = recommendationAct
	default:
		return
	}
	r.table = &t
}

// numbered reports whether a row is a head: its first cell heads the numbers of the rows.
func (r *itemReader) numbered(cells []text.Span) bool {
	switch text.Norm(cells[0].Of(r.Text)) {
	case "tt", "stt", "số tt", "số thứ tự":
		return true
	}
	return false
}

func (t *taskTable) head(words string, i int) {
	for _, c := range taskColumns {
		for w := range strings.SplitSeq(c.words, "|") {
			if strings.Contains(words, w) {
				c.set(t, i)
				return
			}
		}
	}
}

// cells gives the spans of a row's cells without the white space around them.
func (r *itemReader) cells(p para) []text.Span {
	var out []text.Span
	at := p.Span[0]
	for _, cell := range strings.Split(p.Span.Of(r.Text), "\t") {
		trimmed := strings.TrimSpace(cell)
		from := at + strings.Index(cell, trimmed)
		out = append(out, text.Span{from, from + len(trimmed)})
		at += len(cell) + 1
	}
	return out
}

// tableItem makes the item of a row.
func (r *itemReader) tableItem(cells []text.Span) {
	t := r.table
	cell := func(i int) string {
		if i < 0 || i >= len(cells) {
			return ""
		}
		return cells[i].Of(r.Text)
	}
	if t.what >= len(cells) || len(strings.Fields(cell(t.what))) < 3 {
		return
	}
	span := cells[t.what]
	for span.Len() > 0 && strings.ContainsAny(r.Text[span[1]-1:span[1]], ".;") {
		span[1]--
	}
	it := gov.ItemDraft{Text: span.Of(r.Text), Span: span, Confidence: gov.Sure, Sentence: r.paras[r.para].Span, Rule: "item.table"}
	if t.kind == recommendationAct {
		it.By, it.To = cell(t.by), cell(t.to)
		if t.by < 0 {
			it.By = r.speaker.Name
		}
		r.out.Recommendations = append(r.out.Recommendations, it)
		return
	}
	if cell(t.lead) == "" {
		return // a row that only heads others
	}
	it.By = r.speaker.Name
	it.Assignees = splitBodies(cell(t.lead))
	it.Lead = it.Assignees[0]
	if c := cell(t.partners); c != "" && c != "-" {
		it.Coordinators = splitBodies(c)
	}
	if d := cell(t.due); strings.ContainsAny(d, "0123456789") || strings.Contains(text.Norm(d), "trước") {
		it.Due = d
	}
	it.Strength = gov.Assigned
	r.out.Directives = append(r.out.Directives, it)
}

// splitBodies cuts a cell into bodies at semicolons, and at commas and "và" before another body.
func splitBodies(s string) []string {
	var out []string
	for part := range strings.SplitSeq(s, ";") {
		toks := text.Split(part).Tokens
		from := 0
		for i := 1; i+1 < len(toks); i++ {
			if w := toks[i].Norm; w != "," && w != "và" || !toks[i+1].Upper || inCompound(toks, i) {
				continue
			}
			if t, k := vocab().bodies.At(toks, i+1); k > 0 && t != "quant" {
				out = append(out, strings.TrimSpace(part[from:toks[i].Span[0]]))
				from = toks[i].Span[1]
			}
		}
		if p := strings.TrimSpace(part[from:]); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// inCompound reports whether the joining word at token i stands inside a name ("HĐND và UBND").
func inCompound(toks []text.Token, i int) bool {
	for j := max(0, i-6); j < i; j++ {
		if _, k := vocab().compounds.At(toks, j); j+k > i+1 {
			return true
		}
	}
	return false
}
