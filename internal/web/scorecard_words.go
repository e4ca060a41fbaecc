package web

import (
	"net/url"
	"strings"

	"haicap/internal/app"
	"haicap/internal/chart"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// signed writes a change with its sign.
func signed(f ui.Frame, v float64) string {
	if v > 0 {
		return "+" + f.Number(v)
	}
	return f.Number(v)
}

// points is a difference in the indicator's measure; of rates in points.
func points(f ui.Frame, v float64, in gov.Indicator) string {
	if in.Rate() {
		return f.T("web.points", signed(f, tidy(v)))
	}
	return signed(f, tidy(v)) + " " + in.Measure
}

// verdictWords is the verdict, with the reason where there is none.
func verdictWords(f ui.Frame, s gov.Assessment) string {
	words := f.T("verdict." + string(s.Verdict))
	if s.Verdict == gov.NotAssessed && s.WhyNot != "" {
		words += ": " + f.T("why_not."+string(s.WhyNot))
	}
	return words
}

// actualWords says what there is: the value, how final it is, until when, and its share of the target.
func actualWords(f ui.Frame, s gov.Assessment) string {
	words := f.Number(*s.Actual)
	if s.ActualOf != nil {
		words += "/" + f.Number(*s.ActualOf)
	}
	words += " " + s.Measure
	var more []string
	if s.Vintage != "" {
		more = append(more, f.T("vintage."+string(s.Vintage)))
	}
	if s.Through != s.Period && s.Through != "" {
		more = append(more, f.T("web.scorecard.through", f.Period(s.Through)))
	}
	if s.Ratio != nil {
		more = append(more, f.T("web.scorecard.ratio", f.Number(tidy(*s.Ratio))))
	}
	if len(more) > 0 {
		words += " (" + strings.Join(more, ", ") + ")"
	}
	return words
}

// changeWords says how a value moved.
func changeWords(f ui.Frame, d *gov.Delta, in gov.Indicator) string {
	words := points(f, d.By, in)
	if d.Share != nil {
		words += " (" + signed(f, tidy(*d.Share)) + "%)"
	}
	return f.T("web.scorecard.against", f.Period(d.Before), words)
}

// paceWords says what is still to be done and how fast it goes.
func paceWords(f ui.Frame, p *gov.Pace, measure string) string {
	return f.T("web.scorecard.pace", f.Number(tidy(p.Left))+" "+measure, f.Int(p.MonthsLeft), f.Number(tidy(p.Needed)), f.Number(tidy(p.SoFar)))
}

// forecastWords says what the period's end would bring, and on what ground.
func forecastWords(f ui.Frame, c *gov.Forecast, measure string) string {
	n := func(v float64) string { return f.Number(tidy(v)) }
	basis := ""
	switch c.Basis {
	case gov.RunRate:
		basis = f.T("forecast.run_rate", n(c.Done), f.Int(c.Months), f.Int(c.Of))
	case gov.Season:
		basis = f.T("forecast.season", f.Int(c.Months), n(c.Share))
	case gov.Trend:
		basis = f.T("forecast.trend", f.Int(c.Points), signed(f, tidy(c.Step)))
	case gov.LastValue:
		basis = f.T("forecast.last_value", n(c.Done))
	}
	return n(c.Value) + " " + measure + " (" + basis + ")"
}

// chartFormat writes the values of a chart.
func chartFormat(f ui.Frame) func(float64) string {
	return func(v float64) string { return f.Number(tidy(v)) }
}

// seriesOf makes the points of a line; a period that is missing between two is a gap.
func seriesOf(f ui.Frame, in gov.Indicator, list []gov.SeriesPoint) []chart.Point {
	var points []chart.Point
	for _, s := range list {
		if s.Gap {
			points = append(points, chart.Point{Missing: true})
		}
		p := chart.Point{At: shortPeriod(f, s.Period), Value: s.Value, Hollow: s.Vintage == gov.Estimated}
		if s.Break {
			p.Break = f.T("web.indicator.break", in.StandardOn(s.Period.LastDay()).Law)
		}
		points = append(points, p)
	}
	return points
}

// shortPeriod is a period under a chart.
func shortPeriod(f ui.Frame, p gov.Period) string {
	switch {
	case len(p) == 7 && p[5] == 'Q':
		return f.T("web.short.quarter", string(p[6:]), string(p[2:4]))
	case len(p) == 7:
		return f.T("web.short.month", strings.TrimLeft(string(p[5:]), "0"), string(p[2:4]))
	}
	return f.Period(p)
}

// askable reports whether a cell is one that somebody may ask about.
func askable(c *app.ScoreCellView) bool {
	for _, t := range c.Targets {
		if !t.Assessment.Verdict.Reached() {
			return true
		}
	}
	return len(c.Targets) == 0
}

// cellHref is the address of a cell of the scorecard.
func cellHref(p gov.Period, unit gov.UnitKey, indicator string) string {
	return "/scorecard/cell?period=" + url.QueryEscape(string(p)) + "&cell=" + url.QueryEscape(unit.Code+"."+indicator)
}
