// Package outgoing is the one way out of the process: whatever calls another machine of somebody else's (a single sign-on, a mail server, a
// webhook) dials through a Guard. The store's own database is the exception; its driver dials what the settings name.
//
// A Guard has a list of hosts, made from settings and from nothing that a user typed. It refuses every other host and port; it looks at the
// address that is really dialled, after the name was resolved, so that a name which suddenly stands for an inner machine (DNS rebinding)
// gains nothing; it dials public addresses only, unless the list gives a host its network; and it never dials link-local addresses, where clouds
// keep their secrets. Its HTTP client follows no redirect, uses no proxy of the environment and reads answers within limits of time and size.
package outgoing

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A Rule lets a host be called.
type Rule struct {
	Host string // lower case; an address stands for itself
	Port string // empty: 443
	// Nets are the networks that are not public in which the host may lie. A host that is itself an address, and localhost, need none.
	Nets []netip.Prefix
}

// The refusals. Whoever called finds the host behind them.
var (
	ErrHost    = errors.New("outgoing: this host is not on the list")
	ErrAddress = errors.New("outgoing: this address is not public and the list gives the host no network")
	ErrAnswer  = errors.New("outgoing: the answer is too long")
)

// The limits of a call.
const (
	patience  = 10 * time.Second
	maxAnswer = 1 << 20
	maxHeader = 64 << 10
)

// ParseRules reads a list "HOST[:PORT][@NETWORK…]" parted by commas: "hooks.tinh.gov.vn, sso.lan@10.2.0.0/16, mail.lan:587@10.2.0.9".
func ParseRules(list string) ([]Rule, error) {
	var out []Rule
	for entry := range strings.SplitSeq(list, ",") {
		entry = strings.TrimSpace(entry)
		if entry == "" {
			continue
		}
		words := strings.Split(entry, "@")
		r := Rule{Host: strings.ToLower(words[0])}
		if host, port, err := net.SplitHostPort(words[0]); err == nil {
			r.Host, r.Port = strings.ToLower(host), port
		}
		r.Host = strings.Trim(r.Host, "[]")
		if n, err := strconv.Atoi(r.Port); r.Host == "" || strings.ContainsAny(r.Host, "/*@ ?#%") || r.Port != "" && (err != nil || n < 1 || n > 65535) {
			return nil, fmt.Errorf("outgoing: %q is no host", entry)
		}
		for _, w := range words[1:] {
			p, err := netip.ParsePrefix(w)
			if a, single := netip.ParseAddr(w); err != nil && single == nil {
				p, err = netip.PrefixFrom(a, a.BitLen()), nil
			}
			if err != nil {
				return nil, fmt.Errorf("outgoing: %q is no network", w)
			}
			r.Nets = append(r.Nets, p.Masked())
		}
		out = append(out, r)
	}
	return out, nil
}

// For is the rule of one host and port, with the networks that rules give the host.
func For(host, port string, rules []Rule) Rule {
	r := Rule{Host: strings.ToLower(strings.Trim(host, "[]")), Port: port}
	for _, other := range rules {
		if other.Host == r.Host {
			r.Nets = append(r.Nets, other.Nets...)
		}
	}
	return r
}

// A Guard lets calls to its hosts pass. It is safe for concurrent use.
type Guard struct {
	rules    map[string]Rule // by host:port
	resolver *net.Resolver   // nil: the machine's
}

// New makes a guard with these hosts and no others.
func New(rules ...Rule) *Guard {
	g := &Guard{rules: map[string]Rule{}}
	for _, r := range rules {
		if r.Port == "" {
			r.Port = "443"
		}
		g.rules[net.JoinHostPort(r.Host, r.Port)] = r
	}
	return g
}

// DialContext connects to a host of the list: net.Dialer's method, guarded.
func (g *Guard) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	rule, ok := g.rules[strings.ToLower(address)]
	if !ok || network != "tcp" {
		return nil, fmt.Errorf("%w: %s", ErrHost, address)
	}
	d := net.Dialer{Timeout: patience, Resolver: g.resolver, ControlContext: func(_ context.Context, _, dialled string, _ syscall.RawConn) error {
		ap, err := netip.ParseAddrPort(dialled) // resolved by now, and this is what the socket will connect to
		if err != nil || !rule.permits(ap.Addr().Unmap().WithZone("")) {
			return fmt.Errorf("%w: %s is at %s", ErrAddress, rule.Host, dialled)
		}
		return nil
	}}
	return d.DialContext(ctx, network, address)
}

// permits says whether the host may be at an address.
func (r Rule) permits(a netip.Addr) bool {
	if a.IsLinkLocalUnicast() || a.IsMulticast() || a.IsUnspecified() {
		return false
	}
	if named, err := netip.ParseAddr(r.Host); err == nil && named.Unmap() == a {
		return true
	}
	if r.Host == "localhost" && a.IsLoopback() {
		return true
	}
	for _, p := range r.Nets {
		if p.Contains(a) {
			return true
		}
	}
	return public(a)
}

// notPublic are the networks besides private, loopback and link-local ones that no public host is in (RFC 6890 and what it was amended by).
var notPublic = prefixes("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "240.0.0.0/4", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10")

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, s := range list {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

func public(a netip.Addr) bool {
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() {
		return false
	}
	for _, p := range notPublic {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// Client makes an HTTP client that goes through the guard.
func (g *Guard) Client() *http.Client {
	return &http.Client{Timeout: patience, Transport: limited{g, &http.Transport{DialContext: g.DialContext, TLSHandshakeTimeout: patience,
		ResponseHeaderTimeout: patience, MaxResponseHeaderBytes: maxHeader, MaxIdleConns: 4, IdleConnTimeout: time.Minute, ForceAttemptHTTP2: true}},
		CheckRedirect: func(r *http.Request, _ []*http.Request) error {
			return fmt.Errorf("%w: redirected to %s", ErrHost, r.URL.Host)
		}}
}

// limited wants HTTPS for whatever leaves this machine, and shortens answers.
type limited struct {
	guard *Guard
	next  http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (l limited) RoundTrip(r *http.Request) (*http.Response, error) {
	port := r.URL.Port()
	switch {
	case r.URL.Scheme == "https" && port == "":
		port = "443"
	case r.URL.Scheme == "http" && port == "":
		port = "80"
	}
	rule, ok := l.guard.rules[net.JoinHostPort(strings.ToLower(r.URL.Hostname()), port)]
	if !ok || r.URL.Scheme != "https" && (r.URL.Scheme != "http" || !Loopback(rule.Host)) {
		return nil, fmt.Errorf("%w: %s", ErrHost, r.URL.Host)
	}
	res, err := l.next.RoundTrip(r)
	if err == nil {
		res.Body = &shortened{res.Body, maxAnswer}
	}
	return res, err
}

// Loopback reports whether a host of an address is this machine by its very name.
func Loopback(host string) bool {
	a, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && a.IsLoopback()
}

// shortened fails where an answer is longer than it may be, rather than hand out a part of it.
type shortened struct {
	io.ReadCloser
	left int
}

func (s *shortened) Read(b []byte) (int, error) {
	if s.left <= 0 {
		return 0, ErrAnswer
	}
	n, err := s.ReadCloser.Read(b[:min(len(b), s.left)])
	s.left -= n
	return n, err
}
