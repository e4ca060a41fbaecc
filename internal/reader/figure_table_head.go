package reader

import (
	"haicap/internal/gov"
	"haicap/internal/reader/grammar"
)

var (
	indexHeads   = phrases([]string{"stt", "tt", "số tt", "ghi chú", "số thứ tự", "văn bản", "căn cứ"})
	labelHeading = phrases([]string{"chỉ tiêu", "nội dung", "tên chỉ tiêu", "danh mục", "lĩnh vực", "tiêu chí", "tên", "hạng mục", "nhóm chỉ tiêu", "các chỉ tiêu", "chỉ tiêu chủ yếu", "đơn vị hành chính", "nguồn", "ngành"})
	measureHeads = phrases([]string{"đvt", "đơn vị tính", "đơn vị"})
	// unitHeads head the column of units where a table has a row for each.
	unitHeads = phrases([]string{"đơn vị", "tên đơn vị", "địa phương", "tên địa phương", "xã, phường", "xã/phường", "phường, xã", "tên xã", "đơn vị hành chính", "xã, phường, đặc khu",
		"huyện", "huyện, thành phố", "chủ đầu tư", "đơn vị báo cáo", "tên xã, phường"})
	taskHeads   = phrases([]string{"chủ trì", "cơ quan chủ trì", "phối hợp", "cơ quan phối hợp", "đơn vị chủ trì", "đơn vị phối hợp", "thời gian hoàn thành", "thời hạn", "thời gian thực hiện", "người phụ trách", "phân công", "đơn vị thực hiện"})
	askHeads    = phrases([]string{"kiến nghị", "nội dung kiến nghị", "cơ quan giải quyết", "thẩm quyền giải quyết", "kết quả giải quyết"})
	nameHeads   = phrases([]string{"họ và tên", "họ tên", "chức vụ", "ngày sinh", "nơi nhận"})
	planHeads   = phrases([]string{"kế hoạch", "kh", "chỉ tiêu giao", "mục tiêu", "nghị quyết", "dự toán", "phấn đấu", "giao"})
	doneHeads   = phrases([]string{"thực hiện", "kết quả", "đạt", "th", "số liệu", "đến nay"})
	guessHeads  = phrases([]string{"ước", "ước thực hiện", "ước đạt", "ước th", "dự kiến"})
	shareHeads  = phrases([]string{"%", "tỷ lệ", "tỉ lệ", "so với", "so sánh", "so kh", "tỷ lệ %"})
	beforeHeads = phrases([]string{"cùng kỳ", "năm trước", "ck", "tăng", "giảm", "tăng trưởng"})
)

// isHead reports whether a row heads columns: it names at least two of them and holds no value.
func (f *figures) isHead(cells []cell) bool {
	known := 0
	for _, c := range cells {
		if _, ok := f.cellNumber(c, ""); ok && !f.busyCell(c) {
			return false
		}
		for _, dict := range []*grammar.Dict[bool]{indexHeads, labelHeading, measureHeads, planHeads, doneHeads, guessHeads, shareHeads, taskHeads, askHeads, nameHeads, unitHeads} {
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

// tableHead reads the columns' heads. A second head row ("2026", "2027" under "Mục tiêu") adds to the first, whose cells may span
// several of its columns.
func (f *figures) tableHead(cells []cell) {
	t := f.table
	above := t.columns
	t.columns = nil
	named := false
	for i, c := range cells {
		up := headAbove(above, i, c)
		switch {
		case f.has(taskHeads, c.First, c.Last):
			t.use = max(t.use, tasks)
		case f.has(askHeads, c.First, c.Last):
			t.use = max(t.use, asks)
		case f.has(nameHeads, c.First, c.Last):
			t.use = namesOnly
		}
		col := f.columnOf(c, named)
		if col.role == noColumn && c.Last == c.First && i < len(above) {
			col = up
		}
		if col.role == valueColumn && up.role == valueColumn {
			col.under(up, f.has(doneHeads, c.First, c.Last))
		}
		named = named || col.role == labels
		t.columns = append(t.columns, col)
	}
	if len(above) > len(t.columns) {
		t.columns = append(t.columns, above[len(t.columns):]...)
	}
	t.settle(named)
	t.first, t.last = cells[0].First, cells[len(cells)-1].Last
	f.heirs()
}

// under takes from the head above what the column's own head leaves open.
func (c *column) under(up column, done bool) {
	if c.kind == gov.Result && !done && !c.ratio {
		c.kind = up.kind
	}
	if c.period == "" {
		c.period = up.period
	}
	if c.measure == "" {
		c.measure = up.measure
	}
}

// headAbove gives the head that stands above column i: its own, or the one to the left that spans it.
func headAbove(above []column, i int, c cell) column {
	if i >= len(above) {
		return column{}
	}
	for k := i; k > 0 && above[k].empty && c.Last > c.First; k-- {
		if up := above[k-1]; !up.empty {
			if up.role == valueColumn {
				return up
			}
			break
		}
	}
	return above[i]
}

// settle makes the column of units the one of labels where no other is: then a row is of a unit, and the columns say of what.
func (t *sheet) settle(named bool) {
	for i := range t.columns {
		if t.columns[i].role != unitColumn {
			continue
		}
		if named {
			t.columns[i].role = measureColumn
		}
		t.units = t.units || !named
	}
}

// heirs gives shares of a plan, or of the year before, the time of the result that they are of.
func (f *figures) heirs() {
	for i := range f.table.columns {
		c := &f.table.columns[i]
		if c.role != valueColumn || c.period != "" {
			continue
		}
		for k := i - 1; k >= 0; k-- {
			if o := f.table.columns[k]; o.role == valueColumn && o.kind != gov.TargetFig && o.period != "" {
				c.period = o.period
				break
			}
		}
	}
}

// columnOf reads one head.
func (f *figures) columnOf(c cell, named bool) column {
	in := func(dict *grammar.Dict[bool]) bool {
		return f.has(dict, c.First, c.Last)
	}
	col := column{role: valueColumn, kind: gov.Result, period: f.timeWithin(c.First, c.Last), first: c.First, last: c.Last}
	c.Last, col.measure = f.bracketMeasure(c)
	col.last = c.Last
	if col.measure == "%" {
		col.ratio = true
	}
	switch {
	case c.First == c.Last:
		return column{empty: true}
	case in(indexHeads) && !in(planHeads) && !in(doneHeads) && !f.wholeIs(unitHeads, c):
		return column{}
	case !named && f.wholeIs(unitHeads, c):
		return column{role: unitColumn}
	case in(measureHeads) && !in(planHeads) && !in(doneHeads):
		return column{role: measureColumn}
	case col.ratio && in(planHeads):
		col.kind = gov.PlanRatio
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
	case !named && col.period == "" && col.measure == "":
		return column{role: labels}
	case f.future(col.period):
		col.kind = gov.TargetFig
	}
	return col
}

// wholeIs reports whether the cell is just a phrase of the dictionary.
func (f *figures) wholeIs(dict *grammar.Dict[bool], c cell) bool {
	_, n := dict.At(f.Tokens[:c.Last], c.First)
	return n > 0 && c.First+n == c.Last
}

// bracketMeasure cuts the measure in brackets from the end of a head: "Kế hoạch vốn (tỷ đồng)", "Tỷ lệ (%)".
func (f *figures) bracketMeasure(c cell) (last int, measure string) {
	if c.Last-c.First < 4 || f.Tokens[c.Last-1].Norm != ")" {
		return c.Last, ""
	}
	for i := c.Last - 2; i > c.First && i > c.Last-9; i-- {
		if f.Tokens[i].Norm != "(" {
			continue
		}
		if _, n := measures.At(f.Tokens[:c.Last-1], i+1); n > 0 && (i+1+n == c.Last-1 || f.Tokens[i+1+n].Norm == "/") {
			return i, f.norm(i+1, c.Last-1)
		}
		break
	}
	return c.Last, ""
}
