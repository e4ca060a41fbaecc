package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// personalRoutes are the own personal data, and the requests that came to the office.
func (s *server) personalRoutes() []route {
	return []route{
		{pattern: "GET /account/personal", needs: access.LoggedIn, do: s.ownPersonal},
		{pattern: "POST /account/personal", needs: access.LoggedIn, do: s.askPersonal},
		{pattern: "GET /account/personal/export", needs: access.LoggedIn, do: s.exportOwn, cost: fetching},
		{pattern: "GET /admin/personal", needs: access.AccountsManage, do: s.personal},
		{pattern: "POST /admin/personal", needs: access.AccountsManage, do: s.recordRequest},
		{pattern: "POST /admin/personal/requests/{id}", needs: access.AccountsManage, do: s.settleRequest},
		{pattern: "GET /admin/personal/{id}", needs: access.AccountsManage, do: s.person},
		{pattern: "POST /admin/personal/{id}", needs: access.AccountsManage, do: s.managePerson},
		{pattern: "GET /admin/personal/{id}/export", needs: access.AccountsManage, do: s.exportPerson, cost: fetching},
	}
}

// The addresses of the pages.
const (
	personalHref    = "/admin/personal"
	ownPersonalHref = "/account/personal"
)

func personHref(id gov.ID) string { return personalHref + "/" + url.PathEscape(string(id)) }

// PersonalPage lists the requests about personal data.
type PersonalPage struct {
	ui.Frame
	View    app.PersonalView
	In      app.RequestInput
	Trouble string
}

func (s *server) personal(w http.ResponseWriter, r *http.Request) error {
	return s.showPersonal(w, r, app.RequestInput{Kind: gov.RequestSee, Received: s.app.Today()}, nil)
}

func (s *server) showPersonal(w http.ResponseWriter, r *http.Request, in app.RequestInput, why error) error {
	v, err := s.app.Personal(r.Context(), who(r))
	if err != nil {
		return err
	}
	page := PersonalPage{Frame: s.frame(r, "personal", langOf(r).T("web.nav.personal")), View: v, In: in}
	page.Path = personalHref
	page.Styles = []string{"account.css"}
	status, words := s.trouble(r, why)
	page.Trouble = words
	return s.render(w, r, status, Personal(page))
}

func (s *server) recordRequest(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	f := r.PostForm
	in := app.RequestInput{Person: gov.ID(f.Get("person")), Login: f.Get("login"), Fields: personalFields(f), Kind: gov.RequestKind(f.Get("kind")),
		Received: gov.Day(f.Get("received")), Words: f.Get("words")}
	_, err := s.app.RecordRequest(r.Context(), who(r), in)
	if c := gov.CodeOf(err); c == gov.Invalid || c == gov.Conflict {
		return s.showPersonal(w, r, in, err)
	} else if err != nil {
		return err
	}
	to := personalHref
	if in.Person != "" {
		to = personHref(in.Person)
	}
	return see(w, r, to+"?done=personal_recorded")
}

// personalFields reads the fields of a person from a form.
func personalFields(f url.Values) (p gov.Personal) {
	for _, field := range gov.PersonalFields {
		*field.Of(&p) = f.Get(field.Key)
	}
	return p
}

func (s *server) settleRequest(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	ground, done := gov.Ground(r.PostForm.Get("ground")), "personal_refused"
	if r.PostForm.Get("act") == "done" {
		ground, done = "", "personal_done"
	} else if ground == "" {
		return gov.Errorf(gov.Invalid, "error.personal_ground")
	}
	if err := s.app.SettleRequest(r.Context(), who(r), gov.ID(r.PathValue("id")), ground); err != nil {
		return err
	}
	return see(w, r, personalHref+"?done="+done)
}

// PersonPage is a person with what the store holds of him.
type PersonPage struct {
	ui.Frame
	View    app.SubjectView
	Fields  gov.Personal // as the form shows them
	Fresh   bool
	Trouble string
}

func (s *server) person(w http.ResponseWriter, r *http.Request) error {
	return s.showPerson(w, r, nil, nil)
}

func (s *server) showPerson(w http.ResponseWriter, r *http.Request, typed *gov.Personal, why error) error {
	v, err := s.app.SubjectOf(r.Context(), who(r), gov.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	page := PersonPage{Frame: s.frame(r, "personal", ""), View: v, Fields: v.Fields, Fresh: s.app.Fresh(who(r))}
	page.Title = page.subject(v)
	page.Path = personHref(v.ID)
	page.Crumbs = []ui.Link{{Text: langOf(r).T("web.nav.personal"), Href: personalHref}}
	page.Styles = []string{"account.css"}
	if typed != nil {
		page.Fields = *typed
	}
	status, words := s.trouble(r, why)
	page.Trouble = words
	return s.render(w, r, status, Person(page))
}

// subject is how a page calls a person.
func (p PersonPage) subject(v app.SubjectView) string {
	switch {
	case !v.Erased.IsZero():
		return p.Person(gov.ErasedName)
	case v.Fields.Name != "":
		return v.Fields.Name
	}
	return v.Login
}

func (s *server) managePerson(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	id, f := gov.ID(r.PathValue("id")), r.PostForm
	fields := personalFields(f)
	var typed *gov.Personal
	var err error
	switch act := f.Get("act"); act {
	case "correct":
		typed = &fields
		err = s.app.CorrectSubject(r.Context(), who(r), id, fields)
	case "erase":
		if err = gov.Errorf(gov.Invalid, "error.personal_confirm"); f.Get("sure") == "yes" {
			err = s.app.EraseSubject(r.Context(), who(r), id)
		}
	default:
		err = gov.Errorf(gov.Invalid, "error.form_unreadable")
	}
	if gov.CodeOf(err) == gov.Invalid {
		return s.showPerson(w, r, typed, err)
	} else if err != nil {
		return err
	}
	return see(w, r, personHref(id)+"?done=personal_"+f.Get("act"))
}

// OwnPersonalPage is what the store holds of the reader himself.
type OwnPersonalPage struct {
	ui.Frame
	View    app.SubjectView
	Trouble string
}

func (s *server) ownPersonal(w http.ResponseWriter, r *http.Request) error {
	return s.showOwnPersonal(w, r, nil)
}

func (s *server) showOwnPersonal(w http.ResponseWriter, r *http.Request, why error) error {
	v, err := s.app.OwnPersonal(r.Context(), who(r))
	if err != nil {
		return err
	}
	page := OwnPersonalPage{Frame: s.frame(r, "account", langOf(r).T("web.personal.own")), View: v}
	page.Path = ownPersonalHref
	page.Crumbs = []ui.Link{{Text: langOf(r).T("web.account.title"), Href: "/account"}}
	page.Styles = []string{"account.css"}
	status, words := s.trouble(r, why)
	page.Trouble = words
	return s.render(w, r, status, OwnPersonal(page))
}

func (s *server) askPersonal(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	err := s.app.Ask(r.Context(), who(r), gov.RequestKind(r.PostForm.Get("kind")), r.PostForm.Get("words"))
	if c := gov.CodeOf(err); c == gov.Invalid || c == gov.Limited {
		return s.showOwnPersonal(w, r, err)
	} else if err != nil {
		return err
	}
	return see(w, r, ownPersonalHref+"?done=personal_asked")
}

// ExportPage is all that the store holds of a person, for reading and printing.
type ExportPage struct {
	ui.Frame
	Export app.PersonalExport
	JSON   string // address of the same as a file
}

func (s *server) exportOwn(w http.ResponseWriter, r *http.Request) error {
	x, err := s.app.ExportOwn(r.Context(), who(r))
	return s.showExport(w, r, x, "account", ownPersonalHref, err)
}

func (s *server) exportPerson(w http.ResponseWriter, r *http.Request) error {
	id := gov.ID(r.PathValue("id"))
	x, err := s.app.ExportPerson(r.Context(), who(r), id)
	return s.showExport(w, r, x, "personal", personHref(id), err)
}

func (s *server) showExport(w http.ResponseWriter, r *http.Request, x app.PersonalExport, section, back string, err error) error {
	if err != nil {
		return err
	}
	if r.URL.Query().Get("format") == "json" {
		data, err := json.MarshalIndent(x, "", "  ")
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set("Content-Disposition", `attachment; filename="du-lieu-ca-nhan-`+x.Made.In(gov.Zone).Format(time.DateOnly)+`.json"`)
		_, err = w.Write(append(data, '\n'))
		return err
	}
	page := ExportPage{Frame: s.frame(r, section, langOf(r).T("web.personal.export_title")), Export: x, JSON: back + "/export?format=json"}
	page.Crumbs = []ui.Link{{Text: langOf(r).T("web.personal.back"), Href: back}}
	page.Styles = []string{"account.css"}
	return s.ok(w, r, PersonalExported(page))
}
