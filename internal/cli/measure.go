package cli

import (
	"context"
	"io/fs"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"haicap/internal/gov"
	"haicap/internal/metrics"
)

// A measured store is a store whose transactions are counted and timed.
type measured struct {
	gov.Store
	seconds metrics.Histogram
	again   metrics.Counter
}

// timed puts the measuring around a store.
func timed(s gov.Store, r *metrics.Registry) gov.Store {
	return measured{s, r.Histogram("haicap_store_transaction_seconds", "How long transactions took, with the wait for their turn.", metrics.Seconds, "kind", "outcome"),
		r.Counter("haicap_store_retries_total", "How often a transaction was run again because another came first.", "kind")}
}

// View implements gov.Store.
func (m measured) View(ctx context.Context, f func(gov.Tx) error) error {
	return m.run(ctx, "view", m.Store.View, f)
}

// Update implements gov.Store.
func (m measured) Update(ctx context.Context, f func(gov.Tx) error) error {
	return m.run(ctx, "update", m.Store.Update, f)
}

func (m measured) run(ctx context.Context, kind string, do func(context.Context, func(gov.Tx) error) error, f func(gov.Tx) error) error {
	begun, runs := time.Now(), 0
	err := do(ctx, func(tx gov.Tx) error { runs++; return f(tx) })
	outcome := "done"
	switch gov.CodeOf(err) {
	case "":
	case gov.Internal, gov.Unavailable:
		outcome = "failed"
	default:
		outcome = "refused"
	}
	m.seconds.Since(begun, kind, outcome)
	m.again.Add(float64(max(runs-1, 0)), kind)
	return err
}

// usageEvery is how often the folder's bytes are counted: a walk over all files.
const usageEvery = 10 * time.Minute

// mostJobs is the most of one state that are counted one by one.
const mostJobs = 1000

// watch adds what is looked up each time somebody asks: jobs, the audit log, bytes on the disk.
func (c *call) watch(p *parts) {
	r := p.metrics
	work := r.Gauge("haicap_jobs", "Jobs of the queue by state, a thousand at most; dead ones were given up and want a person.", "state")
	lines := r.Gauge("haicap_audit_lines", "Lines of the audit log.")
	bytes := r.Gauge("haicap_data_bytes", "Bytes in the data folder, counted every ten minutes.", "part")
	up := r.Gauge("haicap_store_up", "1 where the store answered.")
	var mu sync.Mutex
	var next time.Time
	r.Before(func(ctx context.Context) {
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		err := p.store.View(ctx, func(tx gov.Tx) error {
			for _, s := range []gov.JobState{gov.JobWaiting, gov.JobRunning, gov.JobDead} {
				list, err := tx.JobsIn(ctx, s, mostJobs)
				if err != nil {
					return err
				}
				work.Set(float64(len(list)), string(s))
			}
			holdings, err := tx.Holdings(ctx)
			if err != nil {
				return err
			}
			var sum int64
			for _, h := range holdings {
				n, err := tx.AuditSize(ctx, h.Realm)
				if err != nil {
					return err
				}
				sum += n
			}
			lines.Set(float64(sum))
			return nil
		})
		up.Set(map[bool]float64{true: 1}[err == nil])
		mu.Lock()
		defer mu.Unlock()
		if now := time.Now(); !now.Before(next) {
			next = now.Add(usageEvery)
			dir := c.settings.get("data")
			bytes.Set(size(ctx, blobsIn(dir)), "blobs")
			bytes.Set(size(ctx, filepath.Join(dir, dbName))+size(ctx, filepath.Join(dir, dbName+"-wal")), "database")
		}
	})
}

// size is the bytes of a file or of all files under a folder; what is not there has none.
func size(ctx context.Context, path string) float64 {
	var sum int64
	_ = filepath.WalkDir(path, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if info, err := d.Info(); err == nil {
				sum += info.Size()
			}
		}
		return ctx.Err()
	})
	return float64(sum)
}

// measures is the handler of the address that --metrics names: for the office's own monitoring, not for the public.
func measures(p *parts, ready func(context.Context) error) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", p.metrics)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if ready(r.Context()) != nil {
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ready\n"))
	})
	return mux
}
