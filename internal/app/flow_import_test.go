package app_test

import (
	"slices"
	"testing"

	"haicap/internal/gov"
	"haicap/internal/samples"
)

// What comes in with a document comes in at the beginning of the flow, and what a second document or a second reading does to it is a step of the flow: the
// reader, the drafts and whoever confirms them cannot put a matter where the flow has no way.
func TestNoImportLeavesTheFlow(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	var last gov.Document
	for _, s := range samples.All() {
		d, review := h.file(t, s.Name, string(s.Data))
		h.confirm(t, review)
		last = d
	}
	again, err := h.ReviewAgain(h.ctx, h.analyst, last.ID)
	if err != nil {
		t.Fatal(err)
	}
	v, err := h.Review(h.ctx, h.analyst, again)
	if err != nil {
		t.Fatal(err)
	}
	dropped := 0
	for _, c := range v.Cards { // the second reader does not think that these were said
		if c.Item != nil && dropped < 4 {
			dropped++
			if err := h.SettleDraft(h.ctx, h.analyst, again, c.ID, gov.DraftRejected, c.Version); err != nil {
				t.Fatal(err)
			}
		}
	}
	h.confirm(t, again)
	kinds, superseded := map[gov.MatterKind]int{}, 0
	err = h.store.View(h.ctx, func(tx gov.Tx) error {
		list, _, err := tx.Matters(h.ctx, h.holding.Realm, gov.MatterQuery{All: true, Page: gov.Page{Limit: 1000}})
		if err != nil {
			return err
		}
		for _, m := range list {
			events, err := tx.Events(h.ctx, h.holding.Realm, m.ID)
			if err != nil {
				return err
			}
			kinds[m.Kind]++
			if m.SupersededBy != "" {
				superseded++
			}
			followsTheFlow(t, m, events)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if kinds[gov.Recommendation] < 5 || kinds[gov.Directive] < 5 || kinds[gov.Task] < 3 || superseded == 0 {
		t.Errorf("%v came in, %d were superseded", kinds, superseded)
	}
}

// followsTheFlow holds a matter and its history against the table: it begins where its kind begins, each step is a row, and it is where the last one left it.
func followsTheFlow(t *testing.T, m gov.Matter, events []gov.MatterEvent) {
	t.Helper()
	first := []gov.State{gov.FirstState(m.Kind, true), gov.FirstState(m.Kind, false)}
	if len(events) == 0 || events[0].Action != gov.ActOpen || !slices.Contains(first, events[0].To) {
		t.Errorf("%s %s does not begin as the flow does: %+v", m.Kind, m.ID, events)
		return
	}
	at := events[0].To
	for _, e := range events[1:] {
		if e.From != at {
			t.Errorf("%s %s: %s begins at %s, it was at %s", m.Kind, m.ID, e.Action, e.From, at)
		}
		switch e.Action {
		case gov.ActSupersede, gov.ActMove: // keep the state
			if e.To != e.From {
				t.Errorf("%s %s: %s moved it to %s", m.Kind, m.ID, e.Action, e.To)
			}
		default:
			if st, err := gov.StepFor(m.Kind, at, e.Action); err != nil || st.To != e.To {
				t.Errorf("%s %s: %s from %s to %s is no row: %v", m.Kind, m.ID, e.Action, at, e.To, err)
			}
		}
		at = e.To
	}
	if m.State != at {
		t.Errorf("%s %s is %s, its history ends at %s", m.Kind, m.ID, m.State, at)
	}
}
