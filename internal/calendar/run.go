package calendar

// A run counts through one clock.
type run struct {
	cal     *Calendar
	law     *counting
	history history
	next    int // the first pause that was not looked at
	at      Day // the last day so far, before a day off moves it
	stays   bool
	outside bool // the count left the years of the calendar
	due     Due
}

func (r *run) say(s Step) { r.due.Steps = append(r.due.Steps, s) }

// begin tells from which day is counted and by which law.
func (r *run) begin(k *Clock) {
	minute := 0
	if k.Limit.Unit == Hours {
		minute = k.Minute
		r.due.Minute = k.Minute
	}
	r.say(Step{Kind: StepStart, Day: k.Start, Minute: minute, Limit: k.Limit, Law: r.law})
	if k.Rule == nil {
		return
	}
	r.say(Step{Kind: StepRule, Rule: k.Rule})
	if k.Rule.Mark == SecondHand || k.Rule.Mark == Unverified {
		r.due.Warnings = append(r.due.Warnings, Warning{Kind: WarnRule, Rule: k.Rule})
	}
	if k.Later != nil {
		r.say(Step{Kind: StepNewRule, Rule: k.Later})
	}
}

// named takes a day that a text names: it is the last day as it stands.
func (r *run) named(n *Named) {
	r.at, r.stays = n.Day, true
	r.law = countingAt(n.Day)
	r.say(Step{Kind: StepFixed, Day: n.Day, To: n.Said, Name: string(n.Words)})
	if n.Words == Before && !n.Period {
		r.due.Warnings = append(r.due.Warnings, Warning{Kind: WarnBefore, Day: n.Day, To: n.Said})
	}
	r.pausesOfNamed()
}

// segment counts a limit on from a day that is not counted itself, and through the pauses that begin before its end.
func (r *run) segment(from Day, l Limit) {
	if r.due.Standing || r.outside {
		return
	}
	r.stays = false
	s := Step{Kind: StepCount, Limit: l}
	var worked []Off
	short := false
	switch l.Unit {
	case Hours:
		total := r.due.Minute + l.Amount*60
		r.at, r.due.Minute = from+Day(total/EndOfDay), total%EndOfDay
	case Days:
		r.at = from + Day(l.Amount)
	case Weeks:
		r.at = from + 7*Day(l.Amount)
	case Months:
		r.at, short = from.AddMonths(l.Amount)
	case Years:
		r.at, short = from.AddMonths(12 * l.Amount)
	case WorkDays:
		s.Off = make([]Off, 0, l.Amount/2+4)
		r.at, worked = r.forward(from, l.Amount, &s.Off)
	}
	if !inRange(r.at) {
		r.outside = true
		return
	}
	s.Day = r.at
	r.say(s)
	if len(worked) > 0 {
		r.say(Step{Kind: StepWorked, Off: worked})
	}
	if short {
		r.say(Step{Kind: StepMonthEnd, Day: r.at, Law: r.law})
	}
	r.pauses(l.Unit, r.at)
}

// forward goes n working days on and notes the days off on the way, and the weekend days that were worked.
func (r *run) forward(from Day, n int, off *[]Off) (Day, []Off) {
	var worked []Off
	d := from
	for n > 0 {
		d++
		if !inRange(d) {
			return d, nil
		}
		class, entry := r.cal.At(d)
		if !class.Works() {
			*off = append(*off, Off{d, class, entry})
			continue
		}
		if class == Extra {
			worked = append(worked, Off{d, class, entry})
		}
		n--
	}
	r.due.visit(from, d)
	return d, worked
}

// pauses shifts the end by the pauses that began on the day until or before it.
func (r *run) pauses(unit Unit, until Day) {
	for ; r.next < len(r.history.pauses); r.next++ {
		p := r.history.pauses[r.next]
		if p.from > until {
			return
		}
		if p.to == 0 {
			r.stand(p, unit)
			return
		}
		s := Step{Kind: StepPause, Day: p.from, To: p.to, Name: p.why}
		if unit == WorkDays {
			n := r.cal.WorkingBetween(p.from, p.to)
			r.due.visit(p.from, p.to)
			s.Limit = Limit{n, WorkDays}
			var worked []Off
			r.at, worked = r.forward(r.at, n, &s.Off)
			s.Off = append(s.Off, worked...)
		} else {
			s.Limit = Limit{int(p.to - p.from), Days}
			r.at += p.to - p.from
		}
		r.say(s)
		until = max(until, r.at)
		if !inRange(r.at) {
			r.outside = true
			return
		}
	}
}

// stand is the state of a clock in an open pause.
func (r *run) stand(p pause, unit Unit) {
	r.due.Standing, r.due.Since = true, p.from
	r.due.Left = Limit{max(0, int(r.at-p.from)), Days}
	if unit == WorkDays {
		r.due.visit(p.from, r.at)
		r.due.Left = Limit{r.cal.WorkingBetween(p.from+1, r.at+1), WorkDays}
	}
	r.say(Step{Kind: StepStands, Day: p.from, Name: p.why})
}

// pausesOfNamed goes through the pauses before a named day: such a day does not move, but a clock that stands now stands.
func (r *run) pausesOfNamed() {
	for ; r.next < len(r.history.pauses); r.next++ {
		p := r.history.pauses[r.next]
		switch {
		case p.from > r.at:
			return
		case p.to == 0:
			r.stand(p, Days)
			r.due.Nominal, r.due.Left = r.at, Limit{}
			return
		}
		r.say(Step{Kind: StepFixStays, Day: p.from, To: p.to, Name: p.why})
	}
}

// grant adds an extension: an amount is counted on from where the time before ended, not from a day to which a day off moved that.
func (r *run) grant(g grant) {
	if r.outside {
		return
	}
	if end := r.endBefore(); end != 0 && g.on > end {
		r.say(Step{Kind: StepLateAsk, Day: g.on, To: end})
	}
	if g.to != 0 {
		r.say(Step{Kind: StepExtendTo, Day: g.on, To: g.to})
		standing := r.due.Standing
		r.at, r.stays = g.to, true
		r.due.Minute = EndOfDay
		if !standing {
			r.pausesOfNamed()
		} else {
			r.due.Nominal, r.due.Left = r.at, Limit{}
		}
		return
	}
	r.say(Step{Kind: StepExtend, Day: g.on, To: r.at, Limit: g.limit})
	if r.due.Standing {
		r.lengthen(g.limit)
		return
	}
	r.segment(r.at, g.limit)
}

// endBefore is the last day as it is before an extension, 0 while the clock stands.
func (r *run) endBefore() Day {
	switch {
	case r.due.Standing:
		return 0
	case r.stays:
		return r.at
	}
	return r.cal.NextWorking(r.at)
}

// lengthen adds to what is left of a clock that stands. The count of the added time itself waits until the clock goes on.
func (r *run) lengthen(l Limit) {
	from := r.at
	if r.due.Nominal != 0 { // a named day becomes an amount again
		r.due.Nominal, r.due.Left = 0, Limit{max(0, int(r.at-r.due.Since)), Days}
	}
	switch l.Unit {
	case WorkDays:
		var off []Off
		r.at, _ = r.forward(r.at, l.Amount, &off)
	case Days:
		r.at += Day(l.Amount)
	case Weeks:
		r.at += 7 * Day(l.Amount)
	case Months:
		r.at, _ = r.at.AddMonths(l.Amount)
	case Years:
		r.at, _ = r.at.AddMonths(12 * l.Amount)
	}
	if r.due.Left.Unit == WorkDays && l.Unit == WorkDays {
		r.due.Left.Amount += l.Amount
		return
	}
	if r.due.Left.Unit == Days {
		r.due.Left.Amount += int(r.at - from)
		return
	}
	r.due.Left = Limit{max(0, int(r.at-r.due.Since)), Days}
}

// settle moves a last day that is a day off, and looks once more for a pause that began on the days to which it moved.
func (r *run) settle() {
	for !r.due.Standing && !r.outside {
		r.due.Nominal, r.due.Day = r.at, r.at
		if r.stays {
			r.stayOff()
			return
		}
		s := Step{Kind: StepMove, Day: r.at, Law: r.law}
		for d := r.at; inRange(d); d++ {
			class, entry := r.cal.At(d)
			if class.Works() {
				r.due.Day = d
				r.endsExtra(d, class, entry)
				break
			}
			s.Off = append(s.Off, Off{d, class, entry})
		}
		r.due.visit(r.at, r.due.Day)
		if len(s.Off) > 0 {
			s.To = r.due.Day
			r.say(s)
			r.due.Minute = EndOfDay
		}
		if r.next == len(r.history.pauses) || r.history.pauses[r.next].from > r.due.Day {
			return
		}
		p := r.history.pauses[r.next]
		r.next++
		if p.to == 0 {
			r.at = p.from
			r.stand(p, Days)
			r.due.Day, r.due.Nominal = 0, 0
			return
		}
		r.say(Step{Kind: StepPause, Day: p.from, To: p.to, Name: p.why, Limit: Limit{int(p.to - p.from), Days}})
		r.at = p.to
	}
}

// endsExtra tells that the last day is a weekend day which is worked, where the count has not told it.
func (r *run) endsExtra(d Day, class Class, entry *Entry) {
	if class != Extra {
		return
	}
	for _, s := range r.due.Steps {
		if n := len(s.Off); s.Kind == StepWorked && s.Off[n-1].Day == d {
			return
		}
	}
	r.say(Step{Kind: StepWorked, Off: []Off{{d, class, entry}}})
}

// stayOff warns of a named day on which nobody works. The day itself rests on no schedule.
func (r *run) stayOff() {
	if !inRange(r.at) {
		return
	}
	if class, entry := r.cal.At(r.at); !class.Works() {
		r.due.Warnings = append(r.due.Warnings, Warning{Kind: WarnDayOff, Day: r.at, To: r.cal.NextWorking(r.at), Entry: entry})
	}
}

// late tells of stops that came after the end: they make nothing good.
func (r *run) late() {
	if r.due.Standing {
		return
	}
	for ; r.next < len(r.history.pauses); r.next++ {
		p := r.history.pauses[r.next]
		r.say(Step{Kind: StepNoPause, Day: p.from, To: p.to, Name: p.why})
	}
}
