package reader

import (
	"strings"
	"sync"

	"haicap/internal/gov"
	"haicap/internal/reader/grammar"
	"haicap/internal/text"
)

// An alias is one more name of an indicator; rest is what must follow within a dozen tokens ("trường … đạt chuẩn quốc gia").
type alias struct {
	key  string
	rest string
}

// aliasGap is how many tokens the "…" of an alias may stand for.
const aliasGap = 12

// A catalogue is what the reader knows of indicators.
type catalogue struct {
	aliases    grammar.Dict[[]alias]
	indicators map[string]gov.Indicator
	rates      map[string]string // for a count the share that the catalogue makes of it
}

// WithIndicators makes a reader know these indicators, one version of each, in the place of those that the program comes with.
func WithIndicators(list []gov.Indicator) Option {
	return func(r *Reader) { r.catalogue = newCatalogue(list) }
}

// starting is the catalogue that the program comes with.
var starting = sync.OnceValue(func() *catalogue { return newCatalogue(gov.Indicators()) })

func newCatalogue(list []gov.Indicator) *catalogue {
	c, all := &catalogue{indicators: map[string]gov.Indicator{}, rates: map[string]string{}}, map[string][]alias{}
	var order []string
	add := func(words, key string) {
		first, rest, _ := strings.Cut(words, "…")
		first = text.Norm(first)
		if all[first] == nil {
			order = append(order, first)
		}
		all[first] = append(all[first], alias{key, text.Norm(rest)})
	}
	for _, r := range table("aliases.csv") {
		add(r[1], r[0])
	}
	for _, in := range list {
		c.indicators[in.Key] = in
		if !readable(in) {
			continue
		}
		if in.Aggregate.Rule == gov.ByRatio {
			c.rates[in.Aggregate.Part] = in.Key
		}
		for _, a := range append([]string{in.NameVI}, in.Aliases...) {
			add(a, in.Key)
		}
	}
	for _, first := range order {
		c.aliases.Add(first, all[first])
	}
	return c
}

// readable reports whether the reader looks for the indicator: only where the catalogue has words for it, since the bare names of some
// ("Tổng số trường học") would take numbers from others.
func readable(in gov.Indicator) bool { return len(in.Aliases) > 0 }

// An aliasHit is one place where an indicator is named.
type aliasHit struct {
	first, n int
	keys     []string
}

// named lists the indicators named in the tokens [first, last); what follows a "…" may stand as far as edge.
func (f *figures) named(first, last, edge int) []aliasHit {
	var hits []aliasHit
	heads := &f.begin.indicators
	for i := heads.Next(f.Tokens[:last], first); i < last; i = heads.Next(f.Tokens[:last], i) {
		list, n := f.indicatorWord(i, edge)
		hit := aliasHit{first: i, n: n}
		for _, a := range list {
			if a.key == "" {
				i += n - 1
				break
			}
			if a.rest == "" {
				hit.keys = append(hit.keys, a.key)
				continue
			}
			for k := i + n; k < min(edge, i+n+aliasGap); k++ {
				if f.is(k, a.rest) {
					hit.keys = append(hit.keys, a.key)
					hit.n = max(hit.n, n+2)
					break
				}
			}
		}
		if len(hit.keys) == 0 {
			i++
			continue
		}
		hits = append(hits, hit)
		i += n
	}
	return hits
}

// fits reports whether a value with this measure can be one of the indicator.
func fits(in gov.Indicator, q quantity, kind gov.FigureKind) bool {
	switch {
	case q.Class == percent && (kind == gov.PlanRatio || kind == gov.Change):
		return true
	case q.Class == percent:
		return in.Measure == "%"
	case q.Class == money:
		return strings.Contains(in.Measure, "đồng") && (strings.Contains(in.Measure, "/người") == strings.Contains(q.Measure, "/người") ||
			strings.HasPrefix(in.Measure, strings.TrimSuffix(q.Measure, "/năm"))) ||
			strings.Contains(in.Measure, "USD") && strings.Contains(q.Measure, "usd")
	}
	measure := q.Measure
	for _, s := range []string{"triệu ", "vạn ", "nghìn ", "ngàn "} {
		measure = strings.TrimPrefix(measure, s)
	}
	want := in.Measure
	if want == "khẩu" || want == "người" {
		return measure == "khẩu" || measure == "nhân khẩu" || strings.HasPrefix(measure, "người")
	}
	if want == "lao động" && strings.HasPrefix(measure, "người") {
		return true
	}
	return measure == want || strings.HasPrefix(measure, want+" ")
}

// pick chooses among indicators: the longest name, then the one nearest to the number; of one name's indicators the first that fits
// the measure, for a share or a change the thing itself rather than its rate.
func (c *catalogue) pick(hits []aliasHit, q quantity, kind gov.FigureKind) (string, []string) {
	best, length := "", 0
	var keys []string
	for _, h := range hits {
		if h.n < length {
			continue
		}
		found := ""
		for _, k := range h.keys {
			in := c.indicators[k]
			if !fits(in, q, kind) || found != "" && (in.Measure == "%" || c.indicators[found].Measure != "%") {
				continue
			}
			found = k
		}
		for _, k := range h.keys {
			if r := c.rates[k]; found == "" && r != "" && q.Class == percent && kind != gov.PlanRatio && kind != gov.Change {
				found = r // 45 hộ nghèo (0,8%)
			}
		}
		if found != "" {
			best, length, keys = found, h.n, h.keys
		}
	}
	return best, keys
}

// weak are words that say nothing of what is measured.
var weak = phrases(lines("weak_labels.txt"))

// label gives the words that say what is measured, and the indicator that they name: the words before the number, for a count
// those after it; a number that has none of its own shares the label of the one before.
func (f *figures) label(q quantity, c *context, m meaning) (label, indicator string) {
	from := max(c.segment, q.CmpFrom-farLeft)
	first, last := f.trim(from, f.joinStart(from, q.CmpFrom))
	edge := f.rightEdge(q, f.Sentences[q.Sentence].Last)
	rate := m.plan && m.kind == gov.TargetFig // phấn đấu giải ngân 100% kế hoạch: the rate, where the catalogue has one
	if m.plan {
		m.kind = gov.PlanRatio // the aim is a share of a plan: the indicator is what the plan is for
	}
	if m.moved && !m.growth {
		m.kind = gov.Change
	}
	var keys []string
	edge = min(edge, c.next)
	empty := first >= last
	if part := f.partFrom(from, q.CmpFrom); !empty && part < last {
		from = max(from, part)
	}
	if empty && q.Class == percent {
		indicator, keys = f.bareShare(q, c, m.kind, from, edge)
	}
	if rate && indicator == "" {
		indicator, keys = f.reader.catalogue.pick(f.named(from, q.CmpFrom, edge), q, gov.TargetFig)
	}
	if indicator == "" && !f.waits(q.Num, edge) {
		indicator, keys = f.reader.catalogue.pick(f.named(from, q.CmpFrom, edge), q, m.kind)
		if indicator == "" {
			indicator, keys = f.reader.catalogue.pick(f.own(f.named(q.First, edge, edge), q), q, m.kind)
		}
	}
	counted := q.Class != percent && q.Class != money && q.Class != size && q.Class != score
	switch {
	case empty && c.before != nil && !c.gap && (!counted || f.stacked(q, c)):
		label = c.before.Label
		if indicator == "" {
			indicator, _ = f.reader.catalogue.pick([]aliasHit{{n: 1, keys: f.keys}}, q, m.kind)
			keys = f.keys
		}
	case counted && (empty || c.right > q.Last || len(keys) == 0):
		start := q.Last
		if c.right > q.Num+1 || empty {
			start = f.measureStart(q)
		}
		label = f.words(start, f.labelEnd(q.Last, max(c.right, q.Last)))
		if c.right <= q.Last && !empty {
			label = f.words(first, last)
		}
	case empty:
		label = f.words(q.Last, c.right)
	default:
		label = f.words(first, last)
	}
	if indicator == "" && empty && q.Class == percent {
		indicator, keys = f.reader.catalogue.pick(f.named(max(c.clause, q.CmpFrom-farLeft), q.CmpFrom, edge), q, m.kind)
	}
	if indicator == "targets_met" && f.ofOneAim(q, from, empty) {
		indicator, keys = "", nil
	}
	f.keys = keys
	return strings.TrimSpace(label), indicator
}

// bareShare finds the indicator of a percentage without words before it: what follows a comma and it ("…, 100% khu dân cư đạt văn
// hóa"), else what the figure before was of.
func (f *figures) bareShare(q quantity, c *context, kind gov.FigureKind, from, edge int) (indicator string, keys []string) {
	if q.CmpFrom > from && f.Tokens[q.CmpFrom-1].Norm == "," {
		indicator, keys = f.reader.catalogue.pick(f.named(q.Last, edge, edge), q, kind)
	}
	if indicator == "" && c.before != nil && !c.gap && q.Of == nil {
		indicator, keys = f.reader.catalogue.pick([]aliasHit{{n: 1, keys: f.keys}}, q, kind)
	}
	return indicator, keys
}

// ofOneAim reports whether a share of "chỉ tiêu" is of the aim of one thing, and no count of aims: "gọi công dân nhập ngũ đạt 100% chỉ
// tiêu", "đạt 105% so với chỉ tiêu".
func (f *figures) ofOneAim(q quantity, from int, empty bool) bool {
	if q.Class != percent {
		return false
	}
	return !empty && f.is(q.Last, "chỉ tiêu") && !f.is(q.Last, "chỉ tiêu nghị quyết") || f.is(q.Last, "so với chỉ tiêu") && !f.has(aimWord, from, q.CmpFrom)
}

var aimWord = phrases([]string{"chỉ tiêu"})

// labelEnd cuts what follows a count where another clause begins.
func (f *figures) labelEnd(from, to int) int {
	for k := from; k < to; k++ {
		switch f.Tokens[k].Norm {
		case "và", "với", "so", "thì", "mà", "nhưng", "để", "nên", "khi", "tăng", "giảm", "gồm", "nhằm", "vào":
			return k
		}
	}
	return to
}

// waits reports whether the words after a number say that the thing is still to come, so that it is not the indicator's.
func (f *figures) waits(first, last int) bool {
	for i := first; i < last; i++ {
		switch f.Tokens[i].Norm {
		case "chờ":
			return true
		case "không", "chưa":
			if i+1 < last && f.Tokens[i+1].Norm == "đạt" {
				return true
			}
		}
	}
	return false
}

// own leaves out indicators of stock that only the measure names ("tặng quà 30 hộ nghèo" is no number of poor households), unless
// the count is told as what there is.
func (f *figures) own(hits []aliasHit, q quantity) []aliasHit {
	var list []aliasHit
	for _, h := range hits {
		if h.first+h.n <= q.Last && q.CmpFrom > 0 && !f.reader.catalogue.indicators[h.keys[0]].Flow {
			switch f.Tokens[q.CmpFrom-1].Norm {
			case "có", "với", "gồm", "là", "số", "còn", "nạp":
			case "cho":
				if q.CmpFrom < 2 || f.Tokens[q.CmpFrom-2].Norm != "diện" {
					continue // đại diện cho 1.450 đảng viên
				}
			case ",", "và":
				if f.actsOn(q) {
					continue
				}
			default:
				continue
			}
		}
		list = append(list, h)
	}
	return list
}

// actsOn reports whether the nearest verb before a count in a list says what was done with some of the things: "kiểm tra 46 tổ chức
// đảng và 48 đảng viên".
func (f *figures) actsOn(q quantity) bool {
	for i := q.CmpFrom - 1; i >= max(f.Sentences[q.Sentence].First, q.CmpFrom-farRight); i-- {
		switch f.Tokens[i].Norm {
		case "có", "gồm", "với", "còn":
			return false
		case "tra", "sát", "luật", "tặng", "thưởng", "khen", "thăm", "cho", "dự", "huấn", "dưỡng":
			return true
		}
	}
	return false
}

// stacked reports whether the number measures the same thing as the one before: "7 hộ/21 khẩu", "7 hộ, 21 khẩu".
func (f *figures) stacked(q quantity, c *context) bool {
	return q.Of == nil && q.CmpFrom-c.segment <= 1 && q.CmpFrom > 0 && (f.Tokens[q.CmpFrom-1].Norm == "/" || q.Measure == "khẩu")
}

func (f *figures) measureStart(q quantity) int {
	start := q.Num + 1
	if q.Of != nil {
		start += 2
	}
	return min(start, q.Last)
}

// joinStart is where the verbs, times and small words that join a label to its number begin.
func (f *figures) joinStart(from, to int) int {
	at := to
	for at > from {
		k := at
		if f.busy[at-1] || f.Tokens[at-1].Kind == text.Punct && f.Tokens[at-1].Norm != ")" {
			at--
			continue
		}
		for j := max(from, at-4); j < at; j++ {
			if role, n := cues.At(f.Tokens[:at], j); j+n == at {
				if role != "none" && role != "order" {
					k = j
				}
				break
			}
		}
		if _, n := weak.At(f.Tokens[:at], at-1); k == at && n == 1 {
			k = at - 1
		}
		if k == at {
			break
		}
		at = k
	}
	return at
}

// trim takes connectives, times, cues and signs from the head of a label. A label that is too long begins after its last comma, or
// at the last word that heads one ("tỷ lệ", "tổng").
func (f *figures) trim(first, last int) (int, int) {
	for first < last {
		t := f.Tokens[first]
		role, n := cues.At(f.Tokens[:last], first)
		_, w := weak.At(f.Tokens[:last], first)
		switch {
		case f.busy[first] || t.Kind == text.Punct:
			first++
		case w > 0 && !(t.Norm == "tỷ" && first+2 < last):
			first += w
		case n > 0 && role != "none" && (role != "plan" || first+n < last && f.Tokens[first+n].Norm == ","):
			first += n
		default:
			if cut := f.head(first, last); cut > first {
				first = cut
				continue
			}
			return first, last
		}
	}
	return first, last
}

// head finds where a label really begins when other clauses stand before it.
func (f *figures) head(first, last int) int {
	for i := first + 1; i < last; i++ {
		if role, n := cues.At(f.Tokens[:last], i); n > 0 && role == "target" && i+n < last {
			return i + n
		}
	}
	for i := last - 1; i > first; i-- {
		prev := f.Tokens[i-1].Norm
		if (prev == "," || prev == ":" || prev == "và") && labelHeads[f.Tokens[i].Norm] {
			return i
		}
	}
	if last-first > 25 && !labelHeads[f.Tokens[first].Norm] {
		for i := last - 1; i > first; i-- {
			if n := f.Tokens[i-1].Norm; n == "," || n == ":" {
				return i
			}
		}
	}
	return first
}

var labelHeads = map[string]bool{"tỷ": true, "tỉ": true, "tổng": true, "số": true, "tốc": true, "diện": true, "sản": true, "doanh": true, "kim": true,
	"mức": true, "giá": true}
