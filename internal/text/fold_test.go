package text

import "testing"

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
