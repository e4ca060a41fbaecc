package gov

import (
	"cmp"
	"slices"
)

// A Verdict says how a claim stands against one target.
type Verdict string

// The verdicts. A figure that is missing or a target that is not due yet is not a failure.
const (
	Exceeded    Verdict = "exceeded"     // vượt
	Met         Verdict = "met"          // đạt
	AtRisk      Verdict = "at_risk"      // có nguy cơ không đạt
	NotMet      Verdict = "not_met"      // không đạt
	NotAssessed Verdict = "not_assessed" // chưa đánh giá, with the reason
)

// Verdicts lists the verdicts red first: what needs a leader's eye stands before what does not.
var Verdicts = []Verdict{NotMet, AtRisk, NotAssessed, Met, Exceeded}

// Reached reports whether the verdict counts as "đạt và vượt".
func (v Verdict) Reached() bool { return v == Met || v == Exceeded }

// A WhyNot says why there is no verdict.
type WhyNot string

// The reasons.
const (
	NoTarget      WhyNot = "no_target"
	NoFigure      WhyNot = "no_figure"
	NotDue        WhyNot = "not_due"        // the period is not over
	OtherStandard WhyNot = "other_standard" // the definition changed between figure and target
	OtherScope    WhyNot = "other_scope"    // one is of a year, the other of the whole term
	OpenScope     WhyNot = "open_scope"     // nobody said which of the two it is
	OtherMeasure  WhyNot = "other_measure"  // the two measures do not compare
	OpenPeriod    WhyNot = "open_period"    // nobody said for when
	NoDirection   WhyNot = "no_direction"   // the indicator has no better and no worse
	OnlyBound     WhyNot = "only_bound"     // the figure is a bound ("trên 40 tỷ đồng") on the wrong side of the target
	NotWhole      WhyNot = "not_whole"      // parts of a structure are missing, or do not add up to 100
)

// A Reported is a figure as the rules compare it.
type Reported struct {
	Figure     ID
	Indicator  string // with its part, where it is a part of a structure
	Period     Period
	Scope      Scope
	Vintage    Vintage
	Day        Day    // of its source, else its cut-off
	Rank       string // of RankOf, where it is known: orders the claims on one cell
	Value      float64
	Of         *float64
	Measure    string
	Comparator Comparator
}

// ReportedOf takes from a figure what the rules need; false for one that is superseded or is no amount.
func ReportedOf(f Figure) (Reported, bool) {
	r := Reported{Figure: f.ID, Indicator: f.Indicator, Period: f.Period, Scope: f.Scope, Vintage: f.Vintage, Day: f.Source.Day, Rank: RankOf(f),
		Value: f.Value, Of: f.Of, Measure: f.Measure, Comparator: f.Comparator}
	if r.Day == "" {
		r.Day = f.CutOff
	}
	if f.Kind == Estimate && r.Vintage == VintageOpen {
		r.Vintage = Estimated
	}
	return r, f.SupersededBy == "" && shapeOf(f.Kind) == "amount"
}

// An Assessment is what becomes of one target: the verdict, and the numbers that a sentence about it needs, all in the target's measure.
type Assessment struct {
	Indicator string
	Unit      UnitKey
	Target    ID
	Baseline  Baseline
	Period    Period
	Scope     Scope
	Measure   string
	Verdict   Verdict
	WhyNot    WhyNot // of NotAssessed
	Figure    ID     // what was held against the target; empty: nothing, or several were added up
	Through   Period // the time that the figure speaks of; shorter than Period as long as that is not over
	Vintage   Vintage
	Actual    *float64
	ActualOf  *float64
	Goal      float64
	GoalOf    *float64
	Ratio     *float64 // actual as per cent of the target, never capped; nil where it says nothing: lower is better, a band, yes or no, a target of nothing
	Gap       *float64 // actual − target; of rates in points
	Change    *Delta   // against the same period of the year before
	Pace      *Pace
	Forecast  *Forecast
}

// A Delta is how a value moved against an earlier one.
type Delta struct {
	Before Period
	From   float64
	By     float64  // later − earlier; of rates in points
	Share  *float64 // the same in per cent of the earlier; nil for rates and where the earlier is nothing
}

// An Assessor holds claims against targets on one day. It remembers what it worked out about periods, so one is made for a page or a
// report; it must not be used by two goroutines at once.
type Assessor struct {
	today   Day
	windows []Window
	periods map[Period]periodFacts
}

type periodFacts struct {
	ok          bool
	first, last Month
	cutOff      Day
	before      Period
}

// NewAssessor makes an assessor for the day, with the data windows that say when a period's report closes.
func NewAssessor(today Day, windows []Window) *Assessor {
	return &Assessor{today: today, windows: windows, periods: map[Period]periodFacts{}}
}

func (a *Assessor) facts(p Period) periodFacts {
	f, known := a.periods[p]
	if !known {
		f.first, f.last, f.ok = p.Months()
		if f.ok {
			f.cutOff, f.before = CutOff(a.windows, p), p.YearBefore()
		}
		a.periods[p] = f
	}
	return f
}

// Due reports whether the data window of the period has closed, so that its target can be missed.
func (a *Assessor) Due(p Period) bool {
	f := a.facts(p)
	return f.ok && a.today > f.cutOff
}

// All assesses the targets of one indicator and unit, each baseline by itself, red first. Without a target there is one assessment that
// says so.
func (a *Assessor) All(in Indicator, targets []Target, history []Reported) []Assessment {
	if len(targets) == 0 {
		return []Assessment{{Indicator: in.Key, Verdict: NotAssessed, WhyNot: NoTarget, Measure: in.Measure}}
	}
	list := make([]Assessment, 0, len(targets))
	for i := range targets {
		if targets[i].SupersededBy == "" {
			list = list[:len(list)+1]
			a.assess(&in, &targets[i], history, &list[len(list)-1])
		}
	}
	if len(list) > 1 {
		RedFirst(list)
	}
	return list
}

// Assess holds what a unit reported of an indicator against one target. The history is what is in force on indicator and unit, in any order;
// besides the target's own period it serves for the change, the pace and the forecast.
func (a *Assessor) Assess(in Indicator, t Target, history []Reported) Assessment {
	var s Assessment
	a.assess(&in, &t, history, &s)
	return s
}

// assess fills in an empty assessment.
func (a *Assessor) assess(in *Indicator, t *Target, history []Reported, s *Assessment) {
	s.Indicator, s.Unit, s.Target, s.Baseline, s.Period, s.Scope, s.Measure = t.Indicator, t.Unit, t.ID, t.Baseline, t.Period, t.Scope, t.Measure
	s.Goal, s.GoalOf, s.Verdict = t.Value, t.Of, NotAssessed
	w := weighing{a: a, in: in, t: t, p: a.facts(t.Period), history: history, s: s, rate: in.Measure == "%" || in.Measure == "‰"}
	switch g, ok := goalOf(in, t); {
	case !w.p.ok:
		s.WhyNot = OpenPeriod
	case !ok:
		s.WhyNot = NoDirection
	default:
		w.goal = g
		w.weigh()
	}
}

// RedFirst sorts: the verdicts in the order of Verdicts, within one the lowest share of the target first, then by indicator and baseline.
func RedFirst(list []Assessment) {
	slices.SortStableFunc(list, func(a, b Assessment) int {
		return cmp.Or(cmp.Compare(slices.Index(Verdicts, a.Verdict), slices.Index(Verdicts, b.Verdict)), cmp.Compare(shareOr(a, 1e300), shareOr(b, 1e300)),
			cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.Baseline, b.Baseline))
	})
}

func shareOr(a Assessment, otherwise float64) float64 {
	if a.Ratio == nil {
		return otherwise
	}
	return *a.Ratio
}

// A weighing is one assessment while it is made.
type weighing struct {
	a       *Assessor
	in      *Indicator
	t       *Target
	p       periodFacts
	goal    goal
	history []Reported
	s       *Assessment
	rate    bool
}

// weigh decides. A period whose window has closed is judged by its own figure. Before that an estimate of the whole period counts, and an
// amount that only grows may have reached its target already; everything else is not due, and a forecast below the target is a risk.
func (w *weighing) weigh() {
	s, due := w.s, w.a.today > w.p.cutOff
	var got Reported
	why := w.pick(&got)
	if why != "" {
		s.WhyNot = why
		if why == NoFigure && !due {
			s.WhyNot = NotDue
		}
		return
	}
	n := &numbers{actual: got.Value} // one allocation for all that the assessment points at
	s.Figure, s.Through, s.Vintage, s.Actual, s.ActualOf = got.Figure, got.Period, got.Vintage, &n.actual, got.Of
	if why := w.goal.bounded(&got); why != "" {
		s.WhyNot = why
		return
	}
	whole := w.whole(&got)
	verdict := w.goal.verdict(got.Value)
	w.fill(n, &got, whole)
	switch {
	case whole && due:
		s.Verdict = verdict
	case w.settled() && verdict.Reached():
		s.Verdict = verdict
	case due:
		s.WhyNot = NoFigure // only a part of the period is reported
	case whole && got.Vintage == Estimated && verdict.Reached():
		s.Verdict = verdict
	case whole && got.Vintage == Estimated:
		s.Verdict = AtRisk // the unit itself expects it
	default:
		s.WhyNot = NotDue
		w.look(&got)
	}
}

// settled reports whether an amount that has reached the target cannot fall back: it only grows, and more is asked for.
func (w *weighing) settled() bool { return w.in.Flow && w.goal.low != nil && w.goal.high == nil }

// whole reports whether the figure speaks of all of the target's time: of its period, or, being a state, of the period's end.
func (w *weighing) whole(r *Reported) bool {
	return r.Period == w.t.Period || !w.in.Flow && w.a.facts(r.Period).last == w.p.last
}

// numbers are what an assessment points at.
type numbers struct {
	actual, gap, ratio, share float64
	change                    Delta
}

// fill fills in what the sentence needs besides the verdict.
func (w *weighing) fill(n *numbers, r *Reported, whole bool) {
	s := w.s
	if w.goal.measured() {
		n.gap = lessBy(r.Value, w.goal.value)
		s.Gap = &n.gap
	}
	if w.goal.shares && w.goal.value > 0 && (whole || w.in.Flow) {
		n.ratio = r.Value / w.goal.value * 100
		s.Ratio = &n.ratio
	}
	if w.t.Period != r.Period {
		return
	}
	var before *Reported
	for i := range w.history {
		if b := &w.history[i]; b.Period == w.p.before && w.comparable(b) && (before == nil || laterWord(b, before)) {
			before = b
		}
	}
	if before == nil || len(w.in.Standards) > 0 && !w.in.SameStandard(before.Period, r.Period) {
		return
	}
	if v, _, ok := w.value(before); ok {
		n.change.set(w.rate, before.Period, v, r.Value, &n.share)
		s.Change = &n.change
	}
}

// DeltaOf is the change from a value of an earlier period to a later one of the same measure: of rates in points, of amounts in per cent as well.
func DeltaOf(in Indicator, before Period, from, to float64) *Delta {
	d := &Delta{}
	d.set(in.Rate(), before, from, to, new(float64))
	return d
}

// set works a change out; share is where its per cent go.
func (d *Delta) set(rate bool, before Period, from, to float64, share *float64) {
	*d = Delta{Before: before, From: from, By: lessBy(to, from)}
	if !rate && from != 0 {
		*share = (to - from) / from * 100
		d.Share = share
	}
}

// Reported is what counts in a cell, for the rules.
func (c FigureCell) Reported() Reported {
	return Reported{Figure: c.Figure, Indicator: c.Indicator, Period: c.Period, Scope: c.Scope, Vintage: c.Vintage, Day: c.Day(), Rank: c.Rank,
		Value: c.Value, Of: c.Of, Measure: c.Measure, Comparator: c.Comparator}
}
