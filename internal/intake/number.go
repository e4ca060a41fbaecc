package intake

import (
	"math"
	"strconv"
	"strings"
)

// Number reads a number as Viet Nam writes it: a comma before the decimals, points between groups of three digits, and nothing else. 12.5 is refused
// and not guessed at: it may be 12,5 or a slip for 125. point says that the file writes decimals with a point and thousands with a comma.
func Number(s string, point bool) (float64, bool) {
	s = strings.TrimSpace(s)
	group, decimal := ".", ","
	if point {
		group, decimal = ",", "."
	}
	rest, negative := s, false
	if r, ok := strings.CutPrefix(rest, "-"); ok {
		rest, negative = r, true
	} else if r, ok := strings.CutPrefix(rest, "−"); ok {
		rest, negative = r, true
	}
	whole, frac, hasFrac := strings.Cut(rest, decimal)
	if strings.Contains(whole, group) {
		parts := strings.Split(whole, group)
		for i, p := range parts {
			if i == 0 && (len(p) == 0 || len(p) > 3) || i > 0 && len(p) != 3 {
				return 0, false
			}
		}
		whole = strings.Join(parts, "")
	}
	if !digits(whole) || hasFrac && !digits(frac) || len(whole)+len(frac) > 18 {
		return 0, false
	}
	if hasFrac {
		whole += "." + frac
	}
	v, err := strconv.ParseFloat(whole, 64)
	if err != nil || math.IsInf(v, 0) {
		return 0, false
	}
	if negative {
		v = -v
	}
	return v, true
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// plainNumber reads a number as a sheet stores it.
func plainNumber(s string) (float64, bool) {
	v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	return v, err == nil && !math.IsInf(v, 0) && !math.IsNaN(v)
}
