package calendar

import "fmt"

// A Clock is everything that decides when a matter is due. It holds no result: Calendar.Clock computes it anew each time.
type Clock struct {
	Start  Day    // the day of the event with which the time begins; not counted itself
	Minute int    // of that day, for limits in hours
	Limit  Limit  // or, where Named is set, nothing
	Named  *Named // a day that a text names, in place of start and limit
	Rule   *Rule  // the rule of the law that gave the limit, for the explanation
	Later  *Rule  // the rule that came after it, for the explanation
	Events []Event
}

// An EventKind is something that happens to a clock.
type EventKind string

// The events.
const (
	Stop     EventKind = "stop"     // the clock stands from this day on: waiting for a supplement, suspended
	Resume   EventKind = "resume"   // it goes on
	Extend   EventKind = "extend"   // more time was granted, by a Limit or to a day
	Finish   EventKind = "finish"   // done and confirmed
	Reopen   EventKind = "reopen"   // not done after all; the time between does not count
	Withdraw EventKind = "withdraw" // nobody owes it any more
)

// An Event is one thing that happened, on a day. Events stand in the order in which they happened.
type Event struct {
	Kind  EventKind
	Day   Day
	Limit Limit  // of an extension by an amount
	To    Day    // of an extension to a day
	Why   string // reason of a stop: "supplement", "payment", "suspended"; the catalogue has the words under "calendar.why."
}

// An EventError says which event cannot have happened in this order.
type EventError struct {
	Index int
	Kind  EventKind
	Why   string // "order", "running", "standing", "finished", "open", "limit"
}

func (e *EventError) Error() string {
	return fmt.Sprintf("calendar: event %d, %s: %s", e.Index+1, e.Kind, e.Why)
}

// A pause is a time in which the clock stands: from its first day up to, and without, the day on which it goes on.
type pause struct {
	from, to Day // to 0: it still stands
	why      string
}

// A grant is an extension.
type grant struct {
	on    Day
	limit Limit
	to    Day
}

// history is what the events come to.
type history struct {
	pauses   []pause
	grants   []grant
	finished Day
}

func (k *Clock) history() (history, error) {
	var h history
	var last Day
	for i, e := range k.Events {
		var open *pause
		if n := len(h.pauses); n > 0 && h.pauses[n-1].to == 0 {
			open = &h.pauses[n-1]
		}
		refuse := func(why string) (history, error) { return history{}, &EventError{i, e.Kind, why} }
		switch {
		case e.Day == 0 || e.Day < last || k.Named == nil && e.Day < k.Start:
			return refuse("order")
		case h.finished != 0 && e.Kind != Reopen:
			return refuse("finished")
		}
		last = e.Day
		switch e.Kind {
		case Stop:
			if open != nil {
				return refuse("standing")
			}
			h.pauses = append(h.pauses, pause{from: e.Day, why: e.Why})
		case Resume:
			if open == nil {
				return refuse("running")
			}
			open.to = e.Day
		case Extend:
			if (e.To == 0) == (e.Limit == Limit{}) || e.To == 0 && (e.Limit.check() != nil || e.Limit.Unit == Hours) {
				return refuse("limit")
			}
			h.grants = append(h.grants, grant{e.Day, e.Limit, e.To})
		case Finish, Withdraw:
			h.finished = e.Day
		case Reopen:
			if h.finished == 0 {
				return refuse("open")
			}
			if open == nil {
				h.pauses = append(h.pauses, pause{h.finished, e.Day, "finished"})
			} else {
				open.to = e.Day
			}
			h.finished = 0
		default:
			return refuse("order")
		}
	}
	return h, nil
}

// Clock is when the matter is due, after everything that happened to it. The same clock gives the same answer on every day on which it
// is asked. A history that cannot have happened gives an *EventError; ErrLimit and ErrRange say that the limit cannot be counted.
func (c *Calendar) Clock(k Clock) (Due, error) {
	h, err := k.history()
	if err != nil {
		return Due{}, err
	}
	due, err := c.count(&k, h)
	if err != nil {
		return Due{}, err
	}
	due.Original = due.Day
	if len(h.grants) > 0 {
		h.grants = nil
		first, err := c.count(&k, h)
		if err != nil {
			return Due{}, err
		}
		due.Original = first.Day
	}
	return due, nil
}

// count runs through the limit, the pauses and the extensions.
func (c *Calendar) count(k *Clock, h history) (Due, error) {
	r := run{cal: c, history: h, due: Due{Minute: EndOfDay, Finished: h.finished, Steps: make([]Step, 0, 4)}}
	if k.Named != nil {
		r.named(k.Named)
	} else {
		if err := k.Limit.check(); err != nil {
			return Due{}, err
		}
		if !inRange(k.Start) {
			return Due{}, ErrRange
		}
		r.law = countingAt(k.Start)
		r.begin(k)
		r.segment(k.Start, k.Limit)
	}
	for _, g := range h.grants {
		r.grant(g)
	}
	r.settle()
	if r.outside || r.due.Day != 0 && !inRange(r.due.Day) {
		return Due{}, ErrRange
	}
	r.late()
	if h.finished != 0 {
		r.say(Step{Kind: StepFinished, Day: h.finished})
	}
	r.due.warn(c)
	return r.due, nil
}
