package store

import (
	"context"
	"slices"

	"haicap/internal/gov"
)

const matterColumns = `realm, id, kind, session, words, topic, ` + sourceColumns + `, said_by, due_words, due, strength, past, answers,
	state, origin, assigned_by, opened, created_by, created_at, superseded_by, version,
	first_due, finished, product, cause, field, level, parent, parts, part_late, funding`

const matterInsert = matterColumns + ", stand, sort_due, sort_first"

const partyColumns = "realm, matter, seq, role, name, unit_code, unit_from, agency, place, stand, kind, state, sort_due, sort_first"

const matterOrder = " ORDER BY opened, id"

var (
	sqlInsertMatter = statement(insertInto("matter", matterInsert))
	sqlMatter       = statement("SELECT " + matterColumns + " FROM matter WHERE realm = $1 AND id = $2")
	sqlUpdateMatter = statement(`UPDATE matter SET state = $4, due_words = $5, due = $6, assigned_by = $7, superseded_by = $8,
		first_due = $9, finished = $10, product = $11, cause = $12, field = $13, level = $14, parent = $15, parts = $16, part_late = $17,
		stand = $18, sort_due = $19, sort_first = $20, funding = $21, version = version + 1 WHERE realm = $1 AND id = $2 AND version = $3`)
	sqlHasMatter = statement("SELECT 1 FROM matter WHERE realm = $1 AND id = $2")

	sqlInsertParty   = statement(insertInto("matter_party", partyColumns))
	sqlDeleteParties = statement("DELETE FROM matter_party WHERE realm = $1 AND matter = $2")
	sqlRestate       = statement("UPDATE matter_party SET stand = $3, state = $4, sort_due = $5, sort_first = $6 WHERE realm = $1 AND matter = $2")
	sqlOnlyOnce      = statement("UPDATE matter_party SET stand = 0 WHERE realm = $1 AND matter = $2 AND seq = $3")
)

func scanMatter(r row) (m gov.Matter, err error) {
	fields := []any{&m.Realm, &m.ID, &m.Kind, maybe[gov.ID]{&m.Session}, &m.Text, &m.Topic}
	fields = append(fields, sourceFields(&m.Source)...)
	err = r.Scan(append(fields, &m.By, &m.DueWords, &m.Due, &m.Strength, &m.Past, &m.Answers, &m.State, &m.Origin, &m.AssignedBy,
		&m.Opened, &m.Created.By, at{&m.Created.At}, &m.SupersededBy, &m.Version, &m.FirstDue, &m.Finished, &m.Product, &m.Cause, &m.Field,
		&m.Level, &m.Parent, &m.Parts, &m.PartLate, &m.Funding)...)
	return m, err
}

// matterValues are the columns of a new matter.
func matterValues(m gov.Matter) []any {
	values := []any{m.Realm, m.ID, m.Kind, null(m.Session), m.Text, m.Topic}
	values = append(values, sourceValues(m.Source)...)
	return append(values, m.By, m.DueWords, m.Due, m.Strength, m.Past, m.Answers, m.State, m.Origin, m.AssignedBy, m.Opened,
		m.Created.By, m.Created.At, m.SupersededBy, m.Version, m.FirstDue, m.Finished, m.Product, m.Cause, m.Field, m.Level, m.Parent, m.Parts,
		m.PartLate, m.Funding, standOf(m), sortDue(m.Due), sortFirst(m))
}

// partyValues are the columns of the i-th of a matter's placed parties. Where a place has a role twice, it stands there once.
func partyValues(m gov.Matter, list []gov.Party, i int) []any {
	p, stand := list[i], partyStand(m)
	if again(list, i) {
		stand = standNowhere
	}
	return []any{m.Realm, m.ID, i + 1, p.Role, p.Name, p.Unit.Code, p.Unit.From, p.Agency, placeOf(p), stand, m.Kind, m.State, sortDue(m.Due), sortFirst(m)}
}

// again reports whether a party before the i-th has its role in its place.
func again(list []gov.Party, i int) bool {
	return slices.ContainsFunc(list[:i], func(o gov.Party) bool { return o.Role == list[i].Role && placeOf(o) == placeOf(list[i]) })
}

func (t *tx) CreateMatter(ctx context.Context, m gov.Matter) error {
	if err := t.put(ctx, sqlInsertMatter, matterValues(m)...); err != nil {
		return err
	}
	if err := t.insertParties(ctx, m); err != nil {
		return err
	}
	day, err := t.tallyDay(ctx, m.Realm)
	if err != nil {
		return err
	}
	return t.tally(ctx, m.Realm, nil, tallyKeys(m, day))
}

func (t *tx) insertParties(ctx context.Context, m gov.Matter) error {
	if err := t.ownMatter(ctx, m); err != nil {
		return err
	}
	list := placed(m)
	for i := range list {
		if err := t.put(ctx, sqlInsertParty, partyValues(m, list, i)...); err != nil {
			return err
		}
	}
	return nil
}

// restate writes a matter's parties and owners anew where they are others, else only what they repeat of the matter.
func (t *tx) restate(ctx context.Context, was, m gov.Matter) error {
	list := placed(m)
	if !slices.Equal(placed(was), list) {
		if err := t.put(ctx, sqlDeleteParties, m.Realm, m.ID); err != nil {
			return err
		}
		return t.insertParties(ctx, m)
	}
	same := was.State == m.State && sortDue(was.Due) == sortDue(m.Due) && sortFirst(was) == sortFirst(m)
	if !same || partyStand(was) != partyStand(m) {
		if err := t.put(ctx, sqlRestate, m.Realm, m.ID, partyStand(m), m.State, sortDue(m.Due), sortFirst(m)); err != nil {
			return err
		}
		for i := range list {
			if again(list, i) {
				if err := t.put(ctx, sqlOnlyOnce, m.Realm, m.ID, i+1); err != nil {
					return err
				}
			}
		}
	}
	if same && standOf(was) == standOf(m) && top(was) == top(m) && ownerCells(was) == ownerCells(m) {
		return nil
	}
	return t.put(ctx, sqlRestateOwners, m.Realm, m.ID, standOf(m), m.State, sortDue(m.Due), sortFirst(m), top(m), ownerCells(m))
}

func (t *tx) Matter(ctx context.Context, r gov.Realm, id gov.ID) (gov.Matter, error) {
	m, err := oneOwned(ctx, t, "matter", scanMatter, sqlMatter, r, id)
	if err != nil {
		return m, err
	}
	list := []gov.Matter{m}
	err = t.addParties(ctx, r, list)
	return list[0], err
}

func (t *tx) UpdateMatter(ctx context.Context, m gov.Matter) error {
	was, err := t.Matter(ctx, m.Realm, m.ID)
	if err != nil {
		return err
	}
	n, err := t.exec(ctx, sqlUpdateMatter, m.Realm, m.ID, m.Version, m.State, m.DueWords, m.Due, m.AssignedBy, m.SupersededBy, m.FirstDue,
		m.Finished, m.Product, m.Cause, m.Field, m.Level, m.Parent, m.Parts, m.PartLate, standOf(m), sortDue(m.Due), sortFirst(m),
		m.Funding)
	if err := t.changed(ctx, n, err, sqlHasMatter, m.Realm, m.ID); err != nil {
		return err
	}
	m.Kind, m.Source.Document = was.Kind, was.Source.Document // what a matter is and where it is written does not change
	if err := t.restate(ctx, was, m); err != nil {
		return err
	}
	day, err := t.tallyDay(ctx, m.Realm)
	if err != nil {
		return err
	}
	return t.tally(ctx, m.Realm, tallyKeys(was, day), tallyKeys(m, day))
}

// A partyRow is a row of matter_party.
type partyRow struct {
	matter gov.ID
	party  gov.Party
}

func scanParty(r row) (p partyRow, err error) {
	err = r.Scan(&p.matter, &p.party.Role, &p.party.Name, &p.party.Unit.Code, &p.party.Unit.From, &p.party.Agency)
	return p, err
}

// addParties reads the parties of all matters of a list at once.
func (t *tx) addParties(ctx context.Context, r gov.Realm, list []gov.Matter) error {
	if len(list) == 0 {
		return nil
	}
	place := make(map[gov.ID]int, len(list))
	ids := make([]gov.ID, len(list))
	for i, m := range list {
		place[m.ID], ids[i] = i, m.ID
	}
	f := inRealm(r)
	oneOf(f, "matter", ids)
	parties, err := many(ctx, t, scanParty, "SELECT matter, role, name, unit_code, unit_from, agency FROM matter_party WHERE "+
		f.String()+" ORDER BY matter, seq", f.args...)
	for _, p := range parties {
		if p.party.Role == gov.RoleLead && p.party.Name == "" {
			continue // placed, where no body leads
		}
		m := &list[place[p.matter]]
		m.Parties = append(m.Parties, p.party)
	}
	return err
}

// matterSort is the column that a list is sorted by before the id, and whether it runs downwards.
func matterSort(q gov.MatterQuery) (column string, down bool) {
	if q.ByDue {
		return "sort_due", q.Newest
	}
	return "opened", q.Newest
}

func (t *tx) Matters(ctx context.Context, r gov.Realm, q gov.MatterQuery) ([]gov.Matter, string, error) {
	q = lean(q)
	t, err := t.besideList(ctx, r, q)
	if err != nil {
		return nil, "", err
	}
	f := t.matterFilter(r, q)
	column, down := matterSort(q)
	order, after := " ORDER BY "+column+", id", ">"
	if down {
		order, after = " ORDER BY "+column+" DESC, id DESC", "<"
	}
	if q.Page.After != "" {
		keys, err := keysOf(q.Page.After, 2)
		if err != nil {
			return nil, "", err
		}
		f.and("(" + column + ", id) " + after + " (" + f.arg(keys[0]) + ", " + f.arg(keys[1]) + ")")
	}
	n := pageSize(q.Page.Limit)
	list, err := many(ctx, t, scanMatter, f.query(matterColumns, "matter", order)+f.limit(n+1), f.args...)
	if err != nil {
		return nil, "", err
	}
	list, next := cut(list, n, func(m gov.Matter) []string {
		if q.ByDue {
			return []string{string(sortDue(m.Due)), string(m.ID)}
		}
		return []string{string(m.Opened), string(m.ID)}
	})
	return list, next, t.addParties(ctx, r, list)
}

func (t *tx) CountMatters(ctx context.Context, r gov.Realm, q gov.MatterQuery) (int, error) {
	q = lean(q)
	t, err := t.besideList(ctx, r, q)
	if err != nil {
		return 0, err
	}
	if t.whole() && tellable(q) {
		return t.countTallied(ctx, r, q)
	}
	query, args := t.countQuery(r, q)
	return one(ctx, t, scanInt, query, args...)
}

const eventColumns = "realm, matter, seq, at, account, action, from_state, to_state, note, document, due_from, due_to"

var (
	// Two steps of one matter that were numbered alike: for PostgreSQL the second conflicts with what it does not see yet, so it runs again; without
	// the clause that would be a duplicate key, and nobody would.
	sqlInsertEvent = statement(insertInto("matter_event", eventColumns) + " ON CONFLICT (realm, matter, seq) DO NOTHING")
	sqlLastEvent   = statement("SELECT COALESCE(max(seq), 0) FROM matter_event WHERE realm = $1 AND matter = $2")
)

func scanEvent(r row) (e gov.MatterEvent, err error) {
	err = r.Scan(&e.Realm, &e.Matter, &e.Seq, at{&e.At}, &e.By, &e.Action, &e.From, &e.To, &e.Note, maybe[gov.ID]{&e.Document}, &e.DueFrom, &e.DueTo)
	return e, err
}

func (t *tx) AddEvent(ctx context.Context, e gov.MatterEvent) error {
	if err := t.reaches(ctx, "matter", e.Realm, e.Matter); err != nil {
		return err
	}
	last, err := one(ctx, t, scanInt, sqlLastEvent, e.Realm, e.Matter)
	if err != nil {
		return err
	}
	return t.put(ctx, sqlInsertEvent, e.Realm, e.Matter, last+1, e.At, e.By, e.Action, e.From, e.To, e.Note, null(e.Document), e.DueFrom, e.DueTo)
}

func (t *tx) Events(ctx context.Context, r gov.Realm, matter gov.ID) ([]gov.MatterEvent, error) {
	f := asked(r, matter)
	f.and("realm = $1 AND matter = $2 AND " + f.owned(t, "matter", "matter"))
	return many(ctx, t, scanEvent, f.query(eventColumns, "matter_event", " ORDER BY seq"), f.args...)
}

const linkColumns = "realm, from_matter, to_matter, kind"

var (
	sqlAddLink = statement(insertInto("matter_link", linkColumns) + " ON CONFLICT (realm, from_matter, to_matter, kind) DO NOTHING")
)

func scanLink(r row) (l gov.Link, err error) {
	err = r.Scan(&l.Realm, &l.From, &l.To, &l.Kind)
	return l, err
}

func (t *tx) AddLink(ctx context.Context, l gov.Link) error {
	for _, id := range []gov.ID{l.From, l.To} {
		if err := t.reaches(ctx, "matter", l.Realm, id); err != nil {
			return err
		}
	}
	return t.put(ctx, sqlAddLink, l.Realm, l.From, l.To, l.Kind)
}

func (t *tx) Links(ctx context.Context, r gov.Realm, matter gov.ID) ([]gov.Link, error) {
	f := asked(r, matter)
	both := " AND " + f.owned(t, "matter", "from_matter") + " AND " + f.owned(t, "matter", "to_matter")
	// Two halves, each of which an index leads to.
	half := "SELECT " + linkColumns + " FROM matter_link WHERE realm = $1 AND "
	return many(ctx, t, scanLink, half+"from_matter = $2"+both+" UNION "+half+"to_matter = $2"+both+
		" ORDER BY from_matter, to_matter, kind", f.args...)
}

const alsoSaidColumns = "realm, noun, record, " + sourceColumns

var (
	sqlAddAlsoSaid = statement(insertInto("also_said", alsoSaidColumns) +
		" ON CONFLICT (realm, noun, record, src_document, src_start, src_end) DO NOTHING")
	sqlAlsoSaid = statement("SELECT " + alsoSaidColumns + ` FROM also_said WHERE realm = $1 AND noun = $2 AND record = $3
		ORDER BY src_day, src_document, src_start, src_end`)
)

func scanAlsoSaid(r row) (a gov.AlsoSaid, err error) {
	err = r.Scan(append([]any{&a.Realm, &a.Noun, &a.Record}, sourceFields(&a.Source)...)...)
	return a, err
}

func (t *tx) AddAlsoSaid(ctx context.Context, a gov.AlsoSaid) error {
	if err := t.reachesAny(ctx, a.Noun, a.Realm, a.Record); err != nil {
		return err
	}
	return t.put(ctx, sqlAddAlsoSaid, append([]any{a.Realm, a.Noun, a.Record}, sourceValues(a.Source)...)...)
}

func (t *tx) AlsoSaid(ctx context.Context, r gov.Realm, noun string, record gov.ID) ([]gov.AlsoSaid, error) {
	if err := t.reachesAny(ctx, noun, r, record); gov.IsNotFound(err) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	return many(ctx, t, scanAlsoSaid, sqlAlsoSaid, r, noun, record)
}
