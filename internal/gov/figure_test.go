package gov

import "testing"

func claim(indicator, period string, scope Scope, value float64, day Day) Figure {
	return Figure{ID: ID(day), Kind: Result, Claim: Claim{Indicator: indicator, Unit: UnitKey{Code: "07909", From: "2025-07-01"}, Period: Period(period),
		Scope: scope, Comparator: Equal, Value: value, Measure: "tỷ đồng", Source: Source{Day: day}}}
}

func TestGroupClaims(t *testing.T) {
	t.Parallel()
	july, december := Day("2025-07-26"), Day("2025-12-24")
	for _, c := range []struct {
		name                 string
		figures              []Figure
		groups               int
		conflict, openScopes bool
	}{
		{"two values of one year conflict", []Figure{claim("budget_revenue", "2025", Annual, 410.6, july), claim("budget_revenue", "2025", Annual, 366.3, december)}, 1, true, false},
		{"the same value twice agrees", []Figure{claim("budget_revenue", "2025", Annual, 410.6, july), claim("budget_revenue", "2025", Annual, 410.6, december)}, 1, false, false},
		{"an open scope is a question, no conflict", []Figure{claim("social_investment", "2025", ScopeOpen, 15219, july), claim("social_investment", "2025", Annual, 4496, december)}, 1, false, true},
		{"two open scopes are a question, too", []Figure{claim("social_investment", "2025", ScopeOpen, 15219, july), claim("social_investment", "2025", ScopeOpen, 4496, december)}, 1, false, true},
		{"a rate does not accumulate: an open scope does not matter", []Figure{claim("poverty_rate", "2025", ScopeOpen, 0.35, july), claim("poverty_rate", "2025", ScopeOpen, 0.21, december)}, 1, true, false},
		{"half a year asks for no scope", []Figure{claim("budget_revenue", "2025-01/2025-06", ScopeOpen, 10, july)}, 1, false, false},
		{"other years are other groups", []Figure{claim("budget_revenue", "2024", Annual, 1, july), claim("budget_revenue", "2025", Annual, 2, december)}, 2, false, false},
		{"an open period conflicts with nothing", []Figure{claim("budget_revenue", "", Annual, 1, july), claim("budget_revenue", "", Annual, 2, december)}, 1, false, false},
	} {
		groups := GroupClaims(c.figures, StartingCatalogue())
		if len(groups) != c.groups || groups[0].Conflict != c.conflict || groups[0].ScopeOpen != c.openScopes {
			t.Errorf("%s: %d groups, conflict %v, scope open %v", c.name, len(groups), groups[0].Conflict, groups[0].ScopeOpen)
		}
	}
	old := claim("budget_revenue", "2025", Annual, 1, july)
	old.SupersededBy = "x"
	if g := GroupClaims([]Figure{old, claim("budget_revenue", "2025", Annual, 2, december)}, StartingCatalogue()); len(g) != 1 || g[0].Conflict || len(g[0].Figures) != 1 {
		t.Errorf("a superseded figure counts: %+v", g)
	}
	plan := claim("production_value", "2021", Annual, 93, july)
	plan.Kind, plan.Measure = PlanRatio, "%"
	if g := GroupClaims([]Figure{claim("production_value", "2021", Annual, 2317.8, july), plan}, StartingCatalogue()); len(g) != 2 {
		t.Errorf("an amount and its share of the plan are one group: %+v", g)
	}
}
