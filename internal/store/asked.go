package store

import (
	"context"

	"haicap/internal/gov"
)

// Registers, reports and the map of recommendations go through all of them, or all that are owed. They read matter_asked, which holds what they go by
// and none of the words; the words of a page are read when it is known which rows it has.

const askedColumns = "matter.id, matter.field, matter.level, matter.state, matter.opened, matter.sort_due, matter.created_at, matter.funding"

func scanAsked(r row) (a gov.AskedRow, err error) {
	err = r.Scan(&a.ID, &a.Field, &a.Level, &a.State, &a.Opened, &a.Due, at{&a.Created}, &a.Funding, &a.Linked)
	if a.Due == noDue {
		a.Due = ""
	}
	return a, err
}

// standsIn is the condition that what is in force stands as asked; the column is one of matter or of what repeats it.
func standsIn(f *filter, column string, s gov.Stand) string {
	if s == gov.StandAny {
		return column + " IN (1, 2)"
	}
	return column + " = " + f.arg(s)
}

// ledAsked goes to recommendations from what is within reach; column is where their id stands.
func (f *filter) ledAsked(t *tx, column string, s gov.Stand) {
	if t.whole() {
		return
	}
	f.from = "(SELECT DISTINCT (record || '') AS to_id FROM record_owner WHERE realm = $1 AND noun = 'matter' AND " + f.anyOf("owner", t.reach.Owners()) +
		" AND " + standsIn(f, "stand", s) + " AND kind = 'recommendation') AS led CROSS JOIN "
	f.and(column + " = led.to_id")
}

func (t *tx) EachAsked(ctx context.Context, r gov.Realm, q gov.AskedQuery, each func(gov.AskedRow) error) error {
	query, args := t.askedQuery(r, q)
	_, err := many(ctx, t, func(w row) (none struct{}, err error) {
		a, err := scanAsked(w)
		if err != nil {
			return none, err
		}
		return none, each(a)
	}, query, args...)
	return err
}

// askedQuery lists recommendations without their words.
func (t *tx) askedQuery(r gov.Realm, q gov.AskedQuery) (query string, args []any) {
	f := &filter{args: []any{r}}
	f.ledAsked(t, "matter.id", q.Stand)
	kind, stand := "matter.kind", "matter.stand"
	if len(q.IDs) > 0 {
		kind, stand = "(matter.kind || '')", "(matter.stand + 0)" // keeps SQLite from going through all of them, which it would for more than a few
	}
	f.and("matter.realm = $1 AND " + kind + " = 'recommendation' AND " + standsIn(f, stand, q.Stand))
	equal(f, "matter.state", q.State)
	equal(f, "matter.field", q.Field)
	equal(f, "matter.level", q.Level)
	oneOf(f, "matter.id", q.IDs)
	if q.NoField {
		f.and("matter.field = ''")
	}
	if q.NoLevel {
		f.and("matter.level = ''")
	}
	if q.Unit != "" {
		f.and("matter.id IN (SELECT u.matter FROM matter_party AS u WHERE u.realm = $1 AND u.role = 'unit' AND " + standsIn(f, "u.stand", q.Stand) +
			" AND u.kind = 'recommendation' AND u.place = " + f.arg(q.Unit) + ")")
	}
	linked := "0 = 1"
	if q.Linked {
		linked = "EXISTS (SELECT 1 FROM matter_link AS l WHERE l.realm = $1 AND l.to_matter = matter.id AND l.kind = 'answers' AND " + f.owned(t, "matter", "l.from_matter") + ")"
	}
	return f.query(askedColumns+", "+linked, "matter", ""), f.args
}

// rolesOfMatter is the role of a party of a matter that something else leads to; the concatenation keeps SQLite from going through all places instead.
func rolesOfMatter(table string) string { return "(" + table + ".role || '')" }

func (t *tx) AskedUnits(ctx context.Context, r gov.Realm, q gov.AskedQuery) (map[gov.ID][]string, error) {
	query, args := t.askedUnitsQuery(r, q)
	units := map[gov.ID][]string{}
	_, err := many(ctx, t, func(w row) (none struct{}, err error) {
		var id gov.ID
		var code string
		err = w.Scan(&id, &code)
		units[id] = append(units[id], code)
		return none, err
	}, query, args...)
	return units, err
}

// askedUnitsQuery lists the units of recommendations.
func (t *tx) askedUnitsQuery(r gov.Realm, q gov.AskedQuery) (query string, args []any) {
	f := &filter{args: []any{r}}
	f.ledAsked(t, "matter_party.matter", q.Stand)
	role := "matter_party.role"
	if !t.whole() || len(q.IDs) > 0 {
		role = rolesOfMatter("matter_party")
	}
	f.and("matter_party.realm = $1 AND " + role + " = 'unit' AND matter_party.kind = 'recommendation' AND " + standsIn(f, "matter_party.stand", q.Stand))
	oneOf(f, "matter_party.matter", q.IDs)
	if q.Unit != "" {
		f.and("matter_party.matter IN (SELECT u.matter FROM matter_party AS u WHERE u.realm = $1 AND u.role = 'unit' AND " + standsIn(f, "u.stand", q.Stand) +
			" AND u.kind = 'recommendation' AND u.place = " + f.arg(q.Unit) + ")")
	}
	return f.query("matter_party.matter, matter_party.place", "matter_party", ""), f.args
}

func (t *tx) CountAsked(ctx context.Context, r gov.Realm) (byUnit, whole []gov.AskedCount, err error) {
	scan := func(w row) (c gov.AskedCount, err error) {
		var stand gov.Stand
		err = w.Scan(&c.Unit, &c.Field, &stand, &c.N)
		c.Owed = stand == gov.StandOwed
		return c, err
	}
	f := &filter{args: []any{r}}
	f.ledAsked(t, "matter.id", gov.StandAny)
	f.and("matter.realm = $1 AND matter.kind = 'recommendation' AND matter.stand IN (1, 2)")
	if whole, err = many(ctx, t, scan, f.query("'' AS unit, matter.field, matter.stand, count(*)", "matter", " GROUP BY matter.field, matter.stand"), f.args...); err != nil {
		return nil, nil, err
	}
	party := "matter_party AS p WHERE p.realm = $1 AND p.matter = matter.id AND " + rolesOfMatter("p") + " = 'unit' AND p.stand <> 0"
	none := *f
	none.where = append(none.where[:len(none.where):len(none.where)], "NOT EXISTS (SELECT 1 FROM "+party+")")
	byUnit, err = many(ctx, t, scan, none.query("'' AS unit, matter.field, matter.stand, count(*)", "matter", " GROUP BY matter.field, matter.stand"), f.args...)
	if err != nil {
		return nil, nil, err
	}
	some, err := many(ctx, t, scan, "SELECT p.place, matter.field, matter.stand, count(*) FROM "+f.from+"matter CROSS JOIN "+party+" AND "+f.String()+
		" GROUP BY p.place, matter.field, matter.stand", f.args...)
	return append(byUnit, some...), whole, err
}
