package reader

import (
	"fmt"
	"strconv"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/reader/grammar"
	"haicap/internal/text"
)

// A kindCue is a word of a title or a lead that tells what kind of event or document the text is about. The heaviest wins.
type kindCue struct {
	kind  gov.DocumentKind
	title int // weight in a title
	lead  int // weight in the first sentences
}

// kindCues: a working session is called so wherever else it is held, so its words weigh most.
var kindCues = func() *grammar.Dict[kindCue] {
	d := &grammar.Dict[kindCue]{}
	for _, c := range []struct {
		kind        gov.DocumentKind
		title, lead int
		words       string
	}{
		{gov.KindWorkingSession, 9, 5, "làm việc với|làm việc tại|làm việc cùng|buổi làm việc"},
		{gov.KindWorkingSession, 0, 5, "buổi làm việc tại|cuộc làm việc|có buổi làm việc|đã làm việc với"},
		{gov.KindCongress, 8, 4, "đại hội đại biểu|đại hội đảng bộ|đại hội chi bộ|đại hội đảng viên|tổ chức đại hội|tiến hành đại hội|khai mạc đại hội|bế mạc đại hội"},
		{gov.KindInspection, 7, 6, "giám sát việc|giám sát tại|giám sát tình hình|giám sát công tác|kiểm tra việc|kiểm tra tại|kiểm tra công tác|kiểm tra tình hình|kiểm tra tiến độ|thanh tra tại|khảo sát thực tế|khảo sát tại|khảo sát tình hình|khảo sát việc|khảo sát công tác|khảo sát tiến độ"},
		{gov.KindInspection, 7, 6, "đoàn giám sát|đoàn kiểm tra|đoàn thanh tra|giám sát chuyên đề|đi kiểm tra|đoàn khảo sát|đi khảo sát|tiến hành giám sát"},
		{gov.KindInspection, 7, 3, "khảo sát"},
		{gov.KindConference, 7, 4, "tiếp xúc cử tri|tiếp xúc với cử tri|tiếp xúc cử trị"},
		{gov.KindConference, 6, 3, "họp|hội nghị|cuộc họp|hội thảo|tọa đàm|kỳ họp|phiên họp|giao ban|đối thoại|gặp mặt|sơ kết|tổng kết|sinh hoạt chi bộ|sinh hoạt với chi bộ"},
	} {
		for _, w := range strings.Split(c.words, "|") {
			d.Add(w, kindCue{c.kind, c.title, c.lead})
		}
	}
	for _, w := range []string{"phòng họp", "giấy chứng nhận", "nghị quyết đại hội", "sau đại hội", "kết hợp", "phù hợp", "tổng hợp",
		"cơ quan kiểm tra", "ủy ban kiểm tra", "ban kiểm tra", "kết quả giám sát", "sau hội nghị", "sau cuộc họp", "sau kỳ họp", "trước kỳ họp", "trình kỳ họp", "tại kỳ họp thứ",
		"chuẩn bị đại hội", "chuẩn bị đại hội đại biểu", "chuẩn bị đại hội đảng bộ", "chuẩn bị tổ chức đại hội", "văn kiện đại hội", "đại hội điểm", "trình đại hội", "đại hội đại biểu toàn quốc", "đại hội đảng toàn quốc", "trình đại hội đại biểu", "trình đại hội đảng bộ", "chào mừng đại hội", "chào mừng đại hội đại biểu", "chào mừng đại hội đảng bộ", "hướng tới đại hội", "hướng tới đại hội đại biểu", "hướng tới đại hội đảng bộ",
		"hoạt động giám sát", "hoạt động giám sát chuyên đề", "gửi đến kỳ họp", "gửi tới kỳ họp"} {
		d.Add(w, kindCue{})
	}
	return d
}()

// officialKinds are the kinds of documents that name their own type in a line of capitals.
var officialKinds = []struct {
	words string
	kind  gov.DocumentKind
}{
	{"thông báo kết luận", gov.KindConclusionNotice}, {"nghị quyết", gov.KindResolution}, {"kế hoạch", gov.KindPlan},
	{"chương trình hành động", gov.KindPlan}, {"chương trình công tác", gov.KindPlan}, {"báo cáo", gov.KindReport}, {"kết luận", gov.KindConclusionNotice},
	{"thông báo", gov.KindConclusionNotice}, {"quyết định", gov.KindOther}, {"tờ trình", gov.KindOther}, {"công điện", gov.KindOther}, {"chỉ thị", gov.KindOther},
	{"hướng dẫn", gov.KindOther}, {"quy định", gov.KindOther}, {"công văn", gov.KindOther}, {"biên bản", gov.KindOther},
}

// readHead finds what the document says of itself: title, kind, days, number, issuer.
func (d *doc) readHead() {
	h := &d.out.Document
	h.Kind = gov.KindOther
	if len(d.paras) == 0 {
		return
	}
	d.headTitle()
	if !d.officialHead() {
		d.eventKind()
	}
	d.eventDay()
	d.eventPlace()
	d.programme()
}

// headTitle takes the title from the dateline, the first line or the lines under a document's type.
func (d *doc) headTitle() {
	h := &d.out.Document
	if d.paras[0].Class == dateline {
		p := d.paras[0]
		if d.isMonthLine() {
			h.Title = d.words(4, d.end(p))
			return
		}
		if day := gov.Day(strings.ReplaceAll(d.words(1, 6), " ", "")); day.Valid() {
			h.Published = day
		}
		h.Title = d.words(6, d.end(p))
		return
	}
	var parts []string
	for i, p := range d.paras[:min(len(d.paras), headLines+4)] {
		if p.Class != title {
			continue
		}
		line := p.Span.Of(d.Text)
		if len(parts) == 1 && i > 0 && d.paras[i-1].Class == title {
			line = d.joinTitle(&parts, i)
		}
		parts = append(parts, line)
	}
	h.Title = strings.Join(parts, " ")
	if h.Published == "" {
		h.Published = d.pageDay()
	}
}

// officialHead reads the letterhead of an official document and reports whether there is one.
func (d *doc) officialHead() bool {
	h := &d.out.Document
	found := false
	for i, p := range d.paras[:min(len(d.paras), headLines+4)] {
		switch {
		case p.Class == frame:
			d.frameLine(i)
		case p.Class == title && (i > 0 || d.Tokens[d.end(p)-1].Caps || d.Tokens[d.end(p)-1].Kind == text.Number && d.Tokens[max(p.Body, d.end(p)-2)].Caps):
			line := d.norm(p.Body, d.end(p))
			for _, k := range officialKinds {
				if !found && (line == k.words || strings.HasPrefix(line, k.words+" ") && d.Tokens[p.Body].Caps) {
					h.Kind, found = k.kind, true
					if k.words == "thông báo" && !d.saysConclusion() {
						h.Kind = gov.KindOther
					}
				}
			}
		}
	}
	if found {
		h.Published = h.Date // the day of signing
	}
	return found
}

// saysConclusion reports whether the title says that the notice gives conclusions.
func (d *doc) saysConclusion() bool {
	return strings.Contains(text.Norm(d.out.Document.Title), "kết luận") || strings.Contains(text.Norm(d.out.Document.Title), "ý kiến chỉ đạo")
}

// frameLine reads number, place, day of signing and issuer from a line of the letterhead.
func (d *doc) frameLine(i int) {
	h, p := &d.out.Document, d.paras[i]
	first, last := d.Sentences[p.First].First, d.end(p)
	if s := d.Sentences[p.First]; i < 2 && d.Tokens[s.Last-1].Caps {
		if _, n := mottos.At(d.Tokens[:last], first); n == 0 && (i == 0 || h.Issuer != "") && !d.is(first, "số") {
			h.Issuer = strings.TrimSpace(h.Issuer + " " + s.Span.Of(d.Text))
		}
	}
	if _, n := framing.At(d.Tokens[:last], p.Body); n > 0 && !d.is(p.Body, "số") {
		return
	}
	for k := first; k < last; k++ {
		t := d.Tokens[k]
		if t.Norm == "số" && k+3 < last && h.Number == "" && (d.Tokens[k+1].Norm == ":" || d.Tokens[k+1].Kind == text.Number) {
			if d.Tokens[k+1].Norm == ":" {
				k++
			}
			end := k + 2
			for end < last && (d.glued(end) || d.Tokens[end].Norm == "-" || d.Tokens[end].Norm == "/" || d.Tokens[end-1].Norm == "-" || d.Tokens[end-1].Norm == "/") {
				end++
			}
			h.Number = d.words(k+1, end)
		}
		if m, ok := timeSet.At(d.Tokens[:last], k); ok && m.Rule.Value.shape == day {
			if ref, ok := d.timeRef(m); ok && ref.Year > 0 {
				h.Date = dayOf(ref.Year, ref.Month, ref.Day)
				if k > first+1 && d.Tokens[k-1].Norm == "," {
					from := k - 1
					for from > first && d.Tokens[from-1].Upper && d.Tokens[from-1].Kind == text.Word && !d.Tokens[from-1].Caps {
						from--
					}
					h.Place = d.words(from, k-1)
				}
				return
			}
		}
	}
}

// eventKind weighs the cues of title and lead.
func (d *doc) eventKind() {
	weight := map[gov.DocumentKind]int{}
	weigh := func(first, last int, inTitle bool) {
		kindCues.Each(d.Tokens, first, last, func(_, _ int, c kindCue) {
			w := c.lead
			if inTitle {
				w = c.title
			}
			weight[c.kind] = max(weight[c.kind], w)
		})
	}
	for _, p := range d.paras {
		if p.Class == dateline || p.Class == title {
			weigh(d.Sentences[p.First].First, d.end(p), true)
		}
	}
	for _, s := range d.leadSentences() {
		weigh(s.First, min(s.Last, s.First+100), false)
	}
	if !anyWeight(weight) {
		d.heldAt(weight)
	}
	best := 0
	for _, k := range gov.DocumentKinds {
		if weight[k] > best && k != "" {
			best, d.out.Document.Kind = weight[k], k
		}
	}
}

func anyWeight(weight map[gov.DocumentKind]int) bool {
	for k, w := range weight {
		if k != "" && w > 0 {
			return true
		}
	}
	return false
}

// heldAtCues say at what kind of event somebody spoke or was greeted.
var heldAtCues = func() *grammar.Dict[gov.DocumentKind] {
	d := &grammar.Dict[gov.DocumentKind]{}
	for kind, words := range map[gov.DocumentKind]string{
		gov.KindWorkingSession: "tại buổi làm việc|kết luận buổi làm việc|sau buổi làm việc",
		gov.KindCongress:       "chúc mừng đại hội|phát biểu tại đại hội|phát biểu với đại hội|phát biểu chỉ đạo đại hội|khai mạc đại hội|chỉ đạo đại hội|chỉ đạo tại đại hội|tại đại hội, đồng chí",
		gov.KindConference:     "phát biểu tại hội nghị|kết luận hội nghị|kết luận tại hội nghị|tại hội nghị, đồng chí|kết luận cuộc họp",
	} {
		for w := range strings.SplitSeq(words, "|") {
			d.Add(w, kind)
		}
	}
	return d
}()

// heldAt looks for the event in captions and body where title and lead say nothing of it: the first words that name one.
func (d *doc) heldAt(weight map[gov.DocumentKind]int) {
	for _, p := range d.paras {
		if p.Class != caption && p.Class != body {
			continue
		}
		for i := d.Sentences[p.First].First; i < d.end(p); i++ {
			if kind, n := heldAtCues.At(d.Tokens, i); n > 0 {
				weight[kind] = 1
				return
			}
		}
	}
}

// leadSentences are the first sentences of the body: where an article says what happened, and when.
func (d *doc) leadSentences() []text.Sentence {
	var list []text.Sentence
	paras := 0
	for _, p := range d.paras {
		if p.Class != body && p.Class != listItem {
			continue
		}
		list = append(list, d.Sentences[p.First:min(p.Last, p.First+2)]...)
		if paras++; paras == 2 {
			break
		}
	}
	return list
}

// afterNumber reports whether token i stands after the number of a document ("Chỉ thị số 17-CT/TU, ngày …").
func (d *doc) afterNumber(i int) bool {
	for k := i - 1; k >= 0 && k > i-10; k-- {
		if t := d.Tokens[k].Norm; t == "số" || t == "/" && d.Tokens[k+1].Caps && d.glued(k+1) {
			return true // Chỉ thị số 17, Kế hoạch 207-KH/TU
		}
	}
	return false
}

// yearFor finds the year of a day and month: the last such day before publication; for a congress the first year of the term;
// else the year that the lead's results and plans are for, or that it names a month of.
func (d *doc) yearFor(inMonth, dayOfMonth int, lead text.Sentence) int {
	h := d.out.Document
	if h.Published != "" {
		year := h.Published.Year()
		if dayOf(year, inMonth, dayOfMonth) > h.Published {
			year--
		}
		return year
	}
	if d.isMonthLine() {
		year := yearOf(d.Tokens[1])
		if m, _ := strconv.Atoi(d.Tokens[3].Norm); inMonth > m {
			year--
		}
		return year
	}
	plan, term, named := 0, 0, d.yearOfMonths(inMonth)
	timeSet.Each(d.Tokens, lead.First, lead.Last, func(m grammar.Match[timeRule]) {
		ref, ok := d.timeRef(m)
		if !ok {
			return
		}
		if ref.Shape == years && ref.To == ref.Year+5 && term == 0 {
			term = ref.Year
		}
		if ref.Shape == aYear && d.near(m.First, "phương hướng", 12) {
			plan = ref.Year
		}
	})
	switch {
	case h.Kind == gov.KindCongress && term > 0:
		return term
	case plan > 0 && inMonth >= 10:
		return plan - 1
	case plan > 0:
		return plan
	}
	return named
}

// yearOfMonths is the year that the lead names the month of, or of months just before it: "Chiều 26/7, … phiên họp tháng 7/2022",
// "kết quả 9 tháng đầu năm 2024"; 0 where it names none.
func (d *doc) yearOfMonths(inMonth int) int {
	for _, s := range d.leadSentences() {
		year := 0
		timeSet.Each(d.Tokens, s.First, s.Last, func(m grammar.Match[timeRule]) {
			ref, ok := d.timeRef(m)
			if ok && year == 0 && ref.Year > 0 && (ref.Shape == month && ref.Month == inMonth || ref.Shape == months && inMonth >= ref.Month-1 || ref.Shape == duration && inMonth >= 5) {
				year = ref.Year
			}
		})
		if year > 0 {
			return year
		}
	}
	return 0
}

// near reports whether the two words stand among the n tokens before token i.
func (d *doc) near(i int, words string, n int) bool {
	for k := i - 1; k >= 0 && k >= i-n; k-- {
		if d.is(k, words) {
			return true
		}
	}
	return false
}

func dayOf(y, m, dd int) gov.Day {
	return gov.Day(fmt.Sprintf("%s-%02d-%02d", strconv.Itoa(y), m, dd))
}
