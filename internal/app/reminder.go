package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"haicap/internal/access"
	"haicap/internal/calendar"
	"haicap/internal/gov"
)

// JobMail and JobRemind are the kinds of jobs that send what waits, and that look each morning at what is to be reminded of.
const (
	JobMail   = "mail"
	JobRemind = "remind"
)

// A recipient is somebody who wants mail, with what he may see.
type recipient struct {
	account gov.Account
	choice  gov.MailChoice
	who     access.Principal
}

// recipients lists whoever wants mail and may log in.
func (a *App) recipients(ctx context.Context, tx gov.Tx, r gov.Realm) ([]recipient, error) {
	choices, err := tx.MailChoices(ctx, r)
	if err != nil {
		return nil, err
	}
	var list []recipient
	for _, c := range choices {
		acc, err := tx.Account(ctx, r, c.Account)
		if err != nil {
			return nil, err
		}
		if acc.Disabled {
			continue
		}
		who, err := a.recipientAs(ctx, tx, acc)
		if err != nil {
			return nil, err
		}
		list = append(list, recipient{acc, c, who})
	}
	return list, nil
}

// recipientAs is what an account may do and see today, without a login.
func (a *App) recipientAs(ctx context.Context, tx gov.Tx, acc gov.Account) (access.Principal, error) {
	grants, err := a.principalGrants(ctx, tx, acc)
	return access.Principal{Realm: int64(acc.Realm), Account: string(acc.ID), Agency: string(acc.Agency), Name: acc.Name, Grants: grants}, err
}

// hears reports whether somebody belongs to an audience of a matter: his office has to do with it what the audience says, and he is a leader there
// where leaders are meant, and else somebody who works on it.
func (rc recipient) hears(bodies map[gov.ReminderAudience][]gov.Party, to gov.ReminderAudience) bool {
	return slices.ContainsFunc(rc.who.Grants, func(g access.Grant) bool {
		if !g.May(access.MattersReport) || (g.Role == access.Leader) != (to == gov.RemindLeader) {
			return false
		}
		return slices.ContainsFunc(bodies[to], func(b gov.Party) bool { return worksFor(g, b) })
	})
}

// bodiesOf finds the offices that each audience of a matter means.
func bodiesOf(ctx context.Context, tx gov.Tx, m gov.Matter) (map[gov.ReminderAudience][]gov.Party, error) {
	bodies := map[gov.ReminderAudience][]gov.Party{}
	lead := gov.DoneByLead
	if m.Kind == gov.Recommendation {
		lead = gov.DoneByCompetent
	}
	for _, p := range m.Parties {
		if partyDoes(m, p, lead) {
			bodies[gov.RemindLead] = append(bodies[gov.RemindLead], p)
		}
		switch p.Role {
		case gov.RoleCoordinator:
			bodies[gov.RemindCoordinator] = append(bodies[gov.RemindCoordinator], p)
		case gov.RoleMonitor:
			bodies[gov.RemindMonitor] = append(bodies[gov.RemindMonitor], p)
		}
	}
	assigners, err := doers(ctx, tx, m, gov.DoneByAssigner)
	for _, p := range assigners {
		if p.Role == gov.RoleAssigner {
			bodies[gov.RemindAssigner] = append(bodies[gov.RemindAssigner], p)
		}
	}
	bodies[gov.RemindLeader] = slices.Concat(bodies[gov.RemindLead], bodies[gov.RemindAssigner])
	return bodies, err
}

// remindedStates are the states in which somebody is reminded: where the work lies with the body that leads. What is submitted waits for others, what
// is suspended stands, what waits for its document assigns nothing in law yet.
var remindedStates = []gov.State{gov.StateOpen, gov.Returned, gov.Scheduled}

// A speech is a rule that speaks of a matter.
type speech struct {
	matter gov.Matter
	rule   gov.ReminderRule
}

// Remind looks at what is due and makes the letters of the day: one for each person, with all that a rule speaks of now for the first time. On the
// first working day of a week it makes the digests too. Doing so again, after a restart or on another server, adds nothing. Where no mail server was named
// there are no letters: what was spoken of stands with the matters and in "Việc của tôi" all the same. It gives the number of matters that were spoken of.
func (a *App) Remind(ctx context.Context, p access.Principal) (spoken int, err error) {
	if err := permit(p, access.MailsSend); err != nil {
		return 0, err
	}
	days, err := a.days()
	if err != nil {
		return 0, err
	}
	rules, err := a.reminders()
	if err != nil {
		return 0, err
	}
	now := a.instant()
	day := calendar.DayOf(now.In(gov.Zone))
	if !days.Works(day) {
		return 0, nil // what is to be said is said on the next working day
	}
	due, err := a.speeches(ctx, gov.Realm(p.Realm), rules.On(gov.Day(day.String())), days)
	if err != nil {
		return 0, err
	}
	week := gov.DayOf(now.In(gov.Zone)) == firstWorking(days, day)
	err = a.update(ctx, p, access.MailsSend, func(tx gov.Tx, s gov.Stamp) (act, error) {
		spoken, err = a.speak(ctx, tx, gov.Realm(p.Realm), due, week, days, s)
		return act{"reminder.run", "reminder", ""}, err
	})
	return spoken, err
}

// firstWorking is the first working day of the week of a day.
func firstWorking(days *calendar.Calendar, d calendar.Day) gov.Day {
	monday := d - calendar.Day((int(d.Weekday())+6)%7)
	return gov.Day(days.NextWorking(monday).String())
}

// speeches finds, without holding anybody up, what rules speak of that was not said yet.
func (a *App) speeches(ctx context.Context, r gov.Realm, rules []gov.ReminderRule, days *calendar.Calendar) ([]speech, error) {
	var list []speech
	today := a.Today()
	err := a.store.View(ctx, func(tx gov.Tx) error {
		list = nil
		for _, kind := range []gov.MatterKind{gov.Task, gov.Recommendation} {
			matters, err := everyMatter(ctx, tx, r, gov.MatterQuery{Kinds: []gov.MatterKind{kind}, Stand: gov.StandOwed, ByDue: true, States: remindedStates,
				DueUntil: gov.Horizon(rules, today, days)})
			if err != nil {
				return err
			}
			for _, m := range matters {
				rule, ok := gov.Latest(rules, m.Due, today, days)
				if !ok || m.Parts > 0 {
					continue
				}
				said, err := tx.RemindersOf(ctx, r, m.ID)
				if err != nil {
					return err
				}
				if !slices.ContainsFunc(said, func(o gov.Reminder) bool { return o.Rule == rule.Key && o.Due == m.Due }) {
					list = append(list, speech{m, rule})
				}
			}
		}
		return nil
	})
	return list, err
}

// speak writes down what is said and makes the letters.
func (a *App) speak(ctx context.Context, tx gov.Tx, r gov.Realm, due []speech, week bool, days *calendar.Calendar, s gov.Stamp) (int, error) {
	var people []recipient
	if a.mail {
		var err error
		if people, err = a.recipients(ctx, tx, r); err != nil {
			return 0, err
		}
	}
	items := make([][]gov.LetterItem, len(people))
	spoken := 0
	for _, d := range due {
		fresh, err := tx.AddReminders(ctx, []gov.Reminder{{Realm: r, Matter: d.matter.ID, Rule: d.rule.Key, Due: d.matter.Due, At: s.At}})
		if err != nil {
			return 0, err
		}
		if len(fresh) == 0 {
			continue // another server was first
		}
		spoken++
		bodies, err := bodiesOf(ctx, tx, d.matter)
		if err != nil {
			return 0, err
		}
		for i, rc := range people {
			if rc.choice.Reminders && slices.ContainsFunc(d.rule.To, func(to gov.ReminderAudience) bool { return rc.hears(bodies, to) }) {
				items[i] = append(items[i], gov.LetterItem{Matter: d.matter.ID, Rule: d.rule.Key})
			}
		}
	}
	day := string(gov.DayOf(s.At.In(gov.Zone)))
	var letters []gov.Letter
	for i, rc := range people {
		l := gov.Letter{Realm: r, Account: rc.account.ID}
		if len(items[i]) > 0 {
			l.Kind, l.Key = gov.LetterReminder, "reminder/"+s.At.Format(time.RFC3339Nano)+"/"+string(rc.account.ID)
			if err := l.SetItems(items[i]); err != nil {
				return 0, err
			}
			letters = append(letters, l)
		}
		if week && rc.choice.Digest {
			letters = append(letters, gov.Letter{Realm: r, Account: rc.account.ID, Kind: gov.LetterDigest, Key: "digest/" + day + "/" + string(rc.account.ID)})
		}
	}
	return spoken, a.post(ctx, tx, r, letters, days, s)
}

// post puts letters into the queue, to go out when mail may, and the job that sends them.
func (a *App) post(ctx context.Context, tx gov.Tx, r gov.Realm, letters []gov.Letter, days *calendar.Calendar, s gov.Stamp) error {
	if len(letters) == 0 {
		return nil
	}
	due := gov.UsualHours.Next(s.At, days)
	ids := gov.IDsFrom(s.At)
	for _, l := range letters {
		l.ID, l.Due, l.Made = ids.Next(), due, s.At
		if _, err := tx.AddLetter(ctx, l); err != nil {
			return err
		}
	}
	return a.mailJob(ctx, tx, r, due, s.At)
}

// mailJob makes the job that sends what is due at an instant, once.
func (a *App) mailJob(ctx context.Context, tx gov.Tx, r gov.Realm, due, now time.Time) error {
	_, err := tx.AddJob(ctx, gov.Job{Realm: r, ID: gov.NewID(now), Kind: JobMail, Key: due.UTC().Format(time.RFC3339Nano), Payload: "{}",
		State: gov.JobWaiting, Due: due, Made: now})
	return err
}

// urge sends word to the office that leads, within the step that urges. Where no mail server was named, the step itself is all.
func (a *App) urge(ctx context.Context, tx gov.Tx, m gov.Matter, s gov.Stamp) error {
	if !a.mail {
		return nil
	}
	days, err := a.days()
	if err != nil {
		return err
	}
	people, err := a.recipients(ctx, tx, m.Realm)
	if err != nil {
		return err
	}
	bodies, err := bodiesOf(ctx, tx, m)
	if err != nil {
		return err
	}
	var letters []gov.Letter
	for _, rc := range people {
		if !rc.choice.Reminders || rc.account.ID == s.By || !rc.hears(bodies, gov.RemindLead) {
			continue
		}
		l := gov.Letter{Realm: m.Realm, Account: rc.account.ID, Kind: gov.LetterUrge, Key: "urge/" + string(m.ID) + "/" + s.At.Format(time.RFC3339Nano) + "/" + string(rc.account.ID)}
		err = errors.Join(err, l.SetItems([]gov.LetterItem{{Matter: m.ID, Rule: string(gov.ActUrge)}}))
		letters = append(letters, l)
	}
	return errors.Join(err, a.post(ctx, tx, m.Realm, letters, days, s))
}
