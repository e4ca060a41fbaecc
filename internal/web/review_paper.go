package web

import (
	"bufio"
	"context"
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"haicap/internal/gov"
	"haicap/internal/text"
	"haicap/internal/web/ui"
)

// A paper writes the text of a document as it was, with the words of the drafts marked. Drafts nest and overlap (a figure inside
// a commitment), so the text is cut at every end of a draft; a piece names all drafts that it belongs to, and the first piece of
// each draft bears the id that its card links to. Every piece knows its byte in the text layer (data-at), by which a script turns a
// selection into bytes. It is written by hand, not by a template, because no white space may come or go.
type paper struct {
	page   ReviewPage
	drafts []card // by start, longer first
	cuts   []int  // all starts and ends, sorted
	doubts []text.Span
	first  int // drafts before this one have ended
	w      *bufio.Writer
}

// source is the paper of a review.
func source(p ReviewPage) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		s := paper{page: p, drafts: slices.Clone(p.Cards), w: bufio.NewWriter(w)}
		sort.SliceStable(s.drafts, func(i, j int) bool {
			a, b := s.drafts[i].Span(), s.drafts[j].Span()
			return a[0] < b[0] || a[0] == b[0] && a[1] > b[1]
		})
		for _, d := range s.drafts {
			s.cuts = append(s.cuts, d.Span().Start(), d.Span().End())
		}
		for _, c := range p.View.Checks {
			for _, span := range c.Spans {
				s.doubts = append(s.doubts, span)
				s.cuts = append(s.cuts, span.Start(), span.End())
			}
		}
		sort.Ints(s.cuts)
		s.cuts = slices.Compact(s.cuts)
		s.write(text.Split(p.View.Text))
		return s.w.Flush()
	})
}

func (s *paper) write(l *text.Layout) {
	for _, p := range l.Paragraphs {
		s.w.WriteString("<p>")
		at := p.Span.Start()
		for _, sentence := range l.Sentences[p.First:p.Last] {
			s.stretch(at, sentence.Span.Start())
			s.w.WriteString(`<span class="s">`)
			s.stretch(sentence.Span.Start(), sentence.Span.End())
			if s.page.Edits {
				s.plus(sentence.Span)
			}
			s.w.WriteString("</span>")
			at = sentence.Span.End()
		}
		s.w.WriteString("</p>\n")
	}
}

// plus is the link "Thêm từ câu này". Its sign comes from the style sheet, so that it is never part of a selection.
func (s *paper) plus(sentence text.Span) {
	span := strconv.Itoa(sentence.Start()) + "-" + strconv.Itoa(sentence.End())
	s.w.WriteString(`<a class="plus" data-span="` + span + `" href="` + ui.ReviewHref(s.page.View.Review.ID) + "?add=" + span + `#add" title="` +
		templ.EscapeString(s.page.T("review.add.from")) + `" aria-label="` +
		templ.EscapeString(s.page.T("review.add.from_sentence", firstWords(sentence.Of(s.page.View.Text), 6))) + `"></a>`)
}

// stretch writes the bytes [a, b), cut at the ends of drafts.
func (s *paper) stretch(a, b int) {
	for a < b {
		i, _ := slices.BinarySearch(s.cuts, a+1)
		end := b
		if i < len(s.cuts) && s.cuts[i] < b {
			end = s.cuts[i]
		}
		s.piece(text.Span{a, end})
		a = end
	}
}

// piece writes a stretch in which no draft begins or ends.
func (s *paper) piece(at text.Span) {
	var on []card
	for s.first < len(s.drafts) && s.drafts[s.first].Span().End() <= at.Start() {
		s.first++
	}
	for _, d := range s.drafts[s.first:] {
		if d.Span().Start() >= at.End() {
			break
		}
		if d.Span().Overlaps(at) {
			on = append(on, d)
		}
	}
	doubt := slices.ContainsFunc(s.doubts, at.Overlaps)
	words := templ.EscapeString(at.Of(s.page.View.Text))
	if len(on) == 0 {
		class := ""
		if doubt {
			class = ` class="doubt"`
		}
		s.w.WriteString(`<span` + class + ` data-at="` + strconv.Itoa(at.Start()) + `">` + words + "</span>")
		return
	}
	s.marked(at, on, doubt, words)
}

func (s *paper) marked(at text.Span, on []card, doubt bool, words string) {
	ids, classes, named := make([]string, len(on)), make([]string, len(on)), ""
	for i, d := range on {
		ids[i], classes[i] = string(d.ID), string(d.Kind)+"-"+d.phase()
		if d.Span().Start() != at.Start() {
			continue
		}
		if named == "" {
			named = markID(d.ID)
			continue
		}
		s.w.WriteString(`<span class="at" id="` + markID(d.ID) + `"></span>`)
	}
	if doubt {
		classes = append(classes, "doubt")
	}
	s.w.WriteString(`<mark class="` + strings.Join(classes, " ") + `" data-d="` + strings.Join(ids, " ") + `"`)
	if named != "" {
		s.w.WriteString(` id="` + named + `"`)
	}
	s.w.WriteString(`><a draggable="false" href="#` + anchor(innermost(on)) + `"`)
	if named == "" {
		s.w.WriteString(` tabindex="-1"`) // the first piece of a draft is its one stop for the Tab key
	}
	s.w.WriteString(` data-at="` + strconv.Itoa(at.Start()) + `">` + words + "</a></mark>")
}

// innermost is the shortest draft of those that are still wanted, else of all.
func innermost(on []card) gov.ID {
	best := on[0]
	for _, d := range on[1:] {
		wanted := best.State == gov.DraftRejected && d.State != gov.DraftRejected
		worse := best.State != gov.DraftRejected && d.State == gov.DraftRejected
		if wanted || !worse && d.Span().Len() <= best.Span().Len() {
			best = d
		}
	}
	return best.ID
}
