package metrics

import (
	"context"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
)

func TestWrite(t *testing.T) {
	t.Parallel()
	r := &Registry{}
	c := r.Counter("b_total", `A \ "help"`+"\nof two lines.", "route", "status")
	c.Add(1, `GET /"x"\`, "200")
	c.Add(2, `GET /"x"\`, "200")
	c.Add(1, "GET /\n", "500")
	g := r.Gauge("a", "A gauge.")
	r.Before(func(context.Context) { g.Set(2.5) })
	h := r.Histogram("c_seconds", "A histogram.", []float64{0.5, 1}, "kind")
	for _, v := range []float64{0.5, 0.75, 1, 9} {
		h.Observe(v, "k")
	}
	w := httptest.NewRecorder()
	r.ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	want := `# HELP a A gauge.
# TYPE a gauge
a 2.5
# HELP b_total A \\ "help"\nof two lines.
# TYPE b_total counter
b_total{route="GET /\"x\"\\",status="200"} 3
b_total{route="GET /\n",status="500"} 1
# HELP c_seconds A histogram.
# TYPE c_seconds histogram
c_seconds_bucket{kind="k",le="0.5"} 1
c_seconds_bucket{kind="k",le="1"} 3
c_seconds_bucket{kind="k",le="+Inf"} 4
c_seconds_sum{kind="k"} 11.25
c_seconds_count{kind="k"} 4
`
	if got := w.Body.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if ct := w.Header().Get("Content-Type"); !strings.HasPrefix(ct, "text/plain; version=0.0.4") {
		t.Errorf("content type %q", ct)
	}
}

func TestBounded(t *testing.T) {
	t.Parallel()
	r := &Registry{}
	c := r.Counter("x_total", "X.", "l")
	for i := range 2 * maxSeries {
		c.Add(1, strconv.Itoa(i))
	}
	if n := len(c.f.series); n != maxSeries {
		t.Errorf("%d series", n)
	}
}

func TestProgram(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := New("0.1.0").Write(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`haicap_build_info{version="0.1.0",go="go`, "process_start_time_seconds ", "go_heap_bytes ", "go_goroutines "} {
		if !strings.Contains(b.String(), "\n"+want) {
			t.Errorf("%s is missing in\n%s", want, b.String())
		}
	}
	if strings.Contains(b.String(), "go_heap_bytes 0\n") {
		t.Error("no memory is used")
	}
}
