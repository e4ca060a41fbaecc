package storetest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"haicap/internal/gov"
)

// sortedCells are the cells that the claims make, in the order of a list.
func sortedCells(figures []gov.Figure, c gov.Catalogue) []gov.FigureCell {
	list := gov.CellsOf(figures, c)
	slices.SortFunc(list, func(a, b gov.FigureCell) int {
		return cmp.Or(cmp.Compare(a.Period, b.Period), cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.Unit.Code, b.Unit.Code),
			cmp.Compare(a.Unit.From, b.Unit.From), cmp.Compare(a.Scope, b.Scope), cmp.Compare(a.Measure, b.Measure))
	})
	return list
}

// cellsAre checks that the cells are those of the claims in force.
func (b *book) cellsAre(what string) {
	b.Helper()
	b.view(func(tx gov.Tx) error {
		figures, err := tx.Figures(ctx, Realm, gov.FigureQuery{})
		if err != nil {
			return err
		}
		got, err := tx.Cells(ctx, Realm, gov.CellQuery{})
		if err != nil {
			return err
		}
		edited, err := tx.Entries(ctx, Realm, gov.EntryIndicator)
		if err != nil {
			return err
		}
		catalogue, err := gov.CatalogueOf(edited)
		want := sortedCells(figures, catalogue)
		if len(got) != len(want) {
			b.Fatalf("%s: %d cells, want %d", what, len(got), len(want))
		}
		for i := range got {
			if fmt.Sprintf("%+v", deref(got[i])) != fmt.Sprintf("%+v", deref(want[i])) {
				b.Errorf("%s:\n got %+v\nwant %+v", what, deref(got[i]), deref(want[i]))
			}
		}
		return err
	})
}

// deref makes a cell print its number instead of its place.
func deref(c gov.FigureCell) any {
	of := -1.0
	if c.Of != nil {
		of = *c.Of
	}
	c.Of = nil
	return struct {
		gov.FigureCell
		of float64
	}{c, of}
}

var cellCases = []testCase{
	{"in the measure of the realm's own catalogue", func(b *book) {
		b.figure(func(f *gov.Figure) { f.Indicator, f.Value, f.Measure, f.Of = "budget_revenue", 2, "tỷ đồng", nil })
		b.figure(func(f *gov.Figure) { f.Indicator, f.Value, f.Measure, f.Of = "own_one", 5, "triệu đồng", nil })
		b.cellsAre("of the catalogue that the program comes with")
		for key, measure := range map[string]string{"budget_revenue": "triệu đồng", "own_one": "tỷ đồng"} {
			body := fmt.Sprintf(`[{"Key":%q,"Measure":%q,"Flow":true}]`, key, measure)
			b.update(func(tx gov.Tx) error {
				_, err := tx.PutEntry(ctx, gov.Entry{Realm: Realm, Kind: gov.EntryIndicator, Key: key, Body: body, Entered: b.stamp()})
				return err
			})
		}
		b.figure(func(f *gov.Figure) {
			f.Indicator, f.Value, f.Measure, f.Of, f.Period = "own_one", 7, "triệu đồng", nil, "2024"
		})
		b.cellsAre("of the realm's own")
		b.view(func(tx gov.Tx) error {
			list, err := tx.Cells(ctx, Realm, gov.CellQuery{Indicators: []string{"own_one", "budget_revenue"}})
			if err != nil {
				return err
			}
			var values []float64
			for _, c := range list {
				values = append(values, c.Value)
			}
			same(b, "values", values, []float64{0.007, 2000, 0.005})
			return nil
		})
	}},
	{"the claim that counts", func(b *book) {
		estimate := b.figure(func(f *gov.Figure) { f.Vintage, f.Scope, f.Source.Day = gov.Estimated, gov.Annual, "2025-12-10" })
		final := b.figure(func(f *gov.Figure) {
			f.Vintage, f.Scope, f.Value, f.Source.Day = gov.Final, gov.Annual, 400, "2026-06-30"
		})
		b.figure(func(f *gov.Figure) { // nobody answers for it
			f.Vintage, f.Scope, f.Value, f.State, f.Source.Day = gov.Final, gov.Annual, 1, gov.FigureEntered, "2026-07-01"
		})
		counts := func(what string, id gov.ID, claims int, conflict bool) {
			b.Helper()
			b.view(func(tx gov.Tx) error {
				list, err := tx.Cells(ctx, Realm, gov.CellQuery{Periods: []gov.Period{"2025"}})
				if err != nil || len(list) != 1 {
					b.Fatalf("%s: %d cells, %v", what, len(list), err)
				}
				same(b, what, []any{list[0].Figure, list[0].Claims, list[0].Conflict}, []any{id, claims, conflict})
				return nil
			})
		}
		counts("the final one", final.ID, 3, true)
		b.update(func(tx gov.Tx) error { return tx.SupersedeFigure(ctx, Realm, final.ID, estimate.ID) })
		counts("without it", estimate.ID, 2, false)
		b.view(func(tx gov.Tx) error {
			list, err := tx.ClaimsOn(ctx, Realm, gov.CellKey{Period: "2025", Indicator: "budget_revenue", Unit: b.unit})
			same(b, "claims", len(list), 2)
			for period, want := range map[gov.Period]bool{"2025": true, "2024": false} {
				got, err := tx.HasCells(ctx, Realm, period)
				same(b, "has cells", []any{got, err}, []any{want, nil})
			}
			return err
		})
		b.refused(gov.Forbidden, func(tx gov.Tx) error {
			_, err := tx.Within(gov.Reach{}).ClaimsOn(ctx, Realm, gov.CellKey{Unit: b.unit})
			return err
		})
		b.refused(gov.Conflict, func(tx gov.Tx) error {
			estimate.State = gov.FigureVerified
			return tx.UpdateFigureState(ctx, estimate, gov.FigureSubmitted)
		})
		b.refused(gov.NotFound, func(tx gov.Tx) error {
			return tx.UpdateFigureState(ctx, gov.Figure{Realm: Realm, ID: "none"}, gov.FigureEntered)
		})
	}},
	{"narrowed by each field, within one realm", func(b *book) {
		b.figure(func(f *gov.Figure) {})
		b.figure(func(f *gov.Figure) { f.Period = "2025-11" })
		b.figure(func(f *gov.Figure) { f.Indicator = "poverty_rate" })
		b.figure(func(f *gov.Figure) { f.Unit.Code = "01" })
		b.figure(func(f *gov.Figure) { f.Realm = Realm + 1 })
		b.figure(func(f *gov.Figure) { f.Kind = gov.PlanRatio })
		b.figure(func(f *gov.Figure) { f.Unit = gov.UnitKey{} })
		b.view(func(tx gov.Tx) error {
			for _, c := range []struct {
				q    gov.CellQuery
				want int
			}{
				{gov.CellQuery{}, 4},
				{gov.CellQuery{Periods: []gov.Period{"2025"}}, 3},
				{gov.CellQuery{Periods: []gov.Period{"2025", "2025-11"}, Indicators: []string{"budget_revenue"}, Units: []string{b.unit.Code}}, 2},
				{gov.CellQuery{Periods: []gov.Period{"2024"}}, 0},
			} {
				list, err := tx.Cells(ctx, Realm, c.q)
				if err != nil {
					return err
				}
				same(b, fmt.Sprintf("%+v", c.q), len(list), c.want)
			}
			return nil
		})
	}},
	{"whatever happens to figures, cells say the same as the claims in force", func(b *book) {
		r := rand.New(rand.NewPCG(7, 7))
		pick := func(list ...string) string { return list[r.IntN(len(list))] }
		make := func() gov.Figure {
			f := gov.Figure{Realm: Realm, ID: b.id(), Kind: gov.FigureKind(pick("result", "result", "estimate", "change")),
				Vintage: gov.Vintage(pick("", "estimated", "preliminary", "final")), State: gov.FigureState(pick("", "entered", "verified")),
				Claim: gov.Claim{Indicator: pick("budget_revenue", "poverty_rate"), Unit: gov.UnitKey{Code: pick("01", "02", "03")},
					Period: gov.Period(pick("2024", "2025-Q1", "2025-Q2", "2025-11")), Scope: gov.Scope(pick("", "annual")), Value: float64(r.IntN(3)), Measure: pick("tỷ đồng", "%", "triệu đồng", "người"),
					Comparator: gov.Comparator(pick("=", "~")), Source: gov.Source{Day: gov.Day(pick("", "2024-12-10", "2025-02-01"))}}}
			if r.IntN(4) == 0 {
				of := float64(r.IntN(2))
				f.Of = &of
			}
			return f
		}
		var all []gov.Figure
		for round := range 4 {
			b.update(func(tx gov.Tx) error {
				list := []gov.Figure{make()}
				if err := tx.CreateFigure(ctx, list[0]); err != nil {
					return err
				}
				for range 130 {
					list = append(list, make())
				}
				all = append(all, list...)
				return tx.CreateFigures(ctx, list[1:])
			})
			b.cellsAre(fmt.Sprint("made ", round))
			b.update(func(tx gov.Tx) error {
				for range 25 {
					i := r.IntN(len(all))
					f := all[i]
					if r.IntN(2) == 0 && f.State == gov.FigureEntered {
						f.State = gov.FigureSubmitted
						if err := tx.UpdateFigureState(ctx, f, gov.FigureEntered); err != nil {
							return err
						}
						all[i] = f
						continue
					}
					if err := tx.SupersedeFigure(ctx, Realm, f.ID, "later"); err != nil {
						return err
					}
					all = slices.Delete(all, i, i+1)
				}
				return nil
			})
			b.cellsAre(fmt.Sprint("changed ", round))
		}
	}},
	{"many at once are all or nothing", func(b *book) {
		f := b.figure(func(f *gov.Figure) {})
		list := []gov.Figure{{Realm: Realm, ID: b.id()}, f}
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.CreateFigures(ctx, list) })
		b.update(func(tx gov.Tx) error { return tx.CreateFigures(ctx, nil) })
		b.missing(func(tx gov.Tx) error { _, err := tx.Figure(ctx, Realm, list[0].ID); return err })
	}},
}
