package app

import (
	"cmp"
	"context"
	"slices"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/text"
)

// ScorecardQuery asks for units × indicators of one period.
type ScorecardQuery struct {
	Period     gov.Period
	On         gov.Day       // whose units: those below the holding on this day; empty: the period's last day
	Indicators []string      // keys; empty: all of the catalogue
	Field      gov.WorkField // only indicators of this field; empty: all
	Type       gov.UnitType  // only units of this type; empty: all
	Used       bool          // only indicators that have a figure or a target in the period
	Baseline   gov.Baseline  // assess against this one; empty: against the one that stands worst
	Sort       ScoreSort
}

// A ScoreSort is the order of a scorecard's units.
type ScoreSort string

// The orders.
const (
	SortRisk ScoreSort = ""     // red first
	SortName ScoreSort = "name" // as the register lists them
	SortCode ScoreSort = "code"
)

// ScorecardView is units × indicators of one period. Rows go by unit, the cells of a row by indicator.
type ScorecardView struct {
	Period     gov.Period
	On         gov.Day
	Due        bool // the period can be missed: its data window has closed
	Rows       []ScoreRow
	Indicators []gov.Indicator
	Totals     []ScoreTotal     // by indicator
	Counts     gov.VerdictCount // cells with a target
	Known      int              // cells with a figure, of all: the coverage
	Types      []gov.UnitType   // that the units have, before they were narrowed to one
	Units      int              // of the period, before they were narrowed
	Partial    bool             // some of the holding's units are beyond the reader's reach, and left out
}

// A ScoreRow is one unit.
type ScoreRow struct {
	Unit   UnitRef
	Type   gov.UnitType
	Cells  []ScoreCell
	Counts gov.VerdictCount
}

// A ScoreTotal is one indicator over the units of the scorecard: what they come to by the indicator's rule, with its coverage, and how many stand where.
type ScoreTotal struct {
	gov.Rolled
	Counts gov.VerdictCount
}

// A ScoreCell is one cell: what counts, and how it stands.
type ScoreCell struct {
	Figure     gov.FigureCell // Claims is 0 where there is no figure of the whole period
	Assessment gov.Assessment
	Targets    int // that the unit has on the indicator in the period
}

// Scorecard gives the scorecard of a period: of the store one range of cells and one of targets, whatever else there is in the books; as long as the
// period lasts, also the shorter periods that say how far it is.
func (a *App) Scorecard(ctx context.Context, p access.Principal, q ScorecardQuery) (ScorecardView, error) {
	var v ScorecardView
	if !q.Period.Valid() {
		return v, gov.Errorf(gov.Invalid, "error.cell_period", string(q.Period))
	}
	err := a.inFigures(ctx, p, func(sh *shelf) error {
		s := sh.scorecard(q, &v)
		if err := s.frame(sh.catalogue); err != nil {
			return err
		}
		return s.fill()
	})
	return v, err
}

// A scorecard is one scorecard while it is made.
type scorecard struct {
	b          *builder
	q          ScorecardQuery
	v          *ScorecardView
	reach      gov.Reach
	tree       func(gov.UnitKey) ([]gov.UnitKey, error)
	assessor   *gov.Assessor
	units      map[gov.UnitKey]int
	indicators map[string]int
	measures   []string // of the indicators, folded
	weighs     map[amountKey]gov.Amount
	more       map[amountKey][]gov.Reported // of what has cells of several scopes, those that are not shown
	one        [1]gov.Reported              // room for the history that most cells have
}

// frame settles which units and indicators there are.
func (s *scorecard) frame(catalogue gov.Catalogue) error {
	*s.v = ScorecardView{Period: s.q.Period, On: s.q.On, Due: s.assessor.Due(s.q.Period), Counts: gov.VerdictCount{}}
	if s.v.On == "" {
		s.v.On = s.q.Period.LastDay()
	}
	if err := s.frameUnits(); err != nil {
		return err
	}
	s.indicators = map[string]int{}
	add := func(in gov.Indicator) {
		if s.q.Field != "" && in.Field() != s.q.Field {
			return
		}
		s.indicators[in.Key] = len(s.v.Indicators)
		s.v.Indicators = append(s.v.Indicators, in)
		s.measures = append(s.measures, text.Norm(in.Measure))
	}
	for _, key := range s.q.Indicators {
		in, err := catalogue.At(key, s.q.Period.LastDay())
		if err != nil {
			return err
		}
		add(in)
	}
	if len(s.q.Indicators) == 0 {
		for _, in := range catalogue.On(s.q.Period.LastDay()) {
			add(in)
		}
	}
	n := len(s.v.Indicators)
	all := make([]ScoreCell, len(s.v.Rows)*n)
	for i := range s.v.Rows {
		s.v.Rows[i].Cells = all[i*n : (i+1)*n]
	}
	return nil
}

// frameUnits settles the rows: the units below the holding on the day that are within reach.
func (s *scorecard) frameUnits() error {
	home, err := homeOf(s.b.ctx, s.b.tx, s.b.realm)
	if err != nil {
		return err
	}
	s.units = map[gov.UnitKey]int{}
	list, err := s.b.communes(home, s.v.On, s.tree)
	if err != nil {
		return err
	}
	for _, u := range list {
		if !s.reach.HasUnit(u.UnitKey) {
			s.v.Partial = true
			continue
		}
		s.v.Units++
		if !slices.Contains(s.v.Types, u.Type) {
			s.v.Types = append(s.v.Types, u.Type)
		}
		if s.q.Type != "" && u.Type != s.q.Type {
			continue
		}
		s.units[u.UnitKey] = len(s.v.Rows)
		s.v.Rows = append(s.v.Rows, ScoreRow{Unit: UnitRef{Key: u.UnitKey, Name: u.Full()}, Type: u.Type, Counts: gov.VerdictCount{}})
	}
	return nil
}

// communes lists the units of the lowest tier that a holding's unit has or carries the history of, in force on the day, by name. Before July 2025 there were
// districts between, and before the provinces were merged several provinces.
func (b *builder) communes(home gov.UnitKey, on gov.Day, tree func(gov.UnitKey) ([]gov.UnitKey, error)) ([]gov.UnitVersion, error) {
	if list := b.units.Children(home.Code, on); on >= home.From && len(list) > 0 && list[0].Level() == gov.CommuneLevel {
		return list, nil
	}
	keys, err := tree(home)
	var list []gov.UnitVersion
	for _, k := range keys {
		if u, err := b.units.Get(k); err == nil && u.Level() == gov.CommuneLevel && u.On(on) {
			list = append(list, u)
		}
	}
	slices.SortFunc(list, func(x, y gov.UnitVersion) int {
		return cmp.Or(cmp.Compare(text.Fold(x.Name), text.Fold(y.Name)), cmp.Compare(x.Code, y.Code))
	})
	return list, err
}

// at finds the cell of a claim; nil where it is not on the scorecard.
func (s *scorecard) at(indicator string, unit gov.UnitKey) (*ScoreCell, int) {
	u, ok := s.units[unit]
	i, known := s.indicators[indicator]
	if !ok || !known {
		return nil, 0
	}
	return &s.v.Rows[u].Cells[i], i
}

// fill puts in what counts and how it stands, then what follows from the whole: totals and the order.
func (s *scorecard) fill() error {
	s.weighs, s.more = map[amountKey]gov.Amount{}, map[amountKey][]gov.Reported{}
	query := gov.CellQuery{Periods: []gov.Period{s.q.Period}, Indicators: s.wanted()}
	if err := s.b.tx.EachCell(s.b.ctx, s.b.realm, query, s.put); err != nil {
		return err
	}
	if err := s.assess(query); err != nil {
		return err
	}
	if s.q.Used {
		s.dropUnused()
	}
	s.count()
	s.total()
	s.sort()
	return nil
}

// wanted are the indicators to ask the store for: those on the scorecard and those by which they add up; empty asks for all.
func (s *scorecard) wanted() []string {
	if len(s.q.Indicators) == 0 && s.q.Field == "" {
		return nil
	}
	var keys []string
	for _, in := range s.v.Indicators {
		for _, key := range append([]string{in.Key}, in.Aggregate.Needs()...) {
			if !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// put lays a cell of the store in its place. Of several scopes and measures the one in the indicator's own measure is shown, then the one that
// ranks highest.
func (s *scorecard) put(c *gov.FigureCell) {
	at, n := s.at(c.Indicator, c.Unit)
	if at == nil {
		if _, ok := s.units[c.Unit]; ok { // perhaps what others weigh by
			s.weighs[amountKey{c.Indicator, c.Unit}] = gov.Amount{Value: c.Value, Of: c.Of, Measure: c.Measure}
		}
		return
	}
	k := amountKey{c.Indicator, c.Unit}
	own, before := c.Measure == s.measures[n], at.Figure.Measure == s.measures[n]
	switch {
	case at.Figure.Claims == 0:
		s.v.Known++
		at.Figure = *c
		return
	case before && !own, own == before && at.Figure.Rank > c.Rank:
		s.more[k] = append(s.more[k], c.Reported())
		return
	}
	s.more[k] = append(s.more[k], at.Figure.Reported())
	at.Figure = *c
}

// assess holds what counts against the targets. Where there is a figure of a whole period that is over, nothing else is looked at; the others wait until
// their shorter periods are there.
func (s *scorecard) assess(q gov.CellQuery) error {
	var wait []gov.Target
	err := s.b.tx.EachGoal(s.b.ctx, s.b.realm, q, func(t *gov.Target) {
		if s.q.Baseline != "" && t.Baseline != s.q.Baseline {
			return
		}
		switch at, n := s.at(t.Indicator, t.Unit); {
		case at == nil:
		case s.v.Due && at.Figure.Claims > 0:
			s.hold(t, at, n, nil)
		default:
			wait = append(wait, *t)
		}
	})
	if err != nil || len(wait) == 0 {
		return err
	}
	parts, err := s.partsFor(wait)
	for i := range wait {
		at, n := s.at(wait[i].Indicator, wait[i].Unit)
		s.hold(&wait[i], at, n, parts[amountKey{wait[i].Indicator, wait[i].Unit}])
	}
	return err
}

// hold holds what counts in the cell of the n-th indicator against one target; of several the one that stands worst is shown.
func (s *scorecard) hold(t *gov.Target, at *ScoreCell, n int, parts []gov.Reported) {
	history := s.one[:0]
	if more := s.more[amountKey{t.Indicator, t.Unit}]; len(parts)+len(more) > 0 {
		history = slices.Concat(parts, more)
	}
	if at.Figure.Claims > 0 {
		history = append(history, at.Figure.Reported())
	}
	got := s.assessor.Assess(s.v.Indicators[n], *t, history)
	if at.Targets++; at.Targets > 1 {
		both := []gov.Assessment{at.Assessment, got}
		gov.RedFirst(both)
		got = both[0]
	}
	at.Assessment = got
}

// partsFor gives the shorter periods of what has a target and no figure of the whole period, or a period that still lasts.
func (s *scorecard) partsFor(goals []gov.Target) (map[amountKey][]gov.Reported, error) {
	periods, err := s.b.historyPeriods(s.q.Period, s.v.Due)
	if err != nil || len(periods) == 0 {
		return nil, err
	}
	var keys []string
	for i := range goals {
		if n := len(keys); (n == 0 || keys[n-1] != goals[i].Indicator) && !slices.Contains(keys, goals[i].Indicator) {
			keys = append(keys, goals[i].Indicator)
		}
	}
	parts := map[amountKey][]gov.Reported{}
	err = s.b.tx.EachCell(s.b.ctx, s.b.realm, gov.CellQuery{Periods: periods, Indicators: keys}, func(c *gov.FigureCell) {
		k := amountKey{c.Indicator, c.Unit}
		parts[k] = append(parts[k], c.Reported())
	})
	return parts, err
}

// historyPeriods are the periods besides p itself that say how p stands: the shorter ones within it that have begun, and, as long as p lasts, p and those
// a year before, for how a year usually goes. Only such as the realm has figures of.
func (b *builder) historyPeriods(p gov.Period, due bool) ([]gov.Period, error) {
	list := shorter(p)
	if !due {
		for _, s := range shorter(p) {
			list = append(list, s.YearBefore())
		}
		list = append(list, p.YearBefore())
	}
	var have []gov.Period
	for _, s := range list {
		if s == p || s.FirstDay() > b.today {
			continue
		}
		ok, err := b.tx.HasCells(b.ctx, b.realm, s)
		if err != nil {
			return nil, err
		}
		if ok {
			have = append(have, s)
		}
	}
	return have, nil
}

// shorter lists the reporting periods within a period that are shorter than it.
func shorter(p gov.Period) []gov.Period {
	first, last, ok := p.Months()
	if !ok {
		return nil
	}
	var list []gov.Period
	for year := first.Year(); year <= last.Year(); year++ {
		for _, k := range gov.ReportKinds {
			for _, s := range k.PeriodsIn(year) {
				if p.Covers(s) && s.Length() < p.Length() && (p.Length() <= 12 || k == gov.YearReport) {
					list = append(list, s)
				}
			}
		}
	}
	return list
}
