// Package access says who may do what. It is asked once in each use case and nowhere else.
//
// A Principal is somebody who is logged in. He holds grants: a grant gives a role for an agency, a unit, or both, until a day. A role
// is a row of a table: the set of permissions it gives. What no grant of his lists is refused, and what a grant gives reaches as far as its
// agency and unit: With names the grants that carry a permission, and package app makes of them what part of the books he sees.
//
// Rights over the books and rights over the program are never in one hand by themselves: the system administrator manages accounts
// and machines, has no business rights, and cannot grant himself any. Entering is not confirming: a role that enters figures confirms none, and
// a use case that confirms refuses whoever entered; confirming is for the leader of the unit, verifying for the department above it.
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
	DocumentsRead  Permission = "document.read" // of the agencies of the grant
	DocumentsFile  Permission = "document.file"
	ReviewsEdit    Permission = "review.edit"
	ReviewsConfirm Permission = "review.confirm" // enters what a document says into the books: it is entering, not confirming a figure
	BooksRead      Permission = "book.read"      // units, sessions, figures, matters, briefs

	MattersReport Permission = "matter.report" // progress, a note
	MattersSubmit Permission = "matter.submit" // the lead hands in the result
	MattersSettle Permission = "matter.settle" // the office that assigned: confirm, return, withdraw, extend
	MattersAnswer Permission = "matter.answer" // answers and resolves recommendations
	MattersAssign Permission = "matter.assign" // makes a directive a task, attaches the document that assigns it

	FiguresEnter   Permission = "figure.enter"
	FiguresConfirm Permission = "figure.confirm" // the leader of the unit
	FiguresVerify  Permission = "figure.verify"  // the department above the unit
	TargetsSet     Permission = "target.set"
	CatalogueEdit  Permission = "catalogue.edit" // indicators and forms of the whole realm
	UnitsMerge     Permission = "unit.merge"     // successions of units, for the whole realm

	AccountsManage Permission = "account.manage"
	AuditRead      Permission = "audit.read"
	BackupsMake    Permission = "backup.make" // copies everything: only the program itself, at the machine
	MailsSend      Permission = "mail.send"   // reminds people and sends what waits: only the program itself
	PlansRun       Permission = "plan.run"    // makes the next tasks of what recurs: only the program itself
)

// Permissions lists what a role may hold, in the order of the pages that show it.
var Permissions = []Permission{BooksRead, DocumentsRead, DocumentsFile, ReviewsEdit, ReviewsConfirm, MattersReport, MattersSubmit, MattersSettle,
	MattersAnswer, MattersAssign, FiguresEnter, FiguresConfirm, FiguresVerify, TargetsSet, CatalogueEdit, UnitsMerge, AuditRead, AccountsManage}

// A Role is a set of permissions under the name by which offices know it. Its words are in the catalogue as "role.NAME".
type Role string

// The fixed roles.
const (
	Clerk       Role = "clerk"       // văn thư
	Analyst     Role = "analyst"     // chuyên viên tổng hợp
	Leader      Role = "leader"      // lãnh đạo
	Lead        Role = "lead"        // đơn vị chủ trì
	Coordinator Role = "coordinator" // đơn vị phối hợp
	Inspector   Role = "inspector"   // kiểm tra, chỉ đọc
	Admin       Role = "admin"       // quản trị hệ thống
)

// Roles is the whole policy.
var Roles = map[Role][]Permission{
	Clerk: {DocumentsRead, DocumentsFile, ReviewsEdit, BooksRead, MattersReport, FiguresEnter},
	Analyst: {DocumentsRead, DocumentsFile, ReviewsEdit, ReviewsConfirm, BooksRead, MattersReport, MattersSubmit, MattersSettle, MattersAnswer,
		MattersAssign, FiguresEnter, FiguresVerify, TargetsSet, CatalogueEdit, UnitsMerge},
	Leader:      {DocumentsRead, BooksRead, MattersReport, MattersSubmit, MattersSettle, MattersAnswer, MattersAssign, FiguresConfirm},
	Lead:        {DocumentsRead, BooksRead, MattersReport, MattersSubmit, MattersAnswer},
	Coordinator: {DocumentsRead, BooksRead, MattersReport},
	Inspector:   {DocumentsRead, BooksRead, AuditRead},
	Admin:       {AccountsManage, AuditRead},
}

// RoleNames lists the roles in the order in which people are offered them.
var RoleNames = []Role{Clerk, Analyst, Leader, Lead, Coordinator, Inspector, Admin}

// Business reports whether a role gives rights over the books.
func (r Role) Business() bool { return slices.Contains(Roles[r], BooksRead) }

// wholeRealm are the permissions for what cannot be cut into units: a grant gives them only where it is for the unit that the realm serves.
var wholeRealm = map[Permission]bool{AccountsManage: true, AuditRead: true, CatalogueEdit: true, UnitsMerge: true, BackupsMake: true, MailsSend: true, PlansRun: true}

// A Grant is a role that somebody holds, and how far it reaches.
type Grant struct {
	Role    Role
	Agency  string   // whose documents and matters
	Former  []string // agencies whose place it has taken: what they held it reaches, too
	Code    string   // with From the version of a unit, whose books; empty: only what belongs to the agency
	From    string
	All     bool   // the unit is the one that the realm serves: all of its books
	Until   string // last day; empty: no end
	For     string // the absent account in whose place it is held; empty: his own
	ForName string
}

// May reports whether the grant's role lists the permission.
func (g Grant) May(perm Permission) bool {
	return g.Role == system || slices.Contains(Roles[g.Role], perm)
}

// Has reports whether the grant is for an agency, or for one that has taken its place.
func (g Grant) Has(agency string) bool {
	return g.Agency == agency || slices.Contains(g.Former, agency)
}

// A Principal is who asks. The zero Principal is a stranger.
type Principal struct {
	Realm   int64
	Account string
	Agency  string // that he works for: what he files is filed for it
	Name    string
	Grants  []Grant   // in force today
	Login   string    // which of his logins this is; empty for the program itself
	Proved  time.Time // when he last showed, within this login, who he is
	Pending bool      // has to set up a second factor, or choose a password, first: may reach his own account and nothing else
	First   bool      // it is a password that he has to choose
}

// FreshFor is how long after somebody showed who he is he may do what is dangerous.
const FreshFor = 10 * time.Minute

// Fresh reports whether the principal showed who he is lately, so that a screen left open is not enough for what is dangerous. The
// program itself always is.
func (p Principal) Fresh(now time.Time) bool {
	return p.isSystem() || now.Before(p.Proved.Add(FreshFor))
}

// System is the program itself at the command line of the machine that holds the data: whoever can run it there can
// read the files anyway. realm and agency say in whose name it acts.
func System(realm int64, agency string) Principal {
	return Principal{Realm: realm, Agency: agency, Grants: []Grant{{Role: system, Agency: agency, All: true}}}
}

const system Role = "system"

func (p Principal) isSystem() bool { return len(p.Grants) > 0 && p.Grants[0].Role == system }

// System reports whether the principal is the program itself at the command line.
func (p Principal) System() bool { return p.isSystem() }

// Known reports whether somebody is logged in. An account without a grant in force is somebody.
func (p Principal) Known() bool { return p.Account != "" || p.isSystem() }

// May reports whether the principal has the permission, for whatever part of the books.
func (p Principal) May(perm Permission) bool {
	switch {
	case perm == Open, p.isSystem():
		return true
	case perm == LoggedIn:
		return p.Known()
	}
	return len(p.With(perm)) > 0
}

// With lists the grants that carry a permission.
func (p Principal) With(perm Permission) []Grant {
	if p.Pending {
		return nil
	}
	var list []Grant
	for _, g := range p.Grants {
		if g.May(perm) && (g.All || !wholeRealm[perm]) {
			list = append(list, g)
		}
	}
	return list
}

// Roles lists the roles that the principal holds himself, each once.
func (p Principal) Roles() []Role {
	var list []Role
	for _, g := range p.Grants {
		if g.For == "" && !slices.Contains(list, g.Role) {
			list = append(list, g.Role)
		}
	}
	return list
}

// InPlaceOf lists the names of those whom the principal stands in for, each once.
func (p Principal) InPlaceOf() []string {
	var list []string
	for _, g := range p.Grants {
		if g.For != "" && !slices.Contains(list, g.ForName) {
			list = append(list, g.ForName)
		}
	}
	return list
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
