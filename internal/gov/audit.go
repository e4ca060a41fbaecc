package gov

import (
	"encoding/json"
	"time"
)

// An AuditLine says that somebody changed something, or looked at something protected. Lines are only ever added, and no personal
// data stand in them: only ids and the names of actions.
type AuditLine struct {
	Realm   Realm     `json:"realm"`
	Seq     int64     `json:"seq"` // 1, 2, 3 … within the realm
	At      time.Time `json:"at"`
	Account ID        `json:"account"` // empty: the program itself
	Action  string    `json:"action"`  // "document.file", "review.confirm"
	Noun    string    `json:"noun"`
	Record  ID        `json:"record"`
	For     ID        `json:"for,omitempty"` // the absent account in whose place Account did it
}

// Canonical is the line as the log's hashes see it: JSON of all fields in their order, the instant in UTC to the microsecond.
func (a AuditLine) Canonical() []byte {
	a.At = a.At.UTC().Truncate(time.Microsecond)
	b, err := json.Marshal(a)
	if err != nil {
		panic(err) // plain fields only, and a year of four digits
	}
	return b
}

// An AuditQuery narrows a list of audit lines; empty fields do not narrow.
type AuditQuery struct {
	Account ID
	Action  string
	Noun    string
	From    time.Time // this instant or later
	Until   time.Time // before this instant
	Page    Page
}

// An AuditHash is a hash of the log's tree under its number (tlog.StoredHashIndex).
type AuditHash struct {
	Index int64
	Hash  [32]byte // zeros: what is kept there is no hash
}
