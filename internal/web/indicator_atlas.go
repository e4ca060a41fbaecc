package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"haicap/internal/app"
	"haicap/internal/chart"
)

// mapColumns is how many squares a row of the map has where no boundaries are known; mapClasses how many shades it has where there are no verdicts.
const (
	mapColumns = 14
	mapClasses = 5
)

// judged reports whether the colours of the map are verdicts; where nobody has a target they are shades of the values.
func (p IndicatorPage) judged() bool {
	return slices.ContainsFunc(p.View.Units, func(u app.IndicatorUnit) bool { return u.Targets > 0 })
}

// A shade is one of the groups of the map, each with about as many units.
type shade struct {
	Class     string
	Low, High float64
	Units     int
}

// shades tells the units with a figure apart by their values; equal values are of one shade.
func (p IndicatorPage) shades() []shade {
	var values []float64
	for _, u := range p.View.Units {
		if u.Known {
			values = append(values, u.Amount.Value)
		}
	}
	slices.Sort(values)
	var list []shade
	for i := range mapClasses {
		from, to := i*len(values)/mapClasses, (i+1)*len(values)/mapClasses
		for from > 0 && from < to && values[from] == values[from-1] {
			from++
		}
		for to > from && to < len(values) && values[to] == values[to-1] {
			to++
		}
		if from < to {
			list = append(list, shade{"q" + strconv.Itoa(i+1), values[from], values[to-1], to - from})
		}
	}
	return list
}

// atlas draws the units as a map: with their boundaries where the office brought them in, else as squares by where they lie, or in the order of their codes.
func (p IndicatorPage) atlas() string {
	c := chart.Config{Title: p.T("web.indicator.map")}
	by := map[string]app.IndicatorUnit{}
	units := slices.Clone(p.View.Units)
	slices.SortFunc(units, func(a, b app.IndicatorUnit) int { return compareCodes(a.Unit.Key.Code, b.Unit.Key.Code) })
	for _, u := range units {
		by[u.Unit.Key.Code] = u
	}
	class := p.placeClasses()
	if len(p.Areas) > 0 {
		var areas []chart.Area
		for _, a := range p.Areas {
			if u, ok := by[a.Code]; ok {
				a.Name, a.Class, a.Href = p.placeWords(u), class(u), p.href("", "unit", a.Code)+"#followed"
				areas = append(areas, a)
			}
		}
		return chart.Areas(c, areas)
	}
	var tiles []chart.Tile
	places := squares(units)
	for i, u := range units {
		tiles = append(tiles, chart.Tile{Label: initials(u.Unit.Name), Sub: p.placeSign(u), Name: p.placeWords(u), Class: class(u), Col: places[i].col, Row: places[i].row,
			Href: p.href("", "unit", u.Unit.Key.Code) + "#followed"})
	}
	return chart.Tiles(c, tiles)
}

// A square is a place on the map without boundaries.
type square struct{ col, row int }

// squares gives each unit a square: those whose position is known in rows from north to south, each row from west to east, so that neighbours on the ground are
// mostly neighbours on the page; the others follow in the order of their codes.
func squares(units []app.IndicatorUnit) []square {
	var placed, rest []int
	for i, u := range units {
		if u.Version.Placed() {
			placed = append(placed, i)
		} else {
			rest = append(rest, i)
		}
	}
	slices.SortStableFunc(placed, func(a, b int) int { return cmp.Compare(units[b].Version.Lat, units[a].Version.Lat) })
	for row := range slices.Chunk(placed, mapColumns) {
		slices.SortStableFunc(row, func(a, b int) int { return cmp.Compare(units[a].Version.Lon, units[b].Version.Lon) })
	}
	list := make([]square, len(units))
	for n, i := range append(placed, rest...) {
		list[i] = square{n % mapColumns, n / mapColumns}
	}
	return list
}

// tilesWords is the key of the sentence that says how the squares lie.
func (p IndicatorPage) tilesWords() string {
	if slices.ContainsFunc(p.View.Units, func(u app.IndicatorUnit) bool { return u.Version.Placed() }) {
		return "web.indicator.tiles_placed"
	}
	return "web.indicator.tiles"
}

// placeClasses gives the colour of a unit on the map: its verdict, else the shade of its value.
func (p IndicatorPage) placeClasses() func(app.IndicatorUnit) string {
	if p.judged() {
		return func(u app.IndicatorUnit) string {
			if u.Targets == 0 {
				return "none"
			}
			return verdictLook(u.Verdict.Verdict).Class
		}
	}
	shades := p.shades()
	return func(u app.IndicatorUnit) string {
		for _, s := range shades {
			if u.Known && u.Amount.Value >= s.Low && u.Amount.Value <= s.High {
				return s.Class
			}
		}
		return "none"
	}
}

// placeSign is what a square says besides its colour: the sign of the verdict, and the value.
func (p IndicatorPage) placeSign(u app.IndicatorUnit) string {
	words := "–"
	if u.Known {
		words = p.Number(short(u.Amount.Value))
	}
	if p.judged() && u.Targets > 0 {
		return verdictLook(u.Verdict.Verdict).Shape + words
	}
	return words
}

// short keeps of a value what fits into a square.
func short(v float64) float64 {
	v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'g', 4, 64), 64)
	return v
}

// groupTrouble says which of the units that somebody named for a group are none of these.
func (p IndicatorPage) groupTrouble() string {
	if len(p.View.Strangers) == 0 {
		return ""
	}
	return p.T("web.indicator.strangers", strings.Join(p.View.Strangers, ", "))
}
