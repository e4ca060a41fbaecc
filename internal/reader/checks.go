package reader

import (
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// A checkRule looks for one kind of contradiction. Rules doubt only what the text itself says; none of them changes a draft.
type checkRule struct {
	name string
	find func(c *checker)
}

var checkRules = []checkRule{
	{"ratio_disagrees", (*checker).ratios},
	{"share_disagrees", (*checker).shares},
	{"rate_disagrees", (*checker).rates},
	{"sum_disagrees", (*checker).sums},
	{"list_count", (*checker).lists},
	{"label_twice", (*checker).labels},
	{"decimal_point", (*checker).points},
	{"value_differs", (*checker).values},
	{"period_impossible", (*checker).periods},
	{"term_wrong", (*checker).terms},
	{"unit_unknown", (*checker).units},
}

// longestCheck is how many figures apart two that contradict each other may stand in rules that compare neighbours.
const longestCheck = 12

type checker struct {
	*doc
	rule string
}

// readChecks looks for contradictions inside the text.
func (d *doc) readChecks() {
	c := &checker{doc: d}
	for _, r := range checkRules {
		c.rule = r.name
		r.find(c)
	}
}

func (c *checker) add(message string, spans ...text.Span) {
	c.out.Checks = append(c.out.Checks, gov.Check{Rule: c.rule, Message: message, Spans: spans})
}

// written writes a number as Viet Nam does.
func written(v float64) string {
	s := strconv.FormatFloat(v, 'f', -1, 64)
	whole, frac, _ := strings.Cut(s, ".")
	var b strings.Builder
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 && whole[i-1] != '-' {
			b.WriteByte('.')
		}
		b.WriteRune(r)
	}
	if frac != "" {
		b.WriteString("," + frac)
	}
	return b.String()
}

func round(v float64, places int) float64 {
	p := math.Pow10(places)
	return math.Round(v*p) / p
}

// decimals is how many decimal places a number is written with.
func decimals(q quantity, d *doc) int {
	s := d.Tokens[q.Num].Norm
	if i := strings.LastIndexByte(s, ','); i >= 0 {
		return len(s) - i - 1
	}
	if i := strings.LastIndexByte(s, '.'); i >= 0 && q.Stray {
		return len(s) - i - 1
	}
	return 0
}

// agrees reports whether a computed percentage is what the text writes, within its rounding.
func agrees(computed, stated float64, places int) bool {
	return math.Abs(computed-stated) <= 0.6*math.Pow10(-places)
}

// ratios: "12/10 đảng viên, đạt 130%".
func (c *checker) ratios() {
	figs := c.out.Figures
	for i := 0; i+1 < len(figs); i++ {
		a, b := figs[i], figs[i+1]
		if a.Of == nil || *a.Of == 0 || b.Measure != "%" || a.Sentence != b.Sentence || b.Comparator != gov.Equal || a.Comparator != gov.Equal ||
			b.Kind == gov.Change || a.Rule == tableRule || !c.follows(i) {
			continue
		}
		if p := decimals(c.numbers[i+1], c.doc); !agrees(a.Value / *a.Of * 100, b.Value, p) {
			c.add(fmt.Sprintf("%s là %s%%, văn bản ghi %s.", a.Text, written(round(a.Value / *a.Of * 100, max(p, 1))), b.Text), a.Span, b.Span)
		}
	}
}

// follows reports whether figure i+1 stands right after figure i with no label of its own: only a verb, a sign or "tỷ lệ".
func (c *checker) follows(i int) bool {
	for k := c.numbers[i].Last; k < c.numbers[i+1].First; k++ {
		switch c.Tokens[k].Norm {
		case ",", "(", "đạt", "bằng", "tỷ", "tỉ", "lệ", "chiếm", "-", "–", "=", "tương", "đương", "ứng", "hay", "là":
		default:
			return false
		}
	}
	return true
}

// shares: a result, its plan and the share of the plan that it is said to be.
func (c *checker) shares() {
	figs := c.out.Figures
	for i, share := range figs {
		if share.Kind != gov.PlanRatio || share.Measure != "%" || share.Comparator != gov.Equal || share.Of != nil {
			continue
		}
		if share.Rule == tableRule {
			c.rowShare(i)
			continue
		}
		var result, plan *gov.FigureDraft
		for k := max(0, i-4); k < min(len(figs), i+4); k++ {
			f := &figs[k]
			if f.Sentence != share.Sentence || f.Measure == "%" || f.Of != nil || f.Comparator != gov.Equal || f.Indicator != share.Indicator || f.Indicator == "" {
				continue
			}
			switch f.Kind {
			case gov.Result, gov.Estimate:
				result = f
			case gov.TargetFig:
				plan = f
			}
		}
		if result != nil && plan != nil && result.Measure == plan.Measure && plan.Value != 0 {
			c.share(share, *result, *plan, decimals(c.numbers[i], c.doc))
		}
	}
}

// share reports a share of the plan that is not what result and plan make.
func (c *checker) share(share, result, plan gov.FigureDraft, places int) {
	if made := result.Value / plan.Value * 100; !agrees(made, share.Value, places) {
		c.add(fmt.Sprintf("%s so với kế hoạch %s là %s%%, văn bản ghi %s.", result.Text, plan.Text, written(round(made, max(places, 1))), share.Text),
			result.Span, plan.Span, share.Span)
	}
}

// rowShare checks the share of a plan in a row: it must be what one of the row's values is of one of its plans.
func (c *checker) rowShare(i int) {
	figs := c.out.Figures
	share, places := figs[i], decimals(c.numbers[i], c.doc)
	result, plan := -1, -1
	for k := max(0, i-longestCheck); k < min(len(figs), i+longestCheck); k++ {
		p := figs[k]
		if p.Sentence != share.Sentence || p.Rule != tableRule || p.Kind != gov.TargetFig || p.Value == 0 || p.Comparator != gov.Equal {
			continue
		}
		for j := max(0, i-longestCheck); j < min(len(figs), i+longestCheck); j++ {
			r := figs[j]
			if r.Sentence != share.Sentence || r.Kind != gov.Result && r.Kind != gov.Estimate || r.Measure != p.Measure {
				continue
			}
			if r.Comparator != gov.Equal || agrees(r.Value/p.Value*100, share.Value, places) || p.Value > r.Value && agrees(p.Value/r.Value*100, share.Value, places) {
				return
			}
			if j < i && k < i {
				result = j
				if plan < 0 || !samePeriod(figs[plan], share) {
					plan = k
				}
			}
		}
	}
	if result >= 0 && plan >= 0 && share.Value < 1000 {
		c.share(share, figs[result], figs[plan], places)
	}
}

// samePeriod reports whether both are of one year.
func samePeriod(a, b gov.FigureDraft) bool {
	return len(a.Period) >= 4 && len(b.Period) >= 4 && a.Period[:4] == b.Period[:4]
}

// rateOf pairs counts with the rates that they make of the same whole.
var rateOf = map[string]string{"poor_households": "poverty_rate", "near_poor_households": "near_poverty_rate"}

// rates: counts of households and their rates must be of one whole. Each pair leaves room for rounding; pairs without a common whole
// contradict each other.
func (c *checker) rates() {
	type pair struct {
		low, high   float64
		count, rate gov.FigureDraft
	}
	var pairs []pair
	figs := c.out.Figures
	for i, n := range figs {
		for k := i + 1; k < min(len(figs), i+4); k++ {
			r := figs[k]
			if rate := rateOf[n.Indicator]; rate == "" || r.Indicator != rate || r.Sentence != n.Sentence || r.Value == 0 || r.Kind != n.Kind || n.Value == 0 {
				continue
			}
			half := 0.5 * math.Pow10(-decimals(c.numbers[k], c.doc))
			high := math.Inf(1)
			if r.Value > half {
				high = n.Value / (r.Value - half) * 100
			}
			pairs = append(pairs, pair{n.Value / (r.Value + half) * 100, high, n, r})
			break
		}
	}
	for i := 1; i < len(pairs); i++ {
		a, b := pairs[i-1], pairs[i]
		if a.count.Period == b.count.Period && a.count.Unit == b.count.Unit && (a.high < b.low*0.98 || b.high < a.low*0.98) {
			c.add(fmt.Sprintf("%s với %s và %s với %s không cùng một tổng số hộ.", a.count.Text, a.rate.Text, b.count.Text, b.rate.Text),
				a.count.Span, a.rate.Span, b.count.Span, b.rate.Span)
		}
	}
}

// sums: "30 đơn vị, gồm 18 xã, 11 phường và 2 đặc khu".
func (c *checker) sums() {
	for i := 0; i+2 < len(c.numbers); i++ {
		total := c.numbers[i]
		if total.Of != nil || !c.saysParts(total, c.numbers[i+1]) {
			continue
		}
		sum, last, closed := 0.0, i, false
		for k := i + 1; k < len(c.numbers) && c.numbers[k].Sentence == total.Sentence && k <= i+longestCheck; k++ {
			q := c.numbers[k]
			if q.Class == percent || q.Of != nil || q.Cmp != gov.Equal || q.Class != total.Class && q.Class != places && q.Class != counts && q.Class != people {
				break
			}
			sum += q.Value
			last = k
			if closed = c.Tokens[q.First-1].Norm == "và"; closed {
				break
			}
		}
		if closed && last > i+1 && sum != total.Value {
			spans := []text.Span{c.out.Figures[i].Span}
			for k := i + 1; k <= last; k++ {
				spans = append(spans, c.out.Figures[k].Span)
			}
			c.add(fmt.Sprintf("Cộng các phần được %s, văn bản ghi tổng %s.", written(sum), c.out.Figures[i].Text), spans...)
		}
	}
}

// saysParts reports whether the words between two numbers say that the second begins the parts of the first.
func (c *checker) saysParts(total, first quantity) bool {
	if total.Sentence != first.Sentence || first.First-total.Last > 8 || first.First == 0 {
		return false
	}
	k := first.First - 1
	if c.Tokens[k].Norm == ":" {
		k--
	}
	return c.Tokens[k].Norm == "gồm"
}

// lists: "4 tiêu chí: a, b, c". A comma may stand inside a name, so the message says "có thể".
func (c *checker) lists() {
	for i, q := range c.numbers {
		if q.Of == nil && q.Class != places && q.Class != targets && q.Class != counts || q.Class == percent || q.Class == score {
			continue
		}
		end := c.Sentences[q.Sentence].Last
		at := q.Last
		for at < end && at < q.Last+12 && c.Tokens[at].Norm != ":" && c.Tokens[at].Norm != ";" {
			at++
		}
		if at+1 >= end || c.Tokens[at].Norm != ":" || i+1 < len(c.numbers) && c.numbers[i+1].First < end && c.numbers[i+1].First > q.Last {
			continue
		}
		if low, high, ok := c.items(at+1, end); ok && (q.Value < float64(low) || q.Value > float64(high)) {
			c.add(fmt.Sprintf("Văn bản ghi %s nhưng có thể chỉ kể %s.", c.out.Figures[i].Text, fromTo(low, high)), c.out.Figures[i].Span, c.span(at+1, end))
		}
	}
}

func fromTo(low, high int) string {
	if low == high {
		return strconv.Itoa(low)
	}
	return fmt.Sprintf("từ %d đến %d", low, high)
}

// items counts the items of a list: at least its commas tell, at most each "và" parts two more. It gives up where an item is longer
// than a name.
func (c *checker) items(first, last int) (low, high int, ok bool) {
	low, joins, run := 1, 0, 0
	for k := first; k < last; k++ {
		switch t := c.Tokens[k]; {
		case t.Norm == ",":
			low, run = low+1, 0
		case t.Norm == "và":
			joins, run = joins+1, 0
		case t.Kind == text.Ellipsis || t.Norm == ";" || t.Norm == ":" || t.Norm == "(":
			return 0, 0, false
		case t.Kind == text.Word:
			if run++; run > 8 {
				return 0, 0, false
			}
		}
	}
	return low, low + joins, low+joins > 1
}

// labels: one thing with two values in one sentence.
func (c *checker) labels() {
	figs := c.out.Figures
	for i, a := range figs {
		for k := i + 1; k < len(figs) && k <= i+longestCheck && figs[k].Sentence == a.Sentence; k++ {
			if b := figs[k]; c.sameClaim(a, b) && a.Value != b.Value && !c.compared(i, k) {
				c.add(fmt.Sprintf("“%s” và “%s” cùng nói về một chỉ tiêu nhưng ghi hai giá trị: %s và %s.", a.Label, b.Label, a.Text, b.Text), a.Span, b.Span)
				break
			}
		}
	}
}

// sameClaim reports whether two figures claim the same thing: one indicator, unit, period and kind of value, both exact.
func (c *checker) sameClaim(a, b gov.FigureDraft) bool {
	return a.Indicator != "" && a.Indicator == b.Indicator && a.Measure == b.Measure && a.Period == b.Period && a.Unit == b.Unit &&
		a.Kind == b.Kind && (a.Kind == gov.Result || a.Kind == gov.Estimate) && a.Comparator == gov.Equal && b.Comparator == gov.Equal && a.Of == nil && b.Of == nil
}

// compared reports whether the text itself sets two values against each other: "từ 5% xuống 3%", "cùng kỳ", brackets.
func (c *checker) compared(i, k int) bool {
	from, to := c.numbers[i], c.numbers[k]
	if from.CmpFrom > 0 && c.Tokens[from.CmpFrom-1].Norm == "từ" {
		return true
	}
	for t := from.Last; t < to.First; t++ {
		switch c.Tokens[t].Norm {
		case "xuống", "lên", "(", "so", "trong", "riêng", "tăng", "giảm", "nâng", "thêm", "hiện", "trước", "kỳ", "cùng", "nông", "thành", "khu":
			return true
		}
	}
	return false
}

// points: a point where a comma should stand.
func (c *checker) points() {
	for i, q := range c.numbers {
		if q.Stray {
			c.add(fmt.Sprintf("“%s” dùng dấu chấm thập phân, đọc là %s.", c.out.Figures[i].Text, written(q.Value)), c.out.Figures[i].Span)
		}
	}
}

// values: one thing with two values in two places of the text.
func (c *checker) values() {
	type key struct{ indicator, unit, measure, period, scope string }
	seen := map[key]int{}
	for i, f := range c.out.Figures {
		if f.Indicator == "" || f.Period == "" || f.Unit == "" || f.Kind != gov.Result || f.Comparator != gov.Equal || f.Of != nil {
			continue
		}
		k := key{f.Indicator, f.Unit, f.Measure, string(f.Period), string(f.Scope)}
		j, ok := seen[k]
		if !ok {
			seen[k] = i
			continue
		}
		if a := c.out.Figures[j]; a.Value != f.Value && a.Sentence != f.Sentence && text.Norm(a.Label) == text.Norm(f.Label) {
			c.add(fmt.Sprintf("“%s” có hai giá trị trong văn bản: %s và %s.", f.Label, a.Text, f.Text), a.Span, f.Span)
		}
	}
}

// periods: days that no calendar has.
func (c *checker) periods() {
	for _, t := range c.times {
		if t.Shape != day || t.Day == 0 || t.Month == 0 {
			continue
		}
		year := t.Year
		if year == 0 {
			year = 2024 // a leap year: without a year 29/2 is possible
		}
		if !dayOf(year, t.Month, t.Day).Valid() {
			span := c.span(t.First, t.Last)
			c.add(fmt.Sprintf("“%s” không có trong lịch.", span.Of(c.Text)), span)
		}
	}
}

// terms: a term runs at most five years, and forwards.
func (c *checker) terms() {
	for _, t := range c.times {
		if t.Shape == years && (c.is(t.First, "nhiệm kỳ") || t.First > 1 && c.is(t.First-2, "nhiệm kỳ")) && (t.To <= t.Year || t.To > t.Year+5) {
			span := c.span(t.First, t.Last)
			c.add(fmt.Sprintf("“%s” không phải là một nhiệm kỳ: nhiệm kỳ dài tối đa 5 năm.", span.Of(c.Text)), span)
		}
	}
}

// pastNames are words of sentences that may speak of units that are no more.
var pastNames = phrases([]string{"cũ", "trước đây", "trước khi", "trước sắp xếp", "sáp nhập", "hợp nhất", "nhập", "sắp xếp", "nguyên", "thành lập", "chia tách", "từng", "giải thể", "tiền thân"})

// units: a unit that is named as if it were there, when it had ended before the document's day and nothing of its name and type
// followed it. Sentences that speak of mergers or of earlier years are left alone.
func (c *checker) units() {
	day := c.day()
	if c.reader.units == nil || day == "" {
		return
	}
	told := map[int]bool{}
	for _, r := range c.refs {
		e := &c.entries[r.Entry]
		if told[r.Entry] || r.Former || r.Merged || r.Mixed || e.Former || e.Merged || r.Type == "" || !c.gone(c.versions(r.Type, r.Name), day) || c.speaksOfPast(r, day) {
			continue
		}
		told[r.Entry] = true
		c.add(fmt.Sprintf("Không có %s vào ngày %s.", e.full(), vietDay(day)), c.span(r.First, r.Last))
	}
}

// gone reports whether the register knows the name, and all units of it had ended before the day.
func (c *checker) gone(list []gov.UnitVersion, day gov.Day) bool {
	for _, v := range list {
		if v.To == "" || v.To >= day {
			return false
		}
	}
	return len(list) > 0
}

// speaksOfPast reports whether the sentence that names the unit may speak of an earlier time: a word of mergers, an earlier year, or
// a name that goes on.
func (c *checker) speaksOfPast(r unitRef, day gov.Day) bool {
	s := c.Sentences[c.sentenceOf(r.First)]
	if c.has(pastNames, s.First, s.Last) || r.First > s.First && c.Tokens[r.First-1].Norm == "-" {
		return true
	}
	for k := sort.Search(len(c.times), func(i int) bool { return c.times[i].First >= s.First }); k < len(c.times) && c.times[k].First < s.Last; k++ {
		if y := c.times[k].Year; y > 0 && y < day.Year() {
			return true
		}
	}
	return false
}

// sentenceOf is the index of the sentence that holds the token.
func (c *checker) sentenceOf(token int) int {
	return sort.Search(len(c.Sentences), func(i int) bool { return c.Sentences[i].Last > token })
}

// vietDay writes a day as Viet Nam does.
func vietDay(d gov.Day) string {
	if len(d) != len("2006-01-02") {
		return string(d)
	}
	return string(d[8:]) + "/" + string(d[5:7]) + "/" + string(d[:4])
}
