package web

import (
	"testing"

	"haicap/internal/app"
	"haicap/internal/gov"
)

// Squares lie as the units do: nobody stands north of who lies further north, and within a row west is left; who lies nowhere comes last.
func TestSquaresLieAsTheUnitsDo(t *testing.T) {
	t.Parallel()
	var units []app.IndicatorUnit
	for i := range 40 {
		u := app.IndicatorUnit{Version: gov.UnitVersion{UnitKey: gov.UnitKey{Code: string(rune('a' + i))}, Lat: 20 + float64(i*7%40)/40, Lon: 105 + float64(i*11%40)/40}}
		if i%13 == 5 {
			u.Version.Lat, u.Version.Lon = 0, 0
		}
		units = append(units, u)
	}
	places := squares(units)
	seen := map[square]bool{}
	for i, a := range units {
		if seen[places[i]] {
			t.Fatalf("two units in %v", places[i])
		}
		seen[places[i]] = true
		for j, b := range units {
			if !a.Version.Placed() || places[j].row < places[i].row {
				continue
			}
			switch {
			case !b.Version.Placed():
			case places[j].row > places[i].row && b.Version.Lat > a.Version.Lat:
				t.Errorf("%v stands north of %v", a.Version, b.Version)
			case places[j].row == places[i].row && places[j].col > places[i].col && b.Version.Lon < a.Version.Lon:
				t.Errorf("%v stands west of %v", a.Version, b.Version)
			}
		}
		if !a.Version.Placed() {
			for j, b := range units {
				if b.Version.Placed() && (places[j].row > places[i].row || places[j].row == places[i].row && places[j].col > places[i].col) {
					t.Errorf("%v stands before %v", a.Version, b.Version)
				}
			}
		}
	}
}
