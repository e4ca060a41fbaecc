package web

import (
	"net/http"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// UnitsPage is the units book.
type UnitsPage struct {
	ui.Frame
	View app.UnitsView
}

func (s *server) units(w http.ResponseWriter, r *http.Request) error {
	v, err := s.app.UnitsBook(r.Context(), who(r), r.URL.Query().Get("q"))
	if err != nil {
		return err
	}
	return s.ok(w, r, Units(UnitsPage{Frame: s.frame(r, "units", langOf(r).T("web.nav.units")), View: v}))
}

// UnitPage is the page of one version of a unit.
type UnitPage struct {
	ui.Frame
	View    app.UnitView
	Profile app.ProfileView
}

func (s *server) unit(w http.ResponseWriter, r *http.Request) error {
	on := gov.Day(r.URL.Query().Get("on"))
	if on != "" && !on.Valid() {
		return gov.Errorf(gov.Invalid, "error.on_invalid", string(on))
	}
	v, err := s.app.Unit(r.Context(), who(r), r.PathValue("code"), on)
	if err != nil {
		return err
	}
	profile, err := s.app.Profile(r.Context(), who(r), v.Unit.UnitKey)
	if err != nil {
		return err
	}
	f := s.frame(r, "units", v.Unit.Full())
	f.Crumbs = []ui.Link{{Text: f.T("web.nav.units"), Href: "/units"}}
	f.Styles = []string{"unit.css", "chart.css", "profile.css"}
	return s.ok(w, r, Unit(UnitPage{Frame: f, View: v, Profile: profile}))
}
