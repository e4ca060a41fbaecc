package storetest

import (
	"math/rand/v2"
	"slices"

	"haicap/internal/gov"
)

// recommendation makes one at random; some are superseded, some stand in no unit, some are of two.
func (b *book) recommendation(rnd *rand.Rand) gov.Matter {
	return b.matter(func(m *gov.Matter) {
		m.Kind, m.State = gov.Recommendation, []gov.State{gov.StateOpen, gov.Scheduled, gov.Resolved, gov.Explained}[rnd.IntN(4)]
		m.Field, m.Level = []string{"", "land", "finance"}[rnd.IntN(3)], []gov.Level{gov.LevelOpen, gov.LevelProvince}[rnd.IntN(2)]
		m.Opened = gov.Day("2025-01-01").AddDays(rnd.IntN(300))
		m.Parties, m.Due, m.SupersededBy = nil, "", ""
		if m.State == gov.Scheduled {
			m.Due = "2026-02-01"
		}
		if rnd.IntN(6) == 0 {
			m.SupersededBy = "other"
		}
		for _, p := range places[:3] {
			if rnd.IntN(3) == 0 {
				m.Parties = append(m.Parties, p)
			}
		}
		m.Parties = append(m.Parties, gov.Party{Role: gov.RoleAddressee, Name: "Sở Xây dựng", Agency: "agency-1"})
	})
}

// codesOf are the codes of a matter's units, each once.
func codesOf(m gov.Matter) []string {
	var codes []string
	for _, u := range m.Units() {
		if !slices.Contains(codes, u.Code) {
			codes = append(codes, u.Code)
		}
	}
	slices.Sort(codes)
	return codes
}

// asked reports whether a query finds a recommendation.
func asked(q gov.AskedQuery, m gov.Matter) bool {
	return m.SupersededBy == "" && (q.Stand == gov.StandAny || m.State.Finished() == (q.Stand == gov.StandEnded)) && (q.State == "" || m.State == q.State) &&
		(q.Field == "" || m.Field == q.Field) && (!q.NoField || m.Field == "") && (q.Level == "" || m.Level == q.Level) && (!q.NoLevel || m.Level == "") &&
		(q.Unit == "" || slices.Contains(codesOf(m), q.Unit)) && (q.IDs == nil || slices.Contains(q.IDs, m.ID))
}

// askedAlike holds the registers of a transaction against the recommendations looked at one by one; linked are those that a directive within reach answers.
func (b *book) askedAlike(tx gov.Tx, list []gov.Matter, linked map[gov.ID]bool) error {
	queries := []gov.AskedQuery{{}, {Stand: gov.StandOwed}, {Stand: gov.StandEnded}, {State: gov.Scheduled}, {Field: "land"}, {NoField: true}, {Level: gov.LevelProvince},
		{NoLevel: true}, {Unit: "04795", Stand: gov.StandOwed}, {Unit: "07909"}, {IDs: []gov.ID{list[0].ID, list[1].ID, list[2].ID}}, {Linked: true}}
	for _, q := range queries {
		var want []gov.AskedRow
		units := map[gov.ID][]string{}
		for _, m := range list {
			if asked(q, m) {
				want = append(want, gov.AskedRow{ID: m.ID, Field: m.Field, Level: m.Level, State: m.State, Opened: m.Opened, Due: m.Due, Created: m.Created.At,
					Funding: m.Funding, Linked: q.Linked && linked[m.ID]})
			}
			if codes := codesOf(m); len(codes) > 0 && asked(gov.AskedQuery{Stand: q.Stand, Unit: q.Unit, IDs: q.IDs}, m) {
				units[m.ID] = codes
			}
		}
		var got []gov.AskedRow
		err := tx.EachAsked(ctx, Realm, q, func(a gov.AskedRow) error { got = append(got, a); return nil })
		if err != nil {
			return err
		}
		byID := func(x, y gov.AskedRow) int { return cmpID(x.ID, y.ID) }
		slices.SortFunc(got, byID)
		slices.SortFunc(want, byID)
		same(b, "asked", got, want)
		there, err := tx.AskedUnits(ctx, Realm, q)
		if err != nil {
			return err
		}
		for _, codes := range there {
			slices.Sort(codes)
		}
		same(b, "units", there, units)
	}
	return b.mappedAlike(tx, list)
}

func cmpID(x, y gov.ID) int {
	if x < y {
		return -1
	}
	return 1
}

// mappedAlike holds the counts by unit and field against those counted one by one.
func (b *book) mappedAlike(tx gov.Tx, list []gov.Matter) error {
	byUnit, whole := map[gov.AskedCount]int{}, map[gov.AskedCount]int{}
	for _, m := range list {
		if m.SupersededBy != "" {
			continue
		}
		c := gov.AskedCount{Field: m.Field, Owed: !m.State.Finished()}
		whole[c]++
		codes := codesOf(m)
		if len(codes) == 0 {
			codes = []string{""}
		}
		for _, c.Unit = range codes {
			byUnit[c]++
		}
	}
	gotUnits, gotWhole, err := tx.CountAsked(ctx, Realm)
	counts := func(list []gov.AskedCount) map[gov.AskedCount]int {
		n := map[gov.AskedCount]int{}
		for _, c := range list {
			k := c
			k.N = 0
			n[k] += c.N
		}
		return n
	}
	same(b, "by unit and field", counts(gotUnits), byUnit)
	same(b, "by field", counts(gotWhole), whole)
	return err
}

var askedCases = []testCase{
	{"found, with their units and counted, like one by one, also within a reach", func(b *book) {
		rnd := rand.New(rand.NewPCG(2, 17))
		directive := b.matter(func(m *gov.Matter) { m.Kind, m.State, m.Parties = gov.Directive, gov.Noted, places[:1] })
		var list []gov.Matter
		linked := map[gov.ID]bool{}
		for i := range 60 {
			m := b.recommendation(rnd)
			list = append(list, m)
			if i%4 == 0 {
				linked[m.ID] = true
				b.update(func(tx gov.Tx) error {
					return tx.AddLink(ctx, gov.Link{Realm: Realm, From: directive.ID, To: m.ID, Kind: gov.LinkAnswers})
				})
			}
		}
		b.matter(func(m *gov.Matter) { m.Kind = gov.Task })
		b.view(func(tx gov.Tx) error {
			if err := b.askedAlike(tx, list, linked); err != nil {
				return err
			}
			for i, r := range []gov.Reach{{Units: []gov.UnitKey{places[0].Unit}}, {Units: []gov.UnitKey{places[1].Unit, places[2].Unit}}, {Agencies: []gov.ID{"agency-1"}}} {
				seen := slices.DeleteFunc(slices.Clone(list), func(m gov.Matter) bool {
					return !slices.ContainsFunc(m.Parties, func(p gov.Party) bool { return r.HasUnit(p.Unit) || r.HasAgency(p.Agency) })
				})
				answered := linked
				if i > 0 { // the directive is of the first unit only
					answered = nil
				}
				if err := b.askedAlike(tx.Within(r), seen, answered); err != nil {
					return err
				}
			}
			return nil
		})
	}},
}
