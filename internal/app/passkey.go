package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// keyFor is how long a browser may take to answer for a passkey.
const keyFor = 5 * time.Minute

// A KeyStep is what a browser is asked, and the token by which its answer comes back.
type KeyStep struct {
	Step    string
	Options []byte // JSON
}

func holderOf(acc gov.Account, keys []gov.Passkey) access.Holder {
	h := access.Holder{Handle: whose(acc), Login: acc.Login, Name: acc.Name}
	for _, k := range keys {
		h.Keys = append(h.Keys, k.Record)
	}
	return h
}

// badKey says in place of whatever was wrong with an answer that it proves nothing.
func badKey(err error) error {
	if errors.Is(err, access.ErrPasskey) || gov.IsNotFound(err) {
		return gov.Errorf(gov.Unauthenticated, "error.passkey").Because(err)
	}
	return err
}

// keyTicket keeps what an answer is checked with.
func (a *App) keyTicket(ctx context.Context, tx gov.Tx, r gov.Realm, account gov.ID, state string) (string, error) {
	token, hash := access.NewToken()
	return token, errors.Join(tx.DeleteTicketsUntil(ctx, a.instant()), tx.CreateTicket(ctx, gov.Ticket{Realm: r, Hash: hash, Kind: gov.TicketPasskey,
		Account: account, Body: state, Until: a.instant().Add(keyFor)}))
}

// BeginPasskey asks the principal's browser for a new passkey.
func (a *App) BeginPasskey(ctx context.Context, p access.Principal, site access.Site) (v KeyStep, err error) {
	if err := a.permitFresh(p, access.LoggedIn); err != nil {
		return v, err
	}
	if a.second == SecondOff {
		return v, gov.Errorf(gov.Forbidden, "error.second_off")
	}
	err = a.store.Update(ctx, func(tx gov.Tx) error {
		acc, err := own(ctx, tx, p)
		if err != nil {
			return err
		}
		keys, err := tx.Passkeys(ctx, acc.Realm, acc.ID)
		if err != nil {
			return err
		}
		options, state, err := site.AskForKey(holderOf(acc, keys))
		if err != nil {
			return err
		}
		v.Options = options
		v.Step, err = a.keyTicket(ctx, tx, acc.Realm, acc.ID, state)
		return err
	})
	return v, err
}

// AddPasskey keeps the passkey with which the browser answered.
func (a *App) AddPasskey(ctx context.Context, p access.Principal, site access.Site, step, name string, answer []byte) error {
	if err := a.permitFresh(p, access.LoggedIn); err != nil {
		return err
	}
	err := a.update(ctx, p, access.LoggedIn, func(tx gov.Tx, s gov.Stamp) (act, error) {
		t, err := tx.Ticket(ctx, gov.TicketPasskey, access.HashToken(step), s.At)
		if err != nil {
			return act{}, err
		}
		acc, err := own(ctx, tx, p)
		if err != nil {
			return act{}, err
		}
		if t.Account != acc.ID || t.Realm != acc.Realm {
			return act{}, gov.Errorf(gov.NotFound, "error.not_found")
		}
		k, err := site.TakeKey(holderOf(acc, nil), t.Body, answer)
		if err != nil {
			return act{}, err
		}
		kept := gov.Passkey{Realm: acc.Realm, Account: acc.ID, ID: k.ID, Name: cmp.Or(cut(strings.TrimSpace(name), 60), "passkey"), Record: k.Record, Since: s.At}
		return act{"account.passkey_added", "account", acc.ID}, errors.Join(tx.DeleteTicket(ctx, t.Hash), tx.CreatePasskey(ctx, kept))
	})
	return badKey(err)
}

// cut is at most n characters of s.
func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// RemovePasskey takes one of the principal's passkeys away.
func (a *App) RemovePasskey(ctx context.Context, p access.Principal, id string) error {
	if err := a.permitFresh(p, access.LoggedIn); err != nil {
		return err
	}
	return a.update(ctx, p, access.LoggedIn, func(tx gov.Tx, _ gov.Stamp) (act, error) {
		return act{"account.passkey_removed", "account", gov.ID(p.Account)}, tx.DeletePasskey(ctx, gov.Realm(p.Realm), gov.ID(p.Account), id)
	})
}

// ChallengePasskey asks whoever is there for a passkey: to log in, to end the step after a password, or to show again who he is.
func (a *App) ChallengePasskey(ctx context.Context, from Browser, site access.Site) (v KeyStep, err error) {
	if err := a.charge(ctx, brakeOnTickets(from)); err != nil {
		return v, err
	}
	options, state, err := site.Challenge()
	if err != nil {
		return v, err
	}
	v.Options = options
	err = a.store.Update(ctx, func(tx gov.Tx) (err error) {
		v.Step, err = a.keyTicket(ctx, tx, 0, "", state)
		return err
	})
	return v, err
}

// answered checks an answer to ChallengePasskey, uses its ticket up and gives the account whose passkey it is.
func (a *App) answered(ctx context.Context, tx gov.Tx, site access.Site, step string, answer []byte) (acc gov.Account, err error) {
	t, err := tx.Ticket(ctx, gov.TicketPasskey, access.HashToken(step), a.instant())
	if err != nil {
		return acc, err
	}
	if t.Account != "" { // made for adding a passkey
		return acc, gov.Errorf(gov.NotFound, "error.not_found")
	}
	var kept []gov.Passkey
	_, k, err := site.Answer(t.Body, answer, func(handle string) (access.Holder, error) {
		realm, id, _ := strings.Cut(handle, "/")
		r, err := strconv.ParseInt(realm, 10, 64)
		if err != nil {
			return access.Holder{}, fmt.Errorf("a handle of another program: %w", err)
		}
		if acc, err = tx.Account(ctx, gov.Realm(r), gov.ID(id)); err != nil {
			return access.Holder{}, err
		}
		kept, err = tx.Passkeys(ctx, acc.Realm, acc.ID)
		return holderOf(acc, kept), err
	})
	if err != nil {
		return acc, err
	}
	if acc.Disabled {
		return acc, gov.Errorf(gov.NotFound, "error.not_found")
	}
	return acc, errors.Join(tx.DeleteTicket(ctx, t.Hash),
		tx.UpdatePasskey(ctx, gov.Passkey{Realm: acc.Realm, Account: acc.ID, ID: k.ID, Record: k.Record, Used: a.instant()}))
}

// LogInPasskey logs in whoever holds the passkey. The device has asked its owner for a finger, a face or a PIN, so nothing else is asked.
func (a *App) LogInPasskey(ctx context.Context, from Browser, site access.Site, step string, answer []byte) (e Entrance, err error) {
	err = a.store.Update(ctx, func(tx gov.Tx) error {
		acc, err := a.answered(ctx, tx, site, step, answer)
		if err != nil {
			return err
		}
		e, err = a.letIn(ctx, tx, from, acc, "login.begin_passkey")
		return err
	})
	if err != nil {
		return Entrance{}, badKey(err)
	}
	return e, nil
}

// ProvePasskey shows once more who somebody is, by his passkey, and gives a new token for the login.
func (a *App) ProvePasskey(ctx context.Context, p access.Principal, site access.Site, token, step string, answer []byte) (string, error) {
	fresh, err := a.renew(ctx, p, token, func(tx gov.Tx) error {
		acc, err := a.answered(ctx, tx, site, step, answer)
		if err == nil && (string(acc.ID) != p.Account || int64(acc.Realm) != p.Realm) {
			err = gov.Errorf(gov.NotFound, "error.not_found")
		}
		return err
	})
	return fresh, badKey(err)
}
