package notify

import (
	"errors"
	"fmt"
	"time"
)

// A FaultKind says what a failed delivery means for whoever wants it done.
type FaultKind int

// The kinds.
const (
	Temporary FaultKind = iota // it was not delivered; trying again later can help
	Permanent                  // it was not delivered, and trying the same again will not help
	Unclear                    // the connection broke after everything was said: it may have been delivered
)

func (k FaultKind) String() string {
	return [...]string{"temporary", "permanent", "unclear"}[k]
}

// A Fault is a delivery that failed. Its text names no person, no address and nothing of the contents.
type Fault struct {
	Kind  FaultKind
	What  string        // "mail: connecting", "webhook: answer"
	Code  int           // of SMTP or HTTP; 0: there was no answer
	After time.Duration // how long the other side wants to be left alone; 0: it did not say
	Err   error         // the cause, for errors.Is; it may hold addresses
}

func (f *Fault) Error() string {
	s := fmt.Sprintf("notify: %s: %s", f.What, f.Kind)
	if f.Code != 0 {
		s += fmt.Sprintf(" (%d)", f.Code)
	}
	return s
}

func (f *Fault) Unwrap() error { return f.Err }

// KindOf says what kind of fault err is. An error that is no Fault (a cancelled context, a full disk) is Temporary.
func KindOf(err error) FaultKind {
	var f *Fault
	if errors.As(err, &f) {
		return f.Kind
	}
	return Temporary
}
