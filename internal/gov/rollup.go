package gov

import "slices"

// A WhyNotAdded says why figures of several units make no one figure.
type WhyNotAdded string

// The reasons.
const (
	NothingKnown  WhyNotAdded = "nothing_known"  // no unit has a figure
	NotComparable WhyNotAdded = "not_comparable" // by the indicator's rule
	WeightMissing WhyNotAdded = "weight_missing" // a unit has a figure and not what it weighs by
	MixedMeasures WhyNotAdded = "mixed_measures" // two measures that do not convert
	OnlyPartly    WhyNotAdded = "only_partly"    // of a restatement: a unit that it is made of has no figure
	Unapportioned WhyNotAdded = "unapportioned"  // of a restatement: a part of a unit moved, and nobody said how much of its figures went along
	OriginUnknown WhyNotAdded = "origin_unknown" // of a restatement: the register does not say what the unit was made of, or how much of it
)

// An Amount is a value to be put together with others.
type Amount struct {
	Value   float64
	Of      *float64
	Measure string
}

// Amounts gives what a unit has of an indicator in the period that is asked about; false where it has no figure.
type Amounts func(indicator string, unit UnitKey) (Amount, bool)

// A Rolled is what figures of several units come to, always with how many of the units it rests on.
type Rolled struct {
	Amount             // only where WhyNot is empty
	WhyNot WhyNotAdded // empty: Amount is there
	Known  int         // units that the amount rests on …
	Units  int         // … of so many: "131/148 đơn vị"
	// Missing are the units without a figure; Unweighed those that have one and lack what it weighs by: then no mean is made, since a mean of
	// the others would look like one of all.
	Missing   []UnitKey
	Unweighed []UnitKey
}

// Whole reports whether every unit is in the amount.
func (r Rolled) Whole() bool { return r.WhyNot == "" && r.Known == r.Units }

// RollUp puts the figures of units together by the indicator's rule. The units are those of a province, a group or a country; the period is
// that of the amounts.
func RollUp(in Indicator, units []UnitKey, amounts Amounts) Rolled {
	parts := make([]portion, len(units))
	for i, u := range units {
		parts[i] = portion{unit: u, share: 1}
	}
	return putTogether(&in, parts, amounts)
}

// A portion is a share of a unit's figures that goes into a whole.
type portion struct {
	unit  UnitKey
	share float64 // 1: all
}

// putTogether is the one place where figures of several units become one.
func putTogether(in *Indicator, parts []portion, amounts Amounts) Rolled {
	s := adding{in: in, amounts: amounts, r: Rolled{Units: len(parts), Amount: Amount{Measure: in.Measure}}}
	switch {
	case in.Aggregate.Rule == ByRatio:
		s.ratio(parts)
	case in.Aggregate.Rule == ByWeight:
		s.mean(parts)
	case in.Aggregate.Rule != Additive:
		s.r.WhyNot = NotComparable
	case in.Better == YesNo:
		s.count(parts)
	default:
		s.sum(parts)
	}
	s.r.Missing = slices.Clip(s.r.Missing)
	switch {
	case s.r.WhyNot != "":
	case len(s.r.Unweighed) > 0:
		s.r.WhyNot = WeightMissing
	case s.r.Known == 0:
		s.r.WhyNot = NothingKnown
	}
	if s.r.WhyNot != "" {
		s.r.Amount = Amount{}
	}
	return s.r
}

// An adding is one sum while it is made.
type adding struct {
	in      *Indicator
	amounts Amounts
	r       Rolled
}

// get is a unit's amount of an indicator, in the measure.
func (s *adding) get(key string, u UnitKey, measure string) (Amount, bool) {
	a, ok := s.amounts(key, u)
	if !ok {
		return a, false
	}
	if measure != "" && a.Measure != measure && a.Of == nil {
		v, converts := ConvertMeasure(a.Value, a.Measure, measure)
		if !converts {
			s.r.WhyNot = MixedMeasures
			return a, false
		}
		a.Value, a.Measure = v, measure
	}
	return a, true
}

// like is a unit's amount in the measure of the first one that was asked for, so that all that is divided by each other is of one kind.
func (s *adding) like(key string, u UnitKey, measure *string) (Amount, bool) {
	a, ok := s.get(key, u, *measure)
	if ok && *measure == "" {
		*measure = a.Measure
	}
	return a, ok
}

// sum adds; where figures are x of y, the y too, and then every unit must have one.
func (s *adding) sum(parts []portion) {
	var wholes []float64
	values := make([]float64, 0, len(parts))
	for _, p := range parts {
		a, ok := s.get(s.in.Key, p.unit, s.in.Measure)
		if !ok {
			s.r.Missing = append(s.r.Missing, p.unit)
			continue
		}
		s.r.Known++
		values = append(values, shareOf(a.Value, p.share))
		if a.Of != nil {
			wholes = append(wholes, shareOf(*a.Of, p.share))
		}
	}
	s.r.Value = addUp(values)
	switch {
	case len(wholes) == 0:
	case len(wholes) == len(values):
		y := addUp(wholes)
		s.r.Of = &y
	default:
		s.r.WhyNot = MixedMeasures // some say of how many, some do not
	}
}

// count is how many units say yes, of those that say anything.
func (s *adding) count(parts []portion) {
	yes := 0.0
	for _, p := range parts {
		a, ok := s.get(s.in.Key, p.unit, "")
		if !ok {
			s.r.Missing = append(s.r.Missing, p.unit)
			continue
		}
		s.r.Known++
		if a.Value != 0 {
			yes++
		}
	}
	of := float64(s.r.Known)
	s.r.Value, s.r.Of = yes, &of
}

// mean weighs each unit's figure by what it has of another indicator.
func (s *adding) mean(parts []portion) {
	sum, weight, weighed := 0.0, 0.0, ""
	for _, p := range parts {
		a, ok := s.get(s.in.Key, p.unit, s.in.Measure)
		if !ok {
			s.r.Missing = append(s.r.Missing, p.unit)
			continue
		}
		w, ok := s.like(s.in.Aggregate.Weight, p.unit, &weighed)
		if !ok || w.Value < 0 {
			s.r.Unweighed = append(s.r.Unweighed, p.unit)
			continue
		}
		s.r.Known++
		sum += a.Value * w.Value * p.share
		weight += w.Value * p.share
	}
	s.divide(sum, weight)
}

// ratio divides the sums. A unit that has only the rate and the whole counts with the part that they imply.
func (s *adding) ratio(parts []portion) {
	rule, factor := s.in.Aggregate, s.factor()
	sum, whole, measure := 0.0, 0.0, ""
	for _, p := range parts {
		b, hasWhole := s.like(rule.Whole, p.unit, &measure)
		a, hasPart := s.like(rule.Part, p.unit, &measure)
		rate, hasRate := s.get(s.in.Key, p.unit, s.in.Measure)
		switch {
		case hasPart && hasWhole:
			sum += a.Value * p.share
		case hasRate && hasWhole:
			sum += rate.Value / factor * b.Value * p.share
		case hasRate, hasPart:
			s.r.Unweighed = append(s.r.Unweighed, p.unit)
			continue
		default:
			s.r.Missing = append(s.r.Missing, p.unit)
			continue
		}
		s.r.Known++
		whole += b.Value * p.share
	}
	s.divide(sum*factor, whole)
}

// factor is what makes a quotient the indicator's measure: 100 for per cent.
func (s *adding) factor() float64 {
	switch s.in.Measure {
	case "%":
		return 100
	case "‰":
		return 1000
	}
	return 1
}

func (s *adding) divide(sum, weight float64) {
	if s.r.Known > 0 && weight <= 0 {
		s.r.WhyNot = WeightMissing
		return
	}
	if s.r.Known > 0 {
		s.r.Value = sum / weight
	}
}

func shareOf(v, share float64) float64 {
	if share == 1 {
		return v
	}
	return v * share
}
