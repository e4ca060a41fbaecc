package app_test

import (
	"strings"
	"testing"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/lang"
)

var thanhMieu, phuNinh = gov.UnitKey{Code: "07909", From: "2025-07-01"}, gov.UnitKey{Code: "08230", From: "2025-07-01"}

// say writes a figure of a unit.
func (h house) say(t *testing.T, indicator string, unit gov.UnitKey, period gov.Period, value float64) {
	t.Helper()
	in, err := gov.IndicatorByKey(indicator)
	if err != nil {
		t.Fatal(err)
	}
	f := gov.Figure{Realm: h.holding.Realm, ID: gov.NewID(time.Now()), Kind: gov.Result, State: gov.FigureVerified, Vintage: gov.Preliminary,
		Claim: gov.Claim{Indicator: indicator, Unit: unit, Period: period, Scope: gov.Annual, Comparator: gov.Equal, Value: value, Measure: in.Measure}}
	if period.WithinYear() {
		f.Scope = gov.ScopeOpen
	}
	if err := h.store.Update(h.ctx, func(tx gov.Tx) error { return tx.CreateFigure(h.ctx, f) }); err != nil {
		t.Fatal(err)
	}
}

// want sets a target of the year.
func (h house) want(t *testing.T, indicator string, unit gov.UnitKey, period gov.Period, b gov.Baseline, value float64) {
	t.Helper()
	in, err := gov.IndicatorByKey(indicator)
	if err != nil {
		t.Fatal(err)
	}
	g := gov.Target{Realm: h.holding.Realm, ID: gov.NewID(time.Now()), Baseline: b,
		Claim: gov.Claim{Indicator: indicator, Unit: unit, Period: period, Scope: gov.Annual, Comparator: gov.Equal, Value: value, Measure: in.Measure}}
	if err := h.store.Update(h.ctx, func(tx gov.Tx) error { return tx.CreateTarget(h.ctx, g) }); err != nil {
		t.Fatal(err)
	}
}

func (h house) scorecard(t *testing.T, q app.ScorecardQuery) app.ScorecardView {
	t.Helper()
	v, err := h.Scorecard(h.ctx, h.analyst, q)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// The worst row stands first, counts add up, and what units come to says how many of them it rests on.
func TestScorecardOfAYear(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	h.say(t, "budget_revenue", thanhMieu, "2025", 366.3)
	h.say(t, "budget_revenue", phuNinh, "2025", 100)
	h.want(t, "budget_revenue", thanhMieu, "2025", gov.BaselineProvince, 300)
	h.want(t, "budget_revenue", thanhMieu, "2025", gov.BaselineCongress, 400)
	h.want(t, "budget_revenue", phuNinh, "2025", gov.BaselineProvince, 120)
	h.want(t, "jobs_created", phuNinh, "2025", gov.BaselineProvince, 50)
	v := h.scorecard(t, app.ScorecardQuery{Period: "2025", Used: true})
	if len(v.Rows) != 148 || len(v.Indicators) != 2 || !v.Due {
		t.Fatalf("%d rows, %d indicators, due %v", len(v.Rows), len(v.Indicators), v.Due)
	}
	// Both miss one target; Thanh Miếu nothing else, Phú Ninh also has one without a figure: both reach none.
	if v.Counts[gov.NotMet] != 2 || v.Counts[gov.NotAssessed] != 1 || v.Counts.Total() != 3 {
		t.Errorf("counts %v", v.Counts)
	}
	if first := v.Rows[0].Unit.Key; first != thanhMieu && first != phuNinh {
		t.Errorf("%s stands first", v.Rows[0].Unit.Name)
	}
	if got := v.Totals[0]; got.Value != 466.3 || got.Known != 2 || got.Units != 148 {
		t.Errorf("total %+v", got.Rolled)
	}
	province := h.scorecard(t, app.ScorecardQuery{Period: "2025", Used: true, Baseline: gov.BaselineProvince})
	if province.Counts[gov.Exceeded] != 1 || province.Counts[gov.NotMet] != 1 || province.Rows[0].Unit.Key != phuNinh {
		t.Errorf("against the province's targets: %v, first %s", province.Counts, province.Rows[0].Unit.Name)
	}
	wards := h.scorecard(t, app.ScorecardQuery{Period: "2025", Type: gov.Ward, Field: "society"})
	for _, r := range wards.Rows {
		if r.Type != gov.Ward {
			t.Fatalf("%s among the wards", r.Unit.Name)
		}
	}
	if len(wards.Rows) == 0 || len(wards.Rows) >= 148 || wards.Units != 148 {
		t.Errorf("%d wards of %d units", len(wards.Rows), wards.Units)
	}
}

// While a year lasts, its cell and the cell's details say the same, from the quarters.
func TestScorecardOfARunningYear(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	for q, value := range map[gov.Period]float64{"2025-Q1": 50, "2025-Q2": 100, "2025-Q3": 100, "2025-Q4": 150, "2026-Q1": 40} {
		h.say(t, "budget_revenue", thanhMieu, q, value)
	}
	h.want(t, "budget_revenue", thanhMieu, "2026", gov.BaselineProvince, 440)
	h.want(t, "budget_revenue", thanhMieu, "2025", gov.BaselineProvince, 400)
	for period, want := range map[gov.Period]gov.Verdict{"2026": gov.AtRisk, "2025": gov.Met} {
		v := h.scorecard(t, app.ScorecardQuery{Period: period, Indicators: []string{"budget_revenue"}})
		var cell app.ScoreCell
		for _, r := range v.Rows {
			if r.Unit.Key == thanhMieu {
				cell = r.Cells[0]
			}
		}
		d, err := h.ScoreCell(h.ctx, h.analyst, app.CellKey{Unit: thanhMieu, Indicator: "budget_revenue", Period: period})
		if err != nil || len(d.Targets) != 1 {
			t.Fatal(len(d.Targets), err)
		}
		if got := d.Targets[0].Assessment.Verdict; cell.Assessment.Verdict != want || got != want {
			t.Errorf("%s: cell %s (%s), details %s, want %s", period, cell.Assessment.Verdict, cell.Assessment.WhyNot, got, want)
		}
	}
}

func TestAskExplanation(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	h.say(t, "budget_revenue", phuNinh, "2025", 100)
	h.want(t, "budget_revenue", phuNinh, "2025", gov.BaselineProvince, 120)
	in := app.ExplanationInput{CellKey: app.CellKey{Unit: phuNinh, Indicator: "budget_revenue", Period: "2025"}, Due: h.Today().AddDays(7), Note: "Nêu rõ nguyên nhân."}
	clerk := h.account(t, "vanthu", access.Clerk)
	if _, err := h.AskExplanation(h.ctx, clerk, in); gov.CodeOf(err) != gov.Forbidden {
		t.Errorf("a clerk: %v", err)
	}
	past := in
	past.Due = h.Today().AddDays(-1)
	if _, err := h.AskExplanation(h.ctx, h.analyst, past); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("a day that is past: %v", err)
	}
	id, err := h.AskExplanation(h.ctx, h.analyst, in)
	if err != nil {
		t.Fatal(err)
	}
	m, err := h.Matter(h.ctx, h.analyst, id)
	if err != nil || m.Kind != gov.Task || m.State != gov.StateOpen || m.Lead() != "UBND xã Phù Ninh" || m.Due != in.Due {
		t.Errorf("%+v %v", m.Matter, err)
	}
	for _, want := range []string{"Tổng thu ngân sách", "120 tỷ đồng", "100 tỷ đồng", "không đạt", "Nêu rõ nguyên nhân."} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("%q is not in %q", want, m.Text)
		}
	}
	if _, err := h.AskExplanation(h.ctx, h.analyst, in); gov.CodeOf(err) != gov.Conflict {
		t.Errorf("a second one: %v", err)
	}
	d, err := h.ScoreCell(h.ctx, h.analyst, in.CellKey)
	if err != nil || len(d.Asked) != 1 || d.Asked[0].ID != id {
		t.Errorf("%d asked, %v", len(d.Asked), err)
	}
}

// A file of the scorecard runs nothing and holds what the page holds.
func TestScorecardFile(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	h.say(t, "budget_revenue", phuNinh, "2025", 100)
	h.want(t, "budget_revenue", phuNinh, "2025", gov.BaselineProvince, 120)
	q := app.ScorecardQuery{Period: "2025", Used: true}
	f, err := h.ScorecardFile(h.ctx, h.analyst, q, lang.VI, app.FormatCSV)
	if err != nil || f.Name != "bang-diem-2025.csv" || !strings.Contains(string(f.Data), "xã Phù Ninh,08230,0,1,100,120,không đạt\n") {
		t.Errorf("%s %v\n%.600s", f.Name, err, f.Data)
	}
	if f, err = h.ScorecardFile(h.ctx, h.analyst, q, lang.EN, app.FormatXLSX); err != nil || string(f.Data[:2]) != "PK" {
		t.Errorf("%s %v", f.Name, err)
	}
	if _, err = h.ScorecardFile(h.ctx, h.analyst, q, lang.EN, "exe"); !gov.IsNotFound(err) {
		t.Errorf("%v", err)
	}
}

// Both truths of Thanh Miếu: the six former units' figures of 2024 stay theirs, and restated they are the ward's.
func TestIndicatorInTwoTruths(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	units, err := units()
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for i, s := range units.Origins(thanhMieu) {
		if old, err := units.Get(s.Old); err == nil && old.On("2024-12-31") {
			h.say(t, "budget_revenue", s.Old, "2024", float64(10*(i+1)))
			sum += float64(10 * (i + 1))
		}
		for _, before := range units.Origins(s.Old) {
			h.say(t, "budget_revenue", before.Old, "2024", 5)
			if before.Old != s.Old {
				sum += 5
			}
		}
	}
	h.say(t, "budget_revenue", thanhMieu, "2025", 366.3)
	q := app.IndicatorQuery{Key: "budget_revenue", Period: "2025", Unit: "07909"}
	v, err := h.Indicator(h.ctx, h.analyst, q)
	if err != nil || v.Followed == nil || v.Followed.Amount.Value != 366.3 {
		t.Fatalf("%+v %v", v.Followed, err)
	}
	year := len(v.Series) - 2
	if v.Periods[year] != "2024" || v.Series[year].WhyNot == "" {
		t.Errorf("as reported the ward has nothing of %s: %+v", v.Periods[year], v.Series[year])
	}
	q.On = "2026-01-01"
	v, err = h.Indicator(h.ctx, h.analyst, q)
	if err != nil || v.Series[year].WhyNot != "" || v.Series[year].Value != sum || len(v.Series[year].From) < 5 {
		t.Errorf("restated %+v, want %v, %v", v.Series[year], sum, err)
	}
	p, err := h.Profile(h.ctx, h.analyst, thanhMieu)
	if err != nil || !p.Former || len(p.Lines) != 1 || p.Lines[0].Reported[year].Claims != 0 && p.Periods[year] == "2024" || p.Period != "2025" {
		t.Errorf("profile %+v, %v", p, err)
	}
}

// TestRollUpToGroups puts the units together: all, those that somebody names, those of a former province, those of a type, each with its coverage.
func TestRollUpToGroups(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	hoaBinh := gov.UnitKey{Code: "04795", From: "2025-07-01"} // a ward of the former Hòa Bình
	h.say(t, "budget_revenue", thanhMieu, "2025", 366.3)
	h.say(t, "budget_revenue", hoaBinh, "2025", 100.2)
	v, err := h.Indicator(h.ctx, h.analyst, app.IndicatorQuery{Key: "budget_revenue", Period: "2025", Group: []string{"07909", "04795", "99999"}})
	if err != nil {
		t.Fatal(err)
	}
	type group struct {
		value        float64
		known, units int
	}
	got := map[string]group{}
	sum := 0
	for _, r := range v.Rolls {
		got[string(r.Kind)+" "+r.Name] = group{r.Rolled.Value, r.Rolled.Known, r.Rolled.Units}
		if r.Kind == app.RollFormer {
			sum += r.Rolled.Units
		}
	}
	want := map[string]group{"all ": {466.5, 2, 148}, "chosen ": {466.5, 2, 2}, "former tỉnh Phú Thọ": {366.3, 1, 66}, "former tỉnh Hòa Bình": {100.2, 1, 46}, "type phường": {466.5, 2, 15}}
	for name, w := range want {
		if got[name] != w {
			t.Errorf("%s: %+v, want %+v", name, got[name], w)
		}
	}
	if sum != 148 || len(v.Strangers) != 1 || v.Strangers[0] != "99999" {
		t.Errorf("%d units of former provinces, strangers %v", sum, v.Strangers)
	}
	c, err := h.Country(h.ctx, h.system(), "budget_revenue", "2025")
	if err != nil || c.Whole.Value != 466.5 || c.Whole.Units < 3000 || c.Whole.Known != 2 || len(c.Provinces) != 34 {
		t.Errorf("country %+v %v", c.Whole, err)
	}
	if _, err := h.Country(h.ctx, h.analyst, "budget_revenue", "2025"); gov.CodeOf(err) != gov.Forbidden {
		t.Errorf("an account sees the country: %v", err)
	}
}

func TestBoundaries(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	if _, sum, err := h.Boundaries(h.ctx, h.analyst); sum != "" || err != nil {
		t.Error(sum, err)
	}
	in := app.BoundaryInput{Name: "xa.geojson", Data: []byte("{}"), Codes: []string{"07909", "99999"}}
	if _, _, err := h.SetBoundaries(h.ctx, h.account(t, "vanthu", access.Clerk), in); gov.CodeOf(err) != gov.Forbidden {
		t.Errorf("a clerk: %v", err)
	}
	matched, all, err := h.SetBoundaries(h.ctx, h.analyst, in)
	if err != nil || matched != 1 || all != 148 {
		t.Errorf("%d of %d, %v", matched, all, err)
	}
	if data, sum, err := h.Boundaries(h.ctx, h.analyst); string(data) != "{}" || sum == "" || err != nil {
		t.Errorf("%q %q %v", data, sum, err)
	}
	in.Codes = []string{"99999"}
	if _, _, err := h.SetBoundaries(h.ctx, h.analyst, in); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("of another province: %v", err)
	}
}
