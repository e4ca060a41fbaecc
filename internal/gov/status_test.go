package gov

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestCellOn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		m    Matter
		by   DueBasis
		want Cell
	}{
		{"on its last day it is in term", Matter{State: StateOpen, Due: "2026-03-31"}, ByGranted, InTerm},
		{"the day after it is late", Matter{State: StateOpen, Due: "2026-03-30"}, ByGranted, Overdue},
		{"no day, no lateness", Matter{State: StateOpen}, ByGranted, NoDue},
		{"handed in is not finished", Matter{State: Submitted, Due: "2026-03-30"}, ByGranted, Overdue},
		{"returned is not finished", Matter{State: Returned, Due: "2026-04-30"}, ByGranted, InTerm},
		{"the day of handing in counts, not that of confirming", Matter{State: Completed, Due: "2026-03-20", Finished: "2026-03-20"}, ByGranted, DoneInTime},
		{"finished late", Matter{State: Completed, Due: "2026-03-20", Finished: "2026-03-21"}, ByGranted, DoneLate},
		{"extended: in term by the day granted", Matter{State: StateOpen, FirstDue: "2026-03-01", Due: "2026-04-15"}, ByGranted, InTerm},
		{"extended: late by the first day", Matter{State: StateOpen, FirstDue: "2026-03-01", Due: "2026-04-15"}, ByFirst, Overdue},
		{"finished without a day", Matter{State: Completed, Finished: "2026-03-21"}, ByGranted, DoneNoDue},
		{"suspended stands apart", Matter{State: Suspended, Due: "2026-03-01"}, ByGranted, SuspendedCell},
		{"withdrawn stands apart", Matter{State: Withdrawn, Due: "2026-03-01"}, ByGranted, WithdrawnCell},
		{"one part was late", Matter{State: StateOpen, Due: "2026-04-15", PartLate: true}, ByGranted, Overdue},
	} {
		if got := c.m.CellOn("2026-03-31", c.by); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// Whatever happens to tasks, each stands in one cell, and the cells add up to all of them by both days.
func TestCellsAddUp(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	day := func() Day { return Day("2026-01-01").AddDays(rnd.IntN(200)) }
	for range 200 {
		var granted, first Tally
		n := rnd.IntN(60)
		for range n {
			m := Matter{Kind: Task, State: States[rnd.IntN(len(States))]}
			if rnd.IntN(3) > 0 {
				m.FirstDue = day()
				m.Due = m.FirstDue.AddDays(rnd.IntN(30))
			}
			if m.State == Completed {
				m.Finished = day()
			}
			m.PartLate = rnd.IntN(10) == 0
			today := day()
			granted.Add(m.CellOn(today, ByGranted), m.State, 1)
			first.Add(m.CellOn(today, ByFirst), m.State, 1)
		}
		for _, tally := range []Tally{granted, first} {
			sum := 0
			for _, c := range Cells {
				sum += tally.Cells[c]
			}
			if sum != n || tally.Total() != n {
				t.Fatalf("%d tasks, %d in the cells, total %d: %v", n, sum, tally.Total(), tally.Cells)
			}
		}
		if granted.Late() > first.Late() {
			t.Fatal("extending made tasks late")
		}
	}
}

func TestWholeOf(t *testing.T) {
	t.Parallel()
	part := func(s State, due, finished Day) Matter {
		return Matter{Kind: Task, State: s, Due: due, FirstDue: due, Finished: finished}
	}
	for _, c := range []struct {
		name  string
		parts []Matter
		state State
		cell  Cell
	}{
		{"all done in term", []Matter{part(Completed, "2026-03-20", "2026-03-10"), part(Completed, "2026-03-30", "2026-03-30")}, Completed, DoneInTime},
		{"one done late", []Matter{part(Completed, "2026-03-20", "2026-03-22"), part(Completed, "2026-03-30", "2026-03-01")}, Completed, DoneLate},
		{"one is owed", []Matter{part(Completed, "2026-03-20", "2026-03-10"), part(StateOpen, "2026-04-30", "")}, StateOpen, InTerm},
		{"one is owed and late", []Matter{part(StateOpen, "2026-03-20", ""), part(StateOpen, "2026-04-30", "")}, StateOpen, Overdue},
		{"one was late, the other is in term", []Matter{part(Completed, "2026-03-20", "2026-03-25"), part(StateOpen, "2026-04-30", "")}, StateOpen, Overdue},
		{"all handed in", []Matter{part(Submitted, "2026-04-20", ""), part(Submitted, "2026-04-30", "")}, Submitted, InTerm},
		{"withdrawn parts do not count", []Matter{part(Withdrawn, "2026-01-20", ""), part(Completed, "2026-04-30", "2026-03-01")}, Completed, DoneInTime},
		{"all withdrawn", []Matter{part(Withdrawn, "2026-01-20", ""), part(Withdrawn, "", "")}, Withdrawn, WithdrawnCell},
	} {
		got := WholeOf(Matter{Kind: Task, State: StateOpen}, c.parts)
		if got.State != c.state || got.CellOn("2026-03-31", ByGranted) != c.cell || got.Parts != len(c.parts) {
			t.Errorf("%s: %s, %s with %d parts", c.name, got.State, got.CellOn("2026-03-31", ByGranted), got.Parts)
		}
	}
}

func TestPartsOf(t *testing.T) {
	t.Parallel()
	n := 0
	ids := func() ID { n++; return ID(fmt.Sprint("part", n)) }
	ward := func(code, name string) Party { return Party{Role: RoleUnit, Name: name, Unit: UnitKey{Code: code}} }
	session := []Party{ward("1", "phường Một"), ward("2", "phường Hai")}
	task := func(names ...string) Matter {
		m := Matter{ID: "whole", Kind: Task, Text: "rà soát", Parties: slices.Clone(session)}
		for _, name := range names {
			m.Parties = append(m.Parties, Party{Role: RoleAssignee, Name: name})
		}
		m.Parties = append(m.Parties, Party{Role: RoleCoordinator, Name: "Công an tỉnh"})
		return m
	}
	if parts := PartsOf(task("Sở Tài chính", "Sở Xây dựng"), ids, Stamp{}, nil); len(parts) != 2 || parts[1].Lead() != "Sở Xây dựng" ||
		parts[0].Parent != "whole" || len(parts[0].Names(RoleCoordinator)) != 1 {
		t.Errorf("two bodies: %v", parts)
	}
	if parts := PartsOf(task("các xã, phường"), ids, Stamp{}, session); len(parts) != 2 || len(parts[0].Units()) != 1 {
		t.Errorf("a group that the session resolves: %v", parts)
	}
	if parts := PartsOf(task("các sở, ngành"), ids, Stamp{}, nil); parts != nil {
		t.Errorf("a group that nothing resolves stays a gap: %v", parts)
	}
	led := task("Sở Tài chính", "Sở Xây dựng")
	led.Parties = append(led.Parties, Party{Role: RoleLead, Name: "Sở Tài chính"})
	if parts := PartsOf(led, ids, Stamp{}, nil); parts != nil {
		t.Errorf("a task with a lead is one: %v", parts)
	}
}

func TestGaps(t *testing.T) {
	t.Parallel()
	m := Matter{Kind: Task, Text: "sửa chữa trụ sở", Parties: []Party{{Role: RoleAssignee, Name: "các xã, phường"}}}
	if got, want := m.Gaps(), []Clear{ClearPeople, ClearDuty, ClearAuthority, ClearTime, ClearResult}; !slices.Equal(got, want) {
		t.Errorf("gaps %v, want %v", got, want)
	}
	m = Matter{Kind: Task, Text: "sửa chữa trụ sở", Due: "2026-03-31", AssignedBy: "15-TB/TU", Product: "báo cáo",
		Parties: []Party{{Role: RoleLead, Name: "Sở Xây dựng"}, {Role: RoleAssignee, Name: "các xã, phường"}}}
	if got := m.Gaps(); got != nil {
		t.Errorf("a whole task has gaps: %v", got)
	}
}
