package synth

import (
	"fmt"
	"math/rand/v2"

	"haicap/internal/gov"
)

// Drawn is what a unit says of an indicator on one period, from the first word to the last.
type drawn struct {
	estimated, preliminary, final float64
	missing                       bool // nobody wrote it down
}

// draw makes what a unit says of an indicator in a year, or in a quarter of it (0: the year). A rate that is the quotient of two counts is it here, too.
func (m *maker) draw(n node, s spec, year, quarter int) drawn {
	switch {
	case s.part != "": // the counts are rounded, and the rate is theirs
		part, whole := m.draw(n, specOf(s.part), year, quarter), m.draw(n, specOf(s.whole), year, quarter)
		if whole.final == 0 || whole.estimated == 0 || whole.preliminary == 0 {
			return drawn{missing: true}
		}
		return drawn{s.round(part.estimated / whole.estimated * 100), s.round(part.preliminary / whole.preliminary * 100), s.round(part.final / whole.final * 100), part.missing}
	case s.of != "":
		rate, whole := specOf(s.of), m.draw(n, specOf(s.whole), year, quarter)
		rate.part = ""
		d := m.draw(n, rate, year, quarter)
		return drawn{s.round(d.estimated * whole.estimated / 100), s.round(d.preliminary * whole.preliminary / 100), s.round(d.final * whole.final / 100), d.missing}
	}
	r := m.random(n.key(), s.key, 10*year+quarter)
	d := drawn{missing: r.Float64() < 0.015 && !s.basic && !n.province()}
	off, wobble := s.unsure()
	at := float64(year)
	if quarter > 0 && !s.flow() {
		at += float64(quarter)/4 - 1
	}
	v := s.value(n, at) * (1 + r.NormFloat64()*wobble)
	if quarter > 0 && s.flow() {
		v *= s.seasons[quarter-1] * (1 + r.NormFloat64()*0.04)
	}
	d.final = s.round(v)
	d.preliminary = s.round(v * (1 + r.NormFloat64()*off/4))
	d.estimated = s.round(v * (1 + r.NormFloat64()*off))
	if slip := r.Float64() < 0.008; slip && !s.basic && !n.province() && s.part == "" {
		d.estimated = s.round(d.estimated * 10) // a slipped point
	}
	return d
}

// A claim is a figure with what its sentence is made of.
type claim struct {
	figure   gov.Figure
	spec     spec
	in       gov.Indicator
	reported bool // it stands in the unit's report
}

// An author makes claims on one thing.
type author struct {
	m      *maker
	n      node
	s      spec
	in     gov.Indicator
	r      *rand.Rand // for ids
	period gov.Period
	scope  gov.Scope
}

// claims makes what a unit claims of an indicator in a year: of the last years with each revision and with quarters, of earlier ones what stands.
func (m *maker) claims(n node, s spec, year int, reports map[gov.Period]*reporting) []claim {
	in, err := gov.IndicatorByKey(s.key)
	if err != nil {
		panic(err) // a test looks each up
	}
	a := author{m: m, n: n, s: s, in: in, r: m.random(n.key(), s.key+" claims", year), period: gov.Period(fmt.Sprint(year)), scope: gov.Annual}
	if !s.flow() {
		a.scope = gov.ScopeOpen
	}
	var list []claim
	if n.unit.On(day(year, 12, 31)) {
		list = a.year(year, reports[a.period])
	}
	if year <= m.last()-recentYears {
		return list
	}
	a.scope = gov.ScopeOpen // a quarter is within its year
	for q := 1; q <= 4; q++ {
		end := gov.MonthOf(year, 3*q).LastDay()
		asked := s.flow() || in.ReportedFor(gov.QuarterReport) && year >= reform.Year()
		if !asked || !n.unit.On(end) {
			continue
		}
		a.period = gov.PeriodOf(gov.MonthOf(year, 3*q-2), gov.MonthOf(year, 3*q))
		list = append(list, a.quarter(year, q, reports[a.period])...)
	}
	return list
}

// recentYears are those with quarters and with every revision.
const recentYears = 4

// year makes the claims on a whole year: the estimate of December in a report on paper and in the one that is owed, the preliminary figure of February
// and the final one of June, each superseding those before.
func (a author) year(year int, owed *reporting) (list []claim) {
	d := a.m.draw(a.n, a.s, year, 0)
	if d.missing {
		return nil
	}
	put := func(c claim, ok bool) {
		if !ok {
			return
		}
		for i := range list {
			if list[i].figure.SupersededBy == "" {
				list[i].figure.SupersededBy = c.figure.ID
			}
		}
		list = append(list, c)
	}
	if year > a.m.last()-recentYears {
		estimate, ok := a.claim(gov.Estimated, d.estimated, day(year, 12, 10), nil)
		estimate.reported = true
		put(estimate, ok)
		if own, ok := a.claim(gov.Estimated, d.estimated, day(year, 12, 11), owed); ok && owed != nil && owed.asks(a.s.key) {
			list = append(list, own) // the same word in another place
		}
		put(a.claim(gov.Preliminary, d.preliminary, day(year+1, 2, 15), nil))
	}
	put(a.claim(gov.Final, d.final, day(year+1, 6, 30), nil))
	if a.r.Float64() < 0.003 && !a.s.basic && a.s.part == "" && a.s.of == "" && !a.n.province() {
		if c, ok := a.claim(gov.Final, a.s.round(d.final*1.07), day(year+1, 7, 20), nil); ok { // another source says otherwise
			c.figure.Source.Sentence = fmt.Sprintf("Theo niên giám thống kê, %s năm %d của %s là %s.", lowered(a.in.NameVI), year, a.n.unit.Full(), c.figure.Quote)
			list = append(list, c)
		}
	}
	return list
}

// quarter makes the claim on a quarter: what the unit wrote into the report that it owes, or, where none is kept, what was found afterwards.
func (a author) quarter(year, q int, owed *reporting) []claim {
	d := a.m.draw(a.n, a.s, year, q)
	if d.missing {
		return nil
	}
	if owed != nil {
		if !owed.asks(a.s.key) || len(owed.events) == 0 {
			return nil // the report never came
		}
		c, ok := a.claim(gov.Estimated, d.estimated, owed.entered, owed)
		if !ok {
			return nil
		}
		return []claim{c}
	}
	if c, ok := a.claim(gov.Final, d.final, gov.MonthOf(year, 3*q).LastDay().AddDays(20), nil); ok {
		return []claim{c}
	}
	return nil
}

// claim makes a claim of a day; false where the day lies behind the end of what is made. In a report that is owed it is as far as the report is, else it
// is verified.
func (a author) claim(v gov.Vintage, value float64, d gov.Day, owed *reporting) (claim, bool) {
	id := makeID(began(d), a.r)
	if d > a.m.until() {
		return claim{}, false
	}
	at := began(d)
	f := gov.Figure{Realm: a.m.Holding.Realm, ID: id, Kind: gov.Result, Vintage: v,
		Entered: a.m.by(a.n, enters, at),
		Claim: gov.Claim{Indicator: a.in.Key, Label: a.in.NameVI, Unit: a.n.unit.UnitKey, UnitName: a.n.unit.Full(), Period: a.period, Scope: a.scope,
			Comparator: gov.Equal, Value: value, Measure: a.in.Measure, Quote: quote(value, a.s.digits, a.in.Measure), Source: gov.Source{Day: d}}}
	if v == gov.Estimated {
		f.Kind, f.CutOff = gov.Estimate, gov.CutOff(gov.Windows(), a.period)
	}
	if owed != nil {
		f.State, f.Confirmed, f.Verified = owed.figure, owed.confirmed, owed.verified
	} else if f.Confirmed = a.m.by(a.n, confirms, at.AddDate(0, 0, 1)); !a.n.province() {
		f.State, f.Verified = gov.FigureVerified, a.m.by(a.n, verifies, at.AddDate(0, 0, 4))
	}
	return claim{figure: f, spec: a.s, in: a.in}, true
}

// day is a calendar day.
func day(year, month, d int) gov.Day { return gov.Day(fmt.Sprintf("%04d-%02d-%02d", year, month, d)) }
