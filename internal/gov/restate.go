package gov

import (
	"cmp"
	"slices"
)

// A merger leaves two truths. As reported, each unit has the figures that it gave, under its own key, byte for byte, whatever became of it
// later: that is the book itself, and nothing here touches it. Restated, a series is shown on the units of one day: the figures of earlier
// (or later) units are put together for each of them by the indicator's rule. Restating is a view; it is made anew whenever it is asked for,
// so a merger that is taken out of the register leaves no trace in it.

// A Restated is one figure restated on a unit of the restater's day.
type Restated struct {
	Unit   UnitKey
	Period Period
	Rolled
	From   []Share // the units that reported, and how much of theirs is in it
	Same   bool    // the unit's own figure, as reported
	Within bool    // units changed within the period: a figure that accumulates is partly of the former ones
}

// A Restater shows series on the units of one day. It remembers how units are composed, so one is made for a page or a report; it must not be
// used by two goroutines at once.
type Restater struct {
	units     Units
	day       Day
	apportion map[apportionKey]Apportionment
	special   map[string]bool // indicators that have apportionments of their own
	known     map[compositionKey]composed
}

type compositionKey struct {
	unit      UnitKey
	period    Period
	indicator string // empty: any that has no apportionment of its own
}

type composed struct {
	Composition
	parts  []portion
	within bool
}

// NewRestater makes a restater on the units of the day (empty: of now). The apportionments are those that the province entered; CheckApportionments
// refuses wrong ones when they are entered.
func NewRestater(units Units, day Day, apportion []Apportionment) *Restater {
	if day == "" {
		day = endOfTime
	}
	r := &Restater{units: units, day: day, apportion: map[apportionKey]Apportionment{}, special: map[string]bool{}, known: map[compositionKey]composed{}}
	for _, a := range apportion {
		r.apportion[apportionKey{a.Old, a.New, a.Day, a.Indicator}] = a
		if a.Indicator != "" {
			r.special[a.Indicator] = true
		}
	}
	return r
}

// endOfTime is after every day that a register names.
const endOfTime = Day("9999-12-30")

// Composition says of which units' figures of a day the unit's figures of that day consist. The unit is one of the restater's day.
func (r *Restater) Composition(indicator string, unit UnitKey, on Day) Composition {
	m := composer{units: r.units, apportion: r.apportion, indicator: indicator, on: on}
	if on <= r.day {
		m.back(unit, r.day.AddDays(1), 1, nil)
	} else {
		m.forward(unit, r.day, 1, nil)
	}
	slices.SortFunc(m.c.Shares, func(a, b Share) int {
		return cmp.Or(cmp.Compare(a.Unit.Code, b.Unit.Code), cmp.Compare(a.Unit.From, b.Unit.From))
	})
	return m.c
}

// composed is the composition for a period, of which the last day counts, and whether it changed since the first.
func (r *Restater) composed(indicator string, unit UnitKey, p Period) composed {
	if !r.special[indicator] {
		indicator = ""
	}
	key := compositionKey{unit, p, indicator}
	c, ok := r.known[key]
	if ok {
		return c
	}
	if end := p.LastDay(); end == "" {
		c.WhyNot = NothingKnown
	} else {
		c.Composition = r.Composition(indicator, unit, end)
		c.within = !slices.EqualFunc(r.Composition(indicator, unit, p.FirstDay()).Shares, c.Shares, func(a, b Share) bool { return a.Unit == b.Unit })
	}
	for _, s := range c.Shares {
		c.parts = append(c.parts, portion{s.Unit, s.Share})
	}
	r.known[key] = c
	return c
}

// Restate gives a unit's figure of a period on the units of the restater's day. The units that count are those in force at the period's end;
// the amounts are theirs as reported in that period.
func (r *Restater) Restate(in Indicator, unit UnitKey, p Period, amounts Amounts) Restated {
	c := r.composed(in.Key, unit, p)
	out := Restated{Unit: unit, Period: p, From: c.Shares, Same: c.Same(unit), Within: c.within}
	switch {
	case c.WhyNot != "":
		out.WhyNot, out.Units, out.Missing = c.WhyNot, len(c.Shares)+len(c.Unclear), c.Unclear
	case len(c.Shares) == 1 && c.Shares[0].Share == 1:
		out.Rolled = carried(in, c.Shares[0].Unit, amounts)
	case in.Better == YesNo:
		out.WhyNot, out.Units = NotComparable, len(c.Shares)
	default:
		out.Rolled = putTogether(&in, c.parts, amounts)
		if out.WhyNot == "" && out.Known < out.Units {
			out.WhyNot, out.Amount = OnlyPartly, Amount{}
		}
	}
	return out
}

// carried is the figure of the one unit that was the same land and people under another key: it needs no rule.
func carried(in Indicator, unit UnitKey, amounts Amounts) Rolled {
	a, ok := amounts(in.Key, unit)
	if ok {
		return Rolled{Amount: a, Known: 1, Units: 1}
	}
	r := putTogether(&in, []portion{{unit, 1}}, amounts) // a rate may follow from its counts
	if r.WhyNot != "" {
		r.WhyNot, r.Missing, r.Unweighed = NothingKnown, []UnitKey{unit}, nil
	}
	return r
}

// Series restates one unit over periods, in their order; amounts gives what was reported in each.
func (r *Restater) Series(in Indicator, unit UnitKey, periods []Period, amounts func(Period) Amounts) []Restated {
	list := make([]Restated, len(periods))
	for i, p := range periods {
		list[i] = r.Restate(in, unit, p, amounts(p))
	}
	return list
}
