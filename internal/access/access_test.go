package access

import (
	"errors"
	"strings"
	"testing"
)

func TestPolicy(t *testing.T) {
	t.Parallel()
	all := []Permission{Open, LoggedIn, DocumentsRead, DocumentsFile, ReviewsEdit, ReviewsConfirm, BooksRead, MattersAct, AccountsManage, AuditRead}
	for role, want := range map[Role]string{
		"":        "open",
		Clerk:     "open logged_in document.read document.file review.edit book.read matter.act",
		Analyst:   "open logged_in document.read document.file review.edit review.confirm book.read matter.act",
		Leader:    "open logged_in document.read review.confirm book.read matter.act",
		Inspector: "open logged_in document.read book.read audit.read",
		Admin:     "open logged_in account.manage audit.read",
	} {
		var got []string
		for _, p := range all {
			if (Principal{Role: role}).May(p) {
				got = append(got, string(p))
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q may %v, want %s", role, got, want)
		}
	}
	if err := (Principal{}).Check(BooksRead); !errors.Is(err, ErrUnknown) {
		t.Errorf("a stranger gets %v", err)
	}
	if err := (Principal{Role: Admin}).Check(BooksRead); !errors.Is(err, ErrForbidden) {
		t.Errorf("an administrator reads the books: %v", err)
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
