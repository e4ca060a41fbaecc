package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"haicap/internal/gov"
)

const (
	cellKeyColumns = "realm, period, indicator, unit_code, unit_from, scope, measure"
	cellColumns    = cellKeyColumns + ", rank, figure, value, value_of, comparator, vintage, state, claims, conflict, scope_open"
)

// joinCell is what gov.FigureCell.Join does, for a cell that is there already: so that a claim can be added without reading the others.
const joinCell = ` ON CONFLICT (` + cellKeyColumns + `) DO UPDATE SET
	conflict = CASE WHEN cell.conflict = 1 OR excluded.conflict = 1 OR cell.scope_open = 0 AND excluded.scope_open = 0
		AND cell.state IN ('', 'confirmed', 'verified') AND excluded.state IN ('', 'confirmed', 'verified') AND (cell.value <> excluded.value OR cell.comparator <> excluded.comparator OR cell.value_of IS DISTINCT FROM excluded.value_of) THEN 1 ELSE 0 END,
	scope_open = CASE WHEN cell.scope_open = 1 OR excluded.scope_open = 1 THEN 1 ELSE 0 END,
	claims     = cell.claims + excluded.claims,
	figure     = CASE WHEN excluded.rank > cell.rank THEN excluded.figure ELSE cell.figure END,
	value      = CASE WHEN excluded.rank > cell.rank THEN excluded.value ELSE cell.value END,
	value_of   = CASE WHEN excluded.rank > cell.rank THEN excluded.value_of ELSE cell.value_of END,
	comparator = CASE WHEN excluded.rank > cell.rank THEN excluded.comparator ELSE cell.comparator END,
	vintage    = CASE WHEN excluded.rank > cell.rank THEN excluded.vintage ELSE cell.vintage END,
	state      = CASE WHEN excluded.rank > cell.rank THEN excluded.state ELSE cell.state END,
	rank       = CASE WHEN excluded.rank > cell.rank THEN excluded.rank ELSE cell.rank END`

var (
	sqlJoinCell    = statement(insertInto("cell", cellColumns) + joinCell)
	sqlDeleteCells = statement("DELETE FROM cell WHERE realm = $1 AND period = $2 AND indicator = $3 AND unit_code = $4 AND unit_from = $5")
	sqlClaimsOn    = statement("SELECT " + figureColumns + ` FROM figure WHERE realm = $1 AND unit_code = $2 AND indicator = $3 AND period = $4
		AND unit_from = $5 AND superseded_by = ''` + claimOrder)
)

// addCell adds the values of cellColumns to a list.
func addCell(list []any, c *gov.FigureCell) []any {
	return append(list, int64(c.Realm), string(c.Period), c.Indicator, c.Unit.Code, string(c.Unit.From), string(c.Scope), c.Measure, c.Rank,
		string(c.Figure), c.Value, c.Of, string(c.Comparator), string(c.Vintage), string(c.State), int64(c.Claims), bit(c.Conflict), bit(c.ScopeOpen))
}

// packedCell is a cell in few columns: a scorecard is thousands of rows, and what a row costs goes by its columns. The measure is last, since it may
// hold any character; the id of the figure is the end of the rank.
const packedCell = `concat_ws('|', period, indicator, unit_code, unit_from, scope, comparator, vintage, state, claims * 4 + conflict * 2 + scope_open,
	rank, measure), value, value_of`

func scanCell(r row) (c gov.FigureCell, err error) {
	var words string
	var value, of any // numbers as the driver gives them: anything else goes through text
	if err := r.Scan(&words, &value, &of); err != nil {
		return c, err
	}
	c.Value, _ = value.(float64)
	if y, ok := of.(float64); ok {
		c.Of = &y
	}
	cut := func() (first string) {
		first, words, _ = strings.Cut(words, "|")
		return first
	}
	c.Period, c.Indicator, c.Unit.Code, c.Unit.From = gov.Period(cut()), cut(), cut(), gov.Day(cut())
	c.Scope, c.Comparator, c.Vintage, c.State = gov.Scope(cut()), gov.Comparator(cut()), gov.Vintage(cut()), gov.FigureState(cut())
	bits, _ := strconv.Atoi(cut())
	c.Rank, c.Measure = cut(), words
	c.Figure = gov.RankedID(c.Rank)
	c.Claims, c.Conflict, c.ScopeOpen = bits/4, bits&2 != 0, bits&1 != 0
	return c, nil
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// joinCells adds the claims of new figures to their cells. Claims on one cell are joined here first: PostgreSQL takes each key once a statement.
func (t *tx) joinCells(ctx context.Context, places []place, at func(i int) gov.Figure) error {
	if len(places) == 0 {
		return nil
	}
	catalogue, err := t.catalogue(ctx, at(0).Realm)
	if err != nil {
		return err
	}
	slices.SortFunc(places, byPeriod)
	b := t.bulk("cell", cellColumns, joinCell)
	defer b.close()
	var claims []gov.Figure // on one indicator, unit and period
	for i, p := range places {
		claims = append(claims, at(p.at))
		if i+1 < len(places) && places[i+1].unit == p.unit && places[i+1].indicator == p.indicator && places[i+1].period == p.period {
			continue
		}
		for _, c := range gov.CellsOf(claims, catalogue) {
			if err := b.put(ctx, addCell(b.args, &c)); err != nil {
				return err
			}
		}
		claims = claims[:0]
	}
	return b.flush(ctx)
}

// remakeCells makes the cells of a figure's indicator, unit and period anew from all claims in force, after one of them ended or changed
// its state.
func (t *tx) remakeCells(ctx context.Context, f gov.Figure) error {
	if f.Indicator == "" || f.Unit.Zero() || f.Period == "" {
		return nil
	}
	list, err := many(ctx, t, scanFigure, sqlClaimsOn, f.Realm, f.Unit.Code, f.Indicator, f.Period, f.Unit.From)
	if err != nil {
		return err
	}
	if err := t.put(ctx, sqlDeleteCells, f.Realm, f.Period, f.Indicator, f.Unit.Code, f.Unit.From); err != nil {
		return err
	}
	catalogue, err := t.catalogue(ctx, f.Realm)
	if err != nil {
		return err
	}
	for _, c := range gov.CellsOf(list, catalogue) {
		if err := t.put(ctx, sqlJoinCell, addCell(nil, &c)...); err != nil {
			return err
		}
	}
	return nil
}

var (
	sqlFiguresOfIndicator = statement("SELECT " + figureColumns + " FROM figure WHERE realm = $1 AND (indicator = $2 OR indicator > $3 AND indicator < $4) AND superseded_by = ''" + claimOrder)
	sqlDropCells          = statement("DELETE FROM cell WHERE realm = $1 AND (indicator = $2 OR indicator > $3 AND indicator < $4)")
)

// remakeIndicator makes the cells of an indicator anew after the catalogue says otherwise what it is measured in, or that it accumulates.
func (t *tx) remakeIndicator(ctx context.Context, r gov.Realm, key string) error {
	from, to := gov.PartKey(key, ""), key+"0" // the keys of its parts: 0 comes after /
	if err := t.put(ctx, sqlDropCells, r, key, from, to); err != nil {
		return err
	}
	list, err := many(ctx, t, scanFigure, sqlFiguresOfIndicator, r, key, from, to)
	if err != nil {
		return err
	}
	claim := func(i int) gov.Figure { return list[i] }
	return t.joinCells(ctx, placesOf(len(list), claim), claim)
}

const cellOrder = " ORDER BY period, indicator, unit_code, unit_from, scope, measure"

func (t *tx) cellFilter(r gov.Realm, q gov.CellQuery) *filter {
	f := inRealm(r)
	if !t.whole() {
		f.and(f.ofUnits(t, ""))
	}
	oneOf(f, "period", q.Periods)
	oneOf(f, "indicator", q.Indicators)
	oneOf(f, "unit_code", q.Units)
	return f
}

func (t *tx) ClaimsOn(ctx context.Context, r gov.Realm, k gov.CellKey) ([]gov.Figure, error) {
	if err := t.mayUnit(k.Unit); err != nil {
		return nil, err
	}
	return many(ctx, t, scanFigure, sqlClaimsOn, r, k.Unit.Code, k.Indicator, k.Period, k.Unit.From)
}

var sqlHasCells = statement("SELECT 1 WHERE EXISTS (SELECT 1 FROM cell WHERE realm = $1 AND period = $2)")

func (t *tx) HasCells(ctx context.Context, r gov.Realm, p gov.Period) (bool, error) {
	_, err := one(ctx, t, scanInt, sqlHasCells, r, p)
	if gov.IsNotFound(err) {
		return false, nil
	}
	return err == nil, err
}

func (t *tx) Cells(ctx context.Context, r gov.Realm, q gov.CellQuery) ([]gov.FigureCell, error) {
	var list []gov.FigureCell
	err := t.EachCell(ctx, r, q, func(c *gov.FigureCell) { list = append(list, *c) })
	return list, err
}

func (t *tx) EachCell(ctx context.Context, r gov.Realm, q gov.CellQuery, f func(*gov.FigureCell)) error {
	query := t.cellFilter(r, q)
	return each(ctx, t, scanCell, func(c *gov.FigureCell) { c.Realm = r; f(c) }, query.query(packedCell, "cell", cellOrder), query.args...)
}
