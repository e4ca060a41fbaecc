package storetest

import (
	"haicap/internal/gov"
)

var holdingCases = []testCase{
	{"kept and listed by realm", func(b *book) {
		two := gov.Holding{Realm: 2, Unit: gov.UnitKey{Code: "01", From: ""}, Agency: b.id(), Since: b.now}
		one := gov.Holding{Realm: 1, Unit: gov.UnitKey{Code: "25", From: "2025-07-01"}, Agency: b.id(), Since: b.now}
		for _, h := range []gov.Holding{two, one} {
			b.update(func(tx gov.Tx) error { return tx.CreateHolding(ctx, h) })
		}
		b.view(func(tx gov.Tx) error {
			list, err := tx.Holdings(ctx)
			same(b, "holdings", list, []gov.Holding{one, two})
			return err
		})
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.CreateHolding(ctx, one) })
	}},
}

var agencyCases = []testCase{
	{"kept and found", func(b *book) {
		a := gov.Agency{Realm: Realm, ID: b.id(), Name: "Ban Tổ chức Tỉnh ủy", Unit: gov.UnitKey{Code: "25", From: "2025-07-01"},
			Line: gov.LineParty, From: "2025-07-01", To: "2030-01-01"}
		b.update(func(tx gov.Tx) error { return tx.CreateAgency(ctx, a) })
		b.view(func(tx gov.Tx) error {
			got, err := tx.Agency(ctx, Realm, a.ID)
			same(b, "agency", got, a)
			return err
		})
		b.missing(func(tx gov.Tx) error { _, err := tx.Agency(ctx, Realm, "none"); return err })
		b.missing(func(tx gov.Tx) error { _, err := tx.Agency(ctx, Realm+1, a.ID); return err })
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.CreateAgency(ctx, a) })
	}},
	{"ended and going on", func(b *book) {
		a := gov.Agency{Realm: Realm, ID: b.id(), Name: "UBND phường Tiên Cát", Unit: gov.UnitKey{Code: "07903"}, Line: gov.LineGovernment}
		b.update(func(tx gov.Tx) error { return tx.CreateAgency(ctx, a) })
		for _, day := range []gov.Day{"2025-07-01", ""} {
			b.update(func(tx gov.Tx) error { return tx.EndAgency(ctx, Realm, a.ID, day) })
			b.view(func(tx gov.Tx) error {
				got, err := tx.Agency(ctx, Realm, a.ID)
				a.To = day
				same(b, "agency", got, a)
				return err
			})
		}
		b.refused(gov.NotFound, func(tx gov.Tx) error { return tx.EndAgency(ctx, Realm, "none", "2025-07-01") })
		b.refused(gov.NotFound, func(tx gov.Tx) error { return tx.EndAgency(ctx, Realm+1, a.ID, "2025-07-01") })
	}},
	{"found by folded name and unit code", func(b *book) {
		old := gov.Agency{Realm: Realm, ID: b.id(), Name: "Sở Kế hoạch và Đầu tư", Unit: gov.UnitKey{Code: "25"}, From: "2010-01-01",
			To: "2025-03-01"}
		now := gov.Agency{Realm: Realm, ID: b.id(), Name: "sở  kế hoạch và đầu tư", Unit: gov.UnitKey{Code: "25"}}
		far := gov.Agency{Realm: Realm, ID: b.id(), Name: "Sở Kế hoạch và Đầu tư", Unit: gov.UnitKey{Code: "01"}}
		for _, a := range []gov.Agency{old, now, far} {
			b.update(func(tx gov.Tx) error { return tx.CreateAgency(ctx, a) })
		}
		b.view(func(tx gov.Tx) error {
			for _, name := range []string{"so ke hoach va dau tu", "SỞ KẾ HOẠCH VÀ ĐẦU TƯ"} {
				got, err := tx.AgencyByName(ctx, Realm, name, "25")
				if err != nil {
					return err
				}
				same(b, "the one in force", got.ID, now.ID)
			}
			got, err := tx.AgencyByName(ctx, Realm, "Sở Kế hoạch và Đầu tư", "01")
			same(b, "the one of unit 01", got.ID, far.ID)
			return err
		})
		b.missing(func(tx gov.Tx) error { _, err := tx.AgencyByName(ctx, Realm, "so ke hoach", "25"); return err })
		b.missing(func(tx gov.Tx) error { _, err := tx.AgencyByName(ctx, Realm, old.Name, ""); return err })
	}},
	{"listed by folded name, then id", func(b *book) {
		var ids []gov.ID
		for _, name := range []string{"Đảng ủy phường", "Ban Dân vận", "Công an tỉnh", "Ủy ban Kiểm tra", "Đảng ủy phường"} {
			a := gov.Agency{Realm: Realm, ID: b.id(), Name: name}
			ids = append(ids, a.ID)
			b.update(func(tx gov.Tx) error { return tx.CreateAgency(ctx, a) })
		}
		b.update(func(tx gov.Tx) error {
			return tx.CreateAgency(ctx, gov.Agency{Realm: Realm + 1, ID: b.id(), Name: "A"})
		})
		b.view(func(tx gov.Tx) error {
			list, err := tx.Agencies(ctx, Realm)
			sameIDs(b, "agencies", list, func(a gov.Agency) gov.ID { return a.ID }, ids[1], ids[2], ids[0], ids[4], b.agency, ids[3])
			return err
		})
	}},
}

func (b *book) account(login string) gov.Account {
	a := gov.Account{Realm: Realm, ID: b.id(), Login: login, Name: "Văn thư", Agency: b.agency, Password: "$argon2id$…"}
	b.update(func(tx gov.Tx) error { return tx.CreateAccount(ctx, a) })
	return a
}

var accountCases = []testCase{
	{"kept, found and changed", func(b *book) {
		a := b.account("vanthu")
		b.view(func(tx gov.Tx) error {
			got, err := tx.Account(ctx, Realm, a.ID)
			same(b, "account", got, a)
			return err
		})
		a.Login, a.Name, a.Password, a.Disabled = "van.thu", "Văn thư UBND", "", true
		b.update(func(tx gov.Tx) error { return tx.UpdateAccount(ctx, a) })
		b.view(func(tx gov.Tx) error {
			got, err := tx.AccountByLogin(ctx, "van.thu")
			same(b, "account", got, a)
			return err
		})
		b.missing(func(tx gov.Tx) error { _, err := tx.AccountByLogin(ctx, "vanthu"); return err })
		b.missing(func(tx gov.Tx) error { _, err := tx.Account(ctx, Realm, "none"); return err })
		b.refused(gov.NotFound, func(tx gov.Tx) error { return tx.UpdateAccount(ctx, gov.Account{Realm: Realm, ID: "none"}) })
	}},
	{"login names are unique in the whole store", func(b *book) {
		a, other := b.account("vanthu"), b.account("truongphong")
		b.refused(gov.Conflict, func(tx gov.Tx) error {
			if err := tx.CreateAgency(ctx, gov.Agency{Realm: 7, ID: b.agency}); err != nil {
				return err
			}
			return tx.CreateAccount(ctx, gov.Account{Realm: 7, ID: b.id(), Login: a.Login, Agency: b.agency})
		})
		other.Login = a.Login
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.UpdateAccount(ctx, other) })
		b.view(func(tx gov.Tx) error {
			got, err := tx.AccountByLogin(ctx, "truongphong")
			same(b, "account that kept its login", got.ID, other.ID)
			return err
		})
	}},
	{"listed by login", func(b *book) {
		c, a := b.account("c"), b.account("a")
		b.view(func(tx gov.Tx) error {
			list, err := tx.Accounts(ctx, Realm)
			sameIDs(b, "accounts", list, func(a gov.Account) gov.ID { return a.ID }, a.ID, c.ID)
			return err
		})
	}},
	{"an account of no agency is refused", func(b *book) {
		b.refused(gov.NotFound, func(tx gov.Tx) error {
			return tx.CreateAccount(ctx, gov.Account{Realm: Realm, ID: b.id(), Login: "x", Agency: "none"})
		})
	}},
}
