package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"haicap/internal/app"
	"haicap/internal/gov"
)

func benchFiguresCommand() command {
	return command{name: "bench figures", settings: storeSettings, run: runBenchFigures, flags: []flag{{"full", ""}, {"json", ""}},
		examples: []string{"haicap bench figures", "haicap bench figures --full --json", "haicap bench figures --db postgres://haicap@localhost/bench"}}
}

// A figuresMeasure is one line of the benchmark of figures.
type figuresMeasure struct {
	Name  string  `json:"name"`
	Size  int     `json:"size"`            // figures, or cells of the books
	P50   float64 `json:"p50,omitempty"`   // milliseconds
	P95   float64 `json:"p95,omitempty"`   // milliseconds
	Rate  float64 `json:"rate,omitempty"`  // figures a second
	Ratio float64 `json:"ratio,omitempty"` // to the line that it is held against
	CPU   float64 `json:"cpu,omitempty"`   // milliseconds of processor time: of a scorecard the median, else of all; on a machine that others use, too, it says more
	MB    float64 `json:"mb,omitempty"`    // peak of the program's memory
}

// The sizes: months of 148 communes × 45 indicators.
const (
	benchIndicators = 45
	benchProvince   = "25"
	yearMonths      = 12
	tenYearMonths   = 120
	importMonths    = 10  // of the quick run
	fullMonths      = 151 // a million figures
	claimsACell     = 10
	benchRuns       = 40
	benchGoal       = 5000.0 // of each target
)

// A figuresBench is one run: a data folder with a province, and the measures so far.
type figuresBench struct {
	*call
	ctx    context.Context
	p      *parts
	top    string
	units  []gov.UnitVersion
	keys   []gov.Indicator
	realm  gov.Realm
	ids    *gov.IDs
	before int     // how many months back the last one is
	rate   float64 // of the bare rows
}

// runBenchFigures measures in a temporary folder. Each part has a data folder of its own, so that none finds the database or the memory of another;
// a database that was given is shared.
func runBenchFigures(ctx context.Context, c *call) error {
	return inTemp(func(top string) error {
		b := &figuresBench{call: c, ctx: ctx, top: top, ids: gov.IDsFrom(time.Now())}
		for _, part := range []struct {
			dir     string
			measure func() error
		}{{"scorecards", b.scorecards}, {"bare", b.bare}, {"import", b.checked}} {
			if b.shared() {
				part.dir = "data"
			}
			dir := filepath.Join(top, part.dir)
			err := c.inEmpty(ctx, dir, benchProvince, func(p *parts) error {
				if err := b.prepare(p); err != nil {
					return err
				}
				return part.measure()
			})
			if err != nil {
				return err
			}
			if !b.shared() {
				_ = os.RemoveAll(dir)
			}
		}
		return nil
	})
}

// shared reports whether all parts use one database.
func (b *figuresBench) shared() bool { return b.settings["db"].text != "" }

func (b *figuresBench) prepare(p *parts) error {
	b.p = p
	units, err := b.p.units()
	if err != nil {
		return err
	}
	holding, err := b.p.app.Holding(b.ctx)
	if err != nil {
		return err
	}
	b.units, b.keys, b.realm = units.Children(benchProvince, ""), gov.Indicators(), holding.Realm
	b.keys = b.keys[:min(benchIndicators, len(b.keys))]
	return nil
}

// month is the n-th month back from the last whole year.
func (b *figuresBench) month(n int) gov.Period {
	m := gov.MonthOf(lastYear, 12) - gov.Month(b.before+n)
	return gov.PeriodOf(m, m)
}

// add prints a measure as soon as it is there.
func (b *figuresBench) add(m figuresMeasure) error {
	line, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if !b.has("json") {
		line = fmt.Appendf(nil, "%-28s %9d %8.1f ms %8.1f ms %9.0f/s  × %.2f  CPU %8.1f ms  %6.0f MB", m.Name, m.Size, m.P50, m.P95, m.Rate, m.Ratio, m.CPU, m.MB)
	}
	return b.put(string(line) + "\n")
}

// place is the unit, the indicator and the month of the n-th figure.
func (b *figuresBench) place(n int) (gov.UnitVersion, gov.Indicator, int) {
	perMonth := len(b.units) * len(b.keys)
	return b.units[n%perMonth%len(b.units)], b.keys[n%perMonth/len(b.units)], n / perMonth
}

func (b *figuresBench) figure(n int, at time.Time) gov.Figure {
	u, in, month := b.place(n)
	period := b.month(month)
	return gov.Figure{Realm: b.realm, ID: b.ids.Next(), Kind: gov.Result, Vintage: gov.Preliminary, State: gov.FigureEntered, CutOff: period.LastDay(),
		Batch: "bench", Entered: gov.Stamp{At: at}, Claim: gov.Claim{Indicator: in.Key, Unit: u.UnitKey, Period: period, Comparator: gov.Equal,
			Value: benchValue(n), Measure: in.Measure, Quote: strings.ReplaceAll(fmt.Sprint(benchValue(n)), ".", ",")}}
}

func benchValue(n int) float64 { return float64(n%9973) + 0.5 }

// scorecards measures the scorecard of the last month, with a target in each cell, with one year of figures and with ten; with --full also with ten claims
// on each cell.
func (b *figuresBench) scorecards() error {
	if err := errors.Join(b.targets(0, yearMonths), b.fill(0, yearMonths, 1)); err != nil {
		return err
	}
	one, err := b.scorecard("scorecard, one year", yearMonths, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(b.targets(yearMonths, tenYearMonths), b.fill(yearMonths, tenYearMonths, 1)); err != nil {
		return err
	}
	if _, err = b.scorecard("scorecard, ten years", tenYearMonths, one); err != nil || !b.has("full") {
		return err
	}
	if err := b.fill(0, tenYearMonths, claimsACell-1); err != nil {
		return err
	}
	_, err = b.scorecard("scorecard, ten claims a cell", claimsACell*tenYearMonths, one)
	return err
}

// targets writes a target on each cell of the last month of each year among the months [from, to).
func (b *figuresBench) targets(from, to int) error {
	perMonth := len(b.units) * len(b.keys)
	at := time.Now()
	for month := from; month < to; month += yearMonths {
		list := make([]gov.Target, perMonth)
		for i := range list {
			f := b.figure(month*perMonth+i, at)
			f.Value, f.Quote = benchGoal, fmt.Sprint(benchGoal)
			list[i] = gov.Target{Realm: f.Realm, ID: f.ID, Baseline: gov.BaselineProvince, Claim: f.Claim, Entered: f.Entered}
		}
		if err := b.p.store.Update(b.ctx, func(tx gov.Tx) error { return tx.CreateTargets(b.ctx, list) }); err != nil {
			return err
		}
	}
	return nil
}

// fill writes claims on the cells of the months [from, to), newest month first, a year at a time where there is one claim a cell.
func (b *figuresBench) fill(from, to, claims int) error {
	perMonth := len(b.units) * len(b.keys)
	began := time.Now()
	step := max(1, yearMonths/claims)
	for month := from; month < to; month += step {
		list := make([]gov.Figure, min(step, to-month)*perMonth*claims)
		for i := range list {
			list[i] = b.figure(month*perMonth+i/claims, began)
		}
		if err := b.p.store.Update(b.ctx, func(tx gov.Tx) error { return tx.CreateFigures(b.ctx, list) }); err != nil {
			return err
		}
		b.progress((month+step-from)*perMonth*claims, began)
	}
	return nil
}

// progress says how far a long run is.
func (b *figuresBench) progress(figures int, began time.Time) {
	if b.has("full") {
		b.say("cli.bench_progress", figures, time.Since(began).Seconds())
	}
}

// scorecard takes the times of one scorecard, and gives the median.
func (b *figuresBench) scorecard(name string, months int, against float64) (float64, error) {
	who, err := b.p.system(b.ctx)
	if err != nil {
		return 0, err
	}
	keys := make([]string, len(b.keys))
	for i, in := range b.keys {
		keys[i] = in.Key
	}
	cells := len(b.units) * len(b.keys)
	var times, work []float64
	for i := range benchRuns + 3 {
		watch := newStopwatch()
		v, err := b.p.app.Scorecard(b.ctx, who, app.ScorecardQuery{Period: b.month(0), Indicators: keys})
		if err != nil {
			return 0, err
		}
		took, cpu := watch.read()
		if v.Known != cells || v.Counts.Total() != cells {
			return 0, gov.Errorf(gov.Internal, fmt.Sprintf("the scorecard has %d figures and %d targets", v.Known, v.Counts.Total()))
		}
		if i >= 3 { // the first ones find nothing in memory
			times, work = append(times, took.Seconds()*1000), append(work, cpu.Seconds()*1000)
		}
	}
	slices.SortFunc(times, cmp.Compare[float64])
	slices.SortFunc(work, cmp.Compare[float64])
	m := figuresMeasure{Name: name, Size: months * cells, P50: times[len(times)/2], P95: times[len(times)*95/100], CPU: work[len(work)/2], Ratio: 1}
	if against > 0 {
		m.Ratio = m.P50 / against
	}
	return m.P50, b.add(m)
}
