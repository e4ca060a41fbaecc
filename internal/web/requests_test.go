package web

import (
	"net/http/httptest"
	"testing"
)

func TestAddress(t *testing.T) {
	t.Parallel()
	proxies, err := ParseProxies("10.0.0.5, 10.1.0.0/16,::1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ParseProxies("10.0.0.300"); err == nil {
		t.Error("a broken address is taken")
	}
	s := &server{proxies: proxies}
	for _, c := range []struct{ remote, forwarded, want string }{
		{"192.0.2.1:5", "", "192.0.2.1"},
		{"192.0.2.1:5", "198.51.100.9", "192.0.2.1"}, // anybody can write that
		{"10.0.0.5:5", "198.51.100.9", "198.51.100.9"},
		{"10.0.0.5:5", "203.0.113.1, 198.51.100.9", "198.51.100.9"}, // only the nearest is known
		{"10.0.0.5:5", "203.0.113.1, 198.51.100.9, 10.1.2.3", "198.51.100.9"},
		{"10.0.0.5:5", "rác", "10.0.0.5"},
		{"10.0.0.5:5", "", "10.0.0.5"},
		{"[::ffff:192.0.2.1]:5", "", "192.0.2.1"},
		{"[2001:db8:1:2:3:4:5:6]:5", "", "2001:db8:1:2::/64"},
		{"[::1]:5", "2001:db8:1:2:9::1", "2001:db8:1:2::/64"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.remote
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := s.address(r); got != c.want {
			t.Errorf("%s, %q: got %s, want %s", c.remote, c.forwarded, got, c.want)
		}
	}
}

func TestBrowserWords(t *testing.T) {
	t.Parallel()
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0":                                          "Firefox, Windows",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0":     "Edge, Windows",
		"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/110 Chrome/104 Safari/537.36":         "Cốc Cốc, Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1": "Safari, iPhone",
		"Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36":                  "Chrome, Android",
		"curl/8.0": "", "": "",
	} {
		if got := browserWords(agent); got != want {
			t.Errorf("%q: got %q, want %q", agent, got, want)
		}
	}
}
