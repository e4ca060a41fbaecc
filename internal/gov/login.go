package gov

import "time"

// A Login is one browser that is logged in: design.md calls a meeting a session, so this is not one.
type Login struct {
	Realm   Realm
	Hash    string // SHA-256 of the token in hex; the token itself is only in the browser
	ID      ID     // by which a person names it in the list of his logins
	Account ID
	Device  string // roughly, for people: "Firefox, Windows"
	Since   time.Time
	Until   time.Time
	Seen    time.Time // lately, within some minutes
	Proved  time.Time // when the person last showed who he is
}

// A TicketKind says what a ticket is good for.
type TicketKind string

// The kinds of tickets.
const (
	TicketLink    TicketKind = "link"    // a one-time link by which a password is chosen: first account, recovery
	TicketSecond  TicketKind = "second"  // the password was right, the second factor is awaited
	TicketEnrol   TicketKind = "enrol"   // a secret for codes was shown and is not confirmed yet; the body holds it, sealed
	TicketPasskey TicketKind = "passkey" // a challenge that a passkey is to answer; the body holds it
	TicketSSO     TicketKind = "sso"     // somebody was sent to the single sign-on; the body holds what must come back
)

// A Ticket is a promise that is kept once: whoever shows its token within its time may do one thing.
type Ticket struct {
	Realm   Realm
	Hash    string // of the token
	Kind    TicketKind
	Account ID // empty where nobody has said yet who he is
	Body    string
	Until   time.Time
}

// A CodeFactor is the secret by which somebody's phone makes codes (TOTP).
type CodeFactor struct {
	Realm   Realm
	Account ID
	Sealed  string // the secret, encrypted under the key of the data folder
	Since   time.Time
	Step    int64 // the last step of 30 seconds whose code was taken: no code is taken twice
}

// A Passkey is a key that a device or its owner's password manager holds.
type Passkey struct {
	Realm   Realm
	Account ID
	ID      string // the credential's own id, in base64url
	Name    string // as the person calls it
	Record  string // the public key and its counters, as JSON
	Since   time.Time
	Used    time.Time
}

// A Subject ties an account to the name under which a single sign-on knows the person.
type Subject struct {
	Issuer  string
	Subject string
	Realm   Realm
	Account ID
	Since   time.Time
}
