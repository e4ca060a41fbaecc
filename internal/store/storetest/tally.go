package storetest

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"haicap/internal/gov"
)

// places are the units and agencies among which random matters are spread.
var places = []gov.Party{
	{Role: gov.RoleUnit, Name: "phường Thanh Miếu", Unit: gov.UnitKey{Code: "07909", From: "2025-07-01"}},
	{Role: gov.RoleUnit, Name: "phường Hòa Bình", Unit: gov.UnitKey{Code: "04795", From: "2025-07-01"}},
	{Role: gov.RoleUnit, Name: "thị trấn cũ của mã này", Unit: gov.UnitKey{Code: "04795", From: "2019-12-01"}},
	{Role: gov.RoleLead, Name: "Sở Xây dựng"},
	{Role: gov.RoleLead, Name: "UBND phường", Agency: "agency-1"},
	{Role: gov.RoleCoordinator, Name: "Công an tỉnh"},
}

// taskStates are the states that a task can be in.
var taskStates = []gov.State{gov.StateOpen, gov.AwaitingDocument, gov.Submitted, gov.Returned, gov.Suspended, gov.Completed, gov.Withdrawn}

// randomMatter changes a matter at random, but what it is and since when.
func randomMatter(rnd *rand.Rand, m gov.Matter) gov.Matter {
	day := func() gov.Day { return gov.Day("2026-01-01").AddDays(rnd.IntN(60)) }
	m.State = taskStates[rnd.IntN(len(taskStates))]
	m.FirstDue, m.Due, m.Finished, m.SupersededBy, m.Parts, m.PartLate, m.Parent = "", "", "", "", 0, false, ""
	if rnd.IntN(4) > 0 {
		m.FirstDue = day()
		m.Due = m.FirstDue.AddDays(rnd.IntN(3) * 10)
	}
	if m.State == gov.Completed {
		m.Finished = day()
	}
	switch rnd.IntN(8) {
	case 0:
		m.SupersededBy = "other"
	case 1:
		m.Parts, m.PartLate = 2, rnd.IntN(2) == 0
	case 2:
		m.Parent = "whole"
	}
	m.Parties = nil
	for _, p := range places {
		if rnd.IntN(2) == 0 && !slices.ContainsFunc(m.Parties, func(o gov.Party) bool { return o.Role == gov.RoleLead && p.Role == o.Role }) {
			m.Parties = append(m.Parties, p)
		}
	}
	if len(m.Parties) > 0 && rnd.IntN(4) == 0 { // named twice
		again := m.Parties[rnd.IntN(len(m.Parties))]
		if again.Role != gov.RoleLead {
			m.Parties = append(m.Parties, again)
		}
	}
	return m
}

// countedOne counts matters one by one, as TallyMatters must.
func countedOne(list []gov.Matter, role gov.Role, place string, today gov.Day) gov.PlaceTally {
	want := gov.PlaceTally{Place: place, States: map[gov.State]int{}}
	for _, m := range list {
		in := m.Parent == ""
		if role != "" {
			in = m.Parts == 0 && slices.ContainsFunc(m.Parties, func(p gov.Party) bool {
				return place != gov.NoLead && p.Role == role && (p.Unit.Code == place || string(p.Agency) == place || p.Agency == "" && p.Name == place)
			}) || m.Parts == 0 && place == gov.NoLead && role == gov.RoleLead && m.Lead() == ""
		}
		if !in || m.SupersededBy != "" {
			continue
		}
		want.States[m.State]++
		want.Granted.Add(m.CellOn(today, gov.ByGranted), m.State, 1)
		want.First.Add(m.CellOn(today, gov.ByFirst), m.State, 1)
	}
	return want
}

// countedOn holds the counts of all roles on a day against the matters counted one by one.
func (b *book) countedOn(tx gov.Tx, list []gov.Matter, today gov.Day) error {
	for _, role := range []gov.Role{"", gov.RoleUnit, gov.RoleLead} {
		got, err := tx.TallyMatters(ctx, Realm, gov.TallyQuery{Kind: gov.Task, Role: role, Today: today})
		if err != nil {
			return err
		}
		total := 0
		for _, p := range got {
			same(b, "tally of "+string(role)+" "+p.Place+" on "+string(today), p, countedOne(list, role, p.Place, today))
			total += p.Total()
		}
		if role == "" {
			same(b, "all on "+string(today), total, countedOne(list, "", "", today).Total())
		}
	}
	for _, place := range []string{"04795", "07909"} {
		got, err := tx.TallyMatters(ctx, Realm, gov.TallyQuery{Kind: gov.Task, Role: gov.RoleUnit, Places: []string{place}, Today: today})
		if err != nil {
			return err
		}
		if want := countedOne(list, gov.RoleUnit, place, today); want.Total() > 0 || len(got) > 0 {
			same(b, "tally of "+place, got, []gov.PlaceTally{want})
		}
	}
	return nil
}

// listedOn holds what lists have and how many against the matters looked at one by one.
func (b *book) listedOn(tx gov.Tx, list []gov.Matter, today gov.Day) error {
	for _, q := range []gov.MatterQuery{
		{Top: true}, {Top: true, Stand: gov.StandOwed}, {Top: true, Stand: gov.StandEnded}, {Top: true, Stand: gov.StandOwed, DueUntil: today},
		{Top: true, States: []gov.State{gov.StateOpen, gov.Completed}}, {Top: true, Stand: gov.StandOwed, NoDue: true}, {Stand: gov.StandOwed, DueFrom: today},
		{Place: "04795", PlaceRole: gov.RoleUnit}, {Unit: "07909", Stand: gov.StandOwed, DueUntil: today}, {Place: "agency-1", PlaceRole: gov.RoleLead, Stand: gov.StandOwed},
		{Place: "Công an tỉnh", PlaceRole: gov.RoleCoordinator, Stand: gov.StandEnded},
	} {
		q.Kinds, q.ByDue, q.Newest = []gov.MatterKind{gov.Task}, true, today > "2026-02-01"
		var want []gov.Matter
		for _, m := range list {
			if finds(q, m) {
				want = append(want, m)
			}
		}
		slices.SortFunc(want, func(x, y gov.Matter) int {
			n := cmp.Or(cmp.Compare(cmp.Or(x.Due, "9999"), cmp.Or(y.Due, "9999")), cmp.Compare(x.ID, y.ID))
			if q.Newest {
				return -n
			}
			return n
		})
		n, err := tx.CountMatters(ctx, Realm, q)
		if err != nil {
			return err
		}
		same(b, fmt.Sprintf("number of %+v", q), n, len(want))
		q.Page.Limit = 1 + len(list)/3
		for {
			got, next, err := tx.Matters(ctx, Realm, q)
			if err != nil {
				return err
			}
			k := min(q.Page.Limit, len(want))
			same(b, fmt.Sprintf("page of %+v", q), idsOf(got, matterID), idsOf(want[:k], matterID))
			if want, q.Page.After = want[k:], next; next == "" {
				break
			}
		}
		same(b, fmt.Sprintf("left of %+v", q), len(want), 0)
	}
	return nil
}

// finds reports whether a list has a matter: all that the queries of listedOn ask.
func finds(q gov.MatterQuery, m gov.Matter) bool {
	place, role := q.Place, q.PlaceRole
	if q.Unit != "" {
		place, role = q.Unit, gov.RoleUnit
	}
	there := slices.ContainsFunc(m.Parties, func(p gov.Party) bool {
		return p.Role == role && (p.Unit.Code == place || string(p.Agency) == place || p.Agency == "" && p.Name == place)
	})
	return m.SupersededBy == "" && (!q.Top || m.Parent == "") && (place == "" || there && m.Parts == 0) &&
		(len(q.States) == 0 || slices.Contains(q.States, m.State)) && (q.Stand == gov.StandAny || m.State.Finished() == (q.Stand == gov.StandEnded)) &&
		(q.DueUntil == "" || m.Due != "" && m.Due <= q.DueUntil) && (q.DueFrom == "" || m.Due >= q.DueFrom) && (!q.NoDue || m.Due == "")
}

var tallyCases = []testCase{
	{"counted by place like one by one, after any history", func(b *book) {
		rnd := rand.New(rand.NewPCG(7, 11))
		var list []gov.Matter
		for range 40 {
			list = append(list, b.matter(func(m *gov.Matter) { *m = randomMatter(rnd, *m); m.Kind = gov.Task }))
		}
		for range 60 {
			i := rnd.IntN(len(list))
			list[i] = randomMatter(rnd, list[i])
			b.update(func(tx gov.Tx) error { return tx.UpdateMatter(ctx, list[i]) })
			list[i].Version++
		}
		const today gov.Day = "2026-02-01"
		b.view(func(tx gov.Tx) error {
			for _, role := range []gov.Role{"", gov.RoleUnit, gov.RoleLead} {
				got, err := tx.TallyMatters(ctx, Realm, gov.TallyQuery{Kind: gov.Task, Role: role, Today: today})
				if err != nil {
					return err
				}
				for _, p := range got {
					same(b, "tally of "+string(role)+" "+p.Place, p, countedOne(list, role, p.Place, today))
				}
				if want := map[gov.Role]int{"": 1, gov.RoleUnit: 2, gov.RoleLead: 3}[role]; len(got) != want {
					b.Errorf("%d places of role %q, want %d", len(got), role, want)
				}
			}
			one, err := tx.TallyMatters(ctx, Realm, gov.TallyQuery{Kind: gov.Task, Role: gov.RoleUnit, Places: []string{"04795"}, Today: today})
			if len(one) != 1 || one[0].Place != "04795" {
				b.Errorf("one place: %v", one)
			}
			return err
		})
	}},
	{"counted within a reach, as if the rest were not there", func(b *book) {
		rnd := rand.New(rand.NewPCG(3, 9))
		reach := gov.Reach{Units: []gov.UnitKey{places[1].Unit}}
		var seen []gov.Matter
		for range 30 {
			m := b.matter(func(m *gov.Matter) { *m = randomMatter(rnd, *m); m.Kind = gov.Task })
			if slices.ContainsFunc(m.Parties, func(p gov.Party) bool { return p.Unit == places[1].Unit }) {
				seen = append(seen, m)
			}
		}
		const today gov.Day = "2026-02-01"
		b.view(func(tx gov.Tx) error {
			for _, role := range []gov.Role{"", gov.RoleUnit, gov.RoleLead} {
				got, err := tx.Within(reach).TallyMatters(ctx, Realm, gov.TallyQuery{Kind: gov.Task, Role: role, Today: today})
				if err != nil {
					return err
				}
				for _, p := range got {
					same(b, "tally of "+string(role)+" "+p.Place, p, countedOne(seen, role, p.Place, today))
				}
				if len(got) == 0 {
					b.Errorf("nothing of role %q", role)
				}
			}
			return nil
		})
	}},
	{"kept as of any day, counted alike on any day, after any history", func(b *book) {
		rnd := rand.New(rand.NewPCG(5, 13))
		reaches := []gov.Reach{{Units: []gov.UnitKey{places[1].Unit}}, {Units: []gov.UnitKey{places[1].Unit, places[2].Unit}}, {Units: []gov.UnitKey{places[0].Unit}, Agencies: []gov.ID{"agency-1"}}}
		var list []gov.Matter
		for range 40 {
			list = append(list, b.matter(func(m *gov.Matter) { *m = randomMatter(rnd, *m); m.Kind = gov.Task }))
		}
		for range 25 {
			on := gov.Day("2025-12-20").AddDays(rnd.IntN(110))
			b.update(func(tx gov.Tx) error { return tx.MoveTallies(ctx, Realm, on) })
			for range 4 {
				i := rnd.IntN(len(list))
				list[i] = randomMatter(rnd, list[i])
				b.update(func(tx gov.Tx) error { return tx.UpdateMatter(ctx, list[i]) })
				list[i].Version++
			}
			list = append(list, b.matter(func(m *gov.Matter) { *m = randomMatter(rnd, *m); m.Kind = gov.Task }))
			today := gov.Day("2025-12-20").AddDays(rnd.IntN(110))
			b.view(func(tx gov.Tx) error {
				err := errors.Join(b.countedOn(tx, list, today), b.listedOn(tx, list, today))
				for _, r := range reaches {
					seen := slices.DeleteFunc(slices.Clone(list), func(m gov.Matter) bool {
						return !slices.ContainsFunc(m.Parties, func(p gov.Party) bool { return r.HasUnit(p.Unit) || r.HasAgency(p.Agency) })
					})
					err = errors.Join(err, b.countedOn(tx.Within(r), seen, today), b.listedOn(tx.Within(r), seen, today))
				}
				return err
			})
		}
	}},
	{"a place's matters by due day, page by page", func(b *book) {
		var ids []gov.ID
		for _, due := range []gov.Day{"2026-03-01", "", "2026-01-15", "2026-03-01"} {
			ids = append(ids, b.matter(func(m *gov.Matter) { m.Kind, m.Due, m.Parties = gov.Task, due, b.parties() }).ID)
		}
		b.matter(func(m *gov.Matter) { m.Kind, m.State, m.Parties = gov.Task, gov.Completed, b.parties() })
		b.matter(func(m *gov.Matter) { m.Kind, m.Parts, m.Parties = gov.Task, 2, b.parties() })
		want := []gov.ID{ids[2], ids[0], ids[3], ids[1]}
		q := gov.MatterQuery{Kinds: []gov.MatterKind{gov.Task}, Place: "07909", PlaceRole: gov.RoleUnit, Stand: gov.StandOwed, ByDue: true}
		pages(b, 2, want, func(tx gov.Tx, p gov.Page) ([]gov.ID, string, error) {
			q.Page = p
			list, next, err := tx.Matters(ctx, Realm, q)
			return idsOf(list, matterID), next, err
		})
		slices.Reverse(want)
		q.Newest = true
		pages(b, 2, want, func(tx gov.Tx, p gov.Page) ([]gov.ID, string, error) {
			q.Page = p
			list, next, err := tx.Matters(ctx, Realm, q)
			return idsOf(list, matterID), next, err
		})
		b.view(func(tx gov.Tx) error {
			q.Page, q.Newest = gov.Page{Limit: 1}, false
			n, err := tx.CountMatters(ctx, Realm, q)
			same(b, "count knows no pages", n, 4)
			if err != nil {
				return err
			}
			q.Page, q.DueUntil = gov.Page{}, "2026-03-01"
			list, _, err := tx.Matters(ctx, Realm, q)
			sameIDs(b, "until a day", list, matterID, ids[2], ids[0], ids[3])
			return err
		})
	}},
}
