package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// MattersPage is a list of the matters book.
type MattersPage struct {
	ui.Frame
	View   app.MattersView
	Kind   gov.MatterKind
	Unit   string // code that narrows the list
	All    bool   // finished ones too
	Clocks bool   // the kinds that are listed can be finished at all
	Next   string
}

// ended lists the kinds of matters that can be finished; the others are only noted.
var ended = []gov.MatterKind{gov.Recommendation, gov.Task}

func (s *server) matters(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	kind := gov.MatterKind(q.Get("kind"))
	if kind != "" && !slices.Contains(gov.MatterKinds, kind) {
		return gov.Errorf(gov.NotFound, "error.not_found")
	}
	clocks := kind == "" || slices.Contains(ended, kind)
	open := clocks && q.Get("all") == ""
	query := gov.MatterQuery{Unit: q.Get("unit"), Page: pageOf(r)}
	if kind != "" {
		query.Kinds = []gov.MatterKind{kind}
	}
	v, err := s.app.Matters(r.Context(), who(r), query, open)
	if err != nil {
		return err
	}
	section, title := "matters", langOf(r).T("web.nav.matters")
	if kind != "" {
		title = langOf(r).T("matter_kind." + string(kind))
	}
	if slices.Contains(ended, kind) {
		section = string(kind)
	}
	return s.ok(w, r, Matters(MattersPage{Frame: s.frame(r, section, title), View: v, Kind: kind, Unit: query.Unit,
		All: !open, Clocks: clocks, Next: nextHref(r, v.Next)}))
}

// MatterPage is one matter.
type MatterPage struct {
	ui.Frame
	View    app.MatterView
	Trouble string
	Tried   gov.Action // the step that was refused, with what was typed
	Note    string
	Number  string
	Lead    string
	Product string
	Day     gov.Day
}

func (s *server) matter(w http.ResponseWriter, r *http.Request) error {
	v, err := s.app.Matter(r.Context(), who(r), gov.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return s.ok(w, r, Matter(MatterPage{Frame: s.matterFrame(r, v), View: v}))
}

func (s *server) matterFrame(r *http.Request, v app.MatterView) ui.Frame {
	section := "matters"
	if slices.Contains(ended, v.Kind) {
		section = string(v.Kind)
	}
	l := langOf(r)
	f := s.frame(r, section, l.T("matter_kind."+string(v.Kind)))
	f.Crumbs = []ui.Link{{Text: f.T("matter_kind." + string(v.Kind)), Href: ui.MattersHref(v.Kind, "", true)}}
	return f
}

// act takes a step of a matter. Where it is refused, the page comes back with what was typed.
func (s *server) act(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	id := gov.ID(r.PathValue("id"))
	version, err := strconv.Atoi(r.PostForm.Get("version"))
	if err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	form := r.PostForm
	in := app.ActInput{Action: gov.Action(form.Get("action")), Version: version, StepInput: gov.StepInput{Note: form.Get("note"),
		Number: form.Get("number"), Day: gov.Day(form.Get("day")), Cause: gov.Cause(form.Get("cause")), Level: gov.Level(form.Get("level")),
		Lead: gov.Party{Name: strings.TrimSpace(form.Get("lead"))}, Product: form.Get("product")}}
	err = s.app.Act(r.Context(), who(r), id, in)
	if err == nil {
		return see(w, r, ui.MatterHref(id)+"?done=act")
	}
	if c := gov.CodeOf(err); c != gov.Invalid && c != gov.Conflict {
		return err
	}
	v, viewErr := s.app.Matter(r.Context(), who(r), id)
	if viewErr != nil {
		return viewErr
	}
	page := MatterPage{Frame: s.matterFrame(r, v), View: v, Tried: in.Action, Note: in.Note, Number: in.Number,
		Lead: in.Lead.Name, Product: in.Product, Day: in.Day}
	code, words := s.words(r, err)
	page.Trouble = words
	return s.render(w, r, statusOf(code), Matter(page))
}
