package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"haicap/internal/access"
	"haicap/internal/audit"
)

func TestAuditPage(t *testing.T) {
	t.Parallel()
	d := work(t)
	v := d.visitor(t, "thanhtra")
	doc := attr(v.get("/documents").all("tbody a")[0], "href")
	v.get(doc)
	for _, lang := range []string{"vi", "en"} {
		v.post("/lang", "lang", lang, "to", "/")
		p := v.get("/audit")
		p.sound(lang)
		if n := len(p.all("tbody tr")); n != 50 {
			t.Errorf("%d lines on a page", n)
		}
		if next := v.get(attr(p.one(".more a"), "href")); len(next.all("tbody tr")) == 0 {
			t.Error("no further page")
		}
	}
	v.post("/lang", "lang", "vi", "to", "/")

	p := v.get("/audit?action=document.open&account=thanhtra&noun=document&from=2026-01-15&to=2026-01-15")
	p.has("Người thanhtra", "Mở đọc văn bản")
	if len(p.all("tbody tr")) != 1 || attr(p.one("td.about a"), "href") != doc {
		t.Errorf("the look is not there alone, with its link:\n%s", p.text())
	}
	if p := v.get("/audit?from=2026-01-16"); len(p.all("tbody tr")) != 0 {
		t.Error("lines of a day that has none")
	}
	v.get("/audit?account=khongco").has("Không có tài khoản “khongco”")
	for _, bad := range []string{"/audit?from=mai", "/audit?to=2026-02-30", "/audit?after=x"} {
		if p := v.get(bad); p.status != http.StatusBadRequest {
			t.Errorf("%s: %d", bad, p.status)
		}
	}

	v.get("/audit").has("chưa kiểm tra")
	v.post("/audit/verify").has("nguyên vẹn")

	head := v.get("/audit/head")
	public, err := d.AuditPublicKey(access.System(int64(d.holding.Realm), ""))
	must(t, err)
	if h, err := audit.Open([]byte(head.body), public); err != nil || h.Size < 50 || !strings.Contains(head.header.Get("Content-Disposition"), "haicap-1-") {
		t.Errorf("%v: %s", err, head.body)
	}

	// The administrator reads it too, without the books; nobody else does.
	admin := d.visitor(t, d.addAdmin(t))
	p = admin.get("/audit?noun=document")
	p.has("Đưa văn bản vào sổ", "Người tonghop")
	if n := len(p.all("td.about a")); n != 0 {
		t.Errorf("an administrator is led to %d documents", n)
	}
	for _, login := range []string{"tonghop", "vanthu"} {
		other := d.visitor(t, login)
		for _, path := range []string{"/audit", "/audit/head"} {
			if p := other.get(path); p.status != http.StatusForbidden {
				t.Errorf("%s, %s: %d", login, path, p.status)
			}
		}
		if p := other.post("/audit/verify"); p.status != http.StatusForbidden {
			t.Errorf("%s verifies: %d", login, p.status)
		}
	}
}

// TestAuditInBrowser looks at the page wide, on a phone and on the narrowest screen.
func TestAuditInBrowser(t *testing.T) {
	t.Parallel()
	d := work(t)
	s := browse(t, d, "thanhtra")
	for name, path := range map[string]string{"audit": "/audit", "audit-filtered": "/audit?action=document.file&from=2026-01-01", "audit-none": "/audit?account=x"} {
		s.size(1280, 900)
		s.do(chromedp.Navigate(d.url + path))
		s.fits(name)
		s.picture(name)
		s.look("dark", "")
		s.picture(name + "-dark")
		s.look("", "")
		s.size(390, 844)
		s.fits(name + " on a phone")
		s.picture(name + "-390")
		s.size(320, 640)
		s.fits(name + " at 320")
	}
	s.size(1280, 900)
	s.do(chromedp.Navigate(d.url+"/audit"), chromedp.Click(chromedp.CSS(".actions form button")))
	s.until(`document.querySelector(".facts .word.ok") !== null`)
	s.picture("audit-verified")
	s.quiet()
}
