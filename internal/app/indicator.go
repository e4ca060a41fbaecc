package app

import (
	"context"
	"slices"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// Indicators gives the catalogue with how many figures in force each indicator has.
func (a *App) Indicators(ctx context.Context, p access.Principal) (IndicatorsView, error) {
	var v IndicatorsView
	err := a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
		c, err := catalogueIn(ctx, tx, gov.Realm(p.Realm))
		if err != nil {
			return err
		}
		v = IndicatorsView{Indicators: c.On("")}
		v.Counts, err = tx.CountFigures(ctx, gov.Realm(p.Realm))
		return err
	})
	return v, err
}

// An IndicatorQuery asks how an indicator stands.
type IndicatorQuery struct {
	Key    string
	Period gov.Period // of the comparison between units, and the last of the trend
	On     gov.Day    // restated on the units of this day; empty: as reported
	Unit   string     // code of a unit to be followed; empty: none
	Group  []string   // codes of units to be put together; none: no such group
}

// IndicatorView is one indicator: how it went, and how the units stand in one period.
type IndicatorView struct {
	Indicator gov.Indicator
	With      []gov.Indicator // by which it adds up
	Query     IndicatorQuery
	Periods   []gov.Period // of the trend, the oldest first
	Whole     []gov.Rolled // the units put together, by period
	Estimated []bool       // some of what is put together is only estimated
	Goal      *gov.Target  // of the whole, in the period
	Rolls     []UnitRoll
	Strangers []string // codes of the query's group that are no units of the period within reach
	Units     []IndicatorUnit
	Ranked    []gov.Ranked
	Followed  *IndicatorUnit // the unit of the query
	Series    []gov.Restated // of it, by period
	Groups    []IndicatorGroup
	Many      bool // there are more claims than the page lays side by side; Groups is empty
}

// An IndicatorUnit is one unit in the period.
type IndicatorUnit struct {
	Unit    UnitRef
	Version gov.UnitVersion // where it lies, where the register knows
	Amount  gov.Amount
	Known   bool
	WhyNot  gov.WhyNotAdded // of what is restated and not known
	From    []UnitRef       // of what is restated: the units that reported
	Vintage gov.Vintage
	Verdict gov.Assessment // with Targets only
	Targets int
}

// trendPeriods is how many periods a trend has; mostClaims how many claims a page lays side by side.
const (
	trendPeriods = 11
	mostClaims   = 120
)

// Indicator gives one indicator: the trend of all units together, the units of one period, and the claims where they are few.
func (a *App) Indicator(ctx context.Context, p access.Principal, q IndicatorQuery) (IndicatorView, error) {
	var v IndicatorView
	if !q.Period.Valid() {
		return v, gov.Errorf(gov.Invalid, "error.cell_period", string(q.Period))
	}
	err := a.inFigures(ctx, p, func(sh *shelf) (err error) {
		v = IndicatorView{Query: q, Periods: lastPeriods(q.Period, trendPeriods)}
		slices.Reverse(v.Periods)
		slices.SortFunc(v.Periods, func(x, y gov.Period) int { return int(firstMonth(x) - firstMonth(y)) })
		if v.Indicator, err = sh.catalogue.For(q.Key, q.Period); err != nil {
			return err
		}
		for _, key := range v.Indicator.Aggregate.Needs() {
			if in, err := sh.catalogue.For(key, q.Period); err == nil {
				v.With = append(v.With, in)
			}
		}
		l := looking{shelf: sh, v: &v}
		return l.look()
	})
	return v, err
}

func firstMonth(p gov.Period) gov.Month {
	m, _, _ := p.Months()
	return m
}

// A looking is one indicator's page while it is made.
type looking struct {
	*shelf
	v        *IndicatorView
	home     gov.UnitKey
	cells    bestCells
	restater *gov.Restater
	size     string // key of the indicator that says how big a unit is
}

func (l *looking) look() (err error) {
	if l.home, err = homeOf(l.ctx, l.tx, l.realm); err != nil {
		return err
	}
	l.size = sizeOf(l.v.Indicator)
	if err := l.read(); err != nil {
		return err
	}
	if l.v.Query.On != "" {
		shares, err := apportionmentsIn(l.ctx, l.tx, l.realm)
		if err != nil {
			return err
		}
		l.restater = gov.NewRestater(l.units, l.v.Query.On, shares)
	}
	if err := l.trend(); err != nil {
		return err
	}
	if l.restater != nil {
		err = l.restatedUnits()
	} else {
		err = l.reportedUnits()
	}
	if err != nil {
		return err
	}
	l.rank()
	if err := l.rolls(); err != nil {
		return err
	}
	return l.claims()
}

// sizeOf is by what units are called big or small where an indicator is compared: what it is a share of, else the people.
func sizeOf(in gov.Indicator) string {
	switch in.Aggregate.Rule {
	case gov.ByRatio:
		return in.Aggregate.Whole
	case gov.ByWeight:
		return in.Aggregate.Weight
	}
	return "population"
}

// read gets the cells of the trend in one go.
func (l *looking) read() error {
	in := l.v.Indicator
	keys := append([]string{in.Key, l.size}, in.Aggregate.Needs()...)
	slices.Sort(keys)
	cells, err := l.tx.Cells(l.ctx, l.realm, gov.CellQuery{Periods: l.v.Periods, Indicators: slices.Compact(keys)})
	l.cells = bestCells{}
	for _, c := range cells {
		l.cells.add(c)
	}
	return err
}

// restated are the amounts of a period on the units of the restater's day.
func (l *looking) restated(p gov.Period) gov.Amounts {
	reported := l.cells.of(p)
	return func(indicator string, unit gov.UnitKey) (gov.Amount, bool) {
		in, err := l.catalogue.At(indicator, "")
		if err != nil {
			return gov.Amount{}, false
		}
		r := l.restater.Restate(in, unit, p, reported)
		return r.Amount, r.WhyNot == ""
	}
}

// within lists the units of a day that are within reach.
func (l *looking) within(on gov.Day) ([]gov.UnitKey, error) {
	list, err := l.communes(l.home, on, l.tree)
	var keys []gov.UnitKey
	for _, u := range list {
		if l.reach.HasUnit(u.UnitKey) {
			keys = append(keys, u.UnitKey)
		}
	}
	return keys, err
}

// trend puts the units of each period together.
func (l *looking) trend() error {
	v := l.v
	v.Whole, v.Estimated = make([]gov.Rolled, len(v.Periods)), make([]bool, len(v.Periods))
	for i, p := range v.Periods {
		on, amounts := p.LastDay(), l.cells.of(p)
		if l.restater != nil {
			on, amounts = v.Query.On, l.restated(p)
		}
		keys, err := l.within(on)
		if err != nil {
			return err
		}
		if len(l.cells[p]) == 0 { // nothing to put together
			v.Whole[i] = gov.Rolled{WhyNot: gov.NothingKnown, Units: len(keys)}
			continue
		}
		v.Whole[i] = gov.RollUp(v.Indicator, keys, amounts)
		for k, c := range l.cells[p] {
			v.Estimated[i] = v.Estimated[i] || k.indicator == v.Indicator.Key && c.Vintage == gov.Estimated
		}
	}
	goals, err := l.tx.Goals(l.ctx, l.realm, gov.CellQuery{Periods: []gov.Period{v.Query.Period}, Indicators: []string{v.Indicator.Key}, Units: []string{l.home.Code}})
	for i := range goals {
		if goals[i].Unit == l.home && (v.Goal == nil || goals[i].Baseline == gov.BaselineProvince) {
			v.Goal = &goals[i]
		}
	}
	return err
}

// reportedUnits are the units of the period as they reported, with their verdicts as on the scorecard.
func (l *looking) reportedUnits() error {
	v := l.v
	s := l.scorecard(ScorecardQuery{Period: v.Query.Period, Indicators: []string{v.Indicator.Key}, Sort: SortName}, &ScorecardView{})
	if err := s.frame(l.catalogue); err != nil {
		return err
	}
	if err := s.fill(); err != nil {
		return err
	}
	for _, r := range s.v.Rows {
		c := r.Cells[0]
		u := IndicatorUnit{Unit: r.Unit, Version: l.version(r.Unit.Key), Known: c.Figure.Claims > 0, Amount: gov.Amount{Value: c.Figure.Value, Of: c.Figure.Of, Measure: c.Figure.Measure},
			Vintage: c.Figure.Vintage, Verdict: c.Assessment, Targets: c.Targets}
		v.Units = append(v.Units, u)
		if r.Unit.Key.Code == v.Query.Unit {
			v.Followed = &u
			for _, p := range v.Periods {
				a, ok := l.cells.of(p)(v.Indicator.Key, r.Unit.Key)
				one := gov.Restated{Unit: r.Unit.Key, Period: p, Same: true, Rolled: gov.Rolled{Amount: a, Known: 1, Units: 1}}
				if !ok {
					one.Rolled = gov.Rolled{WhyNot: gov.NothingKnown, Units: 1}
				}
				v.Series = append(v.Series, one)
			}
		}
	}
	return nil
}

// version is a unit as the register has it; only its key where the register does not know it.
func (b *builder) version(k gov.UnitKey) gov.UnitVersion {
	u, err := b.units.Get(k)
	if err != nil {
		return gov.UnitVersion{UnitKey: k}
	}
	return u
}

// restatedUnits are the units of the day with what the units of the period come to for them.
func (l *looking) restatedUnits() error {
	v := l.v
	keys, err := l.within(v.Query.On)
	for _, k := range keys {
		r := l.restater.Restate(v.Indicator, k, v.Query.Period, l.cells.of(v.Query.Period))
		u := IndicatorUnit{Unit: l.unit(k, k.Code), Version: l.version(k), Known: r.WhyNot == "", WhyNot: r.WhyNot, Amount: r.Amount}
		if !r.Same {
			for _, s := range r.From {
				u.From = append(u.From, l.unit(s.Unit, s.Unit.Code))
			}
		}
		v.Units = append(v.Units, u)
		if k.Code == v.Query.Unit {
			v.Followed, v.Series = &u, l.restater.Series(v.Indicator, k, v.Periods, l.cells.of)
		}
	}
	return err
}

// rank orders the units that have a figure.
func (l *looking) rank() {
	v := l.v
	amounts := l.cells.of(v.Query.Period)
	if l.restater != nil {
		amounts = l.restated(v.Query.Period)
	}
	var peers []gov.Peer
	for _, u := range v.Units {
		if u.Known && u.Amount.Of == nil {
			size, _ := amounts(l.size, u.Unit.Key)
			peers = append(peers, gov.Peer{Unit: u.Unit.Key, Value: u.Amount.Value, Size: size.Value})
		}
	}
	v.Ranked = gov.Rank(v.Indicator, peers)
}

// claims lays the claims side by side where they are few; else they stand with each unit.
func (l *looking) claims() error {
	q := gov.FigureQuery{Indicator: l.v.Indicator.Key, Limit: mostClaims + 1}
	figures, err := l.tx.Figures(l.ctx, l.realm, q)
	if err != nil {
		return err
	}
	if l.v.Many = len(figures) > mostClaims; l.v.Many {
		return nil
	}
	targets, err := l.tx.Targets(l.ctx, l.realm, q)
	if l.v.Many = len(targets) > mostClaims; !l.v.Many {
		l.v.Groups = l.groups(figures, targets)
	}
	return err
}

// apportionmentsIn lists the shares of units' figures that the province entered.
func apportionmentsIn(ctx context.Context, tx gov.Tx, r gov.Realm) ([]gov.Apportionment, error) {
	entries, err := tx.Entries(ctx, r, gov.EntryApportionment)
	if err != nil {
		return nil, err
	}
	var list []gov.Apportionment
	for _, e := range entries {
		one, err := decodeEntry[gov.Apportionment](e)
		if err != nil {
			return nil, err
		}
		if e.Body != "" {
			list = append(list, one)
		}
	}
	return list, nil
}
