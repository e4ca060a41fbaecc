package app

import (
	"context"
	"errors"
	"net/mail"
	"strings"
	"time"
	"unicode"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// A NoticeView is what somebody chose to be told, and how.
type NoticeView struct {
	On     bool   // a mail server was named
	Email  string // his own
	Choice gov.MailChoice
	Feed   time.Time // since when there is a calendar; zero: there is none
}

// Notices gives what the principal chose.
func (a *App) Notices(ctx context.Context, p access.Principal) (v NoticeView, err error) {
	err = a.view(ctx, p, access.LoggedIn, func(tx gov.Tx) error {
		v = NoticeView{On: a.mail}
		r, id := gov.Realm(p.Realm), gov.ID(p.Account)
		var err error
		if v.Choice, err = tx.MailChoice(ctx, r, id); err != nil {
			return err
		}
		switch f, err := tx.FeedOf(ctx, r, id); {
		case err == nil:
			v.Feed = f.Since
		case !gov.IsNotFound(err):
			return err
		}
		d, err := tx.DataSubject(ctx, r, id)
		if err != nil {
			return dropMissing(err)
		}
		fields, err := a.sealed.open(d)
		v.Email = fields.Email
		return err
	})
	return v, err
}

// A NoticeInput is what somebody chooses.
type NoticeInput struct {
	Email     string // empty: none, and then nothing is sent
	Reminders bool
	Digest    bool
}

// ChooseNotices writes down what the principal wants by mail, and to which address: consent that he gives and takes back himself. The address is one of his
// personal fields.
func (a *App) ChooseNotices(ctx context.Context, p access.Principal, in NoticeInput) error {
	in.Email = strings.TrimSpace(in.Email)
	switch wanted := in.Reminders || in.Digest; {
	case in.Email != "" && !isMail(in.Email):
		return gov.Errorf(gov.Invalid, "error.mail_address")
	case wanted && in.Email == "":
		return gov.Errorf(gov.Invalid, "error.mail_missing")
	}
	return a.update(ctx, p, access.LoggedIn, func(tx gov.Tx, s gov.Stamp) (act, error) {
		acc, err := own(ctx, tx, p)
		if err != nil {
			return act{}, err
		}
		d, err := tx.DataSubject(ctx, acc.Realm, acc.ID)
		if gov.IsNotFound(err) {
			d, err = gov.DataSubject{Realm: acc.Realm, ID: acc.ID, Kind: gov.SubjectAccount, Since: s.At}, nil
		}
		if err != nil {
			return act{}, err
		}
		fields, err := a.sealed.open(d)
		if err != nil {
			return act{}, err
		}
		if fields.Email != in.Email {
			fields.Email = in.Email
			if err := errors.Join(fields.Check(), a.sealed.seal(&d, fields)); err != nil {
				return act{}, err
			}
			if err := tx.PutDataSubject(ctx, d); err != nil {
				return act{}, err
			}
		}
		c := gov.MailChoice{Realm: acc.Realm, Account: acc.ID, Reminders: in.Reminders, Digest: in.Digest, Since: s.At}
		return act{"mail.choose", "account", acc.ID}, tx.SetMailChoice(ctx, c)
	})
}

// isMail reports whether a text is a mail address and nothing else.
func isMail(s string) bool {
	m, err := mail.ParseAddress(s)
	return err == nil && m.Address == s && !strings.ContainsFunc(s, unicode.IsControl)
}

// MakeFeed makes the secret address of the principal's calendar and gives its token, which is shown this once. The one before ends.
func (a *App) MakeFeed(ctx context.Context, p access.Principal) (string, error) {
	token, hash := access.NewToken()
	err := a.update(ctx, p, access.LoggedIn, func(tx gov.Tx, s gov.Stamp) (act, error) {
		acc, err := own(ctx, tx, p)
		if err != nil {
			return act{}, err
		}
		return act{"feed.make", "account", acc.ID}, tx.SetFeed(ctx, gov.Feed{Realm: acc.Realm, Account: acc.ID, Hash: hash, Since: s.At})
	})
	return token, err
}

// RevokeFeed ends the address of the principal's calendar.
func (a *App) RevokeFeed(ctx context.Context, p access.Principal) error {
	return a.update(ctx, p, access.LoggedIn, func(tx gov.Tx, _ gov.Stamp) (act, error) {
		return act{"feed.revoke", "account", gov.ID(p.Account)}, tx.DeleteFeed(ctx, gov.Realm(p.Realm), gov.ID(p.Account))
	})
}

// A FeedView is the calendar behind a secret address: what the person's offices lead and still owe.
type FeedView struct {
	Lines []LetterLine
	Made  []FeedChange // of each line
}

// A FeedChange says when what a line shows changed last, and how often.
type FeedChange struct {
	Version int
	At      time.Time
}

// The stretch of days that a calendar holds, and how many matters at most.
const (
	feedBehind = 60
	feedAhead  = 400
	feedMost   = 500
)

// FeedOf gives the calendar of a secret address, to whoever has it: it holds what its owner may see today, and nothing once he may not log in. NotFound
// where there is no such address, or no more. Like looking at a list it leaves no line.
func (a *App) FeedOf(ctx context.Context, token string) (v FeedView, err error) {
	err = a.store.View(ctx, func(tx gov.Tx) error {
		v = FeedView{}
		f, err := tx.Feed(ctx, access.HashToken(token))
		if err != nil {
			return err
		}
		acc, err := tx.Account(ctx, f.Realm, f.Account)
		if err != nil {
			return err
		}
		who, err := a.recipientAs(ctx, tx, acc)
		if err != nil {
			return err
		}
		if acc.Disabled || !who.May(access.BooksRead) {
			return gov.Errorf(gov.NotFound, "error.not_found")
		}
		r, err := a.reach(who, access.BooksRead)
		if err != nil {
			return err
		}
		return a.fillFeed(ctx, tx.Within(r), who, &v)
	})
	return v, err
}

func (a *App) fillFeed(ctx context.Context, tx gov.Tx, who access.Principal, v *FeedView) error {
	f := followUp{ctx: ctx, tx: tx, realm: gov.Realm(who.Realm), today: a.Today()}
	if err := f.offices(who); err != nil {
		return err
	}
	list, err := tx.OwedMatters(ctx, f.realm, gov.OwedQuery{Kind: gov.Task, Roles: []gov.Role{gov.RoleLead, gov.RoleAssignee}, Places: f.places,
		From: f.today.AddDays(-feedBehind), Until: f.today.AddDays(feedAhead), Limit: feedMost})
	if err != nil {
		return err
	}
	for _, m := range list {
		line, err := a.letterLine(m)
		if err != nil {
			return err
		}
		v.Lines = append(v.Lines, line)
		v.Made = append(v.Made, FeedChange{m.Version, m.Created.At})
	}
	return nil
}
