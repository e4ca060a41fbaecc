package web

import (
	"net/http"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// FigurePage is one figure or target with where it comes from.
type FigurePage struct {
	ui.Frame
	View         app.FigureView
	Name, nameEN string
	Kind         string // word of the kind
	Claim        gov.Claim
	Unit         app.UnitRef
	From         app.SourceRef
	SupersededBy string // address of what replaced it, "" while it is in force
}

func (s *server) figure(w http.ResponseWriter, r *http.Request) error {
	v, err := s.app.Figure(r.Context(), who(r), gov.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	f := v.Figure
	p := FigurePage{View: v, Name: f.Name, nameEN: f.NameEN, Kind: langOf(r).T("figure_kind." + string(f.Kind)), Claim: f.Claim, Unit: f.Unit, From: f.From}
	if f.SupersededBy != "" {
		p.SupersededBy = ui.FigureHref(f.SupersededBy)
	}
	return s.claimPage(w, r, p)
}

func (s *server) target(w http.ResponseWriter, r *http.Request) error {
	v, err := s.app.Target(r.Context(), who(r), gov.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	t := v.Target
	p := FigurePage{View: v, Name: t.Name, nameEN: t.NameEN, Kind: langOf(r).T("web.noun.target"), Claim: t.Claim, Unit: t.Unit, From: t.From}
	if t.SupersededBy != "" {
		p.SupersededBy = ui.TargetHref(t.SupersededBy)
	}
	return s.claimPage(w, r, p)
}

func (s *server) claimPage(w http.ResponseWriter, r *http.Request, p FigurePage) error {
	p.Frame = s.frame(r, "indicators", "")
	p.Name = nameIn(p.Frame, p.Name, p.nameEN)
	p.Title = p.Name
	p.Crumbs = []ui.Link{{Text: p.T("web.nav.indicators"), Href: "/indicators"}}
	if p.Claim.Indicator != "" {
		p.Crumbs = append(p.Crumbs, ui.Link{Text: p.Name, Href: ui.IndicatorHref(p.Claim.Indicator)})
	}
	return s.ok(w, r, Figure(p))
}

// nameIn is the name of an indicator in the language of the page; what is not in the catalogue keeps the words of the text.
func nameIn(f ui.Frame, vi, en string) string { return f.Name(gov.Indicator{NameVI: vi, NameEN: en}) }
