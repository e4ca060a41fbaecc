package app_test

import (
	"fmt"
	"testing"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
)

// One indicator has several baselines; a revision needs a reason and keeps what was; only who may set targets does.
func TestTargets(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	clerk := h.account(t, "vanthu", access.Clerk)
	unit := gov.UnitKey{Code: "07909", From: "2025-07-01"}
	in := app.TargetInput{Indicator: "budget_revenue", Unit: unit, Period: "2026", Baseline: gov.BaselineProvince, TargetWords: app.TargetWords{Value: "366.300", Measure: "triệu đồng"}}
	if _, err := h.SetTarget(h.ctx, clerk, in); gov.CodeOf(err) != gov.Forbidden {
		t.Errorf("a clerk set a target: %v", err)
	}
	first, err := h.SetTarget(h.ctx, h.analyst, in)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.SetTarget(h.ctx, h.analyst, in); gov.CodeOf(err) != gov.Conflict {
		t.Errorf("set twice: %v", err)
	}
	in.Baseline = gov.BaselineCouncil
	if _, err := h.SetTarget(h.ctx, h.analyst, in); err != nil {
		t.Errorf("another baseline: %v", err)
	}
	in.Period, in.Scope = "2025-2030", gov.Annual
	if _, err := h.SetTarget(h.ctx, h.analyst, in); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("a term as a year: %v", err)
	}
	if _, err := h.ReviseTarget(h.ctx, h.analyst, first, app.TargetWords{Value: "400"}); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("without a reason: %v", err)
	}
	second, err := h.ReviseTarget(h.ctx, h.analyst, first, app.TargetWords{Value: "400", Reason: "giao bổ sung"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.ReviseTarget(h.ctx, h.analyst, first, app.TargetWords{Value: "401", Reason: "x"}); gov.CodeOf(err) != gov.Conflict {
		t.Errorf("revised what was revised: %v", err)
	}
	v, err := h.TargetPage(h.ctx, clerk, second)
	if err != nil || len(v.History) != 2 || v.History[0].Value != 366.3 || v.History[0].Quote != "366.300 triệu đồng" || v.Target.Reason != "giao bổ sung" || !v.Revisable {
		t.Errorf("%+v %v", v, err)
	}
	list, err := h.Targets(h.ctx, clerk, app.TargetQuery{Period: "2026", Unit: unit})
	if err != nil || len(list) != 2 {
		t.Errorf("%+v %v", list, err)
	}
}

// Parts that do not add up to the whole are refused with the difference, and written with a reason.
func TestHandDown(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	province := h.holding.Unit
	whole, err := h.SetTarget(h.ctx, h.analyst, app.TargetInput{Indicator: "budget_revenue", Unit: province, Period: "2026", Baseline: gov.BaselineProvince, TargetWords: app.TargetWords{Value: "1.480"}})
	if err != nil {
		t.Fatal(err)
	}
	v, err := h.TargetPage(h.ctx, h.analyst, whole)
	if err != nil || len(v.Units) != 148 || v.Check != nil {
		t.Fatalf("%d units, %v", len(v.Units), err)
	}
	in := app.HandDownInput{Dry: true}
	for _, u := range v.Units {
		in.Parts = append(in.Parts, app.HandDownPart{Unit: u.Key, Value: "9,5"})
	}
	d, err := h.HandDown(h.ctx, h.analyst, whole, in)
	if err != nil || d.Check.Enough || d.Check.Got != 1406 || d.Check.Gap != -74 || d.Written != 0 {
		t.Errorf("%+v %v", d, err)
	}
	in.Dry = false
	if _, err := h.HandDown(h.ctx, h.analyst, whole, in); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("parts that are too little: %v", err)
	}
	for i := range in.Parts {
		in.Parts[i].Value = "10"
	}
	if d, err = h.HandDown(h.ctx, h.analyst, whole, in); err != nil || !d.Check.Enough || d.Written != 148 {
		t.Errorf("%+v %v", d, err)
	}
	// One part less: it needs a reason, and the table that showed nothing is told what is there.
	one := app.HandDownInput{Parts: []app.HandDownPart{{Unit: v.Units[0].Key, Value: "8"}}}
	if _, err := h.HandDown(h.ctx, h.analyst, whole, one); gov.CodeOf(err) != gov.Conflict {
		t.Errorf("a stale table: %v", err)
	}
	if v, err = h.TargetPage(h.ctx, h.analyst, whole); err != nil || len(v.Parts) != 148 || !v.Check.Enough {
		t.Fatalf("%d parts, %v", len(v.Parts), err)
	}
	one.Parts[0].Unit, one.Parts[0].Was = v.Parts[0].Unit.Key, v.Parts[0].ID
	if _, err := h.HandDown(h.ctx, h.analyst, whole, one); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("without a reason: %v", err)
	}
	one.Reason = "giảm do thiên tai"
	if d, err = h.HandDown(h.ctx, h.analyst, whole, one); err != nil || d.Check.Enough || d.Check.Gap != -2 || d.Written != 1 {
		t.Errorf("%+v %v", d, err)
	}
	part, err := h.Targets(h.ctx, h.analyst, app.TargetQuery{Period: "2026", Unit: one.Parts[0].Unit})
	if err != nil || len(part) != 1 || part[0].Value != 8 || fmt.Sprint(part[0].Parent) != string(whole) {
		t.Errorf("%+v %v", part, err)
	}
}
