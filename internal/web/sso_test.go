package web_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web"
)

// A fakeSSO vouches for whom the test wants; package access/oidc tests a real one.
type fakeSSO struct {
	base string
	id   access.Identity
	down bool
}

func (f *fakeSSO) Begin(_ context.Context, back, state string) (string, string, error) {
	if f.down {
		return "", "", errors.New("down")
	}
	return f.base + "?" + url.Values{"back": {back}, "state": {state}}.Encode(), "điều cần giữ", nil
}

func (f *fakeSSO) Finish(_ context.Context, _, code, secret string) (access.Identity, error) {
	if code != "đúng" || secret != "điều cần giữ" {
		return access.Identity{}, errors.New("refused")
	}
	return f.id, nil
}

func (f *fakeSSO) Issuer() string { return "https://sso.example" }

// signOn is an office with a single sign-on, whose own pages lead straight back.
func signOn(t *testing.T, byLogin bool) (*desk, *fakeSSO) {
	t.Helper()
	d := sit(t)
	away := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		http.Redirect(w, r, q.Get("back")+"?"+url.Values{"state": {q.Get("state")}, "code": {"đúng"}}.Encode(), http.StatusFound)
	}))
	t.Cleanup(away.Close)
	sso := &fakeSSO{base: away.URL, id: access.Identity{Subject: "42", Login: "tonghop"}}
	now := time.Date(2026, 1, 16, 2, 0, 0, 0, time.UTC)
	d.again(t, web.Config{}, func(a *app.Config) { a.SSO, a.SSOByLogin, a.Now = sso, byLogin, func() time.Time { return now } })
	return d, sso
}

func TestSingleSignOn(t *testing.T) {
	t.Parallel()
	d, sso := signOn(t, false)
	v := d.visitor(t, "nobody")
	p := v.get("/login")
	p.sound("vi")
	p.has("Đăng nhập một lần")
	p = v.get("/login/sso?to=/units")
	if p.status != http.StatusUnauthorized {
		t.Fatalf("whom nobody linked: %d at %s", p.status, p.at)
	}
	p.has("42") // to be told to the administrator

	login := d.addAdmin(t)
	admin := d.visitor(t, login)
	who := access.Principal{Realm: int64(d.holding.Realm), Account: "admin", Agency: string(d.holding.Agency), Grants: []access.Grant{{Role: access.Admin, All: true}},
		Proved: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)}
	acc, err := d.AccountNamed(d.ctx, who, "vanthu")
	must(t, err)
	page := "/admin/accounts/" + string(acc.ID)
	admin.get(page).sound("vi")
	admin.post(page, "act", "subject", "subject", "42").has("Đã lưu mã đăng nhập một lần")
	if p = v.get("/login/sso?to=/units"); p.at.Path != "/units" {
		t.Errorf("at %s: %s", p.at, p.text())
	}
	v.get("/account").has("vanthu")
	other, err := d.AccountNamed(d.ctx, who, "tonghop")
	must(t, err)
	if err := d.LinkSubject(d.ctx, who, other.ID, "42"); gov.CodeOf(err) != gov.Conflict {
		t.Errorf("one name for two accounts: %v", err)
	}

	// Somebody else's way back, a way back twice, and one without a code.
	w := d.visitor(t, "nobody")
	if p = w.get("/login/sso/back?state=x&code=x"); p.status != http.StatusUnauthorized {
		t.Errorf("a way back that nobody began: %d", p.status)
	}
	sso.id.Subject = ""
	if p = w.get("/login/sso"); p.status != http.StatusUnauthorized {
		t.Errorf("nobody is let in: %d at %s", p.status, p.at)
	}
	sso.down = true
	w.get("/login/sso").has("Chưa liên lạc được")
	must(t, d.SetDisabled(d.ctx, who, acc.ID, true))
	sso.down, sso.id.Subject = false, "42"
	if p = w.get("/login/sso"); p.status != http.StatusUnauthorized {
		t.Errorf("a shut account: %d at %s", p.status, p.at)
	}
}

func TestSingleSignOnByLoginName(t *testing.T) {
	t.Parallel()
	d, sso := signOn(t, true)
	if p := d.visitor(t, "nobody").get("/login/sso?to=/units"); p.at.Path != "/units" {
		t.Fatalf("at %s: %s", p.at, p.text())
	}
	sso.id.Subject = "43" // the name was given to somebody else
	if p := d.visitor(t, "nobody").get("/login/sso"); p.status != http.StatusUnauthorized {
		t.Errorf("a second person with the same name: %d at %s", p.status, p.at)
	}
	sso.id = access.Identity{Subject: "42", Login: "ten-moi"}
	if p := d.visitor(t, "nobody").get("/login/sso?to=/units"); p.at.Path != "/units" {
		t.Errorf("the same person under a new name: %s", p.at)
	}
}

func TestWithoutSingleSignOn(t *testing.T) {
	t.Parallel()
	d := sit(t)
	if p := d.visitor(t, "nobody").get("/login/sso"); p.status != http.StatusNotFound {
		t.Errorf("%d", p.status)
	}
}
