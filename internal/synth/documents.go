package synth

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// number writes a value as Vietnamese does: 1.234,5.
func number(v float64, digits int) string {
	whole, frac, _ := strings.Cut(strconv.FormatFloat(v, 'f', digits, 64), ".")
	var b strings.Builder
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte('.')
		}
		b.WriteRune(d)
	}
	if frac != "" {
		b.WriteString("," + frac)
	}
	return b.String()
}

// quote writes a value with its measure, as a report does.
func quote(v float64, digits int, measure string) string {
	if measure == "%" {
		return number(v, digits) + measure
	}
	return number(v, digits) + " " + measure
}

// report writes a unit's report on a year, in the form of such reports, and gives the claims with their places in it. Claims that do not
// stand in the report come back as they are.
func (m *maker) report(n node, year int, claims []claim) []claim {
	d := day(year, 12, 10+m.random(n.key(), "day", year).IntN(15))
	r := m.random(n.key(), "report", year)
	doc := gov.Document{Realm: m.Holding.Realm, ID: makeID(began(d), r), Holder: m.Holding.Agency, Format: "txt", Kind: gov.KindReport, Date: d,
		Number: fmt.Sprintf("%d/BC-UBND", 120+r.IntN(500)), Issuer: "UBND " + n.unit.Full(), FiledAt: began(d),
		Title: fmt.Sprintf("Báo cáo tình hình kinh tế - xã hội năm %d của %s", year, n.unit.Full())}
	doc.FileName = fmt.Sprintf("bao-cao-%s-%d.txt", n.unit.Code, year)
	w := &writer{doc: doc.ID, day: d}
	w.head(n, doc, year)
	claims = slices.Clone(claims)
	w.line("I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ")
	for i, c := range claims {
		if c.reported {
			f := &claims[i].figure
			f.Source = w.sentence(c, year, r)
			f.State, f.Verified = gov.FigureRecorded, gov.Stamp{} // it rests on the report's words
		}
	}
	w.line("")
	w.section("II. KHÓ KHĂN, VƯỚNG MẮC", pick(r, difficulties, 2))
	w.section("III. KIẾN NGHỊ, ĐỀ XUẤT", pick(r, recommendations, 2))
	w.section("IV. NHIỆM VỤ TRỌNG TÂM NĂM "+strconv.Itoa(year+1), pick(r, plans, 3))
	w.line("Nơi nhận: UBND tỉnh; Đảng ủy, HĐND; lưu VT.")
	w.line("TM. ỦY BAN NHÂN DÂN")
	w.line("KT. CHỦ TỊCH, PHÓ CHỦ TỊCH")
	layer := w.b.String()
	doc.Blob = gov.SHA256([]byte(layer))
	doc.Text, doc.Size, doc.TextSize = doc.Blob, int64(len(layer)), int64(len(layer))
	m.pending.documents = append(m.pending.documents, doc)
	m.pending.texts = append(m.pending.texts, layer)
	return claims
}

// A writer writes a text and knows where each thing stands.
type writer struct {
	b   strings.Builder
	doc gov.ID
	day gov.Day
}

func (w *writer) line(s string) { w.b.WriteString(s + "\n") }

func (w *writer) head(n node, doc gov.Document, year int) {
	date, _ := strings.CutPrefix(string(doc.Date), fmt.Sprintf("%04d-12-", year))
	w.line("ỦY BAN NHÂN DÂN")
	w.line(strings.ToUpper(n.unit.Full()))
	w.line("Số: " + doc.Number)
	w.line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
	w.line("Độc lập - Tự do - Hạnh phúc")
	w.line(fmt.Sprintf("%s, ngày %s tháng 12 năm %d", n.above.Name, date, year))
	w.line("")
	w.line("BÁO CÁO")
	w.line(fmt.Sprintf("Tình hình kinh tế - xã hội năm %d, nhiệm vụ trọng tâm năm %d của %s", year, year+1, n.unit.Full()))
	w.line("")
}

func (w *writer) section(title string, sentences []string) {
	w.line(title)
	for i, s := range sentences {
		w.line(fmt.Sprintf("%d. %s", i+1, s))
	}
	w.line("")
}

// sentence writes the sentence of a claim and gives its place: the span is that of the number with its measure.
func (w *writer) sentence(c claim, year int, r *rand.Rand) gov.Source {
	before := fmt.Sprintf("%s năm %d ước đạt ", c.in.NameVI, year)
	if c.in.Key == "population" || c.in.Key == "households" {
		before = fmt.Sprintf("%s đến cuối năm %d là ", c.in.NameVI, year)
	} else if c.in.Better == gov.Down {
		before = fmt.Sprintf("%s cuối năm %d còn ", c.in.NameVI, year)
	}
	whole := before + c.figure.Quote + pick(r, endings, 1)[0]
	start := w.b.Len() + len(before)
	w.line(whole)
	return gov.Source{Document: w.doc, Span: text.Span{start, start + len(c.figure.Quote)}, Sentence: whole, Day: w.day}
}

// pick takes n of a list, in its order.
func pick(r *rand.Rand, list []string, n int) []string {
	chosen := r.Perm(len(list))[:min(n, len(list))]
	slices.Sort(chosen)
	out := make([]string, len(chosen))
	for i, k := range chosen {
		out[i] = list[k]
	}
	return out
}

var endings = []string{".", ", đạt kế hoạch giao.", ", bằng mức bình quân của tỉnh.", ", tăng so với cùng kỳ năm trước.", ", cơ bản đạt mục tiêu đề ra."}

var difficulties = []string{
	"Hồ sơ đất đai còn tồn đọng, việc xác định nguồn gốc đất của một số hộ gặp khó khăn do bản đồ cũ không khớp hiện trạng.",
	"Trụ sở làm việc sau sắp xếp còn phân tán, trang thiết bị tại bộ phận một cửa chưa đồng bộ.",
	"Công tác giải phóng mặt bằng một số dự án còn chậm do vướng mắc về đơn giá bồi thường.",
	"Đường truyền tại một số nhà văn hóa thôn chưa bảo đảm để người dân nộp hồ sơ trực tuyến.",
	"Nguồn thu từ đấu giá quyền sử dụng đất đạt thấp, ảnh hưởng đến vốn đối ứng của các công trình.",
	"Hệ thống kênh mương nội đồng xuống cấp, một số khu vực còn ngập úng khi mưa lớn.",
}

var recommendations = []string{
	"Đề nghị UBND tỉnh bố trí kinh phí sửa chữa, nâng cấp trụ sở và trung tâm phục vụ hành chính công.",
	"Đề nghị Sở Nông nghiệp và Môi trường hướng dẫn xử lý các trường hợp giao đất không đúng thẩm quyền.",
	"Đề nghị Sở Tài chính sớm phân bổ nguồn vốn đối ứng cho các dự án chuyển tiếp.",
	"Đề nghị Sở Khoa học và Công nghệ hỗ trợ hạ tầng đường truyền cho các điểm tiếp nhận hồ sơ.",
	"Đề nghị Sở Xây dựng đẩy nhanh tiến độ thẩm định quy hoạch chung của địa phương.",
}

var plans = []string{
	"Tập trung thu ngân sách, chống thất thu, nuôi dưỡng nguồn thu bền vững.",
	"Đẩy nhanh tiến độ giải phóng mặt bằng các dự án trọng điểm trên địa bàn.",
	"Nâng tỷ lệ hồ sơ trực tuyến toàn trình, giảm thời gian giải quyết thủ tục hành chính.",
	"Duy trì, nâng cao chất lượng các tiêu chí nông thôn mới và đô thị văn minh.",
	"Chăm lo an sinh xã hội, giảm nghèo bền vững, giải quyết việc làm cho người lao động.",
	"Củng cố quốc phòng, giữ vững an ninh, trật tự an toàn xã hội.",
}

// lowered changes the first letter to a small one, as within a sentence.
func lowered(s string) string {
	for i := range s {
		if i > 0 {
			return strings.ToLower(s[:i]) + s[i:]
		}
	}
	return s
}
