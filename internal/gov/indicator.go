package gov

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// A Direction says which way an indicator is better, and so how a value is held against a target.
type Direction string

// The directions.
const (
	Up        Direction = "up"
	Down      Direction = "down"
	Neither   Direction = "none"
	Exactly   Direction = "equal"     // the target itself is asked for, no more and no less: giao quân 100 %
	InBand    Direction = "band"      // between two bounds
	YesNo     Direction = "yes_no"    // 1 is yes, 0 is no
	XOfY      Direction = "x_of_y"    // so many of so many
	Structure Direction = "structure" // parts of a whole, which add up to 100
)

// Directions lists the directions in the order in which a form offers them.
var Directions = []Direction{Up, Down, Exactly, InBand, YesNo, XOfY, Structure, Neither}

// An AggregationRule says how the figures of several units make one figure.
type AggregationRule string

// The rules.
const (
	NotAdded AggregationRule = "none"    // không so sánh được: units cannot be put together
	Additive AggregationRule = "sum"     // the sum
	ByWeight AggregationRule = "mean_by" // the mean, each unit weighing as much as it has of another indicator
	ByRatio  AggregationRule = "ratio"   // the sum of one indicator as a share of the sum of another, in per cent where the measure is
)

// An Aggregation is a rule with the indicators that it needs.
type Aggregation struct {
	Rule   AggregationRule
	Weight string // of ByWeight: key of the indicator that weighs
	Part   string // of ByRatio
	Whole  string // of ByRatio
}

// String writes the rule as the catalogue's file does: sum, none, mean_by:KEY, ratio:KEY/KEY.
func (a Aggregation) String() string {
	switch a.Rule {
	case ByWeight:
		return string(ByWeight) + ":" + a.Weight
	case ByRatio:
		return string(ByRatio) + ":" + a.Part + "/" + a.Whole
	case "":
		return string(NotAdded)
	}
	return string(a.Rule)
}

// Needs lists the further indicators that the rule counts with.
func (a Aggregation) Needs() []string {
	switch a.Rule {
	case ByWeight:
		return []string{a.Weight}
	case ByRatio:
		return []string{a.Part, a.Whole}
	}
	return nil
}

// A Range bounds values; a nil bound is open.
type Range struct{ Low, High *float64 }

// Open reports whether neither bound is set.
func (r Range) Open() bool { return r.Low == nil && r.High == nil }

// Holds reports whether v lies within the bounds, which belong to the range.
func (r Range) Holds(v float64) bool {
	return (r.Low == nil || v >= *r.Low) && (r.High == nil || v <= *r.High)
}

// A Standard is the definition by which an indicator is measured on the days [From, To]; values of two standards are no one series.
type Standard struct {
	From Day    // first day; empty: before the catalogue begins
	To   Day    // last day; empty: until further notice
	Law  string // 07/2021/NĐ-CP
}

// A Breakdown is a way in which an indicator is told apart, with its parts: sector: agriculture, industry, services.
type Breakdown struct {
	Name  string
	Parts []string
}

// An Indicator is a thing that is measured again and again, in one version of its definition: (Key, From) names the version, as with units.
// Key is the reading contract's.
type Indicator struct {
	Key        string
	NameVI     string
	NameEN     string
	Measure    string
	Better     Direction
	Aggregate  Aggregation
	Flow       bool         // it accumulates over time, so a claim without scope may be of a year or of a whole term; otherwise a state at the period's end
	Periods    []ReportKind // for which it is reported; empty: for any
	Breakdowns []Breakdown
	Plausible  Range      // outside it a value is asked about, never refused
	Band       Range      // of InBand: where the value is to lie, unless a target says otherwise
	Code       string     // official code of the statistical system; empty: none known
	Standards  []Standard // in order of time; empty: one standard for all time
	From       Day        // first day of this version; empty: since the catalogue begins
	To         Day        // last day; empty: in force
	Aliases    []string   // other words for it in official prose; the reader looks for an indicator only where it has some
}

// On reports whether the version is in force on the day; an empty day asks for the version that has no end.
func (in Indicator) On(d Day) bool {
	if d == "" {
		return in.To == ""
	}
	return in.From <= d && (in.To == "" || d <= in.To)
}

// Rate reports whether the indicator is a share of a whole, so that a change is said in points and not in per cent.
func (in Indicator) Rate() bool { return in.Measure == "%" || in.Measure == "‰" }

// StandardOn is the standard in force on the day; the zero Standard where the catalogue names none for it.
func (in Indicator) StandardOn(d Day) Standard {
	for _, s := range in.Standards {
		if s.From <= d && (s.To == "" || d <= s.To) {
			return s
		}
	}
	return Standard{}
}

// SameStandard reports whether values of the two periods are measured by one standard, which is the one of each period's last day.
func (in Indicator) SameStandard(a, b Period) bool {
	return len(in.Standards) == 0 || in.StandardOn(a.LastDay()) == in.StandardOn(b.LastDay())
}

// ReportedFor reports whether the indicator is asked for in reports of the kind.
func (in Indicator) ReportedFor(k ReportKind) bool {
	for _, p := range in.Periods {
		if p == k {
			return true
		}
	}
	return len(in.Periods) == 0
}

//go:embed indicators.csv
var indicatorsCSV string

// Indicators is the starting catalogue in its own order. The slice is shared: do not change it.
var Indicators = sync.OnceValue(func() []Indicator {
	list, bad, err := ParseIndicators(strings.NewReader(indicatorsCSV))
	if err != nil {
		panic("gov: indicators.csv: " + err.Error()) // embedded: a defect of the build
	}
	if len(bad) > 0 {
		panic("gov: indicators.csv: " + bad[0].Error())
	}
	return list
})

// StartingCatalogue is the catalogue that the program comes with.
var StartingCatalogue = sync.OnceValue(func() Catalogue { return NewCatalogue(Indicators()) })

// IndicatorByKey gives the indicator of the starting catalogue with the key (or of which the key names a part); NotFound where it has none.
func IndicatorByKey(key string) (Indicator, error) { return StartingCatalogue().At(key, "") }

// A Catalogue holds the versions of indicators and finds the one in force on a day. It never changes.
type Catalogue struct {
	versions map[string][]Indicator
	keys     []string
}

// NewCatalogue makes a catalogue; versions of one key stand in the order of their first days.
func NewCatalogue(list []Indicator) Catalogue {
	c := Catalogue{versions: make(map[string][]Indicator, len(list))}
	for _, in := range list {
		if c.versions[in.Key] == nil {
			c.keys = append(c.keys, in.Key)
		}
		c.versions[in.Key] = append(c.versions[in.Key], in)
	}
	return c
}

// At gives the version of key that is in force on the day (empty: the one without an end); NotFound where there is none.
func (c Catalogue) At(key string, on Day) (Indicator, error) {
	base, _ := CutPart(key)
	list := c.versions[base]
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].On(on) {
			return list[i], nil
		}
	}
	return Indicator{}, Errorf(NotFound, "error.indicator_unknown", key)
}

// For gives the version by which a claim of the period is read: the one in force on the period's last day, else the one without an end.
func (c Catalogue) For(key string, p Period) (Indicator, error) {
	if in, err := c.At(key, p.LastDay()); err == nil {
		return in, nil
	}
	return c.At(key, "")
}

// Versions lists all versions of a key, oldest first.
func (c Catalogue) Versions(key string) []Indicator { return c.versions[key] }

// On lists the indicators in force on the day (empty: those without an end), in the catalogue's order.
func (c Catalogue) On(day Day) []Indicator {
	list := make([]Indicator, 0, len(c.keys))
	for _, k := range c.keys {
		if in, err := c.At(k, day); err == nil {
			list = append(list, in)
		}
	}
	return list
}

// HasPart reports whether the indicator is told apart into the part; the empty part is the whole.
func (in Indicator) HasPart(part string) bool {
	return part == "" || slices.ContainsFunc(in.Breakdowns, func(b Breakdown) bool { return slices.Contains(b.Parts, part) })
}

// PartKey names one part of an indicator that is broken down, as claims carry it: economic_structure/services.
func PartKey(key, part string) string { return key + "/" + part }

// CutPart takes the key of a part apart; the part is empty where the key names the whole.
func CutPart(key string) (indicator, part string) {
	indicator, part, _ = strings.Cut(key, "/")
	return indicator, part
}
