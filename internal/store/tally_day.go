package store

import (
	"context"

	"haicap/internal/gov"
)

// What is owed is counted as of a day that is kept with the counts. Every matter whose day has not come since stands in them as it does today, so a
// reader goes on from there by what fell due in between (fallen), and a job moves the day on. No count depends on the job: it only keeps that
// stretch short.

var (
	sqlTallyDay    = statement("SELECT day FROM matter_tally_day WHERE realm = $1")
	sqlSetTallyDay = statement(insertInto("matter_tally_day", "realm, day") + " ON CONFLICT (realm) DO UPDATE SET day = excluded.day")
)

// tallyDay is the day as of which the realm's counts are kept; empty where nothing is counted as past.
func (t *tx) tallyDay(ctx context.Context, r gov.Realm) (gov.Day, error) {
	if d, ok := t.days[r]; ok {
		return d, nil
	}
	d, err := one(ctx, t, func(w row) (d gov.Day, err error) { return d, w.Scan(&d) }, sqlTallyDay, r)
	if gov.IsNotFound(err) {
		err = nil
	}
	if err == nil {
		t.days[r] = d
	}
	return d, err
}

// MoveTallies keeps the counts as of another day.
func (t *tx) MoveTallies(ctx context.Context, r gov.Realm, on gov.Day) error {
	base, err := t.tallyDay(ctx, r)
	if err != nil || base == on {
		return err
	}
	sums := map[tallyKey]int{}
	for _, role := range append([]gov.Role{""}, talliedRoles...) {
		rows, err := t.fallen(ctx, r, tallyScope{role: role}, base, on)
		if err != nil {
			return err
		}
		for _, w := range rows {
			sums[w.key] += w.n
		}
	}
	list := make([]tallyRow, 0, len(sums))
	for k, n := range sums {
		list = append(list, tallyRow{k, n})
	}
	if err := t.addTallies(ctx, r, list); err != nil {
		return err
	}
	t.days[r] = on
	return t.put(ctx, sqlSetTallyDay, r, on)
}

// fallen is by how much the counts of a scope on one day differ from those on another: what is owed and has one of its days in between goes out of one
// row and into another. Each of the two halves has an index that leads to its few rows.
func (t *tx) fallen(ctx context.Context, r gov.Realm, s tallyScope, from, to gov.Day) ([]tallyRow, error) {
	if from == to {
		return nil, nil
	}
	f := &filter{}
	realm, low, high := f.arg(r), f.arg(min(from, to)), f.arg(max(from, to))
	word := func(column string, on gov.Day) string {
		return "CASE WHEN " + column + " = '" + string(noDue) + "' THEN '" + string(dayNone) + "' WHEN " + column + " < " + f.arg(on) +
			" THEN '" + string(dayPast) + "' ELSE '" + string(dayAhead) + "' END"
	}
	words := word("sort_due", from) + " AS was, " + word("sort_due", to) + " AS due, " + word("sort_first", from) + " AS first_was, " + word("sort_first", to) + " AS first_due"
	table, columns, lead := "matter", "'' AS place, kind, state, CASE WHEN part_late THEN 'late ' ELSE '' END AS part, ", " AND parent = ''"
	if s.role != "" {
		table, columns, lead = "matter_party", "place, kind, state, '' AS part, ", " AND role = "+f.arg(s.role)
	}
	half := func(column string) string {
		return "SELECT " + columns + words + " FROM " + table + " WHERE realm = " + realm + " AND stand = 1" + lead + " AND " + column + " >= " + low + " AND " + column + " < " + high
	}
	oneOf(f, "kind", s.kinds)
	oneOf(f, "place", s.places)
	rest := ""
	if len(f.where) > 0 {
		rest = " AND " + f.String()
	}
	query := "SELECT place, kind, state, part, was, due, first_was, first_due, count(*) FROM (" + half("sort_due") + rest + " UNION ALL " + half("sort_first") + rest +
		" AND NOT (sort_due >= " + low + " AND sort_due < " + high + ")) AS moved GROUP BY place, kind, state, part, was, due, first_was, first_due"
	pairs, err := many(ctx, t, scanFallen(s.role), query, f.args...)
	rows := make([]tallyRow, 0, 2*len(pairs))
	for _, p := range pairs {
		rows = append(rows, p[0], p[1])
	}
	return rows, err
}

// scanFallen reads what goes out of one row of counts and into another.
func scanFallen(role gov.Role) func(row) ([2]tallyRow, error) {
	return func(r row) ([2]tallyRow, error) {
		was := tallyKey{role: role}
		var part string
		var due, first gov.Cell
		var n int
		err := r.Scan(&was.place, &was.kind, &was.state, &part, &was.cell, &due, &was.first, &first, &n)
		is := was
		was.cell, was.first = gov.Cell(part)+was.cell, gov.Cell(part)+was.first
		is.cell, is.first = gov.Cell(part)+due, gov.Cell(part)+first
		return [2]tallyRow{{was, -n}, {is, n}}, err
	}
}
