package intake

import (
	"slices"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// A column is one thing that a table of figures says of each.
type column int

const (
	colPeriod column = iota
	colUnit
	colUnitFrom
	colIndicator
	colValue
	colOf
	colMeasure
	colScope
	colVintage
	colCutOff
	columns
)

// Columns are the heads of a table of figures, in the order in which it is written. The others are taken, too.
var Columns = []string{"ky", "don_vi", "don_vi_tu_ngay", "chi_tieu", "gia_tri", "tong_so", "don_vi_tinh", "pham_vi", "muc_do", "chot_ngay"}

var heads = map[string]column{
	"ky": colPeriod, "kỳ": colPeriod, "period": colPeriod,
	"don_vi": colUnit, "đơn vị": colUnit, "mã đơn vị": colUnit, "unit": colUnit,
	"don_vi_tu_ngay": colUnitFrom, "unit_from": colUnitFrom,
	"chi_tieu": colIndicator, "chỉ tiêu": colIndicator, "mã chỉ tiêu": colIndicator, "indicator": colIndicator,
	"gia_tri": colValue, "giá trị": colValue, "số liệu": colValue, "value": colValue,
	"tong_so": colOf, "tổng số": colOf, "of": colOf,
	"don_vi_tinh": colMeasure, "đơn vị tính": colMeasure, "measure": colMeasure,
	"pham_vi": colScope, "phạm vi": colScope, "scope": colScope,
	"muc_do": colVintage, "mức độ": colVintage, "vintage": colVintage,
	"chot_ngay": colCutOff, "chốt ngày": colCutOff, "cut_off": colCutOff,
}

var scopes = map[string]gov.Scope{"": gov.ScopeOpen, "annual": gov.Annual, "năm": gov.Annual, "nam": gov.Annual, "term": gov.Term, "nhiệm kỳ": gov.Term, "nhiem_ky": gov.Term}

var vintages = map[string]gov.Vintage{"": gov.VintageOpen, "estimated": gov.Estimated, "ước": gov.Estimated, "uoc": gov.Estimated,
	"preliminary": gov.Preliminary, "sơ bộ": gov.Preliminary, "so_bo": gov.Preliminary, "final": gov.Final, "chính thức": gov.Final, "chinh_thuc": gov.Final}

// A Checker makes figures of rows. It remembers what it looked up, so one is made for a file.
type Checker struct {
	Units     gov.Units
	Catalogue gov.Catalogue
	Windows   []gov.Window
	Today     gov.Day
	Point     bool // the file writes decimals with a point

	Blank int // rows without a value, which are passed over

	at      [columns]int // column of the table, from 1 on; 0: not there
	periods map[string]period
	units   map[unitOn]gov.UnitKey
	known   map[indicatorOn]gov.Indicator
	bad     []Fault // of the row at hand
}

type period struct {
	p           gov.Period
	last        gov.Day
	cutOff      gov.Day
	ok, tooSoon bool
}

type unitOn struct {
	code string
	on   gov.Day
}

type indicatorOn struct {
	key string
	on  gov.Day
}

// Read goes through a table: each gets a figure without realm, id and stamps, fault whatever is wrong; both say whether to go on. A table
// whose head is wrong has nothing else.
func (c *Checker) Read(t Table, each func(row int, f gov.Figure) error, fault func(Fault) error) error {
	c.periods, c.units, c.known = map[string]period{}, map[unitOn]gov.UnitKey{}, map[indicatorOn]gov.Indicator{}
	head, err := firstRow(t)
	if err != nil {
		return err
	}
	if f := c.readHead(head); f != nil {
		return fault(*f)
	}
	for {
		row, err := t.Next()
		if isEOF(err) {
			break
		}
		if err != nil {
			return err
		}
		if empty(row) {
			continue
		}
		if v := c.cell(row, colValue); !v.Formula && strings.TrimSpace(v.Text) == "" {
			c.Blank++ // a line of a form that nobody filled in is a gap and not a mistake
			continue
		}
		c.bad = c.bad[:0]
		f := c.figure(row)
		for _, b := range c.bad {
			if err := fault(b); err != nil {
				return err
			}
		}
		if len(c.bad) == 0 {
			if err := each(row.Number, f); err != nil {
				return err
			}
		}
	}
	for _, f := range t.Faults() {
		if err := fault(f); err != nil {
			return err
		}
	}
	return nil
}

// firstRow skips what is empty; Invalid where nothing else is there.
func firstRow(t Table) (Row, error) {
	for {
		row, err := t.Next()
		if isEOF(err) {
			return Row{}, gov.Errorf(gov.Invalid, "error.table_empty")
		}
		if err != nil || !empty(row) {
			return row, err
		}
	}
}

func empty(r Row) bool {
	return !slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.Formula || strings.TrimSpace(c.Text) != "" })
}

// readHead finds the columns; a column that says nothing here is left alone.
func (c *Checker) readHead(r Row) *Fault {
	c.at = [columns]int{}
	for i, cell := range r.Cells {
		col, known := heads[text.Norm(cell.Text)]
		if !known {
			continue
		}
		if c.at[col] > 0 {
			return &Fault{Row: r.Number, Col: i + 1, Key: "error.table_head_twice", Args: []any{cell.Text}}
		}
		c.at[col] = i + 1
	}
	for col, name := range map[column]string{colPeriod: "ky", colUnit: "don_vi", colIndicator: "chi_tieu", colValue: "gia_tri"} {
		if c.at[col] == 0 {
			return &Fault{Row: r.Number, Key: "error.table_head", Args: []any{name}}
		}
	}
	return nil
}

// cell is what stands in a column of the row at hand.
func (c *Checker) cell(r Row, col column) Cell {
	if i := c.at[col]; i > 0 && i <= len(r.Cells) {
		return r.Cells[i-1]
	}
	return Cell{}
}

// refuse notes a fault of a cell.
func (c *Checker) refuse(r Row, col column, key string, args ...any) {
	c.bad = append(c.bad, Fault{Row: r.Number, Col: c.at[col], Key: key, Args: args})
}

func (c *Checker) figure(r Row) gov.Figure {
	for col := range columns {
		if c.cell(r, col).Formula {
			c.refuse(r, col, "error.cell_formula")
		}
	}
	f := gov.Figure{Kind: gov.Result, State: gov.FigureEntered}
	f.Comparator = gov.Equal
	p := c.period(r)
	f.Period, f.CutOff = p.p, p.cutOff
	if day := strings.TrimSpace(c.cell(r, colCutOff).Text); day != "" {
		if f.CutOff = gov.Day(day); !f.CutOff.Valid() {
			c.refuse(r, colCutOff, "error.cell_day", day)
		}
	}
	f.Unit = c.unit(r, p)
	in := c.indicator(r, p)
	f.Indicator = strings.Clone(strings.TrimSpace(c.cell(r, colIndicator).Text))
	c.value(r, in, &f)
	var ok bool
	word := c.cell(r, colScope).Text
	if f.Scope, ok = scopes[text.Norm(word)]; !ok {
		c.refuse(r, colScope, "error.cell_scope", word)
	}
	word = c.cell(r, colVintage).Text
	if f.Vintage, ok = vintages[text.Norm(word)]; !ok {
		c.refuse(r, colVintage, "error.cell_vintage", word)
	}
	if f.Vintage == gov.VintageOpen {
		f.Vintage = gov.VintageBy(c.Windows, f.Period, f.CutOff)
	}
	if f.Vintage == gov.Estimated {
		f.Kind = gov.Estimate
	}
	return f
}

func (c *Checker) period(r Row) period {
	word := strings.TrimSpace(c.cell(r, colPeriod).Text)
	p, known := c.periods[word]
	if !known {
		word = strings.Clone(word)
		p.p = gov.Period(word)
		if p.ok = p.p.Valid() && p.p.LastDay() != ""; p.ok {
			p.last, p.cutOff = p.p.LastDay(), gov.CutOff(c.Windows, p.p)
			p.tooSoon = c.Today != "" && p.p.FirstDay() > c.Today
		}
		c.periods[word] = p
	}
	switch {
	case !p.ok:
		c.refuse(r, colPeriod, "error.cell_period", word)
	case p.tooSoon:
		c.refuse(r, colPeriod, "error.cell_period_future", word)
	}
	return p
}

// unit is the bearer of the code on the last day of the period, unless the row says which.
func (c *Checker) unit(r Row, p period) gov.UnitKey {
	code, from := strings.TrimSpace(c.cell(r, colUnit).Text), gov.Day(strings.TrimSpace(c.cell(r, colUnitFrom).Text))
	if from != "" {
		k := gov.UnitKey{Code: strings.Clone(code), From: gov.Day(strings.Clone(string(from)))}
		if _, err := c.Units.Get(k); err != nil {
			c.refuse(r, colUnit, "error.cell_unit_from", code, string(from))
		}
		return k
	}
	if !p.ok {
		return gov.UnitKey{}
	}
	on := unitOn{code, p.last}
	k, known := c.units[on]
	if !known {
		on.code = strings.Clone(code)
		if u, err := c.Units.At(code, p.last); err == nil {
			k = u.UnitKey
		}
		c.units[on] = k
	}
	if k.Zero() {
		c.refuse(r, colUnit, "error.cell_unit", code, string(p.last))
	}
	return k
}

func (c *Checker) indicator(r Row, p period) gov.Indicator {
	key := strings.TrimSpace(c.cell(r, colIndicator).Text)
	on := indicatorOn{key, p.last}
	in, known := c.known[on]
	if !known {
		on.key = strings.Clone(key)
		in, _ = c.Catalogue.At(key, p.last) // what is not there has no key
		if _, part := gov.CutPart(key); !in.HasPart(part) {
			in = gov.Indicator{}
		}
		c.known[on] = in
	}
	if in.Key == "" && p.ok {
		c.refuse(r, colIndicator, "error.cell_indicator", key)
	}
	return in
}

// value reads the number, turns it into the indicator's measure, and keeps the words.
func (c *Checker) value(r Row, in gov.Indicator, f *gov.Figure) {
	v, ok := c.number(r, colValue)
	measure := strings.TrimSpace(c.cell(r, colMeasure).Text)
	f.Quote, f.Measure, f.Value = strings.TrimSpace(c.cell(r, colValue).Text), in.Measure, v
	if f.Quote == "" || !ok {
		c.refuse(r, colValue, "error.cell_number", f.Quote)
		return
	}
	if of := c.cell(r, colOf); strings.TrimSpace(of.Text) != "" {
		y, ok := c.number(r, colOf)
		if !ok || y <= 0 {
			c.refuse(r, colOf, "error.cell_number", of.Text)
		}
		f.Of = &y
	}
	if measure == "" || measure == in.Measure || in.Key == "" {
		return
	}
	f.Quote += " " + measure
	if f.Value, ok = gov.ConvertMeasure(v, measure, in.Measure); !ok {
		c.refuse(r, colMeasure, "error.cell_measure", measure, in.Measure)
	}
}

// number reads the number of a cell: of a sheet as it is stored, of a text as Viet Nam writes it. A text in a sheet is none.
func (c *Checker) number(r Row, col column) (float64, bool) {
	cell := c.cell(r, col)
	if cell.Typed {
		v, ok := plainNumber(cell.Text)
		return v, ok && cell.Number
	}
	return Number(cell.Text, c.Point)
}
