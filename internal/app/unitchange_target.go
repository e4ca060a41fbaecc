package app

import (
	"cmp"
	"slices"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/lang"
	"haicap/internal/text"
)

// A targetPlace is what targets of former units have to agree in to become one.
type targetPlace struct {
	unit       gov.UnitKey // that takes over
	indicator  string
	period     gov.Period
	scope      gov.Scope
	baseline   gov.Baseline
	comparator gov.Comparator
}

// targetsOf puts the targets of units that end together for those that take their place, as far as their periods end on the day or later.
func (m *unitMoving) targetsOf() error {
	sources := map[gov.UnitKey][]gov.UnitKey{} // of a unit that takes over: what it is made of, if of wholes only
	parted := map[gov.UnitKey]bool{}
	for _, s := range m.trial.Effect.Successions {
		sources[s.New] = append(sources[s.New], s.Old)
		parted[s.New] = parted[s.New] || s.Extent != gov.Whole
	}
	for _, k := range m.trial.Effect.Continuing {
		if len(sources[k]) > 0 {
			sources[k] = append(sources[k], k)
		}
	}
	places := map[targetPlace][]gov.Target{}
	var order []targetPlace
	for _, now := range sortedUnits(sources) {
		for _, k := range sources[now] {
			list, err := m.tx.Targets(m.ctx, m.realm, gov.FigureQuery{Unit: k.Code})
			if err != nil {
				return err
			}
			for _, t := range list {
				if t.Unit != k || t.Period.LastDay() < m.trial.Change.Day {
					continue
				}
				at := targetPlace{now, t.Indicator, t.Period, t.Scope, t.Baseline, t.Comparator}
				if len(places[at]) == 0 {
					order = append(order, at)
				}
				places[at] = append(places[at], t)
			}
		}
	}
	for _, at := range order {
		if err := m.mergeTargets(at, places[at], sources[at.unit], parted[at.unit]); err != nil {
			return err
		}
	}
	return nil
}

func sortedUnits(of map[gov.UnitKey][]gov.UnitKey) []gov.UnitKey {
	keys := make([]gov.UnitKey, 0, len(of))
	for k := range of {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b gov.UnitKey) int { return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.From, b.From)) })
	return keys
}

// mergeTargets works out one target of a unit that takes over, or says why there is none.
func (m *unitMoving) mergeTargets(at targetPlace, list []gov.Target, units []gov.UnitKey, parted bool) error {
	line := TargetMove{Period: at.period, Baseline: at.baseline, Unit: m.unit(at.unit, at.unit.Code), Old: m.builder.targets(list), Name: m.nameOf(list[0].Claim)}
	in, err := m.catalogue().At(at.indicator, at.period.LastDay())
	switch {
	case at.indicator == "" || err != nil:
		line.Rolled = gov.Rolled{WhyNot: gov.NotComparable, Units: len(units)}
	case parted:
		line.Rolled = gov.Rolled{WhyNot: gov.Unapportioned, Units: len(units)}
	default:
		line.Indicator = in
		weights, err := m.weights(in, at.period)
		if err != nil {
			return err
		}
		line.Rolled = gov.MergedTarget(in, units, list, weights)
	}
	if line.WhyNot == "" {
		t := list[0]
		t.ID, t.Unit, t.UnitName, t.Session, t.Doubt, t.Source, t.Confirmed = m.ids.Next(), at.unit, line.Unit.Name, "", "", gov.Source{}, m.stamp
		t.Entered, t.SupersededBy = m.stamp, ""
		t.Value, t.Of, t.Measure = line.Value, line.Of, line.Measure
		t.Quote = lang.VI.Number(t.Value)
		if t.Of != nil {
			t.Quote += "/" + lang.VI.Number(*t.Of)
		}
		t.Quote = strings.TrimSpace(t.Quote + " " + t.Measure)
		t.Reason = lang.VI.T("unitchange.note.target", m.trial.Change.Source)
		for _, o := range list {
			if o.Parent != t.Parent {
				t.Parent = ""
			}
		}
		line.made = &t
		moved := gov.MovedTarget{New: t.ID}
		for _, o := range list {
			moved.Old = append(moved.Old, o.ID)
		}
		m.journal.Targets = append(m.journal.Targets, moved)
	}
	m.trial.Targets = append(m.trial.Targets, line)
	return nil
}

// weights are the amounts by which rates weigh: of the period itself, or where there is none of the one a year before.
func (m *unitMoving) weights(in gov.Indicator, p gov.Period) (gov.Amounts, error) {
	needs := in.Aggregate.Needs()
	if len(needs) == 0 {
		return nil, nil
	}
	cells, err := m.tx.Cells(m.ctx, m.realm, gov.CellQuery{Periods: []gov.Period{p, p.YearBefore()}, Indicators: needs})
	weighs := map[amountKey]gov.Amount{}
	for _, c := range cells { // the earlier period comes first
		weighs[amountKey{c.Indicator, c.Unit}] = gov.Amount{Value: c.Value, Of: c.Of, Measure: c.Measure}
	}
	return func(indicator string, unit gov.UnitKey) (gov.Amount, bool) {
		a, ok := weighs[amountKey{indicator, unit}]
		return a, ok
	}, err
}

// moveTarget writes the target that takes the place of former ones; they stay readable in its history.
func (m *unitMoving) moveTarget(x TargetMove) error {
	if x.made == nil {
		return nil
	}
	if m.targets == nil {
		m.targets = &targetWriter{builder: m.builder, stamp: m.stamp}
	}
	for _, o := range x.Old {
		if err := m.tx.SupersedeTarget(m.ctx, m.realm, o.ID, x.made.ID); err != nil {
			return err
		}
	}
	return m.targets.write(*x.made, "")
}

// countNumber adds a document that a body issued before the day, in the same year, to the counts of its numbers.
func countNumber(lines []NumberLine, d gov.Document, body gov.Agency, day gov.Day) []NumberLine {
	n, symbol, ok := gov.SplitNumber(d.Number)
	if !ok || symbol == "" || d.Date >= day || d.Date.Year() != day.Year() || text.Fold(d.Issuer) != text.Fold(body.Name) {
		return lines
	}
	i := slices.IndexFunc(lines, func(l NumberLine) bool { return l.Symbol == symbol })
	if i < 0 {
		i, lines = len(lines), append(lines, NumberLine{Agency: body.Name, Symbol: symbol})
	}
	lines[i].Last, lines[i].Count = max(lines[i].Last, n), lines[i].Count+1
	return lines
}
