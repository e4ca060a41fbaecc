package web_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"haicap/internal/app"
	"haicap/internal/gov"
)

// settle, edit and the others are the forms of a card, as the page of visitor v holds them.
func (v visitor) draft(c app.DraftCard, form string) string {
	return v.review + "/drafts/" + string(c.ID) + "/" + form
}

func TestReviewPage(t *testing.T) {
	t.Parallel()
	d := sit(t)
	v := d.visitor(t, "tonghop")
	p := v.get(v.review)
	view := d.view(t)

	if p.status != 200 || len(p.all("article.card")) != len(view.Cards) || len(view.Cards) < 15 {
		t.Fatalf("status %d, %d cards on the page, %d in the review", p.status, len(p.all("article.card")), len(view.Cards))
	}
	// The text is there to the letter, but for empty lines; each draft's marks together are its words.
	lines := p.all(".paper p")
	var got []string
	for _, n := range lines {
		got = append(got, rawText(n))
	}
	if want := strings.Join(strings.FieldsFunc(view.Text, func(r rune) bool { return r == '\n' }), "\n"); strings.Join(got, "\n") != want {
		t.Errorf("the text on the page differs:\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	for _, c := range view.Cards {
		marked := ""
		for _, m := range p.all(".paper mark") {
			if strings.Contains(" "+attr(m, "data-d")+" ", " "+string(c.ID)+" ") {
				marked += rawText(m)
			}
		}
		if marked != c.Text {
			t.Errorf("%s %q is marked as %q", c.Kind, c.Text, marked)
		}
		p.one("#m-" + string(c.ID)) // the card's ¶ leads here
		card := p.one("#d-" + string(c.ID))
		if !strings.Contains(words(card), strings.Join(strings.Fields(c.Text), " ")) {
			t.Errorf("the card does not show %q: %q", c.Text, words(card))
		}
	}
	// A figure inside a commitment: its piece belongs to both and leads to the figure.
	figure, item := d.find(t, "400 tỷ"), d.find(t, "Năm 2026")
	m := p.one("#m-" + string(figure.ID))
	if ids := attr(m, "data-d"); ids != string(item.ID)+" "+string(figure.ID) || attr(m.FirstChild, "href") != "#d-"+string(figure.ID) {
		t.Errorf("the figure's piece belongs to %q and leads to %s", ids, attr(m.FirstChild, "href"))
	}
	// Fields, gaps as questions, doubts beside.
	for words_, want := range map[string][]string{
		"366,3 tỷ":        {"Tổng thu ngân sách nhà nước trên địa bàn", "2025", "phường Thanh Miếu", "Ước thực hiện"},
		"12 mô hình":      {"Thuộc chỉ tiêu nào?"},
		"0,35%":           {"hai giá trị"},
		"Sở Tài chính":    {"Thực hiện Sở Tài chính", "Chủ trì Sở Tài chính", "Hạn trước ngày 30/6/2026", "Giao thành nhiệm vụ (chờ văn bản)"},
		"sớm xử lý":       {"Ai thực hiện?"},
		"hỗ trợ kinh phí": {"Người nêu phường Thanh Miếu", "Gửi tỉnh"},
	} {
		card := words(p.one("#d-" + string(d.find(t, words_).ID)))
		for _, w := range want {
			if !strings.Contains(card, w) {
				t.Errorf("the card of %q does not say %q: %s", words_, w, card)
			}
		}
	}
	if got := words(p.one("#review-bar")); !strings.HasPrefix(got, fmt.Sprintf("0/%d đã duyệt · %d chỗ chưa rõ", view.Progress.Total, view.Progress.Gaps)) {
		t.Errorf("the bar says %q", got)
	}
	if got := words(p.one("#review-head")); !strings.Contains(got, "24/12/2025") || !strings.Contains(got, "phường Thanh Miếu 07909") {
		t.Errorf("the head says %q", got)
	}
	if csp := p.header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'self'") || len(p.all("[style]")) > 0 {
		t.Errorf("inline styles under the policy %q", csp)
	}
	if en := v.get(v.review + "?lang=en"); strings.Contains(en.body, "[review.") || strings.Contains(p.body, "[review.") || !strings.Contains(en.body, "decided") {
		t.Error("a text is missing in the catalogue")
	}
}

func TestReviewDecisions(t *testing.T) {
	t.Parallel()
	d := sit(t)
	v := d.visitor(t, "tonghop")
	cards := d.view(t).Cards
	first, second := cards[0], cards[1]

	// Accepting leads to the next card that is open.
	p := v.post(v.draft(first, "settle"), "version", "1", "state", "accepted")
	if p.status != 200 || p.at.Fragment != "d-"+string(second.ID) {
		t.Fatalf("accepting led to %d %s", p.status, p.at)
	}
	if got := words(p.one("#d-" + string(first.ID))); !strings.Contains(got, "Đúng") || !strings.Contains(got, "Hoàn tác") {
		t.Errorf("the accepted card says %q", got)
	}
	if got := attr(p.one("#m-"+string(first.ID)), "class"); got != "figure-done" {
		t.Errorf("its mark is %q", got)
	}
	// The same form again is stale: nothing changes, and the card says what to do.
	p = v.post(v.draft(first, "settle"), "version", "1", "state", "rejected")
	if p.status != 409 || !strings.Contains(words(p.one("#d-"+string(first.ID)+" .trouble")), "vừa thay đổi") {
		t.Errorf("the stale form got %d", p.status)
	}
	if s := d.find(t, first.Text).State; s != gov.DraftAccepted {
		t.Errorf("the stale form changed the draft to %s", s)
	}
	// Undo, reject.
	p = v.post(v.draft(first, "settle"), "version", "2", "state", "pending")
	if s := d.find(t, first.Text).State; s != gov.DraftPending || p.at.Fragment != "d-"+string(first.ID) {
		t.Errorf("undo made it %s and led to %s", s, p.at)
	}
	v.post(v.draft(first, "settle"), "version", "3", "state", "rejected")
	if s := d.find(t, first.Text).State; s != gov.DraftRejected {
		t.Errorf("reject made it %s", s)
	}
	if p := v.post(v.draft(second, "settle"), "version", "1", "state", "confirmed"); p.status != 400 {
		t.Errorf("a state that there is none got %d", p.status)
	}
	// What is sure at once.
	sure := 0
	for _, c := range d.view(t).Cards {
		if !c.Decided() && (c.Figure != nil && c.Figure.Confidence == gov.Sure || c.Item != nil && c.Item.Confidence == gov.Sure) {
			sure++
		}
	}
	p = v.get(v.review)
	if got := words(p.one("#review-bar")); !strings.Contains(got, fmt.Sprintf("Chấp nhận %d mục chắc chắn", sure)) {
		t.Errorf("the bar says %q, %d are sure", got, sure)
	}
	v.post(v.review + "/sure")
	if got := d.view(t).Progress.Decided; got != sure+1 {
		t.Errorf("%d are decided, want %d", got, sure+1)
	}
}

func TestReviewEdits(t *testing.T) {
	t.Parallel()
	d := sit(t)
	v := d.visitor(t, "tonghop")
	fig := d.find(t, "1.204 tỷ")
	p := v.get(v.review + "?edit=" + string(fig.ID))
	if got := attr(p.one("form.edit [name=value]"), "value"); got != "1.204" {
		t.Errorf("the form begins with %q", got)
	}
	form := []string{"version", "1", "value", "1.204,5", "measure", "tỷ đồng", "figure_kind", "result", "comparator", ">=", "label", "thu ngân sách",
		"indicator", "Tổng thu ngân sách nhà nước trên địa bàn", "period", "tháng 1–11/2025", "scope", "annual", "unit", "phường Thanh Miếu"}
	bad := append([]string{}, form...)
	bad[15] = "mùa xuân"
	p = v.post(v.draft(fig, "edit"), bad...)
	if p.status != 400 || !strings.Contains(words(p.one(".card .trouble")), "mùa xuân") || attr(p.one("form.edit [name=value]"), "value") != "1.204,5" {
		t.Errorf("a bad period got %d; what was typed must stay", p.status)
	}
	v.post(v.draft(fig, "edit"), form...)
	got := d.find(t, "1.204 tỷ")
	if f := got.Figure; got.State != gov.DraftEdited || f.Value != 1204.5 || f.Period != "2025-01/2025-11" || f.Comparator != gov.AtLeast || f.Indicator != "budget_revenue" {
		t.Errorf("the figure is %s %+v", got.State, f)
	}

	order := d.find(t, "Sở Tài chính")
	base := []string{"version", "1", "kind", "directive", "by", "Thường trực Tỉnh ủy", "assignees", "Sở Tài chính\nSở Xây dựng", "lead", "", "due", "30/6/2026",
		"coordinators", "", "strength", "assigned", "task", "1", "words"}
	if p := v.post(v.draft(order, "edit"), append(base, "những chữ không có trong văn bản")...); p.status != 400 || p.one("#d-"+string(order.ID)+" .trouble") == nil {
		t.Errorf("words from elsewhere got %d", p.status)
	}
	v.post(v.draft(order, "edit"), append(base, "Sở Tài chính chủ trì,  phối hợp với Văn phòng Tỉnh ủy\r\nthẩm định kinh phí sửa chữa trụ sở")...)
	got = d.find(t, "Sở Tài chính")
	if got.Text != "Sở Tài chính chủ trì, phối hợp với Văn phòng Tỉnh ủy thẩm định kinh phí sửa chữa trụ sở" || got.Item.Span.Of(d.view(t).Text) != got.Text {
		t.Errorf("the words are now %q", got.Text)
	}
	if len(got.Item.Assignees) != 2 || got.Gaps[0] != gov.GapLead || !got.Task {
		t.Errorf("the item is %+v with gaps %v", got.Item, got.Gaps)
	}
	// Another kind.
	wish := d.find(t, "hỗ trợ kinh phí")
	v.post(v.draft(wish, "edit"), "version", "1", "kind", "commitment", "words", wish.Text, "by", "phường Thanh Miếu")
	if got := d.find(t, "hỗ trợ kinh phí"); got.Kind != gov.DraftCommitment {
		t.Errorf("the kind is %s", got.Kind)
	}
}

func TestReviewAddSplitMerge(t *testing.T) {
	t.Parallel()
	d := sit(t)
	v := d.visitor(t, "tonghop")
	// From a sentence: its link opens a form with its words; some of them become a card.
	p := v.get(v.review)
	plus := p.all(".paper a.plus")[2]
	p = v.get(attr(plus, "href"))
	if got := rawText(p.one("#add textarea")); !strings.HasPrefix(got, "Cùng dự có đại diện") {
		t.Fatalf("the form begins with %q", got)
	}
	span := attr(plus, "data-span")
	p = v.post(v.review+"/drafts", "span", span, "kind", "commitment", "words", "lãnh đạo Sở Nội vụ")
	if p.status != 400 || rawText(p.one("#add textarea")) != "lãnh đạo Sở Nội vụ" {
		t.Errorf("words from elsewhere got %d", p.status)
	}
	p = v.post(v.review+"/drafts", "span", span, "kind", "commitment", "words", " lãnh đạo Văn phòng Tỉnh ủy ")
	added := d.find(t, "lãnh đạo Văn phòng")
	if !added.ByHand || added.Text != "lãnh đạo Văn phòng Tỉnh ủy" || p.at.Fragment != "d-"+string(added.ID) {
		t.Errorf("the card is %+v, the page went to %s", added.Item, p.at)
	}
	inside := strings.Index(deskText, "ộ") + 1 // in the middle of a letter
	for _, bad := range []string{"5-999999", "9-9", "-1-4", "a-b", strconv.Itoa(inside) + "-" + strconv.Itoa(inside+9)} {
		if p := v.post(v.review+"/drafts", "span", bad, "kind", "figure"); p.status != 400 {
			t.Errorf("the span %s got %d", bad, p.status)
		}
	}

	// Split at a comma, and merge again with the next of the kind.
	one := d.find(t, "trang thiết bị")
	p = v.get(v.review + "?split=" + string(one.ID))
	p.one(".cut input")
	cut := attr(p.one(".cut input"), "value")
	v.post(v.draft(one, "split"), "version", "1", "at", cut)
	left, right := d.find(t, "trang thiết bị"), d.find(t, "chưa đồng bộ")
	if left.Text != "trang thiết bị làm việc còn thiếu" || right.Text != "chưa đồng bộ" {
		t.Errorf("split into %q and %q", left.Text, right.Text)
	}
	p = v.get(v.review)
	if with := attr(p.one("#d-"+string(left.ID)+" [name=with]"), "value"); with != string(right.ID) {
		t.Errorf("the next of the kind is %s, want %s", with, right.ID)
	}
	v.post(v.draft(left, "merge"), "version", strconv.Itoa(left.Version), "with", string(right.ID))
	if got := d.find(t, "trang thiết bị"); got.Text != one.Text {
		t.Errorf("merged into %q", got.Text)
	}
	if got := d.find(t, "chưa đồng bộ"); got.State != gov.DraftRejected {
		t.Errorf("the other half is %s", got.State)
	}
	fig := d.find(t, "366,3 tỷ")
	if p := v.post(v.draft(fig, "split"), "version", "1", "at", "440"); p.status != 400 {
		t.Errorf("splitting a figure got %d", p.status)
	}
}

func TestReviewHeadAndConfirm(t *testing.T) {
	t.Parallel()
	d := sit(t)
	v := d.visitor(t, "tonghop")
	p := v.get(v.review + "?head=1")
	if got := rawText(p.one("#head-units")); got != "07909 phường Thanh Miếu\n" {
		t.Errorf("the units are %q", got)
	}
	head := []string{"version", "1", "kind", "working_session", "title", "Làm việc với phường Thanh Miếu", "place", "", "programme", "Tình hình năm 2025",
		"units", "07909 phường Thanh Miếu\r\n", "offices", "Phó Bí thư Thường trực Tỉnh ủy", "day"}
	if p := v.post(v.review+"/head", append(head, "31/2/2025")...); p.status != 400 || attr(p.one("#head-day"), "value") != "31/2/2025" {
		t.Errorf("a day that there is none got %d", p.status)
	}
	v.post(v.review+"/head", append(head, "24/12/2025")...)
	if s := d.view(t).Review.Session; s.Title != "Làm việc với phường Thanh Miếu" || s.Day != "2025-12-24" || len(s.Units) != 1 || len(s.Offices) != 1 {
		t.Errorf("the head is %+v", s)
	}

	// Before all is decided the page says what is missing and offers no button.
	p = v.get(v.review + "/confirm")
	if len(p.all("button.main")) != 0 || !strings.Contains(words(p.one(".missing")), "mục chưa duyệt") {
		t.Errorf("too early: %q", words(p.one(".missing")))
	}
	if p := v.post(v.review+"/confirm", "version", "2"); p.status != 400 || !strings.Contains(words(p.one("main .trouble")), "chưa duyệt") {
		t.Errorf("confirming too early got %d", p.status)
	}
	for _, c := range d.view(t).Cards {
		v.post(v.draft(c, "settle"), "version", "1", "state", "accepted")
	}
	p = v.get(v.review + "/confirm")
	body, w := words(p.one(".confirm")), d.view(t).Writes
	for _, want := range []string{fmt.Sprintf("%d số liệu", w.Figures), fmt.Sprintf("%d ý kiến chỉ đạo", w.Directives), "chờ văn bản", "366,3 tỷ đồng"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page before the books does not say %q", want)
		}
	}
	p = v.post(v.review+"/confirm", "version", strconv.Itoa(d.view(t).Review.Version))
	if !strings.HasPrefix(p.at.Path, "/sessions/") {
		t.Fatalf("confirming led to %d %s", p.status, p.at)
	}
	// Now it can only be read, and reviewed again; the new review meets what is in the books.
	p = v.get(v.review)
	if len(p.all(".card form")) != 0 || len(p.all(".plus")) != 0 || !strings.Contains(words(p.one(".closed")), "Đã ghi vào sổ") {
		t.Error("a closed review still has forms")
	}
	if p := v.post(v.draft(d.view(t).Cards[0], "settle"), "version", "2", "state", "rejected"); p.status != 409 {
		t.Errorf("a change of a closed review got %d", p.status)
	}
	p = v.post("/documents/" + string(d.view(t).Document.ID) + "/review")
	if p.at.Path == v.review || !strings.HasPrefix(p.at.Path, "/reviews/") {
		t.Fatalf("reviewing again led to %d %s: %s", p.status, p.at, words(p.one("main")))
	}
	for _, n := range p.all(".card") {
		if !strings.Contains(words(n), "giống") {
			t.Errorf("said again, and not the same: %s", words(n))
		}
	}
}

func TestReviewJoinsSession(t *testing.T) {
	t.Parallel()
	d := sit(t)
	v := d.visitor(t, "tonghop")
	for _, c := range d.view(t).Cards {
		must(t, d.SettleDraft(d.ctx, d.analyst, d.review, c.ID, gov.DraftAccepted, 1))
	}
	session, err := d.Confirm(d.ctx, d.analyst, d.review, 1)
	must(t, err)
	later := strings.Replace(deskText, "366,3 tỷ đồng", "370 tỷ đồng", 1)
	later = strings.Replace(later, "sớm xử lý dứt điểm các kiến nghị", "khẩn trương xây dựng trạm y tế mới, báo cáo tiến độ", 1)
	_, review, err := d.FileDocument(d.ctx, d.analyst, app.FileInput{Name: "thong-bao.txt", Data: []byte(later)})
	must(t, err)
	page := "/reviews/" + string(review)
	p := v.get(page)
	if got := attr(p.one(".join input[type=radio][value="+string(session)+"]"), "name"); got != "join" {
		t.Fatal("the session of the same day and unit is not offered")
	}
	hidden := []string{"join", string(session)}
	for _, n := range p.all(".join input[type=hidden]") {
		hidden = append(hidden, attr(n, "name"), attr(n, "value"))
	}
	p = v.post(page+"/head", hidden...)
	want := map[string]string{"4.496 tỷ": "giống", "370 tỷ": "thay đổi", "khẩn trương": "mới"}
	rv, err := d.Review(d.ctx, d.analyst, review)
	must(t, err)
	for _, c := range rv.Cards {
		for begins, word := range want {
			if strings.HasPrefix(c.Text, begins) {
				delete(want, begins)
				if got := words(p.one("#d-" + string(c.ID))); !strings.Contains(got, word) {
					t.Errorf("%q is not called %q: %s", begins, word, got)
				}
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("not on the page: %v", want)
	}
	if got := words(p.one(".was")); !strings.Contains(got, "366,3 tỷ đồng") {
		t.Errorf("beside the changed figure stands %q", got)
	}
	if got := words(v.get(page + "/confirm").all(".book")[0]); !strings.Contains(got, "Ghi thêm vào buổi làm việc") {
		t.Errorf("before the books it says %q", got)
	}
}

func TestReviewIsTheAgencys(t *testing.T) {
	t.Parallel()
	d := sit(t)
	other := d.visitor(t, d.stranger(t))
	c := d.view(t).Cards[0]
	for what, p := range map[string]page{
		"reading":    other.get(other.review),
		"confirming": other.get(other.review + "/confirm"),
		"deciding":   other.post(other.draft(c, "settle"), "version", "1", "state", "accepted"),
		"editing":    other.post(other.draft(c, "edit"), "version", "1"),
		"adding":     other.post(other.review+"/drafts", "span", "0-10", "kind", "figure"),
	} {
		if p.status != 404 {
			t.Errorf("%s by another agency got %d", what, p.status)
		}
	}
	// A reader of the agency sees the cards and no form; a clerk decides and does not write.
	reads := d.visitor(t, "thanhtra").get("/reviews/" + string(d.review))
	if reads.status != 200 || len(reads.all(".card form")) != 0 {
		t.Errorf("the inspector got %d with %d forms", reads.status, len(reads.all(".card form")))
	}
	clerk := d.visitor(t, "vanthu")
	if p := clerk.post(clerk.draft(c, "settle"), "version", "1", "state", "accepted"); p.status != 200 {
		t.Errorf("the clerk got %d", p.status)
	}
	if p := clerk.post(clerk.review+"/confirm", "version", "1"); p.status != 403 {
		t.Errorf("the clerk wrote into the books: %d", p.status)
	}
}

func TestReviewParts(t *testing.T) {
	t.Parallel()
	d := sit(t)
	v := d.visitor(t, "tonghop")
	cards := d.view(t).Cards
	p := v.part(v.draft(cards[0], "settle"), "version", "1", "state", "accepted")
	if p.status != 200 || p.header.Get("X-Focus") != "d-"+string(cards[1].ID) || len(p.all(".card")) != 1 || len(p.all("#review-bar")) != 1 || len(p.all(".paper")) != 0 {
		t.Errorf("a decision answered %d with %d cards, focus %q", p.status, len(p.all(".card")), p.header.Get("X-Focus"))
	}
	p = v.part(v.draft(cards[0], "settle"), "version", "1", "state", "accepted")
	if p.status != 409 || len(p.all(".card .trouble")) != 1 || len(p.all(".paper")) != 1 {
		t.Errorf("a stale decision answered %d", p.status)
	}
	if strings.Contains(strings.ToLower(p.body), "<!doctype") {
		t.Error("a script got a whole page")
	}
}

func TestParsePeriodWords(t *testing.T) {
	t.Parallel()
	d := sit(t)
	v := d.visitor(t, "tonghop")
	for typed, want := range map[string]gov.Period{"2025": "2025", "năm 2025": "2025", "2025–2030": "2025-2030", "quý III/2025": "2025-Q3", "2025-Q1": "2025-Q1",
		"Quý 4/2025": "2025-Q4", "tháng 9/2025": "2025-09", "11/2025": "2025-11", "2025-02": "2025-02", "tháng 1-9/2025": "2025-01/2025-09",
		"2025-01/2025-11": "2025-01/2025-11", "": "", "quarter II 2025": "2025-Q2", "months 1–6 of 2025": "2025-01/2025-06"} {
		c := d.find(t, "366,3 tỷ")
		p := v.post(v.draft(c, "edit"), "version", strconv.Itoa(c.Version), "value", "366,3", "measure", "tỷ đồng", "figure_kind", "estimate", "comparator", "=", "period", typed)
		if got := d.find(t, "366,3 tỷ").Figure.Period; got != want || p.status != 200 {
			t.Errorf("%q is read as %q (%d), want %q", typed, got, p.status, want)
		}
	}
	for _, typed := range []string{"13/2025", "quý V/2025", "2030-2025", "tháng 9–3/2025", "tháng 0/2025", "25"} {
		c := d.find(t, "366,3 tỷ")
		if p := v.post(v.draft(c, "edit"), "version", strconv.Itoa(c.Version), "figure_kind", "estimate", "period", typed); p.status != 400 {
			t.Errorf("%q got %d", typed, p.status)
		}
	}
}
