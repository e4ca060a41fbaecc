package store

import (
	"context"

	"haicap/internal/gov"
	"haicap/internal/text"
)

const agencyColumns = "realm, id, name, unit_code, unit_from, line, valid_from, valid_to"

var (
	sqlInsertAgency = statement(insertInto("agency", agencyColumns+", folded"))
	sqlAgency       = statement("SELECT " + agencyColumns + " FROM agency WHERE realm = $1 AND id = $2")
	// The version in force comes first, then the latest.
	sqlAgencyByName = statement("SELECT " + agencyColumns + ` FROM agency WHERE realm = $1 AND folded = $2 AND unit_code = $3
		ORDER BY CASE WHEN valid_to = '' THEN 0 ELSE 1 END, valid_from DESC, id LIMIT 1`)
	sqlEndAgency = statement("UPDATE agency SET valid_to = $3 WHERE realm = $1 AND id = $2")
	sqlHasAgency = statement("SELECT 1 FROM agency WHERE realm = $1 AND id = $2")
	sqlAgencies  = statement("SELECT " + agencyColumns + " FROM agency WHERE realm = $1 ORDER BY folded, id")
)

func scanAgency(r row) (a gov.Agency, err error) {
	err = r.Scan(&a.Realm, &a.ID, &a.Name, &a.Unit.Code, &a.Unit.From, &a.Line, &a.From, &a.To)
	return a, err
}

func (t *tx) CreateAgency(ctx context.Context, a gov.Agency) error {
	return t.put(ctx, sqlInsertAgency, a.Realm, a.ID, a.Name, a.Unit.Code, a.Unit.From, a.Line, a.From, a.To, text.Fold(a.Name))
}

func (t *tx) Agency(ctx context.Context, r gov.Realm, id gov.ID) (gov.Agency, error) {
	return one(ctx, t, scanAgency, sqlAgency, r, id)
}

func (t *tx) AgencyByName(ctx context.Context, r gov.Realm, name, unitCode string) (gov.Agency, error) {
	return one(ctx, t, scanAgency, sqlAgencyByName, r, text.Fold(name), unitCode)
}

func (t *tx) Agencies(ctx context.Context, r gov.Realm) ([]gov.Agency, error) {
	return many(ctx, t, scanAgency, sqlAgencies, r)
}

func (t *tx) EndAgency(ctx context.Context, r gov.Realm, id gov.ID, to gov.Day) error {
	n, err := t.exec(ctx, sqlEndAgency, r, id, to)
	return t.changed(ctx, n, err, sqlHasAgency, r, id)
}
