package chart

import "fmt"

// A Bar is one row of a ranking.
type Bar struct {
	Label  string
	Value  float64
	Words  string // beside the bar; empty: the value
	Accent bool
	Hollow bool // an estimate, or a rate of so few that it says little
	Gap    bool // no row: the label says what is left out here
	Target *float64
	Href   string
}

// Bars draws rows with their lengths from zero.
func Bars(c Config, bars []Bar) string {
	const row, left, right = 24, 190, 96
	w, h := c.size(row*len(bars) + 8)
	d := begin("bars", c.Title, w, h)
	values := []float64{0}
	for _, b := range bars {
		values = append(values, b.Value)
		if b.Target != nil {
			values = append(values, *b.Target)
		}
	}
	s := scaleOf(values, true, left, w-right)
	zero := s.at(0)
	for i, b := range bars {
		y := float64(i*row + 4)
		if b.Gap {
			d.text("sub", "end", left-8, y+15, b.Label)
			continue
		}
		class := "beam"
		if b.Accent {
			class += " accent"
		}
		if b.Hollow {
			class += " hollow"
		}
		words := b.Words
		if words == "" {
			words = c.format(b.Value)
		}
		d.linked(b.Href, func() { d.text("label", "end", left-8, y+15, shorten(b.Label, 30)) })
		from, to := min(zero, s.at(b.Value)), max(zero, s.at(b.Value))
		fmt.Fprintf(d, `<rect class="%s" x="%s" y="%s" width="%s" height="16"><title>%s: %s</title></rect>`, class, num(from), num(y+2),
			num(to-from), escape(b.Label), escape(words))
		if b.Target != nil {
			d.line("target", s.at(*b.Target), y, s.at(*b.Target), y+20)
		}
		d.text("value", "start", max(to, zero)+6, y+15, words)
	}
	d.line("zero", zero, 0, zero, h)
	return d.end()
}

// shorten cuts words that would run out of their column.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}

// A Dot is one unit in a distribution.
type Dot struct {
	Name   string
	Value  float64
	Accent bool
	Hollow bool
	Href   string
}

// Spread draws how values are distributed: each one a dot on a line, stacked where they meet. The accented one is labelled.
func Spread(c Config, dots []Dot, targets []Target) string {
	w, h := c.size(120)
	const left, right, bottom = 16, 16, 28
	d := begin("spread", c.Title, w, h)
	var values []float64
	for _, o := range dots {
		values = append(values, o.Value)
	}
	for _, t := range targets {
		values = append(values, t.Value)
	}
	s := scaleOf(values, false, left, w-right)
	for _, v := range s.ticks(6) {
		d.line("grid", s.at(v), 8, s.at(v), h-bottom)
		d.text("tick", "middle", s.at(v), h-8, c.format(v))
	}
	for _, t := range targets {
		d.line("target", s.at(t.Value), 8, s.at(t.Value), h-bottom)
		d.text("target-word", "start", s.at(t.Value)+4, 16, t.Word)
	}
	stacked := map[int]int{}
	for pass := range 2 { // the accented ones last: they lie on top
		for _, o := range dots {
			if o.Accent != (pass == 1) {
				continue
			}
			place := int(s.at(o.Value) / 7)
			y := h - bottom - 5 - float64(min(stacked[place], 11)*7)
			stacked[place]++
			d.dot(c, o, s.at(o.Value), y)
		}
	}
	return d.end()
}

func (d *drawing) dot(c Config, o Dot, x, y float64) {
	class := "dot"
	if o.Accent {
		class += " accent"
	}
	if o.Hollow {
		class += " hollow"
	}
	d.linked(o.Href, func() {
		fmt.Fprintf(d, `<circle class="%s" cx="%s" cy="%s" r="3.5"><title>%s: %s</title></circle>`, class, num(x), num(y), escape(o.Name), escape(c.format(o.Value)))
	})
	if o.Accent {
		d.text("name", "middle", x, y-8, o.Name)
	}
}
