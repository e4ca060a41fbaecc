package gov

import (
	"slices"
	"testing"
)

func TestFlowIsWhole(t *testing.T) {
	t.Parallel()
	for _, k := range MatterKinds {
		for _, assigns := range []bool{false, true} {
			// Every state that can be reached is finished or has a way on.
			seen, todo := map[State]bool{}, []State{FirstState(k, assigns)}
			for len(todo) > 0 {
				s := todo[0]
				todo = todo[1:]
				if seen[s] {
					continue
				}
				seen[s] = true
				steps := Steps(k, s)
				if !s.Finished() && len(steps) == 0 {
					t.Errorf("%s: nothing leads out of %s", k, s)
				}
				for _, st := range steps {
					todo = append(todo, st.To)
				}
			}
		}
	}
	for i, st := range Flow {
		if slices.ContainsFunc(Flow[:i], func(o Step) bool { return o.Kind == st.Kind && o.From == st.From && o.Action == st.Action }) {
			t.Errorf("%s %s %s stands twice", st.Kind, st.From, st.Action)
		}
	}
	if s := FirstState(Task, false); s != AwaitingDocument {
		t.Errorf("a task from a press text begins as %s", s)
	}
	if _, err := StepFor(Recommendation, StateOpen, ActConfirm); CodeOf(err) != Invalid {
		t.Errorf("a step that the flow has not: %v", err)
	}
	if Answered.Finished() {
		t.Error("answered counts as resolved")
	}
}

func TestNeedsGoWithTheAction(t *testing.T) {
	t.Parallel()
	for _, st := range Flow {
		if st.Need != NeedOf(st.Action) {
			t.Errorf("%s of %s in %s needs %b, elsewhere %b", st.Action, st.Kind, st.From, st.Need, NeedOf(st.Action))
		}
	}
	if NeedOf("nothing") != 0 || (NeedNote|NeedDay).Lacking(StepInput{Note: " ", Day: "2026-01-01"}) == nil || (NeedNote|NeedDay).Lacking(StepInput{Note: "x", Day: "2026-01-01"}) != nil {
		t.Error("what is lacking")
	}
}

func TestFundingIsSaidWithTheFieldOrAlone(t *testing.T) {
	t.Parallel()
	m := Matter{Kind: Recommendation, State: StateOpen, Field: "transport"}
	step, err := StepFor(m.Kind, m.State, ActClassify)
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range []StepInput{{}, {Funding: "perhaps"}, {Field: "land", Funding: "perhaps"}} {
		if _, _, err := m.Take(step, in, Stamp{}); CodeOf(err) != Invalid {
			t.Errorf("%+v was taken: %v", in, err)
		}
	}
	moved, _, err := m.Take(step, StepInput{Funding: Unfunded}, Stamp{})
	if err != nil || moved.Field != "transport" || moved.Funding != Unfunded {
		t.Errorf("%v, %+v", err, moved)
	}
	list := Gather([]Matter{moved}, nil, "2026-01-01")
	if len(list) != 1 || len(list[0].Priority.Reasons) == 0 || list[0].Priority.Reasons[0].Key != "priority.unfunded" {
		t.Errorf("%+v", list)
	}
}
