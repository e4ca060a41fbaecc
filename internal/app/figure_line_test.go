package app_test

import (
	"testing"
	"time"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// A confirmed preliminary figure takes the place of the unit's own estimate, which stays to be read; what a document says stays in conflict.
func TestConfirmingSucceedsTheOwnLine(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	clerk, leader := h.account(t, "vanthu", access.Clerk), h.accountOf(t, "lanhdao", access.Leader, "07909")
	doc, _ := h.file(t, "bao-cao.txt", "BÁO CÁO\nThu ngân sách năm 2025 đạt 3 tỷ đồng.")
	key := gov.ReportKey{Form: "nam", Period: "2025", Unit: gov.UnitKey{Code: "07909", From: "2025-07-01"}}
	figure := func(id gov.ID, value float64, v gov.Vintage, state gov.FigureState, source gov.ID) gov.Figure {
		return gov.Figure{Realm: h.holding.Realm, ID: id, Kind: gov.Result, Vintage: v, State: state, Entered: gov.Stamp{By: gov.ID(clerk.Account), At: time.Now()},
			Claim: gov.Claim{Indicator: "budget_revenue", Unit: key.Unit, Period: "2025", Scope: gov.Annual, Comparator: gov.Equal, Value: value,
				Measure: "tỷ đồng", Source: gov.Source{Document: source}}}
	}
	err := h.store.Update(h.ctx, func(tx gov.Tx) error {
		return tx.CreateFigures(h.ctx, []gov.Figure{figure("1", 1, gov.Estimated, gov.FigureConfirmed, ""), figure("2", 2, gov.Preliminary, gov.FigureEntered, ""),
			figure("3", 3, gov.Estimated, gov.FigureRecorded, doc.ID)})
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, by := range []access.Principal{clerk, leader} {
		v, err := h.Report(h.ctx, clerk, key)
		if err != nil {
			t.Fatal(err)
		}
		if err := h.StepReport(h.ctx, by, key, []gov.Action{gov.ActSubmit, gov.ActConfirm}[i], "", v.Report.Version); err != nil {
			t.Fatal(err)
		}
	}
	v, err := h.Figure(h.ctx, h.analyst, "1")
	if err != nil || v.Figure.SupersededBy != "2" || v.Figure.Value != 1 {
		t.Errorf("the estimate: %+v %v", v.Figure, err)
	}
	c := h.cells(t, gov.CellQuery{Periods: []gov.Period{"2025"}, Indicators: []string{"budget_revenue"}})
	if len(c) != 1 || c[0].Value != 2 || c[0].Claims != 2 || !c[0].Conflict {
		t.Errorf("the cell: %+v", c)
	}
}
