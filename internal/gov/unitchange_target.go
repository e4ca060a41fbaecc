package gov

// MergedTarget is what the targets of units come to for the unit that takes their place: the sum where the indicator adds up, the weighted mean where
// it has weights, the target itself where there was one unit. The targets are of one indicator, period, scope, baseline and comparator; weights are
// amounts as for CheckHandedDown.
func MergedTarget(in Indicator, units []UnitKey, targets []Target, weights Amounts) Rolled {
	given := map[UnitKey]Target{}
	for _, t := range targets {
		given[t.Unit] = t
	}
	if len(units) == 1 && len(targets) == 1 {
		t := targets[0]
		return Rolled{Amount: Amount{Value: t.Value, Of: t.Of, Measure: t.Measure}, Known: 1, Units: 1}
	}
	if in.Better == YesNo || len(targets) == 0 {
		return Rolled{WhyNot: NotComparable, Units: len(units)}
	}
	if in.Aggregate.Rule == ByRatio { // of targets only the rates are known: they weigh by the whole
		in.Aggregate = Aggregation{Rule: ByWeight, Weight: in.Aggregate.Whole}
	}
	in.Measure = targets[0].Measure
	r := RollUp(in, units, func(key string, u UnitKey) (Amount, bool) {
		if key == in.Key {
			t, ok := given[u]
			return Amount{Value: t.Value, Of: t.Of, Measure: t.Measure}, ok
		}
		if weights == nil {
			return Amount{}, false
		}
		return weights(key, u)
	})
	if r.WhyNot == "" && r.Known < r.Units {
		r.WhyNot, r.Amount = OnlyPartly, Amount{}
	}
	return r
}
