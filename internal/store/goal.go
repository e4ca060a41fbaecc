package store

import (
	"context"
	"strings"

	"haicap/internal/gov"
)

// packedGoal is a target in few columns, as packedCell is a cell: a scorecard holds as many targets as cells.
const packedGoal = `period || '|' || indicator, unit_code || '|' || unit_from, id, baseline || '|' || scope || '|' || comparator || '|' || measure, value, value_of`

func scanGoal(r row) (g gov.Target, err error) {
	var what, unit, words string
	var value, of any // numbers as the driver gives them: anything else goes through text
	if err := r.Scan(&what, &unit, &g.ID, &words, &value, &of); err != nil {
		return g, err
	}
	g.Value, _ = value.(float64)
	if y, ok := of.(float64); ok {
		g.Of = &y
	}
	period, indicator, _ := strings.Cut(what, "|")
	code, from, _ := strings.Cut(unit, "|")
	g.Period, g.Indicator, g.Unit = gov.Period(period), indicator, gov.UnitKey{Code: code, From: gov.Day(from)}
	parts := strings.SplitN(words, "|", 4) // the measure is last, since it may hold any character
	g.Baseline, g.Scope, g.Comparator, g.Measure = gov.Baseline(parts[0]), gov.Scope(parts[1]), gov.Comparator(parts[2]), parts[3]
	return g, nil
}

func (t *tx) Goals(ctx context.Context, r gov.Realm, q gov.CellQuery) ([]gov.Target, error) {
	f := t.cellFilter(r, q)
	f.and("superseded_by = ''")
	list, err := many(ctx, t, scanGoal, f.query(packedGoal, "target", " ORDER BY period, indicator, unit_code, id"), f.args...)
	for i := range list {
		list[i].Realm = r
	}
	return list, err
}
