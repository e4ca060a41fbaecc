package app

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// Init begins a store that holds nothing: the realm, the agency that holds its first documents, and the first account, an
// administrator. It gives the token of the one-time link at which the administrator chooses a password. Conflict where the store was
// begun already.
func (a *App) Init(ctx context.Context, in InitInput) (gov.Holding, string, error) {
	units, err := a.units()
	if err != nil {
		return gov.Holding{}, "", err
	}
	unit, err := units.At(in.Unit, "")
	if err != nil {
		return gov.Holding{}, "", err
	}
	token, hash := access.NewToken()
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
			Agency: agency.ID}
		if admin.Login == "" {
			admin.Login = "admin"
		}
		return errors.Join(tx.CreateHolding(ctx, h), tx.CreateAgency(ctx, agency), tx.CreateAccount(ctx, admin),
			tx.CreateGrant(ctx, gov.Grant{Realm: 1, ID: gov.NewID(now.At), Account: admin.ID, Role: string(access.Admin), Agency: agency.ID, Unit: agency.Unit, Given: now}),
			tx.CreateTicket(ctx, linkFor(admin, hash, now.At)),
			a.audit(ctx, tx, 1, now, act{"holding.init", "account", admin.ID}))
	})
	return h, token, err
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

// CreateAccount makes an account with its first role, for the principal's agency or for a unit's, and gives its password, or the token of the
// one-time link at which one is chosen. Conflict where the login name is taken.
func (a *App) CreateAccount(ctx context.Context, p access.Principal, in AccountInput) (string, error) {
	if err := a.permitFresh(p, access.AccountsManage); err != nil {
		return "", err
	}
	if _, ok := access.Roles[access.Role(in.Role)]; !ok {
		return "", gov.Errorf(gov.Invalid, "error.role_unknown", in.Role)
	}
	if loginName(in.Login) == "" {
		return "", gov.Errorf(gov.Invalid, "error.login_name")
	}
	if !loginForm.MatchString(loginName(in.Login)) {
		return "", gov.Errorf(gov.Invalid, "error.login_form", in.Login)
	}
	secret, encoded, token, err := firstSecret(in)
	if err != nil {
		return "", err
	}
	err = a.update(ctx, p, access.AccountsManage, func(tx gov.Tx, s gov.Stamp) (act, error) {
		acc := gov.Account{Realm: gov.Realm(p.Realm), ID: gov.NewID(s.At), Login: loginName(in.Login), Name: strings.TrimSpace(in.Name),
			Agency: gov.ID(p.Agency), Password: encoded}
		if acc.Name == "" {
			acc.Name = acc.Login
		}
		g, err := a.grantFor(ctx, tx, acc, GrantInput{Role: in.Role, Unit: in.Unit}, s)
		if err != nil {
			return act{}, err
		}
		acc.Agency = g.Agency
		if err := errors.Join(tx.CreateAccount(ctx, acc), tx.CreateGrant(ctx, g)); err != nil {
			return act{}, err
		}
		if token != "" {
			if err := tx.CreateTicket(ctx, linkFor(acc, token, s.At)); err != nil {
				return act{}, err
			}
		}
		return act{"account.create", "account", acc.ID}, nil
	})
	return secret, err
}

// firstSecret is what a new account is given: a password with its encoded form, or a link's token with its hash.
func firstSecret(in AccountInput) (secret, encoded, token string, err error) {
	if in.ByLink {
		secret, token = access.NewToken()
		return secret, "", token, nil
	}
	if secret = in.Password; secret == "" {
		secret = access.NewPassword()
	} else if err := refusal(access.CheckPassword(secret, in.Login, in.Name)); err != nil {
		return "", "", "", err
	}
	if encoded, err = access.HashPassword(secret); in.Once {
		encoded = access.FirstPassword(encoded)
	}
	return secret, encoded, "", err
}

// loginForm is what a login name looks like: something that every keyboard types alike.
var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{0,59}$`)

func loginName(s string) string { return strings.ToLower(strings.TrimSpace(s)) }
