package outgoing

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

func TestParseRules(t *testing.T) {
	t.Parallel()
	rules, err := ParseRules(" Hooks.Tinh.gov.vn, sso.lan@10.2.3.4/16@fd00::/8 ,mail.lan:587@10.2.0.9,[::1]:9, ")
	if err != nil || len(rules) != 4 {
		t.Fatal(rules, err)
	}
	if r := rules[0]; r.Host != "hooks.tinh.gov.vn" || r.Port != "" || r.Nets != nil {
		t.Errorf("%+v", r)
	}
	if r := rules[1]; r.Host != "sso.lan" || len(r.Nets) != 2 || r.Nets[0].String() != "10.2.0.0/16" {
		t.Errorf("%+v", r)
	}
	if r := rules[2]; r.Host != "mail.lan" || r.Port != "587" || r.Nets[0].String() != "10.2.0.9/32" {
		t.Errorf("%+v", r)
	}
	if r := rules[3]; r.Host != "::1" || r.Port != "9" {
		t.Errorf("%+v", r)
	}
	for _, bad := range []string{"*.gov.vn", "https://a.vn", "a.vn:0", "a.vn:x", "@10.0.0.0/8", "a.vn@10.0.0.0/99", "a.vn@b"} {
		if rules, err := ParseRules(bad); err == nil {
			t.Errorf("%q is taken: %+v", bad, rules)
		}
	}
}

func TestPermits(t *testing.T) {
	t.Parallel()
	lan := Rule{Host: "sso.lan", Nets: []netip.Prefix{netip.MustParsePrefix("10.2.0.0/16"), netip.MustParsePrefix("169.254.0.0/16")}}
	for address, want := range map[string][2]bool{ // for any host, for one whose network is named
		"8.8.8.8": {true, true}, "2606:4700::1": {true, true},
		"10.2.9.9": {false, true}, "10.3.0.1": {false, false}, "172.16.0.1": {false, false}, "192.168.1.1": {false, false},
		"127.0.0.1": {false, false}, "::1": {false, false}, "0.0.0.0": {false, false}, "::": {false, false}, "0.1.2.3": {false, false},
		"169.254.169.254": {false, false}, "fe80::1": {false, false}, "fd00:ec2::254": {false, false}, "100.100.100.200": {false, false},
		"224.0.0.1": {false, false}, "255.255.255.255": {false, false}, "64:ff9b::a9fe:a9fe": {false, false}, "2002:7f00:1::": {false, false},
		"192.0.2.1": {false, false}, "198.18.0.1": {false, false},
	} {
		a := netip.MustParseAddr(address)
		if got := [2]bool{(Rule{Host: "a.vn"}).permits(a), lan.permits(a)}; got != want {
			t.Errorf("%s: %v, want %v", address, got, want)
		}
	}
	if !(Rule{Host: "localhost"}).permits(netip.MustParseAddr("127.0.0.1")) || !(Rule{Host: "10.0.0.5"}).permits(netip.MustParseAddr("10.0.0.5")) {
		t.Error("what the list names as an address is refused")
	}
}

// names answers every question about a name with an address, as a resolver in somebody else's hand may.
func names(address *string) *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		here, there := net.Pipe()
		go func() {
			defer there.Close()
			question := make([]byte, 2048)
			for {
				// Over a pipe Go speaks as over TCP: two bytes of length first.
				if _, err := io.ReadFull(there, question[:2]); err != nil {
					return
				}
				n := int(question[0])<<8 | int(question[1])
				if _, err := io.ReadFull(there, question[:n]); err != nil {
					return
				}
				var m dnsmessage.Message
				if m.Unpack(question[:n]) != nil {
					return
				}
				m.Response, m.Additionals = true, nil
				if q := m.Questions[0]; q.Type == dnsmessage.TypeA {
					m.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class, TTL: 0},
						Body: &dnsmessage.AResource{A: netip.MustParseAddr(*address).As4()}}}
				}
				out, err := m.Pack()
				if err != nil {
					return
				}
				_, _ = there.Write(append([]byte{byte(len(out) >> 8), byte(len(out))}, out...))
			}
		}()
		return here, nil
	}}
}

// TestRebinding: the name is on the list, and what it stands for is looked at when it is dialled.
func TestRebinding(t *testing.T) {
	t.Parallel()
	called := false
	inner := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called = true }))
	t.Cleanup(inner.Close)
	u, _ := url.Parse(inner.URL)
	address := "127.0.0.1"
	g := New(Rule{Host: "hooks.example", Port: u.Port()})
	g.resolver = names(&address)
	conn, err := g.DialContext(t.Context(), "tcp", "hooks.example:"+u.Port())
	if !errors.Is(err, ErrAddress) || called {
		t.Errorf("it connects to this machine: %v, %v", conn, err)
	}
	g = New(Rule{Host: "hooks.example", Port: u.Port(), Nets: prefixes("127.0.0.0/8")})
	g.resolver = names(&address)
	conn, err = g.DialContext(t.Context(), "tcp", "hooks.example:"+u.Port())
	if err != nil {
		t.Fatalf("a host whose network is named: %v", err)
	}
	_ = conn.Close()
	if _, err := g.DialContext(t.Context(), "tcp", "127.0.0.1:"+u.Port()); !errors.Is(err, ErrHost) {
		t.Errorf("the address itself is not on the list: %v", err)
	}
}

func TestClient(t *testing.T) {
	t.Parallel()
	var lead string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/long":
			_, _ = io.WriteString(w, strings.Repeat("a", maxAnswer+1))
		case "/away":
			http.Redirect(w, r, lead, http.StatusFound)
		default:
			_, _ = io.WriteString(w, "ok")
		}
	}))
	t.Cleanup(server.Close)
	lead = server.URL + "/"
	u, _ := url.Parse(server.URL)
	c := New(For(u.Hostname(), u.Port(), nil)).Client()
	fetch := func(address string) (string, error) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := c.Do(r)
		if err != nil {
			return "", err
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		return string(b), err
	}
	if body, err := fetch(server.URL); err != nil || body != "ok" {
		t.Errorf("%q, %v", body, err)
	}
	if _, err := fetch(server.URL + "/long"); !errors.Is(err, ErrAnswer) {
		t.Errorf("a long answer: %v", err)
	}
	for _, address := range []string{server.URL + "/away", "http://127.0.0.1:1/", "http://localhost:" + u.Port(), "http://169.254.169.254/",
		"https://127.0.0.1:" + u.Port() + "1/", "file:///etc/passwd"} {
		if _, err := fetch(address); !errors.Is(err, ErrHost) {
			t.Errorf("%s: %v", address, err)
		}
	}
	if _, err := New(Rule{Host: "a.example", Port: "80"}).Client().Get("http://a.example/"); !errors.Is(err, ErrHost) {
		t.Errorf("plain HTTP to another machine: %v", err)
	}
}
