package reader

import (
	"haicap/internal/gov"
	"haicap/internal/text"
)

// An item is sure where the text's structure leaves no other reading: an explicit verb of speech with a speaker whom the text names,
// a clause that begins with whoever is asked or with what is to be done, a list under a heading or a lead-in that says what it
// lists. Everything that is carried over a paragraph, quoted, told of or recognised by single words is likely at most.

// sureClause bounds, in tokens, a clause that is sure: longer ones often run on into what they give as reasons.
const sureClause = 90

// confidence says how sure the item is whose clause is [a, b).
func (r *itemReader) confidence(it *gov.ItemDraft, a, b int, f flow) gov.Confidence {
	switch {
	case f.Act == directiveAct && len(it.Assignees) == 0 && !r.concludes():
		return gov.Open
	case it.By == "" && f.Act != difficultyAct, b-a > sureClause, r.told(a, b):
		return gov.Likely
	}
	sure := false
	switch f.Rule {
	case "item.lead_in", "item.section", "item.topic", "item.proposes_order":
		sure = f.Act == difficultyAct || r.begins(a, b) || f.Act == commitmentAct && !r.actless()
	case "item.order", "item.assign", "item.ask", "item.propose", "item.wish", "item.says_must", "item.direct":
		sure = r.begins(a, b) && (f.Act != directiveAct || f.By.Person || !r.actless() || f.By.Rank != rankUnknown)
	case "item.difficulty_list", "item.voices", "item.resolved":
		sure = true
	case "item.plan":
		sure = f.Sure
	case "item.goes_on":
		sure = f.Act == directiveAct && f.Here && r.starts(a, b)
	}
	if sure {
		return gov.Sure
	}
	return gov.Likely
}

// told reports whether [a, b) reports or quotes rather than asks: "đã" or a person at its start, a verb of saying, a quotation
// that only one of its marks stands in.
func (r *itemReader) told(a, b int) bool {
	quotes := 0
	heads := &vocab().toldHeads
	for i := heads.Next(r.Tokens[:b], a); i < b; i = heads.Next(r.Tokens[:b], i+1) {
		switch t := &r.Tokens[i]; {
		case t.Norm == `"`:
			quotes++
		case t.Norm == "“":
			quotes += 2
		case t.Norm == "”":
			quotes -= 2
		case t.Norm == "đã" && i < a+8:
			return true
		}
		tag, k := vocab().cues.At(r.Tokens[:b], i)
		if k > 0 && tag == "say" && (r.is(i, "cho biết") || r.is(i, "nói") || r.is(i, "cho hay") || r.is(i, "cho rằng")) {
			return true
		}
	}
	if quotes != 0 && quotes%2 != 0 || quotes < 0 || quotes > 6 {
		return true
	}
	_, k := honorifics.At(r.Tokens[:b], a)
	return k > 0 && a+k < b && r.Tokens[a+k].Upper
}

// begins reports whether [a, b) begins with a body and what it is to do, or with what is to be done.
func (r *itemReader) begins(a, b int) bool {
	if r.starts(a, b) {
		return true
	}
	i := r.afterTime(a, b)
	e := r.subject(i, b)
	if e == i || e >= b || r.Tokens[e].Kind != text.Word {
		return false
	}
	tag, _ := vocab().predicates.At(r.Tokens[:b], e)
	return tag != "past" && tag != "future"
}

// starts reports whether [a, b) begins with a predicate that is no report.
func (r *itemReader) starts(a, b int) bool {
	i := r.afterTime(a, b)
	tag, k := vocab().predicates.At(r.Tokens[:b], i)
	return k > 0 && tag != "past" && tag != "future" && !r.reports(i+k, b)
}
