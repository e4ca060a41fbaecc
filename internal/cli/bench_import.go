package cli

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"haicap/internal/app"
	"haicap/internal/gov"
)

// importSize is how many months of figures are imported, and how many figures these are. In a database that is shared they are before those of the
// scorecards, and the bare rows stay, which makes nothing easier for the import.
func (b *figuresBench) importSize() (months, n int) {
	if months = importMonths; b.has("full") {
		months = fullMonths
	}
	if b.shared() {
		b.before = tenYearMonths
	}
	return months, months * len(b.units) * len(b.keys)
}

// bare measures one prepared INSERT for each row, in one transaction.
func (b *figuresBench) bare() error {
	began, i := time.Now(), 0
	_, n := b.importSize()
	next := func() (gov.Figure, bool) {
		if i == n {
			return gov.Figure{}, false
		}
		if i++; i%100_000 == 0 {
			b.progress(i, began)
		}
		return b.figure(i-1, began), true
	}
	var took, cpu time.Duration
	timed := func(run func() error) error {
		watch := newStopwatch()
		err := run()
		t, c := watch.read()
		took, cpu = took+t, cpu+c
		return err
	}
	if err := b.p.store.BareInserts(b.ctx, next, timed); err != nil {
		return err
	}
	b.rate = float64(n) / took.Seconds()
	return b.add(figuresMeasure{Name: "bare inserts", Size: n, Rate: b.rate, Ratio: 1, CPU: cpu.Seconds() * 1000})
}

// checked measures the import of a CSV file, as the command does it, against the engine's own rate for the same rows.
func (b *figuresBench) checked() error {
	months, n := b.importSize()
	name := filepath.Join(b.top, "figures.csv")
	if err := b.writeCSV(name, months); err != nil {
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
	if b.has("full") {
		b.say("cli.bench_importing", n)
	}
	peak, watch := peakMemory(), newStopwatch()
	v, err := b.p.app.ImportFigures(b.ctx, who, app.ImportInput{Name: "figures.csv", File: f})
	took, cpu := watch.read()
	mb := peak()
	if err != nil {
		return err
	}
	if v.Written != n {
		return gov.Errorf(gov.Internal, fmt.Sprintf("%d of %d figures were imported: %+v", v.Written, n, v.Faults[:min(1, len(v.Faults))]))
	}
	own := float64(n) / took.Seconds()
	return b.add(figuresMeasure{Name: "import, checked", Size: n, Rate: own, Ratio: own / b.rate, CPU: cpu.Seconds() * 1000, MB: mb})
}

func (b *figuresBench) writeCSV(name string, months int) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	_, _ = w.WriteString("ky;don_vi;don_vi_tu_ngay;chi_tieu;gia_tri;muc_do\n")
	n := months * len(b.units) * len(b.keys)
	for i := range n {
		u, in, month := b.place(i)
		_, _ = fmt.Fprintf(w, "%s;%s;%s;%s;%s;so_bo\n", b.month(month), u.Code, u.From, in.Key, strings.ReplaceAll(fmt.Sprint(benchValue(i)), ".", ","))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// A stopwatch tells the time, and the processor time of the program.
type stopwatch struct {
	began time.Time
	cpu   time.Duration
}

func newStopwatch() stopwatch { return stopwatch{time.Now(), cpuTime()} }

func (s stopwatch) read() (took, cpu time.Duration) { return time.Since(s.began), cpuTime() - s.cpu }

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
