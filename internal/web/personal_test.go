package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// A person sees, takes along and asks; an administrator answers, corrects and erases; the name is then nowhere on a page.
func TestPersonalData(t *testing.T) {
	t.Parallel()
	const name = "Nguyễn Thị Bích Hạnh"
	d := sit(t)
	admin := d.visitor(t, d.addAdmin(t))
	p := admin.post("/admin/accounts", "login", "bichhanh", "name", name, "role", "clerk", "way", "password")
	d.logins["bichhanh"] = p.secret()
	hanh := d.settle(t, "bichhanh")
	hanh.get("/account").has("Dữ liệu cá nhân của tôi")
	hanh.get("/account/personal").sound("vi")
	hanh.get("/account/personal").has(name, "bichhanh")
	p = hanh.post("/account/personal", "kind", "erase", "words", "Tôi đã nghỉ việc")
	p.has("Đã gửi yêu cầu", "19/01/2026", "Tôi đã nghỉ việc")
	p = hanh.get("/account/personal/export")
	p.sound("vi")
	p.has(name, "Đăng nhập", "Tôi đã nghỉ việc")
	p = hanh.get("/account/personal/export?format=json")
	var got struct {
		Fields  struct{ Name string }
		Account struct{ Login string }
	}
	if err := json.Unmarshal([]byte(p.body), &got); err != nil || got.Fields.Name != name || got.Account.Login != "bichhanh" ||
		!strings.HasPrefix(p.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the file: %v, %+v, %q", err, got, p.header.Get("Content-Disposition"))
	}
	for _, path := range []string{"/admin/personal", "/admin/personal/x", "/admin/personal/x/export"} {
		if p := hanh.get(path); p.status != http.StatusForbidden {
			t.Errorf("a clerk at %s: %d", path, p.status)
		}
	}

	p = admin.get("/admin/personal")
	p.sound("vi")
	p.has(name, "Tôi đã nghỉ việc", "chờ trả lời", "24 tháng")
	person := attr(p.all("#open td a")[0], "href")
	p = admin.get(person)
	p.sound("vi")
	p.has(name, "Xóa vĩnh viễn")
	if len(p.all("input[checked]")) > 0 {
		t.Error("consent is ticked beforehand")
	}
	admin.post(person, "act", "correct", "name", "").has("Chưa có họ tên")
	admin.post(person, "act", "correct", "name", name, "phone", "0987654321").has("Đã ghi dữ liệu mới", "0987654321")
	admin.get(person+"/export").has(name, "0987654321")
	admin.post(person, "act", "erase").has("Chưa xóa gì", name)
	p = admin.post(person, "act", "erase", "sure", "yes")
	p.sound("vi")
	p.has("Đã xóa dữ liệu cá nhân", "(đã xóa theo yêu cầu)", "đã thực hiện")
	for _, path := range []string{person, "/admin/personal", "/admin/accounts", "/audit", strings.Replace(person, "personal", "accounts", 1)} {
		p := admin.get(path)
		p.sound("vi")
		if text := p.text(); strings.Contains(text, name) || strings.Contains(text, "bichhanh") || !strings.Contains(text, "(đã xóa theo yêu cầu)") {
			t.Errorf("%s after the erasing:\n%s", path, text)
		}
	}
	if p := hanh.get("/account"); p.at.Path != "/login" {
		t.Errorf("the login lives on: %s", p.at)
	}
	admin.post("/lang", "lang", "en", "to", "/")
	admin.get(person).sound("en")
	admin.get("/admin/personal").has("(erased on request)")
}

// Requests that come by letter.
func TestRequestsByLetter(t *testing.T) {
	t.Parallel()
	d := sit(t)
	admin := d.visitor(t, d.addAdmin(t))
	admin.post("/admin/personal", "login", "ai-do", "kind", "see", "received", "2026-01-12").has("Không có tài khoản “ai-do”")
	p := admin.post("/admin/personal", "name", "Trần Văn Bình", "phone", "0912000111", "kind", "see", "received", "2026-01-12", "words", "Xin xem")
	p.has("Đã ghi nhận", "quá hạn", "14/01/2026", "1 yêu cầu đã quá hạn")
	person := attr(p.all("#open td a")[0], "href")
	p = admin.get(person)
	p.has("Trần Văn Bình", "0912000111", "người yêu cầu không có tài khoản")
	form := attr(p.all("#requests form")[0], "action")
	if p := admin.post(form, "act", "refuse", "ground", ""); p.status != http.StatusBadRequest {
		t.Errorf("a refusal without a ground: %d", p.status)
	}
	admin.post(form, "act", "refuse", "ground", "not_identified").has("Đã ghi là từ chối", "chưa xác minh được người yêu cầu")
	if p := admin.post(form, "act", "done"); p.status != http.StatusConflict {
		t.Errorf("answered twice: %d", p.status)
	}
}

func TestPersonalPagesInBrowser(t *testing.T) {
	t.Parallel()
	d := sit(t)
	admin := d.visitor(t, d.addAdmin(t))
	admin.post("/admin/personal", "name", "Trần Văn Bình", "phone", "0912000111", "kind", "erase", "received", "2026-01-12", "words", "Xin xóa họ tên và số điện thoại của tôi")
	admin.post("/admin/personal", "login", "tonghop", "kind", "see", "received", "2026-01-15")
	p := admin.get("/admin/personal")
	s := browse(t, d, "quantri")
	for name, path := range map[string]string{"personal": "/admin/personal", "person": attr(p.all("#open td a")[0], "href"),
		"own-personal": "/account/personal", "export": "/account/personal/export"} {
		s.do(chromedp.Navigate(d.url + path))
		s.size(1280, 900)
		s.fits(name)
		s.picture(name)
		s.size(390, 844)
		s.fits(name + " on a phone")
		s.picture(name + "-390")
		s.size(320, 640)
		s.fits(name + " at 320")
	}
}
