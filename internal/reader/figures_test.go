package reader

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"haicap/internal/gov"
)

// figuresOf reads a text and writes each figure as "value measure comparator kind period indicator", what is empty as "-".
func figuresOf(t *testing.T, s string) []string {
	t.Helper()
	r := New(nil).Read(Source{Name: "t.txt", Text: s})
	valid(t, s, r)
	var list []string
	for _, f := range r.Figures {
		value := fmt.Sprint(f.Value)
		if f.Of != nil {
			value += fmt.Sprintf("/%v", *f.Of)
		}
		row := []string{value, f.Measure, string(f.Comparator), string(f.Kind), string(f.Period), f.Indicator}
		for i := range row {
			if row[i] == "" {
				row[i] = "-"
			}
		}
		list = append(list, strings.Join(row, " "))
	}
	return list
}

func TestFigures(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"estimate of the year", "Năm 2025, tổng thu ngân sách của phường ước đạt 366,3 tỷ đồng; tỷ lệ khu dân cư văn hóa đạt 91,7%...",
			"366.3 tỷ đồng = estimate 2025 budget_revenue|91.7 % = result 2025 cultural_areas_rate"},
		{"thousands and a share of the plan", "Tổng giá trị sản xuất đạt 2.317,8 tỷ đồng, đạt 93% so với kế hoạch.",
			"2317.8 tỷ đồng = result - production_value|93 % = plan_ratio - production_value"},
		{"stacked measures", "Đến nay hộ nghèo 7 hộ/21 khẩu, tỷ lệ 0,24%.",
			"7 hộ = result - poor_households|21 khẩu = result - poor_people|0.24 % = result - poverty_rate"},
		{"x of y", "Trong năm 2024 có 12/14 chỉ tiêu đạt và vượt kế hoạch.", "12/14 chỉ tiêu = plan_ratio 2024 targets_met"},
		{"score", "Mức độ hài lòng của người dân đạt 69/70 điểm.", "69/70 điểm = result - -"},
		{"range", "Phấn đấu tăng trưởng kinh tế đạt từ 8,5 - 9%.", "8.5 % >= target - grdp_growth|9 % <= target - grdp_growth"},
		{"range in words", "Sản lượng lương thực đạt từ 10 đến 12 tấn.", "10 tấn >= result - food_output|12 tấn <= result - food_output"},
		{"range upwards", "Tỷ lệ nước sạch đạt 95 - 97% trở lên.", "95 % >= result - clean_water_rate|97 % >= result - clean_water_rate"},
		{"target", "Phấn đấu thu ngân sách đến năm 2030 đạt trên 632 tỷ đồng.", "632 tỷ đồng >= target 2030 budget_revenue"},
		{"aims go on", "Phấn đấu đến năm 2030 thu ngân sách đạt 632 tỷ đồng. Đồng thời, nâng tỷ lệ che phủ rừng đạt 45%.",
			"632 tỷ đồng = target 2030 budget_revenue|45 % = target 2030 forest_cover_rate"},
		{"change", "Khu vực dịch vụ tăng 7,33% so với cùng kỳ.", "7.33 % = change - -"},
		{"growth is no change", "Tốc độ tăng trưởng GRDP dự kiến tăng 7,51%.", "7.51 % = estimate - grdp_growth"},
		{"fell to", "Tỷ lệ hộ nghèo giảm còn 1,2%.", "1.2 % = result - poverty_rate"},
		{"comparators", "Có hơn 50 hộ, gần 20 km, ít nhất 3 mô hình, không quá 5 trường hợp.",
			"50 hộ ~ result - -|20 km ~ result - -|3 mô hình >= target - -|5 trường hợp <= result - -"},
		{"sign", "Tỷ lệ thu gom chất thải rắn phải đạt ≥ 95%.", "95 % >= target - waste_collection_rate"},
		{"month and quarter", "Quý III/2025, kim ngạch xuất khẩu đạt 12 triệu USD. Tháng 9/2025 đón 1,2 triệu lượt khách.",
			"12 triệu usd = result 2025-Q3 export_value|1.2 triệu lượt khách = result 2025-09 tourist_arrivals"},
		{"nine months", "9 tháng đầu năm 2025, toàn xã tiếp nhận 4.520 hồ sơ.", "4520 hồ sơ = result 2025-01/2025-09 dossiers"},
		{"a part after words of a plan", "Thu ngân sách bảo đảm theo kế hoạch, trong đó thu từ đất 37 tỷ đồng.", "37 tỷ đồng = result - -"},
		{"aims that are set", "Nhiệm kỳ 2025-2030, phường đề ra 27 chỉ tiêu cụ thể, trong đó có tỷ lệ che phủ rừng đạt 40%; thu nhập bình quân đầu người tăng 30%.",
			"40 % = target 2025-2030 forest_cover_rate|30 % = target 2025-2030 income_per_capita"},
		{"aims that were met are told", "Xã hoàn thành 25/25 chỉ tiêu đề ra, tỷ lệ che phủ rừng đạt 40%.", "25/25 chỉ tiêu = plan_ratio - targets_met|40 % = result - forest_cover_rate"},
		{"a count before a list of names", "Đảng bộ được thành lập trên cơ sở sáp nhập 3 Đảng bộ: Núi Đỏ, Suối Sâu và Đồi Cao, có 412 đảng viên.", "412 đảng viên = result - party_members"},
		{"for whom delegates stand", "Dự đại hội có 150 đại biểu đại diện cho 1.450 đảng viên.", "150 đại biểu = result - -|1450 đảng viên = result - party_members"},
		{"a sum so far in brackets", "Lượng khách du lịch tăng 31,8% so với cùng kỳ (lũy kế 2 tháng tăng 37,6%).", "31.8 % = change - tourist_arrivals|37.6 % = change - tourist_arrivals"},
		{"income a year", "Thu nhập bình quân đầu người gần 70 triệu đồng/năm.", "70 triệu đồng/năm ~ result - income_per_capita"},
		{"compared with the aim", "Diện tích gieo trồng đạt 642,5ha, đạt 105,33% so với chỉ tiêu đặt ra.", "642.5 ha = result - -|105.33 % = plan_ratio - -"},
		{"the words after a share", "Tỷ lệ lao động qua đào tạo đạt 81%, 100% khu dân cư đạt văn hóa.", "81 % = result - trained_labour_rate|100 % = result - cultural_areas_rate"},
		{"the aims of a resolution", "Nghị quyết năm 2026 với 20 chỉ tiêu chủ yếu là: sản lượng lương thực đạt 10.012 tấn; tỷ lệ trường chuẩn quốc gia đạt 60%.",
			"10012 tấn = target 2026 food_output|60 % = target 2026 national_standard_schools_rate"},
		{"the aim of one thing", "Gọi công dân nhập ngũ đạt 100% chỉ tiêu.", "100 % = plan_ratio - -"},
		{"time after the value", "Huyện phấn đấu hoàn thành 9/9 tiêu chí vào quý II/2025.", "9/9 tiêu chí = target 2025-Q2 -"},
		{"compared time", "Năm 2025, thu ngân sách tăng 9% so với năm 2024.", "9 % = change 2025 budget_revenue"},
		{"bracket", "Năm 2025, GRDP tăng trưởng 7,5% (năm 2024 tăng 6,2%), dịch vụ tăng 3%.",
			"7.5 % = result 2025 grdp_growth|6.2 % = result 2024 grdp_growth|3 % = change 2025 -"},
		{"count and its share", "Số hộ nghèo còn 45 hộ (0,8%).", "45 hộ = result - poor_households|0.8 % = result - poverty_rate"},
		{"whole with its measure", "Diện tích đã bàn giao 12,5 ha/18 ha.", "12.5/18 ha = result - land_cleared"},
		{"from and to", "Tỷ lệ hộ nghèo giảm từ 3,5% xuống còn 2,8%.", "3.5 % = result - poverty_rate|2.8 % = result - poverty_rate"},
		{"beyond the plan", "Thu ngân sách vượt 15% dự toán.", "15 % = plan_ratio - budget_revenue"},
		{"share of people", "Số người tham gia BHYT là 9.876 người, đạt tỷ lệ 96,1%.", "9876 người = result - -|96.1 % = result - health_insurance_rate"},
		{"sector", "Giá trị sản xuất công nghiệp đạt 1.245 tỷ đồng.", "1245 tỷ đồng = result - -"},
		{"number in words", "Còn hai hộ nghèo.", "2 hộ nghèo = result - poor_households"},
		{"glued measure", "Hỗ trợ 60m2 đất ở.", "60 m2 = result - -"},
		{"per", "Thu nhập bình quân đầu người đạt 82 triệu đồng/người/năm.", "82 triệu đồng/người/năm = result - income_per_capita"},
		{"an aimed fall", "Phấn đấu đến năm 2030 tỷ lệ hộ nghèo giảm bình quân 1,2%/năm.", "1.2 %/năm = target 2030 poverty_rate"},
		{"a target and its growth", "Phấn đấu năm 2026 thu ngân sách đạt trên 320 tỷ đồng, tăng ít nhất 10% so với năm 2025.",
			"320 tỷ đồng >= target 2026 budget_revenue|10 % >= change 2026 budget_revenue"},
		{"grdp grows", "Năm 2024, tổng sản phẩm trên địa bàn (GRDP) tăng 7,1% so với cùng kỳ.", "7.1 % = result 2024 grdp_growth"},
		{"two shares of a plan", "Thu ngân sách ước đạt 337 tỷ đồng, đạt 59,9% so với dự toán Trung ương giao, đạt 58% dự toán tỉnh giao.",
			"337 tỷ đồng = estimate - budget_revenue|59.9 % = plan_ratio - budget_revenue|58 % = plan_ratio - -"},
		{"a plan in brackets", "Thu ngân sách đạt 51,8% so với nghị quyết đề ra (236 tỷ đồng).", "51.8 % = plan_ratio - budget_revenue|236 tỷ đồng = target - budget_revenue"},
		{"beyond an aim", "Tổng vốn đầu tư đạt 110,7%, vượt mục tiêu nghị quyết; 100% trường học đạt chuẩn quốc gia.", "110.7 % = result - -|100 % = result - -"},
		{"a plan of money", "Tổng kế hoạch vốn đầu tư công năm 2025 là 96 tỷ đồng, trong đó vốn trung ương 41 tỷ đồng.", "96 tỷ đồng = target 2025 public_investment_disbursement|41 tỷ đồng = target 2025 -"},
		{"signed", "Diện tích lúa đạt 540 ha, giảm 61 ha (-10,1%) so với năm trước.", "540 ha = result - -|61 ha = change - -|10.1 % = change - -"},
		{"another thing after with", "Chăn nuôi đều tăng so với cùng kỳ, với đàn trâu 368 con.", "368 con = result - -"},
		{"year in brackets", "Năm 2017, xã có dân số (năm 2016) là 7.889 người.", "7889 người = result 2016 population"},
		{"two scales", "Tổng vốn đầu tư là 16 tỷ 434 triệu đồng.", "16.434 tỷ đồng = result - -"},
		{"per ten thousand", "Toàn huyện đạt 10 bác sỹ/1 vạn dân.", "10 bác sỹ/1 vạn dân = result - -"},
		{"population", "Dân số 7.129 người, tỷ lệ tham gia BHYT so với dân số 92%.", "7129 người = result - population|92 % = result - health_insurance_rate"},
		{"words that count", "Vùng sâu thiếu đồng bộ, ba bản chưa có điện.", "3 bản = result - -"},
		{"times as much", "Thu nhập tăng 1,5 lần so với năm 2020, mức hưởng thụ văn hóa 45 lần/người/năm.", "1.5 lần = change - -|45 lần/người/năm = result - -"},
		{"estimate with a comparison", "Khách lưu trú ước khoảng 2,3 triệu lượt.", "2.3 triệu lượt ~ estimate - -"},
		{"an order's list", "Làm việc với xã.\nĐồng chí yêu cầu xã thực hiện các nội dung sau:\n1. Về xã hội\na) Duy trì tỷ lệ bao phủ bảo hiểm y tế trên 97%.", "97 % >= target - health_insurance_rate"},
		{"done with some of them", "Kiểm tra 46 tổ chức đảng và 48 đảng viên.", "46 tổ chức đảng = result - -|48 đảng viên = result - -"},
		{"what there is", "Đảng bộ có 46 chi bộ và 480 đảng viên.", "46 chi bộ = result - -|480 đảng viên = result - party_members"},
		{"gift with a name", "Tặng 1.260 suất quà Tết.", "1260 suất quà = result - -"},
		{"lack", "Xã đạt 16/19 tiêu chí, còn thiếu 3 tiêu chí: giao thông, y tế và môi trường.", "16/19 tiêu chí = plan_ratio - -|3 tiêu chí = result - -"},
	} {
		if got := strings.Join(figuresOf(t, c.in), "|"); got != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.name, c.in, got, c.want)
		}
	}
}

// TestNoFigures: numbers that are dates, terms, durations, ordinals, codes, names, parts of the text or articles.
func TestNoFigures(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"Ngày 24/12, sáng 9/6 và chiều ngày 14/6/2025, đoàn làm việc.",
		"Nhiệm kỳ 2025 - 2030, giai đoạn 2021-2025 và năm học 2024-2025.",
		"Sau 5 năm, hơn 5 tháng vận hành, 15 ngày di dời, kỷ niệm 81 năm.",
		"Mô hình chính quyền địa phương 2 cấp.",
		"Chỉ thị số 17- CT/TU, ngày 13/10/2021; Quyết định số 3553/QĐ - UBND; Kế hoạch 04-KH/TU.",
		"Quốc hội khóa XV, kỳ họp thứ 8, lần thứ 2.",
		"Trụ sở khu phố 8 , Phường 10 và quận 1, 2, 9.",
		"Sáp nhập 3 xã (Bình An, Hòa Lợi, Tân Phú) thành xã mới.",
		"Phủ sóng 5G, đường dây 35/0,4kV, xếp thứ 12/166 xã, phường.",
		"Họp 2 lần mỗi tháng; đạt giải lần thứ 3.",
		"Giáp ranh giữa hai xã; sản xuất 2 vụ lúa mỗi năm; cả 4 mặt công tác.",
		"Tập trung 2 khâu đột phá và 5 nhóm giải pháp.",
		"Phường mới lập từ 3 phường: Long Hương, Tân Hưng và Kim Dinh.",
		"Làm việc với 2 phường Bỉm Sơn, Quang Trung.",
		"Giải quyết việc bàn giao của 2 doanh nghiệp này.",
		"Dịch Covid- 19, quốc lộ 1A, tuyến metro số 1, gói thầu số 2, đường Nam Bỉm Sơn 6.",
		"Là một trong hai chương trình trọng điểm của cả hai địa phương.",
		"Sẽ cưỡng chế một doanh nghiệp còn lại từ ngày 1/7.",
	} {
		if got := figuresOf(t, s); len(got) > 0 {
			t.Errorf("%s\n got %q", s, got)
		}
	}
}

func TestParseNumber(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in    string
		value float64
		stray bool
		ok    bool
	}{
		{"4.496", 4496, false, true}, {"15.219", 15219, false, true}, {"2.317,8", 2317.8, false, true}, {"0,21", 0.21, false, true},
		{"0.27", 0.27, true, true}, {"0.275", 0.275, true, true}, {"12.345.678", 12345678, false, true}, {"05", 5, false, true},
		{"1,234,567", 1234567, false, true}, {"1.2.3", 0, false, false}, {"12,3.4", 0, false, false}, {"99999999999999999999", 0, false, false},
	} {
		value, stray, ok := parseNumber(c.in)
		if ok != c.ok || ok && (value != c.value || stray != c.stray) {
			t.Errorf("parseNumber(%q) = %v, %v, %v", c.in, value, stray, ok)
		}
	}
}

func TestScope(t *testing.T) {
	t.Parallel()
	in := "Nhiệm kỳ 2020 - 2025, Đảng bộ đã nỗ lực. Sau 5 năm, tổng thu ngân sách năm 2025 đạt 410,6 tỷ đồng; tổng vốn đầu tư toàn xã hội đạt 15.219 tỷ đồng.\n" +
		"Năm 2025, thu ngân sách đạt 12 tỷ đồng; vốn đầu tư toàn xã hội đạt 13 tỷ đồng.\n" +
		"Giai đoạn 2021 - 2025, giải quyết việc làm cho 900 lao động."
	var got []gov.Scope
	for _, f := range New(nil).Read(Source{Text: in}).Figures {
		got = append(got, f.Scope)
	}
	if want := []gov.Scope{gov.Annual, gov.ScopeOpen, gov.Annual, gov.Annual, gov.Term}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	in := "Biểu chỉ tiêu\nSTT\tChỉ tiêu\tĐVT\tKế hoạch năm 2025\tƯớc thực hiện năm 2025\t% so KH\tGhi chú\n" +
		"1\tTổng thu ngân sách\tTỷ đồng\t314\t320,5\t102,1\t\n\tTrong đó: thu nội địa\tTỷ đồng\t-\t≥ 98\t\t\n2\tTrường đạt chuẩn quốc gia\ttrường\t\t11/13\tĐạt\t2 trường mới\n"
	want := []string{"314 tỷ đồng = target 2025 budget_revenue", "320.5 tỷ đồng = estimate 2025 budget_revenue", "102.1 % = plan_ratio 2025 budget_revenue",
		"98 tỷ đồng >= estimate 2025 -", "11/13 trường = estimate 2025 national_standard_schools"}
	if got := figuresOf(t, in); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestTables(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"tasks", "TT\tNhiệm vụ\tCơ quan chủ trì\tThời gian hoàn thành\n1\tXây 5 trường\tSở Y tế\t6\n", "5 trường = target - -"},
		{"recommendations", "TT\tNội dung kiến nghị\tCơ quan giải quyết\n1\tBố trí 32 tỷ đồng xây chợ\tUBND tỉnh\n", "32 tỷ đồng = result - -"},
		{"people", "TT\tHọ và tên\tChức vụ\n1\tNguyễn Văn An, 40 m2\tBí thư\n", ""},
		{"units", "STT\tĐơn vị\tKế hoạch vốn năm 2025 (tỷ đồng)\tGiải ngân đến 30/9/2025 (tỷ đồng)\tTỷ lệ so với kế hoạch (%)\n1\tXã An Bình\t80\t60,0\t75,0\n",
			"80 tỷ đồng = target 2025 public_investment_disbursement|60 tỷ đồng = result 2025-09 public_investment_disbursement|75 % = plan_ratio 2025-09 public_investment_disbursement"},
		{"two rows of heads", "TT\tChỉ tiêu\tĐVT\tMục tiêu\t\tThực hiện năm 2025\n\t\t\t2026\t2027\t\n1\tTỷ lệ hộ nghèo\t%\t2,5\tDưới 2\t3,1\n",
			"2.5 % = target 2026 poverty_rate|2 % <= target 2027 poverty_rate|3.1 % = result 2025 poverty_rate"},
		{"numbers of columns", "TT\tChỉ tiêu\tĐVT\tThực hiện năm 2025\n1\t2\t3\t4\n1\tTỷ lệ hộ nghèo\t%\t3,1\n", "3.1 % = result 2025 poverty_rate"},
		{"measure above", "Biểu 1\nĐơn vị tính: triệu đồng\nTT\tNội dung\tThực hiện năm 2025\n1\tThu ngân sách\t3.100\n", "3100 triệu đồng = result 2025 budget_revenue"},
		{"measure in the label", "TT\tNội dung\tThực hiện năm 2025\n1\tThu ngân sách (tỷ đồng)\t31\n", "31 tỷ đồng = result 2025 budget_revenue"},
	} {
		if got := strings.Join(figuresOf(t, c.in), "|"); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestChecks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want string }{
		{"Kết nạp 12/10 đảng viên, đạt 130%.", "ratio_disagrees"},
		{"Kết nạp 12/10 đảng viên, đạt 120%.", ""},
		{"Kết nạp 2/3 đảng viên, đạt 66,7%.", ""},
		{"Kế hoạch giao thu ngân sách 500 tỷ đồng; thu ngân sách ước đạt 400 tỷ đồng, đạt 93% kế hoạch.", "share_disagrees"},
		{"Kế hoạch giao thu ngân sách 500 tỷ đồng; thu ngân sách ước đạt 400 tỷ đồng, đạt 80% kế hoạch.", ""},
		{"Hộ nghèo 7 hộ, tỷ lệ 0,24%; hộ cận nghèo 16 hộ, tỷ lệ 0,54%.", ""},
		{"Hộ nghèo 7 hộ, tỷ lệ 0,24%; hộ cận nghèo 16 hộ, tỷ lệ 1,54%.", "rate_disagrees"},
		{"Xã có 4 đơn vị, gồm 2 trường, 1 trạm y tế và 2 chợ.", "sum_disagrees"},
		{"Xã có 5 đơn vị, gồm 2 trường, 1 trạm y tế và 2 chợ.", ""},
		{"Xã đã đạt 5/9 tiêu chí: quy hoạch, điện, trường học, kinh tế.", "list_count"},
		{"Xã đã đạt 4/9 tiêu chí: quy hoạch, điện, trường học và kinh tế.", ""},
		{"Tỷ lệ hộ cận nghèo là 0,35% và hộ cận nghèo chỉ còn 0,27%.", "label_twice"},
		{"Tỷ lệ hộ nghèo giảm từ 5% xuống 3%.", ""},
		{"Tỷ lệ hộ nghèo còn 0.27%.", "decimal_point"},
		{"Họp ngày 30/2/2025.", "period_impossible"},
		{"Nhiệm kỳ 2020 - 2030.", "term_wrong"},
		{"Nhiệm kỳ 2025 - 2030.", ""},
	} {
		var got []string
		r := New(nil).Read(Source{Text: c.in})
		valid(t, c.in, r)
		for _, x := range r.Checks {
			got = append(got, x.Rule)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %q, want %q", c.in, got, c.want)
		}
	}
}

func TestExplain(t *testing.T) {
	t.Parallel()
	in := "Năm 2025, thu ngân sách ước đạt khoảng 12 tỷ đồng."
	f := New(nil).Read(Source{Text: in, Explain: true}).Figures[0]
	var got []string
	for _, e := range f.Why {
		got = append(got, e.Field+" "+e.Rule+" "+e.Span.Of(in))
	}
	want := []string{"value figure.number 12", "kind figure.estimate ước đạt", "comparator figure.comparator khoảng", "period time.year Năm 2025", "measure where.clause tỷ đồng",
		"label where.sentence thu ngân sách", "indicator figure.indicator thu ngân sách"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if f := New(nil).Read(Source{Text: in}).Figures[0]; f.Why != nil {
		t.Error("evidence without being asked for")
	}
}

// TestUnitsThatAreNoMore: a unit that had ended is doubted, except where the text speaks of the time before.
func TestUnitsThatAreNoMore(t *testing.T) {
	t.Parallel()
	head := "date 2025-09-10 Bí thư Tỉnh ủy làm việc với phường Núi Đỏ\n\n"
	for in, want := range map[string]string{
		"Tỉnh giao xã Sông Xanh, thành phố Phố Núi - Đá Bạc rà soát.":           "unit_unknown",
		"Phường Núi Đỏ thuộc thành phố Phố Núi - Đá Bạc cũ.":                    "",
		"Phường được thành lập trên cơ sở sáp nhập thành phố Phố Núi - Đá Bạc.": "",
		"Năm 2024, thành phố Phố Núi - Đá Bạc có 5 trường.":                     "",
		"Phường Bến Cũ có 5 trường.":                                            "",
	} {
		got := ""
		for _, c := range New(small()).Read(Source{Text: head + in}).Checks {
			got += c.Rule
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}

// TestUnitsThatOwn: whose figures they are where a sentence names several units.
func TestUnitsThatOwn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"what a unit was made of", "Phường Núi Đỏ được thành lập trên cơ sở sáp nhập các phường 7, 8, Suối Sâu, diện tích 11,76 km2. Phường hiện có 2.270 doanh nghiệp.",
			"phường Núi Đỏ|phường Núi Đỏ"},
		{"joined from", "Phường được thành lập từ việc hợp nhất xã Bãi Dài và xã Đồi Cao, có diện tích 36,7 km2.", "phường Núi Đỏ"},
		{"the unit of a title", "Dự có ông Lê Văn Tám, Phó Chủ tịch UBND tỉnh Sông Dài và 200 đại biểu.", "phường Núi Đỏ"},
		{"a department's province", "Dự có ông Lê Văn Tám, Giám đốc Sở Nội vụ tỉnh Sông Dài cùng 200 đại biểu.", "phường Núi Đỏ"},
		{"the Party of a tier", "Đảng bộ phường có 74 tổ chức đảng với 5.067 đảng viên.", "phường Núi Đỏ|phường Núi Đỏ"},
	} {
		var got []string
		for _, f := range New(nil).Read(Source{Text: "Đại hội Đảng bộ phường Núi Đỏ\n\nSáng 14/8, phường Núi Đỏ tổ chức đại hội.\n\n" + c.in + "\n"}).Figures {
			got = append(got, f.Unit)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
}
