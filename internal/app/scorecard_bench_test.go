package app_test

import (
	"fmt"
	"testing"
	"time"

	"haicap/internal/app"
	"haicap/internal/gov"
)

// fillProvince writes a figure and a target of the year for each unit of the province and 45 indicators.
func (h house) fillProvince(t testing.TB, period gov.Period) {
	t.Helper()
	units, err := units()
	if err != nil {
		t.Fatal(err)
	}
	ids := gov.IDsFrom(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	var figures []gov.Figure
	var targets []gov.Target
	for i, u := range units.Children("25", "") {
		for j, in := range gov.Indicators()[:45] {
			claim := gov.Claim{Indicator: in.Key, Unit: u.UnitKey, Period: period, Scope: gov.Annual, Comparator: gov.Equal, Value: float64(50 + (i*7+j*3)%40), Measure: in.Measure}
			figures = append(figures, gov.Figure{Realm: h.holding.Realm, ID: ids.Next(), Kind: gov.Result, State: gov.FigureVerified, Vintage: gov.Final, Claim: claim})
			claim.Value = 65
			targets = append(targets, gov.Target{Realm: h.holding.Realm, ID: ids.Next(), Baseline: gov.BaselineProvince, Claim: claim})
		}
	}
	if err := h.store.Update(h.ctx, func(tx gov.Tx) error {
		for _, g := range targets {
			if err := tx.CreateTarget(h.ctx, g); err != nil {
				return err
			}
		}
		return tx.CreateFigures(h.ctx, figures)
	}); err != nil {
		t.Fatal(err)
	}
}

// The scorecard of a province with a figure and a target in each of its 148 × 45 cells.
func BenchmarkProvinceScorecard(b *testing.B) {
	h := begin(b, "25")
	h.fillProvince(b, "2025")
	for _, field := range []gov.WorkField{"", "economy"} {
		b.Run(fmt.Sprintf("field %q", field), func(b *testing.B) {
			for b.Loop() {
				v, err := h.Scorecard(h.ctx, h.analyst, app.ScorecardQuery{Period: "2025", Used: true, Field: field})
				if err != nil || len(v.Rows) != 148 || v.Counts.Total() == 0 {
					b.Fatal(len(v.Rows), v.Counts, err)
				}
			}
		})
	}
}
