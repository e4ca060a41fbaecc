package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/lang"
)

// A PlanInput is a plan as a person writes it.
type PlanInput struct {
	Kind    gov.PlanKind
	Codes   []string // of the units for which it is, or their names
	Version int      // that was read; of a new plan 0
	Note    string   // why it is changed
	gov.PlanBody
}

// planUnits settles the units that somebody names, all of which have to be within his reach.
func (a *App) planUnits(p access.Principal, units gov.Units, codes []string, today gov.Day) ([]gov.UnitKey, error) {
	r, err := a.reach(p, access.MattersAssign)
	if err != nil {
		return nil, err
	}
	var keys []gov.UnitKey
	for _, name := range codes {
		u, err := a.planUnit(p, units, name, today)
		switch {
		case err != nil:
			return nil, err
		case !r.HasUnit(u.UnitKey):
			return nil, gov.Errorf(gov.Forbidden, "error.beyond_reach")
		case !slices.Contains(keys, u.UnitKey):
			keys = append(keys, u.UnitKey)
		}
	}
	return keys, nil
}

// planUnit is a unit by its code or name. Of several units of one name the only one within the principal's own units is meant.
func (a *App) planUnit(p access.Principal, units gov.Units, name string, today gov.Day) (gov.UnitVersion, error) {
	u, err := findUnit(units, name, today)
	if err == nil {
		return u, nil
	}
	var own []gov.UnitVersion
	for _, m := range units.Find(gov.UnitQuery{Name: name, On: today, Limit: 50}) {
		for _, g := range p.With(access.MattersAssign) {
			keys, err := a.unitsOf(gov.UnitKey{Code: g.Code, From: gov.Day(g.From)})
			if err != nil {
				return u, err
			}
			if m.Exact && slices.Contains(keys, m.Unit.UnitKey) && !slices.ContainsFunc(own, func(o gov.UnitVersion) bool { return o.UnitKey == m.Unit.UnitKey }) {
				own = append(own, m.Unit)
			}
		}
	}
	if len(own) == 1 {
		return own[0], nil
	}
	return u, err
}

// MakePlan writes a new plan of the agency that somebody works for.
func (a *App) MakePlan(ctx context.Context, p access.Principal, in PlanInput) (id gov.ID, err error) {
	err = a.withRegister(func(units gov.Units) error {
		keys, err := a.planUnits(p, units, in.Codes, a.Today())
		if err != nil {
			return err
		}
		return a.update(ctx, p, access.MattersAssign, func(tx gov.Tx, s gov.Stamp) (act, error) {
			plan := gov.Plan{Realm: gov.Realm(p.Realm), ID: gov.NewID(s.At), Kind: in.Kind, State: gov.PlanActive, Agency: gov.ID(p.Agency), Version: 1, Changed: s, Note: in.Note}
			in.Units = keys
			plan = plan.Revised(in.PlanBody, a.Today())
			if err := errors.Join(plan.Check(), planDocument(ctx, tx, plan)); err != nil {
				return act{}, err
			}
			if !mayPlan(p, plan) {
				return act{}, gov.Errorf(gov.Forbidden, "error.not_your_plan")
			}
			id = plan.ID
			return act{"plan.make", "plan", id}, errors.Join(tx.CreatePlan(ctx, plan), tx.AddPlanEvent(ctx, planEvent(plan, s, gov.PlanMake, in.Note)))
		})
	})
	return id, err
}

// planDocument refuses a document that whoever writes the plan cannot see.
func planDocument(ctx context.Context, tx gov.Tx, plan gov.Plan) error {
	if plan.Document == "" {
		return nil
	}
	_, err := tx.Document(ctx, plan.Realm, plan.Document)
	if gov.IsNotFound(err) {
		return gov.Errorf(gov.Invalid, "error.plan_document")
	}
	return err
}

func planEvent(plan gov.Plan, s gov.Stamp, a gov.PlanAction, note string) gov.PlanEvent {
	return gov.PlanEvent{Realm: plan.Realm, Plan: plan.ID, By: s, Action: a, Note: note, Version: plan.Version}
}

// ownPlan reads a plan that somebody wants to change or to make tasks of; version is the one that he saw.
func ownPlan(ctx context.Context, tx gov.Tx, p access.Principal, id gov.ID, version int) (gov.Plan, error) {
	plan, err := tx.Plan(ctx, gov.Realm(p.Realm), id)
	switch {
	case err != nil:
		return plan, err
	case !mayPlan(p, plan):
		return plan, gov.Errorf(gov.Forbidden, "error.not_your_plan")
	case plan.Version != version:
		return plan, gov.Errorf(gov.Conflict, "error.stale")
	}
	return plan, nil
}

// ChangePlan writes a new version of a plan. Tasks that were made keep theirs.
func (a *App) ChangePlan(ctx context.Context, p access.Principal, id gov.ID, in PlanInput) error {
	return a.withRegister(func(units gov.Units) error {
		keys, err := a.planUnits(p, units, in.Codes, a.Today())
		if err != nil {
			return err
		}
		return a.update(ctx, p, access.MattersAssign, func(tx gov.Tx, s gov.Stamp) (act, error) {
			plan, err := ownPlan(ctx, tx, p, id, in.Version)
			switch {
			case err != nil:
				return act{}, err
			case plan.State == gov.PlanEnded:
				return act{}, gov.Errorf(gov.Conflict, "error.plan_ended")
			case strings.TrimSpace(in.Note) == "":
				return act{}, gov.Errorf(gov.Invalid, "error.note_needed")
			}
			if plan.Kind == gov.PlanRecurring { // what is due by the old version is made by it
				if _, err := a.makeTurns(ctx, tx, p, units, plan, s); err != nil {
					return act{}, err
				}
			}
			in.Units = keys
			plan = plan.Revised(in.PlanBody, a.Today())
			plan.Changed, plan.Note = s, in.Note
			if err := errors.Join(plan.Check(), planDocument(ctx, tx, plan), tx.ChangePlan(ctx, plan)); err != nil {
				return act{}, err
			}
			plan.Version++
			return act{"plan.change", "plan", id}, tx.AddPlanEvent(ctx, planEvent(plan, s, gov.PlanChange, in.Note))
		})
	})
}

// MovePlan pauses, resumes or ends a plan, with the reason. What was due before is written down first, so that no period is lost.
func (a *App) MovePlan(ctx context.Context, p access.Principal, id gov.ID, version int, do gov.PlanAction, note string) error {
	return a.withRegister(func(units gov.Units) error {
		return a.update(ctx, p, access.MattersAssign, func(tx gov.Tx, s gov.Stamp) (act, error) {
			plan, err := ownPlan(ctx, tx, p, id, version)
			if err != nil {
				return act{}, err
			}
			to, err := plan.Take(do, note)
			if err != nil {
				return act{}, err
			}
			if _, err := a.makeTurns(ctx, tx, p, units, plan, s); err != nil {
				return act{}, err
			}
			return act{"plan." + string(do), "plan", id}, errors.Join(tx.SetPlanState(ctx, plan.Realm, id, plan.State, to),
				tx.AddPlanEvent(ctx, planEvent(plan, s, do, strings.TrimSpace(note))))
		})
	})
}

// cast says who is meant by the words of a plan; keys are units in place of the plan's own.
func (a *App) cast(b *builder, plan gov.Plan, keys []gov.UnitKey) (gov.PlanCast, error) {
	days, err := a.days()
	if err != nil {
		return gov.PlanCast{}, err
	}
	c := gov.PlanCast{Calendar: days, Today: b.today}
	if c.Owner, err = b.tx.Agency(b.ctx, b.realm, plan.Agency); err != nil {
		return c, err
	}
	if c.Agencies, err = b.tx.Agencies(b.ctx, b.realm); err != nil {
		return c, err
	}
	if len(keys) == 0 {
		keys = plan.Units
	}
	if len(keys) == 0 {
		keys, c.Own = []gov.UnitKey{c.Owner.Unit}, true
	}
	if c.Units, err = gov.UnitsInForce(b.units, keys, b.today); err != nil {
		return c, err
	}
	c.Office = func(u gov.UnitVersion) gov.Party { return officeOf(c.Agencies, u) }
	return c, nil
}

// A PlanPreview is what would be made of a plan: nothing is written.
type PlanPreview struct {
	PlanLine
	Ask    gov.PlanAsk
	Codes  []string
	Units  []UnitRef // for which the tasks would be
	Run    gov.ID    // by which the making is known: it happens once
	Before time.Time // when tasks in force were made for this day already; zero: they were not
	Drafts []gov.PlanDraft
}

// PreviewPlan shows what would be made of a plan, in a year or for a day.
func (a *App) PreviewPlan(ctx context.Context, p access.Principal, id gov.ID, ask gov.PlanAsk, codes []string) (v PlanPreview, err error) {
	err = a.withRegister(func(units gov.Units) error {
		if ask.Units, err = a.planUnits(p, units, codes, a.Today()); err != nil {
			return err
		}
		return a.view(ctx, p, access.MattersAssign, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			plan, err := tx.Plan(ctx, b.realm, id)
			if err != nil {
				return err
			}
			v = PlanPreview{Ask: ask, Codes: codes, Run: gov.NewID(a.instant())}
			if v.PlanLine, err = b.planLine(p, plan); err != nil {
				return err
			}
			tasks, err1 := tx.PlanTasks(ctx, b.realm, id)
			c, err2 := a.cast(b, plan, ask.Units)
			if err := errors.Join(err1, err2); err != nil {
				return err
			}
			for _, u := range c.Units {
				v.Units = append(v.Units, b.unit(u.UnitKey, u.Code))
			}
			if v.Drafts, err = plan.Drafts(c, ask, hasTask(tasks)); err != nil {
				return err
			}
			events, err := tx.PlanEvents(ctx, b.realm, id)
			for _, e := range events {
				if e.Action == gov.PlanApply && ask.Anchor != "" && e.Period == string(ask.Anchor) && slices.ContainsFunc(tasks, func(k gov.PlanTask) bool { return k.Run == e.Run && !k.Gone }) {
					v.Before = e.By.At
				}
			}
			return err
		})
	})
	return v, err
}

// A PlanApplication says which tasks are made.
type PlanApplication struct {
	gov.PlanAsk
	Codes   []string
	Version int
	Run     gov.ID   // of the preview; the same twice makes nothing twice
	Items   []string // keys of the chosen items
}

// ApplyPlan makes the tasks of a year, or of a template for a day, in one change.
func (a *App) ApplyPlan(ctx context.Context, p access.Principal, id gov.ID, in PlanApplication) (made int, err error) {
	err = a.withRegister(func(units gov.Units) error {
		if in.Units, err = a.planUnits(p, units, in.Codes, a.Today()); err != nil {
			return err
		}
		return a.update(ctx, p, access.MattersAssign, func(tx gov.Tx, s gov.Stamp) (act, error) {
			plan, err := ownPlan(ctx, tx, p, id, in.Version)
			if err != nil {
				return act{}, err
			}
			made = 0
			b := a.builder(ctx, tx, p, units)
			tasks, err1 := tx.PlanTasks(ctx, b.realm, id)
			c, err2 := a.cast(b, plan, in.Units)
			if err := errors.Join(err1, err2); err != nil {
				return act{}, err
			}
			drafts, err := plan.Drafts(c, in.PlanAsk, hasTask(tasks))
			if err != nil {
				return act{}, err
			}
			drafts = slices.DeleteFunc(drafts, func(d gov.PlanDraft) bool { return !slices.Contains(in.Items, d.Item.Key) })
			if len(drafts) == 0 || in.Run == "" || len(in.Run) > 64 {
				return act{}, gov.Errorf(gov.Invalid, "error.plan_nothing")
			}
			e := planEvent(plan, s, gov.PlanApply, strings.Join(unitFulls(c.Units), ", "))
			e.Run, e.Period = in.Run, string(in.Anchor)
			if plan.Kind == gov.PlanProgramme {
				e.Period = fmt.Sprint(in.Year)
			}
			w := planWork{b: b, plan: plan, cast: c, run: in.Run, s: s, ids: gov.IDsFrom(s.At)}
			for _, d := range drafts {
				if d.Wrong != nil {
					return act{}, d.Wrong
				}
				if ok, err := w.add(d); err != nil {
					return act{}, err
				} else if !ok {
					return act{}, gov.Errorf(gov.Conflict, "error.plan_done")
				}
			}
			made = len(drafts)
			return act{"plan.apply", "plan", id}, errors.Join(w.write(), tx.AddPlanEvent(ctx, e))
		})
	})
	return made, err
}

func unitFulls(us []gov.UnitVersion) []string {
	names := make([]string, len(us))
	for i, u := range us {
		names[i] = u.Full()
	}
	return names
}

// planWork makes tasks of a plan within one transaction.
type planWork struct {
	b     *builder
	plan  gov.Plan
	run   gov.ID
	s     gov.Stamp
	ids   *gov.IDs
	cast  gov.PlanCast
	home  *gov.UnitKey
	batch gov.MatterBatch
}

// add takes a draft on; false where its item has a task in the period already.
func (w *planWork) add(d gov.PlanDraft) (bool, error) {
	period := d.Period
	if w.plan.Kind == gov.PlanTemplate {
		period = string(w.run)
	}
	t := d.Task
	t.ID, t.Created = w.ids.Next(), w.s
	k := gov.PlanTask{Realm: w.plan.Realm, Plan: w.plan.ID, Item: d.Item.Key, Period: period, Run: w.run, Version: w.plan.Version, Matter: t.ID, Due: t.Due, Made: w.s}
	if ok, err := w.b.tx.AddPlanTask(w.b.ctx, k); err != nil || !ok {
		return ok, err
	}
	if w.home == nil {
		home, err := homeOf(w.b.ctx, w.b.tx, w.plan.Realm)
		if err != nil {
			return false, err
		}
		w.home = &home
	}
	if len(d.Item.When.Years()) > 1 || w.plan.Kind == gov.PlanRecurring {
		t.Text += " (" + PlanPeriod(lang.VI, d.Period) + ")"
	}
	t, parts, err := assign(w.b.ctx, w.b.tx, t, gov.Document{Holder: w.plan.Agency}, *w.home, w.ids.Next)
	if err != nil {
		return false, err
	}
	why := lang.VI.T("plan.made_by."+string(w.plan.Kind), w.plan.Title, PlanPeriod(lang.VI, d.Period))
	if d.Why != nil {
		why += " " + strings.Join(d.Why.Text(lang.VI), " ")
	}
	for i := range parts {
		parts[i] = w.cast.OwnPart(parts[i])
	}
	for _, m := range append([]gov.Matter{t}, parts...) {
		w.batch.Matters = append(w.batch.Matters, m)
		w.batch.Events = append(w.batch.Events, gov.MatterEvent{Realm: m.Realm, Matter: m.ID, At: w.s.At, By: w.s.By, Action: gov.ActOpen, To: m.State, Note: why})
	}
	return true, nil
}

// write writes all that was taken on.
func (w *planWork) write() error {
	if len(w.batch.Matters) == 0 {
		return nil
	}
	err := w.b.tx.CreateMatters(w.b.ctx, w.batch)
	for _, m := range w.batch.Matters {
		err = errors.Join(err, w.b.tx.Index(w.b.ctx, gov.SearchEntry{Realm: m.Realm, Noun: "matter", Record: m.ID, Title: m.Text, Body: m.By, Day: m.Opened}))
	}
	return err
}
