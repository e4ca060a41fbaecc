package web

import (
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"haicap/internal/app"
	"haicap/internal/gov"
)

// deviceCookie holds the token by which a browser is known again at the login: whoever guesses elsewhere does not slow it down.
const (
	deviceCookie = "device"
	deviceFor    = 180 * 24 * 3600 // seconds
)

// ParseProxies reads the addresses and networks of the proxies in front, parted by commas.
func ParseProxies(list string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for s := range strings.SplitSeq(list, ",") {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		p, err := netip.ParsePrefix(s)
		if err != nil {
			a, err := netip.ParseAddr(s)
			if err != nil {
				return nil, err
			}
			p = netip.PrefixFrom(a, a.BitLen())
		}
		out = append(out, p)
	}
	return out, nil
}

// address is the machine that asks. What X-Forwarded-For says counts only where a known proxy sends it, and of it only what the
// nearest unknown machine is: whoever asks can write anything before that. Of IPv6 it is the network, since one machine has as many
// addresses as it likes.
func (s *server) address(r *http.Request) string {
	ap, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	a := ap.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && s.trusted(a); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		a = hop.Unmap()
	}
	if a.Is6() {
		if p, err := a.WithZone("").Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.String()
}

func (s *server) trusted(a netip.Addr) bool {
	for _, p := range s.proxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// browser is where a login comes from.
func (s *server) browser(r *http.Request) app.Browser {
	b := app.Browser{Address: s.address(r), Words: browserWords(r.UserAgent())}
	if c, err := r.Cookie(s.cookieName(deviceCookie)); err == nil && len(c.Value) < 100 {
		b.Device = c.Value
	}
	return b
}

// browserWords says roughly what a browser is, without versions: enough for its owner to know it again.
func browserWords(agent string) string {
	first := func(pairs ...string) string {
		for i := 0; i+1 < len(pairs); i += 2 {
			if strings.Contains(agent, pairs[i]) {
				return pairs[i+1]
			}
		}
		return ""
	}
	browser := first("coc_coc", "Cốc Cốc", "Edg", "Edge", "OPR/", "Opera", "Firefox/", "Firefox", "FxiOS", "Firefox", "CriOS", "Chrome",
		"Chrome/", "Chrome", "Safari/", "Safari")
	system := first("Windows", "Windows", "Android", "Android", "iPhone", "iPhone", "iPad", "iPad", "Mac OS X", "macOS", "CrOS", "ChromeOS", "Linux", "Linux")
	return strings.Trim(browser+", "+system, ", ")
}

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

// take counts a request, or says Limited.
func (m *meter) take(key string, now time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	until := m.until[key]
	if until.Before(now) {
		until = now
	}
	if wait := until.Sub(now) - time.Duration(m.limit.Burst-1)*m.limit.Every; wait > 0 {
		return gov.Errorf(gov.Limited, "error.requests")
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
