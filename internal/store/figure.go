package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"haicap/internal/gov"
)

// Figures and targets share these columns, in this order.
const claimColumns = `indicator, label, unit_code, unit_from, unit_name, period, scope, comparator, value, value_of, measure, quote, doubt,
	` + sourceColumns + `, entered_by, entered_at, confirmed_by, confirmed_at, superseded_by`

const sourceColumns = "src_document, src_start, src_end, src_sentence, src_day"

const claimOrder = " ORDER BY indicator, period, src_day, id"

func sourceValues(s gov.Source) []any {
	return []any{null(s.Document), s.Span.Start(), s.Span.End(), s.Sentence, s.Day}
}

func sourceFields(s *gov.Source) []any {
	return []any{maybe[gov.ID]{&s.Document}, &s.Span[0], &s.Span[1], &s.Sentence, &s.Day}
}

// addClaim adds the values of claimColumns to a list. The types of the domain become texts here, for which nothing need be looked up afterwards: an import
// has millions of them.
func addClaim(list []any, c *gov.Claim, entered, confirmed gov.Stamp, superseded gov.ID) []any {
	return append(list, c.Indicator, c.Label, c.Unit.Code, string(c.Unit.From), c.UnitName, string(c.Period), string(c.Scope), string(c.Comparator),
		c.Value, c.Of, c.Measure, c.Quote, c.Doubt, null(c.Source.Document), c.Source.Span.Start(), c.Source.Span.End(), c.Source.Sentence,
		string(c.Source.Day), string(entered.By), entered.At, string(confirmed.By), confirmed.At, string(superseded))
}

func claimFields(c *gov.Claim, entered, confirmed *gov.Stamp, superseded *gov.ID) []any {
	list := []any{&c.Indicator, &c.Label, &c.Unit.Code, &c.Unit.From, &c.UnitName, &c.Period, &c.Scope, &c.Comparator, &c.Value,
		&c.Of, &c.Measure, &c.Quote, &c.Doubt}
	list = append(list, sourceFields(&c.Source)...)
	return append(list, &entered.By, at{&entered.At}, &confirmed.By, at{&confirmed.At}, superseded)
}

// claimFilter narrows a list of figures or targets.
func claimFilter(r gov.Realm, q gov.FigureQuery) *filter {
	f := inRealm(r)
	equal(f, "unit_code", q.Unit)
	equal(f, "indicator", q.Indicator)
	equal(f, "period", q.Period)
	equal(f, "session", q.Session)
	equal(f, "src_document", q.Document)
	if !q.All {
		f.and("superseded_by = ''")
	}
	return f
}

const figureColumns = "realm, id, session, kind, vintage, cut_off, state, batch, verified_by, verified_at, " + claimColumns

var (
	sqlInsertFigure    = statement(insertInto("figure", figureColumns))
	sqlFigure          = statement("SELECT " + figureColumns + " FROM figure WHERE realm = $1 AND id = $2")
	sqlSupersedeFigure = statement("UPDATE figure SET superseded_by = $3 WHERE realm = $1 AND id = $2 AND superseded_by = ''")
	sqlFigureState     = statement(`UPDATE figure SET state = $4, confirmed_by = $5, confirmed_at = $6, verified_by = $7, verified_at = $8
		WHERE realm = $1 AND id = $2 AND state = $3 AND superseded_by = ''`)
	sqlHasFigure = statement("SELECT 1 FROM figure WHERE realm = $1 AND id = $2")
)

func scanFigure(r row) (g gov.Figure, err error) {
	fields := []any{&g.Realm, &g.ID, maybe[gov.ID]{&g.Session}, &g.Kind, &g.Vintage, &g.CutOff, &g.State, &g.Batch, &g.Verified.By, at{&g.Verified.At}}
	err = r.Scan(append(fields, claimFields(&g.Claim, &g.Entered, &g.Confirmed, &g.SupersededBy)...)...)
	return g, err
}

// addFigure adds the values of figureColumns to a list.
func addFigure(list []any, g *gov.Figure) []any {
	list = append(list, int64(g.Realm), string(g.ID), null(g.Session), string(g.Kind), string(g.Vintage), string(g.CutOff), string(g.State),
		string(g.Batch), string(g.Verified.By), g.Verified.At)
	return addClaim(list, &g.Claim, g.Entered, g.Confirmed, g.SupersededBy)
}

func (t *tx) CreateFigure(ctx context.Context, g gov.Figure) error {
	if err := t.mayClaim(ctx, g.Realm, g.Claim); err != nil {
		return err
	}
	if err := t.put(ctx, sqlInsertFigure, addFigure(nil, &g)...); err != nil {
		return err
	}
	catalogue, err := t.catalogue(ctx, g.Realm)
	if err != nil {
		return err
	}
	if c, ok := gov.CellOf(g, catalogue); ok {
		return t.put(ctx, sqlJoinCell, addCell(nil, &c)...)
	}
	return nil
}

func (t *tx) CreateFigures(ctx context.Context, list []gov.Figure) error {
	return t.ImportFigures(ctx, len(list), func(i int) gov.Figure { return list[i] })
}

func (t *tx) ImportFigures(ctx context.Context, n int, at func(i int) gov.Figure) error {
	places := placesOf(n, at)
	for i := range n {
		if f := at(i); !t.whole() {
			if err := t.mayClaim(ctx, f.Realm, f.Claim); err != nil {
				return err
			}
		}
	}
	slices.SortFunc(places, byUnit)
	err := t.putMany(ctx, "figure", figureColumns, "", n, func(row []any, i int) []any {
		f := at(places[i].at)
		return addFigure(row, &f)
	})
	if err != nil {
		return err
	}
	return t.joinCells(ctx, places, at)
}

// A place is where a figure of a list belongs in the indexes. A table of figures mostly goes month by month, and then each of its rows is another place
// of the index by units: in the order of the index, those that come to lie beside each other are written together, and a page is touched once for all.
type place struct {
	period    gov.Period
	indicator string
	unit      gov.UnitKey
	at        int
}

func placesOf(n int, at func(i int) gov.Figure) []place {
	list := make([]place, n)
	for i := range list {
		f := at(i)
		list[i] = place{f.Period, f.Indicator, f.Unit, i}
	}
	return list
}

// byUnit is the order of the index figure_unit.
func byUnit(a, b place) int {
	return cmp.Or(strings.Compare(a.unit.Code, b.unit.Code), strings.Compare(a.indicator, b.indicator), cmp.Compare(a.period, b.period), cmp.Compare(a.at, b.at))
}

// byPeriod is the order of the cells' key, as far as the scope.
func byPeriod(a, b place) int {
	return cmp.Or(cmp.Compare(a.period, b.period), strings.Compare(a.indicator, b.indicator), strings.Compare(a.unit.Code, b.unit.Code),
		cmp.Compare(a.unit.From, b.unit.From), cmp.Compare(a.at, b.at))
}

func (t *tx) Figure(ctx context.Context, r gov.Realm, id gov.ID) (gov.Figure, error) {
	return oneClaim(ctx, t, scanFigure, sqlFigure, r, id)
}

func (t *tx) SupersedeFigure(ctx context.Context, r gov.Realm, id, by gov.ID) error {
	if err := t.reachesClaim(ctx, "figure", r, id); err != nil {
		return err
	}
	n, err := t.exec(ctx, sqlSupersedeFigure, r, id, by)
	if err := t.changed(ctx, n, err, sqlHasFigure, r, id); err != nil {
		return err
	}
	g, err := t.Figure(ctx, r, id)
	if err != nil {
		return err
	}
	return t.remakeCells(ctx, g)
}

func (t *tx) UpdateFigureState(ctx context.Context, g gov.Figure, from gov.FigureState) error {
	if err := t.reachesClaim(ctx, "figure", g.Realm, g.ID); err != nil {
		return err
	}
	n, err := t.exec(ctx, sqlFigureState, g.Realm, g.ID, from, g.State, g.Confirmed.By, g.Confirmed.At, g.Verified.By, g.Verified.At)
	if err := t.changed(ctx, n, err, sqlHasFigure, g.Realm, g.ID); err != nil {
		return err
	}
	return t.remakeCells(ctx, g)
}

func (t *tx) Figures(ctx context.Context, r gov.Realm, q gov.FigureQuery) ([]gov.Figure, error) {
	f := claimFilter(r, q)
	f.claims(t, "figure", q)
	return many(ctx, t, scanFigure, f.query(figureColumns, "figure", claimOrder)+f.limit(q.Limit), f.args...)
}

func (t *tx) CountFigures(ctx context.Context, r gov.Realm) (map[string]int, error) {
	type count struct {
		indicator string
		n         int
	}
	f := claimFilter(r, gov.FigureQuery{})
	f.claims(t, "figure", gov.FigureQuery{})
	f.and("indicator <> ''")
	list, err := many(ctx, t, func(r row) (c count, err error) {
		err = r.Scan(&c.indicator, &c.n)
		return c, err
	}, f.query("indicator, count(*)", "figure", " GROUP BY indicator"), f.args...)
	counts := make(map[string]int, len(list))
	for _, c := range list {
		counts[c.indicator] = c.n
	}
	return counts, err
}
