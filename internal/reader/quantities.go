package reader

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"haicap/internal/gov"
	"haicap/internal/reader/grammar"
	"haicap/internal/text"
)

// A quantity is a number with its measure, before anything is known of what it says.
type quantity struct {
	Num         int // token of the number
	First, Last int // tokens of the span: number and measure
	Value       float64
	Of          *float64
	Measure     string
	Class       measureClass
	Cmp         gov.Comparator
	CmpFrom     int  // first token of the words that compare, Num where there are none
	Second      bool // the upper end of a range whose lower end stands right before
	Stray       bool // a point stands where a comma should
	Sentence    int
}

// A measureClass sorts the words of measures (data/measures.csv).
type measureClass string

const (
	percent measureClass = "percent"
	money   measureClass = "money"
	scale   measureClass = "scale" // triệu, nghìn: a part of a money amount or of a count
	size    measureClass = "size"
	people  measureClass = "people"
	places  measureClass = "place"
	counts  measureClass = "count"
	targets measureClass = "target" // chỉ tiêu, tiêu chí
	score   measureClass = "score"
	part    measureClass = "part" // of the text itself: khâu đột phá, nhóm giải pháp
	timeLen measureClass = "time"
	unknown measureClass = ""
)

var (
	measures = func() *grammar.Dict[measureClass] {
		d := &grammar.Dict[measureClass]{}
		for _, r := range table("measures.csv") {
			d.Add(r[0], measureClass(r[1]))
		}
		return d
	}()
	per = phrases([]string{"người", "năm", "tháng", "ha", "hộ", "m2", "ngày", "lao động", "vụ", "km", "khẩu", "lượt", "học sinh", "đầu người",
		"kg", "tấn", "con", "ca", "suất", "giường", "lần", "xã", "phường", "vùng", "mô hình", "chi bộ", "đồng chí", "cơ sở", "điểm", "vạn dân", "1 vạn dân",
		"10.000 dân", "1.000 dân", "1000 dân", "100.000 dân", "1.000 trẻ", "1000 trẻ", "người dân"})
	// names are words before a number that make it part of a name, whatever follows; heads do so unless a measure follows.
	names = phrases(lines("number_names.txt"))
	heads = phrases(lines("number_heads.txt"))
	// noMeasure are words that never measure anything.
	noMeasure = phrases(lines("no_measure.txt"))
)

var comparators = func() *grammar.Dict[gov.Comparator] {
	d := &grammar.Dict[gov.Comparator]{}
	for cmp, list := range map[gov.Comparator]string{
		gov.AtLeast: "trên|ít nhất|tối thiểu|ít nhất đạt|tối thiểu đạt|ít nhất là|tối thiểu là|đạt ít nhất|đạt tối thiểu|không dưới|≥|>|>=|từ|không thấp hơn|đạt trên|vượt trên",
		gov.AtMost:  "dưới|không quá|tối đa|nhiều nhất|≤|<|<=|không vượt quá|tối đa là|nhiều nhất là",
		gov.About:   "khoảng|gần|hơn|xấp xỉ|chừng|tầm|trên dưới|gần như|hơn khoảng",
	} {
		for _, w := range strings.Split(list, "|") {
			d.Add(w, cmp)
		}
	}
	return d
}()

// numerals are the words that numbers are written in.
var numerals = new(grammar.Heads).Words("hai", "ba", "bốn", "sáu", "bảy", "tám", "chín", "mười")

// quantities finds the numbers with a measure in the tokens [first, last) of one sentence, in their order. busy marks tokens that
// belong to times.
func (d *doc) quantities(s, first, last int, busy []bool, out []quantity) []quantity {
	toks := d.Tokens[:last]
	for i := first; i < last; i++ {
		t := &toks[i]
		if t.Kind != text.Number && !numerals.Has(t) || busy[i] {
			continue
		}
		q, ok := quantity{}, false
		switch {
		case t.Kind == text.Number:
			q, ok = d.numeral(toks, first, i, out)
		case t.Kind == text.Word && numberWord(*t) > 1 && t.Norm != "năm":
			q, ok = d.numberWord(toks, first, i)
		}
		if !ok {
			continue
		}
		q.Sentence = s
		if second, yes := d.rangeEnd(toks, first, q, out); yes {
			second.Sentence, second.Second = s, true
			out = append(out, d.bound(toks, first, &q, &second), second)
			i = second.Last - 1
			continue
		}
		if q.Measure == "" || q.Class == part && q.Of == nil || q.Class == timeLen {
			continue
		}
		d.compare(toks, first, &q)
		out = append(out, q)
		i = max(q.Last-1, i)
	}
	return out
}

// numeral reads the number at token i with its measure; it refuses numbers that stand in names, codes and dates. The measure is
// empty where none follows, which only the start of a range may have.
func (d *doc) numeral(toks []text.Token, first, i int, before []quantity) (quantity, bool) {
	q := quantity{Num: i, First: i, Last: i + 1, CmpFrom: i, Cmp: gov.Equal}
	var ok bool
	if q.Value, q.Stray, ok = parseNumber(toks[i].Norm); !ok || d.inCode(toks, first, i) {
		return q, false
	}
	j := i + 1
	if j+1 < len(toks) && toks[j].Norm == "/" && toks[j+1].Kind == text.Number {
		if of, _, ok := parseNumber(toks[j+1].Norm); ok {
			q.Of, j = &of, j+2
		}
		if j < len(toks) && toks[j].Norm == "/" && d.glued(j) && j+1 < len(toks) && toks[j+1].Kind == text.Number {
			return q, false
		}
	}
	d.takeMeasure(toks, j, &q)
	d.takeWhole(toks, &q)
	known := q.Class != unknown
	follows := len(before) > 0 && before[len(before)-1].Last == i
	if i > first && !follows {
		if k := d.phraseBefore(names, toks, first, i); k < i {
			return q, false
		}
		if k := d.phraseBefore(heads, toks, first, i); k < i && (!known || q.Class == part || q.Class == timeLen) {
			return q, false
		}
		if p := toks[i-1]; !known && p.Kind == text.Word && p.Upper && i-1 > first {
			return q, false
		}
		if toks[i-1].Norm == "số" && !d.countedNumber(toks, first, i) {
			return q, false
		}
	}
	if q.Of != nil && (q.Measure == "" || !known && d.glued(j) || !known && q.Value <= 31 && *q.Of <= 12) {
		return q, false // 26/7, 24/7
	}
	return q, !d.names(toks, q) && !d.pointsBack(toks, q)
}

// countedNumber tells "tổng số 30 hộ" from "tuyến số 1".
func (d *doc) countedNumber(toks []text.Token, first, i int) bool {
	if i-2 < first {
		return false
	}
	switch toks[i-2].Norm {
	case "tổng", "con", "với", "trong", "có", "dân", "sĩ", "quân", "hệ", "chỉ", "doanh":
		return true
	}
	return false
}

// inCode reports whether the number is part of a code: "17-CT/TU", "covid-19", "QL1A", "3553/QĐ".
func (d *doc) inCode(toks []text.Token, first, i int) bool {
	joint := func(k int) bool {
		return toks[k].Norm == "-" || toks[k].Norm == "/" || toks[k].Norm == "–" || toks[k].Norm == "."
	}
	if i-2 >= first && joint(i-1) && d.glued(i) && toks[i-2].Kind == text.Word && (toks[i-2].Upper || d.glued(i-1)) && toks[i-1].Norm != "/" {
		return true
	}
	if i-2 >= first && toks[i-1].Norm == "-" && toks[i-2].Norm == "covid" {
		return true
	}
	if i-2 >= first && toks[i-1].Norm == "/" && (d.glued(i) && toks[i-2].Caps || toks[i-2].Kind == text.Number) {
		return true // the second half of a ratio that is none: thứ 12/166, 35/0,4 kV
	}
	n := i + 1
	if n < len(toks) && d.glued(n) {
		if t := toks[n]; t.Kind == text.Word {
			if _, k := measures.At(toks, n); k == 0 && t.Norm != "m" || t.Upper && len(t.Norm) == 1 {
				return true // QL1A, 4G
			}
		}
	}
	return n+1 < len(toks) && (toks[n].Norm == "-" || toks[n].Norm == "/") && toks[n+1].Kind == text.Word && toks[n+1].Upper && (toks[n+1].Caps || d.glued(n+1)) && d.glued(n)
}

// phraseBefore gives the first token of a phrase of the dictionary that ends right before token i, or i.
func (d *doc) phraseBefore(dict *grammar.Dict[bool], toks []text.Token, first, i int) int {
	for k := max(first, i-3); k < i; k++ {
		if _, n := dict.At(toks[:i], k); k+n == i {
			return k
		}
	}
	return i
}

// takeMeasure reads the measure that begins at token j.
func (d *doc) takeMeasure(toks []text.Token, j int, q *quantity) {
	if j >= len(toks) {
		return
	}
	class, n := d.measureWord(toks, j)
	if n == 1 && class == size && toks[j].Upper && len(toks[j].Norm) == 1 && toks[j].Norm != "m" {
		return // 4G
	}
	if class == part && n == 1 && toks[j].Norm == "lần" && d.multiplies(toks, j, q) {
		class = size
	}
	if class == scale && j+n < len(toks) {
		if c, m := measures.At(toks, j+n); m > 0 && c != percent && c != part && c != timeLen {
			class, n = c, n+m
		} else {
			class = money
		}
	} else if class == scale {
		class = money
	}
	if n == 0 {
		t := toks[j]
		if t.Kind != text.Word || t.Upper || utf8.RuneCountInString(t.Norm) < 2 {
			return
		}
		if _, k := noMeasure.At(toks, j); k > 0 {
			return
		}
		n = 1
	}
	end := j + n
	for end+1 < len(toks) && toks[end].Norm == "/" {
		_, m := per.At(toks, end+1)
		if m == 0 {
			break
		}
		end += 1 + m
	}
	q.Class, q.Last = class, end
	if class == money && d.takeRest(toks, j, end, q) {
		return
	}
	q.Measure = strings.ToLower(text.NFC(d.words(j, end)))
	if strings.ContainsAny(q.Measure, "/\u00a0") || strings.Contains(q.Measure, "  ") {
		q.Measure = strings.ReplaceAll(strings.Join(strings.Fields(q.Measure), " "), " / ", "/")
	}
}

// multiplies reports whether "lần" after the number says how many times as much: "gấp 2 lần", "tăng 1,5 lần", "45 lần/người".
func (d *doc) multiplies(toks []text.Token, j int, q *quantity) bool {
	if j+1 < len(toks) && toks[j+1].Norm == "/" || q.Value != float64(int(q.Value)) {
		return true
	}
	for k := max(0, q.Num-4); k < q.Num; k++ {
		switch toks[k].Norm {
		case "gấp", "tăng", "giảm":
			return true
		}
	}
	return false
}

// takeRest reads the rest of an amount in two scales, "16 tỷ 434 triệu đồng", as 16,434 tỷ đồng: it is one amount.
func (d *doc) takeRest(toks []text.Token, j, end int, q *quantity) bool {
	if q.Of != nil || end != j+1 || toks[j].Norm != "tỷ" && toks[j].Norm != "tỉ" || end+1 >= len(toks) || toks[end].Kind != text.Number {
		return false
	}
	rest, stray, ok := parseNumber(toks[end].Norm)
	if !ok || stray || rest >= 1000 || toks[end+1].Norm != "triệu" {
		return false
	}
	q.Value, q.Last, q.Measure = q.Value+rest/1000, end+2, "tỷ"
	if q.Last < len(toks) && toks[q.Last].Norm == "đồng" {
		q.Last, q.Measure = q.Last+1, "tỷ đồng"
	}
	return true
}

// takeWhole reads the whole of "12,5 ha/18 ha": a second number with the same measure.
func (d *doc) takeWhole(toks []text.Token, q *quantity) {
	j := q.Last
	if q.Of != nil || q.Measure == "" || j+2 >= len(toks) || toks[j].Norm != "/" || toks[j+1].Kind != text.Number {
		return
	}
	whole := quantity{Last: j + 2}
	d.takeMeasure(toks, j+2, &whole)
	if of, _, ok := parseNumber(toks[j+1].Norm); ok && whole.Measure == q.Measure {
		q.Of, q.Last = &of, whole.Last
	}
}

// numberWord reads "hai hộ"; only hard measures make a figure of a number in words, since before nouns it is mostly an article.
func (d *doc) numberWord(toks []text.Token, first, i int) (quantity, bool) {
	q := quantity{Num: i, First: i, Last: i + 1, CmpFrom: i, Cmp: gov.Equal, Value: float64(numberWord(toks[i]))}
	if toks[i].Upper && i > first || i > first && (toks[i-1].Norm == "cả" || toks[i-1].Norm == "thứ" || toks[i-1].Norm == "trong" || toks[i-1].Norm == "tháng" || toks[i-1].Upper && i-1 > first) {
		return q, false
	}
	d.takeMeasure(toks, i+1, &q)
	switch q.Class {
	case percent, money, size:
	case people:
		if q.Last < len(toks) && toks[q.Last].Upper {
			return q, false
		}
	case places, counts:
		told := i > first && (d.tellsCount(toks[i-1]) || toks[i-1].Norm == "," && q.Last < len(toks) && (toks[q.Last].Norm == "chưa" || toks[q.Last].Norm == "không"))
		if q.Value < 2 || !told || q.Last < len(toks) && toks[q.Last].Norm == "trên" {
			return q, false
		}
	default:
		return q, false
	}
	return q, !d.names(toks, q) && !d.pointsBack(toks, q)
}

// tellsCount reports whether a number in words after the word counts: after a verb, and not after what only points at known things
// ("giữa hai xã", "của hai dự án").
func (d *doc) tellsCount(before text.Token) bool {
	switch before.Norm {
	case "có", "còn", "thêm", "dựng", "thành", "tặng", "hỗ", "trợ", "mới", "lập", "xóa", "sửa", "chữa", "đạt", "khai", "trương", "mở", "được", "tới", "thiếu", "sâu", "ở", "nhận",
		"phạt", "lý", "kiểm", "tra", "hơn", "gần", "khoảng", "trên", "ít":
		return true
	}
	return false
}

// names reports whether the counted things are named right after ("2 phường Bỉm Sơn, Quang Trung", "3 phường: …"): the number is
// then an article.
func (d *doc) names(toks []text.Token, q quantity) bool {
	if q.Of != nil || q.Last >= len(toks) || q.Class != places && q.Class != counts && q.Class != unknown && q.Measure != "đồng chí" {
		return false
	}
	next := toks[q.Last]
	if q.Class == places && next.Norm == "(" && q.Num > 0 && merged[toks[q.Num-1].Norm] {
		return q.Last+1 < len(toks) && toks[q.Last+1].Upper && !toks[q.Last+1].Caps // sáp nhập 3 xã (Bình An, …)
	}
	if q.Class == counts && q.Last+1 < len(toks) && !(toks[q.Last+1].Kind == text.Word && toks[q.Last+1].Upper) && q.Value != 2 {
		return false // 1.260 suất quà Tết
	}
	return next.Kind == text.Word && next.Upper && !next.Caps || next.Norm == ":" && (q.Class == places || q.Num > 0 && merged[toks[q.Num-1].Norm])
}

// merged are words before a count of units that are only named.
var merged = map[string]bool{"nhập": true, "nhất": true, "từ": true, "của": true, "các": true, "sở": true, "gồm": true, "với": true}

// pointsBack reports whether the count only points back: "2 doanh nghiệp này".
func (d *doc) pointsBack(toks []text.Token, q quantity) bool {
	if q.Last >= len(toks) || q.Class == percent || q.Class == money {
		return false
	}
	if q.Class == targets && q.Of == nil && q.CmpFrom == q.Num && q.Num > 1 && toks[q.Num-1].Norm == "trong" && toks[q.Num-2].Kind != text.Number &&
		toks[q.Last].Norm == "xây" {
		return true // một trong 19 tiêu chí xây dựng nông thôn mới
	}
	if q.Class == targets && q.Of == nil && q.Num > 0 && toks[q.Num-1].Norm == "với" && (d.is(q.Last, "chủ yếu") || d.is(q.Last, "cụ thể") || d.is(q.Last, "cơ bản")) {
		return true // nghị quyết với 20 chỉ tiêu chủ yếu
	}
	if q.Class == targets && q.Of == nil && q.Num > 1 && q.CmpFrom == q.Num && setBefore[toks[q.Num-1].Norm] && (d.is(q.Num-2, "đề ra") || d.is(q.Num-2, "thông qua") ||
		d.is(q.Num-2, "xác định") || d.is(q.Num-2, "đặt ra")) {
		return true // the aims that a resolution sets are its parts
	}
	if q.Num > 0 && toks[q.Num-1].Norm == "của" && (q.Measure == "đơn vị" || q.Measure == "địa phương") {
		return true // của 04 đơn vị: the ones named before
	}
	switch toks[q.Last].Norm {
	case "này", "đó", "ấy", "kia":
		return true
	case "nói", "nêu":
		return d.is(q.Last+1, "trên")
	case "trên":
		return q.Last+1 == len(toks) || toks[q.Last+1].Kind == text.Punct
	}
	return false
}

var setBefore = map[string]bool{"ra": true, "qua": true, "định": true}

// rangeEnd reads the second number of a range that q begins: "8,5 - 9%", "từ 10 đến 15 hộ".
func (d *doc) rangeEnd(toks []text.Token, first int, q quantity, before []quantity) (quantity, bool) {
	j := q.Last
	if q.Class == unknown {
		j = q.Num + 1 // "15 đến 18": the next word is no measure
	}
	if j+1 >= len(toks) || toks[j+1].Kind != text.Number || q.Of != nil {
		return quantity{}, false
	}
	switch toks[j].Norm {
	case "-", "–", "—", "÷":
	case "đến", "tới":
		if q.Measure != "" && q.Class != unknown && (q.Num == first || toks[q.Num-1].Norm != "từ") {
			return quantity{}, false
		}
	default:
		return quantity{}, false
	}
	second, ok := d.numeral(toks, j+1, j+1, before)
	if !ok || second.Measure == "" || second.Class == timeLen || second.Class == part || second.Value < q.Value && second.Class != percent {
		return quantity{}, false
	}
	return second, true
}

// bound makes two ends of a range and gives the first one.
func (d *doc) bound(toks []text.Token, first int, a, b *quantity) quantity {
	d.compare(toks, first, a)
	if a.Class == unknown {
		a.Measure, a.Class, a.Last = b.Measure, b.Class, a.Num+1
	}
	if a.Of == nil {
		a.Of = b.Of
	}
	a.Cmp, b.Cmp = gov.AtLeast, gov.AtMost
	if d.is(b.Last, "trở lên") {
		b.Cmp = gov.AtLeast
	}
	b.CmpFrom = a.CmpFrom
	return *a
}

// compare reads the words around a quantity that say how it bounds the thing.
func (d *doc) compare(toks []text.Token, first int, q *quantity) {
	for k := max(first, q.Num-3); k < q.Num; k++ {
		cmp, n := comparators.At(toks[:q.Num], k)
		if n == 0 || k+n != q.Num || toks[k].Norm == "từ" && !d.is(q.Last, "trở lên") {
			continue
		}
		if toks[k].Norm == "hơn" && k > first && compares[toks[k-1].Norm] {
			break // cao hơn 4,2 điểm
		}
		q.Cmp, q.CmpFrom = cmp, k
		if k-1 >= first && (toks[k-1].Norm == "khoảng" || toks[k-1].Norm == "từ") {
			q.CmpFrom = k - 1
		}
		break
	}
	switch {
	case d.is(q.Last, "trở lên"):
		q.Cmp = gov.AtLeast
	case d.is(q.Last, "trở xuống"):
		q.Cmp = gov.AtMost
	}
}

// compares are words that make a comparison of "hơn", and no bound.
var compares = map[string]bool{"cao": true, "thấp": true, "nhiều": true, "ít": true, "nhanh": true, "chậm": true, "lớn": true, "sớm": true}

// parseNumber reads a number as Viet Nam writes it: groups of three digits after a point are thousands, a comma is the decimal
// sign, any other point is read as one and reported as stray.
func parseNumber(s string) (value float64, stray, ok bool) {
	if strings.Count(s, ",") > 1 && !strings.Contains(s, ".") {
		s = strings.ReplaceAll(s, ",", "") // 1,234,567, as some write
	}
	whole, frac, comma := strings.Cut(s, ",")
	switch {
	case strings.ContainsAny(frac, ".,"):
		return 0, false, false
	case !strings.Contains(whole, "."):
	case thousands(whole):
		whole = strings.ReplaceAll(whole, ".", "")
	case !comma && strings.Count(whole, ".") == 1:
		whole, frac, _ = strings.Cut(whole, ".")
		stray = true
	default:
		return 0, false, false
	}
	if len(whole)+len(frac) > 18 {
		return 0, false, false
	}
	number := whole
	if frac != "" {
		number += "." + frac
	}
	value, err := strconv.ParseFloat(number, 64)
	return value, stray, err == nil
}

// thousands reports whether the points of s stand between groups of three digits.
func thousands(s string) bool {
	groups := strings.Split(s, ".")
	if len(groups[0]) > 3 || groups[0][0] == '0' {
		return false
	}
	for _, g := range groups[1:] {
		if len(g) != 3 {
			return false
		}
	}
	return true
}
