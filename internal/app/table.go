package app

import (
	"bytes"
	"context"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/lang"
	"haicap/internal/report"
)

// A TableFormat is a kind of file that a table can be had as.
type TableFormat string

// The formats.
const (
	FormatCSV  TableFormat = "csv"
	FormatXLSX TableFormat = "xlsx"
)

// A TableFile is a table as a file.
type TableFile struct {
	Name string // ASCII
	Type string
	Data []byte
}

// tableFile writes a table, as CSV where nobody says; name has no ending.
func tableFile(t report.Table, format TableFormat, name string) (TableFile, error) {
	var b bytes.Buffer
	if format == "" {
		format = FormatCSV
	}
	f := TableFile{Name: name + "." + string(format)}
	var err error
	switch format {
	case FormatCSV:
		f.Type, err = "text/csv; charset=utf-8", report.CSV(&b, t)
	case FormatXLSX:
		f.Type, err = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", report.XLSX(&b, t)
	default:
		return f, gov.Errorf(gov.NotFound, "error.not_found")
	}
	f.Data = b.Bytes()
	return f, err
}

// nameIn is the name of an indicator in a language.
func nameIn(l lang.Lang, in gov.Indicator) string {
	if l == lang.EN && in.NameEN != "" {
		return in.NameEN
	}
	return in.NameVI
}

// ScorecardFile gives a scorecard as a file: for each indicator the value, the target and the verdict.
func (a *App) ScorecardFile(ctx context.Context, p access.Principal, q ScorecardQuery, l lang.Lang, format TableFormat) (TableFile, error) {
	v, err := a.Scorecard(ctx, p, q)
	if err != nil {
		return TableFile{}, err
	}
	t := report.Table{Title: l.T("web.scorecard.title", l.Period(string(v.Period))), Head: []string{l.T("web.matter.unit"), l.T("web.units.code"),
		l.T("web.scorecard.reached"), l.T("web.scorecard.assessed")}, Notes: []string{l.T("web.scorecard.file_note", l.Date(string(v.On)), l.Date(string(a.Today())))}}
	for _, in := range v.Indicators {
		name := nameIn(l, in)
		t.Head = append(t.Head, name+" ("+in.Measure+")", name+": "+l.T("web.scorecard.goal"), name+": "+l.T("web.scorecard.verdict"))
	}
	for _, r := range v.Rows {
		row := []any{r.Unit.Name, r.Unit.Key.Code, r.Counts.Reached(), r.Counts.Total()}
		for _, c := range r.Cells {
			row = append(row, fileCell(c, l)...)
		}
		t.Rows = append(t.Rows, row)
	}
	last := []any{l.T("web.scorecard.total"), nil, v.Counts.Reached(), v.Counts.Total()}
	for _, s := range v.Totals {
		var value any
		if s.WhyNot == "" {
			value = s.Value
		}
		last = append(last, value, nil, l.T("web.scorecard.coverage", l.Int(s.Known), l.Int(s.Units)))
	}
	t.Rows = append(t.Rows, last)
	return tableFile(t, format, "bang-diem-"+fileWord(string(v.Period)))
}

// fileCell is a cell of the scorecard in three: value, target, verdict with the reason where there is none.
func fileCell(c ScoreCell, l lang.Lang) []any {
	var value, goal, verdict any
	switch {
	case c.Figure.Claims > 0:
		value = c.Figure.Value
	case c.Assessment.Actual != nil:
		value = *c.Assessment.Actual
	}
	if c.Targets > 0 {
		goal = c.Assessment.Goal
		words := wordOf(l, "verdict", string(c.Assessment.Verdict))
		if c.Assessment.WhyNot != "" && c.Assessment.Verdict == gov.NotAssessed {
			words += ": " + wordOf(l, "why_not", string(c.Assessment.WhyNot))
		}
		verdict = words
	}
	return []any{value, goal, verdict}
}

// fileWord makes a part of a file's name.
func fileWord(s string) string {
	out := []byte(s)
	for i, c := range out {
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			out[i] = '-'
		}
	}
	return string(out)
}

// UnitKey is the version of a code that is in force on the day (empty: now, failing that the last).
func (a *App) UnitKey(ctx context.Context, p access.Principal, code string, on gov.Day) (k gov.UnitKey, err error) {
	if err := permit(p, access.BooksRead); err != nil {
		return k, err
	}
	err = a.withRegister(func(units gov.Units) error {
		u, err := unitAt(units, code, on)
		k = u.UnitKey
		return err
	})
	return k, err
}

// LatestYear is the latest year of which there are figures, this year where there are none at all.
func (a *App) LatestYear(ctx context.Context, p access.Principal) (gov.Period, error) {
	this := gov.Period(string(a.Today())[:4])
	year := this
	err := a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
		for y := this; y > "2015"; y = y.Previous() {
			for _, part := range append(shorter(y), y) {
				ok, err := tx.HasCells(ctx, gov.Realm(p.Realm), part)
				if err != nil {
					return err
				}
				if ok {
					year = y
					return nil
				}
			}
		}
		return nil
	})
	return year, err
}

// IndicatorFile gives the units of one indicator as a file.
func (a *App) IndicatorFile(ctx context.Context, p access.Principal, q IndicatorQuery, l lang.Lang, format TableFormat) (TableFile, error) {
	v, err := a.Indicator(ctx, p, q)
	if err != nil {
		return TableFile{}, err
	}
	name := nameIn(l, v.Indicator)
	t := report.Table{Title: name + ", " + l.Period(string(q.Period)), Head: []string{l.T("web.matter.unit"), l.T("web.units.code"), name + " (" + v.Indicator.Measure + ")",
		l.T("web.indicator.rank"), l.T("web.scorecard.goal"), l.T("web.scorecard.verdict"), l.T("web.indicator.made_of")},
		Notes: []string{l.T("web.indicator.truth_reported")}}
	if q.On != "" {
		t.Notes = []string{l.T("web.indicator.truth_restated", l.Date(string(q.On)))}
	}
	ranks := map[gov.UnitKey]int{}
	for _, r := range v.Ranked {
		ranks[r.Unit] = r.Rank
	}
	for _, u := range v.Units {
		var value, rank, goal, verdict any
		if u.Known {
			value = u.Amount.Value
		} else if u.WhyNot != "" {
			verdict = wordOf(l, "why_not_added", string(u.WhyNot))
		}
		if n := ranks[u.Unit.Key]; n > 0 {
			rank = n
		}
		if u.Targets > 0 {
			goal, verdict = u.Verdict.Goal, wordOf(l, "verdict", string(u.Verdict.Verdict))
		}
		from := ""
		for i, f := range u.From {
			if i > 0 {
				from += ", "
			}
			from += f.Name
		}
		t.Rows = append(t.Rows, []any{u.Unit.Name, u.Unit.Key.Code, value, rank, goal, verdict, from})
	}
	return tableFile(t, format, fileWord(v.Indicator.Key)+"-"+fileWord(string(q.Period)))
}

// wordOf is the word for a value of a kind.
func wordOf(l lang.Lang, kind, value string) string { return l.T(kind + "." + value) }
