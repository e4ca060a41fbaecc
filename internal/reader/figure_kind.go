package reader

import (
	"haicap/internal/gov"
	"haicap/internal/text"
)

// A meaning is what a number claims, and the words that say so.
type meaning struct {
	kind         gov.FigureKind
	rule         string
	cue, cueLast int    // tokens of the cue that decided; empty where the default holds
	verb         int    // first token of the words that join the label to the number
	against      string // what the rule decided against
	plan         bool   // words after the number say that it is of a plan
	growth       bool   // the thing measured is itself a growth rate
}

// meaning reads the cues between the figure before and this one, the words after it, and what governs the sentence.
func (f *figures) meaning(q quantity, c *context) meaning {
	m := meaning{kind: gov.Result, rule: "figure.result", verb: q.CmpFrom}
	from := max(c.segment, q.CmpFrom-farLeft)
	var estimate, target, order, past, lack [2]int
	change := false
	for i := from; i < q.Num; {
		role, n := cues.At(f.Tokens[:q.Num], i)
		if n == 0 || i >= q.CmpFrom && role != "need" {
			i++
			continue
		}
		at := [2]int{i, i + n}
		switch role {
		case "estimate":
			estimate, change = at, false
		case "estimatechange":
			estimate, change = at, true
		case "target", "need":
			target = at
		case "targetchange":
			target, change = at, true
		case "order":
			order = at
		case "past":
			past = at
		case "lack":
			lack = at
		case "change":
			change = true
			m.cue, m.cueLast = at[0], at[1]
		case "verb", "settle":
			change = change && i > from && f.adjacent(i, q)
		}
		if role != "none" && role != "order" && role != "past" {
			m.verb = f.verbStart(at, q, m.verb)
		}
		i += n
	}
	if q.CmpFrom > from && f.Tokens[q.CmpFrom-1].Norm == "từ" {
		change = false // giảm từ 5% xuống 3%
	}
	m.growth = f.growthRate(from, q, c)
	f.decide(&m, q, c, decision{estimate, target, order, past, lack, change})
	return m
}

type decision struct {
	estimate, target, order, past, lack [2]int

	change bool
}

// decide lays the rules side by side: the first that applies names the kind.
func (f *figures) decide(m *meaning, q quantity, c *context, x decision) {
	plan := f.planWords(q, c)
	m.plan = plan && q.Class == percent && !x.change
	ratio := q.Of != nil
	aim := c.target || x.target[1] > 0 || x.order[1] > x.past[1] && f.aims(x.order[1], q)
	rules := []struct {
		name string
		on   bool
		kind gov.FigureKind
		cue  [2]int
	}{
		{"figure.lack", x.lack[1] > 0, gov.Result, x.lack},
		{"figure.plan_words", q.Class == percent && plan && !x.change && told(c), gov.PlanRatio, [2]int{q.Last, c.right}},
		{"figure.estimate_after_aim", aim && x.estimate[0] > x.target[0] && x.estimate[1] > 0 && !x.change, gov.Estimate, x.estimate},
		{"figure.target", aim && x.past[0] <= x.target[0] && (!x.change || m.growth), gov.TargetFig, x.target},
		{"figure.plan_words", q.Class == percent && plan && !x.change, gov.PlanRatio, [2]int{q.Last, c.right}},
		{"figure.ratio_of_required", ratio && (q.Class == targets || q.Class != score && (q.Value > *q.Of || f.required(q, c))), gov.PlanRatio, [2]int{}},
		{"figure.share_after_amount", q.Class == percent && !x.change && f.shareOfPlan(m, q, c), gov.PlanRatio, [2]int{}},
		{"figure.change", x.change && !m.growth, gov.Change, [2]int{m.cue, m.cueLast}},
		{"figure.estimate", x.estimate[1] > 0, gov.Estimate, x.estimate},
	}
	for _, r := range rules {
		if r.on {
			m.kind, m.rule = r.kind, r.name
			if r.cue[1] > r.cue[0] {
				m.cue, m.cueLast = r.cue[0], r.cue[1]
			}
			return
		}
	}
}

// told reports whether the number follows one in its clause that tells what is, so that its share of a plan is told too.
func told(c *context) bool {
	return c.before != nil && !c.gap && (c.before.Kind == gov.Result || c.before.Kind == gov.Estimate)
}

// verbStart is where the run of cues and small words that ends at the number begins.
func (f *figures) verbStart(at [2]int, q quantity, verb int) int {
	if at[1] == verb || at[1] >= q.CmpFrom-1 {
		return at[0]
	}
	if verb < q.CmpFrom && at[1] >= verb-1 {
		return min(verb, at[0])
	}
	return at[0]
}

// adjacent reports whether nothing but a verb stands between token i and the number: "tăng đạt 5%" is still a change.
func (f *figures) adjacent(i int, q quantity) bool {
	return q.CmpFrom-i <= 1 && f.Tokens[i].Norm == "là"
}

// growthRate reports whether the label itself names a rate of growth, of which tăng 7% is the value and no change.
func (f *figures) growthRate(from int, q quantity, c *context) bool {
	if q.Class != percent {
		return false
	}
	labelled := false
	for i := from; i < q.CmpFrom; i++ {
		switch t := f.Tokens[i]; {
		case t.Norm == "tăng" && i+1 < q.CmpFrom && f.Tokens[i+1].Norm == "trưởng", t.Norm == "tốc" && f.is(i, "tốc độ tăng"):
			return true
		case t.Kind == text.Word:
			_, n := cues.At(f.Tokens[:q.CmpFrom], i)
			labelled = labelled || n == 0 && !f.busy[i] && t.Norm != "cùng" && t.Norm != "kỳ"
		}
	}
	return !labelled && c.before != nil && c.bracket && growthKeys[c.before.Indicator]
}

var growthKeys = map[string]bool{"grdp_growth": true, "production_growth": true}

// planWords reports whether the words after a percentage say that it is of a plan.
func (f *figures) planWords(q quantity, c *context) bool {
	for i := q.Last; i < min(c.right, q.Last+7); i++ {
		if role, n := cues.At(f.Tokens[:c.right], i); n > 0 && role == "plan" || f.is(i, "dự toán") {
			return true
		} else if f.Tokens[i].Norm == "cùng" || n > 0 && role == "verb" && i > q.Last {
			return false
		}
	}
	return false
}

// shareOfPlan: "2.317,8 tỷ đồng, đạt 93%" and "vượt 15%": right after an amount, with no label of its own.
func (f *figures) shareOfPlan(m *meaning, q quantity, c *context) bool {
	if q.CmpFrom-m.verb > 3 || m.verb == q.CmpFrom {
		return false
	}
	switch f.Tokens[m.verb].Norm {
	case "đạt", "bằng", "vượt":
	default:
		return false
	}
	for i := m.verb; i < q.CmpFrom; i++ {
		if f.Tokens[i].Norm == "lệ" {
			return false
		}
	}
	for i := c.segment; i < m.verb; i++ {
		if f.Tokens[i].Kind == text.Word && f.Tokens[i].Norm != "và" {
			return false
		}
	}
	return c.before != nil && !c.gap && c.before.Measure != "%" && !c.within
}

// required reports whether x of y is of what is required: the clause speaks of aims or of admitting.
func (f *figures) required(q quantity, c *context) bool {
	for i := max(c.segment, q.Num-farLeft); i < c.right; i++ {
		switch f.Tokens[i].Norm {
		case "kết":
			if f.is(i, "kết nạp") {
				return true
			}
		case "chỉ":
			if f.is(i, "chỉ tiêu") {
				return true
			}
		case "kế":
			if f.is(i, "kế hoạch") {
				return true
			}
		}
	}
	return false
}

// aims reports whether an order before the number asks for the value: "đề nghị … đạt 9%".
func (f *figures) aims(from int, q quantity) bool {
	for i := max(from, q.CmpFrom-4); i < q.CmpFrom; i++ {
		switch f.Tokens[i].Norm {
		case "đạt", "hoàn", "tăng", "còn", "giảm":
			return true
		}
	}
	return false
}
