package web

import (
	"net/http"
	"net/url"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/lang"
	"haicap/internal/web/ui"
)

// loginCookie holds the token of a login. It lives as long as the browser runs; the server ends it earlier or at the latest then.
// stepCookie holds the token of the step between a right password and the second factor.
const (
	loginCookie = "haicap"
	stepCookie  = "step"
)

// LoginPage is the page at which one logs in.
type LoginPage struct {
	ui.Frame
	To      string // where to go then
	Login   string // as typed
	Keys    bool   // passkeys work here
	SSO     bool   // there is a single sign-on
	Trouble string
}

func (s *server) loginFrame(r *http.Request, to, login string) LoginPage {
	page := LoginPage{Frame: s.frame(r, "", langOf(r).T("web.login.title")), To: to, Login: login}
	_, page.Keys = s.keySite(r)
	page.SSO = s.app.HasSSO()
	page.Scripts = []string{"passkey.js"}
	return page
}

func (s *server) loginPage(w http.ResponseWriter, r *http.Request) error {
	to := samePath(r.URL.Query().Get("to"))
	if who(r).Known() {
		return see(w, r, to)
	}
	return s.ok(w, r, Login(s.loginFrame(r, to, "")))
}

func (s *server) login(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	to, name := samePath(r.PostForm.Get("to")), r.PostForm.Get("login")
	e, err := s.app.LogIn(r.Context(), s.browser(r), name, r.PostForm.Get("password"))
	if c := gov.CodeOf(err); c == gov.Unauthenticated || c == gov.Invalid || c == gov.Limited {
		page := s.loginFrame(r, to, name)
		code, words := s.words(r, err)
		page.Trouble = words
		return s.render(w, r, statusOf(code), Login(page))
	}
	if err != nil {
		return err
	}
	return s.letIn(w, r, e, to)
}

// letIn gives the browser what an entrance holds: the login, or the step where the second factor is asked for.
func (s *server) letIn(w http.ResponseWriter, r *http.Request, e app.Entrance, to string) error {
	if e.Token == "" {
		s.setCookie(w, r, stepCookie, e.Step, 0)
		return see(w, r, "/login/second?"+url.Values{"to": {to}}.Encode())
	}
	return see(w, r, s.keep(w, r, e, to))
}

// keep gives the browser its login, and says where it goes.
func (s *server) keep(w http.ResponseWriter, r *http.Request, e app.Entrance, to string) string {
	if old := s.token(r); old != "" {
		_ = s.app.Logout(r.Context(), old) // the new login stands either way
	}
	s.setCookie(w, r, loginCookie, e.Token, 0)
	s.setCookie(w, r, deviceCookie, e.Device, deviceFor)
	if _, err := r.Cookie(s.cookieName(r, stepCookie)); err == nil {
		s.setCookie(w, r, stepCookie, "", -1)
	}
	if e.Who.Pending {
		return "/account"
	}
	return to
}

// SecondPage asks for the second factor.
type SecondPage struct {
	ui.Frame
	To      string
	View    app.StepView
	Keys    bool // passkeys work here
	Trouble string
}

// step is the token of the step, "" where the browser has none.
func (s *server) step(r *http.Request) string {
	c, err := r.Cookie(s.cookieName(r, stepCookie))
	if err != nil {
		return ""
	}
	return c.Value
}

func (s *server) secondPage(w http.ResponseWriter, r *http.Request) error {
	return s.showSecond(w, r, samePath(r.URL.Query().Get("to")), nil)
}

func (s *server) showSecond(w http.ResponseWriter, r *http.Request, to string, why error) error {
	v, err := s.app.Step(r.Context(), s.step(r))
	if err != nil { // too late: from the start
		return s.loginAgain(w, r, to, err)
	}
	page := SecondPage{Frame: s.frame(r, "", langOf(r).T("web.second.title")), To: to, View: v}
	_, page.Keys = s.keySite(r)
	page.Scripts = []string{"passkey.js"}
	status, words := s.trouble(r, why)
	page.Trouble = words
	return s.render(w, r, status, Second(page))
}

// loginAgain shows the login with what happened.
func (s *server) loginAgain(w http.ResponseWriter, r *http.Request, to string, why error) error {
	page := s.loginFrame(r, to, "")
	status, words := s.trouble(r, why)
	page.Trouble = words
	return s.render(w, r, status, Login(page))
}

func (s *server) second(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	to := samePath(r.PostForm.Get("to"))
	e, err := s.app.LogInSecond(r.Context(), s.browser(r), s.step(r), r.PostForm.Get("code"))
	if c := gov.CodeOf(err); c == gov.Unauthenticated || c == gov.Limited {
		return s.showSecond(w, r, to, err)
	}
	if err != nil {
		return err
	}
	return s.letIn(w, r, e, to)
}

// LinkPage is what a one-time link opens: a password is chosen.
type LinkPage struct {
	ui.Frame
	View    app.LinkView
	Trouble string
}

func (s *server) linkPage(w http.ResponseWriter, r *http.Request) error {
	return s.showLink(w, r, nil)
}

func (s *server) showLink(w http.ResponseWriter, r *http.Request, why error) error {
	v, err := s.app.Link(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	page := LinkPage{Frame: s.frame(r, "", langOf(r).T("web.link.title")), View: v}
	page.Path = "/link/" + r.PathValue("token")
	status, words := s.trouble(r, why)
	page.Trouble = words
	return s.render(w, r, status, Link(page))
}

func (s *server) link(w http.ResponseWriter, r *http.Request) error {
	password, err := chosenPassword(r)
	if err == nil {
		var e app.Entrance
		if e, err = s.app.UseLink(r.Context(), s.browser(r), r.PathValue("token"), password); err == nil {
			return s.letIn(w, r, e, "/")
		}
	}
	if gov.CodeOf(err) == gov.Invalid {
		return s.showLink(w, r, err)
	}
	return err
}

// chosenPassword reads a new password that was typed twice.
func chosenPassword(r *http.Request) (string, error) {
	if err := r.ParseForm(); err != nil {
		return "", gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	if r.PostForm.Get("password") != r.PostForm.Get("again") {
		return "", gov.Errorf(gov.Invalid, "error.password_differs")
	}
	return r.PostForm.Get("password"), nil
}

func (s *server) logout(w http.ResponseWriter, r *http.Request) error {
	if token := s.token(r); token != "" {
		if err := s.app.Logout(r.Context(), token); err != nil {
			return err
		}
	}
	s.setCookie(w, r, loginCookie, "", -1)
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`) // not cookies: the browser stays known at the login
	return see(w, r, "/login")
}

// setLang keeps the language that a person chose for a year and goes back to the page.
func (s *server) setLang(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	s.setCookie(w, r, "lang", string(lang.Parse(r.PostForm.Get("lang"))), 365*24*3600)
	to := r.PostForm.Get("to")
	if to != "/login" {
		to = samePath(to)
	}
	return see(w, r, to)
}
