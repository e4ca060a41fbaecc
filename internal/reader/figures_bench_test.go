package reader

import (
	"strings"
	"testing"
)

// article is a text of the kind that the reader is for, of made-up units and people.
const article = `Ngày 12/3, đồng chí Trần Minh Khang, Phó Bí thư Tỉnh ủy làm việc với Đảng ủy phường Thanh Miếu về kết quả thực hiện nhiệm vụ năm 2025.

Năm 2025, tổng thu ngân sách của phường ước đạt 366,3 tỷ đồng, bằng 104% kế hoạch; tỷ lệ hộ nghèo còn 0,21%; kết nạp 12/10 đảng viên, đạt 120%.
Tuy nhiên, phường còn gặp một số khó khăn như: Cơ sở vật chất còn thiếu; tiến độ một số công trình còn chậm so với kế hoạch.
Đồng chí đề nghị Đảng ủy phường tập trung lãnh đạo, chỉ đạo thực hiện 5 nhóm giải pháp; giao Sở Tài chính chủ trì, phối hợp với các sở, ngành rà soát trước ngày 30/6/2026.
`

func BenchmarkRead(b *testing.B) {
	s := strings.Repeat(article, 800)
	r := New(nil)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		r.Read(Source{Name: "a.txt", Text: s})
	}
}

// BenchmarkReadOneLine reads the same in one line: time must stay linear.
func BenchmarkReadOneLine(b *testing.B) {
	s := strings.ReplaceAll(strings.Repeat(article, 800), "\n", " ")
	r := New(nil)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		r.Read(Source{Name: "a.txt", Text: s})
	}
}

// BenchmarkReadOneSentence reads ten thousand figures in one sentence.
func BenchmarkReadOneSentence(b *testing.B) {
	s := strings.Repeat("tổng thu ngân sách năm 2025 đạt 410,6 tỷ đồng, tăng 12% so với cùng kỳ; xã có 35 hộ nghèo, ", 8000)
	r := New(nil)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		r.Read(Source{Name: "a.txt", Text: s})
	}
}
