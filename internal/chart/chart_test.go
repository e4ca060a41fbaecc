package chart

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"
)

// wellFormed fails for what is no XML, and gives how often each element stands in it.
func wellFormed(t *testing.T, svg string) map[string]int {
	t.Helper()
	count := map[string]int{}
	dec := xml.NewDecoder(strings.NewReader(svg))
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return count
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, svg)
		}
		if e, ok := tok.(xml.StartElement); ok {
			count[e.Name.Local]++
			for _, a := range e.Attr {
				if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") {
					t.Errorf("the policy of the pages forbids %s", a.Name.Local)
				}
				if v, err := strconv.ParseFloat(a.Value, 64); err == nil && (math.IsNaN(v) || math.IsInf(v, 0)) {
					t.Errorf("%s=%s", a.Name.Local, a.Value)
				}
			}
		}
	}
}

func TestLines(t *testing.T) {
	t.Parallel()
	points := []Point{{At: "2023", Value: 10}, {At: "2024", Missing: true}, {At: "2025", Value: 12, Hollow: true}, {At: "2026", Value: 14},
		{At: "2027", Value: 9, Break: "chuẩn mới"}}
	svg := Lines(Config{Title: `Thu "ngân sách" < kế hoạch`}, []Series{{Name: "Thanh Miếu", Points: points, Accent: true}}, []Target{{15, "kế hoạch"}})
	count := wellFormed(t, svg)
	if count["circle"] != 4 || !strings.Contains(svg, `class="dot hollow"`) {
		t.Errorf("%d points; estimates are hollow, missing values are not drawn\n%s", count["circle"], svg)
	}
	// A missing value and a break each begin a new stretch.
	_, path, _ := strings.Cut(svg, `class="line" d="`)
	path, _, _ = strings.Cut(path, `"`)
	if n := strings.Count(path, "M"); n != 3 {
		t.Errorf("%d stretches, want 3\n%s", n, svg)
	}
	for _, words := range []string{"kế hoạch 15", "chuẩn mới", "Thanh Miếu", `aria-label="Thu &#34;ngân sách&#34; &lt; kế hoạch"`} {
		if !strings.Contains(svg, words) {
			t.Errorf("%q is missing", words)
		}
	}
}

func TestNothingToDraw(t *testing.T) {
	t.Parallel()
	gap := []Point{{At: "2025", Missing: true}}
	for name, svg := range map[string]string{
		"no series": Lines(Config{}, nil, nil), "no points": Lines(Config{}, []Series{{}}, nil), "one gap": Lines(Config{}, []Series{{Points: gap}}, nil),
		"one value": Lines(Config{}, []Series{{Points: []Point{{At: "2025", Value: 3}}}}, nil), "no bars": Bars(Config{}, nil),
		"zero": Bars(Config{}, []Bar{{Label: "a"}}), "no dots": Spread(Config{}, nil, nil), "spark": Spark(Config{}, gap, 0, 0), "no tiles": Tiles(Config{}, nil),
		"no areas": Areas(Config{}, nil),
	} {
		if wellFormed(t, svg)["svg"] != 1 {
			t.Errorf("%s: %s", name, svg)
		}
	}
}

func TestBarsBeginAtZero(t *testing.T) {
	t.Parallel()
	target := 100.0
	svg := Bars(Config{Title: "Xếp hạng"}, []Bar{{Label: "phường Thanh Miếu", Value: 120, Accent: true, Target: &target, Href: "/units/07909"},
		{Label: "phường Hòa Bình", Value: 60}, {Label: "xã Thịnh Minh", Value: -5, Hollow: true}})
	count := wellFormed(t, svg)
	if count["rect"] != 3 || count["a"] != 1 {
		t.Errorf("%v", count)
	}
	if !strings.Contains(svg, `class="zero"`) || !strings.Contains(svg, `class="beam hollow"`) {
		t.Error(svg)
	}
}

func TestTicksAreRound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		values []float64
		n      int
	}{{[]float64{0.21, 0.35}, 4}, {[]float64{4496.5, 15219}, 4}, {[]float64{-3, 3}, 4}, {[]float64{7}, 4}} {
		ticks := scaleOf(c.values, false, 0, 100).ticks(c.n)
		if len(ticks) < 2 || len(ticks) > 2*c.n {
			t.Errorf("%v: %v", c.values, ticks)
		}
	}
}

func TestSpread(t *testing.T) {
	t.Parallel()
	var dots []Dot
	for i := range 148 {
		dots = append(dots, Dot{Name: "đơn vị " + strconv.Itoa(i), Value: float64(i % 13), Accent: i == 7})
	}
	svg := Spread(Config{Title: "Phân bố"}, dots, []Target{{5, "kế hoạch"}})
	if count := wellFormed(t, svg); count["circle"] != 148 {
		t.Errorf("%d dots", count["circle"])
	}
	if strings.Count(svg, `class="name"`) != 1 {
		t.Error("the accented one, and only it, is labelled")
	}
}
