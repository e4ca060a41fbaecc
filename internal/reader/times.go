package reader

import (
	"fmt"
	"strconv"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/reader/grammar"
	"haicap/internal/text"
)

// A timeRef is one place that names a time. Year, Month, Day, Quarter are 0 where the text leaves them out; To is the last
// year of a range of years.
type timeRef struct {
	First, Last int // tokens [First, Last)
	Shape       timeShape
	Year, To    int
	Month       int // of a range of months: the last one, from the first month of the year on
	Quarter     int
	Day         int
	Rule        string
}

// A timeShape says what a timeRef speaks of.
type timeShape uint8

const (
	aYear    timeShape = iota + 1 // năm 2025
	years                         // 2020 - 2025, nhiệm kỳ, giai đoạn
	quarter                       // quý III/2025
	month                         // tháng 12/2025
	months                        // 6 tháng đầu năm 2025, từ đầu năm
	day                           // ngày 24/12/2025
	duration                      // 5 năm, 3 tháng
	thisYear                      // năm nay
	lastYear                      // năm trước, năm ngoái
)

var timeClasses = grammar.Classes{
	"y": {Kind: text.Number, Has: func(t text.Token) bool { return yearOf(t) > 0 }},
	"m": {Kind: text.Number, Has: func(t text.Token) bool { return between(t, 1, 12) }},
	"d": {Kind: text.Number, Has: func(t text.Token) bool { return between(t, 1, 31) }},
	"q": {Has: func(t text.Token) bool { return quarterOf(t) > 0 }, Words: strings.Fields("1 2 3 4 i ii iii iv một hai ba bốn")},
	"n": {Kind: text.Number, Has: func(t text.Token) bool { return between(t, 1, 999) }},
	"w": {Kind: text.Word, Has: func(t text.Token) bool { return numberWord(t) > 0 }, Words: strings.Fields("một hai ba bốn năm sáu bảy tám chín mười")},
	"my": {Kind: text.Number, Has: func(t text.Token) bool {
		a, b, ok := dotted(t)
		return ok && a >= 1 && a <= 12 && b >= 1900 && b <= 2100
	}},
	"dmy": {Kind: text.Number, Has: func(t text.Token) bool {
		if len(t.Norm) < 8 {
			return false
		}
		p := strings.Split(t.Norm, ".")
		return len(p) == 3 && len(p[2]) == 4 && len(p[0]) <= 2 && len(p[1]) <= 2
	}},
	"dm": {Kind: text.Number, Has: func(t text.Token) bool {
		a, b, ok := dotted(t)
		return ok && a >= 1 && a <= 31 && b >= 1 && b <= 12 && len(t.Norm) <= 5
	}},
}

// numberWord is the number that a token writes in a word, or 0.
func numberWord(t text.Token) int {
	if len(t.Norm) > len("mười") {
		return 0
	}
	switch t.Norm {
	case "một":
		return 1
	case "hai":
		return 2
	case "ba":
		return 3
	case "bốn":
		return 4
	case "năm":
		return 5
	case "sáu":
		return 6
	case "bảy":
		return 7
	case "tám":
		return 8
	case "chín":
		return 9
	case "mười":
		return 10
	}
	return 0
}

type timeRule struct {
	shape  timeShape
	fields string // what the captured tokens are: d, m, y, Y (last year), q, M (dotted month and year), D, "." (nothing)
}

func timeRules() []grammar.Rule[timeRule] {
	var list []grammar.Rule[timeRule]
	add := func(name string, shape timeShape, fields string, patterns ...string) {
		for _, p := range patterns {
			list = append(list, grammar.Rule[timeRule]{Name: "time." + name, Pattern: p, Value: timeRule{shape, fields}})
		}
	}
	add("day", day, "dmy", "ngày? <d> / <m> / <y>", "ngày? <d> - <m> - <y>", "ngày <d> tháng <m> năm? <y>", "ngày? <d> tháng <m> năm <y>")
	add("day", day, "D", "ngày? <dmy>")
	add("day", day, "dm", "ngày|sáng|chiều|tối|trưa|đêm|hôm <d> / <m>", "sáng|chiều|tối|trưa ngày <d> / <m>", "ngày <d> tháng <m>", "sáng|chiều|tối ngày <d> tháng <m>", "ngày <d> - <m>")
	add("days", day, ".dm", "ngày? <d> - <d> / <m>", "ngày? <d> và <d> / <m>", "ngày <d> đến <d> / <m>", "ngày <d> đến ngày <d> / <m>")
	add("days", day, ".dmy", "ngày? <d> - <d> / <m> / <y>", "ngày? <d> và <d> / <m> / <y>")
	add("days", day, ".dm", "từ <d> đến <d> / <m>")
	add("day", day, "dm", "sáng|chiều|tối|trưa nay ,? (? ngày? <d> / <m>", "hôm nay ,? (? ngày? <d> / <m>", "ngày|sáng|chiều|tối <d> –|—|- <m>", "sáng|chiều|tối ngày <d> –|—|- <m>",
		"sáng|chiều|tối nay ,? (? ngày? <d> –|—|- <m>", "( <d> / <m> )")
	add("day", day, "dmy", "ngày|sáng|chiều|tối <d> –|—|- <m> –|—|- <y>", "sáng|chiều|tối ngày? <d> / <m> / <y>", "hôm nay ,? (? ngày? <d> / <m> / <y>")
	add("days", day, ".dm", "ngày <d> , <d> / <m>", "ngày <d> – <d> / <m>")
	add("day", day, "E", "ngày|sáng|chiều|tối <dm>", "sáng|chiều|tối ngày <dm>")
	add("day", day, "d", "ngày|mùng|mồng <d>", "sáng|chiều|tối ngày <d>")
	add("month", month, "my", "tháng <m> / <y>", "tháng <m> năm <y>", "tháng <m> - <y>", "<m> / <y>")
	add("month", month, "M", "tháng <my>")
	add("month", month, "m", "tháng <m>", "tháng <m> năm nay")
	add("months", months, "my", "<m> tháng đầu? năm <y>", "từ tháng 1 đến tháng <m> / <y>", "từ tháng 1 đến hết? tháng <m> năm <y>")
	add("months", months, "m", "<m> tháng đầu năm", "<m> tháng đầu năm nay")
	add("months", months, "w", "<w> tháng đầu năm")
	add("months", months, "wy", "<w> tháng đầu năm <y>")
	add("halves", duration, ".y", "<m> tháng cuối năm <y>?", "<w> tháng cuối năm <y>?")
	add("sofar", months, "y", "từ đầu năm <y>?", "từ đầu năm <y> đến nay", "tính từ đầu năm <y>?")
	add("sofar", months, "", "từ đầu năm đến nay", "từ đầu năm tới nay")
	add("quarter", quarter, "qy", "quý|quí <q> / <y>", "quý|quí <q> năm <y>", "quý|quí <q> - <y>", "quý|quí <q> , năm <y>")
	add("quarter", quarter, "q", "quý|quí <q>")
	add("years", years, "yY", "năm? <y> –|-|—|đến|tới <y>", "nhiệm kỳ <y> –|-|—|đến <y>", "giai đoạn <y> –|-|—|đến <y>", "từ? năm <y> đến hết? năm <y>",
		"nhiệm kỳ <y> / <y>", "từ <y> đến <y>", "các? năm <y> và <y>")
	add("year", aYear, "y", "năm <y>", "cuối|đầu|giữa|hết|trong năm <y>", "đến|từ|trong <y>", "năm học? <y>")
	add("this", thisYear, "", "năm nay")
	add("last", lastYear, "", "năm trước", "năm ngoái")
	add("duration", duration, ".", "<n> năm|tháng|ngày|tuần|giờ|phút|giây|thập kỷ", "<w> năm|tháng|ngày|tuần|giờ|phút|thập kỷ", "<n> ngày|tháng|giờ làm? việc?")
	add("duration", duration, "..", "<n> –|-|đến <n> năm|tháng|ngày|tuần|giờ|phút")
	add("hour", duration, "..", "<n> giờ <n> phút?", "<n> h <n>?", "<n> : <n>")
	add("year", aYear, "y", "<y>")
	return list
}

var timeSet = grammar.Compile(timeClasses, timeRules())

// readTimes finds years, quarters, months, terms and days.
func (d *doc) readTimes() {
	timeSet.Each(d.Tokens, 0, len(d.Tokens), func(m grammar.Match[timeRule]) {
		if ref, ok := d.timeRef(m); ok {
			d.times = append(d.times, ref)
		}
	})
	d.titleYear = d.yearOfTitle()
}

// yearOfTitle is the only year that the title names, or 0: "6 tháng đầu năm" in the text is then of that year.
func (d *doc) yearOfTitle() int {
	year, at := 0, 0
	for _, p := range d.paras[:min(len(d.paras), headLines+4)] {
		if p.Class != title && p.Class != dateline {
			continue
		}
		first, last := d.Sentences[p.First].First, d.end(p)
		for ; at < len(d.times) && d.times[at].First < last; at++ {
			t := d.times[at]
			if t.First < first || t.Year == 0 || t.Shape == day || t.Shape == duration {
				continue
			}
			if t.Shape == years || year != 0 && year != t.Year {
				return 0
			}
			year = t.Year
		}
	}
	return year
}

func (d *doc) timeRef(m grammar.Match[timeRule]) (timeRef, bool) {
	ref := timeRef{First: m.First, Last: m.Last, Shape: m.Rule.Value.shape, Rule: m.Rule.Name}
	for i, k := range m.Caught {
		if k < 0 || i >= len(m.Rule.Value.fields) {
			continue
		}
		t := d.Tokens[k]
		n, _ := strconv.Atoi(t.Norm)
		switch m.Rule.Value.fields[i] {
		case 'd':
			ref.Day = n
		case 'm':
			ref.Month = n
		case 'w':
			ref.Month = numberWord(t)
		case 'y':
			ref.Year = n
		case 'Y':
			ref.To = n
		case 'q':
			ref.Quarter = quarterOf(t)
		case 'M':
			ref.Month, ref.Year, _ = dotted(t)
		case 'E':
			ref.Day, ref.Month, _ = dotted(t)
		case 'D':
			p := strings.Split(t.Norm, ".")
			ref.Day, _ = strconv.Atoi(p[0])
			ref.Month, _ = strconv.Atoi(p[1])
			ref.Year, _ = strconv.Atoi(p[2])
		}
	}
	if ref.Shape == years && (ref.To < ref.Year && !d.is(ref.First, "nhiệm kỳ") || ref.To > ref.Year+60) {
		return ref, false
	}
	return ref, d.plausibleTime(ref)
}

// plausibleTime keeps out numbers that only look like a time: a bare 2025 with a measure after it ("2025 hộ"), and "1/2025"
// inside the number of a document.
func (d *doc) plausibleTime(ref timeRef) bool {
	bare := ref.Last == ref.First+1
	if bare && ref.Last < len(d.Tokens) {
		next := d.Tokens[ref.Last]
		if next.Norm == "%" || next.Norm == "/" && ref.Shape == aYear && d.glued(ref.Last) {
			return false
		}
		if _, n := measures.At(d.Tokens, ref.Last); n > 0 && next.Kind == text.Word && !next.Upper {
			return false
		}
	}
	return true
}

// period gives the period in the contract's form, with the missing year filled from the document's day; empty where it stays open.
func (d *doc) period(ref timeRef) gov.Period {
	at := d.out.Document.Date
	if at == "" {
		at = d.out.Document.Published
	}
	year := ref.Year
	if year == 0 {
		year = at.Year()
	}
	if year == 0 {
		year = d.titleYear
	}
	if year == 0 && ref.Shape != years {
		return ""
	}
	switch ref.Shape {
	case aYear, thisYear:
		return gov.Period(strconv.Itoa(year))
	case lastYear:
		return gov.Period(strconv.Itoa(year - 1))
	case years:
		if ref.To == ref.Year {
			return gov.Period(strconv.Itoa(ref.Year))
		}
		return gov.Period(fmt.Sprintf("%d-%d", ref.Year, ref.To))
	case quarter:
		return gov.Period(fmt.Sprintf("%d-Q%d", year, ref.Quarter))
	case month:
		return gov.Period(fmt.Sprintf("%d-%02d", year, ref.Month))
	case day:
		if ref.Month > 0 {
			return gov.Period(fmt.Sprintf("%d-%02d", year, ref.Month))
		}
	case months:
		last := ref.Month
		if last == 0 && len(at) == len("2006-01-02") && at.Year() == year {
			last, _ = strconv.Atoi(string(at[5:7]))
		}
		if last == 1 {
			return gov.Period(fmt.Sprintf("%d-01", year))
		}
		if last > 0 {
			return gov.Period(fmt.Sprintf("%d-01/%d-%02d", year, year, last))
		}
	}
	return ""
}

func yearOf(t text.Token) int {
	if t.Kind != text.Number || len(t.Norm) != 4 {
		return 0
	}
	n, err := strconv.Atoi(t.Norm)
	if err != nil || n < 1900 || n > 2100 {
		return 0
	}
	return n
}

func between(t text.Token, low, high int) bool {
	if t.Kind != text.Number || len(t.Norm) > 3 {
		return false
	}
	n, err := strconv.Atoi(t.Norm)
	return err == nil && n >= low && n <= high
}

func quarterOf(t text.Token) int {
	switch t.Norm {
	case "1", "i", "một":
		return 1
	case "2", "ii", "hai":
		return 2
	case "3", "iii", "ba":
		return 3
	case "4", "iv", "bốn":
		return 4
	}
	return 0
}

// dotted reads "12.2025" and "24.12".
func dotted(t text.Token) (a, b int, ok bool) {
	l, r, ok := strings.Cut(t.Norm, ".")
	if t.Kind != text.Number || !ok {
		return 0, 0, false
	}
	a, err1 := strconv.Atoi(l)
	b, err2 := strconv.Atoi(r)
	return a, b, err1 == nil && err2 == nil
}
