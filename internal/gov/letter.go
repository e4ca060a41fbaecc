package gov

import (
	"encoding/json"
	"time"
)

// A Letter is a mail to the person of an account, from when it is due until it ended. It names matters by their ids and holds neither an address nor
// words: both are looked up when it goes out, so that what has changed or is beyond the person's reach by then is left out.
type Letter struct {
	Realm    Realm
	ID       ID
	Account  ID
	Kind     LetterKind
	Key      string // what it is about: a realm has one letter of a key, ever, and the key gives the Message-ID
	Body     string // JSON of LetterItems
	State    LetterState
	Due      time.Time // when it may go out; while it is being sent, the end of the lease
	Attempts int
	Fault    string // why the last attempt failed, without address or words
	Made     time.Time
	Ended    time.Time // zero: it has not
}

// A LetterKind says what a letter is for.
type LetterKind string

// The kinds.
const (
	LetterReminder LetterKind = "reminder"
	LetterUrge     LetterKind = "urge"
	LetterDigest   LetterKind = "digest"
)

// A LetterState says how far a letter is.
type LetterState string

// The states. An unclear letter may have arrived: it is not sent again unless a person says so.
const (
	LetterWaiting LetterState = "waiting"
	LetterSending LetterState = "sending"
	LetterSent    LetterState = "sent"
	LetterFailed  LetterState = "failed"
	LetterUnclear LetterState = "unclear"
	LetterDropped LetterState = "dropped" // nothing was left to say, or nobody to say it to
)

// LetterStates lists the states in the order in which pages show them.
var LetterStates = []LetterState{LetterWaiting, LetterSending, LetterUnclear, LetterFailed, LetterSent, LetterDropped}

// A LetterItem is a matter in a letter, and the rule or step that put it there.
type LetterItem struct {
	Matter ID     `json:"m"`
	Rule   string `json:"r"`
}

// Items are the matters of a letter.
func (l Letter) Items() (items []LetterItem, err error) {
	if l.Body == "" {
		return nil, nil
	}
	err = json.Unmarshal([]byte(l.Body), &items)
	return items, err
}

// SetItems puts matters into a letter.
func (l *Letter) SetItems(items []LetterItem) error {
	b, err := json.Marshal(items)
	l.Body = string(b)
	return err
}

// RetryLetter is when a letter is tried again that failed at an instant: after a minute, four, sixteen, then every hour. It is not given up for a
// server that is down.
func RetryLetter(attempts int, failed time.Time) time.Time {
	return failed.Add(min(time.Minute<<min(2*max(attempts-1, 0), 20), time.Hour))
}

// A MailChoice is what an account wants to get by mail, with when it said so: nothing goes to whoever did not.
type MailChoice struct {
	Realm     Realm
	Account   ID
	Reminders bool
	Digest    bool
	Since     time.Time
}

// A Feed is the secret address of an account's calendar. It ends when it is revoked, and a new one ends the old.
type Feed struct {
	Realm   Realm
	Account ID
	Hash    string // of the token in the address
	Since   time.Time
}
