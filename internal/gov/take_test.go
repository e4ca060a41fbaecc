package gov

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func stepOf(t *testing.T, m Matter, a Action) Step {
	t.Helper()
	st, err := StepFor(m.Kind, m.State, a)
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func TestExtensionKeepsTheFirstDay(t *testing.T) {
	t.Parallel()
	m := Matter{Kind: Task, State: StateOpen, Due: "2026-12-01", FirstDue: "2026-12-01"}
	in := StepInput{Note: "chờ ý kiến", Day: "2026-12-15", Today: "2026-11-22"}
	asked, e, err := m.Take(stepOf(t, m, ActAskExtension), in, Stamp{})
	if err != nil || asked.Due != "2026-12-01" || e.DueTo != "2026-12-15" {
		t.Errorf("asking moved the day to %s (event to %s): %v", asked.Due, e.DueTo, err)
	}
	got, e, err := asked.Take(stepOf(t, asked, ActExtend), in, Stamp{})
	if err != nil || got.Due != "2026-12-15" || got.FirstDue != "2026-12-01" || e.DueFrom != "2026-12-01" || e.DueTo != "2026-12-15" {
		t.Errorf("extended: due %s, first %s, event %s → %s: %v", got.Due, got.FirstDue, e.DueFrom, e.DueTo, err)
	}
	in.Day = "2026-12-20"
	again, _, _ := got.Take(stepOf(t, got, ActExtend), in, Stamp{})
	if again.FirstDue != "2026-12-01" {
		t.Errorf("the second extension lost the first day: %s", again.FirstDue)
	}
}

func TestConfirmedByTheDayOfHandingIn(t *testing.T) {
	t.Parallel()
	m := Matter{Kind: Task, State: Submitted, Due: "2026-11-20"}
	got, _, err := m.Take(stepOf(t, m, ActConfirm), StepInput{Today: "2026-11-25", HandedIn: "2026-11-20"}, Stamp{})
	if err != nil || got.Finished != "2026-11-20" || got.CellOn("2026-11-25", ByGranted) != DoneInTime {
		t.Errorf("finished %s, %s: %v", got.Finished, got.CellOn("2026-11-25", ByGranted), err)
	}
	back, _, err := got.Take(stepOf(t, got, ActReopen), StepInput{Note: "thiếu phụ lục"}, Stamp{})
	if err != nil || back.Finished != "" || back.State != StateOpen {
		t.Errorf("reopened: %s, finished %q: %v", back.State, back.Finished, err)
	}
}

func TestSettleLeavesOneLead(t *testing.T) {
	t.Parallel()
	m := Matter{Kind: Task, State: StateOpen, Parties: []Party{{Role: RoleLead, Name: "Sở Tài chính"}, {Role: RoleCoordinator, Name: "Sở Xây dựng"}}}
	got, _, err := m.Take(stepOf(t, m, ActSettle), StepInput{Lead: Party{Name: "Sở Xây dựng"}, Product: "báo cáo", Day: "2026-12-01"}, Stamp{})
	if err != nil || !slices.Equal(got.Names(RoleLead), []string{"Sở Xây dựng"}) || !slices.Equal(got.Names(RoleCoordinator), []string{"Sở Tài chính"}) {
		t.Errorf("leads %v, coordinators %v: %v", got.Names(RoleLead), got.Names(RoleCoordinator), err)
	}
	if got.Due != "2026-12-01" || got.FirstDue != "2026-12-01" || got.Product != "báo cáo" {
		t.Errorf("due %s, first %s, product %q", got.Due, got.FirstDue, got.Product)
	}
}

func TestStepsRefuseWhatTheyLack(t *testing.T) {
	t.Parallel()
	task := Matter{Kind: Task, State: StateOpen, Due: "2026-12-01"}
	whole := task
	whole.Parts = 2
	gone := task
	gone.SupersededBy = "other"
	for _, c := range []struct {
		name string
		m    Matter
		a    Action
		in   StepInput
		want string
	}{
		{"no note", task, ActSubmit, StepInput{Note: " "}, "error.note_needed"},
		{"no day", task, ActExtend, StepInput{Note: "a"}, "error.day_needed"},
		{"a day that is past", task, ActExtend, StepInput{Note: "a", Day: "2026-01-01", Today: "2026-11-22"}, "error.day_past"},
		{"an earlier day", task, ActExtend, StepInput{Note: "a", Day: "2026-11-30", Today: "2026-11-22"}, "error.day_not_later"},
		{"no cause", task, ActCause, StepInput{Cause: "weather"}, "error.cause_needed"},
		{"nothing settled", task, ActSettle, StepInput{}, "error.gaps_needed"},
		{"a day that is set is extended", task, ActSettle, StepInput{Day: "2026-12-02"}, "error.day_settled"},
		{"a group cannot lead", task, ActSettle, StepInput{Lead: Party{Name: "các sở"}}, "error.lead_group"},
		{"parts are submitted, not the whole", whole, ActSubmit, StepInput{Note: "a"}, "error.step_of_parts"},
		{"what was replaced", gone, ActSubmit, StepInput{Note: "a"}, "error.stale"},
	} {
		got, _, err := c.m.Take(stepOf(t, c.m, c.a), c.in, Stamp{})
		e, ok := AsError(err)
		if !ok || e.Key != c.want || got.State != c.m.State || got.Due != c.m.Due {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

// Whatever people do, a task is in a state of the flow, its first day never changes once set, and only a confirmed one is finished.
func TestAnyHistoryKeepsTheRules(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(3, 5))
	for range 300 {
		m := Matter{Kind: Task, State: FirstState(Task, rnd.IntN(2) == 0)}
		today := Day("2026-01-01")
		for range 40 {
			today = today.AddDays(rnd.IntN(9))
			steps := Steps(m.Kind, m.State)
			if len(steps) == 0 {
				break
			}
			in := StepInput{Note: "a", Number: "1-TB/TU", Day: today.AddDays(rnd.IntN(40) - 5), Cause: CauseUnit, Product: "b", Today: today, HandedIn: today}
			before := m
			m, _, _ = m.Take(steps[rnd.IntN(len(steps))], in, Stamp{})
			if before.FirstDue != "" && m.FirstDue != before.FirstDue {
				t.Fatalf("the first day moved from %s to %s", before.FirstDue, m.FirstDue)
			}
			if (m.Finished != "") != (m.State == Completed) {
				t.Fatalf("%s with finished %q", m.State, m.Finished)
			}
			if m.FirstDue != "" && m.Due < m.FirstDue {
				t.Fatalf("extended backwards: %s → %s", m.FirstDue, m.Due)
			}
		}
	}
}
