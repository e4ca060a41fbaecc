package gov

import (
	"sort"
	"time"

	"haicap/internal/text"
)

// A FigureKind says what a number claims (contract/reading.md, "What counts").
type FigureKind string

// The kinds.
const (
	Result    FigureKind = "result"
	Estimate  FigureKind = "estimate"
	TargetFig FigureKind = "target" // becomes a Target when it is confirmed
	PlanRatio FigureKind = "plan_ratio"
	Change    FigureKind = "change"
	NormFig   FigureKind = "norm"
)

// FigureKinds lists the kinds in the order in which a form offers them.
var FigureKinds = []FigureKind{Result, Estimate, TargetFig, PlanRatio, Change, NormFig}

// A Comparator says how a value bounds the thing it measures.
type Comparator string

// The comparators.
const (
	Equal   Comparator = "="
	AtLeast Comparator = ">="
	AtMost  Comparator = "<="
	About   Comparator = "~"
)

// Comparators lists them in the order in which a form offers them.
var Comparators = []Comparator{Equal, AtLeast, AtMost, About}

// A Scope says whether a value is of one year or accumulated over a term. An open scope is a question ("năm hay lũy kế
// nhiệm kỳ?"), never a conflict.
type Scope string

// The scopes.
const (
	ScopeOpen Scope = ""
	Annual    Scope = "annual"
	Term      Scope = "term"
)

// A Vintage is how final a figure is: ước, sơ bộ, chính thức, in rising order.
type Vintage string

// The vintages; an open one is a claim whose text does not say.
const (
	VintageOpen Vintage = ""
	Estimated   Vintage = "estimated"
	Preliminary Vintage = "preliminary"
	Final       Vintage = "final"
)

// Vintages lists them, the open one first.
var Vintages = []Vintage{VintageOpen, Estimated, Preliminary, Final}

// A Claim is what figures and targets share: what is measured, whose, when, how much, and the sentence that says so.
type Claim struct {
	Indicator  string  // key of the catalogue; empty: not in it
	Label      string  // the words of the text
	Unit       UnitKey // whose figure it is; zero: open
	UnitName   string  // as the text names it; kept where Unit is open
	Period     Period
	Scope      Scope
	Comparator Comparator
	Value      float64
	Of         *float64 // x of y
	Measure    string
	Quote      string // the number as written: "366,3 tỷ đồng"
	Doubt      string // what the reader doubts about the source's words, as a sentence; empty: nothing
	Source     Source
}

// A Source is the place that a record rests on: bytes of a document's text layer, with the words themselves, so that a
// record can be read by those who may not open the document.
type Source struct {
	Document ID
	Span     text.Span // the value's or clause's own bytes
	Sentence string    // the whole sentence
	Day      Day       // the day of the document
}

// A Figure is one claim about what is or was. It is superseded, never overwritten.
type Figure struct {
	Realm   Realm
	ID      ID
	Session ID // empty: not from a session
	Kind    FigureKind
	Vintage Vintage
	Claim
	CutOff       Day         // the last day that the value covers; empty: the end of the period, or not said
	State        FigureState // how far it is on its way; empty: a document's words, which whoever reviewed the document confirmed
	Batch        ID          // of the import that brought it; empty: read or typed
	Entered      Stamp       // who put it in, and when
	Confirmed    Stamp       // who confirmed it; zero: not confirmed
	Verified     Stamp       // who at the province's department verified it; zero: not verified
	SupersededBy ID          // the figure that replaces it, or the review that dropped it; empty: in force
}

// A FigureState is how far a unit's own figure is: entered by a clerk, submitted, confirmed by the unit's leader, verified by the
// province's department. Each step is another person's; none of them is evidence.
type FigureState string

// The states.
const (
	FigureRecorded  FigureState = "" // rests on a document and not on a report of the unit
	FigureEntered   FigureState = "entered"
	FigureSubmitted FigureState = "submitted"
	FigureConfirmed FigureState = "confirmed"
	FigureVerified  FigureState = "verified"
	FigureReopened  FigureState = "reopened" // sent back with a reason: a new figure is to supersede it
)

// Stands reports whether somebody answers for the figure: nobody does as long as it is only entered, submitted or sent back.
func (f Figure) Stands() bool {
	return f.State == FigureRecorded || f.State == FigureConfirmed || f.State == FigureVerified
}

// Own reports whether the figure is the unit's own, typed or imported, and not read from a document. Own figures on one cell are one
// line of sources: a later one supersedes.
func (f Figure) Own() bool { return f.Session == "" && f.Source.Document == "" }

// A Stamp is who did something, and when.
type Stamp struct {
	By ID
	At time.Time
}

// A ClaimGroup is what the book holds on one indicator, unit and period: one claim, claims that agree, or a conflict.
type ClaimGroup struct {
	Indicator string
	Label     string
	Unit      UnitKey
	Period    Period
	Figures   []Figure // by source day, then id
	Conflict  bool     // same scope, different values, neither supersedes
	ScopeOpen bool     // a claim on an accumulating indicator leaves open whether it is of the year or of the term
}

// GroupClaims lays figures in force side by side: one group for each indicator (or label), unit, period and measure.
// Two claims conflict when they also agree in kind of value and scope and their values differ; claims that differ in scope, or
// leave it open, are never one series and never a conflict. Superseded figures are left out.
func GroupClaims(figures []Figure, catalogue Catalogue) []ClaimGroup {
	type key struct {
		what, unit, measure, shape string
		period                     Period
	}
	groups := map[key]*ClaimGroup{}
	var order []key
	for _, f := range figures {
		if f.SupersededBy != "" {
			continue
		}
		k := key{what: f.Indicator, unit: f.Unit.Code, measure: text.Norm(f.Measure), period: f.Period, shape: shapeOf(f.Kind)}
		if k.what == "" {
			k.what = "label:" + text.Norm(f.Label)
		}
		g := groups[k]
		if g == nil {
			g = &ClaimGroup{Indicator: f.Indicator, Label: f.Label, Unit: f.Unit, Period: f.Period}
			groups[k] = g
			order = append(order, k)
		}
		g.Figures = append(g.Figures, f)
	}
	list := make([]ClaimGroup, 0, len(order))
	for _, k := range order {
		g := groups[k]
		sort.SliceStable(g.Figures, func(i, j int) bool { return g.Figures[i].Source.Day < g.Figures[j].Source.Day })
		g.Conflict, g.ScopeOpen = judge(g.Figures, catalogue)
		list = append(list, *g)
	}
	return list
}

// shapeOf separates values that can be compared with each other: amounts, shares of a plan, changes.
func shapeOf(k FigureKind) string {
	switch k {
	case PlanRatio, Change, NormFig:
		return string(k)
	}
	return "amount"
}

// judge says whether claims of one group contradict each other, and whether one of them leaves its scope open though it matters.
func judge(figures []Figure, catalogue Catalogue) (conflict, open bool) {
	for i, a := range figures {
		accumulates := a.Accumulates(catalogue)
		open = open || a.Scope == ScopeOpen && accumulates
		for _, b := range figures[i+1:] {
			comparable := a.Period != "" && a.Scope == b.Scope && (a.Scope != ScopeOpen || !accumulates)
			conflict = conflict || comparable && !sameValue(a.Claim, b.Claim)
		}
	}
	return conflict, open
}

// Accumulates reports whether the figure may be of a year or of a whole term, so that its scope matters: an amount of something that
// adds up over time. Shares of a plan or of a whole and changes name their own base; so does a month or a quarter.
func (f Figure) Accumulates(catalogue Catalogue) bool {
	in, err := catalogue.For(f.Indicator, f.Period)
	return err == nil && in.Flow && shapeOf(f.Kind) == "amount" && f.Of == nil && !f.Period.WithinYear()
}

func sameValue(a, b Claim) bool {
	if a.Value != b.Value || a.Comparator != b.Comparator {
		return false
	}
	if a.Of == nil || b.Of == nil {
		return a.Of == b.Of
	}
	return *a.Of == *b.Of
}
