package store

import (
	"context"
	"slices"
	"strings"

	"haicap/internal/gov"
)

// The lists of matters. Each that is opened every day is led by an index: those of a unit, of a lead or of any other body by matter_party_place, those
// of the realm by matter_stand, which says first whether something is still owed. DESIGN.md has what they cost.

// lean says a question so that these indexes answer it, without changing what it asks: a unit is a place, and states say where matters stand.
func lean(q gov.MatterQuery) gov.MatterQuery {
	if q.All {
		return q
	}
	if q.Unit != "" && q.Place == "" {
		q.Place, q.PlaceRole, q.Unit = q.Unit, gov.RoleUnit, ""
	}
	owed := func(s gov.State) bool { return !s.Finished() }
	if q.Stand == gov.StandAny && len(q.States) > 0 {
		switch {
		case !slices.ContainsFunc(q.States, gov.State.Finished):
			q.Stand = gov.StandOwed
		case !slices.ContainsFunc(q.States, owed):
			q.Stand = gov.StandEnded
		}
	}
	if q.Stand == gov.StandOwed && !slices.ContainsFunc(gov.States, func(s gov.State) bool { return owed(s) && !slices.Contains(q.States, s) }) {
		q.States = nil // all that can be owed
	}
	return q
}

// matterFilter narrows a list of matters to what is asked and within reach. Where the index of places gives the page, the page is part of it.
func (t *tx) matterFilter(r gov.Realm, q gov.MatterQuery) *filter {
	f := inRealm(r)
	oneOf(f, "kind", q.Kinds)
	oneOf(f, "state", q.States)
	equal(f, "session", q.Session)
	equal(f, "src_document", q.Document)
	equal(f, "origin", q.Origin)
	equal(f, "parent", q.Parent)
	equal(f, "field", q.Field)
	equal(f, "level", q.Level)
	if q.Top {
		f.and("parent = ''")
	}
	if q.Stand != gov.StandAny && q.Place == "" {
		f.and("stand = " + f.arg(q.Stand))
	}
	dueBetween(f, q)
	switch {
	case q.Place != "":
		f.through(t.placeMatters(f, q))
	case !t.whole() && q.ByDue && q.Unit == "" && leanList(q):
		f.through(t.reachMatters(f, q))
	case q.Unit != "":
		f.and("parts = 0") // a unit's page shows its own part, not the whole
		f.through("SELECT DISTINCT matter AS to_id FROM matter_party WHERE realm = $1 AND role = 'unit' AND unit_code = " + f.arg(q.Unit))
		f.within(t, "matter")
	case q.Session != "", q.Document != "", q.Origin != "", q.Parent != "":
		f.within(t, "matter")
	default:
		f.ledWithin(t, "matter")
	}
	if !q.All && q.Place == "" && q.Stand == gov.StandAny { // else the stand says so
		f.and("superseded_by = ''")
	}
	return f
}

// dueBetween narrows to due days from and until; with either, what has no due day is left out.
func dueBetween(f *filter, q gov.MatterQuery) {
	if q.DueFrom != "" {
		f.and("sort_due >= " + f.arg(q.DueFrom))
	}
	if q.DueUntil != "" {
		f.and("sort_due <= " + f.arg(q.DueUntil))
	}
	if q.DueFrom != "" && q.DueUntil == "" {
		f.and("sort_due < " + f.arg(noDue))
	}
	if q.NoDue {
		f.and("sort_due = " + f.arg(noDue))
	}
}

// inForce narrows rows that repeat what lists go by, of parties or of owners, to what is asked of matters in force.
func inForce(f *filter, q gov.MatterQuery) {
	if q.Stand != gov.StandAny {
		f.and("stand = " + f.arg(q.Stand))
	} else {
		f.and("stand IN (1, 2)")
	}
	oneOf(f, "kind", q.Kinds)
	oneOf(f, "state", q.States)
	dueBetween(f, q)
}

// ofPlace are the conditions that lead to a place's matters in its index: all that it can narrow by is in the index. Who is bounded is asked of each
// row, which costs him what a page has and not what the place has.
func (t *tx) ofPlace(f *filter, q gov.MatterQuery) string {
	in := &filter{args: f.args}
	in.and("realm = $1 AND role = " + in.arg(q.PlaceRole) + " AND place = " + in.arg(q.Place))
	inForce(in, q)
	if q.Unit != "" {
		in.and("matter IN (SELECT u.matter FROM matter_party AS u WHERE u.realm = $1 AND u.role = 'unit' AND u.unit_code = " + in.arg(q.Unit) + ")")
	}
	if !t.whole() {
		in.and(in.owned(t, "matter", "matter"))
	}
	f.args = in.args
	return in.String()
}

// placeMatters is the subquery that leads to a place's matters, in pages where the index alone gives the page.
func (t *tx) placeMatters(f *filter, q gov.MatterQuery) string {
	from := " FROM matter_party WHERE " + t.ofPlace(f, q)
	if !q.ByDue || !leanPlace(q) {
		return "SELECT matter AS to_id" + from
	}
	order, after := " ORDER BY sort_due, matter", ">"
	if q.Newest {
		order, after = " ORDER BY sort_due DESC, matter DESC", "<"
	}
	if keys, err := keysOf(q.Page.After, 2); err == nil { // a bad cursor is refused where the list is made
		from += " AND (sort_due, matter) " + after + " (" + f.arg(keys[0]) + ", " + f.arg(keys[1]) + ")"
	}
	return "SELECT matter AS to_id, sort_due AS led_due" + from + order + f.limit(pageSize(q.Page.Limit)+1)
}

// leanPlace reports whether a question about a place is answered by the index of places alone.
func leanPlace(q gov.MatterQuery) bool { return leanList(q) && !q.Top }

// leanList reports whether a question asks for nothing but what the indexes of places and owners hold.
func leanList(q gov.MatterQuery) bool {
	return q.Session == "" && q.Document == "" && q.Origin == "" && q.Parent == "" && q.Field == "" && q.Level == "" && !q.All
}

// besideList is beside for a list.
func (t *tx) besideList(ctx context.Context, r gov.Realm, q gov.MatterQuery) (*tx, error) {
	switch {
	case q.Unit != "":
		return t.beside(ctx, r, gov.RoleUnit, []string{q.Unit})
	case q.Place != "":
		return t.beside(ctx, r, q.PlaceRole, []string{q.Place})
	}
	return t, nil
}

// countQuery counts what a list has on all its pages.
func (t *tx) countQuery(r gov.Realm, q gov.MatterQuery) (query string, args []any) {
	q.ByDue, q.Page = false, gov.Page{}
	switch {
	case q.Place != "" && leanPlace(q):
		f := &filter{args: []any{r}}
		return "SELECT count(*) FROM matter_party WHERE " + t.ofPlace(f, q), f.args
	case !t.whole() && q.Place == "" && q.Unit == "" && leanList(q):
		return t.countWithin(r, q)
	case q.Stand == gov.StandAny && !q.All && q.Place == "" && t.whole():
		f := t.matterFilter(r, q)
		return strings.Replace(f.query("count(*)", "matter", ""), "superseded_by = ''", "stand IN (1, 2)", 1), f.args
	}
	f := t.matterFilter(r, q)
	return f.query("count(*)", "matter", ""), f.args
}
