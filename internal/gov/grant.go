package gov

// A Grant is a role that an account was given, for an agency and a unit and a time. It is never deleted: it ends by its last day, or before
// it by somebody. Roles are names that package access gives a meaning.
type Grant struct {
	Realm   Realm
	ID      ID
	Account ID
	Role    string
	Agency  ID      // whose documents and matters
	Unit    UnitKey // whose books; zero: only what belongs to the agency
	From    Day     // first day; empty: from the beginning
	To      Day     // last day; empty: no end
	Given   Stamp
	Ended   Stamp // zero while nobody has ended it
}

// On reports whether the grant is in force on a day.
func (g Grant) On(d Day) bool { return g.Ended.At.IsZero() && inForce(g.From, g.To, d) }

// A Deputy says that one account stands in for an absent one: while it runs he has the grants of the other, besides his own.
type Deputy struct {
	Realm   Realm
	ID      ID
	Account ID // who is absent
	Deputy  ID
	From    Day
	To      Day // last day
	Given   Stamp
	Ended   Stamp // zero while nobody has ended it
}

// On reports whether the deputy stands in on a day.
func (d Deputy) On(day Day) bool { return d.Ended.At.IsZero() && inForce(d.From, d.To, day) }

func inForce(from, to, d Day) bool { return from <= d && (to == "" || d <= to) }
