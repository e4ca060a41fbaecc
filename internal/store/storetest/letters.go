package storetest

import (
	"sync"
	"time"

	"haicap/internal/gov"
)

// holder makes an account of the book's agency.
func (b *book) holder() gov.ID {
	id := b.id()
	b.update(func(tx gov.Tx) error {
		return tx.CreateAccount(ctx, gov.Account{Realm: Realm, ID: id, Login: "a." + string(id), Agency: b.agency})
	})
	return id
}

// letter makes a letter that is due now.
func (b *book) letter(key string) gov.Letter {
	return gov.Letter{Realm: Realm, ID: b.id(), Account: "a", Kind: gov.LetterReminder, Key: key, Body: `[{"m":"x","r":"on"}]`, State: gov.LetterWaiting,
		Due: instantOf(b.now), Made: instantOf(b.now)}
}

func (b *book) addLetter(l gov.Letter) (added bool) {
	b.Helper()
	b.update(func(tx gov.Tx) (err error) { added, err = tx.AddLetter(ctx, l); return err })
	return added
}

func (b *book) takeLetter(now time.Time) (l gov.Letter) {
	b.Helper()
	b.update(func(tx gov.Tx) (err error) {
		l, err = tx.TakeLetter(ctx, Realm, now, now.Add(time.Minute))
		if gov.IsNotFound(err) {
			l, err = gov.Letter{}, nil
		}
		return err
	})
	return l
}

func letterID(l gov.Letter) gov.ID { return l.ID }

var letterCases = []testCase{
	{"one letter for a key, also after it was sent", func(b *book) {
		l := b.letter("remind/2026-01-15/a")
		same(b, "added", b.addLetter(l), true)
		again := b.letter(l.Key)
		same(b, "added again", b.addLetter(again), false)
		other := again
		other.Realm = Realm + 1
		same(b, "added in another realm", b.addLetter(other), true)
		want := l
		want.State, want.Attempts, want.Due = gov.LetterSending, 1, instantOf(b.now.Add(time.Minute))
		same(b, "taken", b.takeLetter(instantOf(b.now)), want)
		same(b, "taken twice", b.takeLetter(instantOf(b.now)), gov.Letter{})
		want.State, want.Ended = gov.LetterSent, instantOf(b.now)
		b.update(func(tx gov.Tx) error { return tx.UpdateLetter(ctx, want) })
		same(b, "added when it was sent", b.addLetter(again), false)
		b.view(func(tx gov.Tx) error {
			got, err := tx.Letter(ctx, Realm, l.ID)
			same(b, "kept", got, want)
			return err
		})
		b.missing(func(tx gov.Tx) error { _, err := tx.Letter(ctx, Realm+1, l.ID); return err })
	}},
	{"a letter is not taken before it is due, the longest due first", func(b *book) {
		first, second := b.letter("1"), b.letter("2")
		second.Due = first.Due.Add(-time.Hour)
		later := b.letter("3")
		later.Due = instantOf(b.now.Add(time.Hour))
		for _, l := range []gov.Letter{first, second, later} {
			b.addLetter(l)
		}
		now := instantOf(b.now)
		sameIDs(b, "order", []gov.Letter{b.takeLetter(now), b.takeLetter(now)}, letterID, second.ID, first.ID)
		same(b, "not due", b.takeLetter(now), gov.Letter{})
		b.view(func(tx gov.Tx) error {
			list, err := tx.LettersIn(ctx, Realm, gov.LetterWaiting, 10)
			sameIDs(b, "waiting", list, letterID, later.ID)
			return err
		})
	}},
	{"whoever lost a letter cannot end it; what was being sent when the program ended is unclear", func(b *book) {
		b.addLetter(b.letter("1"))
		now := instantOf(b.now)
		l := b.takeLetter(now)
		lost := 0
		take := func(at time.Time) {
			b.update(func(tx gov.Tx) (err error) { lost, err = tx.LostLetters(ctx, Realm, at); return err })
		}
		take(now)
		same(b, "lost within the lease", lost, 0)
		take(now.Add(time.Minute))
		same(b, "lost after it", lost, 1)
		same(b, "taken again by itself", b.takeLetter(now.Add(time.Hour)), gov.Letter{})
		b.view(func(tx gov.Tx) error {
			list, err := tx.LettersIn(ctx, Realm, gov.LetterUnclear, 10)
			sameIDs(b, "unclear", list, letterID, l.ID)
			counts, err2 := tx.CountLetters(ctx, Realm)
			same(b, "counts", counts, map[gov.LetterState]int{gov.LetterUnclear: 1})
			if err == nil {
				err = err2
			}
			return err
		})
		stale := l
		stale.Attempts = 0
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.UpdateLetter(ctx, stale) })
		gone := l
		gone.ID = "nobody"
		b.refused(gov.NotFound, func(tx gov.Tx) error { return tx.UpdateLetter(ctx, gone) })
	}},
	{"what was sent long ago is cleared away, what failed stays", func(b *book) {
		for i, s := range []gov.LetterState{gov.LetterSent, gov.LetterFailed, gov.LetterDropped, gov.LetterUnclear} {
			l := b.letter(string(s))
			b.addLetter(l)
			l = b.takeLetter(instantOf(b.now))
			l.State, l.Ended = s, instantOf(b.now.Add(time.Duration(i)*time.Second))
			b.update(func(tx gov.Tx) error { return tx.UpdateLetter(ctx, l) })
		}
		b.update(func(tx gov.Tx) error { return tx.DeleteLetters(ctx, Realm, b.now.Add(time.Hour)) })
		b.view(func(tx gov.Tx) error {
			counts, err := tx.CountLetters(ctx, Realm)
			same(b, "counts", counts, map[gov.LetterState]int{gov.LetterFailed: 1, gov.LetterUnclear: 1})
			return err
		})
	}},
	{"no two servers send one letter", func(b *book) {
		for i := range 8 {
			b.addLetter(b.letter(string(rune('a' + i))))
		}
		now := instantOf(b.now)
		var mu sync.Mutex
		taken := map[gov.ID]int{}
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				for range 40 {
					var l gov.Letter
					err := b.store.Update(ctx, func(tx gov.Tx) (err error) {
						l, err = tx.TakeLetter(ctx, Realm, now, now.Add(time.Minute))
						return err
					})
					if gov.IsNotFound(err) {
						return
					}
					if err == nil {
						mu.Lock()
						taken[l.ID]++
						mu.Unlock()
					}
				}
			})
		}
		all.Wait()
		if len(taken) != 8 {
			b.Errorf("%d letters were taken", len(taken))
		}
		for id, n := range taken {
			if n != 1 {
				b.Errorf("%s was taken %d times", id, n)
			}
		}
	}},
}

var reminderCases = []testCase{
	{"a rule speaks of a due day once, and again when the day moved", func(b *book) {
		m := gov.Reminder{Realm: Realm, Matter: b.id(), Rule: "before", Due: "2026-01-20", At: instantOf(b.now)}
		moved := m
		moved.Due, moved.At = "2026-02-20", instantOf(b.now.Add(time.Hour))
		add := func(list ...gov.Reminder) (fresh []gov.Reminder) {
			b.update(func(tx gov.Tx) (err error) { fresh, err = tx.AddReminders(ctx, list); return err })
			return fresh
		}
		same(b, "first", add(m), []gov.Reminder{m})
		again := m
		again.At = moved.At
		same(b, "again", add(again, moved), []gov.Reminder{moved})
		b.view(func(tx gov.Tx) error {
			list, err := tx.RemindersOf(ctx, Realm, m.Matter)
			same(b, "kept", list, []gov.Reminder{m, moved})
			far, err2 := tx.Within(gov.Reach{Agencies: []gov.ID{"another"}}).RemindersOf(ctx, Realm, m.Matter)
			same(b, "beyond reach", len(far), 0)
			if err == nil {
				err = err2
			}
			return err
		})
	}},
	{"nobody gets mail who did not say so", func(b *book) {
		id := b.holder()
		b.view(func(tx gov.Tx) error {
			c, err := tx.MailChoice(ctx, Realm, id)
			same(b, "without a word", c, gov.MailChoice{Realm: Realm, Account: id})
			return err
		})
		c := gov.MailChoice{Realm: Realm, Account: id, Reminders: true, Digest: true, Since: instantOf(b.now)}
		b.update(func(tx gov.Tx) error { return tx.SetMailChoice(ctx, c) })
		c.Reminders = false
		b.update(func(tx gov.Tx) error { return tx.SetMailChoice(ctx, c) })
		b.view(func(tx gov.Tx) error {
			list, err := tx.MailChoices(ctx, Realm)
			same(b, "choices", list, []gov.MailChoice{c})
			return err
		})
		c.Digest = false
		b.update(func(tx gov.Tx) error { return tx.SetMailChoice(ctx, c) })
		b.view(func(tx gov.Tx) error {
			list, err := tx.MailChoices(ctx, Realm)
			same(b, "nothing wanted", len(list), 0)
			return err
		})
	}},
	{"an account has one calendar; a new address ends the old", func(b *book) {
		id := b.holder()
		old := gov.Feed{Realm: Realm, Account: id, Hash: "old", Since: instantOf(b.now)}
		now := old
		now.Hash = "new"
		b.update(func(tx gov.Tx) error { return tx.SetFeed(ctx, old) })
		b.update(func(tx gov.Tx) error { return tx.SetFeed(ctx, now) })
		b.missing(func(tx gov.Tx) error { _, err := tx.Feed(ctx, "old"); return err })
		b.view(func(tx gov.Tx) error {
			got, err := tx.Feed(ctx, "new")
			same(b, "by its address", got, now)
			own, err2 := tx.FeedOf(ctx, Realm, id)
			same(b, "of the account", own, now)
			if err == nil {
				err = err2
			}
			return err
		})
		b.update(func(tx gov.Tx) error { return tx.DeleteFeed(ctx, Realm, id) })
		b.update(func(tx gov.Tx) error { return tx.DeleteFeed(ctx, Realm, id) })
		b.missing(func(tx gov.Tx) error { _, err := tx.FeedOf(ctx, Realm, id); return err })
	}},
}

var owedCases = []testCase{
	{"what is owed by several bodies and roles, each once, by due day", func(b *book) {
		task := func(due gov.Day, s gov.State, ps ...gov.Party) gov.Matter {
			return b.matter(func(m *gov.Matter) { m.Kind, m.State, m.Due, m.Parties = gov.Task, s, due, ps })
		}
		lead := gov.Party{Role: gov.RoleLead, Name: "UBND phường", Agency: b.agency, Unit: b.unit}
		named := gov.Party{Role: gov.RoleAssignee, Name: "UBND phường"}
		late := task("2026-01-10", gov.StateOpen, lead, named)
		soon := task("2026-01-20", gov.StateOpen, named)
		back := task("2026-01-05", gov.Returned, lead)
		open := task("", gov.StateOpen, lead)
		task("2026-01-01", gov.Completed, lead)
		task("2026-01-01", gov.StateOpen, gov.Party{Role: gov.RoleCoordinator, Name: "UBND phường", Agency: b.agency})
		b.matter(func(m *gov.Matter) { m.Parties = []gov.Party{lead} }) // a recommendation
		q := gov.OwedQuery{Kind: gov.Task, Roles: []gov.Role{gov.RoleLead, gov.RoleAssignee}, Places: []string{string(b.agency), "UBND phường"}}
		ask := func(what string, change func(q *gov.OwedQuery), want ...gov.ID) {
			b.Helper()
			q := q
			change(&q)
			b.view(func(tx gov.Tx) error {
				list, err := tx.OwedMatters(ctx, Realm, q)
				sameIDs(b, what, list, matterID, want...)
				n, err2 := tx.CountOwed(ctx, Realm, q)
				same(b, what+", counted", n, len(want))
				if err == nil {
					err = err2
				}
				return err
			})
		}
		ask("all", func(*gov.OwedQuery) {}, back.ID, late.ID, soon.ID, open.ID)
		ask("by state", func(q *gov.OwedQuery) { q.States = []gov.State{gov.StateOpen} }, late.ID, soon.ID, open.ID)
		ask("until a day", func(q *gov.OwedQuery) { q.Until = "2026-01-10" }, back.ID, late.ID)
		ask("from a day on", func(q *gov.OwedQuery) { q.From = "2026-01-10" }, late.ID, soon.ID)
		ask("by name alone", func(q *gov.OwedQuery) { q.Places = []string{"UBND phường"} }, late.ID, soon.ID)
		ask("nobody's", func(q *gov.OwedQuery) { q.Places = nil })
		ask("at most", func(q *gov.OwedQuery) { q.Limit = 2 }, back.ID, late.ID)
		b.view(func(tx gov.Tx) error {
			list, err := tx.OwedMatters(ctx, Realm, q)
			if len(list) == 0 || len(list[0].Parties) == 0 {
				b.Errorf("a matter without its parties: %+v", list)
			}
			far, err2 := tx.Within(gov.Reach{Agencies: []gov.ID{"another"}}).CountOwed(ctx, Realm, q)
			same(b, "beyond reach", far, 0)
			near, err3 := tx.Within(gov.Reach{Agencies: []gov.ID{b.agency}}).OwedMatters(ctx, Realm, q)
			sameIDs(b, "within reach", near, matterID, back.ID, late.ID, open.ID)
			for _, e := range []error{err2, err3} {
				if err == nil {
					err = e
				}
			}
			return err
		})
	}},
}
