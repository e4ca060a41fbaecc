package synth

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"haicap/internal/gov"
)

// A topic is one field of work: what it is about, and how an office complains, asks, orders and promises there. Each pattern takes a thing.
type topic struct {
	field  string
	lead   string // the department of the field
	before string // the department that had the field until March 2025, where it was another
	things []string
	troubles, asks, orders,
	promises []string
	products []string
}

// sentence fills a pattern with a thing of the topic and, now and then, with a place and a reason; with all that a thousand sentences differ.
func (t topic) sentence(r *rand.Rand, patterns []string, thing string) string {
	s := strings.ReplaceAll(patterns[r.IntN(len(patterns))], "{}", thing)
	switch r.IntN(5) {
	case 0:
		s += fmt.Sprintf(" tại khu %d", 1+r.IntN(24))
	case 1:
		s += fmt.Sprintf(" giai đoạn %d", 1+r.IntN(3))
	case 2:
		s += fmt.Sprintf(" (khoảng %s triệu đồng)", number(float64(50*(1+r.IntN(190))), 0))
	case 3:
		s += fmt.Sprintf(" đối với %d hộ dân", 3+r.IntN(240))
	}
	return s + "."
}

// opened changes the first letter of a clause to a capital one.
func opened(s string) string {
	for i := range s {
		if i > 0 {
			return strings.ToUpper(s[:i]) + s[i:]
		}
	}
	return s
}

// reformed is the day from which the departments are those of today.
const reformed gov.Day = "2025-03-01"

// body is the department of the field on a day.
func (t topic) body(d gov.Day) string {
	if d < reformed && t.before != "" {
		return t.before
	}
	return t.lead
}

var topics = []topic{
	{field: "đất đai", lead: "Sở Nông nghiệp và Môi trường", before: "Sở Tài nguyên và Môi trường",
		things: []string{"cấp giấy chứng nhận quyền sử dụng đất", "hồ sơ đất giao trái thẩm quyền", "bản đồ địa chính", "đất xen kẹp trong khu dân cư",
			"quỹ đất công ích", "hồ sơ chuyển mục đích sử dụng đất"},
		troubles: []string{"việc xử lý {} còn chậm do hồ sơ gốc không đầy đủ", "{} còn vướng mắc vì số liệu qua các thời kỳ không khớp"},
		asks:     []string{"hướng dẫn cụ thể việc xử lý {}", "xem xét, tháo gỡ vướng mắc về {}", "ủy quyền cho địa phương giải quyết {}"},
		orders:   []string{"rà soát, xử lý dứt điểm {}", "tham mưu phương án tháo gỡ vướng mắc về {}", "hướng dẫn các địa phương thực hiện {}"},
		promises: []string{"hoàn thành rà soát {} ngay trong quý tới", "niêm yết công khai kết quả {}"},
		products: []string{"Báo cáo kết quả rà soát", "Văn bản hướng dẫn", "Tờ trình kèm dự thảo quyết định"}},
	{field: "giao thông", lead: "Sở Xây dựng", before: "Sở Giao thông vận tải",
		things: []string{"tuyến đường trục chính liên xã", "cầu qua ngòi bị xuống cấp", "hệ thống thoát nước dọc đường", "đường gom qua khu dân cư",
			"điểm đen tai nạn giao thông", "đường vào trường học"},
		troubles: []string{"{} hư hỏng, đi lại khó khăn khi mưa lớn", "{} chưa được bố trí vốn nâng cấp"},
		asks:     []string{"bố trí kinh phí sửa chữa {}", "đưa {} vào kế hoạch đầu tư công trung hạn", "sớm khảo sát, nâng cấp {}"},
		orders:   []string{"khảo sát, lập phương án sửa chữa {}", "đẩy nhanh tiến độ thi công {}", "kiểm tra hiện trạng, đề xuất xử lý {}"},
		promises: []string{"bàn giao mặt bằng phục vụ {}", "vận động nhân dân hiến đất làm {}"},
		products: []string{"Hồ sơ khảo sát", "Biên bản bàn giao mặt bằng", "Báo cáo tiến độ"}},
	{field: "đầu tư công", lead: "Sở Tài chính", before: "Sở Kế hoạch và Đầu tư",
		things: []string{"dự án chuyển tiếp", "vốn đối ứng của địa phương", "nợ đọng xây dựng cơ bản", "dự án trụ sở làm việc sau sắp xếp", "nhà văn hóa khu dân cư",
			"quyết toán dự án hoàn thành"},
		troubles: []string{"nguồn thu đạt thấp nên thiếu vốn cho {}", "thủ tục của {} kéo dài, giải ngân thấp"},
		asks:     []string{"phân bổ sớm nguồn vốn cho {}", "hỗ trợ một phần kinh phí thực hiện {}", "điều chỉnh chủ trương đầu tư đối với {}"},
		orders:   []string{"cân đối nguồn vốn bố trí cho {}", "tháo gỡ thủ tục của {}", "tổng hợp, báo cáo phương án xử lý {}"},
		promises: []string{"giải ngân hết kế hoạch vốn của {}", "hoàn thành hồ sơ {} đúng tiến độ"},
		products: []string{"Tờ trình phân bổ vốn", "Báo cáo giải ngân", "Quyết định phê duyệt quyết toán"}},
	{field: "tổ chức bộ máy", lead: "Sở Nội vụ", before: "",
		things: []string{"vị trí việc làm sau sắp xếp", "cán bộ dôi dư", "chế độ đối với người hoạt động không chuyên trách", "biên chế chuyên môn về đất đai",
			"trụ sở và tài sản dôi dư", "quy chế phối hợp giữa các ban"},
		troubles: []string{"{} chưa có hướng dẫn thống nhất", "số lượng, cơ cấu chưa đáp ứng yêu cầu về {}"},
		asks:     []string{"bổ sung, hướng dẫn thực hiện {}", "sớm ban hành quy định về {}", "xem xét tăng cường cho cơ sở về {}"},
		orders:   []string{"rà soát, hướng dẫn thực hiện {}", "hoàn thiện phương án về {}", "kiểm tra việc thực hiện {}"},
		promises: []string{"sắp xếp xong {}", "công khai phương án {}"},
		products: []string{"Đề án", "Văn bản hướng dẫn", "Báo cáo kết quả kiểm tra"}},
	{field: "chuyển đổi số", lead: "Sở Khoa học và Công nghệ", before: "Sở Thông tin và Truyền thông",
		things: []string{"đường truyền tại trung tâm phục vụ hành chính công", "kết nối dữ liệu dân cư", "thiết bị tại bộ phận một cửa", "số hóa hồ sơ hộ tịch",
			"điểm hỗ trợ dịch vụ công trực tuyến", "phần mềm dùng chung"},
		troubles: []string{"{} chưa ổn định, hồ sơ phải nhập lại nhiều lần", "{} chưa đồng bộ giữa các hệ thống"},
		asks:     []string{"nâng cấp {}", "hỗ trợ kinh phí và kỹ thuật cho {}", "tập huấn, hướng dẫn sử dụng {}"},
		orders:   []string{"khắc phục ngay hạn chế về {}", "hoàn thành nâng cấp {}", "đôn đốc, hướng dẫn các đơn vị về {}"},
		promises: []string{"đưa {} vào hoạt động ổn định", "phân công cán bộ trực hỗ trợ {}"},
		products: []string{"Biên bản nghiệm thu", "Báo cáo kết quả", "Kế hoạch triển khai"}},
	{field: "nông nghiệp", lead: "Sở Nông nghiệp và Môi trường", before: "Sở Nông nghiệp và Phát triển nông thôn",
		things: []string{"kênh mương nội đồng", "hồ chứa nước nhỏ", "vùng trồng cây ăn quả tập trung", "phòng, chống dịch bệnh vật nuôi", "tiêu chí nông thôn mới",
			"liên kết tiêu thụ nông sản"},
		troubles: []string{"{} xuống cấp, chưa đáp ứng sản xuất", "nguồn lực đầu tư cho {} còn hạn chế"},
		asks:     []string{"hỗ trợ kinh phí đầu tư {}", "kết nối doanh nghiệp tham gia {}", "ban hành cơ chế khuyến khích {}"},
		orders:   []string{"hướng dẫn, hỗ trợ địa phương thực hiện {}", "kiểm tra, đánh giá hiện trạng {}", "xây dựng kế hoạch đầu tư {}"},
		promises: []string{"nạo vét, tu sửa {} trước mùa mưa", "duy trì và nâng cao chất lượng {}"},
		products: []string{"Kế hoạch", "Báo cáo đánh giá", "Biên bản nghiệm thu"}},
	{field: "môi trường", lead: "Sở Nông nghiệp và Môi trường", before: "Sở Tài nguyên và Môi trường",
		things:   []string{"bãi tập kết rác thải sinh hoạt", "cơ sở chăn nuôi trong khu dân cư", "nước thải làng nghề", "nước sạch tập trung", "điểm trung chuyển rác"},
		troubles: []string{"{} gây ô nhiễm, nhân dân phản ánh nhiều lần", "{} quá tải, chưa có phương án thay thế"},
		asks:     []string{"sớm có phương án xử lý {}", "đầu tư {} cho các khu còn lại", "kiểm tra, xử lý vi phạm liên quan đến {}"},
		orders:   []string{"kiểm tra, xử lý dứt điểm {}", "lập phương án đầu tư {}", "giám sát thường xuyên {}"},
		promises: []string{"di dời {} theo lộ trình", "tuyên truyền, xử lý vi phạm về {}"},
		products: []string{"Kết luận kiểm tra", "Phương án", "Báo cáo giám sát"}},
	{field: "giáo dục", lead: "Sở Giáo dục và Đào tạo", before: "",
		things:   []string{"phòng học xuống cấp", "giáo viên mầm non còn thiếu", "trường đạt chuẩn quốc gia", "bếp ăn bán trú", "thiết bị dạy học tối thiểu"},
		troubles: []string{"{} chưa được khắc phục trước năm học mới", "kinh phí cho {} chưa bảo đảm"},
		asks:     []string{"quan tâm đầu tư, giải quyết {}", "bố trí chỉ tiêu và kinh phí cho {}", "hướng dẫn xã hội hóa đối với {}"},
		orders:   []string{"rà soát, giải quyết {} trước năm học mới", "phối hợp với địa phương xử lý {}", "báo cáo nhu cầu và phương án về {}"},
		promises: []string{"hoàn thành {} theo kế hoạch", "huy động nguồn lực xã hội hóa cho {}"},
		products: []string{"Báo cáo", "Kế hoạch", "Quyết định giao chỉ tiêu"}},
	{field: "y tế", lead: "Sở Y tế", before: "",
		things:   []string{"trạm y tế sau sáp nhập", "bác sĩ tại trạm y tế", "tỷ lệ tham gia bảo hiểm y tế", "thuốc thiết yếu", "chăm sóc đối tượng bảo trợ xã hội"},
		troubles: []string{"{} chưa đáp ứng nhu cầu khám, chữa bệnh", "{} còn khó khăn do thiếu nhân lực"},
		asks:     []string{"bố trí nhân lực, kinh phí cho {}", "có chính sách hỗ trợ {}", "hướng dẫn mô hình quản lý {}"},
		orders:   []string{"củng cố, kiện toàn {}", "đề xuất phương án bảo đảm {}", "hướng dẫn, kiểm tra {}"},
		promises: []string{"nâng chất lượng {}", "rà soát, lập danh sách về {}"},
		products: []string{"Đề án", "Báo cáo", "Văn bản hướng dẫn"}},
	{field: "công nghiệp", lead: "Sở Công Thương", before: "",
		things:   []string{"cụm công nghiệp", "lưới điện nông thôn", "chợ trung tâm", "hạ tầng ngoài hàng rào khu công nghiệp", "điểm bán hàng nông sản"},
		troubles: []string{"giải phóng mặt bằng {} còn vướng mắc về đơn giá", "{} đầu tư dở dang, chưa phát huy hiệu quả"},
		asks:     []string{"đẩy nhanh tiến độ đầu tư {}", "thu hút nhà đầu tư vào {}", "bổ sung quy hoạch {}"},
		orders:   []string{"tháo gỡ khó khăn cho {}", "đôn đốc chủ đầu tư {}", "thẩm định, trình phê duyệt {}"},
		promises: []string{"bàn giao mặt bằng sạch cho {}", "đối thoại với các hộ liên quan đến {}"},
		products: []string{"Quyết định phê duyệt", "Báo cáo tiến độ", "Biên bản đối thoại"}},
	{field: "văn hóa, du lịch", lead: "Sở Văn hóa, Thể thao và Du lịch", before: "",
		things:   []string{"di tích đã xếp hạng", "lễ hội đầu xuân", "nhà văn hóa trung tâm", "điểm du lịch cộng đồng", "sân thể thao khu dân cư"},
		troubles: []string{"{} xuống cấp, thiếu kinh phí tu bổ", "dịch vụ tại {} chưa đa dạng"},
		asks:     []string{"hỗ trợ kinh phí tu bổ, tôn tạo {}", "hướng dẫn quản lý, khai thác {}", "quảng bá, kết nối tuyến với {}"},
		orders:   []string{"khảo sát, lập kế hoạch tu bổ {}", "hướng dẫn tổ chức, quản lý {}", "kiểm tra công tác quản lý {}"},
		promises: []string{"tổ chức an toàn, văn minh {}", "huy động xã hội hóa cho {}"},
		products: []string{"Kế hoạch", "Hồ sơ khảo sát", "Báo cáo kết quả"}},
	{field: "an ninh, trật tự", lead: "Công an tỉnh", before: "",
		things:   []string{"an ninh trật tự khu vực giáp ranh", "phòng cháy, chữa cháy tại chợ", "camera an ninh", "đơn thư kéo dài", "trật tự đô thị, vỉa hè"},
		troubles: []string{"{} còn tiềm ẩn phức tạp", "phương tiện phục vụ {} còn thiếu"},
		asks:     []string{"tăng cường lực lượng bảo đảm {}", "hỗ trợ trang bị phục vụ {}", "chỉ đạo phối hợp giải quyết {}"},
		orders:   []string{"tập trung giải quyết {}", "phối hợp với địa phương về {}", "mở đợt cao điểm về {}"},
		promises: []string{"duy trì, nhân rộng mô hình về {}", "giải quyết {} ngay từ cơ sở"},
		products: []string{"Kế hoạch cao điểm", "Báo cáo kết quả", "Quy chế phối hợp"}},
}

// offices that lead nothing by themselves but follow, coordinate or assign.
var provinceOffices = []string{"Văn phòng Tỉnh ủy", "Văn phòng UBND tỉnh", "Ban Tổ chức Tỉnh ủy", "Ủy ban MTTQ Việt Nam tỉnh", "Thanh tra tỉnh"}

// speakers are the offices that conclude a session.
var speakers = []string{"Bí thư Tỉnh ủy", "Chủ tịch UBND tỉnh", "Thường trực Tỉnh ủy", "Phó Chủ tịch Thường trực UBND tỉnh"}

// What is written with steps.
var (
	progressNotes = []string{"Đã thành lập tổ công tác, đang rà soát hồ sơ.", "Đã hoàn thành khoảng một nửa khối lượng.", "Đang lấy ý kiến các đơn vị liên quan.",
		"Đã khảo sát thực địa, đang hoàn thiện báo cáo."}
	resultNotes = []string{"Đã hoàn thành, gửi kèm báo cáo kết quả.", "Đã ban hành văn bản và tổ chức thực hiện.", "Đã nghiệm thu, bàn giao đưa vào sử dụng."}
	returnNotes = []string{"Báo cáo chưa có số liệu đến từng khu, đề nghị bổ sung.", "Chưa có minh chứng, đề nghị làm rõ.", "Nội dung chưa bám sát kết luận."}
	moreNotes   = []string{"Chờ ý kiến của bộ, ngành trung ương.", "Khối lượng hồ sơ lớn hơn dự kiến.", "Ảnh hưởng của mưa lũ kéo dài."}
	answerNotes = []string{"Đã có văn bản trả lời, hướng dẫn cụ thể.", "Đã tiếp thu, đưa vào kế hoạch năm tới.", "Đã giao phòng chuyên môn phối hợp giải quyết."}
	explains    = []string{"Nội dung đã được quy định tại văn bản hiện hành, đề nghị thực hiện theo quy định.", "Hiện chưa cân đối được nguồn vốn, sẽ xem xét khi đủ điều kiện."}
	solvedNotes = []string{"Đã giải quyết xong, địa phương xác nhận.", "Công trình đã được bố trí vốn và khởi công."}
	pauseNotes  = []string{"Tạm dừng chờ quy định mới của Trung ương.", "Tạm dừng do thay đổi quy hoạch."}
	gone        = []string{"Không còn phù hợp với tình hình thực tế.", "Đã lồng ghép vào nhiệm vụ khác."}
)

// titled is the name of a session.
func titled(kind gov.DocumentKind, speaker string, units []node, year int) string {
	names := make([]string, len(units))
	for i, n := range units {
		names[i] = n.unit.Full()
	}
	with := strings.Join(names, ", ")
	switch kind {
	case gov.KindInspection:
		return "Kiểm tra việc thực hiện kết luận của Thường trực Tỉnh ủy tại " + with
	case gov.KindConference:
		return "Hội nghị giao ban năm " + strconv.Itoa(year) + " với " + with
	}
	return speaker + " làm việc với " + with
}
