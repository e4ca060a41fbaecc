package gov

import "slices"

// A State is how far a matter is.
type State string

// The states. Difficulties, directives of orientation and commitments are only noted: they have no clock and no end of their own.
const (
	Noted            State = "noted"
	StateOpen        State = "open"
	Answered         State = "answered" // answered is not resolved
	Resolved         State = "resolved"
	AwaitingDocument State = "awaiting_document" // chờ văn bản: rests on a press text, assigns nothing in law yet
	Submitted        State = "submitted"         // chờ xác nhận
	Returned         State = "returned"          // trả lại: the result was not accepted; counts as not completed
	Suspended        State = "suspended"         // tạm dừng: the clock stands
	Scheduled        State = "scheduled"         // of a recommendation: being solved, có lộ trình, with a day
	Explained        State = "explained"         // of a recommendation: giải trình, cung cấp thông tin
	Completed        State = "completed"
	Withdrawn        State = "withdrawn"
)

// States lists the states in the order in which a matter goes through them.
var States = []State{Noted, StateOpen, AwaitingDocument, Submitted, Returned, Suspended, Answered, Scheduled, Explained, Resolved, Completed,
	Withdrawn}

// An Action moves a matter.
type Action string

// The actions.
const (
	ActOpen           Action = "open"
	ActAnswer         Action = "answer"
	ActResolve        Action = "resolve"
	ActReopen         Action = "reopen"
	ActPromote        Action = "promote" // a directive of orientation becomes a task
	ActAttachDocument Action = "attach_document"
	ActReport         Action = "report" // progress, the state stays
	ActSubmit         Action = "submit"
	ActConfirm        Action = "confirm"
	ActReturn         Action = "return" // trả lại: a returned result counts as not completed
	ActWithdraw       Action = "withdraw"
	ActSupersede      Action = "supersede"
)

// A Need is what an action asks of the person who takes it.
type Need string

// The needs.
const (
	NeedNothing Need = ""
	NeedNote    Need = "note"   // why, or what was answered
	NeedNumber  Need = "number" // number of the assigning document
)

// A Step is one row of the flow table.
type Step struct {
	Kind   MatterKind
	From   State
	Action Action
	To     State
	Need   Need
}

// Flow is the one table by which matters move. Who may take an action is decided by package access, in the use case.
var Flow = []Step{
	{Recommendation, StateOpen, ActAnswer, Answered, NeedNote},
	{Recommendation, StateOpen, ActResolve, Resolved, NeedNote},
	{Recommendation, Answered, ActResolve, Resolved, NeedNote},
	{Recommendation, Answered, ActReopen, StateOpen, NeedNote},
	{Recommendation, Resolved, ActReopen, StateOpen, NeedNote},

	{Directive, Noted, ActPromote, Noted, NeedNothing},

	{Task, AwaitingDocument, ActAttachDocument, StateOpen, NeedNumber},
	{Task, AwaitingDocument, ActReport, AwaitingDocument, NeedNote},
	{Task, AwaitingDocument, ActWithdraw, Withdrawn, NeedNote},
	{Task, StateOpen, ActReport, StateOpen, NeedNote},
	{Task, StateOpen, ActSubmit, Submitted, NeedNote},
	{Task, StateOpen, ActWithdraw, Withdrawn, NeedNote},
	{Task, Submitted, ActConfirm, Completed, NeedNothing},
	{Task, Submitted, ActReturn, StateOpen, NeedNote},
}

// Steps lists what can be done with a matter of the kind in the state.
func Steps(k MatterKind, s State) []Step {
	var steps []Step
	for _, st := range Flow {
		if st.Kind == k && st.From == s {
			steps = append(steps, st)
		}
	}
	return steps
}

// StepFor is the row for an action; Invalid where the flow has none.
func StepFor(k MatterKind, s State, a Action) (Step, error) {
	i := slices.IndexFunc(Flow, func(st Step) bool { return st.Kind == k && st.From == s && st.Action == a })
	if i < 0 {
		return Step{}, Errorf(Invalid, "error.no_such_step", string(a))
	}
	return Flow[i], nil
}

// FirstState is the state in which a matter begins. assigns says whether the document it rests on assigns work in law.
func FirstState(k MatterKind, assigns bool) State {
	switch {
	case k == Recommendation:
		return StateOpen
	case k == Task && assigns:
		return StateOpen
	case k == Task:
		return AwaitingDocument
	}
	return Noted
}

// Finished reports whether nothing more is owed in the state.
func (s State) Finished() bool {
	return s == Resolved || s == Explained || s == Completed || s == Withdrawn || s == Noted
}
