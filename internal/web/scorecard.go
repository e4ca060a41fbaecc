package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// ScorecardPage is units × indicators of one period, with the details of one cell where somebody asked for them.
type ScorecardPage struct {
	ui.Frame
	View    app.ScorecardView
	Query   scoreQuery
	Periods []gov.Period // that the form offers
	Cell    *app.ScoreCellView
	Back    string // the page without the details
}

// A scoreQuery is what the address of a scorecard says. What is as usual does not stand in it, so that the links of thousands of cells stay short.
type scoreQuery struct {
	app.ScorecardQuery
	All  bool   // with indicators of which there is nothing
	Cell string // "07909.budget_revenue"; empty: none
}

// scoreQueryOf reads an address.
func scoreQueryOf(v url.Values) (scoreQuery, error) {
	q := scoreQuery{All: v.Get("all") != "", Cell: v.Get("cell")}
	q.Period, q.On = gov.Period(v.Get("period")), gov.Day(v.Get("on"))
	q.Baseline, q.Field = gov.Baseline(v.Get("baseline")), gov.WorkField(v.Get("field"))
	q.Type, q.Sort = gov.UnitType(v.Get("type")), app.ScoreSort(v.Get("sort"))
	q.Used = !q.All
	for _, key := range v["in"] {
		if key != "" {
			q.Indicators = append(q.Indicators, key)
		}
	}
	switch {
	case q.Period != "" && !q.Period.Valid():
		return q, gov.Errorf(gov.Invalid, "error.cell_period", string(q.Period))
	case q.On != "" && !q.On.Valid():
		return q, gov.Errorf(gov.Invalid, "error.on_invalid", string(q.On))
	case q.Field != "" && !slices.Contains(gov.WorkFields(), q.Field):
		return q, gov.Errorf(gov.NotFound, "error.not_found")
	case q.Baseline != "" && !slices.Contains(gov.Baselines, q.Baseline):
		return q, gov.Errorf(gov.NotFound, "error.not_found")
	}
	return q, nil
}

// values is the query as an address has it, without the cell.
func (q scoreQuery) values() url.Values {
	v := url.Values{}
	for _, p := range []struct{ key, value string }{{"period", string(q.Period)}, {"on", string(q.On)}, {"baseline", string(q.Baseline)},
		{"field", string(q.Field)}, {"type", string(q.Type)}, {"sort", string(q.Sort)}} {
		if p.value != "" {
			v.Set(p.key, p.value)
		}
	}
	if q.All {
		v.Set("all", "1")
	}
	if len(q.Indicators) > 0 {
		v["in"] = q.Indicators
	}
	return v
}

// cellKey is the cell that an address names, of the units of the period's last day or of the day that it gives.
func (s *server) cellKey(r *http.Request, q scoreQuery) (app.CellKey, error) {
	code, indicator, ok := strings.Cut(q.Cell, ".")
	if !ok || q.Period == "" {
		return app.CellKey{}, gov.Errorf(gov.NotFound, "error.not_found")
	}
	on := q.On
	if on == "" {
		on = q.Period.LastDay()
	}
	unit, err := s.app.UnitKey(r.Context(), who(r), code, on)
	return app.CellKey{Unit: unit, Indicator: indicator, Period: q.Period}, err
}

func (s *server) scorecard(w http.ResponseWriter, r *http.Request) error {
	q, err := scoreQueryOf(r.URL.Query())
	if err != nil {
		return err
	}
	if q.Period == "" {
		if q.Period, err = s.app.LatestYear(r.Context(), who(r)); err != nil {
			return err
		}
	}
	p := ScorecardPage{Query: q, Back: ui.With("/scorecard", q.values())}
	if p.View, err = s.app.Scorecard(r.Context(), who(r), q.ScorecardQuery); err != nil {
		return err
	}
	if q.Cell != "" {
		k, err := s.cellKey(r, q)
		if err != nil {
			return err
		}
		cell, err := s.app.ScoreCell(r.Context(), who(r), k)
		if err != nil {
			return err
		}
		p.Cell = &cell
	}
	p.Frame = s.frame(r, "scorecard", langOf(r).T("web.scorecard.title", langOf(r).Period(string(q.Period))))
	p.Styles, p.Scripts = []string{"unit.css", "chart.css", "scorecard.css"}, []string{"scorecard.js"}
	p.Periods = offeredPeriods(p.Today, q.Period)
	return s.ok(w, r, Scorecard(p))
}

// offeredPeriods are the periods that a form offers: the last years, the parts of this year that have begun, and the one that is shown.
func offeredPeriods(today gov.Day, shown gov.Period) []gov.Period {
	var list []gov.Period
	year := today.Year()
	for y := year; y > year-5; y-- {
		list = append(list, gov.Period(strconv.Itoa(y)))
	}
	for _, k := range []gov.ReportKind{gov.HalfReport, gov.NineReport, gov.QuarterReport, gov.MonthReport} {
		for _, p := range k.PeriodsIn(year) {
			if p.FirstDay() <= today {
				list = append(list, p)
			}
		}
	}
	if shown != "" && !slices.Contains(list, shown) {
		list = append(list, shown)
	}
	return list
}

// scorecardCell is one cell as a page of its own, for the script that lays it beside the table.
func (s *server) scorecardCell(w http.ResponseWriter, r *http.Request) error {
	q, err := scoreQueryOf(r.URL.Query())
	if err != nil {
		return err
	}
	k, err := s.cellKey(r, q)
	if err != nil {
		return err
	}
	v, err := s.app.ScoreCell(r.Context(), who(r), k)
	if err != nil {
		return err
	}
	f := s.frame(r, "scorecard", "")
	f.Title = f.Name(v.Indicator) + " · " + v.Unit.Name
	f.Crumbs = []ui.Link{{Text: f.T("web.nav.scorecard"), Href: ui.With("/scorecard", q.values())}}
	f.Styles = []string{"unit.css", "chart.css", "scorecard.css", "profile.css"}
	return s.ok(w, r, ScoreCell(ScorecardPage{Frame: f, Query: q, Cell: &v, Back: ui.With("/scorecard", q.values())}))
}

// askExplanation asks a unit to explain a cell.
func (s *server) askExplanation(w http.ResponseWriter, r *http.Request) error {
	q := scoreQuery{Cell: r.FormValue("cell")}
	q.Period, q.On = gov.Period(r.FormValue("period")), gov.Day(r.FormValue("on"))
	k, err := s.cellKey(r, q)
	if err != nil {
		return err
	}
	id, err := s.app.AskExplanation(r.Context(), who(r), app.ExplanationInput{CellKey: k, Due: gov.Day(r.FormValue("due")), Note: r.FormValue("note")})
	if err != nil {
		return err
	}
	return see(w, r, ui.MatterHref(id)+"?done=explain")
}

// scorecardFile is the scorecard as a table for a spreadsheet program.
func (s *server) scorecardFile(w http.ResponseWriter, r *http.Request) error {
	q, err := scoreQueryOf(r.URL.Query())
	if err != nil {
		return err
	}
	if q.Period == "" {
		return gov.Errorf(gov.Invalid, "error.cell_period", "")
	}
	f, err := s.app.ScorecardFile(r.Context(), who(r), q.ScorecardQuery, langOf(r), app.TableFormat(r.URL.Query().Get("format")))
	if err != nil {
		return err
	}
	return sendTable(w, f)
}

// sendTable hands a file out that the program has made.
func sendTable(w http.ResponseWriter, f app.TableFile) error {
	w.Header().Set("Content-Type", f.Type)
	w.Header().Set("Content-Disposition", `attachment; filename="`+f.Name+`"`)
	_, _ = w.Write(f.Data) // the browser may have gone away
	return nil
}
