package web

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"haicap/internal/app"
	"haicap/internal/calendar"
	"haicap/internal/gov"
	"haicap/internal/lang"
	"haicap/internal/text"
	"haicap/internal/web/ui"
)

// PlanFormPage is the form of a plan: new, a copy, or a new version.
type PlanFormPage struct {
	ui.Frame
	ID       gov.ID // empty: a new one
	Kind     gov.PlanKind
	Version  int
	Body     gov.PlanBody
	Units    string
	Note     string
	Agencies []string
	Ready    []gov.ReadyPlan // offered where no kind was chosen
	Trouble  string
}

// blankItems are how many empty rows a form ends with.
const blankItems = 3

// newPlan is the form for a new plan; without a kind it asks which, and offers the ready ones.
func (s *server) newPlan(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	p := PlanFormPage{Frame: s.planFrame(r, "", langOf(r).T("web.plan.new")), Kind: gov.PlanKind(q.Get("kind"))}
	form, err := s.app.PlanForm(r.Context(), who(r), gov.ID(q.Get("copy")), q.Get("ready"))
	if err != nil {
		return err
	}
	p.Agencies = form.Agencies
	switch {
	case q.Get("copy") != "" || form.Copied != "" && q.Get("ready") != "":
		p.Kind, p.Body, p.Units = form.Kind, form.PlanBody, strings.Join(form.Codes, " ")
		for i := range p.Body.Items { // a copy has keys of its own
			p.Body.Items[i].Key, p.Body.Items[i].Since = "", ""
		}
	case p.Kind == "":
		p.Ready = gov.ReadyPlansOn(s.app.Today())
	case !slices.Contains(gov.PlanKinds, p.Kind):
		return gov.Errorf(gov.NotFound, "error.not_found")
	}
	p.Body.Items = append(slices.Clone(p.Body.Items), make([]gov.PlanItem, blankItems)...)
	return s.ok(w, r, PlanForm(p))
}

func (s *server) editPlan(w http.ResponseWriter, r *http.Request) error {
	id := gov.ID(r.PathValue("id"))
	form, err := s.app.PlanForm(r.Context(), who(r), id, "")
	if err != nil {
		return err
	}
	p := PlanFormPage{Frame: s.planFrame(r, id, form.Title), ID: id, Kind: form.Kind, Version: form.Version, Body: form.PlanBody, Units: strings.Join(form.Codes, " "), Agencies: form.Agencies}
	p.Body.Items = append(slices.Clone(p.Body.Items), make([]gov.PlanItem, blankItems)...)
	return s.ok(w, r, PlanForm(p))
}

func (s *server) makePlan(w http.ResponseWriter, r *http.Request) error {
	p, err := s.planTyped(r, "")
	if err != nil {
		return err
	}
	id := gov.ID("")
	if r.PostForm.Get("do") != "more" {
		id, err = s.app.MakePlan(r.Context(), who(r), p.input())
	}
	return s.planSaved(w, r, p, id, err, "plan_made")
}

func (s *server) changePlan(w http.ResponseWriter, r *http.Request) error {
	id := gov.ID(r.PathValue("id"))
	p, err := s.planTyped(r, id)
	if err != nil {
		return err
	}
	if r.PostForm.Get("do") == "more" {
		return s.planSaved(w, r, p, "", nil, "")
	}
	err = s.app.ChangePlan(r.Context(), who(r), id, p.input())
	return s.planSaved(w, r, p, id, err, "plan_changed")
}

// planSaved goes on to a plan that was saved, or shows the form again with all that was typed.
func (s *server) planSaved(w http.ResponseWriter, r *http.Request, p PlanFormPage, id gov.ID, err error, done string) error {
	code := gov.CodeOf(err)
	switch code {
	case "":
		if id != "" {
			return see(w, r, planHref(id)+"?done="+done)
		}
	case gov.Invalid, gov.Conflict:
		_, p.Trouble = s.words(r, err)
	default:
		return err
	}
	title := langOf(r).T("web.plan.new")
	if p.ID != "" {
		title = p.Body.Title
	}
	p.Frame = s.planFrame(r, p.ID, title)
	p.Body.Items = append(p.Body.Items, make([]gov.PlanItem, blankItems)...)
	form, formErr := s.app.PlanForm(r.Context(), who(r), "", "")
	if formErr != nil {
		return formErr
	}
	p.Agencies = form.Agencies
	status := http.StatusOK
	if code != "" {
		status = statusOf(code)
	}
	return s.render(w, r, status, PlanForm(p))
}

// input is what was typed as the use case takes it.
func (p PlanFormPage) input() app.PlanInput {
	return app.PlanInput{Kind: p.Kind, Codes: codesOf(p.Units), Version: p.Version, Note: p.Note, PlanBody: p.Body}
}

// codesOf are codes or names of units as people write them side by side: codes with spaces between, names with commas.
func codesOf(s string) []string {
	var list []string
	for _, part := range strings.FieldsFunc(text.NFC(s), func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if strings.Trim(part, "0123456789 \t\r") == "" {
			list = append(list, strings.Fields(part)...)
		} else {
			list = append(list, oneLine(part))
		}
	}
	return list
}

// planTyped reads the form of a plan. An item without words that was left empty is none; one that was ticked is taken out.
func (s *server) planTyped(r *http.Request, id gov.ID) (PlanFormPage, error) {
	if err := r.ParseForm(); err != nil {
		return PlanFormPage{}, gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	q := r.PostForm
	get := func(key string) string { return oneLine(q.Get(key)) }
	p := PlanFormPage{ID: id, Kind: gov.PlanKind(get("kind")), Units: get("units"), Note: get("note")}
	p.Version, _ = strconv.Atoi(get("version")) // what is none was never there
	p.Body = gov.PlanBody{Title: get("title"), Number: get("number"), Document: gov.ID(get("document")), Anchor: get("anchor"), From: gov.Day(get("from")),
		Until: gov.Day(get("until")), CatchUp: get("catch_up") != "", Copied: get("copied")}
	if !slices.Contains(gov.PlanKinds, p.Kind) {
		return p, gov.Errorf(gov.Invalid, "error.form_unreadable")
	}
	n, err := strconv.Atoi(get("count"))
	if err != nil || n < 0 || n > 2*gov.MaxPlanItems {
		return p, gov.Errorf(gov.Invalid, "error.form_unreadable")
	}
	for i := range n {
		at := "i" + strconv.Itoa(i) + "."
		it := planItemTyped(p.Kind, at, q)
		if q.Get(at+"out") == "" && (it.Text != "" || it.Key != "" || len(it.Who) > 0 || it.Product != "") {
			p.Body.Items = append(p.Body.Items, it)
		}
	}
	p.Body.Items = append(p.Body.Items, pastedItems(p.Kind, q.Get("lines"))...)
	return p, nil
}

func oneLine(s string) string { return text.NFC(strings.Join(strings.Fields(s), " ")) }

// planNamesTyped are the names of a field; the words for the unit itself are put in its place, in either language.
func planNamesTyped(s string) []string {
	names := gov.PlanNames(text.NFC(s))
	for i, n := range names {
		for _, l := range []lang.Lang{lang.VI, lang.EN} {
			words := l.T("web.plan.unit_itself")
			if text.Fold(n) == text.Fold(words) {
				n = gov.PlanUnit
			}
			n = strings.ReplaceAll(n, words, gov.PlanUnit)
			names[i] = n
		}
	}
	return names
}

func planItemTyped(k gov.PlanKind, at string, q url.Values) gov.PlanItem {
	get := func(key string) string { return oneLine(q.Get(at + key)) }
	it := gov.PlanItem{Key: get("key"), Text: get("text"), Who: planNamesTyped(q.Get(at + "who")), With: planNamesTyped(q.Get(at + "with")), Product: get("product"), Law: get("law"),
		Mark: get("mark")}
	if it.Law != get("law_was") { // who changed the source has checked it himself
		it.Mark = ""
	}
	number := func(key string) int { n, _ := strconv.Atoi(get(key)); return n } // what is no number is refused by the plan
	switch k {
	case gov.PlanProgramme:
		switch {
		case get("day") != "":
			it.When = gov.When{Kind: gov.WhenDay, Day: gov.Day(get("day"))}
		case get("from") != "" || get("to") != "":
			it.When = gov.When{Kind: gov.WhenYear, From: number("from"), To: number("to"), On: number("until_day"), Month: number("until_month")}
			if get("to") == "" {
				it.When.To = it.When.From
			}
		}
	case gov.PlanTemplate:
		if get("amount") != "" {
			it.When = gov.When{Kind: gov.WhenOffset, Amount: number("amount"), Unit: calendar.Unit(get("unit")), Before: get("side") != "after"}
			if _, err := strconv.Atoi(get("amount")); err != nil {
				it.When.Amount = -1 // refused with the number of the item
			}
			it.When.Before = it.When.Before && it.When.Amount != 0
		}
	case gov.PlanRecurring:
		it.When = gov.When{Kind: gov.WhenTurn, Ahead: number("ahead"), Turn: calendar.Turn{Every: calendar.Every(get("every")), Month: number("month"), Day: number("on"),
			Last: get("last") != "", Shift: calendar.Shift(get("shift"))}}
		turn := &it.When.Turn
		if turn.Last {
			turn.Month, turn.Day = 0, 0
		}
		if turn.Every == calendar.EveryWeek || turn.Every == calendar.EveryMonth {
			turn.Month = 0
		}
	}
	return it
}

// listMark is what stands before an item of a list that was copied.
var listMark = regexp.MustCompile(`^\s*([-–•+*]|\d{1,3}[.)])\s+`)

// pastedItems are lines that were pasted, one an item; columns of a spreadsheet come with tabs: words, who, with whom, product.
func pastedItems(k gov.PlanKind, lines string) []gov.PlanItem {
	var list []gov.PlanItem
	for line := range strings.Lines(text.NFC(lines)) {
		cells := append(strings.Split(strings.TrimRight(line, "\r\n"), "\t"), "", "", "")
		it := gov.PlanItem{Text: oneLine(listMark.ReplaceAllString(cells[0], "")), Who: planNamesTyped(cells[1]), With: planNamesTyped(cells[2]), Product: oneLine(cells[3])}
		if it.Text == "" || len(list) > gov.MaxPlanItems {
			continue
		}
		if k == gov.PlanRecurring {
			it.When = startTurn
		}
		list = append(list, it)
	}
	return list
}

// startTurn is what a form offers for an item that comes round: the last working day of each month.
var startTurn = gov.When{Kind: gov.WhenTurn, Ahead: 10, Turn: calendar.Turn{Every: calendar.EveryMonth, Last: true, Shift: calendar.ShiftOn}}

// Turn is the turn that the form shows for an item.
func (p PlanFormPage) Turn(it gov.PlanItem) gov.When {
	if it.When.Kind == gov.WhenTurn {
		return it.When
	}
	return startTurn
}

// filled writes a number of a form; 0 is left empty.
func filled(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// offsetAmount writes how far an item is from its day; empty where that is open.
func offsetAmount(w gov.When) string {
	if w.Kind != gov.WhenOffset || w.Amount < 0 {
		return ""
	}
	return strconv.Itoa(w.Amount)
}

// headed is a phrase with a capital at its head, as a label has it.
func headed(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
}
