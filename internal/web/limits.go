package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"sync"
	"time"

	"haicap/internal/gov"
)

// A Limit is how often somebody may ask: burst at once, then one in every.
type Limit struct {
	Every time.Duration
	Burst int
}

// The limits where nobody says otherwise: an office of a thousand behind one address, and one person who is in a hurry.
var (
	addressLimit = Limit{Every: 10 * time.Millisecond, Burst: 1500}
	accountLimit = Limit{Every: 50 * time.Millisecond, Burst: 600}
)

// A cost says what a route takes besides being answered; what is dear has limits of its own.
type cost string

// The costs. What costs nothing has the general limits only.
const (
	reading   cost = "reading"   // a document is read, perhaps recognised from pictures: seconds to minutes of a processor
	searching cost = "searching" // the index of all books is asked
	fetching  cost = "fetching"  // a whole document is handed out, and the audit log says so
	exporting cost = "exporting" // all of something is gone through
	feeding   cost = "feeding"   // somebody without a login tries a secret address
)

// costLimits are the limits of what is dear, by account and by address.
var costLimits = map[cost]struct{ account, address Limit }{
	reading:   {Limit{15 * time.Second, 30}, Limit{time.Second, 300}},
	searching: {Limit{time.Second, 40}, Limit{50 * time.Millisecond, 400}},
	fetching:  {Limit{time.Second, 100}, Limit{50 * time.Millisecond, 1000}},
	exporting: {Limit{10 * time.Second, 10}, Limit{time.Second, 60}},
	feeding:   {Limit{time.Second, 60}, Limit{time.Second, 120}},
}

type meters struct{ account, address *meter }

func newCosts() map[cost]meters {
	out := map[cost]meters{}
	for c, l := range costLimits {
		out[c] = meters{newMeter(l.account, Limit{}), newMeter(l.address, Limit{})}
	}
	return out
}

func (c cost) addresses(s *server) *meter { return s.costs[c].address }

func (c cost) persons(s *server) *meter { return s.costs[c].account }

// pay counts what a request turns out to cost beyond what its row says, or says Limited: the steps of a matter are forms like others, and only
// those that bring a file to be read cost what reading costs.
func (s *server) pay(r *http.Request, c cost) error {
	now := time.Now()
	if err := c.addresses(s).take(s.address(r), now); err != nil {
		return err
	}
	return c.persons(s).take(who(r).Account, now)
}

// maxMeters bounds what a meter remembers.
const maxMeters = 20000

// A meter counts requests by key, in memory: each server its own. What is kept of a key is the moment at which its bucket is empty.
type meter struct {
	limit Limit
	mu    sync.Mutex
	until map[string]time.Time
}

func newMeter(l, usual Limit) *meter {
	if l.Burst == 0 {
		l = usual
	}
	return &meter{limit: l, until: map[string]time.Time{}}
}

// take counts a request, or says Limited with the seconds to wait. A meter that is nil counts nothing.
func (m *meter) take(key string, now time.Time) error {
	if m == nil {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	until := m.until[key]
	if until.Before(now) {
		until = now
	}
	if wait := until.Sub(now) - time.Duration(m.limit.Burst-1)*m.limit.Every; wait > 0 {
		return gov.Errorf(gov.Limited, limitedFor, int((wait+time.Second-1)/time.Second))
	}
	if len(m.until) >= maxMeters {
		for k, t := range m.until {
			if !t.After(now) {
				delete(m.until, k)
			}
		}
		if len(m.until) >= maxMeters {
			clear(m.until) // a flood from everywhere: counting it one by one is no help
		}
	}
	m.until[key] = until.Add(m.limit.Every)
	return nil
}

// The keys of refusals that say when to try again: the first in seconds, the second in minutes, the third in a little while.
const (
	limitedFor = "error.requests"
	brakedFor  = "error.try_later"
	noPlace    = "error.busy"
)

// sayWhen puts into the head of an answer after how long it makes sense to try again, where an error is about that.
func sayWhen(h http.Header, err error) {
	if n := retryAfter(err); n > 0 {
		h.Set("Retry-After", strconv.Itoa(n))
	}
}

// retryAfter is the number of seconds after which it makes sense to try again, 0 where an error is not about that.
func retryAfter(err error) int {
	var e *gov.Error
	if !errors.As(err, &e) {
		return 0
	}
	n := 1
	if len(e.Args) > 0 {
		n, _ = e.Args[0].(int)
	}
	switch e.Key {
	case limitedFor:
		return n
	case brakedFor:
		return n * 60
	case noPlace:
		return 30
	}
	return 0
}

// How many uploads, and originals on their way out, are in memory at once, in all and of one account. The next one waits for a place.
const (
	maxUploads       = 4
	maxUploadsEach   = 2
	maxOriginals     = 8
	maxOriginalsEach = 3
	waitForPlace     = 20 * time.Second
)

// places bounds how much of something is done at once, in all and for one account, so that nobody takes all of it.
type places struct {
	total, each int
	wait        time.Duration

	mu    sync.Mutex
	taken map[string]int
	all   int
	freed chan struct{} // closed and made anew whenever a place is given back
}

func newPlaces(total, each int) *places {
	return &places{total: total, each: each, wait: waitForPlace, taken: map[string]int{}, freed: make(chan struct{})}
}

// take waits for a place; give it back with the returned function. Unavailable where none becomes free in time.
func (p *places) take(ctx context.Context, account string) (leave func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, p.wait)
	defer cancel()
	for {
		p.mu.Lock()
		if p.all < p.total && p.taken[account] < p.each {
			p.all++
			p.taken[account]++
			p.mu.Unlock()
			return sync.OnceFunc(func() { p.leave(account) }), nil
		}
		freed := p.freed
		p.mu.Unlock()
		select {
		case <-freed:
		case <-ctx.Done():
			return nil, gov.Errorf(gov.Unavailable, noPlace)
		}
	}
}

func (p *places) leave(account string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.all--
	if p.taken[account]--; p.taken[account] == 0 {
		delete(p.taken, account)
	}
	close(p.freed)
	p.freed = make(chan struct{})
}
