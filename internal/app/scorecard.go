package app

import (
	"context"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/text"
)

// ScorecardQuery asks for units × indicators of one period.
type ScorecardQuery struct {
	Period     gov.Period
	On         gov.Day      // whose units: those below the holding on this day; empty: the period's last day
	Indicators []string     // keys; empty: all of the catalogue
	Baseline   gov.Baseline // assess against this one; empty: against the one that stands worst
}

// ScorecardView is units × indicators of one period. Cells go by unit, then by indicator.
type ScorecardView struct {
	Period     gov.Period
	On         gov.Day
	Units      []UnitRef
	Indicators []gov.Indicator
	Cells      [][]ScoreCell
	Counts     map[gov.Verdict]int // cells with a target
	Known      int                 // cells with a figure, of all: the coverage
}

// A ScoreCell is one cell: what counts, and how it stands.
type ScoreCell struct {
	Figure     gov.FigureCell // Claims is 0 where there is no figure
	Assessment gov.Assessment
	Targets    int // that the unit has on the indicator in the period
}

// Scorecard gives the scorecard of a period. It is one range of what the store keeps ready, whatever else there is in the books.
func (a *App) Scorecard(ctx context.Context, p access.Principal, q ScorecardQuery) (ScorecardView, error) {
	var v ScorecardView
	if !q.Period.Valid() {
		return v, gov.Errorf(gov.Invalid, "error.cell_period", string(q.Period))
	}
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			catalogue, err := catalogueIn(ctx, tx, b.realm)
			if err != nil {
				return err
			}
			s := scorecard{b: b, q: q, v: &v}
			if err := s.frame(catalogue); err != nil {
				return err
			}
			return s.fill(gov.NewAssessor(a.Today(), gov.Windows()))
		})
	})
	return v, err
}

// A scorecard is one scorecard while it is made.
type scorecard struct {
	b          *builder
	q          ScorecardQuery
	v          *ScorecardView
	units      map[gov.UnitKey]int
	indicators map[string]int
	measures   []string // of the indicators, folded
}

// frame settles which units and indicators there are.
func (s *scorecard) frame(catalogue gov.Catalogue) error {
	*s.v = ScorecardView{Period: s.q.Period, On: s.q.On, Counts: map[gov.Verdict]int{}}
	if s.v.On == "" {
		s.v.On = s.q.Period.LastDay()
	}
	holdings, err := s.b.tx.Holdings(s.b.ctx)
	if err != nil {
		return err
	}
	s.units, s.indicators = map[gov.UnitKey]int{}, map[string]int{}
	for _, h := range holdings {
		if h.Realm != s.b.realm {
			continue
		}
		for _, u := range s.b.units.Children(h.Unit.Code, s.v.On) {
			s.units[u.UnitKey] = len(s.v.Units)
			s.v.Units = append(s.v.Units, UnitRef{Key: u.UnitKey, Name: u.Full()})
		}
	}
	add := func(in gov.Indicator) {
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
	s.v.Cells = make([][]ScoreCell, len(s.v.Units))
	all := make([]ScoreCell, len(s.v.Units)*len(s.v.Indicators))
	for i := range s.v.Cells {
		s.v.Cells[i] = all[i*len(s.v.Indicators) : (i+1)*len(s.v.Indicators)]
	}
	return nil
}

// at finds the cell of a claim; nil where it is not on the scorecard.
func (s *scorecard) at(indicator string, unit gov.UnitKey) (*ScoreCell, int) {
	u, ok := s.units[unit]
	i, known := s.indicators[indicator]
	if !ok || !known {
		return nil, 0
	}
	return &s.v.Cells[u][i], i
}

func (s *scorecard) fill(assessor *gov.Assessor) error {
	cells, err := s.b.tx.Cells(s.b.ctx, s.b.realm, gov.CellQuery{Periods: []gov.Period{s.q.Period}, Indicators: s.q.Indicators})
	if err != nil {
		return err
	}
	for i := range cells {
		c := &cells[i]
		at, n := s.at(c.Indicator, c.Unit)
		if at == nil {
			continue
		}
		// Of several scopes and measures the one in the indicator's own measure is shown, then the one that ranks highest.
		own, before := c.Measure == s.measures[n], at.Figure.Measure == s.measures[n]
		switch {
		case at.Figure.Claims == 0:
			s.v.Known++
		case before && !own, own == before && at.Figure.Rank > c.Rank:
			continue
		}
		at.Figure = *c
	}
	targets, err := s.b.tx.Targets(s.b.ctx, s.b.realm, gov.FigureQuery{Period: s.q.Period})
	if err != nil {
		return err
	}
	for _, t := range targets {
		at, n := s.at(t.Indicator, t.Unit)
		if at == nil || s.q.Baseline != "" && t.Baseline != s.q.Baseline {
			continue
		}
		var history []gov.Reported
		if at.Figure.Claims > 0 {
			history = []gov.Reported{at.Figure.Reported()}
		}
		got := assessor.Assess(s.v.Indicators[n], t, history)
		if at.Targets++; at.Targets == 1 {
			at.Assessment = got
			continue
		}
		both := []gov.Assessment{at.Assessment, got}
		gov.RedFirst(both)
		at.Assessment = both[0]
	}
	for _, row := range s.v.Cells {
		for _, c := range row {
			if c.Targets > 0 {
				s.v.Counts[c.Assessment.Verdict]++
			}
		}
	}
	return nil
}

// SeriesView is what counts of one indicator over periods, a line for each unit.
type SeriesView struct {
	Indicator gov.Indicator
	Periods   []gov.Period
	Units     []UnitRef
	Cells     [][]gov.FigureCell // by unit, then by period; Claims is 0 where there is no figure
	Rolled    []gov.Rolled       // the units put together, by period
}

// Series gives an indicator over periods for units, as they reported it, and put together by the indicator's rule with its coverage. Without
// units it is those below the holding on the last period's last day.
func (a *App) Series(ctx context.Context, p access.Principal, key string, periods []gov.Period, keys []gov.UnitKey) (SeriesView, error) {
	v := SeriesView{Periods: periods}
	if len(periods) == 0 {
		return v, gov.Errorf(gov.Invalid, "error.cell_period", "")
	}
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			catalogue, err := catalogueIn(ctx, tx, b.realm)
			if err != nil {
				return err
			}
			if v.Indicator, err = catalogue.At(key, periods[len(periods)-1].LastDay()); err != nil {
				return err
			}
			s := scorecard{b: b, q: ScorecardQuery{Period: periods[len(periods)-1], Indicators: []string{key}}, v: &ScorecardView{}}
			if err := s.frame(catalogue); err != nil {
				return err
			}
			v.Units = s.v.Units
			if len(keys) > 0 {
				v.Units = b.unitRefs(keys)
			}
			return b.series(&v)
		})
	})
	return v, err
}

// series fills in the cells, and rolls each period up.
func (b *builder) series(v *SeriesView) error {
	wanted := append([]string{v.Indicator.Key}, v.Indicator.Aggregate.Needs()...)
	cells, err := b.tx.Cells(b.ctx, b.realm, gov.CellQuery{Periods: v.Periods, Indicators: wanted})
	if err != nil {
		return err
	}
	type place struct {
		period    gov.Period
		indicator string
		unit      gov.UnitKey
	}
	at := make(map[place]gov.FigureCell, len(cells))
	for _, c := range cells {
		k := place{c.Period, c.Indicator, c.Unit}
		if old, ok := at[k]; !ok || c.Rank > old.Rank {
			at[k] = c
		}
	}
	keys := make([]gov.UnitKey, len(v.Units))
	v.Cells, v.Rolled = make([][]gov.FigureCell, len(v.Units)), make([]gov.Rolled, len(v.Periods))
	for i, u := range v.Units {
		keys[i], v.Cells[i] = u.Key, make([]gov.FigureCell, len(v.Periods))
		for j, period := range v.Periods {
			v.Cells[i][j] = at[place{period, v.Indicator.Key, u.Key}]
		}
	}
	for j, period := range v.Periods {
		v.Rolled[j] = gov.RollUp(v.Indicator, keys, func(indicator string, unit gov.UnitKey) (gov.Amount, bool) {
			c, ok := at[place{period, indicator, unit}]
			return gov.Amount{Value: c.Value, Of: c.Of, Measure: c.Measure}, ok
		})
	}
	return nil
}
