// Package access says who may do what. It is asked once in each use case and nowhere else.
//
// A Principal is somebody who is logged in: an account that works for one agency in one realm, with one role. A role is a row of
// a table: the set of permissions it gives. What a role does not list is refused. The system administrator manages accounts
// and machines and has no business rights: rights over the books and rights over the program are never in one hand.
package access

import (
	"errors"
	"slices"
	"time"
)

// A Permission is one thing that a use case may ask for.
type Permission string

// The permissions, named noun.verb.
const (
	Open           Permission = "open"          // routes that need no login: login itself, health, assets
	LoggedIn       Permission = "logged_in"     // any account: home, own settings
	DocumentsRead  Permission = "document.read" // of the own agency
	DocumentsFile  Permission = "document.file"
	ReviewsEdit    Permission = "review.edit"
	ReviewsConfirm Permission = "review.confirm" // writes into the books
	BooksRead      Permission = "book.read"      // units, sessions, figures, matters, briefs of the realm
	MattersAct     Permission = "matter.act"
	AccountsManage Permission = "account.manage"
	AuditRead      Permission = "audit.read"
	BackupsMake    Permission = "backup.make" // copies everything: only the program itself, at the machine
)

// A Role is a set of permissions under the name by which offices know it. Its words are in the catalogue as "role.NAME".
type Role string

// The fixed roles.
const (
	Clerk     Role = "clerk"     // văn thư
	Analyst   Role = "analyst"   // chuyên viên tổng hợp
	Leader    Role = "leader"    // lãnh đạo
	Inspector Role = "inspector" // kiểm tra, chỉ đọc
	Admin     Role = "admin"     // quản trị hệ thống
)

// Roles is the whole policy.
var Roles = map[Role][]Permission{
	Clerk:     {DocumentsRead, DocumentsFile, ReviewsEdit, BooksRead, MattersAct},
	Analyst:   {DocumentsRead, DocumentsFile, ReviewsEdit, ReviewsConfirm, BooksRead, MattersAct},
	Leader:    {DocumentsRead, ReviewsConfirm, BooksRead, MattersAct},
	Inspector: {DocumentsRead, BooksRead, AuditRead},
	Admin:     {AccountsManage, AuditRead},
}

// A Principal is who asks. The zero Principal is a stranger.
type Principal struct {
	Realm   int64
	Account string
	Agency  string
	Name    string
	Role    Role
	Login   string    // which of his logins this is; empty for the program itself
	Proved  time.Time // when he last showed, within this login, who he is
	Pending bool      // has to set up a second factor first: may reach his own account and nothing else
}

// FreshFor is how long after somebody showed who he is he may do what is dangerous.
const FreshFor = 10 * time.Minute

// Fresh reports whether the principal showed who he is lately, so that a screen left open is not enough for what is dangerous. The
// program itself always is.
func (p Principal) Fresh(now time.Time) bool {
	return p.Role == system || now.Before(p.Proved.Add(FreshFor))
}

// System is the program itself at the command line of the machine that holds the data: whoever can run it there can
// read the files anyway. realm and agency say in whose name it acts.
func System(realm int64, agency string) Principal {
	return Principal{Realm: realm, Agency: agency, Role: system}
}

const system Role = "system"

// Known reports whether somebody is logged in.
func (p Principal) Known() bool { return p.Role != "" }

// May reports whether the principal has the permission.
func (p Principal) May(perm Permission) bool {
	switch {
	case perm == Open, p.Role == system:
		return true
	case perm == LoggedIn:
		return p.Known()
	case p.Pending:
		return false
	}
	return slices.Contains(Roles[p.Role], perm)
}

// An Identity is who somebody is at a single sign-on.
type Identity struct {
	Subject string // as the single sign-on names the person for good
	Login   string // the user name that it vouches for; may be empty
}

// ErrUnknown and ErrForbidden are the two refusals.
var (
	ErrUnknown   = errors.New("access: not logged in")
	ErrForbidden = errors.New("access: not permitted")
)

// Check is nil where the principal has the permission, ErrUnknown for a stranger, ErrForbidden for anybody else.
func (p Principal) Check(perm Permission) error {
	switch {
	case p.May(perm):
		return nil
	case !p.Known():
		return ErrUnknown
	}
	return ErrForbidden
}
