package gov

import "time"

// An Account is somebody who can log in. Roles are names that package access gives a meaning.
type Account struct {
	Realm    Realm
	ID       ID
	Login    string // unique in the program, lower case
	Name     string // how pages address the person
	Agency   ID     // the agency that the person works for
	Role     string
	Password string // an encoded argon2id hash; empty: cannot log in by password
	Disabled bool
}

// A Login is one browser that is logged in: design.md calls a meeting a session, so this is not one.
type Login struct {
	Realm   Realm
	Hash    string // SHA-256 of the token in hex; the token itself is only in the browser
	Account ID
	Since   time.Time
	Until   time.Time
}

// A Holding is what init makes: the realm, the unit it serves and the agency that holds its first documents.
type Holding struct {
	Realm  Realm
	Unit   UnitKey
	Agency ID
	Since  time.Time
}
