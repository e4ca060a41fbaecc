package store

import (
	"context"

	"haicap/internal/gov"
)

// owedFilter narrows matter_party by what its index of places holds. Each body has few rows there that are still owed and due in a stretch of days, so
// several bodies and roles are asked for at once. Where only different matters are wanted, the concatenation keeps SQLite to that index: it would rather
// walk all parties of the realm in the order of matters.
func (t *tx) owedFilter(r gov.Realm, q gov.OwedQuery) *filter {
	f := inRealm(r)
	oneOf(f, "role", q.Roles)
	f.and("stand = " + f.arg(gov.StandOwed))
	f.and(f.anyOf("place", q.Places))
	equal(f, "kind", q.Kind)
	oneOf(f, "state", q.States)
	if q.From != "" {
		f.and("sort_due >= " + f.arg(q.From))
	}
	if q.From != "" && q.Until == "" {
		f.and("sort_due < " + f.arg(noDue))
	}
	if q.Until != "" {
		f.and("sort_due <= " + f.arg(q.Until))
	}
	if !t.whole() {
		f.and(f.owned(t, "matter", "matter"))
	}
	return f
}

func (t *tx) OwedMatters(ctx context.Context, r gov.Realm, q gov.OwedQuery) ([]gov.Matter, error) {
	f := t.owedFilter(r, q)
	led := "SELECT DISTINCT sort_due AS led_due, (matter || '') AS led_id FROM matter_party WHERE " + f.String() + " ORDER BY led_due, led_id" + f.limit(pageSize(q.Limit))
	list, err := many(ctx, t, scanMatter, "SELECT "+matterColumns+" FROM ("+led+") AS led CROSS JOIN matter WHERE realm = $1 AND id = led_id ORDER BY sort_due, id",
		f.args...)
	if err != nil {
		return nil, err
	}
	return list, t.addParties(ctx, r, list)
}

func (t *tx) CountOwed(ctx context.Context, r gov.Realm, q gov.OwedQuery) (int, error) {
	f := t.owedFilter(r, q)
	return one(ctx, t, scanInt, "SELECT count(*) FROM (SELECT DISTINCT (matter || '') FROM matter_party WHERE "+f.String()+f.limit(q.Limit)+") AS owed", f.args...)
}
