package gov

import "slices"

// An Apportionment says which share of a unit's figures went along when a part of it went to another unit. The province enters it, with the
// document that it rests on; without one a partial transfer cannot be restated. Where the part stays with a unit that goes on, Old and New
// are the same. To take a merged unit apart again, Old is the merged unit and New the one that it was made of.
type Apportionment struct {
	Old, New  UnitKey
	Day       Day     // of the event
	Indicator string  // for this one only; empty: for all that have none of their own
	Share     float64 // 0 to 1
	Source    string  // resolution, survey or report that says so
}

// CheckApportionments refuses what cannot be: shares outside 0 to 1, shares of one unit that come to more than the whole, no source.
func CheckApportionments(list []Apportionment) error {
	type key struct {
		old       UnitKey
		day       Day
		indicator string
	}
	sums := map[key][]float64{}
	seen := map[apportionKey]bool{}
	for _, a := range list {
		switch {
		case !(a.Share >= 0 && a.Share <= 1):
			return Errorf(Invalid, "error.apportion_share", a.Old.Code, a.New.Code)
		case a.Source == "":
			return Errorf(Invalid, "error.apportion_source", a.Old.Code, a.New.Code)
		case seen[apportionKey{a.Old, a.New, a.Day, a.Indicator}]:
			return Errorf(Invalid, "error.apportion_twice", a.Old.Code, a.New.Code)
		}
		seen[apportionKey{a.Old, a.New, a.Day, a.Indicator}] = true
		k := key{a.Old, a.Day, a.Indicator}
		sums[k] = append(sums[k], a.Share)
		if addUp(sums[k]) > 1 {
			return Errorf(Invalid, "error.apportion_whole", a.Old.Code)
		}
	}
	return nil
}

type apportionKey struct {
	old, new  UnitKey
	day       Day
	indicator string
}

// A Share is how much of a unit's figures belongs to another one's land and people.
type Share struct {
	Unit    UnitKey
	Share   float64  // 1: all
	Sources []string // of the apportionments that it rests on; empty: none was needed
}

// A Composition says of which units' figures a unit's figures consist, when they are of another day.
type Composition struct {
	Shares  []Share     // by unit
	WhyNot  WhyNotAdded // empty: the shares are whole
	Unclear []UnitKey   // the units whose part is not known
}

// Same reports whether the composition is the unit itself and nothing else.
func (c Composition) Same(u UnitKey) bool {
	return c.WhyNot == "" && len(c.Shares) == 1 && c.Shares[0].Unit == u && c.Shares[0].Share == 1
}

// A composer follows successions from a unit to the units of another day.
type composer struct {
	units     Units
	apportion map[apportionKey]Apportionment
	indicator string
	on        Day
	c         Composition
}

func (m *composer) add(u UnitKey, share float64, sources []string) {
	for i := range m.c.Shares {
		if s := &m.c.Shares[i]; s.Unit == u {
			s.Share = roundTo(s.Share+share, maxDecimals)
			s.Sources = append(slices.Clip(s.Sources), sources...)
			return
		}
	}
	m.c.Shares = append(m.c.Shares, Share{u, share, sources})
}

func (m *composer) unclear(why WhyNotAdded, u UnitKey) {
	m.c.WhyNot = why
	if !slices.Contains(m.c.Unclear, u) {
		m.c.Unclear = append(m.c.Unclear, u)
	}
}

// part multiplies a share by what the apportionment of the event says; false, with the reason kept, where there is none.
func (m *composer) part(from, to UnitKey, day Day, share float64, sources []string) (float64, []string, bool) {
	a, ok := m.apportion[apportionKey{from, to, day, m.indicator}]
	if !ok {
		a, ok = m.apportion[apportionKey{from, to, day, ""}]
	}
	if !ok {
		m.unclear(Unapportioned, from)
		return 0, nil, false
	}
	return share * a.Share, append(slices.Clip(sources), a.Source), true
}

// back adds the units of the earlier day that the unit, as it was just before until, was made of.
func (m *composer) back(k UnitKey, until Day, share float64, sources []string) {
	u, err := m.units.Get(k)
	if err != nil {
		m.unclear(OriginUnknown, k)
		return
	}
	gains := 0
	for _, s := range m.units.Origins(k) {
		if s.Day <= m.on || s.Day >= until || s.Old == k {
			continue
		}
		gains++
		// What came on that day may have gone on in part since.
		part, why, ok := m.kept(m.units.Successors(k), k, s.Day, until, share, sources)
		switch {
		case s.Extent == ExtentUnknown:
			m.unclear(OriginUnknown, s.Old)
			continue
		case s.Extent == Part && ok:
			part, why, ok = m.part(s.Old, k, s.Day, part, why)
		}
		if ok {
			m.back(s.Old, s.Day, part, why)
		}
	}
	if u.On(m.on) {
		if kept, why, ok := m.kept(m.units.Successors(k), k, m.on, until, share, sources); ok {
			m.add(k, kept, why)
		}
		return
	}
	if before, ok := m.carriedOn(u); ok {
		m.back(before, u.From, share, sources)
	} else if gains == 0 {
		m.unclear(OriginUnknown, k)
	}
}

// kept is the share that stayed with a unit through events that gave parts of it away (or, going forward, brought parts to it) and that
// happened after one day and before another.
func (m *composer) kept(events []Succession, k UnitKey, after, before Day, share float64, sources []string) (float64, []string, bool) {
	var days []Day
	for _, s := range events {
		if s.Day > after && s.Day < before && s.Old != s.New && !slices.Contains(days, s.Day) {
			days = append(days, s.Day)
		}
	}
	ok := true
	for _, d := range days {
		if share, sources, ok = m.part(k, k, d, share, sources); !ok {
			return 0, nil, false
		}
	}
	return share, sources, true
}

// carriedOn finds the version of the same code and name that ended when the unit began and of which the register says nothing else: then only
// its entry changed.
func (m *composer) carriedOn(u UnitVersion) (UnitKey, bool) {
	for _, v := range m.units.Versions(u.Code) {
		if v.To == u.From && v.To != "" && v.Name == u.Name && len(m.units.Successors(v.UnitKey)) == 0 {
			return v.UnitKey, true
		}
	}
	return UnitKey{}, false
}

// forward adds the units of the later day in which the unit, as it was just after since, is now.
func (m *composer) forward(k UnitKey, since Day, share float64, sources []string) {
	u, err := m.units.Get(k)
	if err != nil {
		m.unclear(OriginUnknown, k)
		return
	}
	losses := 0
	for _, s := range m.units.Successors(k) {
		if s.Day <= since || s.Day > m.on || s.New == k {
			continue
		}
		losses++
		if s.Extent == ExtentUnknown {
			m.unclear(OriginUnknown, k)
			continue
		}
		// What went on that day is the former unit only as far as nothing came to it before.
		part, why, ok := m.kept(m.units.Origins(k), k, since, s.Day, share, sources)
		if ok && !m.onlyOrigin(s) {
			part, why, ok = m.part(s.New, k, s.Day, part, why)
		}
		if ok {
			m.forward(s.New, s.Day, part, why)
		}
	}
	if u.On(m.on) {
		if kept, why, ok := m.kept(m.units.Origins(k), k, since, m.on.AddDays(1), share, sources); ok {
			m.add(k, kept, why)
		}
		return
	}
	for _, v := range m.units.Versions(u.Code) {
		if before, ok := m.carriedOn(v); ok && before == k {
			m.forward(v.UnitKey, v.From, share, sources)
			return
		}
	}
	if losses == 0 {
		m.unclear(OriginUnknown, k)
	}
}

// onlyOrigin reports whether the new unit of a succession began with it and came from nowhere else.
func (m *composer) onlyOrigin(s Succession) bool {
	n, err := m.units.Get(s.New)
	if err != nil || n.From != s.Day {
		return false
	}
	for _, o := range m.units.Origins(s.New) {
		if o.Day == s.Day && o.Old != s.Old {
			return false
		}
	}
	return true
}
