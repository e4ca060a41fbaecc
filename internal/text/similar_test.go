package text_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"haicap/internal/text"
)

// asking is what all recommendations say.
var asking = []string{"đề nghị", "kiến nghị", "đề xuất", "quan tâm", "xem xét", "sớm", "chỉ đạo", "hỗ trợ", "bố trí", "tỉnh", "xã", "phường", "sở", "ubnd", "trên địa bàn"}

// groups are wishes with the same wish in other words, the same of another place, and one that shares the place or a few words.
var groups = []struct{ query, same, elsewhere, other string }{
	{"Đề nghị tỉnh sớm đầu tư nâng cấp tuyến đường từ trung tâm xã Đồi Cao đi bến đò Suối Ngang, hiện xuống cấp nghiêm trọng.",
		"Kiến nghị Sở Xây dựng xem xét bố trí vốn cải tạo, nâng cấp đường từ trung tâm xã Đồi Cao ra bến đò Suối Ngang do mặt đường đã xuống cấp.",
		"Đề nghị đầu tư nâng cấp tuyến đường từ trung tâm xã Bãi Sậy đi bến đò Cửa Lạch đang xuống cấp nghiêm trọng.",
		"Đề nghị bổ sung biên chế giáo viên mầm non cho xã Đồi Cao."},
	{"Bổ sung biên chế giáo viên mầm non và tiểu học cho phường Đồng Sen, hiện thiếu 14 người so với định mức.",
		"Phường Đồng Sen tiếp tục kiến nghị giao thêm biên chế giáo viên tiểu học, mầm non vì còn thiếu so với định mức.",
		"Đề nghị tỉnh bổ sung biên chế giáo viên mầm non cho phường Gò Lau còn thiếu so với định mức.",
		"Đề nghị sửa chữa trường mầm non phường Đồng Sen bị dột."},
	{"Hướng dẫn xử lý trụ sở dôi dư sau sắp xếp đơn vị hành chính tại xã Thung Khe.",
		"Xã Thung Khe đề nghị sớm có hướng dẫn sắp xếp, xử lý các trụ sở dôi dư sau khi sắp xếp đơn vị hành chính.",
		"Đề nghị hướng dẫn xử lý tài sản công là trụ sở dôi dư sau sắp xếp đơn vị hành chính tại xã Mường Vang.",
		"Xã Thung Khe đề nghị hướng dẫn quy trình xử lý nợ đọng thuế."},
	{"Phần mềm một cửa thường xuyên bị treo, cán bộ Trung tâm Phục vụ hành chính công không nộp được hồ sơ.",
		"Đề nghị khắc phục tình trạng phần mềm một cửa hay bị treo khiến Trung tâm Phục vụ hành chính công không tiếp nhận được hồ sơ.",
		"Phần mềm một cửa của phường Gò Lau thường xuyên bị treo.",
		"Đề nghị cấp bổ sung máy tính cho cán bộ tài chính."},
	{"Đẩy nhanh giải phóng mặt bằng khu tái định cư Bãi Bằng để bàn giao cho nhà đầu tư trước quý II.",
		"Kiến nghị tháo gỡ vướng mắc giải phóng mặt bằng khu tái định cư Bãi Bằng, sớm bàn giao mặt bằng cho nhà đầu tư.",
		"Đẩy nhanh giải phóng mặt bằng khu tái định cư Đầm Vực để bàn giao cho nhà đầu tư.",
		"Khu tái định cư Bãi Bằng chưa có nước sạch."},
}

// TestSimilarRanks: of four texts the same wish in other words comes first, then the same wish of another place, then what shares only the
// place or a few words.
func TestSimilarRanks(t *testing.T) {
	t.Parallel()
	for _, c := range groups {
		got := text.Similar(c.query, []string{c.other, c.elsewhere, c.same}, asking)
		var order []string
		for _, m := range got {
			order = append(order, fmt.Sprintf("%s %.2f (%.2f, %.2f)", m.ID, m.Score, m.Topic, m.Names))
		}
		if len(got) < 2 || got[0].ID != "2" || got[1].ID != "1" || got[0].Score < 1.2*got[1].Score {
			t.Errorf("%s\n%s", c.query, strings.Join(order, "\n"))
		}
	}
}

// TestSimilarAmongMany: the wish in other words is found first among thousands of the kind, and the one of another place by its topic.
func TestSimilarAmongMany(t *testing.T) {
	t.Parallel()
	x := text.NewIndex(asking...)
	r := rand.New(rand.NewPCG(5, 6))
	for i := range 20_000 {
		x.Add(fmt.Sprint(i), wish(r))
	}
	for i, c := range groups {
		x.Add(fmt.Sprint("same ", i), c.same)
		x.Add(fmt.Sprint("elsewhere ", i), c.elsewhere)
		x.Add(fmt.Sprint("other ", i), c.other)
	}
	for i, c := range groups {
		again := x.Similar(c.query, 5, 0.3)
		if len(again) == 0 || again[0].ID != fmt.Sprint("same ", i) {
			t.Errorf("%s\n%+v", c.query, again)
		}
		like := x.Elsewhere(c.query, 3, 0.3)
		if !slices.ContainsFunc(like, func(m text.Match) bool { return m.ID == fmt.Sprint("elsewhere ", i) }) {
			t.Errorf("%s\nelsewhere: %+v", c.query, like)
		}
	}
}

func TestSimilarForms(t *testing.T) {
	t.Parallel()
	const s = "Đề nghị sửa chữa đập Hố Chuối trước mùa mưa năm 2026"
	for _, same := range []string{s, "đề nghị SỬA CHỮA đập Hố Chuối trước mùa mưa năm 2025.", "de nghi sua chua dap Ho Chuoi truoc mua mua", "Đề nghị sửa chữa đập Hố Chuối trước mùa mưa"} {
		if got := text.Similar(s, []string{same, "Cấp bù thủy lợi phí"}, asking); len(got) == 0 || got[0].ID != "0" || got[0].Score < 0.7 {
			t.Errorf("%s: %+v", same, got)
		}
	}
	if got := text.Similar("", []string{s, ""}, nil); len(got) != 0 {
		t.Errorf("nothing is like nothing: %+v", got)
	}
}

func TestIndexComesAndGoes(t *testing.T) {
	t.Parallel()
	x := text.NewIndex(asking...)
	r := rand.New(rand.NewPCG(1, 2))
	texts := map[string]string{}
	for i := range 3000 {
		id := fmt.Sprint(i)
		texts[id] = wish(r)
		x.Add(id, texts[id])
	}
	x.Add("7", "Xin cấp giấy chứng nhận cho nhà văn hóa thôn Bến Tượng")
	for i := range 2000 {
		x.Remove(fmt.Sprint(i + 1000))
	}
	x.Remove("none")
	if x.Len() != 1000 {
		t.Errorf("%d texts", x.Len())
	}
	if got := x.Similar("Nhà văn hóa thôn Bến Tượng chưa được cấp giấy chứng nhận", 3, 0.2); len(got) == 0 || got[0].ID != "7" {
		t.Errorf("%+v", got)
	}
	for _, id := range []string{"3", "500", "999"} {
		got := x.Similar(texts[id], 5, 0.5)
		if len(got) == 0 || got[0].Score < 0.999 || !slices.ContainsFunc(got, func(m text.Match) bool { return texts[m.ID] == texts[id] }) {
			t.Errorf("%s does not find itself: %+v", texts[id], got)
		}
	}
	if got := x.Similar(texts["1500"], 1000, 0); slices.ContainsFunc(got, func(m text.Match) bool { return len(m.ID) == 4 && m.ID < "3000" }) {
		t.Error("a text that was taken out was found")
	}
}

// wish makes a recommendation.
func wish(r *rand.Rand) string {
	pick := func(s string) string { l := strings.Split(s, "|"); return l[r.IntN(len(l))] }
	syllables := "Đồi|Bãi|Gò|Suối|Đồng|Thung|Mường|Bến|Làng|Cầu|Núi|Khe|Hồ|Vực|Đầm|Lũng|Phú|Tân|An|Bình|Hòa|Minh|Quang|Thịnh|Xuân|Yên|Long|Sơn|Hải|Giang|Lâm|Trung"
	name := pick(syllables) + " " + pick(syllables)
	return pick("Đề nghị|Kiến nghị|Đề nghị tỉnh|Kiến nghị Sở Xây dựng|Đề nghị UBND tỉnh") + " " + pick("sớm|quan tâm|xem xét|ưu tiên|khẩn trương") + " " +
		pick("đầu tư nâng cấp|cải tạo|sửa chữa|bố trí vốn xây dựng|bàn giao|tháo gỡ vướng mắc về|hướng dẫn quản lý|bổ sung kinh phí cho|rà soát quy hoạch") + " " +
		pick("tuyến đường liên xã|trường mầm non|trường tiểu học|trạm y tế|hệ thống thoát nước|kênh mương nội đồng|khu tái định cư|trụ sở dôi dư|nhà văn hóa|chợ trung tâm|bãi rác tập trung|đường điện hạ thế|cầu treo dân sinh|đê bao") + " " +
		pick("tại|thuộc|của") + " " + pick("xã|phường|thôn|khu|tổ dân phố") + " " + name + ", " +
		pick("hiện đã xuống cấp|do thiếu kinh phí|chậm so với kế hoạch|gây bức xúc trong nhân dân|vướng giải phóng mặt bằng|chưa có trong danh mục|không còn phù hợp sau sắp xếp|ảnh hưởng đến sản xuất") + " " +
		fmt.Sprintf("từ năm %d, dài %d km", 2018+r.IntN(9), 1+r.IntN(40))
}

func BenchmarkSimilar100k(b *testing.B) {
	x := text.NewIndex(asking...)
	r := rand.New(rand.NewPCG(3, 4))
	for i := range 100_000 {
		x.Add(fmt.Sprint(i), wish(r))
	}
	queries := make([]string, 64)
	for i := range queries {
		queries[i] = wish(r)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		x.Similar(queries[i%len(queries)], 10, 0.4)
		i++
	}
}

func BenchmarkIndexAdd(b *testing.B) {
	x := text.NewIndex(asking...)
	r := rand.New(rand.NewPCG(3, 4))
	list := make([]string, 20_000)
	for i := range list {
		list[i] = wish(r)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		x.Add(fmt.Sprint(i), list[i%len(list)])
		i++
	}
}
