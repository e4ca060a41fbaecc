package app_test

import (
	"errors"
	"testing"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
)

func TestReports(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	clerk, second, leader := h.account(t, "vanthu", access.Clerk), h.account(t, "vanthu2", access.Clerk), h.accountOf(t, "lanhdao", access.Leader, "07909")
	province := h.account(t, "lanhdao.tinh", access.Leader)
	key := gov.ReportKey{Form: "nam", Period: "2025", Unit: gov.UnitKey{Code: "07909", From: "2025-07-01"}}
	save := func(p access.Principal, value string, was gov.ID) error {
		return h.SaveFigure(h.ctx, p, app.SaveInput{ReportKey: key, Indicator: "budget_revenue", Value: value, Measure: "triệu đồng", Was: was, Scope: gov.Annual})
	}
	form := func() (app.ReportView, *gov.Figure) {
		v, err := h.Report(h.ctx, clerk, key)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range v.Lines {
			if l.Indicator.Key == "budget_revenue" {
				return v, l.Own
			}
		}
		t.Fatal("the form does not ask for revenue")
		return v, nil
	}
	if _, own := form(); own != nil {
		t.Errorf("%+v", own)
	}
	if err := save(clerk, "366.300", ""); err != nil {
		t.Fatal(err)
	}
	// The second of two people is told what the first wrote, and nothing is lost.
	err := save(second, "370.000", "")
	var refusal *gov.Error
	if !errors.As(err, &refusal) || refusal.Code != gov.Conflict || refusal.Key != "error.cell_taken" || refusal.Args[0] != "366.300 triệu đồng" || refusal.Args[3] != "370.000" {
		t.Fatalf("%v", err)
	}
	v, own := form()
	if own == nil || own.Value != 366.3 || own.Measure != "tỷ đồng" || v.Known != 1 {
		t.Fatalf("%+v", own)
	}
	if err := save(second, "370.000", own.ID); err != nil {
		t.Fatal(err)
	}
	step := func(p access.Principal, action gov.Action, note string, want gov.Code) {
		t.Helper()
		v, _ := form()
		if err := h.StepReport(h.ctx, p, key, action, note, v.Report.Version); gov.CodeOf(err) != want {
			t.Errorf("%s: %v", action, err)
		}
	}
	step(leader, gov.ActConfirm, "", gov.Invalid) // not submitted
	step(second, gov.ActSubmit, "", "")
	if err := save(second, "1", own.ID); gov.CodeOf(err) != gov.Conflict {
		t.Errorf("written into a submitted report: %v", err)
	}
	step(second, gov.ActConfirm, "", gov.Forbidden)
	step(province, gov.ActConfirm, "", gov.Forbidden) // the unit's own leader does
	step(leader, gov.ActConfirm, "", "")
	step(clerk, gov.ActVerify, "", gov.Forbidden)
	step(h.analyst, gov.ActVerify, "", "")
	list := h.cells(t, gov.CellQuery{Periods: []gov.Period{"2025"}})
	if len(list) != 1 || list[0].State != gov.FigureVerified || list[0].Value != 370 || list[0].Claims != 1 {
		t.Errorf("%+v", list)
	}
	step(h.analyst, gov.ActReopen, "", gov.Invalid) // without a reason
	step(h.analyst, gov.ActReopen, "sai đơn vị tính", "")
	v, own = form()
	if own.State != gov.FigureReopened || len(v.Events) != 6 || v.Events[5].Note != "sai đơn vị tính" {
		t.Errorf("%+v %+v", own, v.Events)
	}
	duties, err := h.Duties(h.ctx, h.analyst, "nam", "2025")
	if err != nil || duties.Count.Owed != 148 || duties.Count.Late != 1 || duties.Count.Missing != 147 {
		t.Errorf("%+v %v", duties.Count, err)
	}
	if err := h.StepReport(h.ctx, leader, key, gov.ActConfirm, "", 1); gov.CodeOf(err) != gov.Conflict {
		t.Errorf("a stale form: %v", err)
	}
}

func TestScorecard(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	h.importText(t, head+"2025;07909;budget_revenue;366,3;;năm;ước\n2025;07909;poverty_rate;0,21;;;ước\n")
	unit := gov.UnitKey{Code: "07909", From: "2025-07-01"}
	err := h.store.Update(h.ctx, func(tx gov.Tx) error {
		return tx.CreateTarget(h.ctx, gov.Target{Realm: h.holding.Realm, ID: "t", Baseline: gov.BaselineProvince,
			Claim: gov.Claim{Indicator: "budget_revenue", Unit: unit, Period: "2025", Scope: gov.Annual, Value: 300, Measure: "tỷ đồng", Comparator: gov.Equal}})
	})
	if err != nil {
		t.Fatal(err)
	}
	v, err := h.Scorecard(h.ctx, h.analyst, app.ScorecardQuery{Period: "2025"})
	if err != nil || v.Units != 148 || v.Known != 2 || v.Counts[gov.Exceeded] != 1 {
		t.Fatalf("%d units, %d figures, %v, %v", v.Units, v.Known, v.Counts, err)
	}
	s, err := h.Series(h.ctx, h.analyst, "budget_revenue", []gov.Period{"2024", "2025"}, nil)
	if err != nil || s.Rolled[1].Known != 1 || s.Rolled[1].Units != 148 || s.Rolled[1].Value != 366.3 || s.Rolled[0].WhyNot == "" {
		t.Errorf("%+v %v", s.Rolled, err)
	}
}
