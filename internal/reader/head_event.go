package reader

import (
	"strings"

	"haicap/internal/gov"
	"haicap/internal/reader/grammar"
	"haicap/internal/text"
)

// joinTitle joins the type of an official document ("THÔNG BÁO", the first line of parts) and the line below it, paragraph i, as
// people say it: "Thông báo kết luận của …". It gives what of the line is still to be added.
func (d *doc) joinTitle(parts *[]string, i int) string {
	p, above := d.paras[i], d.paras[i-1]
	line := p.Span.Of(d.Text)
	words, n := docTypes.At(d.Tokens[:d.end(above)], above.Body)
	if !words || above.Body+n != d.end(above) {
		return line
	}
	kind := d.norm(above.Body, d.end(above))
	if strings.HasPrefix(text.Norm(line), kind+" ") {
		*parts = nil // the line says the type again
		return line
	}
	(*parts)[0] = upperFirst(kind)
	first := d.Tokens[p.Body]
	if first.Upper && !first.Caps && p.Body+1 < d.end(p) && !d.Tokens[p.Body+1].Upper {
		return lowerFirst(line)
	}
	return line
}

func upperFirst(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// pageLines is how far into an article the line with its day of publication may stand, pageTokens how long it may be.
const (
	pageLines  = 4
	pageTokens = 20
)

// pageDay finds the day of publication in a short line of its own near the top ("Thứ Tư, 08/04/2015, 08:11"), and makes the line one
// that says nothing else.
func (d *doc) pageDay() gov.Day {
	for i := range d.paras[:min(len(d.paras), pageLines)] {
		p := &d.paras[i]
		last := d.end(*p)
		if p.Class == title || p.Class == frame || p.Class == dateline || p.Marker != "" || last-p.Body > pageTokens {
			continue
		}
		var found gov.Day
		words := 0
		timeSet.Each(d.Tokens, p.Body, last, func(m grammar.Match[timeRule]) {
			if ref, ok := d.timeRef(m); ok && ref.Shape == day && ref.Year > 0 {
				found = dayOf(ref.Year, ref.Month, ref.Day)
			}
		})
		for k := p.Body; k < last; k++ {
			if d.Tokens[k].Kind == text.Word {
				words++
			}
		}
		if found.Valid() && words <= 8 {
			p.Class = byline
			return found
		}
	}
	return ""
}

// noticeTitle is the title of a notice of conclusions, sentence by sentence: it often names the session's day, and nothing else does.
func (d *doc) noticeTitle() []text.Sentence {
	var list []text.Sentence
	for _, p := range d.paras[:min(len(d.paras), headLines+4)] {
		if p.Class == title && d.out.Document.Kind == gov.KindConclusionNotice {
			list = append(list, d.Sentences[p.First:p.Last]...)
		}
	}
	return list
}

// eventDay finds the day of the event: the first day that a notice's title or the lead names, with its year from the day of
// publication or the context. An article about no one event has none; no event is held after it was written about.
func (d *doc) eventDay() {
	h := &d.out.Document
	if h.Kind == gov.KindOther || h.Kind == gov.KindReport || h.Kind == gov.KindResolution || h.Kind == gov.KindPlan {
		return
	}
	for _, s := range append(d.noticeTitle(), d.leadSentences()...) {
		found := d.dayIn(s)
		if found == nil {
			continue
		}
		year := found.Year
		if year == 0 {
			year = d.yearFor(found.Month, found.Day, s)
		}
		if year > 0 {
			if day := dayOf(year, found.Month, found.Day); day.Valid() {
				h.Date = day
			}
		}
		return
	}
}

// dayIn finds the first day of a sentence that can be the event's: not a document's, not one after publication.
func (d *doc) dayIn(s text.Sentence) *timeRef {
	var found *timeRef
	timeSet.Each(d.Tokens, s.First, min(s.Last, s.First+60), func(m grammar.Match[timeRule]) {
		if found != nil || m.Rule.Value.shape != day || m.First > s.First && (d.Tokens[m.First-1].Norm == "," || d.Tokens[m.First-1].Caps) && d.afterNumber(m.First) {
			return
		}
		ref, ok := d.timeRef(m)
		if !ok || ref.Day == 0 || ref.Month == 0 || d.otherDay(m.First) {
			return
		}
		if p := d.out.Document.Published; p != "" && ref.Year > 0 && dayOf(ref.Year, ref.Month, ref.Day) > p {
			return
		}
		found = &ref
	})
	return found
}

// otherDay reports whether the day at token i is a day by which something is due, or the day of a congress that is only prepared.
func (d *doc) otherDay(i int) bool {
	if i > 0 && (d.Tokens[i-1].Norm == "trước" || d.is(i-2, "chậm nhất")) {
		return true
	}
	return d.out.Document.Kind != gov.KindCongress && d.near(i, "diễn ra", 7) && d.near(i, "đại hội", 11)
}

// halls are the words that the place of a meeting begins with.
var halls = phrases([]string{"trụ sở", "hội trường", "phòng họp", "nhà văn hóa", "trung tâm hội nghị", "nhà khách", "trung tâm chính trị", "trung tâm văn hóa"})

// eventPlace finds where a session was held: a hall that its lead names. The place where a notice was signed is not that.
func (d *doc) eventPlace() {
	h := &d.out.Document
	switch h.Kind {
	case gov.KindReport, gov.KindResolution, gov.KindPlan, gov.KindOther:
		return
	}
	h.Place = ""
	for _, s := range d.leadSentences() {
		for i := s.First; i+2 < s.Last; i++ {
			_, n := halls.At(d.Tokens[:s.Last], i+1)
			if d.Tokens[i].Norm != "tại" || n == 0 {
				continue
			}
			end := i + 1 + n
			for end < s.Last && end < i+14 && d.Tokens[end].Kind == text.Word && !placeEnds[d.Tokens[end].Norm] {
				end++
			}
			h.Place = d.words(i+1, end)
			return
		}
	}
}

var placeEnds = map[string]bool{"đồng": true, "đã": true, "để": true, "do": true, "diễn": true, "và": true, "có": true, "ông": true, "bà": true, "đoàn": true}

// meets are the words that a session's subject follows with "về".
var meets = phrases([]string{"làm việc", "buổi làm việc", "cuộc làm việc", "hội nghị", "cuộc họp", "họp", "phiên họp", "kiểm tra", "giám sát", "khảo sát", "báo cáo"})

// programme finds what a session was about, in the words of its title or lead: "về kết quả thực hiện nhiệm vụ năm 2025".
func (d *doc) programme() {
	h := &d.out.Document
	switch h.Kind {
	case gov.KindWorkingSession, gov.KindInspection, gov.KindConference, gov.KindConclusionNotice:
	default:
		return
	}
	list := d.leadSentences()
	for _, p := range d.paras[:min(len(d.paras), headLines+4)] {
		if p.Class == title || p.Class == dateline {
			list = append(list, d.Sentences[p.First:p.Last]...)
		}
	}
	for _, s := range list {
		met := false
		for i := s.First; i+3 < s.Last; i++ {
			if _, n := meets.At(d.Tokens[:s.Last], i); n > 0 {
				met = true
			}
			if !met || d.Tokens[i].Norm != "về" || notAbout[d.Tokens[i+1].Norm] {
				continue
			}
			if end := d.clauseEnd(i, s.Last); end-i > 3 && end-i <= longestCaption {
				h.Programme = d.words(i+1, end)
				return
			}
		}
	}
}

// notAbout are words after a "về" that says where somebody goes, or that belongs to a name.
var notAbout = map[string]bool{"dự": true, "thăm": true, "đích": true, "tham": true, "phía": true, "việc": false, "làm": true, "đến": true, "tới": true, "với": true}

// clauseEnd is where the clause from token i on ends: at a stop, a semicolon, a bracket, or a new subject after a comma.
func (d *doc) clauseEnd(i, last int) int {
	for k := i; k < last; k++ {
		switch t := d.Tokens[k]; {
		case t.Norm == "." || t.Norm == ";" || t.Norm == "(" || t.Norm == ":" || t.Kind == text.Ellipsis:
			return k
		case d.is(k, "diễn ra"), d.is(k, "do đồng chí"):
			return k
		case t.Norm == "," && k+1 < last && (d.is(k+1, "ubnd") || d.is(k+1, "theo") || d.is(k+1, "lãnh đạo") || d.is(k+1, "đại diện") || d.is(k+1, "đồng chí") || d.is(k+1, "ông") || d.is(k+1, "do đồng chí") || d.is(k+1, "cùng dự")):
			return k
		}
	}
	return last
}
