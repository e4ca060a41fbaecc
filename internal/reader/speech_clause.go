package reader

import (
	"strings"

	"haicap/internal/text"
)

// spokenClause makes an item of one clause after a verb of speech. A verb of its own that only says whom it asks is left out.
func (r *itemReader) spokenClause(a act, x, y int) {
	x = r.afterConnectives(x, y)
	v := x
	for v < y && (r.is(v, "tiếp tục") || r.is(v, "đã")) {
		v += len(strings.Fields(r.Tokens[v].Norm)) + 1
	}
	if tag, k := vocab().cues.At(r.Tokens[:y], v); k > 0 && (tag == "ask" || tag == "order" || tag == "assign" || tag == "propose" || tag == "wish") && !r.isNoun(v, k, v, y) {
		if e := r.addressee(v+k, y); e > v+k {
			x = v + k
			if a == recommendationAct {
				r.flow.To = r.tidy(x, e)
			}
		}
	}
	r.add(x, y, r.flow)
	r.flow.Topic = text.Span{}
}

// addressed gives the bodies that a sentence turns to before its verb: "Đối với Sở A, đồng chí yêu cầu …".
func (r *itemReader) addressed(first, at int) []string {
	i := r.afterConnectives(first, at)
	for _, w := range []string{"riêng đối với", "riêng với", "đối với", "riêng", "với"} {
		if !r.is(i, w) {
			continue
		}
		i += len(strings.Fields(w))
		if e := r.subject(i, at); e > i && e < at && r.Tokens[e].Norm == "," {
			return r.bodies(i, e)
		}
		return nil
	}
	return nil
}

// handsOver gives the semicolon after which another person speaks ("xã đề nghị …; ông A yêu cầu …"), or last.
func (r *itemReader) handsOver(c cue, last int) int {
	for j := c.after; j < last; j++ {
		if r.Tokens[j].Norm != ";" {
			continue
		}
		e := j + 1
		for e < last && r.Tokens[e].Norm != ";" {
			e++
		}
		if next, ok := r.findCue(r.afterConnectives(j+1, e), e); ok && next.by.Person && !next.carried && next.by.Name != c.by.Name {
			return j
		}
		j = e - 1
	}
	return last
}
