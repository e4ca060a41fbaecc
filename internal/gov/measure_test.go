package gov

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestConvertMeasure(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		v        float64
		from, to string
		want     float64
		ok       bool
	}{
		{366.3, "tỷ đồng", "triệu đồng", 366300, true},
		{366.3, "tỉ đồng", "tỷ đồng", 366.3, true},
		{2.5, "nghìn tỷ đồng", "tỷ đồng", 2500, true},
		{410.6, "tỷ", "tỷ đồng", 410.6, true},
		{1250, "triệu đồng", "tỷ đồng", 1.25, true},
		{0.1, "tỷ đồng", "đồng", 100_000_000, true},
		{12.7, "triệu USD", "nghìn USD", 12700, true},
		{1.2, "tỷ USD", "triệu đô la Mỹ", 1200, true},
		{12, "triệu USD", "tỷ đồng", 0, false}, // a rate of exchange is no measure
		{15.4, "ha", "m2", 154000, true},
		{154000, "m²", "ha", 15.4, true},
		{3.2, "km2", "ha", 320, true},
		{2, "km", "m", 2000, true},
		{35, "tạ", "tấn", 3.5, true},
		{4, "yến", "kg", 40, true},
		{62.5, "tạ/ha", "tấn/ha", 6.25, true},
		{95, "triệu đồng/ha", "tỷ đồng/km2", 9.5, true},
		{12.4, "nghìn người", "người", 12400, true},
		{3, "vạn khẩu", "người", 30000, true},
		{450, "người lao động", "lao động", 450, true},
		{5, "‰", "%", 0.5, true},
		{7, "hộ nghèo", "hộ", 7, true},
		{7, "hộ", "hộ nghèo", 0, false},
		{72, "triệu đồng/người/năm", "nghìn đồng/người/năm", 72000, true},
		{72, "triệu đồng/người/năm", "triệu đồng", 0, false},
		{1, "sào", "ha", 0, false}, // a sào is not everywhere the same
		{1, "sào", "Sào", 1, true},
		{1, "", "người", 0, false},
		{0.5, "điểm %", "%", 0, false}, // points are a difference, no share
	} {
		got, ok := ConvertMeasure(c.v, c.from, c.to)
		if ok != c.ok || got != c.want {
			t.Errorf("%v %s in %s: %v, %v; want %v, %v", c.v, c.from, c.to, got, ok, c.want, c.ok)
		}
	}
}

func TestConversionIsExactInDecimal(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n, digits, shift := rapid.Int64Range(-1e12, 1e12).Draw(t, "n"), rapid.IntRange(0, 4).Draw(t, "digits"), rapid.IntRange(-12, 12).Draw(t, "shift")
		written := fmt.Sprintf("%de-%d", n, digits)
		v, _ := new(big.Rat).SetString(written)
		want, _ := new(big.Rat).SetString(fmt.Sprintf("%de%d", n, shift-digits))
		float, _ := v.Float64()
		exact, _ := want.Float64()
		if got := shiftDecimal(float, shift); got != exact {
			t.Fatalf("%s shifted by %d: %v, want %v", written, shift, got, exact)
		}
	})
}

func TestAddUp(t *testing.T) {
	t.Parallel()
	if got := addUp([]float64{0.1, 0.2}); got != 0.3 {
		t.Errorf("%v", got)
	}
	if got := lessBy(78.2, 78); got != 0.2 {
		t.Errorf("%v", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.Int64Range(-1e9, 1e9), 0, 200).Draw(t, "parts")
		var values []float64
		total := int64(0)
		for _, p := range parts {
			values = append(values, shiftDecimal(float64(p), -3))
			total += p
		}
		if got := addUp(values); got != shiftDecimal(float64(total), -3) {
			t.Fatalf("%v, want %v", got, shiftDecimal(float64(total), -3))
		}
	})
}
