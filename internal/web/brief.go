package web

import (
	"net/http"

	"haicap/internal/app"
	"haicap/internal/gov"
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

// A briefRow is one period of an indicator in the brief's table.
type briefRow struct {
	Name    string
	Period  gov.Period
	Set     app.ClaimSet
	Targets []app.TargetLine
}

// briefRows lays the first indicators out by period: claims first, then targets for periods that nothing was reported on. Of an
// indicator with many periods the latest two are shown.
func briefRows(groups []app.IndicatorGroup) []briefRow {
	var rows []briefRow
	for _, g := range groups[:min(len(groups), briefMaxFigures)] {
		claims := g.Claims
		if len(claims) > 2 {
			claims = claims[len(claims)-2:]
		}
		shown := map[gov.Period]bool{}
		for _, c := range claims {
			row := briefRow{Name: g.Name, Period: c.Period, Set: c}
			for _, t := range g.Targets {
				if t.Period == c.Period {
					row.Targets = append(row.Targets, t)
				}
			}
			shown[c.Period] = true
			rows = append(rows, row)
		}
		for _, t := range g.Targets {
			if !shown[t.Period] {
				shown[t.Period] = true
				rows = append(rows, briefRow{Name: g.Name, Period: t.Period, Targets: []app.TargetLine{t}})
			}
		}
	}
	return rows
}
