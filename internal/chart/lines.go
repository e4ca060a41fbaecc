package chart

import "fmt"

// Lines draws series over time. Points of all series stand under each other by their place in the list, so all series have the same number of them.
func Lines(c Config, series []Series, targets []Target) string {
	w, h := c.size(260)
	const left, right, top, bottom = 56, 110, 14, 26
	d := begin("lines", c.Title, w, h)
	s := scaleOf(valuesOf(series, targets), false, h-bottom, top)
	n := longest(series)
	x := func(i int) float64 {
		if n < 2 {
			return (left + w - right) / 2
		}
		return left + (w-right-left)*float64(i)/float64(n-1)
	}
	for _, v := range s.ticks(4) {
		class := "grid"
		if v == 0 {
			class = "zero"
		}
		d.line(class, left, s.at(v), w-right, s.at(v))
		d.text("tick", "end", left-6, s.at(v)+4, c.format(v))
	}
	if len(series) > 0 {
		under := max(1, n/8+1)
		for i, p := range series[0].Points {
			if i%under == 0 || i == n-1 && (n-1)%under > under/2 {
				d.text("tick", "middle", x(i), h-8, p.At)
			}
		}
	}
	for _, t := range targets {
		d.line("target", left, s.at(t.Value), w-right, s.at(t.Value))
		d.text("target-word", "start", w-right+6, s.at(t.Value)-4, t.Word+" "+c.format(t.Value))
	}
	for _, one := range series {
		d.series(c, one, s, x, top, h-bottom)
	}
	return d.end()
}

// series draws one line in as many stretches as it has, its points and its name at the end.
func (d *drawing) series(c Config, one Series, s scale, x func(int) float64, top, bottom float64) {
	class := "series"
	if one.Accent {
		class += " accent"
	}
	fmt.Fprintf(d, `<g class="%s">`, class)
	path, pen := "", false
	for i, p := range one.Points {
		if p.Break != "" {
			pen = false
			d.line("break", x(i), top, x(i), bottom)
			d.text("break-word", "end", x(i)-4, top+10, p.Break)
		}
		if p.Missing {
			pen = false
			continue
		}
		if pen {
			path += "L" + num(x(i)) + " " + num(s.at(p.Value))
		} else {
			path += "M" + num(x(i)) + " " + num(s.at(p.Value))
		}
		pen = true
	}
	fmt.Fprintf(d, `<path class="line" d="%s"/>`, path)
	last := -1
	for i, p := range one.Points {
		if p.Missing {
			continue
		}
		last = i
		class := "dot"
		if p.Hollow {
			class = "dot hollow"
		}
		d.linked(p.Href, func() {
			fmt.Fprintf(d, `<circle class="%s" cx="%s" cy="%s" r="3.5"><title>%s</title></circle>`, class, num(x(i)), num(s.at(p.Value)), escape(c.tip(p)))
		})
	}
	if last >= 0 {
		p := one.Points[last]
		d.text("name", "start", x(last)+8, s.at(p.Value)+4, c.format(p.Value))
		if one.Name != "" {
			d.text("name sub", "start", x(last)+8, s.at(p.Value)+18, one.Name)
		}
	}
	d.WriteString("</g>")
}

func (c Config) tip(p Point) string {
	if p.Tip != "" {
		return p.Tip
	}
	return p.At + ": " + c.format(p.Value)
}

func valuesOf(series []Series, targets []Target) []float64 {
	var values []float64
	for _, s := range series {
		for _, p := range s.Points {
			if !p.Missing {
				values = append(values, p.Value)
			}
		}
	}
	for _, t := range targets {
		values = append(values, t.Value)
	}
	return values
}

func longest(series []Series) int {
	n := 0
	for _, s := range series {
		n = max(n, len(s.Points))
	}
	return n
}

// Spark draws a series as a small line without words, for a cell of a table. low and high fix the scale, so that cells can be compared; equal ones leave
// it to the series.
func Spark(c Config, points []Point, low, high float64) string {
	if c.Width == 0 {
		c.Width = 96
	}
	w, h := c.size(24)
	d := begin("spark", c.Title, w, h)
	s := scale{low: low, high: high, from: h - 3, to: 3}
	if low >= high {
		s = scaleOf(valuesOf([]Series{{Points: points}}, nil), false, h-3, 3)
	}
	d.spark(points, s, func(i int) float64 {
		if len(points) < 2 {
			return w / 2
		}
		return 3 + (w-6)*float64(i)/float64(len(points)-1)
	})
	return d.end()
}

func (d *drawing) spark(points []Point, s scale, x func(int) float64) {
	path, pen, last := "", false, -1
	for i, p := range points {
		if p.Break != "" || p.Missing {
			pen = false
		}
		if p.Missing {
			continue
		}
		step := "M"
		if pen {
			step = "L"
		}
		path += step + num(x(i)) + " " + num(s.at(p.Value))
		pen, last = true, i
	}
	if last < 0 {
		return
	}
	fmt.Fprintf(d, `<path class="line" d="%s"/><circle class="dot" cx="%s" cy="%s" r="2.5"/>`, path, num(x(last)), num(s.at(points[last].Value)))
}
