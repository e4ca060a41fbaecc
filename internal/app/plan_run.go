package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// JobPlans is the kind of the jobs that make the next tasks of what recurs.
const JobPlans = "plans"

// RunPlans makes the tasks of recurring plans whose day has come, each once, whatever restarts and other servers there are: an item and a period have one
// task. A plan of which nothing is due is not touched. It gives the number of tasks that were made.
func (a *App) RunPlans(ctx context.Context, p access.Principal) (made int, err error) {
	if err := permit(p, access.PlansRun); err != nil {
		return 0, err
	}
	due, err := a.plansDue(ctx, gov.Realm(p.Realm))
	if err != nil {
		return 0, err
	}
	var failed []error
	for _, id := range due { // one that fails does not keep the others from being made
		n := 0
		err := a.withRegister(func(units gov.Units) error {
			return a.update(ctx, p, access.PlansRun, func(tx gov.Tx, s gov.Stamp) (act, error) {
				plan, err := tx.Plan(ctx, gov.Realm(p.Realm), id)
				if err == nil {
					n, err = a.makeTurns(ctx, tx, p, units, plan, s)
				}
				return act{"plan.run", "plan", id}, err
			})
		})
		made += n
		failed = append(failed, err)
	}
	return made, errors.Join(failed...)
}

// plansDue finds, without holding anybody up, the plans of which something is due.
func (a *App) plansDue(ctx context.Context, r gov.Realm) (ids []gov.ID, err error) {
	days, err := a.days()
	if err != nil {
		return nil, err
	}
	err = a.store.View(ctx, func(tx gov.Tx) error {
		ids = nil
		for q := (gov.PlanQuery{Kind: gov.PlanRecurring, Page: gov.Page{Limit: 200}}); ; {
			list, next, err := tx.Plans(ctx, r, q)
			if err != nil {
				return err
			}
			for _, plan := range list {
				tasks, err := tx.PlanTasks(ctx, r, plan.ID)
				if err != nil {
					return err
				}
				if len(plan.DueTurns(days, a.Today(), hasTask(tasks))) > 0 {
					ids = append(ids, plan.ID)
				}
			}
			if q.Page.After = next; next == "" {
				return nil
			}
		}
	})
	return ids, err
}

// makeTurns writes down the periods of a plan that are due: a task, or why there is none.
func (a *App) makeTurns(ctx context.Context, tx gov.Tx, p access.Principal, units gov.Units, plan gov.Plan, s gov.Stamp) (int, error) {
	if plan.Kind != gov.PlanRecurring {
		return 0, nil
	}
	b := a.builder(ctx, tx, p, units)
	tasks, err := tx.PlanTasks(ctx, b.realm, plan.ID)
	if err != nil {
		return 0, err
	}
	c, err := a.cast(b, plan, nil)
	if err != nil {
		return 0, err
	}
	w := planWork{b: b, plan: plan, cast: c, run: gov.NewID(s.At), s: s, ids: gov.IDsFrom(s.At)}
	var words []string
	made, skipped := 0, 0
	for _, turn := range plan.DueTurns(c.Calendar, b.today, hasTask(tasks)) {
		if turn.Skipped != "" {
			k := gov.PlanTask{Realm: plan.Realm, Plan: plan.ID, Item: turn.Item.Key, Period: turn.Period, Run: w.run, Version: plan.Version, Due: turn.Due, Skipped: turn.Skipped, Made: s}
			if ok, err := tx.AddPlanTask(ctx, k); err != nil {
				return 0, err
			} else if ok {
				skipped++
			}
			continue
		}
		if ok, err := w.add(plan.Draft(c, turn.Item, turn.Period, &turn.Why)); err != nil {
			return 0, err
		} else if ok {
			made++
			words = append(words, turn.Period)
		}
	}
	if made+skipped == 0 {
		return 0, nil // another server was first
	}
	e := planEvent(plan, s, gov.PlanRun, fmt.Sprintf("%d/%d", made, made+skipped))
	e.Run, e.Period = w.run, strings.Join(words, " ")
	if len(e.Period) > 200 {
		e.Period = e.Period[:200]
	}
	return made, errors.Join(w.write(), tx.AddPlanEvent(ctx, e))
}

// UndoPlan withdraws the tasks of one run that nobody touched since, each with a step that says why; those that somebody did touch are kept. It gives how
// many of each.
func (a *App) UndoPlan(ctx context.Context, p access.Principal, id, run gov.ID, note string) (undone, kept int, err error) {
	err = a.update(ctx, p, access.MattersAssign, func(tx gov.Tx, s gov.Stamp) (act, error) {
		undone, kept = 0, 0
		plan, err := tx.Plan(ctx, gov.Realm(p.Realm), id)
		switch {
		case err != nil:
			return act{}, err
		case !mayPlan(p, plan):
			return act{}, gov.Errorf(gov.Forbidden, "error.not_your_plan")
		case strings.TrimSpace(note) == "":
			return act{}, gov.Errorf(gov.Invalid, "error.note_needed")
		}
		tasks, err1 := tx.PlanTasks(ctx, plan.Realm, id)
		// Whether somebody touched a part does not depend on how far whoever undoes it sees.
		all, err2 := unbounded(ctx, tx, plan.Realm)
		if err := errors.Join(err1, err2); err != nil {
			return act{}, err
		}
		for _, k := range tasks {
			if k.Run != run || k.Gone || k.Matter == "" {
				continue
			}
			ok, err := withdrawUntouched(ctx, all, k.Matter, plan.Realm, note, s)
			switch {
			case err != nil:
				return act{}, err
			case !ok:
				kept++
				continue
			}
			undone++
			if plan.Kind != gov.PlanRecurring { // a period of what recurs is spent: the timetable does not make it again
				if err := tx.UndoPlanTask(ctx, k); err != nil {
					return act{}, err
				}
			}
		}
		if undone == 0 {
			return act{}, gov.Errorf(gov.Conflict, "error.plan_undone")
		}
		e := planEvent(plan, s, gov.PlanUndo, fmt.Sprintf("%s (%d/%d)", strings.TrimSpace(note), undone, undone+kept))
		e.Run = run
		return act{"plan.undo", "plan", id}, tx.AddPlanEvent(ctx, e)
	})
	return undone, kept, err
}

// withdrawUntouched withdraws a task and its parts, where nobody did anything with any of them since they were made.
func withdrawUntouched(ctx context.Context, tx gov.Tx, id gov.ID, r gov.Realm, note string, s gov.Stamp) (bool, error) {
	whole, err := tx.Matter(ctx, r, id)
	if err != nil {
		return false, err
	}
	parts, err := everyMatter(ctx, tx, r, gov.MatterQuery{Parent: id})
	if err != nil {
		return false, err
	}
	list := append(parts, whole) // the whole last: a store works nothing out by itself
	for _, m := range list {
		events, err := tx.Events(ctx, r, m.ID)
		if err != nil || !gov.Untouched(m, events) || m.State.Finished() {
			return false, err
		}
	}
	for _, m := range list {
		step, err := gov.StepFor(m.Kind, m.State, gov.ActWithdraw)
		if err != nil {
			return false, err
		}
		moved, e, err := m.Take(step, gov.StepInput{Note: note, Today: gov.DayOf(s.At.In(gov.Zone))}, s)
		if err := errors.Join(err, tx.AddEvent(ctx, e), tx.UpdateMatter(ctx, moved)); err != nil {
			return false, err
		}
	}
	return true, nil
}
