package app_test

import (
	"fmt"
	"testing"

	"haicap/internal/gov"
)

// What it costs that names are sealed: finding an account with its name, against the account alone, and a list of a thousand.
func BenchmarkSealedNames(b *testing.B) {
	h := begin(b, "25")
	for i := range 1000 {
		err := h.Store().Update(h.ctx, func(tx gov.Tx) error {
			return tx.CreateAccount(h.ctx, gov.Account{Realm: h.holding.Realm, ID: gov.ID(fmt.Sprintf("a%04d", i)), Login: fmt.Sprintf("a%04d", i),
				Name: "Nguyễn Văn An", Agency: h.holding.Agency})
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	for name, s := range map[string]gov.Store{"sealed": h.Store(), "bare": h.store} {
		b.Run(name+"/one", func(b *testing.B) {
			for b.Loop() {
				if err := s.View(h.ctx, func(tx gov.Tx) error { _, err := tx.Account(h.ctx, h.holding.Realm, "a0500"); return err }); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/thousand", func(b *testing.B) {
			for b.Loop() {
				if err := s.View(h.ctx, func(tx gov.Tx) error { _, err := tx.Accounts(h.ctx, h.holding.Realm); return err }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
