package gov

import "slices"

// A Baseline says who set a target. One value may meet one baseline and miss another, so they are never mixed.
type Baseline string

// The baselines; an open one is shown as a gap.
const (
	BaselineOpen     Baseline = ""
	BaselineProvince Baseline = "province" // giao của tỉnh
	BaselineCouncil  Baseline = "council"  // HĐND giao
	BaselineCongress Baseline = "congress" // nghị quyết đại hội
	BaselineOwn      Baseline = "own"      // kế hoạch của đơn vị
)

// Baselines lists those that a form offers.
var Baselines = []Baseline{BaselineProvince, BaselineCouncil, BaselineCongress, BaselineOwn}

// A Target is what a unit has to reach, with its baseline. It is revised by a new target that supersedes it.
type Target struct {
	Realm   Realm
	ID      ID
	Session ID
	Claim
	Baseline     Baseline
	Parent       ID     // the target that it was handed down from; empty: none
	Reason       string // why it was revised; empty: it is the first, or rests on its document alone
	Entered      Stamp
	Confirmed    Stamp
	SupersededBy ID
}

// Checked refuses a target whose scope and period contradict each other: one for the whole term needs more than a year, one of the year not
// more.
func (t Target) Checked() error {
	first, last, ok := t.Period.Months()
	switch years := last - first; {
	case !ok && t.Period != "":
		return Errorf(Invalid, "error.target_period", string(t.Period))
	case ok && t.Scope == Term && years < 12, ok && t.Scope == Annual && years >= 12:
		return Errorf(Invalid, "error.target_scope", string(t.Period))
	}
	return nil
}

// CheckRevision refuses a revision that is none: of another thing, of a target that was revised already, to the same value, or without a
// reason or a document.
func CheckRevision(old, revised Target) error {
	switch {
	case old.SupersededBy != "":
		return Errorf(Conflict, "error.target_revised")
	case old.Indicator != revised.Indicator || old.Unit != revised.Unit || old.Period != revised.Period || old.Scope != revised.Scope || old.Baseline != revised.Baseline:
		return Errorf(Invalid, "error.target_other")
	case revised.Reason == "" && revised.Source.Document == "":
		return Errorf(Invalid, "error.target_reason")
	case sameValue(old.Claim, revised.Claim) && SameDimension(old.Measure, revised.Measure) && old.Measure == revised.Measure:
		return Errorf(Invalid, "error.target_same")
	}
	return revised.Checked()
}

// TargetHistory is the chain of revisions that the target with the id belongs to, the first target first. Each has its own reason and source.
func TargetHistory(targets []Target, id ID) []Target {
	at, before := map[ID]int{}, map[ID]int{}
	for i, t := range targets {
		at[t.ID] = i
		if t.SupersededBy != "" {
			before[t.SupersededBy] = i
		}
	}
	i, ok := at[id]
	if !ok {
		return nil
	}
	for n := 0; n < len(targets); n++ { // to the first; a circle ends
		b, earlier := before[targets[i].ID]
		if !earlier {
			break
		}
		i = b
	}
	var chain []Target
	for ok && len(chain) < len(targets) {
		chain = append(chain, targets[i])
		i, ok = at[targets[i].SupersededBy]
	}
	return chain
}

// A HandDownRule says how the targets of parts are held against the target of the whole.
type HandDownRule string

// The rules.
const (
	PartsSum    HandDownRule = "sum"      // they add up to it
	PartsMean   HandDownRule = "weighted" // their weighted mean is it
	EachAtLeast HandDownRule = "each"     // each asks for as much as the whole
)

// A HandDown is how a target that was handed down to units meets the whole.
type HandDown struct {
	Rule    HandDownRule
	Want    float64 // the target of the whole
	Got     float64 // what the parts come to; of EachAtLeast the easiest part
	Gap     float64 // got − want; of rates in points
	Measure string
	Enough  bool        // the parts ask together for at least as much as the whole
	WhyNot  WhyNotAdded // why Got is not known; empty: it is
	Missing []UnitKey   // units that were handed nothing
	Easier  []UnitKey   // units whose own target is easier than the whole's, where that matters
	Unlike  []ID        // targets that cannot be held against it: of another period, scope or measure
}

// CheckHandedDown holds the targets of units against the target that was handed down to them. Weights are amounts of the indicators by which
// the rule weighs; where one is missing, the parts are enough only if each of them is.
func CheckHandedDown(in Indicator, whole Target, parts []Target, units []UnitKey, weights Amounts) HandDown {
	h := HandDown{Want: whole.Value, Measure: whole.Measure, Rule: EachAtLeast}
	g, ok := goalOf(&in, &whole)
	given := h.take(whole, parts, units)
	if !ok || g.yesNo {
		h.WhyNot = NotComparable
		return h
	}
	for _, u := range units {
		if v, has := given[u]; has && !g.verdict(v).Reached() {
			h.Easier = append(h.Easier, u)
		}
	}
	switch in.Aggregate.Rule {
	case Additive:
		h.Rule, h.Easier = PartsSum, nil
	case ByWeight, ByRatio:
		h.Rule = PartsMean
	}
	r := h.together(in, units, given, weights)
	each := len(h.Missing) == 0 && len(h.Easier) == 0 && len(given) > 0
	if r.WhyNot != "" && r.WhyNot != NotComparable {
		h.WhyNot, h.Enough = r.WhyNot, h.Rule == PartsMean && each
		return h
	}
	if h.Rule == EachAtLeast {
		r.Value = easiest(g, given)
		h.Enough = each
	} else {
		h.Enough = len(h.Missing) == 0 && g.verdict(r.Value).Reached()
	}
	h.Got, h.Gap = r.Value, lessBy(r.Value, whole.Value)
	return h
}

// take sorts the parts: what each unit was given in the whole's measure, who was given nothing, and what cannot be compared.
func (h *HandDown) take(whole Target, parts []Target, units []UnitKey) map[UnitKey]float64 {
	given := map[UnitKey]float64{}
	for _, p := range parts {
		if p.SupersededBy != "" {
			continue
		}
		v, ok := ConvertMeasure(p.Value, p.Measure, whole.Measure)
		if !ok || p.Indicator != whole.Indicator || p.Period != whole.Period || p.Scope != whole.Scope || !slices.Contains(units, p.Unit) {
			h.Unlike = append(h.Unlike, p.ID)
			continue
		}
		given[p.Unit] = v
	}
	for _, u := range units {
		if _, ok := given[u]; !ok {
			h.Missing = append(h.Missing, u)
		}
	}
	return given
}

// together puts the parts' targets together as if they were figures.
func (h *HandDown) together(in Indicator, units []UnitKey, given map[UnitKey]float64, weights Amounts) Rolled {
	if in.Aggregate.Rule == ByRatio { // of targets only the rates are known: they weigh by the whole
		in.Aggregate = Aggregation{Rule: ByWeight, Weight: in.Aggregate.Whole}
	}
	in.Measure = h.Measure
	return RollUp(in, units, func(key string, u UnitKey) (Amount, bool) {
		if key == in.Key {
			v, ok := given[u]
			return Amount{Value: v, Measure: h.Measure}, ok
		}
		if weights == nil {
			return Amount{}, false
		}
		return weights(key, u)
	})
}

// easiest is the part that asks for least.
func easiest(g goal, given map[UnitKey]float64) float64 {
	first, out := true, 0.0
	for _, v := range given {
		if first || g.low != nil && v < out || g.low == nil && v > out {
			first, out = false, v
		}
	}
	return out
}
