package web

import (
	"net/http"

	"haicap/internal/gov"
	"haicap/internal/lang"
	"haicap/internal/web/ui"
)

// loginCookie holds the token of a login. It lives as long as the browser runs; the server ends it earlier or at the latest then.
const loginCookie = "haicap"

// LoginPage is the page at which one logs in.
type LoginPage struct {
	ui.Frame
	To      string // where to go then
	Login   string // as typed
	Trouble string
}

func (s *server) loginPage(w http.ResponseWriter, r *http.Request) error {
	to := samePath(r.URL.Query().Get("to"))
	if who(r).Known() {
		return see(w, r, to)
	}
	return s.ok(w, r, Login(LoginPage{Frame: s.frame(r, "", langOf(r).T("web.login.title")), To: to}))
}

func (s *server) login(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	to, name := samePath(r.PostForm.Get("to")), r.PostForm.Get("login")
	token, _, err := s.app.Login(r.Context(), name, r.PostForm.Get("password"))
	if c := gov.CodeOf(err); c == gov.Unauthenticated || c == gov.Invalid {
		page := LoginPage{Frame: s.frame(r, "", langOf(r).T("web.login.title")), To: to, Login: name}
		_, page.Trouble = s.words(r, err)
		return s.render(w, r, http.StatusUnauthorized, Login(page))
	}
	if err != nil {
		return err
	}
	if old := s.token(r); old != "" {
		_ = s.app.Logout(r.Context(), old) // the new login stands either way
	}
	s.setCookie(w, loginCookie, token, 0)
	return see(w, r, to)
}

func (s *server) logout(w http.ResponseWriter, r *http.Request) error {
	if token := s.token(r); token != "" {
		if err := s.app.Logout(r.Context(), token); err != nil {
			return err
		}
	}
	s.setCookie(w, loginCookie, "", -1)
	return see(w, r, "/login")
}

// setLang keeps the language that a person chose for a year and goes back to the page.
func (s *server) setLang(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	s.setCookie(w, "lang", string(lang.Parse(r.PostForm.Get("lang"))), 365*24*3600)
	to := r.PostForm.Get("to")
	if to != "/login" {
		to = samePath(to)
	}
	return see(w, r, to)
}
