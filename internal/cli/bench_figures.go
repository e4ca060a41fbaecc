package cli

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
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
)

// A figuresBench is one run: a data folder with a province, and the measures so far.
type figuresBench struct {
	*call
	ctx   context.Context
	p     *parts
	top   string
	units []gov.UnitVersion
	keys  []gov.Indicator
	realm gov.Realm
	ids   *gov.IDs
	// before is how many months back the last one is.
	before int
}

// runBenchFigures measures in a temporary folder, with a database of its own unless one is given.
func runBenchFigures(ctx context.Context, c *call) error {
	return c.inBench(ctx, benchProvince, func(top string, p *parts) error {
		b := &figuresBench{call: c, ctx: ctx, p: p, top: top, ids: gov.IDsFrom(time.Now())}
		for _, step := range []func() error{b.prepare, b.scorecards, b.apart} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
}

// apart imports into a data folder of its own, so that the import and the scorecards do not share a database; one that was given is shared, and the
// import is of months before those of the scorecards.
func (b *figuresBench) apart() error {
	months := importMonths
	if b.has("full") {
		months = fullMonths
	}
	if b.settings["db"].text != "" {
		b.before = tenYearMonths
		return b.imports(months)
	}
	return b.inEmpty(b.ctx, filepath.Join(b.top, "import"), benchProvince, func(p *parts) error {
		other := *b
		other.p = p
		if err := other.prepare(); err != nil {
			return err
		}
		return other.imports(months)
	})
}

func (b *figuresBench) prepare() error {
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
		line = fmt.Appendf(nil, "%-28s %9d %8.1f ms %8.1f ms %9.0f/s  × %.2f  %6.0f MB", m.Name, m.Size, m.P50, m.P95, m.Rate, m.Ratio, m.MB)
	}
	return b.put(string(line) + "\n")
}

// imports measures a CSV file against the engine's own rate for the same rows.
func (b *figuresBench) imports(months int) error {
	name := filepath.Join(b.top, "figures.csv")
	n, err := b.writeCSV(name, months)
	if err != nil {
		return err
	}
	i, at := 0, time.Now()
	bare, err := b.p.store.BareInserts(b.ctx, func() (gov.Figure, bool, error) {
		if i == n {
			return gov.Figure{}, false, nil
		}
		i++
		return b.figure(i-1, at), true, nil
	})
	if err != nil {
		return err
	}
	rate := float64(n) / bare.Seconds()
	if err := b.add(figuresMeasure{Name: "bare inserts", Size: n, Rate: rate, Ratio: 1}); err != nil {
		return err
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	who, err := b.p.system(b.ctx)
	if err != nil {
		return err
	}
	defer debug.SetGCPercent(debug.SetGCPercent(importGC)) // as the command does
	debug.FreeOSMemory()
	peak := peakMemory()
	began := time.Now()
	v, err := b.p.app.ImportFigures(b.ctx, who, app.ImportInput{Name: "figures.csv", File: f})
	took := time.Since(began)
	mb := peak()
	if err != nil {
		return err
	}
	if v.Written != n {
		return gov.Errorf(gov.Internal, fmt.Sprintf("%d of %d figures were imported: %+v", v.Written, n, v.Faults[:min(1, len(v.Faults))]))
	}
	own := float64(n) / took.Seconds()
	return b.add(figuresMeasure{Name: "import, checked", Size: n, Rate: own, Ratio: own / rate, MB: mb})
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

func (b *figuresBench) writeCSV(name string, months int) (int, error) {
	f, err := os.Create(name)
	if err != nil {
		return 0, err
	}
	w := bufio.NewWriter(f)
	_, _ = w.WriteString("ky;don_vi;don_vi_tu_ngay;chi_tieu;gia_tri;muc_do\n")
	n := months * len(b.units) * len(b.keys)
	for i := range n {
		u, in, month := b.place(i)
		_, _ = fmt.Fprintf(w, "%s;%s;%s;%s;%s;so_bo\n", b.month(month), u.Code, u.From, in.Key, strings.ReplaceAll(fmt.Sprint(benchValue(i)), ".", ","))
	}
	if err := w.Flush(); err != nil {
		return 0, err
	}
	return n, f.Close()
}

// scorecards measures the scorecard of the last month with one year of figures and with ten; with --full also with ten claims on each cell.
func (b *figuresBench) scorecards() error {
	if err := b.fill(0, yearMonths, 1); err != nil {
		return err
	}
	one, err := b.scorecard("scorecard, one year", yearMonths, 0)
	if err != nil {
		return err
	}
	if err := b.fill(yearMonths, tenYearMonths, 1); err != nil {
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

// fill writes claims on the cells of the months [from, to), newest month first.
func (b *figuresBench) fill(from, to, claims int) error {
	perMonth := len(b.units) * len(b.keys)
	at := time.Now()
	for month := from; month < to; month++ {
		for range claims {
			list := make([]gov.Figure, perMonth)
			for i := range list {
				list[i] = b.figure(month*perMonth+i, at)
			}
			if err := b.p.store.Update(b.ctx, func(tx gov.Tx) error { return tx.CreateFigures(b.ctx, list) }); err != nil {
				return err
			}
		}
	}
	return nil
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
	var times []float64
	for i := range benchRuns + 3 {
		began := time.Now()
		v, err := b.p.app.Scorecard(b.ctx, who, app.ScorecardQuery{Period: b.month(0), Indicators: keys})
		if err != nil {
			return 0, err
		}
		if v.Known != len(b.units)*len(b.keys) {
			return 0, gov.Errorf(gov.Internal, fmt.Sprintf("the scorecard has %d figures", v.Known))
		}
		if i >= 3 { // the first ones find nothing in memory
			times = append(times, time.Since(began).Seconds()*1000)
		}
	}
	slices.SortFunc(times, cmp.Compare[float64])
	m := figuresMeasure{Name: name, Size: months * len(b.units) * len(b.keys), P50: times[len(times)/2], P95: times[len(times)*95/100], Ratio: 1}
	if against > 0 {
		m.Ratio = m.P50 / against
	}
	return m.P50, b.add(m)
}

// peakMemory looks at what the machine gives the program until stop is called, which gives the most in megabytes; 0 where it cannot tell.
func peakMemory() (stop func() float64) {
	done := make(chan struct{})
	var wg sync.WaitGroup
	most := residentMB()
	wg.Go(func() {
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				most = max(most, residentMB())
			}
		}
	})
	return func() float64 { close(done); wg.Wait(); return most }
}

func residentMB() float64 {
	data, err := os.ReadFile("/proc/self/statm")
	fields := strings.Fields(string(data))
	if err != nil || len(fields) < 2 {
		return 0
	}
	pages, err := strconv.Atoi(fields[1])
	if err != nil {
		return 0
	}
	return float64(pages) * float64(os.Getpagesize()) / 1e6
}
