package calendar

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// A Class says what a day is for an office.
type Class uint8

// The classes. Offices work from Monday to Friday.
const (
	Ordinary Class = iota // a working day of the week
	Weekend               // Saturday or Sunday
	Holiday               // a holiday of the law
	Instead               // off in place of a holiday that fell on a weekend
	Swapped               // off in exchange for a Saturday
	Extra                 // a weekend day that is worked in exchange
)

// Works reports whether offices work on such a day.
func (c Class) Works() bool { return c == Ordinary || c == Extra }

func (c Class) String() string {
	return [...]string{"ordinary", "weekend", "holiday", "instead", "swapped", "extra"}[c]
}

// An Entry is a day that is not like the others of its kind, with where that is written.
type Entry struct {
	Day    Day
	Class  Class
	Name   string // "tet": the catalogue has its words under "calendar.name.tet"; any other text stands as it is
	Source string // law or notice, in Vietnamese
	Mark   Mark
	Own    bool // the office's own row
}

// A Year is what is known of one year.
type Year struct {
	Year     int
	Official bool // its official schedule was entered; otherwise the days are made by the rules of the law and may change
	Source   string
	Mark     Mark
	Own      bool    // the schedule is the office's own
	Entries  []Entry // in order of days
	Working  int     // how many days are worked
}

// A Calendar knows every day of the years FirstYear to LastYear. It is safe for concurrent use.
type Calendar struct {
	built, own schedules
	years      [LastYear - FirstYear + 1]atomic.Pointer[yearTable]
}

// A yearTable answers for the days of one year.
type yearTable struct {
	first   Day
	class   [366]Class
	entry   [366]*Entry
	summary Year
}

var builtIn = sync.OnceValue(func() schedules {
	s, err := parseHolidays(holidaysFile)
	if err != nil {
		panic(err) // embedded: a defect of the build
	}
	return s
})

var official = sync.OnceValue(func() *Calendar { return &Calendar{built: builtIn()} })

// Official is the calendar as the program brings it along.
func Official() *Calendar { return official() }

// Load is the official calendar with an office's own table of days over it: a CSV with the columns day, kind, name, source and mark. A row
// replaces what was known of its day; where the table has a row of the kind "schedule" for a year, its rows are all there is of that year.
// A table that cannot be used gives a *DataError.
func Load(own []byte) (*Calendar, error) {
	s, err := parseHolidays(own)
	if err != nil {
		return nil, err
	}
	for _, year := range s {
		for i := range year.entries {
			year.entries[i].Own = true
		}
	}
	return &Calendar{built: builtIn(), own: s}, nil
}

// weekly is what a day is by its place in the week.
func weekly(d Day) Class {
	if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
		return Weekend
	}
	return Ordinary
}

func (c *Calendar) table(year int) *yearTable {
	p := &c.years[year-FirstYear]
	if t := p.Load(); t != nil {
		return t
	}
	t := c.makeYear(year)
	p.Store(t) // two that make it at once make the same
	return t
}

func (c *Calendar) makeYear(year int) *yearTable {
	y := Year{Year: year}
	switch built, own := c.built[year], c.own[year]; {
	case own != nil && own.official:
		y.Official, y.Own, y.Source, y.Mark = true, true, own.source, own.mark
		y.Entries = slices.Clone(own.entries)
	default:
		if built != nil {
			y.Official, y.Source, y.Mark = built.official, built.source, built.mark
			y.Entries = slices.Clone(built.entries)
		} else {
			y.Entries = byRules(year)
		}
		if own != nil {
			y.Entries = overlay(y.Entries, own.entries)
		}
	}
	slices.SortFunc(y.Entries, func(a, b Entry) int { return int(a.Day - b.Day) })
	t := &yearTable{first: daysBefore(year) + 1}
	n := int(daysBefore(year+1) - daysBefore(year))
	for i := range n {
		t.class[i] = weekly(t.first + Day(i))
	}
	for i := range y.Entries {
		e := &y.Entries[i]
		at := e.Day - t.first
		t.entry[at] = e
		if e.Class != Ordinary {
			t.class[at] = e.Class
		}
	}
	for _, class := range t.class[:n] {
		if class.Works() {
			y.Working++
		}
	}
	t.summary = y
	return t
}

// overlay puts an office's days over the known ones.
func overlay(entries, own []Entry) []Entry {
	entries = slices.DeleteFunc(entries, func(e Entry) bool {
		return slices.ContainsFunc(own, func(o Entry) bool { return o.Day == e.Day })
	})
	return append(entries, own...)
}

// Year is what is known of the year; false outside FirstYear to LastYear.
func (c *Calendar) Year(year int) (Year, bool) {
	if year < FirstYear || year > LastYear {
		return Year{}, false
	}
	y := c.table(year).summary
	y.Entries = slices.Clone(y.Entries)
	return y, true
}

// At is what the day is, with its entry where it has one. A day outside the range is known by its place in the week only.
func (c *Calendar) At(d Day) (Class, *Entry) {
	if !inRange(d) {
		return weekly(d), nil
	}
	t := c.table(d.Year())
	return t.class[d-t.first], t.entry[d-t.first]
}

// Works reports whether offices work on the day.
func (c *Calendar) Works(d Day) bool {
	class, _ := c.At(d)
	return class.Works()
}

// NextWorking is d where it is a working day, otherwise the first working day after it.
func (c *Calendar) NextWorking(d Day) Day {
	for inRange(d) && !c.Works(d) {
		d++
	}
	return d
}

// WorkingBetween counts the working days from the day from up to, and without, the day to.
func (c *Calendar) WorkingBetween(from, to Day) int {
	n := 0
	for d := from; d < to; d++ {
		if c.Works(d) {
			n++
		}
	}
	return n
}
