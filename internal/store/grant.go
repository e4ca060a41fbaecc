package store

import (
	"context"

	"haicap/internal/gov"
)

const grantColumns = "realm, id, account, role, agency, unit_code, unit_from, from_day, to_day, given_by, given_at, ended_by, ended_at"

var (
	sqlInsertGrant = statement(insertInto("role_grant", grantColumns))
	sqlGrant       = statement("SELECT " + grantColumns + " FROM role_grant WHERE realm = $1 AND id = $2")
	sqlGrantsOf    = statement("SELECT " + grantColumns + " FROM role_grant WHERE realm = $1 AND account = $2 ORDER BY given_at, id")
	sqlEndGrant    = statement("UPDATE role_grant SET ended_by = $3, ended_at = $4 WHERE realm = $1 AND id = $2 AND ended_at = ''")
	sqlHasGrant    = statement("SELECT 1 FROM role_grant WHERE realm = $1 AND id = $2")
)

func scanGrant(r row) (g gov.Grant, err error) {
	err = r.Scan(&g.Realm, &g.ID, &g.Account, &g.Role, &g.Agency, &g.Unit.Code, &g.Unit.From, &g.From, &g.To, &g.Given.By, at{&g.Given.At},
		&g.Ended.By, at{&g.Ended.At})
	return g, err
}

func (t *tx) CreateGrant(ctx context.Context, g gov.Grant) error {
	return t.put(ctx, sqlInsertGrant, g.Realm, g.ID, g.Account, g.Role, g.Agency, g.Unit.Code, g.Unit.From, g.From, g.To, g.Given.By, g.Given.At,
		g.Ended.By, g.Ended.At)
}

func (t *tx) Grant(ctx context.Context, r gov.Realm, id gov.ID) (gov.Grant, error) {
	return one(ctx, t, scanGrant, sqlGrant, r, id)
}

func (t *tx) GrantsOf(ctx context.Context, r gov.Realm, account gov.ID) ([]gov.Grant, error) {
	return many(ctx, t, scanGrant, sqlGrantsOf, r, account)
}

func (t *tx) EndGrant(ctx context.Context, r gov.Realm, id gov.ID, s gov.Stamp) error {
	n, err := t.exec(ctx, sqlEndGrant, r, id, s.By, s.At)
	return t.changed(ctx, n, err, sqlHasGrant, r, id)
}

const deputyColumns = "realm, id, account, deputy, from_day, to_day, given_by, given_at, ended_by, ended_at"

var (
	sqlInsertDeputy = statement(insertInto("deputy", deputyColumns))
	sqlDeputy       = statement("SELECT " + deputyColumns + " FROM deputy WHERE realm = $1 AND id = $2")
	sqlDeputiesOf   = statement("SELECT " + deputyColumns + " FROM deputy WHERE realm = $1 AND account = $2 ORDER BY given_at, id")
	sqlDeputyFor    = statement("SELECT " + deputyColumns + " FROM deputy WHERE realm = $1 AND deputy = $2 ORDER BY given_at, id")
	sqlEndDeputy    = statement("UPDATE deputy SET ended_by = $3, ended_at = $4 WHERE realm = $1 AND id = $2 AND ended_at = ''")
	sqlHasDeputy    = statement("SELECT 1 FROM deputy WHERE realm = $1 AND id = $2")
)

func scanDeputy(r row) (d gov.Deputy, err error) {
	err = r.Scan(&d.Realm, &d.ID, &d.Account, &d.Deputy, &d.From, &d.To, &d.Given.By, at{&d.Given.At}, &d.Ended.By, at{&d.Ended.At})
	return d, err
}

func (t *tx) CreateDeputy(ctx context.Context, d gov.Deputy) error {
	return t.put(ctx, sqlInsertDeputy, d.Realm, d.ID, d.Account, d.Deputy, d.From, d.To, d.Given.By, d.Given.At, d.Ended.By, d.Ended.At)
}

func (t *tx) Deputy(ctx context.Context, r gov.Realm, id gov.ID) (gov.Deputy, error) {
	return one(ctx, t, scanDeputy, sqlDeputy, r, id)
}

func (t *tx) DeputiesOf(ctx context.Context, r gov.Realm, account gov.ID) ([]gov.Deputy, error) {
	return many(ctx, t, scanDeputy, sqlDeputiesOf, r, account)
}

func (t *tx) DeputyFor(ctx context.Context, r gov.Realm, deputy gov.ID) ([]gov.Deputy, error) {
	return many(ctx, t, scanDeputy, sqlDeputyFor, r, deputy)
}

func (t *tx) EndDeputy(ctx context.Context, r gov.Realm, id gov.ID, s gov.Stamp) error {
	n, err := t.exec(ctx, sqlEndDeputy, r, id, s.By, s.At)
	return t.changed(ctx, n, err, sqlHasDeputy, r, id)
}
