package gov

import (
	"slices"
	"testing"
)

func TestCheckHandedDown(t *testing.T) {
	t.Parallel()
	units := []UnitKey{{Code: "00001"}, {Code: "00002"}}
	hand := func(key string, whole float64, measure string, values ...float64) (Target, []Target) {
		w := target(key, "2026", whole, BaselineProvince)
		var parts []Target
		for i, v := range values {
			p := target(key, "2026", v, BaselineProvince)
			p.Unit, p.ID = units[i], ID(units[i].Code)
			if measure != "" {
				p.Measure = measure
			}
			parts = append(parts, p)
		}
		return w, parts
	}
	weights := func(key string, u UnitKey) (Amount, bool) {
		return Amount{Value: map[UnitKey]float64{units[0]: 3000, units[1]: 1000}[u], Measure: "hộ"}, key == "households"
	}
	for _, c := range []struct {
		name, key, measure string
		whole              float64
		parts              []float64
		rule               HandDownRule
		enough             bool
		got, gap           float64
		why                WhyNotAdded
		missing, easier    int
	}{
		{"a sum that meets the whole", "budget_revenue", "", 100, []float64{60.1, 39.9}, PartsSum, true, 100, 0, "", 0, 0},
		{"a sum in another measure", "budget_revenue", "triệu đồng", 100, []float64{60000, 40000}, PartsSum, true, 100, 0, "", 0, 0},
		{"a sum that falls short", "budget_revenue", "", 100, []float64{60, 35.5}, PartsSum, false, 95.5, -4.5, "", 0, 0},
		{"a unit was handed nothing", "budget_revenue", "", 100, []float64{100}, PartsSum, false, 100, 0, "", 1, 0},
		{"fewer is better: the sum is at most the whole", "poor_households", "", 20, []float64{12, 9}, PartsSum, false, 21, 1, "", 0, 0},
		{"a weighted mean", "poverty_rate", "", 0.5, []float64{0.4, 0.8}, PartsMean, true, 0.5, 0, "", 0, 1},
		{"a weighted mean that is too high", "poverty_rate", "", 0.4, []float64{0.4, 0.8}, PartsMean, false, 0.5, 0.1, "", 0, 1},
		{"not comparable: each at least", "forest_cover_rate", "", 40, []float64{40, 52}, EachAtLeast, true, 40, 0, "", 0, 0},
		{"not comparable: one is easier", "forest_cover_rate", "", 40, []float64{38, 52}, EachAtLeast, false, 38, -2, "", 0, 1},
		{"weights missing, yet each is enough", "income_per_capita", "", 70, []float64{70, 75}, PartsMean, true, 0, 0, WeightMissing, 0, 0},
		{"weights missing, and one is easier", "income_per_capita", "", 70, []float64{69, 75}, PartsMean, false, 0, 0, WeightMissing, 0, 1},
	} {
		w, parts := hand(c.key, c.whole, c.measure, c.parts...)
		h := CheckHandedDown(indicatorOf(t, c.key), w, parts, units, weights)
		if h.Rule != c.rule || h.Enough != c.enough || h.Got != c.got || h.Gap != c.gap || h.WhyNot != c.why || len(h.Missing) != c.missing || len(h.Easier) != c.easier {
			t.Errorf("%s: %+v", c.name, h)
		}
	}
	w, parts := hand("budget_revenue", 100, "", 60, 40)
	parts[1].Scope = Term
	if h := CheckHandedDown(indicatorOf(t, "budget_revenue"), w, parts, units, nil); h.Enough || !slices.Equal(h.Unlike, []ID{"00002"}) || len(h.Missing) != 1 {
		t.Errorf("a target of the term: %+v", h)
	}
}

func TestRevisions(t *testing.T) {
	t.Parallel()
	first := target("budget_revenue", "2026", 400, BaselineProvince)
	first.ID, first.SupersededBy = "1", "2"
	second, third := first, first
	second.ID, second.SupersededBy, second.Value, second.Reason = "2", "3", 380, "sát thực tế"
	third.ID, third.SupersededBy, third.Value = "3", "", 370
	other := target("budget_revenue", "2025", 1, BaselineProvince)
	list := []Target{third, other, first, second}
	for _, id := range []ID{"1", "2", "3"} {
		chain := TargetHistory(list, id)
		if len(chain) != 3 || chain[0].ID != "1" || chain[2].ID != "3" {
			t.Errorf("%s: %+v", id, chain)
		}
	}
	if TargetHistory(list, "9") != nil || len(TargetHistory(list, other.ID)) != 1 {
		t.Error("chains of others")
	}
	circle := []Target{{ID: "a", SupersededBy: "b"}, {ID: "b", SupersededBy: "a"}}
	if n := len(TargetHistory(circle, "a")); n != 2 {
		t.Errorf("a circle has %d", n)
	}

	old := target("budget_revenue", "2026", 400, BaselineProvince)
	revised := old
	revised.Value, revised.Reason = 380, "Điều chỉnh cho sát thực tế"
	if err := CheckRevision(old, revised); err != nil {
		t.Error(err)
	}
	for name, edit := range map[string]func(o, r *Target){
		"done":     func(o, _ *Target) { o.SupersededBy = "x" },
		"reason":   func(_, r *Target) { r.Reason = "" },
		"baseline": func(_, r *Target) { r.Baseline = BaselineCouncil },
		"same":     func(_, r *Target) { r.Value = 400 },
		"scope":    func(o, r *Target) { o.Scope, r.Scope = Term, Term },
		"period":   func(o, r *Target) { o.Period, r.Period = "26", "26" },
	} {
		o, r := old, revised
		edit(&o, &r)
		if err := CheckRevision(o, r); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	term := target("social_investment", "2025-2030", 90000, BaselineCongress)
	if term.Scope = Term; term.Checked() != nil {
		t.Error("a target of the term is refused")
	}
	if term.Scope = Annual; term.Checked() == nil {
		t.Error("six years are no year")
	}
}
