package gov

// A Session is one meeting at which the loop turns: a working session, a conference, a congress, an inspection. (Signing in
// is a Login.) It belongs to the realm, not to the agency that filed its document, so that one meeting is one record.
type Session struct {
	Realm     Realm
	ID        ID
	Kind      DocumentKind
	Title     string
	Day       Day
	Place     string
	Programme string
	Units     []UnitKey // the units that the session was about, each once
	Offices   []string  // who was present, by office: "Phó Chủ tịch UBND tỉnh"; never by name
	Created   Stamp
}

// Concerns reports whether the session was about the unit.
func (s Session) Concerns(k UnitKey) bool {
	for _, u := range s.Units {
		if u == k {
			return true
		}
	}
	return false
}
