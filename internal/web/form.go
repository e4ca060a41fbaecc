package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/text"
	"haicap/internal/web/ui"
)

// FormsPage lists the reporting forms for those who edit them.
type FormsPage struct {
	ui.Frame
	Forms []gov.Form
}

func (s *server) forms(w http.ResponseWriter, r *http.Request) error {
	list, err := s.app.Forms(r.Context(), who(r))
	if err != nil {
		return err
	}
	p := FormsPage{Frame: s.frame(r, "catalogue", langOf(r).T("web.forms.title")), Forms: list}
	p.Crumbs = []ui.Link{{Text: p.T("web.catalogue.title"), Href: "/catalogue"}}
	return s.ok(w, r, Forms(p))
}

// FormPage is one reporting form with what it asks for.
type FormPage struct {
	ui.Frame
	View    app.FormView
	Key     string // empty: a new form
	Form    gov.Form
	Days    string // as typed
	Chosen  bool   // it has a list of its own
	Reason  string
	Trouble string
}

// newForm is the address of the page for a form that is not there yet.
const newForm = "new"

func (s *server) form(w http.ResponseWriter, r *http.Request) error {
	return s.formPage(w, r, http.StatusOK, FormPage{})
}

// formPage shows a form, as the books have it or as it was typed.
func (s *server) formPage(w http.ResponseWriter, r *http.Request, status int, p FormPage) error {
	if p.Key = r.PathValue("form"); p.Key == newForm {
		p.Key = ""
	}
	var err error
	if p.View, err = s.app.Form(r.Context(), who(r), p.Key); err != nil {
		return err
	}
	if p.Trouble == "" {
		p.Form = p.View.Form
		p.Days, p.Chosen = strconv.Itoa(p.Form.DueDays), len(p.Form.Indicators) > 0
	}
	p.Frame = s.frame(r, "catalogue", langOf(r).T("web.forms.new"))
	if p.Key != "" {
		p.Title = p.View.Form.Name
	}
	p.Crumbs = []ui.Link{{Text: p.T("web.catalogue.title"), Href: "/catalogue"}, {Text: p.T("web.forms.title"), Href: "/forms"}}
	p.Styles = []string{"report.css"}
	return s.render(w, r, status, FormEdit(p))
}

// byField lists what a form can ask for by fields of work.
func (p FormPage) byField() []fieldGroup {
	lines := make([]app.ReportLine, len(p.View.Indicators))
	for i, in := range p.View.Indicators {
		lines[i].Indicator = in
	}
	return fieldGroups(lines)
}

func (p FormPage) has(key string) bool { return slices.Contains(p.Form.Indicators, key) }

// setForm writes a form.
func (s *server) setForm(w http.ResponseWriter, r *http.Request) error {
	get := func(name string) string { return strings.TrimSpace(text.NFC(r.PostFormValue(name))) }
	f := gov.Form{Key: r.PathValue("form"), Name: get("name"), Kind: gov.ReportKind(get("kind")), Level: gov.CommuneLevel, Law: get("law"),
		From: gov.Day(get("from")), To: gov.Day(get("to")), Units: strings.FieldsFunc(get("units"), func(c rune) bool { return c == ',' || c == ';' || c == ' ' || c == '\n' || c == '\r' })}
	if f.Key == newForm {
		f.Key = get("key")
	}
	p := FormPage{Days: get("days"), Reason: get("reason"), Chosen: get("asks") == "own"}
	var old gov.Form
	if key := r.PathValue("form"); key != newForm {
		v, err := s.app.Form(r.Context(), who(r), key)
		if err != nil {
			return err
		}
		old = v.Form
		f.Level, f.Kind = old.Level, old.Kind
	}
	if p.Chosen {
		f.Indicators = inOrder(old.Indicators, r.PostForm["in"])
	}
	p.Form = f
	days, err := strconv.Atoi(p.Days)
	f.DueDays = days
	switch {
	case err != nil:
		err = gov.Errorf(gov.Invalid, "error.form_days", 366)
	case p.Chosen && len(f.Indicators) == 0:
		err = gov.Errorf(gov.Invalid, "error.form_empty")
	default:
		err = s.app.SetForm(r.Context(), who(r), f, p.Reason)
	}
	if gov.CodeOf(err) == gov.Invalid {
		_, p.Trouble = s.words(r, err)
		return s.formPage(w, r, http.StatusBadRequest, p)
	}
	if err != nil {
		return err
	}
	return see(w, r, "/forms/"+url.PathEscape(f.Key)+"?done=form")
}

// inOrder are the chosen keys: those that were there before stay in their order, new ones follow.
func inOrder(before, chosen []string) []string {
	var list []string
	for _, key := range append(slices.Clone(before), chosen...) {
		if slices.Contains(chosen, key) && !slices.Contains(list, key) {
			list = append(list, key)
		}
	}
	return list
}
