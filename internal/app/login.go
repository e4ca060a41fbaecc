package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// How long things last.
const (
	loginFor  = 12 * time.Hour       // a login at most
	idleFor   = 2 * time.Hour        // a login that nobody uses
	seenEvery = 5 * time.Minute      // how exactly it is known when a login was used last
	stepFor   = 10 * time.Minute     // the step between password and code
	linkTime  = 24 * time.Hour       // a one-time link
	deviceFor = 180 * 24 * time.Hour // a browser that is known again
)

// ProveAgain is the key of the error that says: show once more who you are, then this can be done.
const ProveAgain = "error.prove_again"

// SecondFactor says what is expected besides a password.
type SecondFactor string

// The policies. Whoever has set up a second factor is asked for it under each of them.
const (
	SecondOff      SecondFactor = "off"      // nobody is offered one
	SecondOffered  SecondFactor = "offered"  // everybody may have one
	SecondRequired SecondFactor = "required" // administrators, analysts and leaders must
)

// needsSecond are the roles that must have a second factor where the policy says so: they confirm, conclude or manage.
var needsSecond = map[access.Role]bool{access.Admin: true, access.Analyst: true, access.Leader: true}

// A Browser is where a login comes from.
type Browser struct {
	Address string // of the machine, or its network; empty: the program itself
	Device  string // the token by which the browser is known again; empty: none yet
	Words   string // roughly, for people: "Firefox, Windows"
}

// An Entrance is what somebody gets who showed who he is: a token for the browser, or a step where something is still missing.
type Entrance struct {
	Token  string // of the login; empty: the step comes first
	Device string // by which the browser is known again
	Step   string // at which the second factor is asked for
	Who    access.Principal
}

// Login is LogIn without a browser, for the program itself: who has a second factor cannot use it.
func (a *App) Login(ctx context.Context, login, password string) (string, access.Principal, error) {
	e, err := a.LogIn(ctx, Browser{}, login, password)
	if err == nil && e.Token == "" {
		err = gov.Errorf(gov.Unauthenticated, "error.login_wrong")
	}
	return e.Token, e.Who, err
}

// LogIn checks a password. A wrong name, a wrong password, an account without a password and a disabled one get the same answer
// after the same time; too many tries are Limited.
func (a *App) LogIn(ctx context.Context, from Browser, login, password string) (Entrance, error) {
	login = loginName(login)
	var acc gov.Account
	var known bool
	err := a.store.View(ctx, func(tx gov.Tx) (err error) {
		if acc, err = tx.AccountByLogin(ctx, login); err != nil && !gov.IsNotFound(err) {
			return err
		}
		known, err = tx.KnowsDevice(ctx, acc.Realm, acc.ID, access.HashToken(from.Device), a.instant())
		return err
	})
	if err != nil {
		return Entrance{}, err
	}
	brakes := brakesFor(from, login, acc.ID, known)
	if err := a.charge(ctx, brakes); err != nil {
		return Entrance{}, err
	}
	if !access.VerifyPassword(acc.Password, password) || acc.Disabled {
		return Entrance{}, gov.Errorf(gov.Unauthenticated, "error.login_wrong")
	}
	return a.admit(ctx, from, acc, brakes, "login.begin")
}

// admit lets somebody in who gave the right password: at once, or by the step for the second factor.
func (a *App) admit(ctx context.Context, from Browser, acc gov.Account, brakes []brake, action string) (e Entrance, err error) {
	err = a.store.Update(ctx, func(tx gov.Tx) error {
		if err := a.refund(ctx, tx, brakes); err != nil {
			return err
		}
		has, err := a.hasSecond(ctx, tx, acc)
		if err != nil {
			return err
		}
		if !has.asked {
			e, err = a.letIn(ctx, tx, from, acc, action)
			return err
		}
		token, hash := access.NewToken()
		e = Entrance{Step: token}
		return errors.Join(tx.DeleteTicketsUntil(ctx, a.instant()), tx.CreateTicket(ctx, gov.Ticket{Realm: acc.Realm, Hash: hash, Kind: gov.TicketSecond,
			Account: acc.ID, Until: a.instant().Add(stepFor)}))
	})
	if err != nil {
		return Entrance{}, err
	}
	return e, nil
}

// second says what an account has besides a password.
type second struct {
	codes, keys bool
	asked       bool // it is asked for after a password
}

func (a *App) hasSecond(ctx context.Context, tx gov.Tx, acc gov.Account) (has second, err error) {
	_, err = tx.CodeFactor(ctx, acc.Realm, acc.ID)
	if err != nil && !gov.IsNotFound(err) {
		return has, err
	}
	has.codes = err == nil
	keys, err := tx.Passkeys(ctx, acc.Realm, acc.ID)
	has.keys = len(keys) > 0
	if err != nil || has.codes || !has.keys {
		has.asked = has.codes
		return has, err
	}
	has.asked, err = a.mustHaveSecond(ctx, tx, acc)
	return has, err
}

// mustHaveSecond reports whether one of the roles that the account holds needs a second factor here.
func (a *App) mustHaveSecond(ctx context.Context, tx gov.Tx, acc gov.Account) (bool, error) {
	if a.second != SecondRequired {
		return false, nil
	}
	roles, err := a.rolesOf(ctx, tx, acc.Realm, acc.ID)
	return slices.ContainsFunc(roles, func(r access.Role) bool { return needsSecond[r] }), err
}

// letIn begins a login of the account in tx.
func (a *App) letIn(ctx context.Context, tx gov.Tx, from Browser, acc gov.Account, action string) (Entrance, error) {
	now := a.instant()
	token, hash := access.NewToken()
	l := gov.Login{Realm: acc.Realm, Hash: hash, ID: gov.NewID(now), Account: acc.ID, Device: from.Words, Since: now, Until: now.Add(loginFor), Seen: now, Proved: now}
	err := errors.Join(tx.DeleteLoginsUntil(ctx, now), tx.DeleteTicketsUntil(ctx, now), tx.ForgetDevices(ctx, acc.Realm, acc.ID, now),
		tx.CreateLogin(ctx, l), a.audit(ctx, tx, acc.Realm, gov.Stamp{By: acc.ID, At: now}, act{action, "account", acc.ID}))
	if err != nil {
		return Entrance{}, err
	}
	who, err := a.principalOf(ctx, tx, acc, l)
	if err != nil || from.Address == "" {
		return Entrance{Token: token, Who: who}, err
	}
	device := from.Device
	if device == "" {
		device, _ = access.NewToken()
	}
	return Entrance{Token: token, Device: device, Who: who}, tx.KnowDevice(ctx, acc.Realm, acc.ID, access.HashToken(device), now.Add(deviceFor))
}

// A StepView says what is asked for at the step between password and login.
type StepView struct {
	Codes bool // a code of the phone, or a recovery code
	Keys  bool // a passkey
}

// Step gives what the step asks for; Unauthenticated where its time has passed.
func (a *App) Step(ctx context.Context, step string) (v StepView, err error) {
	err = a.store.View(ctx, func(tx gov.Tx) error {
		_, acc, err := a.ticket(ctx, tx, gov.TicketSecond, step)
		if err != nil {
			return err
		}
		has, err := a.hasSecond(ctx, tx, acc)
		v = StepView{Codes: has.codes, Keys: has.keys}
		return err
	})
	return v, stepPassed(err)
}

// LogInSecond ends the step with a code of the phone or a recovery code.
func (a *App) LogInSecond(ctx context.Context, from Browser, step, code string) (e Entrance, err error) {
	var brakes []brake
	err = a.store.View(ctx, func(tx gov.Tx) error {
		_, acc, err := a.ticket(ctx, tx, gov.TicketSecond, step)
		if err != nil {
			return err
		}
		known, err := tx.KnowsDevice(ctx, acc.Realm, acc.ID, access.HashToken(from.Device), a.instant())
		brakes = brakeOnCodes(from, acc.ID, known)
		return err
	})
	if err != nil {
		return Entrance{}, stepPassed(err)
	}
	if err := a.charge(ctx, brakes); err != nil {
		return Entrance{}, err
	}
	err = a.store.Update(ctx, func(tx gov.Tx) error {
		t, acc, err := a.ticket(ctx, tx, gov.TicketSecond, step)
		if err != nil {
			return err
		}
		if err := a.useCode(ctx, tx, acc, code); err != nil {
			return err
		}
		if err := errors.Join(a.refund(ctx, tx, brakes), tx.DeleteTicket(ctx, t.Hash)); err != nil {
			return err
		}
		e, err = a.letIn(ctx, tx, from, acc, "login.begin")
		return err
	})
	if err != nil {
		return Entrance{}, stepPassed(err)
	}
	return e, nil
}

// ticket finds a ticket and the account it is for, which must not be disabled.
func (a *App) ticket(ctx context.Context, tx gov.Tx, kind gov.TicketKind, token string) (gov.Ticket, gov.Account, error) {
	t, err := tx.Ticket(ctx, kind, access.HashToken(token), a.instant())
	if err != nil {
		return t, gov.Account{}, err
	}
	acc, err := tx.Account(ctx, t.Realm, t.Account)
	if err == nil && acc.Disabled {
		err = gov.Errorf(gov.NotFound, "error.not_found")
	}
	return t, acc, err
}

// stepPassed says in place of "not found" that the login has to begin anew.
func stepPassed(err error) error {
	if gov.IsNotFound(err) {
		return gov.Errorf(gov.Unauthenticated, "error.step_passed")
	}
	return err
}

// Authenticate gives the principal behind a token; Unauthenticated where there is none, or no longer.
func (a *App) Authenticate(ctx context.Context, token string) (access.Principal, error) {
	unknown := gov.Errorf(gov.Unauthenticated, "error.not_logged_in")
	if token == "" {
		return access.Principal{}, unknown
	}
	now, hash := a.instant(), access.HashToken(token)
	var p access.Principal
	var l gov.Login
	err := a.store.View(ctx, func(tx gov.Tx) (err error) {
		if l, err = tx.Login(ctx, hash); err != nil {
			return err
		}
		acc, err := tx.Account(ctx, l.Realm, l.Account)
		if err != nil {
			return err
		}
		if acc.Disabled || over(l, now) {
			return unknown
		}
		p, err = a.principalOf(ctx, tx, acc, l)
		return err
	})
	if gov.IsNotFound(err) {
		return access.Principal{}, unknown
	}
	if err == nil && now.Sub(l.Seen) >= seenEvery {
		// Where this cannot be written now, reading goes on all the same: the login is only thought older than it is.
		_ = a.store.Update(ctx, func(tx gov.Tx) error { return tx.SeeLogin(ctx, hash, now) })
	}
	return p, err
}

// over reports whether a login has ended by itself.
func over(l gov.Login, now time.Time) bool { return !l.Until.After(now) || now.Sub(l.Seen) >= idleFor }

// principalOf is who asks within a login.
func (a *App) principalOf(ctx context.Context, tx gov.Tx, acc gov.Account, l gov.Login) (access.Principal, error) {
	p := access.Principal{Realm: int64(acc.Realm), Account: string(acc.ID), Agency: string(acc.Agency), Name: acc.Name, Login: string(l.ID), Proved: l.Proved}
	var err error
	if p.Grants, err = a.principalGrants(ctx, tx, acc); err != nil {
		return p, err
	}
	if p.First, err = choosesFirst(ctx, tx, acc); err != nil || p.First {
		p.Pending = p.First
		return p, err
	}
	must, err := a.mustHaveSecond(ctx, tx, acc)
	if err != nil || !must {
		return p, err
	}
	has, err := a.hasSecond(ctx, tx, acc)
	p.Pending = !has.codes && !has.keys
	return p, err
}

// choosesFirst reports whether an account has a password that somebody else has seen, and its person no other way in than by it.
func choosesFirst(ctx context.Context, tx gov.Tx, acc gov.Account) (bool, error) {
	if !access.IsFirstPassword(acc.Password) {
		return false, nil
	}
	subjects, err := tx.SubjectsOf(ctx, acc.Realm, acc.ID)
	return len(subjects) == 0, err
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
