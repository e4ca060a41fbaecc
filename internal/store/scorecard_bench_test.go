package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"haicap/internal/gov"
	"haicap/internal/store"
)

// fillMonths writes monthly figures of 148 units and 45 indicators.
func fillMonths(b *testing.B, s *store.Store, years int) {
	b.Helper()
	ctx := context.Background()
	n := 0
	keys := gov.Indicators()
	for y := range years {
		for m := range 12 {
			var list []gov.Figure
			for i := range 45 {
				for u := range 148 {
					n++
					f := gov.Figure{Realm: 25, ID: gov.NewID(start.Add(time.Duration(n) * time.Millisecond)), Kind: gov.Result, Entered: gov.Stamp{By: "a", At: start},
						State: gov.FigureVerified, Claim: gov.Claim{Indicator: keys[i%len(keys)].Key, Unit: gov.UnitKey{Code: fmt.Sprintf("%05d", u), From: "2025-07-01"},
							Period: gov.Period(fmt.Sprintf("%d-%02d", 2016+y, m+1)), Comparator: gov.Equal, Value: float64(n), Measure: keys[i%len(keys)].Measure}}
					list = append(list, f)
				}
			}
			if err := s.Update(ctx, func(tx gov.Tx) error { return tx.CreateFigures(ctx, list) }); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// A month's scorecard of a province, with a year of figures and with ten.
func BenchmarkScorecard(b *testing.B) {
	benchBoth(b, func(b *testing.B, s *store.Store) {
		for _, years := range []int{1, 10} {
			began := time.Now()
			fillMonths(b, s, years)
			rate := float64(years*12*45*148) / time.Since(began).Seconds()
			b.Run(fmt.Sprint(years), func(b *testing.B) {
				ctx := context.Background()
				for b.Loop() {
					err := s.View(ctx, func(tx gov.Tx) error {
						list, err := tx.Cells(ctx, 25, gov.CellQuery{Periods: []gov.Period{"2016-06"}})
						if len(list) != 45*148 {
							b.Fatal(len(list))
						}
						return err
					})
					if err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(rate, "filled/s")
			})
			if w, _ := s.Pools(); years == 1 {
				if _, err := w.Exec("DELETE FROM cell; DELETE FROM figure"); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
