package gov

// An EntryKind is a kind of rows that a province edits in the store on top of what the program comes with.
type EntryKind string

// The kinds.
const (
	EntryIndicator     EntryKind = "indicator"
	EntryForm          EntryKind = "form"
	EntryApportionment EntryKind = "apportionment"
	EntrySuccession    EntryKind = "succession"
	EntryBoundary      EntryKind = "boundary" // which blob holds the boundaries of the units
)

// An Entry is one version of such a row. Each change is one more version, so what was there before stays readable, with who, when and why.
type Entry struct {
	Realm   Realm
	Kind    EntryKind
	Key     string
	Seq     int    // from 1 on, given by the store
	Body    string // JSON of the kind's own record; empty: the row was withdrawn
	Note    string // why
	Entered Stamp
}
