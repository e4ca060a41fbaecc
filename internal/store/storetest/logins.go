package storetest

import (
	"time"

	"haicap/internal/gov"
)

// login is a login of the account that was seen at a minute of its hour.
func (b *book) login(a gov.Account, hash string, minute int) gov.Login {
	return gov.Login{Realm: a.Realm, Hash: hash, ID: b.id(), Account: a.ID, Device: "Firefox, Máy bàn", Since: b.now, Until: b.now.Add(time.Hour),
		Seen: b.now.Add(time.Duration(minute) * time.Minute), Proved: b.now}
}

var loginCases = []testCase{
	{"logins begin, are seen and end", func(b *book) {
		a := b.account("vanthu")
		l, later := b.login(a, "h1", 1), b.login(a, "h2", 2)
		later.Until = later.Until.Add(time.Hour)
		for _, v := range []gov.Login{l, later} {
			b.update(func(tx gov.Tx) error { return tx.CreateLogin(ctx, v) })
		}
		b.update(func(tx gov.Tx) error { return tx.SeeLogin(ctx, "none", b.now) })
		l.Seen = b.now.Add(30 * time.Minute)
		b.update(func(tx gov.Tx) error { return tx.SeeLogin(ctx, "h1", l.Seen) })
		b.view(func(tx gov.Tx) error {
			got, err := tx.Login(ctx, "h1")
			same(b, "login", got, l)
			if err != nil {
				return err
			}
			list, err := tx.LoginsOf(ctx, Realm, a.ID)
			sameIDs(b, "logins, the latest seen first", list, func(l gov.Login) gov.ID { return l.ID }, l.ID, later.ID)
			return err
		})
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.CreateLogin(ctx, l) })
		b.update(func(tx gov.Tx) error { return tx.DeleteLoginsUntil(ctx, l.Until) })
		b.missing(func(tx gov.Tx) error { _, err := tx.Login(ctx, "h1"); return err })
		for range 2 {
			b.update(func(tx gov.Tx) error {
				if _, err := tx.Login(ctx, "h2"); err != nil && !gov.IsNotFound(err) {
					return err
				}
				return tx.DeleteLogin(ctx, "h2")
			})
		}
		b.missing(func(tx gov.Tx) error { _, err := tx.Login(ctx, "h2"); return err })
	}},
	{"all logins of an account but one end", func(b *book) {
		a, other := b.account("vanthu"), b.account("chuyenvien")
		keep, gone, foreign := b.login(a, "h1", 1), b.login(a, "h2", 2), b.login(other, "h3", 3)
		for _, v := range []gov.Login{keep, gone, foreign} {
			b.update(func(tx gov.Tx) error { return tx.CreateLogin(ctx, v) })
		}
		left := func(account gov.ID, want ...gov.ID) {
			b.Helper()
			b.view(func(tx gov.Tx) error {
				list, err := tx.LoginsOf(ctx, Realm, account)
				sameIDs(b, "logins", list, func(l gov.Login) gov.ID { return l.ID }, want...)
				return err
			})
		}
		b.update(func(tx gov.Tx) error { return tx.DeleteLoginsOf(ctx, Realm, a.ID, keep.ID) })
		left(a.ID, keep.ID)
		b.update(func(tx gov.Tx) error { return tx.DeleteLoginsOf(ctx, Realm, a.ID, "") })
		left(a.ID)
		left(other.ID, foreign.ID)
	}},
	{"devices are known until they end", func(b *book) {
		a, other := b.account("vanthu"), b.account("chuyenvien")
		until := b.now.Add(time.Hour)
		known := func(account gov.ID, hash string, now time.Time, want bool) {
			b.Helper()
			b.view(func(tx gov.Tx) error {
				got, err := tx.KnowsDevice(ctx, Realm, account, hash, now)
				same(b, "known", got, want)
				return err
			})
		}
		known(a.ID, "d", b.now, false)
		for range 2 {
			b.update(func(tx gov.Tx) error { return tx.KnowDevice(ctx, Realm, a.ID, "d", until) })
		}
		known(a.ID, "d", b.now, true)
		known(a.ID, "d", until, false)
		known(a.ID, "e", b.now, false)
		known(other.ID, "d", b.now, false)
		b.update(func(tx gov.Tx) error { return tx.ForgetDevices(ctx, Realm, a.ID, until.Add(-1)) })
		known(a.ID, "d", b.now, true)
		b.update(func(tx gov.Tx) error { return tx.ForgetDevices(ctx, Realm, a.ID, until) })
		known(a.ID, "d", b.now, false)
	}},
	{"tickets are of a kind and for a time", func(b *book) {
		a := b.account("vanthu")
		k := gov.Ticket{Realm: Realm, Hash: "t1", Kind: gov.TicketLink, Account: a.ID, Body: `{"a":"ờ"}`, Until: b.now.Add(time.Hour)}
		nobody := gov.Ticket{Hash: "t2", Kind: gov.TicketPasskey, Until: b.now.Add(2 * time.Hour)}
		b.update(func(tx gov.Tx) error { return tx.CreateTicket(ctx, k) })
		b.update(func(tx gov.Tx) error { return tx.CreateTicket(ctx, nobody) })
		b.view(func(tx gov.Tx) error {
			got, err := tx.Ticket(ctx, gov.TicketLink, "t1", b.now)
			same(b, "ticket", got, k)
			return err
		})
		none := func(kind gov.TicketKind, hash string, now time.Time) {
			b.Helper()
			b.missing(func(tx gov.Tx) error { _, err := tx.Ticket(ctx, kind, hash, now); return err })
		}
		none(gov.TicketSecond, "t1", b.now)
		none(gov.TicketLink, "t1", k.Until)
		none(gov.TicketLink, "t3", b.now)
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.CreateTicket(ctx, k) })
		b.update(func(tx gov.Tx) error { return tx.DeleteTicketsOf(ctx, Realm, a.ID, gov.TicketSecond) })
		b.view(func(tx gov.Tx) error { _, err := tx.Ticket(ctx, gov.TicketLink, "t1", b.now); return err })
		b.update(func(tx gov.Tx) error { return tx.DeleteTicketsOf(ctx, Realm, a.ID, gov.TicketLink) })
		none(gov.TicketLink, "t1", b.now)
		b.update(func(tx gov.Tx) error { return tx.DeleteTicketsUntil(ctx, nobody.Until.Add(-1)) })
		b.view(func(tx gov.Tx) error { _, err := tx.Ticket(ctx, gov.TicketPasskey, "t2", b.now); return err })
		b.update(func(tx gov.Tx) error { return tx.DeleteTicketsUntil(ctx, nobody.Until) })
		none(gov.TicketPasskey, "t2", b.now)
		b.update(func(tx gov.Tx) error { return tx.DeleteTicket(ctx, "t2") })
	}},
	{"codes of a phone, and recovery codes that are used once", func(b *book) {
		a := b.account("vanthu")
		f := gov.CodeFactor{Realm: Realm, Account: a.ID, Sealed: "s1", Since: b.now}
		b.missing(func(tx gov.Tx) error { _, err := tx.CodeFactor(ctx, Realm, a.ID); return err })
		b.update(func(tx gov.Tx) error { return tx.SetCodeFactor(ctx, f) })
		b.update(func(tx gov.Tx) error { return tx.SetRecoveryCodes(ctx, Realm, a.ID, []string{"r1", "r2", "r3"}) })
		f.Step, f.Sealed = 58000000, "s2"
		b.update(func(tx gov.Tx) error { return tx.SetCodeFactor(ctx, f) })
		count := func(want int) {
			b.Helper()
			b.view(func(tx gov.Tx) error {
				n, err := tx.CountRecoveryCodes(ctx, Realm, a.ID)
				same(b, "recovery codes", n, want)
				return err
			})
		}
		b.view(func(tx gov.Tx) error {
			got, err := tx.CodeFactor(ctx, Realm, a.ID)
			same(b, "code factor", got, f)
			return err
		})
		count(3)
		b.update(func(tx gov.Tx) error { return tx.UseRecoveryCode(ctx, Realm, a.ID, "r2") })
		b.refused(gov.NotFound, func(tx gov.Tx) error { return tx.UseRecoveryCode(ctx, Realm, a.ID, "r2") })
		count(2)
		b.update(func(tx gov.Tx) error { return tx.DeleteCodeFactor(ctx, Realm, a.ID) })
		b.missing(func(tx gov.Tx) error { _, err := tx.CodeFactor(ctx, Realm, a.ID); return err })
		count(0)
	}},
	{"passkeys", func(b *book) {
		a := b.account("vanthu")
		k := gov.Passkey{Realm: Realm, Account: a.ID, ID: "c-1_", Name: "Điện thoại", Record: `{"k":1}`, Since: b.now}
		second := gov.Passkey{Realm: Realm, Account: a.ID, ID: "a", Name: "Khóa USB", Record: `{}`, Since: b.now.Add(time.Second)}
		b.update(func(tx gov.Tx) error { return tx.CreatePasskey(ctx, second) })
		b.update(func(tx gov.Tx) error { return tx.CreatePasskey(ctx, k) })
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.CreatePasskey(ctx, k) })
		k.Record, k.Used = `{"k":2}`, b.now.Add(time.Hour)
		b.update(func(tx gov.Tx) error { return tx.UpdatePasskey(ctx, k) })
		b.view(func(tx gov.Tx) error {
			got, err := tx.Passkeys(ctx, Realm, a.ID)
			same(b, "passkeys", got, []gov.Passkey{k, second})
			return err
		})
		b.update(func(tx gov.Tx) error { return tx.DeletePasskey(ctx, Realm, a.ID, "a") })
		b.refused(gov.NotFound, func(tx gov.Tx) error { return tx.UpdatePasskey(ctx, second) })
		b.refused(gov.NotFound, func(tx gov.Tx) error {
			return tx.CreatePasskey(ctx, gov.Passkey{Realm: Realm, Account: "none", ID: "x", Since: b.now})
		})
	}},
	{"subjects of a single sign-on", func(b *book) {
		a := b.account("vanthu")
		s := gov.Subject{Issuer: "https://sso.example", Subject: "42", Realm: Realm, Account: a.ID, Since: b.now}
		b.update(func(tx gov.Tx) error { return tx.CreateSubject(ctx, s) })
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.CreateSubject(ctx, s) })
		b.view(func(tx gov.Tx) error {
			got, err := tx.Subject(ctx, s.Issuer, "42")
			same(b, "subject", got, s)
			if err != nil {
				return err
			}
			list, err := tx.SubjectsOf(ctx, Realm, a.ID)
			same(b, "subjects", list, []gov.Subject{s})
			return err
		})
		b.missing(func(tx gov.Tx) error { _, err := tx.Subject(ctx, "https://other.example", "42"); return err })
		b.update(func(tx gov.Tx) error { return tx.DeleteSubjectsOf(ctx, Realm, a.ID) })
		b.missing(func(tx gov.Tx) error { _, err := tx.Subject(ctx, s.Issuer, "42"); return err })
	}},
	{"throttles", func(b *book) {
		until := b.now.Add(time.Hour)
		read := func(want time.Time) {
			b.Helper()
			b.view(func(tx gov.Tx) error {
				got, err := tx.Throttle(ctx, "k")
				same(b, "throttle", got, want)
				return err
			})
		}
		read(time.Time{})
		b.update(func(tx gov.Tx) error { return tx.SetThrottle(ctx, "k", b.now) })
		b.update(func(tx gov.Tx) error { return tx.SetThrottle(ctx, "k", until) })
		read(until)
		b.update(func(tx gov.Tx) error { return tx.DeleteThrottlesUntil(ctx, until.Add(-1)) })
		read(until)
		b.update(func(tx gov.Tx) error { return tx.DeleteThrottlesUntil(ctx, until) })
		read(time.Time{})
	}},
}
