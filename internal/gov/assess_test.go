package gov

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

var thanhMieu = UnitKey{Code: "07909", From: "2025-07-01"}

func indicatorOf(t testing.TB, key string) Indicator {
	t.Helper()
	in, err := IndicatorByKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func target(key, period string, value float64, baseline Baseline) Target {
	in, _ := IndicatorByKey(key)
	t := Target{ID: "t-" + ID(baseline), Baseline: baseline, Claim: Claim{Indicator: key, Unit: thanhMieu, Period: Period(period), Comparator: Equal, Value: value, Measure: in.Measure}}
	if in.Flow {
		t.Scope = Annual
	}
	return t
}

func said(key, period string, value float64, v Vintage, day Day) Reported {
	in, _ := IndicatorByKey(key)
	r := Reported{Figure: ID("f-" + period), Indicator: key, Period: Period(period), Value: value, Measure: in.Measure, Comparator: Equal, Vintage: v, Day: day}
	if in.Flow {
		r.Scope = Annual
	}
	return r
}

func of(n float64) *float64 { return &n }

// about compares shares as a sentence prints them.
func about(got *float64, want float64, digits int) bool {
	return got != nil && math.Abs(*got-want) <= math.Pow10(-digits)/2+1e-9
}

func assessOn(t testing.TB, day Day, tg Target, history ...Reported) Assessment {
	t.Helper()
	return NewAssessor(day, Windows()).Assess(indicatorOf(t, tg.Indicator), tg, history)
}

// Sentences of sessions and the press of December 2025.
func TestRealSentences(t *testing.T) {
	t.Parallel()
	december := Day("2025-12-24")
	t.Run("681,8 % of the assigned revenue is not capped", func(t *testing.T) {
		t.Parallel()
		a := assessOn(t, december, target("budget_revenue", "2025", 55, BaselineProvince), said("budget_revenue", "2025", 375, Estimated, december))
		if a.Verdict != Exceeded || !about(a.Ratio, 681.8, 1) {
			t.Errorf("%+v", a)
		}
	})
	t.Run("one value, two baselines: 121 % and 111 %", func(t *testing.T) {
		t.Parallel()
		list := NewAssessor(december, Windows()).All(indicatorOf(t, "budget_revenue"), []Target{target("budget_revenue", "2025", 302.7, BaselineProvince),
			target("budget_revenue", "2025", 330, BaselineOwn)}, []Reported{said("budget_revenue", "2025", 366.3, Estimated, december)})
		if len(list) != 2 || list[0].Baseline != BaselineOwn || !about(list[0].Ratio, 111, 0) || !about(list[1].Ratio, 121, 0) || list[1].Verdict != Exceeded {
			t.Errorf("%+v", list)
		}
	})
	t.Run("one value meets one baseline and misses the other", func(t *testing.T) {
		t.Parallel()
		list := NewAssessor(december, Windows()).All(indicatorOf(t, "budget_revenue"), []Target{target("budget_revenue", "2025", 360, BaselineProvince),
			target("budget_revenue", "2025", 400, BaselineCouncil)}, []Reported{said("budget_revenue", "2025", 366.3, Final, december)})
		if list[0].Verdict != NotMet || list[0].Baseline != BaselineCouncil || list[1].Verdict != Exceeded || list[0].Target == list[1].Target {
			t.Errorf("%+v", list)
		}
	})
	t.Run("poverty gets points, and no per cent of the plan", func(t *testing.T) {
		t.Parallel()
		a := assessOn(t, december, target("poverty_rate", "2025", 0.35, BaselineCongress), said("poverty_rate", "2025", 0.21, Estimated, december), said("poverty_rate", "2024", 0.35, Final, "2025-06-30"))
		if !a.Verdict.Reached() || a.Ratio != nil || a.Change == nil || a.Change.By != -0.14 || a.Change.Share != nil || *a.Gap != -0.14 {
			t.Errorf("%+v %+v", a, a.Change)
		}
		if a := assessOn(t, december, target("poverty_rate", "2025", 0.35, BaselineCongress), said("poverty_rate", "2025", 0.36, Final, december)); a.Verdict != NotMet || a.Ratio != nil {
			t.Errorf("%+v", a)
		}
		if a := assessOn(t, december, target("poverty_rate", "2025", 0.35, BaselineCongress), said("poverty_rate", "2025", 0.35, Final, december)); a.Verdict != Met {
			t.Errorf("%+v", a)
		}
	})
	t.Run("trained labour 78,2 % is 100,3 % of its target 78,0 %", func(t *testing.T) {
		t.Parallel()
		v, possible, ok := ImpliedTarget(78.2, 100.3)
		if !ok || v != 78 || !possible.Holds(78) || possible.Holds(78.5) {
			t.Errorf("%v %v", v, ok)
		}
		a := assessOn(t, december, target("trained_labour_rate", "2025", v, BaselineCouncil), said("trained_labour_rate", "2025", 78.2, Estimated, december))
		if a.Verdict != Exceeded || !about(a.Ratio, 100.3, 1) || *a.Gap != 0.2 {
			t.Errorf("%+v", a)
		}
	})
	t.Run("12/14 targets met and exceeded", func(t *testing.T) {
		t.Parallel()
		tg := target("targets_met", "2025", 14, BaselineOwn)
		tg.Of = of(14)
		r := said("targets_met", "2025", 12, Estimated, december)
		r.Of = of(14)
		a := assessOn(t, december, tg, r)
		if a.Verdict != NotMet || !about(a.Ratio, 85.7, 1) || *a.Gap != -2 {
			t.Errorf("%+v", a)
		}
		tg.Value, tg.Of, tg.Measure = 85, nil, "%"
		if a := assessOn(t, december, tg, r); a.Verdict != Exceeded || !about(a.Actual, 85.7, 1) {
			t.Errorf("share: %+v", a)
		}
	})
	t.Run("a target that is not due is not assessed", func(t *testing.T) {
		t.Parallel()
		a := assessOn(t, "2026-03-10", target("poverty_rate", "2026", 0.2, BaselineProvince))
		if a.Verdict != NotAssessed || a.WhyNot != NotDue {
			t.Errorf("%+v", a)
		}
		if a := assessOn(t, "2026-12-15", target("poverty_rate", "2026", 0.2, BaselineProvince)); a.WhyNot != NoFigure {
			t.Errorf("after the window has closed: %+v", a)
		}
	})
}

func TestPlanShare(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		quote, sentence string
		value           float64
		want            float64
	}{
		{"23,2 %", "Phường Ba Đình thu ngân sách vượt 23,2 % dự toán.", 23.2, 123.2},
		{"15%", "Thu ngân sách vượt kế hoạch tỉnh giao 15%.", 15, 115},
		{"93%", "Giá trị sản xuất đạt 93% so với kế hoạch.", 93, 93},
		{"105%", "Các chỉ tiêu đạt và vượt kế hoạch, bằng 105% kế hoạch năm.", 105, 105},
		{"681,8%", "Thu ngân sách đạt 681,8% dự toán giao.", 681.8, 681.8},
		{"105%", "Thu vượt dự toán, đạt 105% kế hoạch.", 105, 105},
	} {
		got, ok := PlanShare(PlanRatio, Claim{Value: c.value, Measure: "%", Quote: c.quote, Source: Source{Sentence: c.sentence}})
		if !ok || math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: %v", c.sentence, got)
		}
	}
	if got, ok := PlanShare(PlanRatio, Claim{Value: 12, Of: of(10), Measure: "đảng viên"}); !ok || got != 120 {
		t.Errorf("12/10: %v %v", got, ok)
	}
	if _, ok := PlanShare(Result, Claim{Value: 93, Measure: "%"}); ok {
		t.Error("a result is no share of a plan")
	}
	if v, ok := VerdictOfShare(indicatorOf(t, "poverty_rate"), 120); ok || v != NotAssessed {
		t.Error("poverty has no share of a plan")
	}
}

func TestCountsNameTheRemainder(t *testing.T) {
	t.Parallel()
	eleven, seventeen, twelve := 11, 17, 12
	if rest, ok := (SaidCount{Total: 32, Exceeded: &eleven, Met: &seventeen}).Rest(); !ok || rest != 4 {
		t.Errorf("32 = 11 + 17 leaves %d", rest)
	}
	if n, ok := (SaidCount{Total: 14, Reached: &twelve}).Missed(); !ok || n != 2 {
		t.Errorf("12/14 leaves %d", n)
	}
	if _, ok := (SaidCount{Total: 14, Met: &twelve}).Rest(); ok {
		t.Error("nobody said how many were exceeded")
	}
	var list []Assessment
	for i := range 32 {
		a := Assessment{Verdict: Met, Indicator: "met"}
		switch {
		case i < 11:
			a.Verdict = Exceeded
		case i == 11:
			a.Verdict, a.Indicator = NotAssessed, "later"
		case i == 20:
			a.Verdict, a.Indicator = AtRisk, "risk"
		case i > 29:
			a.Verdict, a.Indicator, a.Ratio = NotMet, "missed", of(float64(60+i))
		}
		list = append(list, a)
	}
	c := CountVerdicts(list)
	if c.Total() != 32 || c.Reached() != 28 || c.Rest() != 4 || c[Exceeded] != 11 {
		t.Errorf("%v", c)
	}
	more, rest, ok := SaidCount{Total: 32, Exceeded: &eleven, Met: &seventeen}.Against(list)
	if !ok || more != 0 || len(rest) != 4 || rest[0].Indicator != "missed" || *rest[0].Ratio != 90 || rest[2].Indicator != "risk" || rest[3].Indicator != "later" {
		t.Errorf("%d %+v", more, rest)
	}
}

func TestAssessByDirection(t *testing.T) {
	t.Parallel()
	late := Day("2026-01-20")
	band := Indicator{Key: "b", Better: InBand, Measure: "%", Band: Range{of(103), of(107)}}
	atMost := target("budget_expenditure", "2025", 100, BaselineProvince)
	atMost.Comparator = AtMost
	yes := target("health_station_standard", "2025", 1, BaselineProvince)
	for _, c := range []struct {
		name   string
		in     Indicator
		target Target
		value  float64
		want   Verdict
		ratio  bool
	}{
		{"higher, equal", indicatorOf(t, "forest_cover_rate"), target("forest_cover_rate", "2025", 39.6, BaselineProvince), 39.6, Met, true},
		{"higher, less", indicatorOf(t, "forest_cover_rate"), target("forest_cover_rate", "2025", 39.6, BaselineProvince), 39.5, NotMet, true},
		{"equal, equal", indicatorOf(t, "conscription_rate"), target("conscription_rate", "2025", 100, BaselineProvince), 100, Met, true},
		{"equal, more", indicatorOf(t, "conscription_rate"), target("conscription_rate", "2025", 100, BaselineProvince), 101, NotMet, true},
		{"band, within", band, Target{Claim: Claim{Period: "2025", Measure: "%", Indicator: "b", Comparator: Equal}}, 107, Met, false},
		{"band, above", band, Target{Claim: Claim{Period: "2025", Measure: "%", Indicator: "b", Comparator: Equal}}, 107.1, NotMet, false},
		{"band, the target's own upper bound", band, Target{Claim: Claim{Period: "2025", Measure: "%", Indicator: "b", Comparator: AtMost, Value: 105}}, 106, NotMet, false},
		{"yes", indicatorOf(t, "health_station_standard"), yes, 1, Met, false},
		{"no", indicatorOf(t, "health_station_standard"), yes, 0, NotMet, false},
		{"the target's words decide where the indicator has no direction", indicatorOf(t, "budget_expenditure"), atMost, 101, NotMet, false},
	} {
		r := Reported{Indicator: c.target.Indicator, Period: "2025", Scope: c.target.Scope, Value: c.value, Measure: c.target.Measure, Comparator: Equal, Vintage: Final, Day: late}
		a := NewAssessor(late, Windows()).Assess(c.in, c.target, []Reported{r})
		if a.Verdict != c.want || (a.Ratio != nil) != c.ratio {
			t.Errorf("%s: %+v", c.name, a)
		}
	}
}

func TestWhyNotAssessed(t *testing.T) {
	t.Parallel()
	late := Day("2026-01-20")
	revenue := func(edit func(*Target, *Reported)) Assessment {
		tg, r := target("budget_revenue", "2025", 300, BaselineProvince), said("budget_revenue", "2025", 366.3, Final, late)
		edit(&tg, &r)
		return assessOn(t, late, tg, r)
	}
	for _, c := range []struct {
		want WhyNot
		edit func(*Target, *Reported)
	}{
		{OtherScope, func(_ *Target, r *Reported) { r.Scope = Term }},
		{OpenScope, func(_ *Target, r *Reported) { r.Scope = ScopeOpen }},
		{OpenScope, func(t *Target, _ *Reported) { t.Scope = ScopeOpen }},
		{OtherMeasure, func(_ *Target, r *Reported) { r.Measure = "triệu USD" }},
		{OpenPeriod, func(t *Target, _ *Reported) { t.Period = "" }},
		{OnlyBound, func(_ *Target, r *Reported) { r.Comparator, r.Value = AtLeast, 250 }},
		{NoFigure, func(_ *Target, r *Reported) { r.Period = "2024" }},
		{NoDirection, func(t *Target, _ *Reported) { t.Indicator = "budget_expenditure" }},
	} {
		if a := revenue(c.edit); a.Verdict != NotAssessed || a.WhyNot != c.want {
			t.Errorf("want %s: %+v", c.want, a)
		}
	}
	if a := revenue(func(_ *Target, r *Reported) { r.Comparator, r.Value = AtLeast, 320 }); a.Verdict != Exceeded {
		t.Errorf("more than 320 is more than 300: %+v", a)
	}
	if a := revenue(func(_ *Target, r *Reported) { r.Measure, r.Value = "triệu đồng", 366300 }); a.Verdict != Exceeded || *a.Actual != 366.3 {
		t.Errorf("366.300 triệu đồng: %+v", a)
	}
	if list := NewAssessor(late, Windows()).All(indicatorOf(t, "budget_revenue"), nil, nil); len(list) != 1 || list[0].WhyNot != NoTarget {
		t.Errorf("%+v", list)
	}
	two := target("budget_revenue", "2025", 300, BaselineProvince)
	two.SupersededBy = "x"
	if list := NewAssessor(late, Windows()).All(indicatorOf(t, "budget_revenue"), []Target{two}, nil); len(list) != 0 {
		t.Errorf("a target that was revised is assessed: %+v", list)
	}
}

func TestVintagesAndInterimFigures(t *testing.T) {
	t.Parallel()
	tg := target("budget_revenue", "2025", 400, BaselineProvince)
	early, final := said("budget_revenue", "2025", 410.6, Estimated, "2025-07-26"), said("budget_revenue", "2025", 366.3, Final, "2026-06-30")
	if a := assessOn(t, "2026-07-01", tg, early, final); a.Verdict != NotMet || *a.Actual != 366.3 || a.Vintage != Final {
		t.Errorf("the final figure counts: %+v", a)
	}
	low := said("budget_revenue", "2025", 366.3, Estimated, "2025-12-10")
	if a := assessOn(t, "2025-12-12", tg, low); a.Verdict != AtRisk {
		t.Errorf("an estimate below the target before the window closes is a risk: %+v", a)
	}
	if a := assessOn(t, "2025-12-15", tg, low); a.Verdict != NotMet {
		t.Errorf("after it, a miss: %+v", a)
	}
	soFar := said("budget_revenue", "2025", 210, VintageOpen, "2025-07-26")
	if a := assessOn(t, "2025-07-26", tg, soFar); a.Verdict != AtRisk || a.Forecast == nil || a.Forecast.Basis != RunRate || a.Forecast.Value != 360 || a.Forecast.Months != 7 {
		t.Errorf("seven months of the year: %+v %+v", a, a.Forecast)
	}
	soFar.Value = 400
	if a := assessOn(t, "2025-07-26", tg, soFar); a.Verdict != Met {
		t.Errorf("what only grows has reached its target: %+v", a)
	}
	state := said("health_insurance_rate", "2025-12", 95, Final, "2026-01-05")
	if a := assessOn(t, "2026-01-20", target("health_insurance_rate", "2025", 95, BaselineProvince), state); a.Verdict != Met || a.Through != "2025-12" {
		t.Errorf("a state at the year's end is the year's: %+v", a)
	}
}

func TestForecasts(t *testing.T) {
	t.Parallel()
	tg := target("budget_revenue", "2026", 400, BaselineProvince)
	half := said("budget_revenue", "2026-01/2026-06", 150, Final, "2026-06-20")
	a := assessOn(t, "2026-06-25", tg, half)
	if a.Verdict != AtRisk || a.Forecast.Basis != RunRate || a.Forecast.Value != 300 || a.Pace.MonthsLeft != 6 || math.Abs(a.Pace.Needed-250./6) > 1e-9 || a.Pace.SoFar != 25 {
		t.Errorf("run rate: %+v %+v %+v", a, a.Forecast, a.Pace)
	}
	a = assessOn(t, "2026-06-25", tg, half, said("budget_revenue", "2025-Q1", 40, Final, "2025-04-01"), said("budget_revenue", "2025-Q2", 60, Final, "2025-07-01"), said("budget_revenue", "2025", 300, Final, "2026-01-20"))
	if a.Verdict != NotAssessed || a.WhyNot != NotDue || a.Forecast.Basis != Season || a.Forecast.Value != 450 || !about(&a.Forecast.Share, 33.3, 1) {
		t.Errorf("last year's season: %+v %+v", a, a.Forecast)
	}
	a = assessOn(t, "2026-02-25", tg, said("budget_revenue", "2026-01", 10, Final, "2026-02-05"))
	if a.Verdict != NotAssessed || a.Forecast == nil {
		t.Errorf("one month says nothing yet: %+v", a)
	}
	var months []Reported
	for _, m := range []string{"2026-01", "2026-02", "2026-03", "2026-05"} {
		months = append(months, said("budget_revenue", m, 20, Final, "2026-06-01"))
	}
	if a = assessOn(t, "2026-06-02", tg, months...); *a.Actual != 60 || a.Through != "2026-Q1" {
		t.Errorf("a gap ends the sum: %+v", a)
	}
	bhyt := target("health_insurance_rate", "2026", 96, BaselineProvince)
	line := []Reported{said("health_insurance_rate", "2026-01", 94, Final, ""), said("health_insurance_rate", "2026-02", 94.1, Final, ""), said("health_insurance_rate", "2026-03", 94.2, Final, "")}
	if a = assessOn(t, "2026-04-02", bhyt, line...); a.Verdict != AtRisk || a.Forecast.Basis != Trend || math.Abs(a.Forecast.Value-95.1) > 1e-9 || a.Forecast.Points != 3 {
		t.Errorf("trend: %+v %+v", a, a.Forecast)
	}
	if a = assessOn(t, "2026-04-02", bhyt, line[0]); a.Verdict != NotAssessed || a.Forecast.Basis != LastValue {
		t.Errorf("one value is no trend: %+v", a)
	}
}

func TestPovertyStandardBreaksTheSeries(t *testing.T) {
	t.Parallel()
	in := indicatorOf(t, "poverty_rate")
	if in.SameStandard("2026", "2027") || !in.SameStandard("2025", "2026") || in.StandardOn("2026-12-31").Law != "07/2021/NĐ-CP" || in.StandardOn("2027-01-01").Law != "351/2025/NĐ-CP" {
		t.Error("the standard changes on 1/1/2027")
	}
	a := assessOn(t, "2028-01-20", target("poverty_rate", "2027", 2, BaselineProvince), said("poverty_rate", "2027", 1.9, Final, "2027-12-20"), said("poverty_rate", "2026", 0.2, Final, "2026-12-20"))
	if a.Verdict != Exceeded || a.Change != nil {
		t.Errorf("no change over a break: %+v", a.Change)
	}
	term := target("poverty_rate", "2025-2030", 0.3, BaselineCongress)
	if a := assessOn(t, "2026-02-01", term, said("poverty_rate", "2025", 0.21, Final, "2025-12-20")); a.Verdict != NotAssessed || a.WhyNot != OtherStandard {
		t.Errorf("a figure of the old standard against 2030: %+v", a)
	}
}

// BenchmarkAssess is a province's scorecard: 148 units × 45 indicators, each with two baselines and last year's figure.
func BenchmarkAssess(b *testing.B) {
	list := Indicators()[:45]
	var targets [][]Target
	var history [][]Reported
	for _, in := range list {
		targets = append(targets, []Target{target(in.Key, "2025", 60, BaselineProvince)})
		history = append(history, []Reported{said(in.Key, "2025", 66.3, Estimated, "2025-12-24"), said(in.Key, "2024", 61.2, Final, "2025-06-30")})
	}
	b.ReportAllocs()
	for b.Loop() {
		a := NewAssessor("2026-01-20", Windows())
		for range 148 {
			for i, in := range list {
				a.All(in, targets[i], history[i])
			}
		}
	}
}

// Whatever stands in the book, a verdict and a reason exclude each other, no share is capped, and the measure in which a number was written
// changes nothing.
func TestAssessmentHolds(t *testing.T) {
	t.Parallel()
	periods := []Period{"2025", "2025-Q1", "2025-Q2", "2025-01/2025-06", "2025-12", "2024", "2024-Q1", "2025-2030", "2026", "", "x"}
	days := []Day{"", "2025-03-31", "2025-07-26", "2025-12-10", "2025-12-24", "2026-06-30"}
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.SampledFrom(Indicators()).Draw(t, "indicator")
		number := func(label string) float64 { return shiftDecimal(float64(rapid.IntRange(-5, 2000).Draw(t, label)), -1) }
		whole := func(label string) *float64 {
			if in.Better != XOfY || !rapid.Bool().Draw(t, label) {
				return nil
			}
			return of(float64(rapid.IntRange(0, 30).Draw(t, label)))
		}
		scope := func(label string) Scope { return rapid.SampledFrom([]Scope{ScopeOpen, Annual, Term}).Draw(t, label) }
		comparator := func(label string) Comparator { return rapid.SampledFrom(Comparators).Draw(t, label) }
		tg := Target{ID: "t", Claim: Claim{Indicator: in.Key, Period: rapid.SampledFrom(periods).Draw(t, "period"), Scope: scope("scope"), Comparator: comparator("comparator"),
			Value: number("target"), Of: whole("of"), Measure: in.Measure}}
		var history, rewritten []Reported
		for range rapid.IntRange(0, 6).Draw(t, "reported") {
			r := Reported{Figure: "f", Indicator: in.Key, Period: rapid.SampledFrom(periods).Draw(t, "period"), Scope: scope("scope"), Comparator: comparator("comparator"),
				Vintage: rapid.SampledFrom([]Vintage{VintageOpen, Estimated, Preliminary, Final}).Draw(t, "vintage"), Day: rapid.SampledFrom(days).Draw(t, "day"),
				Value: number("value"), Of: whole("of"), Measure: in.Measure}
			history = append(history, r)
			if r.Of == nil {
				r.Measure, r.Value = "nghìn "+r.Measure, shiftDecimal(r.Value, -3)
			}
			rewritten = append(rewritten, r)
		}
		today := rapid.SampledFrom(days[1:]).Draw(t, "today")
		a := NewAssessor(today, Windows()).Assess(in, tg, history)
		if (a.Verdict == NotAssessed) != (a.WhyNot != "") || a.Verdict == "" {
			t.Fatalf("%+v", a)
		}
		if a.Verdict.Reached() && a.Actual == nil || a.Verdict == NotMet && today <= CutOff(Windows(), tg.Period) {
			t.Fatalf("%+v", a)
		}
		if a.Ratio != nil && math.Abs(*a.Ratio-*a.Actual/a.Goal*100) > 1e-6 {
			t.Fatalf("%v of %v is %v", *a.Actual, a.Goal, *a.Ratio)
		}
		if in.Better == Down && tg.Comparator == Equal && a.Ratio != nil {
			t.Fatalf("%s has a share of the plan", in.Key)
		}
		if in.Better == YesNo {
			return
		}
		if b := NewAssessor(today, Windows()).Assess(in, tg, rewritten); b.Verdict != a.Verdict || b.WhyNot != a.WhyNot {
			t.Fatalf("in thousands: %+v\n%+v", b, a)
		}
	})
}
