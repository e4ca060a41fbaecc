package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// MattersPage is a list of the matters book. Its whole state is in its address.
type MattersPage struct {
	ui.Frame
	View    app.MattersView
	Kind    gov.MatterKind
	Filter  matterFilter
	All     bool // finished ones too
	Clocks  bool // the kinds that are listed can be finished at all
	Tags    []ui.Link
	Next    string
	Saved   savedViews
	XLSX    string
	DOCX    string
	Bulk    bulkBar
	Trouble string
}

// A matterFilter is what narrows a list of matters, as the address says it.
type matterFilter struct {
	Unit  string
	Lead  string // agency's id, or the name of a body
	State gov.State
	When  string // "overdue", "week", "month", "none"
	Level gov.Level
	From  gov.Day // due from this day on
	Until gov.Day // due until this day
	Sort  string  // "due", else by the day on which it was opened
}

// whens lists the filters by due day in the order in which a form offers them.
var whens = []string{"overdue", "week", "month", "none"}

// ended lists the kinds of matters that can be finished; the others are only noted.
var ended = []gov.MatterKind{gov.Recommendation, gov.Task}

func matterFilterOf(q url.Values) matterFilter {
	return matterFilter{Unit: q.Get("unit"), Lead: q.Get("lead"), State: gov.State(q.Get("state")), When: q.Get("when"), Level: gov.Level(q.Get("level")),
		Sort: q.Get("sort"), From: dayOf(q.Get("from")), Until: dayOf(q.Get("until"))}
}

// dayOf is a day of an address; what is none narrows nothing.
func dayOf(s string) gov.Day {
	if d := gov.Day(s); d.Valid() {
		return d
	}
	return ""
}

// query is the question to the book that a filter asks. Where the body that leads is given, the index of places leads to the rows.
func (f matterFilter) query(today gov.Day) gov.MatterQuery {
	q := gov.MatterQuery{DueFrom: f.From, DueUntil: f.Until, Unit: f.Unit, Level: f.Level, ByDue: f.Sort == "due"}
	if f.Lead != "" {
		q.Place, q.PlaceRole = f.Lead, gov.RoleLead
	}
	if f.State != "" {
		q.States = []gov.State{f.State}
	}
	switch f.When {
	case "overdue":
		q.DueUntil, q.Stand = today.AddDays(-1), gov.StandOwed
	case "week":
		q.DueFrom, q.DueUntil, q.Stand = today, today.AddDays(7), gov.StandOwed
	case "month":
		q.DueFrom, q.DueUntil, q.Stand = today, today.AddDays(31), gov.StandOwed
	case "none":
		q.NoDue, q.Stand = true, gov.StandOwed
	}
	return q
}

// tags are the filters in force, each with the address of the list without it.
func (f matterFilter) tags(fr ui.Frame, r *http.Request, v app.MattersView) []ui.Link {
	var tags []ui.Link
	tag := func(key, words string) {
		q := r.URL.Query()
		for _, k := range []string{key, "after", "done"} {
			q.Del(k)
		}
		tags = append(tags, ui.Link{Text: words, Href: ui.With(r.URL.Path, q)})
	}
	if f.Unit != "" {
		tag("unit", fr.T("web.matter.unit")+": "+or(v.Unit.Name, f.Unit))
	}
	if f.Lead == gov.NoLead {
		tag("lead", fr.T("gap.duty"))
	} else if f.Lead != "" {
		tag("lead", fr.T("web.matter.lead")+": "+or(v.Lead, f.Lead))
	}
	if f.State != "" {
		tag("state", fr.T("web.matter.state")+": "+fr.T("state."+string(f.State)))
	}
	if f.When != "" {
		tag("when", fr.T("web.matter.when."+f.When))
	}
	if f.From != "" {
		tag("from", fr.T("web.months.from", fr.Date(f.From)))
	}
	if f.Until != "" {
		tag("until", fr.T("web.months.until", fr.Date(f.Until)))
	}
	if f.Level != "" {
		tag("level", fr.T("web.act.level")+": "+fr.T("level."+string(f.Level)))
	}
	return tags
}

// or is a, or b where a is empty.
func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// mattersQuery reads what the address of a list of matters asks: its kind, what narrows it, and whether only what is owed.
func (s *server) mattersQuery(r *http.Request) (gov.MatterKind, matterFilter, bool, gov.MatterQuery, error) {
	q := r.URL.Query()
	kind, filter := gov.MatterKind(q.Get("kind")), matterFilterOf(q)
	if kind != "" && !slices.Contains(gov.MatterKinds, kind) || filter.When != "" && !slices.Contains(whens, filter.When) ||
		filter.State != "" && !slices.Contains(gov.States, filter.State) {
		return kind, filter, false, gov.MatterQuery{}, gov.Errorf(gov.NotFound, "error.not_found")
	}
	clocks := kind == "" || slices.Contains(ended, kind)
	query := filter.query(s.app.Today())
	if kind != "" {
		query.Kinds = []gov.MatterKind{kind}
	}
	return kind, filter, clocks && q.Get("all") == "" && filter.State == "", query, nil
}

func (s *server) matters(w http.ResponseWriter, r *http.Request) error {
	return s.showMatters(w, r, nil)
}

// showMatters shows the list that the address names, with what stood in the way of a step with its ticked rows.
func (s *server) showMatters(w http.ResponseWriter, r *http.Request, why error) error {
	kind, filter, open, query, err := s.mattersQuery(r)
	if err != nil {
		return err
	}
	query.Page = pageOf(r)
	clocks := kind == "" || slices.Contains(ended, kind)
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
	f := s.frame(r, section, title)
	f.Path, f.Styles, f.Scripts = r.URL.RequestURI(), []string{"bulk.css", "looking.css"}, []string{"bulk.js"}
	saved, err := s.savedViews(r)
	if err != nil {
		return err
	}
	status, words := s.trouble(r, why)
	return s.render(w, r, status, Matters(MattersPage{Frame: f, Saved: saved, View: v, Kind: kind, Filter: filter, All: !open, Clocks: clocks, Tags: filter.tags(f, r, v),
		XLSX: fileHref("/matters/file", r.URL.Query(), "xlsx"), DOCX: fileHref("/matters/file", r.URL.Query(), "docx"), Next: nextHref(r, v.Next),
		Bulk: bulkOf(f, kind, nil, r.PostForm), Trouble: words}))
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
	Bodies  string
	Day     gov.Day
	Term    string
	Rule    string
}

// Left is what was typed for a step that came back and that cannot be taken any more: no form of the page shows it.
func (p MatterPage) Left() string {
	if slices.ContainsFunc(p.View.Steps, func(st gov.Step) bool { return st.Action == p.Tried }) {
		return ""
	}
	return p.Note
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
	f.Styles = []string{"looking.css"}
	f.Crumbs = []ui.Link{{Text: f.T("matter_kind." + string(v.Kind)), Href: ui.MattersHref(v.Kind, "", true)}}
	if v.Kind == gov.Recommendation {
		f.Crumbs = []ui.Link{{Text: f.T("web.rec.register"), Href: "/recommendations"}}
	}
	return f
}

// act takes a step of a matter. Where it is refused, the page comes back with what was typed.
func (s *server) act(w http.ResponseWriter, r *http.Request) error {
	files, err := s.readStepFiles(w, r)
	if err != nil {
		return err
	}
	id := gov.ID(r.PathValue("id"))
	version, err := strconv.Atoi(r.PostForm.Get("version"))
	if err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	form := r.PostForm
	in := app.ActInput{Term: strings.TrimSpace(form.Get("term")), Rule: form.Get("rule"), Files: files, Action: gov.Action(form.Get("action")), Version: version, StepInput: gov.StepInput{Note: form.Get("note"),
		Number: form.Get("number"), Day: gov.Day(form.Get("day")), Cause: gov.Cause(form.Get("cause")), Level: gov.Level(form.Get("level")), Field: form.Get("field"), Funding: gov.Funding(form.Get("funding")),
		Lead: gov.Party{Name: strings.TrimSpace(form.Get("lead"))}, Product: form.Get("product"), Bodies: bodiesIn(form.Get("bodies"))}}
	if len(files) > 0 {
		err = s.pay(r, reading)
	}
	if err == nil {
		err = s.app.Act(r.Context(), who(r), id, in)
	}
	switch gov.CodeOf(err) {
	case "":
		return see(w, r, ui.MatterHref(id)+"?done=act")
	case gov.Invalid, gov.Conflict, gov.Limited:
	default:
		return err
	}
	v, viewErr := s.app.Matter(r.Context(), who(r), id)
	if viewErr != nil {
		return viewErr
	}
	page := MatterPage{Frame: s.matterFrame(r, v), View: v, Tried: in.Action, Note: in.Note, Number: in.Number,
		Lead: in.Lead.Name, Product: in.Product, Bodies: form.Get("bodies"), Day: in.Day, Term: in.Term, Rule: in.Rule}
	code, words := s.words(r, err)
	page.Trouble = words
	sayWhen(w.Header(), err)
	return s.render(w, r, statusOf(code), Matter(page))
}

// bodiesIn reads the bodies that were typed one a line.
func bodiesIn(lines string) []gov.Party {
	var list []gov.Party
	for _, name := range strings.Split(lines, "\n") {
		if name = strings.TrimSpace(name); name != "" {
			list = append(list, gov.Party{Name: name})
		}
	}
	return list
}
