// Package metrics counts what the running program does, and writes it in the text form that Prometheus and its kin read (version 0.0.4).
//
// A Registry holds families: a name, a help text, names of labels, and one series for each combination of label values. Values of labels come
// from the program's own tables (route patterns, statuses, states of jobs), never from what somebody sent or is called; a family that grows
// beyond maxSeries all the same drops what is new, so that no mistake turns into memory without bound.
package metrics

import (
	"context"
	"io"
	"math"
	"net/http"
	"runtime"
	runtimemetrics "runtime/metrics"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// maxSeries bounds the series of one family.
const maxSeries = 4000

// Seconds are the bounds of a histogram of durations, from a millisecond to half a minute.
var Seconds = []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30}

// A Registry is all that one program measures. It is safe for concurrent use, and so are its families.
type Registry struct {
	mu       sync.Mutex
	families []*family
	before   []func(context.Context)
}

type family struct {
	name, help, kind string
	labels           []string
	bounds           []float64 // of a histogram, ascending

	mu     sync.Mutex
	series map[string]*series // by the text of its labels
}

type series struct {
	value   float64 // of a counter or gauge; of a histogram the sum
	count   uint64
	buckets []uint64 // not cumulated, one for each bound
}

// New makes a registry that tells of the program itself: version, start, memory, goroutines.
func New(version string) *Registry {
	r := &Registry{}
	r.Gauge("haicap_build_info", "The version that runs.", "version", "go").Set(1, version, runtime.Version())
	r.Gauge("process_start_time_seconds", "When the program started, in seconds of Unix time.").Set(float64(time.Now().Unix()))
	samples := []runtimemetrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/total:bytes"},
		{Name: "/sched/goroutines:goroutines"}, {Name: "/gc/cycles/total:gc-cycles"}}
	gauges := []Gauge{r.Gauge("go_heap_bytes", "Memory of live objects and of dead ones that are not collected yet."),
		r.Gauge("go_memory_bytes", "All memory that Go's runtime has mapped."),
		r.Gauge("go_goroutines", "Goroutines that live."), r.Gauge("go_gc_cycles", "Collections of garbage since the start.")}
	r.Before(func(context.Context) {
		now := slices.Clone(samples)
		runtimemetrics.Read(now)
		for i, s := range now {
			if s.Value.Kind() == runtimemetrics.KindUint64 {
				gauges[i].Set(float64(s.Value.Uint64()))
			}
		}
	})
	return r
}

func (r *Registry) add(f *family) *family {
	f.series = map[string]*series{}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.families = append(r.families, f)
	return f
}

// A Counter only grows.
type Counter struct{ f *family }

// Counter adds a family of counters; its name ends in _total.
func (r *Registry) Counter(name, help string, labels ...string) Counter {
	return Counter{r.add(&family{name: name, help: help, kind: "counter", labels: labels})}
}

// Add counts n more under the values of the labels.
func (c Counter) Add(n float64, values ...string) {
	c.f.change(values, func(s *series) { s.value += n })
}

// A Gauge goes up and down.
type Gauge struct{ f *family }

// Gauge adds a family of gauges.
func (r *Registry) Gauge(name, help string, labels ...string) Gauge {
	return Gauge{r.add(&family{name: name, help: help, kind: "gauge", labels: labels})}
}

// Set makes the gauge show v.
func (g Gauge) Set(v float64, values ...string) { g.f.change(values, func(s *series) { s.value = v }) }

// Add moves the gauge by n.
func (g Gauge) Add(n float64, values ...string) { g.f.change(values, func(s *series) { s.value += n }) }

// A Histogram counts how many observations were at most as large as each of its bounds.
type Histogram struct{ f *family }

// Histogram adds a family of histograms with these bounds.
func (r *Registry) Histogram(name, help string, bounds []float64, labels ...string) Histogram {
	return Histogram{r.add(&family{name: name, help: help, kind: "histogram", labels: labels, bounds: bounds})}
}

// Since observes the seconds that have passed since t.
func (h Histogram) Since(t time.Time, values ...string) {
	h.Observe(time.Since(t).Seconds(), values...)
}

// Observe counts v.
func (h Histogram) Observe(v float64, values ...string) {
	h.f.change(values, func(s *series) {
		if s.buckets == nil {
			s.buckets = make([]uint64, len(h.f.bounds))
		}
		if i, _ := slices.BinarySearch(h.f.bounds, v); i < len(s.buckets) {
			s.buckets[i]++
		}
		s.value += v
		s.count++
	})
}

func (f *family) change(values []string, do func(*series)) {
	if len(values) != len(f.labels) {
		panic("metrics: " + f.name + " has other labels")
	}
	key := labelText(f.labels, values)
	f.mu.Lock()
	defer f.mu.Unlock()
	s := f.series[key]
	if s == nil {
		if len(f.series) >= maxSeries {
			return
		}
		s = &series{}
		f.series[key] = s
	}
	do(s)
}

var escaped = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

// labelText is the labels as they stand between braces, with a comma behind each.
func labelText(names, values []string) string {
	var b strings.Builder
	for i, n := range names {
		b.WriteString(n + `="` + escaped.Replace(values[i]) + `",`)
	}
	return b.String()
}

// Before has f called before each writing, to bring gauges up to date.
func (r *Registry) Before(f func(context.Context)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.before = append(r.before, f)
}

// Write brings gauges up to date and writes everything, families and series in a fixed order.
func (r *Registry) Write(ctx context.Context, w io.Writer) error {
	r.mu.Lock()
	before, families := slices.Clone(r.before), slices.Clone(r.families)
	r.mu.Unlock()
	for _, f := range before {
		f(ctx)
	}
	slices.SortFunc(families, func(a, b *family) int { return strings.Compare(a.name, b.name) })
	var b strings.Builder
	for _, f := range families {
		f.write(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (f *family) write(b *strings.Builder) {
	f.mu.Lock()
	defer f.mu.Unlock()
	b.WriteString("# HELP " + f.name + " " + strings.NewReplacer(`\`, `\\`, "\n", `\n`).Replace(f.help) + "\n# TYPE " + f.name + " " + f.kind + "\n")
	keys := make([]string, 0, len(f.series))
	for k := range f.series {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, key := range keys {
		s := f.series[key]
		if f.kind != "histogram" {
			line(b, f.name, key, s.value)
			continue
		}
		var sum uint64
		for i, bound := range f.bounds {
			sum += s.buckets[i]
			line(b, f.name+"_bucket", key+`le="`+number(bound)+`",`, float64(sum))
		}
		line(b, f.name+"_bucket", key+`le="+Inf",`, float64(s.count))
		line(b, f.name+"_sum", key, s.value)
		line(b, f.name+"_count", key, float64(s.count))
	}
}

func line(b *strings.Builder, name, labels string, v float64) {
	b.WriteString(name)
	if labels != "" {
		b.WriteString("{" + strings.TrimSuffix(labels, ",") + "}")
	}
	b.WriteString(" " + number(v) + "\n")
}

func number(v float64) string {
	if math.IsInf(v, 1) {
		return "+Inf"
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// ServeHTTP implements http.Handler.
func (r *Registry) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_ = r.Write(req.Context(), w) // whoever asked went away
}
