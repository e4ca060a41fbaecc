package web

import (
	"haicap/internal/app"
	"haicap/internal/chart"
	"haicap/internal/gov"
)

// spark draws a unit's series restated on its own day: small, so that many stand beside each other.
func (p UnitPage) spark(l app.ProfileLine) string {
	var points []chart.Point
	for i, r := range l.Restated {
		one := chart.Point{At: shortPeriod(p.Frame, r.Period), Value: r.Value, Missing: r.WhyNot != ""}
		if i > 0 && !l.Indicator.SameStandard(l.Restated[i-1].Period, r.Period) {
			one.Break = p.T("web.indicator.break", l.Indicator.StandardOn(r.Period.LastDay()).Law)
		}
		points = append(points, one)
	}
	for len(points) > 0 && points[0].Missing {
		points = points[1:]
	}
	return chart.Spark(chart.Config{Title: p.Name(l.Indicator), Width: 280, Height: 56}, points, 0, 0)
}

// reportedWords is what the unit itself reported of a period.
func (p UnitPage) reportedWords(c gov.FigureCell) string {
	if c.Claims == 0 {
		return "–"
	}
	words := p.Number(c.Value)
	if c.Of != nil {
		words += "/" + p.Number(*c.Of)
	}
	return words
}

// restatedWords is what stands for the unit of today, or why nothing does.
func (p UnitPage) restatedWords(r gov.Restated, in gov.Indicator) string {
	if r.WhyNot != "" {
		return p.T("why_not_added." + string(r.WhyNot))
	}
	return rolledWords(p.Frame, r.Rolled, in)
}
