package store

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

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

// sortFirst is the first day of a matter as lists and counts take it.
func sortFirst(m gov.Matter) gov.Day {
	if m.FirstDue == "" {
		return sortDue(m.Due)
	}
	return m.FirstDue
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

// How the due day of something that is owed stands to the day as of which it is counted. What has a late part has "late " before it.
const (
	dayNone  gov.Cell = "none"
	dayAhead gov.Cell = "ahead"
	dayPast  gov.Cell = "past"
	partLate          = "late "
)

func dayWord(due, on gov.Day) gov.Cell {
	switch {
	case due == noDue:
		return dayNone
	case due < on:
		return dayPast
	}
	return dayAhead
}

// tallyKeys are the rows in which a matter is counted as of a day: what is ended in its cells, which no day changes, what is owed by how its days
// stand. A superseded one is in none.
func tallyKeys(m gov.Matter, on gov.Day) []tallyKey {
	k := tallyKey{kind: m.Kind, state: m.State}
	switch stand := standOf(m); {
	case stand == standNowhere:
		return nil
	case stand == gov.StandOwed:
		k.cell, k.first = dayWord(sortDue(m.Due), on), dayWord(sortFirst(m), on)
		if m.PartLate {
			k.cell, k.first = partLate+k.cell, partLate+k.first
		}
	case m.Kind == gov.Task:
		k.cell, k.first = m.CellOn(noDue, gov.ByGranted), m.CellOn(noDue, gov.ByFirst)
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

// cells are those of the matters of a row on the day as of which they are counted: by the day that was granted last and by the first.
func (k tallyKey) cells() (granted, first gov.Cell) {
	if k.state.Finished() {
		return k.cell, k.first
	}
	return k.cellOf(k.cell), k.cellOf(k.first)
}

// cellOf is gov.Matter.CellOn for what is owed, of which only the word for its day is known.
func (k tallyKey) cellOf(word gov.Cell) gov.Cell {
	_, late := strings.CutPrefix(string(word), partLate)
	switch {
	case k.state == gov.Suspended:
		return gov.SuspendedCell
	case late, word == dayPast:
		return gov.Overdue
	case word == dayNone:
		return gov.NoDue
	}
	return gov.InTerm
}

const (
	tallyColumns = "realm, role, place, kind, state, cell, first_cell, number"
	tallyAgain   = " ON CONFLICT (realm, role, place, kind, state, cell, first_cell) DO UPDATE SET number = matter_tally.number + excluded.number"
)

// tally takes a matter as it was out of the counts and puts it in as it is. Where nothing that is counted changed, nothing is written.
func (t *tx) tally(ctx context.Context, r gov.Realm, was, is []tallyKey) error {
	var rows []tallyRow
	for _, k := range was {
		if !slices.Contains(is, k) {
			rows = append(rows, tallyRow{k, -1})
		}
	}
	for _, k := range is {
		if !slices.Contains(was, k) {
			rows = append(rows, tallyRow{k, 1})
		}
	}
	return t.addTallies(ctx, r, rows)
}

// addTallies adds numbers, each of another row, to the counts. They go in the order of their key, so that two who write them wait for each other and
// do not lock each other out.
func (t *tx) addTallies(ctx context.Context, r gov.Realm, list []tallyRow) error {
	slices.SortFunc(list, func(a, b tallyRow) int { return a.key.compare(b.key) })
	return t.putMany(ctx, "matter_tally", tallyColumns, tallyAgain, len(list), func(row []any, i int) []any {
		k := list[i].key
		return append(row, r, k.role, k.place, k.kind, k.state, k.cell, k.first, list[i].n)
	})
}

func (k tallyKey) compare(o tallyKey) int {
	return cmp.Or(cmp.Compare(k.role, o.role), cmp.Compare(k.place, o.place), cmp.Compare(k.kind, o.kind), cmp.Compare(k.state, o.state),
		cmp.Compare(k.cell, o.cell), cmp.Compare(k.first, o.first))
}

// A tallyRow is a count of matters that are alike in all that a table of counts shows.
type tallyRow struct {
	key tallyKey
	n   int
}

// packedTally is a row in few columns: a table of all places is thousands of rows, and what a row costs goes by its columns.
const packedTally = "place, kind || '|' || state || '|' || cell || '|' || first_cell, number"

func scanTally(role gov.Role) func(row) (tallyRow, error) {
	return func(r row) (w tallyRow, err error) {
		var words string
		err = r.Scan(&w.key.place, &words, &w.n)
		cut := func() (first string) {
			first, words, _ = strings.Cut(words, "|")
			return first
		}
		w.key.role, w.key.kind, w.key.state, w.key.cell, w.key.first = role, gov.MatterKind(cut()), gov.State(cut()), gov.Cell(cut()), gov.Cell(words)
		return w, err
	}
}

// A tallyScope is what is counted: the places of a role, or without one the whole realm, and the kinds. Empty lists do not narrow.
type tallyScope struct {
	role   gov.Role
	places []string
	kinds  []gov.MatterKind
}

// TallyMatters gives the counts that are kept, as of the day of the query.
func (t *tx) TallyMatters(ctx context.Context, r gov.Realm, q gov.TallyQuery) ([]gov.PlaceTally, error) {
	t, err := t.beside(ctx, r, q.Role, q.Places)
	if err != nil {
		return nil, err
	}
	s := tallyScope{role: q.Role, places: q.Places}
	if q.Kind != "" {
		s.kinds = []gov.MatterKind{q.Kind}
	}
	var rows []tallyRow
	if t.whole() {
		rows, err = t.tallied(ctx, r, s, q.Today)
	} else {
		rows, err = t.tallyWithin(ctx, r, s, q.Today)
	}
	return placeTallies(rows), err
}

// tallied reads the counts of a scope as of a day.
func (t *tx) tallied(ctx context.Context, r gov.Realm, s tallyScope, on gov.Day) ([]tallyRow, error) {
	f := inRealm(r)
	f.and("role = " + f.arg(s.role))
	oneOf(f, "place", s.places)
	oneOf(f, "kind", s.kinds)
	f.and("number <> 0")
	rows, err := many(ctx, t, scanTally(s.role), f.query(packedTally, "matter_tally", ""), f.args...)
	if err != nil {
		return nil, err
	}
	base, err := t.tallyDay(ctx, r)
	if err != nil {
		return nil, err
	}
	moved, err := t.fallen(ctx, r, s, base, on)
	return append(rows, moved...), err
}

// countTallied counts what is asked from the counts that are kept; q is one of which tallies tells.
func (t *tx) countTallied(ctx context.Context, r gov.Realm, q gov.MatterQuery) (int, error) {
	on, err := t.tallyDay(ctx, r)
	if err != nil {
		return 0, err
	}
	if q.DueUntil != "" {
		on = q.DueUntil.AddDays(1)
	}
	s := tallyScope{role: q.PlaceRole, kinds: q.Kinds}
	if q.Place != "" {
		s.places = []string{q.Place}
	} else {
		s.role = ""
	}
	rows, err := t.tallied(ctx, r, s, on)
	n := 0
	for _, w := range rows {
		word := gov.Cell(strings.TrimPrefix(string(w.key.cell), partLate))
		switch {
		case len(q.States) > 0 && !slices.Contains(q.States, w.key.state),
			q.Stand != gov.StandAny && w.key.state.Finished() != (q.Stand == gov.StandEnded),
			q.NoDue && word != dayNone,
			q.DueUntil != "" && word != dayPast:
		default:
			n += w.n
		}
	}
	return n, err
}

// tellable reports whether the counts that are kept tell how many matters a list has.
func tellable(q gov.MatterQuery) bool {
	whole := q.Top && q.Place == ""
	placed := !q.Top && q.Place != "" && slices.Contains(talliedRoles, q.PlaceRole)
	days := q.DueFrom != "" || q.DueUntil != "" || q.NoDue
	return (whole || placed) && leanList(q) && (!days || q.Stand == gov.StandOwed && q.DueFrom == "")
}

// placeTallies puts counts together by place, in the order of places.
func placeTallies(rows []tallyRow) []gov.PlaceTally {
	at := map[string]int{}
	var list []gov.PlaceTally
	for _, w := range rows {
		i, ok := at[w.key.place]
		if !ok {
			i = len(list)
			at[w.key.place], list = i, append(list, gov.PlaceTally{Place: w.key.place, States: map[gov.State]int{}})
		}
		p := &list[i]
		p.States[w.key.state] += w.n
		if w.key.kind == gov.Task { // only tasks have cells: the rest is told by state
			granted, first := w.key.cells()
			p.Granted.Add(granted, w.key.state, w.n)
			p.First.Add(first, w.key.state, w.n)
		}
	}
	list = slices.DeleteFunc(list, func(p gov.PlaceTally) bool { // what fell due left other rows empty
		maps.DeleteFunc(p.States, func(_ gov.State, n int) bool { return n == 0 })
		none := func(_ gov.Cell, n int) bool { return n == 0 }
		maps.DeleteFunc(p.Granted.Cells, none)
		maps.DeleteFunc(p.First.Cells, none)
		return len(p.States) == 0
	})
	slices.SortFunc(list, func(a, b gov.PlaceTally) int { return cmp.Compare(a.Place, b.Place) })
	return list
}
