package gov

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"haicap/internal/calendar"
)

// A When says when an item is due.
type When struct {
	Kind   WhenKind      `json:"kind,omitempty"`
	Day    Day           `json:"day,omitempty"`    // of WhenDay
	From   int           `json:"from,omitempty"`   // of WhenYear: the first year,
	To     int           `json:"to,omitempty"`     // and the last
	Month  int           `json:"month,omitempty"`  // of WhenYear: the last day in each year; 0: 31 December
	On     int           `json:"on,omitempty"`     // the day of that month
	Amount int           `json:"amount,omitempty"` // of WhenOffset: how many
	Unit   calendar.Unit `json:"unit,omitempty"`   // calendar days, working days, weeks, months
	Before bool          `json:"before,omitempty"` // before the day, else after it
	Turn   calendar.Turn `json:"turn,omitzero"`    // of WhenTurn
	Ahead  int           `json:"ahead,omitempty"`  // of WhenTurn: so many days before its day the task is made
}

// A WhenKind is a way to say when.
type WhenKind string

// The kinds.
const (
	WhenOpen   WhenKind = ""       // not said: a gap, the task has no due day
	WhenDay    WhenKind = "day"    // a day
	WhenYear   WhenKind = "year"   // in each of some years
	WhenOffset WhenKind = "offset" // counted from the day to which a template is applied
	WhenTurn   WhenKind = "turn"   // comes round
)

// The most that an item may be ahead, and an offset may be.
const (
	maxAhead  = 366
	maxOffset = 3000
)

// fits reports whether a plan of the kind can have an item of this when.
func (w When) fits(k PlanKind) bool {
	switch w.Kind {
	case WhenOpen:
		return k != PlanRecurring
	case WhenDay:
		return k == PlanProgramme && w.Day.Valid() && inYears(w.Day.Year())
	case WhenYear:
		on := w.Month == 0 && w.On == 0 || w.Month >= 1 && w.Month <= 12 && w.On >= 1 && w.On <= 31
		return k == PlanProgramme && inYears(w.From) && w.To >= w.From && w.To-w.From < maxPlanYears && on
	case WhenOffset:
		unit := w.Unit == calendar.Days || w.Unit == calendar.WorkDays || w.Unit == calendar.Weeks || w.Unit == calendar.Months
		return k == PlanTemplate && unit && w.Amount >= 0 && w.Amount <= maxOffset
	case WhenTurn:
		return k == PlanRecurring && w.Turn.Valid() && w.Ahead >= 0 && w.Ahead <= maxAhead
	}
	return false
}

func inYears(y int) bool { return y >= 2000 && y < 2150 }

// Years lists the years in which an item of a programme has a task.
func (w When) Years() []int {
	var list []int
	switch w.Kind {
	case WhenDay:
		list = append(list, w.Day.Year())
	case WhenYear:
		for y := w.From; y <= w.To; y++ {
			list = append(list, y)
		}
	}
	return list
}

// Due is when an item is due: in a year, counted from a day, or in the period that a day lies in. Nil where it is open.
func (w When) Due(c *calendar.Calendar, year int, anchor Day) (*calendar.Due, error) {
	at, err := calendar.ParseDay(string(anchor))
	if err != nil && (w.Kind == WhenOffset || w.Kind == WhenTurn) {
		return nil, Errorf(Invalid, "error.plan_anchor")
	}
	var due calendar.Due
	switch {
	case w.Kind == WhenDay:
		if at, err = calendar.ParseDay(string(w.Day)); err == nil {
			due, err = c.On(at)
		}
	case w.Kind == WhenYear:
		due, err = c.On(w.lastOf(year))
	case w.Kind == WhenOffset && w.Amount == 0:
		due, err = c.On(at)
	case w.Kind == WhenOffset && w.Before:
		due, err = c.Before(at, calendar.Limit{Amount: w.Amount, Unit: w.Unit})
	case w.Kind == WhenOffset:
		due, err = c.Due(at, calendar.Limit{Amount: w.Amount, Unit: w.Unit})
	case w.Kind == WhenTurn:
		due, err = c.Turn(w.Turn, at)
	default:
		return nil, nil
	}
	if err != nil {
		return nil, Errorf(Invalid, "error.plan_anchor").Because(err)
	}
	return &due, nil
}

// lastOf is the last day of an item in a year.
func (w When) lastOf(year int) calendar.Day {
	if w.Month == 0 {
		return calendar.Date(year, time.December, 31)
	}
	m := time.Month(w.Month)
	return min(calendar.Date(year, m, w.On), calendar.Date(year, m+1, 0))
}

// dueDay is the day of an explained due day; empty where there is none.
func dueDay(d *calendar.Due) Day {
	if d == nil {
		return ""
	}
	return Day(d.Day.String())
}

// ParseWhen reads how tables say when: "-70d" and "+3wd" count from a day ("0d" is the day itself), "week:5:on:4", "month:15:back:10",
// "quarter:last:on:14" and "year:12-14:on:30" come round (which day, what becomes of a day off, how many days ahead the task is made), "2026" and
// "2026-2028" are years, "2026-06-30" a day. Nothing is open.
func ParseWhen(s string) (When, error) {
	bad := Errorf(Invalid, "error.plan_when", s)
	if s == "" {
		return When{}, nil
	}
	if parts := strings.Split(s, ":"); len(parts) == 4 {
		w := When{Kind: WhenTurn, Turn: calendar.Turn{Every: calendar.Every(parts[0]), Shift: calendar.Shift(parts[2])}}
		var err1, err2 error
		month, day, both := strings.Cut(parts[1], "-")
		switch {
		case parts[1] == "last":
			w.Turn.Last = true
		case both:
			w.Turn.Month, err1 = strconv.Atoi(month)
			w.Turn.Day, err2 = strconv.Atoi(day)
		default:
			w.Turn.Day, err1 = strconv.Atoi(parts[1])
		}
		var err3 error
		w.Ahead, err3 = strconv.Atoi(parts[3])
		if err1 != nil || err2 != nil || err3 != nil || !w.fits(PlanRecurring) {
			return w, bad
		}
		return w, nil
	}
	if d := Day(s); d.Valid() {
		return When{Kind: WhenDay, Day: d}, nil
	}
	if first, last, ok := Period(s).Months(); ok && Period(s).Length()%12 == 0 && first.Number() == 1 && (len(s) == 4 || len(s) == 9) {
		return When{Kind: WhenYear, From: first.Year(), To: last.Year()}, nil
	}
	n, unit := 0, ""
	if _, err := fmt.Sscanf(s, "%d%s", &n, &unit); err != nil {
		return When{}, bad
	}
	w := When{Kind: WhenOffset, Amount: max(n, -n), Unit: calendar.Unit(unit), Before: n < 0}
	if !w.fits(PlanTemplate) {
		return w, bad
	}
	return w, nil
}

// String writes a when as ParseWhen reads it.
func (w When) String() string {
	switch w.Kind {
	case WhenDay:
		return string(w.Day)
	case WhenYear:
		if w.From == w.To {
			return strconv.Itoa(w.From)
		}
		return fmt.Sprintf("%d-%d", w.From, w.To)
	case WhenOffset:
		sign := "+"
		if w.Before {
			sign = "-"
		}
		return sign + strconv.Itoa(w.Amount) + string(w.Unit)
	case WhenTurn:
		day := strconv.Itoa(w.Turn.Day)
		switch {
		case w.Turn.Last:
			day = "last"
		case w.Turn.Month > 0:
			day = strconv.Itoa(w.Turn.Month) + "-" + day
		}
		return fmt.Sprintf("%s:%s:%s:%d", w.Turn.Every, day, w.Turn.Shift, w.Ahead)
	}
	return ""
}
