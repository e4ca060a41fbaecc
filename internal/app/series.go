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
	last := periods[len(periods)-1]
	err := a.inFigures(ctx, p, func(sh *shelf) (err error) {
		if v.Indicator, err = sh.catalogue.At(key, last.LastDay()); err != nil {
			return err
		}
		s := sh.scorecard(ScorecardQuery{Period: last, Indicators: []string{key}}, &ScorecardView{})
		if err := s.frame(sh.catalogue); err != nil {
			return err
		}
		v.Units = nil
		for _, r := range s.v.Rows {
			v.Units = append(v.Units, r.Unit)
		}
		if len(keys) > 0 {
			v.Units = sh.unitRefs(keys)
		}
		return sh.series(&v)
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
	at := bestCells{}
	for _, c := range cells {
		at.add(c)
	}
	keys := make([]gov.UnitKey, len(v.Units))
	v.Cells, v.Rolled = make([][]gov.FigureCell, len(v.Units)), make([]gov.Rolled, len(v.Periods))
	for i, u := range v.Units {
		keys[i], v.Cells[i] = u.Key, make([]gov.FigureCell, len(v.Periods))
		for j, period := range v.Periods {
			v.Cells[i][j] = at[period][amountKey{v.Indicator.Key, u.Key}]
		}
	}
	for j, period := range v.Periods {
		v.Rolled[j] = gov.RollUp(v.Indicator, keys, at.of(period))
	}
	return nil
}
