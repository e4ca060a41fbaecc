package chart

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// A Tile is a unit on a map made of squares.
type Tile struct {
	Label string // short, inside the square
	Sub   string // below it, shorter still: what the colour says in a sign or a number
	Name  string // what pointing at it says
	Class string // a class of the style sheet: "ok", "watch", "late", "none", "q1" to "q5"
	Col   int
	Row   int
	Href  string
}

// Tiles draws units as squares at their places.
func Tiles(c Config, tiles []Tile) string {
	const side, gap = 46, 4
	cols, rows := 1, 1
	for _, t := range tiles {
		cols, rows = max(cols, t.Col+1), max(rows, t.Row+1)
	}
	c.Width = cols * (side + gap)
	w, h := c.size(rows * (side + gap))
	d := begin("tiles", c.Title, w, h)
	for _, t := range tiles {
		x, y := float64(t.Col*(side+gap)), float64(t.Row*(side+gap))
		d.linked(t.Href, func() {
			fmt.Fprintf(d, `<rect class="tile %s" x="%s" y="%s" width="%d" height="%d" rx="4"><title>%s</title></rect>`, escape(t.Class), num(x), num(y),
				side, side, escape(t.Name))
			if t.Sub == "" {
				d.text("tile-word", "middle", x+side/2, y+side/2+4, shorten(t.Label, 7))
				return
			}
			d.text("tile-word", "middle", x+side/2, y+side/2-3, shorten(t.Label, 7))
			d.text("tile-sub", "middle", x+side/2, y+side/2+12, shorten(t.Sub, 8))
		})
	}
	return d.end()
}

// An Area is a unit on a map with its boundary, in degrees of longitude and latitude.
type Area struct {
	Code  string // the unit's code, as the boundary file names it
	Name  string
	Class string
	Href  string
	Rings [][][2]float64
}

// What a boundary file may hold at most. A province of 168 communes with 120 corners each is 20,000.
const (
	mostAreas   = 5000
	mostCorners = 2_000_000
)

// Refusals of a boundary file.
var (
	ErrNoGeoJSON = errors.New("chart: not a GeoJSON FeatureCollection in degrees")
	ErrTooLarge  = errors.New("chart: more areas or corners than a map can show")
	ErrNoAreas   = errors.New("chart: no area with a code")
)

// ParseAreas reads a GeoJSON FeatureCollection of Polygons and MultiPolygons. The unit's code is the property "code", "ma", "ma_xa" or "maxa".
func ParseAreas(data []byte) ([]Area, error) {
	var file struct {
		Type     string
		Features []struct {
			Properties map[string]any
			Geometry   struct {
				Type        string
				Coordinates json.RawMessage
			}
		}
	}
	if err := json.Unmarshal(data, &file); err != nil || file.Type != "FeatureCollection" {
		return nil, errors.Join(ErrNoGeoJSON, err)
	}
	if len(file.Features) > mostAreas {
		return nil, ErrTooLarge
	}
	var areas []Area
	corners := 0
	for _, f := range file.Features {
		a := Area{Code: property(f.Properties, "code", "ma", "ma_xa", "maxa"), Name: property(f.Properties, "name", "ten", "ten_xa", "tenxa")}
		var err error
		if a.Rings, err = ringsOf(f.Geometry.Type, f.Geometry.Coordinates); err != nil {
			return nil, err
		}
		for _, r := range a.Rings {
			corners += len(r)
			if slices.ContainsFunc(r, func(p [2]float64) bool { return math.Abs(p[0]) > 180 || math.Abs(p[1]) > 90 }) {
				return nil, ErrNoGeoJSON // meters of a national grid, not degrees
			}
		}
		if corners > mostCorners {
			return nil, ErrTooLarge
		}
		if a.Code != "" && len(a.Rings) > 0 {
			areas = append(areas, a)
		}
	}
	if len(areas) == 0 {
		return nil, ErrNoAreas
	}
	return areas, nil
}

// property is the first of the names that has a value, as text.
func property(p map[string]any, names ...string) string {
	for _, n := range names {
		for k, v := range p {
			if s, ok := v.(string); ok && strings.EqualFold(k, n) {
				return strings.TrimSpace(s)
			}
		}
	}
	return ""
}

func ringsOf(kind string, coordinates json.RawMessage) ([][][2]float64, error) {
	switch kind {
	case "Polygon":
		var p [][][2]float64
		if err := json.Unmarshal(coordinates, &p); err != nil {
			return nil, errors.Join(ErrNoGeoJSON, err)
		}
		return p, nil
	case "MultiPolygon":
		var m [][][][2]float64
		if err := json.Unmarshal(coordinates, &m); err != nil {
			return nil, errors.Join(ErrNoGeoJSON, err)
		}
		return slices.Concat(m...), nil
	}
	return nil, nil
}

// Areas draws units with their boundaries, north above, as wide as the chart. Corners that would fall on the same pixel are left out.
func Areas(c Config, areas []Area) string {
	w, _ := c.size(0)
	west, east, south, north := 180.0, -180.0, 90.0, -90.0
	for _, a := range areas {
		for _, r := range a.Rings {
			for _, p := range r {
				west, east, south, north = min(west, p[0]), max(east, p[0]), min(south, p[1]), max(north, p[1])
			}
		}
	}
	if west >= east || south >= north {
		return begin("areas", c.Title, w, 10).end()
	}
	// A degree of longitude is shorter than one of latitude by the cosine of the latitude.
	narrow := math.Cos((south + north) / 2 * math.Pi / 180)
	unit := w / ((east - west) * narrow)
	d := begin("areas", c.Title, w, (north-south)*unit)
	for _, a := range areas {
		path := ""
		for _, r := range a.Rings {
			path += ringPath(r, func(p [2]float64) (x, y float64) { return (p[0] - west) * narrow * unit, (north - p[1]) * unit })
		}
		d.linked(a.Href, func() {
			fmt.Fprintf(d, `<path class="area %s" d="%s"><title>%s</title></path>`, escape(a.Class), path, escape(a.Name))
		})
	}
	return d.end()
}

// ringPath draws a ring, without the corners that are less than a pixel from the one before.
func ringPath(ring [][2]float64, place func([2]float64) (x, y float64)) string {
	var b strings.Builder
	lastX, lastY := math.Inf(1), math.Inf(1)
	for _, p := range ring {
		x, y := place(p)
		if math.Abs(x-lastX)+math.Abs(y-lastY) < 1 {
			continue
		}
		step := "L"
		if b.Len() == 0 {
			step = "M"
		}
		b.WriteString(step + num(x) + " " + num(y))
		lastX, lastY = x, y
	}
	if b.Len() == 0 {
		return ""
	}
	return b.String() + "Z"
}
