package calendar_test

import (
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"haicap/internal/calendar"
	"haicap/internal/lang"
)

// turnCase counts one block of testdata/turn.txt: "turn EVERY MONTH DAY|last SHIFT" with "in DAY", or "before DAY LIMIT".
func turnCase(t *testing.T, lines string) (want, got, text string) {
	t.Helper()
	var turn calendar.Turn
	var anchor, in calendar.Day
	var limit calendar.Limit
	own, l := "", lang.VI
	day := func(s string) calendar.Day {
		d, err := calendar.ParseDay(s)
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		return d
	}
	for line := range strings.Lines(lines) {
		word, arg, _ := strings.Cut(strings.TrimSpace(line), " ")
		f := strings.Fields(arg)
		switch word {
		case "turn":
			turn = calendar.Turn{Every: calendar.Every(f[0]), Last: f[2] == "last", Shift: calendar.Shift(f[3])}
			turn.Month, _ = strconv.Atoi(f[1])
			turn.Day, _ = strconv.Atoi(f[2])
		case "in":
			in = day(arg)
		case "before":
			term, err := calendar.ParseTerm(f[1])
			if err != nil {
				t.Fatal(err)
			}
			anchor, limit = day(f[0]), term.Limit
		case "own":
			own += arg + "\n"
		case "lang":
			l = lang.Parse(arg)
		case "want":
			want = arg
		}
	}
	c, err := calendar.Load([]byte(own))
	if err != nil {
		t.Fatal(err)
	}
	var due calendar.Due
	if anchor != 0 {
		due, err = c.Before(anchor, limit)
	} else {
		due, err = c.Turn(turn, in)
	}
	if err != nil {
		return want, "error " + err.Error(), ""
	}
	return want, due.Day.String(), strings.Join(due.Text(l), "\n")
}

// TestTurns counts every case of testdata/turn.txt. The line "want" is written by hand; -update writes the explanations.
func TestTurns(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/turn.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	n := 0
	for block := range strings.SplitSeq("\n"+string(data), "\n# ") {
		if strings.TrimSpace(block) == "" {
			continue
		}
		n++
		input, told, _ := strings.Cut(block, "\n---\n")
		want, got, text := turnCase(t, input)
		if got != want {
			t.Errorf("%s: %s\n%s", input, got, text)
		}
		if strings.TrimSpace(told) != text && !*update {
			t.Errorf("%s:\n%s\nwant\n%s", input, text, told)
		}
		if strings.Contains(text, "[calendar.") || strings.Contains(text, "%!") {
			t.Errorf("%s: a text is missing:\n%s", input, text)
		}
		all.WriteString("# " + input + "\n---\n" + text + "\n\n")
	}
	if n < 15 {
		t.Fatalf("only %d cases", n)
	}
	if *update {
		if err := os.WriteFile("testdata/turn.txt", []byte(strings.TrimSuffix(all.String(), "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// A turn gives each period one day, never earlier than that of the period before, and a day off only where the rule lets it stay.
func TestTurnsComeInOrder(t *testing.T) {
	t.Parallel()
	c := calendar.Official()
	r := rand.New(rand.NewPCG(6, 4))
	for range 400 {
		turn := calendar.Turn{Every: calendar.Everies[r.IntN(4)], Month: 1 + r.IntN(3), Day: 1 + r.IntN(7), Last: r.IntN(4) == 0, Shift: calendar.Shifts[r.IntN(3)]}
		if turn.Every != calendar.EveryWeek {
			turn.Day = 1 + r.IntN(31)
		}
		in := calendar.Date(2025, 1, 1+r.IntN(700))
		var before calendar.Day
		for range 12 {
			due, err := c.Turn(turn, in)
			if err != nil {
				t.Fatal(err)
			}
			first, last := turn.Every.Period(in)
			switch {
			case due.Day < before:
				t.Fatalf("%+v: %s after %s", turn, due.Day, before)
			case !c.Works(due.Day) && (turn.Shift != calendar.ShiftNone || turn.Last):
				t.Fatalf("%+v: %s is not worked", turn, due.Day)
			case turn.Last && c.WorkingBetween(due.Day+1, last+1) != 0 && due.Day >= first:
				t.Fatalf("%+v: %s is not the last working day", turn, due.Day)
			case due.Nominal < first && !turn.Last, due.Nominal > last:
				t.Fatalf("%+v: %s is not of %s to %s", turn, due.Nominal, first, last)
			}
			before, in = due.Day, last+1
		}
	}
}
