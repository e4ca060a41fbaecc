package reader

import (
	"sort"

	"haicap/internal/gov"
	"haicap/internal/reader/grammar"
	"haicap/internal/text"
)

// How far the reader looks from a number, in tokens. The bounds keep reading linear where a text is one sentence.
const (
	farLeft  = 60
	farRight = 24
)

// A role is what a word does for the numbers after it (data/figure_cues.csv).
type role string

var cues = func() *grammar.Dict[role] {
	d := &grammar.Dict[role]{}
	for _, r := range table("figure_cues.csv") {
		d.Add(r[0], role(r[1]))
	}
	return d
}()

// goesOn are words at the start of a sentence or line that carry on what the one before claims.
var goesOn = phrases([]string{"trong đó", "đồng thời", "cùng với đó", "bên cạnh đó", "ngoài ra", "cụ thể"})

// A reach is what governs the numbers of a paragraph at one point of it.
type reach struct {
	time   *timeRef // the last time that governs
	lead   bool     // it stands at the head of the sentence that the number is in
	target bool     // the sentence, or one before that it goes on with, sets aims
	aims   bool     // the heading above sets aims: they go on to the paragraph's end
	term   bool     // the paragraph speaks of a term
	unit   string   // the last unit that was a subject
	known  bool     // unit is settled, also where it is empty: several units, a project
	since  int      // sentences since time was named
}

// A context is what is known of one number's surroundings.
type context struct {
	reach
	clause  int      // first token of the clause: after a semicolon, an opening bracket, the sentence's start
	segment int      // first token after the figure before, or of the clause
	next    int      // token at which the next number with the same measure begins
	right   int      // token after the last one of what belongs to the number: up to the next sign or number
	bracket bool     // the clause stands in brackets
	outside *outside // what held before the bracket
	own     *timeRef // the time in the number's own clause
	before  *gov.FigureDraft
	within  bool // the figure before is a part of another ("trong đó")
	gap     bool // the figure before stands in another clause
}

// outside keeps what held before a bracket opened.
type outside struct {
	reach
	clause, segment, figures int
	own                      *timeRef
}

// readFigures finds the numbers that could stand in a ledger.
func (d *doc) readFigures() {
	d.busy = zeroed(d.busy, len(d.Tokens))
	for _, t := range d.times {
		for k := t.First; k < t.Last; k++ {
			d.busy[k] = true
		}
	}
	f := &figures{doc: d, owners: d.unitWords()}
	for i, p := range d.paras {
		switch {
		case p.Class.silent():
		case p.Class == tableRow:
			f.row(i)
		default:
			f.paragraph(p)
		}
	}
}

// figures is the stage's own state.
type figures struct {
	*doc
	owners *owners
	now    int // index of the first time that is not before the current sentence
	last   reach
	table  *sheet   // the table that the rows are of
	keys   []string // indicators that the label of the figure before names
}

func (f *figures) paragraph(p para) {
	r := f.led(p)
	if _, n := goesOn.At(f.Tokens, p.Body); n > 0 {
		r.target, r.unit, r.known = f.last.target, f.last.unit, f.last.known
	}
	for s := p.First; s < p.Last; s++ {
		r = f.sentence(s, p, r)
	}
	f.last = r
}

// led gives what the lines that lead into a list item or a heading's text settle for it: a year, and whether it sets aims.
func (f *figures) led(p para) reach {
	r := reach{}
	settled := false
	for k, depth := p.Lead, 0; k >= 0 && depth < 4; k, depth = f.paras[k].Lead, depth+1 {
		first, last := f.Sentences[f.paras[k].First].First, f.end(f.paras[k])
		if r.time == nil && depth == 0 && f.Tokens[last-1].Norm == ":" {
			for i := f.timeIndex(first); i < len(f.times) && f.times[i].First < last; i++ {
				if t := &f.times[i]; t.Shape == aYear || t.Shape == months || t.Shape == years && !f.is(t.First, "nhiệm kỳ") {
					r.time = t
				}
			}
		}
		done := f.has(doneLeads, first, last)
		aim := f.has(aimHeads, first, last) || f.Tokens[last-1].Norm == ":" && f.has(orderHeads, first, last)
		if !settled && (done || aim) {
			r.target, r.aims, settled = aim && !done, aim && !done, true
		}
	}
	return r
}

// aimHeads are words of headings whose lists set aims.
var aimHeads = phrases([]string{"mục tiêu", "chỉ tiêu chủ yếu", "các chỉ tiêu", "phương hướng", "nhiệm vụ", "phấn đấu", "chỉ tiêu đến năm", "chỉ tiêu năm", "chỉ tiêu về", "chỉ tiêu kinh tế",
	"chỉ tiêu xã hội", "chỉ tiêu môi trường", "chỉ tiêu cụ thể", "các chỉ tiêu chủ yếu",
	"chỉ tiêu"})

// orderHeads are words of lead-ins whose lists say what is to be done.
var orderHeads = phrases([]string{"yêu cầu", "giao", "chỉ đạo", "tập trung"})

// doneLeads are words of headings whose lists tell what was done.
var doneLeads = phrases([]string{"kết quả", "đạt được", "tình hình", "đánh giá", "thực trạng", "hạn chế", "khó khăn", "số liệu", "ưu điểm", "tồn tại"})

// timeIndex is the index of the first time at or after the token.
func (f *figures) timeIndex(token int) int {
	return sort.Search(len(f.times), func(i int) bool { return f.times[i].First >= token })
}

// briefTime is how many sentences a month, a quarter or a day still governs; years and terms govern their paragraph.
const briefTime = 2

// sentence reads the figures of one sentence and gives what it leaves to govern the next.
func (f *figures) sentence(s int, p para, r reach) reach {
	sent := f.Sentences[s]
	first := max(sent.First, p.Body)
	r.lead = false
	if r.target && f.saysPast(first, sent.Last) {
		r.target = false
	}
	if r.since++; r.since > briefTime && r.time != nil && r.time.Shape != aYear && r.time.Shape != years && r.time.Shape != months && r.time.Shape != quarter {
		r.time = nil
	}
	if f.aboutProject(first, sent.Last) {
		r.unit, r.known = "", true
	} else if _, n := goesOn.At(f.Tokens[:sent.Last], first); r.unit == "" && n == 0 {
		r.known = false
	}
	aims := false
	f.buf = f.quantities(s, first, sent.Last, f.busy, f.buf[:0])
	for f.now < len(f.times) && f.times[f.now].First < first {
		f.now++
	}
	at := first
	c := context{clause: first, segment: first}
	for i, q := range f.buf {
		r = f.advance(&c, r, at, q.First, first)
		at = q.Last
		c.right = f.rightEdge(q, sent.Last)
		if i+1 < len(f.buf) {
			c.right = min(c.right, f.buf[i+1].CmpFrom)
		}
		c.next = f.nextAlike(i, sent.Last)
		c.reach = r
		f.emit(q, &c, sent)
		aims = aims || f.out.Figures[len(f.out.Figures)-1].Kind == gov.TargetFig
		c.within = f.near(q.CmpFrom, "trong đó", 6)
		c.before, c.gap, c.segment = &f.out.Figures[len(f.out.Figures)-1], false, q.Last
	}
	r = f.advance(&c, r, at, sent.Last, first)
	r.target = r.target && aims || r.aims
	return r
}

// nextAlike is where the next number with the same measure begins: words after it are not this number's.
func (f *figures) nextAlike(i, last int) int {
	for k := i + 1; k < min(len(f.buf), i+6); k++ {
		if f.buf[k].Measure == f.buf[i].Measure {
			return f.buf[k].CmpFrom
		}
	}
	return last
}

// advance walks the tokens [from, to) and keeps clause, governing time, aim and subject up to date.
func (f *figures) advance(c *context, r reach, from, to, start int) reach {
	heard := from // cues inside a phrase that was heard already do not count: "vượt mục tiêu"
	for i := from; i < to; i++ {
		t := f.Tokens[i]
		switch t.Norm {
		case ";":
			c.clause, c.segment, c.own, c.gap = i+1, i+1, nil, true
			continue
		case "(":
			c.outside = &outside{reach: r, clause: c.clause, segment: c.segment, own: c.own, figures: len(f.out.Figures)}
			c.bracket, c.clause, c.segment, c.own = true, i+1, i+1, nil
			continue
		case ")":
			if c.bracket {
				own := c.own
				dated := own != nil && own.First == c.clause && own.Last == i
				r = c.leave(r, i+1, len(f.out.Figures))
				if dated {
					c.own = own // dân số (năm 2016) là …
				}
			}
			continue
		case "nhiệm":
			r.term = r.term || f.is(i, "nhiệm kỳ")
		case "đề", "đặt", "xác":
			r.target = r.target || f.setsAims(i)
		}
		for f.now < len(f.times) && f.times[f.now].First < i {
			f.now++
		}
		if f.now < len(f.times) && f.times[f.now].First == i {
			ref := &f.times[f.now]
			if f.governs(ref, start) {
				r.time, c.own, r.since = ref, ref, 0
				r.lead = ref.First <= start+6
			}
			if ref.Shape == years {
				r.term = true
			}
			if ref.Shape == duration && f.is(i, "5 năm") {
				r.term = true
			}
		}
		if name, ok := f.owners.at(i); ok && f.owns(c, r) {
			r.unit, r.known = name, true
		}
		if t.Kind == text.Word && i >= heard {
			if role, n := cues.At(f.Tokens[:to], i); n > 0 {
				heard = i + n
				switch role {
				case "target", "targetchange":
					r.target = r.target || !f.ofShare(i)
				case "past":
					r.target = false
				}
			}
		}
	}
	return r
}

// leave closes a bracket: what governed before it governs again. A bracket that held no figure belongs to the label around it.
func (c *context) leave(now reach, after, figures int) reach {
	o := c.outside
	c.bracket, c.clause, c.own = false, o.clause, o.own
	c.segment = after
	if figures == o.figures {
		c.segment = o.segment
	}
	r := o.reach
	if r.known && r.unit == "" {
		r.unit = now.unit // Dự án … (đoạn qua huyện A)
	}
	return r
}

// owns reports whether a unit named now owns the figures to come: not in a bracket, and for a project only before its first figure.
func (f *figures) owns(c *context, r reach) bool {
	if r.known && r.unit == "" {
		return c.before == nil
	}
	return !c.bracket
}

// aboutProject reports whether the sentence is about a project or a building, whose figures are no unit's.
func (f *figures) aboutProject(first, last int) bool {
	if first >= last {
		return false
	}
	switch f.Tokens[first].Norm {
	case "dự":
		return f.is(first, "dự án")
	case "công":
		return f.is(first, "công trình")
	case "tuyến":
		return true
	}
	return first+4 < last && f.Tokens[first].Norm == "theo" && f.is(first+3, ", tuyến")
}

// saysPast reports whether the sentence begins by telling what was done.
func (f *figures) saysPast(first, last int) bool {
	if _, n := goesOn.At(f.Tokens[:last], first); n > 0 {
		return false
	}
	near := f.Tokens[:min(last, first+20)]
	for i := cues.Next(near, first); i < len(near); i = cues.Next(near, i+1) {
		if role, n := cues.At(f.Tokens[:last], i); n > 0 && role == "past" {
			return true
		}
	}
	return false
}

// rightEdge is where the words that belong to the number end.
func (f *figures) rightEdge(q quantity, last int) int {
	k := q.Last
	for k < last && k < q.Last+farRight {
		if f.Tokens[k].Norm == "/" && f.Tokens[k-1].Kind == text.Number {
			k++
			continue
		}
		if t := f.Tokens[k]; t.Kind == text.Punct && t.Norm != "-" && t.Norm != "–" && t.Norm != "&" || t.Kind == text.Ellipsis {
			break
		}
		k++
	}
	return k
}

// governs reports whether a time is one that the numbers after it speak of. The day of a document, the term of a congress or a
// programme's stage inside a name, and what is only compared with do not govern.
func (f *figures) governs(ref *timeRef, start int) bool {
	if ref.Shape == duration || ref.First > 0 && f.near(ref.First, "so với", 5) {
		return false
	}
	lead := ref.First <= start+2
	switch ref.Shape {
	case months:
		return f.period(*ref) != "" // "từ đầu năm" of an unknown year
	case day:
		return ref.Month > 0 && ref.Year > 0 && !f.afterNumber(ref.First) && (ref.First == start || f.Tokens[ref.First-1].Norm != ",")
	case years:
		if lead {
			return true
		}
		switch f.Tokens[ref.First-1].Norm {
		case "trong", "cả", "qua":
			return true
		case ",":
			return f.Tokens[ref.First].Norm == "giai"
		}
		return false
	case aYear:
		if ref.First > start && ref.Last == ref.First+1 && f.Tokens[ref.First-1].Kind == text.Word {
			return false // Luật Đất đai 2013
		}
	}
	return true
}

// emit puts a quantity with its surroundings together to a figure.
func (f *figures) emit(q quantity, c *context, sent text.Sentence) {
	span := f.span(q.First, q.Last)
	f.numbers = append(f.numbers, q)
	fig := gov.FigureDraft{Text: span.Of(f.Text), Span: span, Value: q.Value, Of: q.Of, Measure: q.Measure, Comparator: q.Cmp,
		Sentence: sent.Span, Confidence: gov.Likely}
	if q.Second && c.before != nil {
		f.pair(fig, *c.before)
		return
	}
	m := f.meaning(q, c)
	fig.Kind, fig.Rule = m.kind, m.rule
	fig.Label, fig.Indicator = f.label(q, c, m)
	ref := f.timeOf(q, c, sent)
	if ref != nil {
		fig.Period = f.period(*ref)
	}
	fig.Scope = f.scope(ref, c, q)
	if fig.Kind == gov.Result && f.future(fig.Period) && q.Class != timeLen {
		fig.Kind, fig.Rule = gov.TargetFig, "figure.future"
	}
	fig.Unit = f.unitOf(q, c)
	fig.Confidence = confidence(fig, q)
	if f.explain {
		fig.Why = f.why(q, c, m, ref, fig)
	}
	f.out.Figures = append(f.out.Figures, fig)
}

// pair files the second end of a range: all but its value is the first one's.
func (f *figures) pair(fig, first gov.FigureDraft) {
	fig.Kind, fig.Rule, fig.Label, fig.Indicator = first.Kind, first.Rule, first.Label, first.Indicator
	fig.Period, fig.Scope, fig.Unit, fig.Confidence, fig.Why = first.Period, first.Scope, first.Unit, first.Confidence, first.Why
	f.out.Figures = append(f.out.Figures, fig)
}

// future reports whether the period begins after the document's year.
func (f *figures) future(p gov.Period) bool {
	day := f.out.Document.Date
	if day == "" {
		day = f.out.Document.Published
	}
	return len(p) >= 4 && len(day) >= 4 && string(p[:4]) > string(day[:4])
}

// confidence: sure where measure, label and indicator are known and agree; open where nothing says what is measured.
func confidence(fig gov.FigureDraft, q quantity) gov.Confidence {
	switch {
	case q.Class == unknown || fig.Label == "":
		return gov.Open
	case fig.Indicator != "" && fig.Unit != "" && fig.Period != "":
		return gov.Sure
	case q.Class == percent || q.Class == money || q.Class == people || q.Class == targets || q.Class == size:
		return gov.Sure
	}
	return gov.Likely
}

// why lists the evidence for --explain.
func (f *figures) why(q quantity, c *context, m meaning, ref *timeRef, fig gov.FigureDraft) []gov.Evidence {
	list := []gov.Evidence{{Field: "value", Rule: "figure.number", Span: f.Tokens[q.Num].Span}}
	if m.cueLast > m.cue {
		list = append(list, gov.Evidence{Field: "kind", Rule: fig.Rule, Span: f.span(m.cue, m.cueLast), Against: m.against})
	}
	if q.CmpFrom < q.Num {
		list = append(list, gov.Evidence{Field: "comparator", Rule: "figure.comparator", Span: f.span(q.CmpFrom, q.Num)})
	}
	if ref != nil {
		list = append(list, gov.Evidence{Field: "period", Rule: ref.Rule, Span: f.span(ref.First, ref.Last)})
	}
	return list
}

// timeOf gives the time that the value speaks of: the one in its clause, else the one that governs its sentence or paragraph.
func (f *figures) timeOf(q quantity, c *context, sent text.Sentence) *timeRef {
	if c.own != nil {
		return c.own
	}
	for k := f.now; k < len(f.times) && f.times[k].First < min(sent.Last, q.Last+12); k++ {
		ref := &f.times[k]
		if ref.First < q.Last {
			continue
		}
		if !f.clear(q.Last, ref.First) || ref.Shape == duration || ref.Shape == day || f.near(ref.First, "so với", 5) {
			break
		}
		return ref
	}
	return c.time
}

// clear reports whether the words between a number and a time after it let the time speak of the number: no sign, no other verb.
func (f *figures) clear(from, to int) bool {
	for k := from; k < to; k++ {
		t := f.Tokens[k]
		if t.Kind == text.Number || t.Kind == text.Punct && t.Norm != "-" && t.Norm != "(" || t.Kind == text.Ellipsis {
			return false
		}
		switch t.Norm {
		case "được", "đã", "khởi", "thành", "ban", "do", "tăng", "giảm", "so", "kế", "theo", "là", "từ":
			return false
		}
	}
	return true
}

// scope: annual where the year stands in the value's own clause or leads its sentence, term where the text says so, else open.
func (f *figures) scope(ref *timeRef, c *context, q quantity) gov.Scope {
	if ref == nil {
		return gov.ScopeOpen
	}
	if ref.Shape != aYear && ref.Shape != years && ref.Shape != thisYear {
		return gov.ScopeOpen
	}
	own := ref == c.own || ref.First >= q.Last
	switch {
	case ref.Shape == years && ref.To > ref.Year+1 && (own || c.lead):
		return gov.Term
	case ref.Shape == years:
		return gov.ScopeOpen
	case own && ref.First >= c.clause, c.lead && !c.term:
		if f.cumulative(c) {
			return gov.Term
		}
		return gov.Annual
	}
	return gov.ScopeOpen
}

// cumulative reports whether the clause says that the value adds up over more than a year.
func (f *figures) cumulative(c *context) bool {
	for i := c.clause; i < c.right; i++ {
		if f.is(i, "lũy kế") || f.is(i, "luỹ kế") || f.is(i, "cả nhiệm kỳ") || f.is(i, "toàn nhiệm kỳ") {
			return true
		}
	}
	return false
}
