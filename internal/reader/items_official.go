package reader

import (
	"strings"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// An official document says by its headings what its lines are, and who speaks by its letterhead. A notice of conclusions is
// different from a report or a plan in one thing: whatever it lists as a task is an order of the one who concluded.

// author is who speaks in an official document before it names anybody: its issuer, or the unit whose document it is.
func (d *doc) author() speaker {
	if d.actless() {
		return speaker{}
	}
	if d.concludes() {
		if s, ok := d.concluder(); ok {
			return s
		}
	}
	name := d.issuer()
	if u := d.letterhead(); u != "" && !strings.Contains(text.Norm(name), text.Norm(u)) && !departmental(name) {
		name = strings.TrimSpace(name + " " + u)
	}
	if name == "" {
		name = d.mainUnit()
	}
	return speaker{Name: name, Rank: d.rankOf(name)}
}

// actless reports whether the document is no official one: in the press a heading does not say what its sentences do.
func (d *doc) actless() bool {
	switch d.out.Document.Kind {
	case gov.KindConclusionNotice, gov.KindPlan, gov.KindResolution, gov.KindReport:
		return false
	}
	return true
}

// concludes reports whether the document is a notice of conclusions.
func (d *doc) concludes() bool { return d.out.Document.Kind == gov.KindConclusionNotice }

// issuer is the body that the letterhead names: its lines in capitals down to the number, without the body above it.
func (d *doc) issuer() string {
	var lines []string
	for i, p := range d.paras {
		first, last := d.Sentences[p.First].First, d.end(p)
		if p.Class != frame || i > 5 || last-first < 2 || !d.Tokens[first].Caps || d.is(first, "số") {
			if len(lines) > 0 {
				break
			}
			continue
		}
		if _, n := mottos.At(d.Tokens[:last], first); n > 0 {
			break
		}
		for k := first; k < last; k++ { // the number may stand in the same line
			if d.Tokens[k].Norm == "số" {
				last = k
			}
		}
		lines = append(lines, d.tidy(first, last))
	}
	if n := len(lines); n > 1 && text.Norm(lines[n-1]) == "văn phòng" {
		lines = lines[:n-1] // the office of the one whose conclusion it is
	}
	for i := len(lines) - 1; i > 0; i-- {
		if startsOrg(lines[i]) && namesTier(lines[:i]) {
			lines = lines[i:] // what stands above is the body above
			break
		}
	}
	if len(lines) == 0 {
		return properCase(d.out.Document.Issuer)
	}
	return properCase(strings.Join(lines, " "))
}

// startsOrg reports whether a line begins with the name of an agency.
func startsOrg(line string) bool {
	tag, k := vocab().bodies.At(text.Split(line).Tokens, 0)
	return k > 0 && tag == "org"
}

// namesTier reports whether one of the lines has a type of unit in it: together they are a body's whole name.
func namesTier(lines []string) bool {
	for _, l := range lines {
		toks := text.Split(l).Tokens
		for i := range toks {
			if isUnitType(toks, i) {
				return true
			}
		}
		if n := text.Norm(l); strings.HasSuffix(n, "ủy") || strings.Contains(n, " ủy ") {
			return true
		}
	}
	return false
}

// rulesFront reports whether a body is a committee of the Party.
func rulesFront(name string) bool {
	n := text.Norm(name)
	for _, w := range []string{"tỉnh ủy", "thành ủy", "huyện ủy", "quận ủy", "thị ủy", "đảng ủy", "đảng bộ", "chi bộ"} {
		if strings.Contains(n, w) {
			return true
		}
	}
	return false
}

// departmental reports whether an issuer is one of several in its unit: it speaks for itself, not for the unit.
func departmental(name string) bool {
	n := text.Norm(name)
	for _, w := range []string{"sở ", "ban quản lý", "ban dân tộc", "ban tổ chức", "ban tuyên giáo", "ban nội chính", "chi cục", "cục ", "phòng ", "văn phòng",
		"công an", "trường ", "trung tâm", "thanh tra", "kho bạc", "bộ ", "hội nông dân", "hội liên hiệp", "hội cựu", "hội chữ", "đoàn ", "ủy ban kiểm tra", "bệnh viện"} {
		if strings.HasPrefix(n, w) {
			return true
		}
	}
	return false
}

// properCase sets a name in capitals as it is written in a text: "ỦY BAN NHÂN DÂN TỈNH PHÚ THỌ" as "Ủy ban nhân dân tỉnh Phú Thọ".
func properCase(s string) string {
	toks := text.Split(s).Tokens
	ws := make([]string, 0, len(toks))
	for i := 0; i < len(toks); {
		k := 1
		if n := properHead(toks, i); n > 0 {
			k = n
		}
		for j := i; j < i+k; j++ {
			w := toks[j].Span.Of(s)
			switch {
			case !toks[j].Caps || len([]rune(w)) < 2 || abbreviated(toks[j]):
			case k > 1 && j > i:
				w = strings.ToLower(w)
			case k == 1 && isUnitType(toks, i):
				w = strings.ToLower(w)
			default:
				w = titleCase(w)
			}
			ws = append(ws, w)
		}
		if k == 2 && isUnitType(toks, i) { // thành phố, đặc khu
			ws[len(ws)-2] = strings.ToLower(ws[len(ws)-2])
		}
		i += k
	}
	return strings.Join(ws, " ")
}

// properHead gives how many tokens the words have that are set as one: a type of unit or the first words of an agency.
func properHead(toks []text.Token, i int) int {
	if _, k := unitTypes.At(toks, i); k > 0 {
		return k
	}
	best := 0
	if _, k := vocab().compounds.At(toks, i); k > 1 {
		best = k
	}
	if _, k := vocab().bodies.At(toks, i); k > best {
		best = k
	}
	for n := min(4, len(toks)-i); n > best; n-- { // "ban chấp hành đảng bộ" is two of them
		if _, k := vocab().bodies.At(toks[:i+n], i); k == n {
			return n
		}
	}
	return best
}

func isUnitType(toks []text.Token, i int) bool {
	_, k := unitTypes.At(toks, i)
	return k > 0
}

// abbreviated reports whether a word in capitals is an abbreviation: no vowel carries it.
func abbreviated(t text.Token) bool {
	switch t.Norm {
	case "ubnd", "hđnd", "mttq", "ub", "bch", "btv", "ubmttq", "hđtv", "bql", "qlda", "tp", "tx":
		return true
	}
	return !strings.ContainsAny(t.Fold, "aeiouy")
}

// concluder is whose conclusion a notice gives: "Kết luận của A", "A kết luận"; else the body that its title names.
func (d *doc) concluder() (speaker, bool) {
	for _, ref := range d.persons.refs {
		if !d.is(ref.First-2, "luận của") && !d.is(ref.First-4, "luận của đồng chí") && !d.is(ref.First-3, "luận của ông") && !d.is(ref.First-4, "chỉ đạo của đồng chí") &&
			!d.is(ref.First-3, "chỉ đạo của") && !d.is(ref.Last, "kết luận") && !d.is(ref.Last, "đã kết luận") && !d.is(ref.Last, "có ý kiến") {
			continue
		}
		if ref.Person >= 0 {
			p := d.persons.list[ref.Person]
			return speaker{Name: p.Name, Rank: max(p.rank, d.rankOf(ref.Title)), Person: true}, true
		}
		if ref.Title != "" {
			return speaker{Name: ref.Title, Rank: d.rankOf(ref.Title), Person: true}, true
		}
	}
	for i := 0; i+4 < len(d.Tokens) && i < 200; i++ {
		if !d.is(i, "kết luận của") {
			continue
		}
		if e := d.bodyAt(i+3, len(d.Tokens)); e > i+3 {
			name := d.tidy(i+3, e)
			return speaker{Name: name, Rank: d.rankOf(name)}, true
		}
	}
	return speaker{}, false
}

// letterhead is the lowest unit that stands in the frame above the title.
func (d *doc) letterhead() string {
	best, low := "", gov.UnknownLevel
	for i, p := range d.paras {
		if p.Class != frame || i > 8 {
			break
		}
		for k := d.Sentences[p.First].First; k < d.end(p); k++ {
			ref, ok := d.refAt(k)
			if l := level(ref.Type); ok && l > low {
				best, low = d.entries[ref.Entry].full(), l
			}
		}
	}
	return best
}

// topical reads a line of a notice that answers what was asked: "Về kiến nghị …: Sở A …". What stands before the colon is the
// topic, the rest is ordered.
func (r *itemReader) topical(start, last int) bool {
	if _, k := topicWords.At(r.Tokens[:last], start); k == 0 || !r.concludes() {
		return false
	}
	for i := start; i < min(last, start+longestSubject); i++ {
		if r.Tokens[i].Norm != ":" {
			continue
		}
		if i+4 >= last {
			return false
		}
		f := flow{Act: directiveAct, By: r.speaker, Para: r.para, Rule: "item.topic", Topic: r.span(start, i), Assignees: r.standing}
		r.flow = f
		r.clauses(i+1, last, func(a, b int) {
			r.add(r.afterAssign(a, b), b, r.flow)
			r.flow.Topic = text.Span{}
		})
		return true
	}
	return false
}

// afterAssign gives the token after a verb that only gives the clause to a body: "giao Sở A …", "đề nghị UBND xã …".
func (r *itemReader) afterAssign(a, b int) int {
	a = r.afterConnectives(a, b)
	if tag, k := vocab().cues.At(r.Tokens[:b], a); k > 0 && (tag == "assign" || tag == "order" || tag == "ask") && r.addressee(a+k, b) > a+k {
		return a + k
	}
	return a
}
