package app

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// A SingleSignOn asks a province's own login who somebody is. Package access/oidc has one.
type SingleSignOn interface {
	// Begin gives the address to send the browser to, which will come back to back with state, and what is needed to finish.
	Begin(ctx context.Context, back, state string) (address, secret string, err error)
	// Finish turns the code that came back into who it is.
	Finish(ctx context.Context, back, code, secret string) (access.Identity, error)
	Issuer() string
}

// ssoFor is how long somebody may take at the single sign-on.
const ssoFor = 10 * time.Minute

// HasSSO reports whether people can log in by a single sign-on.
func (a *App) HasSSO() bool { return a.sso != nil }

// journey is what is kept while the browser is away.
type journey struct {
	Secret string `json:"secret"`
	To     string `json:"to"`
}

// BeginSSO gives the address of the single sign-on and the state with which the browser comes back to back. The browser must hold the
// state in a cookie, so that nobody can end a login that another browser began.
func (a *App) BeginSSO(ctx context.Context, from Browser, back, to string) (address, state string, err error) {
	if a.sso == nil {
		return "", "", gov.Errorf(gov.NotFound, "error.not_found")
	}
	if err := a.charge(ctx, brakeOnTickets(from)); err != nil {
		return "", "", err
	}
	state, hash := access.NewToken()
	address, secret, err := a.sso.Begin(ctx, back, state)
	if err != nil {
		return "", "", gov.Errorf(gov.Unavailable, "error.sso_down").Because(err)
	}
	body, err := json.Marshal(journey{secret, to})
	if err != nil {
		return "", "", err
	}
	err = a.store.Update(ctx, func(tx gov.Tx) error {
		return errors.Join(tx.DeleteTicketsUntil(ctx, a.instant()), tx.CreateTicket(ctx, gov.Ticket{Hash: hash, Kind: gov.TicketSSO, Body: string(body),
			Until: a.instant().Add(ssoFor)}))
	})
	return address, state, err
}

// FinishSSO lets in whom the single sign-on vouches for, and says where he wanted to go. Whom nobody linked to an account is matched by his
// login name where that is allowed, else refused with the name under which an administrator can link him.
func (a *App) FinishSSO(ctx context.Context, from Browser, back, state, code string) (e Entrance, to string, err error) {
	if a.sso == nil {
		return e, "", gov.Errorf(gov.NotFound, "error.not_found")
	}
	var j journey
	err = a.store.Update(ctx, func(tx gov.Tx) error { // used up before it is tried
		t, err := tx.Ticket(ctx, gov.TicketSSO, access.HashToken(state), a.instant())
		if err != nil {
			return err
		}
		return errors.Join(tx.DeleteTicket(ctx, t.Hash), json.Unmarshal([]byte(t.Body), &j))
	})
	if err != nil {
		return e, "", stepPassed(err)
	}
	id, err := a.sso.Finish(ctx, back, code, j.Secret)
	if err != nil || id.Subject == "" {
		return e, "", gov.Errorf(gov.Unauthenticated, "error.sso_refused").Because(err)
	}
	err = a.store.Update(ctx, func(tx gov.Tx) error {
		acc, err := a.accountOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if acc.Disabled {
			return gov.Errorf(gov.Unauthenticated, "error.sso_unknown", id.Subject)
		}
		e, err = a.letIn(ctx, tx, from, acc, "login.begin_sso")
		return err
	})
	if err != nil {
		return Entrance{}, "", err
	}
	return e, j.To, nil
}

// accountOf finds the account of an identity.
func (a *App) accountOf(ctx context.Context, tx gov.Tx, id access.Identity) (gov.Account, error) {
	unknown := gov.Errorf(gov.Unauthenticated, "error.sso_unknown", id.Subject)
	s, err := tx.Subject(ctx, a.sso.Issuer(), id.Subject)
	if err == nil {
		return tx.Account(ctx, s.Realm, s.Account)
	}
	if !gov.IsNotFound(err) {
		return gov.Account{}, err
	}
	if !a.byName || loginName(id.Login) == "" {
		return gov.Account{}, unknown
	}
	acc, err := tx.AccountByLogin(ctx, loginName(id.Login))
	if gov.IsNotFound(err) {
		return acc, unknown
	} else if err != nil {
		return acc, err
	}
	linked, err := tx.SubjectsOf(ctx, acc.Realm, acc.ID)
	if err != nil {
		return acc, err
	}
	if len(linked) > 0 || acc.Disabled { // the name was given to somebody else since
		return acc, unknown
	}
	now := a.instant()
	return acc, errors.Join(tx.CreateSubject(ctx, gov.Subject{Issuer: a.sso.Issuer(), Subject: id.Subject, Realm: acc.Realm, Account: acc.ID, Since: now}),
		a.audit(ctx, tx, acc.Realm, gov.Stamp{By: acc.ID, At: now}, act{"account.subject_matched", "account", acc.ID}))
}

// LinkSubject ties an account to the name under which the single sign-on knows the person; an empty one unties it. Its logins end.
// Conflict where the name belongs to another account.
func (a *App) LinkSubject(ctx context.Context, p access.Principal, id gov.ID, subject string) error {
	if a.sso == nil {
		return gov.Errorf(gov.NotFound, "error.not_found")
	}
	return a.manage(ctx, p, id, "account.subject_linked", func(tx gov.Tx, acc gov.Account) error {
		if err := errors.Join(tx.DeleteSubjectsOf(ctx, acc.Realm, acc.ID), tx.DeleteLoginsOf(ctx, acc.Realm, acc.ID, "")); err != nil {
			return err
		}
		if subject = strings.TrimSpace(subject); subject == "" {
			return nil
		}
		return tx.CreateSubject(ctx, gov.Subject{Issuer: a.sso.Issuer(), Subject: subject, Realm: acc.Realm, Account: acc.ID, Since: a.instant()})
	})
}
