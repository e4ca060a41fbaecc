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
	moved        bool   // the value says by how much the thing grew or fell, or shall
}

// meaning reads the cues between the figure before and this one, the words after it, and what governs the sentence.
func (f *figures) meaning(q quantity, c *context) meaning {
	m := meaning{kind: gov.Result, rule: "figure.result", verb: q.CmpFrom}
	from := max(c.segment, q.CmpFrom-farLeft)
	var estimate, target, order, past, lack, planned [2]int
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
			if !f.ofShare(i) && (role == "target" || f.partFrom(i+n, q.CmpFrom) == 0) {
				target = at
			}
		case "targetchange":
			target, change = at, true
		case "order":
			order = at
		case "past":
			past = at
		case "lack":
			lack = at
		case "plan":
			planned = at
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
	if q.CmpFrom > from && f.Tokens[q.CmpFrom-1].Norm == "từ" && !f.is(q.Last, "trở lên") && !f.rangeFrom(q) {
		change = false // giảm từ 5% xuống 3%
	}
	if change && f.turned(m.cueLast, q) {
		change = false // đều tăng so với cùng kỳ, với đàn trâu 368 con
	}
	m.growth = f.growthRate(from, q, c) || change && f.grdp(m.cue, from, q, c)
	m.moved = change
	f.decide(&m, q, c, decision{estimate, target, order, past, lack, f.planned(planned, q, c), change})
	return m
}

// partFrom is the token after ", trong đó" in [first, last), where a part of what went before is told, or 0.
func (f *figures) partFrom(first, last int) int {
	for i := first + 1; i+1 < last; i++ {
		if f.Tokens[i-1].Norm == "," && f.is(i, "trong đó") {
			return i + 2
		}
	}
	return 0
}

// rangeFrom reports whether the "từ" before the number begins a range: "tăng từ 5 đến 7%".
func (f *figures) rangeFrom(q quantity) bool {
	return q.Last+1 < len(f.Tokens) && f.Tokens[q.Last+1].Kind == text.Number && (f.Tokens[q.Last].Norm == "-" || f.Tokens[q.Last].Norm == "–" || f.Tokens[q.Last].Norm == "đến")
}

// turned reports whether another thing is named between the word of change and the number: after "với" or a colon.
func (f *figures) turned(from int, q quantity) bool {
	for i := from; i+1 < q.CmpFrom; i++ {
		if t := f.Tokens[i].Norm; t == ":" || t == "với" && f.Tokens[i-1].Norm != "so" && f.Tokens[i+1].Norm != "cùng" {
			return true
		}
	}
	return false
}

// grdp: "GRDP tăng 7%" gives the rate of growth itself, unless it follows the amount.
func (f *figures) grdp(cue, from int, q quantity, c *context) bool {
	if q.Class != percent || c.before != nil && c.segment > c.clause {
		return false
	}
	for i := from; i < cue; i++ {
		if f.Tokens[i].Norm == "grdp" || f.is(i, "tổng sản phẩm") {
			return true
		}
	}
	return false
}

// added reports whether a change only follows an amount that has the label: "đạt 632 tỷ đồng, tăng 10% so với …".
func (f *figures) added(m *meaning, c *context) bool {
	if c.before == nil || c.gap || c.segment <= c.clause || c.before.Measure == "%" {
		return false
	}
	for i := c.segment; i < m.cue; i++ {
		if f.Tokens[i].Kind == text.Word && f.Tokens[i].Norm != "và" && !f.ofShare(c.segment) {
			return false
		}
	}
	return true
}

// ofShare reports whether what begins at token i says what a percentage right before it is of: "78,2% dự toán giao".
func (f *figures) ofShare(i int) bool {
	if i >= 2 && f.is(i-2, "so với") {
		i -= 2
	}
	return i > 0 && f.Tokens[i-1].Norm == "%"
}

type decision struct {
	estimate, target, order, past, lack, planned [2]int

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
		{"figure.planned", x.planned[1] > 0 && x.target[1] == 0 && x.estimate[1] == 0 && f.Tokens[x.planned[0]].Norm != "dự", gov.TargetFig, x.planned},
		{"figure.budgeted", x.planned[1] > 0 && x.target[1] == 0, gov.Estimate, x.planned},
		{"figure.planned", f.partOfPlan(q, c, x), gov.TargetFig, [2]int{}},
		{"figure.plan_in_bracket", q.Class != percent && q.Of == nil && f.planBefore(c), gov.TargetFig, [2]int{}},
		{"figure.sign", q.Class == percent && f.signed(q, c), gov.Change, [2]int{}},
		{"figure.estimate_after_aim", aim && x.estimate[0] > x.target[0] && x.estimate[1] > 0 && !x.change, gov.Estimate, x.estimate},
		{"figure.target", aim && x.past[0] <= x.target[0] && (!x.change || m.growth || !f.added(m, c)), gov.TargetFig, x.target},
		{"figure.plan_words", q.Class == percent && plan && !x.change, gov.PlanRatio, [2]int{q.Last, c.right}},
		{"figure.ratio_of_required", ratio && (q.Class == targets || q.Class == money || q.Class != score && (q.Value > *q.Of || f.required(q, c))), gov.PlanRatio, [2]int{}},
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

// planned keeps a plan that the amount itself is of ("kế hoạch vốn năm 2025 là 19.642 tỷ đồng"), not one that it is compared with.
func (f *figures) planned(at [2]int, q quantity, c *context) [2]int {
	if at[1] == 0 || q.Class != money || q.Of != nil || at[0] == c.segment && c.segment > c.clause {
		return [2]int{}
	}
	if at[0] > 0 {
		switch f.Tokens[at[0]-1].Norm {
		case "với", "so", "bằng", "đạt", "vượt", "theo", "trong", "%", "lập", "xây", "duyệt", "và":
			return [2]int{}
		}
	}
	for i := at[1]; i < q.CmpFrom; i++ {
		switch f.Tokens[i].Norm {
		case ",", "đã", "đạt", "hiện", "được", ":":
			return [2]int{}
		}
	}
	return at
}

// partOfPlan reports whether the amount is a part of the planned one before it.
func (f *figures) partOfPlan(q quantity, c *context, x decision) bool {
	if c.before == nil || c.before.Rule != "figure.planned" || q.Class != money || x.change || x.estimate[1] > 0 {
		return false
	}
	for i := c.segment; i < q.CmpFrom; i++ {
		switch f.Tokens[i].Norm {
		case "đạt", "hiện", "được", "đã", "giải":
			return false
		}
	}
	return true
}

// planBefore reports whether the number opens a bracket right after words of a plan: "so với nghị quyết đề ra (23.600 tỷ đồng)".
func (f *figures) planBefore(c *context) bool {
	if !c.bracket || c.segment != c.clause || c.clause < 2 {
		return false
	}
	for i := c.clause - 2; i >= 0 && i > c.clause-7; i-- {
		if role, n := cues.At(f.Tokens[:c.clause-1], i); n > 0 && (role == "plan" || role == "target") {
			return true
		} else if t := f.Tokens[i]; t.Kind == text.Number || t.Norm == "," {
			return false
		}
	}
	return false
}

// signed reports whether the number is a rise or fall in brackets with a sign: "(-0,36%)".
func (f *figures) signed(q quantity, c *context) bool {
	return c.bracket && q.Num == c.clause+1 && (f.Tokens[q.Num-1].Norm == "-" || f.Tokens[q.Num-1].Norm == "+" || f.Tokens[q.Num-1].Norm == "–") && f.glued(q.Num)
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

// setsAims reports whether the words say that aims are set: "đề ra 27 chỉ tiêu cụ thể", "đặt mục tiêu".
func (f *figures) setsAims(i int) bool {
	if !f.is(i, "đề ra") && !f.is(i, "đặt ra") && !f.is(i, "xác định") {
		return false
	}
	for k := i + 2; k < min(len(f.Tokens), i+6); k++ {
		if f.Tokens[k].Kind == text.Punct {
			return false
		}
		if f.is(k, "chỉ tiêu") || f.is(k, "mục tiêu") {
			return true
		}
	}
	return false
}
