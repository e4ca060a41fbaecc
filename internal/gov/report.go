package gov

import (
	_ "embed"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A Form is what a kind of report asks for: a list of indicators, who owes it, from when on, and by when. Forms are rows that a province edits.
type Form struct {
	Key        string
	Name       string
	Kind       ReportKind
	Indicators []string  // keys; none: all that the catalogue asks for in reports of the kind
	Level      UnitLevel // units of this tier below the holding owe it
	Units      []string  // codes; where there are some, only these owe it
	DueDays    int       // days after the cut-off by which it is due
	From       Day       // for periods that end on these days; empty: open
	To         Day
	Law        string // what says so
}

//go:embed forms.csv
var formsCSV string

// Forms lists the forms that the program comes with. The slice is shared: do not change it.
var Forms = sync.OnceValue(func() []Form {
	var list []Form
	ownTable("forms.csv", formsCSV, 10, func(f []string) error {
		level, err1 := strconv.Atoi(f[3])
		days, err2 := strconv.Atoi(f[4])
		list = append(list, Form{Key: f[0], Name: f[1], Kind: ReportKind(f[2]), Level: UnitLevel(level), DueDays: days, From: Day(f[5]), To: Day(f[6]),
			Indicators: strings.Fields(f[7]), Law: f[8]})
		return errors.Join(err1, err2)
	})
	return list
})

// Of lists the indicators of the form, in order: those it names, or all that the catalogue asks for in reports of its kind.
func (f Form) Of(c Catalogue, p Period) []Indicator {
	var list []Indicator
	for _, in := range c.On(p.LastDay()) {
		if len(f.Indicators) == 0 && in.ReportedFor(f.Kind) {
			list = append(list, in)
		}
	}
	for _, key := range f.Indicators {
		if in, err := c.At(key, p.LastDay()); err == nil {
			list = append(list, in)
		}
	}
	return list
}

// Asks reports whether the form is owed for the period.
func (f Form) Asks(p Period) bool {
	end := p.LastDay()
	return p.Kind() == f.Kind && f.Kind != "" && f.From <= end && (f.To == "" || end <= f.To)
}

// Owes reports whether the unit owes the form.
func (f Form) Owes(u UnitVersion) bool {
	if len(f.Units) > 0 {
		return slices.Contains(f.Units, u.Code)
	}
	return f.Level == u.Level()
}

// DueDay is the last day for the report on the period.
func (f Form) DueDay(windows []Window, p Period) Day { return CutOff(windows, p).AddDays(f.DueDays) }

// A ReportKey names one report: what one unit owes on one form for one period.
type ReportKey struct {
	Form   string
	Period Period
	Unit   UnitKey
}

// A ReportState is how far a report is.
type ReportState string

// The states.
const (
	ReportDraft     ReportState = "draft"
	ReportSubmitted ReportState = "submitted"
	ReportConfirmed ReportState = "confirmed"
	ReportVerified  ReportState = "verified"
	ReportReopened  ReportState = "reopened"
)

// A Report is what one unit owes on one form for one period, and how far it is. One that nobody has begun is not kept.
type Report struct {
	Realm Realm
	ReportKey
	State     ReportState
	Due       Day
	EnteredBy ID  // who last wrote a figure of it: somebody else confirms
	Submitted Day // first submitted; empty: not yet
	Version   int
}

// A ReportEvent is a step of a report with who took it, when and why.
type ReportEvent struct {
	Seq    int
	By     Stamp
	Action Action
	From   ReportState
	To     ReportState
	Note   string
}

// ActVerify is the step that the province's department takes; the others are those of matters.
const ActVerify Action = "verify"

// A ReportStep is one row of the flow of reports.
type ReportStep struct {
	From   ReportState
	Action Action
	To     ReportState
	Need   Need
	Above  bool        // taken by the agency of the holding, not by the unit
	Other  bool        // by somebody else than who entered
	Figure FigureState // the state that the report's figures get
}

// ReportFlow is the one table by which reports move.
var ReportFlow = []ReportStep{
	{From: ReportDraft, Action: ActSubmit, To: ReportSubmitted, Figure: FigureSubmitted},
	{From: ReportReopened, Action: ActSubmit, To: ReportSubmitted, Figure: FigureSubmitted},
	{From: ReportSubmitted, Action: ActConfirm, To: ReportConfirmed, Other: true, Figure: FigureConfirmed},
	{From: ReportSubmitted, Action: ActReturn, To: ReportReopened, Need: NeedNote, Figure: FigureReopened},
	{From: ReportConfirmed, Action: ActVerify, To: ReportVerified, Above: true, Other: true, Figure: FigureVerified},
	{From: ReportConfirmed, Action: ActReopen, To: ReportReopened, Need: NeedNote, Above: true, Figure: FigureReopened},
	{From: ReportVerified, Action: ActReopen, To: ReportReopened, Need: NeedNote, Above: true, Figure: FigureReopened},
}

// ReportStepFor is the row for an action; Invalid where the flow has none.
func ReportStepFor(s ReportState, a Action) (ReportStep, error) {
	i := slices.IndexFunc(ReportFlow, func(st ReportStep) bool { return st.From == s && st.Action == a })
	if i < 0 {
		return ReportStep{}, Errorf(Invalid, "error.no_such_step", string(a))
	}
	return ReportFlow[i], nil
}

// Open reports whether figures of the report can be written.
func (r Report) Open() bool {
	return r.State == ReportDraft || r.State == ReportReopened || r.State == ""
}

// Late reports whether the report came, or is still missing, after its due day.
func (r Report) Late(today Day) bool {
	if r.Due == "" {
		return false
	}
	if r.Submitted != "" {
		return r.Submitted > r.Due
	}
	return today > r.Due
}

// A ReportCount says how complete and how timely the reports of a period are; Owed = InTime + Late + Missing + Waiting.
type ReportCount struct {
	Owed    int
	InTime  int // submitted by the due day
	Late    int // submitted after it
	Missing int // not submitted though it was due
	Waiting int // not submitted and not due yet
}

// Add counts one report.
func (c *ReportCount) Add(r Report, today Day) {
	c.Owed++
	switch late := r.Late(today); {
	case r.Submitted != "" && late:
		c.Late++
	case r.Submitted != "":
		c.InTime++
	case late:
		c.Missing++
	default:
		c.Waiting++
	}
}

// A ReportQuery narrows a list of reports; empty fields do not narrow.
type ReportQuery struct {
	Form   string
	Period Period
	Unit   string // code
}

// A Batch is one import of figures.
type Batch struct {
	Realm    Realm
	ID       ID
	FileName string
	Sum      string // SHA-256 of the file, hex
	Figures  int
	Made     Stamp
}
