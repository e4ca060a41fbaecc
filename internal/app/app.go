// Package app holds the use cases: what a person can do with the four books.
//
// One method is one use case. It asks package access once, runs in one transaction of the store and, where it changes
// something, appends one audit line in that transaction; where it hands out protected data (documents and their texts), look writes a
// line before. Methods that show something return a view: a plain struct that holds all that a page, the command line or the API
// needs, so that none of them asks the store. Refusals are gov errors.
package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"haicap/internal/access"
	"haicap/internal/audit"
	"haicap/internal/calendar"
	"haicap/internal/gov"
)

// Config is what an App is made of.
type Config struct {
	Store    gov.Store
	Blobs    gov.Blobs
	Units    func() (gov.Units, error) // loads the register when it is first needed
	AuditKey func() (audit.Key, error) // signs the heads of the audit log; nil: nothing is signed
	Now      gov.Clock                 // nil: the machine's clock

	Vault        *access.Vault // seals secrets of second factors; nil: one that ends with the program
	SecondFactor SecondFactor  // empty: SecondOffered
	SSO          SingleSignOn  // nil: there is none
	SSOByLogin   bool          // whom nobody linked yet is matched by the login name that the single sign-on gives
	Retention    gov.Retention // how long what is personal is kept; nil: gov.DefaultRetention
	// Calendar gives the office's working days and the time limits of the law; nil: those that the program brings along.
	Calendar func() (*calendar.Calendar, *calendar.Rules, error)
	// Reminders gives the rules by which people are reminded; nil: those that the program brings along.
	Reminders func() (gov.ReminderRules, error)
	Mail      bool // a mail server was named: people may choose to be reminded by mail
	// Erased is told the list of everybody whose personal data were erased, after each change of it; nil: nobody is.
	Erased func(ctx context.Context, list []gov.DataSubject) error
	// MatterFields gives the fields in which recommendations are gathered; nil: those that the program brings along.
	MatterFields func() (gov.MatterFields, error)
	// Dictionary holds the office's own words for the reader; nil: none.
	Dictionary gov.Dictionary
}

// App runs the use cases. It is safe for concurrent use.
type App struct {
	store   gov.Store   // as use cases see it: names of accounts are opened
	sealed  sealedStore // the same
	blobs   gov.Blobs
	units   func() (gov.Units, error) // of the register with the changes laid over it
	book    *unitsBook
	now     gov.Clock
	key     func() (audit.Key, error)
	vault   *access.Vault
	second  SecondFactor
	sso     SingleSignOn
	byName  bool
	readers readers
	looks   looks
	checks  checks

	retention gov.Retention
	calendar  func() (*calendar.Calendar, *calendar.Rules, error)
	erased    func(ctx context.Context, list []gov.DataSubject) error
	reminders func() (gov.ReminderRules, error)
	mail      bool

	fields func() (gov.MatterFields, error)

	words  gov.Dictionary // may be nil
	wordMu sync.Mutex     // over changes of words
}

// New makes an App.
func New(c Config) *App {
	a := &App{reminders: c.Reminders, mail: c.Mail, retention: c.Retention, calendar: c.Calendar, erased: c.Erased, blobs: c.Blobs, book: newUnitsBook(c.Units, c.Store), key: c.AuditKey, now: c.Now, words: c.Dictionary,
		vault: c.Vault, second: c.SecondFactor, sso: c.SSO, byName: c.SSOByLogin}
	a.units = a.book.live
	if a.vault == nil {
		a.vault, _ = access.NewVault(access.NewVaultKey())
	}
	if a.second == "" {
		a.second = SecondOffered
	}
	if a.now == nil {
		a.now = time.Now
	}
	if a.calendar == nil {
		a.calendar = func() (*calendar.Calendar, *calendar.Rules, error) {
			return calendar.Official(), calendar.OfficialRules(), nil
		}
	}
	if a.reminders == nil {
		a.reminders = func() (gov.ReminderRules, error) { return gov.DefaultReminders(), nil }
	}
	if a.fields = c.MatterFields; a.fields == nil {
		a.fields = func() (gov.MatterFields, error) { return gov.DefaultMatterFields(), nil }
	}
	if a.retention == nil {
		a.retention = gov.DefaultRetention()
	}
	a.sealed = sealedStore{c.Store, a.vault, a.now}
	a.store = a.sealed
	return a
}

// Today is the day in Viet Nam.
func (a *App) Today() gov.Day { return gov.DayOf(a.now().In(gov.Zone)) }

// permit translates the one permission check of a use case into the domain's error.
func permit(p access.Principal, perm access.Permission) error {
	switch err := p.Check(perm); {
	case errors.Is(err, access.ErrUnknown):
		return gov.Errorf(gov.Unauthenticated, "error.not_logged_in")
	case p.First && err != nil:
		return gov.Errorf(gov.Forbidden, "error.password_first")
	case p.Pending && err != nil:
		return gov.Errorf(gov.Forbidden, "error.second_required")
	case err != nil:
		return gov.Errorf(gov.Forbidden, "error.forbidden")
	}
	return nil
}

// permitFresh is permit for what is dangerous: the person must have shown lately who he is.
func (a *App) permitFresh(p access.Principal, perm access.Permission) error {
	if err := permit(p, perm); err != nil {
		return err
	}
	if !p.Fresh(a.now()) {
		return gov.Errorf(gov.Unauthenticated, ProveAgain)
	}
	return nil
}

// view runs a use case that shows something. Its transaction is bounded to what the permission reaches.
func (a *App) view(ctx context.Context, p access.Principal, perm access.Permission, f func(tx gov.Tx) error) error {
	if err := permit(p, perm); err != nil {
		return err
	}
	return a.store.View(ctx, func(tx gov.Tx) error {
		bounded, err := a.bounded(ctx, tx, p, perm)
		if err != nil {
			return err
		}
		return f(bounded)
	})
}

// bounded bounds a transaction to what a permission reaches by the units book as the transaction sees it.
func (a *App) bounded(ctx context.Context, tx gov.Tx, p access.Principal, perm access.Permission) (gov.Tx, error) {
	if err := a.book.refresh(ctx, tx, gov.Realm(p.Realm)); err != nil {
		return nil, err
	}
	r, err := a.reach(p, perm)
	return tx.Within(r), err
}

// An act is what a change writes into the audit log.
type act struct {
	action string
	noun   string
	record gov.ID
}

// update runs a use case that changes something: one permission check, one transaction, which is bounded to what the permission reaches,
// one audit line, which names whom the principal stands in for. f may run twice.
func (a *App) update(ctx context.Context, p access.Principal, perm access.Permission, f func(tx gov.Tx, s gov.Stamp) (act, error)) error {
	if err := permit(p, perm); err != nil {
		return err
	}
	s := a.stamp(p)
	return a.store.Update(ctx, func(tx gov.Tx) error {
		bounded, err := a.bounded(ctx, tx, p, perm)
		if err != nil {
			return err
		}
		done, err := f(bounded, s)
		if err != nil {
			return err
		}
		return a.auditBy(ctx, tx, p, perm, s, done)
	})
}

// auditBy appends the one line of a change by a principal, which names whom he stands in for.
func (a *App) auditBy(ctx context.Context, tx gov.Tx, p access.Principal, perm access.Permission, s gov.Stamp, done act) error {
	absent, err := a.actsFor(ctx, tx, p, perm, done)
	if err != nil {
		return err
	}
	return a.auditFor(ctx, tx, gov.Realm(p.Realm), s, done, absent)
}

// audit appends the one line of a change to the realm's log.
func (a *App) audit(ctx context.Context, tx gov.Tx, r gov.Realm, s gov.Stamp, done act) error {
	return a.auditFor(ctx, tx, r, s, done, "")
}

// auditFor is audit for a change that was made in the place of an absent account.
func (a *App) auditFor(ctx context.Context, tx gov.Tx, r gov.Realm, s gov.Stamp, done act, absent gov.ID) error {
	_, err := tx.AppendAudit(ctx, gov.AuditLine{Realm: r, At: s.At, Account: s.By, Action: done.action, Noun: done.noun, Record: done.record, For: absent})
	return err
}

// instant is the present as the store keeps it: UTC, microseconds.
func (a *App) instant() time.Time { return a.now().UTC().Truncate(time.Microsecond) }

func (a *App) stamp(p access.Principal) gov.Stamp {
	return gov.Stamp{By: gov.ID(p.Account), At: a.instant()}
}
