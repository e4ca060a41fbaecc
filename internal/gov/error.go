package gov

import (
	"errors"
	"fmt"
)

// A Code says what kind of thing went wrong. Each layer decides by it: exit status, HTTP status, retry.
type Code string

// The codes. There are no others; an error without one is Internal.
const (
	Invalid         Code = "invalid"         // the input cannot be taken as it is; saying it again will not help
	NotFound        Code = "not_found"       // there is no such record, or the caller may not know of it
	Conflict        Code = "conflict"        // somebody else changed it meanwhile, or it exists already
	Forbidden       Code = "forbidden"       // the caller is known and may not do this
	Unauthenticated Code = "unauthenticated" // the caller is not known
	Secret          Code = "secret"          // a document marked as a state secret: refused, nothing kept
	Limited         Code = "limited"         // too many tries or requests; waiting helps
	TooLarge        Code = "too_large"       // over a documented limit
	Unsupported     Code = "unsupported"     // a format or encoding that the program does not read
	Unavailable     Code = "unavailable"     // something that is needed is not there now; later may help
	Internal        Code = "internal"        // a defect or a broken machine
)

// An Error is a refusal in the domain's own terms. Key names a sentence in the catalogues of package lang, Args fill it in;
// Err is the cause, for logs only: it may hold paths and SQL and is never shown to a person.
type Error struct {
	Code Code
	Key  string
	Args []any
	Err  error
}

// Errorf makes an error with the code and the catalogue key; args fill in the sentence.
func Errorf(code Code, key string, args ...any) *Error {
	return &Error{Code: code, Key: key, Args: args}
}

// Because returns the error with its cause.
func (e *Error) Because(err error) *Error {
	e.Err = err
	return e
}

func (e *Error) Error() string {
	s := string(e.Code) + ": " + e.Key
	if len(e.Args) > 0 {
		s += fmt.Sprint(" ", e.Args)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// A refusal is an error from a package that this one rests beside or on (extract) and that has, all the same, a code of the list
// above and a sentence in the catalogue.
type refusal interface {
	error
	Refusal() (code, key string, args []any)
}

// AsError finds the refusal in err: the domain's own, or one that a lower package made in the same terms.
func AsError(err error) (*Error, bool) {
	var e *Error
	if errors.As(err, &e) {
		return e, true
	}
	var r refusal
	if errors.As(err, &r) {
		code, key, args := r.Refusal()
		return Errorf(Code(code), key, args...).Because(err), true
	}
	return nil, false
}

// CodeOf is the code of err: empty for nil, Internal for an error that is not the domain's.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := AsError(err); ok {
		return e.Code
	}
	return Internal
}

// IsNotFound reports whether err says that a record does not exist.
func IsNotFound(err error) bool { return CodeOf(err) == NotFound }
