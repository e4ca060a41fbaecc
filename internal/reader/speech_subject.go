package reader

import (
	"strings"

	"haicap/internal/text"
)

// speakerOf finds whose verb stands at token i of a sentence that begins at s.
func (r *itemReader) speakerOf(s, i int) (speaker, bool, bool) {
	if p, ok := r.personBefore(s, i); ok {
		return p, false, true
	}
	if p, ok := r.nameBefore(s, i); ok {
		return p, false, true
	}
	low := max(s, i-longestSubject)
	for j := i - 1; j >= low; j-- {
		if v, k := pronouns.At(r.Tokens[:i], j); k > 0 && v && r.person.Name != "" && r.plain(j+k, i) {
			return r.person, true, true
		}
	}
	if r.sends(low, i) { // UBND xã A có văn bản gửi Sở B đề nghị …
		if b, ok := r.firstBody(s, i); ok {
			return b, false, true
		}
	}
	if b, ok := r.bodyBefore(low, i); ok {
		return b, false, true
	}
	k := i
	for k-2 > s && r.is(k-2, "đồng thời") {
		k -= 2
	}
	if joined := r.Tokens[max(s, k-1)].Norm; joined == "," || joined == "và" || joined == ";" || joined == "như" {
		if _, k := pronouns.At(r.Tokens[:i], r.afterConnectives(s, i)); k > 0 && r.person.Name != "" {
			return r.person, true, true
		}
		tag, _ := vocab().cues.At(r.Tokens, i)
		if b, ok := r.firstBody(s, i); ok && (tag != "propose" || joined == ";" || joined == "như" || r.reports(s, i) || r.proposes(i)) {
			return b, false, true
		}
	}
	if r.speaker.Person && r.concluding(s, i) {
		return r.speaker, true, true
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
			return speaker{Name: p.Name, Rank: max(p.rank, r.rankOf(ref.Title)), Person: true}, true
		}
		if r.plain(ref.Last, i) || r.Tokens[ref.Last].Norm == "đã" || r.afterHonorific(ref.First) {
			return speaker{Name: ref.Title, Rank: r.rankOf(ref.Title), Person: true}, true
		}
	}
	return speaker{}, false
}

// nameBefore finds a person who is named without an office, right before the verb at token i: "ông Nguyễn Văn A yêu cầu". Nobody knows
// how high they stand.
func (r *itemReader) nameBefore(s, i int) (speaker, bool) {
	for j := i - 1; j > s && j > i-8; j-- {
		_, k := honorifics.At(r.Tokens[:j], j-1)
		if k == 0 && j-2 >= s {
			if _, k = honorifics.At(r.Tokens[:j], j-2); k != 2 {
				continue
			}
		}
		if k == 0 || !r.Tokens[j].Upper {
			continue
		}
		n := r.personAt(j, i)
		if n < 2 || !r.plain(j+n, i) {
			return speaker{}, false
		}
		return speaker{Name: r.tidy(j, j+n), Person: true}, true
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
		if p := r.people(low, j); p >= 0 && r.plain(e, i) { // cử tri Nguyễn Văn A, thôn B phản ánh
			return speaker{Name: lowerFirst(r.tidy(p, j)), Rank: rankPeople}, true
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

// people gives the token where people are named whose place the body at token j is ("cử tri Nguyễn Văn A, thôn B"), or -1.
func (r *itemReader) people(low, j int) int {
	if j-2 < low || r.Tokens[j-1].Norm != "," {
		return -1
	}
	if t, k := vocab().bodies.At(r.Tokens, j); k == 0 || t != "low" && t != "unit" {
		if _, ok := r.refAt(j); !ok {
			return -1
		}
	}
	for p := j - 2; p >= max(low, j-9); p-- {
		if t, k := vocab().bodies.At(r.Tokens[:j], p); k > 0 && t == "people" && r.bodyAt(p, j) == j-1 && r.bodyAt(p, j) > p+k {
			return p
		}
	}
	return -1
}

// sends reports whether the words before the verb at token i name whom a letter was sent to.
func (r *itemReader) sends(low, i int) bool {
	for j := i - 1; j >= low; j-- {
		switch r.Tokens[j].Norm {
		case "gửi":
			return true
		case ",", ";", ".", ":":
			return false
		}
	}
	return false
}

// helper reports whether the body at token j is one that somebody works with, owns or is asked: "phối hợp với các sở".
func (r *itemReader) helper(low, j int) bool {
	if t, k := vocab().bodies.At(r.Tokens, j); j == low || k > 0 && t == "people" && r.Tokens[j-1].Norm == "," {
		return false
	}
	switch r.Tokens[j-1].Norm {
	case "với", "cùng", "của", "cho", "từ", "tại", "đến", "trong", "do", "gửi":
		return true
	case "và", ",":
		for k := j - 2; k >= max(low, j-12); k-- {
			if w := r.Tokens[k].Norm; w == "với" || w == "cùng" || w == "của" {
				return !r.is(k-1, "đối với")
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
	return r.rankOf(name)
}

// isDelegation reports whether a body is the one that visits, inspects or supervises.
func isDelegation(name string) bool {
	n := " " + text.Norm(name) + " "
	for _, w := range []string{" đoàn giám sát ", " đoàn công tác ", " đoàn kiểm tra ", " đoàn khảo sát ", " thành viên đoàn ", " tổ công tác "} {
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
	if x, ok := r.persons.byName[text.Norm(r.person.Name)]; ok { // the unit of whoever spoke before
		title := text.Norm(r.persons.list[x].Title)
		for e := range r.entries {
			if u := &r.entries[e]; string(u.Type) == typ && strings.HasSuffix(title, " "+text.Norm(u.full())) {
				return u.full()
			}
		}
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

// concluding reports whether the verb at token i draws the conclusion of what the same speaker said before it: "…, vì vậy, đề nghị các đơn vị …".
func (r *itemReader) concluding(s, i int) bool {
	j := i
	if j > s && r.Tokens[j-1].Norm == "," {
		j--
	}
	return j-3 > s && (r.is(j-2, "vì vậy") || r.is(j-2, "do đó") || r.is(j-2, "do vậy") || r.is(j-2, "vì thế")) && r.Tokens[j-3].Kind == text.Punct
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
	"6 tháng cuối năm": true, "tới đây": true, "ngày": true, "sáng": true, "chiều": true, "tại": true, "từ": true, "chậm nhất": true, "vì vậy": true, "trên cơ sở": true})

// timeAhead reports whether words of time begin at token j.
func (r *itemReader) timeAhead(j, last int) bool {
	_, k := timeWords.At(r.Tokens[:last], j)
	return k > 0 || r.restOfYear(j, last)
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
