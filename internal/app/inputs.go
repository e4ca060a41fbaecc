package app

import (
	"haicap/internal/gov"
	"haicap/internal/text"
)

// FileInput is a document to file.
type FileInput struct {
	Name   string // file name; empty for pasted text
	Data   []byte
	Source string // address it was taken from, may be empty
}

// HeadInput is the head of a review as a person settles it.
type HeadInput struct {
	Kind      gov.DocumentKind
	Title     string
	Day       gov.Day
	Place     string
	Programme string
	Units     []string // codes, or names that the register settles
	Offices   []string
	Join      gov.ID // session to join; empty: a new one
	Version   int
}

// DraftInput is a draft as a person corrects it. Which fields count depends on the kind.
type DraftInput struct {
	Version int
	// Figures.
	Value      string // as typed: "366,3"; empty keeps it
	Of         string
	Measure    string
	FigureKind gov.FigureKind
	Comparator gov.Comparator
	Label      string
	Indicator  string
	Period     string
	Scope      gov.Scope
	Unit       string
	// Items.
	Kind         gov.DraftKind // an item may change its kind
	Span         *text.Span    // new bounds in the text layer; nil keeps them
	By           string
	To           string
	Assignees    []string
	Lead         string
	Coordinators []string
	Due          string
	Strength     gov.Strength
	Task         bool
}

// ActInput is a step of a matter.
type ActInput struct {
	Action gov.Action
	gov.StepInput
	Term    string // words in place of a day: "10 ngày làm việc", counted from today
	Rule    string // key of a time limit of the law in place of a day, counted from today
	Version int
	Files   []FileInput // product or evidence that comes with the step
	kept    []gov.MatterFile
}

// InitInput is what init needs to begin a data folder.
type InitInput struct {
	Unit   string // code of the province or unit that is served
	Agency string // name of the agency; empty: "Văn phòng …" of the unit
	Admin  string // login of the first administrator; empty: "admin"
}

// AccountInput is an account to make.
type AccountInput struct {
	Login    string
	Name     string
	Role     string
	Unit     string // code or name of the unit that it works for; empty: that of whoever makes it
	Password string // empty: a random one is made
	ByLink   bool   // no password: a one-time link is made at which the person chooses one
	Once     bool   // the password has to be changed at the first login
}
