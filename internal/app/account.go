package app

import (
	"context"
	"errors"
	"strings"
	"time"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// loginFor is how long a browser stays logged in.
const loginFor = 12 * time.Hour

// Init begins a store that holds nothing: the realm, the agency that holds its first documents, and the first account, an
// administrator. It gives the administrator's password, which is kept nowhere else. Conflict where the store was begun already.
func (a *App) Init(ctx context.Context, in InitInput) (gov.Holding, string, error) {
	units, err := a.units()
	if err != nil {
		return gov.Holding{}, "", err
	}
	unit, err := units.At(in.Unit, "")
	if err != nil {
		return gov.Holding{}, "", err
	}
	password := access.NewPassword()
	hash, err := access.HashPassword(password)
	if err != nil {
		return gov.Holding{}, "", err
	}
	var h gov.Holding
	err = a.store.Update(ctx, func(tx gov.Tx) error {
		begun, err := tx.Holdings(ctx)
		if err != nil {
			return err
		}
		if len(begun) > 0 {
			return gov.Errorf(gov.Conflict, "error.begun")
		}
		now := a.stamp(access.Principal{})
		agency := gov.Agency{Realm: 1, ID: gov.NewID(now.At), Name: in.Agency, Unit: unit.UnitKey}
		if agency.Name == "" {
			agency.Name = defaultAgency(unit)
		}
		h = gov.Holding{Realm: 1, Unit: unit.UnitKey, Agency: agency.ID, Since: now.At}
		admin := gov.Account{Realm: 1, ID: gov.NewID(now.At), Login: loginName(in.Admin), Name: "Quản trị hệ thống",
			Agency: agency.ID, Role: string(access.Admin), Password: hash}
		if admin.Login == "" {
			admin.Login = "admin"
		}
		return errors.Join(tx.CreateHolding(ctx, h), tx.CreateAgency(ctx, agency), tx.CreateAccount(ctx, admin),
			a.audit(ctx, tx, 1, now, act{"holding.init", "account", admin.ID}))
	})
	return h, password, err
}

// defaultAgency is the office that keeps the books where init names none.
func defaultAgency(u gov.UnitVersion) string {
	if u.Level() == gov.ProvinceLevel {
		if u.Type == gov.City {
			return "Văn phòng Thành ủy " + u.Name
		}
		return "Văn phòng Tỉnh ủy " + u.Name
	}
	return "Văn phòng Đảng ủy " + u.Full()
}

// Holding is the holding that the store was begun for; Unavailable where it was not begun.
func (a *App) Holding(ctx context.Context) (gov.Holding, error) {
	var h gov.Holding
	err := a.store.View(ctx, func(tx gov.Tx) error {
		list, err := tx.Holdings(ctx)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return gov.Errorf(gov.Unavailable, "error.not_begun")
		}
		h = list[0]
		return nil
	})
	return h, err
}

// CreateAccount makes an account for the principal's agency and gives its password. Conflict where the login name is taken.
func (a *App) CreateAccount(ctx context.Context, p access.Principal, in AccountInput) (string, error) {
	password := in.Password
	if password == "" {
		password = access.NewPassword()
	}
	if _, ok := access.Roles[access.Role(in.Role)]; !ok {
		return "", gov.Errorf(gov.Invalid, "error.role_unknown", in.Role)
	}
	if loginName(in.Login) == "" {
		return "", gov.Errorf(gov.Invalid, "error.login_name")
	}
	hash, err := access.HashPassword(password)
	if errors.Is(err, access.ErrShort) {
		return "", gov.Errorf(gov.Invalid, "error.password_short", access.MinPassword)
	} else if err != nil {
		return "", err
	}
	err = a.update(ctx, p, access.AccountsManage, func(tx gov.Tx, s gov.Stamp) (act, error) {
		acc := gov.Account{Realm: gov.Realm(p.Realm), ID: gov.NewID(s.At), Login: loginName(in.Login), Name: in.Name,
			Agency: gov.ID(p.Agency), Role: in.Role, Password: hash}
		return act{"account.create", "account", acc.ID}, tx.CreateAccount(ctx, acc)
	})
	return password, err
}

func loginName(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// Login checks a password and gives a token for the browser. A wrong name, a wrong password and a disabled account get the same
// answer after the same time.
func (a *App) Login(ctx context.Context, login, password string) (string, access.Principal, error) {
	refused := gov.Errorf(gov.Unauthenticated, "error.login_wrong")
	var acc gov.Account
	err := a.store.View(ctx, func(tx gov.Tx) (err error) {
		acc, err = tx.AccountByLogin(ctx, loginName(login))
		return err
	})
	if err != nil && !gov.IsNotFound(err) {
		return "", access.Principal{}, err
	}
	if !access.VerifyPassword(acc.Password, password) || acc.Disabled || err != nil {
		return "", access.Principal{}, refused
	}
	token, hash := access.NewToken()
	err = a.store.Update(ctx, func(tx gov.Tx) error {
		now := gov.Stamp{By: acc.ID, At: a.instant()}
		return errors.Join(tx.DeleteLoginsUntil(ctx, now.At),
			tx.CreateLogin(ctx, gov.Login{Realm: acc.Realm, Hash: hash, Account: acc.ID, Since: now.At, Until: now.At.Add(loginFor)}),
			a.audit(ctx, tx, acc.Realm, now, act{"login.begin", "account", acc.ID}))
	})
	return token, principal(acc), err
}

// Authenticate gives the principal behind a token; Unauthenticated where there is none, or no longer.
func (a *App) Authenticate(ctx context.Context, token string) (access.Principal, error) {
	unknown := gov.Errorf(gov.Unauthenticated, "error.not_logged_in")
	if token == "" {
		return access.Principal{}, unknown
	}
	var p access.Principal
	err := a.store.View(ctx, func(tx gov.Tx) error {
		l, err := tx.Login(ctx, access.HashToken(token))
		if err != nil {
			return err
		}
		acc, err := tx.Account(ctx, l.Realm, l.Account)
		if err != nil {
			return err
		}
		if acc.Disabled || !l.Until.After(a.now()) {
			return unknown
		}
		p = principal(acc)
		return nil
	})
	if gov.IsNotFound(err) {
		return access.Principal{}, unknown
	}
	return p, err
}

// Logout ends the login of a token; a token that is not known is no error.
func (a *App) Logout(ctx context.Context, token string) error {
	return a.store.Update(ctx, func(tx gov.Tx) error {
		hash := access.HashToken(token)
		l, err := tx.Login(ctx, hash)
		if gov.IsNotFound(err) {
			return nil
		} else if err != nil {
			return err
		}
		return errors.Join(tx.DeleteLogin(ctx, hash),
			a.audit(ctx, tx, l.Realm, gov.Stamp{By: l.Account, At: a.instant()}, act{"login.end", "account", l.Account}))
	})
}

func principal(acc gov.Account) access.Principal {
	return access.Principal{Realm: int64(acc.Realm), Account: string(acc.ID), Agency: string(acc.Agency), Name: acc.Name, Role: access.Role(acc.Role)}
}
