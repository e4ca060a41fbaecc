package web

import (
	"net/http"
	"net/url"
	"strings"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// roleWords are the words for roles, parted by commas.
func roleWords[T ~string](f ui.Frame, roles []T) string {
	if len(roles) == 0 {
		return f.T("web.grants.none")
	}
	words := make([]string, len(roles))
	for i, r := range roles {
		words[i] = f.T("role." + string(r))
	}
	return strings.Join(words, ", ")
}

// grantDays says from when until when a grant holds.
func grantDays(f ui.Frame, from, to gov.Day) string {
	switch {
	case from == "" && to == "":
		return f.T("web.grants.no_end")
	case to == "":
		return f.T("web.grants.since", f.Date(from))
	case from == "":
		return f.T("web.grants.until", f.Date(to))
	}
	return f.Date(from) + " – " + f.Date(to)
}

// openDeputies are the leaves that run or are to come.
func openDeputies(list []app.DeputyLine) []app.DeputyLine {
	var open []app.DeputyLine
	for _, d := range list {
		if d.Open {
			open = append(open, d)
		}
	}
	return open
}

// formDay reads a day of a form as browsers and people write it; what is no day is refused where it is used.
func formDay(s string) gov.Day {
	if d, err := app.ParseDay(strings.TrimSpace(s)); err == nil {
		return d
	}
	return gov.Day(strings.TrimSpace(s))
}

func deputyInput(form url.Values) app.DeputyInput {
	return app.DeputyInput{Login: form.Get("deputy"), From: formDay(form.Get("from")), To: formDay(form.Get("to"))}
}

// manageGrants does what an administrator asks for about roles and leaves; false where it is none of these.
func (s *server) manageGrants(r *http.Request, id gov.ID) (bool, error) {
	ctx, p, form := r.Context(), who(r), r.PostForm
	switch form.Get("act") {
	case "grant":
		return true, s.app.GiveGrant(ctx, p, id, app.GrantInput{Role: form.Get("role"), Unit: form.Get("unit"), To: formDay(form.Get("to"))})
	case "grant_end":
		return true, s.app.EndGrant(ctx, p, id, gov.ID(form.Get("grant")))
	case "deputy":
		return true, s.app.SetDeputy(ctx, p, id, deputyInput(form))
	case "deputy_end":
		return true, s.app.EndDeputy(ctx, p, id, gov.ID(form.Get("leave")))
	}
	return false, nil
}

// setDeputy is the own leave.
func (s *server) setDeputy(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	return s.account303(w, r, "deputy", s.app.SetOwnDeputy(r.Context(), who(r), deputyInput(r.PostForm)))
}

func (s *server) endDeputy(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	p := who(r)
	return s.account303(w, r, "deputy_end", s.app.EndDeputy(r.Context(), p, gov.ID(p.Account), gov.ID(r.PostForm.Get("leave"))))
}

// offered are the roles that can be given besides those that the account holds: rights over the program and over the books stay apart.
func offered(held []string) []access.Role {
	var list []access.Role
	for _, r := range access.RoleNames {
		if len(held) == 0 || access.Role(held[0]).Business() == r.Business() {
			list = append(list, r)
		}
	}
	return list
}
