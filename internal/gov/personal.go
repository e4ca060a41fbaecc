package gov

import (
	"strings"
	"time"
	"unicode/utf8"
)

// A SubjectKind says how somebody came into the store.
type SubjectKind string

// The kinds. Officials whom a document names are none: a document is the record and is kept as it was issued.
const (
	SubjectAccount    SubjectKind = "account"    // holds an account, whose id is the person's
	SubjectContact    SubjectKind = "contact"    // has no account and asks about his data
	SubjectPetitioner SubjectKind = "petitioner" // has written a petition; masked for all who do not handle it
)

// A DataSubject is somebody whose personal data the store keeps. Everything else names him by his id alone; what is personal stands
// here, sealed under a key of his own, and once the key is gone nobody reads it again.
type DataSubject struct {
	Realm  Realm
	ID     ID
	Kind   SubjectKind
	Key    string // the person's own key, wrapped by the key of the data folder; empty: destroyed
	Sealed string // Personal in JSON, encrypted under the person's key
	Since  time.Time
	Ended  time.Time // when the reason for keeping it ended, as with a closed account; zero: it goes on
	Erased time.Time // when key and fields were destroyed; zero: they are there
}

// Personal are the personal fields of a person, in the clear: only in memory, only while somebody needs them. A field's tag is its row
// of PersonalFields.
type Personal struct {
	Name     string `json:"name,omitempty" personal:"name"`
	Email    string `json:"email,omitempty" personal:"email"`
	Phone    string `json:"phone,omitempty" personal:"phone"`
	Address  string `json:"address,omitempty" personal:"address"`
	IDNumber string `json:"id_number,omitempty" personal:"id_number"`
}

// An Audience is who sees a field as it is; everybody else sees it masked.
type Audience string

// The audiences. Whoever the data are about always sees them.
const (
	OwnOffice Audience = "own_office" // the person's own agency, and whoever manages accounts
	Keepers   Audience = "keepers"    // only whoever manages accounts
)

// A PersonalField is the mark of a personal field: who sees it, and what the others see.
type PersonalField struct {
	Key  string // its words are in the catalogue as "personal.KEY"
	Sees Audience
	Mask func(string) string
	Of   func(p *Personal) *string
}

// PersonalFields marks every field of Personal.
var PersonalFields = []PersonalField{
	{"name", OwnOffice, MaskName, func(p *Personal) *string { return &p.Name }},
	{"email", Keepers, MaskMail, func(p *Personal) *string { return &p.Email }},
	{"phone", Keepers, MaskTail, func(p *Personal) *string { return &p.Phone }},
	{"address", Keepers, MaskAll, func(p *Personal) *string { return &p.Address }},
	{"id_number", Keepers, MaskTail, func(p *Personal) *string { return &p.IDNumber }},
}

// Masked is p as somebody sees it who belongs to the audiences.
func (p Personal) Masked(audiences ...Audience) Personal {
	for _, f := range PersonalFields {
		seen := false
		for _, a := range audiences {
			seen = seen || a == f.Sees
		}
		if v := f.Of(&p); !seen && *v != "" {
			*v = f.Mask(*v)
		}
	}
	return p
}

// Empty reports whether no field is there.
func (p Personal) Empty() bool { return p == Personal{} }

// Trim takes the space around every field away.
func (p Personal) Trim() Personal {
	for _, f := range PersonalFields {
		v := f.Of(&p)
		*v = strings.TrimSpace(*v)
	}
	return p
}

// maxPersonal is the longest a personal field may be, in bytes.
const maxPersonal = 500

// Check refuses fields that are longer than any name or address.
func (p Personal) Check() error {
	for _, f := range PersonalFields {
		if len(*f.Of(&p)) > maxPersonal {
			return Errorf(Invalid, "error.personal_long", maxPersonal)
		}
	}
	return nil
}

// ErasedName stands in the place of a name that was erased; pages write it in their own language ("(đã xóa theo yêu cầu)").
const ErasedName = "(erased)"

// MaskName keeps the family name and the initials of the rest: "Nguyễn V. A.".
func MaskName(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		if i > 0 || len(words) == 1 {
			r, _ := utf8.DecodeRuneInString(w)
			words[i] = string(r) + "."
		}
	}
	return strings.Join(words, " ")
}

// MaskTail keeps the last three characters: "…678". What is shorter than seven says nothing.
func MaskTail(s string) string {
	r := []rune(s)
	if len(r) < 7 {
		return "…"
	}
	return "…" + string(r[len(r)-3:])
}

// MaskMail keeps the first letter and the domain: "n…@tinh.gov.vn".
func MaskMail(s string) string {
	name, domain, ok := strings.Cut(s, "@")
	if r, n := utf8.DecodeRuneInString(name); ok && n > 0 {
		return string(r) + "…@" + domain
	}
	return "…"
}

// MaskAll keeps nothing but that there is something.
func MaskAll(string) string { return "…" }

// A RequestKind is what somebody asks for about his own data.
type RequestKind string

// The kinds of requests.
const (
	RequestSee     RequestKind = "see"
	RequestExport  RequestKind = "export"
	RequestCorrect RequestKind = "correct"
	RequestErase   RequestKind = "erase"
)

// RequestKinds lists them as people are offered them.
var RequestKinds = []RequestKind{RequestSee, RequestExport, RequestCorrect, RequestErase}

// A RequestState says how far a request is.
type RequestState string

// The states.
const (
	RequestOpen    RequestState = "open"
	RequestDone    RequestState = "done"
	RequestRefused RequestState = "refused"
)

// A Ground is why a request is refused. Its words are in the catalogue as "ground.NAME".
type Ground string

// Grounds are the reasons that there are. A refusal in words of its own would itself hold personal data for good.
var Grounds = []Ground{"kept_by_law", "not_identified", "not_held", "withdrawn"}

// A PersonalRequest is what a person asked for about his own data, with the day by which it is due. It keeps the rule under which it was
// received.
type PersonalRequest struct {
	Realm    Realm
	ID       ID
	Person   ID
	Kind     RequestKind
	Received Day
	Due      Day    // empty: no rule in force says
	Law      string // the rule that gave the due day
	State    RequestState
	Ground   Ground // of a refusal
	Sealed   string // what was asked, in words, under the person's key
	Recorded Stamp
	Settled  Stamp
}

// Late reports whether an open request is past its due day.
func (r PersonalRequest) Late(today Day) bool {
	return r.State == RequestOpen && r.Due != "" && r.Due < today
}

// A PersonalRequestQuery narrows a list of requests; empty fields do not narrow.
type PersonalRequestQuery struct {
	Person ID
	State  RequestState
	Limit  int // 0: 200
}
