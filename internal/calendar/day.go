package calendar

import (
	"errors"
	"strconv"
	"time"
)

// A Day is a calendar day of the Gregorian calendar, counted so that 1 is 1 January of the year 1. The zero Day is no day.
type Day int32

// The years for which this package counts. The lunar calendar is checked for the middle of the range.
const (
	FirstYear = 1900
	LastYear  = 2199
)

// ErrDay says that a text is no day between FirstYear and LastYear.
var ErrDay = errors.New("calendar: no such day")

// daysBefore is the number of days before 1 January of the year.
func daysBefore(year int) Day {
	y := year - 1
	return Day(365*y + y/4 - y/100 + y/400)
}

// Date is the day with the year, month and day of the month, which are taken as they are: 31/2 is 3/3.
func Date(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()/86400) + unixDay
}

// unixDay is 1 January 1970.
const unixDay = 719163

// DayOf is the day of t in the zone that t carries.
func DayOf(t time.Time) Day { return Date(t.Date()) }

// ParseDay reads a day as people and machines write it: 2026-11-20, 20/11/2026, 20-11-2026 or 20.11.2026.
func ParseDay(s string) (Day, error) {
	for _, form := range []string{time.DateOnly, "2/1/2006", "2-1-2006", "2.1.2006"} {
		if t, err := time.Parse(form, s); err == nil {
			if t.Year() < FirstYear || t.Year() > LastYear {
				return 0, ErrDay
			}
			return DayOf(t), nil
		}
	}
	return 0, ErrDay
}

func (d Day) time() time.Time { return time.Unix(int64(d-unixDay)*86400, 0).UTC() }

// String is the day as YYYY-MM-DD, empty for no day.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.time().Format(time.DateOnly)
}

// MarshalText writes the day as String does.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// Date gives year, month and day of the month.
func (d Day) Date() (int, time.Month, int) { return d.time().Date() }

// Year is the year of the day.
func (d Day) Year() int {
	y := int(d)*400/146097 + 1
	if d <= daysBefore(y) {
		y--
	} else if d > daysBefore(y+1) {
		y++
	}
	return y
}

// Weekday is the day of the week. 1 January of the year 1 is a Monday.
func (d Day) Weekday() time.Weekday { return time.Weekday(d % 7) }

// AddMonths is the same number n months later, or the last day of that month where it has no such number; short reports the latter.
func (d Day) AddMonths(n int) (end Day, short bool) {
	y, m, dom := d.Date()
	last := Date(y, m+time.Month(n)+1, 0)
	_, _, days := last.Date()
	if dom > days {
		return last, true
	}
	return Date(y, m+time.Month(n), dom), false
}

func inRange(d Day) bool { return d > daysBefore(FirstYear) && d <= daysBefore(LastYear+1) }

// A Unit is what a time limit is counted in. It is kept as the law states it: 10 days are not 10 working days.
type Unit string

// The units.
const (
	Hours    Unit = "h"
	Days     Unit = "d"
	WorkDays Unit = "wd"
	Weeks    Unit = "w"
	Months   Unit = "m"
	Years    Unit = "y"
)

// A Limit is an amount of one unit.
type Limit struct {
	Amount int  `json:"amount"`
	Unit   Unit `json:"unit"`
}

// MaxAmount is the largest amount of a Limit.
const MaxAmount = 9999

// String is the limit as ParseLimit reads it: 10wd.
func (l Limit) String() string { return strconv.Itoa(l.Amount) + string(l.Unit) }
