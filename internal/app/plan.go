package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/lang"
)

// A PlanLine is a plan in a list.
type PlanLine struct {
	gov.Plan
	Owner    string // name of its agency
	UnitRefs []UnitRef
	Tally    gov.Tally // of its tasks within reach
	May      bool      // the reader's office owns it: he changes it and makes its tasks
}

// PlansView is a list of plans.
type PlansView struct {
	Query gov.PlanQuery
	Lines []PlanLine
	Next  string
	Ready []gov.ReadyPlan // that the program brings along
}

// A PlanRunLine is one making of tasks.
type PlanRunLine struct {
	gov.PlanEvent
	Who      string
	Tasks    []MatterLine // within reach, and in force: what was undone is withdrawn
	Skipped  []gov.PlanTask
	Tally    gov.Tally
	Hidden   int // beyond reach
	CanUndo  int // nobody touched them since
	Finished bool
}

// A PlanItemTurns is an item of recurring work with its next days.
type PlanItemTurns struct {
	Item gov.PlanItem
	Next []gov.PlanTurn
}

// PlanView is the page of a plan.
type PlanView struct {
	PlanLine
	Latest int // its version in force; what is shown may be an earlier one
	Source string
	Steps  []gov.PlanStep
	Table  gov.PlanTable
	Runs   []PlanRunLine // newest first
	Turns  []PlanItemTurns
	Events []PlanEventLine
	tasks  []gov.PlanTask
	made   map[gov.ID]MatterLine
}

// A PlanEventLine is a step of a plan with who took it.
type PlanEventLine struct {
	gov.PlanEvent
	Who string
}

// A PlanRef leads from a task to the plan that it was made from.
type PlanRef struct {
	ID     gov.ID
	Kind   gov.PlanKind
	Title  string
	Number string
	Period string // empty: a template's
}

// mayPlan reports whether somebody changes a plan and makes its tasks: he assigns tasks for its agency, or for the whole realm.
func mayPlan(p access.Principal, plan gov.Plan) bool {
	return slices.ContainsFunc(p.With(access.MattersAssign), func(g access.Grant) bool { return g.All || g.Has(string(plan.Agency)) })
}

// Plans lists plans within reach, newest first, with how far their tasks are.
func (a *App) Plans(ctx context.Context, p access.Principal, q gov.PlanQuery) (v PlansView, err error) {
	err = a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			v = PlansView{Query: q, Ready: gov.ReadyPlansOn(b.today)}
			list, next, err := tx.Plans(ctx, b.realm, q)
			if err != nil {
				return err
			}
			v.Next = next
			for _, plan := range list {
				line, err := b.planLine(p, plan)
				if err != nil {
					return err
				}
				tasks, err := everyMatter(ctx, tx, b.realm, gov.MatterQuery{Origin: plan.ID})
				if err != nil {
					return err
				}
				line.Tally = gov.TallyOn(tasks, b.today)
				v.Lines = append(v.Lines, line)
			}
			return nil
		})
	})
	return v, err
}

func (b *builder) planLine(p access.Principal, plan gov.Plan) (PlanLine, error) {
	owner, err := b.tx.Agency(b.ctx, b.realm, plan.Agency)
	if err != nil && !gov.IsNotFound(err) {
		return PlanLine{}, err
	}
	return PlanLine{Plan: plan, Owner: owner.Name, UnitRefs: b.unitRefs(plan.Units), May: mayPlan(p, plan)}, nil
}

// Plan gives a plan as its page shows it, in a version (0: the one in force).
func (a *App) Plan(ctx context.Context, p access.Principal, id gov.ID, version int) (v PlanView, err error) {
	err = a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			v = PlanView{}
			plan, err := tx.Plan(ctx, b.realm, id)
			if err != nil {
				return err
			}
			v.Latest = plan.Version
			if version != 0 && version != plan.Version {
				if plan, err = tx.PlanAt(ctx, b.realm, id, version); err != nil {
					return err
				}
			}
			if v.PlanLine, err = b.planLine(p, plan); err != nil {
				return err
			}
			if plan.Document != "" {
				v.Source = b.source(gov.Source{Document: plan.Document}).Title
			}
			if v.May {
				v.Steps = plan.Steps()
			}
			return errors.Join(b.planTasks(&v), a.planTurns(&v), b.planEvents(&v))
		})
	})
	return v, err
}

// planTasks fills in what was made of a plan.
func (b *builder) planTasks(v *PlanView) error {
	var err error
	if v.tasks, err = b.tx.PlanTasks(b.ctx, b.realm, v.ID); err != nil {
		return err
	}
	list, err := everyMatter(b.ctx, b.tx, b.realm, gov.MatterQuery{Origin: v.ID, All: true})
	if err != nil {
		return err
	}
	v.made = map[gov.ID]MatterLine{}
	bare := map[gov.ID]gov.Matter{}
	for _, m := range b.matters(list) {
		v.made[m.ID], bare[m.ID] = m, m.Matter
	}
	live := slices.DeleteFunc(slices.Clone(v.tasks), func(k gov.PlanTask) bool { return k.Gone })
	for _, k := range live {
		if m, ok := v.made[k.Matter]; ok {
			v.Tally.Add(m.CellOn(b.today, gov.ByGranted), m.State, 1)
		}
	}
	if v.Kind == gov.PlanProgramme {
		v.Table = v.Plan.Table(live, bare, b.today)
	}
	return nil
}

// planTurns fills in the next days of what recurs.
func (a *App) planTurns(v *PlanView) error {
	if v.Kind != gov.PlanRecurring || v.State == gov.PlanEnded {
		return nil
	}
	days, err := a.days()
	if err != nil {
		return err
	}
	has := hasTask(v.tasks)
	for _, it := range v.Items {
		v.Turns = append(v.Turns, PlanItemTurns{it, v.NextTurns(it, days, 3, has)})
	}
	return nil
}

// hasTask says which items have something in force in a period.
func hasTask(tasks []gov.PlanTask) func(item, period string) bool {
	there := map[string]bool{}
	for _, k := range tasks {
		if !k.Gone {
			there[k.Item+"/"+k.Period] = true
		}
	}
	return func(item, period string) bool { return there[item+"/"+period] }
}

// planEvents fills in the steps of a plan, and its runs with their tasks.
func (b *builder) planEvents(v *PlanView) error {
	events, err := b.tx.PlanEvents(b.ctx, b.realm, v.ID)
	if err != nil {
		return err
	}
	names := map[gov.ID]string{}
	for _, e := range events {
		if _, ok := names[e.By.By]; !ok && e.By.By != "" {
			acc, err := b.tx.Account(b.ctx, b.realm, e.By.By)
			if err != nil && !gov.IsNotFound(err) {
				return err
			}
			if names[e.By.By], err = b.who(acc); err != nil {
				return err
			}
		}
		v.Events = append(v.Events, PlanEventLine{e, names[e.By.By]})
		if e.Action == gov.PlanApply || e.Action == gov.PlanRun {
			v.Runs = append([]PlanRunLine{v.run(e, names[e.By.By], b.today)}, v.Runs...)
		}
	}
	return nil
}

// run is one making of tasks.
func (v *PlanView) run(e gov.PlanEvent, who string, today gov.Day) PlanRunLine {
	line := PlanRunLine{PlanEvent: e, Who: who}
	for _, k := range v.tasks {
		m, ok := v.made[k.Matter]
		switch {
		case k.Run != e.Run:
		case k.Matter == "":
			line.Skipped = append(line.Skipped, k)
		case !ok:
			line.Hidden++
		default:
			line.Tasks = append(line.Tasks, m)
			line.Tally.Add(m.CellOn(today, gov.ByGranted), m.State, 1)
			if m.Version == 1 && m.SupersededBy == "" {
				line.CanUndo++
			}
		}
	}
	return line
}

// planOf fills in the plan that a task, or the task of which it is a part, was made from, where it is within reach.
func (b *builder) planOf(v *MatterView) error {
	if v.Kind != gov.Task {
		return nil
	}
	for _, id := range []gov.ID{v.ID, v.Parent} {
		if id == "" {
			continue
		}
		k, err := b.tx.PlanTaskOf(b.ctx, b.realm, id)
		if gov.IsNotFound(err) {
			continue
		} else if err != nil {
			return err
		}
		plan, err := b.tx.PlanAt(b.ctx, b.realm, k.Plan, k.Version)
		if err != nil {
			return err
		}
		v.Plan = &PlanRef{ID: plan.ID, Kind: plan.Kind, Title: plan.Title, Number: plan.Number, Period: k.Period}
		if plan.Kind == gov.PlanTemplate {
			v.Plan.Period = ""
		}
		return nil
	}
	return nil
}

// PlanPeriod writes a period of a plan: tuần 7 năm 2026, tháng 2/2026, quý I/2026, năm 2026.
func PlanPeriod(l lang.Lang, period string) string {
	year, week, ok := strings.Cut(period, "-W")
	switch {
	case ok:
		return l.T("plan.period.week", strings.TrimLeft(week, "0"), year)
	case len(period) == 4:
		return l.T("plan.period.year", period)
	}
	return l.Period(period)
}

// A PlanForm is what the form of a plan starts with.
type PlanForm struct {
	gov.Plan
	Codes    []string // of its units
	Agencies []string // names that a form offers
}

// PlanForm gives the form for a plan: of one that is there, of a copy of it, or of a ready one.
func (a *App) PlanForm(ctx context.Context, p access.Principal, id gov.ID, ready string) (f PlanForm, err error) {
	err = a.view(ctx, p, access.MattersAssign, func(tx gov.Tx) error {
		f = PlanForm{Plan: gov.Plan{Kind: gov.PlanProgramme}}
		if id != "" {
			if f.Plan, err = tx.Plan(ctx, gov.Realm(p.Realm), id); err != nil {
				return err
			}
		}
		for _, r := range gov.ReadyPlansOn(a.Today()) {
			if r.Key == ready {
				f.Kind, f.PlanBody = r.Kind, r.Body
			}
		}
		for _, u := range f.Units {
			f.Codes = append(f.Codes, u.Code)
		}
		agencies, err := tx.Agencies(ctx, gov.Realm(p.Realm))
		for _, g := range agencies {
			if !slices.Contains(f.Agencies, g.Name) {
				f.Agencies = append(f.Agencies, g.Name)
			}
		}
		return err
	})
	return f, err
}
