package web

import (
	"net/http"

	"haicap/internal/app"
	"haicap/internal/web/ui"
)

// HomePage is the page "Hôm nay".
type HomePage struct {
	ui.Frame
	View app.HomeView
}

func (s *server) home(w http.ResponseWriter, r *http.Request) error {
	if who(r).Pending {
		return see(w, r, "/account")
	}
	v, err := s.app.Home(r.Context(), who(r))
	if err != nil {
		return err
	}
	page := HomePage{Frame: s.frame(r, "home", langOf(r).T("web.nav.home")), View: v}
	page.Styles = []string{"mywork.css"}
	return s.ok(w, r, Home(page))
}

// HelpPage explains the keys and the words.
type HelpPage struct{ ui.Frame }

func (s *server) help(w http.ResponseWriter, r *http.Request) error {
	return s.ok(w, r, Help(HelpPage{s.frame(r, "help", langOf(r).T("web.nav.help"))}))
}
