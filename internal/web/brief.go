package web

import (
	"net/http"

	"haicap/internal/app"
	"haicap/internal/web/ui"
)

// BriefPage is the page that a leader takes along to a visit.
type BriefPage struct {
	ui.Frame
	View app.BriefView
}

// What a brief holds at most, so that it stays one page; the rest is a number with a link.
const (
	briefMaxFigures      = 9
	briefMaxDifficulties = 4
	briefMaxSessions     = 3
	briefMaxChecks       = 3
)

func (s *server) brief(w http.ResponseWriter, r *http.Request) error {
	v, err := s.app.Brief(r.Context(), who(r), r.PathValue("code"))
	if err != nil {
		return err
	}
	f := s.frame(r, "units", langOf(r).T("web.brief.title", v.Unit.Full()))
	f.Crumbs = []ui.Link{{Text: f.T("web.nav.units"), Href: "/units"}, {Text: v.Unit.Full(), Href: ui.UnitHref(v.Unit.UnitKey)}}
	f.Styles = []string{"brief.css"}
	return s.ok(w, r, Brief(BriefPage{Frame: f, View: v}))
}

// latest are the last two periods of an indicator: what a page that has to stay one page shows of it.
func latest(claims []app.ClaimSet) []app.ClaimSet { return claims[max(0, len(claims)-2):] }
