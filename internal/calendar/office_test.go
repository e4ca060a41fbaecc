package calendar_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"haicap/internal/calendar"
)

func TestOfficeTablesAreReadAnew(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	office := calendar.In(dir)
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	day := calendar.Date(2026, 10, 14)
	works := func() bool {
		t.Helper()
		cal, _, err := office.Tables()
		if err != nil {
			t.Fatal(err)
		}
		return cal.Works(day)
	}
	if first, again := works(), works(); !first || !again {
		t.Error("off without a table")
	}
	write(calendar.DaysFile, "day,kind,name,source,mark\n2026-10-14,off,Ngày hội,Quyết định,\n")
	if works() {
		t.Error("a new table was not read")
	}
	first, rules, _ := office.Tables()
	if again, _, _ := office.Tables(); again != first {
		t.Error("a table that did not change was read again")
	}
	write(calendar.LimitsFile, "own,,,5,wd,received,Quy chế,,,\n")
	if _, err := rules.At("own", day); err == nil {
		t.Error("rules that were given out changed")
	}
	if _, rules, _ = office.Tables(); len(rules.Keys()) != len(calendar.OfficialRules().Keys())+1 {
		t.Error("new rules were not read")
	}
	write(calendar.LimitsFile, "own,,,five,wd,received,Quy chế,,,\n")
	var bad *calendar.FileError
	var line *calendar.DataError
	if _, _, err := office.Tables(); !errors.As(err, &bad) || bad.Name != calendar.LimitsFile || !errors.As(err, &line) || line.Line != 1 {
		t.Errorf("%v", err)
	}
	for _, name := range []string{calendar.DaysFile, calendar.LimitsFile} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if !works() {
		t.Error("a table that was taken away still holds")
	}
}
