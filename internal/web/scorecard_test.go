package web_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"haicap/internal/gov"
)

// The scorecard without scripts: a word and a number in a cell, its details by a plain link, an explanation by a plain form, the table as a file.
func TestScorecardPage(t *testing.T) {
	t.Parallel()
	d := sit(t)
	ids := gov.IDsFrom(time.Date(2026, 1, 15, 2, 0, 0, 0, time.UTC))
	claim := gov.Claim{Indicator: "budget_revenue", Unit: gov.UnitKey{Code: "07909", From: "2025-07-01"}, Period: "2025", Scope: gov.Annual, Comparator: gov.Equal, Value: 366.3,
		Measure: "tỷ đồng"}
	goal := claim
	goal.Value = 400
	must(t, d.store.Update(d.ctx, func(tx gov.Tx) error {
		return errors.Join(tx.CreateFigure(d.ctx, gov.Figure{Realm: d.holding.Realm, ID: ids.Next(), Kind: gov.Result, Claim: claim}),
			tx.CreateTarget(d.ctx, gov.Target{Realm: d.holding.Realm, ID: ids.Next(), Baseline: gov.BaselineProvince, Claim: goal}))
	}))
	v := d.visitor(t, "tonghop")
	p := v.get("/scorecard?period=2025")
	p.sound("vi")
	p.has("Đạt và vượt 0/1", "1 không đạt", "1/148 đơn vị")
	cell := p.one("td.k a")
	if cell == nil || attr(cell, "href") != "?period=2025&cell=07909.budget_revenue" {
		t.Fatalf("the cell is %v", cell)
	}
	p = v.get("/scorecard" + attr(cell, "href"))
	p.sound("vi")
	p.has("tỉnh giao", "400 tỷ đồng", "366,3 tỷ đồng", "bằng 91,58% chỉ tiêu", "Yêu cầu giải trình")
	p = v.post("/scorecard/ask", "cell", "07909.budget_revenue", "period", "2025", "due", "2026-12-31", "note", "Nêu nguyên nhân")
	p.has("Giải trình", "UBND phường Thanh Miếu", "31/12/2026")
	back := ""
	for _, a := range p.all("a.sub") {
		if strings.HasPrefix(attr(a, "href"), "/scorecard/cell") {
			back = attr(a, "href")
		}
	}
	if back != "/scorecard/cell?period=2025&cell=07909.budget_revenue" {
		t.Errorf("the task leads back to %q", back)
	}
	for path, want := range map[string]string{"/scorecard/cell?period=2025&cell=07909.khong_co": "", "/scorecard?period=xx": "", "/scorecard?period=2025&field=xx": ""} {
		if p := v.get(path); p.status == http.StatusOK || strings.Contains(p.body, "[error.") || !strings.Contains(p.body, want) {
			t.Errorf("%s: %d", path, p.status)
		}
	}
	file := v.get("/scorecard/file?" + url.Values{"period": {"2025"}, "format": {"csv"}}.Encode())
	if !strings.Contains(file.body, "phường Thanh Miếu,07909,0,1,366.3,400,không đạt") || !strings.HasPrefix(file.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%.400s", file.body)
	}
}
