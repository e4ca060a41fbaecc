package calendar

import (
	"strconv"
	"strings"
)

// Words writes sentences and days in a language; lang.Lang does. A key that it does not know comes back in brackets.
type Words interface {
	T(key string, args ...any) string
	Date(day string) string
}

// Text writes the explanation, one sentence a line: first the steps, then the warnings. The last line of the steps says the due day.
func (d Due) Text(w Words) []string {
	lines := make([]string, 0, len(d.Steps)+len(d.Warnings)+1)
	for _, s := range d.Steps {
		lines = append(lines, s.Text(w))
	}
	lines = append(lines, d.Result(w))
	for _, x := range d.Warnings {
		lines = append(lines, x.Text(w))
	}
	return lines
}

// Result is the sentence with the due day alone.
func (d Due) Result(w Words) string {
	switch {
	case d.Standing && d.Nominal != 0:
		return w.T("calendar.result_standing_named", DayText(w, d.Nominal))
	case d.Standing && d.Left.Amount > 0:
		return w.T("calendar.result_standing", LimitText(w, d.Left))
	case d.Standing:
		return w.T("calendar.result_standing_end")
	case d.Day == 0:
		return w.T("calendar.result_open")
	}
	s := w.T("calendar.result", DayText(w, d.Day))
	if d.Minute < EndOfDay {
		s = w.T("calendar.result_time", clockText(d.Minute), DayText(w, d.Day))
	}
	if d.Original != d.Day && d.Original != 0 {
		s += " " + w.T("calendar.result_original", DayText(w, d.Original))
	}
	return s
}

// DayText writes a day with its day of the week.
func DayText(w Words, d Day) string {
	return w.T("calendar.day", w.T("calendar.weekday."+strconv.Itoa(int(d.Weekday()))), w.Date(d.String()))
}

// LimitText writes an amount with its unit: 10 ngày làm việc.
func LimitText(w Words, l Limit) string {
	key := "calendar.unit." + string(l.Unit)
	if l.Amount == 1 {
		key += ".one"
	}
	return w.T(key, l.Amount)
}

func clockText(minute int) string {
	return strconv.Itoa(minute/60) + ":" + strconv.Itoa(minute%60/10) + strconv.Itoa(minute%10)
}

// markText is a note on how sure a source is, with a space before it; nothing for what was read in its source.
func markText(w Words, m Mark) string {
	if m == "" || m == Read {
		return ""
	}
	return " " + w.T("calendar.mark."+string(m))
}

// SourceText is the source of an entry with its mark.
func (e Entry) SourceText(w Words) string { return e.Source + markText(w, e.Mark) }

// NameText is the entry's name in words.
func (e Entry) NameText(w Words) string {
	if e.Name == "" {
		return w.T("calendar.class." + e.Class.String())
	}
	key := "calendar.name." + e.Name
	if s := w.T(key); s != "["+key+"]" {
		return s
	}
	return e.Name
}

// NameText is what the rule is about, in words.
func (r Rule) NameText(w Words) string {
	key := "calendar.rule." + r.Key
	if s := w.T(key); s != "["+key+"]" {
		return s
	}
	return r.Key
}

// LawText is the rule's law and article, with its mark.
func (r Rule) LawText(w Words) string {
	s := r.Law
	if r.Article != "" {
		s = r.Article + " " + s
	}
	return s + markText(w, r.Mark)
}

func (c *counting) text(w Words, article string) string {
	return article + " " + c.law + markText(w, c.mark)
}

// Text is the step as a sentence.
func (s Step) Text(w Words) string {
	key := "calendar.step." + string(s.Kind)
	switch s.Kind {
	case StepStart:
		if s.Limit.Unit == Hours {
			return w.T(key+"_time", clockText(s.Minute), DayText(w, s.Day))
		}
		return w.T(key, DayText(w, s.Day), s.Law.text(w, s.Law.firstDay))
	case StepFixed:
		return w.T(key+"_"+s.Name, w.Date(s.To.String()), DayText(w, s.Day))
	case StepRule:
		text := w.T(key, s.Rule.NameText(w), LimitText(w, s.Rule.Limit), w.T("calendar.starts."+s.Rule.Starts), s.Rule.LawText(w))
		if s.Rule.Note != "" {
			text += " " + w.T("calendar.note."+s.Rule.Note)
		}
		return text
	case StepNewRule:
		return w.T(key, w.Date(s.Rule.From.String()), LimitText(w, s.Rule.Limit), s.Rule.LawText(w))
	case StepCount:
		text := w.T(key, LimitText(w, s.Limit), DayText(w, s.Day))
		if len(s.Off) > 0 {
			text += " " + w.T("calendar.left_out", offText(w, s.Off))
		}
		return text
	case StepWorked:
		return w.T(key, offText(w, s.Off))
	case StepMonthEnd:
		return w.T(key, w.Date(s.Day.String()), s.Law.text(w, s.Law.monthEnd))
	case StepMove:
		return w.T(key, offText(w, s.Off), DayText(w, s.To), s.Law.text(w, s.Law.lastDay))
	}
	return s.turnText(w, key)
}

// turnText is a step of a day that no limit gives.
func (s Step) turnText(w Words, key string) string {
	text := ""
	switch s.Kind {
	case StepTurn:
		return w.T(key, w.Date(s.Day.String()), w.Date(s.To.String()), DayText(w, s.Until))
	case StepLastWorking:
		text = w.T(key, w.Date(s.Day.String()), w.Date(s.To.String()), DayText(w, s.Until))
	case StepShiftOn, StepShiftBack:
		return w.T(key, offText(w, s.Off), DayText(w, s.To))
	case StepBack:
		text = w.T(key, LimitText(w, s.Limit), DayText(w, s.To), DayText(w, s.Day))
	default:
		return s.pauseText(w, key)
	}
	if len(s.Off) > 0 {
		text += " " + w.T("calendar.left_out", offText(w, s.Off))
	}
	return text
}

func (s Step) pauseText(w Words, key string) string {
	day, to := w.Date(s.Day.String()), w.Date(s.To.String())
	switch s.Kind {
	case StepPause:
		return w.T(key, day, to, whyText(w, s.Name), LimitText(w, s.Limit))
	case StepStands, StepFixStays:
		return w.T(key, day, whyText(w, s.Name))
	case StepNoPause:
		return w.T(key, day)
	case StepExtend:
		return w.T(key, day, LimitText(w, s.Limit), to)
	case StepExtendTo, StepLateAsk:
		return w.T(key, day, to)
	}
	return w.T(key, day)
}

func whyText(w Words, why string) string {
	key := "calendar.why." + why
	if why == "" {
		key = "calendar.why.stopped"
	}
	if s := w.T(key); s != "["+key+"]" {
		return s
	}
	return why
}

// offText lists days with their reasons. Plain weekends are counted where they are many; days that follow each other for one reason stand
// together.
func offText(w Words, off []Off) string {
	weekends := 0
	for _, o := range off {
		if o.Class == Weekend && o.Entry == nil {
			weekends++
		}
	}
	var parts []string
	if weekends > 4 {
		parts = append(parts, w.T("calendar.weekend_days", weekends))
	}
	for i := 0; i < len(off); i++ {
		o := off[i]
		if weekends > 4 && o.Class == Weekend && o.Entry == nil {
			continue
		}
		last := i
		for last+1 < len(off) && together(o, off[last+1]) && off[last+1].Day == off[last].Day+1 {
			last++
		}
		day := w.Date(o.Day.String())
		if last > i {
			day = w.T("calendar.days", day, w.Date(off[last].Day.String()))
		}
		parts = append(parts, w.T("calendar.off", day, o.why(w)))
		i = last
	}
	return strings.Join(parts, ", ")
}

// together reports whether two days are off for one reason.
func together(a, b Off) bool {
	if a.Entry == nil || b.Entry == nil {
		return a.Entry == nil && b.Entry == nil && a.Class == b.Class
	}
	return a.Class == b.Class && a.Entry.Name == b.Entry.Name && a.Entry.Mark == b.Entry.Mark
}

func (o Off) why(w Words) string {
	if o.Entry == nil {
		return w.T("calendar.class." + o.Class.String())
	}
	return o.Entry.NameText(w)
}

// Text is the warning as a sentence.
func (x Warning) Text(w Words) string {
	key := "calendar.warn." + string(x.Kind)
	switch x.Kind {
	case WarnSchedule:
		return w.T(key, x.Year)
	case WarnEntry:
		return w.T(key, w.Date(x.Day.String()), x.Entry.NameText(w), x.Entry.Source)
	case WarnRule:
		return w.T(key, x.Rule.LawText(w))
	case WarnDayOff, WarnEarlier:
		return w.T(key, DayText(w, x.Day), DayText(w, x.To))
	case WarnStays:
		return w.T(key, DayText(w, x.Day))
	}
	return w.T(key, w.Date(x.To.String()))
}
