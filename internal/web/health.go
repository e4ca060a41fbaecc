package web

import (
	"context"
	"net/http"
	"sync"
	"time"

	"haicap/internal/gov"
	"haicap/internal/metrics"
)

// counts is what the interface measures. Labels are the patterns of the route table and statuses, never what was asked for or by whom.
type counts struct {
	requests metrics.Counter
	seconds  metrics.Histogram
	running  metrics.Gauge
}

func newCounts(r *metrics.Registry) counts {
	if r == nil {
		r = &metrics.Registry{}
	}
	return counts{
		requests: r.Counter("haicap_http_requests_total", "Requests that were answered.", "route", "status"),
		seconds:  r.Histogram("haicap_http_request_seconds", "How long answers took.", metrics.Seconds, "route"),
		running:  r.Gauge("haicap_http_requests_running", "Requests that are being answered."),
	}
}

// health says that the program answers; it touches no book.
func (s *server) health(w http.ResponseWriter, _ *http.Request) error {
	return plain(w, http.StatusOK, "ok")
}

// isReady says whether requests should come here: the store answers and is of this version, and the program is not about to stop.
func (s *server) isReady(w http.ResponseWriter, r *http.Request) error {
	err, fresh := s.ready.ask(r.Context(), time.Now())
	if err == nil {
		return plain(w, http.StatusOK, "ready")
	}
	if fresh {
		s.log.Warn("not ready", "code", string(gov.CodeOf(err)), "cause", cause(err))
	}
	return plain(w, http.StatusServiceUnavailable, "not ready")
}

func plain(w http.ResponseWriter, status int, word string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, err := w.Write([]byte(word + "\n"))
	return err
}

// readiness asks at most once a second, however many ask it.
type readiness struct {
	check func(context.Context) error

	mu   sync.Mutex
	next time.Time
	last error
}

// ask gives the answer, and whether it was found just now.
func (c *readiness) ask(ctx context.Context, now time.Time) (err error, fresh bool) {
	if c.check == nil {
		return nil, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if now.Before(c.next) {
		return c.last, false
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	c.last, c.next = c.check(ctx), now.Add(time.Second)
	return c.last, true
}
