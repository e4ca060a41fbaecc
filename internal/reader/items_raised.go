package reader

import (
	"strings"

	"haicap/internal/reader/grammar"
	"haicap/internal/text"
)

var (
	// raisers are verbs that bring up opinions; those that are false do so only where voters or residents are their subject.
	raisers = dictOf(map[string]bool{"nêu": true, "nêu lên": true, "nêu ra": true, "đưa ra": true, "gửi": true, "có": false, "trình bày": true,
		"phát biểu": false, "bày tỏ": false, "đóng góp": false})
	// opinions are what they bring up.
	opinions = phrases([]string{"ý kiến", "kiến nghị", "đề xuất", "đề nghị", "phản ánh", "nguyện vọng", "mong muốn", "ý kiến kiến nghị", "ý kiến phản ánh", "câu hỏi", "ý kiến đề xuất"})
	// answering are words of a sentence in which the opinions are answered, not raised.
	answering = phrases([]string{"trả lời", "giải trình", "giải đáp", "tiếp thu", "ghi nhận", "tổng hợp", "giải quyết", "làm rõ", "đã được", "lắng nghe", "chuyển đến"})
	// raisedWords are the words at which raised looks up anything.
	raisedWords = new(grammar.Heads).Of(raisers, answering).Words(";")
)

// raised makes recommendations of what somebody brings up with a noun instead of a verb: "cử tri có một số ý kiến về …; …", "Sở nêu nhiều
// kiến nghị với tỉnh như: …".
func (r *itemReader) raised(start, last int) bool {
	near := r.Tokens[:min(last, start+longestSubject)]
	for i := raisedWords.Next(near, start); i < len(near); i = raisedWords.Next(near, i+1) {
		if _, k := answering.At(near, i); k > 0 || near[i].Norm == ";" {
			return false
		}
		any, k := raisers.At(near, i)
		if k == 0 {
			continue
		}
		from, to := r.opinionsFrom(i+k, last)
		if from == 0 {
			continue
		}
		by, ok := r.raiser(start, i)
		if !ok || !any && by.Rank != rankPeople {
			return false
		}
		if by.Rank == rankPeople && r.voices() == "cử tri" && (!strings.Contains(by.Name, "cử tri") || by.Name == "các cử tri") {
			by.Name = "cử tri" // who is heard in a meeting with voters
		}
		r.speaker = by
		r.flow = flow{Act: recommendationAct, By: by, To: to, Para: r.para, Rule: "item.raised", Cue: r.span(i, i+k)}
		r.clauses(from, last, func(a, b int) { r.add(r.afterAsking(a, b), b, r.flow) })
		return true
	}
	return false
}

// raiser finds whose opinions the verb at token i brings up: a body from below, not those who came to hear them.
func (r *itemReader) raiser(start, i int) (speaker, bool) {
	by, ok := r.bodyBefore(max(start, i-longestSubject), i)
	if !ok {
		by, ok = r.personBefore(start, i)
	}
	n := text.Norm(by.Name)
	if !ok || isDelegation(by.Name) || strings.Contains(n, "đại biểu") && !strings.Contains(n, "cử tri") || by.Rank != rankPeople && by.Rank >= r.visitor {
		return by, false
	}
	return by, true
}

// opinionsFrom gives the token where the opinions begin that "một số ý kiến về …", "nhiều kiến nghị, đề xuất với tỉnh như: …" lead into,
// and whom they are put to; 0 where token j leads into none.
func (r *itemReader) opinionsFrom(j, last int) (int, string) {
	to := ""
	if v, k := pluralWords.At(r.Tokens[:last], j); k > 0 && v {
		j += k
	} else if j < last && r.Tokens[j].Kind == text.Number {
		j++
	} else {
		return 0, ""
	}
	n := 0
	for j < last {
		if _, k := opinions.At(r.Tokens[:last], j); k > 0 {
			j, n = j+k, n+1
		} else if w := r.Tokens[j].Norm; n > 0 && (w == "," || w == "và") {
			j++
		} else {
			break
		}
	}
	if n == 0 {
		return 0, ""
	}
	for e := j; e < min(last, j+16); e++ {
		switch w := r.Tokens[e].Norm; {
		case w == ":" || w == "như" || w == "gồm" || w == "sau":
			for e+1 < last && (r.Tokens[e+1].Norm == ":" || r.Tokens[e+1].Norm == "sau" || r.Tokens[e+1].Norm == "như") {
				e++
			}
			return e + 1, to
		case (w == "về" || w == "đến" && r.Tokens[e-1].Norm == "quan") && !r.colonAhead(e, last):
			if k := r.listLead(e+1, last); k > e+1 {
				return k, to
			}
			return e + 1, to
		case w == "với" || w == "đến" || w == "tới" || w == "gửi":
			if b := r.subject(e+1, last); b > e+1 {
				to, e = r.tidy(e+1, b), b-1
			}
		case w == ";" || w == "được" || w == "đã":
			return 0, ""
		}
	}
	return 0, ""
}

// voiced makes recommendations of the topics that a report of opinions lists: "Các ý kiến tập trung vào …: a; b".
func (r *itemReader) voiced(start, last int) bool {
	who := r.voices()
	if who == "" {
		return false
	}
	topic, counted := false, false
	for i := start; i < min(last, start+40); i++ {
		counted = counted || r.is(i, "ý kiến") && i > start && r.Tokens[i-1].Kind == text.Number // 11 ý kiến về những vấn đề như
		switch {
		case r.is(i, "trả lời") || r.is(i, "giải trình") || r.is(i, "giải đáp") || r.is(i, "tiếp thu") || r.is(i, "ghi nhận"):
			return false
		case r.is(i, "ý kiến") || r.is(i, "kiến nghị") || r.is(i, "nội dung") || r.is(i, "cử tri") || r.is(i, "vấn đề") || r.is(i, "đề xuất") || r.is(i, "doanh nghiệp"):
			topic = true
		case topic && (r.is(i, "tập trung") || r.is(i, "xoay quanh") || r.is(i, "liên quan đến") || r.is(i, "gửi đến") || r.is(i, "kiến nghị về") ||
			counted && (r.is(i, "đề cập") || r.is(i, "về những vấn đề") || r.is(i, "về các vấn đề") || r.is(i, "về một số vấn đề") || r.is(i, "về những nội dung"))):
			for j := i; j < min(last, i+40); j++ {
				if e := r.skipTo(j); e > j && r.listLead(e, last) > e && r.semicolon(e, last) < last { // tập trung vào các vấn đề về …
					r.hears(who, r.listLead(e, last), last)
					return true
				}
				if r.Tokens[j].Norm == ";" {
					return false
				}
				if r.Tokens[j].Norm != ":" || j+3 >= last {
					continue
				}
				r.hears(who, j+1, last)
				return true
			}
			return false
		}
	}
	return false
}

// skipTo gives the token after "vào" or "đến" where the verb of what opinions are about ends at token i, or i.
func (r *itemReader) skipTo(i int) int {
	for _, w := range []string{"tập trung vào", "tập trung ở", "liên quan đến", "xoay quanh"} {
		if r.is(i, w) {
			return i + len(strings.Fields(w))
		}
	}
	return i
}

// hears makes recommendations of the topics in [i, last) that people brought up.
func (r *itemReader) hears(who string, i, last int) {
	f := flow{Act: recommendationAct, By: speaker{Name: who, Rank: rankPeople}, Para: r.para, Rule: "item.voices"}
	r.clauses(i, last, func(a, b int) { r.add(r.afterAsking(a, b), b, f) })
}

// afterAsking gives the token after a verb of asking that begins a clause.
func (r *itemReader) afterAsking(a, b int) int {
	a = r.afterConnectives(a, b)
	if tag, k := vocab().cues.At(r.Tokens[:b], a); k > 0 && (tag == "ask" || tag == "propose" || tag == "wish" || tag == "voice") {
		return a + k
	}
	return a
}

// voices names who is heard in a document that writes up a meeting with voters or a dialogue: its first lines say so.
func (r *itemReader) voices() string {
	if !r.heard {
		r.heard, r.voice = true, r.findVoices()
	}
	return r.voice
}

func (r *itemReader) findVoices() string {
	for i := 0; i < min(len(r.Tokens), 150); i++ {
		switch {
		case r.is(i, "cử tri"):
			return "cử tri"
		case r.is(i, "đối thoại với doanh nghiệp"):
			return "doanh nghiệp"
		case r.is(i, "đối thoại với nhân dân") || r.is(i, "đối thoại trực tiếp với nhân dân"):
			return "nhân dân"
		}
	}
	return ""
}
