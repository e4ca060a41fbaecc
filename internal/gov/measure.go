package gov

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"sync"

	"haicap/internal/text"
)

// A dimension is what a measure comes down to: 10^power times a base such as "đồng/người/năm". Two measures compare where their bases are the same.
type dimension struct {
	base  string
	power int
}

//go:embed measures.csv
var measuresCSV string

// knownMeasures are the lines of measures.csv by folded measure.
var knownMeasures = sync.OnceValue(func() map[string]dimension {
	m := map[string]dimension{}
	ownTable("measures.csv", measuresCSV, 3, func(f []string) error {
		power, err := strconv.Atoi(f[2])
		m[text.Norm(f[0])] = dimension{text.Norm(f[1]), power}
		return err
	})
	return m
})

// scaleWords stand before a measure and multiply it.
var scaleWords = []struct {
	word  string
	power int
}{{"nghìn ", 3}, {"ngàn ", 3}, {"vạn ", 4}, {"triệu ", 6}, {"tỷ ", 9}, {"tỉ ", 9}}

// dimensions remembers what dimensionOf found; there are as many entries as measures in use.
var dimensions sync.Map

// maxRemembered bounds the memory that made-up measures can take.
const maxRemembered = 64

func dimensionOf(measure string) dimension {
	if d, ok := dimensions.Load(measure); ok {
		return d.(dimension)
	}
	d := newDimension(text.Norm(measure))
	if len(measure) <= maxRemembered {
		dimensions.Store(measure, d)
	}
	return d
}

func newDimension(measure string) dimension {
	amount, per, ratio := strings.Cut(measure, "/")
	d := plainDimension(strings.TrimSpace(amount))
	for ratio {
		var under string
		under, per, ratio = strings.Cut(per, "/")
		u := plainDimension(strings.TrimSpace(under))
		d.base += "/" + u.base
		d.power -= u.power
	}
	return d
}

// plainDimension is the dimension of a measure without a slash. A scale without a thing ("tỷ") is money from a thousand million on, as officials say
// it; a smaller one says nothing of what is counted and stays what it is.
func plainDimension(measure string) dimension {
	power, rest := 0, measure
	for i := 0; i < len(scaleWords); i++ {
		if after, ok := strings.CutPrefix(rest, scaleWords[i].word); ok {
			power, rest, i = power+scaleWords[i].power, after, -1
		}
	}
	if rest == "tỷ" || rest == "tỉ" {
		return dimension{"đồng", power + 9}
	}
	if known, ok := knownMeasures()[rest]; ok {
		return dimension{known.base, power + known.power}
	}
	return dimension{rest, power}
}

// SameDimension reports whether values in the two measures can be compared.
func SameDimension(from, to string) bool {
	_, ok := shiftBetween(from, to)
	return ok
}

// ConvertMeasure gives the value, said in the measure from, in the measure to, exact in decimal: 366,3 tỷ đồng are 366300 triệu đồng. False where the
// two do not compare. A measure that says more of what is counted converts to the one that says less ("hộ nghèo" to "hộ"), not back.
func ConvertMeasure(v float64, from, to string) (float64, bool) {
	if from == to {
		return v, true
	}
	n, ok := shiftBetween(from, to)
	if !ok {
		return 0, false
	}
	return shiftDecimal(v, n), true
}

func shiftBetween(from, to string) (int, bool) {
	a, b := dimensionOf(from), dimensionOf(to)
	if a.base != b.base && !strings.HasPrefix(a.base, b.base+" ") || b.base == "" && a.base != "" {
		return 0, false
	}
	return a.power - b.power, true
}

// exactPower is the highest power of ten that a float64 holds exactly, exactInt the end of the whole numbers without gaps.
const (
	exactPower = 22
	exactInt   = 1 << 53
)

// shiftDecimal is v·10^n as the decimal that v stands for would have it: 0.1 shifted by 2 is 10, and no neighbour of it.
func shiftDecimal(v float64, n int) float64 {
	if n == 0 || v == 0 || math.IsInf(v, 0) || math.IsNaN(v) {
		return v
	}
	if whole := v == math.Trunc(v) && math.Abs(v) < exactInt; whole && n < 0 && n >= -exactPower {
		return v / math.Pow10(-n)
	} else if p := v * math.Pow10(max(n, 0)); whole && n > 0 && math.Abs(p) < exactInt {
		return p
	}
	digits, exp, _ := strings.Cut(strconv.FormatFloat(v, 'e', -1, 64), "e")
	e, err := strconv.Atoi(exp)
	if err != nil {
		return v * math.Pow10(n)
	}
	out, err := strconv.ParseFloat(digits+"e"+strconv.Itoa(e+n), 64)
	if err != nil {
		return v * math.Pow10(n)
	}
	return out
}

// maxDecimals is where rounding to decimals ends: more digits than that are no decimal that somebody wrote.
const maxDecimals = 9

// powers are 10^0 to 10^maxDecimals, each of which a float64 holds exactly.
var powers = [maxDecimals + 1]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9}

// decimals is how many digits stand behind the point in the shortest decimal of v, more than maxDecimals where there are more.
func decimals(v float64) int {
	for n, p := range powers {
		if math.Abs(v) < exactInt/p && math.Round(v*p)/p == v {
			return n
		}
	}
	if v == math.Trunc(v) {
		return 0
	}
	return maxDecimals + 1
}

// addUp is the sum of values as decimals: 0.1 and 0.2 are 0.3.
func addUp(values []float64) float64 {
	sum, lost, digits := 0.0, 0.0, 0
	for _, v := range values {
		digits = max(digits, decimals(v))
		t := sum + v
		if math.Abs(sum) >= math.Abs(v) {
			lost += sum - t + v
		} else {
			lost += v - t + sum
		}
		sum = t
	}
	return roundTo(sum+lost, digits)
}

// roundTo rounds to digits behind the point; beyond maxDecimals it leaves the value as it is.
func roundTo(v float64, digits int) float64 {
	if digits > maxDecimals || math.Abs(v) >= exactInt/powers[digits] {
		return v
	}
	return math.Round(v*powers[digits]) / powers[digits]
}

// lessBy is a − b as decimals: 78.2 − 78 is 0.2.
func lessBy(a, b float64) float64 {
	if a == b {
		return 0
	}
	return roundTo(a-b, max(decimals(a), decimals(b)))
}
