package text

import (
	"reflect"
	"strings"
	"testing"
)

func TestSplitSentences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"Kinh tế phát triển. Đời sống nâng cao.", []string{"Kinh tế phát triển.", "Đời sống nâng cao."}},
		{"Đến TP. Bà Rịa và TP.HCM. Sau đó về.", []string{"Đến TP. Bà Rịa và TP.HCM.", "Sau đó về."}},
		{"Vốn đạt 4.496 tỷ đồng, tăng 0.27%. Hết.", []string{"Vốn đạt 4.496 tỷ đồng, tăng 0.27%.", "Hết."}},
		{"Chỉ thị số 17- CT/TU được quán triệt. Xong.", []string{"Chỉ thị số 17- CT/TU được quán triệt.", "Xong."}},
		{"Bà A. Nguyễn phát biểu. Hội nghị bế mạc.", []string{"Bà A. Nguyễn phát biểu.", "Hội nghị bế mạc."}},
		{"Đầu tư đường, trường, trạm... Nhân dân phấn khởi.", []string{"Đầu tư đường, trường, trạm...", "Nhân dân phấn khởi."}},
		{"Kiểm tra, giám sát..., trên cơ sở đó cụ thể hóa. Hết", []string{"Kiểm tra, giám sát..., trên cơ sở đó cụ thể hóa.", "Hết"}},
		{`Ông nói: "Phải làm ngay. Không chờ." Rồi đi.`, []string{`Ông nói: "Phải làm ngay.`, `Không chờ."`, "Rồi đi."}},
		{"1. Về kinh tế. 2. Về xã hội.", []string{"1. Về kinh tế.", "2. Về xã hội."}},
		{"II. Mục tiêu\nMột\n\n Hai ", []string{"II. Mục tiêu", "Một", "Hai"}},
		{"1\tThu ngân sách\ttỷ đồng\t12,5", []string{"1", "Thu ngân sách", "tỷ đồng", "12,5"}},
		{"Sớm là bao giờ? Quý 3!", []string{"Sớm là bao giờ?", "Quý 3!"}},
		{"Diện tích 360.000 m2.Dự án chậm.", []string{"Diện tích 360.000 m2.", "Dự án chậm."}},
		{"(Ảnh: TTXVN)", []string{"(Ảnh: TTXVN)"}},
		{"", nil},
	} {
		l := Split(c.in)
		var got []string
		for _, s := range l.Sentences {
			got = append(got, s.Span.Of(c.in))
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("Split(%q)\n got %q\nwant %q", c.in, got, c.want)
		}
	}
}

func TestSplitTokens(t *testing.T) {
	t.Parallel()
	in := "Hộ nghèo 7 hộ/21 khẩu (0,24%); 60m2, 17- CT/TU… TP HCM"
	var got []string
	for _, tok := range Split(in).Tokens {
		got = append(got, tok.Span.Of(in))
	}
	want := strings.Split("Hộ|nghèo|7|hộ|/|21|khẩu|(|0,24|%|)|;|60|m2|,|17|-|CT|/|TU|…|TP|HCM", "|")
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	toks := Split("Ủy UBND hoà A").Tokens
	if toks[0].Norm != "ủy" || toks[0].Fold != "uy" || !toks[0].Upper || toks[0].Caps || !toks[1].Caps || toks[2].Norm != "hòa" || toks[3].Caps {
		t.Errorf("forms: %+v %+v %+v %+v", toks[0].Form, toks[1].Form, toks[2].Form, toks[3].Form)
	}
}

// What is not seen in a text neither parts a word nor hides it; what looks like a space is one.
func TestSplitUnseen(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"hộ ngh\u00adèo":              "hộ|nghèo",
		"Thanh\u00a0Miếu 366\u202ftỷ": "thanh|miếu|366|tỷ",
		"a\u200db\u2060c":             "abc",
		"đồng\u200bchí":               "đồng|chí",
		"\ufeffBáo cáo\u00ad":         "báo|cáo",
		"\u00adước -\u00ad 5":         "ước|-|5",
		"ngh\u00ade\u0300o":           "nghèo",
	} {
		var got []string
		for _, k := range Split(in).Tokens {
			got = append(got, k.Norm)
			if k.Kind == Word && k.Fold != Fold(k.Norm) {
				t.Errorf("%q: folded %q", in, k.Fold)
			}
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

// FuzzSplit checks what everything else rests on: tokens and sentences stand in order and cover each other exactly.
func FuzzSplit(f *testing.F) {
	for _, s := range []string{"Một. Hai\tBa\n\nBốn…", "\xff. A.\r\n.", "a\u0301.\u200bB."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { check(t, s) })
}

func check(t *testing.T, s string) {
	l := Split(s)
	end, tok, sent := 0, 0, 0
	for _, p := range l.Paragraphs {
		if p.First != sent || p.Last <= p.First {
			t.Fatalf("paragraph %+v after sentence %d of %q", p, sent, s)
		}
		for _, q := range l.Sentences[p.First:p.Last] {
			if q.First != tok || q.Last <= q.First || !p.Span.Contains(q.Span) {
				t.Fatalf("sentence %+v after token %d of %q", q, tok, s)
			}
			for _, k := range l.Tokens[q.First:q.Last] {
				if k.Span[0] < end || k.Span.Empty() || !q.Span.Contains(k.Span) {
					t.Fatalf("token %+v after byte %d of %q", k.Span, end, s)
				}
				end = k.Span[1]
			}
			tok = q.Last
		}
		sent = p.Last
	}
	if tok != len(l.Tokens) || sent != len(l.Sentences) {
		t.Fatalf("tokens or sentences outside of paragraphs in %q", s)
	}
}

func BenchmarkSplit(b *testing.B) {
	s := strings.Repeat("Năm 2025, tổng thu ngân sách của phường ước đạt 366,3 tỷ đồng; tỷ lệ hộ nghèo ước giảm còn 0,21%. ", 10000)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Split(s)
	}
}
