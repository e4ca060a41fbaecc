package reader

import (
	"haicap/internal/gov"
	"haicap/internal/text"
)

// A sheet is what the head of a table says of its columns. It holds for the rows below, up to the next line that is no row.
type sheet struct {
	next    int // paragraph that would continue it
	columns []column
	silent  bool // a table of tasks, recommendations or people: no figures
	period  gov.Period
}

// A column is what its head says.
type column struct {
	role   columnRole
	kind   gov.FigureKind
	period gov.Period
	ratio  bool // its values are percentages
}

type columnRole uint8

const (
	noColumn columnRole = iota // row numbers, remarks
	labels
	measureColumn
	valueColumn
)

// A cell is the tokens [First, Last) between two tabs; both are equal where it is empty.
type cell struct{ First, Last int }

// cells cuts a row at its tabs. Empty cells have no tokens, so that columns keep their places.
func (d *doc) cells(p para) []cell {
	first, last := d.Sentences[p.First].First, d.end(p)
	begin := p.Span[0]
	for begin > 0 && d.Text[begin-1] != '\n' && d.Text[begin-1] != '\r' {
		begin--
	}
	var list []cell
	at := first
	for i := begin; i <= p.Span[1]; i++ {
		if i < p.Span[1] && d.Text[i] != '\t' {
			continue
		}
		c := cell{at, at}
		for at < last && d.Tokens[at].Span[1] <= i {
			at++
		}
		c.Last = at
		list = append(list, c)
	}
	return list
}

// row reads one row of a table: its head, or its figures.
func (f *figures) row(i int) {
	cells := f.cells(f.paras[i])
	if f.table == nil || f.table.next != i {
		f.table = &sheet{period: f.tablePeriod(i)}
	}
	f.table.next = i + 1
	if f.isHead(cells) {
		f.tableHead(cells)
		return
	}
	if f.table.silent {
		return
	}
	f.tableRow(f.paras[i], cells)
}

// tablePeriod is the time that the lines above a table name.
func (f *figures) tablePeriod(i int) gov.Period {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		p := f.paras[k]
		if p.Class == body || p.Class == tableRow {
			break
		}
		if at := f.timeWithin(f.Sentences[p.First].First, f.end(p)); at != "" {
			return at
		}
	}
	return ""
}

// timeWithin gives the period of the first time in the tokens that has one.
func (f *figures) timeWithin(first, last int) gov.Period {
	for k := f.timeIndex(first); k < len(f.times) && f.times[k].First < last; k++ {
		if t := f.times[k]; t.Shape != duration && t.Shape != day {
			return f.period(t)
		}
	}
	return ""
}

var (
	indexHeads   = phrases([]string{"stt", "tt", "số tt", "ghi chú", "số thứ tự", "văn bản", "căn cứ"})
	labelHeading = phrases([]string{"chỉ tiêu", "nội dung", "tên chỉ tiêu", "danh mục", "lĩnh vực", "tiêu chí", "tên", "hạng mục", "nhóm chỉ tiêu", "các chỉ tiêu", "chỉ tiêu chủ yếu", "đơn vị hành chính", "nguồn", "ngành"})
	measureHeads = phrases([]string{"đvt", "đơn vị tính", "đơn vị"})
	silentHeads  = phrases([]string{"chủ trì", "cơ quan chủ trì", "phối hợp", "cơ quan phối hợp", "thời gian hoàn thành", "thời hạn", "thời gian thực hiện", "kiến nghị", "nội dung kiến nghị", "cơ quan giải quyết", "họ và tên", "chức vụ", "nơi nhận", "người phụ trách", "phân công"})
	planHeads    = phrases([]string{"kế hoạch", "kh", "chỉ tiêu giao", "mục tiêu", "nghị quyết", "dự toán", "phấn đấu", "giao"})
	doneHeads    = phrases([]string{"thực hiện", "kết quả", "đạt", "th", "số liệu", "đến nay"})
	guessHeads   = phrases([]string{"ước", "ước thực hiện", "ước đạt", "ước th", "dự kiến"})
	shareHeads   = phrases([]string{"%", "tỷ lệ", "tỉ lệ", "so với", "so sánh", "so kh", "tỷ lệ %"})
	beforeHeads  = phrases([]string{"cùng kỳ", "năm trước", "ck"})
)

// isHead reports whether a row heads columns: it names at least two of them and holds no value.
func (f *figures) isHead(cells []cell) bool {
	known := 0
	for _, c := range cells {
		if _, ok := f.cellNumber(c, ""); ok && !f.busyCell(c) {
			return false
		}
		for _, dict := range []interface {
			At([]text.Token, int) (bool, int)
		}{indexHeads, labelHeading, measureHeads, planHeads, doneHeads, guessHeads, shareHeads, silentHeads} {
			if c.Last > c.First && c.Last-c.First < 16 && f.has(dict, c.First, c.Last) {
				known++
				break
			}
		}
		if c.Last > c.First && f.busyCell(c) {
			known++
		}
	}
	return known >= 2
}

func (f *figures) busyCell(c cell) bool { return c.Last > c.First && f.busy[c.First] }

// tableHead reads the columns' heads. A second head row ("2026", "2027" under "Mục tiêu") adds to the first.
func (f *figures) tableHead(cells []cell) {
	t := f.table
	above := t.columns
	t.columns = nil
	named := false
	for i, c := range cells {
		var up column
		if i < len(above) {
			up = above[i]
		}
		if f.has(silentHeads, c.First, c.Last) {
			t.silent = true
		}
		col := f.columnOf(c, named)
		if col.role == noColumn && c.Last == c.First {
			col = up
		}
		if col.role == valueColumn && col.kind == gov.Result && up.role == valueColumn && !f.has(doneHeads, c.First, c.Last) {
			col.kind = up.kind
		}
		named = named || col.role == labels
		t.columns = append(t.columns, col)
	}
	// a share of the plan, or of the year before, is of the result's time
	for i := range t.columns {
		if c := &t.columns[i]; c.role == valueColumn && c.period == "" {
			for k := i - 1; k >= 0; k-- {
				if o := t.columns[k]; o.role == valueColumn && o.kind != gov.TargetFig && o.period != "" {
					c.period = o.period
					break
				}
			}
		}
	}
}

// columnOf reads one head.
func (f *figures) columnOf(c cell, named bool) column {
	in := func(dict interface {
		At([]text.Token, int) (bool, int)
	}) bool {
		return f.has(dict, c.First, c.Last)
	}
	col := column{role: valueColumn, kind: gov.Result, period: f.timeWithin(c.First, c.Last)}
	switch {
	case c.First == c.Last, in(indexHeads) && !in(planHeads) && !in(doneHeads):
		return column{}
	case in(measureHeads):
		return column{role: measureColumn}
	case in(shareHeads) && in(beforeHeads):
		col.kind, col.ratio = gov.Change, true
	case in(shareHeads) && (in(planHeads) || in(doneHeads)):
		col.kind, col.ratio = gov.PlanRatio, true
	case !named && in(labelHeading):
		return column{role: labels}
	case in(guessHeads):
		col.kind = gov.Estimate
	case in(doneHeads):
	case in(planHeads):
		col.kind = gov.TargetFig
	case in(shareHeads):
		col.ratio = true
	case !named && col.period == "":
		return column{role: labels}
	case f.future(col.period):
		col.kind = gov.TargetFig
	}
	return col
}

// cellNumber reads a cell that holds one number: a sign or word that compares, the number, "/" and a second one, its measure.
func (f *figures) cellNumber(c cell, measure string) (quantity, bool) {
	num := -1
	for i := c.First; i < c.Last; i++ {
		if f.Tokens[i].Kind == text.Number {
			num = i
			break
		}
	}
	if num < 0 || num > c.First+3 {
		return quantity{}, false
	}
	q := quantity{Num: num, First: num, Last: num + 1, CmpFrom: num, Cmp: gov.Equal, Measure: measure}
	var ok bool
	if q.Value, q.Stray, ok = parseNumber(f.Tokens[num].Norm); !ok {
		return q, false
	}
	if num+2 < c.Last && f.Tokens[num+1].Norm == "/" && f.Tokens[num+2].Kind == text.Number {
		if of, _, ok := parseNumber(f.Tokens[num+2].Norm); ok {
			q.Of, q.Last = &of, num+3
		}
	}
	f.compare(f.Tokens[:c.Last], c.First, &q)
	if c.First < q.CmpFrom && !(q.CmpFrom == c.First+1 && f.Tokens[c.First].Kind == text.Punct) {
		return q, false
	}
	end := q.Last
	if end < c.Last {
		own := q
		f.takeMeasure(f.Tokens[:c.Last], end, &own)
		if own.Measure != "" {
			q.Measure, q.Class, end = own.Measure, own.Class, own.Last
		}
	}
	if end < c.Last && !f.is(end, "trở lên") && !f.is(end, "trở xuống") {
		return q, false
	}
	if q.Class == unknown {
		q.Class, _ = measureOf(q.Measure)
	}
	return q, true
}

// measureOf gives the class of a measure in words.
func measureOf(words string) (measureClass, bool) {
	toks := text.Split(words).Tokens
	if len(toks) == 0 {
		return unknown, false
	}
	class, n := measures.At(toks, 0)
	return class, n > 0
}

// tableRow files the figures of one row.
func (f *figures) tableRow(p para, cells []cell) {
	t := f.table
	label, measure := "", ""
	from, to := 0, 0
	for i, c := range cells {
		if i < len(t.columns) && c.Last > c.First {
			switch t.columns[i].role {
			case labels:
				label, from, to = f.words(c.First, c.Last), c.First, c.Last
			case measureColumn:
				measure = text.Norm(f.words(c.First, c.Last))
			}
		}
	}
	if label == "" || len(t.columns) == 0 {
		return
	}
	from = f.ownLabel(from, to)
	if from >= to {
		return
	}
	label = f.words(from, to)
	for i, c := range cells {
		if i >= len(t.columns) || t.columns[i].role != valueColumn {
			continue
		}
		unit := measure
		if t.columns[i].ratio {
			unit = "%"
		}
		if q, ok := f.cellNumber(c, unit); ok {
			f.emitCell(q, t.columns[i], label, from, to, p)
		}
	}
}

// ownLabel skips what only says that a row is a part of the one above: "Trong đó:", a dash.
func (f *figures) ownLabel(from, to int) int {
	for from < to {
		switch {
		case f.is(from, "trong đó"):
			from += 2
		case f.Tokens[from].Kind == text.Punct && f.Tokens[from].Norm != "(":
			from++
		default:
			return from
		}
	}
	return to
}

// tableRule names the rule that reads the cells of tables.
const tableRule = "figure.table"

// emitCell files one cell.
func (f *figures) emitCell(q quantity, col column, label string, from, to int, p para) {
	q.Sentence = p.First
	f.numbers = append(f.numbers, q)
	span := f.span(q.First, q.Last)
	fig := gov.FigureDraft{Text: span.Of(f.Text), Span: span, Value: q.Value, Of: q.Of, Measure: q.Measure, Comparator: q.Cmp, Kind: col.kind,
		Label: label, Period: col.period, Unit: f.owners.main, Confidence: gov.Sure, Rule: tableRule, Sentence: p.Span}
	fig.Indicator, _ = pick(f.named(from, to, to), q, col.kind)
	if fig.Period == "" {
		fig.Period = f.table.period
	}
	if len(fig.Period) == 4 {
		fig.Scope = gov.Annual
	}
	if fig.Measure == "" {
		fig.Confidence = gov.Open
	}
	f.out.Figures = append(f.out.Figures, fig)
}
