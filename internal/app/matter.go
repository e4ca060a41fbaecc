package app

import (
	"context"
	"errors"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// unfinished are the states in which something is still owed; finished are the rest.
var unfinished, finished = split(gov.States)

// split parts the states into those in which something is still owed and the rest.
func split(all []gov.State) (owed, rest []gov.State) {
	for _, s := range all {
		if s.Finished() {
			rest = append(rest, s)
		} else {
			owed = append(owed, s)
		}
	}
	return owed, rest
}

// Matters lists matters; open narrows to those in which something is still owed.
func (a *App) Matters(ctx context.Context, p access.Principal, q gov.MatterQuery, open bool) (MattersView, error) {
	var v MattersView
	if open {
		q.States = unfinished
	}
	q.Top = q.Unit == "" && q.Place == "" // a task of several parts is one, but a unit or a lead has its own part
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			list, next, err1 := tx.Matters(ctx, b.realm, q)
			total, err2 := tx.CountMatters(ctx, b.realm, q)
			v = MattersView{Open: open, Total: total, Lines: b.matters(list), Next: next}
			if len(q.Kinds) == 1 {
				v.Kind = q.Kinds[0]
				var err error
				if v.Tally, err = b.tallyOf(q); err != nil {
					return err
				}
			}
			if q.PlaceRole == gov.RoleLead && q.Place != gov.NoLead {
				name, err := b.placeNames(gov.RoleLead)
				if err != nil {
					return err
				}
				v.Lead, _ = name(q.Place)
			}
			if q.Unit != "" {
				u, err := units.At(q.Unit, "")
				if err != nil {
					return err
				}
				v.Unit = b.unit(u.UnitKey, q.Unit)
			}
			return errors.Join(err1, err2)
		})
	})
	return v, err
}

// tallyOf counts what a list is about: the unit's, the lead's, or all of the realm; what else narrows the list is not looked at, so that the counts say what
// there is to choose from.
func (b *builder) tallyOf(q gov.MatterQuery) (gov.PlaceTally, error) {
	t := gov.TallyQuery{Kind: q.Kinds[0], Today: b.today}
	switch {
	case q.Unit != "":
		t.Role, t.Places = gov.RoleUnit, []string{q.Unit}
	case q.Place != "":
		t.Role, t.Places = q.PlaceRole, []string{q.Place}
	}
	list, err := b.tx.TallyMatters(b.ctx, b.realm, t)
	if err != nil || len(list) == 0 {
		return gov.PlaceTally{}, err
	}
	return list[0], nil
}

// Matter gives a matter with where it comes from, what happened and what can be done now.
func (a *App) Matter(ctx context.Context, p access.Principal, id gov.ID) (MatterView, error) {
	var v MatterView
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			m, err := tx.Matter(ctx, b.realm, id)
			if err != nil {
				return err
			}
			v = MatterView{MatterLine: b.matters([]gov.Matter{m})[0], Explains: b.explains(m)}
			if v.Steps, err = stepsFor(ctx, tx, p, m); err != nil {
				return err
			}
			if m.Session != "" {
				s, err := b.session(m.Session)
				if err == nil {
					v.Session = &b.sessionLines([]gov.Session{s})[0]
				} else if !gov.IsNotFound(err) { // one beyond reach is left out
					return err
				}
			}
			if err := errors.Join(b.related(&v), b.history(&v)); err != nil {
				return err
			}
			if err := errors.Join(b.around(&v), b.planOf(&v), a.fieldsOf(&v), a.limitsOf(&v)); err != nil {
				return err
			}
			return a.clockOf(&v)
		})
	})
	return v, err
}

// stepsFor lists what the principal can do with a matter now.
func stepsFor(ctx context.Context, tx gov.Tx, p access.Principal, m gov.Matter) ([]gov.Step, error) {
	var steps []gov.Step
	if m.SupersededBy != "" {
		return nil, nil
	}
	for _, st := range gov.Steps(m.Kind, m.State) {
		may, err := mayTake(ctx, tx, p, m, st)
		if err != nil {
			return nil, err
		}
		if may && m.Allows(st.Action) {
			steps = append(steps, st)
		}
	}
	return steps, nil
}

// related fills in the matters that stand around one.
func (b *builder) related(v *MatterView) error {
	if v.Matter.Origin != "" {
		o, err := b.tx.Matter(b.ctx, b.realm, v.Matter.Origin)
		if err == nil {
			v.Origin = &b.matters([]gov.Matter{o})[0]
		} else if !gov.IsNotFound(err) {
			return err
		}
	}
	tasks, err := everyMatter(b.ctx, b.tx, b.realm, gov.MatterQuery{Origin: v.ID})
	if err != nil {
		return err
	}
	v.Tasks = b.matters(tasks)
	links, err := b.tx.Links(b.ctx, b.realm, v.ID)
	if err != nil {
		return err
	}
	for _, l := range links {
		other := l.To
		if other == v.ID {
			other = l.From
		}
		m, err := b.tx.Matter(b.ctx, b.realm, other)
		if err != nil {
			return err
		}
		line := b.matters([]gov.Matter{m})
		switch {
		case l.Kind == gov.LinkAnswers && m.SupersededBy == "":
			v.Answers = append(v.Answers, line...)
		case l.Kind == gov.LinkRepeats && l.From == v.ID:
			v.Replaces = append(v.Replaces, line...)
		}
	}
	return nil
}

// history fills in the events and the further sources of a matter.
func (b *builder) history(v *MatterView) error {
	events, err := b.tx.Events(b.ctx, b.realm, v.ID)
	if err != nil {
		return err
	}
	names := map[gov.ID]string{}
	for _, e := range events {
		if _, ok := names[e.By]; !ok && e.By != "" {
			acc, err := b.tx.Account(b.ctx, b.realm, e.By)
			if err != nil && !gov.IsNotFound(err) {
				return err
			}
			if names[e.By], err = b.who(acc); err != nil {
				return err
			}
		}
		v.Events = append(v.Events, EventLine{MatterEvent: e, Who: names[e.By]})
	}
	if v.Reminders, err = b.tx.RemindersOf(b.ctx, b.realm, v.ID); err != nil {
		return err
	}
	also, err := b.tx.AlsoSaid(b.ctx, b.realm, "matter", v.ID)
	for _, s := range also {
		v.AlsoSaid = append(v.AlsoSaid, b.source(s.Source))
	}
	return err
}

// promote makes a task of a directive; a directive that has a task in force gets no second one.
func (a *App) promote(ctx context.Context, tx gov.Tx, directive gov.Matter, s gov.Stamp) error {
	// Who assigned it and whether it was promoted before does not depend on how far whoever promotes it sees.
	tx, err := unbounded(ctx, tx, directive.Realm)
	if err != nil {
		return err
	}
	tasks, _, err := tx.Matters(ctx, directive.Realm, gov.MatterQuery{Origin: directive.ID, Kinds: []gov.MatterKind{gov.Task}})
	if err != nil {
		return err
	}
	if len(tasks) > 0 {
		return gov.Errorf(gov.Conflict, "error.exists")
	}
	doc, err := tx.Document(ctx, directive.Realm, directive.Source.Document)
	if err != nil && !gov.IsNotFound(err) {
		return err
	}
	home, err := homeOf(ctx, tx, directive.Realm)
	if err != nil {
		return err
	}
	ids := gov.IDsFrom(s.At)
	made := gov.TaskOf(directive, doc, ids.Next(), s)
	if err := a.dueInLaw(&made); err != nil {
		return err
	}
	t, parts, err := assign(ctx, tx, made, doc, home, ids.Next)
	if err != nil {
		return err
	}
	return createMatters(ctx, tx, append([]gov.Matter{t}, parts...)...)
}
