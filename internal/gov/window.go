package gov

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

// A ReportKind is a kind of periodic report.
type ReportKind string

// The kinds.
const (
	MonthReport   ReportKind = "month"
	QuarterReport ReportKind = "quarter"
	HalfReport    ReportKind = "half_year"
	NineReport    ReportKind = "nine_months"
	YearReport    ReportKind = "year"
)

// ReportKinds lists the kinds, shortest first.
var ReportKinds = []ReportKind{MonthReport, QuarterReport, HalfReport, NineReport, YearReport}

// Kind is the kind of report that covers just this period; empty where there is none (a term, January to November).
func (p Period) Kind() ReportKind {
	first, last, ok := p.Months()
	if !ok {
		return ""
	}
	start := first.Number() == 1
	switch n := last - first + 1; {
	case n == 1:
		return MonthReport
	case n == 3 && first.Number()%3 == 1:
		return QuarterReport
	case n == 6 && start:
		return HalfReport
	case n == 9 && start:
		return NineReport
	case n == 12 && start:
		return YearReport
	}
	return ""
}

// PeriodsIn lists the periods of the kind in a year: twelve months, four quarters, one of the others.
func (k ReportKind) PeriodsIn(year int) []Period {
	n, every := Month(12), Month(12)
	switch k {
	case MonthReport:
		n, every = 1, 1
	case QuarterReport:
		n, every = 3, 3
	case HalfReport:
		n = 6
	case NineReport:
		n = 9
	case YearReport:
	default:
		return nil
	}
	var list []Period
	for m := MonthOf(year, 1); m <= MonthOf(year, 12); m += every {
		list = append(list, PeriodOf(m, m+n-1))
	}
	return list
}

// A Window says, for a kind of report and as long as its rule is in force, which days' data the report holds, and from how many days after
// the period's end a figure is no estimate any more.
type Window struct {
	Kind        ReportKind
	From, To    Day // the rule is in force for periods that end on these days; empty: open
	OpenMonth   int // the first month of the period plus this
	OpenDay     int
	CloseMonth  int // the last month of the period plus this
	CloseDay    int
	Preliminary int  // days after the period's end from which a figure is preliminary
	Final       *int // the same for final; nil: only the source can say so
	Law         string
	Mark        string // how sure the rule's source is: C, C2, U as in the table's head
}

//go:embed windows.csv
var windowsCSV string

// Windows is the table of data windows that the program comes with. The slice is shared: do not change it.
var Windows = sync.OnceValue(func() []Window {
	list, err := readWindows(windowsCSV)
	if err != nil {
		panic("gov: windows.csv: " + err.Error()) // embedded: a defect of the build
	}
	return list
})

func readWindows(table string) ([]Window, error) {
	var list []Window
	err := readTable(strings.NewReader(table), 11, "windows.csv", func(row []string) error {
		w, err := readWindow(row)
		list = append(list, w)
		return err
	})
	return list, err
}

func readWindow(f []string) (Window, error) {
	w := Window{Kind: ReportKind(f[0]), From: Day(f[1]), To: Day(f[2]), Law: f[9], Mark: f[10]}
	var final int
	for _, n := range []struct {
		field string
		to    *int
	}{{f[3], &w.OpenMonth}, {f[4], &w.OpenDay}, {f[5], &w.CloseMonth}, {f[6], &w.CloseDay}, {f[7], &w.Preliminary}, {f[8], &final}} {
		if n.field == "" && n.to == &final {
			continue
		}
		var err error
		if *n.to, err = strconv.Atoi(n.field); err != nil {
			return w, err
		}
	}
	if f[8] != "" {
		w.Final = &final
	}
	if w.Kind == "" || w.OpenDay < 1 || w.OpenDay > 31 || w.CloseDay < 1 || w.CloseDay > 31 || w.Law == "" ||
		w.From != "" && !w.From.Valid() || w.To != "" && !w.To.Valid() {
		return w, errRow
	}
	return w, nil
}

// WindowOf finds the rule for the period's kind that is in force when the period ends; false where there is none.
func WindowOf(windows []Window, p Period) (Window, bool) {
	kind, end := p.Kind(), p.LastDay()
	for _, w := range windows {
		if w.Kind == kind && kind != "" && w.From <= end && (w.To == "" || end <= w.To) {
			return w, true
		}
	}
	return Window{}, false
}

// Days are the first and the last day whose data the report on the period holds.
func (w Window) Days(p Period) (open, closes Day) {
	first, last, ok := p.Months()
	if !ok {
		return "", ""
	}
	return (first + Month(w.OpenMonth)).Day(w.OpenDay), (last + Month(w.CloseMonth)).Day(w.CloseDay)
}

// CutOff is the last day whose data a report on the period holds: of a rule where there is one, else the period's last day.
func CutOff(windows []Window, p Period) Day {
	if w, ok := WindowOf(windows, p); ok {
		_, closes := w.Days(p)
		return closes
	}
	return p.LastDay()
}

// VintageBy is how final a figure on the period is that was given on the day, where its source does not say: an estimate as long as the period
// lasts, preliminary after it, final only from the day that the table names. Open where period or day is open.
func VintageBy(windows []Window, p Period, day Day) Vintage {
	end := p.LastDay()
	if end == "" || day == "" {
		return VintageOpen
	}
	w, ok := WindowOf(windows, p)
	switch {
	case day <= end, ok && day < end.AddDays(w.Preliminary):
		return Estimated
	case ok && w.Final != nil && day >= end.AddDays(*w.Final):
		return Final
	}
	return Preliminary
}
