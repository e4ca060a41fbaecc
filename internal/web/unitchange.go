package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/text"
	"haicap/internal/web/ui"
)

// UnitChangesPage lists the changes of units and agencies that were carried out.
type UnitChangesPage struct {
	ui.Frame
	Lines []app.UnitChangeLine
}

func (s *server) unitChanges(w http.ResponseWriter, r *http.Request) error {
	v, err := s.app.UnitChanges(r.Context(), who(r), "")
	if err != nil {
		return err
	}
	f := s.frame(r, "units", langOf(r).T("web.unitchange.title"))
	f.Crumbs = []ui.Link{{Text: f.T("web.nav.units"), Href: "/units"}}
	f.Styles = []string{"unitchange.css"}
	return s.ok(w, r, UnitChanges(UnitChangesPage{Frame: f, Lines: v.Lines}))
}

// UnitChangePage is one change that was carried out: what it moved, and what undoing it would do.
type UnitChangePage struct {
	ui.Frame
	Undo    app.UnitUndo
	Reason  string
	Trouble string
	Prove   bool // who asks has to show again who he is
}

func (s *server) unitChange(w http.ResponseWriter, r *http.Request) error {
	return s.unitChangePage(w, r, UnitChangePage{}, nil)
}

func (s *server) unitChangePage(w http.ResponseWriter, r *http.Request, p UnitChangePage, why error) error {
	var err error
	if p.Undo, err = s.app.TryUndoUnitChange(r.Context(), who(r), gov.ID(r.PathValue("id"))); err != nil {
		return err
	}
	status, words := s.trouble(r, why)
	p.Trouble = words
	p.Frame = s.frame(r, "units", langOf(r).T("web.unitchange.one", p.Undo.Line.Source))
	p.Prove = !s.app.Fresh(who(r))
	p.Crumbs = []ui.Link{{Text: p.T("web.nav.units"), Href: "/units"}, {Text: p.T("web.unitchange.title"), Href: "/units/changes"}}
	p.Styles = []string{"unitchange.css"}
	return s.render(w, r, status, UnitChange(p))
}

// undoUnitChange takes a change back.
func (s *server) undoUnitChange(w http.ResponseWriter, r *http.Request) error {
	id, reason := gov.ID(r.PathValue("id")), text.NFC(strings.TrimSpace(r.PostFormValue("reason")))
	_, err := s.app.UndoUnitChange(r.Context(), who(r), id, reason)
	switch gov.CodeOf(err) {
	case "":
		return see(w, r, unitChangeHref(id)+"?done=unitchange_undone")
	case gov.Invalid, gov.Conflict, gov.Unauthenticated:
		return s.unitChangePage(w, r, UnitChangePage{Reason: reason}, err)
	}
	return err
}

func unitChangeHref(id gov.ID) string {
	return "/units/changes/" + url.PathEscape(string(id)) + "/record"
}

// UnitChangeForm is a change as somebody fills it in. Each number of rows is a field of the form, so that more rows need no script.
type UnitChangeForm struct {
	Day, Source string
	Olds        []OldRow
	News        []NewRow
	Bodies      string // names of agencies, a line each
	Body        string // of the one that takes their place
	Agencies    []AgencyRow
	Units       string // names the units part as it was when the agencies were proposed
	Seen        string
}

// An OldRow is an old unit, or a part of one.
type OldRow struct {
	Unit   string // code or name
	Extent gov.Extent
	Into   string // code; empty: the one new unit
	Heir   bool
}

// A NewRow is a new unit.
type NewRow struct {
	Code, Name string
	Type       gov.UnitType
}

// An AgencyRow is a proposed change of agencies that somebody may alter.
type AgencyRow struct {
	gov.AgencyChange
	Names []string // of the old ones
	Take  bool
}

// NewUnitChangePage is the form of a change with what it would do.
type NewUnitChangePage struct {
	ui.Frame
	In      UnitChangeForm
	Trial   *app.UnitTrial
	Faults  []string
	Trouble string
	Prove   bool
}

func (s *server) newUnitChange(w http.ResponseWriter, r *http.Request) error {
	in := UnitChangeForm{Olds: make([]OldRow, 4), News: make([]NewRow, 1)}
	in.Olds[0].Unit = text.NFC(r.URL.Query().Get("old"))
	return s.newUnitChangePage(w, r, NewUnitChangePage{In: in}, nil)
}

func (s *server) newUnitChangePage(w http.ResponseWriter, r *http.Request, p NewUnitChangePage, why error) error {
	status, words := s.trouble(r, why)
	p.Trouble = words
	p.Frame = s.frame(r, "units", langOf(r).T("web.unitchange.new"))
	p.Prove = !s.app.Fresh(who(r))
	p.Crumbs = []ui.Link{{Text: p.T("web.nav.units"), Href: "/units"}, {Text: p.T("web.unitchange.title"), Href: "/units/changes"}}
	p.Styles = []string{"report.css", "unitchange.css"}
	if p.Trial != nil {
		for _, f := range p.Trial.Faults {
			p.Faults = append(p.Faults, p.T(f.Key, f.Args...))
		}
		if len(p.Faults) > 0 {
			status = http.StatusBadRequest
		}
	}
	return s.render(w, r, status, NewUnitChange(p))
}

// tryUnitChange tries a change, or carries out what was tried.
func (s *server) tryUnitChange(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	p := NewUnitChangePage{In: readUnitChange(r.PostForm)}
	do := r.PostForm.Get("do")
	if do == "more_olds" || do == "more_news" {
		if do == "more_olds" {
			p.In.Olds = append(p.In.Olds, make([]OldRow, 4)...)
		} else {
			p.In.News = append(p.In.News, NewRow{})
		}
		return s.newUnitChangePage(w, r, p, nil)
	}
	in, err := s.unitChangeInput(r, &p.In)
	if err != nil {
		return s.refusedChange(w, r, p, err)
	}
	if do == "apply" {
		in.Seen = p.In.Seen
		var id gov.ID
		if id, _, err = s.app.ApplyUnitChange(r.Context(), who(r), in); err == nil {
			return see(w, r, unitChangeHref(id)+"?done=unitchange_applied")
		}
		if code := gov.CodeOf(err); code == gov.Forbidden || code == gov.Internal {
			return err
		}
	}
	trial, tried := s.app.TryUnitChange(r.Context(), who(r), in)
	if tried != nil {
		return s.refusedChange(w, r, p, tried)
	}
	if len(trial.Faults) > 0 {
		err = nil // they are all shown
	}
	p.Trial = &trial
	p.In.Seen, p.In.Units = trial.Digest, unitsSeen(in.UnitChange)
	p.In.propose(&trial)
	return s.newUnitChangePage(w, r, p, err)
}

// refusedChange shows the form again with what stands in the way.
func (s *server) refusedChange(w http.ResponseWriter, r *http.Request, p NewUnitChangePage, err error) error {
	switch gov.CodeOf(err) {
	case gov.Invalid, gov.NotFound, gov.Conflict:
		return s.newUnitChangePage(w, r, p, err)
	}
	return err
}

// mostRows bounds how many rows of a form are read.
const mostRows = 200

// readUnitChange reads the form.
func readUnitChange(f url.Values) (in UnitChangeForm) {
	get := func(name string, i int) string {
		return text.NFC(strings.TrimSpace(f.Get(name + "_" + strconv.Itoa(i))))
	}
	in = UnitChangeForm{Day: strings.TrimSpace(f.Get("day")), Source: text.NFC(strings.TrimSpace(f.Get("source"))), Bodies: text.NFC(f.Get("bodies")),
		Body: text.NFC(strings.TrimSpace(f.Get("body"))), Units: f.Get("units"), Seen: f.Get("seen")}
	for i := range mostRows {
		if !f.Has("old_" + strconv.Itoa(i)) {
			break
		}
		in.Olds = append(in.Olds, OldRow{Unit: get("old", i), Extent: gov.Extent(get("extent", i)), Into: get("into", i), Heir: get("heir", i) != ""})
	}
	for i := range mostRows {
		if !f.Has("code_" + strconv.Itoa(i)) {
			break
		}
		in.News = append(in.News, NewRow{Code: get("code", i), Name: get("name", i), Type: gov.UnitType(get("type", i))})
	}
	for i := range mostRows {
		if !f.Has("agency_" + strconv.Itoa(i)) {
			break
		}
		row := AgencyRow{Take: get("take", i) != "", Names: strings.Split(get("names", i), "\n"),
			AgencyChange: gov.AgencyChange{Into: gov.ID(get("goes", i)), Name: get("agency", i), Unit: get("of", i), Line: gov.Line(get("line", i))}}
		for _, id := range strings.Fields(get("from", i)) {
			row.Old = append(row.Old, gov.ID(id))
		}
		in.Agencies = append(in.Agencies, row)
	}
	if len(in.Olds) == 0 {
		in.Olds = make([]OldRow, 4)
	}
	if len(in.News) == 0 {
		in.News = make([]NewRow, 1)
	}
	return in
}

// unitChangeInput makes the change of what was typed: units by their names on the day before, the agencies as they were altered.
func (s *server) unitChangeInput(r *http.Request, f *UnitChangeForm) (in app.UnitChangeInput, err error) {
	in.Day, in.Source = gov.Day(f.Day), f.Source
	for _, n := range f.News {
		if n.Code != "" || n.Name != "" {
			in.New = append(in.New, gov.NewUnit{Code: n.Code, Name: n.Name, Type: n.Type})
		}
	}
	for _, o := range f.Olds {
		if o.Unit == "" {
			continue
		}
		if !in.Day.Valid() {
			return in, gov.Errorf(gov.Invalid, "error.unitchange_day", f.Day)
		}
		k, err := s.app.UnitNamed(r.Context(), who(r), o.Unit, in.Day.AddDays(-1))
		if err != nil {
			return in, err
		}
		m := gov.UnitMove{Old: k, New: o.Into, Extent: o.Extent, Heir: o.Heir}
		if m.New == "" && len(in.New) == 1 {
			m.New = in.New[0].Code
		}
		in.Moves = append(in.Moves, m)
	}
	names := strings.FieldsFunc(f.Bodies, func(r rune) bool { return r == '\n' || r == '\r' })
	names = slices.DeleteFunc(names, func(n string) bool { return strings.TrimSpace(n) == "" })
	if len(names) > 0 {
		in.Bodies = []app.BodyNames{{Old: names, New: f.Body}}
	}
	if f.Units != unitsSeen(in.UnitChange) {
		return in, nil // other units: the agencies are proposed anew
	}
	for _, row := range f.Agencies {
		if row.Take {
			in.Agencies = append(in.Agencies, row.AgencyChange)
		}
	}
	in.KeepAgencies = len(f.Agencies) > 0
	return in, nil
}

// unitsSeen names the units part of a change.
func unitsSeen(c gov.UnitChange) string {
	return gov.SHA256([]byte(fmt.Sprint(c.Day, c.Moves, c.New)))[:16]
}

// propose puts the changes of agencies of a trial into the form; what somebody left out stays there to be taken up again.
func (f *UnitChangeForm) propose(t *app.UnitTrial) {
	left := slices.DeleteFunc(f.Agencies, func(row AgencyRow) bool {
		return row.Take || !slices.ContainsFunc(t.Orphans, func(a gov.Agency) bool { return slices.Contains(row.Old, a.ID) })
	})
	f.Agencies = nil
	for i, a := range t.Agencies {
		row := AgencyRow{Take: true, AgencyChange: t.Change.Agencies[i]}
		row.Name = a.New.Name
		for _, o := range a.Old {
			row.Names = append(row.Names, o.Name)
		}
		f.Agencies = append(f.Agencies, row)
	}
	f.Agencies = append(f.Agencies, left...)
	f.Bodies, f.Body = "", "" // they are among the agencies now
}

// changeOf is the form of a change of which the unit is the first old one.
func changeOf(u gov.UnitVersion) templ.SafeURL {
	return templ.SafeURL("/units/changes/new?" + url.Values{"old": {u.Code + " " + u.Full()}}.Encode())
}
