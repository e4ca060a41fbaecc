package calendar

import (
	"encoding/csv"
	"os"
	"testing"

	"pgregory.net/rapid"
)

// TestLunarHolidays compares Tết and the tenth of the third month with the published days of 81 years.
func TestLunarHolidays(t *testing.T) {
	t.Parallel()
	f, err := os.Open("testdata/lunar.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) != 82 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows[1:] {
		tet, err1 := ParseDay(row[1])
		hung, err2 := ParseDay(row[2])
		if err1 != nil || err2 != nil {
			t.Fatal(row)
		}
		year := tet.Year()
		if got, ok := LunarDay(LunarDate{year, 1, 1, false}); got != tet || !ok {
			t.Errorf("Tết %d: %s, want %s", year, got, tet)
		}
		if got, ok := LunarDay(LunarDate{year, 3, 10, false}); got != hung || !ok {
			t.Errorf("Giỗ Tổ %d: %s, want %s", year, got, hung)
		}
	}
}

func TestLunarDates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		day  Day
		want LunarDate
	}{
		{Date(2026, 11, 20), LunarDate{2026, 10, 12, false}},
		{Date(2025, 7, 25), LunarDate{2025, 6, 1, true}}, // leap sixth month
		{Date(2025, 8, 22), LunarDate{2025, 6, 29, true}},
		{Date(2025, 8, 23), LunarDate{2025, 7, 1, false}},
		{Date(2023, 3, 22), LunarDate{2023, 2, 1, true}},   // leap second month
		{Date(2033, 12, 22), LunarDate{2033, 11, 1, true}}, // leap eleventh month
		{Date(1985, 1, 21), LunarDate{1985, 1, 1, false}},  // a month before China's
		{Date(2026, 2, 16), LunarDate{2025, 12, 29, false}},
	} {
		if got := Lunar(c.day); got != c.want {
			t.Errorf("%s: %v, want %v", c.day, got, c.want)
		}
	}
	if _, ok := LunarDay(LunarDate{2026, 6, 1, true}); ok {
		t.Error("2026 has no leap sixth month")
	}
}

func TestLunarThereAndBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := Day(rapid.IntRange(int(Date(1901, 1, 1)), int(Date(2198, 12, 31))).Draw(t, "day"))
		date := Lunar(d)
		if back, ok := LunarDay(date); back != d || !ok {
			t.Fatalf("%s is %v, which is %s", d, date, back)
		}
	})
}

func TestDays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := Day(rapid.IntRange(int(Date(FirstYear, 1, 1)), int(Date(LastYear, 12, 31))).Draw(t, "day"))
		y, m, dom := d.Date()
		back, err := ParseDay(d.String())
		if Date(y, m, dom) != d || back != d || err != nil || d.Year() != y || d.Weekday() != d.time().Weekday() {
			t.Fatalf("%d: %s, %d, %s, %v", d, d, d.Year(), d.Weekday(), err)
		}
	})
	for _, bad := range []string{"", "2026-02-29", "31/4/2026", "1899-12-31", "2200-01-01", "20/11", "hôm nay"} {
		if d, err := ParseDay(bad); err == nil {
			t.Errorf("%q was read as %s", bad, d)
		}
	}
}
