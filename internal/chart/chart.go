// Package chart draws values as SVG. It knows nothing of the books: whoever calls it has chosen the values and their words.
//
// A chart says its finding in its title, labels its marks directly, begins at zero where lengths are compared, and shows what is not certain: an
// estimate is hollow, a missing value is a gap, a break of the series a gap with its note. It has one accent colour at most, and its
// colours are classes of the style sheet, so that it prints, turns dark and passes a strict content security policy. There is no script in it and no
// pie. The table of the same values stands under it; that is the page's part.
package chart

import (
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Config is what charts share. Width and Height are in pixels of the view box; the page scales it. Format writes a value for people.
type Config struct {
	Title  string // the finding, for those who hear it read
	Width  int    // 0: 640
	Height int    // 0: by the kind of chart
	Format func(float64) string
}

// A Point is one value of a series.
type Point struct {
	At      string // the words under it: "2024", "T3/2025"
	Value   float64
	Missing bool
	Hollow  bool   // an estimate
	Break   string // the series is not comparable from here on: the note
	Tip     string // what pointing at it says; empty: At and Value
	Href    string
}

// A Series is a line.
type Series struct {
	Name   string
	Points []Point
	Accent bool
}

// A Target is a level to be reached, with its word.
type Target struct {
	Value float64
	Word  string
}

func (c Config) format(v float64) string {
	if c.Format != nil {
		return c.Format(v)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

func (c Config) size(height int) (w, h float64) {
	if c.Width == 0 {
		c.Width = 640
	}
	if c.Height == 0 {
		c.Height = height
	}
	return float64(c.Width), float64(c.Height)
}

// A drawing is an SVG that is being written.
type drawing struct{ strings.Builder }

func begin(class, title string, w, h float64) *drawing {
	d := &drawing{}
	fmt.Fprintf(d, `<svg class="chart %s" viewBox="0 0 %s %s" role="img" aria-label="%s">`, class, num(w), num(h), escape(title))
	return d
}

func (d *drawing) end() string {
	d.WriteString("</svg>")
	return d.String()
}

// num writes a length with at most one decimal: more would only make the page heavier.
func num(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder never fails
	return b.String()
}

func (d *drawing) line(class string, x1, y1, x2, y2 float64) {
	fmt.Fprintf(d, `<line class="%s" x1="%s" y1="%s" x2="%s" y2="%s"/>`, class, num(x1), num(y1), num(x2), num(y2))
}

// text writes words; anchor is start, middle or end.
func (d *drawing) text(class, anchor string, x, y float64, words string) {
	fmt.Fprintf(d, `<text class="%s" text-anchor="%s" x="%s" y="%s">%s</text>`, class, anchor, num(x), num(y), escape(words))
}

// linked wraps a mark in a link where it has one.
func (d *drawing) linked(href string, mark func()) {
	if href == "" {
		mark()
		return
	}
	fmt.Fprintf(d, `<a href="%s">`, escape(href))
	mark()
	d.WriteString("</a>")
}

// A scale turns values into places between two edges.
type scale struct{ low, high, from, to float64 }

// scaleOf holds all values, with air above and below, and zero where zero is near or lengths are compared.
func scaleOf(values []float64, zero bool, from, to float64) scale {
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	if math.IsInf(low, 1) {
		low, high = 0, 1
	}
	if zero || low > 0 && low < (high-low)*0.6 {
		low = min(low, 0)
		high = max(high, 0)
	}
	if high == low {
		high, low = high+1, low-1
	}
	air := (high - low) * 0.08
	s := scale{low: low, high: high + air, from: from, to: to}
	if low != 0 {
		s.low -= air
	}
	return s
}

func (s scale) at(v float64) float64 { return s.from + (v-s.low)/(s.high-s.low)*(s.to-s.from) }

// ticks are round values within a scale, about n of them.
func (s scale) ticks(n int) []float64 {
	step := niceStep((s.high - s.low) / float64(n))
	var list []float64
	for v := math.Ceil(s.low/step) * step; v <= s.high; v += step {
		list = append(list, math.Round(v/step)*step)
	}
	return list
}

// niceStep is the next of 1, 2, 5 × a power of ten.
func niceStep(raw float64) float64 {
	if raw <= 0 || math.IsInf(raw, 0) || math.IsNaN(raw) {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 5} {
		if raw <= m*power {
			return m * power
		}
	}
	return 10 * power
}
