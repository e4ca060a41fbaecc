package store

import (
	"context"

	"haicap/internal/gov"
)

const entryColumns = "realm, kind, key, seq, body, note, entered_by, entered_at"

var (
	sqlInsertEntry = statement(insertInto("entry", entryColumns))
	sqlLastEntry   = statement("SELECT coalesce(max(seq), 0) FROM entry WHERE realm = $1 AND kind = $2 AND key = $3")
	sqlEntries     = statement("SELECT " + entryColumns + ` FROM entry AS e WHERE realm = $1 AND kind = $2
		AND seq = (SELECT max(seq) FROM entry AS o WHERE o.realm = e.realm AND o.kind = e.kind AND o.key = e.key) ORDER BY key`)
	sqlCountEntries = statement("SELECT count(*) FROM entry WHERE realm = $1 AND kind = $2")
	sqlEntryHistory = statement("SELECT " + entryColumns + " FROM entry WHERE realm = $1 AND kind = $2 AND key = $3 ORDER BY seq")
)

func scanEntry(r row) (e gov.Entry, err error) {
	err = r.Scan(&e.Realm, &e.Kind, &e.Key, &e.Seq, &e.Body, &e.Note, &e.Entered.By, at{&e.Entered.At})
	return e, err
}

func (t *tx) PutEntry(ctx context.Context, e gov.Entry) (gov.Entry, error) {
	last, err := one(ctx, t, scanInt, sqlLastEntry, e.Realm, e.Kind, e.Key)
	if err != nil {
		return gov.Entry{}, err
	}
	e.Seq = last + 1
	if err := t.put(ctx, sqlInsertEntry, e.Realm, e.Kind, e.Key, e.Seq, e.Body, e.Note, e.Entered.By, e.Entered.At); err != nil || e.Kind != gov.EntryIndicator {
		return e, err
	}
	delete(t.indicators, e.Realm)
	return e, t.remakeIndicator(ctx, e.Realm, e.Key)
}

func (t *tx) Entries(ctx context.Context, r gov.Realm, k gov.EntryKind) ([]gov.Entry, error) {
	return many(ctx, t, scanEntry, sqlEntries, r, k)
}

func (t *tx) EntryHistory(ctx context.Context, r gov.Realm, k gov.EntryKind, key string) ([]gov.Entry, error) {
	return many(ctx, t, scanEntry, sqlEntryHistory, r, k, key)
}

func (t *tx) CountEntries(ctx context.Context, r gov.Realm, k gov.EntryKind) (int, error) {
	return one(ctx, t, scanInt, sqlCountEntries, r, k)
}

// catalogue is the realm's catalogue, by which the cells are made.
func (t *tx) catalogue(ctx context.Context, r gov.Realm) (gov.Catalogue, error) {
	if c, ok := t.indicators[r]; ok {
		return c, nil
	}
	list, err := t.Entries(ctx, r, gov.EntryIndicator)
	if err != nil {
		return gov.Catalogue{}, err
	}
	c, err := gov.CatalogueOf(list)
	if err == nil {
		t.indicators[r] = c
	}
	return c, err
}
