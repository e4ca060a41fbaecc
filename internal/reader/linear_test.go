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
// long. A busy machine can make single tries slow, so that the quickest of each counts, and a pattern fails only where all rounds do.
func TestReadTimeIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: takes some seconds")
	}
	r := New(small())
	quickest := func(s string, tries int) time.Duration {
		best := time.Duration(1 << 62)
		for range tries {
			start := time.Now()
			r.Read(Source{Text: s})
			best = min(best, time.Since(start))
		}
		return best
	}
	for _, p := range nasty {
		n := 20000 / len(p)
		short, long := strings.Repeat(p, n), strings.Repeat(p, 8*n)
		ratio := 0.0
		for range 4 {
			ratio = float64(quickest(long, 2)) / float64(quickest(short, 4))
			if ratio < 24 {
				break
			}
		}
		if ratio >= 24 {
			t.Errorf("%q: eight times as much text takes %.0f times as long", p, ratio)
		}
	}
}
