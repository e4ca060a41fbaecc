package web

import (
	"crypto/subtle"
	"net/http"

	"haicap/internal/gov"
)

// ssoCookie holds the state of a login at the single sign-on, so that only the browser that began it can end it.
const ssoCookie = "sso"

// ssoBack is where the single sign-on sends the browser.
func (s *server) ssoBack(r *http.Request) string { return s.site(r) + "/login/sso/back" }

// beginSSO sends the browser to the single sign-on.
func (s *server) beginSSO(w http.ResponseWriter, r *http.Request) error {
	to := samePath(r.URL.Query().Get("to"))
	address, state, err := s.app.BeginSSO(r.Context(), s.browser(r), s.ssoBack(r), to)
	switch gov.CodeOf(err) {
	case "":
	case gov.Unavailable, gov.Limited:
		return s.loginAgain(w, r, to, err)
	default:
		return err
	}
	s.setCookie(w, r, ssoCookie, state, 600)
	return see(w, r, address)
}

// endSSO takes the browser back.
func (s *server) endSSO(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	c, err := r.Cookie(s.cookieName(r, ssoCookie))
	if err != nil || subtle.ConstantTimeCompare([]byte(c.Value), []byte(q.Get("state"))) != 1 {
		return s.loginAgain(w, r, "/", gov.Errorf(gov.Unauthenticated, "error.step_passed"))
	}
	s.setCookie(w, r, ssoCookie, "", -1)
	if q.Get("code") == "" {
		return s.loginAgain(w, r, "/", gov.Errorf(gov.Unauthenticated, "error.sso_refused"))
	}
	e, to, err := s.app.FinishSSO(r.Context(), s.browser(r), s.ssoBack(r), q.Get("state"), q.Get("code"))
	switch gov.CodeOf(err) {
	case "":
		return s.letIn(w, r, e, samePath(to))
	case gov.Unauthenticated, gov.Unavailable:
		return s.loginAgain(w, r, "/", err)
	}
	return err
}
