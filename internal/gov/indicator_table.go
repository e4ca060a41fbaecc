package gov

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"haicap/internal/text"
)

// IndicatorColumns are the columns of the catalogue as a table, in the order in which it is written. Read, they may stand in any order, and
// all but the first six may be missing.
var IndicatorColumns = []string{"key", "name_vi", "name_en", "measure", "better", "aggregate", "flow", "periods", "breakdowns", "low", "high",
	"band_low", "band_high", "code", "standards", "valid_from", "valid_to", "aliases"}

const neededIndicatorColumns = 6

// A RowError is what is wrong with one field of a table, for the person who filled it in.
type RowError struct {
	Row    int    // as a spreadsheet counts: the head is row 1
	Column string // name of the column; empty: the row as a whole
	Err    *Error
}

func (e RowError) Error() string { return fmt.Sprintf("row %d, %s: %v", e.Row, e.Column, e.Err) }

// ParseIndicators reads the catalogue as CSV. What is wrong with single rows comes back as the second value, and then nothing of the
// table is to be used; the error is for what is no table at all.
func ParseIndicators(r io.Reader) ([]Indicator, []RowError, error) {
	c := csv.NewReader(r)
	c.FieldsPerRecord = -1
	rows, err := c.ReadAll()
	if err != nil {
		return nil, nil, Errorf(Invalid, "error.indicator_table").Because(err)
	}
	list, bad := ParseIndicatorRows(rows)
	return list, bad, nil
}

// FormatIndicators writes the catalogue as CSV; ParseIndicators reads it back without loss.
func FormatIndicators(w io.Writer, list []Indicator) error {
	c := csv.NewWriter(w)
	if err := c.WriteAll(IndicatorRows(list)); err != nil {
		return fmt.Errorf("write indicators: %w", err)
	}
	return nil
}

// IndicatorRows is the catalogue as rows of a table, the head first.
func IndicatorRows(list []Indicator) [][]string {
	rows := [][]string{slices.Clone(IndicatorColumns)}
	for _, in := range list {
		flow := ""
		if in.Flow {
			flow = "flow"
		}
		rows = append(rows, []string{in.Key, in.NameVI, in.NameEN, in.Measure, string(in.Better), in.Aggregate.String(), flow,
			joined(in.Periods, "|", func(k ReportKind) string { return string(k) }),
			joined(in.Breakdowns, ";", func(b Breakdown) string { return b.Name + ":" + strings.Join(b.Parts, "|") }),
			bound(in.Plausible.Low), bound(in.Plausible.High), bound(in.Band.Low), bound(in.Band.High), in.Code,
			joined(in.Standards, "|", func(s Standard) string { return string(s.From) + ".." + string(s.To) + " " + s.Law }),
			string(in.From), string(in.To), strings.Join(in.Aliases, "|")})
	}
	return rows
}

func joined[T any](list []T, sep string, write func(T) string) string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = write(v)
	}
	return strings.Join(words, sep)
}

func bound(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

// ParseIndicatorRows reads the catalogue from rows, the head first. Empty rows are passed over. All that is wrong is told at once.
func ParseIndicatorRows(rows [][]string) ([]Indicator, []RowError) {
	if len(rows) == 0 {
		return nil, []RowError{{1, "", Errorf(Invalid, "error.indicator_table")}}
	}
	at, bad := indicatorHead(rows[0])
	if len(bad) > 0 {
		return nil, bad
	}
	var list []Indicator
	lines := map[string]int{}
	for i, cells := range rows[1:] {
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		r := indicatorRow{row: i + 2, cells: cells, at: at}
		in := r.indicator()
		id := in.Key + "\x00" + string(in.From)
		if first := lines[id]; first > 0 && in.Key != "" {
			r.fail("key", "error.indicator_twice", in.Key, strconv.Itoa(first))
		}
		lines[id] = r.row
		bad = append(bad, r.bad...)
		list = append(list, in)
	}
	bad = append(bad, looseIndicators(list, lines)...)
	slices.SortStableFunc(bad, func(a, b RowError) int { return a.Row - b.Row })
	if len(bad) > 0 {
		return nil, bad
	}
	return list, nil
}

// indicatorHead finds the columns; it refuses unknown ones, since a column with a typing error would be lost silently.
func indicatorHead(head []string) (map[string]int, []RowError) {
	at := map[string]int{}
	var bad []RowError
	for i, name := range head {
		name = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))
		_, twice := at[name]
		if name == "" {
			continue
		}
		if twice || !slices.Contains(IndicatorColumns, name) {
			bad = append(bad, RowError{1, name, Errorf(Invalid, "error.indicator_column", name, strings.Join(IndicatorColumns, ", "))})
			continue
		}
		at[name] = i
	}
	for _, name := range IndicatorColumns[:neededIndicatorColumns] {
		if _, ok := at[name]; !ok {
			bad = append(bad, RowError{1, name, Errorf(Invalid, "error.indicator_column_missing", name)})
		}
	}
	return at, bad
}

// looseIndicators finds what only the whole table shows: keys that a rule counts with and that nobody defines, versions that overlap.
func looseIndicators(list []Indicator, lines map[string]int) []RowError {
	var bad []RowError
	byKey := map[string][]Indicator{}
	for _, in := range list {
		byKey[in.Key] = append(byKey[in.Key], in)
	}
	for _, in := range list {
		row := lines[in.Key+"\x00"+string(in.From)]
		for _, need := range in.Aggregate.Needs() {
			if byKey[need] == nil {
				bad = append(bad, RowError{row, "aggregate", Errorf(Invalid, "error.indicator_needs", in.Key, need)})
			}
		}
		for _, o := range byKey[in.Key] {
			if o.From > in.From && (in.To == "" || o.From <= in.To) {
				bad = append(bad, RowError{row, "valid_to", Errorf(Invalid, "error.indicator_overlap", in.Key, string(o.From))})
			}
		}
	}
	return bad
}

// An indicatorRow reads the fields of one row and collects what is wrong with them.
type indicatorRow struct {
	row   int
	cells []string
	at    map[string]int
	bad   []RowError
}

func (r *indicatorRow) fail(column, key string, args ...any) {
	r.bad = append(r.bad, RowError{r.row, column, Errorf(Invalid, key, args...)})
}

func (r *indicatorRow) get(column string) string {
	i, ok := r.at[column]
	if !ok || i >= len(r.cells) {
		return ""
	}
	return text.NFC(strings.TrimSpace(r.cells[i]))
}

// goodKey is what keys look like: they stand in addresses and files.
var goodKey = regexp.MustCompile(`^[a-z][a-z0-9_]{1,63}$`)

func (r *indicatorRow) indicator() Indicator {
	in := Indicator{Key: r.get("key"), NameVI: r.get("name_vi"), NameEN: r.get("name_en"), Measure: r.get("measure"), Better: Direction(r.get("better")),
		Code: r.get("code"), Aliases: r.words("aliases", "|")}
	if !goodKey.MatchString(in.Key) {
		r.fail("key", "error.indicator_key", in.Key)
	}
	for column, v := range map[string]string{"name_vi": in.NameVI, "measure": in.Measure} {
		if v == "" {
			r.fail(column, "error.indicator_empty")
		}
	}
	if in.NameEN == "" {
		in.NameEN = in.NameVI
	}
	if !slices.Contains(Directions, in.Better) {
		r.fail("better", "error.indicator_choice", string(in.Better), joined(Directions, ", ", func(d Direction) string { return string(d) }))
	}
	in.Aggregate = r.aggregation()
	switch flow := r.get("flow"); flow {
	case "flow", "":
		in.Flow = flow == "flow"
	default:
		r.fail("flow", "error.indicator_choice", flow, "flow")
	}
	for _, w := range r.words("periods", "|") {
		if !slices.Contains(ReportKinds, ReportKind(w)) {
			r.fail("periods", "error.indicator_choice", w, joined(ReportKinds, ", ", func(k ReportKind) string { return string(k) }))
		}
		in.Periods = append(in.Periods, ReportKind(w))
	}
	in.Plausible, in.Band = r.bounds("low", "high"), r.bounds("band_low", "band_high")
	if in.Better == InBand && in.Band.Open() {
		r.fail("band_low", "error.indicator_band")
	}
	in.Breakdowns = r.breakdowns()
	if in.Better == Structure && len(in.Breakdowns) == 0 {
		r.fail("breakdowns", "error.indicator_structure")
	}
	in.Standards = r.standards()
	in.From, in.To = r.days("valid_from", "valid_to", r.get("valid_from"), r.get("valid_to"))
	return in
}

func (r *indicatorRow) words(column, sep string) []string {
	var list []string
	for _, w := range strings.Split(r.get(column), sep) {
		if w = strings.TrimSpace(w); w != "" {
			list = append(list, w)
		}
	}
	return list
}

func (r *indicatorRow) aggregation() Aggregation {
	s := r.get("aggregate")
	rule, of, _ := strings.Cut(s, ":")
	part, whole, _ := strings.Cut(of, "/")
	switch AggregationRule(rule) {
	case NotAdded, Additive:
		if of == "" {
			return Aggregation{Rule: AggregationRule(rule)}
		}
	case ByWeight:
		if goodKey.MatchString(of) {
			return Aggregation{Rule: ByWeight, Weight: of}
		}
	case ByRatio:
		if goodKey.MatchString(part) && goodKey.MatchString(whole) {
			return Aggregation{Rule: ByRatio, Part: part, Whole: whole}
		}
	}
	r.fail("aggregate", "error.indicator_choice", s, "sum, none, mean_by:KEY, ratio:KEY/KEY")
	return Aggregation{}
}

func (r *indicatorRow) bounds(low, high string) Range {
	b := Range{r.number(low), r.number(high)}
	if b.Low != nil && b.High != nil && *b.Low > *b.High {
		r.fail(high, "error.indicator_bounds", bound(b.Low), bound(b.High))
	}
	return b
}

// number reads a number with a decimal point; a comma is refused, since 1,5 and 1,500 cannot be told apart in every table.
func (r *indicatorRow) number(column string) *float64 {
	s := r.get(column)
	if s == "" {
		return nil
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		r.fail(column, "error.indicator_number", s)
		return nil
	}
	return &v
}

func (r *indicatorRow) breakdowns() []Breakdown {
	var list []Breakdown
	for _, w := range r.words("breakdowns", ";") {
		name, parts, _ := strings.Cut(w, ":")
		b := Breakdown{Name: name, Parts: strings.Split(parts, "|")}
		good := goodKey.MatchString(name) && len(b.Parts) > 1
		for _, p := range b.Parts {
			good = good && goodKey.MatchString(p)
		}
		if !good {
			r.fail("breakdowns", "error.indicator_breakdown", w)
		}
		list = append(list, b)
	}
	return list
}

func (r *indicatorRow) standards() []Standard {
	var list []Standard
	for _, w := range r.words("standards", "|") {
		days, law, _ := strings.Cut(w, " ")
		from, to, ok := strings.Cut(days, "..")
		s := Standard{Law: strings.TrimSpace(law)}
		s.From, s.To = r.days("standards", "standards", from, to)
		if !ok || s.Law == "" || len(list) > 0 && (list[len(list)-1].To == "" || s.From <= list[len(list)-1].To) {
			r.fail("standards", "error.indicator_standard", w)
		}
		list = append(list, s)
	}
	return list
}

func (r *indicatorRow) days(fromColumn, toColumn, from, to string) (Day, Day) {
	if from != "" && !Day(from).Valid() {
		r.fail(fromColumn, "error.indicator_day", from)
	}
	if to != "" && (!Day(to).Valid() || to < from) {
		r.fail(toColumn, "error.indicator_day", to)
	}
	return Day(from), Day(to)
}
