package reader

import (
	"testing"

	"haicap/internal/gov"
)

const (
	letterhead = "TỈNH ỦY PHÚ THỌ\nSố 41-TB/TU\nPhú Thọ, ngày 22 tháng 12 năm 2025\n"
	lead       = "Ngày 18/12/2025, tại Hội trường UBND phường Kỳ Sơn, đồng chí Bí thư Tỉnh ủy làm việc với Đảng ủy phường Kỳ Sơn về kết quả thực hiện nhiệm vụ năm 2025. Đồng chí kết luận như sau:\n1. Giao Sở Nội vụ rà soát biên chế.\n"
)

func TestHeads(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, in string
		want     gov.ReadingHead
	}{
		{"notice whose title names the day", letterhead + "THÔNG BÁO\nkết luận của đồng chí Bí thư Tỉnh ủy tại buổi làm việc với Đảng ủy phường Kỳ Sơn ngày 18/12/2025\n\nNăm 2025, thu ngân sách đạt 82 tỷ đồng.\n",
			gov.ReadingHead{Kind: gov.KindConclusionNotice, Title: "Thông báo kết luận của đồng chí Bí thư Tỉnh ủy tại buổi làm việc với Đảng ủy phường Kỳ Sơn ngày 18/12/2025",
				Date: "2025-12-18", Published: "2025-12-22", Number: "41-TB/TU", Issuer: "TỈNH ỦY PHÚ THỌ"}},
		{"notice whose lead names day, place and subject; its first line is no title", "\uFEFF" + letterhead + "THÔNG BÁO\nKết luận của đồng chí Bí thư Tỉnh ủy\n" + lead,
			gov.ReadingHead{Kind: gov.KindConclusionNotice, Title: "Thông báo kết luận của đồng chí Bí thư Tỉnh ủy", Date: "2025-12-18", Published: "2025-12-22", Number: "41-TB/TU",
				Issuer: "TỈNH ỦY PHÚ THỌ", Place: "Hội trường UBND phường Kỳ Sơn", Programme: "kết quả thực hiện nhiệm vụ năm 2025"}},
		{"notice without a day of its own", letterhead + "THÔNG BÁO KẾT LUẬN\ncủa Thường trực Tỉnh ủy\n\nSau khi nghe báo cáo, Thường trực Tỉnh ủy thống nhất các nội dung. Hoàn thành trước ngày 30/6/2026.\n",
			gov.ReadingHead{Kind: gov.KindConclusionNotice, Title: "Thông báo kết luận của Thường trực Tỉnh ủy", Date: "2025-12-22", Published: "2025-12-22", Number: "41-TB/TU", Issuer: "TỈNH ỦY PHÚ THỌ"}},
		{"the line says the type again", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nAn Bình, ngày 5 tháng 1 năm 2026\nKẾ HOẠCH\nKế hoạch công tác năm 2026\nCăn cứ Luật Đầu tư công.\n",
			gov.ReadingHead{Kind: gov.KindPlan, Title: "Kế hoạch công tác năm 2026", Date: "2026-01-05", Published: "2026-01-05", Place: "An Bình"}},
		{"resolution, the issuer under the title", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nAn Bình, ngày 5 tháng 1 năm 2026\nNGHỊ QUYẾT\nVề nhiệm vụ năm 2026\nHỘI ĐỒNG NHÂN DÂN XÃ AN BÌNH\nKHÓA II, KỲ HỌP THỨ 3\n(Từ ngày 3 đến ngày 5/1/2026)\nCăn cứ Luật Đầu tư công.\n",
			gov.ReadingHead{Kind: gov.KindResolution, Title: "Nghị quyết về nhiệm vụ năm 2026", Date: "2026-01-05", Published: "2026-01-05", Place: "An Bình"}},
		{"a decision is none of the kinds", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nAn Bình, ngày 5 tháng 1 năm 2026\nQUYẾT ĐỊNH\nVề việc làm việc với các xã\nCăn cứ Luật Đầu tư công.\n",
			gov.ReadingHead{Kind: gov.KindOther, Title: "Quyết định về việc làm việc với các xã", Date: "2026-01-05", Published: "2026-01-05", Place: "An Bình"}},
		{"a line with the day of publication", "Bí thư Huyện ủy làm việc với xã An Bình\nThứ Tư, 08/04/2015, 08:11 [GMT+7]\nNgày 7-4, Bí thư Huyện ủy làm việc với xã An Bình.\n",
			gov.ReadingHead{Kind: gov.KindWorkingSession, Title: "Bí thư Huyện ủy làm việc với xã An Bình", Date: "2015-04-07", Published: "2015-04-08"}},
		{"this morning", "date 2025-07-10 Họp báo tỉnh\nTại cuộc họp báo diễn ra chiều nay (9/7), UBND tỉnh cho biết kết quả.\n",
			gov.ReadingHead{Kind: gov.KindConference, Title: "Họp báo tỉnh", Date: "2025-07-09", Published: "2025-07-10"}},
		{"a lead is no caption", "date 2025-10-02 Bí thư Thành ủy nói về trường học\nSáng 1/10, phát biểu kết luận tại buổi làm việc với phường Núi Đỏ, Bí thư Thành ủy chia sẻ với lãnh đạo phường.\n",
			gov.ReadingHead{Kind: gov.KindWorkingSession, Title: "Bí thư Thành ủy nói về trường học", Date: "2025-10-01", Published: "2025-10-02"}},
		{"the year of a month in the lead", "Chủ động triển khai các dự án hạ tầng\nChiều 26/7, UBND tỉnh tổ chức phiên họp thường kỳ tháng 7/2022.\n",
			gov.ReadingHead{Kind: gov.KindConference, Title: "Chủ động triển khai các dự án hạ tầng", Date: "2022-07-26"}},
		{"a congress that is prepared", "date 2025-07-20 Trưởng Ban Tổ chức kiểm tra công tác chuẩn bị đại hội Đảng bộ xã An Bình\nĐoàn đã nghe báo cáo chuẩn bị cho đại hội diễn ra vào ngày 30/6/2025. Việc chuẩn bị hoàn thành trước ngày 15/6/2025.\n",
			gov.ReadingHead{Kind: gov.KindInspection, Title: "Trưởng Ban Tổ chức kiểm tra công tác chuẩn bị đại hội Đảng bộ xã An Bình", Published: "2025-07-20"}},
		{"published in a month", "date 2025-07 Chủ tịch UBND tỉnh kiểm tra xã An Bình\nChiều 9/7, Chủ tịch UBND tỉnh kiểm tra tình hình tại xã An Bình.\n",
			gov.ReadingHead{Kind: gov.KindInspection, Title: "Chủ tịch UBND tỉnh kiểm tra xã An Bình", Date: "2025-07-09"}},
		{"the day of a document is not the event's", "date 2025-09-10 Họp về công tác cán bộ\nThực hiện Chỉ thị 35-CT/TW ngày 30/5/2019, xã đã họp bàn.\n",
			gov.ReadingHead{Kind: gov.KindConference, Title: "Họp về công tác cán bộ", Published: "2025-09-10", Programme: "công tác cán bộ"}},
		{"only the body says where", "date 2025-08-06 Khai thác lợi thế\nPhường Suối Sâu ngày càng phát triển.\nPhường có nhiều di tích.\nPhát biểu tại đại hội, đồng chí Bí thư nói về phát triển.\n",
			gov.ReadingHead{Kind: gov.KindCongress, Title: "Khai thác lợi thế", Published: "2025-08-06"}},
		{"a day to come is not the event's", "date 2025-07-10 Họp Ban Chỉ đạo\nHội nghị yêu cầu hoàn thành trước ngày 30/9/2025.\n",
			gov.ReadingHead{Kind: gov.KindConference, Title: "Họp Ban Chỉ đạo", Published: "2025-07-10"}},
	} {
		if got := New(nil).Read(Source{Name: "t.txt", Text: c.in}).Document; got != c.want {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
		}
	}
}

// TestYearOfTitle: a time without its year is of the only year that the title names.
func TestYearOfTitle(t *testing.T) {
	t.Parallel()
	in := "Xã An Bình 6 tháng đầu năm 2024\nTrong 6 tháng đầu năm, thu ngân sách đạt 12 tỷ đồng.\n"
	if got := New(nil).Read(Source{Text: in}).Figures[0].Period; got != "2024-01/2024-06" {
		t.Errorf("period %q", got)
	}
	in = "Xã An Bình năm 2024 và 2025\nTrong 6 tháng đầu năm, thu ngân sách đạt 12 tỷ đồng.\n"
	if got := New(nil).Read(Source{Text: in}).Figures[0].Period; got != "" {
		t.Errorf("period %q", got)
	}
}

// TestLetterheadUnit: a letterhead names the level above first; the figures are the lower one's.
func TestLetterheadUnit(t *testing.T) {
	t.Parallel()
	in := "ĐẢNG BỘ TỈNH SÔNG DÀI\nĐẢNG ỦY XÃ SUỐI SÂU\nSố 88-BC/ĐU\nSuối Sâu, ngày 25 tháng 3 năm 2026\nBÁO CÁO\nkết quả công tác quý I năm 2026\nTrong quý, thu ngân sách đạt 3 tỷ đồng.\n"
	if got := New(nil).Read(Source{Text: in}).Figures[0].Unit; got != "xã Suối Sâu" && got != "xã SUỐI SÂU" {
		t.Errorf("unit %q", got)
	}
}
