package gov

import (
	"cmp"
	"math"
	"slices"
)

// A SeriesPoint is one value of a series with how it moved.
type SeriesPoint struct {
	Reported
	Delta *Delta // against the period before; nil for the first, over a gap and over a break
	Year  *Delta // against the same period a year before
	Break bool   // measured by another standard than the value before it: the line is cut here
	Gap   bool   // periods of this length are missing before it
}

// SeriesOf puts what a unit reported of an indicator in order of time, one value a period (the one to be believed), with the changes. Periods of
// different lengths are different series: the length says which one is wanted, in months. Values that do not convert to the indicator's measure,
// and x of y, stay out.
func SeriesOf(in Indicator, history []Reported, months int) []SeriesPoint {
	best := map[Month]Reported{}
	for _, r := range history {
		first, last, ok := r.Period.Months()
		if !ok || int(last-first)+1 != months || r.Of != nil {
			continue
		}
		v, ok := ConvertMeasure(r.Value, r.Measure, in.Measure)
		if old, have := best[first]; !ok || have && !laterWord(&r, &old) {
			continue
		}
		r.Value, r.Measure = v, in.Measure
		best[first] = r
	}
	list := make([]SeriesPoint, 0, len(best))
	for _, r := range best {
		list = append(list, SeriesPoint{Reported: r})
	}
	slices.SortFunc(list, func(a, b SeriesPoint) int { return cmp.Compare(a.Period.FirstDay(), b.Period.FirstDay()) })
	for i := range list {
		p := &list[i]
		if first, _, _ := p.Period.Months(); months <= 12 {
			if y, have := best[first-12]; have && in.SameStandard(y.Period, p.Period) {
				p.Year = DeltaOf(in, y.Period, y.Value, p.Value)
			}
		}
		if i == 0 {
			continue
		}
		before := list[i-1]
		p.Break = !in.SameStandard(before.Period, p.Period)
		p.Gap = before.Period.LastDay().AddDays(1) != p.Period.FirstDay()
		if !p.Break && !p.Gap {
			p.Delta = DeltaOf(in, before.Period, before.Value, p.Value)
		}
	}
	return list
}

// GrowthPerYear is the mean growth a year in per cent over a series of years, as a rate that compounds, since the last break; for rates the mean
// change in points. False where there are fewer than two values or the first is not positive.
func GrowthPerYear(in Indicator, series []SeriesPoint) (float64, bool) {
	start := 0
	for i, p := range series {
		if p.Break {
			start = i
		}
	}
	if len(series)-start < 2 {
		return 0, false
	}
	a, b := series[start], series[len(series)-1]
	first, _, ok1 := a.Period.Months()
	last, _, ok2 := b.Period.Months()
	years := float64(last-first) / 12
	switch {
	case !ok1 || !ok2 || years <= 0:
		return 0, false
	case in.Rate():
		return lessBy(b.Value, a.Value) / years, true
	case a.Value <= 0 || b.Value < 0:
		return 0, false
	}
	return (math.Pow(b.Value/a.Value, 1/years) - 1) * 100, true
}
