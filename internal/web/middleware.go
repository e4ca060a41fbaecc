package web

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"haicap/internal/gov"
	"haicap/internal/lang"
)

// policy lets a page load from here only: no inline script or style, no frame, no form to elsewhere.
const policy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// maxForm is the most that a form other than an upload may send.
const maxForm = 1 << 20

// serve wraps a row of the route table: headers, log line, who asks, may he, the handler, and the error if there is one.
func (s *server) serve(row route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		rec := &recorder{ResponseWriter: w}
		r = r.WithContext(context.WithValue(r.Context(), visitorKey{}, visitor{request: rand.Text()[:10]}))
		defer s.measure(row, rec, r, start)()
		s.headers(rec.Header(), r)
		if r.Body != nil && !row.upload {
			r.Body = http.MaxBytesReader(rec, r.Body, maxForm)
		}
		r, err := s.admitted(r, row, start)
		if err == nil {
			err = s.guard(rec, r, row)
		}
		if err != nil {
			s.fail(rec, r, err)
		}
	})
}

// admitted finds out who asks, and says Limited to who asks too often, for anything or for what the row costs.
func (s *server) admitted(r *http.Request, row route, now time.Time) (*http.Request, error) {
	address := s.address(r)
	if err := s.addresses.take(address, now); err != nil {
		return r, err
	}
	if err := row.cost.addresses(s).take(address, now); err != nil {
		return r, err
	}
	r, err := s.introduce(r, row)
	if p := who(r); err == nil && p.Known() {
		if err = s.persons.take(p.Account, now); err == nil {
			err = row.cost.persons(s).take(p.Account, now)
		}
	}
	return r, err
}

// measure counts a request that begins; what it gives back counts and logs its end, also where the handler breaks off.
func (s *server) measure(row route, rec *recorder, r *http.Request, start time.Time) func() {
	s.counts.running.Add(1)
	return func() {
		s.counts.running.Add(-1)
		s.counts.requests.Add(1, row.pattern, strconv.Itoa(cmp.Or(rec.status, http.StatusOK)))
		s.counts.seconds.Since(start, row.pattern)
		// The pattern, not the address: an address holds what people searched for.
		s.log.Info("request", "request", visit(r).request, "method", methodOf(r), "route", row.pattern, "status", rec.status, "bytes", rec.bytes,
			"ms", time.Since(start).Milliseconds())
	}
}

// methodOf is the method where it is a known one: anybody can send any word as a method.
func methodOf(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return r.Method
	}
	return "other"
}

// guard runs the handler if the row's permission allows it, and turns a panic into an error.
func (s *server) guard(w http.ResponseWriter, r *http.Request, row route) (err error) {
	defer func() {
		if v := recover(); v != nil {
			if v == http.ErrAbortHandler {
				panic(v)
			}
			err = gov.Errorf(gov.Internal, "error.internal").Because(fmt.Errorf("panic: %v\n%s", v, debug.Stack()))
		}
	}()
	switch p := who(r); {
	case p.May(row.needs):
		return row.do(w, r)
	case p.First:
		return gov.Errorf(gov.Forbidden, "error.password_first")
	case p.Pending:
		return gov.Errorf(gov.Forbidden, "error.second_required")
	case p.Known():
		return gov.Errorf(gov.Forbidden, "error.forbidden")
	}
	return gov.Errorf(gov.Unauthenticated, "error.not_logged_in")
}

// headers sets what every answer carries. Pages are not kept by browsers: offices share machines.
func (s *server) headers(h http.Header, r *http.Request) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Request-Id", visit(r).request)
	if s.https(r) {
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
}

// introduce finds out who asks and in which language. A token that is not (or no longer) good makes a stranger.
func (s *server) introduce(r *http.Request, row route) (*http.Request, error) {
	v := visitor{request: visit(r).request, lang: s.chosenLang(r)}
	var failed error
	if token := s.token(r); token != "" && !row.blind {
		p, err := s.app.Authenticate(r.Context(), token)
		switch gov.CodeOf(err) {
		case "":
			v.principal = p
		case gov.Unauthenticated, gov.NotFound:
		default:
			failed = err
		}
	}
	return r.WithContext(context.WithValue(r.Context(), visitorKey{}, v)), failed
}

// chosenLang is the language of ?lang=, else of the cookie, else Vietnamese.
func (s *server) chosenLang(r *http.Request) lang.Lang {
	if l := r.URL.Query().Get("lang"); l != "" {
		return lang.Parse(l)
	}
	if c, err := r.Cookie(s.cookieName(r, "lang")); err == nil {
		return lang.Parse(c.Value)
	}
	return lang.VI
}

// cookieName has the __Host- prefix where browsers accept it: no other host or path can then set the cookie.
func (s *server) cookieName(r *http.Request, name string) string {
	if s.https(r) {
		return "__Host-" + name
	}
	return name
}

func (s *server) setCookie(w http.ResponseWriter, r *http.Request, name, value string, maxAge int) {
	http.SetCookie(w, &http.Cookie{Name: s.cookieName(r, name), Value: value, Path: "/", MaxAge: maxAge, HttpOnly: true,
		Secure: s.https(r), SameSite: http.SameSiteLaxMode})
}

// token is the login token of the browser, "" where it has none.
func (s *server) token(r *http.Request) string {
	c, err := r.Cookie(s.cookieName(r, loginCookie))
	if err != nil {
		return ""
	}
	return c.Value
}

// samePath gives back a path of this site, so that a link prepared elsewhere cannot lead a person away after the login; "/" for
// anything else.
func samePath(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") ||
		strings.ContainsAny(to, "\\\r\n\t") {
		return "/"
	}
	switch u.Path {
	case "/login", "/login/second", "/logout", "/lang", "/account/prove":
		return "/"
	}
	return to
}

// recorder remembers status and size for the log.
type recorder struct {
	http.ResponseWriter
	status, bytes int
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
