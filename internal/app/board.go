package app

import (
	"context"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// A BoardColumn is the tasks in one state: how many, and the first ones by due day.
type BoardColumn struct {
	State gov.State
	Total int
	Lines []MatterLine
}

// boardStates are the columns of the board in the order in which a task goes through them.
var boardStates = []gov.State{gov.AwaitingDocument, gov.StateOpen, gov.Submitted, gov.Returned, gov.Suspended, gov.Completed, gov.Withdrawn}

// boardLines is how many tasks a column shows; the list has the rest.
const boardLines = 15

// Board gives the tasks by state. What narrows it is as for Matters; the kind, the states and the page are the board's own.
func (a *App) Board(ctx context.Context, p access.Principal, q gov.MatterQuery) ([]BoardColumn, error) {
	var columns []BoardColumn
	q.Kinds, q.ByDue, q.Stand, q.Top = []gov.MatterKind{gov.Task}, true, gov.StandAny, q.Unit == "" && q.Place == ""
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			columns = nil
			for _, s := range boardStates {
				q.States, q.Page = []gov.State{s}, gov.Page{Limit: boardLines}
				q.Newest = s.Finished() // what ended last is of more use than what ended first
				list, _, err := tx.Matters(ctx, b.realm, q)
				if err != nil {
					return err
				}
				n, err := tx.CountMatters(ctx, b.realm, q)
				if err != nil {
					return err
				}
				columns = append(columns, BoardColumn{s, n, b.matters(list)})
			}
			return nil
		})
	})
	return columns, err
}

// A Month is the tasks that are due in a stretch of time.
type Month struct {
	Name        string // "2026-11"; "before", "after" or "none"
	From, Until gov.Day
	Owed, Ended int
	Late        int // of Owed: the day is past
	Now         bool
}

// Months of the table before and after this one.
const monthsBefore, monthsAfter = 6, 12

// Months counts the tasks by the month in which they are due; what lies before, after, or has no due day stands apart, so that all rows add up to all.
func (a *App) Months(ctx context.Context, p access.Principal, q gov.MatterQuery) ([]Month, error) {
	today := a.Today()
	list := monthsAround(today)
	q.Kinds, q.Top, q.States = []gov.MatterKind{gov.Task}, q.Unit == "" && q.Place == "", nil
	err := a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
		for i := range list {
			m := &list[i]
			q.DueFrom, q.DueUntil, q.NoDue = m.From, m.Until, m.Name == "none"
			for n, stand := range map[*int]gov.Stand{&m.Owed: gov.StandOwed, &m.Ended: gov.StandEnded} {
				q.Stand = stand
				var err error
				if *n, err = tx.CountMatters(ctx, gov.Realm(p.Realm), q); err != nil {
					return err
				}
			}
			switch {
			case m.Name == "none" || m.From >= today:
				m.Late = 0
			case m.Until < today:
				m.Late = m.Owed
			default:
				q.Stand, q.DueUntil = gov.StandOwed, today.AddDays(-1)
				var err error
				if m.Late, err = tx.CountMatters(ctx, gov.Realm(p.Realm), q); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return list, err
}

// monthsAround are the rows of the table.
func monthsAround(today gov.Day) []Month {
	first := func(n int) gov.Day { // of the month n months from now
		t := gov.DayStart(today[:8]+"01").AddDate(0, n, 0)
		return gov.DayOf(t)
	}
	list := []Month{{Name: "before", Until: first(-monthsBefore).AddDays(-1)}}
	for n := -monthsBefore; n <= monthsAfter; n++ {
		from := first(n)
		list = append(list, Month{Name: string(from[:7]), From: from, Until: first(n + 1).AddDays(-1), Now: n == 0})
	}
	return append(list, Month{Name: "after", From: first(monthsAfter + 1), Until: "9999-12-30"}, Month{Name: "none"})
}
