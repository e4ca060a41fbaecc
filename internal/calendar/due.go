package calendar

// EndOfDay is the minute at which a day ends: a limit in days, months or years runs until then.
const EndOfDay = 24 * 60

// A Due says when a time limit ends, and why.
type Due struct {
	Day       Day   // the last day on which one is in time; 0 while the clock stands or where nothing says when
	Minute    int   // of that day: EndOfDay, or less for a limit in hours
	Nominal   Day   // where the count ended before a day off moved it; while the clock stands, the named day, if there is one
	Original  Day   // what Day would be without extensions
	Standing  bool  // the clock stands: nobody can be late
	Since     Day   // since when it stands
	Left      Limit // how much is left while it stands, in the unit of the limit; months and years are left in days
	Finished  Day   // when the matter was finished; 0: it is not
	Steps     []Step
	Warnings  []Warning
	firstYear int // what was asked of the calendar, for its warnings
	lastYear  int
}

// Late reports whether on the day (today, or whatever day is asked about) the limit has passed: for a finished matter, whether it was
// finished after its end. original asks about the first due day, before extensions.
func (d Due) Late(today Day, original bool) bool {
	end := d.Day
	if original {
		end = d.Original
	}
	if d.Finished != 0 {
		today = d.Finished
	} else if d.Standing {
		return false
	}
	return end != 0 && today > end
}

// A StepKind says what a Step tells.
type StepKind string

// The steps of an explanation, in the order in which they can come.
const (
	StepStart    StepKind = "start"    // the day from which is counted, which does not count itself
	StepFixed    StepKind = "fixed"    // a day that a text names
	StepRule     StepKind = "rule"     // the time limit of the law
	StepNewRule  StepKind = "new_rule" // another rule came later and does not touch this case
	StepCount    StepKind = "count"    // how much was counted, up to which day, and what was left out
	StepWorked   StepKind = "worked"   // weekend days that were counted
	StepMonthEnd StepKind = "month_end"
	StepPause    StepKind = "pause"    // the clock stood from Day to To
	StepStands   StepKind = "stands"   // the clock stands since Day
	StepNoPause  StepKind = "no_pause" // it was stopped after the end, which changes nothing
	StepFixStays StepKind = "fixed_stays"
	StepExtend   StepKind = "extend"    // by an amount
	StepExtendTo StepKind = "extend_to" // to a day
	StepLateAsk  StepKind = "extended_late"
	StepMove     StepKind = "move" // the last day is a day off
	StepFinished StepKind = "finished"

	// Of days that no limit gives (turn.go).
	StepTurn        StepKind = "turn"         // the day Until is that of the period from Day to To
	StepLastWorking StepKind = "last_working" // the last working day of the period from Day to To is Until
	StepShiftOn     StepKind = "shift_on"     // Day is a day off, so the next working day is taken
	StepShiftBack   StepKind = "shift_back"   // … the working day before it
	StepBack        StepKind = "back"         // counted back from To, which is not counted itself
)

// A Step is one sentence of an explanation. Which fields it uses depends on its kind.
type Step struct {
	Kind   StepKind
	Day    Day
	To     Day
	Until  Day
	Minute int
	Limit  Limit
	Name   string // reason of a pause, wording of a named day
	Rule   *Rule
	Law    *counting
	Off    []Off // days that were left out, or weekend days that were counted
}

// An Off is a day that is not as the week would have it, with the reason.
type Off struct {
	Day   Day
	Class Class
	Entry *Entry // nil for a plain weekend
}

// A WarnKind says what a Warning is about.
type WarnKind string

// The warnings.
const (
	WarnSchedule WarnKind = "schedule"   // the year's official schedule was not entered
	WarnEntry    WarnKind = "unverified" // the result rests on a day that nobody checked
	WarnRule     WarnKind = "rule"       // the time limit was not read in an official text
	WarnDayOff   WarnKind = "day_off"    // a named day is a day off: it stays, and To is the next working day
	WarnBefore   WarnKind = "before"     // "before the 15th" was read as: the 14th is the last day
	WarnEarlier  WarnKind = "earlier"    // a day counted back is a day off: To is the working day before it
	WarnStays    WarnKind = "stays"      // a day of a rule is a day off, and the rule lets it stay
)

// A Warning is what a person should know before relying on a due day.
type Warning struct {
	Kind  WarnKind
	Year  int
	Day   Day
	To    Day
	Entry *Entry
	Rule  *Rule
}

// Due is when a limit ends that begins on the day start, which is not counted itself.
func (c *Calendar) Due(start Day, l Limit) (Due, error) {
	return c.Clock(Clock{Start: start, Limit: l})
}

// DueByRule is when the limit of a rule ends in a case that was accepted on the day.
func (c *Calendar) DueByRule(rules *Rules, key string, accepted Day) (Due, error) {
	k, err := rules.Clock(key, accepted)
	if err != nil {
		return Due{}, err
	}
	return c.Clock(k)
}

// Clock is the clock of a case of the kind that was accepted on the day, with the rule of that day.
func (r *Rules) Clock(key string, accepted Day) (Clock, error) {
	rule, err := r.At(key, accepted)
	if err != nil {
		return Clock{}, err
	}
	k := Clock{Start: accepted, Limit: rule.Limit, Rule: &rule}
	if later, ok := r.After(rule); ok {
		k.Later = &later
	}
	return k, nil
}

// visit notes that the class of the day was asked for, so that its year is warned of where it has no schedule.
func (d *Due) visit(from, to Day) {
	a, b := from.Year(), to.Year()
	if d.firstYear == 0 || a < d.firstYear {
		d.firstYear = a
	}
	d.lastYear = max(d.lastYear, b)
}

// warn adds the warnings about the years that were looked at and the days that were left out or counted.
func (d *Due) warn(c *Calendar) {
	for y := d.firstYear; y != 0 && y <= d.lastYear && y <= LastYear; y++ {
		if !c.table(y).summary.Official {
			d.Warnings = append(d.Warnings, Warning{Kind: WarnSchedule, Year: y})
		}
	}
	for i := range d.Steps {
		for _, o := range d.Steps[i].Off {
			if o.Entry != nil && o.Entry.Mark == Unverified {
				d.Warnings = append(d.Warnings, Warning{Kind: WarnEntry, Day: o.Day, Entry: o.Entry})
			}
		}
	}
}
