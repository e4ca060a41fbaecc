package gov

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
)

// A Direction says which way an indicator is better.
type Direction string

// The directions.
const (
	Up      Direction = "up"
	Down    Direction = "down"
	Neither Direction = "none"
)

// An Indicator is a thing that is measured again and again. Key is the reading contract's.
type Indicator struct {
	Key       string
	NameVI    string
	NameEN    string
	Measure   string
	Better    Direction
	Aggregate string   // sum, none, mean_by:KEY, ratio:KEY/KEY
	Flow      bool     // it accumulates over time, so a claim without scope may be of a year or of a whole term
	Aliases   []string // other words for it in official prose
}

//go:embed indicators.csv
var indicatorsCSV []byte

// Indicators is the starting catalogue in its own order. The slice is shared: do not change it.
var Indicators = sync.OnceValue(func() []Indicator {
	rows, err := csv.NewReader(bytes.NewReader(indicatorsCSV)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("gov: indicators.csv: %v", err)) // embedded: a defect of the build
	}
	var list []Indicator
	for _, r := range rows[1:] {
		in := Indicator{Key: r[0], NameVI: r[1], NameEN: r[2], Measure: r[3], Better: Direction(r[4]), Aggregate: r[5], Flow: r[6] == "flow"}
		for _, a := range strings.Split(r[7], "|") {
			if a = strings.TrimSpace(a); a != "" {
				in.Aliases = append(in.Aliases, a)
			}
		}
		list = append(list, in)
	}
	return list
})

// IndicatorByKey gives the indicator with the key; NotFound where the catalogue has none.
func IndicatorByKey(key string) (Indicator, error) {
	for _, in := range Indicators() {
		if in.Key == key {
			return in, nil
		}
	}
	return Indicator{}, Errorf(NotFound, "error.indicator_unknown", key)
}
