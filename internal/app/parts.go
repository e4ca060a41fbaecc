package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/lang"
	"haicap/internal/text"
)

// breakDown makes the tasks that a step makes within a task: the parts of several bodies, from which the task follows then, or what the lead gives on.
func breakDown(ctx context.Context, tx gov.Tx, m gov.Matter, in ActInput, s gov.Stamp) (gov.Matter, error) {
	ids := gov.IDsFrom(s.At)
	switch in.Action {
	case gov.ActDivide:
		parts := m.Divided(in.Bodies, ids.Next, s)
		return gov.WholeOf(m, parts), createMatters(ctx, tx, parts...)
	case gov.ActDelegate:
		return m, createMatters(ctx, tx, m.Delegated(in.StepInput, ids.Next(), s))
	}
	return m, nil
}

// createMatters writes new matters with the event that opens each, and what the search finds them by.
func createMatters(ctx context.Context, tx gov.Tx, list ...gov.Matter) error {
	for _, m := range list {
		err := errors.Join(tx.CreateMatter(ctx, m),
			tx.AddEvent(ctx, gov.MatterEvent{Realm: m.Realm, Matter: m.ID, At: m.Created.At, By: m.Created.By, Action: gov.ActOpen, To: m.State}),
			tx.Index(ctx, gov.SearchEntry{Realm: m.Realm, Noun: "matter", Record: m.ID, Title: m.Text, Body: m.By, Day: m.Opened}))
		if err != nil {
			return err
		}
	}
	return nil
}

// settleBodies finds the agencies of the bodies that a step names as documents write them. One that the realm does not know, or of whose name it knows
// two, keeps its name and nothing more.
func settleBodies(ctx context.Context, tx gov.Tx, r gov.Realm, in *ActInput) error {
	named := in.Bodies
	if in.Bodies = nil; len(named) == 0 && in.Lead.Name == "" {
		return nil
	}
	agencies, err := tx.Agencies(ctx, r)
	if err != nil {
		return err
	}
	settle := func(p gov.Party) gov.Party {
		p.Name = strings.Join(strings.Fields(p.Name), " ")
		var found []gov.Agency
		for _, a := range agencies {
			if a.To == "" && text.Fold(a.Name) == text.Fold(p.Name) {
				found = append(found, a)
			}
		}
		if len(found) == 1 && p.Agency == "" {
			p.Agency, p.Unit = found[0].ID, found[0].Unit
		}
		return p
	}
	if in.Lead.Name != "" {
		in.Lead = settle(in.Lead)
	}
	for _, p := range named {
		p = settle(p)
		if !slices.ContainsFunc(in.Bodies, func(o gov.Party) bool { return text.Fold(o.Name) == text.Fold(p.Name) }) {
			in.Bodies = append(in.Bodies, p)
		}
	}
	return nil
}

// withinWhole refuses a due day of a task within a task that is later than that one's.
func withinWhole(ctx context.Context, tx gov.Tx, m gov.Matter, in gov.StepInput) error {
	if m.Parent == "" || in.Day == "" {
		return nil
	}
	whole, err := wholeOf(ctx, tx, m)
	if err != nil || whole.Parts > 0 || whole.HoldsInner(in.Day, in.Today) {
		return err
	}
	return gov.Errorf(gov.Invalid, "error.inner_day")
}

// wholeOf is the task that a task is a part of or was given within, whoever may see it.
func wholeOf(ctx context.Context, tx gov.Tx, m gov.Matter) (gov.Matter, error) {
	tx, err := unbounded(ctx, tx, m.Realm)
	if err != nil {
		return gov.Matter{}, err
	}
	return tx.Matter(ctx, m.Realm, m.Parent)
}

// endInner withdraws what the lead gave on within a task that has ended: nobody waits for it any more. What was handed in stays to be confirmed.
func endInner(ctx context.Context, tx gov.Tx, m gov.Matter, s gov.Stamp) error {
	if m.Kind != gov.Task || m.Parts > 0 || !m.State.Finished() {
		return nil
	}
	tx, err := unbounded(ctx, tx, m.Realm)
	if err != nil {
		return err
	}
	inner, err := everyMatter(ctx, tx, m.Realm, gov.MatterQuery{Parent: m.ID, Stand: gov.StandOwed})
	if err != nil {
		return err
	}
	for _, t := range inner {
		step, err := gov.StepFor(t.Kind, t.State, gov.ActWithdraw)
		if err != nil {
			continue
		}
		moved, e, err := t.Take(step, gov.StepInput{Note: lang.VI.T("flow.note.whole_ended")}, s)
		if err != nil {
			return err
		}
		if err := errors.Join(tx.AddEvent(ctx, e), tx.UpdateMatter(ctx, moved), endInner(ctx, tx, moved, s)); err != nil {
			return err
		}
	}
	return nil
}
