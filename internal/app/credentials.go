package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// refusal says in the domain's words why a password is not taken.
func refusal(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, access.ErrShort):
		return gov.Errorf(gov.Invalid, "error.password_short", access.MinPassword)
	case errors.Is(err, access.ErrLong):
		return gov.Errorf(gov.Invalid, "error.password_long", access.MaxPassword)
	case errors.Is(err, access.ErrGuessed):
		return gov.Errorf(gov.Invalid, "error.password_guessed")
	case errors.Is(err, access.ErrOwn):
		return gov.Errorf(gov.Invalid, "error.password_own")
	}
	return err
}

// newPassword checks a password that somebody chose and encodes it.
func newPassword(password string, about []string) (string, error) {
	if err := refusal(access.CheckPassword(password, about...)); err != nil {
		return "", err
	}
	return access.HashPassword(password)
}

// aboutAccount are the words that stand beside an account, of which no password is made.
func (a *App) aboutAccount(ctx context.Context, tx gov.Tx, acc gov.Account) ([]string, error) {
	agency, err := tx.Agency(ctx, acc.Realm, acc.Agency)
	if err != nil {
		return nil, err
	}
	about := []string{acc.Login, acc.Name, agency.Name}
	units, err := a.units()
	if err != nil {
		return nil, err
	}
	if u, err := units.At(agency.Unit.Code, ""); err == nil {
		about = append(about, u.Name)
	}
	return about, nil
}

// putPassword keeps an account with its new password and ends all its logins but one; no browser is known any more.
func (a *App) putPassword(ctx context.Context, tx gov.Tx, acc gov.Account, but gov.ID) error {
	return errors.Join(tx.UpdateAccount(ctx, acc), tx.DeleteLoginsOf(ctx, acc.Realm, acc.ID, but),
		tx.ForgetDevices(ctx, acc.Realm, acc.ID, a.instant().Add(2*deviceFor)), tx.DeleteTicketsOf(ctx, acc.Realm, acc.ID, gov.TicketSecond))
}

// own finds the principal's account.
func own(ctx context.Context, tx gov.Tx, p access.Principal) (gov.Account, error) {
	return tx.Account(ctx, gov.Realm(p.Realm), gov.ID(p.Account))
}

// An OwnView is what somebody sees of his own account.
type OwnView struct {
	Account  gov.Account
	Grants   []GrantLine
	Deputies []DeputyLine // who stands in for the principal
	Stands   []DeputyLine // for whom he stands in
	Logins   []gov.Login  // of these, Current is the one that asks
	Current  gov.ID
	Offered  bool // a second factor may be set up
	Required bool // and must be
	Codes    *gov.CodeFactor
	Recovery int // recovery codes that are left
	Passkeys []gov.Passkey
	Subjects []gov.Subject
}

// Own gives the principal's account with his logins.
func (a *App) Own(ctx context.Context, p access.Principal) (v OwnView, err error) {
	err = a.view(ctx, p, access.LoggedIn, func(tx gov.Tx) (err error) {
		v = OwnView{Current: gov.ID(p.Login)}
		if v.Account, err = own(ctx, tx, p); err != nil {
			return err
		}
		if v.Required, err = a.mustHaveSecond(ctx, tx, v.Account); err != nil {
			return err
		}
		if v.Grants, err = a.grantLines(ctx, tx, v.Account); err != nil {
			return err
		}
		if v.Deputies, v.Stands, err = a.deputyLines(ctx, tx, v.Account); err != nil {
			return err
		}
		v.Offered = a.second != SecondOff
		return a.fillOwn(ctx, tx, &v)
	})
	return v, err
}

func (a *App) fillOwn(ctx context.Context, tx gov.Tx, v *OwnView) error {
	r, id := v.Account.Realm, v.Account.ID
	logins, err := tx.LoginsOf(ctx, r, id)
	if err != nil {
		return err
	}
	now := a.instant()
	v.Logins = slices.DeleteFunc(logins, func(l gov.Login) bool { return over(l, now) })
	switch f, err := tx.CodeFactor(ctx, r, id); {
	case err == nil:
		v.Codes = &f
	case !gov.IsNotFound(err):
		return err
	}
	if v.Recovery, err = tx.CountRecoveryCodes(ctx, r, id); err != nil {
		return err
	}
	if v.Passkeys, err = tx.Passkeys(ctx, r, id); err != nil {
		return err
	}
	v.Subjects, err = tx.SubjectsOf(ctx, r, id)
	return err
}

// ChangePassword sets a new password for whoever knows the one that there is, or has lately shown who he is where there is none. All
// other logins of the account end.
func (a *App) ChangePassword(ctx context.Context, p access.Principal, current, password string) error {
	var acc gov.Account
	var about []string
	err := a.view(ctx, p, access.LoggedIn, func(tx gov.Tx) (err error) {
		if acc, err = own(ctx, tx, p); err != nil {
			return err
		}
		about, err = a.aboutAccount(ctx, tx, acc)
		return err
	})
	if err != nil {
		return err
	}
	if err := a.provePassword(ctx, p, acc, current); err != nil {
		return err
	}
	if access.IsFirstPassword(acc.Password) && access.VerifyPassword(acc.Password, password) {
		return gov.Errorf(gov.Invalid, "error.password_same")
	}
	encoded, err := newPassword(password, about)
	if err != nil {
		return err
	}
	return a.update(ctx, p, access.LoggedIn, func(tx gov.Tx, _ gov.Stamp) (act, error) {
		acc, err := own(ctx, tx, p)
		if err != nil {
			return act{}, err
		}
		acc.Password = encoded
		return act{"account.password", "account", acc.ID}, a.putPassword(ctx, tx, acc, gov.ID(p.Login))
	})
}

// provePassword checks the own password again; an account without one needs a fresh login in its place.
func (a *App) provePassword(ctx context.Context, p access.Principal, acc gov.Account, password string) error {
	if acc.Password == "" {
		return a.permitFresh(p, access.LoggedIn)
	}
	brakes := brakeOnProof(p)
	if err := a.charge(ctx, brakes); err != nil {
		return err
	}
	if !access.VerifyPassword(acc.Password, password) {
		return gov.Errorf(gov.Invalid, "error.password_wrong")
	}
	return a.store.Update(ctx, func(tx gov.Tx) error { return a.refund(ctx, tx, brakes) })
}

// Prove shows once more who somebody is, by his password and, where he has one, a code. It gives a new token for the login: the old
// one is good no longer.
func (a *App) Prove(ctx context.Context, p access.Principal, token, password, code string) (string, error) {
	var acc gov.Account
	var has second
	err := a.view(ctx, p, access.LoggedIn, func(tx gov.Tx) (err error) {
		if acc, err = own(ctx, tx, p); err == nil {
			has, err = a.hasSecond(ctx, tx, acc)
		}
		return err
	})
	switch {
	case err != nil:
		return "", err
	case acc.Password == "":
		return "", gov.Errorf(gov.Invalid, "error.prove_no_password")
	case has.asked && !has.codes:
		return "", gov.Errorf(gov.Invalid, "error.prove_passkey")
	}
	if err := a.provePassword(ctx, p, acc, password); err != nil {
		return "", err
	}
	brakes := brakeOnProof(p)
	if err := a.charge(ctx, brakes); err != nil {
		return "", err
	}
	return a.renew(ctx, p, token, func(tx gov.Tx) error {
		if _, err := tx.CodeFactor(ctx, acc.Realm, acc.ID); !gov.IsNotFound(err) {
			if err != nil {
				return err
			}
			if err := a.useCode(ctx, tx, acc, code); err != nil {
				return err
			}
		}
		return a.refund(ctx, tx, brakes)
	})
}

// Fresh reports whether the principal may do what is dangerous without showing again who he is.
func (a *App) Fresh(p access.Principal) bool { return p.Fresh(a.now()) }

// renew gives a login a new token and notes that its person has just shown who he is; proof says whether he has.
func (a *App) renew(ctx context.Context, p access.Principal, token string, proof func(tx gov.Tx) error) (string, error) {
	fresh, hash := access.NewToken()
	err := a.update(ctx, p, access.LoggedIn, func(tx gov.Tx, s gov.Stamp) (act, error) {
		l, err := tx.Login(ctx, access.HashToken(token))
		if err != nil {
			return act{}, err
		}
		if l.ID != gov.ID(p.Login) {
			return act{}, gov.Errorf(gov.Unauthenticated, "error.not_logged_in")
		}
		if err := proof(tx); err != nil {
			return act{}, err
		}
		old := l.Hash
		l.Hash, l.Proved, l.Seen = hash, s.At, s.At
		return act{"login.prove", "account", l.Account}, errors.Join(tx.DeleteLogin(ctx, old), tx.CreateLogin(ctx, l))
	})
	return fresh, err
}

// EndLogin ends one of the principal's logins.
func (a *App) EndLogin(ctx context.Context, p access.Principal, id gov.ID) error {
	return a.update(ctx, p, access.LoggedIn, func(tx gov.Tx, _ gov.Stamp) (act, error) {
		list, err := tx.LoginsOf(ctx, gov.Realm(p.Realm), gov.ID(p.Account))
		if err != nil {
			return act{}, err
		}
		i := slices.IndexFunc(list, func(l gov.Login) bool { return l.ID == id })
		if i < 0 {
			return act{}, gov.Errorf(gov.NotFound, "error.not_found")
		}
		return act{"login.end", "account", gov.ID(p.Account)}, tx.DeleteLogin(ctx, list[i].Hash)
	})
}

// EndOtherLogins ends all of the principal's logins but the one that asks; no other browser is known any more.
func (a *App) EndOtherLogins(ctx context.Context, p access.Principal) error {
	return a.update(ctx, p, access.LoggedIn, func(tx gov.Tx, s gov.Stamp) (act, error) {
		r, id := gov.Realm(p.Realm), gov.ID(p.Account)
		return act{"login.end_others", "account", id}, errors.Join(tx.DeleteLoginsOf(ctx, r, id, gov.ID(p.Login)),
			tx.ForgetDevices(ctx, r, id, s.At.Add(2*deviceFor)))
	})
}

// whose names an account for what is sealed or marked.
func whose(acc gov.Account) string { return fmt.Sprintf("%d/%s", acc.Realm, acc.ID) }

// useCode takes a code of the phone, or a recovery code, and uses it up.
func (a *App) useCode(ctx context.Context, tx gov.Tx, acc gov.Account, code string) error {
	wrong := gov.Errorf(gov.Unauthenticated, "error.code_wrong")
	f, err := tx.CodeFactor(ctx, acc.Realm, acc.ID)
	if gov.IsNotFound(err) {
		return wrong
	} else if err != nil {
		return err
	}
	address, err := a.vault.Open(f.Sealed, whose(acc))
	if err != nil {
		return gov.Errorf(gov.Unavailable, "error.vault_key").Because(err)
	}
	if step, ok := access.CheckCode(address, code, a.now(), f.Step); ok {
		f.Step = step
		return tx.SetCodeFactor(ctx, f)
	}
	err = tx.UseRecoveryCode(ctx, acc.Realm, acc.ID, a.vault.Mark(access.RecoveryCode(code), whose(acc)))
	if gov.IsNotFound(err) {
		return wrong
	}
	return err
}
