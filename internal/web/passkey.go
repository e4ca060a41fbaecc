package web

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
)

// keySite is the site that passkeys are tied to: the public address, or this machine under the name localhost. Elsewhere there is none, and
// pages do not offer passkeys.
func (s *server) keySite(r *http.Request) (access.Site, bool) {
	if s.public != "" {
		return access.SiteOf(s.public)
	}
	u := url.URL{Scheme: "http", Host: r.Host}
	if u.Hostname() != "localhost" {
		return access.Site{}, false
	}
	return access.SiteOf(u.String())
}

// A keyAnswer is what the script sends back from the browser's passkeys.
type keyAnswer struct {
	Step       string          `json:"step"`
	Name       string          `json:"name"`
	To         string          `json:"to"`
	Credential json.RawMessage `json:"credential"`
}

func readKey(r *http.Request) (a keyAnswer, err error) {
	data, err := io.ReadAll(r.Body)
	if err == nil {
		err = json.Unmarshal(data, &a)
	}
	if err != nil {
		return a, gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	return a, nil
}

// tell answers the script: with v, or with the sentence of the error.
func (s *server) tell(w http.ResponseWriter, r *http.Request, v any, err error) error {
	status := http.StatusOK
	if err != nil {
		code, words := s.words(r, err)
		status, v = statusOf(code), map[string]string{"words": words}
	}
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, err = w.Write(data)
	return err
}

// asked is a challenge on its way to the script.
func asked(v app.KeyStep) any {
	return map[string]any{"step": v.Step, "options": json.RawMessage(v.Options)}
}

// withSite runs f where there is a site for passkeys.
func (s *server) withSite(w http.ResponseWriter, r *http.Request, f func(site access.Site) (any, error)) error {
	site, ok := s.keySite(r)
	if !ok {
		return s.tell(w, r, nil, gov.Errorf(gov.Unsupported, "error.passkey_site"))
	}
	v, err := f(site)
	return s.tell(w, r, v, err)
}

func (s *server) loginKeyOptions(w http.ResponseWriter, r *http.Request) error {
	return s.withSite(w, r, func(site access.Site) (any, error) {
		v, err := s.app.ChallengePasskey(r.Context(), s.browser(r), site)
		return asked(v), err
	})
}

func (s *server) loginKey(w http.ResponseWriter, r *http.Request) error {
	return s.withSite(w, r, func(site access.Site) (any, error) {
		a, err := readKey(r)
		if err != nil {
			return nil, err
		}
		e, err := s.app.LogInPasskey(r.Context(), s.browser(r), site, a.Step, a.Credential)
		if err != nil {
			return nil, err
		}
		return goTo(s.keep(w, r, e, samePath(a.To))), nil
	})
}

func goTo(to string) any { return map[string]string{"to": to} }

func (s *server) newKeyOptions(w http.ResponseWriter, r *http.Request) error {
	return s.withSite(w, r, func(site access.Site) (any, error) {
		v, err := s.app.BeginPasskey(r.Context(), who(r), site)
		return asked(v), err
	})
}

func (s *server) newKey(w http.ResponseWriter, r *http.Request) error {
	return s.withSite(w, r, func(site access.Site) (any, error) {
		a, err := readKey(r)
		if err == nil {
			err = s.app.AddPasskey(r.Context(), who(r), site, a.Step, a.Name, a.Credential)
		}
		return goTo("/account?done=passkey_added"), err
	})
}

func (s *server) proveKey(w http.ResponseWriter, r *http.Request) error {
	return s.withSite(w, r, func(site access.Site) (any, error) {
		a, err := readKey(r)
		if err != nil {
			return nil, err
		}
		token, err := s.app.ProvePasskey(r.Context(), who(r), site, s.token(r), a.Step, a.Credential)
		if err == nil {
			s.setCookie(w, r, loginCookie, token, 0)
		}
		return goTo(samePath(a.To)), err
	})
}

func (s *server) removeKey(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	return s.account303(w, r, "passkey_removed", s.app.RemovePasskey(r.Context(), who(r), r.PostForm.Get("id")))
}
