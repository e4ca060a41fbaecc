package web

import (
	"testing"

	"haicap/internal/text"
)

func TestFindWords(t *testing.T) {
	t.Parallel()
	layer := "Giao  Sở\u00a0Tài chính rà soát; Sở Tài chính báo cáo."
	all := text.Span{0, len(layer)}
	for _, c := range []struct {
		words string
		near  int
		want  string // empty: not there
	}{
		{"Giao Sở Tài chính", 0, "Giao  Sở\u00a0Tài chính"}, {"Sở Tài chính", 0, "Sở\u00a0Tài chính"}, {"Sở Tài chính", 40, "Sở Tài chính"},
		{" rà\r\nsoát ", 0, "rà soát"}, {"sở tài chính", 0, ""}, {"", 0, ""}, {"báo cáo. Thêm", 0, ""},
	} {
		span, ok := findWords(layer, all, c.words, c.near)
		if ok != (c.want != "") || ok && span.Of(layer) != c.want {
			t.Errorf("%q near %d: %q %v, want %q", c.words, c.near, span.Of(layer), ok, c.want)
		}
	}
	if s := trimSpan(layer, text.Span{4, 10}); s.Of(layer) != "Sở" {
		t.Errorf("trimmed to %q", s.Of(layer))
	}
	if s := paragraphAt("một\nhai ba\r\nbốn", text.Span{7, 8}); s != (text.Span{6, 12}) {
		t.Errorf("the paragraph is %v", s)
	}
}
