package reader

import (
	"sort"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/reader/grammar"
	"haicap/internal/text"
)

// directive fills the fields of a directive whose clause is [a, b): who is to do it, who leads, who helps, by when, how binding.
func (r *itemReader) directive(it *gov.ItemDraft, a, b int, f flow) {
	it.Past = f.Past
	i := r.afterTime(a, b)
	subject := r.subject(i, b)
	own := r.bodies(i, subject)
	if subject >= b {
		own = nil // nothing follows that the body is to do: it is no subject
	}
	words := &vocab().cues
	for j := words.Next(r.Tokens[:b], subject); j < b; j = words.Next(r.Tokens[:b], j+1) { // a verb of speech inside the clause names another body
		if tag, k := words.At(r.Tokens[:b], j); k > 0 && (tag == "ask" || tag == "assign" || tag == "order") && !r.isNoun(j, k, a, b) {
			t, _ := vocab().bodies.At(r.Tokens[:b], j+k)
			if e := r.subject(j+k, b); e > j+k && e < b && t != "group" {
				own = append(own, r.bodies(j+k, e)...)
			}
			j += k - 1
		}
	}
	if len(own) == 0 {
		own = f.Assignees
	}
	it.Assignees = own
	r.flow.Assignees = own
	it.AssigneeUnits = r.groupUnits(own)
	r.partners(it, subject, b)
	it.Due = r.due(a, b)
	it.Strength = r.strength(it, subject, b, f)
	if !f.Topic.Empty() {
		it.Answers = r.answered(f.Topic.Of(r.Text))
	}
}

// bodies lists the bodies that [first, last) names. Those that share the words after the last of them get them ("Cấp ủy, chính
// quyền phường A"); units get their full names; the parts of one group ("các sở, ngành") stay together.
func (r *itemReader) bodies(first, last int) []string {
	var names []string
	var bare []bool
	var heads []int // tokens of the first words
	for i := first; i < last; {
		e := r.bodyAt(i, last)
		if e == i {
			i++
			continue
		}
		if each, end := r.eachOf(i, e, last); len(each) > 0 {
			names, i = append(names, each...), end
			for range each {
				bare, heads = append(bare, false), append(heads, 0)
			}
			continue
		}
		head := e - i
		if t, k := r.bodyWord(i, e); k > 0 && t != "quant" {
			head = k
		}
		names = append(names, r.bodyName(i, e))
		bare = append(bare, head == e-i && r.sharing(i, e))
		heads = append(heads, head)
		for e < last && (r.Tokens[e].Norm == "," || r.Tokens[e].Norm == "và") {
			e++
		}
		i = e
	}
	if n := len(names); n > 1 && !bare[n-1] {
		for x := 0; x < n-1; x++ {
			if bare[x] {
				names[x] = shareTail(names[x], names[n-1], heads[n-1])
			}
		}
	}
	return r.sameType(names)
}

// eachOf gives the bodies that share the words before a list of units ("UBND các phường A, B và các xã C, D"), one for each unit,
// and the token after them; nothing where [i, e) is no such list.
func (r *itemReader) eachOf(i, e, last int) ([]string, int) {
	x := sort.Search(len(r.refs), func(x int) bool { return r.refs[x].Last >= e })
	if x >= len(r.refs) || r.refs[x].Last != e || r.refs[x].Rule != "unit.list" || r.refs[x].First <= i+1 {
		return nil, e
	}
	h := r.refs[x].First
	for h > i && (r.Tokens[h-1].Norm == "các" || r.Tokens[h-1].Norm == "những" || r.Tokens[h-1].Kind == text.Number) {
		h--
	}
	if h == i {
		return nil, e
	}
	head := r.tidy(i, h) + " "
	var out []string
	for ; x < len(r.refs) && r.refs[x].Rule == "unit.list" && r.refs[x].First-e <= 3 && r.refs[x].Last <= last; x++ {
		out = append(out, head+r.entries[r.refs[x].Entry].full())
		e = r.refs[x].Last
	}
	return out, e
}

// sharing reports whether a body is one that has no meaning without its owner: cấp ủy, chính quyền, Ban Chấp hành.
func (r *itemReader) sharing(i, e int) bool {
	switch r.norm(i, e) {
	case "cấp ủy", "chính quyền", "ban chấp hành", "bch", "btv", "ban thường vụ", "thường trực", "đảng ủy", "đảng bộ", "ubnd", "hđnd", "ủy ban nhân dân",
		"hội đồng nhân dân", "mttq", "ủy ban mttq", "thường trực hđnd":
		return true
	}
	return false
}

// shareTail gives a bare name the owner of the last one: what stands after the bare name inside it, else after its first words.
func shareTail(bare, last string, head int) string {
	if i := strings.Index(text.Norm(last), text.Norm(bare)+" "); i >= 0 {
		ws := strings.Fields(last)
		skip := len(strings.Fields(text.Norm(last)[:i])) + len(strings.Fields(bare))
		if skip < len(ws) {
			return bare + " " + strings.Join(ws[skip:], " ")
		}
	}
	ws := strings.Fields(last)
	if head < len(ws) {
		return bare + " " + strings.Join(ws[head:], " ")
	}
	return bare
}

// bodyName is a body as items give it: a unit with its type in small letters, everything else as written.
func (r *itemReader) bodyName(i, e int) string {
	if ref, ok := r.refAt(i); ok && ref.Last == e {
		return r.entries[ref.Entry].full()
	}
	return r.tidy(i, e)
}

// sameType gives the second of two units that share a type ("phường A và B") its type, and its body where the first has one.
func (r *itemReader) sameType(names []string) []string {
	if len(names) == 2 {
		a, b := names[0], names[1]
		if i := strings.Index(a, " phường "); i > 0 && strings.HasPrefix(b, "phường ") {
			names[1] = a[:i] + " " + b
		} else if i := strings.Index(a, " xã "); i > 0 && strings.HasPrefix(b, "xã ") {
			names[1] = a[:i] + " " + b
		}
	}
	return names
}

// groupUnits resolves a group of communes to the units that the session is about.
func (r *itemReader) groupUnits(names []string) []string {
	if len(r.mains) < 2 {
		return nil
	}
	for _, n := range names {
		n = text.Norm(n)
		for _, w := range []string{"các xã", "các phường", "hai phường", "các địa phương", "mỗi địa phương", "các đơn vị, địa phương", "hai địa phương"} {
			if strings.Contains(n, w) && !strings.Contains(n, "sở") {
				return r.mains
			}
		}
	}
	return nil
}

// partners finds who leads and who helps: "A chủ trì, phối hợp với B và C".
func (r *itemReader) partners(it *gov.ItemDraft, from, last int) {
	for i := partnerHeads.Next(r.Tokens[:last], from); i < last; i = partnerHeads.Next(r.Tokens[:last], i+1) {
		switch {
		case (r.is(i, "chủ trì") || r.is(i, "làm đầu mối") || r.is(i, "là đầu mối") || r.is(i, "là cơ quan đầu mối")) && it.Lead == "" && i <= from+4:
			if len(it.Assignees) > 0 {
				it.Lead = it.Assignees[0]
			}
		case r.is(i, "phối hợp") && it.Coordinators == nil:
			j := i + 2
			for j < last && j < i+6 && r.Tokens[j].Norm != "với" && r.Tokens[j].Norm != "cùng" {
				j++
			}
			if j >= last || r.Tokens[j].Norm != "với" && r.Tokens[j].Norm != "cùng" {
				continue
			}
			j++
			if j < last && r.Tokens[j].Norm == "với" {
				j++
			}
			it.Coordinators = r.bodies(j, r.subject(j, last))
		}
	}
}

// dueWords begin a term; endWords end its words before the next sign does.
var (
	dueWords = dictOf(map[string]bool{"chậm nhất": true, "muộn nhất": true, "trước ngày": true, "xong trước": true, "hoàn thành trước": true, "trước tháng": true,
		"trước quý": true, "trước tết": true, "trước mùa": true, "trước thời điểm": true, "trước khi": false, "trong tháng": true, "trong quý": true, "trong năm nay": true,
		"trong tuần": true, "trong ngày": true, "hạn chót": true, "ngay sau": true, "trong thời hạn": true, "trong vòng": true, "xong trong": true,
		"hoàn thành trong": true, "trước cuối": true, "đến hết ngày": true, "trước 30": true, "ngay trong": true, "trước năm": true})
	endWords = dictOf(map[string]bool{"để": true, "nhằm": true, "phải": true, "và": true, "cần": true, "vì": true, "theo": true, "về": true, "tổ": true, "trình": true})
)

var (
	// partnerHeads are the words at which partners looks up anything, dueHeads those at which due does.
	partnerHeads = new(grammar.Heads).Words("chủ", "làm", "là", "phối")
	dueHeads     = new(grammar.Heads).Of(dueWords).Words("hoàn", "xong", "trước", "trong")
)

// due gives the words of the text that say by when, or nothing.
func (r *itemReader) due(a, b int) string {
	done := false // a word of finishing stands before
	for i := dueHeads.Next(r.Tokens[:b], a); i < b; i = dueHeads.Next(r.Tokens[:b], i+1) {
		done = done || r.is(i, "hoàn thành") || r.is(i, "xong")
		v, k := dueWords.At(r.Tokens[:b], i)
		if k == 0 {
			if w := r.Tokens[i].Norm; w == "trước" && i+2 < b && r.Tokens[i+1].Kind == text.Number && (r.Tokens[i+2].Norm == "/" || r.Tokens[i+2].Norm == "-" || r.is(i+2, "giờ")) {
				v, k = true, 2
			} else if w == "trong" && i+2 < b && r.Tokens[i+1].Kind == text.Number && (r.is(i+2, "ngày") || r.is(i+2, "tháng") || r.is(i+2, "tuần")) && !r.restOfYear(i, b) {
				if v, k = true, 3; r.is(i+3, "làm việc") {
					k = 5
				}
			} else if done && r.is(i, "trong năm") && i+2 < b && r.Tokens[i+2].Kind == text.Number {
				v, k = true, 3
			} else {
				continue
			}
		}
		if !v {
			continue
		}
		e := i + k
		for e < b && e < i+k+12 {
			t := r.Tokens[e]
			if t.Kind == text.Punct && t.Norm != "/" && t.Norm != "-" || t.Kind == text.Ellipsis {
				break
			}
			if _, n := endWords.At(r.Tokens[:b], e); n > 0 {
				break
			}
			if _, n := vocab().predicates.At(r.Tokens[:b], e); n > 0 && !t.Upper {
				break
			}
			e++
		}
		if r.Tokens[i].Norm == "hoàn" || r.Tokens[i].Norm == "xong" {
			for r.Tokens[i].Norm != "trước" && r.Tokens[i].Norm != "trong" {
				i++
			}
		}
		if e > i+1 {
			return r.tidy(i, e)
		}
	}
	return ""
}

// strength says how binding a directive is: a chain where one body leads another to direct, assigned where a body is named with a
// result or a term, else orientation.
func (r *itemReader) strength(it *gov.ItemDraft, from, last int, f flow) gov.Strength {
	if from < last && r.is(from, "lãnh đạo") && r.bodyAt(from+2, last) > from+2 {
		for i := from + 1; i < last; i++ {
			if r.is(i, "chỉ đạo") {
				return gov.Chain
			}
		}
	}
	if len(it.Assignees) == 0 {
		return gov.Orientation
	}
	if it.Lead != "" || it.Due != "" || f.Rule == "item.assign" || f.Rule == "item.lead_in" && !r.actless() {
		return gov.Assigned
	}
	return gov.Orientation
}

// answered gives the recommendation that a topic names, in the text's words, or nothing.
func (r *itemReader) answered(topic string) string {
	n := text.Norm(topic)
	for _, w := range []string{"kiến nghị", "đề xuất", "đề nghị"} {
		if strings.Contains(n, w) {
			for _, p := range []string{"Về ", "Đối với ", "Liên quan đến ", "về ", "đối với "} {
				topic = strings.TrimPrefix(topic, p)
			}
			return topic
		}
	}
	return ""
}
