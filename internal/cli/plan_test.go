package cli

import (
	"sync"
	"testing"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/jobs"
)

// A server makes the next tasks of what recurs by its timetable: after a restart and beside another server each period once, and what it missed it says.
func TestTheTimetableMakesRecurringTasks(t *testing.T) {
	t.Parallel()
	m := newMailRoom(t, "2026-03-02 05:00")
	schedule := func() {
		t.Helper()
		if err := m.c.schedule(t.Context(), m.p, m.now); err != nil {
			t.Fatal(err)
		}
	}
	schedule()
	who, err := m.p.system(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w, err := gov.ParseWhen("week:5:on:4")
	if err != nil {
		t.Fatal(err)
	}
	in := app.PlanInput{Kind: gov.PlanRecurring, PlanBody: gov.PlanBody{Title: "Giao ban", Items: []gov.PlanItem{{Text: "Báo cáo tuần", Who: []string{gov.PlanUnit}, When: w}}}}
	id, err := m.p.app.MakePlan(t.Context(), who, in)
	if err != nil {
		t.Fatal(err)
	}
	tasks := func() (made, skipped int) {
		t.Helper()
		v, err := m.p.app.Plan(t.Context(), access.System(who.Realm, who.Agency), id, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range v.Runs {
			made, skipped = made+len(r.Tasks), skipped+len(r.Skipped)
		}
		return made, skipped
	}
	want := func(made, skipped int) {
		t.Helper()
		if a, b := tasks(); a != made || b != skipped {
			t.Errorf("%s: %d tasks and %d skipped, want %d and %d", m.now, a, b, made, skipped)
		}
	}
	m.work()
	want(0, 0) // not before its hour
	m.turn("2026-03-02 05:31")
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			now := m.now
			if _, err := jobs.Once(t.Context(), jobs.Config{Store: m.p.books, Kinds: m.c.kinds(m.p), Now: func() time.Time { return now }}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	want(1, 0)
	m.restart()
	schedule()
	m.work()
	want(1, 0)
	m.turn("2026-03-26 12:00") // nobody was there for more than three weeks
	m.restart()
	schedule()
	m.work()
	want(2, 2)
}
