package web_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/samples"
	"haicap/internal/web"
)

// work opens an office whose books hold the project's own samples, all but the last confirmed.
func work(t *testing.T) *desk {
	t.Helper()
	d := sit(t)
	all := samples.All()
	for i, s := range all {
		_, review, err := d.FileDocument(d.ctx, d.analyst, app.FileInput{Name: s.Name, Data: s.Data, Source: "https://example.org/" + s.Name})
		must(t, err)
		if i == len(all)-1 {
			break
		}
		v, err := d.Review(d.ctx, d.analyst, review)
		must(t, err)
		for _, c := range v.Cards {
			must(t, d.SettleDraft(d.ctx, d.analyst, review, c.ID, gov.DraftAccepted, c.Version))
		}
		v, err = d.Review(d.ctx, d.analyst, review)
		must(t, err)
		_, err = d.Confirm(d.ctx, d.analyst, review, v.Review.Version)
		must(t, err)
	}
	return d
}

// addAdmin makes a system administrator's account.
func (d *desk) addAdmin(t *testing.T) string {
	t.Helper()
	admin := access.Principal{Realm: int64(d.holding.Realm), Account: "admin", Agency: string(d.holding.Agency), Grants: []access.Grant{{Role: access.Admin, All: true}},
		Proved: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)}
	password, err := d.CreateAccount(d.ctx, admin, app.AccountInput{Login: "quantri", Name: "Quản trị", Role: string(access.Admin)})
	must(t, err)
	d.logins["quantri"] = password
	return "quantri"
}

// text is the page's words in one line.
func (p page) text() string { return words(p.root) }

// has wants every one of the words on the page.
func (p page) has(want ...string) {
	p.t.Helper()
	text := p.text()
	for _, w := range want {
		if !strings.Contains(text, w) {
			p.t.Errorf("%s: %q is not in:\n%s", p.at, w, text)
		}
	}
}

// enough is how many pages of a kind are looked at: units lead to their neighbours for ever.
const enough = 12

// TestEveryPage follows every link from the first page, in both languages, and looks at each page as a person without scripts and
// a browser with a strict policy would.
func TestEveryPage(t *testing.T) {
	t.Parallel()
	d := work(t)
	d.serve(t, web.NewUnlimited(web.Config{App: d.App}))
	v := d.visitor(t, "tonghop")
	for _, lang := range []string{"vi", "en"} {
		v.post("/lang", "lang", lang, "to", "/")
		seen := map[string]bool{}
		queue := []string{"/", "/search?q=ngan+sach", "/matters?all=1", "/matters?kind=difficulty&unit=07909"}
		kinds := map[string]int{}
		for len(queue) > 0 {
			path := queue[0]
			queue = queue[1:]
			key, _, _ := strings.Cut(path, "#")
			kind := kindOf(strings.SplitN(key, "?", 2)[0])
			if seen[key] || kinds[kind] >= enough {
				continue
			}
			seen[key] = true
			p := v.get(key)
			kinds[kind]++
			if p.status != http.StatusOK {
				t.Errorf("%s: status %d", key, p.status)
			}
			if !strings.HasPrefix(p.header.Get("Content-Type"), "text/html") {
				continue
			}
			p.sound(lang)
			for _, a := range p.all("a[href]") {
				if href := attr(a, "href"); strings.HasPrefix(href, "/") {
					queue = append(queue, href)
				}
			}
		}
		for _, want := range []string{"/", "/documents", "/documents/…", "/documents/new", "/documents/…/original", "/sessions", "/sessions/…", "/units",
			"/units/…", "/units/…/brief", "/matters", "/matters/…", "/indicators", "/indicators/…", "/figures/…", "/targets/…", "/search", "/help", "/reviews/…"} {
			if kinds[want] == 0 {
				t.Errorf("%s: no link leads to %s", lang, want)
			}
		}
	}
}

// kindOf is a path with its record left out.
func kindOf(path string) string {
	parts := strings.Split(path, "/")
	if len(parts) > 2 && parts[2] != "new" {
		parts[2] = "…"
	}
	return strings.Join(parts, "/")
}

// sound checks what holds for every page.
func (p page) sound(lang string) {
	p.t.Helper()
	if got := attr(p.one("html"), "lang"); got != lang {
		p.t.Errorf("%s: lang %q", p.at, got)
	}
	if n := len(p.all("h1")); n != 1 {
		p.t.Errorf("%s: %d h1", p.at, n)
	}
	if strings.Contains(p.body, "[web.") || strings.Contains(p.body, "[error.") || strings.Contains(p.body, "%!") {
		p.t.Errorf("%s: a text is missing", p.at)
	}
	ids := map[string]bool{}
	for n := range p.root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if id := attr(n, "id"); id != "" && ids[id] {
			p.t.Errorf("%s: id %s stands twice", p.at, id)
		} else {
			ids[id] = true
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				p.t.Errorf("%s: <%s %s> is inline", p.at, n.Data, a.Key)
			}
		}
		if (n.Data == "script" && attr(n, "src") == "") || n.Data == "style" {
			p.t.Errorf("%s: inline <%s>", p.at, n.Data)
		}
	}
	for _, field := range slices.Concat(p.all("main input"), p.all("main select"), p.all("main textarea")) {
		if kind := attr(field, "type"); kind == "hidden" || attr(field, "aria-label") != "" {
			continue
		}
		if id := attr(field, "id"); (id == "" || len(p.all("label[for="+id+"]")) == 0) && !within(field, "label") {
			p.t.Errorf("%s: field %q has no label", p.at, attr(field, "name"))
		}
	}
	for _, a := range p.all("a[href]") {
		if href := attr(a, "href"); strings.HasPrefix(href, "#") && !ids[href[1:]] {
			p.t.Errorf("%s: %s leads nowhere", p.at, href)
		}
	}
}

func within(n *html.Node, tag string) bool {
	for n = n.Parent; n != nil; n = n.Parent {
		if n.Data == tag {
			return true
		}
	}
	return false
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	d := sit(t)
	p := d.visitor(t, "tonghop").get("/")
	for name, want := range map[string]string{
		"Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
		"X-Content-Type-Options":  "nosniff", "Referrer-Policy": "same-origin", "Cache-Control": "no-store",
	} {
		if got := p.header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	css := attr(p.all("link[rel=stylesheet]")[0], "href")
	res, err := http.Get(d.url + css)
	must(t, err)
	defer res.Body.Close()
	if res.StatusCode != 200 || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") || res.Header.Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("%s: %d, %v", css, res.StatusCode, res.Header)
	}
	res, err = http.Get(d.url + "/static/000000000000/app.css")
	must(t, err)
	defer res.Body.Close()
	if res.StatusCode != 200 || res.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("an old version: %d, %v", res.StatusCode, res.Header)
	}
}

func TestLogin(t *testing.T) {
	t.Parallel()
	d := sit(t)
	v := d.visitor(t, "nobody")
	p := v.get("/units/07909?on=2025-07-01")
	if p.at.Path != "/login" || p.at.Query().Get("to") != "/units/07909?on=2025-07-01" {
		t.Fatalf("a stranger is at %s", p.at)
	}
	p.sound("vi")
	p = v.post("/login", "login", "tonghop", "password", "sai", "to", "/units")
	if p.status != http.StatusUnauthorized || attr(p.one("#login"), "value") != "tonghop" || attr(p.one("#password"), "value") != "" {
		t.Errorf("wrong password: %d", p.status)
	}
	p.one(".trouble[role=alert]")
	p = v.post("/login", "login", "tonghop", "password", d.logins["tonghop"], "to", "/units/07909?on=2025-07-01")
	if p.status != 200 || p.at.Path != "/units/07909" {
		t.Errorf("after the login: %d at %s", p.status, p.at)
	}
	if p = v.post("/logout"); p.at.Path != "/login" {
		t.Errorf("after the logout: %s", p.at)
	}
	if p = v.get("/units"); p.at.Path != "/login" {
		t.Errorf("a page after the logout: %s", p.at)
	}
	if p = v.post("/documents/x/review"); p.status != http.StatusUnauthorized {
		t.Errorf("a form of a stranger: %d", p.status)
	}
}

func TestLoginCookie(t *testing.T) {
	t.Parallel()
	d := sit(t)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.PostForm(d.url+"/login", url.Values{"login": {"tonghop"}, "password": {d.logins["tonghop"]}, "to": {"//evil.example"}})
	must(t, err)
	defer res.Body.Close()
	c := res.Cookies()[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.MaxAge != 0 || res.Header.Get("Location") != "/" {
		t.Errorf("cookie %+v, to %s", c, res.Header.Get("Location"))
	}
}

func TestOtherSitesCannotSendForms(t *testing.T) {
	t.Parallel()
	d := sit(t)
	r, err := http.NewRequest("POST", d.url+"/login", strings.NewReader("login=a"))
	must(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	res, err := http.DefaultClient.Do(r)
	must(t, err)
	defer res.Body.Close()
	var body strings.Builder
	_, err = html.Parse(teeString(res.Body, &body))
	must(t, err)
	if res.StatusCode != http.StatusForbidden || !strings.Contains(body.String(), "từ một trang khác") || res.Header.Get("Content-Security-Policy") == "" {
		t.Errorf("status %d: %s", res.StatusCode, body.String())
	}
}

func TestRoles(t *testing.T) {
	t.Parallel()
	d := sit(t)
	admin := d.visitor(t, d.addAdmin(t))
	admin.get("/").has("Tài khoản quản trị hệ thống không xem các sổ")
	if p := admin.get("/units"); p.status != http.StatusForbidden {
		t.Errorf("an administrator sees units: %d", p.status)
	}
	inspector := d.visitor(t, "thanhtra")
	if p := inspector.get("/documents"); len(p.all("a[href=/documents/new]")) != 0 || p.status != 200 {
		t.Errorf("an inspector is offered to file: %d", p.status)
	}
	if p := inspector.get("/documents/new"); p.status != http.StatusForbidden {
		t.Errorf("an inspector may file: %d", p.status)
	}
}

// upload sends the form by which a document is filed.
func (v visitor) upload(name string, data []byte, pasted string) page {
	v.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	f, err := w.CreateFormFile("file", name)
	must(v.t, err)
	_, err = f.Write(data)
	must(v.t, err)
	must(v.t, w.WriteField("text", pasted))
	must(v.t, w.WriteField("source", "https://example.org/bai"))
	must(v.t, w.Close())
	r, err := http.NewRequest("POST", v.base+"/documents", &b)
	must(v.t, err)
	r.Header.Set("Content-Type", w.FormDataContentType())
	res, err := v.client.Do(r)
	must(v.t, err)
	defer res.Body.Close()
	var body strings.Builder
	root, err := html.Parse(teeString(res.Body, &body))
	must(v.t, err)
	return page{t: v.t, status: res.StatusCode, at: res.Request.URL, header: res.Header, body: body.String(), root: root}
}

func TestUpload(t *testing.T) {
	d := sit(t)
	t.Setenv("TMPDIR", "/no/such/folder") // an upload that is buffered on disk would fail
	v := d.visitor(t, "vanthu")

	if p := v.upload("", nil, "  "); p.status != http.StatusBadRequest || attr(p.one("#source"), "value") != "https://example.org/bai" {
		t.Errorf("nothing: %d", p.status)
	}
	if p := v.upload("a.txt", bytes.Repeat([]byte("x "), gov.MaxFileBytes/2), strings.Repeat("y", 12<<20)); p.status != http.StatusRequestEntityTooLarge {
		t.Errorf("32 MiB of text and 12 more: %d %s", p.status, p.text())
	}
	if p := v.upload("a.txt", bytes.Repeat([]byte("x"), gov.MaxFileBytes+1), ""); p.status != http.StatusRequestEntityTooLarge {
		t.Errorf("32 MiB and a byte: %d", p.status)
	} else {
		p.has("vượt quá 32 MB")
	}
	p := v.upload("", nil, "MẬT\r\nBáo cáo về việc không được đưa lên mạng.")
	if p.status != http.StatusUnprocessableEntity || strings.Contains(p.body, "không được đưa lên mạng") {
		t.Errorf("secret: %d", p.status)
	}
	text := "Ngày 12/3/2026, UBND tỉnh làm việc với phường Tân Hòa.\r\n\r\nPhường đề nghị tỉnh hỗ trợ kinh phí sửa đường."
	if p = v.upload("", nil, text); p.status != 200 || !strings.HasPrefix(p.at.Path, "/reviews/") {
		t.Errorf("pasted: %d at %s", p.status, p.at)
	}
	if p = v.upload("bai.txt", []byte(strings.ReplaceAll(text, "\r\n", "\n")), ""); p.at.Query().Get("done") != "held" {
		t.Errorf("twice: %d at %s", p.status, p.at)
	} else {
		p.has("Văn bản này đã có trong sổ")
	}
}

func TestUnitPage(t *testing.T) {
	t.Parallel()
	d := work(t)
	v := d.visitor(t, "tonghop")
	p := v.get("/units/07909")
	sets := p.all(".set.conflict")
	if len(sets) == 0 {
		t.Fatalf("no conflict on %s", p.text())
	}
	if got := words(sets[0]); !strings.Contains(got, "410,6 tỷ đồng") || !strings.Contains(got, "366,3 tỷ đồng") || !strings.Contains(got, "Số liệu khác nhau") {
		t.Errorf("side by side: %s", got)
	}
	p.has("Năm hay lũy kế nhiệm kỳ?", "phường Tiên Cát toàn bộ", "Kiến nghị, đề xuất", "Nhiệm vụ", "Chờ văn bản")
	// Every ¶ opens its document at the stretch, which is marked and carries the fragment's id.
	sources := p.all("a.src")
	if len(sources) == 0 {
		t.Fatal("no sentence to open")
	}
	for _, a := range sources[:5] {
		href, err := url.Parse(attr(a, "href"))
		must(t, err)
		doc := v.get(href.RequestURI())
		doc.one("#" + href.Fragment)
		if len(doc.all("mark.at")) == 0 {
			t.Errorf("%s marks nothing", href)
		}
	}
	if p := v.get("/units/07909?on=hom-qua"); p.status != http.StatusBadRequest {
		t.Errorf("a day that is none: %d", p.status)
	}
	if p := v.get("/units/99999"); p.status != http.StatusNotFound {
		t.Errorf("a code that is none: %d", p.status)
	}
}

// TestDocumentText compares the page with the text that was filed, letter by letter.
func TestDocumentText(t *testing.T) {
	t.Parallel()
	d := work(t)
	v := d.visitor(t, "tonghop")
	docs, err := d.Documents(d.ctx, d.analyst, gov.Page{Limit: 50})
	must(t, err)
	for _, l := range docs.Lines {
		dv, err := d.Document(d.ctx, d.analyst, l.ID)
		must(t, err)
		p := v.get("/documents/" + string(l.ID))
		for _, k := range p.all("article .kind") {
			k.Parent.RemoveChild(k) // the words of kinds are ours
		}
		var got []string
		for _, para := range p.all("article p") {
			got = append(got, rawText(para))
		}
		want := slices.DeleteFunc(strings.Split(dv.Text, "\n"), func(s string) bool { return strings.TrimSpace(s) == "" })
		if !slices.Equal(got, want) {
			t.Errorf("%s: the page shows another text", l.Title)
		}
		if len(dv.Marks) > 0 && len(p.all("mark.m")) == 0 {
			t.Errorf("%s: no marks", l.Title)
		}
	}
}

func TestOriginal(t *testing.T) {
	t.Parallel()
	d := sit(t)
	v := d.visitor(t, "tonghop")
	docs, err := d.Documents(d.ctx, d.analyst, gov.Page{Limit: 1})
	must(t, err)
	p := v.get("/documents/" + string(docs.Lines[0].ID) + "/original")
	if p.body != deskText {
		t.Errorf("other bytes: %q", p.body)
	}
	if h := p.header; h.Get("Content-Disposition") != `attachment; filename=lam-viec.txt` || !strings.HasPrefix(h.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("headers %v", h)
	}
	other := d.visitor(t, d.stranger(t))
	if p := other.get("/documents/" + string(docs.Lines[0].ID) + "/original"); p.status != http.StatusNotFound {
		t.Errorf("another agency gets it: %d", p.status)
	}
}

func TestMatterSteps(t *testing.T) {
	t.Parallel()
	d := work(t)
	v := d.visitor(t, "tonghop")
	list, err := d.Matters(d.ctx, d.analyst, gov.MatterQuery{Kinds: []gov.MatterKind{gov.Task}, States: []gov.State{gov.AwaitingDocument}, Page: gov.Page{Limit: 1}}, true)
	must(t, err)
	task := "/matters/" + string(list.Lines[0].ID)
	p := v.get(task)
	p.has("Chờ văn bản", "Chưa có văn bản giao việc.", "Câu nguồn")
	version := attr(p.all("input[name=version]")[0], "value")

	p = v.post(task, "action", "report", "version", version, "note", "   ")
	if p.status != http.StatusBadRequest {
		t.Errorf("an empty note: %d", p.status)
	}
	p.one(".trouble")
	p = v.post(task, "action", "attach_document", "version", version, "number", "15-TB/TU")
	if p.status != 200 || p.at.Query().Get("done") != "act" {
		t.Fatalf("attach: %d at %s", p.status, p.at)
	}
	p.has("15-TB/TU", "Đang mở", "Đã ghi vào sổ.")
	p = v.post(task, "action", "report", "version", version, "note", "Đã làm một phần")
	if p.status != http.StatusConflict || words(p.all("details[open] textarea")[0]) != "Đã làm một phần" {
		t.Errorf("a stale form: %d", p.status)
	}
	if got := d.visitor(t, "thanhtra").get(task); len(got.all("#steps")) != 0 {
		t.Error("an inspector is offered steps")
	}
}

func TestMattersList(t *testing.T) {
	t.Parallel()
	d := work(t)
	v := d.visitor(t, "tonghop")
	p := v.get("/matters?kind=recommendation&unit=07909")
	total := len(p.all("tbody tr"))
	if total == 0 || attr(p.one("option[selected]"), "value") != "recommendation" {
		t.Fatalf("%d recommendations", total)
	}
	if got := words(p.one("h1 .count")); got != fmt.Sprint(total) {
		t.Errorf("the title counts %s, the table has %d", got, total)
	}
	if got := attr(p.one(".active a"), "href"); got != "/matters?kind=recommendation" {
		t.Errorf("removing the filter leads to %s", got)
	}
	if p := v.get("/matters?kind=lunch"); p.status != http.StatusNotFound {
		t.Errorf("a kind that is none: %d", p.status)
	}
	if p := v.get("/matters?kind=recommendation&unit=79"); len(p.all(".empty")) != 1 { // a province that the samples do not name
		t.Errorf("an empty list says nothing: %s", p.text())
	}
}

func TestBriefPage(t *testing.T) {
	t.Parallel()
	d := work(t)
	p := d.visitor(t, "tonghop").get("/units/07909/brief")
	lines := p.all("ol li")
	if len(lines) == 0 {
		t.Fatal("an empty brief")
	}
	for _, li := range p.all(".items li") {
		one := page{t: t, at: p.at, root: li}
		if len(one.all("a.src")) != 1 {
			t.Errorf("no sentence to open: %s", words(li))
		}
	}
	for _, value := range p.all(".sheet .value") {
		one := page{t: t, at: p.at, root: value.Parent}
		if len(one.all("a.src")) == 0 {
			t.Errorf("no sentence to open: %s", words(value.Parent))
		}
	}
	p.has("410,6 tỷ đồng", "khác 366,3 tỷ đồng", "Năm hay lũy kế nhiệm kỳ?", "Hình thành ngày 01/07/2025 từ:")
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	d := sit(t)
	v := d.visitor(t, "tonghop")
	if p := v.get("/units?lang=en"); attr(p.one("html"), "lang") != "en" {
		t.Error("?lang=en is not English")
	}
	if p := v.get("/units"); attr(p.one("html"), "lang") != "vi" {
		t.Error("?lang stays")
	}
	if p := v.post("/lang", "lang", "en", "to", "/units?q=x"); attr(p.one("html"), "lang") != "en" || p.at.RequestURI() != "/units?q=x" {
		t.Errorf("the switch leads to %s", p.at)
	}
}
