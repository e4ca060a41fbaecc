package web

import (
	"net/http"

	"haicap/internal/app"
	"haicap/internal/web/ui"
)

// IndicatorsPage is the catalogue of indicators.
type IndicatorsPage struct {
	ui.Frame
	View app.IndicatorsView
}

func (s *server) indicators(w http.ResponseWriter, r *http.Request) error {
	v, err := s.app.Indicators(r.Context(), who(r))
	if err != nil {
		return err
	}
	return s.ok(w, r, Indicators(IndicatorsPage{Frame: s.frame(r, "indicators", langOf(r).T("web.nav.indicators")), View: v}))
}

// IndicatorPage is one indicator over the units that report it.
type IndicatorPage struct {
	ui.Frame
	View app.IndicatorView
}

func (s *server) indicator(w http.ResponseWriter, r *http.Request) error {
	v, err := s.app.Indicator(r.Context(), who(r), r.PathValue("key"))
	if err != nil {
		return err
	}
	f := s.frame(r, "indicators", "")
	f.Title = f.Name(v.Indicator)
	f.Crumbs = []ui.Link{{Text: f.T("web.nav.indicators"), Href: "/indicators"}}
	f.Styles = []string{"unit.css"}
	return s.ok(w, r, Indicator(IndicatorPage{Frame: f, View: v}))
}
