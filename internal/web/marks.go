package web

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"html"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"

	"haicap/internal/app"
	"haicap/internal/text"
	"haicap/internal/web/ui"
)

// A textLine is one line of a document's text, cut into pieces wherever a mark begins or ends.
type textLine struct {
	Pieces []textPiece
}

// A textPiece is a stretch of a line with the same marks all through.
type textPiece struct {
	Text    string
	Anchors []string   // ids of the spans that begin here
	Marks   []app.Mark // that cover it, the shortest last
	Begins  []app.Mark // of Marks, those that begin here: their word of kind is shown here
	At      bool       // part of the stretch that the address points at
}

// Class is the class list of a piece's mark: one class for each kind that covers it.
func (p textPiece) Class() string {
	classes := []string{"m"}
	for _, m := range p.Marks {
		if c := markClass(m); !slices.Contains(classes, c) {
			classes = append(classes, c)
		}
	}
	if p.At {
		classes = append(classes, "at")
	}
	return strings.Join(classes, " ")
}

// cutText lays marks, and the stretch at, over a text. Spans that lie outside the text or within a letter are left out: they
// would belong to another text. Marks may overlap and nest; empty lines are dropped.
func cutText(src string, marks []app.Mark, at text.Span) []textLine {
	fits := func(s text.Span) bool {
		return s.Start() >= 0 && s.End() <= len(src) && !s.Empty() &&
			utf8.RuneStart(src[s.Start()]) && (s.End() == len(src) || utf8.RuneStart(src[s.End()]))
	}
	var ms []app.Mark
	var cuts []int
	for _, m := range marks {
		if fits(m.Span) {
			ms = append(ms, m)
			cuts = append(cuts, m.Span.Start(), m.Span.End())
		}
	}
	// Longest first, so that of two marks that begin together the inner one comes last.
	slices.SortStableFunc(ms, func(a, b app.Mark) int {
		return cmp.Or(cmp.Compare(a.Span.Start(), b.Span.Start()), cmp.Compare(b.Span.Len(), a.Span.Len()))
	})
	if !fits(at) {
		at = text.Span{}
	} else {
		cuts = append(cuts, at.Start(), at.End())
	}
	slices.Sort(cuts)
	c := cutter{src: src, marks: ms, cuts: slices.Compact(cuts), at: at}
	var lines []textLine
	for i := 0; i < len(src); {
		end := i + strings.IndexByte(src[i:], '\n')
		if end < i {
			end = len(src)
		}
		if strings.TrimSpace(src[i:end]) != "" {
			lines = append(lines, c.line(i, end))
		}
		i = end + 1
	}
	return lines
}

// A cutter goes through a text once, from its start to its end.
type cutter struct {
	src   string
	marks []app.Mark
	cuts  []int
	at    text.Span
	open  []app.Mark // marks that cover the position
}

func (c *cutter) line(i, end int) textLine {
	var l textLine
	for i < end {
		for len(c.cuts) > 0 && c.cuts[0] <= i {
			c.cuts = c.cuts[1:]
		}
		stop := end
		if len(c.cuts) > 0 && c.cuts[0] < end {
			stop = c.cuts[0]
		}
		l.Pieces = append(l.Pieces, c.piece(i, stop))
		i = stop
	}
	return l
}

func (c *cutter) piece(i, stop int) textPiece {
	p := textPiece{Text: strings.TrimSuffix(c.src[i:stop], "\r"), At: c.at.Start() <= i && i < c.at.End()}
	c.open = slices.DeleteFunc(c.open, func(m app.Mark) bool { return m.Span.End() <= i })
	anchor := func(s text.Span) {
		if id := ui.SpanID(s); !slices.Contains(p.Anchors, id) {
			p.Anchors = append(p.Anchors, id)
		}
	}
	if p.At && c.at.Start() == i {
		anchor(c.at)
	}
	for len(c.marks) > 0 && c.marks[0].Span.Start() <= i {
		m := c.marks[0]
		c.marks = c.marks[1:]
		anchor(m.Span)
		c.open = append(c.open, m)
		p.Begins = append(p.Begins, m)
	}
	p.Marks = slices.Clone(c.open)
	slices.SortStableFunc(p.Marks, func(a, b app.Mark) int { return cmp.Compare(b.Span.Len(), a.Span.Len()) })
	return p
}

// parseSpan reads "123-456"; anything else is the empty span.
func parseSpan(s string) text.Span {
	a, b, ok := strings.Cut(s, "-")
	start, err1 := strconv.Atoi(a)
	end, err2 := strconv.Atoi(b)
	if !ok || err1 != nil || err2 != nil || start < 0 || end <= start {
		return text.Span{}
	}
	return text.Span{start, end}
}

// markClass is the class of a mark's kind: all figures and targets look alike.
func markClass(m app.Mark) string {
	if m.Noun == "figure" || m.Noun == "target" {
		return "k-figure"
	}
	return "k-" + m.Kind
}

// markWord is the word of a mark's kind.
func markWord(f ui.Frame, m app.Mark) string {
	switch m.Noun {
	case "figure", "target":
		return f.T("figure_kind." + m.Kind)
	case "draft":
		return f.T("draft_kind." + m.Kind)
	}
	return f.T("matter_kind." + m.Kind)
}

// textBody writes the lines of a text as paragraphs. It is written by hand because a template would put spaces between the pieces,
// and a text is shown to the letter. href says where a mark leads; the words of kinds stand before the clauses that they name.
func textBody(f ui.Frame, lines []textLine, href func(m app.Mark) string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		out := bufio.NewWriter(w)
		for _, l := range lines {
			out.WriteString("<p>")
			for _, p := range l.Pieces {
				writePiece(out, f, p, href)
			}
			out.WriteString("</p>\n")
		}
		return out.Flush()
	})
}

func writePiece(out *bufio.Writer, f ui.Frame, p textPiece, href func(m app.Mark) string) {
	for _, id := range p.Anchors {
		fmt.Fprintf(out, `<span class="anchor" id="%s"></span>`, id)
	}
	for _, m := range p.Begins {
		if m.Noun == "matter" {
			fmt.Fprintf(out, `<span class="kind %s">%s</span>`, html.EscapeString(markClass(m)), html.EscapeString(markWord(f, m)))
		}
	}
	words := html.EscapeString(p.Text)
	switch {
	case len(p.Marks) > 0:
		inner := p.Marks[len(p.Marks)-1]
		fmt.Fprintf(out, `<a class="marked" href="%s" title="%s"><mark class="%s">%s</mark></a>`, html.EscapeString(href(inner)),
			html.EscapeString(markWord(f, inner)), html.EscapeString(p.Class()), words)
	case p.At:
		fmt.Fprintf(out, `<mark class="m at">%s</mark>`, words)
	default:
		out.WriteString(words)
	}
}
