package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"haicap/internal/app"
	"haicap/internal/chart"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// IndicatorsPage is the catalogue of indicators.
type IndicatorsPage struct {
	ui.Frame
	View app.IndicatorsView
}

func (s *server) indicators(w http.ResponseWriter, r *http.Request) error {
	v, err := s.app.Indicators(r.Context(), who(r))
	if err != nil {
		return err
	}
	return s.ok(w, r, Indicators(IndicatorsPage{Frame: s.frame(r, "indicators", langOf(r).T("web.nav.indicators")), View: v}))
}

// IndicatorPage is one indicator: how it went and how the units stand.
type IndicatorPage struct {
	ui.Frame
	View    app.IndicatorView
	Periods []gov.Period // that the form offers
	Areas   []chart.Area // boundaries; empty: none were brought in
}

// indicatorQuery reads an address.
func (s *server) indicatorQuery(r *http.Request) (app.IndicatorQuery, error) {
	v := r.URL.Query()
	q := app.IndicatorQuery{Key: r.PathValue("key"), Period: gov.Period(v.Get("period")), Unit: v.Get("unit")}
	if v.Get("truth") == "restated" || v.Get("on") != "" && v.Get("truth") == "" {
		if q.On = gov.Day(v.Get("on")); q.On == "" {
			q.On = s.app.Today()
		}
	}
	q.Group = strings.FieldsFunc(v.Get("group"), func(c rune) bool { return c < '0' || c > '9' })
	if q.On != "" && !q.On.Valid() {
		return q, gov.Errorf(gov.Invalid, "error.on_invalid", string(q.On))
	}
	var err error
	if q.Period == "" {
		q.Period, err = s.app.LatestYear(r.Context(), who(r))
	}
	return q, err
}

func (s *server) indicator(w http.ResponseWriter, r *http.Request) error {
	q, err := s.indicatorQuery(r)
	if err != nil {
		return err
	}
	v, err := s.app.Indicator(r.Context(), who(r), q)
	if err != nil {
		return err
	}
	f := s.frame(r, "indicators", "")
	f.Title = f.Name(v.Indicator)
	f.Crumbs = []ui.Link{{Text: f.T("web.nav.indicators"), Href: "/indicators"}}
	f.Styles = []string{"unit.css", "chart.css", "profile.css"}
	p := IndicatorPage{Frame: f, View: v, Periods: offeredPeriods(f.Today, q.Period)}
	if p.Areas, err = s.areas(r); err != nil {
		return err
	}
	return s.ok(w, r, Indicator(p))
}

// indicatorFile is the table of units as a file.
func (s *server) indicatorFile(w http.ResponseWriter, r *http.Request) error {
	q, err := s.indicatorQuery(r)
	if err != nil {
		return err
	}
	f, err := s.app.IndicatorFile(r.Context(), who(r), q, langOf(r), app.TableFormat(r.URL.Query().Get("format")))
	if err != nil {
		return err
	}
	return sendTable(w, f)
}

// href is the page with something else about it.
func (p IndicatorPage) href(path string, set ...string) string {
	q := url.Values{"period": {string(p.View.Query.Period)}}
	if p.View.Query.On != "" {
		q.Set("on", string(p.View.Query.On))
	}
	if p.View.Query.Unit != "" {
		q.Set("unit", p.View.Query.Unit)
	}
	if len(p.View.Query.Group) > 0 {
		q.Set("group", strings.Join(p.View.Query.Group, ","))
	}
	for i := 0; i+1 < len(set); i += 2 {
		q.Set(set[i], set[i+1])
	}
	return ui.With(ui.IndicatorHref(p.View.Indicator.Key)+path, q)
}

// aggregateWords says how the figures of units are put together.
func (p IndicatorPage) aggregateWords() string {
	a := p.View.Indicator.Aggregate
	name := func(key string) string {
		for _, in := range p.View.With {
			if in.Key == key {
				return p.Name(in)
			}
		}
		return key
	}
	switch a.Rule {
	case gov.Additive:
		return p.T("aggregate.sum")
	case gov.ByWeight:
		return p.T("web.indicator.mean_by", name(a.Weight))
	case gov.ByRatio:
		return p.T("web.indicator.ratio_of", name(a.Part), name(a.Whole))
	}
	return p.T("aggregate.none")
}

// trend draws the units together, and the one that is followed, where it can be compared with them.
func (p IndicatorPage) trend() string {
	v := p.View
	c := chart.Config{Title: p.T("web.indicator.trend"), Format: chartFormat(p.Frame)}
	var targets []chart.Target
	if v.Goal != nil {
		if x, ok := gov.ConvertMeasure(v.Goal.Value, v.Goal.Measure, v.Indicator.Measure); ok {
			targets = []chart.Target{{Value: x, Word: p.T("web.indicator.target")}}
		}
	}
	whole := chart.Series{Name: p.T("web.indicator.together"), Accent: true, Points: p.points(func(i int) (gov.Rolled, bool) { return v.Whole[i], v.Estimated[i] })}
	return chart.Lines(c, []chart.Series{whole}, targets)
}

// followed draws the unit that is followed, on a scale of its own: a commune beside its province would be a line along the bottom.
func (p IndicatorPage) followed() string {
	c := chart.Config{Title: p.View.Followed.Unit.Name, Height: 200, Format: chartFormat(p.Frame)}
	points := p.points(func(i int) (gov.Rolled, bool) { return p.View.Series[i].Rolled, false })
	return chart.Lines(c, []chart.Series{{Name: p.View.Followed.Unit.Name, Accent: true, Points: points}}, nil)
}

// points makes a line over the periods of the trend, from the first one that has a value; a gap stays a gap, and a new standard cuts the line.
func (p IndicatorPage) points(at func(i int) (gov.Rolled, bool)) []chart.Point {
	var points []chart.Point
	in := p.View.Indicator
	for i, period := range p.View.Periods {
		r, estimated := at(i)
		one := chart.Point{At: shortPeriod(p.Frame, period), Value: r.Value, Missing: r.WhyNot != "" || r.Known == 0, Hollow: estimated}
		if i > 0 && !in.SameStandard(p.View.Periods[i-1], period) {
			one.Break = p.T("web.indicator.break", in.StandardOn(period.LastDay()).Law)
		}
		points = append(points, one)
	}
	for len(points) > 0 && points[0].Missing {
		points = points[1:]
	}
	if len(points) > 0 {
		points[0].Break = ""
	}
	return points
}

// known lists the units that have a figure.
func (p IndicatorPage) known() []app.IndicatorUnit {
	return slices.DeleteFunc(slices.Clone(p.View.Units), func(u app.IndicatorUnit) bool { return !u.Known })
}

// spread draws how the units are distributed, and where the whole stands.
func (p IndicatorPage) spread() string {
	var dots []chart.Dot
	for _, u := range p.known() {
		dots = append(dots, chart.Dot{Name: u.Unit.Name, Value: u.Amount.Value, Accent: u.Unit.Key.Code == p.View.Query.Unit, Hollow: u.Vintage == gov.Estimated,
			Href: p.href("", "unit", u.Unit.Key.Code) + "#followed"})
	}
	var targets []chart.Target
	if last := p.View.Whole[len(p.View.Whole)-1]; p.View.Indicator.Rate() && last.WhyNot == "" {
		targets = []chart.Target{{Value: last.Value, Word: p.T("web.indicator.together")}}
	}
	return chart.Spread(chart.Config{Title: p.T("web.indicator.spread"), Format: chartFormat(p.Frame)}, dots, targets)
}

// names are the units by key.
func (p IndicatorPage) names() map[gov.UnitKey]app.IndicatorUnit {
	m := map[gov.UnitKey]app.IndicatorUnit{}
	for _, u := range p.View.Units {
		m[u.Unit.Key] = u
	}
	return m
}

// mostBars is how many units a ranking draws at each end.
const mostBars = 12

// bars draws the first and the last of the ranking; a place that may be chance is hollow.
func (p IndicatorPage) bars() string {
	names := p.names()
	var bars []chart.Bar
	for i, r := range p.View.Ranked {
		followed := r.Unit.Code == p.View.Query.Unit
		if i >= mostBars && i < len(p.View.Ranked)-mostBars && !followed {
			if left := len(p.View.Ranked) - 2*mostBars; i == mostBars && left > 0 {
				bars = append(bars, chart.Bar{Gap: true, Label: p.T("web.indicator.left_out", p.Int(left))})
			}
			continue
		}
		words := p.Number(tidy(r.Value))
		if r.Uncertain {
			words += " " + p.T("web.indicator.uncertain_short")
		}
		bars = append(bars, chart.Bar{Label: p.Int(r.Rank) + ". " + names[r.Unit].Unit.Name, Value: r.Value, Words: words, Accent: followed, Hollow: r.Uncertain,
			Href: p.href("", "unit", r.Unit.Code) + "#followed"})
	}
	return chart.Bars(chart.Config{Title: p.T("web.indicator.ranking"), Format: chartFormat(p.Frame)}, bars)
}

// placeWords says of a unit on the map what its colour says.
func (p IndicatorPage) placeWords(u app.IndicatorUnit) string {
	words := u.Unit.Name + ": "
	switch {
	case u.Known:
		words += p.Number(tidy(u.Amount.Value)) + " " + p.View.Indicator.Measure
	case u.WhyNot != "":
		words += p.T("why_not_added." + string(u.WhyNot))
	default:
		words += p.T("why_not.no_figure")
	}
	if u.Targets > 0 {
		words += ", " + verdictWords(p.Frame, u.Verdict)
	}
	return words
}

// rollName names a group of units that are put together.
func (p IndicatorPage) rollName(r app.UnitRoll) string {
	switch {
	case r.Name != "" && r.Kind == app.RollFormer:
		return p.T("web.indicator.roll.former", r.Name)
	case r.Name != "":
		return p.T("web.indicator.roll.type", r.Name)
	case r.Kind == app.RollChosen || r.Kind == app.RollAll:
		return p.T("web.indicator.roll." + string(r.Kind))
	}
	return p.T("web.indicator.roll.open")
}

// unitNames lists the units of a group as far as it stays short.
func (p IndicatorPage) unitNames(units []app.UnitRef) string {
	var names []string
	for i, u := range units {
		if i == 12 {
			names = append(names, "…")
			break
		}
		names = append(names, u.Name)
	}
	return strings.Join(names, ", ")
}
