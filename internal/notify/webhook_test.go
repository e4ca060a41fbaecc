package notify_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"haicap/internal/notify"
)

var secret = []byte("mười sáu chữ trở lên")

func delivery() notify.Delivery {
	return notify.Delivery{Key: "matter.extended/01HZX/3", Body: []byte(`{"title":"Gia hạn"}`), At: written}
}

func TestWebhookIsSigned(t *testing.T) {
	t.Parallel()
	var header http.Header
	var body []byte
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header = r.Header
		body, _ = io.ReadAll(r.Body)
		w.WriteHeader(http.StatusAccepted)
	}))
	defer s.Close()
	hook, err := notify.NewWebhook(s.URL, secret, s.Client())
	if err != nil {
		t.Fatal(err)
	}
	if err := hook.Send(t.Context(), delivery()); err != nil {
		t.Fatal(err)
	}
	if string(body) != string(delivery().Body) || header.Get(notify.HeaderKey) != delivery().Key || header.Get("Content-Type") != "application/json; charset=utf-8" {
		t.Errorf("%s %v", body, header)
	}
	// The signature as another program computes it:
	// printf '1795393800.matter.extended/01HZX/3.{"title":"Gia hạn"}' | openssl dgst -sha256 -hmac 'mười sáu chữ trở lên'
	if got := header.Get(notify.HeaderSignature); got != wantSignature {
		t.Errorf("signature %s", got)
	}
	now := written.Add(time.Minute)
	if err := notify.Verify(secret, header, body, now, 5*time.Minute); err != nil {
		t.Error(err)
	}
	for name, refuse := range map[string]func() error{
		"another secret": func() error {
			return notify.Verify([]byte("một bí mật khác hẳn"), header, body, now, 5*time.Minute)
		},
		"another body": func() error { return notify.Verify(secret, header, []byte(`{}`), now, 5*time.Minute) },
		"too old":      func() error { return notify.Verify(secret, header, body, now.Add(time.Hour), 5*time.Minute) },
		"from the future": func() error {
			return notify.Verify(secret, header, body, now.Add(-time.Hour), 5*time.Minute)
		},
		"another key": func() error {
			h := header.Clone()
			h.Set(notify.HeaderKey, "x")
			return notify.Verify(secret, h, body, now, 5*time.Minute)
		},
		"no signature": func() error { return notify.Verify(secret, http.Header{}, body, now, 5*time.Minute) },
	} {
		if refuse() == nil {
			t.Errorf("%s was taken", name)
		}
	}
	both := header.Clone()
	both.Set(notify.HeaderSignature, "v1=00, "+header.Get(notify.HeaderSignature))
	if err := notify.Verify(secret, both, body, now, 5*time.Minute); err != nil {
		t.Error(err)
	}
}

const wantSignature = "v1=94059657e868fdf948154a43aa74cdf4707bced7391bb9e8b171115626a47c3e"

func TestWebhookFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status int
		after  string
		kind   notify.FaultKind
		wait   time.Duration
	}{
		{400, "", notify.Permanent, 0}, {401, "", notify.Permanent, 0}, {404, "", notify.Permanent, 0}, {410, "", notify.Permanent, 0}, {302, "", notify.Permanent, 0},
		{408, "", notify.Temporary, 0}, {425, "", notify.Temporary, 0}, {429, "120", notify.Temporary, 2 * time.Minute}, {500, "", notify.Temporary, 0},
		{503, "Mon, 23 Nov 2026 01:30:00 GMT", notify.Temporary, time.Hour}, {503, "99999999", notify.Temporary, 24 * time.Hour}, {503, "-5", notify.Temporary, 0},
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", c.after)
			w.WriteHeader(c.status)
			_, _ = io.WriteString(w, strings.Repeat("x", 100_000))
		}))
		client := s.Client()
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		hook, err := notify.NewWebhook(s.URL, secret, client)
		if err != nil {
			t.Fatal(err)
		}
		err = hook.Send(t.Context(), delivery())
		f, ok := err.(*notify.Fault)
		if !ok || f.Kind != c.kind || f.Code != c.status || f.After != c.wait {
			t.Errorf("%d: %+v", c.status, err)
		}
		s.Close()
		if err := hook.Send(t.Context(), delivery()); err == nil || notify.KindOf(err) != notify.Temporary {
			t.Errorf("nobody there: %v", err)
		}
	}
}

func TestBadWebhooks(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"http://hooks.example/x", "ftp://hooks.example", "https://", "https://user:pass@hooks.example/", "hooks.example", "https://[::1"} {
		if _, err := notify.NewWebhook(address, secret, http.DefaultClient); err == nil {
			t.Errorf("%s was taken", address)
		}
	}
	if _, err := notify.NewWebhook("https://hooks.example/x", []byte("ngắn"), http.DefaultClient); err == nil {
		t.Error("a short secret was taken")
	}
	hook, err := notify.NewWebhook("https://hooks.example/x", secret, http.DefaultClient)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"", "a\r\nX-Other: b", "a b"} {
		if err := hook.Send(t.Context(), notify.Delivery{Key: key, At: written}); err == nil || notify.KindOf(err) != notify.Permanent {
			t.Errorf("%q: %v", key, err)
		}
	}
}
