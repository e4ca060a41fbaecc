package access

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// who holds one role for one agency and the whole realm.
func who(role Role) Principal {
	return Principal{Realm: 1, Account: "a", Agency: "office", Grants: []Grant{{Role: role, Agency: "office", All: true}}}
}

func TestPolicy(t *testing.T) {
	t.Parallel()
	for role, want := range map[Role]string{
		Clerk: "book.read document.read document.file review.edit matter.report figure.enter",
		Analyst: "book.read document.read document.file review.edit review.confirm matter.report matter.submit matter.settle matter.answer matter.assign " +
			"figure.enter figure.verify target.set catalogue.edit unit.merge",
		Leader:      "book.read document.read matter.report matter.submit matter.settle matter.answer matter.assign figure.confirm",
		Lead:        "book.read document.read matter.report matter.submit matter.answer",
		Coordinator: "book.read document.read matter.report",
		Inspector:   "book.read document.read audit.read",
		Admin:       "audit.read account.manage",
	} {
		var got []string
		for _, p := range Permissions {
			if who(role).May(p) {
				got = append(got, string(p))
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q may %v, want %s", role, got, want)
		}
		if p := who(role); !p.May(Open) || !p.May(LoggedIn) || p.May(BackupsMake) {
			t.Errorf("%q: what everybody and nobody may is wrong", role)
		}
		if role.Business() == (role == Admin) {
			t.Errorf("%q has rights over the books: %v", role, role.Business())
		}
	}
	if len(RoleNames) != len(Roles) {
		t.Errorf("%d roles are offered, there are %d", len(RoleNames), len(Roles))
	}
	if err := (Principal{}).Check(BooksRead); !errors.Is(err, ErrUnknown) {
		t.Errorf("a stranger gets %v", err)
	}
	if err := who(Admin).Check(BooksRead); !errors.Is(err, ErrForbidden) {
		t.Errorf("an administrator reads the books: %v", err)
	}
	if p := (Principal{Account: "a"}); !p.May(LoggedIn) || p.May(BooksRead) {
		t.Error("an account without a role is not somebody who may nothing")
	}
}

// Entering is not confirming: no role does both. Nobody but the administrator manages accounts, and he does nothing else with the books.
func TestRightsThatStayApart(t *testing.T) {
	t.Parallel()
	for role, perms := range Roles {
		enters := slices.Contains(perms, FiguresEnter) || slices.Contains(perms, ReviewsConfirm)
		if enters && slices.Contains(perms, FiguresConfirm) {
			t.Errorf("%s enters and confirms", role)
		}
		if slices.Contains(perms, AccountsManage) && (role != Admin || slices.Contains(perms, BooksRead)) {
			t.Errorf("%s manages accounts", role)
		}
		for _, p := range perms {
			if !slices.Contains(Permissions, p) {
				t.Errorf("%s has %s, which is not listed", role, p)
			}
		}
	}
}

// What a grant gives ends at its unit: what cannot be cut into units is only given for all of them.
func TestGrants(t *testing.T) {
	t.Parallel()
	p := Principal{Account: "a", Grants: []Grant{{Role: Inspector, Agency: "ward", Code: "07909"}, {Role: Clerk, Agency: "ward", Code: "07909"},
		{Role: Leader, Agency: "other", For: "b", ForName: "B"}}}
	if p.May(AuditRead) || len(p.With(BooksRead)) != 3 || len(p.With(FiguresConfirm)) != 1 {
		t.Errorf("of one unit: audit %v, read by %d grants", p.May(AuditRead), len(p.With(BooksRead)))
	}
	if got := p.InPlaceOf(); !slices.Equal(got, []string{"B"}) {
		t.Errorf("stands in for %v", got)
	}
	if got := p.Roles(); !slices.Equal(got, []Role{Inspector, Clerk}) {
		t.Errorf("holds %v himself", got)
	}
	p.Pending = true
	if p.May(BooksRead) || !p.May(LoggedIn) {
		t.Error("who has no second factor yet reaches more than his account")
	}
}

func TestPassword(t *testing.T) {
	t.Parallel()
	if _, err := HashPassword("ngắn quá"); !errors.Is(err, ErrShort) {
		t.Fatalf("a short password: %v", err)
	}
	h, err := HashPassword("mật khẩu đủ dài")
	if err != nil {
		t.Fatal(err)
	}
	if !VerifyPassword(h, "mật khẩu đủ dài") || VerifyPassword(h, "mật khẩu đủ dàI") {
		t.Error("the hash does not tell right from wrong")
	}
	for _, broken := range []string{"", "x", "$argon2id$v=19$m=0,t=0,p=0$$", strings.Replace(h, "argon2id", "argon2i", 1)} {
		if VerifyPassword(broken, "mật khẩu đủ dài") {
			t.Errorf("%q is taken", broken)
		}
	}
	if p := NewPassword(); len(p) != 23 || p == NewPassword() {
		t.Errorf("NewPassword() = %q", p)
	}
}
