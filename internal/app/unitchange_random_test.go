package app_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/register"
)

// A history is a province in which units merge and split by the operation, year after year.
type history struct {
	house
	rand      *rand.Rand
	alive     []gov.UnitKey
	n         int // codes given
	apportion []gov.Apportionment
	applied   []gov.ID
	people    map[gov.Period]map[gov.UnitKey]float64
}

func beginHistory(t *testing.T, seed uint64) *history {
	t.Helper()
	x := &history{rand: rand.New(rand.NewPCG(seed, 0)), people: map[gov.Period]map[gov.UnitKey]float64{}}
	c := register.Contents{Units: []gov.UnitVersion{{UnitKey: gov.UnitKey{Code: "25"}, Name: "Phú Thọ", Type: gov.Province}}}
	for range 3 + x.rand.IntN(4) {
		k := gov.UnitKey{Code: x.code()}
		x.alive = append(x.alive, k)
		c.Units = append(c.Units, gov.UnitVersion{UnitKey: k, Name: "Gốc " + k.Code, Type: gov.Commune, Parent: "25"})
	}
	x.house = beginOn(t, register.New(c), time.Date(2035, 1, 1, 0, 0, 0, 0, time.UTC))
	for i, k := range x.alive {
		name := "xã Gốc " + k.Code
		x.matter(t, gov.Task, gov.StateOpen, gov.Party{Role: gov.RoleUnit, Name: name, Unit: k}, gov.Party{Role: gov.RoleLead, Name: "UBND " + name, Unit: k})
		for key, v := range map[string]string{"budget_revenue": strconv.Itoa(10 * i), "cultural_families_rate": "90"} {
			if _, err := x.SetTarget(x.ctx, x.analyst, app.TargetInput{Indicator: key, Unit: k, Period: "2040", Baseline: gov.BaselineOwn, TargetWords: app.TargetWords{Value: v}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	return x
}

func (x *history) code() string {
	x.n++
	return fmt.Sprintf("%05d", 10000+x.n)
}

// next is a random change of the day: several become one (a new one, or one of them that goes on), or one becomes several.
func (x *history) next(day gov.Day) (c gov.UnitChange, shares []gov.Apportionment) {
	c = gov.UnitChange{Day: day, Source: "1/NQ " + string(day)}
	x.rand.Shuffle(len(x.alive), func(i, j int) { x.alive[i], x.alive[j] = x.alive[j], x.alive[i] })
	share := func(from, to gov.UnitKey, of float64) {
		shares = append(shares, gov.Apportionment{Old: from, New: to, Day: day, Share: of, Source: "s"})
	}
	if len(x.alive) < 2 || x.rand.IntN(3) == 0 {
		old, parts := x.alive[0], 2+x.rand.IntN(2)
		for i := range parts {
			n := gov.NewUnit{Code: x.code(), Name: "Chia", Type: gov.Ward}
			c.New = append(c.New, n)
			c.Moves = append(c.Moves, gov.UnitMove{Old: old, New: n.Code, Extent: gov.Part, Heir: i == 0 && x.rand.IntN(2) == 0})
			share(old, gov.UnitKey{Code: n.Code, From: day}, []float64{0.5, 0.25, 0.25}[i]*map[int]float64{2: 4. / 3, 3: 1}[parts])
		}
		return c, shares
	}
	k := 2 + x.rand.IntN(min(3, len(x.alive)-1))
	olds := x.alive[:k]
	to := gov.UnitKey{Code: x.code(), From: day}
	switch x.rand.IntN(3) {
	case 0: // one goes on and takes the others in
		to, olds = olds[0], olds[1:]
	case 1: // the new one bears the code of a former one
		to.Code = olds[0].Code
	}
	n := gov.NewUnit{Code: to.Code}
	if to.From == day {
		n.Name, n.Type = "Gộp", gov.Commune
	}
	c.New = []gov.NewUnit{n}
	for _, old := range olds {
		c.Moves = append(c.Moves, gov.UnitMove{Old: old, New: to.Code, Extent: gov.Whole})
	}
	for _, old := range x.alive[:k] { // taken apart again, each gets an equal share
		share(to, old, 1/float64(k))
	}
	return c, shares
}

// live gives every unit in force a figure of the year.
func (x *history) live(t *testing.T, p gov.Period) {
	t.Helper()
	units, err := x.Units(x.ctx)
	if err != nil {
		t.Fatal(err)
	}
	x.alive = nil
	for _, u := range units.Children("25", p.LastDay()) {
		x.alive = append(x.alive, u.UnitKey)
	}
	slices.SortFunc(x.alive, func(a, b gov.UnitKey) int {
		if a.Code < b.Code {
			return -1
		}
		return 1
	})
	x.people[p] = map[gov.UnitKey]float64{}
	for _, k := range x.alive {
		x.people[p][k] = float64(x.rand.IntN(100000))
	}
}

// conserved holds every year restated on the units of every year against what was reported.
func (x *history) conserved(t *testing.T, first, last int) {
	t.Helper()
	units, err := x.Units(x.ctx)
	if err != nil {
		t.Fatal(err)
	}
	in, err := gov.IndicatorByKey("population")
	if err != nil {
		t.Fatal(err)
	}
	for as := first; as <= last; as++ {
		r := gov.NewRestater(units, gov.Day(fmt.Sprintf("%d-12-31", as)), x.apportion)
		for y := first; y <= last; y++ {
			p := gov.Period(strconv.Itoa(y))
			reported, restated := 0.0, 0.0
			for _, v := range x.people[p] {
				reported += v
			}
			for _, k := range units.Children("25", gov.Day(fmt.Sprintf("%d-12-31", as))) {
				got := r.Restate(in, k.UnitKey, p, func(_ string, u gov.UnitKey) (gov.Amount, bool) {
					v, ok := x.people[p][u]
					return gov.Amount{Value: v, Measure: in.Measure}, ok
				})
				if got.WhyNot != "" || got.Known != got.Units {
					t.Fatalf("%d on the units of %d: %s is %s, %d/%d", y, as, k.Code, got.WhyNot, got.Known, got.Units)
				}
				restated += got.Value
			}
			if math.Abs(reported-restated) > 1e-6*(1+reported) {
				t.Fatalf("%d on the units of %d: %v reported, %v restated", y, as, reported, restated)
			}
		}
	}
}

// Over random histories of whole mergers and splits that are carried out by the operation, restating conserves totals, each change undone at once leaves
// everything as it was, and so does undoing them all from the last to the first.
func TestRandomHistoriesByChanges(t *testing.T) {
	t.Parallel()
	for seed := range uint64(12) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			t.Parallel()
			x := beginHistory(t, seed)
			const first = 2020
			last := first + 2 + x.rand.IntN(5)
			states := []string{x.state(t)}
			x.live(t, gov.Period(strconv.Itoa(first)))
			for y := first + 1; y <= last; y++ {
				c, shares := x.next(gov.Day(fmt.Sprintf("%d-%02d-01", y, 1+x.rand.IntN(12))))
				id := x.apply(t, c)
				if x.rand.IntN(2) == 0 { // done, undone and done again is done
					done := x.state(t)
					x.undo(t, id)
					sameState(t, "undone at once", x.state(t), states[len(states)-1])
					id = x.apply(t, c)
					if again := x.state(t); len(again) != len(done) {
						t.Errorf("done again is another state than done")
					}
				}
				x.applied, x.apportion = append(x.applied, id), append(x.apportion, shares...)
				states = append(states, x.state(t))
				x.live(t, gov.Period(strconv.Itoa(y)))
			}
			x.conserved(t, first, last)
			for i := len(x.applied) - 1; i >= 0; i-- {
				x.undo(t, x.applied[i])
				sameState(t, "undone in turn", x.state(t), states[i])
			}
		})
	}
}
