package reader

import (
	"reflect"
	"slices"
	"testing"

	"haicap/internal/gov"
)

// TestOwnDictionary reads one text without and with an office's entries: what they name changes, and nothing else.
func TestOwnDictionary(t *testing.T) {
	t.Parallel()
	const s = `Ngày 12/3/2026, đồng chí Trần Minh Khang, CVP Tỉnh ủy làm việc với Đảng ủy phường Thanh Miếu.

Năm 2025, nguồn thu cân đối của phường đạt 366,3 tỷ đồng; nạo vét 12 tuyến mương; chi 15,5 tỷ VNĐ cho trường học; phường có 35 hộ nghèo.

Đồng chí giao BQLDA KV1 chủ trì, phối hợp với Sở Tài chính rà soát các công trình trước ngày 30/6/2026.`
	read := func(entries ...gov.DictionaryEntry) gov.Reading {
		return New(nil, WithDictionary(entries)).Read(Source{Name: "a.txt", Text: s})
	}
	before := read()
	entries := []gov.DictionaryEntry{{Kind: gov.DictIndicator, Phrase: "Nguồn thu cân đối", Meaning: "budget_revenue"},
		{Kind: gov.DictAgency, Phrase: "BQLDA KV1", Meaning: "Ban Quản lý dự án khu vực I"},
		{Kind: gov.DictTitle, Phrase: "CVP", Meaning: "Chánh Văn phòng"}, {Kind: gov.DictMeasure, Phrase: "tỷ VNĐ", Meaning: "tỷ đồng"}}
	after := read(entries...)
	if f := figureOf(t, before, "366,3 tỷ đồng"); f.Indicator != "" {
		t.Fatalf("the text names %q by itself: the test says nothing", f.Indicator)
	}
	if f := figureOf(t, after, "366,3 tỷ đồng"); f.Indicator != "budget_revenue" {
		t.Errorf("indicator %q", f.Indicator)
	}
	if f := figureOf(t, after, "35 hộ nghèo"); !reflect.DeepEqual(f, figureOf(t, before, "35 hộ nghèo")) {
		t.Errorf("another figure changed: %+v", f)
	}
	if f := figureOf(t, after, "15,5 tỷ VNĐ"); f.Measure != "tỷ đồng" {
		t.Errorf("measure %q", f.Measure)
	}
	if len(after.Directives) != 1 {
		t.Fatalf("%d directives: %+v", len(after.Directives), after.Directives)
	}
	d := after.Directives[0]
	if want := []string{"Ban Quản lý dự án khu vực I"}; !slices.Equal(d.Assignees, want) || d.Lead != want[0] || d.Span.Of(s) != d.Text {
		t.Errorf("assignees %q, lead %q, words %q", d.Assignees, d.Lead, d.Text)
	}
	if len(before.Directives) > 0 {
		t.Error("the reader knows the agency by itself: the test says nothing")
	}
	if len(after.People) != 1 || after.People[0].Title != "Chánh Văn phòng Tỉnh ủy" {
		t.Errorf("people %+v", after.People)
	}
	if again := read(entries...); !reflect.DeepEqual(again, after) {
		t.Error("two readings differ")
	}
}

func figureOf(t *testing.T, r gov.Reading, words string) gov.FigureDraft {
	t.Helper()
	for _, f := range r.Figures {
		if f.Text == words {
			return f
		}
	}
	t.Fatalf("no figure %q in %+v", words, r.Figures)
	return gov.FigureDraft{}
}

func TestWriteOut(t *testing.T) {
	t.Parallel()
	entries := []gov.DictionaryEntry{{Phrase: "sở tc", Meaning: "Sở Tài chính"}, {Phrase: "sở", Meaning: "Sở Nội vụ"}, {Phrase: "ban a", Meaning: "Ban A tỉnh"}}
	for in, want := range map[string]string{"Sở TC": "Sở Tài chính", "SỞ TC tỉnh": "Sở Tài chính tỉnh", "Sở TCX": "Sở Nội vụ TCX", "": "", "Ban A tỉnh": "Ban A tỉnh"} {
		if got := writeOut(entries, in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

// TestOwnIndicators reads with a province's own catalogue: its new indicators and words are known, one that it measures otherwise takes no number of the old
// measure, and the rest stays.
func TestOwnIndicators(t *testing.T) {
	t.Parallel()
	const s = `Năm 2025, sản lượng bưởi đặc sản của phường đạt 1.250 tấn; nguồn thu cân đối đạt 366,3 tỷ đồng; phường có 35 hộ nghèo.`
	read := func(list []gov.Indicator) gov.Reading {
		return New(nil, WithIndicators(list)).Read(Source{Name: "a.txt", Text: s})
	}
	before := read(gov.Indicators())
	for _, words := range []string{"1.250 tấn", "366,3 tỷ đồng"} {
		if f := figureOf(t, before, words); f.Indicator != "" {
			t.Fatalf("%s is %q by itself: the test says nothing", words, f.Indicator)
		}
	}
	own := slices.Clone(gov.Indicators())
	i := slices.IndexFunc(own, func(in gov.Indicator) bool { return in.Key == "budget_revenue" })
	own[i].Aliases = append(slices.Clone(own[i].Aliases), "nguồn thu cân đối")
	own = append(own, gov.Indicator{Key: "pomelo", NameVI: "Sản lượng bưởi", Measure: "tấn", Better: gov.Up, Flow: true, Aliases: []string{"sản lượng bưởi đặc sản"}},
		gov.Indicator{Key: "quiet", NameVI: "Hộ", Measure: "hộ", Better: gov.Up}) // without aliases the reader does not look for it
	after := read(own)
	for words, want := range map[string]string{"1.250 tấn": "pomelo", "366,3 tỷ đồng": "budget_revenue", "35 hộ nghèo": "poor_households"} {
		if f := figureOf(t, after, words); f.Indicator != want {
			t.Errorf("%s: indicator %q, want %q", words, f.Indicator, want)
		}
	}
}
