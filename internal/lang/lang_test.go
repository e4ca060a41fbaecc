package lang

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

var verb = regexp.MustCompile(`%(\[\d+\])?[a-z]`)

func TestCatalogueIsComplete(t *testing.T) {
	t.Parallel()
	for key, e := range catalogue() {
		if strings.TrimSpace(e.vi) == "" || strings.TrimSpace(e.en) == "" {
			t.Errorf("%s has an empty text", key)
		}
		v, w := verb.FindAllString(e.vi, -1), verb.FindAllString(e.en, -1)
		slices.Sort(v)
		slices.Sort(w)
		if !slices.Equal(v, w) {
			t.Errorf("%s takes %v in Vietnamese and %v in English", key, v, w)
		}
	}
}

func TestNumbersAndDates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ got, want string }{
		{VI.Number(4496.5), "4.496,5"}, {EN.Number(4496.5), "4,496.5"}, {VI.Number(0.21), "0,21"}, {VI.Number(-1234567), "−1.234.567"}, {VI.Number(100), "100"},
		{VI.Date("2025-12-24"), "24/12/2025"}, {EN.Date("2025-12-24"), "24 Dec 2025"}, {VI.Date(""), ""},
		{VI.Period("2025-Q3"), "quý III/2025"}, {VI.Period("2025-11"), "tháng 11/2025"}, {VI.Period("2025-2030"), "2025–2030"},
		{VI.Period("2025-01/2025-11"), "tháng 1–11/2025"}, {VI.Period("2025"), "2025"}, {VI.T("no.such.key"), "[no.such.key]"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
