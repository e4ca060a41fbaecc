package synth

import "math"

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
	basic   bool       // counted in registers: never missing, and no point slips
	goal    bool       // targets are set on it
	// part and whole are of a rate the indicators whose quotient it is; of the part itself, whole and of are the whole and the rate.
	part, whole, of string
	// since is a year from which another standard counts lift times as many.
	since int
	lift  float64
}

// firstYear is the one that base speaks of.
const firstYear = 2016

// specs are the indicators of which figures are made.
var specs = []spec{
	{key: "budget_revenue", base: 2.4, growth: 1.09, spread: 0.5, digits: 1, goal: true, seasons: [4]float64{0.26, 0.24, 0.23, 0.27}},
	{key: "production_value", base: 41, growth: 1.08, spread: 0.4, digits: 1, goal: true, seasons: [4]float64{0.23, 0.25, 0.25, 0.27}},
	{key: "social_investment", base: 8.5, growth: 1.085, spread: 0.5, digits: 1, goal: true, seasons: [4]float64{0.21, 0.25, 0.26, 0.28}},
	{key: "retail_sales", base: 26, growth: 1.095, spread: 0.5, digits: 1, seasons: [4]float64{0.25, 0.24, 0.24, 0.27}},
	{key: "food_output", base: 390, growth: 1.004, spread: 0.6, goal: true, seasons: [4]float64{0.12, 0.4, 0.18, 0.3}},
	{key: "jobs_created", base: 11, growth: 1.03, spread: 0.25, goal: true, seasons: [4]float64{0.28, 0.26, 0.24, 0.22}},
	{key: "enterprises_new", base: 0.7, growth: 1.05, spread: 0.5, goal: true, seasons: [4]float64{0.22, 0.27, 0.26, 0.25}},
	{key: "land_cleared", base: 0.9, growth: 1.04, spread: 0.6, digits: 1, goal: true, seasons: [4]float64{0.2, 0.25, 0.27, 0.28}},
	{key: "dossiers", base: 130, growth: 1.06, spread: 0.3, basic: true, seasons: [4]float64{0.23, 0.26, 0.27, 0.24}},
	{key: "online_dossiers", whole: "dossiers", of: "online_dossier_rate", seasons: [4]float64{0.23, 0.26, 0.27, 0.24}},
	{key: "new_party_members", base: 0.9, growth: 1.02, spread: 0.3, goal: true, seasons: [4]float64{0.18, 0.31, 0.3, 0.21}},
	{key: "tourist_arrivals", base: 420, growth: 1.1, spread: 0.9, goal: true, seasons: [4]float64{0.44, 0.26, 0.14, 0.16}},
	{key: "population", base: 1000, growth: 1.009, basic: true},
	{key: "households", base: 275, growth: 1.011, spread: 0.04, basic: true},
	{key: "poor_households", whole: "households", of: "poverty_rate"},
	{key: "near_poor_households", whole: "households", of: "near_poverty_rate"},
	{key: "income_per_capita", base: 33, growth: 1.075, spread: 0.18, digits: 1, rate: true, goal: true},
	{key: "poverty_rate", base: 8.2, growth: 0.84, spread: 0.5, top: 60, digits: 2, rate: true, goal: true, part: "poor_households", whole: "households", since: 2022, lift: 1.6},
	{key: "near_poverty_rate", base: 6.4, growth: 0.88, spread: 0.45, top: 60, digits: 2, rate: true, goal: true, part: "near_poor_households", whole: "households",
		since: 2022, lift: 1.4},
	{key: "health_insurance_rate", base: 84, growth: 1.012, spread: 0.03, top: 99.6, digits: 1, rate: true, goal: true},
	{key: "online_dossier_rate", base: 17, growth: 1.16, spread: 0.12, top: 98.5, digits: 1, rate: true, goal: true, part: "online_dossiers", whole: "dossiers"},
	{key: "ontime_dossier_rate", base: 92, growth: 1.006, spread: 0.02, top: 99.8, digits: 1, rate: true, goal: true},
	{key: "clean_water_rate", base: 62, growth: 1.035, spread: 0.12, top: 99.5, digits: 1, rate: true, goal: true},
	{key: "waste_collection_rate", base: 70, growth: 1.022, spread: 0.1, top: 99, digits: 1, rate: true, goal: true},
	{key: "cultural_families_rate", base: 83, growth: 1.01, spread: 0.03, top: 98, digits: 1, rate: true, goal: true},
	{key: "trained_labour_rate", base: 52, growth: 1.03, spread: 0.1, top: 88, digits: 1, rate: true, goal: true},
	{key: "satisfaction_rate", base: 86, growth: 1.008, spread: 0.03, top: 99, digits: 1, rate: true},
}

// specOf finds a spec; it is there, as a test holds.
func specOf(key string) spec {
	for _, s := range specs {
		if s.key == key {
			return s
		}
	}
	panic("synth: no spec " + key)
}

// flow reports whether the indicator accumulates over the year.
func (s spec) flow() bool { return s.seasons[0] > 0 }

// unsure is by how much an estimate is off, and by how much one year differs from the line that the years follow: little for what registers count, and for
// a rate that is near its top.
func (s spec) unsure() (off, wobble float64) {
	switch {
	case s.basic && !s.flow():
		return 0.002, 0
	case s.top > 0 && s.base > 50:
		return 0.005, 0.003
	case s.basic:
		return 0.004, 0.01
	}
	return 0.03, 0.01
}

// value is what really was at the end of a year, which may be a part of one: the sum of the leaves, or their mean by people.
func (s spec) value(n node, year float64) float64 {
	var sum, people float64
	growth := math.Pow(s.growth, year-firstYear)
	if s.since > 0 && year > float64(s.since)-1 {
		growth *= s.lift
	}
	for _, l := range n.leaves {
		if l.since > 0 && year <= float64(l.since-1) {
			continue
		}
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
	return max(math.Round(v*unit)/unit, 0)
}
