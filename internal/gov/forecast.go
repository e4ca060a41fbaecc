package gov

import (
	"math"
	"slices"
)

// A Basis says what a forecast rests on.
type Basis string

// The bases.
const (
	RunRate   Basis = "run_rate"   // so much a month until now, and so on
	Season    Basis = "season"     // as much of the whole was done by now last year
	Trend     Basis = "trend"      // the line through the last values
	LastValue Basis = "last_value" // as it is
)

// A Forecast is what the period's end would bring if things went on, with the numbers that it was made of, so that a reader can do the sum.
type Forecast struct {
	Value  float64
	Basis  Basis
	Done   float64 // so far, or the last value
	Months int     // of the period that are over
	Of     int     // that the period has
	Share  float64 // of Season: per cent of last year's whole that was done after as many months
	Step   float64 // of Trend: change a month
	Points int     // of Trend: how many values the line goes through
}

// A Pace is what is still to be done.
type Pace struct {
	Left       float64 // to the target; negative: more than enough is done
	MonthsLeft int
	Needed     float64 // a month, to reach the target
	SoFar      float64 // a month until now; of a state the change a month
}

const (
	enoughTime   = 0.25 // of the period must be over before the pace until now says that a target is at risk
	enoughPoints = 3    // a line needs
	trendPoints  = 12   // a line takes at most: older values say little of where things go now
)

// look makes pace and forecast for a target that is not due, and calls it at risk where the forecast misses it on sufficient ground.
func (w *weighing) look(got *Reported) {
	months := w.elapsed(got)
	total := int(w.p.last-w.p.first) + 1
	if months < 1 || w.goal.yesNo || w.in.Better == Structure {
		return
	}
	var f *Forecast
	pace := &Pace{Left: lessBy(w.goal.value, got.Value), MonthsLeft: total - months}
	if w.in.Flow {
		f = w.flowForecast(got, months, total)
		pace.SoFar = got.Value / float64(months)
	} else {
		f = w.stateForecast(got, months, total)
		pace.SoFar = f.Step
	}
	if pace.MonthsLeft > 0 && w.goal.measured() {
		pace.Needed = pace.Left / float64(pace.MonthsLeft)
		w.s.Pace = pace
	}
	w.s.Forecast = f
	ground := f.Basis == Season || f.Basis == Trend || f.Basis == RunRate && float64(months) >= enoughTime*float64(total)
	if ground && w.goal.verdict(f.Value) == NotMet {
		w.s.Verdict, w.s.WhyNot = AtRisk, ""
	}
}

// elapsed is how many months of the target's period the figure covers: to the end of its own period, or, where it is of the whole
// period though that is not over, to the day of its source.
func (w *weighing) elapsed(got *Reported) int {
	if got.Period != w.t.Period {
		return int(w.a.facts(got.Period).last-w.p.first) + 1
	}
	first, last, ok := Period(got.Day[:min(7, len(got.Day))]).Months()
	if !ok || first != last {
		return 0
	}
	return min(max(int(first-w.p.first), 0)+1, int(w.p.last-w.p.first)+1)
}

// flowForecast takes the share of the whole that was done by now a year before, else the pace until now.
func (w *weighing) flowForecast(got *Reported, months, total int) *Forecast {
	f := &Forecast{Basis: RunRate, Done: got.Value, Months: months, Of: total, Value: got.Value * float64(total) / float64(months)}
	if total > 12 {
		return f
	}
	then, ok1 := w.accumulated(w.p.first-12, w.p.first-12+Month(months)-1)
	all, ok2 := w.accumulated(w.p.first-12, w.p.last-12)
	if !ok1 || !ok2 || then.Period.Length() != months || all.Period.Length() != total || all.Value <= 0 || then.Value <= 0 || then.Value > all.Value {
		return f
	}
	f.Basis, f.Share = Season, then.Value/all.Value*100
	f.Value = got.Value * all.Value / then.Value
	return f
}

// A point is a value at the end of a month.
type point struct {
	at Month
	v  float64
}

// stateForecast follows the line through the last values of one standard, else keeps the last value.
func (w *weighing) stateForecast(got *Reported, months, total int) *Forecast {
	f := &Forecast{Basis: LastValue, Value: got.Value, Done: got.Value, Months: months, Of: total}
	latest := map[Month]Reported{}
	for i := range w.history {
		r := &w.history[i]
		k := w.a.facts(r.Period)
		if !k.ok || k.last > w.p.first+Month(months)-1 || !w.comparable(r) || !w.in.SameStandard(r.Period, w.t.Period) {
			continue
		}
		v, _, ok := w.value(r)
		if old, have := latest[k.last]; ok && (!have || laterWord(r, &old)) {
			old = *r
			old.Value = v
			latest[k.last] = old
		}
	}
	var points []point
	for at, r := range latest {
		points = append(points, point{at, r.Value})
	}
	slices.SortFunc(points, func(a, b point) int { return int(a.at - b.at) })
	points = points[max(0, len(points)-trendPoints):]
	if len(points) < enoughPoints {
		return f
	}
	f.Basis, f.Points, f.Step = Trend, len(points), slopeOf(points)
	f.Value = got.Value + f.Step*float64(total-months)
	if b := w.in.Plausible; b.Low != nil && f.Value < *b.Low {
		f.Value = *b.Low
	} else if b.High != nil && f.Value > *b.High {
		f.Value = *b.High
	}
	return f
}

// slopeOf is the change a month: the median of the slopes between all pairs (Theil and Sen), which one wrong value does not bend.
func slopeOf(points []point) float64 {
	var slopes []float64
	for i, a := range points {
		for _, b := range points[i+1:] {
			slopes = append(slopes, (b.v-a.v)/float64(b.at-a.at))
		}
	}
	return median(slopes)
}

// median of the values, which it sorts; NaN of none.
func median(values []float64) float64 {
	n := len(values)
	if n == 0 {
		return math.NaN()
	}
	slices.Sort(values)
	if n%2 == 1 {
		return values[n/2]
	}
	return (values[n/2-1] + values[n/2]) / 2
}
