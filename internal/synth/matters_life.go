package synth

import (
	"math"
	"math/rand/v2"
	"time"

	"haicap/internal/gov"
)

// A life is a matter with its steps so far. Steps go through gov.Flow, so no made history can leave it.
type life struct {
	m     gov.Matter
	steps []gov.MatterEvent
	day   gov.Day
	until gov.Day
	who   map[gov.Doer]gov.ID // the accounts that take steps; nobody is named where there are none
}

// begin opens a matter.
func begin(m gov.Matter) *life {
	return &life{m: m, day: gov.DayOf(m.Created.At.In(gov.Zone)), steps: []gov.MatterEvent{{Realm: m.Realm, Matter: m.ID, At: m.Created.At, By: m.Created.By,
		Action: gov.ActOpen, To: m.State}}}
}

// step takes a step on a day, which is at least the day of the one before. It says whether the day came: what lies behind the end of the time
// that is made does not happen.
func (l *life) step(r *rand.Rand, a gov.Action, on gov.Day, in gov.StepInput) bool {
	on = max(on, l.day)
	if on > l.until {
		return false
	}
	st, err := gov.StepFor(l.m.Kind, l.m.State, a)
	if err != nil {
		panic(errFlow)
	}
	in.Today = on
	if a == gov.ActConfirm {
		in.HandedIn = l.handedIn()
	}
	at := began(on).Add(time.Duration(r.IntN(480)) * time.Minute)
	if last := l.steps[len(l.steps)-1].At; !at.After(last) {
		at = last.Add(time.Minute)
	}
	moved, e, err := l.m.Take(st, in, gov.Stamp{By: l.who[st.By], At: at})
	if err != nil {
		panic(err) // a step that lacks what it needs: a defect
	}
	moved.Version++
	l.m, l.day, l.steps = moved, on, append(l.steps, e)
	return true
}

// handedIn is the day of the last result.
func (l *life) handedIn() gov.Day {
	for i := len(l.steps) - 1; i >= 0; i-- {
		if l.steps[i].Action == gov.ActSubmit {
			return gov.DayOf(l.steps[i].At.In(gov.Zone))
		}
	}
	return ""
}

func note(r *rand.Rand, list []string) gov.StepInput {
	return gov.StepInput{Note: list[r.IntN(len(list))]}
}

// around draws a number of days with the median, mostly near it and now and then far away.
func around(r *rand.Rand, median float64) int {
	return max(1, int(median*math.Exp(r.NormFloat64()*0.7)))
}

// task lives the life of a task: reports, extensions, pauses, the result, which may be late or come back, and its confirmation.
func (l *life) task(r *rand.Rand, until gov.Day, lead body) {
	l.until = until
	start := l.day
	term := 60
	if l.m.Due != "" {
		term = l.m.Due.DaysSince(start)
	}
	late := r.Float64() < lead.late
	done := start.AddDays(term - r.IntN(max(term/2, 1)))
	if late {
		done = start.AddDays(term + around(r, lead.slow))
	}
	if r.IntN(3) > 0 && !l.step(r, gov.ActReport, start.AddDays(term/3), note(r, progressNotes)) {
		return
	}
	switch n := r.IntN(100); {
	case n < 2:
		l.step(r, gov.ActWithdraw, start.AddDays(term/2), note(r, gone))
		return
	case n < 5:
		if !l.step(r, gov.ActSuspend, start.AddDays(term/2), note(r, pauseNotes)) || r.IntN(3) == 0 ||
			!l.step(r, gov.ActResume, l.day.AddDays(around(r, 90)), note(r, progressNotes)) {
			return
		}
		done = l.day.AddDays(around(r, 20))
	}
	if l.m.Due != "" && (late && r.IntN(2) == 0 || r.IntN(16) == 0) && !l.extend(r, lead) {
		return
	}
	if l.m.Due != "" && done > l.m.Due && !l.overdue(r, done) {
		return
	}
	if late && r.IntN(12) == 0 {
		return // never heard of again
	}
	l.deliver(r, done)
}

// settle ends a task of which nobody has heard for long: its bodies have gone on, or nobody needs it any more.
func (l *life) settle(r *rand.Rand) {
	if _, err := gov.StepFor(l.m.Kind, l.m.State, gov.ActWithdraw); err == nil && l.until.DaysSince(l.day) > 400 && r.IntN(12) > 0 {
		l.step(r, gov.ActWithdraw, l.day.AddDays(180+r.IntN(200)), note(r, gone))
	}
}

// extend asks for another day shortly before the one that is set, which is mostly granted.
func (l *life) extend(r *rand.Rand, lead body) bool {
	in := note(r, moreNotes)
	in.Day = max(l.m.Due, l.day).AddDays(15 + 15*r.IntN(3))
	if !l.step(r, gov.ActAskExtension, l.m.Due.AddDays(-3), in) {
		return false
	}
	if r.IntN(5) == 0 {
		return true
	}
	in.Day = max(in.Day, l.day.AddDays(3))
	return l.step(r, gov.ActExtend, l.day.AddDays(2), in)
}

// overdue is what happens after the due day: somebody urges, somebody says why.
func (l *life) overdue(r *rand.Rand, done gov.Day) bool {
	due := l.m.Due
	for day := due.AddDays(2 + r.IntN(4)); day < done && r.IntN(3) > 0; day = day.AddDays(14 + r.IntN(20)) {
		if !l.step(r, gov.ActUrge, day, gov.StepInput{}) {
			return false
		}
	}
	if r.IntN(4) == 0 {
		return true
	}
	causes := []gov.Cause{gov.CauseUnit, gov.CauseUnit, gov.CauseCoordinator, gov.CauseCoordinator, gov.CauseHigher, gov.CauseHigher, gov.CauseCitizen, gov.CauseSystem}
	in := note(r, moreNotes)
	in.Cause = causes[r.IntN(len(causes))]
	return l.step(r, gov.ActCause, due.AddDays(5), in)
}

// deliver hands the result in; one in ten comes back once, a few tasks are opened again later.
func (l *life) deliver(r *rand.Rand, done gov.Day) {
	if !l.step(r, gov.ActSubmit, done, note(r, resultNotes)) {
		return
	}
	if r.IntN(10) == 0 {
		if !l.step(r, gov.ActReturn, l.day.AddDays(2+r.IntN(5)), note(r, returnNotes)) || r.IntN(15) == 0 ||
			!l.step(r, gov.ActSubmit, l.day.AddDays(around(r, 9)), note(r, resultNotes)) {
			return
		}
	}
	if l.step(r, gov.ActConfirm, l.day.AddDays(1+r.IntN(8)), gov.StepInput{}) && r.IntN(150) == 0 {
		l.step(r, gov.ActReopen, l.day.AddDays(around(r, 40)), note(r, returnNotes))
	}
}

// recommend lives the life of a recommendation: routed, answered, scheduled, explained, and, later or never, resolved.
func (l *life) recommend(r *rand.Rand, until gov.Day, to body) {
	l.until = until
	slow := 1 + to.late*3
	if l.m.Level == gov.LevelOpen && r.IntN(2) == 0 {
		in := note(r, answerNotes)
		in.Level = gov.LevelProvince
		if !l.step(r, gov.ActRoute, l.day.AddDays(around(r, 5)), in) {
			return
		}
	}
	if r.IntN(5) == 0 && !l.step(r, gov.ActUrge, l.day.AddDays(around(r, 30)), gov.StepInput{}) {
		return
	}
	answered := l.day.AddDays(around(r, 28*slow))
	switch n := r.IntN(100); {
	case n < 4:
		return // nobody answers
	case n < 5:
		l.step(r, gov.ActWithdraw, answered, note(r, gone))
		return
	case n < 20:
		l.step(r, gov.ActExplain, answered, note(r, explains))
		return
	case n < 45:
		l.schedule(r, answered)
	default:
		if !l.step(r, gov.ActAnswer, answered, note(r, answerNotes)) {
			return
		}
		if r.IntN(3) == 0 {
			l.schedule(r, l.day.AddDays(around(r, 20)))
		}
	}
	if (l.m.State == gov.Answered || l.m.State == gov.Scheduled) && r.IntN(8) > 0 {
		l.step(r, gov.ActResolve, l.day.AddDays(around(r, 75*slow)), note(r, solvedNotes))
	}
}

// schedule answers with a day.
func (l *life) schedule(r *rand.Rand, on gov.Day) {
	in := note(r, answerNotes)
	in.Day = max(on, l.day).AddDays(60 + 30*r.IntN(8))
	l.step(r, gov.ActSchedule, on, in)
}
