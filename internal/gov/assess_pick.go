package gov

// A goal is what a target asks for: bounds on the value.
type goal struct {
	low, high *float64 // at least, at most; belonging to the goal
	value     float64  // the target's number as values are compared with it
	share     bool     // x of y is compared by its share, in per cent
	shares    bool     // the actual as per cent of the target says something
	yesNo     bool
	slack     float64 // how far off is still equal
}

// structureSlack is how far a part of a structure may be off its target: half of the last digit that is usually printed.
const structureSlack = 0.05

// goalOf reads a target by the indicator's direction; the target's own words ("từ … trở lên", "không quá") go before it. False where neither
// says which way is better.
func goalOf(in *Indicator, t *Target) (goal, bool) {
	g := goal{value: t.Value}
	v := t.Value
	switch {
	case in.Better == InBand:
		g.low, g.high = in.Band.Low, in.Band.High
		switch t.Comparator {
		case AtLeast:
			g.low = &v
		case AtMost:
			g.high = &v
		}
		return g, true
	case in.Better == YesNo:
		g.low, g.yesNo = &v, true
		return g, true
	case in.Better == XOfY:
		if t.Of == nil && SameDimension(t.Measure, "%") {
			g.share = true
		}
		if t.Comparator == AtMost {
			g.high = &v
		} else {
			g.low, g.shares = &v, true
		}
		return g, true
	case t.Comparator == AtMost:
		g.high = &v
		return g, true
	case t.Comparator == AtLeast, in.Better == Up:
		g.low, g.shares = &v, true
		return g, true
	case in.Better == Down:
		g.high = &v
		return g, true
	case in.Better == Exactly, in.Better == Structure:
		g.low, g.high, g.shares = &v, &v, in.Better == Exactly
		if in.Better == Structure {
			g.slack = structureSlack
		}
		return g, true
	}
	return g, false
}

// measured reports whether the distance from the target says something.
func (g goal) measured() bool {
	return !g.yesNo && (g.low == nil || g.high == nil || *g.low == *g.high)
}

// verdict compares. More than at least, and less than at most, is exceeded; where both bounds are given there is nothing to exceed.
func (g goal) verdict(v float64) Verdict {
	switch {
	case g.low != nil && v < *g.low-g.slack, g.high != nil && v > *g.high+g.slack:
		return NotMet
	case g.low != nil && g.high != nil, g.yesNo, g.low == nil && g.high == nil:
		return Met
	case g.low != nil && v > *g.low, g.high != nil && v < *g.high:
		return Exceeded
	}
	return Met
}

// bounded refuses a figure that is itself only a bound where the bound does not settle the matter: "trên 40" meets at least 30, and says
// nothing about at least 50.
func (g goal) bounded(r *Reported) WhyNot {
	switch {
	case r.Comparator == AtLeast && (g.high != nil || g.low != nil && r.Value < *g.low),
		r.Comparator == AtMost && (g.low != nil || g.high != nil && r.Value > *g.high):
		return OnlyBound
	}
	return ""
}

// effectiveScope is the scope of a claim; a period longer than a year says by itself that it is the term.
func effectiveScope(s Scope, f periodFacts) Scope {
	if s == ScopeOpen && f.ok && f.last-f.first >= 12 {
		return Term
	}
	return s
}

// scopes says whether figure and target are of one scope. Only what accumulates has one, and only over a year or more.
func (w *weighing) scopes(r *Reported) WhyNot {
	if !w.in.Flow || w.p.last-w.p.first < 11 || r.Period != w.t.Period {
		return ""
	}
	a, b := effectiveScope(r.Scope, w.p), effectiveScope(w.t.Scope, w.p)
	switch {
	case a == b && a != ScopeOpen:
		return ""
	case a == ScopeOpen || b == ScopeOpen:
		return OpenScope
	}
	return OtherScope
}

// comparable reports whether a figure of another period is of the target's kind: the same part, and the scope that the target has.
func (w *weighing) comparable(r *Reported) bool {
	if r.Indicator != w.t.Indicator && r.Indicator != "" {
		return false
	}
	return !w.in.Flow || r.Period.WithinYear() || effectiveScope(r.Scope, w.a.facts(r.Period)) == effectiveScope(w.t.Scope, w.p)
}

// value is the figure in the target's measure, x of y as its share where the target is a share, or where the two have different y.
func (w *weighing) value(r *Reported) (v float64, of *float64, ok bool) {
	t := w.t
	if w.in.Better == XOfY && r.Of != nil {
		switch {
		case *r.Of <= 0:
			return 0, nil, false
		case w.goal.share:
			return r.Value / *r.Of * 100, nil, true
		case t.Of != nil && *t.Of != *r.Of && *t.Of > 0: // as many of the target's y
			return r.Value / *r.Of * *t.Of, t.Of, true
		}
		return r.Value, r.Of, true
	}
	if w.in.Better == YesNo {
		return r.Value, nil, true
	}
	if r.Measure == t.Measure {
		return r.Value, r.Of, true
	}
	v, ok = ConvertMeasure(r.Value, r.Measure, t.Measure)
	return v, r.Of, ok
}

// pick finds the figure to hold against the target: of its own period the one that is most final, then the latest; else what the parts of
// the period that are reported come to.
func (w *weighing) pick(got *Reported) WhyNot {
	var best *Reported
	why, others := NoFigure, false
	for i := range w.history {
		r := &w.history[i]
		if r.Period != w.t.Period {
			others = true
			continue
		}
		if r.Indicator != w.t.Indicator && r.Indicator != "" {
			continue
		}
		if not := w.scopes(r); not != "" {
			why = not
			continue
		}
		if _, _, ok := w.value(r); !ok {
			why = OtherMeasure
			continue
		}
		if best == nil || laterWord(r, best) {
			best = r
		}
	}
	if best != nil {
		*got = *best
		got.Value, got.Of, _ = w.value(best)
		got.Measure = w.t.Measure
		return ""
	}
	if others {
		r, not := w.partial()
		if not == "" || not == OtherStandard && why == NoFigure {
			*got = r
			return not
		}
	}
	return why
}

// laterWord reports whether a is to be believed before b: by their ranks where both have one, else the more final vintage, then the later day.
func laterWord(a, b *Reported) bool {
	if a.Rank != "" && b.Rank != "" {
		return a.Rank > b.Rank
	}
	if va, vb := vintageRank(a.Vintage), vintageRank(b.Vintage); va != vb {
		return va > vb
	}
	return a.Day > b.Day
}

// vintageRank orders vintages; an open one counts like an estimate.
func vintageRank(v Vintage) int {
	switch v {
	case Preliminary:
		return 2
	case Final:
		return 3
	}
	return 1
}

// partial is what is known of the target's period from shorter periods: of what accumulates the sum from its beginning without a gap, of a
// state the latest one that is measured by the same standard.
func (w *weighing) partial() (Reported, WhyNot) {
	why := NoFigure
	if w.in.Flow {
		r, ok := w.accumulated(w.p.first, w.p.last)
		if ok {
			why = ""
		}
		return r, why
	}
	var best Reported
	for i := range w.history {
		r := &w.history[i]
		f := w.a.facts(r.Period)
		if !f.ok || f.first < w.p.first || f.last > w.p.last || !w.comparable(r) {
			continue
		}
		if !w.in.SameStandard(r.Period, w.t.Period) {
			if why == NoFigure {
				why = OtherStandard
			}
			continue
		}
		v, of, ok := w.value(r)
		if ok && (why != "" || f.last > w.a.facts(best.Period).last || f.last == w.a.facts(best.Period).last && laterWord(r, &best)) {
			best, why = *r, ""
			best.Value, best.Of, best.Measure = v, of, w.t.Measure
		}
	}
	return best, why
}

// accumulated adds up periods from first on, each beginning where the one before ended, at most to last; the longest that begin at a month
// go first, so that a cumulative report needs no months.
func (w *weighing) accumulated(first, last Month) (Reported, bool) {
	sum := Reported{Indicator: w.t.Indicator, Measure: w.t.Measure, Comparator: Equal, Vintage: Final}
	var parts []float64
	next := first
	for next <= last {
		var best Reported
		end := next - 1
		for i := range w.history {
			r := &w.history[i]
			f := w.a.facts(r.Period)
			if !f.ok || f.first != next || f.last > last || f.last < end || !w.comparable(r) || r.Of != nil || r.Comparator == AtLeast || r.Comparator == AtMost {
				continue
			}
			v, _, ok := w.value(r)
			if ok && (f.last > end || laterWord(r, &best)) {
				best, end = *r, f.last
				best.Value = v
			}
		}
		if end < next {
			break
		}
		parts = append(parts, best.Value)
		sum.Day, sum.Figure, sum.Rank = max(sum.Day, best.Day), best.Figure, best.Rank
		if vintageRank(best.Vintage) < vintageRank(sum.Vintage) {
			sum.Vintage = best.Vintage
		}
		next = end + 1
	}
	if len(parts) > 1 {
		sum.Figure, sum.Rank = "", ""
	}
	if len(parts) == 0 {
		return sum, false
	}
	sum.Period, sum.Value = PeriodOf(first, next-1), addUp(parts)
	return sum, true
}
