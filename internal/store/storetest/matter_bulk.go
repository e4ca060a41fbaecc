package storetest

import (
	"math/rand/v2"

	"haicap/internal/gov"
)

// randomBatch makes new matters with steps and links; more than one statement of the engine takes.
func (b *book) randomBatch(rnd *rand.Rand, d gov.Document, s gov.Session) gov.MatterBatch {
	var list gov.MatterBatch
	for i := range 130 {
		m := randomMatter(rnd, gov.Matter{Realm: Realm, ID: b.id(), Kind: gov.Task, Text: "Rà soát vốn", Opened: "2025-12-24", Created: b.stamp(), Version: 1})
		if i%3 == 0 {
			m.Session, m.Source.Document = s.ID, d.ID
		}
		if i%5 == 0 && len(m.Parties) > 0 {
			m.Parties = append(m.Parties, gov.Party{Role: gov.RoleMonitor, Name: "Văn phòng", Agency: b.agency}, gov.Party{Role: gov.RoleAssigner, Name: "Văn phòng", Agency: b.agency})
		}
		list.Matters = append(list.Matters, m)
		for n := range i % 4 {
			e := gov.MatterEvent{Realm: Realm, Matter: m.ID, At: b.now, By: b.id(), Action: gov.ActReport, From: gov.StateOpen, To: m.State, Note: "đang làm"}
			if n == 2 {
				e.Document, e.DueFrom, e.DueTo = d.ID, "2026-01-01", "2026-02-01"
			}
			list.Events = append(list.Events, e)
		}
		if i%10 == 9 {
			list.Links = append(list.Links, gov.Link{Realm: Realm, From: m.ID, To: list.Matters[i-4].ID, Kind: gov.LinkRepeats})
		}
	}
	return list
}

var matterBatchCases = []testCase{
	{"kept, counted and within reach as if written one by one", func(b *book) {
		rnd := rand.New(rand.NewPCG(3, 5))
		d, s := b.document(), b.session("2025-12-24")
		batch := b.randomBatch(rnd, d, s)
		b.update(func(tx gov.Tx) error { return tx.CreateMatters(ctx, batch) })
		b.update(func(tx gov.Tx) error { return tx.CreateMatters(ctx, gov.MatterBatch{}) })
		b.view(func(tx gov.Tx) error {
			steps, links := map[gov.ID][]gov.MatterEvent{}, map[gov.ID][]gov.Link{}
			for _, e := range batch.Events {
				e.Seq = len(steps[e.Matter]) + 1
				steps[e.Matter] = append(steps[e.Matter], e)
			}
			for _, l := range batch.Links {
				links[l.From] = append(links[l.From], l)
			}
			for _, m := range batch.Matters {
				got, err := tx.Matter(ctx, Realm, m.ID)
				if err != nil {
					return err
				}
				same(b, "matter", got, m)
				events, err := tx.Events(ctx, Realm, m.ID)
				if err != nil {
					return err
				}
				same(b, "events", events, steps[m.ID])
				if got, err := tx.Links(ctx, Realm, m.ID); err != nil || len(links[m.ID]) > 0 && len(got) == 0 {
					b.Errorf("links: %v, %v", got, err)
				}
			}
			return b.countedAlike(tx, batch.Matters)
		})
		// Changed afterwards, the counts follow.
		for i := range 40 {
			m := randomMatter(rnd, batch.Matters[i])
			b.update(func(tx gov.Tx) error { return tx.UpdateMatter(ctx, m) })
			batch.Matters[i] = m
		}
		b.view(func(tx gov.Tx) error { return b.countedAlike(tx, batch.Matters) })
	}},
	{"all or nothing, and only of new matters", func(b *book) {
		old := b.matter(func(m *gov.Matter) {})
		fresh := gov.Matter{Realm: Realm, ID: b.id(), Kind: gov.Task, State: gov.StateOpen, Version: 1}
		b.refused(gov.Conflict, func(tx gov.Tx) error {
			return tx.CreateMatters(ctx, gov.MatterBatch{Matters: []gov.Matter{fresh, old}})
		})
		b.refused(gov.NotFound, func(tx gov.Tx) error {
			return tx.CreateMatters(ctx, gov.MatterBatch{Matters: []gov.Matter{fresh}, Events: []gov.MatterEvent{{Realm: Realm, Matter: old.ID, At: b.now}}})
		})
		b.missing(func(tx gov.Tx) error { _, err := tx.Matter(ctx, Realm, fresh.ID); return err })
	}},
	{"what is beyond reach is not written", func(b *book) {
		mine, other := b.ward("07909"), b.ward("04795")
		reach := gov.Reach{Units: []gov.UnitKey{mine.unit}, Agencies: []gov.ID{mine.agency}}
		of := func(w ward) gov.Matter {
			return gov.Matter{Realm: Realm, ID: b.id(), Kind: gov.Task, State: gov.StateOpen, Version: 1, Parties: []gov.Party{{Role: gov.RoleUnit, Name: "x", Unit: w.unit}}}
		}
		held := gov.Matter{Realm: Realm, ID: b.id(), Kind: gov.Task, State: gov.StateOpen, Version: 1, Source: gov.Source{Document: mine.document.ID}}
		b.update(func(tx gov.Tx) error {
			return tx.Within(reach).CreateMatters(ctx, gov.MatterBatch{Matters: []gov.Matter{of(mine), held}})
		})
		b.refused(gov.Forbidden, func(tx gov.Tx) error {
			return tx.Within(reach).CreateMatters(ctx, gov.MatterBatch{Matters: []gov.Matter{of(mine), of(other)}})
		})
		b.missing(func(tx gov.Tx) error {
			_, err := tx.Within(gov.Reach{Units: []gov.UnitKey{other.unit}}).Matter(ctx, Realm, held.ID)
			return err
		})
	}},
}

// countedAlike holds the counts of all roles against the matters counted one by one.
func (b *book) countedAlike(tx gov.Tx, list []gov.Matter) error {
	const today gov.Day = "2026-02-01"
	for _, role := range []gov.Role{"", gov.RoleUnit, gov.RoleLead} {
		got, err := tx.TallyMatters(ctx, Realm, gov.TallyQuery{Kind: gov.Task, Role: role, Today: today})
		if err != nil {
			return err
		}
		if len(got) == 0 {
			b.Errorf("nothing is counted of role %q", role)
		}
		for _, p := range got {
			same(b, "tally of "+string(role)+" "+p.Place, p, countedOne(list, role, p.Place, today))
		}
	}
	return nil
}
