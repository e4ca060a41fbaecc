package storetest

import (
	"slices"
	"sync"

	"haicap/internal/gov"
	"haicap/internal/text"
)

func (b *book) matter(change func(m *gov.Matter)) gov.Matter {
	m := gov.Matter{Realm: Realm, ID: b.id(), Kind: gov.Recommendation, Text: "Đề nghị tỉnh bố trí vốn", State: gov.StateOpen, Opened: "2025-12-24",
		Created: b.stamp(), Version: 1}
	change(&m)
	b.update(func(tx gov.Tx) error { return tx.CreateMatter(ctx, m) })
	return m
}

func matterID(m gov.Matter) gov.ID { return m.ID }

// parties names five units and a few bodies.
func (b *book) parties() []gov.Party {
	ps := []gov.Party{{Role: gov.RoleLead, Name: "Sở Xây dựng", Agency: b.agency}, {Role: gov.RoleCoordinator, Name: "UBND các xã, phường"}}
	for _, code := range []string{"07909", "08848", "08850", "08851", "08852"} {
		ps = append(ps, gov.Party{Role: gov.RoleUnit, Name: "đơn vị " + code, Unit: gov.UnitKey{Code: code, From: "2025-07-01"}})
	}
	return ps
}

var matterCases = []testCase{
	{"kept to the field, parties in order", func(b *book) {
		m := b.matter(func(m *gov.Matter) {
			*m = gov.Matter{Realm: Realm, ID: m.ID, Kind: gov.Task, Session: b.session("2025-12-24").ID, Text: "Khẩn trương …", Topic: "Đất đai",
				Source: b.claim(b.document().ID).Source, By: "Bí thư Tỉnh ủy", Parties: b.parties(), DueWords: "trước 31/12", Due: "2025-12-31",
				Strength: gov.Chain, Past: true, Answers: "bố trí vốn", State: gov.AwaitingDocument, Origin: b.id(), AssignedBy: "15-TB/TU",
				Opened: "2025-12-24", Created: b.stamp(), SupersededBy: b.id(), Version: 7, FirstDue: "2025-12-15", Finished: "2025-12-30",
				Product: "báo cáo", Cause: gov.CauseHigher, Field: "đất đai", Level: gov.LevelCentral, Funding: gov.Unfunded, Parent: b.id(), Parts: 3, PartLate: true}
		})
		bare := b.matter(func(m *gov.Matter) {})
		b.view(func(tx gov.Tx) error {
			got, err := tx.Matter(ctx, Realm, m.ID)
			if err != nil {
				return err
			}
			same(b, "matter", got, m)
			got, err = tx.Matter(ctx, Realm, bare.ID)
			same(b, "matter", got, bare)
			return err
		})
		b.missing(func(tx gov.Tx) error { _, err := tx.Matter(ctx, Realm, "none"); return err })
		b.missing(func(tx gov.Tx) error { _, err := tx.Matter(ctx, Realm+1, m.ID); return err })
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.CreateMatter(ctx, m) })
		b.refused(gov.NotFound, func(tx gov.Tx) error {
			return tx.CreateMatter(ctx, gov.Matter{Realm: Realm, ID: b.id(), Session: "none"})
		})
	}},
	{"changed by version", func(b *book) {
		m := b.matter(func(m *gov.Matter) { m.Parties = b.parties() })
		changed := m
		changed.State, changed.Due, changed.DueWords, changed.AssignedBy, changed.SupersededBy = gov.Answered, "2026-01-31", "tháng 1", "9-QĐ", b.id()
		changed.FirstDue, changed.Finished, changed.Product, changed.Cause = "2026-01-15", "2026-01-20", "đề án", gov.CauseUnit
		changed.Funding, changed.Field, changed.Level, changed.Parent, changed.Parts, changed.PartLate = gov.Funded, "giao thông", gov.LevelProvince, b.id(), 2, true
		changed.Parties = []gov.Party{{Role: gov.RoleLead, Name: "Sở Tài chính"}}
		want := changed
		changed.Text, changed.Opened = "other words", "1999-01-01" // what was said stays
		b.update(func(tx gov.Tx) error { return tx.UpdateMatter(ctx, changed) })
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.UpdateMatter(ctx, changed) })
		want.Version = 2
		b.view(func(tx gov.Tx) error {
			got, err := tx.Matter(ctx, Realm, m.ID)
			same(b, "matter", got, want)
			return err
		})
		b.refused(gov.NotFound, func(tx gov.Tx) error { return tx.UpdateMatter(ctx, gov.Matter{Realm: Realm, ID: "none"}) })
	}},
	{"narrowed by each field, and counted alike", func(b *book) {
		d, s, origin := b.document(), b.session("2025-12-24"), b.id()
		plain := b.matter(func(m *gov.Matter) {})
		task := b.matter(func(m *gov.Matter) { m.Kind, m.State, m.Origin = gov.Task, gov.AwaitingDocument, origin })
		units := b.matter(func(m *gov.Matter) { m.Kind, m.State, m.Parties = gov.Directive, gov.Noted, b.parties() })
		session := b.matter(func(m *gov.Matter) { m.Session, m.Source.Document = s.ID, d.ID })
		gone := b.matter(func(m *gov.Matter) { m.SupersededBy = plain.ID })
		b.matter(func(m *gov.Matter) { // only its assignee is of the unit: it does not stand on the unit's page
			m.Kind, m.Parties = gov.Commitment, []gov.Party{{Role: gov.RoleAssignee, Name: "UBND phường", Unit: gov.UnitKey{Code: "08852"}}}
		})
		b.view(func(tx gov.Tx) error {
			for _, c := range []struct {
				q    gov.MatterQuery
				want []gov.ID
			}{
				{gov.MatterQuery{Kinds: []gov.MatterKind{gov.Recommendation}}, []gov.ID{plain.ID, session.ID}},
				{gov.MatterQuery{Kinds: []gov.MatterKind{gov.Recommendation}, All: true}, []gov.ID{plain.ID, session.ID, gone.ID}},
				{gov.MatterQuery{Kinds: []gov.MatterKind{gov.Task, gov.Directive}}, []gov.ID{task.ID, units.ID}},
				{gov.MatterQuery{States: []gov.State{gov.AwaitingDocument, gov.Noted}}, []gov.ID{task.ID, units.ID}},
				{gov.MatterQuery{Kinds: []gov.MatterKind{gov.Task}, States: []gov.State{gov.Noted}}, nil},
				{gov.MatterQuery{Unit: "07909"}, []gov.ID{units.ID}},
				{gov.MatterQuery{Unit: "08852"}, []gov.ID{units.ID}},
				{gov.MatterQuery{Session: s.ID}, []gov.ID{session.ID}},
				{gov.MatterQuery{Document: d.ID}, []gov.ID{session.ID}},
				{gov.MatterQuery{Origin: origin}, []gov.ID{task.ID}},
			} {
				list, next, err := tx.Matters(ctx, Realm, c.q)
				if err != nil {
					return err
				}
				sameIDs(b, "matters", list, matterID, c.want...)
				same(b, "cursor", next, "")
				n, err := tx.CountMatters(ctx, Realm, c.q)
				if err != nil {
					return err
				}
				same(b, "count", n, len(c.want))
			}
			list, _, err := tx.Matters(ctx, Realm, gov.MatterQuery{Unit: "08850"})
			same(b, "parties of a listed matter", list[0].Parties, units.Parties)
			return err
		})
	}},
	{"listed by opened day, oldest first, page by page", func(b *book) {
		var ids []gov.ID
		for _, day := range []gov.Day{"2025-12-24", "2025-07-10", "2025-12-24", "2026-01-01", ""} {
			ids = append(ids, b.matter(func(m *gov.Matter) { m.Opened, m.Parties = day, b.parties() }).ID)
		}
		want := []gov.ID{ids[4], ids[1], ids[0], ids[2], ids[3]}
		pages(b, 2, want, func(tx gov.Tx, p gov.Page) ([]gov.ID, string, error) {
			list, next, err := tx.Matters(ctx, Realm, gov.MatterQuery{Unit: "07909", Page: p})
			return idsOf(list, matterID), next, err
		})
		slices.Reverse(want)
		pages(b, 2, want, func(tx gov.Tx, p gov.Page) ([]gov.ID, string, error) {
			list, next, err := tx.Matters(ctx, Realm, gov.MatterQuery{Unit: "07909", Newest: true, Page: p})
			return idsOf(list, matterID), next, err
		})
		b.view(func(tx gov.Tx) error {
			n, err := tx.CountMatters(ctx, Realm, gov.MatterQuery{Unit: "07909", Page: gov.Page{Limit: 1}})
			same(b, "count knows no pages", n, 5)
			return err
		})
	}},
	{"events are numbered by the store", func(b *book) {
		m, d := b.matter(func(m *gov.Matter) {}), b.document()
		other := b.matter(func(m *gov.Matter) {})
		events := []gov.MatterEvent{
			{Realm: Realm, Matter: m.ID, At: b.now, By: b.id(), Action: gov.ActOpen, To: gov.StateOpen},
			{Realm: Realm, Matter: m.ID, At: b.now, Action: gov.ActAnswer, From: gov.StateOpen, To: gov.Answered, Note: "Đã trả lời", Document: d.ID,
				Seq: 99, DueFrom: "2025-12-31", DueTo: "2026-01-31"},
		}
		for i := range events {
			b.update(func(tx gov.Tx) error {
				if err := tx.AddEvent(ctx, events[i]); err != nil {
					return err
				}
				return tx.AddEvent(ctx, gov.MatterEvent{Realm: Realm, Matter: other.ID, At: b.now, Action: gov.ActReport})
			})
			events[i].Seq = i + 1
		}
		b.view(func(tx gov.Tx) error {
			got, err := tx.Events(ctx, Realm, m.ID)
			same(b, "events", got, events)
			return err
		})
		b.refused(gov.NotFound, func(tx gov.Tx) error {
			return tx.AddEvent(ctx, gov.MatterEvent{Realm: Realm, Matter: "none", At: b.now})
		})
	}},
	{"events added at the same time all get a number", func(b *book) {
		const writers, rounds = 5, 4
		m := b.matter(func(m *gov.Matter) {})
		var wg sync.WaitGroup
		for range writers {
			wg.Go(func() {
				for range rounds {
					err := b.store.Update(ctx, func(tx gov.Tx) error {
						return tx.AddEvent(ctx, gov.MatterEvent{Realm: Realm, Matter: m.ID, At: b.now, Action: gov.ActReport})
					})
					if err != nil {
						b.Errorf("Update: %v", err)
					}
				}
			})
		}
		wg.Wait()
		b.view(func(tx gov.Tx) error {
			events, err := tx.Events(ctx, Realm, m.ID)
			for i, e := range events {
				same(b, "seq", e.Seq, i+1)
			}
			same(b, "events", len(events), writers*rounds)
			return err
		})
	}},
	{"links, twice is once", func(b *book) {
		m, n, o := b.matter(func(m *gov.Matter) {}), b.matter(func(m *gov.Matter) {}), b.matter(func(m *gov.Matter) {})
		links := []gov.Link{
			{Realm: Realm, From: m.ID, To: n.ID, Kind: gov.LinkAnswers},
			{Realm: Realm, From: m.ID, To: n.ID, Kind: gov.LinkRepeats},
			{Realm: Realm, From: n.ID, To: o.ID, Kind: gov.LinkRepeats},
		}
		for range 2 {
			b.update(func(tx gov.Tx) error {
				for _, l := range links {
					if err := tx.AddLink(ctx, l); err != nil {
						return err
					}
				}
				return nil
			})
		}
		b.view(func(tx gov.Tx) error {
			got, err := tx.Links(ctx, Realm, n.ID)
			if err != nil {
				return err
			}
			same(b, "from and to", got, links)
			got, err = tx.Links(ctx, Realm, o.ID)
			same(b, "to", got, links[2:])
			return err
		})
		b.refused(gov.NotFound, func(tx gov.Tx) error { return tx.AddLink(ctx, gov.Link{Realm: Realm, From: m.ID, To: "none"}) })
	}},
	{"further sources, twice is once", func(b *book) {
		m, d := b.matter(func(m *gov.Matter) {}), b.document()
		late := gov.AlsoSaid{Realm: Realm, Noun: "matter", Record: m.ID, Source: b.claim(d.ID).Source}
		soon := late
		soon.Source.Day, soon.Source.Span = "2025-07-10", text.Span{1, 2}
		figure := late
		figure.Noun = "figure"
		for range 2 {
			b.update(func(tx gov.Tx) error {
				for _, a := range []gov.AlsoSaid{late, soon, figure} {
					if err := tx.AddAlsoSaid(ctx, a); err != nil {
						return err
					}
				}
				return nil
			})
		}
		b.view(func(tx gov.Tx) error {
			got, err := tx.AlsoSaid(ctx, Realm, "matter", m.ID)
			same(b, "sources by day", got, []gov.AlsoSaid{soon, late})
			return err
		})
	}},
}
