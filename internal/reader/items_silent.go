package reader

// unspoken reads a sentence without a verb of speech: it goes on with what went before, plans, complains, or only tells.
func (r *itemReader) unspoken(first, start, last int) {
	if r.lead != nil && r.listed(start, last) || r.topical(start, last) {
		return
	}
	r.sayer = speaker{}
	said0 := start
	said := r.afterSaying(start, last)
	r.newSpeaker(start, last)
	if tag, k := vocab().bodies.At(r.Tokens[:last], start); k > 0 && tag == "people" && r.actless() {
		r.speaker = speaker{Name: lowerFirst(r.tidy(start, start+k)), Rank: rankPeople}
	}
	if said > start && r.flow.By.Name != r.speaker.Name {
		r.flow = flow{}
	}
	if said > start && r.saidAct(first, said, last) {
		return
	}
	start = said
	if start >= last {
		return
	}
	if r.praises(start, last) {
		r.flow = flow{}
		return
	}
	if r.narrates(start, last) {
		r.flow = flow{}
	}
	same := r.flow.Para == r.para
	if r.flow.Act == recommendationAct && r.flow.Para+1 == r.para && start == said0 && r.bids(start, last) { // the list goes on in the next paragraph
		r.again(start, last)
		return
	}
	switch r.flow.Act {
	case directiveAct, recommendationAct:
		if (same || r.flow.Act == directiveAct) && (r.demands(start, last, same) || r.joinsIn(start, last)) {
			r.again(start, last)
			return
		}
	case commitmentAct:
		if same && (r.demands(start, last, true) || r.plans(start, last)) || !same && (r.demands(start, last, false) || r.plans(start, last)) {
			r.again(start, last)
			return
		}
	case difficultyAct:
		if same {
			r.again(start, last)
			return
		}
	}
	r.flow = flow{Para: r.flow.Para, Assignees: r.flow.Assignees}
	if r.listed(start, last) || r.difficulties(start, last) {
		return
	}
	r.commits(start, last)
}

// saidAct makes items of what somebody says in the words [said, last): that a body above needs to do something, that one below must, or that they will.
func (r *itemReader) saidAct(first, said, last int) bool {
	if r.needsFrom(said, last) {
		r.flow = flow{Act: recommendationAct, By: r.sayer, Para: r.para, Rule: "item.says_need"}
		r.clauses(said, last, func(a, b int) { r.add(a, b, r.flow) })
		return true
	}
	if r.directsAs(said, last) {
		r.flow = flow{Act: directiveAct, By: r.speaker, Para: r.para, Rule: "item.says_must"}
		r.clauses(said, last, func(a, b int) { r.add(a, b, r.flow) })
		return true
	}
	if said < last && r.Tokens[said].Norm == "sẽ" && !r.unplanned(first, said) && r.sayer.Name != "" { // lãnh đạo huyện cho biết sẽ …
		r.flow = flow{Act: commitmentAct, By: r.sayer, Para: r.para, Rule: "item.says_will"}
		r.clauses(said, last, func(a, b int) { r.add(a, b, r.flow) })
		return true
	}
	return false
}

// bids reports whether [start, last) begins with what is to be done, with nobody and no time before it.
func (r *itemReader) bids(start, last int) bool {
	tag, k := vocab().predicates.At(r.Tokens[:last], start)
	return (tag == "adv" || tag == "verb") && !r.is(start, "trên cơ sở") && !r.is(start, "căn cứ") && r.bodyAt(start, last) <= start+k && !r.reports(start+k, last)
}

// narrators are words with which a report goes on to tell what happened.
var narrators = phrases([]string{"nhân dịp này", "dịp này", "nhân dịp", "thay mặt", "tiếp thu", "cũng tại", "tại buổi", "tại hội nghị", "tại đại hội", "cùng ngày",
	"chiều cùng ngày", "sáng cùng ngày", "kết thúc", "trước đó", "sau đó", "phát biểu", "đáp từ", "được biết", "trong khuôn khổ", "trong chương trình", "tiếp theo chương trình",
	"các đại biểu", "những kiến nghị", "những ý kiến", "các ý kiến", "theo báo cáo", "qua kiểm tra", "qua khảo sát", "qua giám sát", "đại hội đã", "hội nghị đã", "hội nghị cũng", "kỳ họp cũng",
	"tại kỳ họp cũng", "tại hội nghị cũng", "đại hội cũng", "tại đại hội cũng"})

// narrates reports whether a sentence tells what happened: it begins with words that do so, or somebody who is named is its subject.
func (r *itemReader) narrates(start, last int) bool {
	first := r.whole0(start)
	if _, k := narrators.At(r.Tokens[:last], start); k > 0 {
		return true
	}
	for i := first; i < min(last, first+4); i++ {
		if _, k := honorifics.At(r.Tokens[:last], i); k > 0 && i+k < last && r.Tokens[i+k].Upper {
			return true
		}
	}
	return false
}

// joinsIn reports whether a body with a verb of working together begins the sentence: an order that goes on in a new paragraph.
func (r *itemReader) joinsIn(start, last int) bool {
	e := r.subject(start, last)
	return e > start && e < last && (r.is(e, "phối hợp") || r.is(e, "chủ trì") || r.is(e, "khẩn trương")) && r.flow.Para+3 > r.para
}

// again makes items of a sentence that goes on with the flow.
func (r *itemReader) again(start, last int) {
	r.flow.Here = r.flow.Para == r.para
	r.flow.Para, r.flow.Rule = r.para, "item.goes_on"
	if r.flow.Act == directiveAct {
		start = r.afterLead(start, last)
	}
	r.clauses(start, last, func(a, b int) { r.add(a, b, r.flow) })
}

// listed makes an item of a line under a heading or lead-in that says what its lines are.
func (r *itemReader) listed(start, last int) bool {
	p := r.paras[r.para]
	if r.lead != nil && (p.Class == listItem || r.below || r.ordinal(p)) {
		r.flow = *r.lead
		r.clauses(start, last, func(a, b int) { r.add(a, b, r.flow) })
		return true
	}
	if r.section == noAct || r.actless() || p.Class != listItem && !r.demands(start, last, false) && r.section != difficultyAct {
		return false
	}
	f := flow{Act: r.section, By: r.holder(), Para: r.para, Rule: "item.section"}
	switch r.section {
	case difficultyAct:
		if p.Class != listItem && !r.complains(start, last) && !r.lacks(start, last) {
			return false
		}
	case directiveAct, commitmentAct:
		if e := r.bodyAt(start, last); e > start && r.orders(e, last) {
			f.Act = directiveAct
			f.By = r.orderer()
			if r.Tokens[e].Norm == ":" {
				f.Assignees, f.Rule = r.bodies(start, e), "item.lead_in"
				start = e + 1
			}
		} else if r.section == directiveAct && e == start && p.Class != listItem && !r.demands(start, last, false) {
			return false
		} else if r.section == directiveAct {
			f.By = r.orderer()
		}
		if f.Act == directiveAct && f.Assignees == nil {
			f.Assignees = r.standing
			if r.flow.Para == r.para && r.flow.Assignees != nil { // the body of the sentence before
				f.Assignees = r.flow.Assignees
			}
		}
	}
	r.flow = f
	r.clauses(start, last, func(a, b int) { r.add(a, b, r.flow) })
	r.flow.Act = noAct
	return true
}

// orders reports whether a predicate that gives work stands at token i: a colon, a modal, or a verb.
func (r *itemReader) orders(i, last int) bool {
	if i < last && (r.Tokens[i].Norm == ":" || r.Tokens[i].Norm == ",") {
		i++
	}
	tag, k := vocab().predicates.At(r.Tokens[:last], i)
	return k > 0 && tag != "past"
}

// orderer is who orders what an official document lists without a verb: whoever concluded, else its issuer.
func (r *itemReader) orderer() speaker {
	if r.speaker.Name != "" {
		return r.speaker
	}
	return r.holder()
}

// holder is whose plan or report an unspoken item belongs to: the main unit, else the issuer.
func (r *itemReader) holder() speaker {
	if departmental(r.speaker.Name) && !r.actless() {
		return r.speaker
	}
	if u := r.letterhead(); u != "" && !r.actless() {
		return speaker{Name: u, Rank: r.rankOf(u)}
	}
	if u := r.mainUnit(); u != "" {
		return speaker{Name: u, Rank: r.rankOf(u)}
	}
	return r.speaker
}

// directsAs reports whether somebody from above says that a body must do something: "A cho rằng xã cần …".
func (r *itemReader) directsAs(i, last int) bool {
	e := r.subject(i, last)
	if e == i || e >= last || !r.speaker.Person || r.speaker.Rank < rankDistrict || r.speaker.Rank <= r.rankOf(r.tidy(i, e)) {
		return false
	}
	tag, _ := vocab().predicates.At(r.Tokens[:last], e)
	return tag == "modal"
}

// needsFrom reports whether somebody from below says what a higher body needs to do: "Hiệu trưởng …: huyện cần hỗ trợ xây phòng học".
func (r *itemReader) needsFrom(i, last int) bool {
	i = r.afterTime(i, last)
	e := r.subject(i, last)
	if e == i || e >= last || r.sayer.Name == "" || r.sayer.Rank > rankCommune || r.rankOf(r.tidy(i, e)) < rankOffice || r.rankOf(r.tidy(i, e)) <= r.sayer.Rank {
		return false
	}
	tag, _ := vocab().predicates.At(r.Tokens[:last], e)
	return tag == "modal"
}

// afterSaying gives the token after "A cho biết,", "Theo A,": the words that only say whose words follow.
func (r *itemReader) afterSaying(start, last int) int {
	if r.is(start, "còn theo") {
		start++
	}
	if start >= last {
		return start
	}
	if r.Tokens[start].Norm == "theo" {
		if p, ok := r.personBefore(start, min(last, start+longestSubject)); ok && p.Person { // Theo ông A, …
			for j := start + 2; j < min(last, start+longestSubject); j++ {
				if r.Tokens[j].Norm == "," {
					if _, named := r.personBefore(start, j); named && !r.titleHead(j+1, last) {
						return j + 1
					}
				}
			}
		}
		if e := r.bodyAt(start+1, last); e > start+1 && e < last && r.Tokens[e].Norm == "," {
			return e + 1
		}
	}
	if e := r.named(start, last); e > start {
		return r.afterConnectives(e, last)
	}
	words, near := &vocab().cues, r.Tokens[:min(last, start+longestSubject)]
	for i := words.Next(near, start); i < len(near); i = words.Next(near, i+1) {
		tag, k := words.At(r.Tokens[:last], i)
		if k == 0 {
			continue
		}
		if tag != "say" && tag != "stress" || i == start || i+k >= last || !r.is(i, "cho biết") && r.isNoun(i, k, start, last) || !r.tells(i, i+k) {
			i += k - 1
			continue
		}
		by, _, ok := r.speakerOf(start, i)
		if !ok {
			i += k - 1
			continue
		}
		r.sayer = by
		j := i + k
		for j < last && (r.Tokens[j].Norm == "," || r.Tokens[j].Norm == ":" || r.Tokens[j].Norm == "rằng" || r.Tokens[j].Norm == "là" || r.Tokens[j].Norm == `"` || r.Tokens[j].Norm == "“") {
			j++
		}
		return r.afterConnectives(j, last)
	}
	return start
}

// named gives the token after a colon that only a person's name and office stand before: "Ông A, Chủ tịch UBND xã B: …"; else start.
func (r *itemReader) named(start, last int) int {
	for i := start + 2; i < min(last-3, start+25); i++ {
		if r.Tokens[i].Norm != ":" {
			continue
		}
		p, ok := r.personBefore(start, i)
		if !ok || !r.Tokens[start].Upper && r.Tokens[start].Norm != "ông" {
			return start
		}
		for j := start; j < i; j++ { // nothing but the name and what it may stand with
			if _, k := vocab().predicates.At(r.Tokens[:i], j); k > 0 && !r.Tokens[j].Upper {
				return start
			}
			if _, k := vocab().cues.At(r.Tokens[:i], j); k > 0 {
				return start
			}
		}
		r.sayer = p
		return i + 1
	}
	return start
}

// tells reports whether a verb of saying is followed by what is said: after a sign, or by itself for verbs that do nothing else.
func (r *itemReader) tells(i, j int) bool {
	switch r.Tokens[j].Norm {
	case ",", ":", "rằng", "là", `"`, "“":
		return true
	}
	if r.is(i, "khẳng định") && r.bodyAt(j, min(len(r.Tokens), j+maxBodyTokens)) > j {
		return true
	}
	return r.is(i, "chỉ rõ") || r.is(i, "nêu rõ") || r.is(i, "cho biết") || r.is(i, "cho hay") || r.is(i, "cho rằng")
}

// newSpeaker takes the person whom a sentence names first as the one who may speak next.
func (r *itemReader) newSpeaker(start, last int) {
	s, e := r.whole0(start), min(last, start+longestSubject)
	p, ok := r.personBefore(s, e)
	if !ok && r.unnamed {
		p, ok = r.officeSpeaks(s, e)
	}
	if ok && p.Person {
		r.person = p
		if r.actless() { // in an official document the issuer speaks on
			r.speaker = p
		}
	}
}

// officeSpeaks finds the holder of an office whom nobody names, who says, thanks or praises: "Chủ tịch UBND xã bày tỏ lòng biết ơn".
func (r *itemReader) officeSpeaks(s, e int) (speaker, bool) {
	words := &vocab().cues
	for i := words.Next(r.Tokens[:e], s); i < e; i = words.Next(r.Tokens[:e], i+1) {
		if tag, k := words.At(r.Tokens[:e], i); k > 0 && (tag == "say" || tag == "praise" || tag == "stress") {
			return r.personBefore(s, i)
		}
	}
	return speaker{}, false
}

// whole0 is the first token of the sentence that holds token i.
func (r *itemReader) whole0(i int) int {
	for i > 0 && r.Tokens[i-1].Span[0] >= r.whole[0] {
		i--
	}
	return i
}

// praises reports whether a sentence praises, thanks or trusts, and asks for nothing first.
func (r *itemReader) praises(start, last int) bool {
	words := &vocab().cues
	for i := words.Next(r.Tokens[:last], start); i < last; i = words.Next(r.Tokens[:last], i+1) {
		if tag, k := words.At(r.Tokens[:last], i); k > 0 && tag == "praise" {
			return i < start+longestSubject && !r.isNoun(i, k, start, last)
		}
	}
	return false
}

// demands reports whether [i, last) asks for something without a verb of speech: it begins with a predicate that is no report, or
// with a body and a modal. In the paragraph of the demand before it (near) a body and any predicate will do.
func (r *itemReader) demands(i, last int, near bool) bool {
	i = r.afterTime(r.afterConnectives(i, last), last)
	if i >= last {
		return false
	}
	if tag, k := vocab().predicates.At(r.Tokens[:last], i); k > 0 {
		if tag == "modal" {
			return true
		}
		if e := r.bodyAt(i, last); e <= i+k {
			return (tag == "adv" || tag == "verb") && !r.reports(i+k, last)
		}
	}
	e := r.subject(i, last)
	if e == i && near { // Chương trình hành động cần …
		for j := i; j < min(last-1, i+8); j++ {
			if w := r.Tokens[j].Norm; w == "đã" || w == "," {
				break
			} else if (w == "cần" || w == "phải") && r.Tokens[j+1].Norm != "thiết" {
				return true
			}
		}
	}
	if e == i || e >= last || isDelegation(r.tidy(i, e)) {
		return false
	}
	if r.Tokens[e].Norm == "cũng" && e+1 < last { // xã cũng cần …
		e++
	}
	tag, k := vocab().predicates.At(r.Tokens[:last], e)
	return k > 0 && (tag == "modal" || near && (tag == "adv" || tag == "verb") && !r.reports(e+k, last))
}

// subject gives the token after the bodies that begin at token i, joined by commas and "và"; i where none does.
func (r *itemReader) subject(i, last int) int {
	j := r.bodyAt(i, last)
	for j > i && j+1 < last {
		k := j
		for k < last && (r.Tokens[k].Norm == "," || r.Tokens[k].Norm == "và") {
			k++
		}
		if k == j {
			break
		}
		e := r.bodyAt(k, last)
		if e == k {
			break
		}
		j = e
	}
	return j
}

// reports reports whether the words after a predicate tell what has been done.
func (r *itemReader) reports(i, last int) bool {
	for j := i; j < min(last, i+6); j++ {
		switch r.Tokens[j].Norm {
		case "đã", "đạt":
			return r.Tokens[j].Norm == "đã" && (j+1 >= last || r.Tokens[j+1].Norm != "đề" && r.Tokens[j+1].Norm != "xác")
		case ",", ";":
			return false
		}
	}
	return false
}

// afterTime gives the token after words of time or purpose and their comma: "Năm 2026,", "Để đạt mục tiêu này,", "Cùng với …,".
func (r *itemReader) afterTime(i, last int) int {
	if i >= last {
		return i
	}
	w := r.Tokens[i].Norm
	if r.timeAhead(i, last) { // trong nhiệm kỳ tới Đảng bộ xã cần …
		for j := i + 2; j < min(last, i+9) && r.Tokens[j].Norm != ","; j++ {
			if e := r.subject(j, last); e > j && e < last && r.Tokens[j-1].Norm != "của" {
				if tag, _ := vocab().predicates.At(r.Tokens[:last], e); tag == "modal" || tag == "adv" && r.future(i, last) {
					return j
				}
			}
		}
	}
	if !r.timeAhead(i, last) && w != "trường" && w != "nếu" && w != "ngoài" && w != "để" && w != "cùng" && w != "trên" && w != "với" && w != "trong" && w != "đối" && w != "về" && w != "riêng" {
		return i
	}
	for j, n := i, 0; j < min(last, i+40); j++ {
		if t := r.Tokens[j].Norm; t == ";" || t == ":" || t == "là" {
			break
		}
		if r.Tokens[j].Norm != "," && (r.Tokens[j].Norm != "thì" || w != "trường" && w != "nếu") {
			continue
		}
		if n++; n > 4 {
			break
		}
		k := r.afterConnectives(j+1, last)
		if e := r.subject(k, last); e > k && e < last {
			if _, m := vocab().predicates.At(r.Tokens[:last], e); m > 0 {
				return k
			}
		}
		if tag, m := vocab().predicates.At(r.Tokens[:last], k); m > 0 && (n == 1 || tag == "modal") {
			return k
		}
	}
	return i
}
