package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// RecommendationsPage is the register of recommendations. Its whole state is in its address.
type RecommendationsPage struct {
	ui.Frame
	View  app.RecommendationsView
	Saved savedViews
	Tags  []ui.Link
	More  string
	XLSX  string
	DOCX  string

	Bulk    bulkBar
	Trouble string
}

// recommendationQuery reads what the address asks of the register.
func recommendationQuery(q url.Values) app.RecommendationQuery {
	from, err := strconv.Atoi(q.Get("skip"))
	if err != nil || from < 0 {
		from = 0
	}
	return app.RecommendationQuery{Unit: q.Get("unit"), Field: q.Get("field"), Level: q.Get("level"), State: gov.State(q.Get("state")),
		Changed: q.Get("changed"), Since: gov.Day(q.Get("since")), All: q.Get("all") != "", Sort: q.Get("sort"), From: from, Limit: pageSize}
}

func (s *server) recommendations(w http.ResponseWriter, r *http.Request) error {
	return s.showRecommendations(w, r, nil)
}

// showRecommendations shows the register that the address names, with what stood in the way of a step with its ticked rows.
func (s *server) showRecommendations(w http.ResponseWriter, r *http.Request, why error) error {
	q := recommendationQuery(r.URL.Query())
	if q.State != "" && !slices.Contains(gov.RecommendationStates, q.State) {
		return gov.Errorf(gov.NotFound, "error.not_found")
	}
	v, err := s.app.Recommendations(r.Context(), who(r), q)
	if err != nil {
		return err
	}
	saved, err := s.savedViews(r)
	if err != nil {
		return err
	}
	f := s.recommendFrame(r, "web.rec.register")
	f.Crumbs = nil
	p := RecommendationsPage{Frame: f, View: v, Saved: saved, Tags: recommendationTags(f, r, v)}
	p.XLSX, p.DOCX = fileHref("/recommendations/file", r.URL.Query(), "xlsx"), fileHref("/recommendations/file", r.URL.Query(), "docx")
	if v.More > 0 {
		p.More = withValue(r, "skip", strconv.Itoa(v.More))
	}
	p.Styles, p.Scripts = append(p.Styles, "bulk.css"), []string{"bulk.js"}
	p.Path, p.Bulk = r.URL.RequestURI(), bulkOf(f, gov.Recommendation, v.Fields, r.PostForm)
	status, words := s.trouble(r, why)
	p.Trouble = words
	return s.render(w, r, status, Recommendations(p))
}

// recommendFrame is the frame of a page about recommendations.
func (s *server) recommendFrame(r *http.Request, title string) ui.Frame {
	f := s.frame(r, string(gov.Recommendation), langOf(r).T(title))
	f.Crumbs = []ui.Link{{Text: f.T("web.rec.register"), Href: "/recommendations"}}
	f.Styles = []string{"looking.css"}
	return f
}

// withValue is the address of the same page with one value set.
func withValue(r *http.Request, key, value string) string {
	q := r.URL.Query()
	for _, k := range []string{"done", "after", "skip"} {
		q.Del(k)
	}
	if q.Del(key); value != "" {
		q.Set(key, value)
	}
	return ui.With(r.URL.Path, q)
}

// recommendationTags are the filters in force, each with the address of the register without it.
func recommendationTags(f ui.Frame, r *http.Request, v app.RecommendationsView) []ui.Link {
	var tags []ui.Link
	tag := func(key, words string) { tags = append(tags, ui.Link{Text: words, Href: withValue(r, key, "")}) }
	q := v.Query
	if q.Unit != "" {
		tag("unit", f.T("web.matter.unit")+": "+or(v.Unit.Name, q.Unit))
	}
	if q.Field != "" {
		tag("field", f.T("web.rec.field")+": "+fieldOf(f, v.Fields, q.Field))
	}
	if q.Level != "" {
		tag("level", f.T("web.rec.level")+": "+levelName(f, q.Level))
	}
	if q.State != "" {
		tag("state", f.T("web.matter.state")+": "+f.T("state."+string(q.State)))
	}
	if q.Changed != "" {
		tag("changed", f.T("web.rec.changed."+q.Changed, f.Date(q.Since)))
	}
	return tags
}

func levelName(f ui.Frame, level string) string {
	if level == app.NoLevel {
		level = ""
	}
	return f.T("level." + level)
}

// fieldOf is the name of the field with a key.
func fieldOf(f ui.Frame, all gov.MatterFields, key string) string {
	if key == app.NoField {
		key = ""
	}
	for _, x := range all {
		if x.Key == key {
			return fieldName(f, x, key)
		}
	}
	return fieldName(f, gov.MatterField{}, key)
}

// RecommendationReportPage is the report on recommendations.
type RecommendationReportPage struct {
	ui.Frame
	View    app.RecommendationReportView
	Trouble string
}

// defaultSince is a quarter ago: the report is owed from time to time.
func (s *server) since(r *http.Request) gov.Day {
	if d := gov.Day(r.URL.Query().Get("since")); d != "" {
		return d
	}
	return s.app.Today().AddDays(-90)
}

func (s *server) recommendationReport(w http.ResponseWriter, r *http.Request) error {
	v, err := s.app.RecommendationReport(r.Context(), who(r), s.since(r))
	if err != nil {
		return err
	}
	return s.ok(w, r, RecommendationReport(RecommendationReportPage{Frame: s.recommendFrame(r, "web.rec.report"), View: v}))
}

// href is the list behind a number of the report.
func (p RecommendationReportPage) href(row gov.RecommendationRow, more url.Values) string {
	q := url.Values{"field": {or(row.Field, app.NoField)}, "level": {or(string(row.Level), app.NoLevel)}, "all": {"1"}}
	for k, v := range more {
		q[k] = v
	}
	return ui.With("/recommendations", q)
}

// rows are the rows of a field, in the order of levels.
func (p RecommendationReportPage) rows(field string) []gov.RecommendationRow {
	var rows []gov.RecommendationRow
	for _, row := range p.View.Rows {
		if row.Field == field {
			rows = append(rows, row)
		}
	}
	return rows
}

// fields are the keys of the fields that have rows.
func (p RecommendationReportPage) fields() []string { return p.View.FieldKeys() }

// MapPage is the table of fields and units.
type MapPage struct {
	ui.Frame
	View app.RecommendationMapView
}

func (s *server) recommendationMap(w http.ResponseWriter, r *http.Request) error {
	v, err := s.app.RecommendationMap(r.Context(), who(r))
	if err != nil {
		return err
	}
	return s.ok(w, r, RecommendationMap(MapPage{Frame: s.recommendFrame(r, "web.rec.map"), View: v}))
}

// href is the register of a field and unit; either may be any.
func (p MapPage) href(field *string, unit string) string {
	q := url.Values{"all": {"1"}}
	if field != nil {
		q.Set("field", or(*field, app.NoField))
	}
	if unit != "" {
		q.Set("unit", unit)
	}
	return ui.With("/recommendations", q)
}

// unitName is the name of a row.
func (p MapPage) unitName(code string) string {
	if code == "" {
		return p.T("web.rec.no_unit")
	}
	return or(p.View.Places[code].Name, code)
}

// SimilarPage is what may be the same, for a person to say.
type SimilarPage struct {
	ui.Frame
	View app.SimilarView
	Of   gov.ID
}

func (s *server) similar(w http.ResponseWriter, r *http.Request) error {
	of := gov.ID(r.URL.Query().Get("of"))
	v, err := s.app.Similar(r.Context(), who(r), of)
	if err != nil {
		return err
	}
	return s.ok(w, r, Similar(SimilarPage{Frame: s.recommendFrame(r, "web.rec.similar"), View: v, Of: of}))
}

func (s *server) settleSimilar(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	form := r.PostForm
	err := s.app.SettleSimilar(r.Context(), who(r), gov.ID(form.Get("one")), gov.ID(form.Get("other")), gov.LinkKind(form.Get("kind")))
	if err != nil {
		return err
	}
	q := url.Values{"done": {"similar"}}
	if of := form.Get("of"); of != "" {
		q.Set("of", of)
	}
	return see(w, r, ui.With("/recommendations/similar", q))
}
