package app

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// A sealedStore is a store in which use cases find accounts with their names, while the store itself keeps a name only sealed under its
// person's own key. The store below never sees a personal field in the clear.
type sealedStore struct {
	gov.Store
	vault *access.Vault
	now   gov.Clock
}

// Store is the store as use cases see it, for whoever makes accounts in bulk.
func (a *App) Store() gov.Store { return a.store }

func (s sealedStore) View(ctx context.Context, f func(tx gov.Tx) error) error {
	return s.Store.View(ctx, func(tx gov.Tx) error { return f(sealedTx{tx, s}) })
}

func (s sealedStore) Update(ctx context.Context, f func(tx gov.Tx) error) error {
	return s.Store.Update(ctx, func(tx gov.Tx) error { return f(sealedTx{tx, s}) })
}

// A sealedTx is a transaction of a sealedStore.
type sealedTx struct {
	gov.Tx
	s sealedStore
}

// Within keeps the names sealed in a transaction that is bounded, too.
func (t sealedTx) Within(r gov.Reach) gov.Tx {
	t.Tx = t.Tx.Within(r)
	return t
}

// aboutSubject says whose key a wrapped key is: put beside another person's fields it opens nothing.
func aboutSubject(r gov.Realm, id gov.ID) string { return fmt.Sprintf("data subject %d/%s", r, id) }

// seal seals the fields of a person under his key, which is made where he has none yet.
func (s sealedStore) seal(d *gov.DataSubject, fields gov.Personal) error {
	about := aboutSubject(d.Realm, d.ID)
	var own *access.Vault
	var err error
	if d.Key == "" {
		own, d.Key = s.vault.NewKeyVault(about)
	} else if own, err = s.vault.KeyVault(d.Key, about); err != nil {
		return keyLost(err)
	}
	text, err := json.Marshal(fields)
	if err != nil {
		return err
	}
	d.Sealed = own.Seal(string(text), about)
	return nil
}

// open reads the fields of a person; an erased one has none.
func (s sealedStore) open(d gov.DataSubject) (fields gov.Personal, err error) {
	if d.Key == "" {
		return fields, nil
	}
	text, err := s.openText(d, d.Sealed)
	if err != nil || text == "" {
		return fields, err
	}
	return fields, json.Unmarshal([]byte(text), &fields)
}

// sealText seals words of a person or about him; they go when his key goes.
func (s sealedStore) sealText(d gov.DataSubject, text string) (string, error) {
	if text == "" {
		return "", nil
	}
	own, err := s.vault.KeyVault(d.Key, aboutSubject(d.Realm, d.ID))
	if err != nil {
		return "", keyLost(err)
	}
	return own.Seal(text, aboutSubject(d.Realm, d.ID)), nil
}

func (s sealedStore) openText(d gov.DataSubject, sealed string) (string, error) {
	if d.Key == "" || sealed == "" {
		return "", nil
	}
	about := aboutSubject(d.Realm, d.ID)
	own, err := s.vault.KeyVault(d.Key, about)
	if err != nil {
		return "", keyLost(err)
	}
	text, err := own.Open(sealed, about)
	if err != nil {
		return "", keyLost(err)
	}
	return text, nil
}

func keyLost(err error) error { return gov.Errorf(gov.Unavailable, "error.personal_key").Because(err) }

// name is what stands in the place of an account's name: the name; ErasedName; or nothing where the key of the data folder is
// another one, since people must be able to log in and mend that.
func (s sealedStore) name(d gov.DataSubject) string {
	if !d.Erased.IsZero() {
		return gov.ErasedName
	}
	fields, err := s.open(d)
	if err != nil {
		return ""
	}
	return fields.Name
}

// named puts the name into an account that the store gave. What an older version kept in the clear stays until SealNames has moved it.
func (t sealedTx) named(ctx context.Context, a gov.Account, err error) (gov.Account, error) {
	if err != nil || a.Name != "" {
		return a, err
	}
	d, err := t.DataSubject(ctx, a.Realm, a.ID)
	if gov.IsNotFound(err) {
		return a, nil
	}
	a.Name = t.s.name(d)
	return a, err
}

// Account finds an account with its name.
func (t sealedTx) Account(ctx context.Context, r gov.Realm, id gov.ID) (gov.Account, error) {
	a, err := t.Tx.Account(ctx, r, id)
	return t.named(ctx, a, err)
}

// AccountByLogin finds an account with its name.
func (t sealedTx) AccountByLogin(ctx context.Context, login string) (gov.Account, error) {
	a, err := t.Tx.AccountByLogin(ctx, login)
	return t.named(ctx, a, err)
}

// Accounts lists accounts with their names.
func (t sealedTx) Accounts(ctx context.Context, r gov.Realm) ([]gov.Account, error) {
	list, err := t.Tx.Accounts(ctx, r)
	if err != nil {
		return nil, err
	}
	people, err := t.DataSubjects(ctx, r, gov.SubjectAccount)
	if err != nil {
		return nil, err
	}
	names := make(map[gov.ID]string, len(people))
	for _, d := range people {
		names[d.ID] = t.s.name(d)
	}
	for i := range list {
		if list[i].Name == "" {
			list[i].Name = names[list[i].ID]
		}
	}
	return list, nil
}

// CreateAccount keeps the name apart from the account.
func (t sealedTx) CreateAccount(ctx context.Context, a gov.Account) error {
	name := a.Name
	a.Name = ""
	if err := t.Tx.CreateAccount(ctx, a); err != nil {
		return err
	}
	return t.keepName(ctx, a, name)
}

// UpdateAccount keeps the name apart, and notes when an account is closed: from then on it is a question of time how long its personal
// data are kept. A name that is empty or unknown changes nothing.
func (t sealedTx) UpdateAccount(ctx context.Context, a gov.Account) error {
	name := a.Name
	a.Name = ""
	if err := t.Tx.UpdateAccount(ctx, a); err != nil {
		return err
	}
	return t.keepName(ctx, a, name)
}

func (t sealedTx) keepName(ctx context.Context, a gov.Account, name string) error {
	d, err := t.DataSubject(ctx, a.Realm, a.ID)
	if gov.IsNotFound(err) {
		d, err = gov.DataSubject{Realm: a.Realm, ID: a.ID, Kind: gov.SubjectAccount, Since: t.s.now()}, nil
	}
	if err != nil || !d.Erased.IsZero() {
		return err
	}
	known := t.s.name(d)
	changed := d.Key == "" || name != "" && name != known && name != gov.ErasedName
	closed := a.Disabled != !d.Ended.IsZero()
	if !changed && !closed {
		return nil
	}
	if changed {
		fields, err := t.s.open(d)
		if err != nil {
			return err
		}
		fields.Name = name
		if err := t.s.seal(&d, fields); err != nil {
			return err
		}
	}
	switch {
	case closed && a.Disabled:
		d.Ended = t.s.now().UTC()
	case closed:
		d.Ended = time.Time{}
	}
	return t.PutDataSubject(ctx, d)
}
