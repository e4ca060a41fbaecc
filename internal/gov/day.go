package gov

import (
	"strings"
	"time"
)

// A Day is a calendar day as YYYY-MM-DD, or empty where it is not known. Days compare as strings.
type Day string

// Valid reports whether d is an existing day of the Gregorian calendar.
func (d Day) Valid() bool {
	_, err := time.Parse(time.DateOnly, string(d))
	return err == nil
}

// DayOf is the day of t in the zone that t carries.
func DayOf(t time.Time) Day { return Day(t.Format(time.DateOnly)) }

// Year is the year of the day, 0 where it is not known.
func (d Day) Year() int {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return 0
	}
	return t.Year()
}

// AddDays is the day n days later (earlier for negative n); an unknown day stays unknown.
func (d Day) AddDays(n int) Day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return DayOf(t.AddDate(0, 0, n))
}

// DaysSince is the number of days from o to d, 0 where either is not known.
func (d Day) DaysSince(o Day) int {
	a, err1 := time.Parse(time.DateOnly, string(o))
	b, err2 := time.Parse(time.DateOnly, string(d))
	if err1 != nil || err2 != nil {
		return 0
	}
	return int(b.Sub(a).Hours() / 24)
}

// Zone is the time of Viet Nam (UTC+7, no summer time), in which days begin and end.
var Zone = time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)

// A Period is the time that a value speaks of: "2025", "2025-Q3", "2025-11", "2025-2030", "2025-01/2025-11", or empty.
type Period string

// WithinYear reports whether the period is a month, a quarter or a range of months: then a value that accumulates is neither of
// the year nor of the term, and nobody needs to ask.
func (p Period) WithinYear() bool { return len(p) == 7 || strings.Contains(string(p), "/") }
