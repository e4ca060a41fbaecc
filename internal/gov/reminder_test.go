package gov

import (
	"strings"
	"testing"
	"time"

	"haicap/internal/calendar"
)

func TestReminderDays(t *testing.T) {
	t.Parallel()
	rules := DefaultReminders().On("2026-03-01")
	days := calendar.Official()
	for _, c := range []struct {
		today Day
		want  string
	}{
		{"2026-03-06", ""}, {"2026-03-09", "before"}, {"2026-03-11", "before"}, {"2026-03-12", "on"}, {"2026-03-13", "late"}, {"2026-03-18", "late"},
		{"2026-03-19", "late_again"}, {"2027-01-01", "late_again"},
	} {
		if r, _ := Latest(rules, "2026-03-12", c.today, days); r.Key != c.want {
			t.Errorf("%s: %q, want %q", c.today, r.Key, c.want)
		}
	}
	on := ReminderRule{When: "on"}
	if got := on.Day("2026-03-15", days); got != "2026-03-13" { // a Sunday
		t.Errorf("a due day off is reminded of on %s", got)
	}
	if got := Horizon(rules, "2026-03-06", days); got < "2026-03-11" {
		t.Errorf("looks only until %s", got)
	}
}

func TestReminderTables(t *testing.T) {
	t.Parallel()
	own, err := ReadReminders(strings.NewReader("key,from,when,days,to\nbefore,2027-01-01,before,5,lead coordinator\non,2027-01-01,never,0,\n"))
	if err != nil {
		t.Fatal(err)
	}
	all := append(DefaultReminders(), own...)
	if n := len(all.On("2026-12-31")); n != 4 {
		t.Errorf("%d rules before", n)
	}
	if list := all.On("2027-01-01"); len(list) != 3 || list[0].Days != 5 {
		t.Errorf("%+v", list)
	}
	for _, bad := range []string{"x,2026-01-01,before,0,lead", "x,2026-01-01,on,1,lead", "x,2026-01-01,after,1,boss", "x,2026,after,1,lead", ",2026-01-01,on,0,lead",
		"x,2026-01-01,later,1,lead", "x,2026-01-01,after,1,", "x,2026-01-01,after,1"} {
		if _, err := ReadReminders(strings.NewReader("key,from,when,days,to\n" + bad + "\n")); CodeOf(err) != Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestQuietHours(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ at, want string }{
		{"2026-03-12 10:00", "2026-03-12 10:00"}, {"2026-03-12 06:59", "2026-03-12 07:00"}, {"2026-03-12 18:00", "2026-03-13 07:00"},
		{"2026-03-13 18:00", "2026-03-16 07:00"}, {"2026-03-14 10:00", "2026-03-16 07:00"}, {"2026-08-31 19:00", "2026-09-03 07:00"},
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", c.at, Zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := UsualHours.Next(at, calendar.Official()).In(Zone).Format("2006-01-02 15:04"); got != c.want {
			t.Errorf("%s: %s, want %s", c.at, got, c.want)
		}
	}
}
