package reader

import (
	"slices"
	"strings"
	"testing"

	"haicap/internal/gov"
)

// TestExplainNamesEveryField: each field that has a value has evidence, whose words stand in the text, and what was not taken is named.
func TestExplainNamesEveryField(t *testing.T) {
	t.Parallel()
	const in = `Ngày 24/12/2025, đồng chí Bùi Văn Quang, Phó Bí thư Tỉnh ủy làm việc với phường Thanh Miếu; đồng chí Lê Minh Hòa, Bí thư Đảng ủy phường cùng dự.

Năm 2025, tổng thu ngân sách của phường Thanh Miếu ước đạt 366,3 tỷ đồng, năm 2026 phấn đấu đạt 400 tỷ đồng; phường Nông Trang kết nạp 12 đảng viên.

Đồng chí Bùi Văn Quang giao Sở Tài chính chủ trì, phối hợp với phường Thanh Miếu rà soát các dự án đến năm 2030 trước ngày 30/6/2026.`
	r := New(nil).Read(Source{Text: in, Explain: true})
	f := figureOf(t, r, "366,3 tỷ đồng")
	want := map[string]string{"value": "366,3", "measure": "tỷ đồng", "kind": "ước đạt", "period": "Năm 2025", "label": f.Label,
		"indicator": "tổng thu ngân sách", "unit": "phường Thanh Miếu"}
	for field, words := range want {
		if got := evidence(f.Why, field); got.Span.Of(in) != words || got.Rule == "" {
			t.Errorf("%s rests on %q by %q, want %q", field, got.Span.Of(in), got.Rule, words)
		}
	}
	for field, not := range map[string]string{"kind": "phấn đấu", "period": "năm 2026", "indicator": "party_members", "unit": "phường Nông Trang"} {
		if got := evidence(f.Why, field).Against; !strings.Contains(got, not) {
			t.Errorf("%s was decided against %q, want %q", field, got, not)
		}
	}
	if len(r.Directives) != 1 {
		t.Fatalf("%d directives", len(r.Directives))
	}
	d := r.Directives[0]
	for field, words := range map[string]string{"act": "giao", "by": "Bùi Văn Quang", "assignees": "Sở Tài chính", "coordinators": "phường Thanh Miếu", "due": d.Due} {
		if got := evidence(d.Why, field); got.Span.Of(in) != words || words == "" {
			t.Errorf("%s rests on %q by %q, want %q", field, got.Span.Of(in), got.Rule, words)
		}
	}
	if got := evidence(d.Why, "due").Against; !strings.Contains(got, "năm 2030") {
		t.Errorf("the due day was decided against %q", got)
	}
	plain := New(nil).Read(Source{Text: in})
	if plain.Figures[0].Why != nil || plain.Directives[0].Why != nil {
		t.Error("evidence without being asked for")
	}
}

func evidence(why []gov.Evidence, field string) gov.Evidence {
	if i := slices.IndexFunc(why, func(e gov.Evidence) bool { return e.Field == field }); i >= 0 {
		return why[i]
	}
	return gov.Evidence{}
}
