package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/pquerna/otp/totp"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/web"
)

// secret is the text of the code on a page that is shown once.
func (p page) secret() string {
	p.t.Helper()
	return strings.TrimSpace(words(p.one("code.secret")))
}

func TestOwnAccount(t *testing.T) {
	t.Parallel()
	d := sit(t)
	v, other := d.visitor(t, "tonghop"), d.visitor(t, "tonghop")
	p := v.get("/account")
	p.sound("vi")
	p.has("Nơi đang đăng nhập", "nơi này", "Chuyên viên tổng hợp")
	if n := len(p.all("tbody tr")); n < 2 {
		t.Errorf("%d logins are listed", n)
	}

	p = v.post("/account/password", "current", d.logins["tonghop"], "password", "ba con mèo trên mái", "again", "khác")
	if p.status != http.StatusBadRequest {
		t.Errorf("two different passwords: %d", p.status)
	}
	p = v.post("/account/password", "current", "sai", "password", "ba con mèo trên mái", "again", "ba con mèo trên mái")
	p.has("Mật khẩu không đúng")
	p = v.post("/account/password", "current", d.logins["tonghop"], "password", "ba con mèo trên mái", "again", "ba con mèo trên mái")
	p.has("Đã đổi mật khẩu")
	if p = other.get("/account"); p.at.Path != "/login" {
		t.Errorf("the other login is at %s", p.at)
	}
	d.logins["tonghop"] = "ba con mèo trên mái"
	other = d.visitor(t, "tonghop")
	v.post("/account/logins/end").has("Đã kết thúc mọi nơi đăng nhập khác")
	if p = other.get("/account"); p.at.Path != "/login" {
		t.Errorf("the other login is at %s", p.at)
	}
}

func TestCodesOfAPhone(t *testing.T) {
	t.Parallel()
	d := sit(t)
	v := d.visitor(t, "vanthu")
	p := v.post("/account/codes")
	if p.at.Path != "/account/codes" {
		t.Fatalf("at %s: %s", p.at, p.text())
	}
	p.sound("vi")
	secret := strings.ReplaceAll(p.secret(), " ", "")
	picture := v.get(attr(p.one(".enrol img"), "src"))
	if picture.header.Get("Content-Type") != "image/png" || !strings.HasPrefix(picture.body, "\x89PNG") {
		t.Errorf("the picture is %s", picture.header.Get("Content-Type"))
	}
	step := attr(p.one("input[name=step]"), "value")
	if q := d.visitor(t, "tonghop").get("/account/codes?" + url.Values{"step": {step}}.Encode()); strings.Contains(q.body, secret) {
		t.Error("somebody else sees the secret")
	}
	code := func(shift time.Duration) string {
		c, err := totp.GenerateCode(secret, time.Date(2026, 1, 15, 2, 0, 10, 0, time.UTC).Add(shift))
		must(t, err)
		return c
	}
	v.post("/account/codes/confirm", "step", step, "code", "000000").has("Mã không đúng")
	p = v.post("/account/codes/confirm", "step", step, "code", code(0))
	p.sound("vi")
	recovery := p.all(".recovery code")
	if len(recovery) != access.RecoveryCodes {
		t.Fatalf("%d recovery codes", len(recovery))
	}
	v.get("/account").has("Mã trên điện thoại", "còn 10 mã dự phòng")

	w := d.visitor(t, "vanthu") // the password alone
	p = w.get("/")
	if p.at.Path != "/login" {
		t.Errorf("the password is enough: at %s", p.at)
	}
	p = w.post("/login", "login", "vanthu", "password", d.logins["vanthu"], "to", "/units")
	if p.at.Path != "/login/second" {
		t.Fatalf("at %s", p.at)
	}
	p.sound("vi")
	if p = w.post("/login/second", "to", "/units", "code", "000000"); p.status != http.StatusUnauthorized {
		t.Errorf("a wrong code: %d", p.status)
	}
	if p = w.post("/login/second", "to", "/units", "code", code(30*time.Second)); p.at.Path != "/units" {
		t.Errorf("at %s: %s", p.at, p.text())
	}
	if p = w.get("/login/second"); p.status != http.StatusUnauthorized || len(p.all("#password")) != 1 {
		t.Errorf("a step that was used: %d", p.status)
	}
}

func TestAccountsOfAnAdministrator(t *testing.T) {
	t.Parallel()
	d := sit(t)
	if p := d.visitor(t, "tonghop").get("/admin/accounts"); p.status != http.StatusForbidden {
		t.Errorf("an analyst sees the accounts: %d", p.status)
	}
	admin := d.visitor(t, d.addAdmin(t))
	p := admin.get("/admin/accounts")
	p.sound("vi")
	p.has("tonghop", "vanthu", "Chờ đặt mật khẩu", "Tài khoản mới")

	p = admin.post("/admin/accounts", "login", "moi", "name", "Người mới", "role", "clerk", "way", "link")
	p.sound("vi")
	link, err := url.Parse(p.secret())
	must(t, err)
	guest := d.visitor(t, "nobody")
	p = guest.get(link.Path)
	p.sound("vi")
	p.has("Người mới")
	guest.post(link.Path, "password", "password1234", "again", "password1234").has("bị đoán đầu tiên")
	if p = guest.post(link.Path, "password", "ba con mèo trên mái", "again", "ba con mèo trên mái"); p.at.Path != "/" || p.status != 200 {
		t.Errorf("at %s: %s", p.at, p.text())
	}
	if p = guest.get(link.Path); p.status != http.StatusNotFound {
		t.Errorf("a used link: %d", p.status)
	}

	admin.post("/admin/accounts", "login", "moi", "name", "Khác", "role", "clerk", "way", "password").has("đã có người dùng")
	p = admin.post("/admin/accounts", "login", "nua", "name", "", "role", "analyst", "way", "password")
	d.logins["nua"] = p.secret()
	nua := d.settle(t, "nua")
	nua.get("/units").one("h1")

	page := ""
	for _, a := range admin.get("/admin/accounts").all("td a") {
		if words(a) == "nua" {
			page = attr(a, "href")
		}
	}
	admin.get(page).sound("vi")
	admin.post(page, "act", "logins").has("Đã kết thúc mọi nơi đăng nhập")
	if p = nua.get("/units"); p.at.Path != "/login" {
		t.Errorf("the login lives on: %s", p.at)
	}
	admin.post(page, "act", "grant", "role", "inspector").has("Kiểm tra")
	admin.post(page, "act", "disable").has("Đã khóa")
	if p = nua.post("/login", "login", "nua", "password", d.logins["nua"]); p.status != http.StatusUnauthorized {
		t.Errorf("a shut account logs in: %d", p.status)
	}
	admin.post(page, "act", "enable").has("Đã mở lại")
	if p = admin.post(page, "act", "link"); !strings.Contains(p.secret(), "/link/") {
		t.Error("no link is shown")
	}
	if p = admin.post(page, "act", "gi-do"); p.status != http.StatusBadRequest {
		t.Errorf("an unknown act: %d", p.status)
	}
}

// turned is an office whose clock the test turns.
func turned(t *testing.T, c web.Config) (*desk, func(time.Duration)) {
	t.Helper()
	d := sit(t)
	now := time.Date(2026, 1, 16, 2, 0, 0, 0, time.UTC)
	d.again(t, c, func(a *app.Config) { a.Now = func() time.Time { return now } })
	return d, func(by time.Duration) { now = now.Add(by) }
}

func TestDangerNeedsThePasswordAgain(t *testing.T) {
	t.Parallel()
	d, pass := turned(t, web.Config{})
	admin := d.visitor(t, d.addAdmin(t))
	admin.get("/admin/accounts").one("#login")
	pass(access.FreshFor)
	p := admin.get("/admin/accounts")
	if len(p.all("#login")) != 0 {
		t.Error("the form is offered although it would be refused")
	}
	p = admin.post("/admin/accounts", "login", "moi", "role", "clerk", "way", "password")
	if p.at.Path != "/account/prove" {
		t.Fatalf("at %s", p.at)
	}
	p.sound("vi")
	if p = admin.post("/account/prove", "to", "/admin/accounts", "password", "sai"); p.status != http.StatusBadRequest {
		t.Errorf("a wrong password: %d", p.status)
	}
	if p = admin.post("/account/prove", "to", "/admin/accounts", "password", d.logins["quantri"]); p.at.Path != "/admin/accounts" {
		t.Fatalf("at %s: %s", p.at, p.text())
	}
	p.one("#login")
}

func TestTooManyTries(t *testing.T) {
	t.Parallel()
	d := sit(t)
	known := d.visitor(t, "tonghop")
	known.post("/logout")
	stranger := d.visitor(t, "nobody")
	for range 5 {
		stranger.post("/login", "login", "tonghop", "password", "sai")
	}
	p := stranger.post("/login", "login", "tonghop", "password", d.logins["tonghop"])
	if p.status != http.StatusTooManyRequests || p.header.Get("Retry-After") == "" {
		t.Errorf("the sixth try: %d, %v", p.status, p.header)
	}
	p.has("Thử lại sau")
	if p = known.post("/login", "login", "tonghop", "password", d.logins["tonghop"]); p.at.Path != "/" {
		t.Errorf("the browser that is known is kept out: %d at %s", p.status, p.at)
	}
}

func TestRequestLimits(t *testing.T) {
	t.Parallel()
	d, _ := turned(t, web.Config{PerAccount: web.Limit{Every: time.Hour, Burst: 4}, PerAddress: web.Limit{Every: time.Hour, Burst: 9}})
	v := d.visitor(t, "tonghop") // two requests: the form, and the page after it
	var last page
	for range 4 {
		last = v.get("/units")
	}
	if last.status != http.StatusTooManyRequests {
		t.Errorf("the fifth page of one account: %d", last.status)
	}
	for range 4 {
		last = d.visitorless(t).get("/login")
	}
	if last.status != http.StatusTooManyRequests {
		t.Errorf("the tenth page of one address: %d", last.status)
	}
}

// visitorless is a browser that has not tried to log in.
func (d *desk) visitorless(t *testing.T) visitor {
	t.Helper()
	return visitor{t: t, client: &http.Client{}, base: d.url}
}

func TestRequiredSecondFactorHolds(t *testing.T) {
	t.Parallel()
	d := sit(t)
	d.again(t, web.Config{}, func(a *app.Config) { a.SecondFactor = app.SecondRequired })
	v := d.visitor(t, "tonghop")
	for _, path := range []string{"/", "/units", "/documents"} {
		if p := v.get(path); p.at.Path != "/account" {
			t.Errorf("%s leads to %s", path, p.at)
		}
	}
	v.get("/account").has("phải có xác thực hai lớp")
	if p := v.post("/documents/x/review"); p.status != http.StatusForbidden {
		t.Errorf("a form: %d", p.status)
	}
}

// TestAccountPagesInBrowser looks at the pages about logins, wide and on a phone.
func TestAccountPagesInBrowser(t *testing.T) {
	t.Parallel()
	d := sit(t)
	s := browse(t, d, d.addAdmin(t))
	admin := access.Principal{Realm: int64(d.holding.Realm), Account: "admin", Agency: string(d.holding.Agency), Grants: []access.Grant{{Role: access.Admin, All: true}},
		Proved: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)}
	acc, err := d.AccountNamed(d.ctx, admin, "tonghop")
	must(t, err)
	link, err := d.MakeLink(d.ctx, admin, acc.ID)
	must(t, err)
	look := func(name string) {
		t.Helper()
		s.size(1280, 900)
		s.fits(name)
		s.picture(name)
		s.size(390, 844)
		s.fits(name + " on a phone")
		s.picture(name + "-390")
		s.size(320, 640)
		s.fits(name + " at 320")
		s.size(1280, 900)
	}
	for name, path := range map[string]string{"account": "/account", "accounts": "/admin/accounts", "account-of": "/admin/accounts/" + string(acc.ID),
		"prove": "/account/prove", "link": "/link/" + link} {
		s.do(chromedp.Navigate(d.url + path))
		look(name)
	}
	s.do(chromedp.Navigate(d.url+"/account"), chromedp.Click(chromedp.CSS(`form[action="/account/codes"] button`)), chromedp.WaitReady(chromedp.CSS(".enrol img")))
	s.until(`document.querySelector(".enrol img").naturalWidth === 264`)
	look("codes")
	c, err := totp.GenerateCode(s.eval(`document.querySelector(".secret").textContent.replaceAll(" ", "")`), time.Date(2026, 1, 15, 2, 0, 10, 0, time.UTC))
	must(t, err)
	s.do(chromedp.SendKeys(chromedp.CSS("#code"), c), chromedp.Click(chromedp.CSS("main button.main")), chromedp.WaitReady(chromedp.CSS(".recovery")))
	look("recovery")
	s.do(chromedp.Navigate(d.url+"/admin/accounts"), chromedp.SendKeys(chromedp.CSS("#login"), "moi"), chromedp.Click(chromedp.CSS("main button.main")),
		chromedp.WaitReady(chromedp.CSS("code.secret")))
	look("secret")
	s.do(chromedp.Navigate(d.url+"/account"), chromedp.Click(chromedp.CSS(`form[action="/logout"] button`)), chromedp.WaitReady(chromedp.CSS("#login")))
	look("login")
	s.do(chromedp.SendKeys(chromedp.CSS("#login"), "quantri"), chromedp.SendKeys(chromedp.CSS("#password"), d.logins["quantri"]),
		chromedp.Click(chromedp.CSS("main button.main")), chromedp.WaitReady(chromedp.CSS("#code")))
	look("second")
	s.quiet()
}
