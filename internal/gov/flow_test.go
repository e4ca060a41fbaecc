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
