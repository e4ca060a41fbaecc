package web

import (
	"net/http"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// AccountsPage lists the accounts for an administrator.
type AccountsPage struct {
	ui.Frame
	Lines   []app.AccountLine
	Roles   []access.Role
	Fresh   bool
	In      app.AccountInput
	Trouble string
}

func (s *server) accounts(w http.ResponseWriter, r *http.Request) error {
	return s.showAccounts(w, r, app.AccountInput{Role: string(access.Clerk)}, nil)
}

func (s *server) showAccounts(w http.ResponseWriter, r *http.Request, in app.AccountInput, why error) error {
	lines, err := s.app.Accounts(r.Context(), who(r))
	if err != nil {
		return err
	}
	page := AccountsPage{Frame: s.frame(r, "accounts", langOf(r).T("web.nav.accounts")), Lines: lines, Roles: access.RoleNames, Fresh: s.app.Fresh(who(r)), In: in}
	page.Path = "/admin/accounts"
	page.Styles = []string{"account.css"}
	status, words := s.trouble(r, why)
	page.Trouble = words
	return s.render(w, r, status, Accounts(page))
}

// SecretPage shows, once, what a person needs to get in.
type SecretPage struct {
	ui.Frame
	Login    string
	Password string
	Link     string
	Back     string
}

func (s *server) showSecret(w http.ResponseWriter, r *http.Request, p SecretPage) error {
	p.Frame = s.frame(r, "accounts", langOf(r).T("web.secret.title"))
	p.Styles = []string{"account.css"}
	return s.ok(w, r, Secret(p))
}

func (s *server) createAccount(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	in := app.AccountInput{Once: true, Login: r.PostForm.Get("login"), Name: r.PostForm.Get("name"), Role: r.PostForm.Get("role"), Unit: r.PostForm.Get("unit"),
		ByLink: r.PostForm.Get("way") != "password"}
	secret, err := s.app.CreateAccount(r.Context(), who(r), in)
	switch c := gov.CodeOf(err); {
	case c == gov.Conflict:
		return s.showAccounts(w, r, in, gov.Errorf(gov.Conflict, "error.login_taken", in.Login))
	case c == gov.Invalid:
		return s.showAccounts(w, r, in, err)
	case err != nil:
		return err
	}
	page := SecretPage{Login: in.Login, Password: secret, Back: "/admin/accounts"}
	if in.ByLink {
		page.Link, page.Password = s.site(r)+"/link/"+secret, ""
	}
	return s.showSecret(w, r, page)
}

// site is the address under which people reach the program.
func (s *server) site(r *http.Request) string {
	if s.public != "" {
		return s.public
	}
	if s.https(r) {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// AccountOfPage is one account as an administrator sees it.
type AccountOfPage struct {
	ui.Frame
	Line  app.AccountLine
	Today gov.Day
	Fresh bool
	SSO   bool
}

func accountHref(id gov.ID) string { return "/admin/accounts/" + string(id) }

func (s *server) accountOf(w http.ResponseWriter, r *http.Request) error {
	line, err := s.app.AccountOf(r.Context(), who(r), gov.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	page := AccountOfPage{Frame: s.frame(r, "accounts", line.Account.Name), Line: line, Today: s.app.Today(), Fresh: s.app.Fresh(who(r)), SSO: s.app.HasSSO()}
	page.Title = page.Person(line.Account.Name)
	page.Crumbs = []ui.Link{{Text: langOf(r).T("web.nav.accounts"), Href: "/admin/accounts"}}
	page.Styles = []string{"account.css"}
	return s.ok(w, r, AccountOf(page))
}

func (s *server) manageAccount(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	ctx, p, id, act := r.Context(), who(r), gov.ID(r.PathValue("id")), r.PostForm.Get("act")
	var err error
	switch act {
	case "disable", "enable":
		err = s.app.SetDisabled(ctx, p, id, act == "disable")
	case "subject":
		err = s.app.LinkSubject(ctx, p, id, r.PostForm.Get("subject"))
	case "logins":
		err = s.app.EndLogins(ctx, p, id)
	case "second":
		err = s.app.ResetSecond(ctx, p, id)
	case "link":
		token, err := s.app.MakeLink(ctx, p, id)
		if err != nil {
			return err
		}
		line, err := s.app.AccountOf(ctx, p, id)
		if err != nil {
			return err
		}
		return s.showSecret(w, r, SecretPage{Login: line.Account.Login, Link: s.site(r) + "/link/" + token, Back: accountHref(id)})
	default:
		var known bool
		if known, err = s.manageGrants(r, id); !known {
			err = gov.Errorf(gov.Invalid, "error.form_unreadable")
		}
	}
	if err != nil {
		return err
	}
	return see(w, r, accountHref(id)+"?done=account_"+act)
}
