package gov

import "time"

// An Account is somebody who can log in. What he may do are his grants.
type Account struct {
	Realm    Realm
	ID       ID
	Login    string // unique in the program, lower case
	Name     string // how pages address the person
	Agency   ID     // the agency that the person works for
	Password string // an encoded argon2id hash; empty: cannot log in by password
	Disabled bool
}

// A Holding is what init makes: the realm, the unit it serves and the agency that holds its first documents.
type Holding struct {
	Realm  Realm
	Unit   UnitKey
	Agency ID
	Since  time.Time
}
