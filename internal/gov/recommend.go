package gov

import (
	"cmp"
	"slices"
)

// A Priority says how much a recommendation presses, with its reasons, so that nobody has to believe a number. It orders a list and decides nothing.
type Priority struct {
	Score   int
	Reasons []Reason
}

// A Reason is one thing that makes a recommendation press, with the number behind it.
type Reason struct {
	Key    string // of a sentence in the catalogue: "priority.units"
	Number int
	Points int
}

// What a priority is made of. The weights are the program's proposal and stand here in one table; no rule of law sets them.
const (
	pointsPerUnit   = 2  // for each unit that asks the same, from the second on
	pointsPerRepeat = 3  // for each time that it was raised again
	pointsPerMonth  = 1  // of age, up to a year
	mostAgePoints   = 12 // a year
	pointsRegions   = 4  // it concerns several units at once
	pointsPromised  = 5  // a day was promised and is past
	pointsUnfunded  = 3  // somebody said that there is no money for it yet
)

// An Asked is what is known of a recommendation when its priority is worked out.
type Asked struct {
	Units    int // that ask it, with those of recommendations that were gathered to it
	Repeats  int // how often it was raised again
	Opened   Day // when it was raised first
	Connects bool
	Promised Day // the day of an answer with a plan; empty: none
	Unfunded int // how many of those that were gathered have no money yet
}

// PriorityOf works out how much a recommendation presses on a day.
func PriorityOf(a Asked, today Day) Priority {
	var p Priority
	add := func(key string, number, points int) {
		if points > 0 {
			p.Score += points
			p.Reasons = append(p.Reasons, Reason{Key: "priority." + key, Number: number, Points: points})
		}
	}
	add("units", a.Units, (a.Units-1)*pointsPerUnit)
	add("repeats", a.Repeats, a.Repeats*pointsPerRepeat)
	months := today.DaysSince(a.Opened) / 30
	add("months", months, min(months*pointsPerMonth, mostAgePoints))
	if a.Connects {
		add("connects", a.Units, pointsRegions)
	}
	if a.Promised != "" && a.Promised < today {
		add("promised", today.DaysSince(a.Promised), pointsPromised)
	}
	if a.Unfunded > 0 {
		add("unfunded", a.Unfunded, pointsUnfunded)
	}
	slices.SortStableFunc(p.Reasons, func(x, y Reason) int { return cmp.Compare(y.Points, x.Points) })
	return p
}

// A RecommendationTally keeps answered and resolved apart: in 2019 nearly all voters' petitions were answered and one in eleven resolved.
type RecommendationTally struct {
	Total     int
	Answered  int // of these: by whatever answer
	Scheduled int // being solved, with a day
	Explained int
	Resolved  int
	Late      int // scheduled, and the day is past
}

// Add counts n recommendations in a state; late says that they are scheduled and their day is past.
func (t *RecommendationTally) Add(s State, late bool, n int) {
	t.Total += n
	switch s {
	case Answered:
		t.Answered += n
	case Scheduled:
		t.Answered += n
		t.Scheduled += n
		if late {
			t.Late += n
		}
	case Explained:
		t.Answered += n
		t.Explained += n
	case Resolved:
		t.Answered += n
		t.Resolved += n
	}
}
