package reader

import (
	"strconv"
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

// BenchmarkReadNasty says for each pattern how many times as long eight times the text takes: about 8 where reading is linear, 64 where it goes with the
// square. What a pattern costs in memory is tested above; time is measured here, since a busy machine would fail a test.
func BenchmarkReadNasty(b *testing.B) {
	r := New(small())
	for _, p := range nasty {
		b.Run(strconv.Quote(p), func(b *testing.B) {
			n := 20000 / len(p)
			short, long := strings.Repeat(p, n), strings.Repeat(p, 8*n)
			quickest := func(s string) time.Duration {
				start := time.Now()
				r.Read(Source{Text: s})
				return time.Since(start)
			}
			few, many := time.Duration(1<<62), time.Duration(1<<62)
			for b.Loop() {
				few, many = min(few, quickest(short)), min(many, quickest(long))
			}
			b.ReportMetric(float64(many)/float64(few), "times-for-8")
		})
	}
}
