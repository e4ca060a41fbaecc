package gov

import "haicap/internal/text"

// A CellKey names one cell of a scorecard: what is measured, whose, when, in which scope and measure. Claims that differ in one of these are
// never one series.
type CellKey struct {
	Period    Period
	Indicator string
	Unit      UnitKey
	Scope     Scope
	Measure   string // the indicator's own where the claim's converts to it, folded
}

// A FigureCell is what counts for one key: of all claims in force the one with the highest rank, as the store keeps it ready. The
// others are there and can be asked for; Claims says how many there are.
type FigureCell struct {
	CellKey
	Realm      Realm
	Rank       string // orders the claims; see RankOf
	Figure     ID     // whose value this is
	Value      float64
	Of         *float64
	Comparator Comparator
	Vintage    Vintage
	State      FigureState
	Claims     int  // in force
	Conflict   bool // they contradict each other
	ScopeOpen  bool // the claims leave open whether they are of the year or of the term, and it matters
}

// Stands reports whether somebody answers for the value.
func (c FigureCell) Stands() bool { return Figure{State: c.State}.Stands() }

// Day is the day of the source whose value counts; empty where none is known.
func (c FigureCell) Day() Day {
	if len(c.Rank) < rankDay+10 || c.Rank[rankDay:rankDay+10] == noDay {
		return ""
	}
	return Day(c.Rank[rankDay : rankDay+10])
}

const (
	rankDay = 3
	noDay   = "0000-00-00"
)

// RankOf orders the claims on one cell, the greatest counts: first whether somebody answers for the figure, then its vintage (an open one
// like an estimate), then how far it is verified, then the day of its source, the cut-off day or the day of entry, then the
// order of entry.
func RankOf(f Figure) string {
	stands, vintage, state := byte('0'), byte('1'), byte('0')
	if f.Stands() {
		stands = '1'
	}
	switch f.Vintage {
	case Preliminary:
		vintage = '2'
	case Final:
		vintage = '3'
	}
	switch f.State {
	case FigureRecorded, FigureSubmitted:
		state = '1'
	case FigureConfirmed:
		state = '2'
	case FigureVerified:
		state = '3'
	}
	day := f.Source.Day
	if day == "" {
		day = f.CutOff
	}
	if day == "" {
		day = noDay
	}
	return string([]byte{stands, vintage, state}) + string(day) + string(f.ID)
}

// RankedID is the figure that a rank belongs to.
func RankedID(rank string) ID { return ID(rank[min(rankDay+len(noDay), len(rank)):]) }

// CellOf is the cell that a claim belongs to, with the claim as all that it holds; false where the claim cannot stand in a scorecard: what
// it measures, whose it is or of when is open, it is no amount but a share of a plan, a change or a norm, or it is superseded. The catalogue is that
// of the figure's realm: its measure is the cell's.
func CellOf(f Figure, catalogue Catalogue) (FigureCell, bool) {
	if f.Indicator == "" || f.Unit.Zero() || f.Period == "" || shapeOf(f.Kind) != "amount" || f.SupersededBy != "" {
		return FigureCell{}, false
	}
	value, of, measure, flows := inMeasure(f.Claim, catalogue)
	c := FigureCell{CellKey: CellKey{Period: f.Period, Indicator: f.Indicator, Unit: f.Unit, Scope: f.Scope, Measure: measure}, Realm: f.Realm, Rank: RankOf(f),
		Figure: f.ID, Value: value, Of: of, Comparator: f.Comparator, Vintage: f.Vintage, State: f.State, Claims: 1,
		ScopeOpen: f.Scope == ScopeOpen && flows && !f.Period.WithinYear()}
	return c, true
}

// inMeasure is the claim's value in the indicator's own measure where it converts, else in its own, with the measure folded, and whether the
// indicator accumulates over time.
func inMeasure(c Claim, catalogue Catalogue) (value float64, of *float64, measure string, flows bool) {
	in, err := catalogue.For(c.Indicator, c.Period)
	if err != nil {
		return c.Value, c.Of, text.Norm(c.Measure), in.Flow
	}
	value, ok := ConvertMeasure(c.Value, c.Measure, in.Measure)
	if !ok {
		return c.Value, c.Of, text.Norm(c.Measure), in.Flow
	}
	if c.Of != nil {
		whole, _ := ConvertMeasure(*c.Of, c.Measure, in.Measure)
		of = &whole
	}
	return value, of, text.Norm(in.Measure), in.Flow
}

// Join adds a claim's cell to the cell of the same key: the higher rank counts, values that differ within a settled scope are a
// conflict where somebody answers for both.
func (c FigureCell) Join(o FigureCell) FigureCell {
	if o.Rank > c.Rank {
		c, o = o, c
	}
	c.Claims += o.Claims
	c.ScopeOpen = c.ScopeOpen || o.ScopeOpen
	differs := !sameValue(Claim{Value: c.Value, Of: c.Of, Comparator: c.Comparator}, Claim{Value: o.Value, Of: o.Of, Comparator: o.Comparator})
	c.Conflict = c.Conflict || o.Conflict || differs && !c.ScopeOpen && c.Stands() && o.Stands()
	return c
}

// CellsOf are the cells that the claims in force make, in the order in which each key first comes.
func CellsOf(figures []Figure, catalogue Catalogue) []FigureCell {
	if len(figures) == 1 { // of an import, mostly
		if c, ok := CellOf(figures[0], catalogue); ok {
			return []FigureCell{c}
		}
		return nil
	}
	var list []FigureCell
	at := map[CellKey]int{}
	for _, f := range figures {
		c, ok := CellOf(f, catalogue)
		if !ok {
			continue
		}
		if i, found := at[c.CellKey]; found {
			list[i] = list[i].Join(c)
			continue
		}
		at[c.CellKey] = len(list)
		list = append(list, c)
	}
	return list
}

// A CellQuery asks for cells; Periods must be given, the rest narrows. With one period and nothing else it is a scorecard: one range of the store.
type CellQuery struct {
	Periods    []Period
	Indicators []string
	Units      []string // codes
}
