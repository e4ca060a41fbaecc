package reader

import (
	"strings"

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
		"từ": true, "tới": true, "vượt": true, "liên quan": true, "thuộc": true, "đã": true, "đến": true, "cụ thể": true, "chung": true, "kỹ thuật": true,
		"trong vận hành": true, "trong thực hiện": true, "trong quá trình": true, "bằng": true, "tức": true})
	// subjectGap may stand between a subject and its verb of speech.
	subjectGap = dictOf(map[string]bool{"đã": true, "cũng": true, "đồng thời": true, ",": true, "có": true, "tiếp tục": true, "luôn": true, "xin": true,
		"tha thiết": true, "trân trọng": true, "ý kiến": true, "vẫn": true, "còn": true, "đều": true, "mạnh dạn": true, "rất": true, "kính": true,
		"và": true, "thì": true, "–": true, "-": true, "phát biểu": true, "xã": false, "ngay": true, "thẳng thắn": true, "tập trung": true, "trực tiếp": true,
		"đặc biệt": true, "thống nhất": true, "nói": true, "nói và": true, "báo cáo": true, "chia sẻ": true, "kiến nghị": true, "đề xuất": true})
	// pronouns stand for the person who spoke before.
	pronouns = dictOf(map[string]bool{"đồng chí": true, "đ/c": true, "ông": true, "bà": true, "đồng chí bí thư": false})
	// pastWords put an order before the session of the document.
	pastWords = dictOf(map[string]bool{"trước đó": true, "vừa qua": true, "trước đây": true, "tại cuộc họp trước": true, "thực hiện chỉ đạo": true})
	// topicWords begin a topic before the cue.
	topicWords = dictOf(map[string]bool{"về": true, "đối với": true, "liên quan": true, "liên quan đến": true, "riêng đối với": true, "riêng về": true})
)

// findCue finds the first verb of speech in [s, last) that makes items: one that is a verb there, and has somebody whose verb it is.
func (r *itemReader) findCue(s, last int) (cue, bool) {
	rejected := -2 // where the last verb that was a noun ended: "các kiến nghị, đề xuất"
	past := false
	for i := s; i < last; i++ {
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
		if by, carried, ok := r.speakerOf(s, i); ok {
			c.by, c.carried = by, carried
			c.topic = r.topicBefore(s, i)
			return c, true
		}
		rejected = i + k
		i += k - 1
	}
	return cue{}, false
}

// directs reports whether "chỉ đạo", "kết luận" and their like give an order: before a colon, or between a person and a body.
func (r *itemReader) directs(s, i, j, last int) bool {
	if r.Tokens[j].Norm == ":" || r.is(j, "như sau") {
		return true
	}
	if e := r.bodyAt(j, last); e == j || !r.orders(e, last) {
		return false
	}
	_, ok := r.personBefore(s, i)
	return ok && i > s && r.Tokens[i-1].Norm != "," && r.Tokens[i-1].Norm != "biểu"
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
	for n := 1; n <= 2 && i-n >= s; n++ {
		if v, m := nounBefore.At(r.Tokens[:i], i-n); m == n && v {
			return true
		}
	}
	if v, m := nounAfter.At(r.Tokens[:last], i+k); m > 0 && v {
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

// speakerOf finds whose verb stands at token i of a sentence that begins at s.
func (r *itemReader) speakerOf(s, i int) (speaker, bool, bool) {
	if p, ok := r.personBefore(s, i); ok {
		return p, false, true
	}
	low := max(s, i-longestSubject)
	for j := i - 1; j >= low; j-- {
		if v, k := pronouns.At(r.Tokens[:i], j); k > 0 && v && r.person.Name != "" && r.plain(j+k, i) {
			return r.person, true, true
		}
	}
	if b, ok := r.bodyBefore(low, i); ok {
		return b, false, true
	}
	k := i
	for k-2 > s && r.is(k-2, "đồng thời") {
		k -= 2
	}
	if joined := r.Tokens[max(s, k-1)].Norm; joined == "," || joined == "và" || joined == ";" {
		if _, k := pronouns.At(r.Tokens[:i], r.afterConnectives(s, i)); k > 0 && r.person.Name != "" {
			return r.person, true, true
		}
		tag, _ := vocab().cues.At(r.Tokens, i)
		if b, ok := r.firstBody(s, i); ok && (tag != "propose" || joined == ";" || r.reports(s, i) || r.proposes(i)) {
			return b, false, true
		}
	}
	if r.speaker.Name == "" || !r.bare(s, i) {
		return speaker{}, false, false
	}
	return r.speaker, true, true
}

// personBefore finds the last person who is named, by name or office, in [s, i).
func (r *itemReader) personBefore(s, i int) (speaker, bool) {
	refs := r.persons.refs
	lo, hi := 0, len(refs)
	for lo < hi {
		m := (lo + hi) / 2
		if refs[m].First < i {
			lo = m + 1
		} else {
			hi = m
		}
	}
	for x := lo - 1; x >= max(0, lo-8) && refs[x].First >= s; x-- {
		ref := refs[x]
		if ref.Last > i || ref.First > s && r.Tokens[ref.First-1].Norm == "của" {
			continue
		}
		if ref.Person >= 0 {
			p := r.persons.list[ref.Person]
			return speaker{Name: p.Name, Rank: max(p.rank, rankOf(ref.Title)), Person: true}, true
		}
		if r.plain(ref.Last, i) || r.Tokens[ref.Last].Norm == "đã" || r.afterHonorific(ref.First) {
			return speaker{Name: ref.Title, Rank: rankOf(ref.Title), Person: true}, true
		}
	}
	return speaker{}, false
}

// plain reports whether only words that may stand between a subject and its verb stand in [j, i).
func (r *itemReader) plain(j, i int) bool {
	for j < i {
		v, k := subjectGap.At(r.Tokens[:i], j)
		if k == 0 || !v {
			return false
		}
		j += k
	}
	return true
}

// bodyBefore finds the body that is the subject of the verb at token i: it ends right before the verb.
func (r *itemReader) bodyBefore(low, i int) (speaker, bool) {
	for j := low; j < i; j++ {
		e := r.bodyAt(j, i)
		if e == j {
			continue
		}
		if last := r.Tokens[i-1].Norm; r.plain(e, i) && !r.helper(low, j) && (j == low || last != "," && last != "và") {
			name := r.tidy(j, e)
			name = r.untitled(j, e, name)
			return speaker{Name: name, Rank: r.rankIn(name)}, true
		}
		j = e - 1
	}
	return speaker{}, false
}

// helper reports whether the body at token j is one that somebody works with, owns or is asked: "phối hợp với các sở".
func (r *itemReader) helper(low, j int) bool {
	if j == low {
		return false
	}
	switch r.Tokens[j-1].Norm {
	case "với", "cùng", "của", "cho", "từ", "tại", "đến", "trong", "do":
		return true
	case "và", ",":
		for k := j - 2; k >= max(low, j-12); k-- {
			if w := r.Tokens[k].Norm; w == "với" || w == "cùng" || w == "của" {
				return true
			}
		}
	}
	return false
}

// firstBody finds the subject of a sentence whose verb of speech comes after another verb: the first body that stands at its
// start or after a comma and has a verb of its own.
func (r *itemReader) firstBody(s, i int) (speaker, bool) {
	for j := s; j < min(i, s+longestSubject); j++ {
		if j > s && r.Tokens[j-1].Norm != "," {
			continue
		}
		if e := r.bodyAt(j, i); e > j && e < i && r.Tokens[e].Kind == text.Word && !r.Tokens[e].Upper {
			name := r.untitled(j, e, r.tidy(j, e))
			return speaker{Name: name, Rank: r.rankIn(name)}, true
		}
	}
	return speaker{}, false
}

// proposes reports whether the verb at token i is followed by one like it or by "với": it is no mere plan of one's own.
func (r *itemReader) proposes(i int) bool {
	_, k := vocab().cues.At(r.Tokens, i)
	if r.is(i+k, "với") || i > 0 && r.is(i+k-1, "với") {
		return true
	}
	_, again := vocab().cues.At(r.Tokens, i+k+1)
	return r.is(i+k, ",") && again > 0 || strings.Contains(r.norm(i, i+k), ",")
}

// rankIn is the rank of a body in this document: a delegation has that of the people who visit.
func (r *itemReader) rankIn(name string) int {
	if isDelegation(name) {
		return max(r.visitor, rankProvince)
	}
	return rankOf(name)
}

// isDelegation reports whether a body is the one that visits, inspects or supervises.
func isDelegation(name string) bool {
	n := " " + text.Norm(name) + " "
	for _, w := range []string{" đoàn giám sát ", " đoàn công tác ", " đoàn kiểm tra ", " đoàn khảo sát ", " thành viên đoàn "} {
		if strings.Contains(n, w) {
			return true
		}
	}
	return n == " đoàn "
}

// untitled leaves "lãnh đạo", "đại diện" out of a body's name, and gives a bare tier ("phường") the name of the main unit.
func (r *itemReader) untitled(i, e int, name string) string {
	j := i
	for j < e {
		t, k := vocab().bodies.At(r.Tokens[:e], j)
		if k == 0 || t != "quant" || r.Tokens[j].Norm == "các" || r.Tokens[j].Norm == "những" {
			break
		}
		j += k
	}
	if j > i && j < e {
		name = r.tidy(j, e)
	}
	if t, k := vocab().bodies.At(r.Tokens[:e], j); k > 0 && (t == "people" || t == "group") {
		return lowerFirst(name)
	}
	return r.fullName(j, e, name)
}

// fullName is the name of a unit with its type as the units give it; a bare tier is the main unit of that tier.
func (r *itemReader) fullName(i, e int, name string) string {
	if ref, ok := r.refAt(i); ok && ref.Last == e {
		return r.entries[ref.Entry].full()
	}
	if e == i+1 && r.Tokens[i].Upper && !r.Tokens[i].Caps {
		if _, k := unitTypes.At(r.Tokens[:e], i); k == 0 {
			if full, ok := r.firstNames()[name]; ok {
				return full
			}
		}
	}
	if e == i+1 || e == i+2 {
		if typ, k := unitTypes.At(r.Tokens[:e], i); k == e-i {
			return r.tierName(string(typ), name)
		}
	}
	return name
}

// tierName gives the one unit of the tier that the document names, or the word itself.
func (r *itemReader) tierName(typ, name string) string {
	if r.tiers == nil {
		r.tiers = map[string]string{}
		for x := range r.entries {
			if e := &r.entries[x]; !e.Former || e.Merged {
				if _, two := r.tiers[string(e.Type)]; two {
					r.tiers[string(e.Type)] = ""
				} else {
					r.tiers[string(e.Type)] = e.full()
				}
			}
		}
	}
	if full := r.tiers[typ]; full != "" {
		return full
	}
	return name
}

// firstNames gives, for the first word of agencies, the first agency of the text that begins with it.
func (r *itemReader) firstNames() map[string]string {
	if r.agency == nil {
		r.agency = map[string]string{}
		for _, m := range r.mentions {
			word, _, more := strings.Cut(m.Name, " ")
			if _, ok := r.agency[word]; more && !m.Unit && !ok {
				r.agency[word] = m.Name
			}
		}
	}
	return r.agency
}

// bare reports whether [s, i) holds only what may stand before a verb without a subject: connectives, a time, a topic.
func (r *itemReader) bare(s, i int) bool {
	j := r.afterConnectives(s, i)
	if j >= i || r.plain(j, i) {
		return true
	}
	if _, k := topicWords.At(r.Tokens[:i], j); k > 0 && (r.Tokens[i-1].Norm == "," || r.Tokens[i-1].Norm == ":") {
		return true
	}
	return i-j <= 8 && r.Tokens[i-1].Norm == "," && r.timeAhead(j, i)
}

var timeWords = dictOf(map[string]bool{"thời gian tới": true, "trong thời gian tới": true, "năm": true, "trong năm": true, "trước mắt": true,
	"từ nay": true, "nhiệm kỳ": true, "giai đoạn": true, "ngay sau": true, "đến năm": true, "trong quý": true, "những tháng": true, "sau": true,
	"thời gian đến": true, "trong những tháng": true, "quý": true, "từ nay đến": true, "trong giai đoạn": true, "bước sang": true, "trong nhiệm kỳ": true,
	"6 tháng cuối năm": true, "tới đây": true, "ngày": true, "sáng": true, "chiều": true, "tại": true, "từ": true, "chậm nhất": true, "vì vậy": true})

// timeAhead reports whether words of time begin at token j.
func (r *itemReader) timeAhead(j, last int) bool {
	_, k := timeWords.At(r.Tokens[:last], j)
	return k > 0
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
	"điểm": true, "công việc": true, "yêu cầu": true, "khó khăn": true, "giải pháp như": true, "nhóm": true, "ý kiến": true, "lĩnh vực": true})

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
		case w == "với" || w == "tới" || w == "lên":
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
		return i, to
	}
	return i, to
}

// isCueAgain reports whether the verb of speech at token i only goes on with the one before it ("đề xuất, kiến nghị").
func (r *itemReader) isCueAgain(i, k, last int) bool {
	tag, _ := vocab().cues.At(r.Tokens[:last], i)
	p := r.Tokens[i-1].Norm
	return (tag == "propose" || tag == "ask" || tag == "wish" || tag == "voice") && (p == "," || p == "và") && i+k < last
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
		j++
	} else {
		return i
	}
	if _, k := listNouns.At(r.Tokens[:last], j); k == 0 {
		return i
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
		r.difficulties(r.afterConnectives(first, last), last)
		return
	}
	f := flow{Act: a, By: c.by, To: to, Topic: c.topic, Para: r.para, Past: c.past && a == directiveAct, Rule: "item." + c.tag}
	if a == recommendationAct && f.To == "" {
		if e := r.bodyAt(start, last); e > start && rankOf(r.tidy(start, e)) >= c.by.Rank {
			f.To = r.tidy(start, e)
		}
	}
	r.flow = f
	if a == directiveAct {
		start = r.afterLead(start, last)
	}
	r.clauses(start, last, func(x, y int) {
		x = r.afterConnectives(x, y)
		v := x
		for v < y && (r.is(v, "tiếp tục") || r.is(v, "đã")) {
			v += len(strings.Fields(r.Tokens[v].Norm)) + 1
		}
		if tag, k := vocab().cues.At(r.Tokens[:y], v); k > 0 && (tag == "ask" || tag == "order" || tag == "assign" || tag == "propose") && !r.isNoun(v, k, v, y) {
			if e := r.addressee(v+k, y); e > v+k {
				x = v + k
				if a == recommendationAct {
					r.flow.To = r.tidy(x, e)
				}
			}
		}
		r.add(x, y, r.flow)
		r.flow.Topic = text.Span{}
	})
}

// actOf says what the verb does in its speaker's mouth: proposals go up, orders go down, and what is asked goes the way that
// the ranks of speaker and addressee say.
func (r *itemReader) actOf(c cue, start, last int, to string) act {
	switch c.tag {
	case "voice":
		if c.by.Rank != rankPeople {
			return noAct
		}
		return recommendationAct
	case "propose":
		return recommendationAct
	case "order", "assign", "stress", "direct":
		if c.by.Rank == rankPeople || c.tag != "assign" && !c.by.Person && c.by.Rank == rankUnknown && c.by.Name != r.speaker.Name {
			return noAct
		}
		return directiveAct
	}
	if c.by.Rank == rankPeople {
		return recommendationAct
	}
	asked := rankOf(to)
	if e := r.bodyAt(start, last); e > start {
		asked = max(asked, rankOf(r.tidy(start, e)))
	}
	switch {
	case asked > c.by.Rank && c.by.Rank != rankUnknown:
		return recommendationAct
	case c.by.Rank == rankUnknown && !c.by.Person, asked != rankUnknown && asked == c.by.Rank && !c.by.Person:
		return recommendationAct
	case asked == rankUnknown && c.by.Rank < r.visitor && (c.by.Rank != rankUnknown || !c.by.Person):
		return recommendationAct
	case asked == rankUnknown && !c.by.Person && c.tag == "wish":
		return recommendationAct
	}
	if c.tag == "wish" && !c.by.Person {
		return recommendationAct
	}
	return directiveAct
}

// lowerFirst sets the first letter small.
func lowerFirst(s string) string {
	for i := range s {
		if i > 0 {
			return strings.ToLower(s[:i]) + s[i:]
		}
	}
	return strings.ToLower(s)
}
