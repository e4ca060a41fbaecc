package web

import (
	"net/http"
	"net/url"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// AccountPage is somebody's own account.
type AccountPage struct {
	ui.Frame
	View    app.OwnView
	Notices app.NoticeView
	Today   gov.Day
	Fresh   bool // what is dangerous is offered at once
	Keys    bool // passkeys work here
	Trouble string
}

func (s *server) account(w http.ResponseWriter, r *http.Request) error {
	return s.showAccount(w, r, nil)
}

func (s *server) showAccount(w http.ResponseWriter, r *http.Request, why error) error {
	v, err := s.app.Own(r.Context(), who(r))
	if err != nil {
		return err
	}
	page := AccountPage{Frame: s.frame(r, "account", langOf(r).T("web.account.title")), View: v, Today: s.app.Today(), Fresh: s.app.Fresh(who(r))}
	page.Path = "/account"
	if page.Notices, err = s.app.Notices(r.Context(), who(r)); err != nil {
		return err
	}
	_, page.Keys = s.keySite(r)
	page.Styles, page.Scripts = []string{"account.css"}, []string{"passkey.js"}
	status, words := s.trouble(r, why)
	page.Trouble = words
	return s.render(w, r, status, Account(page))
}

// account303 goes back to the account, or shows it with what stood in the way.
func (s *server) account303(w http.ResponseWriter, r *http.Request, key string, err error) error {
	switch gov.CodeOf(err) {
	case "":
		return see(w, r, "/account?done="+key)
	case gov.Invalid, gov.Limited, gov.Conflict:
		return s.showAccount(w, r, err)
	}
	return err
}

func (s *server) changePassword(w http.ResponseWriter, r *http.Request) error {
	password, err := chosenPassword(r)
	if err == nil {
		err = s.app.ChangePassword(r.Context(), who(r), r.PostForm.Get("current"), password)
	}
	return s.account303(w, r, "password", err)
}

func (s *server) endLogin(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	if id := r.PostForm.Get("id"); id != "" {
		return s.account303(w, r, "login_ended", s.app.EndLogin(r.Context(), who(r), gov.ID(id)))
	}
	return s.account303(w, r, "logins_ended", s.app.EndOtherLogins(r.Context(), who(r)))
}

// ProvePage asks once more who somebody is.
type ProvePage struct {
	ui.Frame
	To      string
	View    app.OwnView
	Keys    bool // passkeys work here
	Trouble string
}

func (s *server) provePage(w http.ResponseWriter, r *http.Request) error {
	return s.showProve(w, r, samePath(r.URL.Query().Get("to")), nil)
}

func (s *server) showProve(w http.ResponseWriter, r *http.Request, to string, why error) error {
	v, err := s.app.Own(r.Context(), who(r))
	if err != nil {
		return err
	}
	page := ProvePage{Frame: s.frame(r, "account", langOf(r).T("web.prove.title")), To: to, View: v}
	_, page.Keys = s.keySite(r)
	page.Scripts = []string{"passkey.js"}
	page.Path = "/account/prove?" + url.Values{"to": {to}}.Encode()
	status, words := s.trouble(r, why)
	page.Trouble = words
	return s.render(w, r, status, Prove(page))
}

func (s *server) prove(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	to := samePath(r.PostForm.Get("to"))
	token, err := s.app.Prove(r.Context(), who(r), s.token(r), r.PostForm.Get("password"), r.PostForm.Get("code"))
	switch gov.CodeOf(err) {
	case "":
		s.setCookie(w, r, loginCookie, token, 0)
		return see(w, r, to)
	case gov.Invalid, gov.Limited, gov.Unauthenticated:
		return s.showProve(w, r, to, err)
	}
	return err
}

// CodesPage shows a phone its secret.
type CodesPage struct {
	ui.Frame
	View    app.EnrolView
	Trouble string
}

func (s *server) beginCodes(w http.ResponseWriter, r *http.Request) error {
	v, err := s.app.BeginCodes(r.Context(), who(r))
	if err != nil {
		return err
	}
	return see(w, r, "/account/codes?"+url.Values{"step": {v.Step}}.Encode())
}

func (s *server) codesPage(w http.ResponseWriter, r *http.Request) error {
	return s.showCodes(w, r, r.URL.Query().Get("step"), nil)
}

func (s *server) showCodes(w http.ResponseWriter, r *http.Request, step string, why error) error {
	v, err := s.app.Enrolment(r.Context(), who(r), step)
	if gov.CodeOf(err) == gov.Unauthenticated { // too late: from the account again
		return see(w, r, "/account")
	} else if err != nil {
		return err
	}
	page := CodesPage{Frame: s.frame(r, "account", langOf(r).T("web.codes.title")), View: v}
	page.Path = "/account/codes?" + url.Values{"step": {step}}.Encode()
	page.Styles = []string{"account.css"}
	status, words := s.trouble(r, why)
	page.Trouble = words
	return s.render(w, r, status, Codes(page))
}

// codesPicture is the square that a phone reads.
func (s *server) codesPicture(w http.ResponseWriter, r *http.Request) error {
	data, err := s.app.EnrolmentPicture(r.Context(), who(r), r.URL.Query().Get("step"))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "image/png")
	_, err = w.Write(data)
	return err
}

// RecoveryPage shows recovery codes, once.
type RecoveryPage struct {
	ui.Frame
	Codes []string
}

func (s *server) confirmCodes(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	step := r.PostForm.Get("step")
	list, err := s.app.ConfirmCodes(r.Context(), who(r), step, r.PostForm.Get("code"))
	if c := gov.CodeOf(err); c == gov.Invalid || c == gov.Limited {
		return s.showCodes(w, r, step, err)
	}
	return s.showRecovery(w, r, list, err)
}

func (s *server) renewRecovery(w http.ResponseWriter, r *http.Request) error {
	list, err := s.app.RenewRecovery(r.Context(), who(r))
	return s.showRecovery(w, r, list, err)
}

func (s *server) showRecovery(w http.ResponseWriter, r *http.Request, list []string, err error) error {
	if err != nil {
		return err
	}
	page := RecoveryPage{Frame: s.frame(r, "account", langOf(r).T("web.recovery.title")), Codes: list}
	page.Styles = []string{"account.css"}
	return s.ok(w, r, Recovery(page))
}

func (s *server) removeCodes(w http.ResponseWriter, r *http.Request) error {
	return s.account303(w, r, "codes_removed", s.app.RemoveCodes(r.Context(), who(r)))
}
