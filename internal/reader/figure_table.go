package reader

import (
	"strconv"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// A sheet is what the head of a table says of its columns. It holds for the rows below, up to the next line that is no row.
type sheet struct {
	next    int // paragraph that would continue it
	columns []column
	use     use  // what its rows are
	units   bool // each row is of a unit
	period  gov.Period
	measure string // of all its values: "Đơn vị tính: triệu đồng" above it

	first, last int // tokens of its head
}

// A use says what the rows of a table are.
type use uint8

const (
	values    use = iota // of indicators or units, with figures in cells
	asks                 // recommendations, in words
	tasks                // tasks, in words
	namesOnly            // people
)

// A column is what its head says.
type column struct {
	role   columnRole
	kind   gov.FigureKind
	period gov.Period
	ratio  bool // its values are percentages
	empty  bool // it has no head of its own: the one to the left may span it

	measure     string // "(tỷ đồng)" in the head
	first, last int    // its tokens, without that
}

type columnRole uint8

const (
	noColumn columnRole = iota // row numbers, remarks
	labels
	measureColumn
	valueColumn
	unitColumn
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
		f.table = &sheet{period: f.tablePeriod(i), measure: f.tableMeasure(i)}
	}
	f.table.next = i + 1
	if f.isHead(cells) {
		f.tableHead(cells)
		return
	}
	switch f.table.use {
	case values:
		if !f.numbering(cells) {
			f.tableRow(f.paras[i], cells)
		}
	case asks, tasks:
		f.prose(f.paras[i])
	}
}

// prose reads a row in words: what a task aims at is a target.
func (f *figures) prose(p para) {
	aims := f.table.use == tasks
	r := reach{target: aims, aims: aims}
	for s := p.First; s < p.Last; s++ {
		r = f.sentence(s, p, r)
	}
}

// numbering reports whether a row only numbers its columns: "1 | 2 | 3", "(1) | (2) | (3) = (2)/(1)".
func (f *figures) numbering(cells []cell) bool {
	for i, c := range cells {
		if i > 0 && (c.Last != c.First+1 || f.Tokens[c.First].Norm != strconv.Itoa(i+1)) {
			return false
		}
	}
	return len(cells) > 2 && cells[0].Last == cells[0].First+1 && f.Tokens[cells[0].First].Norm == "1"
}

// tableMeasure is the measure that the lines above a table give for all of it.
func (f *figures) tableMeasure(i int) string {
	for k := i - 1; k >= 0 && k >= i-2; k-- {
		first, last := f.Sentences[f.paras[k].First].First, f.end(f.paras[k])
		for t := first; t < last; t++ {
			_, n := measureHeads.At(f.Tokens[:last], t)
			if at := t + n + 1; n > 0 && at < last && f.Tokens[at-1].Norm == ":" {
				if _, m := measures.At(f.Tokens[:last], at); m > 0 {
					return f.norm(at, at+m)
				}
			}
		}
	}
	return ""
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
		if t := f.times[k]; t.Shape != duration && (t.Shape != day || t.Month > 0 && t.Year > 0) {
			return f.period(t)
		}
	}
	return ""
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
	r := rowOf{measure: t.measure, unit: f.owners.main, para: p}
	for i, c := range cells {
		if i >= len(t.columns) || c.Last == c.First {
			continue
		}
		switch t.columns[i].role {
		case labels:
			r.first, r.last = c.First, c.Last
		case measureColumn:
			r.measure = text.Norm(f.words(c.First, c.Last))
		case unitColumn:
			r.first, r.last = c.First, c.Last
			r.unit = f.rowUnit(c)
		}
	}
	if r.first = f.ownLabel(r.first, r.last); r.first >= r.last {
		return
	}
	if last, m := f.bracketMeasure(cell{r.first, r.last}); m != "" && r.measure == "" {
		r.last, r.measure = last, m
	}
	for i, c := range cells {
		if i >= len(t.columns) || t.columns[i].role != valueColumn {
			continue
		}
		measure := r.measure
		switch {
		case t.columns[i].ratio:
			measure = "%"
		case t.columns[i].measure != "":
			measure = t.columns[i].measure
		}
		if q, ok := f.cellNumber(c, measure); ok {
			f.emitCell(q, t.columns[i], r)
		}
	}
}

// A rowOf is what the figures of one row share: the tokens of its label, its measure and its unit.
type rowOf struct {
	first, last   int
	measure, unit string
	para          para
}

// rowUnit names the unit that a row is of; a row of totals is of the unit that the document is about.
func (f *figures) rowUnit(c cell) string {
	if r, ok := f.refAt(c.First); ok {
		return f.entries[r.Entry].full()
	}
	switch f.Tokens[c.First].Norm {
	case "tổng", "cộng", "toàn":
		return f.owners.main
	}
	if name, ok := f.owners.at(c.First); ok {
		return name
	}
	return f.words(c.First, c.Last)
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

// emitCell files one cell. Where rows are of units the column says what is measured.
func (f *figures) emitCell(q quantity, col column, r rowOf) {
	q.Sentence = r.para.First
	f.numbers = append(f.numbers, q)
	span := f.span(q.First, q.Last)
	first, last := r.first, r.last
	if f.table.units {
		first, last = col.first, col.last
	}
	fig := gov.FigureDraft{Text: span.Of(f.Text), Span: span, Value: q.Value, Of: q.Of, Measure: q.Measure, Comparator: q.Cmp, Kind: col.kind,
		Label: f.words(first, last), Period: col.period, Unit: r.unit, Confidence: gov.Sure, Rule: tableRule, Sentence: r.para.Span}
	fig.Indicator, _ = f.reader.catalogue.pick(f.named(first, last, last), q, col.kind)
	if fig.Indicator == "" && f.table.units {
		fig.Indicator, _ = f.reader.catalogue.pick(f.named(f.table.first, f.table.last, f.table.last), q, col.kind)
	}
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
