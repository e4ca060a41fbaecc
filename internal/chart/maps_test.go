package chart

import (
	"errors"
	"strings"
	"testing"
)

const square = `[[[105.4,21.3],[105.5,21.3],[105.5,21.4],[105.4,21.4],[105.4,21.3]]]`

func feature(properties, kind, coordinates string) string {
	return `{"type":"Feature","properties":` + properties + `,"geometry":{"type":"` + kind + `","coordinates":` + coordinates + `}}`
}

func collection(features ...string) []byte {
	return []byte(`{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`)
}

func TestAreas(t *testing.T) {
	t.Parallel()
	areas, err := ParseAreas(collection(feature(`{"code":"07909","name":"phường Thanh Miếu"}`, "Polygon", square),
		feature(`{"MA_XA":"04795"}`, "MultiPolygon", "["+square+"]"), feature(`{}`, "Polygon", square), feature(`{"code":"1"}`, "Point", "[1,2]")))
	if err != nil || len(areas) != 2 || areas[1].Code != "04795" {
		t.Fatalf("%v: %v", areas, err)
	}
	areas[0].Class = "ok"
	svg := Areas(Config{Title: "Bản đồ", Width: 400}, areas)
	if count := wellFormed(t, svg); count["path"] != 2 || !strings.Contains(svg, `class="area ok"`) {
		t.Errorf("%v\n%s", count, svg)
	}
	// A square of a tenth of a degree is taller than wide at this latitude.
	if !strings.Contains(svg, `viewBox="0 0 400 429`) {
		t.Errorf("%.80s", svg)
	}
}

func TestBoundaryFilesThatAreNone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		data []byte
		want error
	}{
		{[]byte("x"), ErrNoGeoJSON}, {[]byte(`{"type":"Topology"}`), ErrNoGeoJSON}, {collection(), ErrNoAreas},
		{collection(feature(`{"code":"1"}`, "Polygon", `"x"`)), ErrNoGeoJSON}, {collection(feature(`{"x":1}`, "Polygon", square)), ErrNoAreas},
	} {
		if _, err := ParseAreas(c.data); !errors.Is(err, c.want) {
			t.Errorf("%.40s: %v, want %v", c.data, err, c.want)
		}
	}
}

func TestTiles(t *testing.T) {
	t.Parallel()
	svg := Tiles(Config{Title: "Bản đồ ô"}, []Tile{{Label: "Thanh Miếu", Name: "phường Thanh Miếu: đạt", Class: "ok", Href: "/units/07909"}, {Label: "b", Col: 3, Row: 2}})
	if count := wellFormed(t, svg); count["rect"] != 2 || count["a"] != 1 || !strings.Contains(svg, `viewBox="0 0 200 150"`) {
		t.Errorf("%v\n%s", count, svg)
	}
}

func FuzzParseAreas(f *testing.F) {
	f.Add(collection(feature(`{"code":"07909"}`, "Polygon", square)))
	f.Fuzz(func(t *testing.T, data []byte) {
		areas, err := ParseAreas(data)
		if err == nil {
			wellFormed(t, Areas(Config{}, areas))
		}
	})
}
