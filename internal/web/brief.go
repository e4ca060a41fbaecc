package web

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/text"
	"haicap/internal/web/ui"
)

// BriefPage is the page that a leader takes along to a visit.
type BriefPage struct {
	ui.Frame
	View app.BriefView
}

// briefMaxChecks is how many doubts a brief shows; how many of the rest fit on one page is decided by the use case.
const briefMaxChecks = 3

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

// unnamedDoer is who is to do a task, where its own words do not say so.
func unnamedDoer(m gov.Matter) string {
	if m.Kind != gov.Task {
		return ""
	}
	who := m.Lead()
	if who == "" {
		who = strings.Join(m.Names(gov.RoleAssignee), ", ")
	}
	if strings.Contains(text.Norm(m.Text), text.Norm(who)) {
		return ""
	}
	return who
}

// briefState is the word of a state, cut to what a narrow column holds.
func briefState(f ui.Frame, s gov.State) string {
	if key := "web.brief.state." + string(s); f.Has(key) {
		return f.T(key)
	}
	return f.T("state." + string(s))
}

// A full page holds about roomyLines lines as they are set at first; lineRunes letters go into one.
const (
	roomyLines = 60
	lineRunes  = 85
)

// tight reports whether a brief has more than one page holds, so that it is set smaller and most items are cut to one line.
func tight(v app.BriefView) bool {
	lines := 2*len(v.Sessions) + 2*len(v.Figures) + min(len(v.Checks), briefMaxChecks)
	for _, list := range [][]app.MatterLine{v.Recommendations, v.Tasks, v.Orientation, v.Difficulties} {
		if len(list) > 0 {
			lines += 3
		}
		for _, m := range list {
			lines += min(2, 1+utf8.RuneCountInString(m.Text)/lineRunes)
		}
	}
	return lines > roomyLines
}
