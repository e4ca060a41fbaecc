package cli

import (
	"context"
	"strconv"
	"strings"

	"haicap/internal/calendar"
	"haicap/internal/gov"
)

func calendarCommand() command {
	return command{name: "calendar", args: "YEAR", min: 1, max: 1, flags: []flag{{"json", ""}}, run: runCalendar,
		examples: []string{"haicap calendar 2026", "haicap calendar 2027 --json --data /var/lib/haicap"}}
}

func runCalendar(_ context.Context, c *call) error {
	days, _, err := c.calendar()
	if err != nil {
		return err
	}
	n, _ := strconv.Atoi(c.args[0])
	year, ok := days.Year(n)
	if !ok {
		return gov.Errorf(gov.Invalid, "error.calendar_year", c.args[0], calendar.FirstYear, calendar.LastYear)
	}
	var b strings.Builder
	if c.has("json") {
		for _, e := range year.Entries {
			jsonLine(&b, jsonOff{e.Day.String(), e.Class.String(), e.NameText(c.lang), e.Source, string(e.Mark)})
		}
		return c.put(b.String())
	}
	b.WriteString(c.lang.T("cli.calendar_year", n, year.Working) + "\n")
	for _, e := range year.Entries {
		key := "cli.calendar_off"
		if e.Class.Works() {
			key = "cli.calendar_worked"
		}
		b.WriteString(c.lang.T(key, calendar.DayText(c.lang, e.Day), e.NameText(c.lang), e.SourceText(c.lang)) + "\n")
	}
	if year.Official {
		b.WriteString(c.lang.T("cli.calendar_official", calendar.Entry{Source: year.Source, Mark: year.Mark}.SourceText(c.lang)) + "\n")
	} else {
		b.WriteString(calendar.Warning{Kind: calendar.WarnSchedule, Year: n}.Text(c.lang) + "\n")
	}
	return c.put(b.String())
}
