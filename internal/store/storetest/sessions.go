package storetest

import "haicap/internal/gov"

var sessionCases = []testCase{
	{"kept with its units in order", func(b *book) {
		s := b.session("2025-12-24", b.unit, gov.UnitKey{Code: "01"}, gov.UnitKey{Code: "07909"})
		b.view(func(tx gov.Tx) error {
			got, err := tx.Session(ctx, Realm, s.ID)
			same(b, "session", got, s)
			return err
		})
		b.missing(func(tx gov.Tx) error { _, err := tx.Session(ctx, Realm, "none"); return err })
		b.missing(func(tx gov.Tx) error { _, err := tx.Session(ctx, Realm+1, s.ID); return err })
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.CreateSession(ctx, s) })
	}},
	{"changed", func(b *book) {
		s := b.session("2025-12-24", b.unit, gov.UnitKey{Code: "01"})
		s.Kind, s.Title, s.Day, s.Place, s.Programme = gov.KindInspection, "Kiểm tra", "2025-12-25", "", ""
		s.Units, s.Offices = []gov.UnitKey{{Code: "25"}}, nil
		b.update(func(tx gov.Tx) error { return tx.UpdateSession(ctx, s) })
		b.view(func(tx gov.Tx) error {
			got, err := tx.Session(ctx, Realm, s.ID)
			same(b, "session", got, s)
			return err
		})
		b.refused(gov.NotFound, func(tx gov.Tx) error { return tx.UpdateSession(ctx, gov.Session{Realm: Realm, ID: "none"}) })
	}},
	{"listed newest first, also for one unit, page by page", func(b *book) {
		other := gov.UnitKey{Code: "08848", From: "2025-07-01"}
		days := []gov.Day{"2025-07-10", "2025-12-24", "2025-12-24", "2024-01-01", "2025-12-24"}
		s := make([]gov.ID, len(days))
		for i, day := range days {
			units := []gov.UnitKey{b.unit, {Code: b.unit.Code}} // two versions of one code are one session
			if i == 2 {
				units = []gov.UnitKey{other}
			}
			s[i] = b.session(day, units...).ID
		}
		list := func(unit string) func(tx gov.Tx, p gov.Page) ([]gov.ID, string, error) {
			return func(tx gov.Tx, p gov.Page) ([]gov.ID, string, error) {
				list, next, err := tx.Sessions(ctx, Realm, unit, p)
				for _, s := range list {
					if len(s.Units) == 0 || s.Units[0] != b.unit && s.Units[0] != other {
						b.Errorf("session %s comes with the units %v", s.ID, s.Units)
					}
				}
				return idsOf(list, func(s gov.Session) gov.ID { return s.ID }), next, err
			}
		}
		pages(b, 2, []gov.ID{s[4], s[2], s[1], s[0], s[3]}, list(""))
		pages(b, 2, []gov.ID{s[4], s[1], s[0], s[3]}, list(b.unit.Code))
		pages(b, 5, []gov.ID{s[2]}, list(other.Code))
		pages(b, 5, nil, list("none"))
	}},
	{"found by day and shared units", func(b *book) {
		other := gov.UnitKey{Code: "08848"}
		one, both := b.session("2025-12-24", b.unit), b.session("2025-12-24", other, b.unit)
		b.session("2025-12-24", gov.UnitKey{Code: "01"})
		b.session("2025-12-25", b.unit)
		id := func(s gov.Session) gov.ID { return s.ID }
		b.view(func(tx gov.Tx) error {
			list, err := tx.SessionsOn(ctx, Realm, "2025-12-24", []string{b.unit.Code, other.Code})
			if err != nil {
				return err
			}
			sameIDs(b, "sessions", list, id, both.ID, one.ID)
			same(b, "units", list[0].Units, both.Units)
			if list, err = tx.SessionsOn(ctx, Realm, "2025-12-24", []string{other.Code}); err != nil {
				return err
			}
			sameIDs(b, "sessions", list, id, both.ID)
			list, err = tx.SessionsOn(ctx, Realm, "2025-12-24", nil)
			sameIDs(b, "sessions that share a unit with none", list, id)
			return err
		})
	}},
	{"tied to documents, twice is once", func(b *book) {
		s, t := b.session("2025-12-24", b.unit), b.session("2025-12-25", b.unit)
		d, e := b.document(), b.document()
		for range 2 {
			b.update(func(tx gov.Tx) error {
				for _, pair := range [][2]gov.ID{{s.ID, e.ID}, {s.ID, d.ID}, {t.ID, d.ID}} {
					if err := tx.LinkDocument(ctx, Realm, pair[0], pair[1]); err != nil {
						return err
					}
				}
				return nil
			})
		}
		b.view(func(tx gov.Tx) error {
			documents, err := tx.DocumentsOf(ctx, Realm, s.ID)
			if err != nil {
				return err
			}
			same(b, "documents", documents, []gov.ID{d.ID, e.ID})
			sessions, err := tx.SessionsOfDocument(ctx, Realm, d.ID)
			same(b, "sessions", sessions, []gov.ID{s.ID, t.ID})
			return err
		})
		b.refused(gov.NotFound, func(tx gov.Tx) error { return tx.LinkDocument(ctx, Realm, s.ID, "none") })
		b.refused(gov.NotFound, func(tx gov.Tx) error { return tx.LinkDocument(ctx, Realm, "none", d.ID) })
	}},
}
