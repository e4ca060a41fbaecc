package app_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
)

// lines lists the audit lines as "login action noun", newest first.
func (h house) lines(t *testing.T, p access.Principal, q gov.AuditQuery, login string) []string {
	t.Helper()
	v, err := h.AuditLog(h.ctx, p, q, login)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, l := range v.Lines {
		list = append(list, fmt.Sprint(l.Login, " ", l.Action, " ", l.Noun))
	}
	return list
}

// Who opens a text or takes an original leaves a line before he gets it; opening again soon is the same look.
func TestLooksAreWrittenDown(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	doc, review := h.file(t, "a.txt", "Thông báo kết luận. Phường thu ngân sách 366,3 tỷ đồng.")
	leader := h.account(t, "lanhdao", access.Leader)
	inspector := h.account(t, "thanhtra", access.Inspector)
	looks := func() []string {
		list := h.lines(t, inspector, gov.AuditQuery{Noun: "document", Page: gov.Page{Limit: 100}}, "")
		slices.Reverse(list)
		return list
	}
	for range 2 {
		if _, err := h.Document(h.ctx, leader, doc.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Review(h.ctx, leader, review); err != nil {
			t.Fatal(err)
		}
		if _, _, err := h.Original(h.ctx, inspector, doc.ID); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"tonghop document.file document", "lanhdao document.open document", "thanhtra document.download document"}
	if got := looks(); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for range 900 { // the clock of the tests goes a second each time
		h.Today()
	}
	if _, err := h.Document(h.ctx, leader, doc.ID); err != nil {
		t.Fatal(err)
	}
	if got, want := looks(), append(want, "lanhdao document.open document"); !slices.Equal(got, want) {
		t.Errorf("a quarter of an hour later: got %q, want %q", got, want)
	}
	// What is not there, or may not be read, leaves no line.
	before := len(looks())
	_, _, err1 := h.Original(h.ctx, leader, "none")
	_, err2 := h.Document(h.ctx, h.admin, doc.ID)
	if !gov.IsNotFound(err1) || gov.CodeOf(err2) != gov.Forbidden || len(looks()) != before {
		t.Errorf("%v, %v, %d lines more", err1, err2, len(looks())-before)
	}
}

func TestAuditLog(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	doc, review := h.file(t, "a.txt", "Thông báo kết luận. Phường thu ngân sách 366,3 tỷ đồng.")
	inspector := h.account(t, "thanhtra", access.Inspector)

	v, err := h.AuditLog(h.ctx, inspector, gov.AuditQuery{Action: "document.file"}, "TongHop")
	if err != nil || len(v.Lines) != 1 || v.Lines[0].Record != doc.ID || v.Lines[0].About != (app.AuditRecord{Title: doc.Title, Open: true}) || v.Root == "" {
		t.Errorf("%+v, %v", v, err)
	}
	if v, err = h.AuditLog(h.ctx, h.admin, gov.AuditQuery{Action: "document.file"}, ""); err != nil || len(v.Lines) != 1 || v.Lines[0].About != (app.AuditRecord{}) {
		t.Errorf("an administrator sees what he may not open: %+v, %v", v, err)
	}
	if v, err = h.AuditLog(h.ctx, inspector, gov.AuditQuery{}, "nobody"); err != nil || !v.NoAccount || len(v.Lines) != 0 {
		t.Errorf("an account that is not there: %+v, %v", v, err)
	}
	if got := h.lines(t, inspector, gov.AuditQuery{From: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)}, ""); len(got) != 0 {
		t.Errorf("lines of the future: %q", got)
	}
	for _, p := range []access.Principal{{}, h.analyst} {
		_, err1 := h.AuditLog(h.ctx, p, gov.AuditQuery{}, "")
		_, err2 := h.VerifyAudit(h.ctx, p, nil)
		_, _, err3 := h.AuditHead(h.ctx, p)
		_, err4 := h.AuditProof(h.ctx, p, 1)
		_, err5 := h.AuditPublicKey(p)
		for i, err := range []error{err1, err2, err3, err4, err5} {
			if c := gov.CodeOf(err); c != gov.Forbidden && c != gov.Unauthenticated {
				t.Errorf("%q, %d: %v", p.Roles(), i, err)
			}
		}
	}
	if v, err = h.AuditLog(h.ctx, inspector, gov.AuditQuery{}, ""); err != nil || v.Checked != nil {
		t.Errorf("checked already: %+v, %v", v.Checked, err)
	}
	if _, err := h.VerifyAudit(h.ctx, inspector, nil); err != nil {
		t.Fatal(err)
	}
	h.acceptAll(t, review)
	if v, err = h.AuditLog(h.ctx, inspector, gov.AuditQuery{}, ""); err != nil || v.Checked == nil || v.Checked.Fault != "" || v.Checked.Head.Size >= v.Size {
		t.Errorf("after a verification and more lines: %+v, %v", v.Checked, err)
	}
}

// BenchmarkLook is what writing down a look costs, to the disk.
func BenchmarkLook(b *testing.B) {
	h := begin(b, "25")
	doc, _ := h.file(b, "a.txt", "Thông báo kết luận. Phường thu ngân sách 366,3 tỷ đồng.")
	for _, again := range []bool{false, true} {
		b.Run(fmt.Sprintf("again=%v", again), func(b *testing.B) {
			p := h.analyst
			for i := 0; b.Loop(); i++ {
				if !again {
					p.Account = fmt.Sprint("account", i)
				}
				if _, _, err := h.Original(h.ctx, p, doc.ID); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
