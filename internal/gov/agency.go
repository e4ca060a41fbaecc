package gov

// A Line is the column of the state or Party apparatus that an agency stands in.
type Line string

// The lines of design.md §3.
const (
	LineUnknown    Line = ""
	LineParty      Line = "party"
	LineCouncil    Line = "council"
	LineGovernment Line = "government"
	LineFront      Line = "front"
	LineCentral    Line = "central" // a central body's branch in the area: tax, police, military, treasury
	LineEnterprise Line = "enterprise"
)

// An Agency is an office or organisation that can hold documents, owe tasks and answer recommendations. Tasks and figures
// belong to agencies, never to persons.
type Agency struct {
	Realm Realm
	ID    ID
	Name  string  // as its own documents write it: "Ban Tổ chức Tỉnh ủy", "UBND phường Thanh Miếu"
	Unit  UnitKey // the unit whose agency it is; zero where not known
	Line  Line
	From  Day // version of name and unit: in force on [From, To)
	To    Day
}
