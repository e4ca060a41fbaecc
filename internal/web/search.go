package web

import (
	"net/http"
	"strings"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// SearchPage is what a search found.
type SearchPage struct {
	ui.Frame
	View app.SearchView
}

func (s *server) search(w http.ResponseWriter, r *http.Request) error {
	words := strings.TrimSpace(r.URL.Query().Get("q"))
	v := app.SearchView{}
	if words != "" {
		var err error
		if v, err = s.app.Search(r.Context(), who(r), words); err != nil {
			return err
		}
	}
	f := s.frame(r, "", langOf(r).T("web.search.title"))
	f.Words = words
	return s.ok(w, r, Search(SearchPage{Frame: f, View: v}))
}

// hitHref is the page of what a search found.
func hitHref(h gov.SearchHit) string {
	switch h.Noun {
	case "document":
		return ui.DocumentHref(h.Record)
	case "session":
		return ui.SessionHref(h.Record)
	case "matter":
		return ui.MatterHref(h.Record)
	case "figure":
		return ui.FigureHref(h.Record)
	case "target":
		return ui.TargetHref(h.Record)
	}
	return ""
}
