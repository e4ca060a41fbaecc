package app

import (
	"context"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// A shelf is the figures book as one reader sees it within one transaction: with the province's own catalogue and what is within reach.
type shelf struct {
	*builder
	reach     gov.Reach
	catalogue gov.Catalogue
	tree      func(gov.UnitKey) ([]gov.UnitKey, error)
	assessor  *gov.Assessor
}

// inFigures runs a use case that shows figures.
func (a *App) inFigures(ctx context.Context, p access.Principal, f func(sh *shelf) error) error {
	reach, err := a.reach(p, access.BooksRead)
	if err != nil {
		return err
	}
	return a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			sh := &shelf{builder: a.builder(ctx, tx, p, units), reach: reach, tree: a.unitsOf, assessor: gov.NewAssessor(a.Today(), gov.Windows())}
			if sh.catalogue, err = catalogueIn(ctx, tx, sh.realm); err != nil {
				return err
			}
			return f(sh)
		})
	})
}

// scorecard begins a scorecard.
func (sh *shelf) scorecard(q ScorecardQuery, v *ScorecardView) *scorecard {
	return &scorecard{b: sh.builder, q: q, v: v, reach: sh.reach, tree: sh.tree, assessor: sh.assessor}
}

// An amountKey is whose amount of what.
type amountKey struct {
	indicator string
	unit      gov.UnitKey
}

// bestCells holds of each amount of a period the cell that counts most.
type bestCells map[gov.Period]map[amountKey]gov.FigureCell

// add lays a cell in its place, unless one that ranks as high is there.
func (m bestCells) add(c gov.FigureCell) {
	of := m[c.Period]
	if of == nil {
		of = map[amountKey]gov.FigureCell{}
		m[c.Period] = of
	}
	k := amountKey{c.Indicator, c.Unit}
	if old, ok := of[k]; !ok || c.Rank > old.Rank {
		of[k] = c
	}
}

// of are the amounts of a period as units reported them.
func (m bestCells) of(p gov.Period) gov.Amounts {
	cells := m[p]
	return func(indicator string, unit gov.UnitKey) (gov.Amount, bool) {
		c, ok := cells[amountKey{indicator, unit}]
		return gov.Amount{Value: c.Value, Of: c.Of, Measure: c.Measure}, ok
	}
}
