package text

import (
	"strings"
	"testing"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Hộ  nghèo":            "ho ngheo",
		"ĐẤT ĐAI":              "dat dai",
		"Thuỷ Nguyên":          "thuy nguyen",
		"  Quyết\u00a0định\n":  "quyet dinh",
		"Ho\u0323\u0302 ngheo": "ho ngheo",
		"mềm\u00admại":         "memmai",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNorm(t *testing.T) {
	for in, want := range map[string]string{
		"Hoà Bình": "hòa bình", "Uỷ ban": "ủy ban", "khoẻ": "khỏe", "quý": "quý", "Hoàng": "hoàng", "loạt": "loạt", "HOÀ": "hòa", "thuỷ": "thủy",
	} {
		if got := Norm(in); got != want {
			t.Errorf("Norm(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestNormShortcuts: the quick ways of Norm give what the plain one gives.
func TestNormShortcuts(t *testing.T) {
	t.Parallel()
	letters := []rune("aoueqyAOUQđĐăĂơƠưƯàáảãạÀÁẢÃẠèéẻẽẹỳýỷỹỵÝòóọùúụhoàHOÀthuỷ  \t\u00a0\u0085\u0301\u0323\u200b-–“…°.,1×÷ßſÿµ²³ẟỺỻĩŨÞŠơƠủỦựỰ")
	seed := uint32(1)
	for range 20000 {
		var rs []rune
		for range seed>>8%9 + 1 {
			seed = seed*1664525 + 1013904223
			rs = append(rs, letters[int(seed>>10)%len(letters)])
		}
		in := string(rs)
		want := Tones(strings.Join(strings.Fields(strings.ToLower(NFC(in))), " "))
		if got := Norm(in); got != want {
			t.Fatalf("Norm(%q) = %q, want %q", in, got, want)
		}
	}
}
