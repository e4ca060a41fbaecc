package web

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"haicap/internal/gov"
)

func TestMeter(t *testing.T) {
	t.Parallel()
	m := newMeter(Limit{Every: time.Second, Burst: 3}, Limit{})
	now := time.Date(2026, 1, 15, 2, 0, 0, 0, time.UTC)
	for i, want := range []bool{true, true, true, false} {
		if got := m.take("a", now) == nil; got != want {
			t.Errorf("request %d: %v", i+1, got)
		}
	}
	if m.take("b", now) != nil {
		t.Error("somebody else pays")
	}
	if m.take("a", now.Add(time.Second)) != nil || m.take("a", now.Add(time.Second)) == nil {
		t.Error("it does not drain by one a second")
	}
	if n := retryAfter(m.take("a", now.Add(1500*time.Millisecond))); n != 1 {
		t.Errorf("try again after %d seconds", n)
	}
	if (*meter)(nil).take("a", now) != nil {
		t.Error("what costs nothing is limited")
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		want int
	}{
		{gov.Errorf(gov.Limited, limitedFor, 7), 7}, {gov.Errorf(gov.Limited, brakedFor, 3), 180}, {gov.Errorf(gov.Unavailable, noPlace), 30},
		{gov.Errorf(gov.Invalid, "error.on_invalid", 9), 0}, {context.Canceled, 0},
	} {
		if got := retryAfter(c.err); got != c.want {
			t.Errorf("%v: %d, want %d", c.err, got, c.want)
		}
	}
}

// TestDearRoutesHaveLimits: what reads, searches, hands out or goes through everything is limited by itself.
func TestDearRoutesHaveLimits(t *testing.T) {
	t.Parallel()
	want := map[string]cost{"POST /documents": reading, "POST /documents/{id}/review": reading, "POST /matters/{id}": "", "GET /search": searching, "GET /documents/{id}": fetching,
		"GET /documents/{id}/original": fetching, "GET /audit/head": exporting, "POST /audit/verify": exporting}
	onTheWay := map[string]bool{"POST /matters/{id}": true} // most steps bring no file: those that do pay for it (TestFilesOfStepsAreLimited)
	for _, row := range (&server{}).routes() {
		if w, ok := want[row.pattern]; ok && row.cost != w {
			t.Errorf("%s costs %q, want %q", row.pattern, row.cost, w)
		}
		delete(want, row.pattern)
		l, known := costLimits[row.cost]
		if row.cost != "" && (!known || l.account.Burst == 0 || l.address.Burst < l.account.Burst) {
			t.Errorf("%s costs %q, which has no limits for accounts and addresses", row.pattern, row.cost)
		}
		if row.upload && row.cost != reading && !onTheWay[row.pattern] {
			t.Errorf("%s takes files and costs %q", row.pattern, row.cost)
		}
		for _, word := range []string{"export", "original", "download", ".csv", ".xlsx", ".docx"} {
			if strings.Contains(row.pattern, word) && row.cost == "" {
				t.Errorf("%s hands much out and costs nothing", row.pattern)
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("no such routes: %v", want)
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	p := newPlaces(3, 2)
	p.wait = time.Millisecond
	take := func(account string) (func(), bool) {
		leave, err := p.take(t.Context(), account)
		if err != nil && gov.CodeOf(err) != gov.Unavailable {
			t.Errorf("%v", err)
		}
		return leave, err == nil
	}
	one, _ := take("a")
	_, ok := take("a")
	if _, third := take("a"); !ok || third {
		t.Errorf("of one account two at once: %v, %v", ok, third)
	}
	if _, ok := take("b"); !ok {
		t.Error("somebody else has no place left")
	}
	if _, ok := take("c"); ok {
		t.Error("a fourth")
	}
	one()
	one() // again is once
	p.wait = time.Minute
	if _, ok := take("a"); !ok || p.all != 3 {
		t.Errorf("the place that was given back is not there: %v, %d", ok, p.all)
	}
	waits := make(chan func())
	go func() {
		leave, _ := p.take(context.WithoutCancel(t.Context()), "d")
		waits <- leave
	}()
	p.leave("b")
	if leave := <-waits; leave == nil {
		t.Error("who waits is not let in")
	}
}

// TestHTTPS: what a proxy says of the way to the browser counts only where the proxy is known.
func TestHTTPS(t *testing.T) {
	t.Parallel()
	proxies, err := ParseProxies("10.0.0.5")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		remote string
		said   []string
		want   bool
	}{
		{"192.0.2.1:5", nil, false}, {"192.0.2.1:5", []string{"https"}, false}, {"10.0.0.5:5", []string{"https"}, true}, {"10.0.0.5:5", []string{"http"}, false},
		{"10.0.0.5:5", []string{"https, http"}, false}, {"10.0.0.5:5", []string{"https", "http"}, false}, {"10.0.0.5:5", []string{"http", "HTTPS "}, true}, {"10.0.0.5:5", nil, false},
	} {
		s := bench(new(strings.Builder))
		s.proxies = proxies
		r := httptest.NewRequest("GET", "/lang", nil)
		r.RemoteAddr = c.remote
		for _, v := range c.said {
			r.Header.Add("X-Forwarded-Proto", v)
		}
		w := httptest.NewRecorder()
		s.headers(w.Header(), r)
		s.setCookie(w, r, "lang", "vi", 1)
		cookie := w.Result().Cookies()[0]
		if got := w.Header().Get("Strict-Transport-Security") != ""; got != c.want || cookie.Secure != c.want || strings.HasPrefix(cookie.Name, "__Host-") != c.want {
			t.Errorf("%s says %q: HSTS %v, cookie %+v", c.remote, c.said, got, cookie)
		}
	}
}
