package app

import (
	"context"
	"slices"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// ProfileView is how a unit stands in each indicator of which the books hold something: its verdicts of one year, and its series in the two truths.
type ProfileView struct {
	Unit    gov.UnitKey
	Period  gov.Period // the latest year with figures
	On      gov.Day    // the series are restated on the units of this day
	Periods []gov.Period
	Counts  gov.VerdictCount
	Lines   []ProfileLine // red first, then those without a target
	Former  bool          // some of the series rest on former units
}

// A ProfileLine is one indicator of a unit.
type ProfileLine struct {
	Indicator   gov.Indicator
	Assessments []gov.Assessment // red first
	Reported    []gov.FigureCell // by period; Claims is 0 where the unit itself has none
	Restated    []gov.Restated   // by period
	From        []UnitRef        // the former units that the restated ones rest on
}

// Latest is the last period of which there is a value, its place; −1 where there is none.
func (l ProfileLine) Latest() int {
	for i := len(l.Restated) - 1; i >= 0; i-- {
		if l.Restated[i].WhyNot == "" {
			return i
		}
	}
	return -1
}

// Profile gives a unit's indicators.
func (a *App) Profile(ctx context.Context, p access.Principal, unit gov.UnitKey) (ProfileView, error) {
	v := ProfileView{Unit: unit}
	err := a.withRegister(func(units gov.Units) error {
		u, err := units.Get(unit)
		if err != nil {
			return err
		}
		if u.Level() != gov.CommuneLevel { // a province has the scorecard
			return permit(p, access.BooksRead)
		}
		family, err := a.unitsOf(unit)
		if err != nil {
			return err
		}
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			v = ProfileView{Unit: unit, On: u.LastDay(), Counts: gov.VerdictCount{}}
			if v.On == "" {
				v.On = b.today
			}
			pr := profile{builder: b, v: &v, family: family}
			return pr.make()
		})
	})
	return v, err
}

// A profile is one profile while it is made.
type profile struct {
	*builder
	v      *ProfileView
	family []gov.UnitKey // the unit and those that it was made of
	cells  bestCells
	used   map[string]bool
}

func (pr *profile) make() error {
	v := pr.v
	catalogue, err := catalogueIn(pr.ctx, pr.tx, pr.realm)
	if err != nil {
		return err
	}
	shares, err := apportionmentsIn(pr.ctx, pr.tx, pr.realm)
	if err != nil {
		return err
	}
	v.Periods = lastPeriods(gov.Period(string(v.On)[:4]), trendPeriods)
	slices.Reverse(v.Periods)
	slices.Sort(v.Periods) // years sort as text
	if err := pr.read(); err != nil {
		return err
	}
	goals, history, err := pr.targets()
	if err != nil {
		return err
	}
	restater, assessor := gov.NewRestater(pr.units, v.On, shares), gov.NewAssessor(pr.today, gov.Windows())
	for _, in := range catalogue.On(v.Period.LastDay()) {
		if !pr.used[in.Key] && len(goals[in.Key]) == 0 {
			continue
		}
		line := ProfileLine{Indicator: in}
		if list := goals[in.Key]; len(list) > 0 {
			line.Assessments = assessor.All(in, list, history[in.Key])
			v.Counts[line.Assessments[0].Verdict]++
		}
		pr.series(&line, restater)
		v.Lines = append(v.Lines, line)
	}
	slices.SortStableFunc(v.Lines, func(x, y ProfileLine) int { return lineRank(x) - lineRank(y) })
	return nil
}

// lineRank puts red first and what has no target last.
func lineRank(l ProfileLine) int {
	if len(l.Assessments) == 0 {
		return len(gov.Verdicts)
	}
	return slices.Index(gov.Verdicts, l.Assessments[0].Verdict)
}

// read gets the cells of the unit and of those that it was made of.
func (pr *profile) read() error {
	var codes []string
	for _, k := range pr.family {
		if !slices.Contains(codes, k.Code) {
			codes = append(codes, k.Code)
		}
	}
	cells, err := pr.tx.Cells(pr.ctx, pr.realm, gov.CellQuery{Periods: pr.v.Periods, Units: codes})
	pr.cells, pr.used = bestCells{}, map[string]bool{}
	pr.v.Period = pr.v.Periods[len(pr.v.Periods)-1]
	latest := gov.Period("")
	for _, c := range cells {
		if !slices.Contains(pr.family, c.Unit) { // an earlier bearer of the code
			continue
		}
		pr.cells.add(c)
		pr.used[c.Indicator] = true
		latest = max(latest, c.Period)
	}
	if latest != "" {
		pr.v.Period = latest
	}
	return err
}

// targets are the unit's targets of the year by indicator, with what they are held against.
func (pr *profile) targets() (map[string][]gov.Target, map[string][]gov.Reported, error) {
	v := pr.v
	list, err := pr.tx.Goals(pr.ctx, pr.realm, gov.CellQuery{Periods: []gov.Period{v.Period}, Units: []string{v.Unit.Code}})
	if err != nil {
		return nil, nil, err
	}
	goals, history := map[string][]gov.Target{}, map[string][]gov.Reported{}
	for _, t := range list {
		if t.Unit == v.Unit {
			goals[t.Indicator] = append(goals[t.Indicator], t)
		}
	}
	periods, err := pr.historyPeriods(v.Period, gov.NewAssessor(pr.today, gov.Windows()).Due(v.Period))
	if err != nil {
		return nil, nil, err
	}
	cells, err := pr.tx.Cells(pr.ctx, pr.realm, gov.CellQuery{Periods: append(periods, v.Period, v.Period.YearBefore()), Units: []string{v.Unit.Code}})
	for _, c := range cells {
		if c.Unit == v.Unit {
			history[c.Indicator] = append(history[c.Indicator], c.Reported())
		}
	}
	return goals, history, err
}

// series fills in the two truths of one indicator.
func (pr *profile) series(line *ProfileLine, restater *gov.Restater) {
	line.Restated = restater.Series(line.Indicator, pr.v.Unit, pr.v.Periods, pr.cells.of)
	for i, p := range pr.v.Periods {
		line.Reported = append(line.Reported, pr.cells[p][amountKey{line.Indicator.Key, pr.v.Unit}])
		if r := line.Restated[i]; !r.Same && r.WhyNot == "" && len(line.From) == 0 {
			for _, s := range r.From {
				line.From = append(line.From, pr.unit(s.Unit, s.Unit.Code))
			}
			pr.v.Former = true
		}
	}
}
