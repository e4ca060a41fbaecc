package gov

import (
	_ "embed"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"haicap/internal/calendar"
)

// remindersCSV are the rules that come with the program: no law states them. An office writes its own rows beside its data.
//
//go:embed reminders.csv
var remindersCSV string

// A ReminderAudience says whose office hears it, by what the office has to do with the matter.
type ReminderAudience string

// The audiences.
const (
	RemindLead        ReminderAudience = "lead" // whoever answers for it: lead, the only assignee, or whom a recommendation asks
	RemindCoordinator ReminderAudience = "coordinator"
	RemindAssigner    ReminderAudience = "assigner"
	RemindMonitor     ReminderAudience = "monitor"
	RemindLeader      ReminderAudience = "leader" // the leaders of the offices that lead and that assigned
)

var reminderAudiences = []ReminderAudience{RemindLead, RemindCoordinator, RemindAssigner, RemindMonitor, RemindLeader}

// A ReminderRule says how many working days before or after the due day who is reminded.
type ReminderRule struct {
	Key  string
	From Day    // in force from this day until the next rule of the same Key
	When string // before, on, after; "never" ends a key
	Days int    // working days
	To   []ReminderAudience
}

// ReminderRules is a table of rules.
type ReminderRules []ReminderRule

// DefaultReminders are the rules that come with the program.
func DefaultReminders() ReminderRules {
	list, err := ReadReminders(strings.NewReader(remindersCSV))
	if err != nil {
		panic(err) // embedded, and a test reads it
	}
	return list
}

// maxReminderDays bounds a rule: whoever writes more has mistaken the unit.
const maxReminderDays = 250

// ReadReminders reads a table with the columns key, from, when, days, to. Invalid names the line.
func ReadReminders(r io.Reader) (ReminderRules, error) {
	var list ReminderRules
	err := readTable(r, 5, "error.reminder_table", func(row []string) error {
		rule, err := readReminder(row)
		list = append(list, rule)
		return err
	})
	return list, err
}

func readReminder(row []string) (ReminderRule, error) {
	n, err := strconv.Atoi(row[3])
	rule := ReminderRule{Key: row[0], From: Day(row[1]), When: row[2], Days: n}
	for _, w := range strings.Fields(row[4]) {
		rule.To = append(rule.To, ReminderAudience(w))
	}
	bad := func(a ReminderAudience) bool { return !slices.Contains(reminderAudiences, a) }
	switch {
	case err != nil:
		return rule, err
	case rule.Key == "" || len(rule.Key) > 40 || !rule.From.Valid() || n < 0 || n > maxReminderDays || slices.ContainsFunc(rule.To, bad):
		return rule, errRow
	case rule.When == "never":
		return rule, nil
	case (rule.When == "on") != (n == 0) || rule.When != "on" && rule.When != "before" && rule.When != "after" || len(rule.To) == 0:
		return rule, errRow
	}
	return rule, nil
}

// On are the rules in force on a day: of each key the one that began last, and of two that began together the later in the table.
func (l ReminderRules) On(day Day) []ReminderRule {
	var list []ReminderRule
	for _, r := range l {
		if r.From > day {
			continue
		}
		i := slices.IndexFunc(list, func(o ReminderRule) bool { return o.Key == r.Key })
		switch {
		case i < 0:
			list = append(list, r)
		case r.From >= list[i].From:
			list[i] = r
		}
	}
	return slices.DeleteFunc(list, func(r ReminderRule) bool { return r.When == "never" })
}

// Day is the day on which a rule reminds of a due day, always a working day: a due day that is a day off is reminded of on the last working day
// before it.
func (r ReminderRule) Day(due Day, c *calendar.Calendar) Day {
	d, err := calendar.ParseDay(string(due))
	if err != nil {
		return ""
	}
	step, n := calendar.Day(1), r.Days
	if r.When != "after" {
		step = -1
		for !c.Works(d) && d > 1 {
			d--
		}
	}
	for n > 0 && d > 1 {
		if d += step; c.Works(d) {
			n--
		}
	}
	return Day(d.String())
}

// Latest is the rule that speaks last of a due day up to today; false where none does yet. Whoever was not reminded for a while, because no
// server ran or the matter is new, hears only this one.
func Latest(rules []ReminderRule, due, today Day, c *calendar.Calendar) (ReminderRule, bool) {
	var best ReminderRule
	var at Day
	for _, r := range rules {
		if d := r.Day(due, c); d != "" && d <= today && (at == "" || d > at || d == at && r.Days >= best.Days) {
			best, at = r, d
		}
	}
	return best, at != ""
}

// Horizon is the last due day of which some rule speaks on a day.
func Horizon(rules []ReminderRule, today Day, c *calendar.Calendar) Day {
	days := 0
	for _, r := range rules {
		if r.When == "before" {
			days = max(days, r.Days)
		}
	}
	d, err := calendar.ParseDay(string(today))
	if err != nil {
		return today
	}
	for n := days; n > 0; {
		if d++; c.Works(d) {
			n--
		}
	}
	for !c.Works(d + 1) { // a due day on the days off after it is reminded of before them
		d++
	}
	return Day(d.String())
}

// A Reminder says that a rule spoke of a matter's due day. There is one for a matter, rule and due day, ever: that is what keeps a restart from
// saying it again. A due day that moved is another one.
type Reminder struct {
	Realm  Realm
	Matter ID
	Rule   string
	Due    Day
	At     time.Time
}

// QuietHours are when no mail goes out: before Begin and from End on, by the clock of Viet Nam, and on days on which offices do not work.
type QuietHours struct{ Begin, End int } // hours of the day

// UsualHours are the hours in which mail goes out.
var UsualHours = QuietHours{Begin: 7, End: 18}

// Next is the first instant from t on at which mail may go out: t itself, or the beginning of a working day.
func (q QuietHours) Next(t time.Time, c *calendar.Calendar) time.Time {
	here := t.In(Zone)
	day := calendar.DayOf(here)
	if c.Works(day) && here.Hour() >= q.Begin && here.Hour() < q.End {
		return t
	}
	if here.Hour() >= q.Begin {
		day++
	}
	day = c.NextWorking(day)
	midnight, err := time.ParseInLocation(time.DateOnly, day.String(), Zone)
	if err != nil {
		return t
	}
	return midnight.Add(time.Duration(q.Begin) * time.Hour).UTC()
}
