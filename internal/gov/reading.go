package gov

import "haicap/internal/text"

// ReadingSchema names the shape of a reading in JSON.
const ReadingSchema = "haicap.reading/1"

// A Reading is what the reader made of one text. In JSON it is the contract's shape; gold labels have the same.
// All spans are bytes of the text layer, and Text of a draft is exactly that slice.
type Reading struct {
	Schema          string        `json:"schema"`
	Source          ReadingSource `json:"source"`
	Document        ReadingHead   `json:"document"`
	Units           []UnitMention `json:"units"`
	People          []Person      `json:"people"`
	Figures         []FigureDraft `json:"figures"`
	Difficulties    []ItemDraft   `json:"difficulties"`
	Recommendations []ItemDraft   `json:"recommendations"`
	Directives      []ItemDraft   `json:"directives"`
	Commitments     []ItemDraft   `json:"commitments"`
	Checks          []Check       `json:"checks"`
}

// A ReadingSource says what was read.
type ReadingSource struct {
	Name   string     `json:"name"`
	SHA256 string     `json:"sha256"`
	Bytes  int        `json:"bytes"`
	Text   *TextLayer `json:"text,omitempty"`
}

// A TextLayer names the text that spans point into.
type TextLayer struct {
	SHA256 string `json:"sha256"`
	Bytes  int    `json:"bytes"`
}

// A ReadingHead is what the text says of itself. Date is the day of the event, Published that of publication.
type ReadingHead struct {
	Kind      DocumentKind `json:"kind"`
	Title     string       `json:"title"`
	Date      Day          `json:"date"`
	Published Day          `json:"published,omitempty"`
	Number    string       `json:"number,omitempty"`
	Issuer    string       `json:"issuer,omitempty"`
	Place     string       `json:"place,omitempty"`
	Programme string       `json:"programme,omitempty"` // what the session was about, in the text's words
	Rule      string       `json:"rule,omitempty"`
}

// A UnitMention is an administrative unit named with its type. Code and From are given only where one version fits.
type UnitMention struct {
	Name string    `json:"name"`
	Span text.Span `json:"span"`
	Code string    `json:"code,omitempty"`
	From Day       `json:"from,omitempty"`
	Rule string    `json:"rule,omitempty"`
}

// Key is the unit's key; zero where the text leaves it open.
func (u UnitMention) Key() UnitKey { return UnitKey{Code: u.Code, From: u.From} }

// A Person is somebody named with an office. It lives in the reading only: the books keep the office, never the name.
type Person struct {
	Name  string    `json:"name"`
	Title string    `json:"title"`
	Span  text.Span `json:"span"`
	Rule  string    `json:"rule,omitempty"`
}

// A Confidence says how sure the reader is of a draft.
type Confidence string

// Sure: right in at least 98 of 100. Likely: the cues agree. Open: something that it needs is missing.
const (
	Sure   Confidence = "sure"
	Likely Confidence = "likely"
	Open   Confidence = "open"
)

// A FigureDraft is one number with what it measures, as the text writes it.
type FigureDraft struct {
	Text       string     `json:"text"`
	Span       text.Span  `json:"span"`
	Value      float64    `json:"value"`
	Of         *float64   `json:"of,omitempty"`
	Measure    string     `json:"measure"`
	Kind       FigureKind `json:"kind"`
	Comparator Comparator `json:"comparator"`
	Label      string     `json:"label"`
	Indicator  string     `json:"indicator"`
	Period     Period     `json:"period"`
	Scope      Scope      `json:"scope"`
	Unit       string     `json:"unit"` // name with its type; resolve by the reading's units
	Confidence Confidence `json:"confidence"`
	Rule       string     `json:"rule,omitempty"`
	Sentence   text.Span  `json:"sentence"`
	Why        []Evidence `json:"why,omitempty"` // only with --explain
}

// A Strength says how binding a directive is.
type Strength string

// Assigned: a body and a result are named. Chain: A leads B to direct C. Orientation: the rest.
const (
	Assigned    Strength = "assigned"
	Chain       Strength = "chain"
	Orientation Strength = "orientation"
)

// An ItemDraft is one clause: a difficulty, recommendation, directive or commitment. The fields after By and To are a
// directive's own.
type ItemDraft struct {
	Text          string     `json:"text"`
	Span          text.Span  `json:"span"`
	Topic         string     `json:"topic,omitempty"`
	TopicSpan     *text.Span `json:"topic_span,omitempty"`
	By            string     `json:"by,omitempty"` // person's name or unit
	To            string     `json:"to,omitempty"`
	Assignees     []string   `json:"assignees,omitempty"`
	Lead          string     `json:"lead,omitempty"`
	Coordinators  []string   `json:"coordinators,omitempty"`
	AssigneeUnits []string   `json:"assignee_units,omitempty"` // a group resolved to the session's units
	Due           string     `json:"due,omitempty"`            // the words of the text
	Strength      Strength   `json:"strength,omitempty"`
	Answers       string     `json:"answers,omitempty"` // the recommendation that the directive answers, in the text's words
	Past          bool       `json:"past,omitempty"`    // an order of an earlier meeting
	Confidence    Confidence `json:"confidence,omitempty"`
	Rule          string     `json:"rule,omitempty"`
	Sentence      text.Span  `json:"sentence"`
	Why           []Evidence `json:"why,omitempty"`
}

// Evidence says why a field has its value: the rule, the words that it matched and what it decided against.
type Evidence struct {
	Field   string    `json:"field"`
	Rule    string    `json:"rule"`
	Span    text.Span `json:"span"`
	Against string    `json:"against,omitempty"`
}

// A Check is a contradiction inside the text. The text is labelled as written; the check carries the doubt.
type Check struct {
	Rule    string      `json:"rule"`
	Message string      `json:"message"` // Vietnamese sentence
	Spans   []text.Span `json:"spans"`
}
