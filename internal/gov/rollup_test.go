package gov

import (
	"math"
	"slices"
	"testing"
)

// book is what units have, by indicator.
type book map[string]map[UnitKey]Amount

func (b book) put(key string, u UnitKey, v float64) {
	if b[key] == nil {
		b[key] = map[UnitKey]Amount{}
	}
	in, _ := IndicatorByKey(key)
	b[key][u] = Amount{Value: v, Measure: in.Measure}
}

func (b book) amounts(key string, u UnitKey) (Amount, bool) {
	a, ok := b[key][u]
	return a, ok
}

func TestRollUp(t *testing.T) {
	t.Parallel()
	u := []UnitKey{{Code: "00001"}, {Code: "00002"}, {Code: "00003"}}
	b := book{}
	b.put("budget_revenue", u[0], 0.1)
	b.put("budget_revenue", u[1], 0.2)
	r := RollUp(indicatorOf(t, "budget_revenue"), u, b.amounts)
	if r.WhyNot != "" || r.Value != 0.3 || r.Known != 2 || r.Units != 3 || !slices.Equal(r.Missing, u[2:]) || r.Whole() {
		t.Errorf("sum: %+v", r)
	}
	b["budget_revenue"][u[2]] = Amount{Value: 500, Measure: "triệu đồng"}
	if r = RollUp(indicatorOf(t, "budget_revenue"), u, b.amounts); r.Value != 0.8 || !r.Whole() || r.Measure != "tỷ đồng" {
		t.Errorf("sum of two measures: %+v", r)
	}
	b["budget_revenue"][u[2]] = Amount{Value: 500, Measure: "triệu USD"}
	if r = RollUp(indicatorOf(t, "budget_revenue"), u, b.amounts); r.WhyNot != MixedMeasures || r.Value != 0 {
		t.Errorf("dollars and đồng: %+v", r)
	}

	b.put("income_per_capita", u[0], 60)
	b.put("income_per_capita", u[1], 80)
	b.put("population", u[0], 30000)
	if r = RollUp(indicatorOf(t, "income_per_capita"), u[:2], b.amounts); r.WhyNot != WeightMissing || !slices.Equal(r.Unweighed, u[1:2]) || r.Value != 0 {
		t.Errorf("a weight is missing: %+v", r)
	}
	b.put("population", u[1], 10000)
	if r = RollUp(indicatorOf(t, "income_per_capita"), u, b.amounts); r.WhyNot != "" || r.Value != 65 || r.Known != 2 {
		t.Errorf("mean: %+v", r)
	}

	b["population"][u[1]] = Amount{Value: 10, Measure: "nghìn người"}
	if r = RollUp(indicatorOf(t, "income_per_capita"), u, b.amounts); r.Value != 65 {
		t.Errorf("weights of two measures: %+v", r)
	}

	b.put("poor_households", u[0], 7)
	b.put("households", u[0], 2900)
	b.put("poverty_rate", u[1], 0.5)
	b.put("households", u[1], 2000)
	if r = RollUp(indicatorOf(t, "poverty_rate"), u[:2], b.amounts); r.WhyNot != "" || math.Abs(r.Value-17./4900*100) > 1e-12 {
		t.Errorf("ratio: %+v", r)
	}
	b.put("poverty_rate", u[2], 0.3)
	if r = RollUp(indicatorOf(t, "poverty_rate"), u, b.amounts); r.WhyNot != WeightMissing {
		t.Errorf("a rate without its households: %+v", r)
	}
	if r = RollUp(indicatorOf(t, "grdp_growth"), u, b.amounts); r.WhyNot != NotComparable {
		t.Errorf("growth: %+v", r)
	}
	if r = RollUp(indicatorOf(t, "dossiers"), u, b.amounts); r.WhyNot != NothingKnown || len(r.Missing) != 3 {
		t.Errorf("nothing: %+v", r)
	}

	b.put("health_station_standard", u[0], 1)
	b.put("health_station_standard", u[1], 0)
	if r = RollUp(indicatorOf(t, "health_station_standard"), u, b.amounts); r.Value != 1 || r.Of == nil || *r.Of != 2 {
		t.Errorf("yes and no: %+v", r)
	}
	b["targets_met"] = map[UnitKey]Amount{u[0]: {Value: 12, Of: of(14), Measure: "chỉ tiêu"}, u[1]: {Value: 20, Of: of(21), Measure: "chỉ tiêu"}}
	if r = RollUp(indicatorOf(t, "targets_met"), u[:2], b.amounts); r.Value != 32 || *r.Of != 35 {
		t.Errorf("x of y: %+v", r)
	}
}

func TestRollUpIsTheSameHoweverUnitsAreGrouped(t *testing.T) {
	t.Parallel()
	b, all := book{}, []UnitKey{}
	for i := range 20 {
		u := UnitKey{Code: string(rune('a' + i))}
		all = append(all, u)
		b.put("poor_households", u, float64(i))
		b.put("households", u, float64(100+13*i))
	}
	in := indicatorOf(t, "households")
	whole := RollUp(in, all, b.amounts)
	first, second := RollUp(in, all[:7], b.amounts), RollUp(in, all[7:], b.amounts)
	if whole.Value != first.Value+second.Value || whole.Known != 20 {
		t.Errorf("%v, %v, %v", whole.Value, first.Value, second.Value)
	}
	rate := RollUp(indicatorOf(t, "poverty_rate"), all, b.amounts)
	if want := RollUp(indicatorOf(t, "poor_households"), all, b.amounts).Value / whole.Value * 100; math.Abs(rate.Value-want) > 1e-12 {
		t.Errorf("%v, want %v", rate.Value, want)
	}
}
