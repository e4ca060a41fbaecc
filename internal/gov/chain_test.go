package gov

import (
	"slices"
	"testing"
)

func TestChainOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		clause string
		want   []string
	}{
		{"giao Đảng ủy UBND tỉnh lãnh đạo UBND tỉnh chỉ đạo các sở, ngành rà soát vướng mắc", []string{"Đảng ủy UBND tỉnh", "UBND tỉnh", "các sở, ngành"}},
		{"Đảng ủy UBND tỉnh lãnh đạo UBND tỉnh tổng hợp báo cáo", []string{"Đảng ủy UBND tỉnh", "UBND tỉnh"}},
		{"Sở Tài chính tổng hợp, báo cáo", nil},
		{"tăng cường công tác lãnh đạo", nil},
		{"", nil},
	} {
		if got := ChainOf(c.clause); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.clause, got, c.want)
		}
	}
}
