package register_test

import (
	"strings"
	"sync"
	"testing"

	"haicap/internal/gov"
)

func TestFind(t *testing.T) {
	t.Parallel()
	r := load(t)
	for _, c := range []struct {
		q    gov.UnitQuery
		want string // codes in order, a former one with a minus
	}{
		{gov.UnitQuery{Name: "phường Thanh Miếu"}, "07909 -07909"},
		{gov.UnitQuery{Name: "phuong thanh mieu", On: "2025-12-24"}, "07909"},
		{gov.UnitQuery{Name: "P.Thanh Miếu", On: "2025-06-30"}, "-07909"},
		{gov.UnitQuery{Name: "song lo", Type: gov.Commune}, "08848 -07936"},
		{gov.UnitQuery{Name: "xã Sông Lô", On: "2025-06-30"}, "-07936"},
		{gov.UnitQuery{Name: "Sông Lô", Within: "227"}, "-07936"},
		{gov.UnitQuery{Name: "phường Thọ Sơn"}, "-07906"},
		{gov.UnitQuery{Name: "xã/phường Thịnh Minh", Within: "25"}, "04897 -04897"},
		{gov.UnitQuery{Name: "Hòa Bình", Within: "25", Type: gov.Ward}, "04795"},
		{gov.UnitQuery{Name: "Hoà Bình", Within: "17", Type: gov.Commune}, "-04825"},
		{gov.UnitQuery{Name: "phường Hòa Bình", Within: "17"}, "04795"},
		{gov.UnitQuery{Name: "Thịnh Lang", Within: "25"}, "-04795"},
		{gov.UnitQuery{Name: "thành phố PRTC"}, "-582"},
		{gov.UnitQuery{Name: "TP. Phan Rang – Tháp Chàm", On: "2022-05-11"}, "-582"},
		{gov.UnitQuery{Name: "TP.HCM", On: "2026-01-01"}, "79"},
		{gov.UnitQuery{Name: "TPHCM", On: "2020-01-01"}, "-79"},
		{gov.UnitQuery{Name: "TX. Dĩ An"}, "-724"},
		{gov.UnitQuery{Name: "Q.1"}, "-760"},
		{gov.UnitQuery{Name: "Q2"}, "-769"},
		{gov.UnitQuery{Name: "Phường 10", Within: "747"}, "-26536"},
		{gov.UnitQuery{Name: "Thanh Sơn, Phan Rang-Tháp Chàm"}, "-22750"},
		{gov.UnitQuery{Name: "P. Hòa Bình, tỉnh Phú Thọ"}, "04795"},
		{gov.UnitQuery{Name: "Đăk Lăk", Type: gov.Province, On: "2026-01-01"}, "66"},
		{gov.UnitQuery{Name: "ea hleo", Type: gov.Commune, On: "2026-01-01"}, "24184"},
		{gov.UnitQuery{Name: "Phú Thuỷ", Type: gov.Ward, On: "2026-01-01"}, "22924"},
		{gov.UnitQuery{Name: "Qui Nhơn", Type: gov.Ward, On: "2026-01-01"}, "21583"},
		{gov.UnitQuery{Name: "thị trấn Phong Hải"}, "-02902"},
		{gov.UnitQuery{Name: "thị trấn Nông trường Phong Hải"}, "-02902"},
		{gov.UnitQuery{Name: "Thanh Miếu", Limit: 1}, "07909"},
		{gov.UnitQuery{Name: "không có nơi nào như thế"}, ""},
		{gov.UnitQuery{Name: ""}, ""},
		{gov.UnitQuery{Name: "phường"}, ""},
	} {
		var got []string
		for _, m := range r.Find(c.q) {
			code := m.Unit.Code
			if !m.Unit.Current() {
				code = "-" + code
			}
			got = append(got, code)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("Find(%+v) = %q, want %q", c.q, s, c.want)
		}
	}
}

func TestFindGivesAllCandidatesOfAnAmbiguousName(t *testing.T) {
	t.Parallel()
	provinces := map[string]bool{}
	for _, m := range load(t).Find(gov.UnitQuery{Name: "tân an", On: "2026-01-01"}) {
		p, _ := gov.ProvinceOf(load(t), m.Unit)
		provinces[p.Code] = true
	}
	if len(provinces) < 5 {
		t.Errorf("Tân An is found in %d provinces", len(provinces))
	}
}

func TestFindPutsTheSameMarksFirst(t *testing.T) {
	t.Parallel()
	ms := load(t).Find(gov.UnitQuery{Name: "Văn Lăng", On: "2026-01-01"})
	if len(ms) < 2 || !ms[0].Exact || ms[0].Unit.Name != "Văn Lăng" || ms[len(ms)-1].Exact {
		t.Errorf("Find(Văn Lăng) = %+v", ms)
	}
	for _, m := range load(t).Find(gov.UnitQuery{Name: "khánh hoà", Type: gov.Province}) {
		if !m.Exact {
			t.Errorf("%v: the other placement of the tone is the same name", m)
		}
	}
}

func TestFindFromManySides(t *testing.T) {
	t.Parallel()
	r := load(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if len(r.Find(gov.UnitQuery{Name: "thanh mieu"})) != 2 {
				t.Error("not found")
			}
		})
	}
	wg.Wait()
}
