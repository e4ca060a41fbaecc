package gov

import "math"

// A Severity says how a finding is put to a person. None of them refuses a figure.
type Severity string

// The severities.
const (
	SeverityError    Severity = "error"    // cannot be as it is: more than all of them, a rate that its counts contradict
	SeverityQuestion Severity = "question" // is probably wrong, or has a reason that should be told
	SeverityNote     Severity = "note"     // worth a look
)

// A Finding is what makes a figure look wrong, with the numbers of its sentence. The catalogue has the sentence under Key; Args are strings,
// float64 values, Period and Day values, which the outermost layer writes in the reader's language.
type Finding struct {
	Rule     string // "range", "whole", "slip", "jump", "outlier", "ratio", "plan", "structure", "documents", "entry"
	Severity Severity
	Key      string
	Args     []any
	Figure   ID // that looks wrong
	Other    ID // that it is held against; empty: none
}

// A Suspect is a figure with all that is known around it; what is not known is nil or empty, and its rules are passed over.
type Suspect struct {
	Now         Reported
	Before      *Reported // the last period
	YearBefore  *Reported // the same period of the year before
	Part, Whole *Reported // counts behind a rate
	Target      *Target   // the plan that Share is of
	Share       *float64  // per cent of the plan that the source says
	Peers       []Peer    // units of the same kind in the same period
	Unit        UnitKey
	Size        float64 // what the unit's value rests on, as in Peer
}

// The limits beyond which a figure is asked about. They ask and never refuse, so they are rules of thumb and no law.
const (
	jumpFactor  = 3.0  // an amount against the year before
	jumpPoints  = 15.0 // a rate against the last one, in points …
	smallRate   = 5.0  // … below this a rate that is several times what it was …
	smallPoints = 1.0  // … by at least so many points
	slipLow     = 0.7  // a value that is ten, a hundred or a thousand times the last within these bounds looks like a slipped point
	slipHigh    = 1.45
	slipMost    = 4
)

// Plausible applies all rules for which the suspect brings the numbers, the gravest first by rule.
func Plausible(in Indicator, s Suspect) []Finding {
	var list []Finding
	for _, rule := range []func(Indicator, Suspect) (Finding, bool){beyondRange, moreThanAll, againstCounts, againstPlan, slippedPoint, jumped, apartFromPeers} {
		if f, ok := rule(in, s); ok {
			f.Figure = s.Now.Figure
			list = append(list, f)
			if f.Rule == "slip" { // what slipped also jumps and stands apart: one question is enough
				break
			}
		}
	}
	return list
}

func beyondRange(in Indicator, s Suspect) (Finding, bool) {
	v, ok := ConvertMeasure(s.Now.Value, s.Now.Measure, in.Measure)
	switch r := in.Plausible; {
	case !ok:
		return Finding{}, false
	case r.Low != nil && v < *r.Low:
		return Finding{Rule: "range", Severity: SeverityQuestion, Key: "plausible.below", Args: []any{v, in.Measure, *r.Low}}, true
	case r.High != nil && v > *r.High:
		return Finding{Rule: "range", Severity: SeverityQuestion, Key: "plausible.above", Args: []any{v, in.Measure, *r.High}}, true
	}
	return Finding{}, false
}

func moreThanAll(_ Indicator, s Suspect) (Finding, bool) {
	if s.Now.Of == nil || s.Now.Value <= *s.Now.Of {
		return Finding{}, false
	}
	return Finding{Rule: "whole", Severity: SeverityError, Key: "plausible.more_than_all", Args: []any{s.Now.Value, *s.Now.Of}}, true
}

// againstCounts holds a rate against its two counts: it must be their quotient, rounded as it is written.
func againstCounts(in Indicator, s Suspect) (Finding, bool) {
	if s.Part == nil || s.Whole == nil || s.Whole.Value <= 0 || s.Now.Comparator != Equal {
		return Finding{}, false
	}
	part, ok := ConvertMeasure(s.Part.Value, s.Part.Measure, s.Whole.Measure)
	if !ok {
		part = s.Part.Value // hồ sơ of hồ sơ, written differently: the numbers are what counts
	}
	is := part / s.Whole.Value * 100
	if !in.Rate() || math.Abs(is-s.Now.Value) <= math.Pow10(-decimals(s.Now.Value))*0.5000001 {
		return Finding{}, false
	}
	f := Finding{Rule: "ratio", Severity: SeverityError, Key: "plausible.ratio", Args: []any{s.Now.Value, s.Part.Value, s.Whole.Value, roundTo(is, decimals(s.Now.Value)+1)}, Other: s.Part.Figure}
	return f, true
}

// againstPlan holds an amount and its share of the plan against the plan.
func againstPlan(_ Indicator, s Suspect) (Finding, bool) {
	if s.Target == nil || s.Share == nil || s.Now.Comparator != Equal {
		return Finding{}, false
	}
	v, ok := ConvertMeasure(s.Now.Value, s.Now.Measure, s.Target.Measure)
	implied, possible, ok2 := ImpliedTarget(v, *s.Share)
	if !ok || !ok2 || possible.Holds(s.Target.Value) {
		return Finding{}, false
	}
	return Finding{Rule: "plan", Severity: SeverityQuestion, Key: "plausible.plan", Args: []any{v, s.Target.Measure, *s.Share, implied, s.Target.Value}, Other: s.Target.ID}, true
}

// earlier is the figure to hold the present one against: of what has seasons the year before, else the last.
func earlier(in Indicator, s Suspect) (r *Reported, v, now float64, ok bool) {
	r = s.YearBefore
	if r == nil || !in.Flow && s.Before != nil {
		r = s.Before
	}
	if r == nil || s.Now.Of != nil || r.Of != nil || !in.SameStandard(r.Period, s.Now.Period) {
		return nil, 0, 0, false
	}
	if in.Flow && r == s.Before && r.Period.Length() != s.Now.Period.Length() {
		return nil, 0, 0, false
	}
	v, ok = ConvertMeasure(r.Value, r.Measure, s.Now.Measure)
	return r, v, s.Now.Value, ok && v > 0 && s.Now.Value > 0
}

// slippedPoint finds a value that is about ten, a hundred, a thousand or ten thousand times the earlier one, or that part of it.
func slippedPoint(in Indicator, s Suspect) (Finding, bool) {
	r, before, now, ok := earlier(in, s)
	if !ok || in.Rate() && before < smallRate && now < smallRate {
		return Finding{}, false
	}
	for n := 1; n <= slipMost; n++ {
		for _, times := range []float64{math.Pow10(n), math.Pow10(-n)} {
			if q := now / before / times; q > slipLow && q < slipHigh {
				return Finding{Rule: "slip", Severity: SeverityQuestion, Key: "plausible.slip", Args: []any{now, s.Now.Measure, before, r.Period}, Other: r.Figure}, true
			}
		}
	}
	return Finding{}, false
}

func jumped(in Indicator, s Suspect) (Finding, bool) {
	r, before, now, ok := earlier(in, s)
	if !ok {
		return Finding{}, false
	}
	by, times := lessBy(now, before), now/before
	if in.Rate() {
		small := before < smallRate && now < smallRate && math.Abs(by) >= smallPoints && (times > jumpFactor || times < 1/jumpFactor)
		if math.Abs(by) <= jumpPoints && !small {
			return Finding{}, false
		}
		return Finding{Rule: "jump", Severity: SeverityQuestion, Key: "plausible.jump_points", Args: []any{now, s.Now.Measure, by, before, r.Period}, Other: r.Figure}, true
	}
	if times <= jumpFactor && times >= 1/jumpFactor {
		return Finding{}, false
	}
	return Finding{Rule: "jump", Severity: SeverityQuestion, Key: "plausible.jump", Args: []any{now, s.Now.Measure, roundTo(times*100, 1), before, r.Period}, Other: r.Figure}, true
}

func apartFromPeers(in Indicator, s Suspect) (Finding, bool) {
	o, ok := FindOutlier(in, Peer{s.Unit, s.Now.Value, s.Size}, s.Peers)
	if !ok {
		return Finding{}, false
	}
	return Finding{Rule: "outlier", Severity: SeverityNote, Key: "plausible.outlier", Args: []any{s.Now.Value, s.Now.Measure, roundTo(o.Middle, decimals(s.Now.Value)+1), float64(o.Peers), roundTo(o.Z, 1)}}, true
}

// Contradictions lists the claims that contradict each other on one thing: two documents, or an entry and a document. Each pair of different
// values is named once; resolving it keeps both.
func Contradictions(figures []Figure, catalogue Catalogue) []Finding {
	var list []Finding
	for _, g := range GroupClaims(figures, catalogue) {
		if !g.Conflict {
			continue
		}
		for i, a := range g.Figures {
			for _, b := range g.Figures[i+1:] {
				if a.Scope != b.Scope || sameValue(a.Claim, b.Claim) {
					continue
				}
				f := Finding{Rule: "documents", Severity: SeverityQuestion, Key: "plausible.documents", Figure: a.ID, Other: b.ID,
					Args: []any{a.Value, a.Measure, a.Source.Day, b.Value, b.Source.Day}}
				if own, doc := a, b; a.Own() != b.Own() {
					if b.Own() {
						own, doc = b, a
					}
					f.Rule, f.Key, f.Figure, f.Other = "entry", "plausible.entry", own.ID, doc.ID
					f.Args = []any{own.Value, own.Measure, doc.Value, doc.Source.Day}
				} else if a.Own() {
					f.Rule, f.Key, f.Args = "entry", "plausible.entries", []any{a.Value, a.Measure, b.Value}
				}
				list = append(list, f)
			}
		}
	}
	return list
}

// StructureGap reports what the parts of a structure miss to 100, where that is more than their rounding.
func StructureGap(parts []Reported) (Finding, bool) {
	var values []float64
	slack := 0.0
	for _, p := range parts {
		values = append(values, p.Value)
		slack += math.Pow10(-decimals(p.Value)) / 2
	}
	sum := addUp(values)
	if len(parts) == 0 || math.Abs(sum-100) <= slack+1e-9 {
		return Finding{}, false
	}
	return Finding{Rule: "structure", Severity: SeverityError, Key: "plausible.structure", Args: []any{sum, lessBy(sum, 100)}, Figure: parts[0].Figure}, true
}
