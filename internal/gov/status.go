package gov

// A Cell is where a matter with a clock stands on a day. Every task stands in exactly one cell, so totals always add up: the four of the
// two axes (finished or not, in term or late), and apart from them what has no due day, what is suspended and what was withdrawn.
type Cell string

// The cells.
const (
	DoneInTime    Cell = "done_in_time" // hoàn thành đúng hạn
	DoneLate      Cell = "done_late"    // hoàn thành quá hạn
	InTerm        Cell = "in_term"      // đang thực hiện, trong hạn
	Overdue       Cell = "overdue"      // chưa hoàn thành, quá hạn
	DoneNoDue     Cell = "done_no_due"  // hoàn thành, không hạn
	NoDue         Cell = "no_due"       // đang thực hiện, không hạn
	SuspendedCell Cell = "suspended"    // tạm dừng
	WithdrawnCell Cell = "withdrawn"    // thu hồi
)

// Cells lists the cells in the order in which tables show them.
var Cells = []Cell{DoneInTime, DoneLate, InTerm, Overdue, DoneNoDue, NoDue, SuspendedCell, WithdrawnCell}

// A DueBasis says which day a matter is measured by: the one that was granted last, or the first. Both rates are reported.
type DueBasis bool

// The bases.
const (
	ByGranted DueBasis = false
	ByFirst   DueBasis = true
)

// CellOn is the cell of a matter at the end of a day. A result that was handed in counts as finished only once it is confirmed, and then from
// the day on which it was handed in; one that was returned counts as not completed. A matter of several parts is late when one of
// them is.
func (m Matter) CellOn(day Day, by DueBasis) Cell {
	due := m.Due
	if by == ByFirst && m.FirstDue != "" {
		due = m.FirstDue
	}
	switch {
	case m.State == Withdrawn:
		return WithdrawnCell
	case m.State == Suspended:
		return SuspendedCell
	case m.Finished != "" && due == "" && !m.PartLate:
		return DoneNoDue
	case m.Finished != "" && (m.PartLate || m.Finished > due):
		return DoneLate
	case m.Finished != "":
		return DoneInTime
	case m.PartLate, due != "" && day > due:
		return Overdue
	case due == "":
		return NoDue
	}
	return InTerm
}

// A Tally counts matters by cell; Waiting, Returned and Submitted are parts of the unfinished cells and are shown beside them.
type Tally struct {
	Cells     map[Cell]int
	Waiting   int // chờ văn bản
	Submitted int // chờ xác nhận
	Returned  int // trả lại
}

// Add counts n matters in a cell and a state.
func (t *Tally) Add(c Cell, s State, n int) {
	if t.Cells == nil {
		t.Cells = map[Cell]int{}
	}
	t.Cells[c] += n
	switch s {
	case AwaitingDocument:
		t.Waiting += n
	case Submitted:
		t.Submitted += n
	case Returned:
		t.Returned += n
	}
}

// Total is the number of matters counted: the sum of all cells.
func (t Tally) Total() int {
	n := 0
	for _, c := range t.Cells {
		n += c
	}
	return n
}

// Finished is the number of those that are done, Due of those that have a due day and are neither suspended nor withdrawn.
func (t Tally) Finished() int { return t.Cells[DoneInTime] + t.Cells[DoneLate] + t.Cells[DoneNoDue] }

// Late is the number of those that are past their day, finished or not.
func (t Tally) Late() int { return t.Cells[DoneLate] + t.Cells[Overdue] }

// OnTimeRate is the share of those with a due day that has come or that are finished which were finished in term: x of y. Both are 0 where
// none is due yet.
func (t Tally) OnTimeRate() (x, y int) {
	return t.Cells[DoneInTime], t.Cells[DoneInTime] + t.Cells[DoneLate] + t.Cells[Overdue]
}

// A Stand is where lists find a matter that is in force.
type Stand int

// The stands; StandAny does not narrow.
const (
	StandAny   Stand = 0
	StandOwed  Stand = 1 // something is still owed
	StandEnded Stand = 2
)

// NoLead is the place, among those of RoleLead, of the tasks for which no body answers.
const NoLead = "-"

// A TallyQuery asks for counts of matters of a kind. Role and places say whose: RoleUnit with codes of units, RoleLead with agencies (id, or the name
// where none is settled); without a role, the whole realm, where a task of several parts counts once. No places: all of them.
type TallyQuery struct {
	Kind   MatterKind
	Role   Role
	Places []string
	Today  Day
}

// A PlaceTally counts a place's matters by state, and its tasks by cell: by the day that was granted last and by the first.
type PlaceTally struct {
	Place   string
	Granted Tally
	First   Tally
	States  map[State]int
}

// Join adds the counts of another place.
func (p *PlaceTally) Join(o PlaceTally) {
	if p.States == nil {
		p.States = map[State]int{}
	}
	for s, n := range o.States {
		p.States[s] += n
	}
	p.Granted.join(o.Granted)
	p.First.join(o.First)
}

func (t *Tally) join(o Tally) {
	if t.Cells == nil {
		t.Cells = map[Cell]int{}
	}
	for c, n := range o.Cells {
		t.Cells[c] += n
	}
	t.Waiting += o.Waiting
	t.Submitted += o.Submitted
	t.Returned += o.Returned
}

// Total is the number of the place's matters, of whatever kind.
func (p PlaceTally) Total() int {
	n := 0
	for _, k := range p.States {
		n += k
	}
	return n
}

// Recommendations tells answered and resolved apart, from the counts by state. Which of the scheduled are late is told by their due days.
func (p PlaceTally) Recommendations() RecommendationTally {
	var t RecommendationTally
	for s, n := range p.States {
		t.Add(s, false, n)
	}
	return t
}
