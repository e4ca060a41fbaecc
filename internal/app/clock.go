package app

import (
	"context"
	"slices"
	"strings"

	"haicap/internal/calendar"
	"haicap/internal/gov"
	"haicap/internal/lang"
)

// A ClockView is how much time a matter has left, and why it is due on its day.
type ClockView struct {
	Left  int // working days that are left, the due day counted and today not; negative: how many have passed since
	Off   []calendar.Off
	Open  []int // years on the way whose official schedule of days off nobody entered
	Why   *calendar.Due
	Moved gov.Day // what the calendar says as it is today, where that differs from the day on which the matter is due
}

// days is the office's calendar.
func (a *App) days() (*calendar.Calendar, error) {
	c, _, err := a.calendar()
	return c, err
}

// clockView looks at the clock of a matter that has a due day; nil where it has none.
func (a *App) clockView(m gov.Matter, events []gov.MatterEvent) (*ClockView, error) {
	due, err := calendar.ParseDay(string(m.Due))
	if err != nil {
		return nil, nil // no due day
	}
	days, err := a.days()
	if err != nil {
		return nil, err
	}
	v := &ClockView{}
	v.count(days, due, a.Today())
	k, ok := m.Clock(events, days)
	if !ok {
		return v, nil
	}
	why, err := days.Clock(k)
	if err != nil {
		return v, nil // a history that cannot be explained leaves the day as it is
	}
	v.Why = &why
	if why.Day != 0 && why.Day != due {
		v.Moved = gov.Day(why.Day.String())
	}
	return v, nil
}

// clockOf fills in the clock of a matter's page.
func (a *App) clockOf(v *MatterView) (err error) {
	if v.State.Finished() || v.SupersededBy != "" {
		return nil
	}
	events := make([]gov.MatterEvent, len(v.Events))
	for i, e := range v.Events {
		events[i] = e.MatterEvent
	}
	v.Clock, err = a.clockView(v.Matter, events)
	return err
}

// count counts the working days between today and the due day.
func (v *ClockView) count(days *calendar.Calendar, due calendar.Day, today gov.Day) {
	now, err := calendar.ParseDay(string(today))
	if err != nil {
		return
	}
	from, to := now+1, due+1
	if due < now {
		from, to = due+1, now+1
	}
	v.Left = days.WorkingBetween(from, to)
	if due < now {
		v.Left = -v.Left
		return
	}
	for d := from; d < to; d++ {
		if class, entry := days.At(d); entry != nil && !class.Works() {
			v.Off = append(v.Off, calendar.Off{Day: d, Class: class, Entry: entry})
		}
	}
	for y := now.Year(); y <= due.Year() && y <= calendar.LastYear; y++ {
		if year, ok := days.Year(y); ok && !year.Official {
			v.Open = append(v.Open, y)
		}
	}
}

// A LimitChoice is a time limit of the law that is in force today, with the day on which it ends for what begins today, which explains itself.
type LimitChoice struct {
	Rule calendar.Rule
	Due  calendar.Due
}

// limitsOf fills in the time limits of the law, where a step of the page takes a day.
func (a *App) limitsOf(v *MatterView) error {
	if !slices.ContainsFunc(v.Steps, func(st gov.Step) bool { return v.TakesDay(st) }) {
		return nil
	}
	days, rules, err := a.calendar()
	if err != nil {
		return err
	}
	today, err := calendar.ParseDay(string(a.Today()))
	if err != nil {
		return err
	}
	for _, key := range rules.Keys() {
		rule, err := rules.At(key, today)
		if err != nil {
			continue // not in force today
		}
		if due, err := days.DueByRule(rules, key, today); err == nil {
			v.Limits = append(v.Limits, LimitChoice{rule, due})
		}
	}
	return nil
}

// TakesDay reports whether a step takes a due day: because it needs one, because none is known yet, or because what was suspended may get another one.
func (v MatterView) TakesDay(st gov.Step) bool {
	return st.Need.Has(gov.NeedDay) || st.Need.Has(gov.NeedGaps) && v.Due == "" || st.Action == gov.ActResume
}

// dayInLaw is the day of a step by a time limit of the law. The rule, the law and the days that were left out stand in the note of the step, so that the day
// explains itself later, too.
func (a *App) dayInLaw(in *ActInput) error {
	days, rules, err := a.calendar()
	if err != nil {
		return err
	}
	today, err := calendar.ParseDay(string(in.Today))
	if err != nil {
		return err
	}
	due, err := days.DueByRule(rules, in.Rule, today)
	if err != nil {
		return gov.Errorf(gov.Invalid, "error.limit_unknown", in.Rule)
	}
	in.Day = gov.Day(due.Day.String())
	in.Note = strings.TrimSpace(in.Note + "\n" + strings.Join(due.Text(lang.VI), " "))
	return nil
}

// settleDay works out the day of a step: words in place of a day are counted from today by the office's calendar, so are time limits of the law, and a
// suspended matter that goes on without a new day keeps the rule of its clock.
func (a *App) settleDay(ctx context.Context, tx gov.Tx, m gov.Matter, in *ActInput, s gov.Stamp) error {
	if in.Rule != "" && in.Day == "" && in.Term == "" {
		return a.dayInLaw(in)
	}
	resumes := in.Action == gov.ActResume && in.Day == "" && in.Term == ""
	if in.Term == "" && !resumes || in.Day != "" {
		return nil
	}
	days, err := a.days()
	if err != nil {
		return err
	}
	if !resumes {
		if in.Day = gov.DueFromWords(in.Term, in.Today, days); in.Day == "" {
			return gov.Errorf(gov.Invalid, "error.term_unclear", in.Term)
		}
		return nil
	}
	events, err := tx.Events(ctx, m.Realm, m.ID)
	if err != nil {
		return err
	}
	if due := m.ResumedDue(events, s, days); due != m.Due {
		in.Day = due
	}
	return nil
}

// dueInLaw gives new tasks the due days of their words.
func (a *App) dueInLaw(list ...*gov.Matter) error {
	days, err := a.days()
	if err != nil {
		return err
	}
	for _, m := range list {
		m.SetDue(days)
	}
	return nil
}
