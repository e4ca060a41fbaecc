package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// An AccountLine is an account as an administrator sees it: who may log in and how, nothing of what the person does.
type AccountLine struct {
	gov.Account
	Agency   string
	Grants   []GrantLine
	Deputies []DeputyLine // who stands in for the person
	Stands   []DeputyLine // for whom the person stands in
	Logins   int          // that are open
	Seen     time.Time
	Codes    bool
	Passkeys int
	Subjects []gov.Subject
	Own      bool // the administrator's own
}

// Accounts lists the accounts of the realm by login name.
func (a *App) Accounts(ctx context.Context, p access.Principal) (list []AccountLine, err error) {
	err = a.view(ctx, p, access.AccountsManage, func(tx gov.Tx) error {
		list = nil
		accounts, err := tx.Accounts(ctx, gov.Realm(p.Realm))
		if err != nil {
			return err
		}
		for _, acc := range accounts {
			line, err := a.accountLine(ctx, tx, p, acc)
			if err != nil {
				return err
			}
			list = append(list, line)
		}
		return nil
	})
	return list, err
}

// AccountOf gives one account of the realm.
func (a *App) AccountOf(ctx context.Context, p access.Principal, id gov.ID) (line AccountLine, err error) {
	err = a.view(ctx, p, access.AccountsManage, func(tx gov.Tx) error {
		acc, err := tx.Account(ctx, gov.Realm(p.Realm), id)
		if err != nil {
			return err
		}
		line, err = a.accountLine(ctx, tx, p, acc)
		return err
	})
	return line, err
}

func (a *App) accountLine(ctx context.Context, tx gov.Tx, p access.Principal, acc gov.Account) (AccountLine, error) {
	v := OwnView{Account: acc}
	if err := a.fillOwn(ctx, tx, &v); err != nil {
		return AccountLine{}, err
	}
	agency, err := tx.Agency(ctx, acc.Realm, acc.Agency)
	if err != nil {
		return AccountLine{}, err
	}
	grants, err := a.grantLines(ctx, tx, acc)
	if err != nil {
		return AccountLine{}, err
	}
	line := AccountLine{Account: acc, Agency: agency.Name, Grants: grants, Logins: len(v.Logins), Codes: v.Codes != nil, Passkeys: len(v.Passkeys), Subjects: v.Subjects,
		Own: string(acc.ID) == p.Account}
	for _, l := range v.Logins {
		if l.Seen.After(line.Seen) {
			line.Seen = l.Seen
		}
	}
	line.Password = "" // not even its hash leaves the use case
	if acc.Password != "" {
		line.Password = "set"
	}
	line.Deputies, line.Stands, err = a.deputyLines(ctx, tx, acc)
	return line, err
}

// Roles are the roles that are in force today, each once.
func (l AccountLine) Roles() []string {
	var list []string
	for _, g := range l.Grants {
		if g.Now && !slices.Contains(list, g.Role) {
			list = append(list, g.Role)
		}
	}
	return list
}

// manage runs a change of one account by an administrator who has shown lately who he is.
func (a *App) manage(ctx context.Context, p access.Principal, id gov.ID, action string, f func(tx gov.Tx, acc gov.Account) error) error {
	if err := a.permitFresh(p, access.AccountsManage); err != nil {
		return err
	}
	return a.update(ctx, p, access.AccountsManage, func(tx gov.Tx, _ gov.Stamp) (act, error) {
		acc, err := tx.Account(ctx, gov.Realm(p.Realm), id)
		if err != nil {
			return act{}, err
		}
		return act{action, "account", acc.ID}, f(tx, acc)
	})
}

// SetDisabled shuts an account, or opens it again. All that would let somebody in ends with the shutting. Nobody shuts his own.
func (a *App) SetDisabled(ctx context.Context, p access.Principal, id gov.ID, disabled bool) error {
	action := "account.enable"
	if disabled {
		action = "account.disable"
	}
	return a.manage(ctx, p, id, action, func(tx gov.Tx, acc gov.Account) error {
		if acc.ID == gov.ID(p.Account) {
			return gov.Errorf(gov.Conflict, "error.own_account")
		}
		acc.Disabled = disabled
		return errors.Join(a.putPassword(ctx, tx, acc, ""), tx.DeleteTicketsOf(ctx, acc.Realm, acc.ID, gov.TicketLink))
	})
}

// EndLogins ends all logins of an account.
func (a *App) EndLogins(ctx context.Context, p access.Principal, id gov.ID) error {
	return a.manage(ctx, p, id, "account.logins_ended", func(tx gov.Tx, acc gov.Account) error {
		return errors.Join(tx.DeleteLoginsOf(ctx, acc.Realm, acc.ID, ""), tx.ForgetDevices(ctx, acc.Realm, acc.ID, a.instant().Add(2*deviceFor)))
	})
}

// ResetSecond takes an account's second factors away, for a person who has lost them: codes, recovery codes and passkeys. Its logins end.
func (a *App) ResetSecond(ctx context.Context, p access.Principal, id gov.ID) error {
	return a.manage(ctx, p, id, "account.second_reset", func(tx gov.Tx, acc gov.Account) error {
		keys, err := tx.Passkeys(ctx, acc.Realm, acc.ID)
		if err != nil {
			return err
		}
		for _, k := range keys {
			if err := tx.DeletePasskey(ctx, acc.Realm, acc.ID, k.ID); err != nil {
				return err
			}
		}
		return errors.Join(tx.DeleteCodeFactor(ctx, acc.Realm, acc.ID), tx.DeleteLoginsOf(ctx, acc.Realm, acc.ID, ""))
	})
}
