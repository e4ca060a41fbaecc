package register_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"haicap/internal/gov"
	"haicap/internal/register"
)

func k(code string, from gov.Day) gov.UnitKey { return gov.UnitKey{Code: code, From: from} }

// trimmed is Thanh Miếu before its two steps: six wards in a city that ended, in a province that was formed of the former one.
func trimmed() *register.Register {
	c := register.Contents{Units: []gov.UnitVersion{
		{UnitKey: k("25", ""), Name: "Phú Thọ", Type: gov.Province, To: "2025-07-01"},
		{UnitKey: k("25", "2025-07-01"), Name: "Phú Thọ", Type: gov.Province},
		{UnitKey: k("227", ""), Name: "Việt Trì", Type: gov.City, Parent: "25", To: "2025-07-01"},
		{UnitKey: k("01", ""), Name: "Hà Nội", Type: gov.City},
		{UnitKey: k("00001", ""), Name: "Phúc Xá", Type: gov.Ward, Parent: "01"},
		{UnitKey: k("00002", ""), Name: "Nơi khác", Type: gov.Ward, Parent: "227", To: "2025-03-01"},
		{UnitKey: k("00003", "2025-07-01"), Name: "Mới", Type: gov.Ward, Parent: "25"},
	}, Successions: []gov.Succession{{Old: k("25", ""), New: k("25", "2025-07-01"), Day: "2025-07-01", Extent: gov.Whole}}}
	for code, name := range map[string]string{"07903": "Tiên Cát", "07906": "Thọ Sơn", "07909": "Thanh Miếu", "07912": "Bạch Hạc", "07915": "Bến Gót", "07936": "Sông Lô"} {
		u := gov.UnitVersion{UnitKey: k(code, ""), Name: name, Type: gov.Ward, Parent: "227"}
		if code == "07936" {
			u.Type = gov.Commune
		}
		c.Units = append(c.Units, u)
	}
	return register.New(c)
}

func within(units gov.Units) func(gov.UnitKey) bool {
	list := gov.WithinUnit(units, k("25", "2025-07-01"))
	return func(u gov.UnitKey) bool { return slices.Contains(list, u) }
}

func absorbed() gov.UnitChange {
	return gov.UnitChange{Day: "2025-01-01", Source: "1282/NQ-UBTVQH15", Moves: []gov.UnitMove{{Old: k("07915", ""), New: "07906", Extent: gov.Whole}},
		New: []gov.NewUnit{{Code: "07906"}}}
}

func formed() gov.UnitChange {
	c := gov.UnitChange{Day: "2025-07-01", Source: "1676/NQ-UBTVQH15", New: []gov.NewUnit{{Code: "07909", Name: "Thanh  Miếu", Type: "Phường"}}}
	for _, code := range []string{"07903", "07906", "07909", "07912", "07936"} {
		c.Moves = append(c.Moves, gov.UnitMove{Old: k(code, ""), New: "07909", Extent: gov.Whole})
	}
	return c
}

func TestTwoChangesGiveWhatTheRegisterKnows(t *testing.T) {
	t.Parallel()
	base := trimmed()
	_, first, faults := absorbed().Effect(base, "25", within(base))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if !slices.Equal(first.Ended, []gov.UnitKey{k("07915", "")}) || len(first.Begun) != 0 || !slices.Equal(first.Continuing, []gov.UnitKey{k("07906", "")}) {
		t.Errorf("Thọ Sơn goes on and takes in: %+v", first)
	}
	one := register.With(base, []gov.UnitEffect{first})
	done, second, faults := formed().Effect(one, "25", within(one))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if done.New[0].Parent != "25" || done.New[0].Name != "Thanh Miếu" || done.New[0].Type != gov.Ward {
		t.Errorf("what was left open is filled in: %+v", done.New[0])
	}
	two := register.With(base, []gov.UnitEffect{first, second})
	real, err := register.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{"07903", "07906", "07909", "07912", "07915", "07936"} {
		for _, want := range real.Versions(code) {
			got, err := two.Get(want.UnitKey)
			if err != nil || got.Name != want.Name || got.Type != want.Type || got.From != want.From || got.To != want.To {
				t.Errorf("%s: %+v, the register has %+v (%v)", code, got, want, err)
			}
			if got, want := fmt.Sprint(keysOf(two.Origins(want.UnitKey))), fmt.Sprint(keysOf(real.Origins(want.UnitKey))); got != want {
				t.Errorf("origins of %s: %s, want %s", code, got, want)
			}
		}
	}
	if u, _ := two.At("07909", ""); u.Full() != "phường Thanh Miếu" {
		t.Errorf("%+v", u)
	}
	if found := two.Find(gov.UnitQuery{Name: "thanh mieu", Within: "25", On: "2026-01-01"}); len(found) != 1 || found[0].Unit.From != "2025-07-01" {
		t.Errorf("found by name: %+v", found)
	}
	if n := len(two.Children("25", "")); n != 2 {
		t.Errorf("%d units below the province", n)
	}
	if before, _ := base.At("07915", "2025-06-30"); before.Name != "Bến Gót" {
		t.Error("the register itself changed")
	}
	if register.With(base, nil) != base {
		t.Error("without changes it is the register itself")
	}
	// A register that was brought up to date meanwhile knows it already.
	known := register.With(real, []gov.UnitEffect{first, second})
	n1, s1 := real.Size()
	if n2, s2 := known.Size(); n1 != n2 || s1 != s2 {
		t.Errorf("laid over what is known: %d units and %d successions became %d and %d", n1, s1, n2, s2)
	}
}

func keysOf(list []gov.Succession) (keys []gov.UnitKey) {
	for _, s := range list {
		keys = append(keys, s.Old)
	}
	return keys
}

func TestWhatStandsAgainstAChange(t *testing.T) {
	t.Parallel()
	base := trimmed()
	for name, c := range map[string]struct {
		change func(*gov.UnitChange)
		want   string
	}{
		"no day":             {func(c *gov.UnitChange) { c.Day = "2025-02-30" }, "error.unitchange_day"},
		"no source":          {func(c *gov.UnitChange) { c.Source = "  " }, "error.unitchange_source"},
		"nothing":            {func(c *gov.UnitChange) { c.Moves, c.New = nil, nil }, "error.unitchange_empty"},
		"unknown":            {func(c *gov.UnitChange) { c.Moves[0].Old.Code = "99999" }, "error.unitchange_unknown"},
		"another province":   {func(c *gov.UnitChange) { c.Moves[0].Old = k("00001", "") }, "error.unitchange_elsewhere"},
		"ended":              {func(c *gov.UnitChange) { c.Moves[0].Old = k("00002", "") }, "error.unitchange_ended"},
		"too early":          {func(c *gov.UnitChange) { c.Moves[0].Old = k("00003", "2025-07-01") }, "error.unitchange_before"},
		"a city":             {func(c *gov.UnitChange) { c.Moves[0].Old = k("227", "") }, "error.unitchange_level"},
		"code of a province": {func(c *gov.UnitChange) { c.New[0].Code, c.Moves[0].New = "25", "25" }, "error.unitchange_code"},
		"no name":            {func(c *gov.UnitChange) { c.New[0].Code, c.Moves[0].New = "99999", "99999" }, "error.unitchange_name"},
		"no type":            {func(c *gov.UnitChange) { c.New[0] = gov.NewUnit{Code: "07906", Name: "A", Type: "quận"} }, "error.unitchange_type"},
		"parent elsewhere":   {func(c *gov.UnitChange) { c.New[0].Parent = "01" }, "error.unitchange_parent"},
		"code of another": {func(c *gov.UnitChange) {
			c.New[0] = gov.NewUnit{Code: "00001", Name: "A", Type: gov.Ward}
			c.Moves[0].New = "00001"
		}, "error.unitchange_taken"},
		"code taken later": {func(c *gov.UnitChange) {
			c.New[0] = gov.NewUnit{Code: "00003", Name: "A", Type: gov.Ward}
			c.Moves[0].New = "00003"
		}, "error.unitchange_taken"},
		"code not free yet": {func(c *gov.UnitChange) {
			c.New[0] = gov.NewUnit{Code: "00002", Name: "A", Type: gov.Ward}
			c.Moves[0].New = "00002"
		}, "error.unitchange_taken"},
		"twice":       {func(c *gov.UnitChange) { c.New = append(c.New, c.New[0]) }, "error.unitchange_twice"},
		"nowhere":     {func(c *gov.UnitChange) { c.Moves[0].New = "07903" }, "error.unitchange_nowhere"},
		"extent open": {func(c *gov.UnitChange) { c.Moves[0].Extent = "" }, "error.unitchange_extent"},
		"one part":    {func(c *gov.UnitChange) { c.Moves[0].Extent = gov.Part }, "error.unitchange_rest"},
		"whole and more": {func(c *gov.UnitChange) {
			c.New = append(c.New, gov.NewUnit{Code: "07903"})
			c.Moves = append(c.Moves, gov.UnitMove{Old: k("07915", ""), New: "07903", Extent: gov.Part})
		}, "error.unitchange_whole"},
		"two heirs": {func(c *gov.UnitChange) {
			c.New = append(c.New, gov.NewUnit{Code: "07903"})
			c.Moves = []gov.UnitMove{{Old: k("07915", ""), New: "07906", Extent: gov.Part, Heir: true}, {Old: k("07915", ""), New: "07903", Extent: gov.Part, Heir: true}}
		}, "error.unitchange_heirs"},
		"takes in nothing": {func(c *gov.UnitChange) { c.New = append(c.New, gov.NewUnit{Code: "07903"}) }, "error.unitchange_nothing"},
	} {
		change := absorbed()
		c.change(&change)
		_, _, faults := change.Effect(base, "25", within(base))
		if !slices.ContainsFunc(faults, func(e *gov.Error) bool { return e.Key == c.want }) {
			t.Errorf("%s: %v, want %s", name, faults, c.want)
		}
	}
}

// A renaming ends the version under its own code; a part that is handed over ends nothing; what is split ends and goes into all.
func TestRenamedPartedSplit(t *testing.T) {
	t.Parallel()
	base := trimmed()
	_, e, faults := gov.UnitChange{Day: "2026-01-01", Source: "1/NQ", New: []gov.NewUnit{{Code: "07903", Name: "Tiên Cát mới"}}}.Effect(base, "25", within(base))
	if len(faults) > 0 || len(e.Ended) != 1 || len(e.Begun) != 1 || e.Begun[0].Parent != "25" && e.Begun[0].Parent != "227" || len(e.Successions) != 1 || e.Successions[0].Extent != gov.Whole {
		t.Errorf("renamed: %+v %v", e, faults)
	}
	parted := gov.UnitChange{Day: "2024-01-01", Source: "1/NQ", New: []gov.NewUnit{{Code: "07903"}, {Code: "07906"}},
		Moves: []gov.UnitMove{{Old: k("07903", ""), New: "07903", Extent: gov.Part}, {Old: k("07903", ""), New: "07906", Extent: gov.Part}}}
	_, e, faults = parted.Effect(base, "25", within(base))
	if len(faults) > 0 || len(e.Ended)+len(e.Begun) != 0 || len(e.Successions) != 1 || e.Successions[0].New != k("07906", "") {
		t.Errorf("a part handed over: %+v %v", e, faults)
	}
	split := gov.UnitChange{Day: "2024-01-01", Source: "1/NQ", New: []gov.NewUnit{{Code: "07903", Name: "Tiên Cát", Type: gov.Commune}, {Code: "07904", Name: "Hạ", Type: gov.Commune}},
		Moves: []gov.UnitMove{{Old: k("07903", ""), New: "07903", Extent: gov.Part, Heir: true}, {Old: k("07903", ""), New: "07904", Extent: gov.Part}}}
	split, e, faults = split.Effect(base, "25", within(base))
	heir, ok := e.Heir(split, k("07903", ""))
	if len(faults) > 0 || len(e.Ended) != 1 || len(e.Begun) != 2 || !ok || heir != k("07903", "2024-01-01") || strings.Join(e.Touches(), " ") != "07903 07904" {
		t.Errorf("split: %+v %v %v", e, faults, heir)
	}
}

func TestProposedAgencies(t *testing.T) {
	t.Parallel()
	base := trimmed()
	c, e, faults := formed().Effect(base, "25", within(base))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	all := []gov.Agency{{ID: "a", Name: "UBND phường Tiên Cát", Unit: k("07903", ""), Line: gov.LineGovernment}, {ID: "b", Name: "UBND phường Thọ Sơn", Unit: k("07906", ""), Line: gov.LineGovernment},
		{ID: "c", Name: "Đảng ủy phường Tiên Cát", Unit: k("07903", ""), Line: gov.LineParty}, {ID: "d", Name: "UBND phường Bến Gót", Unit: k("07915", ""), Line: gov.LineGovernment},
		{ID: "e", Name: "UBND phường Sông Lô", Unit: k("07936", ""), Line: gov.LineGovernment, To: "2020-01-01"}}
	got := gov.ProposeAgencies(all, c, e, base, register.With(base, []gov.UnitEffect{e}), "")
	if len(got) != 2 || strings.Join([]string{string(got[0].Old[0]), string(got[0].Old[1])}, "") != "ab" || got[0].Name != "UBND phường Thanh Miếu" || got[1].Name != "Đảng ủy phường Thanh Miếu" {
		t.Errorf("%+v", got)
	}
	c.Agencies = append(got, gov.AgencyChange{Old: []gov.ID{"e", "b"}}, gov.AgencyChange{Name: "X"})
	keys := map[string]bool{}
	for _, f := range c.CheckAgencies(all, "a") {
		keys[f.Key] = true
	}
	for _, want := range []string{"error.unitchange_keeper", "error.unitchange_agency", "error.unitchange_agency_twice", "error.unitchange_agency_name", "error.unitchange_agency_none"} {
		if !keys[want] {
			t.Errorf("%s is missing in %v", want, keys)
		}
	}
}

// A unit that goes as a whole into its own code begins anew, also where it keeps its name; one that is not named among the old ones goes on.
func TestFormedAnewOrGoingOn(t *testing.T) {
	t.Parallel()
	base := trimmed()
	c := gov.UnitChange{Day: "2024-01-01", Source: "1/NQ", New: []gov.NewUnit{{Code: "07909"}}, Moves: []gov.UnitMove{{Old: k("07912", ""), New: "07909", Extent: gov.Whole}}}
	_, on, faults := c.Effect(base, "25", within(base))
	if len(faults) > 0 || len(on.Begun) != 0 || len(on.Ended) != 1 {
		t.Errorf("%+v %v", on, faults)
	}
	c.Moves = append(c.Moves, gov.UnitMove{Old: k("07909", ""), New: "07909", Extent: gov.Whole})
	_, anew, faults := c.Effect(base, "25", within(base))
	if len(faults) > 0 || len(anew.Begun) != 1 || len(anew.Ended) != 2 || anew.Begun[0].UnitKey != k("07909", "2024-01-01") {
		t.Errorf("%+v %v", anew, faults)
	}
}
