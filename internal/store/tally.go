package store

import (
	"context"
	"slices"

	"haicap/internal/gov"
)

// noDue is how a matter without a due day is sorted: behind every day.
const noDue gov.Day = "9999-12-31"

func sortDue(d gov.Day) gov.Day {
	if d == "" {
		return noDue
	}
	return d
}

// standOf says where lists find a matter.
func standOf(m gov.Matter) gov.Stand {
	switch {
	case m.SupersededBy != "":
		return standNowhere
	case m.State.Finished():
		return gov.StandEnded
	}
	return gov.StandOwed
}

// standNowhere is kept for what no list of a place shows: the superseded, and in places what has parts.
const standNowhere gov.Stand = 0

// partyStand is standOf in places: of a matter that has parts, the parts stand there.
func partyStand(m gov.Matter) gov.Stand {
	if m.Parts > 0 {
		return standNowhere
	}
	return standOf(m)
}

// placeOf is by what a party's lists and counts are found.
func placeOf(p gov.Party) string {
	switch {
	case p.Role == gov.RoleUnit:
		return p.Unit.Code
	case p.Agency != "":
		return string(p.Agency)
	case p.Role == gov.RoleLead && p.Name == "":
		return gov.NoLead
	}
	return p.Name
}

// placed are the parties of a matter with the places where it counts: a task that no body leads counts where nobody does, so that the table of
// leads adds up to all tasks.
func placed(m gov.Matter) []gov.Party {
	if m.Kind != gov.Task || m.Parts > 0 || m.Lead() != "" {
		return m.Parties
	}
	return append(slices.Clone(m.Parties), gov.Party{Role: gov.RoleLead})
}

// talliedRoles are the roles whose places are counted.
var talliedRoles = []gov.Role{gov.RoleUnit, gov.RoleLead}

// A tallyKey is the key of a row of matter_tally.
type tallyKey struct {
	role  gov.Role
	place string
	kind  gov.MatterKind
	state gov.State
	cell  gov.Cell
	first gov.Cell
}

// tallyKeys are the rows in which an ended matter is counted; none while it is owed.
func tallyKeys(m gov.Matter) []tallyKey {
	if standOf(m) != gov.StandEnded {
		return nil
	}
	return tallyKeysOn(m, noDue)
}

// tallyKeysOn are the rows in which a matter is counted on a day.
func tallyKeysOn(m gov.Matter, today gov.Day) []tallyKey {
	k := tallyKey{kind: m.Kind, state: m.State}
	if m.Kind == gov.Task {
		k.cell, k.first = m.CellOn(today, gov.ByGranted), m.CellOn(today, gov.ByFirst)
	}
	var keys []tallyKey
	if m.Parent == "" {
		keys = append(keys, k)
	}
	if m.Parts > 0 {
		return keys
	}
	for _, p := range placed(m) {
		k.role, k.place = p.Role, placeOf(p)
		if slices.Contains(talliedRoles, p.Role) && !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	return keys
}

const (
	tallyColumns = "realm, role, place, kind, state, cell, first_cell, number"
	tallyAgain   = " ON CONFLICT (realm, role, place, kind, state, cell, first_cell) DO UPDATE SET number = matter_tally.number + excluded.number"
)

var sqlTally = statement(insertInto("matter_tally", tallyColumns) + tallyAgain)

// tally takes a matter as it was out of the counts and puts it in as it is. Where nothing that is counted changed, nothing is written.
func (t *tx) tally(ctx context.Context, r gov.Realm, was, is []tallyKey) error {
	for _, k := range was {
		if !slices.Contains(is, k) {
			if err := t.put(ctx, sqlTally, r, k.role, k.place, k.kind, k.state, k.cell, k.first, -1); err != nil {
				return err
			}
		}
	}
	for _, k := range is {
		if !slices.Contains(was, k) {
			if err := t.put(ctx, sqlTally, r, k.role, k.place, k.kind, k.state, k.cell, k.first, 1); err != nil {
				return err
			}
		}
	}
	return nil
}

// A tallyRow is a count of matters that are alike in all that a table of counts shows.
type tallyRow struct {
	key tallyKey
	n   int
}

func scanTally(r row) (w tallyRow, err error) {
	err = r.Scan(&w.key.role, &w.key.place, &w.key.kind, &w.key.state, &w.key.cell, &w.key.first, &w.n)
	return w, err
}

// TallyMatters counts the ended ones from their table, the owed ones from the index by which lists find them.
func (t *tx) TallyMatters(ctx context.Context, r gov.Realm, q gov.TallyQuery) ([]gov.PlaceTally, error) {
	if !t.whole() {
		return t.tallyWithin(ctx, r, q)
	}
	f := inRealm(r)
	f.and("role = " + f.arg(q.Role))
	oneOf(f, "place", q.Places)
	equal(f, "kind", q.Kind)
	f.and("number <> 0")
	rows, err := many(ctx, t, scanTally, f.query("role, place, kind, state, cell, first_cell, number", "matter_tally", ""), f.args...)
	if err != nil {
		return nil, err
	}
	owed, err := t.owed(ctx, r, q)
	if err != nil {
		return nil, err
	}
	return placeTallies(append(rows, owed...)), nil
}

// tallyWithin counts, one by one, the matters within reach: their table of counts knows no reach.
func (t *tx) tallyWithin(ctx context.Context, r gov.Realm, q gov.TallyQuery) ([]gov.PlaceTally, error) {
	f := inRealm(r)
	f.ledWithin(t, "matter")
	f.and("stand <> 0")
	equal(f, "kind", q.Kind)
	if q.Role == "" {
		f.and("parent = ''")
	} else {
		f.and("parts = 0")
	}
	list, err := many(ctx, t, scanMatter, f.query(matterColumns, "matter", ""), f.args...)
	if err != nil {
		return nil, err
	}
	if err := t.addParties(ctx, r, list); err != nil {
		return nil, err
	}
	var rows []tallyRow
	for _, m := range list {
		k := tallyKey{role: q.Role, kind: m.Kind, state: m.State, cell: m.CellOn(q.Today, gov.ByGranted), first: m.CellOn(q.Today, gov.ByFirst)}
		for _, place := range placesIn(m, q) {
			k.place = place
			rows = append(rows, tallyRow{k, 1})
		}
	}
	return placeTallies(rows), nil
}

// placesIn lists the places of a query in which a matter counts, each once.
func placesIn(m gov.Matter, q gov.TallyQuery) []string {
	if q.Role == "" {
		return []string{""}
	}
	var places []string
	for _, p := range placed(m) {
		place := placeOf(p)
		if p.Role == q.Role && !slices.Contains(places, place) && (len(q.Places) == 0 || slices.Contains(q.Places, place)) {
			places = append(places, place)
		}
	}
	return places
}

// owed counts what is still owed, in its cells on the day of the query.
func (t *tx) owed(ctx context.Context, r gov.Realm, q gov.TallyQuery) ([]tallyRow, error) {
	f := inRealm(r)
	f.and("stand = 1")
	equal(f, "kind", q.Kind)
	group, table, late := "place, kind, state", "matter_party", "0"
	if q.Role == "" {
		f.and("parent = ''")
		group, table, late = "kind, state", "matter", "part_late"
	} else {
		f.and("role = " + f.arg(q.Role))
		oneOf(f, "place", q.Places)
	}
	today, none := f.arg(q.Today), f.arg(noDue)
	// Whether a day is set, and whether it is past: by the day that was granted last and by the first.
	columns := group + ", CASE WHEN sort_due = " + none + " THEN 1 ELSE 0 END AS nodue, CASE WHEN sort_due < " + today +
		" THEN 1 ELSE 0 END AS past, CASE WHEN first_due <> '' AND first_due < " + today + " THEN 1 ELSE 0 END AS first_past, " + late + " AS part"
	return many(ctx, t, scanOwed(q.Role), "SELECT "+group+", nodue, past, first_past, part, count(*) FROM ("+f.query(columns, table, "")+
		") AS owed GROUP BY "+group+", nodue, past, first_past, part", f.args...)
}

// scanOwed reads a row of owed and gives it the cells that the same matters have one by one.
func scanOwed(role gov.Role) func(row) (tallyRow, error) {
	return func(r row) (w tallyRow, err error) {
		w.key.role = role
		var noDay, past, firstPast int
		var part bool
		fields := []any{&w.key.kind, &w.key.state, &noDay, &past, &firstPast, &part, &w.n}
		if role != "" {
			fields = append([]any{&w.key.place}, fields...)
		}
		if err := r.Scan(fields...); err != nil {
			return w, err
		}
		if w.key.kind != gov.Task {
			return w, nil
		}
		m := gov.Matter{State: w.key.state, PartLate: part}
		const due, today gov.Day = "2000-01-01", "2000-01-01"
		if noDay == 0 {
			m.Due, m.FirstDue = due.AddDays(-past), due.AddDays(-firstPast)
		}
		w.key.cell, w.key.first = m.CellOn(today, gov.ByGranted), m.CellOn(today, gov.ByFirst)
		return w, nil
	}
}

// placeTallies puts counts together by place, in the order of places.
func placeTallies(rows []tallyRow) []gov.PlaceTally {
	slices.SortStableFunc(rows, func(a, b tallyRow) int {
		switch {
		case a.key.place < b.key.place:
			return -1
		case a.key.place > b.key.place:
			return 1
		}
		return 0
	})
	var list []gov.PlaceTally
	for _, w := range rows {
		if n := len(list); n == 0 || list[n-1].Place != w.key.place {
			list = append(list, gov.PlaceTally{Place: w.key.place, States: map[gov.State]int{}})
		}
		p := &list[len(list)-1]
		p.States[w.key.state] += w.n
		if w.key.kind == gov.Task { // only tasks have cells: the rest is told by state
			p.Granted.Add(w.key.cell, w.key.state, w.n)
			p.First.Add(w.key.first, w.key.state, w.n)
		}
	}
	return list
}
