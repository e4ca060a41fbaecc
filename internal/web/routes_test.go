package web

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// openRoutes need no login; nothing may join them by accident.
var openRoutes = []string{"GET /healthz", "GET /readyz", "GET /static/{version}/{name...}", "GET /login", "POST /login", "GET /login/second", "POST /login/second",
	"POST /login/passkey/options", "POST /login/passkey", "GET /login/sso", "GET /login/sso/back", "GET /link/{token}", "POST /link/{token}", "GET /feed/{token}", "POST /logout", "POST /lang", "/"}

func TestEachRouteNamesItsPermission(t *testing.T) {
	t.Parallel()
	known := []access.Permission{access.LoggedIn}
	for _, perms := range access.Roles {
		known = append(known, perms...)
	}
	var open []string
	seen := map[string]bool{}
	for _, row := range (&server{}).routes() {
		switch {
		case seen[row.pattern]:
			t.Errorf("%s stands twice", row.pattern)
		case row.do == nil:
			t.Errorf("%s has no handler", row.pattern)
		case row.needs == access.Open:
			open = append(open, row.pattern)
		case !slices.Contains(known, row.needs):
			t.Errorf("%s needs %q, which no role has", row.pattern, row.needs)
		}
		if row.upload && !strings.HasPrefix(row.pattern, "POST ") {
			t.Errorf("%s takes uploads", row.pattern)
		}
		seen[row.pattern] = true
	}
	if !slices.Equal(open, openRoutes) {
		t.Errorf("open routes are\n%q, want\n%q", open, openRoutes)
	}
}

// bench is a server without books for the tests of the frame around handlers.
func bench(log *strings.Builder) *server {
	a := &assets{version: "v", files: map[string][]byte{}}
	return &server{log: slog.New(slog.NewTextHandler(log, nil)), assets: a,
		addresses: newMeter(Limit{}, addressLimit), persons: newMeter(Limit{}, accountLimit), counts: newCounts(nil)}
}

func TestErrorsBecomePages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		err    error
		panics bool
		status int
		words  string
	}{
		{name: "refusal", err: gov.Errorf(gov.Invalid, "error.on_invalid", "mai"), status: 400, words: "“mai” không phải là ngày"},
		{name: "not found", err: gov.Errorf(gov.NotFound, "error.not_found"), status: 404, words: "Không tìm thấy"},
		{name: "conflict", err: gov.Errorf(gov.Conflict, "error.stale"), status: 409, words: "Người khác vừa thay đổi"},
		{name: "too large", err: &http.MaxBytesError{Limit: 1}, status: 413, words: "quá lớn"},
		{name: "foreign", err: errors.New("pq: SELECT password FROM account"), status: 500, words: "mã số này"},
		{name: "unknown key", err: gov.Errorf(gov.Invalid, "error.no_such_key"), status: 400, words: "mã số này"},
		{name: "cause", err: gov.Errorf(gov.Internal, "error.internal").Because(errors.New("/var/data SELECT")), status: 500, words: "mã số này"},
		{name: "panic", panics: true, status: 500, words: "mã số này"},
	} {
		var log strings.Builder
		h := bench(&log).serve(route{pattern: "GET /x", needs: access.Open, do: func(http.ResponseWriter, *http.Request) error {
			if c.panics {
				panic("SELECT in a panic")
			}
			return c.err
		}})
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "/x?q=Nguyen", nil))
		body := w.Body.String()
		if w.Code != c.status || !strings.Contains(body, c.words) {
			t.Errorf("%s: status %d, want %d; %q not in\n%s", c.name, w.Code, c.status, c.words, body)
		}
		for _, leak := range []string{"SELECT", "/var/data", "error.no_such", "[error", "[web."} {
			if strings.Contains(body, leak) {
				t.Errorf("%s: the page shows %q", c.name, leak)
			}
		}
		if c.words == "mã số này" {
			number := incident(body)
			if number == "" || !strings.Contains(log.String(), number) {
				t.Errorf("%s: incident %q is not in the log: %s", c.name, number, log.String())
			}
		}
		if strings.Contains(log.String(), "Nguyen") {
			t.Errorf("%s: the log holds what was asked for: %s", c.name, log.String())
		}
	}
}

// incident is the number that an error page tells.
func incident(body string) string {
	_, rest, _ := strings.Cut(body, "mã số này: ")
	number, _, _ := strings.Cut(rest, ".")
	return number
}

func TestSamePath(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"/units/07909?on=2025-07-01": "/units/07909?on=2025-07-01", "/": "/", "": "/", "//evil.example": "/", "https://evil.example/": "/",
		"/\\evil.example": "/", "units": "/", "/login": "/", "/logout": "/", "/login?to=/x": "/", "javascript:alert(1)": "/", "/a\r\nb": "/",
		"/%2f/evil.example": "/%2f/evil.example",
	} {
		if got := samePath(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestStatusOfEveryCode(t *testing.T) {
	t.Parallel()
	for _, c := range []gov.Code{gov.Invalid, gov.NotFound, gov.Conflict, gov.Forbidden, gov.Unauthenticated, gov.Secret, gov.TooLarge,
		gov.Unsupported, gov.Unavailable} {
		if s := statusOf(c); s < 400 || s == 500 {
			t.Errorf("%s: status %d", c, s)
		}
	}
}

func TestExcerpt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{{"một hai ba", 20, "một hai ba"}, {"một hai ba", 8, "một hai …"}, {"ộộộộộ", 3, "ộộộ …"}, {"", 3, ""}} {
		if got := excerpt(c.in, c.n); got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}
