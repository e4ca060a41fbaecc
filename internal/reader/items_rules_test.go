package reader

import (
	"strings"
	"testing"

	"haicap/internal/gov"
)

// acts is a reading's items in short, one a line: act, who, assignees, text.
func acts(r gov.Reading) string {
	var b strings.Builder
	for line := range strings.Lines(items(r)) {
		f := strings.SplitN(strings.TrimSuffix(line, "\n"), "|", 9)
		b.WriteString(f[0] + "|" + f[1] + "|" + f[3] + "|" + f[8] + "\n")
	}
	return b.String()
}

// TestItemRules has a family of rules a row, with a sentence that each decides or must leave alone.
func TestItemRules(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, text, want string }{
		{"a noun leads into difficulties", "Bên cạnh thuận lợi, phường còn gặp không ít trở ngại: đường sá nhỏ hẹp; cán bộ còn thiếu.",
			"khó khăn|||đường sá nhỏ hẹp\nkhó khăn|||cán bộ còn thiếu\n"},
		{"the difficulty is", "Khó khăn lớn nhất của phường là nhà văn hóa chật hẹp.", "khó khăn|||nhà văn hóa chật hẹp\n"},
		{"what is being solved", "Phường đã giải quyết nhiều vấn đề của người dân; đường xuống cấp; chợ quá tải.", ""},
		{"what is mended", "Phường sẽ nâng cấp tuyến đường xuống cấp qua chợ.", "cam kết|phường Núi Đỏ||Phường sẽ nâng cấp tuyến đường xuống cấp qua chợ\n"},
		{"báo cáo begins no body", "Bí thư Tỉnh ủy yêu cầu Đảng ủy phường rà soát quy hoạch; báo cáo kết quả trước ngày 30/6.",
			"chỉ đạo|Trần Văn Tỏ|Đảng ủy phường|Đảng ủy phường rà soát quy hoạch\nchỉ đạo|Trần Văn Tỏ|Đảng ủy phường|báo cáo kết quả trước ngày 30/6\n"},
		{"an order for whom the sentence turns to", "Đối với Sở Tài chính, đồng chí đề nghị cân đối kinh phí cho phường.",
			"chỉ đạo|Trần Văn Tỏ|Sở Tài chính|cân đối kinh phí cho phường\n"},
		{"each unit of a list", "Đồng chí yêu cầu UBND các phường Núi Đỏ, Suối Sâu rà soát tài sản công.",
			"chỉ đạo|Trần Văn Tỏ|UBND phường Núi Đỏ+UBND phường Suối Sâu|UBND các phường Núi Đỏ, Suối Sâu rà soát tài sản công\n"},
		{"another speaks after the semicolon", "Phường đề nghị tỉnh hỗ trợ kinh phí sửa chợ; đồng chí Trần Văn Tỏ yêu cầu Sở Tài chính xem xét ngay.",
			"kiến nghị|phường Núi Đỏ||tỉnh hỗ trợ kinh phí sửa chợ\nchỉ đạo|Trần Văn Tỏ|Sở Tài chính|Sở Tài chính xem xét ngay\n"},
		{"the report goes on", "Bí thư Tỉnh ủy yêu cầu phường rà soát quy hoạch. Nhân dịp này, đoàn công tác trao quà cho hộ nghèo.",
			"chỉ đạo|Trần Văn Tỏ|phường|phường rà soát quy hoạch\n"},
		{"announced tasks in paragraphs", "Đồng chí nhấn mạnh một số nhiệm vụ phường cần làm ngay:\n\nMột là, rà soát lại quy hoạch chợ. Nghiêm cấm lấn chiếm vỉa hè.\n\nHai là, chăm lo đời sống hộ nghèo.",
			"chỉ đạo|Trần Văn Tỏ|phường|rà soát lại quy hoạch chợ\nchỉ đạo|Trần Văn Tỏ|phường|Nghiêm cấm lấn chiếm vỉa hè\nchỉ đạo|Trần Văn Tỏ|phường|chăm lo đời sống hộ nghèo\n"},
		{"a quotation's speaker", "Bí thư Tỉnh ủy yêu cầu phường rà soát quy hoạch. \"Phường phải làm xong trong tháng này\", đồng chí Trần Văn Tỏ nhấn mạnh.",
			"chỉ đạo|Trần Văn Tỏ|phường|phường rà soát quy hoạch\nchỉ đạo|Trần Văn Tỏ|Phường|Phường phải làm xong trong tháng này\n"},
		{"the rest of the year", "Trong 6 tháng cuối năm, phường tiếp tục chỉnh trang đô thị; đẩy mạnh thu ngân sách.",
			"cam kết|phường Núi Đỏ||Trong 6 tháng cuối năm, phường tiếp tục chỉnh trang đô thị\ncam kết|phường Núi Đỏ||đẩy mạnh thu ngân sách\n"},
		{"resolved aims", "Đảng bộ phường xác định 2 khâu đột phá gồm: xây dựng đội ngũ cán bộ; cải cách thủ tục hành chính.",
			"cam kết|phường Núi Đỏ||xây dựng đội ngũ cán bộ\ncam kết|phường Núi Đỏ||cải cách thủ tục hành chính\n"},
		{"aims of a term that is over", "Nhiệm kỳ qua, Đảng bộ phường xác định 2 khâu đột phá gồm: xây dựng đội ngũ cán bộ; cải cách thủ tục hành chính.", ""},
		{"says what will be", "Lãnh đạo phường cho biết sẽ bàn giao mặt bằng trong tháng này.", "cam kết|phường Núi Đỏ||sẽ bàn giao mặt bằng trong tháng này\n"},
		{"what the leader opens", "Phát biểu tại hội nghị, đồng chí Trần Văn Tỏ gợi mở một số vấn đề như: cần rà soát quy hoạch; chăm lo đời sống hộ nghèo.",
			"chỉ đạo|Trần Văn Tỏ||cần rà soát quy hoạch\nchỉ đạo|Trần Văn Tỏ||chăm lo đời sống hộ nghèo\n"},
		{"a letter goes up", "UBND phường Núi Đỏ đã có văn bản gửi Sở Xây dựng đề nghị sớm sửa chữa cầu qua suối.", "kiến nghị|UBND phường Núi Đỏ||sớm sửa chữa cầu qua suối\n"},
		{"what was done goes on", "Ban Thường vụ Đảng ủy đã kiện toàn tổ chức, phân công nhiệm vụ cho cán bộ, xây dựng quy chế làm việc.", ""},
		{"aims set before are told", "Đảng bộ phường hoàn thành vượt mức 25/25 chỉ tiêu đề ra.", ""},
		{"what there is not", "Phường hoàn thành tốt nhiệm vụ, không có chi bộ yếu kém.", ""},
		{"clauses after one that tells", "Huyện ủy đã tổ chức hội nghị hướng dẫn; thành lập tổ giúp việc; phân công các đồng chí Ủy viên trực tiếp chỉ đạo, kiểm tra.", ""},
		{"what a session resolves on", "Kỳ họp đã thông qua Quy chế hoạt động; Nghị quyết về nhiệm vụ năm 2026 với 20 chỉ tiêu chủ yếu là: trồng mới 5 ha rừng; xóa 12 nhà tạm.\n\nTại kỳ họp cũng đã thông qua dự toán năm 2026.",
			"cam kết|phường Núi Đỏ||trồng mới 5 ha rừng\ncam kết|phường Núi Đỏ||xóa 12 nhà tạm\n"},
		{"aims that are only counted", "Năm 2027, phường đề ra 22 chỉ tiêu và 5 nhóm giải pháp để triển khai thực hiện.", ""},
		{"what follows counted aims", "Năm 2027, phường đề ra 22 chỉ tiêu; trong đó phấn đấu xóa 12 nhà tạm.", "cam kết|phường Núi Đỏ||phấn đấu xóa 12 nhà tạm\n"},
		{"work that meets difficulties", "Việc giải phóng mặt bằng còn gặp nhiều khó khăn. Công tác thu hồi đất gặp nhiều khó khăn do giá đất thấp.",
			"khó khăn|||Việc giải phóng mặt bằng còn gặp nhiều khó khăn\nkhó khăn|||Công tác thu hồi đất gặp nhiều khó khăn do giá đất thấp\n"},
		{"difficulties in passing", "Công tác thu ngân sách gặp nhiều khó khăn nhưng vẫn đạt dự toán.", ""},
		{"difficulties that are solved", "Công tác tháo gỡ cho các hộ gặp nhiều khó khăn được quan tâm.", ""},
		{"opinions that are brought up", "Tại buổi làm việc, Sở Xây dựng nêu nhiều kiến nghị, đề xuất với UBND tỉnh như: sớm ban hành đơn giá; bổ sung biên chế. Tăng cường đào tạo cán bộ.",
			"kiến nghị|Sở Xây dựng||sớm ban hành đơn giá\nkiến nghị|Sở Xây dựng||bổ sung biên chế\nkiến nghị|Sở Xây dựng||Tăng cường đào tạo cán bộ\n"},
		{"opinions that are answered", "Phường có nhiều ý kiến, kiến nghị đã được giải quyết như: sửa đường liên thôn.", ""},
		{"aims without a colon", "Đại hội thông qua nghị quyết với một số chỉ tiêu chủ yếu thu ngân sách tăng 5%; trồng mới 12 ha rừng. Hằng năm kết nạp từ 25 đảng viên trở lên.",
			"cam kết|phường Núi Đỏ||thu ngân sách tăng 5%\ncam kết|phường Núi Đỏ||trồng mới 12 ha rừng\ncam kết|phường Núi Đỏ||Hằng năm kết nạp từ 25 đảng viên trở lên\n"},
		{"results of the term that ends", "Nhiệm kỳ vừa qua, Đảng bộ phường đạt và vượt các chỉ tiêu nghị quyết đề ra: hộ nghèo còn 2%; trồng mới 12 ha rừng.", ""},
		{"aims that are counted and told after", "Nhiệm kỳ 2025 - 2030, Đảng bộ phường đề ra 17 chỉ tiêu và 3 khâu đột phá. Trong đó, tập trung xây dựng đội ngũ cán bộ.",
			"cam kết|phường Núi Đỏ||tập trung xây dựng đội ngũ cán bộ\n"},
		{"the branch's next month", "Trong tháng 4, chi bộ tập trung vận động nhân dân gieo cấy; phát động trồng cây.",
			"cam kết|phường Núi Đỏ||Trong tháng 4, chi bộ tập trung vận động nhân dân gieo cấy\ncam kết|phường Núi Đỏ||phát động trồng cây\n"},
		{"a name without an office", "Ông Lê Văn Tám đề nghị tỉnh sửa chữa cầu qua suối.", "kiến nghị|Lê Văn Tám||tỉnh sửa chữa cầu qua suối\n"},
		{"a body orders", "Về nhiệm vụ tháng 6, Thường trực HĐND tỉnh chỉ đạo tiếp tục chuẩn bị kỳ họp; đôn đốc trả lời cử tri.",
			"chỉ đạo|Thường trực HĐND tỉnh||tiếp tục chuẩn bị kỳ họp\nchỉ đạo|Thường trực HĐND tỉnh||đôn đốc trả lời cử tri\n"},
		{"a body that ordered", "Thường trực HĐND tỉnh đã chỉ đạo tiếp tục chuẩn bị kỳ họp.", ""},
		{"on the ground of opinions", "Trên cơ sở các ý kiến, đề nghị Sở Xây dựng khảo sát tuyến đường.", "chỉ đạo|Trần Văn Tỏ|Sở Xây dựng|Sở Xây dựng khảo sát tuyến đường\n"},
		{"who needs what from above", "Ông Lê Văn Tám, Chủ tịch UBND xã Suối Sâu: để giữ chuẩn, tỉnh cần hỗ trợ xây phòng học.", "kiến nghị|Lê Văn Tám||để giữ chuẩn, tỉnh cần hỗ trợ xây phòng học\n"},
		{"a list in the next paragraph", "Phường đề nghị tỉnh hỗ trợ kinh phí sửa chợ.\n\nTiếp tục quan tâm hạ tầng số ở cơ sở.",
			"kiến nghị|phường Núi Đỏ||tỉnh hỗ trợ kinh phí sửa chợ\nkiến nghị|phường Núi Đỏ||Tiếp tục quan tâm hạ tầng số ở cơ sở\n"},
		{"difficulties without a colon", "Phường phản ánh một số khó khăn về vốn đầu tư; nguồn nhân lực ở cơ sở.",
			"khó khăn|||về vốn đầu tư\nkhó khăn|||nguồn nhân lực ở cơ sở\n"},
		{"aims after a verb alone", "Bước vào nhiệm kỳ mới, Đảng bộ phường xác định: thu nhập bình quân đạt 85 triệu đồng; trồng mới 12 ha rừng.",
			"cam kết|phường Núi Đỏ||thu nhập bình quân đạt 85 triệu đồng\ncam kết|phường Núi Đỏ||trồng mới 12 ha rừng\n"},
		{"a suggestion", "Đồng chí Trần Văn Tỏ gợi ý thêm: phường chăm lo hộ nghèo; quản lý chặt quy hoạch.",
			"chỉ đạo|Trần Văn Tỏ|phường|phường chăm lo hộ nghèo\nchỉ đạo|Trần Văn Tỏ|phường|quản lý chặt quy hoạch\n"},
		{"where they live", "Cử tri Lê Văn Tám, thôn Đồi Cao phản ánh, tuyến mương bồi lắng nhiều năm.", "kiến nghị|cử tri Lê Văn Tám||tuyến mương bồi lắng nhiều năm\n"},
		{"a wish to get", "Bên cạnh đó, phường cũng mong được giao thêm 2 biên chế.", "kiến nghị|phường Núi Đỏ||được giao thêm 2 biên chế\n"},
		{"a condition goes on", "Đồng chí yêu cầu phường chi trả tiền cho các hộ. Trường hợp nhà thầu không đủ năng lực thì chủ đầu tư kiên quyết cắt hợp đồng.",
			"chỉ đạo|Trần Văn Tỏ|phường|phường chi trả tiền cho các hộ\nchỉ đạo|Trần Văn Tỏ|chủ đầu tư|Trường hợp nhà thầu không đủ năng lực thì chủ đầu tư kiên quyết cắt hợp đồng\n"},
		{"what follows from it", "Đồng chí Trần Văn Tỏ cho rằng hệ thống đã chạy tốt, vì vậy, đề nghị các đơn vị phối hợp hoàn thiện.",
			"chỉ đạo|Trần Văn Tỏ|các đơn vị|các đơn vị phối hợp hoàn thiện\n"},
		{"the rest of the year is no due day", "Đồng chí lưu ý trong 6 tháng cuối năm Mặt trận và các đoàn thể cần tập trung hướng về cơ sở.",
			"chỉ đạo|Trần Văn Tỏ|Mặt trận và các đoàn thể|trong 6 tháng cuối năm Mặt trận và các đoàn thể cần tập trung hướng về cơ sở\n"},
		{"a rumour", "Có thông tin một số phường không đủ điều kiện diện tích.", ""},
		{"whose problems they are", "Đoàn đã trả lời các vấn đề cử tri kiến nghị, thắc mắc tại buổi tiếp xúc.", ""},
	}
	for _, c := range cases {
		if got := acts(read(t, visit+c.text)); got != c.want {
			t.Errorf("%s:\n%swant\n%s", c.name, got, c.want)
		}
	}
}

func TestVotersWithNames(t *testing.T) {
	t.Parallel()
	r := read(t, "Đại biểu tiếp xúc cử tri xã Đồi Cao\n\nCử tri Lò A Sáng (thôn 5) đề nghị Nhà nước hỗ trợ giống cây. Cử tri xã kiến nghị đến HĐND tỉnh về các vấn đề: chậm sửa đường liên thôn; giá nước sinh hoạt.\n\nCó 9 ý kiến gửi đến đại biểu như: đề nghị sớm làm kè suối.\n")
	want := "kiến nghị|cử tri Lò A Sáng (thôn 5)||Nhà nước hỗ trợ giống cây\nkiến nghị|cử tri xã||chậm sửa đường liên thôn\nkiến nghị|cử tri xã||giá nước sinh hoạt\nkiến nghị|cử tri||sớm làm kè suối\n"
	if got := acts(r); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

const notice = "TỈNH ỦY ĐỒI CAO\n*\nSố 12-TB/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nĐồi Cao, ngày 20 tháng 02 năm 2026\n\nTHÔNG BÁO\nKết luận của đồng chí Trần Văn Tỏ, Bí thư Tỉnh ủy tại buổi làm việc với Đảng ủy xã Suối Sâu\n\n"

func TestNoticeOrdersWhatItLists(t *testing.T) {
	t.Parallel()
	r := read(t, notice+"Đồng chí Bí thư Tỉnh ủy yêu cầu Đảng ủy xã tập trung thực hiện tốt một số nội dung sau:\n\nI. NHIỆM VỤ\n1. Rà soát quy hoạch chợ; sắp xếp lại trụ sở.\nII. KIẾN NGHỊ CỦA XÃ\n1. Về kiến nghị sửa đường liên thôn: Sở Xây dựng khảo sát, báo cáo trước ngày 30/6/2026.\n2. Giao Văn phòng Tỉnh ủy theo dõi, đôn đốc việc thực hiện.\n")
	want := "chỉ đạo|Trần Văn Tỏ||Rà soát quy hoạch chợ\nchỉ đạo|Trần Văn Tỏ||sắp xếp lại trụ sở\n" +
		"chỉ đạo|Trần Văn Tỏ|Sở Xây dựng|Sở Xây dựng khảo sát, báo cáo trước ngày 30/6/2026\nchỉ đạo|Trần Văn Tỏ|Văn phòng Tỉnh ủy|Văn phòng Tỉnh ủy theo dõi, đôn đốc việc thực hiện\n"
	if got := acts(r); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if len(r.Directives) == 4 && r.Directives[2].Topic != "Về kiến nghị sửa đường liên thôn" {
		t.Errorf("topic %q", r.Directives[2].Topic)
	}
}

func TestIssuer(t *testing.T) {
	t.Parallel()
	head := func(lines ...string) string {
		return strings.Join(lines, "\n") + "\nSố: 07/BC\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nĐồi Cao, ngày 20 tháng 02 năm 2026\n\nBÁO CÁO\nTình hình quý I\n\nI. KIẾN NGHỊ\n1. Đề nghị UBND tỉnh bổ sung kinh phí sửa chữa chợ.\n2. Giao Sở Xây dựng công bố giá vật liệu.\n"
	}
	cases := []struct{ name, text, by string }{
		{"council of a unit in two lines", head("ỦY BAN NHÂN DÂN", "XÃ SUỐI SÂU"), "Ủy ban nhân dân xã Suối Sâu"},
		{"the body above", head("ĐẢNG BỘ TỈNH ĐỒI CAO", "ĐẢNG ỦY XÃ SUỐI SÂU"), "Đảng ủy xã Suối Sâu"},
		{"a department", head("ỦY BAN NHÂN DÂN", "TỈNH ĐỒI CAO", "SỞ TÀI CHÍNH"), "Sở Tài chính"},
		{"an abbreviation", head("UBND XÃ SUỐI SÂU"), "UBND xã Suối Sâu"},
	}
	for _, c := range cases {
		r := read(t, c.text)
		if len(r.Recommendations) != 2 || r.Recommendations[0].By != c.by || r.Recommendations[1].Text != "Giao Sở Xây dựng công bố giá vật liệu" {
			t.Errorf("%s: %s", c.name, items(r))
		}
	}
}

// TestConfidence: what its structure settles is sure, what is carried on, quoted or without an addressee is not.
func TestConfidence(t *testing.T) {
	t.Parallel()
	cases := []struct {
		text string
		want gov.Confidence
	}{
		{"Đồng chí Trần Văn Tỏ yêu cầu Sở Tài chính cân đối kinh phí.", gov.Sure},
		{"Đồng chí Trần Văn Tỏ yêu cầu rà soát ngay quy hoạch.", gov.Open},
		{"Phường Núi Đỏ đề nghị UBND tỉnh hỗ trợ kinh phí sửa trụ sở.", gov.Sure},
		{"Phường còn gặp một số khó khăn như: trụ sở chật hẹp.", gov.Sure},
		{"Trụ sở của phường chật hẹp, xuống cấp.", gov.Likely},
		{"Năm 2026, phường Núi Đỏ phấn đấu giảm 12 hộ nghèo.", gov.Sure},
		{"Phường Núi Đỏ sẽ tổ chức lễ hội hoa.", gov.Likely},
	}
	for _, c := range cases {
		r := read(t, visit+c.text)
		var got []gov.Confidence
		for _, list := range [][]gov.ItemDraft{r.Difficulties, r.Recommendations, r.Directives, r.Commitments} {
			for _, it := range list {
				got = append(got, it.Confidence)
			}
		}
		if len(got) != 1 || got[0] != c.want {
			t.Errorf("%s: %v, want %s", c.text, got, c.want)
		}
	}
}

// TestCountedOpinions: what voters' counted opinions are about are recommendations, also where they tell of what is lacking.
func TestCountedOpinions(t *testing.T) {
	t.Parallel()
	r := read(t, "Đại biểu tiếp xúc với cử tri xã Đồi Cao\n\nTại buổi tiếp xúc đã có 11 ý kiến, kiến nghị của cử tri về những vấn đề như: đường liên thôn xuống cấp; nhiều hộ chưa có nước sạch.\n")
	if got, want := acts(r), "kiến nghị|cử tri||đường liên thôn xuống cấp\nkiến nghị|cử tri||nhiều hộ chưa có nước sạch\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if r.Document.Kind != gov.KindConference {
		t.Errorf("kind %s", r.Document.Kind)
	}
}
