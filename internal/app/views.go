package app

import (
	"haicap/internal/gov"
	"haicap/internal/text"
)

// A UnitRef is a unit as pages link it.
type UnitRef struct {
	Key  gov.UnitKey
	Name string // "phường Thanh Miếu"; the words of the text where the unit is open
	Path string // "phường Thanh Miếu, tỉnh Phú Thọ"
}

// A SourceRef is a source with what the reader of a page may open.
type SourceRef struct {
	gov.Source
	Title string // of the document; empty where another agency holds it
	Open  bool   // the document can be opened at the sentence
}

// HomeView is the page "Hôm nay".
type HomeView struct {
	Today     gov.Day
	Work      MyWorkView // its first lines
	Unit      UnitRef    // of the holding
	Reviews   []ReviewLine
	Tasks     []MatterLine // not finished, oldest first, at most 10
	Sessions  []SessionLine
	Counts    map[gov.MatterKind]int // matters that are not finished (recommendations, tasks)
	Documents int                    // documents that the agency holds, at most counted to 100
}

// A ReviewLine is a review in a list.
type ReviewLine struct {
	Review   gov.ID
	Document gov.ID
	Title    string
	Date     gov.Day
	State    gov.ReviewState
	Progress gov.Progress
	Started  gov.Stamp
}

// A DocumentLine is a document in a list, with its latest review.
type DocumentLine struct {
	gov.Document
	Review *ReviewLine
}

// DocumentsView is a list of the documents book.
type DocumentsView struct {
	Lines []DocumentLine
	Next  string // cursor; empty: no more
}

// DocumentView is a document with what the books hold from it.
type DocumentView struct {
	Document gov.Document
	Text     string
	Review   *ReviewLine // the latest
	Sessions []SessionLine
	Marks    []Mark // by start
}

// A Mark is a stretch of a text that a record or a draft rests on.
type Mark struct {
	Span  text.Span
	Noun  string // figure, target, matter; draft in a review
	Kind  string // figure, difficulty, …: chooses colour and word
	ID    gov.ID
	Title string
}

// ReviewView is the page "Duyệt bản đọc".
type ReviewView struct {
	Review     gov.Review
	Document   gov.Document
	Text       string
	Cards      []DraftCard // in the document's order
	Progress   gov.Progress
	Units      []UnitRef      // of the session head, resolved
	Candidates []SessionMatch // sessions of the same day that share a unit
	Writes     WriteCounts    // what confirming would write now
	Checks     []gov.Check
	Indicators []gov.Indicator
	CanConfirm bool
	Beyond     int // kept drafts of units beyond the reader's reach: confirming does not write them
}

// A DraftCard is a draft as the review shows it.
type DraftCard struct {
	gov.Draft
	Gaps     []gov.Gap
	Text     string   // the words, for a figure the number
	Sentence string   // the sentence around them
	Unit     UnitRef  // of a figure, resolved
	Match    *Matched // beside a session that exists already or an earlier review of the document
}

// A Matched is the record that a draft repeats or changes.
type Matched struct {
	Same   bool // nothing new: confirming adds a source only
	Record gov.ID
	Noun   string
	Text   string // the record's words, for a figure the quote with its label
	State  gov.State
}

// A SessionMatch is a session that the document may belong to.
type SessionMatch struct {
	Session gov.Session
	Units   []UnitRef
	Chosen  bool
}

// WriteCounts says what a confirmation writes where.
type WriteCounts struct {
	Figures, Targets, Difficulties, Recommendations, Directives, Tasks, Commitments int
	Same, Changed, Rejected, Pending                                                int
}

// A SessionLine is a session in a list.
type SessionLine struct {
	gov.Session
	UnitRefs []UnitRef
}

// SessionsView is a list of sessions.
type SessionsView struct {
	Lines []SessionLine
	Next  string
}

// SessionView is a session with all that came of it.
type SessionView struct {
	Session   gov.Session
	Units     []UnitRef
	Documents []gov.Document // those that the reader of the page may open
	Figures   []FigureLine
	Targets   []TargetLine
	Matters   map[gov.MatterKind][]MatterLine
}

// A FigureLine is a figure on a page.
type FigureLine struct {
	gov.Figure
	Name   string // of the indicator in the province's catalogue, or the label
	NameEN string // the same in English; empty: there is none
	Unit   UnitRef
	From   SourceRef
}

// A TargetLine is a target on a page.
type TargetLine struct {
	gov.Target
	Name   string
	NameEN string
	Unit   UnitRef
	From   SourceRef
}

// A MatterLine is a matter in a list.
type MatterLine struct {
	gov.Matter
	Units   []UnitRef
	AgeDays int // since the session
	From    SourceRef
}

// MattersView is a list of matters.
type MattersView struct {
	Kind  gov.MatterKind // empty: all
	Unit  UnitRef        // zero: all
	Lead  string         // name of the body that leads; empty: all
	Open  bool           // only those that are not finished
	Tally gov.PlaceTally // of the unit, the lead or the realm, where the list is of one kind
	Total int
	Lines []MatterLine
	Next  string
}

// MatterView is the page of one matter.
type MatterView struct {
	MatterLine
	Session  *SessionLine
	Origin   *MatterLine
	Tasks    []MatterLine // that came of it
	Answers  []MatterLine // directives that answer a recommendation, recommendations that a directive answers
	Replaces []MatterLine
	AlsoSaid []SourceRef
	Events   []EventLine
	Steps    []gov.Step // what the reader of the page can do now
	// Reminders are what the program spoke of by itself, the oldest first: they belong to what happened, and move nothing.
	Reminders []gov.Reminder

	Chain     []string     // who directs whom, the first one answers for it
	PartLines []MatterLine // of a task for several bodies
	Whole     *MatterLine  // that this one is a part of
	With      []MatterLine // recommendations that it was gathered with
	Asked     gov.Gathered // of a recommendation
	Priority  gov.Priority
	Fields    gov.MatterFields // that can be chosen today
	Field     gov.MatterField  // of the matter; the zero one where none was chosen
	Suggested string           // key of the field that the words suggest
	Clock     *ClockView       // nil: it has no due day
	Limits    []LimitChoice    // of the law, that a step may take its day from
	Plan      *PlanRef         // that the task was made from
	Explains  *CellKey         // the cell of the scorecard that it asks about; nil: none
}

// An EventLine is a step of a matter with the name of the account that took it.
type EventLine struct {
	gov.MatterEvent
	Who   string
	Files []gov.MatterFile
}

// AuditView is a list of the audit log, with the state of the whole.
type AuditView struct {
	Size    int64       // of the log
	Root    string      // of its tree
	Checked *AuditCheck // nil: not since the program started
	// NoAccount: nobody has the login name that was asked for.
	NoAccount bool
	Lines     []AuditEntry
	Next      string
}

// An AuditEntry is an audit line with the names that its reader may know.
type AuditEntry struct {
	gov.AuditLine
	Who   string // name of the account; empty: the program itself, or an account that is gone
	Login string
	// In whose place it was done; empty: nobody's, or an account that is gone.
	ForWho   string
	ForLogin string
	About    AuditRecord
}

// An AuditRecord is what a line is about.
type AuditRecord struct {
	Title string // empty: not to be known
	Open  bool   // there is a page that the reader may open
}

// An IndicatorGroup is what the book holds on one indicator of one unit: claims side by side and targets.
type IndicatorGroup struct {
	Key     string // of the catalogue; empty: only a label
	Name    string
	NameEN  string
	Measure string
	Better  gov.Direction
	Unit    UnitRef
	Claims  []ClaimSet // by period
	Targets []TargetLine
	// ScopeOpen: a claim leaves open whether it is of the year or of the term, so the claims are no series.
	ScopeOpen bool
	Conflict  bool
}

// A ClaimSet is the claims on one period that can be compared.
type ClaimSet struct {
	Period    gov.Period
	Figures   []FigureLine // by source day
	Conflict  bool
	ScopeOpen bool
}

// UnitView is the page of a unit.
type UnitView struct {
	Unit       gov.UnitVersion
	Path       string
	Current    *UnitRef // where the version has ended: what stands in its place, if one unit does
	Origins    []SuccessionLine
	Successors []SuccessionLine
	Versions   []gov.UnitVersion // all of the code
	Children   []UnitRef         // of a province
	Figures    []IndicatorGroup
	Many       bool // there are more figures than the page lays side by side; Figures is empty
	Sessions   []SessionLine
	Matters    map[gov.MatterKind][]MatterLine // recommendations and tasks that are not finished first
	Counts     map[gov.MatterKind]int          // not finished
	Checks     []CheckLine                     // doubts about the sources of the unit's figures
}

// UnitMatters is how many matters of one kind, and how many sessions, a unit's page shows; the lists have the rest.
const UnitMatters = 30

// A CheckLine is a doubt that the reader has about a text, shown beside the figures that it touches.
type CheckLine struct {
	gov.Check
	Quote string // the sentence
	From  SourceRef
}

// A SuccessionLine is one step of a unit's history with what lies further back.
type SuccessionLine struct {
	gov.Succession
	Unit    UnitRef          // the other unit
	Further []SuccessionLine // the steps before (or after) that one
}

// UnitsView is the units book: provinces, or what a search found.
type UnitsView struct {
	Query     string
	Day       gov.Day
	Matches   []gov.UnitMatch
	Provinces []gov.UnitVersion
	Holding   UnitRef
	Children  []UnitRef // of the holding
}

// IndicatorsView is the catalogue.
type IndicatorsView struct {
	Indicators []gov.Indicator
	Counts     map[string]int // figures in force by key
}

// SearchView is what a search found.
type SearchView struct {
	Query string
	Units []gov.UnitMatch
	Hits  []gov.SearchHit
}

// BriefView is the page that a leader takes along to a visit.
type BriefView struct {
	Unit            gov.UnitVersion
	Path            string
	Today           gov.Day
	Origins         []SuccessionLine
	Figures         []IndicatorGroup // those with targets or conflicts first
	Recommendations []MatterLine     // at most BriefItems, oldest first, not resolved first
	MoreRecs        int
	Tasks           []MatterLine // ordered at earlier sessions and not finished
	MoreTasks       int
	Orientation     []MatterLine // directives without a clock, latest session first
	MoreOrientation int
	Sessions        []SessionLine
	Difficulties    []MatterLine
	Checks          []CheckLine
}

// BriefItems is how many open items a brief shows before "và N việc khác".
const BriefItems = 7
