package reader

import (
	"strings"
	"testing"
	"time"
)

// nasty are patterns that tempt a reader to look back or ahead again and again: lists without an end, brackets that never close, words
// that begin phrases, names, headings, tables, the same unit and person everywhere.
var nasty = []string{
	"tổng thu ngân sách năm 2025 đạt 410,6 tỷ đồng, tăng 12% so với cùng kỳ; ",
	"12/14 ", "từ 1 đến ", "( ", "trong đó ", "1. ", "a) Giao Sở A; ", "đồng chí ", "Bí thư Tỉnh ủy, ", "xã An Bình, huyện Bình An, ", "phường ",
	"đề nghị tỉnh quan tâm, ", "yêu cầu ", "Theo ông Nguyễn Văn An, ", "năm 2025 - 2030, ", "ngày 1/1/2025, ", "tỷ lệ hộ nghèo ", "trường ", "và ", ", ", ". ", "\n", "\n- ", "\n1. ",
	"I. MỤC TIÊU:\n", "STT\tChỉ tiêu\tĐVT\tKế hoạch năm 2025\n", "1\tTỷ lệ hộ nghèo\t%\t2,5\t", "Đồng chí Trần Minh Khang đề nghị xã cần làm. ", "“", "5% (", "Nơi nhận:\n",
	"Đảng ủy, chính quyền, Ban Thường vụ ", "Nguyễn Văn ", "Bí thư Tỉnh ủy Nguyễn Văn An yêu cầu Sở Y tế chủ trì, phối hợp với Sở Nội vụ trước ngày 30/6/2026; ",
}

// TestReadIsLinear: four times the text takes about four times the memory that is asked for; work that grows with the square of the
// text mostly asks for more.
func TestReadIsLinear(t *testing.T) {
	r := New(small())
	asked := func(s string) float64 {
		return testing.AllocsPerRun(1, func() { r.Read(Source{Text: s}) })
	}
	for _, p := range nasty {
		n := 4000 / len(p)
		small, large := asked(strings.Repeat(p, n)), asked(strings.Repeat(p, 4*n))
		if large > 5*small+400 {
			t.Errorf("%q: %v allocations, four times as much text: %v", p, small, large)
		}
	}
}

// TestReadTimeIsLinear: eight times the text takes about eight times as long; with the square of the text it would take 64 times as
// long. A busy machine makes single tries slow, so that the quickest of many counts, of texts short enough to be read in one go.
func TestReadTimeIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: takes some seconds")
	}
	r := New(small())
	quicker := func(best time.Duration, s string) time.Duration {
		start := time.Now()
		r.Read(Source{Text: s})
		return min(best, time.Since(start))
	}
	for _, p := range nasty {
		n := 6000 / len(p)
		short, long := strings.Repeat(p, n), strings.Repeat(p, 8*n)
		a, b := time.Duration(1<<62), time.Duration(1<<62)
		for range 12 {
			for range 3 {
				a, b = quicker(a, short), quicker(b, long)
			}
			if b < 24*a {
				break
			}
		}
		if b >= 24*a {
			t.Fatalf("%q: eight times as much text takes %d times as long", p, b/a)
		}
	}
}
