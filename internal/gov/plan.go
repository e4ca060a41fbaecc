package gov

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Plan is work that is known before anybody assigns it: an action programme, work that comes round, or a template. Tasks are made from it, and
// from then on live by Flow like any other; the plan only says which of them there are to be. What it says is a version (PlanBody): a change is one more, and
// tasks that were made keep theirs.
type Plan struct {
	Realm   Realm
	ID      ID
	Kind    PlanKind
	State   PlanState
	Agency  ID     // that owns it: it assigns the tasks
	Version int    // 1, 2, 3 …: of the body
	Changed Stamp  // who made this version, and when
	Note    string // why this version
	PlanBody
}

// A PlanKind says how a plan's items become tasks.
type PlanKind string

// The kinds.
const (
	PlanProgramme PlanKind = "programme" // chương trình hành động: a resolution broken down into tasks by year; a year's tasks are made when a person opens it
	PlanRecurring PlanKind = "recurring" // việc định kỳ: the timetable makes one task for each period
	PlanTemplate  PlanKind = "template"  // mẫu: applied to a day, from which its days are counted
)

// PlanKinds lists the kinds in the order in which pages show them.
var PlanKinds = []PlanKind{PlanProgramme, PlanRecurring, PlanTemplate}

// A PlanState says whether tasks are made from a plan.
type PlanState string

// The states.
const (
	PlanActive PlanState = "active"
	PlanPaused PlanState = "paused" // what falls into the pause is skipped, and said to be
	PlanEnded  PlanState = "ended"
)

// PlanStates lists the states.
var PlanStates = []PlanState{PlanActive, PlanPaused, PlanEnded}

// A PlanBody is what one version of a plan says.
type PlanBody struct {
	Title    string     `json:"title"`
	Number   string     `json:"number,omitempty"`   // of the document that it rests on, which assigns its tasks
	Document ID         `json:"document,omitempty"` // the same in the documents book, where it is there
	Units    []UnitKey  `json:"units,omitempty"`    // for which it is; none: the unit of its agency
	Anchor   string     `json:"anchor,omitempty"`   // what the day is called from which a template counts: "ngày bầu cử"
	From     Day        `json:"from,omitempty"`     // first day of what recurs
	Until    Day        `json:"until,omitempty"`    // last day of it; empty: no end
	CatchUp  bool       `json:"catch_up,omitempty"` // a period that was missed until its day was past is made all the same
	Copied   string     `json:"copied,omitempty"`   // key of the ready plan that it was copied from
	Made     int        `json:"made"`               // how many items it ever had: their keys are never used again
	Items    []PlanItem `json:"items"`
}

// A PlanItem is one task that there is to be: once, in each of some years, or in each period.
type PlanItem struct {
	Key     string   `json:"key"` // stays over the versions
	Text    string   `json:"text"`
	Who     []string `json:"who,omitempty"`  // one: it leads; several: each has a part of its own; none: a gap. PlanUnit stands for the units themselves
	With    []string `json:"with,omitempty"` // coordinators
	Product string   `json:"product,omitempty"`
	When    When     `json:"when"`
	Law     string   `json:"law,omitempty"`   // what it rests on, in words
	Mark    string   `json:"mark,omitempty"`  // how sure that is: C, C2, X, U, as in package calendar; empty: the office's own
	Since   Day      `json:"since,omitempty"` // of what recurs: its days before are not of this item
}

// PlanUnit in Who and With are the units for which the plan is: "chính đơn vị", by their offices. Within a longer name it is each unit's name: "Thường trực HĐND
// @unit" is a body of each.
const PlanUnit = "@unit"

// Limits of what a person may write into a plan.
const (
	MaxPlanItems = 150
	maxPlanTitle = 300
	maxPlanText  = 2000
	maxPlanWho   = 40
	maxPlanYears = 10
)

// A PlanAction is a step of a plan.
type PlanAction string

// The actions.
const (
	PlanMake   PlanAction = "make"
	PlanChange PlanAction = "change"
	PlanPause  PlanAction = "pause"
	PlanResume PlanAction = "resume"
	PlanEnd    PlanAction = "end"
	PlanApply  PlanAction = "apply" // tasks were made: of a year, for a day
	PlanRun    PlanAction = "run"   // the timetable made tasks, or said what it skipped
	PlanUndo   PlanAction = "undo"  // tasks of one run were withdrawn
)

// A PlanStep is one row of the flow of plans.
type PlanStep struct {
	Kind   PlanKind // empty: of each kind
	From   PlanState
	Action PlanAction
	To     PlanState
	Need   Need
}

// PlanFlow is the one table by which plans move.
var PlanFlow = []PlanStep{
	{PlanRecurring, PlanActive, PlanPause, PlanPaused, NeedNote},
	{PlanRecurring, PlanPaused, PlanResume, PlanActive, NeedNote},
	{PlanRecurring, PlanPaused, PlanEnd, PlanEnded, NeedNote},
	{"", PlanActive, PlanEnd, PlanEnded, NeedNote},
}

// Steps lists what can be done with a plan as it is.
func (p Plan) Steps() []PlanStep {
	var list []PlanStep
	for _, st := range PlanFlow {
		if (st.Kind == "" || st.Kind == p.Kind) && st.From == p.State {
			list = append(list, st)
		}
	}
	return list
}

// Take is the state after an action; Invalid where the flow has none, or a reason is missing.
func (p Plan) Take(a PlanAction, note string) (PlanState, error) {
	for _, st := range p.Steps() {
		if st.Action != a {
			continue
		}
		if st.Need.Has(NeedNote) && strings.TrimSpace(note) == "" {
			return p.State, Errorf(Invalid, "error.note_needed")
		}
		return st.To, nil
	}
	return p.State, Errorf(Invalid, "error.plan_step", string(a))
}

// A PlanEvent is one step of a plan. Events are only ever added.
type PlanEvent struct {
	Realm   Realm
	Plan    ID
	Seq     int // 1, 2, 3 … within the plan; given by the store
	By      Stamp
	Action  PlanAction
	Note    string
	Version int    // of the plan at that time
	Run     ID     // of PlanApply, PlanRun and PlanUndo: which tasks
	Period  string // of PlanApply: the year, or the day from which was counted
}

// A PlanTask says what became of an item in a period: a task, or nothing, and why. An item has one for a period, whatever restarts or other servers there
// are. One that was undone is gone, and its year can be opened again.
type PlanTask struct {
	Realm   Realm
	Plan    ID
	Item    string
	Period  string // "2026" of a programme; "2026-W07", "2026-02", "2026-Q1", "2026" of what recurs; the run of a template
	Run     ID
	Version int // of the plan when it was made
	Matter  ID  // empty: skipped
	Due     Day
	Skipped PlanSkip
	Gone    bool
	Made    Stamp
}

// A PlanSkip says why a period has no task.
type PlanSkip string

// The reasons.
const (
	PlanNotSkipped PlanSkip = ""
	PlanSkipPaused PlanSkip = "paused" // the plan was paused
	PlanSkipMissed PlanSkip = "missed" // no server ran until the day was past
)

// A PlanQuery narrows a list of plans; empty fields do not narrow.
type PlanQuery struct {
	Kind  PlanKind
	State PlanState
	Page  Page
}

// Check refuses a plan that lacks what its kind needs. Invalid names the item.
func (p Plan) Check() error {
	switch n := utf8.RuneCountInString(p.Title); {
	case !slices.Contains(PlanKinds, p.Kind):
		return Errorf(Invalid, "error.form_unreadable")
	case n == 0 || n > maxPlanTitle || utf8.RuneCountInString(p.Number) > maxPlanTitle || utf8.RuneCountInString(p.Anchor) > maxPlanTitle:
		return Errorf(Invalid, "error.plan_title", maxPlanTitle)
	case len(p.Items) == 0 || len(p.Items) > MaxPlanItems:
		return Errorf(Invalid, "error.plan_items", MaxPlanItems)
	case p.From != "" && !p.From.Valid() || p.Until != "" && (!p.Until.Valid() || p.Until < p.From):
		return Errorf(Invalid, "error.plan_span")
	}
	for i, it := range p.Items {
		long := func(s string) bool { return utf8.RuneCountInString(s) > maxPlanText }
		switch {
		case it.Text == "" || long(it.Text) || long(it.Product) || long(it.Law):
			return Errorf(Invalid, "error.plan_item_text", i+1, maxPlanText)
		case len(it.Who) > maxPlanWho || len(it.With) > maxPlanWho || slices.ContainsFunc(slices.Concat(it.Who, it.With), long):
			return Errorf(Invalid, "error.plan_item_who", i+1, maxPlanWho)
		case !it.When.fits(p.Kind):
			return Errorf(Invalid, "error.plan_item_when."+string(p.Kind), i+1)
		}
	}
	return nil
}

// Revised is the plan with another body: items that stay keep their keys, new ones get one that was never used, and what recurs in another way than
// before begins with today. The kind and the agency stay.
func (p Plan) Revised(b PlanBody, today Day) Plan {
	b.Made, b.Items = p.Made, slices.Clone(b.Items)
	seen := map[string]bool{}
	for i := range b.Items {
		it := &b.Items[i]
		j := slices.IndexFunc(p.Items, func(o PlanItem) bool { return o.Key == it.Key })
		if it.Key == "" || j < 0 || seen[it.Key] {
			b.Made++
			it.Key, it.Since, j = "i"+strconv.Itoa(b.Made), "", -1
		}
		seen[it.Key] = true
		switch {
		case p.Kind != PlanRecurring:
			it.Since = ""
		case j >= 0 && p.Items[j].When.Turn == it.When.Turn:
			it.Since = p.Items[j].Since
		default:
			it.Since = max(b.From, today)
		}
	}
	p.PlanBody = b
	return p
}

// Item finds an item by its key.
func (p Plan) Item(key string) (PlanItem, bool) {
	i := slices.IndexFunc(p.Items, func(it PlanItem) bool { return it.Key == key })
	if i < 0 {
		return PlanItem{}, false
	}
	return p.Items[i], true
}

// Owners are what a plan belongs to: its agency and its units.
func (p Plan) Owners() []string {
	owners := []string{OwnerOfAgency(p.Agency)}
	for _, u := range p.Units {
		owners = append(owners, OwnerOfUnit(u))
	}
	return owners
}
