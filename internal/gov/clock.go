package gov

import (
	"slices"

	"haicap/internal/calendar"
)

// Due words become a due day in one place, and the same place explains it. What is counted from is the day of the document that says it, or of the
// session where the document bears none.

// ClockStart is the day from which a matter's time limit is counted.
func (m Matter) ClockStart() Day {
	if m.Source.Day != "" {
		return m.Source.Day
	}
	return m.Opened
}

// DueFromWords is the last day that the words of a text give, counted from a day; empty where the words are vague or leave the year open: nothing is
// guessed.
func DueFromWords(words string, start Day, c *calendar.Calendar) Day {
	k, ok := clockOf(words, start)
	if !ok {
		return ""
	}
	due, err := c.Clock(k)
	if err != nil {
		return ""
	}
	return Day(due.Day.String())
}

func clockOf(words string, start Day) (calendar.Clock, bool) {
	term, err := calendar.ParseTerm(words)
	if err != nil {
		return calendar.Clock{}, false
	}
	from, err := calendar.ParseDay(string(start))
	if err != nil && term.Named == nil {
		return calendar.Clock{}, false
	}
	return calendar.Clock{Start: from, Limit: term.Limit, Named: term.Named}, true
}

// SetDue gives a new matter the due day of its words, where it has none yet.
func (m *Matter) SetDue(c *calendar.Calendar) {
	if m.Due == "" {
		m.Due = DueFromWords(m.DueWords, m.ClockStart(), c)
		m.FirstDue = m.Due
	}
}

// Clock is the clock of a matter after its events: the words of its text, or the first day that a person set, then stops, resumptions and moved
// days. False where it has none.
func (m Matter) Clock(events []MatterEvent, c *calendar.Calendar) (calendar.Clock, bool) {
	k, words := clockOf(m.DueWords, m.ClockStart())
	if !words {
		first, err := calendar.ParseDay(string(m.FirstDue))
		if err != nil {
			return calendar.Clock{}, false
		}
		k = calendar.Clock{Named: &calendar.Named{Day: first, Said: first, Words: calendar.By}}
	}
	standing := false
	add := func(kind calendar.EventKind, e MatterEvent, to calendar.Day, why string) {
		k.Events = append(k.Events, calendar.Event{Kind: kind, Day: calendar.DayOf(e.At.In(Zone)), To: to, Why: why})
	}
	for _, e := range events {
		moved, _ := calendar.ParseDay(string(e.DueTo))
		switch {
		case e.Action == ActSuspend && !standing:
			standing = true
			add(calendar.Stop, e, 0, "suspended")
		case e.Action == ActResume && standing:
			standing = false
			add(calendar.Resume, e, 0, "")
			if due, err := c.Clock(k); moved != 0 && (err != nil || due.Day != moved) {
				add(calendar.Extend, e, moved, "")
			}
		case (e.Action == ActExtend || e.Action == ActSchedule || e.Action == ActSettle) && moved != 0 && (words || e.DueFrom != ""):
			add(calendar.Extend, e, moved, "")
		}
	}
	return k, true
}

// ResumedDue is the due day of a suspended matter that goes on at an instant, by the rule of its clock: a day that a text or a person named stays, an
// amount of time goes on where it stopped.
func (m Matter) ResumedDue(events []MatterEvent, s Stamp, c *calendar.Calendar) Day {
	if m.Due == "" {
		return ""
	}
	goes := append(slices.Clone(events), MatterEvent{Action: ActResume, At: s.At})
	k, ok := m.Clock(goes, c)
	if !ok {
		return m.Due
	}
	due, err := c.Clock(k)
	if err != nil || due.Day == 0 || Day(due.Day.String()) < m.Due {
		return m.Due
	}
	return Day(due.Day.String())
}
