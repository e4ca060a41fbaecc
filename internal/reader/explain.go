package reader

import (
	"slices"
	"sort"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// Only with --explain: the stages note what their rules matched where they know it; this last stage adds, for every other field that has a
// value, the words of the text that it came from, and for each field what else stood near and was not taken.

// The rules of evidence that is found by looking for the words of a field again.
const (
	inClause   = "where.clause"   // in the draft's own words
	inSentence = "where.sentence" // in its sentence
	before     = "where.before"   // the last place before it
	composed   = "where.composed" // put together, or from the words around: the sentence stands for it
)

// maxBefore is how far back evidence is looked for, and maxAgainst how many things that were not taken are named.
const (
	maxBefore  = 8000
	maxAgainst = 3
)

func (d *doc) readReasons() {
	if !d.explain {
		return
	}
	for i := range d.out.Figures {
		d.figureReasons(&d.out.Figures[i])
	}
	for _, list := range [][]gov.ItemDraft{d.out.Difficulties, d.out.Recommendations, d.out.Directives, d.out.Commitments} {
		for i := range list {
			d.itemReasons(&list[i])
		}
	}
}

// A reason gathers the evidence of one draft.
type reason struct {
	doc      *doc
	span     text.Span
	sentence text.Span
	why      []gov.Evidence
}

func (d *doc) figureReasons(f *gov.FigureDraft) {
	r := reason{d, f.Span, f.Sentence, slices.Clone(f.Why)}
	r.ensure("kind", f.Rule)
	r.field("measure", f.Measure)
	r.field("period", "")
	r.field("label", f.Label)
	first, last := d.tokensIn(f.Sentence)
	if f.Indicator != "" {
		at := f.Sentence
		d.eachIndicator(first, last, func(i, j int, key string) {
			if key == f.Indicator {
				at = d.span(i, j)
			}
		})
		r.why = append(r.why, gov.Evidence{Field: "indicator", Rule: "figure.indicator", Span: at})
	}
	r.field("unit", f.Unit)
	r.against("kind", d.otherKinds(first, last, f.Kind))
	r.against("period", d.otherTimes(first, last, r.of("period")))
	var others []string
	d.eachIndicator(first, last, func(_, _ int, key string) {
		if key != f.Indicator {
			others = append(others, key)
		}
	})
	r.against("indicator", others)
	r.against("unit", d.otherNames(f.Sentence, true, f.Unit))
	f.Why = r.why
}

func (d *doc) itemReasons(it *gov.ItemDraft) {
	r := reason{d, it.Span, it.Sentence, slices.Clone(it.Why)}
	if it.TopicSpan != nil {
		r.why = append(r.why, gov.Evidence{Field: "topic", Rule: inSentence, Span: *it.TopicSpan})
	}
	r.ensure("act", it.Rule)
	r.field("by", it.By)
	r.field("to", it.To)
	for _, name := range it.Assignees {
		r.field("assignees", name)
	}
	r.field("lead", it.Lead)
	for _, name := range it.Coordinators {
		r.field("coordinators", name)
	}
	r.field("due", it.Due)
	first, last := d.tokensIn(it.Span)
	r.against("due", d.otherTimes(first, last, r.of("due")))
	r.against("by", d.otherPeople(it.Sentence, it.By))
	r.against("assignees", d.otherNames(it.Span, false, append(append([]string{it.By, it.To, it.Lead}, it.Assignees...), it.Coordinators...)...))
	it.Why = r.why
}

// of is the words of the first evidence of a field.
func (r *reason) of(field string) text.Span {
	for _, e := range r.why {
		if e.Field == field {
			return e.Span
		}
	}
	return text.Span{}
}

// ensure gives a field the rule and the sentence as evidence where the rule noted no words.
func (r *reason) ensure(field, rule string) {
	for i, e := range r.why {
		if e.Field == field {
			if e.Span.Empty() {
				r.why[i].Span = r.sentence
			}
			return
		}
	}
	r.why = append(r.why, gov.Evidence{Field: field, Rule: rule, Span: r.sentence})
}

// field looks for the words of a field: in the draft's own words, in its sentence, then backwards from there.
func (r *reason) field(field, words string) {
	if words == "" || field != "assignees" && field != "coordinators" && !r.of(field).Empty() {
		return
	}
	find := func(from, to int, rule string) bool {
		from, to = max(0, from), min(to, len(r.doc.Text))
		if from >= to {
			return false
		}
		at, n := lastWords(r.doc.Text[from:to], words)
		if at >= 0 {
			r.why = append(r.why, gov.Evidence{Field: field, Rule: rule, Span: text.Span{from + at, from + at + n}})
		}
		return at >= 0
	}
	start := r.sentence.Start() - maxBefore
	for start > 0 && r.doc.Text[start]&0xc0 == 0x80 {
		start-- // to the beginning of a character
	}
	if find(r.span[0], r.span[1], inClause) || find(r.sentence[0], r.sentence[1], inSentence) || find(start, r.sentence[0], before) {
		return
	}
	r.why = append(r.why, gov.Evidence{Field: field, Rule: composed, Span: r.sentence})
}

// lastWords finds the last place of words in s, in whatever case; −1 where they do not stand there so.
func lastWords(s, words string) (at, n int) {
	if at := strings.LastIndex(s, words); at >= 0 {
		return at, len(words)
	}
	lower, want := strings.ToLower(s), strings.ToLower(words)
	at = strings.LastIndex(lower, want)
	if at < 0 || at+len(want) > len(s) || !strings.EqualFold(s[at:at+len(want)], words) {
		return -1, 0 // not there, or small letters of another length put the places off
	}
	return at, len(want)
}

// against notes what stood near a field and was not taken.
func (r *reason) against(field string, others []string) {
	var list []string
	for _, o := range others {
		if !slices.Contains(list, o) && len(list) < maxAgainst {
			list = append(list, o)
		}
	}
	for i := range r.why {
		if r.why[i].Field == field && r.why[i].Against == "" {
			r.why[i].Against = strings.Join(list, ", ")
			return
		}
	}
}

// tokensIn gives the tokens that stand in a span.
func (d *doc) tokensIn(s text.Span) (first, last int) {
	first = sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].Span[0] >= s[0] })
	last = sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].Span[0] >= s[1] })
	return first, max(first, last)
}

// eachIndicator calls f for every indicator that the tokens name, by its shortest condition: what must follow a "…" is not looked for.
func (d *doc) eachIndicator(first, last int, f func(i, j int, key string)) {
	for i := first; i < last; {
		list, n := d.indicatorWord(i, last)
		for _, a := range list {
			if a.key != "" && a.rest == "" {
				f(i, i+n, a.key)
			}
		}
		i += max(1, n)
	}
}

// kindOf gives the kind of figure that a role of cue words speaks for.
var kindOf = map[role]gov.FigureKind{"estimate": gov.Estimate, "target": gov.TargetFig, "need": gov.TargetFig, "change": gov.Change, "plan": gov.PlanRatio}

// otherKinds lists the cues among the tokens that speak for another kind.
func (d *doc) otherKinds(first, last int, kind gov.FigureKind) []string {
	var list []string
	cues.Each(d.Tokens, first, last, func(i, j int, r role) {
		if k := kindOf[r]; k != "" && k != kind {
			list = append(list, "“"+d.words(i, j)+"” "+string(k))
		}
	})
	return list
}

// otherTimes lists the times among the tokens that do not overlap what was taken.
func (d *doc) otherTimes(first, last int, taken text.Span) []string {
	var list []string
	for k := sort.Search(len(d.times), func(k int) bool { return d.times[k].First >= first }); k < len(d.times) && d.times[k].First < last; k++ {
		if s := d.span(d.times[k].First, d.times[k].Last); d.times[k].Shape != duration && !s.Overlaps(taken) {
			list = append(list, "“"+s.Of(d.Text)+"”")
		}
	}
	return list
}

// otherNames lists the units (or the units and agencies) in a span that none of the names is.
func (d *doc) otherNames(span text.Span, unitsOnly bool, names ...string) []string {
	var list []string
	first, last := d.tokensIn(span)
	for k := sort.Search(len(d.mentions), func(k int) bool { return d.mentions[k].First >= first }); k < len(d.mentions) && d.mentions[k].First < last; k++ {
		m := d.mentions[k]
		if (m.Unit || !unitsOnly) && !slices.ContainsFunc(names, func(n string) bool { return n != "" && strings.Contains(text.Norm(n), text.Norm(m.Name)) }) {
			list = append(list, m.Name)
		}
	}
	return list
}

// otherPeople lists the persons that a span names and who are not the one.
func (d *doc) otherPeople(span text.Span, name string) []string {
	var list []string
	words := span.Of(d.Text)
	for _, p := range d.out.People {
		if p.Name != name && strings.Contains(words, p.Name) {
			list = append(list, p.Name)
		}
	}
	return list
}
