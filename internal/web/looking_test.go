package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/lang"
)

// matterOf is the first matter of a kind.
func (d *desk) matterOf(t *testing.T, k gov.MatterKind) app.MatterLine {
	t.Helper()
	v, err := d.Matters(d.ctx, d.analyst, gov.MatterQuery{Kinds: []gov.MatterKind{k}}, true)
	must(t, err)
	if len(v.Lines) == 0 {
		t.Fatalf("there is no %s", k)
	}
	return v.Lines[0]
}

// step takes a step through the form with files, as a browser sends it.
func (v visitor) step(m app.MatterLine, name, data string, pairs ...string) page {
	v.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(pairs); i += 2 {
		must(v.t, w.WriteField(pairs[i], pairs[i+1]))
	}
	f, err := w.CreateFormFile("file", name)
	must(v.t, err)
	_, err = f.Write([]byte(data))
	must(v.t, err)
	must(v.t, w.Close())
	r, err := http.NewRequest(http.MethodPost, v.base+"/matters/"+string(m.ID), &b)
	must(v.t, err)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return v.send(r)
}

func TestMatterShowsItsSixPointsAndFiles(t *testing.T) {
	t.Parallel()
	d := work(t)
	v := d.visitor(t, "tonghop")
	m := d.matterOf(t, gov.Task)
	p := v.get("/matters/" + string(m.ID))
	six := p.all(".six .word")
	if len(six) != len(gov.Six) {
		t.Fatalf("%d of the six", len(six))
	}
	has := m.Clarity()
	hollow := 0
	for i, c := range gov.Six {
		if got := strings.HasPrefix(words(six[i]), "●"); got != has[c] {
			t.Errorf("%s: filled %v, has it %v", c, got, has[c])
		}
		if !has[c] {
			hollow++
			p.has(lang.VI.T("gap." + string(c)))
		}
	}
	if n := len(p.all(".gaps li")); n != hollow || hollow == 0 {
		t.Errorf("%d gaps for %d hollow words", n, hollow)
	}
	version := strconv.Itoa(m.Version)
	if got := v.step(m, "mat.txt", "MẬT\n\nBÁO CÁO\nNội dung.", "action", "report", "note", "x", "version", version); got.status < 400 {
		t.Errorf("a file marked secret: %d", got.status)
	}
	if files := v.get("/matters/" + string(m.ID)).all(".files a"); len(files) != 0 {
		t.Fatal("the refused file stands on the page")
	}
	if got := v.step(m, "báo cáo.txt", "Kết quả rà soát vốn.", "action", "report", "note", "đã rà soát", "version", version); got.status != http.StatusOK && got.status != http.StatusSeeOther {
		t.Fatalf("a report with a file: %d", got.status)
	}
	file := v.get("/matters/" + string(m.ID)).one(".timeline .files a")
	if words(file) != "báo cáo.txt" {
		t.Errorf("the file is called %q", words(file))
	}
	got := v.get(attr(file, "href"))
	if got.status != http.StatusOK || got.body != "Kết quả rà soát vốn." || got.header.Get("Content-Type") != "application/octet-stream" {
		t.Errorf("%d %q %q", got.status, got.header.Get("Content-Type"), got.body)
	}
	if got := v.get("/matters/" + string(m.ID) + "/files/" + strings.Repeat("0", 64)); got.status != http.StatusNotFound {
		t.Errorf("a file that is not there: %d", got.status)
	}
}

// The form of a step offers a day, words and the time limits of the law, each with its day; what was typed stays where the step is refused.
func TestStepOffersTheLaw(t *testing.T) {
	t.Parallel()
	d := work(t)
	m := d.matterOf(t, gov.Recommendation)
	v := d.visitor(t, "tonghop")
	path := "/matters/" + string(m.ID)
	page := v.get(path)
	if n := len(page.all("select[name=rule] option")); n < 10 {
		t.Fatalf("%d time limits", n)
	}
	page.has("Luật Tiếp công dân 2013", "10 ngày làm việc, đến")
	again := v.post(path, "version", strconv.Itoa(m.Version), "action", "schedule", "note", "sẽ làm", "term", "sớm", "rule", "reception_reply")
	if again.status != http.StatusUnprocessableEntity && again.status != http.StatusBadRequest {
		t.Fatalf("vague words: %d", again.status)
	}
	if len(again.all("input[name=term][value=sớm]")) != 1 || len(again.all("select[name=rule] option[selected]")) != 1 {
		t.Error("what was typed is gone")
	}
	if p := v.post(path, "version", strconv.Itoa(m.Version), "action", "schedule", "note", "sẽ làm", "rule", "reception_reply"); p.status != http.StatusOK && p.status != http.StatusSeeOther {
		t.Fatalf("by the law: %d", p.status)
	}
	v.get(path).has("Luật Tiếp công dân 2013")
	now, err := d.Matter(d.ctx, d.analyst, m.ID)
	must(t, err)
	if now.State != gov.Scheduled || now.Due <= d.Today() {
		t.Errorf("%s, due %s", now.State, now.Due)
	}
}

func TestRegisterOfRecommendations(t *testing.T) {
	t.Parallel()
	d := work(t)
	v := d.visitor(t, "tonghop")
	m := d.matterOf(t, gov.Recommendation)
	at := "/matters/" + string(m.ID)
	v.get(at).has("Trả lời", "Chưa trả lời", "Chưa giải quyết", "Chưa ghi lĩnh vực.")
	post := func(pairs ...string) {
		t.Helper()
		now, err := d.Matter(d.ctx, d.analyst, m.ID)
		must(t, err)
		if p := v.post(at, append(pairs, "version", strconv.Itoa(now.Version))...); p.status != http.StatusOK {
			t.Fatalf("%v: %d %s", pairs, p.status, p.text())
		}
	}
	post("action", "classify", "field", "finance")
	post("action", "route", "level", "province")
	post("action", "answer", "note", "Sở Tài chính đang tổng hợp")
	v.get(at).has("Tài chính, ngân sách", "Cấp tỉnh", "Đã trả lời", "Chưa giải quyết")
	if p := v.post(at, "action", "classify", "field", "khong-co", "version", "99"); p.status == http.StatusOK {
		t.Error("a field that is not in the table was taken")
	}
	all := v.get("/recommendations")
	list := v.get("/recommendations?field=finance&level=province&all=1")
	if rows := list.all("table.register tbody tr"); len(rows) != 1 || len(all.all("table.register tbody tr")) < 5 {
		t.Errorf("%d rows of the field, %d of all", len(rows), len(all.all("table.register tbody tr")))
	}
	since := string(d.Today())
	changed := v.get("/recommendations?changed=answered&since=" + since)
	if rows := changed.all("table.register tbody tr"); len(rows) != 1 {
		t.Errorf("%d answered today", len(rows))
	}
	report := v.get("/recommendations/report?since=" + since)
	report.has("Báo cáo kiến nghị", "Tài chính, ngân sách", "Cấp tỉnh")
	if p := v.get("/recommendations/report?since=2999-01-01"); p.status != http.StatusBadRequest && p.status != http.StatusUnprocessableEntity {
		t.Errorf("since a day to come: %d", p.status)
	}
	table := v.get("/recommendations/map")
	table.has("Tài chính, ngân sách")
	if len(table.all("table.map tfoot td")) != len(table.all("table.map thead th"))-1 {
		t.Error("the sums of the map do not stand under its columns")
	}
	for _, path := range []string{"/recommendations/file?format=", "/recommendations/report/file?since=" + since + "&format=", "/matters/file?kind=task&format=",
		"/matters/league/file?kind=task&by=unit&format=", "/matters/league/file?kind=task&format=", "/matters/league/file?kind=recommendation&format="} {
		for _, format := range []string{"xlsx", "docx"} {
			if p := v.get(path + format); p.status != http.StatusOK || !strings.HasPrefix(p.body, "PK") || !strings.Contains(p.header.Get("Content-Disposition"), "."+format) {
				t.Errorf("%s%s: %d", path, format, p.status)
			}
		}
		if p := v.get(path + "exe"); p.status != http.StatusNotFound {
			t.Errorf("%sexe: %d", path, p.status)
		}
	}
}

func TestGatheringNeedsAPerson(t *testing.T) {
	t.Parallel()
	d := work(t)
	v := d.visitor(t, "tonghop")
	list, err := d.Recommendations(d.ctx, d.analyst, app.RecommendationQuery{})
	must(t, err)
	one, other := list.Lines[0].ID, list.Lines[1].ID
	if list.Lines[0].Asked.With != nil {
		t.Fatal("gathered by itself")
	}
	if p := v.post("/recommendations/similar", "one", string(one), "other", string(one), "kind", "similar"); p.status == http.StatusOK {
		t.Error("a recommendation was gathered with itself")
	}
	if p := v.post("/recommendations/similar", "one", string(one), "other", string(other), "kind", "answers"); p.status == http.StatusOK {
		t.Error("a link of another kind was made")
	}
	v.post("/recommendations/similar", "one", string(one), "other", string(other), "kind", "similar").has("Đã ghi.")
	p := v.get("/matters/" + string(one))
	if rows := p.all("#with tbody tr"); len(rows) != 1 {
		t.Errorf("%d gathered with it", len(rows))
	}
	again, err := d.Recommendations(d.ctx, d.analyst, app.RecommendationQuery{})
	must(t, err)
	if again.Total != list.Total {
		t.Errorf("gathering made %d of %d", again.Total, list.Total)
	}
}

func TestSavedViewsBoardAndMonths(t *testing.T) {
	t.Parallel()
	d := work(t)
	v := d.visitor(t, "tonghop")
	saved := v.post("/views", "list", "/matters", "query", "kind=task&after=x&when=overdue", "name", " Quá  hạn ")
	link := saved.one(".view a")
	if words(link) != "Quá hạn" || attr(link, "href") != "/matters?kind=task&when=overdue" {
		t.Errorf("%q leads to %q", words(link), attr(link, "href"))
	}
	if p := v.post("/views", "list", "https://elsewhere.example", "query", "", "name", "x"); p.status == http.StatusOK {
		t.Error("an address elsewhere was saved")
	}
	gone := v.post(attr(saved.one(".view form"), "action"))
	if len(gone.all(".view")) != 0 {
		t.Error("the view is still there")
	}
	all, err := d.Matters(d.ctx, d.analyst, gov.MatterQuery{Kinds: []gov.MatterKind{gov.Task}}, false)
	must(t, err)
	sum := 0
	for _, a := range v.get("/matters/board").all(".board h2 a") {
		n, _ := strconv.Atoi(words(a))
		sum += n
	}
	cells := v.get("/matters/months").all(".months tfoot td")
	if got := words(cells[3]); sum != all.Total || got != strconv.Itoa(all.Total) {
		t.Errorf("the board holds %d, the months %s, the list %d", sum, got, all.Total)
	}
	if _, err := url.Parse(attr(link, "href")); err != nil {
		t.Error(err)
	}
}
