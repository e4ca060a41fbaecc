package store

import (
	"context"

	"haicap/internal/gov"
)

const targetColumns = "realm, id, session, baseline, parent, reason, " + claimColumns

var (
	sqlInsertTarget    = statement(insertInto("target", targetColumns))
	sqlTarget          = statement("SELECT " + targetColumns + " FROM target WHERE realm = $1 AND id = $2")
	sqlSupersedeTarget = statement("UPDATE target SET superseded_by = $3 WHERE realm = $1 AND id = $2 AND superseded_by = ''")
	sqlRestoreTarget   = statement("UPDATE target SET superseded_by = '' WHERE realm = $1 AND id = $2 AND superseded_by = $3")
	sqlHasTarget       = statement("SELECT 1 FROM target WHERE realm = $1 AND id = $2")
)

func scanTarget(r row) (g gov.Target, err error) {
	fields := []any{&g.Realm, &g.ID, maybe[gov.ID]{&g.Session}, &g.Baseline, &g.Parent, &g.Reason}
	err = r.Scan(append(fields, claimFields(&g.Claim, &g.Entered, &g.Confirmed, &g.SupersededBy)...)...)
	return g, err
}

func (t *tx) CreateTarget(ctx context.Context, g gov.Target) error {
	if err := t.mayClaim(ctx, g.Realm, g.Claim); err != nil {
		return err
	}
	return t.put(ctx, sqlInsertTarget, addTarget(nil, &g)...)
}

// addTarget adds the values of targetColumns to a list.
func addTarget(list []any, g *gov.Target) []any {
	list = append(list, int64(g.Realm), string(g.ID), null(g.Session), string(g.Baseline), string(g.Parent), g.Reason)
	return addClaim(list, &g.Claim, g.Entered, g.Confirmed, g.SupersededBy)
}

func (t *tx) CreateTargets(ctx context.Context, list []gov.Target) error {
	for i := range list {
		if err := t.mayClaim(ctx, list[i].Realm, list[i].Claim); err != nil {
			return err
		}
	}
	return t.putMany(ctx, "target", targetColumns, "", len(list), func(row []any, i int) []any { return addTarget(row, &list[i]) })
}

func (t *tx) Target(ctx context.Context, r gov.Realm, id gov.ID) (gov.Target, error) {
	return oneClaim(ctx, t, scanTarget, sqlTarget, r, id)
}

func (t *tx) SupersedeTarget(ctx context.Context, r gov.Realm, id, by gov.ID) error {
	if err := t.reachesClaim(ctx, "target", r, id); err != nil {
		return err
	}
	n, err := t.exec(ctx, sqlSupersedeTarget, r, id, by)
	return t.changed(ctx, n, err, sqlHasTarget, r, id)
}

func (t *tx) RestoreTarget(ctx context.Context, r gov.Realm, id, from gov.ID) error {
	if err := t.reachesClaim(ctx, "target", r, id); err != nil {
		return err
	}
	n, err := t.exec(ctx, sqlRestoreTarget, r, id, from)
	return t.changed(ctx, n, err, sqlHasTarget, r, id)
}

func (t *tx) Targets(ctx context.Context, r gov.Realm, q gov.FigureQuery) ([]gov.Target, error) {
	f := claimFilter(r, q)
	f.claims(t, "target", q)
	return many(ctx, t, scanTarget, f.query(targetColumns, "target", claimOrder)+f.limit(q.Limit), f.args...)
}
