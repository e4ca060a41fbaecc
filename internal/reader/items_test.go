package reader

import (
	"fmt"
	"strings"
	"testing"

	"haicap/internal/gov"
)

const visit = "date 2026-03-05 Bí thư Tỉnh ủy Trần Văn Tỏ làm việc với phường Núi Đỏ\n\nSáng 5/3, đồng chí Trần Văn Tỏ - Bí thư Tỉnh ủy làm việc với phường Núi Đỏ.\n\n"

// items is a reading's items, one a line: act, by, to, assignees, lead, coordinators, due, strength, text.
func items(r gov.Reading) string {
	var b strings.Builder
	line := func(act string, list []gov.ItemDraft) {
		for _, it := range list {
			fmt.Fprintf(&b, "%s|%s|%s|%s|%s|%s|%s|%s|%s\n", act, it.By, it.To, strings.Join(it.Assignees, "+"), it.Lead,
				strings.Join(it.Coordinators, "+"), it.Due, it.Strength, it.Text)
		}
	}
	line("khó khăn", r.Difficulties)
	line("kiến nghị", r.Recommendations)
	line("chỉ đạo", r.Directives)
	line("cam kết", r.Commitments)
	return b.String()
}

func TestItems(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, text, want string }{
		{"difficulties of a list", "Tuy nhiên, phường còn gặp một số khó khăn như: Trụ sở chật hẹp; cán bộ chuyên môn còn thiếu...",
			"khó khăn||||||||Trụ sở chật hẹp\nkhó khăn||||||||cán bộ chuyên môn còn thiếu\n"},
		{"an obstacle in passing", "Mặc dù cơ sở vật chất còn thiếu, phường vẫn hoàn thành nhiệm vụ năm qua.", ""},
		{"asked upwards", "Phường Núi Đỏ đề nghị UBND tỉnh hỗ trợ kinh phí sửa trụ sở.",
			"kiến nghị|phường Núi Đỏ|UBND tỉnh||||||UBND tỉnh hỗ trợ kinh phí sửa trụ sở\n"},
		{"asked downwards", "Đồng chí Trần Văn Tỏ đề nghị phường Núi Đỏ quan tâm giảm nghèo.",
			"chỉ đạo|Trần Văn Tỏ||phường Núi Đỏ||||orientation|phường Núi Đỏ quan tâm giảm nghèo\n"},
		{"voters", "Cử tri kiến nghị thành phố sớm sửa tuyến đường liên khu.", "kiến nghị|cử tri|thành phố||||||thành phố sớm sửa tuyến đường liên khu\n"},
		{"the noun is no verb", "Đoàn đã nghe các kiến nghị, đề xuất của phường và ghi nhận kết quả.", ""},
		{"goes on without a cue", "Bí thư Tỉnh ủy yêu cầu Đảng ủy phường rà soát quy hoạch. Tăng cường quản lý đất đai; đẩy mạnh cải cách hành chính.\n\nQuang cảnh buổi làm việc.\n\nNgoài ra, cần chăm lo đời sống người dân.",
			"chỉ đạo|Trần Văn Tỏ||Đảng ủy phường||||orientation|Đảng ủy phường rà soát quy hoạch\n" +
				"chỉ đạo|Trần Văn Tỏ||Đảng ủy phường||||orientation|Tăng cường quản lý đất đai\n" +
				"chỉ đạo|Trần Văn Tỏ||Đảng ủy phường||||orientation|đẩy mạnh cải cách hành chính\n" +
				"chỉ đạo|Trần Văn Tỏ||Đảng ủy phường||||orientation|cần chăm lo đời sống người dân\n"},
		{"praise ends it", "Bí thư Tỉnh ủy yêu cầu phường rà soát quy hoạch. Đồng chí bày tỏ tin tưởng phường sẽ hoàn thành nhiệm vụ.",
			"chỉ đạo|Trần Văn Tỏ||phường||||orientation|phường rà soát quy hoạch\n"},
		{"lead, coordinators and term", "Đồng chí giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng thẩm định dự án trước ngày 30/6/2026.",
			"chỉ đạo|Trần Văn Tỏ||Sở Tài chính|Sở Tài chính|Sở Xây dựng|trước ngày 30/6/2026|assigned|Sở Tài chính chủ trì, phối hợp với Sở Xây dựng thẩm định dự án trước ngày 30/6/2026\n"},
		{"a chain", "Đồng chí giao Đảng ủy UBND tỉnh lãnh đạo UBND tỉnh chỉ đạo các sở xử lý kiến nghị.",
			"chỉ đạo|Trần Văn Tỏ||Đảng ủy UBND tỉnh||||chain|Đảng ủy UBND tỉnh lãnh đạo UBND tỉnh chỉ đạo các sở xử lý kiến nghị\n"},
		{"shared owner", "Đồng chí nhấn mạnh: Cấp ủy, chính quyền phường Núi Đỏ cần nắm chắc tình hình cơ sở.",
			"chỉ đạo|Trần Văn Tỏ||Cấp ủy phường Núi Đỏ+chính quyền phường Núi Đỏ||||orientation|Cấp ủy, chính quyền phường Núi Đỏ cần nắm chắc tình hình cơ sở\n"},
		{"nhấn mạnh that asks nothing", "Đồng chí nhấn mạnh: Chuyển đổi số là xu thế của thời đại.", ""},
		{"plans", "Năm 2026, phường Núi Đỏ phấn đấu thu ngân sách đạt 95 tỷ đồng; giảm 12 hộ nghèo.",
			"cam kết|phường Núi Đỏ|||||||Năm 2026, phường Núi Đỏ phấn đấu thu ngân sách đạt 95 tỷ đồng\ncam kết|phường Núi Đỏ|||||||giảm 12 hộ nghèo\n"},
		{"results are no plans", "Năm 2025, phường Núi Đỏ đã tập trung thu ngân sách đạt 95 tỷ đồng.", ""},
		{"a company's plan", "Doanh nghiệp sẽ di dời nhà xưởng trong năm nay để bàn giao đất.", ""},
	}
	for _, c := range cases {
		if got := items(read(t, visit+c.text)); got != c.want {
			t.Errorf("%s:\n%swant\n%s", c.name, got, c.want)
		}
	}
}

func TestItemTopic(t *testing.T) {
	t.Parallel()
	r := read(t, visit+"Về kiến nghị sửa trụ sở, đồng chí giao Sở Tài chính cân đối kinh phí.")
	if len(r.Directives) != 1 {
		t.Fatalf("directives: %+v", r.Directives)
	}
	it := r.Directives[0]
	if it.Topic != "Về kiến nghị sửa trụ sở" || it.Answers != "kiến nghị sửa trụ sở" || it.Text != "Sở Tài chính cân đối kinh phí" {
		t.Errorf("topic %q, answers %q, text %q", it.Topic, it.Answers, it.Text)
	}
}

func TestGroupOfUnits(t *testing.T) {
	t.Parallel()
	r := read(t, "date 2026-03-05 Bí thư Tỉnh ủy Trần Văn Tỏ làm việc với các phường: Núi Đỏ, Suối Sâu\n\nBí thư Tỉnh ủy Trần Văn Tỏ yêu cầu các xã, phường rà soát tài sản công.")
	if len(r.Directives) != 1 || strings.Join(r.Directives[0].AssigneeUnits, ", ") != "phường Núi Đỏ, phường Suối Sâu" {
		t.Errorf("directives: %+v", r.Directives)
	}
}

func TestTaskTable(t *testing.T) {
	t.Parallel()
	r := read(t, "TT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\n1\tRà soát quy hoạch sử dụng đất\tSở Xây dựng\tSở Tài chính; UBND các xã\ttrước ngày 30/9/2026\n2\tBáo cáo kết quả hằng quý\tVăn phòng UBND tỉnh\t\tThường xuyên\n")
	want := "chỉ đạo|||Sở Xây dựng|Sở Xây dựng|Sở Tài chính+UBND các xã|trước ngày 30/9/2026|assigned|Rà soát quy hoạch sử dụng đất\n" +
		"chỉ đạo|||Văn phòng UBND tỉnh|Văn phòng UBND tỉnh|||assigned|Báo cáo kết quả hằng quý\n"
	if got := items(r); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestRanks(t *testing.T) {
	t.Parallel()
	cases := []struct {
		words string
		want  int
	}{
		{"Bí thư Tỉnh ủy", rankProvince}, {"Đảng bộ phường", rankCommune}, {"Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy", rankCentral}, {"Bộ Tài chính", rankCentral},
		{"Sở Tài chính", rankDepartment}, {"Chủ tịch UBND huyện Đồi Cao", rankDistrict}, {"cử tri", rankPeople}, {"đồng chí", rankUnknown},
	}
	for _, c := range cases {
		if got := findRank(c.words); got != c.want {
			t.Errorf("findRank(%q) = %d, want %d", c.words, got, c.want)
		}
	}
}

func TestVoices(t *testing.T) {
	t.Parallel()
	r := read(t, "Đại biểu tiếp xúc cử tri phường Núi Đỏ\n\nTại hội nghị, cử tri phản ánh tình trạng ngập úng tại tổ 5; đề nghị ngành điện di dời cột điện.\n\nCác ý kiến của cử tri tập trung vào một số vấn đề: chậm cấp giấy chứng nhận; chế độ cho cán bộ tổ dân phố.\n")
	want := "kiến nghị|cử tri|||||||tình trạng ngập úng tại tổ 5\nkiến nghị|cử tri|ngành điện||||||ngành điện di dời cột điện\n" +
		"kiến nghị|cử tri|||||||chậm cấp giấy chứng nhận\nkiến nghị|cử tri|||||||chế độ cho cán bộ tổ dân phố\n"
	if got := items(r); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestTwoSpeakers(t *testing.T) {
	t.Parallel()
	r := read(t, visit+"Sau khi nghe Bí thư Đảng ủy phường Lê Thị Ngà kiến nghị sớm mở rộng trường tiểu học, Bí thư Tỉnh ủy Trần Văn Tỏ yêu cầu Sở Xây dựng báo cáo tiến độ.")
	want := "kiến nghị|Lê Thị Ngà|||||||sớm mở rộng trường tiểu học\nchỉ đạo|Trần Văn Tỏ||Sở Xây dựng||||orientation|Sở Xây dựng báo cáo tiến độ\n"
	if got := items(r); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestOfficialSections(t *testing.T) {
	t.Parallel()
	r := read(t, "ỦY BAN NHÂN DÂN\nTỈNH ĐỒI CAO\nSố: 12/KH-UBND\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nĐồi Cao, ngày 20 tháng 02 năm 2026\n\nKẾ HOẠCH\nPhát triển du lịch năm 2026\n\nI. MỤC TIÊU\n- Đón 18 vạn lượt khách.\n\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch\n- Chủ trì, phối hợp với Sở Tài chính lập dự toán trước ngày 31/3/2026.\n2. Đề nghị Ủy ban Mặt trận Tổ quốc tỉnh tuyên truyền, vận động nhân dân.\n")
	want := "kiến nghị|Ủy ban nhân dân tỉnh Đồi Cao|Ủy ban Mặt trận Tổ quốc tỉnh||||||Ủy ban Mặt trận Tổ quốc tỉnh tuyên truyền, vận động nhân dân\n" +
		"chỉ đạo|Ủy ban nhân dân tỉnh Đồi Cao||Sở Du lịch|Sở Du lịch|Sở Tài chính|trước ngày 31/3/2026|assigned|Chủ trì, phối hợp với Sở Tài chính lập dự toán trước ngày 31/3/2026\n" +
		"cam kết|tỉnh Đồi Cao|||||||Đón 18 vạn lượt khách\n"
	if got := items(r); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
