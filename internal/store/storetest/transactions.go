package storetest

import (
	"context"
	"errors"
	"math"
	"strconv"
	"sync"

	"haicap/internal/gov"
)

var transactionCases = []testCase{
	{"an error keeps nothing", func(b *book) {
		stop := errors.New("stop")
		var d gov.Document
		err := b.store.Update(ctx, func(tx gov.Tx) error {
			d = gov.Document{Realm: Realm, ID: b.id(), Holder: b.agency, Blob: "x", FiledAt: b.now}
			if err := tx.CreateDocument(ctx, d); err != nil {
				return err
			}
			if _, err := tx.Document(ctx, Realm, d.ID); err != nil {
				b.Errorf("a transaction does not see its own change: %v", err)
			}
			return stop
		})
		if !errors.Is(err, stop) {
			b.Errorf("Update gives %v; want the function's own error", err)
		}
		b.missing(func(tx gov.Tx) error { _, err := tx.Document(ctx, Realm, d.ID); return err })
	}},
	{"a panic keeps nothing and frees the store", func(b *book) {
		func() {
			defer func() { _ = recover() }()
			_ = b.store.Update(ctx, func(tx gov.Tx) error {
				_ = tx.CreateHolding(ctx, gov.Holding{Realm: 9, Since: b.now})
				panic("stop")
			})
		}()
		b.update(func(tx gov.Tx) error {
			list, err := tx.Holdings(ctx)
			same(b, "holdings", len(list), 0)
			return err
		})
	}},
	{"a failed statement fails the whole, even when its error is swallowed", func(b *book) {
		d := b.document()
		b.refused(gov.Conflict, func(tx gov.Tx) error {
			_ = tx.CreateHolding(ctx, gov.Holding{Realm: 9, Since: b.now})
			_ = tx.CreateDocument(ctx, d)
			return nil
		})
		b.view(func(tx gov.Tx) error {
			list, err := tx.Holdings(ctx)
			same(b, "holdings", len(list), 0)
			return err
		})
	}},
	{"a record that is not there does not fail the whole", func(b *book) {
		b.update(func(tx gov.Tx) error {
			if _, err := tx.Document(ctx, Realm, "none"); !gov.IsNotFound(err) {
				b.Errorf("Document: %v", err)
			}
			return tx.CreateHolding(ctx, gov.Holding{Realm: 9, Since: b.now})
		})
	}},
	{"a view changes nothing", func(b *book) {
		err := b.store.View(ctx, func(tx gov.Tx) error { return tx.CreateHolding(ctx, gov.Holding{Realm: 9, Since: b.now}) })
		if err == nil {
			b.Error("a view could write")
		}
		b.view(func(tx gov.Tx) error {
			list, err := tx.Holdings(ctx)
			same(b, "holdings", len(list), 0)
			return err
		})
	}},
	{"a view is one picture", func(b *book) {
		b.view(func(tx gov.Tx) error {
			before, err := tx.Agencies(ctx, Realm)
			if err != nil {
				return err
			}
			b.update(func(tx gov.Tx) error {
				return tx.CreateAgency(ctx, gov.Agency{Realm: Realm, ID: b.id(), Name: "Sở Tài chính"})
			})
			after, err := tx.Agencies(ctx, Realm)
			same(b, "agencies in the picture", len(after), len(before))
			return err
		})
	}},
	{"updates at the same time are as if one after the other", func(b *book) {
		const writers, rounds = 6, 5
		s := b.session("2025-12-24")
		var wg sync.WaitGroup
		for range writers {
			wg.Go(func() {
				for range rounds {
					err := b.store.Update(ctx, func(tx gov.Tx) error {
						s, err := tx.Session(ctx, Realm, s.ID)
						if err != nil {
							return err
						}
						n, _ := strconv.Atoi(s.Place) // "Hội trường" counts as 0
						s.Place = strconv.Itoa(n + 1)
						return tx.UpdateSession(ctx, s)
					})
					if err != nil {
						b.Errorf("Update: %v", err)
					}
				}
			})
		}
		wg.Wait()
		b.view(func(tx gov.Tx) error {
			s, err := tx.Session(ctx, Realm, s.ID)
			same(b, "count", s.Place, strconv.Itoa(writers*rounds))
			return err
		})
	}},
	{"two that read before either writes do not both win", func(b *book) {
		// Write skew: each adds an agency only where it sees fewer than two.
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				err := b.store.Update(ctx, func(tx gov.Tx) error {
					list, err := tx.Agencies(ctx, Realm)
					if err != nil || len(list) >= 2 {
						return err
					}
					return tx.CreateAgency(ctx, gov.Agency{Realm: Realm, ID: gov.NewID(b.now), Name: "Sở Xây dựng"})
				})
				if err != nil {
					b.Errorf("Update: %v", err)
				}
			})
		}
		wg.Wait()
		b.view(func(tx gov.Tx) error {
			list, err := tx.Agencies(ctx, Realm)
			same(b, "agencies", len(list), 2)
			return err
		})
	}},
	{"a caller who gave up is told so", func(b *book) {
		gone, cancel := context.WithCancel(ctx)
		cancel()
		err := b.store.Update(gone, func(tx gov.Tx) error { return nil })
		same(b, "code", gov.CodeOf(err), gov.Unavailable)
		err = b.store.View(gone, func(tx gov.Tx) error { return nil })
		same(b, "code", gov.CodeOf(err), gov.Unavailable)
	}},
	{"texts and numbers that one engine cannot keep are refused by both", func(b *book) {
		for _, bad := range []string{"a\x00b", "a\xffb"} {
			b.refused(gov.Invalid, func(tx gov.Tx) error {
				return tx.CreateAgency(ctx, gov.Agency{Realm: Realm, ID: b.id(), Name: bad})
			})
		}
		for _, bad := range []float64{math.NaN(), math.Inf(1)} {
			b.refused(gov.Invalid, func(tx gov.Tx) error {
				return tx.CreateFigure(ctx, gov.Figure{Realm: Realm, ID: b.id(), Claim: gov.Claim{Value: bad}})
			})
		}
	}},
}
