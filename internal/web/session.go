package web

import (
	"net/http"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// SessionsPage is the list of sessions.
type SessionsPage struct {
	ui.Frame
	View app.SessionsView
	Unit string // code that narrows the list
	Next string
}

func (s *server) sessions(w http.ResponseWriter, r *http.Request) error {
	unit := r.URL.Query().Get("unit")
	v, err := s.app.Sessions(r.Context(), who(r), unit, pageOf(r))
	if err != nil {
		return err
	}
	f := s.frame(r, "sessions", langOf(r).T("web.nav.sessions"))
	return s.ok(w, r, Sessions(SessionsPage{Frame: f, View: v, Unit: unit, Next: nextHref(r, v.Next)}))
}

// SessionPage is a session with all that came of it.
type SessionPage struct {
	ui.Frame
	View app.SessionView
}

func (s *server) session(w http.ResponseWriter, r *http.Request) error {
	v, err := s.app.Session(r.Context(), who(r), gov.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	f := s.frame(r, "sessions", v.Session.Title)
	f.Crumbs = []ui.Link{{Text: f.T("web.nav.sessions"), Href: "/sessions"}}
	f.Styles = []string{"unit.css"}
	return s.ok(w, r, Session(SessionPage{Frame: f, View: v}))
}
