package gov

import (
	"cmp"
	"math"
	"slices"
)

// A Peer is a unit among others of its kind in one period. Size is what its value rests on: households behind a rate of poverty, people
// behind an amount; 0 where it is not known.
type Peer struct {
	Unit  UnitKey
	Value float64
	Size  float64
}

const (
	enoughPeers  = 8      // fewer have no middle to speak of
	outlierZ     = 3.5    // robust z from which a value is asked about (Iglewicz and Hoaglin)
	madScale     = 1.4826 // the MAD of a normal distribution times this is its standard deviation
	meanDevScale = 1.2533 // the same for the mean deviation, for when more than half of the values are equal
	leastSpread  = 0.05   // of amounts: less than 5 % between units is never odd
)

// An Outlier is a value that lies apart from its peers.
type Outlier struct {
	Z      float64 // robust z: distance from the middle in standard deviations
	Middle float64 // median of the peers' values; of amounts with sizes the value that the unit would have at the peers' median for its size
	Peers  int
}

// FindOutlier holds a unit's value against its peers (who may include it): the distance from their median, measured by their median absolute
// deviation and, for a rate, by how much a unit of its size varies by chance. Amounts are compared for their size where all sizes are known,
// on a scale of ratios. False where there are too few peers, or nothing stands out.
func FindOutlier(in Indicator, one Peer, peers []Peer) (Outlier, bool) {
	if len(peers) < enoughPeers {
		return Outlier{}, false
	}
	scale := plainScale
	if !in.Rate() {
		scale = ratioScale(one, peers)
	}
	values := make([]float64, len(peers))
	for i, p := range peers {
		values[i] = scale.of(p)
	}
	middle := median(slices.Clone(values))
	spread := spreadOf(values, middle)
	if scale.ratio {
		spread = max(spread, leastSpread)
	}
	if in.Rate() && one.Size > 0 {
		spread = math.Hypot(spread, chance(middle, one.Size))
	}
	if spread == 0 || math.IsNaN(spread) {
		return Outlier{}, false
	}
	o := Outlier{Z: (scale.of(one) - middle) / spread, Middle: scale.back(middle, one), Peers: len(peers)}
	return o, math.Abs(o.Z) > outlierZ
}

// A valueScale is how values are compared: as they are, or as logarithms, for their size or not.
type valueScale struct{ ratio, sized bool }

var plainScale = valueScale{}

// ratioScale compares amounts by logarithms where all are positive, for their size where all sizes are known.
func ratioScale(one Peer, peers []Peer) valueScale {
	s := valueScale{true, one.Size > 0}
	for _, p := range append(slices.Clone(peers), one) {
		s.ratio = s.ratio && p.Value > 0
		s.sized = s.sized && p.Size > 0
	}
	return s
}

func (s valueScale) of(p Peer) float64 {
	v := p.Value
	if s.sized {
		v /= p.Size
	}
	if s.ratio {
		v = math.Log(v)
	}
	return v
}

func (s valueScale) back(v float64, p Peer) float64 {
	if s.ratio {
		v = math.Exp(v)
	}
	if s.sized {
		v *= p.Size
	}
	return v
}

func spreadOf(values []float64, middle float64) float64 {
	off, sum := make([]float64, len(values)), 0.0
	for i, v := range values {
		off[i] = math.Abs(v - middle)
		sum += off[i]
	}
	if mad := median(off) * madScale; mad > 0 {
		return mad
	}
	return sum / float64(len(values)) * meanDevScale
}

// chance is the standard error of a rate in per cent that rests on n cases.
func chance(percent, n float64) float64 {
	p := min(max(percent/100, 0), 1)
	if p == 0 || p == 1 { // nobody of n: as if half a case were
		p = 0.5 / n
	}
	return 100 * math.Sqrt(p*(1-p)/n)
}

// A Place is where a unit's value stands in a funnel: whether it differs from the whole by more than units of its size do by chance.
type Place string

// The places.
const (
	WithinFunnel Place = "within"
	AboveFunnel  Place = "above"
	BelowFunnel  Place = "below"
	NoFunnel     Place = "" // no rate, or no size
)

// A Ranked is a unit's place among its peers.
type Ranked struct {
	Peer
	Rank      int     // 1 is best by the indicator's direction; equal values share a rank
	Low, High float64 // of a rate with a size: where the rate behind the count may lie (95 %)
	Place     Place
	Uncertain bool // its rank may be chance: the unit is too small for the difference
}

const (
	z95 = 1.959963985 // of a normal distribution: 95 % within
	z99 = 3.290526731 // 99.9 % within: with 148 units one in seven tables has one beyond it by chance
)

// Rank orders units, best first, units of one value by code. A rate of a small unit swings by chance: each rate gets its interval, its place in
// the funnel around the whole group's rate, and a note where its interval is wider than the middle half of the group.
func Rank(in Indicator, peers []Peer) []Ranked {
	list := make([]Ranked, len(peers))
	for i, p := range peers {
		list[i] = Ranked{Peer: p, Low: p.Value, High: p.Value}
	}
	down := in.Better == Down
	slices.SortFunc(list, func(a, b Ranked) int {
		c := cmp.Compare(b.Value, a.Value)
		if down {
			c = -c
		}
		return cmp.Or(c, cmp.Compare(a.Unit.Code, b.Unit.Code), cmp.Compare(a.Unit.From, b.Unit.From))
	})
	for i := range list {
		list[i].Rank = i + 1
		if i > 0 && list[i].Value == list[i-1].Value {
			list[i].Rank = list[i-1].Rank
		}
	}
	if in.Measure == "%" {
		funnel(list)
	}
	return list
}

func funnel(list []Ranked) {
	cases, size := 0.0, 0.0
	values := make([]float64, 0, len(list))
	for _, r := range list {
		values = append(values, r.Value)
		if r.Size > 0 && r.Value >= 0 && r.Value <= 100 {
			cases += r.Value * r.Size
			size += r.Size
		}
	}
	if size == 0 {
		return
	}
	whole, half := cases/size, middleHalf(values)
	for i := range list {
		r := &list[i]
		if r.Size <= 0 || r.Value < 0 || r.Value > 100 {
			continue
		}
		r.Low, r.High = interval(r.Value, r.Size)
		r.Place = WithinFunnel
		if edge := z99 * chance(whole, r.Size); r.Value > whole+edge {
			r.Place = AboveFunnel
		} else if r.Value < whole-edge {
			r.Place = BelowFunnel
		}
		r.Uncertain = r.High-r.Low > half
	}
}

// middleHalf is the distance between the quartiles.
func middleHalf(values []float64) float64 {
	slices.Sort(values)
	n := len(values)
	return median(slices.Clone(values[n-n/2:])) - median(slices.Clone(values[:n/2]))
}

// interval is Wilson's for a rate in per cent of n cases.
func interval(percent, n float64) (low, high float64) {
	p, z2 := percent/100, z95*z95
	centre := (p + z2/(2*n)) / (1 + z2/n)
	half := z95 / (1 + z2/n) * math.Sqrt(p*(1-p)/n+z2/(4*n*n))
	return roundTo(max(0, centre-half)*100, maxDecimals), roundTo(min(1, centre+half)*100, maxDecimals)
}
