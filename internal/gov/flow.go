package gov

import (
	"slices"
	"strings"
)

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
	ActSchedule       Action = "schedule" // answered with a day by which it will be solved
	ActExplain        Action = "explain"  // answered for good without solving it
	ActResolve        Action = "resolve"
	ActReopen         Action = "reopen"
	ActRoute          Action = "route"    // to the level that is competent
	ActClassify       Action = "classify" // says in which field a recommendation is, and whether there is money for it
	ActPromote        Action = "promote"  // a directive of orientation becomes a task
	ActAttachDocument Action = "attach_document"
	ActSettle         Action = "settle" // fills what a task leaves open: lead, due day, result
	ActReport         Action = "report" // progress, the state stays
	ActSubmit         Action = "submit"
	ActConfirm        Action = "confirm"
	ActReturn         Action = "return"        // trả lại: a returned result counts as not completed
	ActAskExtension   Action = "ask_extension" // the lead asks for another day
	ActExtend         Action = "extend"        // gia hạn: the first day stays readable
	ActSuspend        Action = "suspend"
	ActResume         Action = "resume"
	ActUrge           Action = "urge"     // đôn đốc
	ActCause          Action = "cause"    // says why it is late
	ActDivide         Action = "divide"   // names the bodies of a task for which nobody leads: each has its part
	ActDelegate       Action = "delegate" // the lead gives a task within its task, due no later
	ActWithdraw       Action = "withdraw"
	ActSupersede      Action = "supersede"
	ActMove           Action = "move" // a change of units or agencies put other bodies in the place of former ones
)

// A Need is what an action asks of the person who takes it; needs add up.
type Need int

// The needs.
const (
	NeedNote   Need = 1 << iota // why, or what was answered
	NeedNumber                  // number of the assigning document
	NeedDay                     // a due day
	NeedCause
	NeedLevel
	NeedGaps   // any of lead, due day and result
	NeedField  // of work, or the funding
	NeedBody   // one body
	NeedBodies // several
)

// Has reports whether a need is among them.
func (n Need) Has(o Need) bool { return n&o != 0 }

// Lacking is what of the needs an input does not give, whatever the matter is; nil: nothing.
func (n Need) Lacking(in StepInput) error {
	switch {
	case n.Has(NeedNote) && strings.TrimSpace(in.Note) == "":
		return Errorf(Invalid, "error.note_needed")
	case n.Has(NeedNumber) && strings.TrimSpace(in.Number) == "":
		return Errorf(Invalid, "error.document_number_needed")
	case n.Has(NeedDay) && !in.Day.Valid():
		return Errorf(Invalid, "error.day_needed")
	case n.Has(NeedCause) && !slices.Contains(Causes, in.Cause):
		return Errorf(Invalid, "error.cause_needed")
	case n.Has(NeedLevel) && in.Level == LevelOpen:
		return Errorf(Invalid, "error.level_needed")
	case n.Has(NeedField) && in.Field == "" && in.Funding == "", in.Funding != "" && !slices.Contains(Fundings, in.Funding):
		return Errorf(Invalid, "error.field_needed")
	case n.Has(NeedBody) && in.Lead.Name == "":
		return Errorf(Invalid, "error.body_needed")
	case n.Has(NeedBodies) && len(in.Bodies) < 2:
		return Errorf(Invalid, "error.bodies_needed")
	case n.Has(NeedGaps) && in.Lead.Name == "" && in.Product == "" && in.Day == "":
		return Errorf(Invalid, "error.gaps_needed")
	}
	return nil
}

// NeedOf is what an action needs. That does not depend on the state from which it is taken.
func NeedOf(a Action) Need {
	i := slices.IndexFunc(Flow, func(st Step) bool { return st.Action == a })
	if i < 0 {
		return 0
	}
	return Flow[i].Need
}

// A Doer says whose office may take a step: what it has to do with the matter. Who that is, package access and the use case decide.
type Doer string

// The doers.
const (
	DoneByInvolved  Doer = "involved"  // lead, coordinators, monitor, assigner
	DoneByLead      Doer = "lead"      // whoever answers for the task
	DoneByAssigner  Doer = "assigner"  // the office that assigned it, or that follows it for the leaders
	DoneByCompetent Doer = "competent" // the body that is asked
	DoneByRaiser    Doer = "raiser"    // the unit that asks, or the office that follows it
)

// A Step is one row of the flow table.
type Step struct {
	Kind   MatterKind
	From   State
	Action Action
	To     State
	Need   Need
	By     Doer
}

// Flow is the one table by which matters move; the diagrams of docs/matters.md are made from it. No unit raises its own completion rate: the body
// that is asked answers, but whoever asked or follows says that it is resolved; the lead submits, but the assigner confirms.
var Flow = []Step{
	{Recommendation, StateOpen, ActAnswer, Answered, NeedNote, DoneByCompetent},
	{Recommendation, StateOpen, ActSchedule, Scheduled, NeedNote | NeedDay, DoneByCompetent},
	{Recommendation, StateOpen, ActExplain, Explained, NeedNote, DoneByCompetent},
	{Recommendation, StateOpen, ActResolve, Resolved, NeedNote, DoneByRaiser},
	{Recommendation, StateOpen, ActRoute, StateOpen, NeedLevel, DoneByAssigner},
	{Recommendation, StateOpen, ActClassify, StateOpen, NeedField, DoneByRaiser},
	{Recommendation, StateOpen, ActUrge, StateOpen, 0, DoneByRaiser},
	{Recommendation, StateOpen, ActWithdraw, Withdrawn, NeedNote, DoneByRaiser},
	{Recommendation, Answered, ActSchedule, Scheduled, NeedNote | NeedDay, DoneByCompetent},
	{Recommendation, Answered, ActExplain, Explained, NeedNote, DoneByCompetent},
	{Recommendation, Answered, ActResolve, Resolved, NeedNote, DoneByRaiser},
	{Recommendation, Answered, ActRoute, Answered, NeedLevel, DoneByAssigner},
	{Recommendation, Answered, ActClassify, Answered, NeedField, DoneByRaiser},
	{Recommendation, Answered, ActReopen, StateOpen, NeedNote, DoneByRaiser},
	{Recommendation, Scheduled, ActSchedule, Scheduled, NeedNote | NeedDay, DoneByCompetent},
	{Recommendation, Scheduled, ActExplain, Explained, NeedNote, DoneByCompetent},
	{Recommendation, Scheduled, ActResolve, Resolved, NeedNote, DoneByRaiser},
	{Recommendation, Scheduled, ActUrge, Scheduled, 0, DoneByRaiser},
	{Recommendation, Scheduled, ActRoute, Scheduled, NeedLevel, DoneByAssigner},
	{Recommendation, Scheduled, ActClassify, Scheduled, NeedField, DoneByRaiser},
	{Recommendation, Scheduled, ActReopen, StateOpen, NeedNote, DoneByRaiser},
	{Recommendation, Explained, ActClassify, Explained, NeedField, DoneByRaiser},
	{Recommendation, Explained, ActReopen, StateOpen, NeedNote, DoneByRaiser},
	{Recommendation, Resolved, ActClassify, Resolved, NeedField, DoneByRaiser},
	{Recommendation, Resolved, ActReopen, StateOpen, NeedNote, DoneByRaiser},

	{Directive, Noted, ActPromote, Noted, 0, DoneByAssigner},

	{Task, AwaitingDocument, ActAttachDocument, StateOpen, NeedNumber, DoneByAssigner},
	{Task, AwaitingDocument, ActSettle, AwaitingDocument, NeedGaps, DoneByAssigner},
	{Task, AwaitingDocument, ActDivide, AwaitingDocument, NeedBodies, DoneByAssigner},
	{Task, AwaitingDocument, ActReport, AwaitingDocument, NeedNote, DoneByInvolved},
	{Task, AwaitingDocument, ActWithdraw, Withdrawn, NeedNote, DoneByAssigner},

	{Task, StateOpen, ActReport, StateOpen, NeedNote, DoneByInvolved},
	{Task, StateOpen, ActSubmit, Submitted, NeedNote, DoneByLead},
	{Task, StateOpen, ActAskExtension, StateOpen, NeedNote | NeedDay, DoneByLead},
	{Task, StateOpen, ActExtend, StateOpen, NeedNote | NeedDay, DoneByAssigner},
	{Task, StateOpen, ActSettle, StateOpen, NeedGaps, DoneByAssigner},
	{Task, StateOpen, ActDivide, StateOpen, NeedBodies, DoneByAssigner},
	{Task, StateOpen, ActDelegate, StateOpen, NeedBody | NeedNote | NeedDay, DoneByLead},
	{Task, StateOpen, ActUrge, StateOpen, 0, DoneByAssigner},
	{Task, StateOpen, ActCause, StateOpen, NeedCause, DoneByInvolved},
	{Task, StateOpen, ActSuspend, Suspended, NeedNote, DoneByAssigner},
	{Task, StateOpen, ActWithdraw, Withdrawn, NeedNote, DoneByAssigner},

	{Task, Submitted, ActConfirm, Completed, 0, DoneByAssigner},
	{Task, Submitted, ActReturn, Returned, NeedNote, DoneByAssigner},

	{Task, Returned, ActReport, Returned, NeedNote, DoneByInvolved},
	{Task, Returned, ActSubmit, Submitted, NeedNote, DoneByLead},
	{Task, Returned, ActDelegate, Returned, NeedBody | NeedNote | NeedDay, DoneByLead},
	{Task, Returned, ActAskExtension, Returned, NeedNote | NeedDay, DoneByLead},
	{Task, Returned, ActExtend, Returned, NeedNote | NeedDay, DoneByAssigner},
	{Task, Returned, ActUrge, Returned, 0, DoneByAssigner},
	{Task, Returned, ActCause, Returned, NeedCause, DoneByInvolved},
	{Task, Returned, ActSuspend, Suspended, NeedNote, DoneByAssigner},
	{Task, Returned, ActWithdraw, Withdrawn, NeedNote, DoneByAssigner},

	{Task, Suspended, ActResume, StateOpen, NeedNote, DoneByAssigner},
	{Task, Suspended, ActExtend, Suspended, NeedNote | NeedDay, DoneByAssigner},
	{Task, Suspended, ActWithdraw, Withdrawn, NeedNote, DoneByAssigner},

	{Task, Completed, ActReopen, StateOpen, NeedNote, DoneByAssigner},
	{Task, Completed, ActCause, Completed, NeedCause, DoneByInvolved},
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
