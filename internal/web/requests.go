package web

import (
	"net/http"
	"net/netip"
	"strings"

	"haicap/internal/app"
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
	if c, err := r.Cookie(s.cookieName(r, deviceCookie)); err == nil && len(c.Value) < 100 {
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

// https says whether the browser speaks HTTPS with us or with a proxy that is believed: the nearest one says how it was asked.
func (s *server) https(r *http.Request) bool {
	if s.secure || r.TLS != nil {
		return true
	}
	said := r.Header.Values("X-Forwarded-Proto")
	if len(said) == 0 {
		return false
	}
	words := strings.Split(said[len(said)-1], ",")
	ap, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && s.trusted(ap.Addr().Unmap()) && strings.EqualFold(strings.TrimSpace(words[len(words)-1]), "https")
}
