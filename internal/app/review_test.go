package app_test

import (
	"slices"
	"strings"
	"testing"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/text"
)

// pressText and notice are one meeting, first as the press told it, then as the office's notice of its conclusions.
const (
	pressText = "date 2025-12-18 Bí thư Tỉnh ủy làm việc với Đảng ủy phường Kỳ Sơn\n\n" +
		"Ngày 18/12, đồng chí Bí thư Tỉnh ủy đã làm việc với Đảng ủy phường Kỳ Sơn về kết quả thực hiện nhiệm vụ năm 2025.\n\n" +
		"Năm 2025, tổng thu ngân sách của phường Kỳ Sơn ước đạt 82,4 tỷ đồng; tỷ lệ hộ nghèo giảm còn 1,2%.\n\n" +
		"Phường Kỳ Sơn đề nghị tỉnh bổ sung biên chế công chức lĩnh vực đất đai; hỗ trợ kinh phí sửa chữa trụ sở làm việc.\n\n" +
		"Kết luận buổi làm việc, đồng chí Bí thư Tỉnh ủy giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát, tham mưu bổ sung biên chế cho phường Kỳ Sơn.\n"
	notice = "TỈNH ỦY PHÚ THỌ\nSố 41-TB/TU\nPhú Thọ, ngày 22 tháng 12 năm 2025\nTHÔNG BÁO\nkết luận của đồng chí Bí thư Tỉnh ủy tại buổi làm việc với Đảng ủy phường Kỳ Sơn ngày 18/12/2025\n\n" +
		"Năm 2025, tổng thu ngân sách của phường Kỳ Sơn ước đạt 82,4 tỷ đồng.\n\n" +
		"1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát, tham mưu bổ sung biên chế cho phường Kỳ Sơn.\n" +
		"2. Giao Sở Xây dựng chủ trì thẩm định hồ sơ sửa chữa trụ sở phường Kỳ Sơn, hoàn thành trước ngày 31/3/2026.\n"
)

func TestReviewByHand(t *testing.T) {
	h := begin(t, "25")
	_, review := h.file(t, "kyson.txt", pressText)
	v, err := h.Review(h.ctx, h.analyst, review)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range v.Cards {
		span := text.Span{}
		if c.Figure != nil {
			span = c.Figure.Span
		} else {
			span = c.Item.Span
		}
		if span.Of(v.Text) != c.Text {
			t.Errorf("%q is not what stands at %v: %q", c.Text, span, span.Of(v.Text))
		}
	}

	t.Run("nothing is written while something is pending", func(t *testing.T) {
		if _, err := h.Confirm(h.ctx, h.analyst, review, v.Review.Version); gov.CodeOf(err) != gov.Invalid {
			t.Fatalf("confirm: %v", err)
		}
		if s, _ := h.Sessions(h.ctx, h.analyst, "", gov.Page{Limit: 10}); len(s.Lines) != 0 {
			t.Errorf("%d sessions", len(s.Lines))
		}
	})
	t.Run("add, split, merge, edit, reject, undo", func(t *testing.T) {
		words := "bổ sung biên chế công chức lĩnh vực đất đai; hỗ trợ kinh phí sửa chữa trụ sở làm việc"
		at := strings.Index(v.Text, words)
		id, err := h.AddDraft(h.ctx, h.analyst, review, gov.DraftRecommendation, text.Span{at, at + len(words)})
		if err != nil {
			t.Fatal(err)
		}
		if err := h.SplitDraft(h.ctx, h.analyst, review, id, at+strings.Index(words, ";"), 1); err != nil {
			t.Fatal(err)
		}
		first := card(t, h, review, id)
		second := cardOf(t, h, review, func(c app.DraftCard) bool {
			return c.ByHand && c.ID != id && c.Text == "hỗ trợ kinh phí sửa chữa trụ sở làm việc"
		})
		if first.Text != "bổ sung biên chế công chức lĩnh vực đất đai" {
			t.Errorf("first part %q", first.Text)
		}
		if err := h.MergeDrafts(h.ctx, h.analyst, review, id, second.ID, first.Version); err != nil {
			t.Fatal(err)
		}
		if c := card(t, h, review, id); c.Text != words {
			t.Errorf("merged %q", c.Text)
		}
		if c := card(t, h, review, second.ID); c.State != gov.DraftRejected {
			t.Errorf("the other part is %s", c.State)
		}
		c := card(t, h, review, id)
		if err := h.EditDraft(h.ctx, h.analyst, review, id, app.DraftInput{Version: c.Version, Kind: gov.DraftRecommendation, By: "phường Kỳ Sơn", To: "tỉnh"}); err != nil {
			t.Fatal(err)
		}
		if err := h.EditDraft(h.ctx, h.analyst, review, id, app.DraftInput{Version: c.Version, Kind: gov.DraftRecommendation}); gov.CodeOf(err) != gov.Conflict {
			t.Errorf("a stale edit: %v", err)
		}
		for _, st := range []gov.DraftState{gov.DraftPending, gov.DraftRejected} {
			if err := h.SettleDraft(h.ctx, h.analyst, review, id, st, card(t, h, review, id).Version); err != nil {
				t.Fatal(err)
			}
		}
		if c := card(t, h, review, id); c.State != gov.DraftRejected || c.Item.To != "tỉnh" {
			t.Errorf("after all: %s to %q", c.State, c.Item.To)
		}
	})
	t.Run("a cut inside a letter is refused", func(t *testing.T) {
		at := strings.Index(v.Text, "ồng chí")
		if _, err := h.AddDraft(h.ctx, h.analyst, review, gov.DraftDirective, text.Span{at + 1, at + 9}); gov.CodeOf(err) != gov.Invalid {
			t.Errorf("it gives %v", err)
		}
	})
	t.Run("who may not, may not", func(t *testing.T) {
		clerk := h.account(t, "vanthu", access.Clerk)
		if _, err := h.Confirm(h.ctx, clerk, review, 1); gov.CodeOf(err) != gov.Forbidden {
			t.Errorf("a clerk confirms: %v", err)
		}
		foreign := of(h.analyst, gov.NewID(h.holding.Since))
		if _, err := h.Review(h.ctx, foreign, review); !gov.IsNotFound(err) {
			t.Errorf("another agency sees the review: %v", err)
		}
	})
}

func card(t *testing.T, h house, review, id gov.ID) app.DraftCard {
	t.Helper()
	return cardOf(t, h, review, func(c app.DraftCard) bool { return c.ID == id })
}

func cardOf(t *testing.T, h house, review gov.ID, is func(app.DraftCard) bool) app.DraftCard {
	t.Helper()
	v, err := h.Review(h.ctx, h.analyst, review)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(v.Cards, is)
	if i < 0 {
		t.Fatal("no such card")
	}
	return v.Cards[i]
}

func TestNoticeAfterPress(t *testing.T) {
	h := begin(t, "25")
	_, review := h.file(t, "bao.txt", pressText)
	first := h.confirm(t, review)
	before := matters(t, h, gov.Task)
	if len(before) != 1 || before[0].State != gov.AwaitingDocument || before[0].Lead() != "Sở Nội vụ" {
		t.Fatalf("tasks from the press text: %+v", before)
	}

	_, review = h.file(t, "tb41.txt", notice)
	v, err := h.Review(h.ctx, h.analyst, review)
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Candidates) != 1 || v.Candidates[0].Session.ID != first {
		t.Fatalf("candidates: %+v (day %s, units %v)", v.Candidates, v.Review.Session.Day, v.Review.Session.Units)
	}
	head := app.HeadInput{Kind: v.Review.Session.Kind, Title: v.Review.Session.Title, Day: v.Review.Session.Day, Join: first, Version: v.Review.Version,
		Units: []string{"04894"}}
	if err := h.SettleHead(h.ctx, h.analyst, review, head); err != nil {
		t.Fatal(err)
	}
	if got := h.confirm(t, review); got != first {
		t.Errorf("the notice made session %s", got)
	}
	s, err := h.Session(h.ctx, h.analyst, first)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(s.Documents); n != 2 {
		t.Errorf("%d documents", n)
	}
	revenue := 0
	for _, f := range s.Figures {
		if f.Indicator == "budget_revenue" {
			revenue++
		}
	}
	if revenue != 1 {
		t.Errorf("the revenue stands %d times", revenue)
	}
	tasks := matters(t, h, gov.Task)
	if len(tasks) != 2 {
		t.Fatalf("tasks after the notice: %+v", tasks)
	}
	for _, m := range tasks {
		if m.State != gov.StateOpen || m.AssignedBy != "41-TB/TU" {
			t.Errorf("task %q is %s, assigned by %q", m.Text, m.State, m.AssignedBy)
		}
	}
}

func matters(t *testing.T, h house, k gov.MatterKind) []app.MatterLine {
	t.Helper()
	v, err := h.Matters(h.ctx, h.analyst, gov.MatterQuery{Kinds: []gov.MatterKind{k}}, false)
	if err != nil {
		t.Fatal(err)
	}
	return v.Lines
}

func TestReviewAgainSupersedes(t *testing.T) {
	h := begin(t, "25")
	doc, review := h.file(t, "bao.txt", pressText)
	session := h.confirm(t, review)
	again, err := h.ReviewAgain(h.ctx, h.analyst, doc.ID)
	if err != nil {
		t.Fatal(err)
	}
	v, err := h.Review(h.ctx, h.analyst, again)
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Candidates) != 0 {
		t.Errorf("its own session is offered: %+v", v.Candidates)
	}
	var poverty, revenue app.DraftCard
	for _, c := range v.Cards {
		if c.Match == nil || !c.Match.Same {
			t.Errorf("%q is not the same as before: %+v", c.Text, c.Match)
		}
		if c.Figure != nil && c.Figure.Indicator == "poverty_rate" {
			poverty = c
		}
		if c.Figure != nil && c.Figure.Indicator == "budget_revenue" {
			revenue = c
		}
	}
	if err := h.SettleDraft(h.ctx, h.analyst, again, poverty.ID, gov.DraftRejected, poverty.Version); err != nil {
		t.Fatal(err)
	}
	f := revenue.Figure
	if err := h.EditDraft(h.ctx, h.analyst, again, revenue.ID, app.DraftInput{Version: revenue.Version, Value: "82,5", Measure: f.Measure, FigureKind: f.Kind,
		Comparator: f.Comparator, Label: f.Label, Indicator: f.Indicator, Period: string(f.Period), Scope: f.Scope, Unit: f.Unit}); err != nil {
		t.Fatal(err)
	}
	if got := h.confirm(t, again); got != session {
		t.Errorf("the second review made another session")
	}
	s, err := h.Session(h.ctx, h.analyst, session)
	if err != nil {
		t.Fatal(err)
	}
	var values []float64
	for _, f := range s.Figures {
		values = append(values, f.Value)
	}
	if !slices.Equal(values, []float64{82.5}) {
		t.Errorf("figures in force: %v", values)
	}
	if got := len(matters(t, h, gov.Task)); got != 1 {
		t.Errorf("%d tasks", got)
	}
	if _, err := h.Confirm(h.ctx, h.analyst, again, 2); gov.CodeOf(err) != gov.Conflict {
		t.Errorf("confirmed twice: %v", err)
	}
	err = h.store.View(h.ctx, func(tx gov.Tx) error {
		all, err := tx.Figures(h.ctx, h.holding.Realm, gov.FigureQuery{Session: session, All: true})
		if len(all) != 3 {
			t.Errorf("%d figures with the superseded ones", len(all))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSecretLeavesNoTrace(t *testing.T) {
	h := begin(t, "25")
	_, _, err := h.FileDocument(h.ctx, h.analyst, app.FileInput{Name: "ban-do.txt", Data: []byte("TỈNH ỦY PHÚ THỌ\nTỐI MẬT\nBÁO CÁO về tình hình đặc biệt\n")})
	if gov.CodeOf(err) != gov.Secret {
		t.Fatalf("it is filed: %v", err)
	}
	if strings.Contains(err.Error(), "ban-do") || strings.Contains(err.Error(), "đặc biệt") {
		t.Errorf("the refusal tells of the document: %v", err)
	}
	if n := filesIn(t, h.blobs); n != 0 {
		t.Errorf("%d blobs", n)
	}
	if v, _ := h.Documents(h.ctx, h.analyst, gov.Page{Limit: 10}); len(v.Lines) != 0 {
		t.Errorf("%d documents", len(v.Lines))
	}
}

func TestSameBytesTwice(t *testing.T) {
	h := begin(t, "25")
	d, review := h.file(t, "a.txt", pressText)
	again, r2, err := h.FileDocument(h.ctx, h.analyst, app.FileInput{Name: "b.txt", Data: []byte(pressText)})
	if gov.CodeOf(err) != gov.Conflict || again.ID != d.ID || r2 != review {
		t.Errorf("twice: %v %s %s", err, again.ID, r2)
	}
	// Another agency's copy is its own document, and nobody sees the other's.
	other := h.analyst
	err = h.store.Update(h.ctx, func(tx gov.Tx) error {
		a := gov.Agency{Realm: h.holding.Realm, ID: gov.NewID(h.holding.Since), Name: "Văn phòng UBND tỉnh Phú Thọ"}
		other = of(h.analyst, a.ID)
		return tx.CreateAgency(h.ctx, a)
	})
	if err != nil {
		t.Fatal(err)
	}
	d2, _, err := h.FileDocument(h.ctx, other, app.FileInput{Name: "a.txt", Data: []byte(pressText)})
	if err != nil || d2.ID == d.ID || d2.Blob != d.Blob {
		t.Errorf("the other agency: %v %s", err, d2.ID)
	}
	if _, err := h.Document(h.ctx, other, d.ID); !gov.IsNotFound(err) {
		t.Errorf("it opens the first agency's: %v", err)
	}
}
