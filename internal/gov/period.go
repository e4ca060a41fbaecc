package gov

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Month counts months from the year 0, so that months can be added and compared: 12·year + month − 1.
type Month int

// MonthOf is the month of a year; month 1 is January.
func MonthOf(year, month int) Month { return Month(12*year + month - 1) }

// Year is the year of the month, Number its number in the year from 1.
func (m Month) Year() int { return int(m) / 12 }

// Number is the number of the month in its year, from 1.
func (m Month) Number() int { return int(m)%12 + 1 }

// FirstDay is the first day of the month.
func (m Month) FirstDay() Day { return m.day(1) }

// LastDay is the last day of the month.
func (m Month) LastDay() Day { return (m + 1).day(0) }

// Day is the day of the month with that number, the last one where the month is shorter.
func (m Month) Day(n int) Day {
	if d := m.day(n); d < m.LastDay() {
		return d
	}
	return m.LastDay()
}

func (m Month) day(n int) Day {
	return DayOf(time.Date(m.Year(), time.Month(m.Number()), n, 0, 0, 0, 0, time.UTC))
}

// Months gives the first and the last month of the period; false where it is open or not one of the forms that Period names.
func (p Period) Months() (first, last Month, ok bool) {
	s := string(p)
	switch {
	case len(s) == 4:
		y, ok := number(s, 1, 9999)
		return MonthOf(y, 1), MonthOf(y, 12), ok
	case len(s) == 7 && s[4] == '-' && s[5] == 'Q':
		y, ok1 := number(s[:4], 1, 9999)
		q, ok2 := number(s[6:], 1, 4)
		return MonthOf(y, 3*q-2), MonthOf(y, 3*q), ok1 && ok2
	case len(s) == 7 && s[4] == '-':
		y, ok1 := number(s[:4], 1, 9999)
		m, ok2 := number(s[5:], 1, 12)
		return MonthOf(y, m), MonthOf(y, m), ok1 && ok2
	case len(s) == 9 && s[4] == '-':
		a, ok1 := number(s[:4], 1, 9999)
		b, ok2 := number(s[5:], 1, 9999)
		return MonthOf(a, 1), MonthOf(b, 12), ok1 && ok2 && a <= b
	case len(s) == 15 && s[7] == '/':
		first, _, ok1 := Period(s[:7]).Months()
		_, last, ok2 := Period(s[8:]).Months()
		return first, last, ok1 && ok2 && first <= last
	}
	return 0, 0, false
}

func number(s string, low, high int) (int, bool) {
	if strings.ContainsAny(s, "+-") {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= low && n <= high
}

// Valid reports whether the period has one of the forms that Period names.
func (p Period) Valid() bool {
	_, _, ok := p.Months()
	return ok
}

// FirstDay is the first day of the period; empty where it is open.
func (p Period) FirstDay() Day {
	if first, _, ok := p.Months(); ok {
		return first.FirstDay()
	}
	return ""
}

// LastDay is the last day of the period; empty where it is open.
func (p Period) LastDay() Day {
	if _, last, ok := p.Months(); ok {
		return last.LastDay()
	}
	return ""
}

// Length is the number of months, 0 where the period is open.
func (p Period) Length() int {
	first, last, ok := p.Months()
	if !ok {
		return 0
	}
	return int(last-first) + 1
}

// Covers reports whether all of o lies in p.
func (p Period) Covers(o Period) bool {
	a, b, ok1 := p.Months()
	c, d, ok2 := o.Months()
	return ok1 && ok2 && a <= c && d <= b
}

// PeriodOf writes the months as a period, in the shortest form that says them.
func PeriodOf(first, last Month) Period {
	y := first.Year()
	switch n := int(last-first) + 1; {
	case n == 1:
		return Period(fmt.Sprintf("%04d-%02d", y, first.Number()))
	case n == 3 && first.Number()%3 == 1:
		return Period(fmt.Sprintf("%04d-Q%d", y, first.Number()/3+1))
	case n == 12 && first.Number() == 1:
		return Period(fmt.Sprintf("%04d", y))
	case n > 12 && n%12 == 0 && first.Number() == 1:
		return Period(fmt.Sprintf("%04d-%04d", y, last.Year()))
	}
	return Period(fmt.Sprintf("%04d-%02d/%04d-%02d", y, first.Number(), last.Year(), last.Number()))
}

// Previous is the period of the same length just before: the month before, the year before. For months from January on (six months, nine
// months, "January to November") it is the same months of the year before, since the months just before are of another kind.
func (p Period) Previous() Period {
	first, last, ok := p.Months()
	if !ok {
		return ""
	}
	n := last - first + 1
	if first.Number() == 1 && n != 1 && n != 3 && n < 12 {
		n = 12
	}
	return PeriodOf(first-n, last-n)
}

// YearBefore is the same period a year earlier: cùng kỳ năm trước.
func (p Period) YearBefore() Period {
	first, last, ok := p.Months()
	if !ok {
		return ""
	}
	return PeriodOf(first-12, last-12)
}
