package calendar

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Wording is how a text names a day.
type Wording string

// The wordings.
const (
	Before Wording = "before" // trước ngày: the day before is the last one
	By     Wording = "by"     // chậm nhất, đến hết, đến ngày: the day itself is the last one
	Within Wording = "within" // trong tháng, hết quý: the last day of the period
	Start  Wording = "start"  // đầu tháng, đầu năm: the first day
	Middle Wording = "middle" // giữa tháng: the 15th; giữa năm: 30/6
	End    Wording = "end"    // cuối tháng, cuối năm
)

// A Named is a due day that a text names. Such a day stays where it is, also when it is a day off: whoever named it chose it.
type Named struct {
	Day   Day     // the last day on which one is in time
	Said  Day     // the day in the text, or the first day of the period in the text
	Words Wording // how it was said
	// Period: the text names a month, a quarter or a year, not a day.
	Period bool
}

// A Term is a text about a due day, understood: an amount of time or a named day.
type Term struct {
	Limit Limit
	Named *Named
}

// Refusals of a text.
var (
	ErrTerm = errors.New("calendar: the text names no time limit")  // nothing was understood
	ErrYear = errors.New("calendar: the text leaves the year open") // "trước 30/6": nothing is guessed
)

// ParseTerm understands an amount (+10wd, 30d, "10 ngày làm việc", "trong 02 tháng", "24 giờ") or a named day ("trước ngày 30/6/2026", "chậm
// nhất 15/12/2026", "hết tháng 6/2026", "trong quý II/2026", "cuối năm 2026"), with or without marks.
func ParseTerm(s string) (Term, error) {
	s = plain(s)
	if l, ok := parseLimit(s); ok {
		if l.check() != nil {
			return Term{}, ErrTerm
		}
		return Term{Limit: l}, nil
	}
	n, err := parseNamed(s)
	if err != nil {
		return Term{}, err
	}
	return Term{Named: &n}, nil
}

// plain is s in lower case without marks, singly spaced.
func plain(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'đ':
			b.WriteByte('d')
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// units are the words of units after an amount. Their keys are plain; "ngay" is a calendar day unless "lam viec" follows.
var units = map[string]Unit{
	"h": Hours, "gio": Hours, "hour": Hours, "hours": Hours,
	"d": Days, "ngay": Days, "day": Days, "days": Days, "ngay lich": Days,
	"wd": WorkDays, "ngay lam viec": WorkDays, "working day": WorkDays, "working days": WorkDays,
	"w": Weeks, "tuan": Weeks, "week": Weeks, "weeks": Weeks,
	"m": Months, "thang": Months, "month": Months, "months": Months,
	"y": Years, "nam": Years, "year": Years, "years": Years,
}

var amount = regexp.MustCompile(`^(?:trong |within |in |\+)?(?:thoi han |vong )?([0-9]{1,5}) ?([a-z ]+)$`)

// halves are the terms that the law gives a length in words for: half a month is 15 days, half a year six months.
var halves = map[string]Limit{"nua thang": {15, Days}, "nua nam": {6, Months}}

func parseLimit(s string) (Limit, bool) {
	if l, ok := halves[strings.TrimPrefix(s, "trong ")]; ok {
		return l, true
	}
	m := amount.FindStringSubmatch(s)
	if m == nil {
		return Limit{}, false
	}
	unit, ok := units[m[2]]
	n, err := strconv.Atoi(m[1])
	return Limit{n, unit}, ok && err == nil
}

// wordings are the beginnings of a named day, the longer ones first.
var wordings = []struct {
	text  string
	words Wording
}{
	{"hoan thanh truoc", Before}, {"xong truoc", Before}, {"truoc", Before}, {"before", Before},
	{"cham nhat den het", By}, {"cham nhat den", By}, {"cham nhat vao", By}, {"cham nhat trong", By}, {"cham nhat", By}, {"muon nhat", By},
	{"den het", By}, {"het", By}, {"den", By}, {"by", By}, {"until", By}, {"on", By}, {"vao", By},
	{"trong", Within}, {"within", Within}, {"in", Within},
	{"dau", Start}, {"giua", Middle}, {"cuoi", End},
}

func parseNamed(s string) (Named, error) {
	for _, w := range wordings {
		if rest, ok := strings.CutPrefix(s, w.text+" "); ok {
			return named(w.words, rest)
		}
	}
	return named(By, s)
}

var (
	dayText     = regexp.MustCompile(`^(?:ngay )?([0-9]{1,2})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{4}))?$`)
	dayWords    = regexp.MustCompile(`^(?:ngay )?([0-9]{1,2}) thang ([0-9]{1,2})(?: nam ([0-9]{4}))?$`)
	isoText     = regexp.MustCompile(`^(?:ngay )?([0-9]{4}-[0-9]{2}-[0-9]{2})$`)
	monthText   = regexp.MustCompile(`^thang ([0-9]{1,2})(?:(?:[/-]| nam )([0-9]{4}))?$`)
	quarterText = regexp.MustCompile(`^quy (i|ii|iii|iv|[1-4])(?:(?:[/-]| nam )([0-9]{4}))?$`)
	yearText    = regexp.MustCompile(`^nam ([0-9]{4})$`)
	quarters    = map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
)

func named(words Wording, s string) (Named, error) {
	// "cuối tháng" and the like may follow "trước" or "đến": "trước cuối tháng" is not understood, on purpose.
	if m := isoText.FindStringSubmatch(s); m != nil {
		d, err := ParseDay(m[1])
		return oneDay(words, d, err)
	}
	for _, form := range []*regexp.Regexp{dayText, dayWords} {
		if m := form.FindStringSubmatch(s); m != nil {
			if m[3] == "" {
				return Named{}, ErrYear
			}
			d, err := ParseDay(m[1] + "/" + m[2] + "/" + m[3])
			return oneDay(words, d, err)
		}
	}
	if m := monthText.FindStringSubmatch(s); m != nil {
		n, _ := strconv.Atoi(m[1])
		if n < 1 || n > 12 {
			return Named{}, ErrTerm
		}
		return period(words, m[2], time.Month(n), 1)
	}
	if m := quarterText.FindStringSubmatch(s); m != nil {
		return period(words, m[2], time.Month(3*quarters[m[1]]-2), 3)
	}
	if m := yearText.FindStringSubmatch(s); m != nil {
		return period(words, m[1], time.January, 12)
	}
	return Named{}, ErrTerm
}

func oneDay(words Wording, d Day, err error) (Named, error) {
	switch {
	case err != nil:
		return Named{}, ErrTerm
	case words == Before:
		return Named{Day: d - 1, Said: d, Words: Before}, nil
	case words == By, words == Within:
		return Named{Day: d, Said: d, Words: By}, nil
	}
	return Named{}, ErrTerm // "đầu ngày"
}

// period names a day by a period of some months from the first of a month on. The law says what its beginning, middle and end are for a
// month and a year; for a quarter it knows only the end.
func period(words Wording, year string, month time.Month, months int) (Named, error) {
	if year == "" {
		return Named{}, ErrYear
	}
	y, _ := strconv.Atoi(year)
	if y < FirstYear || y > LastYear {
		return Named{}, ErrTerm
	}
	first, last := Date(y, month, 1), Date(y, month+time.Month(months), 0)
	n := Named{Day: last, Said: first, Words: words, Period: true}
	switch {
	case words == Before:
		n.Day = first - 1
	case words == By:
		n.Words = Within
	case words == Start && months != 3:
		n.Day = first
	case words == Middle && months == 1:
		n.Day = first + 14
	case words == Middle && months == 12:
		n.Day = Date(y, time.June, 30)
	case words == Start, words == Middle:
		return Named{}, ErrTerm
	}
	return n, nil
}
