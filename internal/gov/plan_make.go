package gov

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"haicap/internal/calendar"
	"haicap/internal/text"
)

// A PlanTurn is one period of an item that comes round.
type PlanTurn struct {
	Item    PlanItem
	Period  string
	Due     Day
	Make    Day // the day on which its task is made
	Why     calendar.Due
	Skipped PlanSkip
}

// periodKey names the period that begins on a day: "2026-W07", "2026-02", "2026-Q1", "2026".
func periodKey(e calendar.Every, first calendar.Day) string {
	y, m, _ := first.Date()
	switch e {
	case calendar.EveryWeek:
		year, week := isoWeek(first)
		return fmt.Sprintf("%04d-W%02d", year, week)
	case calendar.EveryMonth:
		return fmt.Sprintf("%04d-%02d", y, m)
	case calendar.EveryQuarter:
		return fmt.Sprintf("%04d-Q%d", y, (m-1)/3+1)
	}
	return fmt.Sprintf("%04d", y)
}

// maxTurns bounds how many periods of an item are looked at: a week's work over a century.
const maxTurns = 5200

// turns goes through the periods of an item from its first day on, in order, until f says enough.
func (p Plan) turns(it PlanItem, c *calendar.Calendar, f func(t PlanTurn) bool) {
	at, err := calendar.ParseDay(string(it.Since))
	if err != nil {
		return
	}
	for range maxTurns {
		first, last := it.When.Turn.Every.Period(at)
		at = last + 1
		due, err := c.Turn(it.When.Turn, first)
		if err != nil {
			return
		}
		t := PlanTurn{Item: it, Period: periodKey(it.When.Turn.Every, first), Due: Day(due.Day.String()), Make: Day((due.Day - calendar.Day(it.When.Ahead)).String()), Why: due}
		switch {
		case t.Due < it.Since:
			continue
		case p.Until != "" && t.Due > p.Until, !f(t):
			return
		}
	}
}

// DueTurns lists the periods for which something is to be written down today, in order for each item: those whose day of making has come and that have
// nothing yet. has says which have. A period within a pause is skipped; one that nobody made until its day was past is, too, unless the plan
// makes up for it.
func (p Plan) DueTurns(c *calendar.Calendar, today Day, has func(item, period string) bool) []PlanTurn {
	var list []PlanTurn
	if p.Kind != PlanRecurring || p.State == PlanEnded {
		return nil
	}
	for _, it := range p.Items {
		p.turns(it, c, func(t PlanTurn) bool {
			if t.Make > today {
				return false
			}
			if has(it.Key, t.Period) {
				return true
			}
			switch {
			case p.State == PlanPaused:
				t.Skipped = PlanSkipPaused
			case t.Due < today && !p.CatchUp:
				t.Skipped = PlanSkipMissed
			}
			list = append(list, t)
			return true
		})
	}
	return list
}

// NextTurns lists the next n periods of an item for which nothing was made yet.
func (p Plan) NextTurns(it PlanItem, c *calendar.Calendar, n int, has func(item, period string) bool) []PlanTurn {
	var list []PlanTurn
	p.turns(it, c, func(t PlanTurn) bool {
		if !has(it.Key, t.Period) {
			list = append(list, t)
		}
		return len(list) < n
	})
	return list
}

// A PlanCast knows who is meant by the words of a plan.
type PlanCast struct {
	Owner    Agency
	Agencies []Agency
	Units    []UnitVersion             // for which the tasks are
	Own      bool                      // no units were named: Units is the owner's own unit
	Office   func(u UnitVersion) Party // that leads a unit's work
	Calendar *calendar.Calendar
	Today    Day
}

// UnitsInForce are the versions that units have on a day, each once: one that has ended by then is its heirs, so that a plan goes on after a merger.
func UnitsInForce(units Units, keys []UnitKey, day Day) ([]UnitVersion, error) {
	var list []UnitVersion
	add := func(u UnitVersion) {
		if !slices.ContainsFunc(list, func(o UnitVersion) bool { return o.UnitKey == u.UnitKey }) {
			list = append(list, u)
		}
	}
	for _, k := range keys {
		u, err := units.Get(k)
		if err != nil {
			return nil, err
		}
		if u.On(day) || u.From > day {
			add(u)
			continue
		}
		heirs, err := HeirsOf(units, k)
		if err != nil {
			return nil, err
		}
		for _, h := range heirs {
			add(h.Unit)
		}
	}
	return list, nil
}

// bodies are the bodies that a list of names means. A group of units is resolved to those for which the plan is; any other stays a gap.
func (c PlanCast) bodies(names []string) []Party {
	var list []Party
	add := func(b Party) {
		if !slices.ContainsFunc(list, func(o Party) bool { return o.Name == b.Name && o.Unit == b.Unit }) {
			list = append(list, b)
		}
	}
	for _, n := range names {
		switch {
		case n == PlanUnit && c.Own:
			add(Party{Name: c.Owner.Name, Unit: c.Owner.Unit, Agency: c.Owner.ID})
		case n == PlanUnit, IsGroup(n) && namesUnits(n) && !c.Own:
			for _, u := range c.Units {
				add(c.Office(u))
			}
		case strings.Contains(n, PlanUnit):
			for _, u := range c.Units {
				add(c.ofUnit(strings.ReplaceAll(n, PlanUnit, u.Full()), u.UnitKey))
			}
		default:
			add(c.body(n))
		}
	}
	return list
}

// ofUnit is a body of a unit: an agency of it by that name, else the name itself.
func (c PlanCast) ofUnit(name string, k UnitKey) Party {
	b := Party{Name: name, Unit: k}
	for _, a := range c.Agencies {
		if a.Unit == k && text.Fold(a.Name) == text.Fold(name) {
			b.Name, b.Agency = a.Name, a.ID
		}
	}
	return b
}

// OwnPart takes out of a part the coordinators that are of other units of the plan: each helps in its own.
func (c PlanCast) OwnPart(part Matter) Matter {
	lead := UnitKey{}
	for _, p := range part.Parties {
		if p.Role == RoleLead {
			lead = p.Unit
		}
	}
	other := func(k UnitKey) bool {
		return k != lead && slices.ContainsFunc(c.Units, func(u UnitVersion) bool { return u.UnitKey == k })
	}
	if slices.ContainsFunc(c.Units, func(u UnitVersion) bool { return u.UnitKey == lead }) {
		part.Parties = slices.DeleteFunc(slices.Clone(part.Parties), func(p Party) bool { return p.Role == RoleCoordinator && other(p.Unit) })
	}
	return part
}

// body is the body of a name: an agency of the owner's unit, else of the only unit, else the only one of that name; else the name stands for itself.
func (c PlanCast) body(name string) Party {
	b := Party{Name: name}
	if IsGroup(name) {
		return b
	}
	var same []Agency
	for _, a := range c.Agencies {
		if text.Fold(a.Name) == text.Fold(name) {
			same = append(same, a)
		}
	}
	near := func(k UnitKey) int { return slices.IndexFunc(same, func(a Agency) bool { return a.Unit == k }) }
	i := near(c.Owner.Unit)
	if len(c.Units) == 1 {
		if own := near(c.Units[0].UnitKey); own >= 0 {
			i = own
		}
	}
	if i < 0 && len(same) == 1 {
		i = 0
	}
	if i >= 0 {
		b.Name, b.Unit, b.Agency = same[i].Name, same[i].Unit, same[i].ID
	}
	return b
}

// parties are those of an item's task: the units on whose pages it stands, who does it, who helps. Exactly one body leads; where there are several, each
// gets a part (PartsOf); where nobody is named there is a gap.
func (c PlanCast) parties(it PlanItem) []Party {
	var ps []Party
	for _, u := range c.Units {
		ps = append(ps, Party{Role: RoleUnit, Name: u.Full(), Unit: u.UnitKey})
	}
	who := c.bodies(it.Who)
	for _, b := range who {
		b.Role = RoleAssignee
		if len(who) == 1 && !IsGroup(b.Name) {
			b.Role = RoleLead
		}
		ps = append(ps, b)
	}
	for _, b := range c.bodies(it.With) {
		if b.Role = RoleCoordinator; !slices.ContainsFunc(who, func(o Party) bool { return o.Name == b.Name && o.Unit == b.Unit }) {
			ps = append(ps, b)
		}
	}
	return ps
}

// A PlanDraft is a task as it would be made.
type PlanDraft struct {
	Item   PlanItem
	Period string
	Why    *calendar.Due // nil: no due day
	Past   bool          // its day has passed already
	Task   Matter        // without its assigner, parts and stamp
	Bodies []Party       // each of which gets a part; nil: it is one task
	Wrong  error         // why it has no day, where it should have one
}

// Gaps lists what the task will leave open.
func (d PlanDraft) Gaps() []Clear {
	m := d.Task
	m.Parts = len(d.Bodies)
	return m.Gaps()
}

// Draft is the task of an item with a due day.
func (p Plan) Draft(c PlanCast, it PlanItem, period string, why *calendar.Due) PlanDraft {
	due := dueDay(why)
	d := PlanDraft{Item: it, Period: period, Why: why, Past: due != "" && due < c.Today}
	d.Task = Matter{Realm: p.Realm, Kind: Task, Text: it.Text, Topic: p.Title, By: c.Owner.Name, Parties: c.parties(it), Due: due, FirstDue: due, Product: it.Product,
		State: FirstState(Task, true), Origin: p.ID, AssignedBy: p.Number, Opened: c.Today, Version: 1}
	if p.Document != "" {
		d.Task.Source = Source{Document: p.Document}
	}
	for _, part := range PartsOf(d.Task, func() ID { return "" }, Stamp{}, unitParties(d.Task)) {
		d.Bodies = append(d.Bodies, part.Parties[0])
	}
	return d
}

// unitParties are the units on whose pages a matter stands, as bodies to which a group is resolved.
func unitParties(m Matter) []Party {
	return slices.DeleteFunc(slices.Clone(m.Parties), func(o Party) bool { return o.Role != RoleUnit })
}

// A PlanAsk says of what tasks are to be made: of a year of a programme, or of a template for a day and, if any are named, for other units than its own.
type PlanAsk struct {
	Year   int
	Anchor Day
	Units  []UnitKey
}

// Drafts are the tasks that a person would make of a plan. has says which items of a period have one already; these are left out.
func (p Plan) Drafts(c PlanCast, ask PlanAsk, has func(item, period string) bool) ([]PlanDraft, error) {
	var list []PlanDraft
	switch {
	case p.State == PlanEnded:
		return nil, Errorf(Conflict, "error.plan_ended")
	case p.Kind == PlanRecurring:
		return nil, Errorf(Invalid, "error.plan_step", string(PlanApply))
	case p.Kind == PlanTemplate && !ask.Anchor.Valid():
		return nil, Errorf(Invalid, "error.plan_anchor")
	case p.Kind == PlanProgramme && !inYears(ask.Year):
		return nil, Errorf(Invalid, "error.plan_year")
	}
	for _, it := range p.Items {
		period := ""
		if p.Kind == PlanProgramme {
			if period = fmt.Sprintf("%04d", ask.Year); !slices.Contains(it.When.Years(), ask.Year) || has(it.Key, period) {
				continue
			}
		}
		why, err := it.When.Due(c.Calendar, ask.Year, ask.Anchor)
		d := p.Draft(c, it, period, why)
		d.Wrong = err
		list = append(list, d)
	}
	if len(list) == 0 {
		return nil, Errorf(Conflict, "error.plan_nothing")
	}
	return list, nil
}

// Untouched reports whether nobody did anything with a task since it was made.
func Untouched(m Matter, events []MatterEvent) bool {
	return m.Version == 1 && len(events) <= 1 && m.SupersededBy == ""
}

// isoWeek is the number of the week of a day, and the year that it counts for.
func isoWeek(d calendar.Day) (year, week int) {
	y, m, n := d.Date()
	return time.Date(y, m, n, 0, 0, 0, 0, time.UTC).ISOWeek()
}
