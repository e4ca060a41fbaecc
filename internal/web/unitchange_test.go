package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// A change of units by plain forms: filled in, tried, applied, looked at, undone.
func TestUnitChangeByForms(t *testing.T) {
	t.Parallel()
	d := sit(t)
	v := d.visitor(t, "tonghop")
	const form = "/units/changes/new"
	p := v.get("/units/changes")
	p.sound("vi")
	p.has("Chưa có lần sắp xếp nào")
	p = v.get("/units/07909")
	if !strings.Contains(p.body, `href="/units/changes/new?old=07909`) {
		t.Error("the unit's page leads to no change of it")
	}
	p = v.get(form + "?old=07909")
	p.sound("vi")
	if n := strings.Count(p.body, `name="old_`); n != 4 {
		t.Errorf("%d rows", n)
	}
	p = v.post(form, with(p.typed(form), "do", "more_olds")...)
	if n := strings.Count(p.body, `name="old_`); n != 8 || !strings.Contains(p.body, `value="07909"`) {
		t.Errorf("%d rows after asking for more", n)
	}
	filled := with(p.typed(form), "old_1", "phường Nông Trang", "code_0", "07900", "day", "2026-01-01")
	p = v.post(form, with(filled, "do", "try")...)
	if p.status != http.StatusBadRequest {
		t.Errorf("without a source: %d", p.status)
	}
	p.has("Chưa ghi số nghị quyết")
	if !strings.Contains(p.body, `value="phường Nông Trang"`) {
		t.Error("what was typed is lost")
	}
	p = v.post(form, with(filled, "source", "12/NQ-HĐND", "old_2", "phường Không Có", "do", "try")...)
	if p.status == http.StatusOK {
		t.Error("a unit that nobody knows is taken")
	}
	p = v.post(form, with(filled, "source", "12/NQ-HĐND", "do", "try")...)
	p.sound("vi")
	p.has("Kết quả chạy thử", "Chưa ghi gì vào sổ", "phường Thanh Miếu", "tiếp nhận và giữ nguyên", "Áp dụng sắp xếp")
	v.get("/units/changes").has("Chưa có lần sắp xếp nào")
	if other := v.post(form, with(p.typed(form), "old_1", "", "do", "apply")...); other.status != http.StatusConflict || !strings.Contains(other.text(), "Kết quả chạy thử") {
		t.Errorf("what nobody has tried is applied: %d", other.status)
	}
	p = v.post(form, with(p.typed(form), "do", "apply")...)
	p.sound("vi")
	p.has("Đã áp dụng sắp xếp", "12/NQ-HĐND", "phường Thanh Miếu, phường Nông Trang → phường Việt Trì", "Đang áp dụng")
	record := p.at.Path
	v.get("/units/07900").has("phường Thanh Miếu")
	undo := strings.Replace(record, "/record", "/undo", 1)
	if p = v.post(undo, "reason", ""); p.status != http.StatusBadRequest {
		t.Errorf("undone without a reason: %d", p.status)
	}
	p = v.post(undo, "reason", "nghị quyết bị thu hồi")
	p.sound("vi")
	p.has("Đã hoàn tác", "nghị quyết bị thu hồi")
	if p = v.post(undo, "reason", "lần nữa"); p.status != http.StatusConflict {
		t.Errorf("undone twice: %d", p.status)
	}
	v.get("/units/changes").has("Đã hoàn tác")
}

// Agencies are merged by their names alone, and what is proposed can be altered.
func TestAgenciesMergedByForms(t *testing.T) {
	t.Parallel()
	d := sit(t)
	v := d.visitor(t, "tonghop")
	const form = "/units/changes/new"
	filled := with(v.get(form).typed(form), "day", "2026-01-01", "source", "2/QĐ-UBND", "bodies", "Văn phòng Không Có\n", "body", "Văn phòng chung", "do", "try")
	p := v.post(form, filled...)
	p.has("Sổ không có cơ quan đang hoạt động nào tên là “Văn phòng Không Có”")
	p = v.post(form, with(filled, "bodies", "Văn phòng Tỉnh ủy Phú Thọ")...)
	p.has("là cơ quan giữ sổ này")
}

// The form with its trial, and a change that was carried out, fit every screen.
func TestUnitChangeInBrowser(t *testing.T) {
	t.Parallel()
	d := work(t)
	s := browse(t, d, "tonghop")
	look := func(name string) {
		for _, w := range []int64{1280, 390, 320} {
			s.size(w, 900)
			s.fits(name)
		}
		s.size(1280, 900)
		s.look("dark", "")
		s.fits(name + " dark")
		s.look("", "")
	}
	s.size(1280, 900)
	s.do(chromedp.Navigate(d.url + "/units/changes/new?old=07909"))
	look("change")
	for name, value := range map[string]string{"day": "2026-01-01", "source": "12/NQ-HĐND", "code_0": "07900"} {
		s.do(chromedp.SetValue(chromedp.CSS("[name="+name+"]"), value))
	}
	s.do(chromedp.Click(chromedp.CSS("button[value=try]")), chromedp.WaitVisible(chromedp.CSS("#trial")))
	look("trial")
	s.picture("unitchange")
	s.do(chromedp.Click(chromedp.CSS("button[value=apply]")), chromedp.WaitVisible(chromedp.CSS("#undo")))
	look("carried out")
	s.do(chromedp.Navigate(d.url + "/units/changes"))
	look("changes")
}
