package gov

import (
	"fmt"
	"math"
	"testing"
)

func ruleNames(list []Finding) string {
	s := ""
	for _, f := range list {
		s += f.Rule + " "
	}
	return s
}

func TestPlausible(t *testing.T) {
	t.Parallel()
	rate := func(v float64, period string) Reported { return said("poverty_rate", period, v, Final, "2025-12-20") }
	money := func(v float64, period string) Reported { return said("budget_revenue", period, v, Final, "2025-12-20") }
	count := func(v float64) *Reported { return &Reported{Value: v, Measure: "hộ", Comparator: Equal} }
	at := func(r Reported) *Reported { return &r }
	xOfY := said("targets_met", "2025", 15, Final, "")
	xOfY.Of = of(14)
	for _, c := range []struct {
		name string
		key  string
		s    Suspect
		want string
	}{
		{"as ever", "budget_revenue", Suspect{Now: money(366.3, "2025"), YearBefore: at(money(340, "2024"))}, ""},
		{"nothing known", "budget_revenue", Suspect{Now: money(366.3, "2025")}, ""},
		{"negative", "budget_revenue", Suspect{Now: money(-3, "2025")}, "range "},
		{"more than all of them", "poverty_rate", Suspect{Now: rate(112, "2025")}, "range "},
		{"15 of 14", "targets_met", Suspect{Now: xOfY}, "whole "},
		{"7 of 2,940 households are 0,24 %", "poverty_rate", Suspect{Now: rate(0.24, "2025"), Part: count(7), Whole: count(2940)}, ""},
		{"7 of 2,940 households are not 0,42 %", "poverty_rate", Suspect{Now: rate(0.42, "2025"), Part: count(7), Whole: count(2940)}, "ratio "},
		{"triệu for tỷ", "budget_revenue", Suspect{Now: money(366300, "2025"), YearBefore: at(money(340, "2024"))}, "slip "},
		{"a slipped point", "budget_revenue", Suspect{Now: money(36.6, "2025"), YearBefore: at(money(340, "2024"))}, "slip "},
		{"another measure is no slip", "budget_revenue", Suspect{Now: Reported{Period: "2025", Value: 366300, Measure: "triệu đồng", Comparator: Equal}, YearBefore: at(money(340, "2024"))}, ""},
		{"a jump", "budget_revenue", Suspect{Now: money(1500, "2025"), YearBefore: at(money(340, "2024"))}, "jump "},
		{"a month against a year is no jump", "budget_revenue", Suspect{Now: money(30, "2025-03"), Before: at(money(340, "2024"))}, ""},
		{"December is held against December", "budget_revenue", Suspect{Now: money(90, "2025-12"), Before: at(money(20, "2025-11")), YearBefore: at(money(85, "2024-12"))}, ""},
		{"points of a small rate", "poverty_rate", Suspect{Now: rate(1.9, "2025"), Before: at(rate(0.3, "2024"))}, "jump "},
		{"a small rate that falls", "poverty_rate", Suspect{Now: rate(0.21, "2025"), Before: at(rate(0.35, "2024"))}, ""},
		{"no jump over a new standard", "poverty_rate", Suspect{Now: rate(4.2, "2027"), Before: at(rate(0.3, "2026"))}, ""},
		{"2.317,8 tỷ = 93 % of 2.492", "budget_revenue", Suspect{Now: money(2317.8, "2025"), Target: &Target{Claim: Claim{Value: 2492, Measure: "tỷ đồng"}}, Share: of(93)}, ""},
		{"2.317,8 tỷ is not 93 % of 2.700", "budget_revenue", Suspect{Now: money(2317.8, "2025"), Target: &Target{Claim: Claim{Value: 2700, Measure: "tỷ đồng"}}, Share: of(93)}, "plan "},
	} {
		list := Plausible(indicatorOf(t, c.key), c.s)
		if got := ruleNames(list); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		for _, f := range list {
			if f.Key == "" || f.Severity == "" || len(f.Args) == 0 {
				t.Errorf("%s: %+v says nothing", c.name, f)
			}
		}
	}
}

func TestOutliers(t *testing.T) {
	t.Parallel()
	in := indicatorOf(t, "poverty_rate")
	var peers []Peer
	for i := range 40 {
		peers = append(peers, Peer{UnitKey{Code: fmt.Sprint(i)}, 1 + 0.02*float64(i%10), 3000})
	}
	if _, ok := FindOutlier(in, peers[3], peers); ok {
		t.Error("one of the middle stands apart")
	}
	if o, ok := FindOutlier(in, Peer{Value: 3.1, Size: 3000}, peers); !ok || o.Z < 5 || math.Abs(o.Middle-1.09) > 1e-9 {
		t.Errorf("%+v", o)
	}
	if o, ok := FindOutlier(in, Peer{Value: 3.1, Size: 40}, peers); ok {
		t.Errorf("of forty households one poor one more is chance: %+v", o)
	}
	if _, ok := FindOutlier(in, Peer{Value: 50, Size: 3000}, peers[:7]); ok {
		t.Error("seven peers are too few")
	}
	money := indicatorOf(t, "budget_revenue")
	var places []Peer
	for i := range 20 {
		size := float64(5000 * (i + 1))
		places = append(places, Peer{UnitKey{Code: fmt.Sprint(i)}, size * (0.01 + 0.0002*float64(i%5)), size})
	}
	if o, ok := FindOutlier(money, places[19], places); ok {
		t.Errorf("a big unit has much: %+v", o)
	}
	if o, ok := FindOutlier(money, Peer{Value: 1000, Size: 5000}, places); !ok || o.Z < 5 {
		t.Errorf("a small unit has as much as a big one: %+v", o)
	}
	same := make([]Peer, 12)
	for i := range same {
		same[i] = Peer{Value: 100, Size: 500}
	}
	if _, ok := FindOutlier(in, Peer{Value: 100, Size: 500}, same); ok {
		t.Error("all are equal")
	}
}

func TestContradictions(t *testing.T) {
	t.Parallel()
	july, december := claim("budget_revenue", "2025", Annual, 410.6, "2025-07-26"), claim("budget_revenue", "2025", Annual, 366.3, "2025-12-24")
	july.Session, december.Session = "s1", "s2"
	list := Contradictions([]Figure{july, december}, StartingCatalogue())
	if len(list) != 1 || list[0].Rule != "documents" || list[0].Figure != july.ID || list[0].Other != december.ID {
		t.Errorf("%+v", list)
	}
	entry := december
	entry.ID, entry.Session, entry.Value = "e", "", 370
	if list = Contradictions([]Figure{december, entry}, StartingCatalogue()); len(list) != 1 || list[0].Rule != "entry" || list[0].Figure != "e" {
		t.Errorf("%+v", list)
	}
	july.SupersededBy = "x"
	if list = Contradictions([]Figure{july, december}, StartingCatalogue()); len(list) != 0 {
		t.Errorf("what is superseded contradicts: %+v", list)
	}
}

func TestStructureAddsUp(t *testing.T) {
	t.Parallel()
	parts := func(values ...float64) (list []Reported) {
		for _, v := range values {
			list = append(list, Reported{Value: v})
		}
		return list
	}
	for _, good := range [][]Reported{parts(45.2, 40.1, 14.7), parts(33.3, 33.3, 33.3), parts(50, 50), nil} {
		if f, ok := StructureGap(good); ok {
			t.Errorf("%+v", f)
		}
	}
	if f, ok := StructureGap(parts(45.2, 40.1, 12.7)); !ok || f.Args[0] != 98.0 || f.Args[1] != -2.0 {
		t.Errorf("%+v", f)
	}
}

func TestRank(t *testing.T) {
	t.Parallel()
	peers := []Peer{{UnitKey{Code: "a"}, 0.5, 4000}, {UnitKey{Code: "b"}, 0.3, 4000}, {UnitKey{Code: "c"}, 0, 30}, {UnitKey{Code: "d"}, 0.3, 5000}, {UnitKey{Code: "e"}, 2.5, 4000}, {UnitKey{Code: "f"}, 0.8, 0}}
	list := Rank(indicatorOf(t, "poverty_rate"), peers)
	order := ""
	for _, r := range list {
		order += r.Unit.Code
	}
	if order != "cbdafe" || list[1].Rank != 2 || list[2].Rank != 2 || list[3].Rank != 4 {
		t.Errorf("%s %+v", order, list)
	}
	if c := list[0]; !c.Uncertain || c.Low != 0 || c.High < 5 || c.Place != WithinFunnel {
		t.Errorf("thirty households without a poor one: %+v", c)
	}
	if e := list[5]; e.Place != AboveFunnel || e.Low > 2.5 || e.High < 2.5 {
		t.Errorf("%+v", e)
	}
	if f := list[4]; f.Place != NoFunnel || f.Uncertain {
		t.Errorf("without a size nothing is said: %+v", f)
	}
	if up := Rank(indicatorOf(t, "health_insurance_rate"), peers); up[0].Unit.Code != "e" {
		t.Errorf("%+v", up)
	}
	if len(Rank(indicatorOf(t, "budget_revenue"), nil)) != 0 {
		t.Error("nobody is ranked")
	}
}
