package extract

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"haicap/internal/gov"
	"haicap/internal/lang"
)

const notice = `TỈNH ỦY PHÚ THỌ
VĂN PHÒNG
Số: 12-TB/VPTU
ĐẢNG CỘNG SẢN VIỆT NAM
Phú Thọ, ngày 24 tháng 12 năm 2025
THÔNG BÁO KẾT LUẬN
của Phó Bí thư Thường trực Tỉnh ủy tại buổi làm việc với phường Thanh Miếu
Ngày 24/12/2025, đồng chí Phó Bí thư Thường trực Tỉnh ủy đã làm việc với Ban Thường vụ Đảng ủy phường về tình hình thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2025, phương hướng, nhiệm vụ năm 2026; tổng thu ngân sách ước đạt 366,3 tỷ đồng, bằng 93% kế hoạch; tỷ lệ hộ nghèo còn 0,24% (7 hộ/21 khẩu).
1. Về kết quả: Thường trực Tỉnh ủy ghi nhận, đánh giá cao sự cố gắng của Đảng bộ, chính quyền và Nhân dân phường trong thời gian qua; các chỉ tiêu cơ bản hoàn thành.
- Khẩn trương rà soát, sắp xếp trụ sở làm việc sau sáp nhập; giao Sở Tài chính chủ trì, phối hợp với các cơ quan liên quan hướng dẫn, hoàn thành trước ngày 30/6/2026.
TT	Chỉ tiêu	ĐVT	Kế hoạch	Thực hiện
1	Thu ngân sách	tỷ đồng	400	366,3
2	Tỷ lệ hộ nghèo	%	0,5	0,24
Trang hai có đoạn ngắn.
`

// One notice, saved by different programs in different formats, has the same layer.
func TestOneNoticeInAllFormats(t *testing.T) {
	t.Parallel()
	for name, format := range map[string]string{"thong-bao.html": HTML, "thong-bao.docx": DOCX} {
		l, err := Extract(name, sample(t, name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if l.Format != format || l.Text != notice || l.Converted != "" || l.Title != "Thông báo kết luận" {
			t.Errorf("%s: format %q, title %q, converted %q, text:\n%s", name, l.Format, l.Title, l.Converted, l.Text)
		}
	}
	// A PDF keeps the rows of the page, not the cells of the letterhead, so lines come in another order.
	want := strings.Fields(notice)
	slices.Sort(want)
	for _, name := range []string{"thong-bao-browser.pdf", "thong-bao-office.pdf"} {
		l, err := Extract(name, sample(t, name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := strings.Fields(l.Text)
		slices.Sort(got)
		if l.Format != PDF || !slices.Equal(got, want) {
			t.Errorf("%s: format %q, text:\n%s", name, l.Format, l.Text)
		}
		lines := strings.Split(l.Text, "\n")
		for _, paragraph := range strings.Split(notice, "\n")[7:10] {
			if !slices.Contains(lines, paragraph) {
				t.Errorf("%s: the lines of a paragraph were not joined: %s", name, paragraph)
			}
		}
	}
}

func TestPlainTextIsItsOwnLayer(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"Phường Thanh Miếu",
		"\ufeffcó dấu đầu tệp\r\nhai dòng\r\n\r\n",
		"  NFD: Thanh Miê\u0301u \u200b\t\n",
		"{\"not\": \"html\"}",
		"a < b và <p> không phải trang",
		"BM01: biểu mẫu",
		"PK và mã khác",
	} {
		for _, name := range []string{"", "a.txt", "a.md", "ghi chú"} {
			l, err := Extract(name, []byte(s))
			if err != nil || l.Text != s || l.Format != TXT || l.Converted != "" || l.Title != "" {
				t.Errorf("%q as %q: %+v, %v", s, name, l, err)
			}
		}
	}
}

func TestUTF16(t *testing.T) {
	t.Parallel()
	const s = "Hộ nghèo còn 0,24%\r\n𝄞 đường"
	for name, order := range map[string]binary.AppendByteOrder{"utf-16le": binary.LittleEndian, "utf-16be": binary.BigEndian} {
		data := order.AppendUint16(nil, 0xfeff)
		for _, u := range utf16.Encode([]rune(s)) {
			data = order.AppendUint16(data, u)
		}
		l, err := Extract("a.txt", data)
		if err != nil || l.Text != s || l.Converted != name || l.Format != TXT {
			t.Errorf("%s: %+v, %v", name, l, err)
		}
		refuses(t, name+", cut", "a.txt", data[:len(data)-1], "error.file_encoding")
		refuses(t, name+", half a pair", "a.txt", order.AppendUint16(data, 0xd800), "error.file_encoding")
		refuses(t, name+", with NUL", "a.txt", order.AppendUint16(data, 0), "error.file_nul")
	}
	page := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune("<html><body><p>Xã Sơn Lương</p>")) {
		page = binary.LittleEndian.AppendUint16(page, u)
	}
	if l, err := Extract("", page); err != nil || l.Format != HTML || l.Text != "Xã Sơn Lương\n" || l.Converted != "utf-16le" {
		t.Errorf("page in UTF-16: %+v, %v", l, err)
	}
}

// refuses checks that a file is refused with the key, and that the sentence exists and needs exactly the error's arguments.
func refuses(t *testing.T, what, name string, data []byte, key string) {
	t.Helper()
	l, err := Extract(name, data)
	var e *Error
	if !errors.As(err, &e) {
		t.Errorf("%s: %+.100v, %v; want a refusal %s", what, l, err, key)
		return
	}
	if e.Key != key {
		t.Errorf("%s: refused with %v, want %s", what, err, key)
	}
	if l.Text != "" || l.Format != "" {
		t.Errorf("%s: a layer came with the refusal: %.100q", what, l.Text)
	}
	refusedWith(t, what, err, key)
}

// refusedWith checks the refusal by itself.
func refusedWith(t *testing.T, what string, err error, key string) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) || e.Key != key {
		t.Errorf("%s: %v; want a refusal %s", what, err, key)
		return
	}
	refusal, ok := gov.AsError(err)
	if !ok || !slices.Contains([]gov.Code{gov.Invalid, gov.Unsupported, gov.TooLarge}, refusal.Code) {
		t.Errorf("%s: the domain takes it for %q", what, gov.CodeOf(err))
		return
	}
	for _, in := range []lang.Lang{lang.VI, lang.EN} {
		sentence := in.T(refusal.Key, refusal.Args...)
		if strings.HasPrefix(sentence, "[") || strings.Contains(sentence, "%!") {
			t.Errorf("%s: no sentence in %s: %s", what, in, sentence)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	latin := strings.Repeat("C\xe9ng hßa", 20)
	office := ole + strings.Repeat("\x00", 600)
	for _, c := range []struct{ what, name, data, key string }{
		{"empty", "a.txt", "", "error.file_empty"},
		{"blank", "a.txt", " \r\n\t\u00a0\ufeff\n", "error.file_no_text"},
		{"too large", "a.txt", strings.Repeat("a", MaxFileBytes+1), "error.file_too_large"},
		{"too much text", "a.txt", strings.Repeat("a", MaxTextBytes+1), "error.text_too_large"},
		{"NUL", "a.txt", "một\x00hai", "error.file_nul"},
		{"Latin bytes", "a.txt", latin, "error.file_encoding"},
		{"UTF-32", "a.txt", "\xff\xfe\x00\x00a\x00\x00\x00", "error.file_encoding"},
		{"a little TCVN3", "a.txt", "Céng hßa x· héi", "error.file_old_font"},
		{"a little VNI", "a.txt", "Coäng hoøa xaõ hoäi", "error.file_old_font"},
		{"a little TCVN3, as bytes", "a.txt", "C\xe9ng h\xdfa x\xb7 h\xe9i", "error.file_old_font"},
		{"page in unknown encoding", "a.html", "<html><meta charset=euc-kr><p>\xb0\xa1", "error.file_encoding"},
		{"page that states none", "a.html", "<html><p>\xb0\xa1", "error.file_encoding"},
		{"page without text", "a.html", "<html><script>x</script><nav>y</nav>", "error.file_no_text"},
		{"text that is called .docx", "a.docx", "Đây không phải là tệp Word", "error.file_not_as_named"},
		{"text that is called .pdf", "a.pdf", "Đây không phải là PDF", "error.file_not_as_named"},
		{"rtf", "a.doc", `{\rtf1\ansi abc}`, "error.file_rtf"},
		{"png", "a.txt", "\x89PNG\r\n\x1a\n....", "error.file_image"},
		{"jpeg", "scan.pdf", "\xff\xd8\xff\xe0....", "error.file_image"},
		{"webp", "", "RIFF\x00\x00\x00\x00WEBPVP8 ....", "error.file_image_kind"},
		{"heic", "", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "error.file_image_kind"},
		{"rar", "", "Rar!\x1a\x07\x00...", "error.file_archive"},
		{"gzip", "", "\x1f\x8b\x08...", "error.file_archive"},
		{"old Word", "a.doc", office + string(utf16le("WordDocument")), "error.file_old_doc"},
		{"old Excel", "a.doc", office + string(utf16le("Workbook")), "error.file_table"},
		{"old PowerPoint", "a.ppt", office, "error.file_old_office"},
		{"locked Word", "a.docx", office + string(utf16le("EncryptedPackage")), "error.file_locked"},
		{"zip of nothing", "a.zip", "PK\x05\x06" + strings.Repeat("\x00", 18), "error.file_archive"},
		{"broken zip", "a.docx", "PK\x03\x04 not at all", "error.docx_broken"},
		{"broken PDF", "a.pdf", "%PDF-1.7\nnothing of a PDF follows", "error.pdf_broken"},
	} {
		refuses(t, c.what, c.name, []byte(c.data), c.key)
	}
}

func TestLimitsAreTheDomains(t *testing.T) {
	t.Parallel()
	if MaxFileBytes != gov.MaxFileBytes || MaxTextBytes != gov.MaxTextBytes {
		t.Errorf("the limits are %d and %d, the domain says %d and %d", MaxFileBytes, MaxTextBytes, gov.MaxFileBytes, gov.MaxTextBytes)
	}
}

// Real documents are their own layers, and none of them is taken for a secret one.
func TestSamples(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("HAICAP_SAMPLES")
	if dir == "" {
		t.Skip("skipped: set HAICAP_SAMPLES to the folder of sample documents")
	}
	files, err := filepath.Glob(filepath.Join(dir, "dev", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no samples in %s (%v)", dir, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		l, err := Extract(file, data)
		if err != nil || l.Text != string(data) {
			t.Errorf("%s: %v", file, err)
		}
		if err := gov.RefuseSecret("", l.Text); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// One line of 10 MB is fine.
func TestLongLine(t *testing.T) {
	t.Parallel()
	s := strings.Repeat("hộ nghèo ", 1<<20)
	if l, err := Extract("a.txt", []byte(s)); err != nil || len(l.Text) != len(s) {
		t.Errorf("%d bytes, %v", len(l.Text), err)
	}
	if l, err := Extract("a.docx", docx(t, par(s))); err != nil || len(l.Text) != len(s) {
		t.Errorf("docx: %d bytes, %v", len(l.Text), err)
	}
	if l, err := Extract("a.html", []byte("<html><p>"+s)); err != nil || len(l.Text) != len(s) {
		t.Errorf("html: %d bytes, %v", len(l.Text), err)
	}
}
