package app

import (
	"cmp"
	"slices"

	"haicap/internal/gov"
)

// dropUnused leaves out the indicators of which there is neither a figure nor a target.
func (s *scorecard) dropUnused() {
	var keep []int
	for i := range s.v.Indicators {
		if slices.ContainsFunc(s.v.Rows, func(r ScoreRow) bool { return r.Cells[i].Figure.Claims > 0 || r.Cells[i].Targets > 0 }) {
			keep = append(keep, i)
		}
	}
	if len(keep) == len(s.v.Indicators) {
		return
	}
	indicators := make([]gov.Indicator, len(keep))
	clear(s.indicators)
	for to, i := range keep {
		indicators[to] = s.v.Indicators[i]
		s.indicators[indicators[to].Key] = to
	}
	s.v.Indicators = indicators
	for r := range s.v.Rows {
		cells := s.v.Rows[r].Cells
		for to, i := range keep {
			cells[to] = cells[i]
		}
		s.v.Rows[r].Cells = cells[:len(keep):len(keep)]
	}
}

// count counts where the cells with a target stand: of each unit, of each indicator, of all.
func (s *scorecard) count() {
	s.v.Totals = make([]ScoreTotal, len(s.v.Indicators))
	for i := range s.v.Totals {
		s.v.Totals[i].Counts = gov.VerdictCount{}
	}
	for r := range s.v.Rows {
		row := &s.v.Rows[r]
		for i := range row.Cells {
			if c := &row.Cells[i]; c.Targets > 0 {
				v := c.Assessment.Verdict
				row.Counts[v]++
				s.v.Totals[i].Counts[v]++
				s.v.Counts[v]++
			}
		}
	}
}

// total puts the units' figures together, by each indicator's rule.
func (s *scorecard) total() {
	keys := make([]gov.UnitKey, len(s.v.Rows))
	for i, r := range s.v.Rows {
		keys[i] = r.Unit.Key
	}
	amounts := func(indicator string, unit gov.UnitKey) (gov.Amount, bool) {
		if c, _ := s.at(indicator, unit); c != nil {
			return gov.Amount{Value: c.Figure.Value, Of: c.Figure.Of, Measure: c.Figure.Measure}, c.Figure.Claims > 0
		}
		a, ok := s.weighs[amountKey{indicator, unit}]
		return a, ok
	}
	for i, in := range s.v.Indicators {
		s.v.Totals[i].Rolled = gov.RollUp(in, keys, amounts)
		if s.v.Totals[i].WhyNot == gov.NotComparable { // the coverage says something all the same
			for _, r := range s.v.Rows {
				if r.Cells[i].Figure.Claims > 0 {
					s.v.Totals[i].Known++
				}
			}
		}
	}
}

// known is 1 where the unit has any figure.
func (r ScoreRow) known() int {
	for _, c := range r.Cells {
		if c.Figure.Claims > 0 {
			return 1
		}
	}
	return 0
}

// sort puts the rows in order. The frame made them in the order of names.
func (s *scorecard) sort() {
	switch s.q.Sort {
	case SortCode:
		slices.SortStableFunc(s.v.Rows, func(a, b ScoreRow) int { return cmp.Compare(a.Unit.Key.Code, b.Unit.Key.Code) })
	case SortRisk:
		slices.SortStableFunc(s.v.Rows, func(a, b ScoreRow) int {
			for _, v := range []gov.Verdict{gov.NotMet, gov.AtRisk} {
				if c := cmp.Compare(b.Counts[v], a.Counts[v]); c != 0 {
					return c
				}
			}
			// Then who has figures at all, or the first screen would be empty.
			return cmp.Or(cmp.Compare(b.known(), a.known()), cmp.Compare(a.Counts.Reached(), b.Counts.Reached()))
		})
	}
	s.units = nil // the places moved
}
