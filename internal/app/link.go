package app

import (
	"context"
	"errors"
	"time"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// linkFor is the ticket of a one-time link for the account; hash is that of its token.
func linkFor(acc gov.Account, hash string, now time.Time) gov.Ticket {
	return gov.Ticket{Realm: acc.Realm, Hash: hash, Kind: gov.TicketLink, Account: acc.ID, Until: now.Add(linkTime)}
}

// MakeLink makes a one-time link at which the person of an account chooses a new password, and gives its token. Older links of the
// account end. The password that there is stays until then: nobody is locked out by it.
func (a *App) MakeLink(ctx context.Context, p access.Principal, account gov.ID) (string, error) {
	if err := a.permitFresh(p, access.AccountsManage); err != nil {
		return "", err
	}
	token, hash := access.NewToken()
	err := a.update(ctx, p, access.AccountsManage, func(tx gov.Tx, s gov.Stamp) (act, error) {
		acc, err := tx.Account(ctx, gov.Realm(p.Realm), account)
		if err != nil {
			return act{}, err
		}
		return act{"account.link", "account", acc.ID}, errors.Join(tx.DeleteTicketsOf(ctx, acc.Realm, acc.ID, gov.TicketLink),
			tx.CreateTicket(ctx, linkFor(acc, hash, s.At)))
	})
	return token, err
}

// AccountNamed finds the account of a login name, for the command line.
func (a *App) AccountNamed(ctx context.Context, p access.Principal, login string) (acc gov.Account, err error) {
	err = a.view(ctx, p, access.AccountsManage, func(tx gov.Tx) (err error) {
		acc, err = tx.AccountByLogin(ctx, loginName(login))
		if err == nil && acc.Realm != gov.Realm(p.Realm) {
			err = gov.Errorf(gov.NotFound, "error.not_found")
		}
		return err
	})
	return acc, err
}

// A LinkView is what somebody sees who opens a one-time link.
type LinkView struct {
	Login string
	Name  string
	Until time.Time
}

// Link looks at a one-time link and does not use it up; NotFound where it was used or its time has passed.
func (a *App) Link(ctx context.Context, token string) (v LinkView, err error) {
	err = a.store.View(ctx, func(tx gov.Tx) error {
		t, acc, err := a.ticket(ctx, tx, gov.TicketLink, token)
		v = LinkView{Login: acc.Login, Name: acc.Name, Until: t.Until}
		return err
	})
	return v, linkPassed(err)
}

// UseLink uses a one-time link up: the password is set, every login of the account ends, and the person is let in.
func (a *App) UseLink(ctx context.Context, from Browser, token, password string) (Entrance, error) {
	var acc gov.Account
	var about []string
	err := a.store.View(ctx, func(tx gov.Tx) (err error) {
		if _, acc, err = a.ticket(ctx, tx, gov.TicketLink, token); err != nil {
			return err
		}
		about, err = a.aboutAccount(ctx, tx, acc)
		return err
	})
	if err != nil {
		return Entrance{}, linkPassed(err)
	}
	encoded, err := newPassword(password, about)
	if err != nil {
		return Entrance{}, err
	}
	err = a.store.Update(ctx, func(tx gov.Tx) error {
		t, acc, err := a.ticket(ctx, tx, gov.TicketLink, token)
		if err != nil {
			return err
		}
		acc.Password = encoded
		return errors.Join(tx.DeleteTicket(ctx, t.Hash), a.putPassword(ctx, tx, acc, ""),
			a.audit(ctx, tx, acc.Realm, gov.Stamp{By: acc.ID, At: a.instant()}, act{"account.link_used", "account", acc.ID}))
	})
	if err != nil {
		return Entrance{}, linkPassed(err)
	}
	return a.admit(ctx, from, acc, nil, "login.begin")
}

func linkPassed(err error) error {
	if gov.IsNotFound(err) {
		return gov.Errorf(gov.NotFound, "error.link_passed")
	}
	return err
}
