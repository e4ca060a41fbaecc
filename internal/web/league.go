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
	XLSX string
	DOCX string
}

// leagueRoles are the two tables: by the body that leads, and by the unit.
var leagueRoles = map[string]gov.Role{"": gov.RoleLead, "lead": gov.RoleLead, "unit": gov.RoleUnit}

func (s *server) league(w http.ResponseWriter, r *http.Request) error {
	kind, role, err := leagueQuery(r.URL.Query())
	if err != nil {
		return err
	}
	v, err := s.app.League(r.Context(), who(r), kind, role)
	if err != nil {
		return err
	}
	f := s.frame(r, string(kind), langOf(r).T("web.league.of."+string(kind)))
	f.Crumbs = []ui.Link{{Text: f.T("matter_kind." + string(kind)), Href: ui.MattersHref(kind, "", true)}}
	return s.ok(w, r, League(LeaguePage{Frame: f, View: v, XLSX: fileHref("/matters/league/file", r.URL.Query(), "xlsx"), DOCX: fileHref("/matters/league/file", r.URL.Query(), "docx")}))
}

// leagueQuery reads which table an address asks for.
func leagueQuery(q url.Values) (gov.MatterKind, gov.Role, error) {
	kind, role := gov.MatterKind(q.Get("kind")), leagueRoles[q.Get("by")]
	switch kind {
	case "", gov.Task:
		return gov.Task, role, nil
	case gov.Recommendation:
		return kind, gov.RoleUnit, nil // who is asked is rarely one body; who asks always is
	}
	return kind, role, gov.Errorf(gov.NotFound, "error.not_found")
}

// leagueFile is the table as a file.
func (s *server) leagueFile(w http.ResponseWriter, r *http.Request) error {
	kind, role, err := leagueQuery(r.URL.Query())
	if err != nil {
		return err
	}
	file, err := s.app.LeagueFile(r.Context(), who(r), kind, role, app.ListingInput{Lang: langOf(r), Format: r.URL.Query().Get("format")})
	if err != nil {
		return err
	}
	return sendTable(w, file)
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
func (p LeaguePage) rate(t gov.Tally) string { return app.RateWords(t, p.Lang) }
