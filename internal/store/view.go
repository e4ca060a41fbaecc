package store

import (
	"context"

	"haicap/internal/gov"
)

const viewColumns = "realm, id, account, agency, list, query, name, made_at"

var (
	sqlInsertView = statement(insertInto("saved_view", viewColumns))
	sqlView       = statement("SELECT " + viewColumns + " FROM saved_view WHERE realm = $1 AND id = $2")
	sqlDeleteView = statement("DELETE FROM saved_view WHERE realm = $1 AND id = $2")
)

func scanView(r row) (v gov.SavedView, err error) {
	err = r.Scan(&v.Realm, &v.ID, &v.Account, &v.Agency, &v.List, &v.Query, &v.Name, at{&v.Made.At})
	v.Made.By = v.Account
	return v, err
}

func (t *tx) CreateSavedView(ctx context.Context, v gov.SavedView) error {
	return t.put(ctx, sqlInsertView, v.Realm, v.ID, v.Account, v.Agency, v.List, v.Query, v.Name, v.Made.At)
}

func (t *tx) SavedView(ctx context.Context, r gov.Realm, id gov.ID) (gov.SavedView, error) {
	return one(ctx, t, scanView, sqlView, r, id)
}

func (t *tx) SavedViews(ctx context.Context, r gov.Realm, account gov.ID, agencies []gov.ID, list string) ([]gov.SavedView, error) {
	f := inRealm(r)
	f.and("(account = " + f.arg(account) + " OR " + f.anyOf("agency", ids(agencies)) + ")")
	equal(f, "list", list)
	return many(ctx, t, scanView, f.query(viewColumns, "saved_view", " ORDER BY made_at, id"), f.args...)
}

func (t *tx) DeleteSavedView(ctx context.Context, r gov.Realm, id gov.ID) error {
	return t.put(ctx, sqlDeleteView, r, id)
}
