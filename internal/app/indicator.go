package app

import (
	"context"
	"errors"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// Indicators gives the catalogue with how many figures in force each indicator has.
func (a *App) Indicators(ctx context.Context, p access.Principal) (IndicatorsView, error) {
	var v IndicatorsView
	err := a.view(ctx, p, access.BooksRead, func(tx gov.Tx) (err error) {
		v = IndicatorsView{Indicators: gov.Indicators()}
		v.Counts, err = tx.CountFigures(ctx, gov.Realm(p.Realm))
		return err
	})
	return v, err
}

// Indicator gives one indicator over all units that report it.
func (a *App) Indicator(ctx context.Context, p access.Principal, key string) (IndicatorView, error) {
	in, err := gov.IndicatorByKey(key)
	if err != nil {
		return IndicatorView{}, gov.Errorf(gov.NotFound, "error.indicator_unknown", key)
	}
	v := IndicatorView{Indicator: in}
	err = a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			q := gov.FigureQuery{Indicator: key}
			figures, err1 := tx.Figures(ctx, b.realm, q)
			targets, err2 := tx.Targets(ctx, b.realm, q)
			v.Groups = b.groups(figures, targets)
			return errors.Join(err1, err2)
		})
	})
	return v, err
}
