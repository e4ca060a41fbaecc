package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/lang"
	"haicap/internal/web/ui"
)

// statusOf is the one place where the domain's codes become HTTP statuses.
func statusOf(c gov.Code) int {
	switch c {
	case gov.Invalid:
		return http.StatusBadRequest
	case gov.NotFound:
		return http.StatusNotFound
	case gov.Conflict:
		return http.StatusConflict
	case gov.Forbidden:
		return http.StatusForbidden
	case gov.Unauthenticated:
		return http.StatusUnauthorized
	case gov.Secret:
		return http.StatusUnprocessableEntity
	case gov.Limited:
		return http.StatusTooManyRequests
	case gov.TooLarge:
		return http.StatusRequestEntityTooLarge
	case gov.Unsupported:
		return http.StatusUnsupportedMediaType
	case gov.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// words is the sentence that a person reads about an error. For a defect it holds a number only; the cause stands beside that
// number in the log. A sentence that the catalogue lacks is a defect too, but never shows its key.
func (s *server) words(r *http.Request, err error) (gov.Code, string) {
	l := langOf(r)
	var big *http.MaxBytesError
	if errors.As(err, &big) {
		err = gov.Errorf(gov.TooLarge, "error.form_too_large")
	}
	var e *gov.Error
	number := visit(r).request
	if errors.As(err, &e) && e.Code != gov.Internal && lang.Has(e.Key) {
		if e.Code == gov.Unavailable && e.Err != nil {
			s.log.Warn("unavailable", "request", number, "route", r.Pattern, "what", e.Key, "cause", cause(err))
		}
		return e.Code, l.T(e.Key, e.Args...)
	}
	code := gov.CodeOf(err)
	s.log.Error("failed", "request", number, "route", r.Pattern, "cause", cause(err))
	return code, l.T("error.internal", number)
}

// trouble is what stood in the way of a form that is shown again: the status and the sentence; 200 and none where nothing did.
func (s *server) trouble(r *http.Request, why error) (status int, words string) {
	if why == nil {
		return http.StatusOK, ""
	}
	code, words := s.words(r, why)
	return statusOf(code), words
}

// cause is what of an error may stand in the log: the key of its sentence without what fills that in, which may be a name that somebody
// typed, and the error below.
func cause(err error) string {
	var e *gov.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	words := string(e.Code) + ": " + e.Key
	if e.Err != nil {
		words += ": " + cause(e.Err)
	}
	return words
}

// fail answers with the error page. A stranger who wants to see a page is led to the login and from there back.
func (s *server) fail(w http.ResponseWriter, r *http.Request, err error) {
	var refused *gov.Error
	if errors.As(err, &refused) && refused.Key == app.ProveAgain {
		to := backTo(r)
		if r.Method == http.MethodGet || r.Method == http.MethodHead {
			to = samePath(r.URL.RequestURI())
		}
		http.Redirect(w, r, "/account/prove?"+url.Values{"to": {cmp.Or(to, "/account")}}.Encode(), http.StatusSeeOther)
		return
	}
	if who(r).Pending && gov.CodeOf(err) == gov.Forbidden && r.Method == http.MethodGet {
		http.Redirect(w, r, "/account", http.StatusSeeOther)
		return
	}
	if gov.CodeOf(err) == gov.Unauthenticated && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
		http.Redirect(w, r, "/login?"+url.Values{"to": {r.URL.RequestURI()}}.Encode(), http.StatusSeeOther)
		return
	}
	code, words := s.words(r, err)
	status := statusOf(code)
	f := s.frame(r, "", langOf(r).T("web.error."+string(code)))
	sayWhen(w.Header(), err)
	page := ui.ErrorPage{Frame: f, Status: status, Words: words, Back: backTo(r), Request: visit(r).request}
	if err := s.render(w, r, status, ui.Error(page)); err != nil {
		s.log.Error("error page failed", "cause", cause(err))
		http.Error(w, words, status)
	}
}

// backTo is the page that a refused form came from, "" where the browser does not say or it is another site's.
func backTo(r *http.Request) string {
	u, err := url.Parse(r.Referer())
	if err != nil || u.Host != r.Host || u.Path == "" || u.Path == r.URL.Path && r.Method == http.MethodGet {
		return ""
	}
	to := samePath(u.RequestURI())
	if to == "/" {
		return ""
	}
	return to
}
