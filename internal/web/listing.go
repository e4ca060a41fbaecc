package web

import (
	"net/http"
	"net/url"
	"slices"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// fileHref is the address of the same list as a file.
func fileHref(path string, query url.Values, format string) string {
	q := url.Values{}
	for k, v := range query {
		if !slices.Contains(app.PageKeys, k) {
			q[k] = v
		}
	}
	q.Set("format", format)
	return ui.With(path, q)
}

// tagWords are what narrows a list, for the head of its file.
func tagWords(tags []ui.Link) []string {
	var words []string
	for _, t := range tags {
		words = append(words, t.Text)
	}
	return words
}

// mattersFile is the list of matters as a file: the address is that of the list, with the format.
func (s *server) mattersFile(w http.ResponseWriter, r *http.Request) error {
	_, filter, open, query, err := s.mattersQuery(r)
	if err != nil {
		return err
	}
	f := s.frame(r, "matters", "")
	in := app.ListingInput{Lang: langOf(r), Format: r.URL.Query().Get("format"), Notes: tagWords(filter.tags(f, r, app.MattersView{}))}
	file, err := s.app.MattersFile(r.Context(), who(r), query, open, in)
	if err != nil {
		return err
	}
	return sendTable(w, file)
}

// recommendationsFile is the register as a file.
func (s *server) recommendationsFile(w http.ResponseWriter, r *http.Request) error {
	q := recommendationQuery(r.URL.Query())
	f := s.frame(r, string(gov.Recommendation), "")
	in := app.ListingInput{Lang: langOf(r), Format: r.URL.Query().Get("format"), Notes: tagWords(recommendationTags(f, r, app.RecommendationsView{Query: q, Fields: gov.DefaultMatterFields()}))}
	file, err := s.app.RecommendationsFile(r.Context(), who(r), q, in)
	if err != nil {
		return err
	}
	return sendTable(w, file)
}

// reportFile is the report on recommendations as a file.
func (s *server) reportFile(w http.ResponseWriter, r *http.Request) error {
	file, err := s.app.RecommendationReportFile(r.Context(), who(r), s.since(r), app.ListingInput{Lang: langOf(r), Format: r.URL.Query().Get("format")})
	if err != nil {
		return err
	}
	return sendTable(w, file)
}
