package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"haicap/internal/gov"
)

// Lists and counts of matters within a reach. Each owner of a matter has a row in record_owner that repeats what lists go by, in an index that ends in
// the order of the list: so a page costs a page for each owner within reach, and a count reads nothing but the index.

// mostApart is the number of owners up to which the first page of each is read by itself.
const mostApart = 40

// beside is the transaction for a question about places of a role: unbounded where all that these places have is within reach anyway, as for a ward's
// own people. Whether it is does not depend on what anybody else has.
func (t *tx) beside(ctx context.Context, r gov.Realm, role gov.Role, places []string) (*tx, error) {
	if t.whole() || role != gov.RoleUnit || len(places) == 0 {
		return t, nil
	}
	f := inRealm(r)
	var gaps []string // what belongs to a version of one of the units that is not within reach
	for _, code := range places {
		from, past := gov.OwnerOfUnit(gov.UnitKey{Code: code}), "u:"+code+"0" // the next word after "u:CODE/…"
		at := " >= " + f.arg(from)
		for _, k := range t.versions(code) {
			gaps = append(gaps, "owner"+at+" AND owner < "+f.arg(gov.OwnerOfUnit(k)))
			at = " > " + f.arg(gov.OwnerOfUnit(k))
		}
		gaps = append(gaps, "owner"+at+" AND owner < "+f.arg(past))
	}
	for i, g := range gaps {
		gaps[i] = "EXISTS (SELECT 1 FROM record_owner WHERE realm = $1 AND noun = 'matter' AND " + g + ")"
	}
	n, err := one(ctx, t, scanInt, "SELECT CASE WHEN "+strings.Join(gaps, " OR ")+" THEN 1 ELSE 0 END", f.args...)
	if err != nil || n > 0 {
		return t, err
	}
	all := *t
	all.reach = &gov.Reach{All: true, Agencies: t.reach.Agencies}
	return &all, nil
}

// versions are those of a unit that are within reach, in the order of their words.
func (t *tx) versions(code string) []gov.UnitKey {
	var list []gov.UnitKey
	for _, k := range t.reach.Units {
		if k.Code == code {
			list = append(list, k)
		}
	}
	slices.SortFunc(list, func(a, b gov.UnitKey) int { return cmp.Compare(a.From, b.From) })
	return list
}

// ofReach are the conditions on the owners' rows by which a list of a reach is found; owner says whose.
func ofReach(f *filter, q gov.MatterQuery, owner string) string {
	in := &filter{args: f.args}
	in.and("realm = $1 AND noun = 'matter' AND " + owner)
	inForce(in, q)
	if q.Top {
		in.and("top = 1")
	}
	f.args = in.args
	return in.String()
}

// reachMatters is the subquery that leads to a page of what is within reach, by due day.
func (t *tx) reachMatters(f *filter, q gov.MatterQuery) string {
	column, after, down := "sort_due", ">", ""
	if q.Newest {
		after, down = "<", " DESC"
	}
	page := ""
	if keys, err := keysOf(q.Page.After, 2); err == nil { // a bad cursor is refused where the list is made
		page = " AND (" + column + ", record) " + after + " (" + f.arg(keys[0]) + ", " + f.arg(keys[1]) + ")"
	}
	limit := f.limit(pageSize(q.Page.Limit) + 1)
	first := func(owner string) string {
		return "SELECT led_due, to_id FROM (SELECT DISTINCT sort_due AS led_due, record AS to_id FROM record_owner WHERE " + ofReach(f, q, owner) + page +
			" ORDER BY sort_due" + down + ", record" + down + limit + ") AS owned"
	}
	owners := t.reach.Owners()
	var pages []string
	if len(owners) > mostApart || len(owners) == 0 {
		pages = []string{first(f.anyOf("owner", owners))}
	} else {
		for _, o := range owners {
			pages = append(pages, first("owner = "+f.arg(o)))
		}
	}
	return "SELECT to_id, led_due FROM (" + strings.Join(pages, " UNION ") + ") AS pages ORDER BY led_due" + down + ", to_id" + down + limit
}

// countWithin counts what a list of a reach has on all its pages.
func (t *tx) countWithin(r gov.Realm, q gov.MatterQuery) (query string, args []any) {
	f := &filter{args: []any{r}}
	owner := f.anyOf("owner", t.reach.Owners())
	return "SELECT count(*) FROM (SELECT DISTINCT (record || '') AS record FROM record_owner WHERE " + ofReach(f, q, owner) + ") AS mine", f.args
}

// tallyWithin counts what is within reach: the counts that are kept know no reach.
func (t *tx) tallyWithin(ctx context.Context, r gov.Realm, s tallyScope, on gov.Day) ([]tallyRow, error) {
	f := &filter{args: []any{r}}
	day, none := f.arg(on), f.arg(noDue)
	words := func(table string) string {
		word := func(column string) string {
			return "CASE WHEN " + column + " = " + none + " THEN 'none' WHEN " + column + " < " + day + " THEN 'past' ELSE 'ahead' END"
		}
		return word(table+"sort_due") + " AS due, " + word(table+"sort_first") + " AS first_due"
	}
	q := gov.MatterQuery{Kinds: s.kinds, Top: s.role == ""}
	mine := " FROM record_owner WHERE " + ofReach(f, q, f.anyOf("owner", t.reach.Owners()))
	group := "kind, state, cells, due, first_due"
	rows := "SELECT DISTINCT (record || '') AS record, '' AS place, kind, state, cells, " + words("") + mine
	if s.role != "" {
		f.and("p.realm = $1 AND p.matter = mine.record AND p.stand <> 0 AND " + rolesOfMatter("p") + " = " + f.arg(s.role))
		oneOf(f, "p.place", s.places)
		rows = "SELECT p.place, p.kind, p.state, mine.cells, " + words("p.") + " FROM (SELECT DISTINCT (record || '') AS record, cells" + mine +
			") AS mine CROSS JOIN matter_party AS p WHERE " + f.String()
		group = "place, " + group
	}
	columns := strings.TrimPrefix(group, "place, ")
	place := "''"
	if s.role != "" {
		place = "place"
	}
	return many(ctx, t, scanWithin(s.role), "SELECT "+place+", "+columns+", count(*) FROM ("+rows+") AS counted GROUP BY "+group, f.args...)
}

// scanWithin reads a row of tallyWithin.
func scanWithin(role gov.Role) func(row) (tallyRow, error) {
	return func(r row) (w tallyRow, err error) {
		w.key.role = role
		var cells string
		var due, first gov.Cell
		err = r.Scan(&w.key.place, &w.key.kind, &w.key.state, &cells, &due, &first, &w.n)
		switch granted, byFirst, ended := strings.Cut(cells, " "); {
		case ended:
			w.key.cell, w.key.first = gov.Cell(granted), gov.Cell(byFirst)
		case cells == ownerLate:
			w.key.cell, w.key.first = partLate+due, partLate+first
		default:
			w.key.cell, w.key.first = due, first
		}
		return w, err
	}
}

// ownerLate stands for the cells of what is owed and has a late part.
const ownerLate = "late"

// ownerCells is what the rows of a matter's owners say of its cells: both where no day changes them, else what a day does not tell.
func ownerCells(m gov.Matter) string {
	switch stand := standOf(m); {
	case stand == gov.StandEnded && m.Kind == gov.Task:
		return string(m.CellOn(noDue, gov.ByGranted)) + " " + string(m.CellOn(noDue, gov.ByFirst))
	case stand == gov.StandOwed && m.PartLate:
		return ownerLate
	}
	return ""
}

const matterOwnerColumns = ownerColumns + ", stand, kind, state, sort_due, sort_first, top, cells"

var (
	sqlAddMatterOwner = statement(insertInto("record_owner", matterOwnerColumns) + ownerTwice)
	sqlRestateOwners  = statement(`UPDATE record_owner SET stand = $3, state = $4, sort_due = $5, sort_first = $6, top = $7, cells = $8
		WHERE realm = $1 AND noun = 'matter' AND record = $2`)
)

// ownerValues are the columns of a matter's row for an owner.
func ownerValues(m gov.Matter, owner string) []any {
	return []any{m.Realm, "matter", m.ID, owner, standOf(m), m.Kind, m.State, sortDue(m.Due), sortFirst(m), top(m), ownerCells(m)}
}

func top(m gov.Matter) int {
	if m.Parent == "" {
		return 1
	}
	return 0
}

// ownMatter writes what a matter belongs to: the units and agencies of its parties, and the holder of its document.
func (t *tx) ownMatter(ctx context.Context, m gov.Matter) error {
	holder, err := t.holder(ctx, m.Realm, m.Source.Document, nil)
	if err != nil {
		return err
	}
	if err := t.put(ctx, sqlDisown, m.Realm, "matter", m.ID); err != nil {
		return err
	}
	owners := matterOwners(m, holder...)
	if err := t.mayOwn(owners); err != nil {
		return err
	}
	for _, o := range owners {
		if err := t.put(ctx, sqlAddMatterOwner, ownerValues(m, o)...); err != nil {
			return err
		}
	}
	return nil
}
