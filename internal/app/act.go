package app

import (
	"context"
	"errors"
	"slices"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// Act moves a matter by one step of the flow, with an event that stays. Promoting a directive makes its task; a step of a part moves the whole, too.
// Urging also sends word to the office that leads.
func (a *App) Act(ctx context.Context, p access.Principal, id gov.ID, in ActInput) error {
	var err error
	if in.kept, err = a.keepFiles(ctx, p, in.Files); err != nil {
		return err
	}
	if err := a.checkField(in.Field); err != nil {
		return err
	}
	return a.update(ctx, p, access.MattersReport, func(tx gov.Tx, s gov.Stamp) (act, error) {
		return a.step(ctx, tx, p, id, in, s)
	})
}

// step is one step of a matter within a transaction.
func (a *App) step(ctx context.Context, tx gov.Tx, p access.Principal, id gov.ID, in ActInput, s gov.Stamp) (act, error) {
	m, step, err := stepOf(ctx, tx, p, id, in)
	if err != nil {
		return act{}, err
	}
	in.Today = gov.DayOf(s.At.In(gov.Zone))
	if step.Action == gov.ActConfirm {
		if in.HandedIn, err = a.handedIn(ctx, tx, p, m); err != nil {
			return act{}, err
		}
	}
	if err := errors.Join(a.settleDay(ctx, tx, m, &in, s), settleBodies(ctx, tx, m.Realm, &in), withinWhole(ctx, tx, m, in.StepInput)); err != nil {
		return act{}, err
	}
	moved, e, err := m.Take(step, in.StepInput, s)
	if err != nil {
		return act{}, err
	}
	switch step.Action {
	case gov.ActPromote:
		err = a.promote(ctx, tx, m, s)
	case gov.ActUrge:
		err = a.urge(ctx, tx, m, s)
	}
	if err != nil {
		return act{}, err
	}
	if moved, err = breakDown(ctx, tx, moved, in, s); err != nil {
		return act{}, err
	}
	if err := errors.Join(tx.AddEvent(ctx, e), addFiles(ctx, tx, m.ID, in.kept), tx.UpdateMatter(ctx, moved)); err != nil {
		return act{}, err
	}
	err = errors.Join(endInner(ctx, tx, moved, s), follow(ctx, tx, moved))
	return act{"matter." + string(step.Action), "matter", m.ID}, err
}

// stepOf finds a matter and the step that somebody wants to take, who may take it. Whoever saw the matter before another changed it is told so.
func stepOf(ctx context.Context, tx gov.Tx, p access.Principal, id gov.ID, in ActInput) (gov.Matter, gov.Step, error) {
	m, err := tx.Matter(ctx, gov.Realm(p.Realm), id)
	if err != nil {
		return m, gov.Step{}, err
	}
	stale := m.Version != in.Version
	step, err := gov.StepFor(m.Kind, m.State, in.Action)
	switch {
	case err != nil && stale:
		return m, step, gov.Errorf(gov.Conflict, "error.stale")
	case err != nil:
		return m, step, err
	}
	may, err := mayTake(ctx, tx, p, m, step)
	switch {
	case err != nil:
		return m, step, err
	case !may:
		return m, step, gov.Errorf(gov.Forbidden, "error.not_your_step")
	case stale:
		return m, step, gov.Errorf(gov.Conflict, "error.stale")
	}
	return m, step, nil
}

// stepPermissions says which permission a doer of a step needs.
var stepPermissions = map[gov.Doer]access.Permission{
	gov.DoneByInvolved:  access.MattersReport,
	gov.DoneByLead:      access.MattersSubmit,
	gov.DoneByAssigner:  access.MattersSettle,
	gov.DoneByCompetent: access.MattersAnswer,
	gov.DoneByRaiser:    access.MattersSettle,
}

// stepPermission is the permission that a step needs.
func stepPermission(st gov.Step) access.Permission {
	if st.Action == gov.ActPromote || st.Action == gov.ActAttachDocument {
		return access.MattersAssign
	}
	return stepPermissions[st.By]
}

// mayTake reports whether one of the principal's grants lets him take a step: it carries the permission, and its office has to do with the matter
// what the step asks. Who works for the whole realm, as the office that follows all matters for its leaders does, may take each.
func mayTake(ctx context.Context, tx gov.Tx, p access.Principal, m gov.Matter, st gov.Step) (bool, error) {
	for _, g := range p.With(stepPermission(st)) {
		if may, err := grantTakes(ctx, tx, g, m, st); err != nil || may {
			return may, err
		}
	}
	return false, nil
}

// grantTakes is mayTake for one grant.
func grantTakes(ctx context.Context, tx gov.Tx, g access.Grant, m gov.Matter, st gov.Step) (bool, error) {
	if !g.May(stepPermission(st)) || g.All {
		return g.All && g.May(stepPermission(st)), nil
	}
	bodies, err := doers(ctx, tx, m, st.By)
	return slices.ContainsFunc(bodies, func(b gov.Party) bool { return worksFor(g, b) }), err
}

// worksFor reports whether a grant is for the body of a party: the agency, or where none is settled the unit.
func worksFor(g access.Grant, b gov.Party) bool {
	return b.Agency != "" && g.Has(string(b.Agency)) || b.Agency == "" && !b.Unit.Zero() && b.Unit.Code == g.Code && string(b.Unit.From) == g.From
}

// doers lists the bodies whose office may take a step.
func doers(ctx context.Context, tx gov.Tx, m gov.Matter, by gov.Doer) ([]gov.Party, error) {
	var list []gov.Party
	for _, p := range m.Parties {
		if partyDoes(m, p, by) {
			list = append(list, p)
		}
	}
	if by != gov.DoneByAssigner && by != gov.DoneByRaiser && by != gov.DoneByInvolved || slices.ContainsFunc(list, isAssigner) {
		return list, nil
	}
	// Who files the document follows what it says, where no assigner is named. A document beyond the reach of tx is held by an office that no
	// grant of whoever asks is for.
	doc, err := tx.Document(ctx, m.Realm, m.Source.Document)
	if gov.IsNotFound(err) {
		return list, nil
	}
	return append(list, gov.Party{Role: gov.RoleAssigner, Agency: doc.Holder}), err
}

func isAssigner(p gov.Party) bool { return p.Role == gov.RoleAssigner }

// partyDoes reports whether a party of the matter is one whose office may take a step.
func partyDoes(m gov.Matter, p gov.Party, by gov.Doer) bool {
	switch by {
	case gov.DoneByInvolved:
		return p.Role != gov.RoleUnit || m.Kind != gov.Task
	case gov.DoneByLead:
		return p.Role == gov.RoleLead || p.Role == gov.RoleAssignee && m.Lead() == "" && len(m.Names(gov.RoleAssignee)) == 1
	case gov.DoneByAssigner:
		return p.Role == gov.RoleAssigner || p.Role == gov.RoleMonitor
	case gov.DoneByCompetent:
		return p.Role == gov.RoleAddressee
	case gov.DoneByRaiser:
		return p.Role == gov.RoleUnit || p.Role == gov.RoleAssigner
	}
	return false
}

// handedIn is the day on which the result was handed in that is confirmed now. Nobody who is behind that confirms it.
func (a *App) handedIn(ctx context.Context, tx gov.Tx, p access.Principal, m gov.Matter) (gov.Day, error) {
	events, err := tx.Events(ctx, m.Realm, m.ID)
	if err != nil {
		return "", err
	}
	for i := len(events) - 1; i >= 0; i-- {
		if e := events[i]; e.Action == gov.ActSubmit {
			done := act{"matter." + string(gov.ActConfirm), "matter", m.ID}
			err := a.apart(ctx, tx, p, access.MattersSettle, done, "error.own_result", gov.Stamp{By: e.By, At: e.At})
			return gov.DayOf(e.At.In(gov.Zone)), err
		}
	}
	return "", nil
}

// follow works out the task that the moved one is a part of, up to the top; one within which it was only given goes on by itself. The whole follows from all of its parts, whoever moved one: a ward that
// reaches its own part only must neither fail at the others nor complete the whole by its own. So this looks beyond the reach, and shows nothing.
func follow(ctx context.Context, tx gov.Tx, m gov.Matter) error {
	if m.Parent == "" {
		return nil
	}
	tx, err := unbounded(ctx, tx, m.Realm)
	if err != nil {
		return err
	}
	for m.Parent != "" {
		whole, err := tx.Matter(ctx, m.Realm, m.Parent)
		if err != nil || whole.Parts == 0 {
			return err
		}
		parts, err := everyMatter(ctx, tx, m.Realm, gov.MatterQuery{Parent: whole.ID})
		if err != nil {
			return err
		}
		m = gov.WholeOf(whole, parts)
		if err := tx.UpdateMatter(ctx, m); err != nil {
			return err
		}
	}
	return nil
}
