package store

import (
	"context"
	"strings"

	"haicap/internal/gov"
)

// packedGoal is a target in few columns, as packedCell is a cell: a scorecard holds as many targets as cells.
const packedGoal = `concat_ws('|', period, indicator, unit_code, unit_from, id, baseline, scope, comparator, measure), value, value_of`

func scanGoal(r row) (g gov.Target, err error) {
	var words string
	var value, of any // numbers as the driver gives them: anything else goes through text
	if err := r.Scan(&words, &value, &of); err != nil {
		return g, err
	}
	g.Value, _ = value.(float64)
	if y, ok := of.(float64); ok {
		g.Of = &y
	}
	cut := func() (first string) {
		first, words, _ = strings.Cut(words, "|")
		return first
	}
	g.Period, g.Indicator, g.Unit.Code, g.Unit.From = gov.Period(cut()), cut(), cut(), gov.Day(cut())
	g.ID, g.Baseline, g.Scope, g.Comparator = gov.ID(cut()), gov.Baseline(cut()), gov.Scope(cut()), gov.Comparator(cut())
	g.Measure = words // last, since it may hold any character
	return g, nil
}

// goalQuery is answered by the index target_period alone.
func (t *tx) goalQuery(r gov.Realm, q gov.CellQuery) (string, []any) {
	f := t.cellFilter(r, q)
	f.and("superseded_by = ''")
	return f.query(packedGoal, "target", " ORDER BY period, indicator, unit_code, id"), f.args
}

func (t *tx) Goals(ctx context.Context, r gov.Realm, q gov.CellQuery) ([]gov.Target, error) {
	var list []gov.Target
	err := t.EachGoal(ctx, r, q, func(g *gov.Target) { list = append(list, *g) })
	return list, err
}

func (t *tx) EachGoal(ctx context.Context, r gov.Realm, q gov.CellQuery, f func(*gov.Target)) error {
	query, args := t.goalQuery(r, q)
	return each(ctx, t, scanGoal, func(g *gov.Target) { g.Realm = r; f(g) }, query, args...)
}
