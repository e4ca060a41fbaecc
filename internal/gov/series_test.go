package gov

import (
	"math"
	"testing"
)

func TestSeriesOf(t *testing.T) {
	t.Parallel()
	in := indicatorOf(t, "poverty_rate")
	var history []Reported
	for _, y := range []struct {
		p string
		v float64
	}{{"2027", 4.1}, {"2023", 0.62}, {"2025", 0.21}, {"2026", 0.2}, {"2022", 0.8}, {"2025-Q3", 0.3}} {
		history = append(history, said("poverty_rate", y.p, y.v, Final, ""))
	}
	history = append(history, said("poverty_rate", "2025", 0.35, Estimated, ""))
	list := SeriesOf(in, history, 12)
	if len(list) != 5 || list[0].Period != "2022" || list[2].Value != 0.21 {
		t.Fatalf("%+v", list)
	}
	if d := list[1].Delta; d == nil || d.By != -0.18 || d.Share != nil {
		t.Errorf("2023: %+v", d)
	}
	if p := list[2]; !p.Gap || p.Delta != nil || p.Year != nil {
		t.Errorf("2024 is missing: %+v", p)
	}
	if p := list[4]; !p.Break || p.Delta != nil || p.Year != nil {
		t.Errorf("2027 has another standard: %+v", p)
	}
	if _, ok := GrowthPerYear(in, list); ok {
		t.Error("one value since the break is no growth")
	}
	if g, ok := GrowthPerYear(in, list[:4]); !ok || math.Abs(g+0.15) > 1e-9 {
		t.Errorf("points a year: %v", g)
	}
	money := indicatorOf(t, "budget_revenue")
	years := SeriesOf(money, []Reported{said("budget_revenue", "2023", 100, Final, ""), said("budget_revenue", "2025", 121, Final, "")}, 12)
	if g, ok := GrowthPerYear(money, years); !ok || math.Abs(g-10) > 1e-9 {
		t.Errorf("growth: %v", g)
	}
	months := SeriesOf(money, []Reported{said("budget_revenue", "2025-03", 12, Final, ""), said("budget_revenue", "2024-03", 10, Final, ""), said("budget_revenue", "2025-02", 6, Final, "")}, 1)
	if y := months[2].Year; y == nil || *y.Share != 20 || *months[2].Delta.Share != 100 {
		t.Errorf("%+v", months[2])
	}
}

func TestStructure(t *testing.T) {
	t.Parallel()
	in := indicatorOf(t, "economic_structure")
	parts := []string{"agriculture", "industry", "services"}
	make3 := func(period string, values ...float64) (list []Reported) {
		for i, v := range values {
			list = append(list, Reported{Indicator: PartKey("economic_structure", parts[i]), Period: Period(period), Value: v, Measure: "%", Comparator: Equal, Vintage: Final})
		}
		return list
	}
	var targets []Target
	for i, v := range []float64{10, 42, 48} {
		targets = append(targets, Target{ID: ID(parts[i]), Claim: Claim{Indicator: PartKey("economic_structure", parts[i]), Period: "2025", Value: v, Measure: "%", Comparator: Equal}})
	}
	a := NewAssessor("2026-01-20", Windows())
	s := a.Structure(in, targets, append(make3("2025", 12, 41, 47), make3("2024", 15, 40, 45)...))
	if s.Verdict != NotMet || s.Off == nil || *s.Off != 2 || s.Closer == nil || *s.Closer != 3 || len(s.Parts) != 3 || s.Parts[0].Ratio != nil {
		t.Errorf("%+v", s)
	}
	if s = a.Structure(in, targets, make3("2025", 10, 42.04, 47.96)); s.Verdict != Met {
		t.Errorf("half of the last digit is no miss: %+v", s)
	}
	if s = a.Structure(in, targets, make3("2025", 10, 42)); s.Verdict != NotAssessed || s.WhyNot != NotWhole {
		t.Errorf("a part is missing: %+v", s)
	}
	if s = a.Structure(in, targets, make3("2025", 10, 42, 40)); s.WhyNot != NotWhole {
		t.Errorf("92 %% is no whole: %+v", s)
	}
	if s = a.Structure(in, targets, nil); s.WhyNot != NoFigure {
		t.Errorf("%+v", s)
	}
	if s = a.Structure(in, nil, nil); s.WhyNot != NoTarget {
		t.Errorf("%+v", s)
	}
	if s = NewAssessor("2025-06-01", Windows()).Structure(in, targets, nil); s.WhyNot != NotDue {
		t.Errorf("%+v", s)
	}
}
