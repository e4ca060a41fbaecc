package web_test

import (
	"testing"

	"haicap/internal/gov"
)

// The form without scripts: how final, so many of so many, yes and no, parts that add up to 100 with their sum, and a cell that somebody else wrote meanwhile.
func TestEntryForm(t *testing.T) {
	t.Parallel()
	d := sit(t)
	v := d.visitor(t, "tonghop")
	const at = "/reports/07909?form=nam&period=2025"
	p := v.get(at)
	p.sound("vi")
	for selector, n := range map[string]int{"select[name=vintage] option[value=final]": 1, "select[name=v.health_station_standard]": 1, "input[name=y.targets_met]": 1,
		"input[name=v.economic_structure]": 0, "input[name=v.population/female]": 1} {
		if got := p.all(selector); len(got) != n {
			t.Fatalf("%d elements fit %q, want %d", len(got), selector, n)
		}
	}
	p.has("Phân theo giới tính", "Cộng các phần", "phải bằng 100%")
	p = v.post(at, "vintage", "final", "v.health_station_standard", "1", "v.targets_met", "32", "y.targets_met", "36",
		"v.economic_structure/agriculture", "10,5", "v.economic_structure/industry", "49,5", "v.economic_structure/services", "30", "v.population/female", "5.100")
	p.sound("vi")
	p.has("32/36", "90 %", "chính thức", "Các phần cộng lại bằng 90%, lệch −10 điểm so với 100%.")
	if o := p.one("select[name=v.health_station_standard] option[selected]"); attr(o, "value") != "1" {
		t.Errorf("yes is not shown: %v", o)
	}
	unit := gov.UnitKey{Code: "07909", From: "2025-07-01"}
	got, err := d.Report(d.ctx, d.analyst, gov.ReportKey{Form: "nam", Period: "2025", Unit: unit})
	must(t, err)
	if got.Known != 3 { // the part alone is not the population
		t.Errorf("%d figures are there", got.Known)
	}
	for l := range got.Cells() {
		if l.Own != nil && (l.Own.Vintage != gov.Final || l.Own.Kind != gov.Result) {
			t.Errorf("%s is %q, %s", l.Key, l.Own.Vintage, l.Own.Kind)
		}
	}
	for _, bad := range [][]string{{"v.health_station_standard", "2"}, {"v.economic_structure", "5"}, {"v.population/nobody", "5"}, {"v.targets_met", "5", "y.targets_met", "không"}} {
		if p := v.post(at, bad...); p.status != 409 {
			t.Errorf("%v: %d", bad, p.status)
		}
	}
	p = v.post(at, "v.targets_met", "33", "y.targets_met", "36", "vintage", "final") // without naming what it saw: the books have 32/36
	if p.status != 409 {
		t.Errorf("overwritten: %d", p.status)
	}
	p.has("32/36", "33/36")
	if in := p.one("input[name=v.targets_met]"); attr(in, "value") != "33" {
		t.Error("what was typed is lost")
	}
}

// A figure that has not changed but is final now is written anew where one asks for it by its own button.
func TestSameValueMoreFinal(t *testing.T) {
	t.Parallel()
	d := sit(t)
	v := d.visitor(t, "tonghop")
	const at = "/reports/07909?form=nam&period=2025"
	v.post(at, "vintage", "estimated", "v.poverty_rate", "0,21")
	key := gov.ReportKey{Form: "nam", Period: "2025", Unit: gov.UnitKey{Code: "07909", From: "2025-07-01"}}
	own := func() *gov.Figure {
		got, err := d.Report(d.ctx, d.analyst, key)
		must(t, err)
		for l := range got.Cells() {
			if l.Key == "poverty_rate" {
				return l.Own
			}
		}
		return nil
	}
	first := own()
	if first == nil || first.Vintage != gov.Estimated || first.Kind != gov.Estimate {
		t.Fatalf("%+v", first)
	}
	again := []string{"v.poverty_rate", "0,21", "s.poverty_rate", "0,21", "w.poverty_rate", string(first.ID), "m.poverty_rate", "%", "d.poverty_rate", "%"}
	v.post(at, append(again, "vintage", "final")...)
	if own().ID != first.ID {
		t.Error("written though nobody changed it")
	}
	v.post(at, append(again, "vintage", "final", "only", "poverty_rate")...)
	if now := own(); now.ID == first.ID || now.Vintage != gov.Final || now.Value != 0.21 {
		t.Errorf("%+v", now)
	}
}
