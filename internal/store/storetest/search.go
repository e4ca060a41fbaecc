package storetest

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"haicap/internal/gov"
)

// entries of the search cases; the record is the key.
var searchEntries = []gov.SearchEntry{
	{Noun: "session", Record: "ho-ngheo", Title: "Làm việc tại phường Thanh Miếu", Body: "Tỷ lệ hộ nghèo giảm còn 0,27%.", Day: "2025-12-24"},
	{Noun: "session", Record: "ho-ngheo-old", Title: "Kiểm tra", Body: "Số hộ nghèo là 366.", Day: "2024-05-11"},
	{Noun: "matter", Record: "ho-apart", Title: "Nghèo", Body: "Các hộ khó khăn", Day: "2026-01-05"},
	{Noun: "matter", Record: "hong-heo", Title: "Họ và hổ", Body: "nghèo nàn; hồ nước", Day: "2026-02-01"},
	{Noun: "matter", Record: "dat-dai", Title: "Tranh chấp đất đai", Body: "Cấp giấy chứng nhận quyền sử dụng đất", Day: "2025-01-01"},
	{Noun: "matter", Record: "dat-dai-later", Title: "Đạt dài hạn", Body: "Dự án đạt tiến độ, dài 5 km", Day: "2025-06-01"},
	{Noun: "session", Record: "hoa", Title: "Phường Hòa Bình", Body: "thủy lợi Ủy ban khỏe quý", Day: "2025-03-01"},
	{Noun: "session", Record: "hoang", Title: "Xã Hoàng Cương", Body: "huỳnh", Day: "2025-04-01"},
	{Noun: "document", Record: "number", Title: "Thông báo số 15-TB/TU", Body: "Quyết định 1234/QĐ-UBND; 410,6 tỷ đồng", Day: "2025-02-01"},
}

func searchable(b *book) *book {
	b.update(func(tx gov.Tx) error {
		for _, e := range searchEntries {
			e.Realm = Realm
			if err := tx.Index(ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
	return b
}

func (b *book) search(q gov.SearchQuery) []gov.SearchHit {
	b.Helper()
	var hits []gov.SearchHit
	b.view(func(tx gov.Tx) (err error) {
		hits, err = tx.Search(ctx, Realm, q)
		return err
	})
	return hits
}

// found checks what a search for words gives, in order; an exact hit is written with a star.
func (b *book) found(words, want string) {
	b.Helper()
	var got []string
	for _, h := range b.search(gov.SearchQuery{Words: words}) {
		s := string(h.Record)
		if h.Exact {
			s += "*"
		}
		got = append(got, s)
	}
	same(b, "search for "+words, strings.Join(got, " "), want)
}

var searchCases = []testCase{
	{"exact marks side by side, then apart, then folded, newest first in each", func(b *book) {
		searchable(b)
		b.found("hộ nghèo", "ho-ngheo* ho-ngheo-old* ho-apart* hong-heo")
		b.found("ho ngheo", "ho-ngheo ho-ngheo-old hong-heo ho-apart")
		b.found("HỘ NGHÈO", "ho-ngheo* ho-ngheo-old* ho-apart* hong-heo")
		b.found("đất đai", "dat-dai* dat-dai-later")
		b.found("dat dai", "dat-dai-later dat-dai")
		b.found("đạt dài", "dat-dai-later* dat-dai")
	}},
	{"either placement of the tone, either Unicode form", func(b *book) {
		searchable(b)
		b.found("hoà bình", "hoa*")
		b.found("hòa bình", "hoa*")
		b.found("thuỷ lợi", "hoa*")
		b.found("Uỷ ban", "hoa*")
		b.found("khoẻ", "hoa*")
		b.found(norm.NFD.String("hộ nghèo"), "ho-ngheo* ho-ngheo-old* ho-apart* hong-heo")
		b.found(norm.NFD.String("Đất đai"), "dat-dai* dat-dai-later")
		b.update(func(tx gov.Tx) error {
			return tx.Index(ctx, gov.SearchEntry{Realm: Realm, Noun: "session", Record: "nfd", Title: norm.NFD.String("Hoà Lạc")})
		})
		b.found("hòa lạc", "nfd*")
		b.found("hoa lac", "nfd")
	}},
	{"the last word may be a beginning, the others not", func(b *book) {
		searchable(b)
		b.found("hộ ngh", "ho-ngheo* ho-ngheo-old* ho-apart* hong-heo")
		b.found("thanh mi", "ho-ngheo*")
		b.found("thanh mie", "ho-ngheo")
		b.found("tha miếu", "")
		b.found("hoàn", "hoang*")
		b.found("hoa", "hoang hoa")
	}},
	{"numbers and symbols", func(b *book) {
		searchable(b)
		b.found("15-TB/TU", "number*")
		b.found("15 tb tu", "number*")
		b.found("1234/QĐ-UBND", "number*")
		b.found("410,6", "number*")
		b.found("0,27%", "ho-ngheo*")
	}},
	{"what is typed is never syntax", func(b *book) {
		searchable(b)
		for _, words := range []string{"", " ", "\"", "'", "*", "-", "^", "a OR", "hộ AND", "NEAR(hộ nghèo)", "folded:hộ", "{folded} : hộ", "(", ")", "\\",
			"hộ & !", "<->", ":*", "';DROP TABLE figure;--", "\x00", "\xff", "%", "_", "🙂", "a\u0301", "\u200b", "$1", "hộ\tnghèo\n"} {
			b.search(gov.SearchQuery{Words: words})
		}
		b.found("\"hộ nghèo\"", "ho-ngheo* ho-ngheo-old* ho-apart* hong-heo")
		b.found("hộ* AND", "")
		b.found("*", "")
		b.search(gov.SearchQuery{Words: strings.Repeat("hộ nghèo ", 5000)})
		b.search(gov.SearchQuery{Words: strings.Repeat("đ", 100000)})
	}},
	{"narrowed by noun, holder, realm and limit", func(b *book) {
		searchable(b)
		mine, theirs := b.id(), b.id()
		b.update(func(tx gov.Tx) error {
			for _, e := range []gov.SearchEntry{
				{Realm: Realm, Noun: "document", Record: "mine", Holder: mine, Title: "Báo cáo hộ nghèo", Day: "2025-01-01"},
				{Realm: Realm, Noun: "document", Record: "theirs", Holder: theirs, Title: "Báo cáo hộ nghèo", Day: "2025-01-02"},
				{Realm: Realm + 1, Noun: "session", Record: "far", Title: "Báo cáo hộ nghèo", Day: "2025-01-03"},
			} {
				if err := tx.Index(ctx, e); err != nil {
					return err
				}
			}
			return nil
		})
		records := func(hits []gov.SearchHit) string {
			var s []string
			for _, h := range hits {
				s = append(s, string(h.Record))
			}
			return strings.Join(s, " ")
		}
		same(b, "for the holder", records(b.search(gov.SearchQuery{Words: "báo cáo hộ nghèo", Holder: mine})), "mine")
		same(b, "for nobody", records(b.search(gov.SearchQuery{Words: "báo cáo hộ nghèo"})), "")
		same(b, "of two nouns", records(b.search(gov.SearchQuery{Words: "hộ nghèo", Nouns: []string{"matter", "document"}, Holder: theirs})),
			"theirs ho-apart hong-heo")
		same(b, "at most two", records(b.search(gov.SearchQuery{Words: "ho ngheo", Limit: 2})), "ho-ngheo ho-ngheo-old")
		same(b, "at most three", records(b.search(gov.SearchQuery{Words: "hộ nghèo", Limit: 3})), "ho-ngheo ho-ngheo-old ho-apart")
	}},
	{"indexed again replaces", func(b *book) {
		searchable(b)
		e := gov.SearchEntry{Realm: Realm, Noun: "matter", Record: "dat-dai", Title: "Giải phóng mặt bằng", Body: "đường liên xã", Day: "2026-03-03"}
		for range 2 {
			b.update(func(tx gov.Tx) error { return tx.Index(ctx, e) })
		}
		b.found("đất đai", "dat-dai-later")
		hits := b.search(gov.SearchQuery{Words: "mặt bằng"})
		same(b, "hits", hits, []gov.SearchHit{{Noun: e.Noun, Record: e.Record, Title: e.Title, Body: e.Body, Day: e.Day, Exact: true}})
	}},
	{"a change that fails is not found", func(b *book) {
		_ = b.store.Update(ctx, func(tx gov.Tx) error {
			_ = tx.Index(ctx, gov.SearchEntry{Realm: Realm, Noun: "matter", Record: "gone", Title: "không còn"})
			return gov.Errorf(gov.Invalid, "error.test")
		})
		b.found("không còn", "")
	}},
	{"a very long text is indexed to its last word", func(b *book) {
		var long strings.Builder
		for i := range 60000 {
			long.WriteString("tỉnh ủy chỉ đạo ")
			if i%2000 == 0 {
				long.WriteString("Mục" + strings.Repeat("x", i/2000) + " ")
			}
		}
		long.WriteString("kết thúc")
		b.update(func(tx gov.Tx) error {
			return tx.Index(ctx, gov.SearchEntry{Realm: Realm, Noun: "document", Record: "long", Title: "Dài", Body: long.String()})
		})
		b.found("kết thúc", "long*")
		b.found("tỉnh ủy", "long*")
		b.found("muc"+strings.Repeat("x", 29), "long")
	}},
	{"a text of nothing but different words is kept", func(b *book) {
		var odd strings.Builder
		for i := range 40000 {
			odd.WriteString(strings.Repeat(string(rune('a'+i%26)), 1+i%120))
			odd.WriteString(string(rune('a'+i%25)) + string(rune('0'+i%10)) + string(rune('a'+i/10%26)) + string(rune('a'+i/260%26)) + " ")
		}
		b.update(func(tx gov.Tx) error {
			return tx.Index(ctx, gov.SearchEntry{Realm: Realm, Noun: "document", Record: "odd", Title: "Lạ thường", Body: odd.String()})
		})
		b.found("lạ thường", "odd*")
	}},
}
