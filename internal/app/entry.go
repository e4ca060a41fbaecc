package app

import (
	"context"
	"encoding/json"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// catalogue is the catalogue of the realm: what the program comes with, each key that the province edits replaced by its versions.
func (a *App) catalogue(ctx context.Context, p access.Principal) (gov.Catalogue, error) {
	var c gov.Catalogue
	err := a.store.View(ctx, func(tx gov.Tx) (err error) {
		c, err = catalogueIn(ctx, tx, gov.Realm(p.Realm))
		return err
	})
	return c, err
}

// catalogueIn is catalogue within a transaction.
func catalogueIn(ctx context.Context, tx gov.Tx, r gov.Realm) (gov.Catalogue, error) {
	list, err := tx.Entries(ctx, r, gov.EntryIndicator)
	if err != nil {
		return gov.Catalogue{}, err
	}
	return gov.CatalogueOf(list)
}

// decodeEntry reads the record of an entry; the zero value where it was withdrawn.
func decodeEntry[T any](e gov.Entry) (v T, err error) {
	if e.Body == "" {
		return v, nil
	}
	err = json.Unmarshal([]byte(e.Body), &v)
	return v, err
}

// putEntry writes a new version of a row that the province edits.
func putEntry(ctx context.Context, tx gov.Tx, r gov.Realm, kind gov.EntryKind, key, note string, s gov.Stamp, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = tx.PutEntry(ctx, gov.Entry{Realm: r, Kind: kind, Key: key, Body: string(body), Note: note, Entered: s})
	return err
}

// SetIndicator writes the versions of one indicator of the province's catalogue; the ones before stay in the history.
func (a *App) SetIndicator(ctx context.Context, p access.Principal, versions []gov.Indicator, reason string) error {
	if len(versions) == 0 || versions[0].Key == "" {
		return gov.Errorf(gov.Invalid, "error.indicator_empty")
	}
	return a.update(ctx, p, access.CatalogueEdit, func(tx gov.Tx, s gov.Stamp) (act, error) {
		key := versions[0].Key
		return act{"indicator.set", "indicator", gov.ID(key)}, putEntry(ctx, tx, gov.Realm(p.Realm), gov.EntryIndicator, key, reason, s, versions)
	})
}
