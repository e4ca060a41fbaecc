package calendar

import "time"

// An Every says how often something comes round.
type Every string

// How often.
const (
	EveryWeek    Every = "week"
	EveryMonth   Every = "month"
	EveryQuarter Every = "quarter"
	EveryYear    Every = "year"
)

// Everies lists them, shortest first.
var Everies = []Every{EveryWeek, EveryMonth, EveryQuarter, EveryYear}

// A Shift says what becomes of a day of a rule on which nobody works.
type Shift string

// The shifts.
const (
	ShiftOn   Shift = "on"   // it moves to the next working day
	ShiftBack Shift = "back" // it moves to the working day before it
	ShiftNone Shift = "none" // it stays where it is
)

// Shifts lists them in the order in which a form offers them.
var Shifts = []Shift{ShiftOn, ShiftBack, ShiftNone}

// A Turn is a day that comes round in each period: Friday of each week, the 15th of each month, the last working day of each quarter. No law states
// such a day; an office sets it.
type Turn struct {
	Every Every
	Month int  // of the quarter (1 to 3) or of the year (1 to 12)
	Day   int  // of the week (1: Monday) or of the month; where the month is shorter, its last
	Last  bool // the last working day of the period, in place of Month and Day
	Shift Shift
}

// Valid reports whether the turn says a day of each period.
func (t Turn) Valid() bool {
	if t.Shift != ShiftOn && t.Shift != ShiftBack && t.Shift != ShiftNone {
		return false
	}
	day := t.Last || t.Day >= 1 && t.Day <= 31
	switch t.Every {
	case EveryWeek:
		return t.Last || t.Day >= 1 && t.Day <= 7
	case EveryMonth:
		return day
	case EveryQuarter:
		return day && (t.Last || t.Month >= 1 && t.Month <= 3)
	case EveryYear:
		return day && (t.Last || t.Month >= 1 && t.Month <= 12)
	}
	return false
}

// Period is the period of the kind that a day lies in, with both its ends. A week begins on Monday.
func (e Every) Period(d Day) (first, last Day) {
	y, m, _ := d.Date()
	switch e {
	case EveryWeek:
		first = d - (d+6)%7
		return first, first + 6
	case EveryMonth:
		return Date(y, m, 1), Date(y, m+1, 0)
	case EveryQuarter:
		m -= (m - 1) % 3
		return Date(y, m, 1), Date(y, m+3, 0)
	}
	return Date(y, time.January, 1), Date(y, time.December, 31)
}

// Turn is the day of a turn in the period that the day in lies in.
func (c *Calendar) Turn(t Turn, in Day) (Due, error) {
	if !t.Valid() {
		return Due{}, ErrLimit
	}
	first, last := t.Every.Period(in)
	due := Due{Minute: EndOfDay}
	if t.Last {
		s := Step{Kind: StepLastWorking, Day: first, To: last}
		due.Day = c.back(&due, last, &s.Off)
		s.Until = due.Day
		due.Nominal, due.Steps = due.Day, []Step{s}
		return c.turned(due)
	}
	due.Nominal = t.nominal(first)
	due.Steps = []Step{{Kind: StepTurn, Day: first, To: last, Until: due.Nominal}}
	due.Day = due.Nominal
	due.visit(due.Nominal, due.Nominal)
	if !inRange(due.Day) || c.Works(due.Day) {
		return c.turned(due)
	}
	s := Step{Kind: StepShiftOn, Day: due.Nominal}
	switch t.Shift {
	case ShiftOn:
		for ; inRange(due.Day) && !c.Works(due.Day); due.Day++ {
			class, entry := c.At(due.Day)
			s.Off = append(s.Off, Off{due.Day, class, entry})
		}
		due.visit(due.Nominal, due.Day)
	case ShiftBack:
		s.Kind = StepShiftBack
		due.Day = c.back(&due, due.Nominal, &s.Off)
	case ShiftNone:
		_, entry := c.At(due.Day)
		due.Warnings = append(due.Warnings, Warning{Kind: WarnStays, Day: due.Day, Entry: entry})
		return c.turned(due)
	}
	s.To = due.Day
	due.Steps = append(due.Steps, s)
	return c.turned(due)
}

// turned ends the making of a due day that no clock gave.
func (c *Calendar) turned(due Due) (Due, error) {
	if !inRange(due.Day) || !inRange(due.Nominal) {
		return Due{}, ErrRange
	}
	for i := range due.Steps {
		due.Steps[i].Law = nil // no law states such a day
	}
	due.Original = due.Day
	if class, entry := c.At(due.Day); class == Extra {
		due.Steps = append(due.Steps, Step{Kind: StepWorked, Off: []Off{{due.Day, class, entry}}})
	}
	due.warn(c)
	return due, nil
}

// nominal is the day that the turn names in the period that begins on a day.
func (t Turn) nominal(first Day) Day {
	if t.Every == EveryWeek {
		return first + Day(t.Day-1)
	}
	y, m, _ := first.Date()
	if t.Every != EveryMonth {
		m += time.Month(t.Month - 1)
	}
	return min(Date(y, m, t.Day), Date(y, m+1, 0))
}

// back is the day where it is a working day, otherwise the last one before it; the days off between are noted.
func (c *Calendar) back(due *Due, from Day, off *[]Off) Day {
	d := from
	for ; inRange(d) && !c.Works(d); d-- {
		class, entry := c.At(d)
		*off = append([]Off{{d, class, entry}}, *off...)
	}
	due.visit(d, from)
	return d
}

// Before is the last day for something that has to be done an amount of time before a day, which is not counted itself: "chậm nhất 70 ngày trước ngày
// bầu cử". Such a day does not move to the next working day: that would be too late. Where it is a day off, a warning names the working day before it.
func (c *Calendar) Before(anchor Day, l Limit) (Due, error) {
	if l.check() != nil || l.Unit == Hours {
		return Due{}, ErrLimit
	}
	if !inRange(anchor) {
		return Due{}, ErrRange
	}
	due := Due{Minute: EndOfDay}
	s := Step{Kind: StepBack, Limit: l, To: anchor}
	switch l.Unit {
	case Days:
		due.Day = anchor - Day(l.Amount)
	case Weeks:
		due.Day = anchor - 7*Day(l.Amount)
	case Months:
		due.Day, _ = anchor.AddMonths(-l.Amount)
	case Years:
		due.Day, _ = anchor.AddMonths(-12 * l.Amount)
	case WorkDays:
		d := anchor
		for n := l.Amount; n > 0 && inRange(d-1); {
			d--
			if class, entry := c.At(d); !class.Works() {
				s.Off = append([]Off{{d, class, entry}}, s.Off...)
				continue
			}
			n--
		}
		due.Day = d
		due.visit(d, anchor)
	}
	s.Day, due.Nominal = due.Day, due.Day
	due.Steps = []Step{s}
	if inRange(due.Day) && !c.Works(due.Day) {
		_, entry := c.At(due.Day)
		var none []Off
		due.Warnings = append(due.Warnings, Warning{Kind: WarnEarlier, Day: due.Day, To: c.back(&due, due.Day, &none), Entry: entry})
	}
	return c.turned(due)
}

// On is a day that an office named itself; where it is a day off it stays, with a warning.
func (c *Calendar) On(d Day) (Due, error) {
	return c.Clock(Clock{Named: &Named{Day: d, Said: d, Words: By}})
}
