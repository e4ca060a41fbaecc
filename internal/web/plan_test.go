package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"haicap/internal/gov"
	"haicap/internal/lang"
)

// typed is what the post form at an address would send as it stands.
func (p page) typed(action string) []string {
	p.t.Helper()
	var pairs []string
	form := p.all(`[action=` + action + `]`)
	if len(form) == 0 {
		p.t.Fatalf("%s: no form for %s", p.at.Path, action)
	}
	for e := range form[0].Descendants() {
		if e.Data != "input" && e.Data != "textarea" && e.Data != "select" {
			continue
		}
		name, value := attr(e, "name"), attr(e, "value")
		kind := attr(e, "type")
		if _, ticked := attrOf(e, "checked"); name == "" || kind == "checkbox" && !ticked {
			continue
		}
		switch e.Data {
		case "textarea":
			value = words(e)
		case "select":
			for o := e.FirstChild; o != nil; o = o.NextSibling {
				if _, chosen := attrOf(o, "selected"); o.Type == html.ElementNode && (chosen || value == "") {
					value = attr(o, "value")
				}
			}
		}
		pairs = append(pairs, name, value)
	}
	return pairs
}

// with is a form with other values in some of its fields.
func with(pairs []string, other ...string) []string {
	list := append([]string{}, pairs...)
	for i := 0; i+1 < len(other); i += 2 {
		found := false
		for j := 0; j+1 < len(list); j += 2 {
			if list[j] == other[i] {
				list[j+1], found = other[i+1], true
			}
		}
		if !found {
			list = append(list, other[i], other[i+1])
		}
	}
	return list
}

func TestReadyTemplateIsCopiedAppliedAndUndone(t *testing.T) {
	t.Parallel()
	d := work(t)
	v := d.visitor(t, "tonghop")
	list := v.get("/plans")
	list.has("Chưa có kế hoạch nào", "Bầu cử đại biểu", "cần kiểm tra")
	form := v.get("/plans/new?ready=bau_cu_dai_bieu")
	made := v.post("/plans/new", with(form.typed("/plans/new"), "units", "07909 04795", "number", "31-KH/ĐU")...)
	made.has("Đã lập kế hoạch.", "chậm nhất 105 ngày trước ngày bầu cử", "Luật Bầu cử", "cần kiểm tra", "31-KH/ĐU")
	at := made.at.Path
	if p := v.get(at + "/apply?anchor=2026-13-45"); p.status != http.StatusBadRequest || !strings.Contains(p.text(), "ngày mốc") {
		t.Errorf("no day: %d", p.status)
	}
	preview := v.get(at + "/apply?anchor=2026-03-15")
	preview.has("30/11/2025", "đã qua", "Lùi 105 ngày từ Chủ nhật, 15/03/2026", "2 cơ quan", "Thường trực HĐND phường Thanh Miếu")
	if n := len(v.get("/matters?kind=task").all("table.rows tbody tr")); n > 0 && strings.Contains(v.get("/matters?kind=task").text(), "Ủy ban bầu cử") {
		t.Error("a preview made tasks")
	}
	after := v.post(at+"/apply", preview.typed(at+"/apply")...)
	after.has("Đã tạo nhiệm vụ.", "18 nhiệm vụ")
	if p := v.post(at+"/apply", preview.typed(at+"/apply")...); p.status != http.StatusConflict {
		t.Errorf("the same form twice: %d", p.status)
	}
	task := v.get(attr(after.all("#runs td.what a")[0], "href"))
	task.has("Theo mẫu", "31-KH/ĐU", "Lùi 105 ngày từ Chủ nhật")
	if href := attr(task.one("#source a"), "href"); href != at {
		t.Errorf("the task leads to %q", href)
	}
	undo := v.get(at)
	if p := v.post(at, with(undo.typed(at), "do", "undo", "note", " ")...); p.status != http.StatusBadRequest {
		t.Errorf("without a reason: %d", p.status)
	}
	v.post(at, with(undo.typed(at), "do", "undo", "note", "nhầm ngày")...).has("Đã hoàn tác", "18 Thu hồi", "nhầm ngày")
}

func TestProgrammePage(t *testing.T) {
	t.Parallel()
	d := work(t)
	v := d.visitor(t, "tonghop")
	v.get("/plans/new").has("Chương trình hành động", "Việc định kỳ", "Mẫu")
	form := v.get("/plans/new?kind=programme")
	more := v.post("/plans/new", with(form.typed("/plans/new"), "title", "Chương trình 05", "lines", "1. Rà soát trụ sở\tSở Tài chính\t\tPhương án\n- Số hóa hồ sơ\tchính đơn vị", "do", "more")...)
	pairs := more.typed("/plans/new")
	refused := v.post("/plans/new", with(pairs, "i0.from", "2027", "i0.to", "2026")...)
	if refused.status != http.StatusBadRequest {
		t.Errorf("years in the wrong order: %d", refused.status)
	}
	refused.has("Việc thứ 1")
	if got := attr(refused.one("input[name=title]"), "value"); got != "Chương trình 05" {
		t.Errorf("what was typed is %q", got)
	}
	page := v.post("/plans/new", with(pairs, "i0.from", "2025", "i1.from", "2025", "i1.to", "2027")...)
	page.has("Năm 2025: chưa tạo nhiệm vụ", "Chưa có văn bản", "Sở Tài chính", "chính đơn vị", "Phương án")
	at := page.at.Path
	year := v.get(at + "/apply?year=2025")
	v.post(at+"/apply", year.typed(at+"/apply")...).has("Đã tạo nhiệm vụ.", "Chưa hoàn thành, quá hạn", "mở năm này")
	if p := v.get(at + "/apply?year=2025"); p.status != http.StatusConflict {
		t.Errorf("a year whose tasks are there: %d", p.status)
	}
	table := v.get(at)
	if heads, sums := table.all(".programme thead th"), table.all(".programme tfoot .sum td"); len(heads) != 4 || len(sums) != 3 || words(sums[0]) != "2" || words(sums[2]) != "1" {
		t.Errorf("%d heads, %d sums", len(heads), len(sums))
	}
	for _, format := range []string{"xlsx", "docx"} {
		if p := v.get(at + "/file?format=" + format); p.status != http.StatusOK || !strings.HasPrefix(p.body, "PK") {
			t.Errorf("%s: %d", format, p.status)
		}
	}
	edit := v.get(at + "/edit")
	if p := v.post(at+"/edit", with(edit.typed(at+"/edit"), "i1.out", "1")...); p.status != http.StatusBadRequest {
		t.Errorf("changed without a reason: %d", p.status)
	}
	v.post(at+"/edit", with(edit.typed(at+"/edit"), "i1.out", "1", "note", "bỏ bớt")...).has("Đã lưu phiên bản mới", "phiên bản 1", "không còn trong phiên bản hiện hành", "bỏ bớt")
	v.get(at+"?version=1").has("Đây là phiên bản 1", "Số hóa hồ sơ")
	v.post(at, "do", "end", "version", "2", "note", "hết hiệu lực").has("Đã kết thúc", "hết hiệu lực")
	clerk := d.visitor(t, "vanthu")
	if p := clerk.get(at); p.status != http.StatusOK || len(p.all("[href="+at+"/edit]")) != 0 {
		t.Errorf("a clerk is offered what he may not do: %d", p.status)
	}
	clerk.get("/plans?kind=programme").has("Chương trình 05")
}

func TestRecurringPage(t *testing.T) {
	t.Parallel()
	d := work(t)
	v := d.visitor(t, "tonghop")
	form := v.get("/plans/new?ready=nam_cap_xa")
	if len(form.all("fieldset.item")) < 3 {
		form = v.get("/plans/new?kind=recurring") // the ready one begins later
	}
	pairs := with(form.typed("/plans/new"), "title", "Việc định kỳ", "i0.text", "Báo cáo tháng", "i0.every", "month", "i0.on", "17", "i0.shift", "on", "i0.ahead", "31")
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == "i0.last" {
			pairs[i] = "was"
		}
	}
	page := v.post("/plans/new", pairs...)
	page.has("hằng tháng, ngày 17", "chuyển sang ngày làm việc sau", "Kỳ tới", "Tết Nguyên đán")
	at := page.at.Path
	if p := v.post(at, "do", "pause", "version", "1", "note", ""); p.status != http.StatusBadRequest {
		t.Errorf("paused without a reason: %d", p.status)
	}
	v.post(at, "do", "pause", "version", "1", "note", "nghỉ Tết").has("Tạm dừng", "nghỉ Tết")
	v.post(at, "do", "resume", "version", "1", "note", "làm lại").has("Đang áp dụng")
	if p := v.get(at + "/apply"); p.status != http.StatusOK { // asks, and then refuses
		t.Errorf("%d", p.status)
	}
	if p := v.post("/plans/new", with(pairs, "i0.on", "32")...); p.status != http.StatusBadRequest || !strings.Contains(p.text(), lang.VI.T("error.plan_item_when."+string(gov.PlanRecurring), 1)) {
		t.Errorf("the 32nd of each month: %d", p.status)
	}
}

// Pages of plans fit on every screen, and on paper.
func TestPlansInBrowser(t *testing.T) {
	t.Parallel()
	d := work(t)
	s := browse(t, d, "tonghop")
	v := d.visitor(t, "tonghop")
	made := map[string]string{}
	for name, query := range map[string]string{"template": "?ready=bau_cu_dai_bieu", "programme": "?kind=programme", "recurring": "?kind=recurring"} {
		form := v.get("/plans/new" + query)
		p := v.post("/plans/new", with(form.typed("/plans/new"), "title", "Chương trình hành động thực hiện nghị quyết", "units", "07909 04795", "i0.text", "Rà soát, sắp xếp trụ sở dôi dư sau sắp xếp đơn vị hành chính",
			"i0.from", "2025", "i0.to", "2029")...)
		made[name] = p.at.Path
	}
	for _, y := range []string{"2025", "2026"} {
		at := made["programme"] + "/apply"
		v.post(at, v.get(at+"?year="+y).typed(at)...)
	}
	pages := map[string]string{"plans": "/plans", "plan-new": "/plans/new", "plan-form": made["recurring"] + "/edit", "plan-template": made["template"], "plan-programme": made["programme"],
		"plan-recurring": made["recurring"], "plan-apply": made["template"] + "/apply", "plan-preview": made["template"] + "/apply?anchor=2026-03-15"}
	for name, path := range pages {
		s.do(chromedp.Navigate(d.url + path))
		s.picture(name)
		s.look("dark", "")
		s.picture(name + "-dark")
		s.look("", "")
		for _, width := range []int64{1280, 390, 320} {
			s.size(width, 844)
			s.fits(name)
		}
		s.size(1280, 900)
	}
	if n := s.paper(d.url + made["programme"]); n > 2 {
		t.Errorf("a programme has %d pages", n)
	}
	s.quiet()
}
