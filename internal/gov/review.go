package gov

// A ReviewState is how far a review is.
type ReviewState string

// The states of a review.
const (
	ReviewOpen       ReviewState = "open"
	ReviewConfirmed  ReviewState = "confirmed"
	ReviewSuperseded ReviewState = "superseded" // a later review of the same document was confirmed
)

// A Review is one pass of a person over what the reader made of a document. Nothing of it is in a book before Confirm.
type Review struct {
	Realm     Realm
	ID        ID
	Document  ID
	State     ReviewState
	Reading   Reading // as the reader made it; never changed, so that corrections can be learned from
	Session   Session // the head that the person settles: kind, title, day, place, units, offices
	Join      ID      // an existing session that this document belongs to; empty: a new one
	SessionID ID      // the session that confirming wrote
	Started   Stamp
	Confirmed Stamp
	Version   int // counts changes to the head
}

// A DraftKind is the kind of record that a draft becomes.
type DraftKind string

// The draft kinds.
const (
	DraftFigure         DraftKind = "figure"
	DraftDifficulty     DraftKind = "difficulty"
	DraftRecommendation DraftKind = "recommendation"
	DraftDirective      DraftKind = "directive"
	DraftCommitment     DraftKind = "commitment"
)

// DraftKinds lists the kinds in the order in which a form offers them.
var DraftKinds = []DraftKind{DraftFigure, DraftDifficulty, DraftRecommendation, DraftDirective, DraftCommitment}

// A DraftState says what the person decided.
type DraftState string

// The draft states. Split and merged drafts leave their parts rejected with a pointer, so that the reader's own stay readable.
const (
	DraftPending  DraftState = "pending"
	DraftAccepted DraftState = "accepted"
	DraftEdited   DraftState = "edited" // accepted with changes
	DraftRejected DraftState = "rejected"
)

// A Draft is one card of a review: exactly one of Figure and Item is set, by Kind.
type Draft struct {
	Realm   Realm
	Review  ID
	ID      ID
	Seq     int // order of the document: by span, then kind
	Kind    DraftKind
	State   DraftState
	Figure  *FigureDraft
	Item    *ItemDraft
	Task    bool // a directive that becomes a task when confirmed
	ByHand  bool // added by a person from a selection
	Match   ID   // the record of the joined session that this one repeats or changes; empty: new
	Settled Stamp
	Version int
}

// Decided reports whether the person has dealt with the draft.
func (d Draft) Decided() bool { return d.State != DraftPending }

// Kept reports whether confirming writes the draft.
func (d Draft) Kept() bool { return d.State == DraftAccepted || d.State == DraftEdited }

// A Gap is something that a draft leaves open, as the key of a question in the catalogue ("Ai chủ trì?").
type Gap string

// The gaps.
const (
	GapUnit      Gap = "gap.unit"
	GapPeriod    Gap = "gap.period"
	GapScope     Gap = "gap.scope"
	GapIndicator Gap = "gap.indicator"
	GapAssignee  Gap = "gap.assignee"
	GapLead      Gap = "gap.lead"
	GapDue       Gap = "gap.due"
	GapBy        Gap = "gap.by"
)

// Gaps lists what the draft leaves open. A gap never stops a confirmation: it is written as a gap.
func (d Draft) Gaps() []Gap {
	var gaps []Gap
	add := func(open bool, g Gap) {
		if open {
			gaps = append(gaps, g)
		}
	}
	switch {
	case d.Figure != nil:
		f := d.Figure
		add(f.Indicator == "", GapIndicator)
		add(f.Unit == "", GapUnit)
		add(f.Period == "", GapPeriod)
		add(f.Scope == ScopeOpen && Figure{Kind: f.Kind, Claim: Claim{Indicator: f.Indicator, Period: f.Period, Of: f.Of}}.Accumulates(StartingCatalogue()), GapScope)
	case d.Item != nil && d.Kind == DraftDirective:
		add(len(d.Item.Assignees) == 0, GapAssignee)
		add(d.Task && len(d.Item.Assignees) > 1 && d.Item.Lead == "", GapLead)
		add(d.Task && d.Item.Due == "", GapDue)
		add(d.Item.By == "", GapBy)
	case d.Item != nil:
		add(d.Item.By == "" && d.Kind != DraftDifficulty, GapBy)
	}
	return gaps
}

// ProposesTask reports whether a directive is proposed as a task: a body and a result, or a chain. Orientation stays with its
// session, without a clock, and can be promoted later.
func (it ItemDraft) ProposesTask() bool {
	return !it.Past && (it.Strength == Assigned || it.Strength == Chain)
}

// Progress counts a review's drafts.
type Progress struct {
	Total, Decided, Gaps int
}

// ProgressOf counts drafts: all, those decided, and the gaps in those that are not rejected.
func ProgressOf(drafts []Draft) Progress {
	p := Progress{Total: len(drafts)}
	for _, d := range drafts {
		if d.Decided() {
			p.Decided++
		}
		if d.State != DraftRejected {
			p.Gaps += len(d.Gaps())
		}
	}
	return p
}
