package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/calendar"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// planRoutes are the plans: programmes, recurring work, templates.
func (s *server) planRoutes() []route {
	return []route{
		{pattern: "GET /plans", needs: access.BooksRead, do: s.plans},
		{pattern: "GET /plans/new", needs: access.MattersAssign, do: s.newPlan},
		{pattern: "POST /plans/new", needs: access.MattersAssign, do: s.makePlan},
		{pattern: "GET /plans/{id}", needs: access.BooksRead, do: s.plan},
		{pattern: "POST /plans/{id}", needs: access.MattersAssign, do: s.movePlan},
		{pattern: "GET /plans/{id}/edit", needs: access.MattersAssign, do: s.editPlan},
		{pattern: "POST /plans/{id}/edit", needs: access.MattersAssign, do: s.changePlan},
		{pattern: "GET /plans/{id}/apply", needs: access.MattersAssign, do: s.previewPlan},
		{pattern: "POST /plans/{id}/apply", needs: access.MattersAssign, do: s.applyPlan},
		{pattern: "GET /plans/{id}/file", needs: access.BooksRead, do: s.planFile, cost: fetching},
	}
}

// planHref is the address of a plan.
func planHref(id gov.ID) string { return "/plans/" + url.PathEscape(string(id)) }

// PlansPage is the list of plans.
type PlansPage struct {
	ui.Frame
	View app.PlansView
	Next string
}

func (s *server) plans(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	query := gov.PlanQuery{Kind: gov.PlanKind(q.Get("kind")), State: gov.PlanState(q.Get("state")), Page: pageOf(r)}
	if query.Kind != "" && !slices.Contains(gov.PlanKinds, query.Kind) || query.State != "" && !slices.Contains(gov.PlanStates, query.State) {
		return gov.Errorf(gov.NotFound, "error.not_found")
	}
	v, err := s.app.Plans(r.Context(), who(r), query)
	if err != nil {
		return err
	}
	f := s.frame(r, "plans", langOf(r).T("web.plan.heading"))
	f.Styles = []string{"plan.css"}
	return s.ok(w, r, Plans(PlansPage{Frame: f, View: v, Next: nextHref(r, v.Next)}))
}

// planFrame is the frame of a page within a plan.
func (s *server) planFrame(r *http.Request, id gov.ID, title string) ui.Frame {
	f := s.frame(r, "plans", title)
	f.Styles = []string{"plan.css"}
	f.Crumbs = []ui.Link{{Text: f.T("web.plan.heading"), Href: "/plans"}}
	if id != "" {
		f.Crumbs = append(f.Crumbs, ui.Link{Text: f.T("web.plan.one"), Href: planHref(id)})
	}
	return f
}

// PlanPage is one plan.
type PlanPage struct {
	ui.Frame
	View    app.PlanView
	Trouble string
	All     bool   // all runs and steps, not only the last ones
	Note    string // what was typed for a step that was refused
	Tried   string // which step: an action, or the run that was to be undone
}

func (s *server) plan(w http.ResponseWriter, r *http.Request) error {
	return s.planPage(w, r, http.StatusOK, PlanPage{})
}

func (s *server) planPage(w http.ResponseWriter, r *http.Request, status int, p PlanPage) error {
	version, _ := strconv.Atoi(r.URL.Query().Get("version")) // what is none is the one in force
	v, err := s.app.Plan(r.Context(), who(r), gov.ID(r.PathValue("id")), version)
	if err != nil {
		return err
	}
	p.View, p.All = v, r.URL.Query().Get("all") != ""
	p.Frame = s.planFrame(r, "", v.Title)
	return s.render(w, r, status, Plan(p))
}

// lastShown is how many runs and steps a page shows: work that comes round each week has hundreds.
const lastShown = 12

// Runs are the makings that the page shows, newest first; the one that was to be undone is among them.
func (p PlanPage) Runs() []app.PlanRunLine {
	if p.All || p.Tried != "" {
		return p.View.Runs
	}
	return p.View.Runs[:min(lastShown, len(p.View.Runs))]
}

// Events are the steps that the page shows, the oldest first.
func (p PlanPage) Events() []app.PlanEventLine {
	if p.All {
		return p.View.Events
	}
	return p.View.Events[max(0, len(p.View.Events)-lastShown):]
}

// movePlan pauses, resumes or ends a plan, or undoes one of its runs.
func (s *server) movePlan(w http.ResponseWriter, r *http.Request) error {
	id, do, note := gov.ID(r.PathValue("id")), r.PostFormValue("do"), r.PostFormValue("note")
	tried, done := do, "plan_moved"
	var err error
	if do == string(gov.PlanUndo) {
		tried, done = r.PostFormValue("run"), "plan_undone"
		_, _, err = s.app.UndoPlan(r.Context(), who(r), id, gov.ID(tried), note)
	} else {
		version, _ := strconv.Atoi(r.PostFormValue("version")) // what is none was never there
		err = s.app.MovePlan(r.Context(), who(r), id, version, gov.PlanAction(do), note)
	}
	switch code := gov.CodeOf(err); code {
	case "":
		return see(w, r, planHref(id)+"?done="+done)
	case gov.Invalid, gov.Conflict:
		_, words := s.words(r, err)
		return s.planPage(w, r, statusOf(code), PlanPage{Trouble: words, Note: note, Tried: tried})
	}
	return err
}

// PlanPreviewPage is what would be made of a plan, or the question for which year or day.
type PlanPreviewPage struct {
	ui.Frame
	ID      gov.ID
	View    app.PlanPreview
	Plan    app.PlanView // where nothing was asked yet
	Asked   bool
	Trouble string
	Typed   url.Values
}

// planAsk reads for which year or day tasks are to be made.
func planAsk(q url.Values) (gov.PlanAsk, []string) {
	year, _ := strconv.Atoi(q.Get("year")) // what is no year is refused by the plan
	return gov.PlanAsk{Year: year, Anchor: gov.Day(q.Get("anchor"))}, codesOf(q.Get("units"))
}

func (s *server) previewPlan(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	if !q.Has("year") && !q.Has("anchor") {
		return s.askPlan(w, r, http.StatusOK, "", q)
	}
	return s.planPreview(w, r, http.StatusOK, "", q)
}

// askPlan is the form that asks for which year or day.
func (s *server) askPlan(w http.ResponseWriter, r *http.Request, status int, trouble string, typed url.Values) error {
	id := gov.ID(r.PathValue("id"))
	v, err := s.app.Plan(r.Context(), who(r), id, 0)
	if err != nil {
		return err
	}
	if !v.May {
		return gov.Errorf(gov.Forbidden, "error.not_your_plan")
	}
	return s.render(w, r, status, PlanPreview(PlanPreviewPage{Frame: s.planFrame(r, id, v.Title), ID: id, Plan: v, Trouble: trouble, Typed: typed}))
}

func (s *server) planPreview(w http.ResponseWriter, r *http.Request, status int, trouble string, typed url.Values) error {
	id := gov.ID(r.PathValue("id"))
	ask, codes := planAsk(typed)
	v, err := s.app.PreviewPlan(r.Context(), who(r), id, ask, codes)
	switch code := gov.CodeOf(err); code {
	case "":
	case gov.Invalid, gov.Conflict:
		_, words := s.words(r, err)
		return s.askPlan(w, r, statusOf(code), words, typed)
	default:
		return err
	}
	if !v.May {
		return gov.Errorf(gov.Forbidden, "error.not_your_plan")
	}
	return s.render(w, r, status, PlanPreview(PlanPreviewPage{Frame: s.planFrame(r, id, v.Title), ID: id, View: v, Asked: true, Trouble: trouble, Typed: typed}))
}

// applyPlan makes the tasks that were chosen in a preview.
func (s *server) applyPlan(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	id := gov.ID(r.PathValue("id"))
	in := app.PlanApplication{Run: gov.ID(r.PostForm.Get("run")), Items: r.PostForm["item"]}
	in.PlanAsk, in.Codes = planAsk(r.PostForm)
	in.Version, _ = strconv.Atoi(r.PostForm.Get("version")) // what is none was never there
	_, err := s.app.ApplyPlan(r.Context(), who(r), id, in)
	switch code := gov.CodeOf(err); code {
	case "":
		return see(w, r, planHref(id)+"?done=plan_applied#runs")
	case gov.Invalid, gov.Conflict:
		_, words := s.words(r, err)
		return s.planPreview(w, r, statusOf(code), words, r.PostForm)
	}
	return err
}

// planFile is a plan with its tasks as a file.
func (s *server) planFile(w http.ResponseWriter, r *http.Request) error {
	f := s.frame(r, "plans", "")
	words := func(p gov.Plan, it gov.PlanItem) string { return planWhen(f, p, it) }
	file, err := s.app.PlanFile(r.Context(), who(r), gov.ID(r.PathValue("id")), words, app.ListingInput{Lang: langOf(r), Format: r.URL.Query().Get("format")})
	if err != nil {
		return err
	}
	return sendTable(w, file)
}

// planWho writes who does an item, or who helps.
func planWho(f ui.Frame, names []string) []string {
	list := make([]string, len(names))
	for i, n := range names {
		list[i] = strings.ReplaceAll(n, gov.PlanUnit, f.T("web.plan.unit_itself"))
	}
	return list
}

// planWhen says in words when an item of a plan is due; empty where that is open.
func planWhen(f ui.Frame, p gov.Plan, it gov.PlanItem) string {
	w := it.When
	switch w.Kind {
	case gov.WhenDay:
		return f.Date(w.Day)
	case gov.WhenYear:
		words := f.T("web.plan.when.year", w.From)
		if w.To > w.From {
			words = f.T("web.plan.when.years", w.From, w.To)
		}
		if w.Month > 0 {
			words += f.T("web.plan.when.until", w.On, w.Month)
		}
		return words
	case gov.WhenOffset:
		anchor := or(p.Anchor, f.T("web.plan.anchor_word"))
		switch limit := calendar.LimitText(f.Lang, calendar.Limit{Amount: w.Amount, Unit: w.Unit}); {
		case w.Amount == 0:
			return f.T("web.plan.when.on", anchor)
		case w.Before:
			return f.T("web.plan.when.before", limit, anchor)
		default:
			return f.T("web.plan.when.after", limit, anchor)
		}
	case gov.WhenTurn:
		return turnWords(f, w)
	}
	return ""
}

// turnWords says in words how an item comes round.
func turnWords(f ui.Frame, w gov.When) string {
	t := w.Turn
	every := f.T("web.plan.every." + string(t.Every))
	day := ""
	switch {
	case t.Last:
		day = f.T("web.plan.turn.last")
	case t.Every == calendar.EveryWeek:
		day = f.T("calendar.weekday." + strconv.Itoa(t.Day%7))
	case t.Every == calendar.EveryMonth:
		day = f.T("web.plan.turn.day", t.Day)
	case t.Every == calendar.EveryQuarter:
		day = f.T("web.plan.turn.quarter", t.Day, t.Month)
	default:
		day = f.T("web.plan.turn.year", t.Day, t.Month)
	}
	words := f.T("web.plan.turn", every, day)
	if !t.Last {
		words += "; " + f.T("web.plan.shift."+string(t.Shift))
	}
	return words + "; " + f.T("web.plan.ahead_words", w.Ahead)
}

// planRef says from which plan a task was made, for its page.
func planRef(f ui.Frame, p app.PlanRef) string {
	words := f.T("web.plan.ref."+string(p.Kind), p.Title)
	if p.Number != "" {
		words += " (" + p.Number + ")"
	}
	if p.Period != "" {
		words += ", " + app.PlanPeriod(f.Lang, p.Period)
	}
	return words
}

// runPeriod says for what a run was: a year, a day, or the periods.
func runPeriod(f ui.Frame, v app.PlanView, run app.PlanRunLine) string {
	switch v.Kind {
	case gov.PlanProgramme:
		return f.T("plan.period.year", run.Period)
	case gov.PlanTemplate:
		return or(v.Anchor, f.T("web.plan.anchor_word")) + " " + f.Date(gov.Day(run.Period))
	}
	return ""
}

// planYears are the years of a programme for which there may be something to make, the nearest first offered.
func planYears(v app.PlanView) []int {
	var list []int
	for i, y := range v.Table.Years {
		if v.Table.Sums[i].Unmade > 0 {
			list = append(list, y)
		}
	}
	return list
}
