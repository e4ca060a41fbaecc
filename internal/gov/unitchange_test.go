package gov_test

import (
	"testing"

	"haicap/internal/gov"
)

func TestNumbersOfDocumentsAreTakenApart(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]struct {
		n      int
		symbol string
		ok     bool
	}{"15-TB/TU": {15, "TB/TU", true}, "57/BC-UBND": {57, "BC-UBND", true}, "Số: 1676/NQ-UBTVQH15": {1676, "NQ-UBTVQH15", true}, " 08 - KL/TU ": {8, "KL/TU", true},
		"12": {12, "", true}, "TB/TU": {0, "TB/TU", false}, "": {0, "", false}} {
		if n, symbol, ok := gov.SplitNumber(number); ok != want.ok || ok && (n != want.n || symbol != want.symbol) {
			t.Errorf("%q: %d %q %v", number, n, symbol, ok)
		}
	}
}

func TestNamesFollowTheirUnits(t *testing.T) {
	t.Parallel()
	old, now := gov.UnitVersion{Name: "Tiên Cát", Type: gov.Ward}, gov.UnitVersion{Name: "Thanh Miếu", Type: gov.Ward}
	for words, want := range map[string]string{"UBND phường Tiên Cát": "UBND phường Thanh Miếu", "Phường Tiên Cát": "Phường Thanh Miếu", "Trạm y tế Tiên Cát": "Trạm y tế Tiên Cát",
		"Sở Xây dựng": "Sở Xây dựng", "": ""} {
		if got := gov.Renamed(words, old, now); got != want {
			t.Errorf("%q became %q", words, got)
		}
	}
}

// The target of what takes the place of others adds up where the indicator does, weighs where it has weights, and is open where a unit has none.
func TestTargetsPutTogether(t *testing.T) {
	t.Parallel()
	a, b := key("00001", ""), key("00002", "")
	target := func(u gov.UnitKey, v float64, measure string) gov.Target {
		return gov.Target{Claim: gov.Claim{Unit: u, Value: v, Measure: measure}}
	}
	weights := func(k string, u gov.UnitKey) (gov.Amount, bool) {
		return gov.Amount{Value: map[gov.UnitKey]float64{a: 1000, b: 3000}[u], Measure: "người"}, k == "population"
	}
	for name, c := range map[string]struct {
		key   string
		units []gov.UnitKey
		list  []gov.Target
		value float64
		why   gov.WhyNotAdded
	}{
		"sum":          {"budget_revenue", []gov.UnitKey{a, b}, []gov.Target{target(a, 1, "tỷ đồng"), target(b, 500, "triệu đồng")}, 1.5, ""},
		"mean":         {"income_per_capita", []gov.UnitKey{a, b}, []gov.Target{target(a, 40, "triệu đồng/người/năm"), target(b, 60, "triệu đồng/người/năm")}, 55, ""},
		"one is open":  {"budget_revenue", []gov.UnitKey{a, b}, []gov.Target{target(a, 1, "tỷ đồng")}, 0, gov.OnlyPartly},
		"no rule":      {"cultural_families_rate", []gov.UnitKey{a, b}, []gov.Target{target(a, 90, "%"), target(b, 95, "%")}, 0, gov.NotComparable},
		"a unit alone": {"cultural_families_rate", []gov.UnitKey{a}, []gov.Target{target(a, 90, "%")}, 90, ""},
	} {
		got := gov.MergedTarget(indicator(t, c.key), c.units, c.list, weights)
		if got.WhyNot != c.why || got.Value != c.value {
			t.Errorf("%s: %v %q, want %v %q", name, got.Value, got.WhyNot, c.value, c.why)
		}
	}
}

// A body that stands twice in one role after a change stands there once; what does not change keeps its place.
func TestBodiesFollowAChange(t *testing.T) {
	t.Parallel()
	a, b, n := key("00001", ""), key("00002", ""), key("00003", "2026-01-01")
	office := gov.Agency{ID: "new", Name: "UBND phường Mới", Unit: n}
	unit := func(k gov.UnitKey) (gov.UnitKey, bool) { return n, k == a || k == b }
	agency := func(id gov.ID) (gov.Agency, bool) { return office, id == "a" || id == "b" }
	same := func(words string, _, _ gov.UnitKey) string { return words }
	before := []gov.Party{{Role: gov.RoleUnit, Name: "A", Unit: a}, {Role: gov.RoleUnit, Name: "B", Unit: b}, {Role: gov.RoleLead, Name: "UBND A", Unit: a, Agency: "a"},
		{Role: gov.RoleCoordinator, Name: "UBND B", Unit: b, Agency: "b"}, {Role: gov.RoleAssigner, Name: "Tỉnh", Agency: "p"}}
	after, changed := gov.Follow(before, unit, agency, same)
	if !changed || len(after) != 4 || after[0].Unit != n || after[1] != (gov.Party{Role: gov.RoleLead, Name: office.Name, Unit: n, Agency: "new"}) || after[2].Role != gov.RoleCoordinator || after[3] != before[4] {
		t.Errorf("%+v", after)
	}
	if again, changed := gov.Follow(after, unit, agency, same); changed || len(again) != len(after) {
		t.Errorf("%+v", again)
	}
}
