package store

import (
	"context"

	"haicap/internal/gov"
)

const accountColumns = "realm, id, login, name, agency, password, disabled"

var (
	sqlInsertAccount = statement(insertInto("account", accountColumns))
	sqlAccount       = statement("SELECT " + accountColumns + " FROM account WHERE realm = $1 AND id = $2")
	sqlUpdateAccount = statement(`UPDATE account SET login = $3, name = $4, agency = $5, password = $6, disabled = $7
		WHERE realm = $1 AND id = $2`)
	sqlAccounts = statement("SELECT " + accountColumns + " FROM account WHERE realm = $1 ORDER BY login")

	sqlInsertLoginName = statement(insertInto("login_name", "login, realm, account"))
	sqlDeleteLoginName = statement("DELETE FROM login_name WHERE login = $1")
	sqlLoginName       = statement("SELECT realm, account FROM login_name WHERE login = $1")
)

func scanAccount(r row) (a gov.Account, err error) {
	err = r.Scan(&a.Realm, &a.ID, &a.Login, &a.Name, &a.Agency, &a.Password, &a.Disabled)
	return a, err
}

func accountValues(a gov.Account) []any {
	return []any{a.Realm, a.ID, a.Login, a.Name, a.Agency, a.Password, a.Disabled}
}

func (t *tx) CreateAccount(ctx context.Context, a gov.Account) error {
	if err := t.put(ctx, sqlInsertLoginName, a.Login, a.Realm, a.ID); err != nil {
		return err
	}
	return t.put(ctx, sqlInsertAccount, accountValues(a)...)
}

func (t *tx) Account(ctx context.Context, r gov.Realm, id gov.ID) (gov.Account, error) {
	return one(ctx, t, scanAccount, sqlAccount, r, id)
}

func (t *tx) AccountByLogin(ctx context.Context, login string) (gov.Account, error) {
	key, err := one(ctx, t, func(r row) (a gov.Account, err error) { return a, r.Scan(&a.Realm, &a.ID) }, sqlLoginName, login)
	if err != nil {
		return gov.Account{}, err
	}
	return t.Account(ctx, key.Realm, key.ID)
}

func (t *tx) UpdateAccount(ctx context.Context, a gov.Account) error {
	old, err := t.Account(ctx, a.Realm, a.ID)
	if err != nil {
		return err
	}
	if old.Login != a.Login {
		if err := t.put(ctx, sqlDeleteLoginName, old.Login); err != nil {
			return err
		}
		if err := t.put(ctx, sqlInsertLoginName, a.Login, a.Realm, a.ID); err != nil {
			return err
		}
	}
	return t.put(ctx, sqlUpdateAccount, accountValues(a)...)
}

func (t *tx) Accounts(ctx context.Context, r gov.Realm) ([]gov.Account, error) {
	return many(ctx, t, scanAccount, sqlAccounts, r)
}
