package storetest

import (
	"errors"
	"sync"

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

var auditCases = []testCase{
	{"lines are chained, each realm for itself", func(b *book) {
		var want []gov.AuditLine
		for _, action := range []string{"document.file", "review.confirm", "matter.answer"} {
			line := b.line(action)
			b.update(func(tx gov.Tx) error {
				kept, err := tx.AppendAudit(ctx, line)
				if err != nil {
					return err
				}
				want = append(want, kept)
				line.Realm = Realm + 1
				_, err = tx.AppendAudit(ctx, line)
				return err
			})
		}
		got := b.lines(Realm)
		same(b, "lines", got, want)
		same(b, "first line that is wrong", gov.VerifyAudit(nil, got), int64(0))
		same(b, "last seq", got[2].Seq, int64(3))
		same(b, "other realm's first line that is wrong", gov.VerifyAudit(nil, b.lines(Realm+1)), int64(0))
		got[1].Action = "document.read"
		same(b, "a changed line is named", gov.VerifyAudit(nil, got), int64(2))
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
			first, err := tx.AuditLines(ctx, Realm, 0, 2)
			if err != nil {
				return err
			}
			rest, err := tx.AuditLines(ctx, Realm, 2, 10)
			same(b, "stretches", []int{len(first), len(rest)}, []int{2, 3})
			same(b, "first line that is wrong after the first stretch", gov.VerifyAudit(&first[1], rest), int64(0))
			return err
		})
	}},
	{"a change that fails leaves no line", func(b *book) {
		_ = b.store.Update(ctx, func(tx gov.Tx) error {
			_, _ = tx.AppendAudit(ctx, b.line("document.file"))
			return errors.New("stop")
		})
		same(b, "lines", len(b.lines(Realm)), 0)
	}},
	{"lines written at the same time stay one chain", func(b *book) {
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
		lines := b.lines(Realm)
		same(b, "lines", len(lines), writers*rounds)
		same(b, "first line that is wrong", gov.VerifyAudit(nil, lines), int64(0))
	}},
}
