package calendar

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A holidayRule makes the days of one holiday in the years for which it holds.
type holidayRule struct {
	name, law string
	from, to  int
	days      func(year int) []Day
}

var holidayRules = sync.OnceValue(func() []holidayRule {
	var rules []holidayRule
	err := table(holidayRulesFile, "name,rule,from,to,law", func(_ int, row []string) string {
		r := holidayRule{name: row[0], law: row[4], to: LastYear}
		var err error
		if r.from, err = strconv.Atoi(row[2]); err != nil {
			return "day"
		}
		if row[3] != "" {
			if r.to, err = strconv.Atoi(row[3]); err != nil {
				return "day"
			}
		}
		if r.days = dayMaker(row[1]); r.days == nil {
			return "kind"
		}
		rules = append(rules, r)
		return ""
	})
	if err != nil {
		panic(err) // embedded: a defect of the build
	}
	return rules
})

// dayMaker understands the five kinds of rules: "solar MM-DD", "solar+next MM-DD" (with one day beside it), "lunar MM-DD",
// "tet B+A" (B days before the lunar new year and A from it on) and "weekend": a holiday on a weekend gives the next working day off.
func dayMaker(rule string) func(year int) []Day {
	kind, arg, _ := strings.Cut(rule, " ")
	if kind == weekendRule {
		return func(int) []Day { return nil }
	}
	var a, b int
	if n, err := fmt.Sscanf(strings.ReplaceAll(arg, "+", "-"), "%d-%d", &a, &b); n != 2 || err != nil {
		return nil
	}
	switch kind {
	case "solar":
		return func(year int) []Day { return []Day{Date(year, time.Month(a), b)} }
	case "solar+next":
		return func(year int) []Day {
			d := Date(year, time.Month(a), b)
			return []Day{d, beside(d)}
		}
	case "lunar":
		return func(year int) []Day {
			d, _ := LunarDay(LunarDate{Year: year, Month: a, Day: b})
			return []Day{d}
		}
	case "tet":
		return func(year int) []Day {
			tet, _ := LunarDay(LunarDate{Year: year, Month: 1, Day: 1})
			var days []Day
			for d := tet - Day(a); d < tet+Day(b); d++ {
				days = append(days, d)
			}
			return days
		}
	}
	return nil
}

// beside is the day beside 2/9 that is usually chosen: the one that joins the holiday to the nearer weekend. The schedule of the year decides.
func beside(d Day) Day {
	switch d.Weekday() {
	case time.Sunday, time.Monday, time.Thursday:
		return d + 1
	}
	return d - 1
}

const weekendRule = "weekend"

// byRules makes the holidays of a year of which nothing was entered.
func byRules(year int) []Entry {
	var entries []Entry
	insteadLaw := ""
	taken := map[Day]bool{}
	for _, r := range holidayRules() {
		if year < r.from || year > r.to {
			continue
		}
		if r.name == Instead.String() {
			insteadLaw = r.law
		}
		for _, d := range r.days(year) {
			if !taken[d] {
				taken[d] = true
				entries = append(entries, Entry{Day: d, Class: Holiday, Name: r.name, Source: r.law, Mark: Computed})
			}
		}
	}
	slices.SortFunc(entries, func(a, b Entry) int { return int(a.Day - b.Day) })
	for _, e := range slices.Clone(entries) {
		if weekly(e.Day) != Weekend || insteadLaw == "" {
			continue
		}
		d := e.Day
		for taken[d] || weekly(d) == Weekend {
			d++
		}
		taken[d] = true
		entries = append(entries, Entry{Day: d, Class: Instead, Name: "instead", Source: insteadLaw, Mark: Computed})
	}
	return entries
}
