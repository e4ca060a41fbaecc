package app

import (
	"context"
	"errors"
	"slices"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// A CellKey names a cell of a scorecard.
type CellKey struct {
	Unit      gov.UnitKey
	Indicator string
	Period    gov.Period
}

// ScoreCellView is all that the books say about one cell of a scorecard.
type ScoreCellView struct {
	CellKey
	Due       bool
	Unit      UnitRef
	Indicator gov.Indicator
	Targets   []AssessedTarget // red first
	Claims    []ClaimSet       // of the period
	Series    []gov.SeriesPoint
	Asked     []MatterLine // explanations that were asked for, the latest first
	AskDue    gov.Day      // offered as the day by which an explanation is asked for
}

// An AssessedTarget is a target with how the unit stands to it, and what it was before it was revised.
type AssessedTarget struct {
	TargetLine
	Assessment gov.Assessment
	Before     []TargetLine // the first one first
}

// ScoreCell gives the details of one cell.
func (a *App) ScoreCell(ctx context.Context, p access.Principal, k CellKey) (ScoreCellView, error) {
	var v ScoreCellView
	if !k.Period.Valid() {
		return v, gov.Errorf(gov.Invalid, "error.cell_period", string(k.Period))
	}
	err := a.withRegister(func(units gov.Units) error {
		u, err := units.Get(k.Unit)
		if err != nil {
			return err
		}
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			catalogue, err := catalogueIn(ctx, tx, b.realm)
			if err != nil {
				return err
			}
			v = ScoreCellView{CellKey: k, Unit: b.unit(u.UnitKey, u.Code), AskDue: b.today.AddDays(7)}
			if v.Indicator, err = catalogue.At(k.Indicator, k.Period.LastDay()); err != nil {
				return err
			}
			assessor := gov.NewAssessor(b.today, gov.Windows())
			v.Due = assessor.Due(k.Period)
			return errors.Join(b.cellTargets(&v, assessor), b.cellClaims(&v), b.cellSeries(&v), b.cellAsked(&v))
		})
	})
	return v, err
}

// cellTargets assesses the targets of the cell by the same history as the scorecard does.
func (b *builder) cellTargets(v *ScoreCellView, assessor *gov.Assessor) error {
	k := v.CellKey
	all, err := b.tx.Targets(b.ctx, b.realm, gov.FigureQuery{Unit: k.Unit.Code, Indicator: k.Indicator, Period: k.Period, All: true})
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(t gov.Target) bool { return t.Unit != k.Unit })
	history, err := b.cellHistory(k, v.Due)
	if err != nil {
		return err
	}
	at := map[gov.ID]gov.Target{}
	var inForce []gov.Target
	for _, t := range all {
		if at[t.ID] = t; t.SupersededBy == "" {
			inForce = append(inForce, t)
		}
	}
	if len(inForce) == 0 {
		return nil
	}
	for _, s := range assessor.All(v.Indicator, inForce, history) {
		line := AssessedTarget{TargetLine: b.targets([]gov.Target{at[s.Target]})[0], Assessment: s}
		if chain := gov.TargetHistory(all, s.Target); len(chain) > 1 {
			line.Before = b.targets(chain[:len(chain)-1])
		}
		v.Targets = append(v.Targets, line)
	}
	return nil
}

// cellHistory is what the rules look at for a cell.
func (b *builder) cellHistory(k CellKey, due bool) ([]gov.Reported, error) {
	own, err := b.reported(k, []gov.Period{k.Period})
	if err != nil {
		return nil, err
	}
	periods := []gov.Period{k.Period.YearBefore()}
	if !due || len(own) == 0 {
		more, err := b.historyPeriods(k.Period, due)
		if err != nil {
			return nil, err
		}
		for _, p := range more {
			if !slices.Contains(periods, p) {
				periods = append(periods, p)
			}
		}
	}
	rest, err := b.reported(k, periods)
	return append(own, rest...), err
}

// reported is what counts of a unit and an indicator in the periods.
func (b *builder) reported(k CellKey, periods []gov.Period) ([]gov.Reported, error) {
	cells, err := b.tx.Cells(b.ctx, b.realm, gov.CellQuery{Periods: periods, Indicators: []string{k.Indicator}, Units: []string{k.Unit.Code}})
	var list []gov.Reported
	for _, c := range cells {
		if c.Unit == k.Unit {
			list = append(list, c.Reported())
		}
	}
	return list, err
}

// cellClaims lays the claims of the cell side by side.
func (b *builder) cellClaims(v *ScoreCellView) error {
	k := v.CellKey
	claims, err := b.tx.ClaimsOn(b.ctx, b.realm, gov.CellKey{Period: k.Period, Indicator: k.Indicator, Unit: k.Unit})
	if err != nil {
		return err
	}
	for _, set := range gov.GroupClaims(claims, b.catalogue()) {
		v.Claims = append(v.Claims, ClaimSet{set.Period, b.figures(set.Figures), set.Conflict, set.ScopeOpen})
	}
	return nil
}

// seriesPoints is how many periods the small series of a cell has.
const seriesPoints = 8

// cellSeries is how the indicator went until the period.
func (b *builder) cellSeries(v *ScoreCellView) error {
	history, err := b.reported(v.CellKey, lastPeriods(v.Period, seriesPoints))
	if err != nil {
		return err
	}
	v.Series = gov.SeriesOf(v.Indicator, history, v.Period.Length())
	return nil
}

// lastPeriods lists n periods of one kind that end with p, the oldest first.
func lastPeriods(p gov.Period, n int) []gov.Period {
	list := make([]gov.Period, n)
	for i := n - 1; i >= 0; i-- {
		list[i] = p
		p = p.Previous()
	}
	return list
}

// cellAsked lists the explanations that were asked for.
func (b *builder) cellAsked(v *ScoreCellView) error {
	list, _, err := b.tx.Matters(b.ctx, b.realm, gov.MatterQuery{Kinds: []gov.MatterKind{gov.Task}, Unit: v.CellKey.Unit.Code, Newest: true, Page: gov.Page{Limit: 200}})
	topic := explanationTopic(v.Indicator, v.Period)
	list = slices.DeleteFunc(list, func(m gov.Matter) bool { return m.Topic != topic })
	v.Asked = b.matters(list)
	return err
}
