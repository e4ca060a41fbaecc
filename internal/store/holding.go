package store

import (
	"context"

	"haicap/internal/gov"
)

const holdingColumns = "realm, unit_code, unit_from, agency, since"

var (
	sqlInsertHolding = statement(insertInto("holding", holdingColumns))
	sqlHoldings      = statement("SELECT " + holdingColumns + " FROM holding ORDER BY realm")
)

func scanHolding(r row) (h gov.Holding, err error) {
	err = r.Scan(&h.Realm, &h.Unit.Code, &h.Unit.From, &h.Agency, at{&h.Since})
	return h, err
}

func (t *tx) CreateHolding(ctx context.Context, h gov.Holding) error {
	return t.put(ctx, sqlInsertHolding, h.Realm, h.Unit.Code, h.Unit.From, h.Agency, h.Since)
}

func (t *tx) Holdings(ctx context.Context) ([]gov.Holding, error) {
	return many(ctx, t, scanHolding, sqlHoldings)
}
