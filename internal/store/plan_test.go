package store

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"haicap/internal/gov"
)

// A list that somebody opens every day must not walk its realm: each has an index that leads to its rows. SQLite is asked because
// it plans without statistics; what it finds by itself, PostgreSQL finds too.
func TestListsUseTheirIndexes(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, err := OpenSQLite(ctx, filepath.Join(t.TempDir(), "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if err := s.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	figures := func(q gov.FigureQuery) (string, []any) {
		f := claimFilter(25, q)
		return f.query("*", "figure", claimOrder), f.args
	}
	matters := func(q gov.MatterQuery) (string, []any) {
		q = lean(q)
		f, order := (&tx{}).matterFilter(25, q), matterOrder
		if q.ByDue {
			order = " ORDER BY sort_due, id"
		}
		return f.query("*", "matter", order) + f.limit(51), f.args
	}
	count := func(t *tx, q gov.MatterQuery) (string, []any) { return t.countQuery(25, lean(q)) }
	tasks, owed := []gov.MatterKind{gov.Task}, []gov.State{gov.StateOpen, gov.Submitted, gov.Returned}
	plan := func(query string, args []any) string {
		args, err := plain(args)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := s.read.Query("EXPLAIN QUERY PLAN "+query, args...)
		if err != nil {
			t.Fatalf("%v\n%s", err, query)
		}
		defer func() { _ = rows.Close() }()
		var steps []string
		for rows.Next() {
			var id, parent, unused int
			var step string
			if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
				t.Fatal(err)
			}
			steps = append(steps, step)
		}
		return strings.Join(steps, "; ")
	}
	audit := func(q gov.AuditQuery) (string, []any) {
		f := auditFilter(25, q)
		return f.query("*", "audit_line", auditOrder) + f.limit(51), f.args
	}
	reviews := func(holder gov.ID) (string, []any) {
		f := openReviews(25, holder)
		return f.query("*", "review", " ORDER BY started_at, id") + f.limit(10), f.args
	}
	bounded := &tx{reach: &gov.Reach{Units: []gov.UnitKey{{Code: "07909", From: "2025-07-01"}, {Code: "07900"}}, Agencies: []gov.ID{"a"}}}
	near := func(q gov.FigureQuery) (string, []any) {
		f := claimFilter(25, q)
		f.claims(bounded, "figure", q)
		return f.query("*", "figure", claimOrder), f.args
	}
	nearMatters := func(q gov.MatterQuery) (string, []any) {
		f := bounded.matterFilter(25, lean(q))
		return f.query("*", "matter", matterOrder) + f.limit(51), f.args
	}
	ofWard := func(q gov.MatterQuery) (string, []any) {
		f := bounded.matterFilter(25, lean(q))
		return f.query("*", "matter", " ORDER BY sort_due, id") + f.limit(51), f.args
	}
	nearSessions := inRealm(25)
	nearSessions.ledWithin(bounded, "session")
	sessions := inRealm(25)
	sessions.through("SELECT DISTINCT session AS to_id FROM session_unit WHERE realm = $1 AND unit_code = " + sessions.arg("07909"))
	for _, c := range []struct{ name, plan, want string }{
		{"figures of a unit", plan(figures(gov.FigureQuery{Unit: "a"})), "figure_unit (realm=? AND unit_code=?)"},
		{"figures of a unit and indicator", plan(figures(gov.FigureQuery{Unit: "a", Indicator: "b"})),
			"figure_unit (realm=? AND unit_code=? AND indicator=?)"},
		{"figures of an indicator", plan(figures(gov.FigureQuery{Indicator: "a"})), "figure_indicator (realm=? AND indicator=?)"},
		{"figures of a session", plan(figures(gov.FigureQuery{Session: "a"})), "figure_session (realm=? AND session=?)"},
		{"figures of a document", plan(figures(gov.FigureQuery{Document: "a"})), "figure_document (realm=? AND src_document=?)"},
		{"within reach: figures", plan(near(gov.FigureQuery{})), "figure_unit (realm=? AND unit_code=?)"},
		{"within reach: figures of an indicator", plan(near(gov.FigureQuery{Indicator: "a"})), "figure_unit (realm=? AND unit_code=? AND indicator=?)"},
		{"within reach: figures of a unit", plan(near(gov.FigureQuery{Unit: "a"})), "figure_unit (realm=? AND unit_code=?)"},
		{"within reach: matters", plan(nearMatters(gov.MatterQuery{})), "record_owner_owner (realm=? AND noun=? AND owner=?)"},
		{"within reach: matters of a session", plan(nearMatters(gov.MatterQuery{Session: "a"})), "matter_session (realm=? AND session=?)"},
		{"within reach: sessions", plan(nearSessions.query("*", "session", sessionOrder), nearSessions.args), "record_owner_owner (realm=? AND noun=? AND owner=?)"},
		{"all matters", plan(matters(gov.MatterQuery{})), "matter_opened (realm=?)"},
		{"matters of a unit", plan(matters(gov.MatterQuery{Unit: "a", All: true})), "SEARCH matter USING INDEX sqlite_autoindex_matter_1 (realm=? AND id=?)"},
		{"tasks of a unit by state and due day", plan(matters(gov.MatterQuery{Unit: "a", Kinds: tasks, States: owed, ByDue: true})),
			"COVERING INDEX matter_party_place (realm=? AND role=? AND stand=? AND place=? AND kind=?)"},
		{"tasks of a lead that are overdue", plan(matters(gov.MatterQuery{Place: "a", PlaceRole: gov.RoleLead, Kinds: tasks, Stand: gov.StandOwed, ByDue: true, DueUntil: "2026-01-01"})),
			"COVERING INDEX matter_party_place (realm=? AND role=? AND stand=? AND place=? AND kind=? AND sort_due<?)"},
		{"tasks of the realm by due day", plan(matters(gov.MatterQuery{Kinds: tasks, States: owed, Top: true, ByDue: true})),
			"matter_stand (realm=? AND stand=? AND kind=? AND parent=?)"},
		{"tasks of a unit, to a ward", plan(ofWard(gov.MatterQuery{Unit: "a", Kinds: tasks, States: owed, ByDue: true})),
			"COVERING INDEX matter_party_place (realm=? AND role=? AND stand=? AND place=? AND kind=?)"},
		{"the number of a unit's tasks", plan(count(&tx{}, gov.MatterQuery{Unit: "a", Kinds: tasks, States: owed})),
			"SEARCH matter_party USING COVERING INDEX matter_party_place (realm=? AND role=? AND stand=? AND place=? AND kind=?)"},
		{"the number of the realm's tasks", plan(count(&tx{}, gov.MatterQuery{Kinds: tasks, Top: true, Stand: gov.StandOwed})),
			"COVERING INDEX matter_stand (realm=? AND stand=? AND kind=? AND parent=?)"},
		{"tasks within reach", plan(ofWard(gov.MatterQuery{Kinds: tasks, States: owed, ByDue: true, Top: true})),
			"COVERING INDEX record_owner_owner (realm=? AND noun=? AND owner=? AND stand=? AND kind=?)"},
		{"the number of tasks within reach", plan(count(bounded, gov.MatterQuery{Kinds: tasks, States: owed, Top: true})),
			"COVERING INDEX record_owner_owner (realm=? AND noun=? AND owner=? AND stand=? AND kind=?)"},
		{"recommendations that are owed", plan((&tx{}).askedQuery(25, gov.AskedQuery{Stand: gov.StandOwed})), "COVERING INDEX matter_asked (realm=? AND stand=? AND kind=?)"},
		{"recommendations by id", plan((&tx{}).askedQuery(25, gov.AskedQuery{IDs: make([]gov.ID, 200)})), "sqlite_autoindex_matter_1 (realm=? AND id=?)"},
		{"recommendations within reach", plan(bounded.askedQuery(25, gov.AskedQuery{})), "sqlite_autoindex_matter_1 (realm=? AND id=?)"},
		{"units of recommendations within reach", plan(bounded.askedUnitsQuery(25, gov.AskedQuery{})), "SEARCH matter_party USING PRIMARY KEY (realm=? AND matter=?)"},
		{"matters of a session", plan(matters(gov.MatterQuery{Session: "a"})), "matter_session (realm=? AND session=?)"},
		{"matters of a document", plan(matters(gov.MatterQuery{Document: "a"})), "matter_document (realm=? AND src_document=?)"},
		{"tasks of a directive", plan(matters(gov.MatterQuery{Origin: "a"})), "matter_origin (realm=? AND origin=?)"},
		{"sessions of a unit", plan(sessions.query("*", "session", sessionOrder), sessions.args),
			"SEARCH session USING INDEX sqlite_autoindex_session_1 (realm=? AND id=?)"},
		{"newest audit lines", plan(audit(gov.AuditQuery{})), "audit_line_at (realm=?)"},
		{"audit lines of a time", plan(audit(gov.AuditQuery{From: time.Unix(0, 0), Until: time.Unix(0, 0)})), "audit_line_at (realm=? AND at>? AND at<?)"},
		{"audit lines of an account", plan(audit(gov.AuditQuery{Account: "a", From: time.Unix(0, 0)})), "audit_line_account (realm=? AND account=? AND at>?)"},
		{"audit lines of an action", plan(audit(gov.AuditQuery{Action: "a"})), "audit_line_action (realm=? AND action=?)"},
		{"audit lines of a noun", plan(audit(gov.AuditQuery{Noun: "a"})), "audit_line_noun (realm=? AND noun=?)"},
		{"what targets ask for", plan(bounded.goalQuery(25, gov.CellQuery{Periods: []gov.Period{"2025"}, Indicators: []string{"a", "b"}})),
			"COVERING INDEX target_period (realm=? AND period=? AND indicator=?"},
		{"what all targets ask for", plan((&tx{}).goalQuery(25, gov.CellQuery{Periods: []gov.Period{"2025"}})), "COVERING INDEX target_period (realm=? AND period=?)"},
		{"open reviews", plan(reviews("a")), "document_holder (realm=? AND holder=? AND id=?)"},
	} {
		if !strings.Contains(c.plan, c.want) || (strings.Contains(c.name, "audit") || strings.Contains(c.name, "by due day")) && strings.Contains(c.plan, "TEMP B-TREE") {
			t.Errorf("%s: %s; want %s", c.name, c.plan, c.want)
		}
	}
}
