package calendar_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"haicap/internal/calendar"
	"haicap/internal/lang"
)

var update = flag.Bool("update", false, "write the explanations anew")

// A dueCase is one block of testdata/due.txt: what happened, the due day that a person wrote, and the explanation.
type dueCase struct {
	name, input, want, text string
	language                lang.Lang
	clock                   calendar.Clock
	own                     string
	today                   calendar.Day
	err                     error
}

func readCases(t *testing.T) []dueCase {
	t.Helper()
	data, err := os.ReadFile("testdata/due.txt")
	if err != nil {
		t.Fatal(err)
	}
	var cases []dueCase
	for block := range strings.SplitSeq("\n"+string(data), "\n# ") {
		if strings.TrimSpace(block) == "" {
			continue
		}
		input, text, ok := strings.Cut(block, "\n---\n")
		name, lines, _ := strings.Cut(input, "\n")
		if !ok {
			t.Fatalf("%s: no line ---", name)
		}
		c := dueCase{name: name, input: input, text: strings.TrimSpace(text), language: lang.VI}
		for line := range strings.Lines(lines) {
			c.line(t, strings.TrimSpace(line))
		}
		cases = append(cases, c)
	}
	return cases
}

func (c *dueCase) line(t *testing.T, line string) {
	t.Helper()
	word, arg, _ := strings.Cut(line, " ")
	first, rest, _ := strings.Cut(arg, " ")
	day := func(s string) calendar.Day {
		d, err := calendar.ParseDay(s)
		if err != nil {
			t.Fatalf("%s: %q: %v", c.name, line, err)
		}
		return d
	}
	limit := func(s string) calendar.Limit {
		term, err := calendar.ParseTerm(s)
		if err != nil || term.Named != nil {
			t.Fatalf("%s: %q: %v", c.name, line, err)
		}
		return term.Limit
	}
	event := calendar.Event{Kind: calendar.EventKind(word), Why: rest}
	switch word {
	case "start":
		c.clock.Start = day(first)
		if at, err := time.Parse("15:04", rest); err == nil {
			c.clock.Minute = at.Hour()*60 + at.Minute()
		}
		return
	case "limit":
		c.clock.Limit = limit(arg)
		return
	case "rule":
		c.clock, c.err = calendar.OfficialRules().Clock(first, day(rest))
		return
	case "named":
		var term calendar.Term
		term, c.err = calendar.ParseTerm(arg)
		c.clock.Named = term.Named
		return
	case "own":
		c.own += arg + "\n"
		return
	case "today":
		c.today = day(arg)
		return
	case "lang":
		c.language = lang.Parse(arg)
		return
	case "want":
		c.want = arg
		return
	case "extend":
		event.Why = ""
		if to, ok := strings.CutPrefix(rest, "to "); ok {
			event.To = day(to)
		} else {
			event.Limit = limit(rest)
		}
	case "stop", "resume", "finish", "reopen":
	default:
		t.Fatalf("%s: what is %q?", c.name, line)
	}
	event.Day = day(first)
	c.clock.Events = append(c.clock.Events, event)
}

// run gives the due day in the words of the file, and the explanation.
func (c dueCase) run(t *testing.T) (result, text string) {
	t.Helper()
	cal, err := calendar.Load([]byte(c.own))
	if err != nil {
		t.Fatal(err)
	}
	var due calendar.Due
	if err = c.err; err == nil {
		due, err = cal.Clock(c.clock)
	}
	var bad *calendar.EventError
	switch {
	case errors.As(err, &bad), err != nil:
		return "error " + err.Error(), ""
	case due.Standing:
		result = "standing " + due.Left.String()
	default:
		result = due.Day.String()
	}
	if due.Minute < calendar.EndOfDay && !due.Standing {
		result += fmt.Sprintf(" %02d:%02d", due.Minute/60, due.Minute%60)
	}
	if c.today != 0 {
		result += map[bool]string{true: " late", false: " in term"}[due.Late(c.today, false)]
	}
	return result, strings.Join(due.Text(c.language), "\n")
}

// TestDue counts every case of testdata/due.txt. The line "want" is written by hand; go test -run TestDue -update writes the explanations.
func TestDue(t *testing.T) {
	t.Parallel()
	cases := readCases(t)
	if len(cases) < 60 {
		t.Fatalf("only %d cases", len(cases))
	}
	var all strings.Builder
	for _, c := range cases {
		result, text := c.run(t)
		if result != c.want {
			t.Errorf("%s: %s, want %s\n%s", c.name, result, c.want, text)
		}
		if text != c.text && !*update {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, text, c.text)
		}
		if strings.Contains(text, "[calendar.") || strings.Contains(text, "%!") {
			t.Errorf("%s: a text is missing:\n%s", c.name, text)
		}
		all.WriteString("# " + c.input + "\n---\n")
		if text != "" {
			all.WriteString(text + "\n")
		}
		all.WriteString("\n")
	}
	if *update {
		if err := os.WriteFile("testdata/due.txt", []byte(strings.TrimSuffix(all.String(), "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
