package app

import (
	"context"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// SeriesView is what counts of one indicator over periods, a line for each unit.
type SeriesView struct {
	Indicator gov.Indicator
	Periods   []gov.Period
	Units     []UnitRef
	Cells     [][]gov.FigureCell // by unit, then by period; Claims is 0 where there is no figure
	Rolled    []gov.Rolled       // the units put together, by period
}

// Series gives an indicator over periods for units, as they reported it, and put together by the indicator's rule with its coverage. Without
// units it is those below the holding on the last period's last day.
func (a *App) Series(ctx context.Context, p access.Principal, key string, periods []gov.Period, keys []gov.UnitKey) (SeriesView, error) {
	v := SeriesView{Periods: periods}
	if len(periods) == 0 {
		return v, gov.Errorf(gov.Invalid, "error.cell_period", "")
	}
	reach, err := a.reach(p, access.BooksRead)
	if err != nil {
		return v, err
	}
	err = a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			catalogue, err := catalogueIn(ctx, tx, b.realm)
			if err != nil {
				return err
			}
			if v.Indicator, err = catalogue.At(key, periods[len(periods)-1].LastDay()); err != nil {
				return err
			}
			last := periods[len(periods)-1]
			s := scorecard{b: b, q: ScorecardQuery{Period: last, Indicators: []string{key}}, v: &ScorecardView{}, reach: reach, tree: a.unitsOf, assessor: gov.NewAssessor(a.Today(), gov.Windows())}
			if err := s.frame(catalogue); err != nil {
				return err
			}
			v.Units = nil
			for _, r := range s.v.Rows {
				v.Units = append(v.Units, r.Unit)
			}
			if len(keys) > 0 {
				v.Units = b.unitRefs(keys)
			}
			return b.series(&v)
		})
	})
	return v, err
}

// series fills in the cells, and rolls each period up.
func (b *builder) series(v *SeriesView) error {
	wanted := append([]string{v.Indicator.Key}, v.Indicator.Aggregate.Needs()...)
	cells, err := b.tx.Cells(b.ctx, b.realm, gov.CellQuery{Periods: v.Periods, Indicators: wanted})
	if err != nil {
		return err
	}
	type place struct {
		period    gov.Period
		indicator string
		unit      gov.UnitKey
	}
	at := make(map[place]gov.FigureCell, len(cells))
	for _, c := range cells {
		k := place{c.Period, c.Indicator, c.Unit}
		if old, ok := at[k]; !ok || c.Rank > old.Rank {
			at[k] = c
		}
	}
	keys := make([]gov.UnitKey, len(v.Units))
	v.Cells, v.Rolled = make([][]gov.FigureCell, len(v.Units)), make([]gov.Rolled, len(v.Periods))
	for i, u := range v.Units {
		keys[i], v.Cells[i] = u.Key, make([]gov.FigureCell, len(v.Periods))
		for j, period := range v.Periods {
			v.Cells[i][j] = at[place{period, v.Indicator.Key, u.Key}]
		}
	}
	for j, period := range v.Periods {
		v.Rolled[j] = gov.RollUp(v.Indicator, keys, func(indicator string, unit gov.UnitKey) (gov.Amount, bool) {
			c, ok := at[place{period, indicator, unit}]
			return gov.Amount{Value: c.Value, Of: c.Of, Measure: c.Measure}, ok
		})
	}
	return nil
}
