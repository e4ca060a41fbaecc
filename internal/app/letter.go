package app

import (
	"context"
	"slices"
	"time"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// A LetterView is a letter as it goes out: to which address, and what it says. It is made when it goes out and kept nowhere.
type LetterView struct {
	gov.Letter
	To     string
	Groups []LetterGroup
	More   int // matters that are not shown
}

// A LetterGroup is a heading of a letter with its matters.
type LetterGroup struct {
	Rule  string // key of a rule, "urge", or a part of the digest
	Lines []LetterLine
}

// A LetterLine is a matter in a letter.
type LetterLine struct {
	ID   gov.ID
	Text string
	Lead string
	Due  gov.Day
	Left int // working days, as ClockView
}

// letterLines is how many matters a letter shows.
const letterLines = 40

// leaseLetter is longer than sending one letter ever takes: a letter whose lease ended is unclear.
const leaseLetter = 10 * time.Minute

// NextLetter takes the letter that is due, for whoever sends it: EndLetter says what came of it. NotFound where none is due, or where mail is quiet. Letters
// that have nothing to say any more, or nobody to say it to, are dropped on the way; those that were being sent when the program ended become unclear. Like
// taking a job it has no line in the audit log, EndLetter has.
func (a *App) NextLetter(ctx context.Context, p access.Principal) (v LetterView, err error) {
	if err := permit(p, access.MailsSend); err != nil {
		return v, err
	}
	days, err := a.days()
	if err != nil {
		return v, err
	}
	now := a.instant()
	none := gov.Errorf(gov.NotFound, "error.not_found")
	if !gov.UsualHours.Next(now, days).Equal(now) {
		return v, none
	}
	for {
		found := false
		err = a.store.Update(ctx, func(tx gov.Tx) error {
			v = LetterView{}
			if _, err := tx.LostLetters(ctx, gov.Realm(p.Realm), now); err != nil {
				return err
			}
			l, err := tx.TakeLetter(ctx, gov.Realm(p.Realm), now, now.Add(leaseLetter))
			if found = err == nil; gov.IsNotFound(err) {
				return nil // and what was lost is kept
			} else if err != nil {
				return err
			}
			if v, err = a.compose(ctx, tx, l); err != nil {
				return err
			}
			if v.To == "" {
				l.State, l.Ended = gov.LetterDropped, now
				return tx.UpdateLetter(ctx, l)
			}
			return nil
		})
		switch {
		case err != nil:
			return v, err
		case !found:
			return v, none
		case v.To != "":
			return v, nil
		}
	}
}

// compose looks up what a letter says and to whom; without an address or anything to say, To is empty. It sees what the person may see.
func (a *App) compose(ctx context.Context, tx gov.Tx, l gov.Letter) (LetterView, error) {
	v := LetterView{Letter: l}
	acc, err := tx.Account(ctx, l.Realm, l.Account)
	if err != nil {
		return v, dropMissing(err)
	}
	choice, err := tx.MailChoice(ctx, l.Realm, l.Account)
	if err != nil || acc.Disabled || !choice.Reminders && l.Kind != gov.LetterDigest || !choice.Digest && l.Kind == gov.LetterDigest {
		return v, err
	}
	d, err := tx.DataSubject(ctx, l.Realm, l.Account)
	if err != nil {
		return v, dropMissing(err)
	}
	fields, err := a.sealed.open(d)
	if err != nil || fields.Email == "" {
		return v, err
	}
	who, err := a.recipientAs(ctx, tx, acc)
	if err != nil {
		return v, err
	}
	r, err := a.reach(who, access.BooksRead)
	if err != nil {
		return v, err
	}
	if l.Kind == gov.LetterDigest {
		err = a.composeDigest(ctx, tx.Within(r), who, &v)
	} else {
		err = a.composeItems(ctx, tx.Within(r), &v)
	}
	if len(v.Groups) > 0 {
		v.To = fields.Email
	}
	return v, err
}

// dropMissing lets a letter to somebody who is gone be dropped.
func dropMissing(err error) error {
	if gov.IsNotFound(err) {
		return nil
	}
	return err
}

// composeItems groups the matters of a letter by their rules; what is finished by now is left out.
func (a *App) composeItems(ctx context.Context, tx gov.Tx, v *LetterView) error {
	items, err := v.Items()
	if err != nil {
		return err
	}
	shown := 0
	for _, it := range items {
		m, err := tx.Matter(ctx, v.Realm, it.Matter)
		if gov.IsNotFound(err) {
			continue
		} else if err != nil {
			return err
		}
		if m.SupersededBy != "" || m.State.Finished() || m.State == gov.Submitted {
			continue
		}
		if shown++; shown > letterLines {
			v.More++
			continue
		}
		line, err := a.letterLine(m)
		if err != nil {
			return err
		}
		v.add(it.Rule, line)
	}
	return nil
}

func (a *App) letterLine(m gov.Matter) (LetterLine, error) {
	line := LetterLine{ID: m.ID, Text: m.Text, Lead: m.Lead(), Due: m.Due}
	clock, err := a.clockView(m, nil)
	if clock != nil {
		line.Left = clock.Left
	}
	return line, err
}

// add puts a line under its heading.
func (v *LetterView) add(rule string, line LetterLine) {
	for i := range v.Groups {
		if v.Groups[i].Rule == rule {
			v.Groups[i].Lines = append(v.Groups[i].Lines, line)
			return
		}
	}
	v.Groups = append(v.Groups, LetterGroup{Rule: rule, Lines: []LetterLine{line}})
}

// composeDigest is the week of a person: what is overdue, due, returned, to be confirmed.
func (a *App) composeDigest(ctx context.Context, tx gov.Tx, who access.Principal, v *LetterView) error {
	f := followUp{ctx: ctx, tx: tx, realm: v.Realm, today: a.Today()}
	if err := f.offices(who); err != nil {
		return err
	}
	parts := f.parts()
	for _, part := range parts {
		if part.Key == PartWeek || part.Key == PartOverdue || part.Key == PartToday || part.Key == PartReturned || part.Key == PartConfirm {
			list, err := f.list(part, digestLines)
			if err != nil {
				return err
			}
			for _, m := range list {
				line, err := a.letterLine(m)
				if err != nil {
					return err
				}
				v.add(part.Key, line)
			}
		}
	}
	return nil
}

// digestLines is how many matters a part of the digest shows.
const digestLines = 15

// An Outcome is what came of sending a letter.
type Outcome struct {
	State gov.LetterState // sent, failed, unclear, or waiting for a later try
	Fault string          // without address or words
}

// letterPatience is how long a letter that a server puts off is tried; one that finds no server at all is not given up.
const letterPatience = 3 * 24 * time.Hour

// EndLetter writes down what came of a letter that NextLetter gave. One that is put off waits, in working hours, longer each time; again is
// until when.
func (a *App) EndLetter(ctx context.Context, p access.Principal, l gov.Letter, o Outcome, reached bool) (again time.Time, err error) {
	days, err := a.days()
	if err != nil {
		return again, err
	}
	if err := permit(p, access.MailsSend); err != nil {
		return again, err
	}
	s := a.stamp(p)
	l.State, l.Fault, l.Ended = o.State, o.Fault, s.At
	if o.State == gov.LetterWaiting && reached && s.At.Sub(l.Made) > letterPatience {
		l.State = gov.LetterFailed
	}
	if l.State == gov.LetterWaiting { // no end: no line, as with a job that is put off
		l.Ended, l.Due = time.Time{}, gov.UsualHours.Next(gov.RetryLetter(l.Attempts, s.At), days)
		return l.Due, a.store.Update(ctx, func(tx gov.Tx) error { return tx.UpdateLetter(ctx, l) })
	}
	action := map[gov.LetterState]string{gov.LetterSent: "letter.sent", gov.LetterFailed: "letter.failed", gov.LetterUnclear: "letter.unclear"}[l.State]
	return again, a.update(ctx, p, access.MailsSend, func(tx gov.Tx, _ gov.Stamp) (act, error) {
		return act{action, "letter", l.ID}, tx.UpdateLetter(ctx, l)
	})
}

// NextMail makes the job for what still waits, within the transaction that ends the one before: not before again, the instant until which a server
// that could not be reached is left alone. Letters that ended long ago are cleared away.
func (a *App) NextMail(ctx context.Context, tx gov.Tx, p access.Principal, again time.Time) error {
	if err := permit(p, access.MailsSend); err != nil {
		return err
	}
	days, err := a.days()
	if err != nil {
		return err
	}
	r, now := gov.Realm(p.Realm), a.instant()
	if err := tx.DeleteLetters(ctx, r, now.Add(-keepLetters)); err != nil {
		return err
	}
	waiting, err := tx.LettersIn(ctx, r, gov.LetterWaiting, 1)
	if err != nil {
		return err
	}
	lost, err := tx.LettersIn(ctx, r, gov.LetterSending, 1) // of a program that ended, or of another server
	if err != nil || len(waiting)+len(lost) == 0 {
		return err
	}
	due := slices.MinFunc(append(waiting, lost...), func(x, y gov.Letter) int { return x.Due.Compare(y.Due) }).Due
	for _, t := range []time.Time{again, now.Add(time.Minute)} {
		if due.Before(t) {
			due = t
		}
	}
	due = gov.UsualHours.Next(due.UTC().Truncate(time.Minute).Add(time.Minute), days) // whole minutes: jobs that fail together go on as one
	return a.mailJob(ctx, tx, r, due, now)
}

// keepLetters is how long letters are shown that were sent.
const keepLetters = 90 * 24 * time.Hour

// WakeMail makes a job that looks at once for what waits: when the program starts.
func (a *App) WakeMail(ctx context.Context, tx gov.Tx, p access.Principal) error {
	if err := permit(p, access.MailsSend); err != nil {
		return err
	}
	now := a.instant()
	return a.mailJob(ctx, tx, gov.Realm(p.Realm), now, now)
}

// A MailView is what whoever keeps the program sees of its mail: no addresses and no words.
type MailView struct {
	On     bool // a mail server was named
	Counts map[gov.LetterState]int
	Lists  []LetterList
}

// A LetterList is the letters in a state.
type LetterList struct {
	State gov.LetterState
	Lines []LetterRow
}

// A LetterRow is a letter in a list.
type LetterRow struct {
	gov.Letter
	Login string
}

// mailRows is how many letters of a state the list shows.
const mailRows = 50

// Mail shows how much mail waits, what failed and what is unclear.
func (a *App) Mail(ctx context.Context, p access.Principal) (v MailView, err error) {
	err = a.view(ctx, p, access.AccountsManage, func(tx gov.Tx) error {
		v = MailView{On: a.mail}
		r := gov.Realm(p.Realm)
		if v.Counts, err = tx.CountLetters(ctx, r); err != nil {
			return err
		}
		for _, s := range []gov.LetterState{gov.LetterUnclear, gov.LetterFailed, gov.LetterSending, gov.LetterWaiting, gov.LetterSent} {
			letters, err := tx.LettersIn(ctx, r, s, mailRows)
			if err != nil {
				return err
			}
			list := LetterList{State: s}
			for _, l := range letters {
				acc, err := tx.Account(ctx, r, l.Account)
				if err != nil && !gov.IsNotFound(err) {
					return err
				}
				list.Lines = append(list.Lines, LetterRow{l, acc.Login})
			}
			v.Lists = append(v.Lists, list)
		}
		return nil
	})
	return v, err
}

// MailAgain puts a letter that failed or is unclear back into the queue: a person has looked and wants it sent.
func (a *App) MailAgain(ctx context.Context, p access.Principal, id gov.ID) error {
	days, err := a.days()
	if err != nil {
		return err
	}
	return a.update(ctx, p, access.AccountsManage, func(tx gov.Tx, s gov.Stamp) (act, error) {
		l, err := tx.Letter(ctx, gov.Realm(p.Realm), id)
		if err != nil {
			return act{}, err
		}
		if l.State != gov.LetterFailed && l.State != gov.LetterUnclear {
			return act{}, gov.Errorf(gov.Conflict, "error.stale")
		}
		l.State, l.Fault, l.Ended, l.Due = gov.LetterWaiting, "", time.Time{}, gov.UsualHours.Next(s.At, days)
		if err := tx.UpdateLetter(ctx, l); err != nil {
			return act{}, err
		}
		return act{"letter.again", "letter", id}, a.mailJob(ctx, tx, l.Realm, l.Due, s.At)
	})
}
