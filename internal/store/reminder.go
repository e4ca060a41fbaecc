package store

import (
	"context"
	"time"

	"haicap/internal/gov"
)

const (
	reminderColumns   = "realm, matter, rule, due, made_at"
	mailChoiceColumns = "realm, account, reminders, digest, since"
	feedColumns       = "realm, account, hash, since"
)

var (
	sqlInsertReminder = statement(insertInto("reminder", reminderColumns) + " ON CONFLICT (realm, matter, rule, due) DO NOTHING")
	sqlRemindersOf    = statement("SELECT " + reminderColumns + " FROM reminder WHERE realm = $1 AND matter = $2 ORDER BY made_at, due, rule")

	sqlSetMailChoice = statement(insertInto("mail_choice", mailChoiceColumns) +
		" ON CONFLICT (realm, account) DO UPDATE SET reminders = excluded.reminders, digest = excluded.digest, since = excluded.since")
	sqlMailChoice  = statement("SELECT " + mailChoiceColumns + " FROM mail_choice WHERE realm = $1 AND account = $2")
	sqlMailChoices = statement("SELECT " + mailChoiceColumns + " FROM mail_choice WHERE realm = $1 ORDER BY account")

	sqlInsertFeed = statement(insertInto("feed", feedColumns))
	sqlFeed       = statement("SELECT " + feedColumns + " FROM feed WHERE hash = $1")
	sqlFeedOf     = statement("SELECT " + feedColumns + " FROM feed WHERE realm = $1 AND account = $2")
	sqlDeleteFeed = statement("DELETE FROM feed WHERE realm = $1 AND account = $2")
)

func scanReminder(r row) (m gov.Reminder, err error) {
	err = r.Scan(&m.Realm, &m.Matter, &m.Rule, &m.Due, at{&m.At})
	return m, err
}

func (t *tx) AddReminders(ctx context.Context, list []gov.Reminder) ([]gov.Reminder, error) {
	var fresh []gov.Reminder
	for _, m := range list {
		n, err := t.exec(ctx, sqlInsertReminder, m.Realm, m.Matter, m.Rule, m.Due, m.At)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			fresh = append(fresh, m)
		}
	}
	return fresh, nil
}

func (t *tx) RemindersOf(ctx context.Context, r gov.Realm, matter gov.ID) ([]gov.Reminder, error) {
	f := asked(r, matter)
	if t.whole() {
		return many(ctx, t, scanReminder, sqlRemindersOf, f.args...)
	}
	return many(ctx, t, scanReminder, "SELECT "+reminderColumns+" FROM reminder WHERE realm = $1 AND matter = $2 AND "+f.owned(t, "matter", "matter")+
		" ORDER BY made_at, due, rule", f.args...)
}

func scanMailChoice(r row) (c gov.MailChoice, err error) {
	err = r.Scan(&c.Realm, &c.Account, &c.Reminders, &c.Digest, at{&c.Since})
	return c, err
}

func (t *tx) SetMailChoice(ctx context.Context, c gov.MailChoice) error {
	return t.put(ctx, sqlSetMailChoice, c.Realm, c.Account, c.Reminders, c.Digest, c.Since)
}

func (t *tx) MailChoice(ctx context.Context, r gov.Realm, account gov.ID) (gov.MailChoice, error) {
	c, err := one(ctx, t, scanMailChoice, sqlMailChoice, r, account)
	if gov.IsNotFound(err) {
		return gov.MailChoice{Realm: r, Account: account, Since: time.Time{}}, nil
	}
	return c, err
}

func (t *tx) MailChoices(ctx context.Context, r gov.Realm) ([]gov.MailChoice, error) {
	all, err := many(ctx, t, scanMailChoice, sqlMailChoices, r)
	var list []gov.MailChoice
	for _, c := range all {
		if c.Reminders || c.Digest {
			list = append(list, c)
		}
	}
	return list, err
}

func scanFeed(r row) (f gov.Feed, err error) {
	err = r.Scan(&f.Realm, &f.Account, &f.Hash, at{&f.Since})
	return f, err
}

func (t *tx) SetFeed(ctx context.Context, f gov.Feed) error {
	if err := t.put(ctx, sqlDeleteFeed, f.Realm, f.Account); err != nil {
		return err
	}
	return t.put(ctx, sqlInsertFeed, f.Realm, f.Account, f.Hash, f.Since)
}

func (t *tx) Feed(ctx context.Context, hash string) (gov.Feed, error) {
	return one(ctx, t, scanFeed, sqlFeed, hash)
}

func (t *tx) FeedOf(ctx context.Context, r gov.Realm, account gov.ID) (gov.Feed, error) {
	return one(ctx, t, scanFeed, sqlFeedOf, r, account)
}

func (t *tx) DeleteFeed(ctx context.Context, r gov.Realm, account gov.ID) error {
	return t.put(ctx, sqlDeleteFeed, r, account)
}
