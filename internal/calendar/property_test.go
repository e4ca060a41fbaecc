package calendar_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"haicap/internal/calendar"
	"haicap/internal/lang"
)

func drawDay(t *rapid.T, name string) calendar.Day {
	from, to := calendar.Date(2024, 1, 1), calendar.Date(2032, 12, 31)
	return calendar.Day(rapid.IntRange(int(from), int(to)).Draw(t, name))
}

func drawLimit(t *rapid.T, name string) calendar.Limit {
	unit := rapid.SampledFrom([]calendar.Unit{calendar.Days, calendar.WorkDays, calendar.Weeks, calendar.Months, calendar.Years}).Draw(t, name+" unit")
	most := map[calendar.Unit]int{calendar.Days: 400, calendar.WorkDays: 250, calendar.Weeks: 60, calendar.Months: 14, calendar.Years: 3}[unit]
	return calendar.Limit{Amount: rapid.IntRange(1, most).Draw(t, name+" amount"), Unit: unit}
}

// drawClock makes a clock with a history that can have happened.
func drawClock(t *rapid.T) calendar.Clock {
	k := calendar.Clock{Start: drawDay(t, "start"), Limit: drawLimit(t, "limit")}
	day, standing, finished := k.Start, false, false
	for range rapid.IntRange(0, 7).Draw(t, "events") {
		day += calendar.Day(rapid.IntRange(0, 40).Draw(t, "gap"))
		kinds := []calendar.EventKind{calendar.Stop, calendar.Extend, calendar.Finish}
		switch {
		case finished:
			kinds = []calendar.EventKind{calendar.Reopen}
		case standing:
			kinds = []calendar.EventKind{calendar.Resume, calendar.Extend, calendar.Finish}
		}
		e := calendar.Event{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Day: day}
		switch e.Kind {
		case calendar.Stop:
			standing = true
		case calendar.Resume:
			standing = false
		case calendar.Finish:
			finished = true
		case calendar.Reopen:
			finished, standing = false, false
		case calendar.Extend:
			e.Limit = drawLimit(t, "extension")
		}
		k.Events = append(k.Events, e)
	}
	return k
}

func due(t *rapid.T, k calendar.Clock) calendar.Due {
	d, err := calendar.Official().Clock(k)
	if err != nil {
		t.Fatalf("%+v: %v", k, err)
	}
	return d
}

// TestDueIsWorkedAndGrows: a limit never ends on a day off, never before its start, and more time never ends sooner. The last holds within
// one unit: a month from 24/1 and six days is a day more than a month from 24/1 plus six days.
func TestDueIsWorkedAndGrows(t *testing.T) {
	t.Parallel()
	cal := calendar.Official()
	rapid.Check(t, func(t *rapid.T) {
		k := drawClock(t)
		if d := due(t, k); d.Original > d.Day && !d.Standing {
			t.Fatalf("extensions led from %s back to %s", d.Original, d.Day)
		}
		for i := range k.Events {
			if e := &k.Events[i]; e.Kind == calendar.Extend && k.Limit.Unit != calendar.WorkDays {
				e.Limit.Unit = calendar.Days
			} else if e.Kind == calendar.Extend {
				e.Limit.Unit = calendar.WorkDays
			}
		}
		d := due(t, k)
		longer := k
		longer.Limit.Amount++
		e := due(t, longer)
		if d.Standing {
			return // a clock that stood before its end may have run out with less time, never the other way round
		}
		if !cal.Works(d.Day) || d.Day < k.Start {
			t.Fatalf("%s ends on %s", k.Limit, d.Day)
		}
		if !e.Standing && e.Day < d.Day {
			t.Fatalf("%s ends on %s, %s on %s", k.Limit, d.Day, longer.Limit, e.Day)
		}
	})
}

// TestWorkingDaysAreCounted: between start and end lie exactly as many working days as the limit says.
func TestWorkingDaysAreCounted(t *testing.T) {
	t.Parallel()
	cal := calendar.Official()
	rapid.Check(t, func(t *rapid.T) {
		start, n := drawDay(t, "start"), rapid.IntRange(1, 300).Draw(t, "n")
		d := due(t, calendar.Clock{Start: start, Limit: calendar.Limit{Amount: n, Unit: calendar.WorkDays}})
		if got := cal.WorkingBetween(start+1, d.Day+1); got != n {
			t.Fatalf("%d working days from %s to %s", got, start, d.Day)
		}
		left := 0
		for _, s := range d.Steps {
			if s.Kind == calendar.StepCount {
				left = len(s.Off)
			}
		}
		if int(d.Day-start) != n+left {
			t.Fatalf("%d days, %d counted, %d left out", d.Day-start, n, left)
		}
	})
}

// TestPausesShift: a stop and its resumption n days later move the end by n days, or by the working days among them; and it makes no
// difference in how many pieces the clock stood.
func TestPausesShift(t *testing.T) {
	t.Parallel()
	cal := calendar.Official()
	rapid.Check(t, func(t *rapid.T) {
		k := calendar.Clock{Start: drawDay(t, "start"), Limit: drawLimit(t, "limit")}
		before := due(t, k)
		stop := k.Start + calendar.Day(rapid.IntRange(0, int(before.Nominal-k.Start)).Draw(t, "stop"))
		n := calendar.Day(rapid.IntRange(0, 60).Draw(t, "n"))
		k.Events = []calendar.Event{{Kind: calendar.Stop, Day: stop}, {Kind: calendar.Resume, Day: stop + n}}
		after := due(t, k)
		moved, want := int(after.Nominal-before.Nominal), int(n)
		if k.Limit.Unit == calendar.WorkDays {
			moved, want = cal.WorkingBetween(before.Nominal+1, after.Nominal+1), cal.WorkingBetween(stop, stop+n)
		}
		if moved != want {
			t.Fatalf("%s from %s, stopped from %s for %d days: moved by %d, want %d", k.Limit, k.Start, stop, n, moved, want)
		}
		half := stop + n/2
		k.Events = []calendar.Event{{Kind: calendar.Stop, Day: stop}, {Kind: calendar.Resume, Day: half}, {Kind: calendar.Stop, Day: half}, {Kind: calendar.Resume, Day: stop + n}}
		if twice := due(t, k); twice.Day != after.Day {
			t.Fatalf("in two pieces it ends on %s, in one on %s", twice.Day, after.Day)
		}
	})
}

// TestStandingIsNeverLate: a clock that stands makes nobody late, on whatever day one asks.
func TestStandingIsNeverLate(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		k := drawClock(t)
		d := due(t, k)
		if d.Standing && d.Finished == 0 && (d.Day != 0 || d.Late(drawDay(t, "today")+20000, false) || d.Left.Amount < 0) {
			t.Fatalf("%+v", d)
		}
	})
}

// TestExplanationsAreWhole: whatever happened, every sentence is there in both languages.
func TestExplanationsAreWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := due(t, drawClock(t))
		for _, l := range []lang.Lang{lang.VI, lang.EN} {
			for _, line := range d.Text(l) {
				if line == "" || strings.Contains(line, "[calendar.") || strings.Contains(line, "%!") || strings.Contains(line, "0001") {
					t.Fatalf("%s", line)
				}
			}
		}
	})
}

func FuzzParseTerm(f *testing.F) {
	for _, s := range []string{"+10wd", "10 ngày làm việc", "trước ngày 30/6/2026", "nửa tháng", "quý IV năm 2026", "đầu quý 1/2026", "ngày 31 tháng 2 năm 2026", "99999d"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		term, err := calendar.ParseTerm(s)
		switch {
		case err != nil && !errors.Is(err, calendar.ErrTerm) && !errors.Is(err, calendar.ErrYear):
			t.Fatalf("%q: %v", s, err)
		case err == nil && term.Named != nil && (term.Named.Day.Year() < calendar.FirstYear-1 || term.Named.Day.Year() > calendar.LastYear):
			t.Fatalf("%q: %s", s, term.Named.Day)
		case err == nil && term.Named == nil && term.Limit.Unit == "":
			t.Fatalf("%q: nothing", s)
		}
	})
}

func BenchmarkDue10WorkingDays(b *testing.B) {
	cal := calendar.Official()
	start, limit := calendar.Date(2026, 11, 20), calendar.Limit{Amount: 10, Unit: calendar.WorkDays}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := cal.Due(start, limit); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDueByRuleWithHistory(b *testing.B) {
	cal, rules := calendar.Official(), calendar.OfficialRules()
	day := calendar.Date(2026, 7, 2)
	b.ReportAllocs()
	for b.Loop() {
		k, err := rules.Clock("complaint_first", day)
		if err != nil {
			b.Fatal(err)
		}
		k.Events = []calendar.Event{{Kind: calendar.Stop, Day: day + 5}, {Kind: calendar.Resume, Day: day + 12}, {Kind: calendar.Extend, Day: day + 30, Limit: calendar.Limit{Amount: 15, Unit: calendar.Days}}}
		if _, err := cal.Clock(k); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkYear(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		cal, err := calendar.Load(nil)
		if err != nil {
			b.Fatal(err)
		}
		cal.Year(2031)
	}
}
