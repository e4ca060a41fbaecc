package synth

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"haicap/internal/gov"
)

// A leaf is a commune as it was before the mergers: what everything is made of.
type leaf struct {
	code   string
	people float64
	tilt   map[string]float64 // how much more or less of each indicator it has than others
}

// A node is a unit of which there are figures.
type node struct {
	unit   gov.UnitVersion
	place  string // province, for the head of its documents
	leaves []leaf
}

// nodes lists the present units of the provinces and the former ones that they are made of, present ones first, by code.
func (m *maker) nodes() ([]node, error) {
	var list []node
	seen := map[gov.UnitKey]bool{}
	for _, code := range m.Provinces {
		province, err := m.Units.At(code, "")
		if err != nil {
			return nil, err
		}
		if province.Level() != gov.ProvinceLevel {
			return nil, gov.Errorf(gov.Invalid, "error.cli_not_province", code, province.Full())
		}
		for _, u := range m.Units.Children(code, "") {
			present := node{unit: u, place: province.Name}
			for _, s := range m.Units.Origins(u.UnitKey) {
				old, err := m.Units.Get(s.Old)
				if err != nil || seen[s.Old] || s.Old == u.UnitKey {
					continue // a part of a unit that another one has already
				}
				seen[s.Old] = true
				l := m.leaf(old.Code)
				present.leaves = append(present.leaves, l)
				list = append(list, node{unit: old, place: province.Name, leaves: []leaf{l}})
			}
			if len(present.leaves) == 0 {
				present.leaves = []leaf{m.leaf(u.Code + "+")}
			}
			list = append(list, present)
		}
	}
	slices.SortStableFunc(list, func(a, b node) int {
		if a.unit.Current() != b.unit.Current() {
			if a.unit.Current() {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.unit.Code, b.unit.Code), cmp.Compare(a.unit.From, b.unit.From))
	})
	return list, nil
}

// leaf draws the size and the habits of a commune.
func (m *maker) leaf(code string) leaf {
	r := m.random(code, "leaf", 0)
	l := leaf{code: code, people: math.Round(6500 * math.Exp(r.NormFloat64()*0.45)), tilt: map[string]float64{}}
	for _, s := range specs {
		l.tilt[s.key] = math.Exp(r.NormFloat64() * s.spread)
	}
	return l
}

// A spec says how an indicator behaves.
type spec struct {
	key     string
	base    float64 // in the first of the usual ten years: for each thousand people, of a rate itself
	growth  float64 // a year
	spread  float64 // between units
	top     float64 // of a rate; 0: none
	digits  int
	rate    bool       // it is the same for ten people and for ten thousand
	seasons [4]float64 // share of each quarter; zero: it does not accumulate
}

// firstYear is the one that base speaks of.
const firstYear = 2016

// specs are the indicators of which figures are made.
var specs = []spec{
	{key: "budget_revenue", base: 2.4, growth: 1.09, spread: 0.5, digits: 1, seasons: [4]float64{0.21, 0.23, 0.22, 0.34}},
	{key: "production_value", base: 41, growth: 1.08, spread: 0.4, digits: 1, seasons: [4]float64{0.2, 0.25, 0.26, 0.29}},
	{key: "social_investment", base: 8.5, growth: 1.085, spread: 0.5, digits: 1, seasons: [4]float64{0.17, 0.24, 0.26, 0.33}},
	{key: "food_output", base: 390, growth: 1.004, spread: 0.6, digits: 0, seasons: [4]float64{0.02, 0.53, 0.08, 0.37}},
	{key: "jobs_created", base: 11, growth: 1.03, spread: 0.25, digits: 0, seasons: [4]float64{0.28, 0.26, 0.24, 0.22}},
	{key: "dossiers", base: 130, growth: 1.06, spread: 0.3, digits: 0, seasons: [4]float64{0.23, 0.26, 0.27, 0.24}},
	{key: "new_party_members", base: 0.9, growth: 1.02, spread: 0.3, digits: 0, seasons: [4]float64{0.18, 0.31, 0.3, 0.21}},
	{key: "tourist_arrivals", base: 420, growth: 1.1, spread: 0.9, digits: 0, seasons: [4]float64{0.44, 0.26, 0.14, 0.16}},
	{key: "population", base: 1000, growth: 1.009, spread: 0, digits: 0},
	{key: "households", base: 275, growth: 1.011, spread: 0.04, digits: 0},
	{key: "income_per_capita", base: 33, growth: 1.075, spread: 0.18, digits: 1, rate: true},
	{key: "poverty_rate", base: 8.2, growth: 0.84, spread: 0.5, top: 60, digits: 2, rate: true},
	{key: "near_poverty_rate", base: 6.4, growth: 0.88, spread: 0.45, top: 60, digits: 2, rate: true},
	{key: "health_insurance_rate", base: 84, growth: 1.015, spread: 0.04, top: 99.6, digits: 1, rate: true},
	{key: "online_dossier_rate", base: 14, growth: 1.24, spread: 0.2, top: 99, digits: 1, rate: true},
	{key: "clean_water_rate", base: 62, growth: 1.035, spread: 0.15, top: 99.5, digits: 1, rate: true},
}

// value is what really was: the sum of the leaves, or their mean by people.
func (s spec) value(n node, year int) float64 {
	var sum, people float64
	growth := math.Pow(s.growth, float64(year-firstYear))
	for _, l := range n.leaves {
		v := s.base * growth * l.tilt[s.key]
		if s.top > 0 {
			v = min(v, s.top)
		}
		if s.rate {
			sum += v * l.people
		} else {
			sum += v * l.people / 1000
		}
		people += l.people
	}
	if s.rate {
		return sum / people
	}
	return sum
}

func (s spec) round(v float64) float64 {
	unit := math.Pow(10, float64(s.digits))
	if s.top > 0 {
		v = min(v, s.top)
	}
	return math.Round(v*unit) / unit
}

// A claim is a figure with what its sentence is made of.
type claim struct {
	figure   gov.Figure
	spec     spec
	in       gov.Indicator
	reported bool // it stands in the unit's report
}

// claims makes what a unit claims of an indicator in a year.
func (m *maker) claims(n node, s spec, year int) []claim {
	in, err := gov.IndicatorByKey(s.key)
	if err != nil {
		panic(err) // a test looks each up
	}
	r := m.random(n.unit.Code+string(n.unit.From), s.key, year)
	if r.Float64() < 0.04 {
		return nil // nobody wrote it down
	}
	final := s.round(s.value(n, year) * (1 + r.NormFloat64()*0.01))
	estimated := s.round(final * (1 + r.NormFloat64()*0.03))
	if r.Float64() < 0.01 {
		estimated = s.round(estimated * 10) // a slipped point
	}
	annual := gov.Annual
	if s.seasons[0] == 0 {
		annual = gov.ScopeOpen
	}
	a := author{m: m, n: n, s: s, in: in, r: r, period: gov.Period(fmt.Sprint(year)), scope: annual}
	list := []claim{a.claim(gov.Estimated, estimated, day(year, 12, 10))}
	list[0].reported = true
	if year < m.Last {
		list = append(list, a.claim(gov.Preliminary, s.round(final*(1+r.NormFloat64()*0.008)), day(year+1, 2, 15)), a.claim(gov.Final, final, day(year+1, 6, 30)))
		list[0].figure.SupersededBy, list[1].figure.SupersededBy = list[1].figure.ID, list[2].figure.ID
		if r.Float64() < 0.003 {
			list = append(list, a.claim(gov.Final, s.round(final*1.07), day(year+1, 7, 20))) // another source says otherwise
		}
	}
	if s.seasons[0] > 0 {
		a.scope = gov.ScopeOpen // a quarter is within its year
		for q, share := range s.seasons {
			a.period = gov.Period(fmt.Sprintf("%d-Q%d", year, q+1))
			list = append(list, a.claim(gov.Final, s.round(final*share*(1+r.NormFloat64()*0.04)), day(year, 3*q+3, 28)))
		}
	}
	return list
}

// An author makes claims on one thing.
type author struct {
	m      *maker
	n      node
	s      spec
	in     gov.Indicator
	r      *rand.Rand
	period gov.Period
	scope  gov.Scope
}

func (a author) claim(v gov.Vintage, value float64, d gov.Day) claim {
	value = max(value, 0)
	at := began(d)
	kind := gov.Result
	if v == gov.Estimated {
		kind = gov.Estimate
	}
	f := gov.Figure{Realm: a.m.Holding.Realm, ID: makeID(at, a.r), Kind: kind, Vintage: v, Entered: gov.Stamp{At: at}, Confirmed: gov.Stamp{At: at.AddDate(0, 0, 1)},
		Claim: gov.Claim{Indicator: a.in.Key, Label: a.in.NameVI, Unit: a.n.unit.UnitKey, UnitName: a.n.unit.Full(), Period: a.period, Scope: a.scope,
			Comparator: gov.Equal, Value: value, Measure: a.in.Measure, Quote: quote(value, a.s.digits, a.in.Measure), Source: gov.Source{Day: d}}}
	return claim{figure: f, spec: a.s, in: a.in}
}

// day is a calendar day.
func day(year, month, d int) gov.Day { return gov.Day(fmt.Sprintf("%04d-%02d-%02d", year, month, d)) }
