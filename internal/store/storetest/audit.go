package storetest

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"haicap/internal/gov"
)

func (b *book) line(action string) gov.AuditLine {
	return gov.AuditLine{Realm: Realm, At: b.now, Account: b.id(), Action: action, Noun: "document", Record: b.id()}
}

func (b *book) lines(r gov.Realm) []gov.AuditLine {
	b.Helper()
	var lines []gov.AuditLine
	b.view(func(tx gov.Tx) (err error) {
		lines, err = tx.AuditLines(ctx, r, 0, 1000)
		return err
	})
	return lines
}

// append adds a line in a transaction of its own.
func (b *book) append(l gov.AuditLine) gov.AuditLine {
	b.Helper()
	b.update(func(tx gov.Tx) (err error) {
		l, err = tx.AppendAudit(ctx, l)
		return err
	})
	return l
}

// fits computes the tree of a realm's lines anew and compares all that the store keeps of it.
func (b *book) fits(r gov.Realm) {
	b.Helper()
	want := []gov.AuditHash{}
	at := tlog.HashReaderFunc(func(indexes []int64) (list []tlog.Hash, err error) {
		for _, n := range indexes {
			list = append(list, want[n].Hash)
		}
		return list, nil
	})
	lines := b.lines(r)
	for i, l := range lines {
		same(b, "seq", l.Seq, int64(i+1))
		hashes, err := tlog.StoredHashes(int64(i), l.Canonical(), at)
		if err != nil {
			b.Fatal(err)
		}
		for _, h := range hashes {
			want = append(want, gov.AuditHash{Index: int64(len(want)), Hash: h})
		}
	}
	b.view(func(tx gov.Tx) error {
		size, err1 := tx.AuditSize(ctx, r)
		tree, err2 := tx.AuditTree(ctx, r, 0, 10000)
		same(b, "size", size, int64(len(lines)))
		same(b, "tree", append([]gov.AuditHash{}, tree...), want)
		return errors.Join(err1, err2)
	})
}

var auditCases = []testCase{
	{"lines are numbered and hashed, each realm for itself", func(b *book) {
		var want []gov.AuditLine
		for _, action := range []string{"document.file", "review.confirm", "matter.answer", "matter.resolve", "login.end"} {
			line := b.line(action)
			want = append(want, b.append(line))
			line.Realm = Realm + 1
			b.append(line)
		}
		same(b, "lines", b.lines(Realm), want)
		b.fits(Realm)
		b.fits(Realm + 1)
		b.fits(Realm + 2) // nothing there
	}},
	{"several in one transaction, read in stretches", func(b *book) {
		b.update(func(tx gov.Tx) error {
			for range 5 {
				if _, err := tx.AppendAudit(ctx, b.line("figure.enter")); err != nil {
					return err
				}
			}
			return nil
		})
		b.view(func(tx gov.Tx) error {
			first, err1 := tx.AuditLines(ctx, Realm, 0, 2)
			rest, err2 := tx.AuditLines(ctx, Realm, 2, 10)
			same(b, "stretches", []int{len(first), len(rest)}, []int{2, 3})
			tree, err3 := tx.AuditTree(ctx, Realm, 3, 2)
			same(b, "stretch of the tree", []int64{tree[0].Index, tree[1].Index}, []int64{3, 4})
			picked, err4 := tx.AuditHashes(ctx, Realm, []int64{4, 3, 4})
			same(b, "hashes by number", picked, []gov.AuditHash{tree[1], tree[0], tree[1]})
			return errors.Join(err1, err2, err3, err4)
		})
		b.missing(func(tx gov.Tx) error { _, err := tx.AuditHashes(ctx, Realm, []int64{0, 99}); return err })
		b.fits(Realm)
	}},
	{"a change that fails leaves no line and no hash", func(b *book) {
		_ = b.store.Update(ctx, func(tx gov.Tx) error {
			_, _ = tx.AppendAudit(ctx, b.line("document.file"))
			return errors.New("stop")
		})
		same(b, "lines", len(b.lines(Realm)), 0)
		b.fits(Realm)
	}},
	{"newest first, narrowed, page by page", func(b *book) {
		began := b.now
		var all []gov.AuditLine
		for i := range 12 {
			l := b.line([]string{"document.file", "document.open", "matter.answer"}[i%3])
			l.At = began.Add(time.Duration(i/2) * time.Hour) // two lines at each instant
			l.Account = gov.ID(fmt.Sprint("account", i%2))
			if i%3 == 2 {
				l.Noun = "matter"
			}
			all = append([]gov.AuditLine{b.append(l)}, all...)
		}
		for name, c := range map[string]struct {
			q    gov.AuditQuery
			keep func(l gov.AuditLine) bool
		}{
			"all":     {gov.AuditQuery{}, func(gov.AuditLine) bool { return true }},
			"account": {gov.AuditQuery{Account: "account1"}, func(l gov.AuditLine) bool { return l.Account == "account1" }},
			"action":  {gov.AuditQuery{Action: "document.open"}, func(l gov.AuditLine) bool { return l.Action == "document.open" }},
			"noun":    {gov.AuditQuery{Noun: "matter"}, func(l gov.AuditLine) bool { return l.Noun == "matter" }},
			"time": {gov.AuditQuery{From: began.Add(time.Hour), Until: began.Add(3 * time.Hour)},
				func(l gov.AuditLine) bool { return l.Seq >= 3 && l.Seq <= 6 }},
			"all at once": {gov.AuditQuery{Account: "account0", Action: "document.file", Noun: "document", From: began.Add(time.Second)},
				func(l gov.AuditLine) bool { return l.Seq == 7 }},
			"nothing": {gov.AuditQuery{Action: "document.burn"}, func(gov.AuditLine) bool { return false }},
		} {
			var want, got []gov.AuditLine
			for _, l := range all {
				if c.keep(l) {
					want = append(want, l)
				}
			}
			c.q.Page.Limit = 3
			for pages := 1; pages == 1 || c.q.Page.After != ""; pages++ {
				b.view(func(tx gov.Tx) error {
					list, next, err := tx.FindAudit(ctx, Realm, c.q)
					if len(list) > 3 || pages > 5 {
						b.Fatalf("%s: page %d has %d lines", name, pages, len(list))
					}
					got, c.q.Page.After = append(got, list...), next
					return err
				})
			}
			same(b, name, got, want)
		}
		b.view(func(tx gov.Tx) error {
			_, _, err := tx.FindAudit(ctx, Realm, gov.AuditQuery{Page: gov.Page{After: "x"}})
			same(b, "a cursor that is none", gov.CodeOf(err), gov.Invalid)
			return nil
		})
	}},
	{"lines written at the same time stay one log", func(b *book) {
		const writers, rounds = 6, 5
		line := b.line("document.file")
		var wg sync.WaitGroup
		for range writers {
			wg.Go(func() {
				for range rounds {
					err := b.store.Update(ctx, func(tx gov.Tx) error {
						_, err := tx.AppendAudit(ctx, line)
						return err
					})
					if err != nil {
						b.Errorf("Update: %v", err)
					}
				}
			})
		}
		wg.Wait()
		same(b, "lines", len(b.lines(Realm)), writers*rounds)
		b.fits(Realm)
	}},
}
