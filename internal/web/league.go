package web

import (
	"net/http"
	"net/url"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// LeaguePage is the table of agencies or units with what they owe.
type LeaguePage struct {
	ui.Frame
	View app.LeagueView
}

// leagueRoles are the two tables: by the body that leads, and by the unit.
var leagueRoles = map[string]gov.Role{"": gov.RoleLead, "lead": gov.RoleLead, "unit": gov.RoleUnit}

func (s *server) league(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	kind, role := gov.MatterKind(q.Get("kind")), leagueRoles[q.Get("by")]
	if kind == "" {
		kind = gov.Task
	}
	if kind != gov.Task && kind != gov.Recommendation {
		return gov.Errorf(gov.NotFound, "error.not_found")
	}
	if kind == gov.Recommendation {
		role = gov.RoleUnit // who is asked is rarely one body; who asks always is
	}
	v, err := s.app.League(r.Context(), who(r), kind, role)
	if err != nil {
		return err
	}
	f := s.frame(r, string(kind), langOf(r).T("web.league.of."+string(kind)))
	f.Crumbs = []ui.Link{{Text: f.T("matter_kind." + string(kind)), Href: ui.MattersHref(kind, "", true)}}
	return s.ok(w, r, League(LeaguePage{Frame: f, View: v}))
}

// listHref is the list behind a number of the table.
func (p LeaguePage) listHref(row app.LeagueRow, more url.Values) string {
	q := url.Values{"kind": {string(p.View.Kind)}}
	if p.View.Role == gov.RoleUnit {
		q.Set("unit", row.Place)
	} else {
		q.Set("lead", row.Place)
	}
	for k, v := range more {
		q[k] = v
	}
	return ui.With("/matters", q)
}

// rate writes x of y as a share; nothing where nothing is due yet.
func (p LeaguePage) rate(t gov.Tally) string {
	x, y := t.OnTimeRate()
	if y == 0 {
		return "–"
	}
	return p.Number(float64(1000*x/y)/10) + "%"
}
