package cli

import (
	"context"
	"errors"
	"strings"
	"time"

	"haicap/internal/calendar"
	"haicap/internal/gov"
)

func dueCommand() command {
	return command{name: "due", args: "[DAY] TERM…", max: -1, flags: []flag{{"rule", "KEY"}, {"accepted", "DAY"}, {"json", ""}}, run: runDue,
		examples: []string{"haicap due 2026-11-20 +10wd", `haicap due 20/11/2026 "30 ngày"`, "haicap due 2026-12-31 +2m", `haicap due "trước ngày 30/6/2026"`,
			`haicap due "2026-11-18 14:30" +24h`, "haicap due --rule complaint_first --accepted 2026-07-02"}}
}

func runDue(_ context.Context, c *call) error {
	days, rules, err := c.calendar()
	if err != nil {
		return err
	}
	k, err := c.clock(rules)
	if err != nil {
		return err
	}
	d, err := days.Clock(k)
	switch {
	case errors.Is(err, calendar.ErrRange):
		return gov.Errorf(gov.Invalid, "error.due_range", calendar.FirstYear, calendar.LastYear)
	case err != nil:
		return gov.Errorf(gov.Invalid, "error.due_term", strings.Join(c.args, " ")).Because(err)
	}
	if c.has("json") {
		var b strings.Builder
		jsonLine(&b, c.dueJSON(d))
		return c.put(b.String())
	}
	return c.put(strings.Join(d.Text(c.lang), "\n") + "\n")
}

// clock understands the arguments: a rule with the day of acceptance, a day with an amount of time, or a day that a text names.
func (c *call) clock(rules *calendar.Rules) (calendar.Clock, error) {
	if c.has("rule") {
		return c.ruleClock(rules)
	}
	if c.has("accepted") {
		return calendar.Clock{}, gov.Errorf(gov.Invalid, "error.due_accepted")
	}
	if len(c.args) == 0 {
		return calendar.Clock{}, gov.Errorf(gov.Invalid, "error.cli_args_missing", "due [DAY] TERM…")
	}
	var k calendar.Clock
	words := strings.Join(c.args, " ")
	if len(c.args) > 1 {
		if d, minute, ok := startOf(c.args[0]); ok {
			k.Start, k.Minute, words = d, minute, strings.Join(c.args[1:], " ")
		}
	}
	term, err := calendar.ParseTerm(words)
	switch {
	case errors.Is(err, calendar.ErrYear):
		return k, gov.Errorf(gov.Invalid, "error.due_year", words)
	case err != nil || k.Start != 0 && term.Named != nil:
		return k, gov.Errorf(gov.Invalid, "error.due_term", words)
	case k.Start == 0 && term.Named == nil:
		return k, gov.Errorf(gov.Invalid, "error.due_start", words)
	}
	k.Limit, k.Named = term.Limit, term.Named
	return k, nil
}

// startOf reads a day, with a time of the day where there is one.
func startOf(s string) (calendar.Day, int, bool) {
	day, clock, _ := strings.Cut(strings.Replace(s, "T", " ", 1), " ")
	d, err := calendar.ParseDay(day)
	if err != nil {
		return 0, 0, false
	}
	if clock == "" {
		return d, 0, true
	}
	at, err := time.Parse("15:04", clock)
	return d, at.Hour()*60 + at.Minute(), err == nil
}

func (c *call) ruleClock(rules *calendar.Rules) (calendar.Clock, error) {
	key, accepted := c.flags["rule"], c.flags["accepted"]
	if accepted == "" && len(c.args) == 1 {
		accepted = c.args[0]
	} else if len(c.args) > 0 {
		return calendar.Clock{}, gov.Errorf(gov.Invalid, "error.cli_args_many", c.args[0], "due --rule KEY --accepted DAY")
	}
	day, err := calendar.ParseDay(accepted)
	if err != nil {
		return calendar.Clock{}, gov.Errorf(gov.Invalid, "error.due_day", accepted)
	}
	k, err := rules.Clock(key, day)
	if err == nil {
		return k, nil
	}
	for _, known := range rules.Keys() {
		if known == key {
			return k, gov.Errorf(gov.Invalid, "error.due_rule_day", key, c.lang.Date(day.String()))
		}
	}
	return k, gov.Errorf(gov.Invalid, "error.due_rule", key, strings.Join(rules.Keys(), ", "))
}

// calendar is the calendar and the time limits of the law, with the office's own tables over them.
func (c *call) calendar() (*calendar.Calendar, *calendar.Rules, error) {
	days, rules, err := calendar.In(c.settings.get("data")).Tables()
	var file *calendar.FileError
	var line *calendar.DataError
	switch {
	case errors.As(err, &line) && errors.As(err, &file):
		return nil, nil, gov.Errorf(gov.Invalid, "error.calendar_"+line.Why, file.Name, line.Line)
	case errors.As(err, &file):
		return nil, nil, gov.Errorf(gov.Unavailable, "error.calendar_unreadable", file.Name).Because(err)
	}
	return days, rules, err
}

type jsonDue struct {
	Due      string     `json:"due"`
	Time     string     `json:"time,omitempty"`
	Original string     `json:"original"`
	Nominal  string     `json:"nominal"`
	Rule     string     `json:"rule,omitempty"`
	Law      string     `json:"law,omitempty"`
	Official bool       `json:"official"`
	LeftOut  []jsonOff  `json:"left_out"`
	Steps    []jsonStep `json:"steps"`
	Warnings []jsonStep `json:"warnings"`
}

type jsonOff struct {
	Day    string `json:"day"`
	Class  string `json:"class"`
	Name   string `json:"name,omitempty"`
	Source string `json:"source,omitempty"`
	Mark   string `json:"mark,omitempty"`
}

type jsonStep struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

func (c *call) dueJSON(d calendar.Due) jsonDue {
	j := jsonDue{Due: d.Day.String(), Original: d.Original.String(), Nominal: d.Nominal.String(), Official: true,
		LeftOut: []jsonOff{}, Steps: []jsonStep{}, Warnings: []jsonStep{}}
	if d.Minute < calendar.EndOfDay {
		j.Time = time.Time{}.Add(time.Duration(d.Minute) * time.Minute).Format("15:04")
	}
	for _, s := range d.Steps {
		j.Steps = append(j.Steps, jsonStep{string(s.Kind), s.Text(c.lang)})
		if s.Kind == calendar.StepRule {
			j.Rule, j.Law = s.Rule.Key, s.Rule.LawText(c.lang)
		}
		for _, o := range s.Off {
			if !o.Class.Works() {
				j.LeftOut = append(j.LeftOut, c.offJSON(o))
			}
		}
	}
	for _, w := range d.Warnings {
		j.Warnings = append(j.Warnings, jsonStep{string(w.Kind), w.Text(c.lang)})
		j.Official = j.Official && w.Kind != calendar.WarnSchedule
	}
	return j
}

func (c *call) offJSON(o calendar.Off) jsonOff {
	j := jsonOff{Day: o.Day.String(), Class: o.Class.String()}
	if o.Entry != nil {
		j.Name, j.Source, j.Mark = o.Entry.NameText(c.lang), o.Entry.Source, string(o.Entry.Mark)
	}
	return j
}
