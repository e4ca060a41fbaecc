package calendar

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

//go:embed data/holidays.csv
var holidaysFile []byte

//go:embed data/holiday_rules.csv
var holidayRulesFile []byte

//go:embed data/counting.csv
var countingFile []byte

//go:embed data/limits.csv
var limitsFile []byte

// A Mark says how sure a fact of law is.
type Mark string

// The marks. An office's own rows need none.
const (
	Read       Mark = "C"  // read in an official text, on a legal site or in a newspaper
	SecondHand Mark = "C2" // read in a secondary place only
	Computed   Mark = "X"  // computed by the rules
	Unverified Mark = "U"  // general knowledge, not checked
)

// A DataError says which line of a table cannot be used, and why. Why is a key: a catalogue has its sentence under
// "error.calendar_" + Why.
type DataError struct {
	Line int
	Why  string // "columns", "day", "kind", "mark", "weekday", "limit", "twice"
}

func (e *DataError) Error() string { return fmt.Sprintf("calendar: line %d: %s", e.Line, e.Why) }

// table reads a CSV with a header and gives each row, with its line, to f.
func table(data []byte, head string, f func(line int, row []string) string) error {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.FieldsPerRecord = -1
	columns := strings.Split(head, ",")
	for first := true; ; first = false {
		row, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			var bad *csv.ParseError
			if errors.As(err, &bad) {
				return &DataError{bad.Line, "columns"}
			}
			return err
		}
		line, _ := r.FieldPos(0)
		if first && slices.Equal(row, columns) {
			continue
		}
		if len(row) != len(columns) {
			return &DataError{line, "columns"}
		}
		for i := range row {
			row[i] = strings.TrimSpace(row[i])
		}
		if why := f(line, row); why != "" {
			return &DataError{line, why}
		}
	}
}

func parseMark(s string) (Mark, bool) {
	m := Mark(s)
	return m, m == "" || m == Read || m == SecondHand || m == Computed || m == Unverified
}

// span reads the days from and to of a dated rule; an empty end is open.
func span(from, to string) (a, b Day, ok bool) {
	a, b = daysBefore(FirstYear)+1, daysBefore(LastYear+1)
	var err error
	if from != "" {
		if a, err = ParseDay(from); err != nil {
			return 0, 0, false
		}
	}
	if to != "" {
		if b, err = ParseDay(to); err != nil {
			return 0, 0, false
		}
	}
	return a, b, a <= b
}

// holidayHead are the columns of a table of days.
const holidayHead = "day,kind,name,source,mark"

// schedules are the rows of a table of days, by year.
type schedules map[int]*schedule

// A schedule is what a table says of one year.
type schedule struct {
	official bool // a row of the kind "schedule" stands in it
	source   string
	mark     Mark
	entries  []Entry
}

func (s schedules) year(y int) *schedule {
	if s[y] == nil {
		s[y] = &schedule{}
	}
	return s[y]
}

// classes are the kinds of rows in a table of days.
var classes = map[string]Class{"off": Holiday, "instead": Instead, "swap": Swapped, "work": Extra, "normal": Ordinary}

func parseHolidays(data []byte) (schedules, error) {
	all := schedules{}
	err := table(data, holidayHead, func(_ int, row []string) string {
		mark, ok := parseMark(row[4])
		if !ok {
			return "mark"
		}
		if row[1] == "schedule" {
			y, err := strconv.Atoi(row[0])
			if err != nil || y < FirstYear || y > LastYear {
				return "day"
			}
			s := all.year(y)
			s.official, s.source, s.mark = true, row[3], mark
			return ""
		}
		d, err := ParseDay(row[0])
		if err != nil {
			return "day"
		}
		class, ok := classes[row[1]]
		weekend := weekly(d) == Weekend
		switch {
		case !ok:
			return "kind"
		case class == Extra && !weekend, (class == Swapped || class == Instead) && weekend:
			return "weekday"
		}
		s := all.year(d.Year())
		for _, e := range s.entries {
			if e.Day == d {
				return "twice"
			}
		}
		s.entries = append(s.entries, Entry{Day: d, Class: class, Name: row[2], Source: row[3], Mark: mark})
		return ""
	})
	return all, err
}
