package gov

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestPeriods(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		p                      Period
		first, last            Day
		length                 int
		kind                   ReportKind
		previous, yearBefore   Period
		plus                   Period // a period that it covers
		covers, valid, without bool
	}{
		{"2025", "2025-01-01", "2025-12-31", 12, YearReport, "2024", "2024", "2025-Q3", true, true, false},
		{"2025-Q1", "2025-01-01", "2025-03-31", 3, QuarterReport, "2024-Q4", "2024-Q1", "2025-04", false, true, true},
		{"2024-02", "2024-02-01", "2024-02-29", 1, MonthReport, "2024-01", "2023-02", "2024-02", true, true, true},
		{"2025-01/2025-06", "2025-01-01", "2025-06-30", 6, HalfReport, "2024-01/2024-06", "2024-01/2024-06", "2025-Q2", true, true, true},
		{"2025-01/2025-09", "2025-01-01", "2025-09-30", 9, NineReport, "2024-01/2024-09", "2024-01/2024-09", "2025-Q4", false, true, true},
		{"2025-01/2025-11", "2025-01-01", "2025-11-30", 11, "", "2024-01/2024-11", "2024-01/2024-11", "2025-11", true, true, true},
		{"2025-2030", "2025-01-01", "2030-12-31", 72, "", "2019-2024", "2024-2029", "2027", true, true, false},
		{"", "", "", 0, "", "", "", "2025", false, false, false},
		{"2025-Q5", "", "", 0, "", "", "", "2025", false, false, true},
		{"2030-2025", "", "", 0, "", "", "", "2025", false, false, false},
		{"2025-13", "", "", 0, "", "", "", "2025", false, false, true},
		{"+025", "", "", 0, "", "", "", "2025", false, false, false},
	} {
		if c.p.FirstDay() != c.first || c.p.LastDay() != c.last || c.p.Length() != c.length || c.p.Kind() != c.kind || c.p.Previous() != c.previous ||
			c.p.YearBefore() != c.yearBefore || c.p.Covers(c.plus) != c.covers || c.p.Valid() != c.valid || c.p.WithinYear() != c.without {
			t.Errorf("%q: %s to %s, %d months, %q, before %q and %q", c.p, c.p.FirstDay(), c.p.LastDay(), c.p.Length(), c.p.Kind(), c.p.Previous(), c.p.YearBefore())
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		first := MonthOf(rapid.IntRange(1990, 2090).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"))
		last := first + Month(rapid.IntRange(0, 11).Draw(t, "more"))
		a, b, ok := PeriodOf(first, last).Months()
		if !ok || a != first || b != last {
			t.Fatalf("%q", PeriodOf(first, last))
		}
	})
}

func TestWindows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		p             Period
		opens, closes Day
	}{
		{"2025", "2024-12-15", "2025-12-14"},
		{"2025-11", "2025-10-15", "2025-11-14"},
		{"2025-01", "2024-12-15", "2025-01-14"},
		{"2025-Q2", "2025-03-15", "2025-06-14"},
		{"2025-01/2025-06", "2024-12-15", "2025-06-14"},
		{"2025-01/2025-09", "2024-12-15", "2025-09-14"},
	} {
		w, ok := WindowOf(Windows(), c.p)
		if opens, closes := w.Days(c.p); !ok || opens != c.opens || closes != c.closes || CutOff(Windows(), c.p) != c.closes || w.Law != "09/2019/NĐ-CP" {
			t.Errorf("%s: %s to %s by %q", c.p, opens, closes, w.Law)
		}
	}
	// Without a rule the period itself counts: before the decree, for a term, for an odd range.
	for _, p := range []Period{"2018", "2025-2030", "2025-01/2025-11"} {
		if _, ok := WindowOf(Windows(), p); ok || CutOff(Windows(), p) != p.LastDay() {
			t.Errorf("%s has a window", p)
		}
	}
	for day, want := range map[Day]Vintage{"2025-12-10": Estimated, "2025-12-31": Estimated, "2026-01-01": Preliminary, "2027-01-01": Preliminary, "": VintageOpen} {
		if got := VintageBy(Windows(), "2025", day); got != want {
			t.Errorf("a figure of 2025 on %s is %q, want %q", day, got, want)
		}
	}
	later := strings.Replace(windowsCSV, "\nyear,2019-03-12,,-1,15,0,14,1,,", "\nyear,2019-03-12,2026-12-31,-1,15,0,14,1,180,", 1) + "year,2027-01-01,,0,1,0,31,20,,1/2027/NĐ-CP,C\n"
	list, err := readWindows(later)
	if err != nil || CutOff(list, "2026") != "2026-12-14" || CutOff(list, "2027") != "2027-12-31" {
		t.Errorf("a new rule: %v, %s, %s", err, CutOff(list, "2026"), CutOff(list, "2027"))
	}
	if VintageBy(list, "2026", "2027-07-20") != Final || VintageBy(list, "2027", "2028-01-10") != Estimated {
		t.Error("days of release")
	}
	for _, bad := range []string{"kind\nyear\n", strings.Replace(windowsCSV, ",15,", ",32,", 1), strings.Replace(windowsCSV, "09/2019/NĐ-CP", "", 1), strings.Replace(windowsCSV, ",-1,", ",x,", 1), strings.Replace(windowsCSV, "2019-03-12", "12/3/2019", 1)} {
		if _, err := readWindows(bad); err == nil {
			t.Errorf("taken: %.60s", bad)
		}
	}
	for year, n := range map[ReportKind]int{MonthReport: 12, QuarterReport: 4, HalfReport: 1, NineReport: 1, YearReport: 1, "": 0} {
		list := year.PeriodsIn(2026)
		if len(list) != n {
			t.Errorf("%s: %v", year, list)
		}
		for _, p := range list {
			if p.Kind() != year {
				t.Errorf("%s: %s", year, p)
			}
		}
	}
}
