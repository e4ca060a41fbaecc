package reader

import (
	"haicap/internal/gov"
	"haicap/internal/reader/grammar"
	"haicap/internal/text"
)

// An act is what a sentence does, as far as it makes items.
type act uint8

const (
	noAct act = iota
	difficultyAct
	recommendationAct
	directiveAct
	commitmentAct
)

// actsByName are the acts as the word lists name them.
var actsByName = map[string]act{"difficulty": difficultyAct, "recommendation": recommendationAct, "directive": directiveAct,
	"commitment": commitmentAct}

// A speaker is who says what the next sentences tell: a person, a unit or an agency.
type speaker struct {
	Name   string
	Rank   int
	Person bool
}

// A flow is the act that goes on from sentence to sentence until one does something else.
type flow struct {
	Act       act
	By        speaker
	To        string
	Assignees []string
	Topic     text.Span
	Para      int
	Past      bool
	Rule      string
	Cue       text.Span // the words that say what the sentence does
	Sure      bool      // a plan that names a time to come and a verb of planning
	Here      bool      // the sentence goes on in the paragraph that began it
}

// An itemReader reads items sentence by sentence. What it carries along is the model: who speaks, what act goes on, whom it asks.
type itemReader struct {
	*doc
	speaker  speaker // who spoke last
	sayer    speaker // whose words a sentence gives after "cho biết"
	person   speaker // the last of them who was a person: "đồng chí", "ông"
	flow     flow
	section  act      // what the heading above makes of its items
	lead     *flow    // what the lead-in of a list gives to its items
	depth    int      // level of the line that gave lead
	party    bool     // a committee of the Party issued the document: it directs the Front, which the others ask
	below    bool     // the lead is a heading: it holds for the text below it too
	standing []string // the bodies that an official document gives all tasks of its section to
	para     int
	whole    text.Span         // the sentence that is read
	visitor  int               // the highest rank among the people named
	table    *taskTable        // the table whose rows are read
	voice    string            // see voices
	heard    bool              // voice is known
	unnamed  bool              // the text speaks of somebody by an office that it gives to no name
	tiers    map[string]string // see tierName
	agency   map[string]string // see firstNames
}

// readItems is the stage that finds items.
func (d *doc) readItems() {
	r := &itemReader{doc: d}
	for _, p := range d.persons.list {
		r.visitor = max(r.visitor, p.rank)
	}
	for _, ref := range d.persons.refs {
		r.unnamed = r.unnamed || ref.Person < 0
	}
	r.speaker = r.author()
	r.party = rulesFront(r.speaker.Name)
	if r.speaker.Person {
		r.person = r.speaker
	}
	for i, p := range d.paras {
		r.para = i
		switch {
		case p.Class.silent():
		case p.Class == tableRow:
			r.flow = flow{}
			r.row(p)
		case p.Class == heading || p.Class == listItem && r.heads(i):
			r.heading(p)
		default:
			r.paragraph(p)
		}
	}
}

// heads reports whether a line with a marker is the heading of what follows: it is short, ends without a stop and has no verb of
// speech, and the next line lies deeper or has no marker.
func (r *itemReader) heads(i int) bool {
	p := r.paras[i]
	if r.stops(p) || i+1 >= len(r.paras) || p.Last-p.First > 1 && r.Sentences[p.Last-1].First > p.Body || r.end(p)-p.Body > 30 || r.Tokens[r.end(p)-1].Norm == ":" {
		return false
	}
	next := r.paras[i+1]
	if next.Class == listItem && next.Level <= p.Level || next.Class.silent() {
		return false
	}
	_, spoken := r.findCue(p.Body, r.end(p))
	return !spoken
}

// heading takes from a heading what its items are. A heading that says nothing of it leaves a section under way as it was.
func (r *itemReader) heading(p para) {
	r.flow, r.lead = flow{}, nil
	last := r.end(p)
	if a, ok := r.sectionAct(p.Body, last); ok {
		r.section = a
	} else if p.Level == 1 {
		r.section = noAct
	}
	if p.Level == 1 {
		r.standing = nil
	}
	r.depth, r.below = p.Level, false
	if r.Tokens[last-1].Norm == ":" {
		if c, ok := r.findCue(r.afterConnectives(p.Body, last), last); ok {
			r.leadFrom(c, last-1)
			return
		}
	}
	if e := r.subject(p.Body, last); e > p.Body && (e >= last || e == last-1 && r.Tokens[e].Kind == text.Punct) && (r.section == directiveAct || r.actless()) {
		r.lead = &flow{Act: directiveAct, By: r.speaker, Assignees: r.bodies(p.Body, e), Rule: "item.lead_in"}
		r.below = !r.actless()
	}
}

// sectionAct looks for a word of sections in a heading; the first decides.
func (r *itemReader) sectionAct(first, last int) (act, bool) {
	for i := first; i < last; i++ {
		if tag, k := vocab().sections.At(r.Tokens[:last], i); k > 0 {
			a := actsByName[tag]
			if r.concludes() && (a == commitmentAct || a == recommendationAct) {
				a = directiveAct // whatever a notice of conclusions lists is ordered
			}
			return a, true
		}
	}
	return noAct, false
}

// paragraph reads the sentences of one paragraph.
func (r *itemReader) paragraph(p para) {
	if p.Class == listItem && r.leadIn(p) {
		return
	}
	if r.lead != nil && (p.Class != listItem && !r.below && !r.ordinal(p) || p.Class == listItem && p.Level <= r.depth) {
		r.lead = nil
	}
	for x := p.First; x < p.Last; x++ {
		s := r.Sentences[x]
		first := max(s.First, p.Body)
		if first < s.Last {
			r.sentence(first, s.Last)
		}
	}
}

// leadIn reports whether a list item only leads into the items below it ("1. Sở Tài chính:", "2. Về kinh tế"), and keeps what it says.
func (r *itemReader) leadIn(p para) bool {
	last := r.end(p)
	if last <= p.Body {
		return true
	}
	colon := r.Tokens[last-1].Norm == ":"
	if !colon {
		return false
	}
	r.flow, r.lead, r.depth, r.below = flow{}, nil, p.Level, false
	if c, ok := r.findCue(p.Body, last); ok {
		r.leadFrom(c, last-1)
		return true
	}
	if e := r.bodyAt(p.Body, last); e > p.Body {
		r.lead = &flow{Act: directiveAct, By: r.speaker, Assignees: r.bodies(p.Body, last-1), Rule: "item.lead_in"}
		return true
	}
	if a, ok := r.sectionAct(p.Body, last); ok && !r.actless() {
		r.section = a
	}
	return true
}

// leadFrom takes from a verb of speech before a colon what the lines below are: "Đồng chí đề nghị phường:".
func (r *itemReader) leadFrom(c cue, last int) {
	start, to := r.content(c, last)
	a := r.actOf(c, start, last, to)
	if c.by.Person || r.actless() {
		r.speaker = c.by
	}
	if c.by.Person {
		r.person = c.by
	}
	f := flow{Act: a, By: c.by, To: to, Para: r.para, Rule: "item.lead_in", Cue: r.span(c.at, c.after)}
	if e := r.subject(start, last); a == recommendationAct && f.To == "" && e > start {
		f.To = r.tidy(start, e)
	} else if a == directiveAct {
		f.Assignees = r.bodies(start, e)
		for j := start; j < last && f.Assignees == nil; j++ { // một số nhiệm vụ xã cần thực hiện
			if e := r.bodyAt(j, last); e > j {
				if tag, _ := vocab().predicates.At(r.Tokens[:last], e); tag == "modal" {
					f.Assignees = r.bodies(j, e)
				}
				j = e - 1
			}
		}
	}
	r.flow = f
	if a != noAct {
		r.lead = &f
	}
	if a == directiveAct && !r.actless() && r.paras[r.para].Class != listItem {
		r.standing = f.Assignees
	}
}

// ordinal reports whether a paragraph counts itself as one of several: "Một là, …", "Thứ hai, …".
func (r *itemReader) ordinal(p para) bool {
	i := p.Body
	if i+1 >= r.end(p) {
		return false
	}
	if r.Tokens[i].Norm == "thứ" {
		return true
	}
	return r.Tokens[i+1].Norm == "là" && r.Tokens[i].Upper && p.Class == body
}

// onlyBodies reports whether [start, last) names nothing but bodies: the paragraph leads into the lines below it.
func (r *itemReader) onlyBodies(start, last int) bool {
	return start >= last || r.subject(start, last) >= last
}

// announces reports whether what a verb of speech before a colon says is only that a list follows: it ends with a word for several
// and a noun that counts ("tập trung thực hiện tốt một số nội dung sau").
func (r *itemReader) announces(start, last int) bool {
	if _, k := listNouns.At(r.Tokens[:last], start); k > 0 {
		return true
	}
	for j := start; j < last; j++ {
		if j > start+3 && j < last-12 {
			j = last - 12
		}
		v, k := pluralWords.At(r.Tokens[:last], j)
		if k > 0 && v || r.Tokens[j].Kind == text.Number {
			if _, m := listNouns.At(r.Tokens[:last], j+max(k, 1)); m > 0 {
				return true
			}
		}
	}
	return false
}

// sentence decides what one sentence does.
func (r *itemReader) sentence(first, last int) {
	for first < last && r.Tokens[first].Kind == text.Punct {
		first++
	}
	r.whole = r.span(first, last)
	end := r.trimEnd(first, r.unsaid(first, last))
	if first >= end {
		return
	}
	start := r.afterConnectives(first, end)
	if r.topical(start, end) || r.voiced(start, end) || r.raised(start, end) {
		return
	}
	c, ok := r.findCue(start, end)
	if ok && r.Tokens[last-1].Norm == ":" {
		if from, _ := r.content(c, end); r.onlyBodies(from, end) || r.announces(from, end) {
			r.depth, r.below = 0, false
			r.leadFrom(c, end)
			return
		}
	}
	if ok && (r.lead == nil || r.paras[r.para].Class != listItem || c.at == start && r.addressee(c.after, end) > c.after) {
		r.spoken(c, first, end)
		return
	}
	r.unspoken(first, start, end)
}

// trimEnd gives the end without the signs that close a sentence.
func (r *itemReader) trimEnd(first, last int) int {
	for last > first {
		t := r.Tokens[last-1]
		if t.Kind == text.Word || t.Kind == text.Number || t.Norm == "%" || t.Norm == ")" && !(last-first > 1 && r.Tokens[last-2].Kind == text.Ellipsis) {
			break
		}
		if (t.Norm == "”" || t.Norm == `"`) && last-first > 1 && (r.Tokens[last-2].Kind == text.Word || r.Tokens[last-2].Kind == text.Number) && r.opened(first, last-1) {
			break
		}
		last--
	}
	return last
}

// unsaid gives the end of a sentence without the words after a quotation that only say whose it is: `…", ông A nhấn mạnh.`
func (r *itemReader) unsaid(first, last int) int {
	for q := last - 2; q > first && q > last-25; q-- {
		if t := r.Tokens[q].Norm; t != `"` && t != "”" || r.Tokens[q+1].Norm != "," && r.Tokens[q+1].Norm != "-" && r.Tokens[q+1].Norm != "–" || q+2 >= last {
			continue
		}
		if _, k := honorifics.At(r.Tokens[:last], q+2); k > 0 || r.titleHead(q+2, last) || vocab().surnames[r.Tokens[q+2].Norm] {
			for i := q + 2; i < last; i++ { // "…", ông A nói và yêu cầu …
				if tag, n := vocab().cues.At(r.Tokens[:last], i); n > 0 && tag != "say" && tag != "stress" {
					return last
				}
			}
			return q
		}
		return last
	}
	return last
}

// opened reports whether a quotation that the last token closes was opened in [first, last).
func (r *itemReader) opened(first, last int) bool {
	straight := 0
	for i := last - 1; i >= first && i > last-400; i-- {
		switch r.Tokens[i].Norm {
		case "“":
			return true
		case `"`:
			straight++
		}
	}
	return straight%2 == 1
}

// afterConnectives gives the first token that is no connective and no comma after one.
func (r *itemReader) afterConnectives(i, last int) int {
	for i < last {
		_, k := vocab().connectives.At(r.Tokens[:last], i)
		if k == 0 || r.is(i+k, "hóa") {
			return i
		}
		i += k
		for i < last && (r.Tokens[i].Norm == "," || r.Tokens[i].Norm == ":") {
			i++
		}
	}
	return i
}

// clauses cuts [first, last) at semicolons and calls f for each piece.
func (r *itemReader) clauses(first, last int, f func(a, b int)) {
	for a := first; a <= last; {
		i := r.semicolon(a, last)
		if i > a {
			f(a, i)
		}
		a = i + 1
	}
}

var semicolons = new(grammar.Heads).Words(";")

// semicolon gives the first semicolon in [i, last), or last.
func (r *itemReader) semicolon(i, last int) int {
	for i = semicolons.Next(r.Tokens[:last], i); i < last && r.Tokens[i].Norm != ";"; {
		i = semicolons.Next(r.Tokens[:last], i+1)
	}
	return i
}

// add puts one clause into the reading as the act says. The clause is trimmed; what is too short to be one is left out.
func (r *itemReader) add(a, b int, f flow) {
	b = r.trimEnd(a, b)
	for a < b && r.Tokens[a].Kind == text.Punct && r.Tokens[a].Norm != "“" && r.Tokens[a].Norm != "(" && r.Tokens[a].Norm != `"` {
		a++
	}
	a = r.afterConnectives(a, b)
	if b-a < 4 {
		return
	}
	span := r.span(a, b)
	it := gov.ItemDraft{Text: span.Of(r.Text), Span: span, Rule: f.Rule, Sentence: r.whole}
	if f.Act != difficultyAct {
		it.By = f.By.Name
	}
	if r.explain {
		it.Why = append(it.Why, gov.Evidence{Field: "act", Rule: f.Rule, Span: f.Cue})
	}
	if !f.Topic.Empty() {
		topic := f.Topic // a copy, so that f itself needs no memory of its own
		it.Topic, it.TopicSpan = topic.Of(r.Text), &topic
	}
	if f.Act == directiveAct {
		r.directive(&it, a, b, f)
	}
	it.Confidence = r.confidence(&it, a, b, f)
	switch f.Act {
	case difficultyAct:
		r.out.Difficulties = append(r.out.Difficulties, it)
	case recommendationAct:
		it.To = f.To
		r.out.Recommendations = append(r.out.Recommendations, it)
	case directiveAct:
		r.out.Directives = append(r.out.Directives, it)
	case commitmentAct:
		r.out.Commitments = append(r.out.Commitments, it)
	}
}
