package reader

import (
	"haicap/internal/gov"
	"haicap/internal/text"
)

// A cue is a verb of speech that makes items of what follows, with the one whose verb it is.
type cue struct {
	at, after int // tokens of the verb
	tag       string
	by        speaker
	carried   bool // the speaker is the one of the sentence before
	topic     text.Span
	past      bool
}

// longestSubject bounds, in tokens, how far before a verb its subject is looked for.
const longestSubject = 60

var (
	// nounBefore are words after which a verb of speech is a noun: "các kiến nghị", "đáp ứng yêu cầu", "hồ sơ đề nghị".
	nounBefore = dictOf(map[string]bool{"các": true, "những": true, "nhiều": true, "của": true, "theo": true, "đáp ứng": true, "nhu cầu": true,
		"ý kiến": true, "nội dung": true, "một số": true, "có": true, "được": true, "với": true, "nghe": true, "giải quyết": true, "hồ sơ": true,
		"văn bản": true, "đơn": true, "phiếu": true, "tờ trình": true, "mọi": true, "từ": true, "này": true, "trước": true, "do": true,
		"phát biểu": true, "về": true, "trước những": true, "nhiệm vụ": true, "bàn": true, "chuyển": true, "trên": true, "bộ hồ sơ": true, "tự": true,
		"cho": true, "đối với": true, "lời": true, "trả lời": true, "tiếp thu": true, "hợp đồng": true, "tỉnh": false, "buổi": true, "gồm": true, "nên": true,
		"vướng mắc và": true, "khó khăn và": true, "nguyện vọng,": true, "nguyện vọng và": true, "vướng mắc,": true, "ý kiến,": true, "ý kiến và": true})
	// nounAfter are words that make a verb of speech before them a noun.
	nounAfter = dictOf(map[string]bool{"của": true, "này": true, "trên": true, "nhiệm vụ trong": true, "phát triển": true, "chính đáng": true,
		"nêu trên": true, "trong tình hình mới": true, "mới": true, "đặt ra": true, "được": true, "công nhận": true, "thông": true, "lưu": true,
		"dịch": true, "đất": true, "mặt": true, "nhận": true, "khoán": true, "thoa": true, "hữu": true, "tại": true, "cao": true, "sự": true, "đó": true,
		"từ": true, "tới": true, ", tập trung vào": true, "đến nay": true, "đến ngày": true, "vượt": true, "liên quan": true, "thuộc": true, "đã": true, "cụ thể": true, "chung": true, "kỹ thuật": true,
		"trong vận hành": true, "trong thực hiện": true, "trong quá trình": true, "bằng": true, "tức": true})
	// subjectGap may stand between a subject and its verb of speech.
	subjectGap = dictOf(map[string]bool{"đã": true, "cũng": true, "đồng thời": true, ",": true, "có": true, "tiếp tục": true, "luôn": true, "xin": true,
		"tha thiết": true, "trân trọng": true, "ý kiến": true, "vẫn": true, "còn": true, "đều": true, "mạnh dạn": true, "rất": true, "kính": true,
		"và": true, "thì": true, "–": true, "-": true, "phát biểu": true, "xã": false, "ngay": true, "thẳng thắn": true, "tập trung": true, "trực tiếp": true,
		"đặc biệt": true, "thống nhất": true, "nói": true, "nói và": true, "báo cáo": true, "chia sẻ": true, "kiến nghị": true, "đề xuất": true})
	// pronouns stand for the person who spoke before.
	pronouns = dictOf(map[string]bool{"đồng chí": true, "đ/c": true, "ông": true, "bà": true, "đại biểu": true, "đồng chí bí thư": false})
	// pastWords put an order before the session of the document.
	pastWords = dictOf(map[string]bool{"trước đó": true, "vừa qua": true, "trước đây": true, "tại cuộc họp trước": true, "thực hiện chỉ đạo": true})
	// topicWords begin a topic before the cue.
	topicWords = dictOf(map[string]bool{"về": true, "đối với": true, "liên quan": true, "liên quan đến": true, "riêng đối với": true, "riêng về": true})
)

// findCue finds the first verb of speech in [s, last) that makes items: one that is a verb there, and has somebody whose verb it is.
func (r *itemReader) findCue(s, last int) (cue, bool) {
	rejected := -2 // where the last verb that was a noun ended: "các kiến nghị, đề xuất"
	past := false
	heads, toks := &vocab().speechHeads, r.Tokens[:last]
	for i := heads.Next(toks, s); i < last; i = heads.Next(toks, i+1) {
		if _, k := pastWords.At(r.Tokens[:last], i); k > 0 {
			past = true
		}
		tag, k := vocab().cues.At(r.Tokens[:last], i)
		if k == 0 || tag == "say" || tag == "praise" {
			continue
		}
		if i+k >= last && !r.is(i, "kết luận") || r.isNoun(i, k, s, last) || i-2 >= s && rejected == i-1 && (r.Tokens[i-1].Norm == "," || r.Tokens[i-1].Norm == "và") ||
			tag == "assign" && r.addressee(i+k, last) == i+k || tag == "direct" && !r.directs(s, i, i+k, last) || r.Tokens[i].Upper && i > s && !r.opens(i) {
			rejected = i + k
			i += k - 1
			continue
		}
		c := cue{at: i, after: i + k, tag: tag, past: past}
		if tag == "stress" && !r.stresses(i+k, last) {
			i += k - 1
			continue
		}
		if by, carried, ok := r.speakerOf(s, i); ok && (carried || by.Person || !r.relative(s, i)) {
			c.by, c.carried = by, carried
			c.topic = r.topicBefore(s, i)
			return c, true
		}
		rejected = i + k
		i += k - 1
	}
	return cue{}, false
}

// relativeNouns are words after which a body and a verb only say whose they are.
var relativeNouns = phrases([]string{"vấn đề", "kiến nghị", "nội dung", "điều", "đề xuất", "đề nghị", "ý kiến", "mà", "được", "việc", "những gì", "như"})

// relative reports whether the body that ends before the verb at token i says whose a noun before it is: "vấn đề cử tri kiến nghị".
func (r *itemReader) relative(s, i int) bool {
	for j := max(s+1, i-6); j < i; j++ {
		if e := r.bodyAt(j, i); e == i {
			_, k := relativeNouns.At(r.Tokens[:j], max(s, j-2))
			_, m := relativeNouns.At(r.Tokens[:j], j-1)
			return k == 2 || m == 1
		}
	}
	return false
}

// directs reports whether "chỉ đạo", "kết luận" and their like give an order: before a colon, or between a person and a body.
func (r *itemReader) directs(s, i, j, last int) bool {
	if r.Tokens[j].Norm == ":" || r.is(j, "như sau") {
		return true
	}
	_, ok := r.personBefore(s, i)
	if !ok && r.is(i, "chỉ đạo") && r.bodyDirects(s, i, j, last) {
		return true
	}
	if r.listLead(j, last) > j {
		return ok // gợi mở một số vấn đề như: …
	}
	if e := r.bodyAt(j, last); e == j || !r.orders(e, last) {
		return false
	}
	return ok && i > s && r.Tokens[i-1].Norm != "," && r.Tokens[i-1].Norm != "biểu"
}

// bodyDirects reports whether a body orders what follows "chỉ đạo" at token i: "Về nhiệm vụ tháng 6, Thường trực HĐND tỉnh chỉ đạo tiếp tục
// chuẩn bị kỳ họp". Without a topic or a time to come the sentence only tells.
func (r *itemReader) bodyDirects(s, i, j, last int) bool {
	_, about := topicWords.At(r.Tokens[:i], s)
	if about == 0 && !r.future(s, i) || r.Tokens[i-1].Norm == "đã" || r.Tokens[i-1].Norm == "," {
		return false
	}
	by, ok := r.bodyBefore(max(s, i-longestSubject), i)
	tag, _ := vocab().predicates.At(r.Tokens[:last], j)
	return ok && by.Rank >= rankDistrict && tag == "adv"
}

// opens reports whether token i stands after a sign that opens speech.
func (r *itemReader) opens(i int) bool {
	switch r.Tokens[i-1].Norm {
	case ":", ";", "“", `"`, "-", ",":
		return true
	}
	return false
}

// isNoun reports whether the verb of speech [i, i+k) is a noun or a part of another word where it stands.
func (r *itemReader) isNoun(i, k, s, last int) bool {
	for n := 1; n <= 3 && i-n >= s; n++ {
		if v, m := nounBefore.At(r.Tokens[:i], i-n); m == n && v && (r.Tokens[i-1].Norm != "," || r.addressee(i+k, last) == i+k) {
			return true
		}
	}
	if r.is(i+k-1, "mong được") {
		return false // huyện mong được hỗ trợ
	}
	if v, m := nounAfter.At(r.Tokens[:last], i+k); m > 0 && v && !r.Tokens[i+k].Upper {
		return true
	}
	return false
}

// stresses reports whether what follows "nhấn mạnh" asks for something: a body with a modal, or a modal, right after it.
func (r *itemReader) stresses(i, last int) bool {
	for i < last && (r.Tokens[i].Norm == ":" || r.Tokens[i].Norm == "," || r.Tokens[i].Norm == "rằng") {
		i++
	}
	for j := i; j < min(last, i+longestSubject) && r.Tokens[j].Norm != ";"; j++ {
		if tag, k := vocab().predicates.At(r.Tokens[:last], j); tag == "modal" || k > 0 && (r.is(j, "tiếp tục") || r.is(j, "tập trung") || r.is(j, "khẩn trương")) {
			return r.demands(r.afterConnectives(i, last), last, true)
		}
	}
	return false
}

// addressee gives the token after the body that the words at token i address ("cho Sở A", "Sở A"), or i.
func (r *itemReader) addressee(i, last int) int {
	j := i
	for j < last && (r.Tokens[j].Norm == "cho" || r.Tokens[j].Norm == ":") {
		j++
	}
	if e := r.bodyAt(j, last); e > j {
		return e
	}
	return i
}

// topicBefore gives the topic at the start of the sentence: "Về kiến nghị …," before the speaker. A heading's topic is not one.
func (r *itemReader) topicBefore(s, i int) text.Span {
	if _, k := topicWords.At(r.Tokens[:i], s); k == 0 {
		return text.Span{}
	}
	end := 0
	for j := s + 2; j < min(i, s+longestSubject); j++ {
		if t := r.Tokens[j].Norm; t != "," && t != ":" {
			continue
		}
		if end == 0 {
			end = j
		}
		_, k := honorifics.At(r.Tokens[:i], j+1)
		if k > 0 || r.titleHead(j+1, i) { // the speaker begins here
			end = j
			break
		}
	}
	if end > 0 {
		return r.span(s, end)
	}
	return text.Span{}
}

// listNouns are what a lead into a list counts: "một số nội dung như", "các vấn đề sau".
var listNouns = dictOf(map[string]bool{"vấn đề": true, "nội dung": true, "nhiệm vụ": true, "giải pháp": true, "việc": true, "kiến nghị": true,
	"điểm": true, "công việc": true, "yêu cầu": true, "khó khăn": true, "giải pháp như": true, "nhóm": true, "ý kiến": true, "lĩnh vực": true, "nội dung trọng tâm": true, "nhiệm vụ trọng tâm": true,
	"vướng mắc": true, "đề xuất": true, "mặt": true, "chủ trương": true, "chính sách": true})

// content gives the token where the words of the speaker's verb begin to say what is asked: after the verbs, the addressee of
// "với", the colon, and a phrase that only counts what follows.
func (r *itemReader) content(c cue, last int) (int, string) {
	i, to := c.after, ""
	for i < last {
		switch w := r.Tokens[i].Norm; {
		case r.is(i, "như sau") || r.is(i, "nội dung sau"):
			i += 2
			continue
		case w == ":" || w == "rằng" || w == "thêm" || w == "là" || w == "–" || w == "-" || w == "như" || w == ",":
			i++
			continue
		case (w == "về" || w == "đến") && i+1 < last && r.listLead(i+1, last) > i+1:
			i++
			continue
		case w == "về" && to != "" && i+1 < last:
			i++
			continue
		case w == "với" || w == "tới" || w == "lên" || w == "đến" || w == "gửi":
			if e := r.subject(i+1, last); e > i+1 {
				to, i = joinTo(to, r.tidy(i+1, e)), e
				continue
			}
		}
		if _, k := vocab().cues.At(r.Tokens[:last], i); k > 0 && i > c.after && r.isCueAgain(i, k, last) {
			i += k
			continue
		}
		if e := r.bodyAt(i, last); e > i && e+1 < last && r.Tokens[e].Norm == "," {
			if tag, k := vocab().cues.At(r.Tokens[:last], e+1); k > 0 && tag != "say" && tag != "praise" {
				to, i = joinTo(to, r.tidy(i, e)), e+1+k
				continue
			}
		}
		if j := r.listLead(i, last); j > i {
			i = j
			continue
		}
		if e := r.bodyAt(i, last); e > i && e+4 < last && r.Tokens[e].Norm == ":" && (c.tag == "propose" || c.tag == "ask") {
			to, i = joinTo(to, r.tidy(i, e)), e+1
			continue
		}
		if e := r.bodyAt(i, last); e > i && e < last && r.listLead(e, last) > e { // đại biểu HĐND một số vấn đề như
			to, i = joinTo(to, r.tidy(i, e)), e
			continue
		}
		return i, to
	}
	return i, to
}

// isCueAgain reports whether the verb of speech at token i only goes on with the one before it ("đề xuất, kiến nghị").
func (r *itemReader) isCueAgain(i, k, last int) bool {
	tag, _ := vocab().cues.At(r.Tokens[:last], i)
	p := r.Tokens[i-1].Norm
	return (tag == "propose" || tag == "ask" || tag == "wish" || tag == "voice") && (p == "," || p == "và" || p == ":") && i+k < last
}

func joinTo(a, b string) string {
	if a == "" {
		return b
	}
	return a + ", " + b
}

// listLead gives the token after a phrase that leads into a list: a word for several, a noun that counts, and before the next
// comma "như", "gồm", "sau" or a colon.
func (r *itemReader) listLead(i, last int) int {
	j := i
	if v, k := pluralWords.At(r.Tokens[:last], j); k > 0 && v {
		j += k
	} else if r.Tokens[j].Kind == text.Number && j+1 < last {
		if j++; r.Tokens[j].Norm == "số" { // 1 số vấn đề
			j++
		}
	} else {
		return i
	}
	_, k := listNouns.At(r.Tokens[:last], j)
	if k == 0 {
		return i
	}
	if j+k < last && r.Tokens[j+k].Norm == "về" && !r.colonAhead(j+k, last) {
		return j + k + 1
	}
	for e := j; e < min(last, j+30); e++ {
		switch r.Tokens[e].Norm {
		case ":", "như", "gồm", "sau":
			for e+1 < last && (r.Tokens[e+1].Norm == ":" || r.Tokens[e+1].Norm == "sau" || r.Tokens[e+1].Norm == "như") {
				e++
			}
			return e + 1
		case ";":
			return i
		}
	}
	return i
}

// colonAhead reports whether a colon, "như" or "gồm" stands before the next semicolon, at most 30 tokens on.
func (r *itemReader) colonAhead(i, last int) bool {
	for e := i; e < min(last, i+30); e++ {
		switch r.Tokens[e].Norm {
		case ":", "như", "gồm", "sau":
			return true
		case ";":
			return false
		}
	}
	return false
}

// afterLead gives the token after words that only lead into a list of tasks ("xã tập trung 3 nhiệm vụ sau: …"); the body before
// them is whom the tasks go to.
func (r *itemReader) afterLead(start, last int) int {
	for i := start; i < min(last, start+30); i++ {
		if j := r.listLead(i, last); j > i && r.Tokens[j-1].Norm == ":" {
			if e := r.subject(start, i); e > start {
				r.flow.Assignees = r.bodies(start, e)
			}
			return j
		}
	}
	return start
}

// spoken makes items of a sentence with a verb of speech. Where another person speaks after a comma ("nghe A kiến nghị …, B yêu
// cầu …") the words of the first end there.
func (r *itemReader) spoken(c cue, first, last int) {
	if j := r.handsOver(c, last); j < last {
		r.spoken(c, first, j)
		if next, ok := r.findCue(j+1, last); ok {
			r.spoken(next, j+1, last)
		}
		return
	}
	if next, ok := r.findCue(c.after, last); ok && next.by.Person && !next.carried && next.by.Name != c.by.Name {
		for j := next.at - 1; j > c.after; j-- {
			if r.Tokens[j].Norm == "," {
				if p, ok := r.personBefore(j+1, next.at); ok && p.Name == next.by.Name {
					r.spoken(c, first, j)
					r.spoken(next, j+1, last)
					return
				}
			}
		}
	}
	if c.tag == "assign" && r.section == recommendationAct && !r.actless() { // an office proposes what its committee is to assign
		r.flow = flow{Act: recommendationAct, By: r.speaker, Para: r.para, Rule: "item.proposes_order"}
		r.clauses(first, last, func(a, b int) { r.add(a, b, r.flow) })
		return
	}
	start, to := r.content(c, last)
	a := r.actOf(c, start, last, to)
	if c.by.Person || r.actless() { // in an official document the issuer speaks on
		r.speaker = c.by
	}
	if c.by.Person {
		r.person = c.by
	}
	r.flow = flow{}
	if a == noAct || start >= last {
		if from := r.afterConnectives(first, last); !r.difficulties(from, last) && c.tag == "voice" {
			r.commits(from, last) // will listen and pass on what people say
		}
		return
	}
	f := flow{Act: a, By: c.by, To: to, Topic: c.topic, Para: r.para, Past: c.past && a == directiveAct, Rule: "item." + c.tag, Cue: r.span(c.at, c.after)}
	if a == recommendationAct && f.To == "" {
		if e := r.bodyAt(start, last); e > start && r.rankOf(r.tidy(start, e)) >= c.by.Rank {
			f.To = r.tidy(start, e)
		}
	}
	if a == directiveAct {
		f.Assignees = r.addressed(first, c.at)
	}
	r.flow = f
	if a == directiveAct {
		start = r.afterLead(start, last)
	}
	r.clauses(start, last, func(x, y int) { r.spokenClause(a, x, y) })
}

// titleless reports whether the text names no office of a person.
func (r *itemReader) titleless(name string) bool {
	_, known := r.persons.byName[text.Norm(name)]
	return !known
}

// wentOn reports whether the verb only goes on telling what a body did: "Đảng ủy đã kiện toàn tổ chức, phân công nhiệm vụ cho cán bộ".
func (r *itemReader) wentOn(c cue) bool {
	if c.at == 0 || r.Tokens[c.at-1].Norm != "," && r.Tokens[c.at-1].Norm != "và" && r.Tokens[c.at-1].Norm != ";" {
		return false
	}
	for i := c.at - 1; i > max(0, c.at-2*longestSubject); i-- {
		switch r.Tokens[i].Norm {
		case "đã":
			return true
		case ".", ":":
			return false
		}
	}
	return false
}

// sentTo is the rank of the body that a letter before the verb was sent to: "UBND xã có văn bản gửi Ban Quản lý … đề nghị …".
func (r *itemReader) sentTo(c cue) int {
	for i := c.at - 1; i > max(0, c.at-longestSubject/2); i-- {
		switch r.Tokens[i].Norm {
		case "gửi":
			return r.rankOf(r.tidy(i+1, c.at))
		case ".", ";", ":":
			return rankUnknown
		}
	}
	return rankUnknown
}

// actOf says what the verb does in its speaker's mouth: proposals go up, orders go down, and what is asked goes the way that
// the ranks of speaker and addressee say.
func (r *itemReader) actOf(c cue, start, last int, to string) act {
	if c.tag == "assign" && !c.by.Person && r.wentOn(c) {
		return noAct
	}
	switch c.tag {
	case "voice":
		if c.by.Rank != rankPeople {
			return noAct
		}
		return recommendationAct
	case "propose":
		return recommendationAct
	case "order", "assign", "stress", "direct":
		if c.by.Rank == rankPeople && c.tag == "order" {
			return recommendationAct
		}
		if c.by.Rank == rankPeople || c.tag != "assign" && !c.by.Person && c.by.Rank == rankUnknown && c.by.Name != r.speaker.Name {
			return noAct
		}
		return directiveAct
	}
	if c.by.Rank == rankPeople {
		return recommendationAct
	}
	asked := max(r.rankOf(to), r.sentTo(c))
	if e := r.bodyAt(start, last); e > start {
		asked = max(asked, r.rankOf(r.tidy(start, e)))
	}
	switch {
	case r.party && (r.out.Document.Kind == gov.KindResolution || r.concludes()) && c.by.Name == r.speaker.Name && asked <= c.by.Rank:
		return directiveAct // the Party directs the Front
	case asked > c.by.Rank && c.by.Rank != rankUnknown:
		return recommendationAct
	case c.by.Rank == rankUnknown && !c.by.Person, asked != rankUnknown && asked == c.by.Rank && !c.by.Person:
		return recommendationAct
	case asked == rankUnknown && c.by.Rank < r.visitor && (c.by.Rank != rankUnknown || !c.by.Person):
		return recommendationAct
	case asked == rankUnknown && !c.by.Person && c.tag == "wish":
		return recommendationAct
	}
	if c.by.Person && c.by.Rank == rankUnknown && asked > rankPeople && r.titleless(c.by.Name) {
		return recommendationAct
	}
	if c.tag == "wish" && !c.by.Person {
		return recommendationAct
	}
	return directiveAct
}
