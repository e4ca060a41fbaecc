package calendar

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// days lists the days of a year that are of the class, for reading in a test.
func days(y Year, class Class) string {
	var out []string
	for _, e := range y.Entries {
		if e.Class == class {
			out = append(out, e.Day.String()[5:])
		}
	}
	return strings.Join(out, " ")
}

func TestYears(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		year                         int
		official                     bool
		off, instead, swapped, extra string
		working                      int
	}{
		{2025, true, "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 09-01 09-02", "", "05-02", "04-26", 250},
		{2026, true, "01-01 02-16 02-17 02-18 02-19 02-20 04-26 04-30 05-01 09-01 09-02 11-24", "04-27", "01-02 08-31", "01-10 08-22", 249},
		{2027, false, "01-01 02-05 02-06 02-07 02-08 02-09 04-16 04-30 05-01 09-02 09-03 11-24", "02-10 02-11 05-03", "", "", 249},
	} {
		y, ok := Official().Year(c.year)
		if !ok || y.Official != c.official || y.Working != c.working || days(y, Holiday) != c.off || days(y, Instead) != c.instead ||
			days(y, Swapped) != c.swapped || days(y, Extra) != c.extra {
			t.Errorf("%d: official %v, working %d\noff %s\ninstead %s\nswapped %s\nextra %s", c.year, y.Official, y.Working,
				days(y, Holiday), days(y, Instead), days(y, Swapped), days(y, Extra))
		}
		for _, e := range y.Entries {
			if e.Name == "" || e.Source == "" || e.Mark == "" {
				t.Errorf("%s has no name, source or mark", e.Day)
			}
		}
	}
	if _, ok := Official().Year(1899); ok {
		t.Error("1899 is known")
	}
}

// TestRulesAgreeWithEnteredYears: what the rules make by themselves is what was entered, except for what only a schedule can decide.
func TestRulesAgreeWithEnteredYears(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		year      int
		different string // entered or made, not both; swaps are a matter of the schedule
	}{{2025, "01-27 02-01 02-03"}, {2026, ""}, {2027, ""}} {
		entered, _ := Official().Year(c.year)
		var differ []string
		made := byRules(c.year)
		has := func(list []Entry, e Entry) bool {
			return slices.ContainsFunc(list, func(o Entry) bool { return o.Day == e.Day && o.Class == e.Class && o.Name == e.Name })
		}
		for _, e := range entered.Entries {
			if (e.Class == Holiday || e.Class == Instead) && !has(made, e) {
				differ = append(differ, e.Day.String()[5:])
			}
		}
		for _, e := range made {
			if !has(entered.Entries, e) {
				differ = append(differ, e.Day.String()[5:])
			}
		}
		if got := strings.Join(differ, " "); got != c.different {
			t.Errorf("%d: %s, want %s", c.year, got, c.different)
		}
	}
}

func TestTwoHolidaysOnOneWeekend(t *testing.T) {
	t.Parallel()
	y, _ := Official().Year(2022) // 30/4 a Saturday, 1/5 a Sunday; Tết on a Tuesday
	if got := days(y, Instead); got != "01-03 04-11 05-02 05-03" {
		t.Errorf("off instead: %s", got)
	}
}

func TestOwnDays(t *testing.T) {
	t.Parallel()
	cal, err := Load([]byte("\ufeffday,kind,name,source,mark\n2026-11-24,normal,,Quyết định,\n2026-08-22,normal,,Quyết định,\n2026-10-14,off,Ngày hội,Quyết định,\n2028,schedule,,Thông báo,\n2028-01-26,off,tet,Thông báo,\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		day   Day
		works bool
	}{{Date(2026, 11, 24), true}, {Date(2026, 8, 22), false}, {Date(2026, 10, 14), false}, {Date(2026, 9, 2), false},
		{Date(2028, 1, 26), false}, {Date(2028, 9, 1), true}} {
		if got := cal.Works(c.day); got != c.works {
			t.Errorf("%s is worked: %v", c.day, got)
		}
	}
	if y, _ := cal.Year(2028); !y.Official || !y.Own || len(y.Entries) != 1 {
		t.Errorf("2028: %+v", y)
	}
	if Official().Works(Date(2026, 11, 24)) {
		t.Error("an office's day changed the official calendar")
	}
}

func TestBadTables(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		line string
		why  string
	}{
		{"2026-11-24,off,x,y", "columns"}, {`2026-11-24,off,"x`, "columns"}, {"2026-02-30,off,x,y,", "day"}, {"2026-11-24,holiday,x,y,", "kind"},
		{"2026-11-24,off,x,y,Z", "mark"}, {"2026-11-24,work,x,y,", "weekday"}, {"2026-11-21,swap,x,y,", "weekday"}, {"26,schedule,,x,", "day"},
		{"2026-11-23,off,x,y,", "twice"},
	} {
		_, err := Load([]byte("day,kind,name,source,mark\n2026-11-23,off,a,b,\n" + c.line + "\n"))
		var bad *DataError
		if !errors.As(err, &bad) || bad.Why != c.why || bad.Line != 3 {
			t.Errorf("%s: %v, want %s in line 3", c.line, err, c.why)
		}
	}
	for _, line := range []string{"a,,,10,x,,,,,", "a,,,ten,d,,,,,", "a,2026-13-01,,10,d,,,,,", "a,2026-02-01,2026-01-01,10,d,,,,,", ",,,10,d,,,,,"} {
		if _, err := LoadRules([]byte(line)); err == nil {
			t.Errorf("%s was taken", line)
		}
	}
}

func TestOwnRules(t *testing.T) {
	t.Parallel()
	rules, err := LoadRules([]byte("complaint_first,2027-01-01,,20,d,accepted,Luật mới,Điều 1,,\nown_matter,,,5,wd,received,Quy chế,,,\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		key  string
		day  Day
		want string
	}{{"complaint_first", Date(2026, 12, 31), "30d"}, {"complaint_first", Date(2027, 1, 1), "20d"}, {"own_matter", Date(2020, 1, 1), "5wd"},
		{"complaint_accept", Date(2026, 6, 30), "10d"}, {"complaint_accept", Date(2026, 7, 1), "7wd"}} {
		if r, err := rules.At(c.key, c.day); err != nil || r.Limit.String() != c.want {
			t.Errorf("%s on %s: %s, %v, want %s", c.key, c.day, r.Limit, err, c.want)
		}
	}
	if r, _ := OfficialRules().At("complaint_first", Date(2027, 1, 1)); r.Limit.Amount != 30 {
		t.Error("an office's rule changed the official ones")
	}
	if !slices.Contains(rules.Keys(), "own_matter") {
		t.Error(rules.Keys())
	}
}

func TestLate(t *testing.T) {
	t.Parallel()
	k := Clock{Start: Date(2026, 11, 2), Limit: Limit{10, Days}, Events: []Event{{Kind: Extend, Day: Date(2026, 11, 10), Limit: Limit{5, Days}}, {Kind: Finish, Day: Date(2026, 11, 16)}}}
	d, err := Official().Clock(k)
	if err != nil || d.Late(Date(2027, 1, 1), false) || !d.Late(Date(2027, 1, 1), true) {
		t.Errorf("finished after the first day and before the extended one: %s, %s, %v", d.Day, d.Original, err)
	}
}

func TestTerms(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"+10wd": "10wd", "30d": "30d", "10 ngày làm việc": "10wd", "trong 07 ngày làm việc": "7wd", "02 tháng": "2m", "trong thời hạn 15 ngày": "15d",
		"24 giờ": "24h", "nửa tháng": "15d", "nửa năm": "6m", "within 5 working days": "5wd", "in 2 weeks": "2w", "1 năm": "1y",
	} {
		if term, err := ParseTerm(text); err != nil || term.Limit.String() != want {
			t.Errorf("%s: %s, %v", text, term.Limit, err)
		}
	}
	for text, want := range map[string]string{
		"30/6/2026": "2026-06-30", "ngày 30 tháng 6 năm 2026": "2026-06-30", "before 2026-06-30": "2026-06-29", "hết năm 2026": "2026-12-31",
		"trước quý IV/2026": "2026-09-30", "cuối quý 1 năm 2026": "2026-03-31", "đầu năm 2027": "2027-01-01", "chậm nhất đến hết tháng 2/2028": "2028-02-29",
	} {
		if term, err := ParseTerm(text); err != nil || term.Named == nil || term.Named.Day.String() != want {
			t.Errorf("%s: %+v, %v", text, term.Named, err)
		}
	}
	for _, text := range []string{"", "10", "10 quả", "10000d", "99999 ngày", "trước 31/2/2026", "giữa quý II/2026", "đầu ngày 30/6/2026", "tháng 13/2026", "hôm nay", "-5d"} {
		if term, err := ParseTerm(text); err == nil {
			t.Errorf("%q was understood: %+v", text, term)
		}
	}
	for _, text := range []string{"trước tháng 6", "30/6", "quý III", "ngày 30 tháng 6"} {
		if _, err := ParseTerm(text); !errors.Is(err, ErrYear) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
