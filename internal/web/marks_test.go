package web

import (
	"strings"
	"testing"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/text"
)

// show writes lines with marks in brackets: [kinds|text], with ! for the stretch that the address points at.
func show(lines []textLine) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteString("/")
		}
		for _, p := range l.Pieces {
			var kinds []string
			for _, m := range p.Marks {
				kinds = append(kinds, m.Kind)
			}
			switch {
			case p.At:
				b.WriteString("[!" + strings.Join(kinds, "+") + "|" + p.Text + "]")
			case len(kinds) > 0:
				b.WriteString("[" + strings.Join(kinds, "+") + "|" + p.Text + "]")
			default:
				b.WriteString(p.Text)
			}
		}
	}
	return b.String()
}

func TestCutText(t *testing.T) {
	t.Parallel()
	mark := func(kind string, a, b int) app.Mark {
		return app.Mark{Span: text.Span{a, b}, Kind: kind, ID: gov.ID(kind)}
	}
	for _, c := range []struct {
		name, src string
		marks     []app.Mark
		at        text.Span
		want      string
	}{
		{"plain", "một\n\nhai\r\n", nil, text.Span{}, "một/hai"},
		{"nested", "abcdef", []app.Mark{mark("in", 2, 4), mark("out", 1, 6)}, text.Span{}, "a[out|b][out+in|cd][out|ef]"},
		{"crossing", "abcdef", []app.Mark{mark("x", 0, 3), mark("y", 2, 5)}, text.Span{}, "[x|ab][x+y|c][y|de]f"},
		{"two lines", "abc\ndef", []app.Mark{mark("x", 1, 6)}, text.Span{}, "a[x|bc]/[x|de]f"},
		{"same span", "abc", []app.Mark{mark("x", 0, 2), mark("y", 0, 2)}, text.Span{}, "[x+y|ab]c"},
		{"address", "abcdef", []app.Mark{mark("x", 1, 3)}, text.Span{0, 2}, "[!|a][!x|b][x|c]def"},
		{"within a letter", "ộ", []app.Mark{mark("x", 1, 3)}, text.Span{0, 2}, "ộ"},
		{"outside", "abc", []app.Mark{mark("x", 2, 9), mark("y", -1, 2)}, text.Span{5, 9}, "abc"},
	} {
		if got := show(cutText(c.src, c.marks, c.at)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestCutTextLosesNothing(t *testing.T) {
	t.Parallel()
	src := "Tổng thu đạt 366,3 tỷ đồng.\nĐề nghị tỉnh quan tâm."
	var marks []app.Mark
	for i := range src {
		marks = append(marks, app.Mark{Span: text.Span{i, len(src) - i/2}, Kind: "x"})
	}
	var got []string
	for _, l := range cutText(src, marks, text.Span{}) {
		line := ""
		for _, p := range l.Pieces {
			line += p.Text
		}
		got = append(got, line)
	}
	if strings.Join(got, "\n") != src {
		t.Errorf("got %q", got)
	}
}

func TestParseSpan(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]text.Span{"12-34": {12, 34}, "": {}, "5-5": {}, "7-2": {}, "-1-3": {}, "a-b": {}, "12": {}} {
		if got := parseSpan(in); got != want {
			t.Errorf("%q: got %v, want %v", in, got, want)
		}
	}
}
