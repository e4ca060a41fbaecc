package web_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"haicap/internal/gov"
)

// What a form asks for, of whom and by when is edited on a page: the sheet asks for it then, what is wrong comes back as it was typed, each change needs a reason
// and stays readable.
func TestEditForm(t *testing.T) {
	t.Parallel()
	d := sit(t)
	v := d.visitor(t, "tonghop")
	p := v.get("/forms")
	p.sound("vi")
	p.has("Báo cáo năm", "theo danh mục", "ngày chốt số liệu")
	p = v.get("/forms/nam")
	p.sound("vi")
	send := func(path string, own ...string) page {
		return v.post(path, append([]string{"name", "Báo cáo năm", "days", "5", "asks", "own", "law", "Quyết định 12/QĐ-UBND"}, own...)...)
	}
	for _, bad := range [][]string{{"reason", "Sửa"}, {"in", "budget_revenue"}, {"in", "khong_co", "reason", "Sửa"}, {"in", "budget_revenue", "units", "99999", "reason", "Sửa"}} {
		p := send("/forms/nam", bad...)
		p.sound("vi")
		if p.status != 400 || attr(p.one("input[name=days]"), "value") != "5" {
			t.Errorf("%v: %d", bad, p.status)
		}
	}
	p = send("/forms/nam", "in", "poverty_rate", "in", "budget_revenue", "reason", "Theo quyết định của tỉnh")
	p.has("Theo quyết định của tỉnh", "Đã ghi biểu mẫu")
	at := "/reports/07909?form=nam&period=2025"
	p = v.get(at)
	var asked []string
	for _, n := range p.all("table.entry th label") {
		asked = append(asked, attr(n, "for"))
	}
	if !slices.Equal(asked, []string{"v-poverty_rate", "v-budget_revenue"}) {
		t.Errorf("the sheet asks for %v", asked)
	}
	p.has("19/12/2025") // five days after the cut-off
	p = send("/forms/new", "key", "nam_rieng", "kind", "year", "in", "poverty_rate", "units", "07909", "reason", "Mới")
	p.has("Đã ghi biểu mẫu")
	if p := v.get("/reports?" + url.Values{"form": {"nam_rieng"}, "period": {"2025"}}.Encode()); !strings.Contains(p.text(), "phường Thanh Miếu") || strings.Contains(p.text(), "phường Hòa Bình") {
		t.Errorf("owed by others: %.600s", p.text())
	}
	list, err := d.Forms(d.ctx, d.analyst)
	must(t, err)
	if i := slices.IndexFunc(list, func(f gov.Form) bool { return f.Key == "nam_rieng" }); i < 0 || list[i].Level != gov.CommuneLevel {
		t.Errorf("%+v", list)
	}
}
