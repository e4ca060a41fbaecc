package web

import (
	"net/http"
	"net/url"
	"strings"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/text"
	"haicap/internal/web/ui"
)

// TargetsPage is a list of targets in force, with the form by which a new one is set.
type TargetsPage struct {
	ui.Frame
	Query      app.TargetQuery
	Code       string // of the unit
	Lines      []app.TargetLine
	Periods    []gov.Period
	Indicators []gov.Indicator
	Trouble    string
	Typed      url.Values
}

// targetPeriods are those for which targets are set: the term, the next year, this one and the last ones.
func targetPeriods(today gov.Day) []gov.Period {
	this := gov.Period(string(today)[:4])
	return []gov.Period{this.Previous(), this, gov.PeriodOf(gov.MonthOf(today.Year()+1, 1), gov.MonthOf(today.Year()+1, 12)), termOf(today.Year())}
}

func (s *server) targets(w http.ResponseWriter, r *http.Request) error {
	return s.targetList(w, r, http.StatusOK, "", url.Values{})
}

func (s *server) targetList(w http.ResponseWriter, r *http.Request, status int, trouble string, typed url.Values) error {
	q := r.URL.Query()
	p := TargetsPage{Frame: s.frame(r, "targets", langOf(r).T("web.nav.targets")), Trouble: trouble, Typed: typed, Code: strings.TrimSpace(q.Get("unit"))}
	p.Styles = []string{"report.css"}
	p.Query = app.TargetQuery{Period: gov.Period(q.Get("period")), Indicator: q.Get("indicator"), Baseline: gov.Baseline(q.Get("baseline"))}
	if p.Query.Period == "" {
		p.Query.Period = gov.Period(string(p.Today)[:4])
	}
	if !p.Query.Period.Valid() {
		return gov.Errorf(gov.Invalid, "error.cell_period", string(p.Query.Period))
	}
	if p.Code == "" && p.Query.Indicator == "" { // of the whole: of its parts there are thousands
		p.Code = p.Holding.Key.Code
	}
	var err error
	if p.Code != "" {
		if p.Query.Unit, err = s.app.UnitKey(r.Context(), who(r), p.Code, p.Query.Period.LastDay()); err != nil {
			return err
		}
	}
	if p.Lines, err = s.app.Targets(r.Context(), who(r), p.Query); err != nil {
		return err
	}
	if p.Indicators, err = s.app.CatalogueOn(r.Context(), who(r), p.Query.Period.LastDay()); err != nil {
		return err
	}
	p.Periods = targetPeriods(p.Today)
	return s.render(w, r, status, Targets(p))
}

// targetWords are the fields of a form that a revision may change.
func targetWords(r *http.Request) app.TargetWords {
	return app.TargetWords{Value: strings.TrimSpace(r.PostFormValue("value")), Of: strings.TrimSpace(r.PostFormValue("of")), Measure: text.NFC(strings.TrimSpace(r.PostFormValue("measure"))),
		Reason: text.NFC(strings.TrimSpace(r.PostFormValue("reason"))), Document: gov.ID(strings.TrimSpace(r.PostFormValue("document")))}
}

// setTarget sets a target.
func (s *server) setTarget(w http.ResponseWriter, r *http.Request) error {
	in := app.TargetInput{Indicator: r.PostFormValue("indicator"), Period: gov.Period(r.PostFormValue("period")), Baseline: gov.Baseline(r.PostFormValue("baseline")),
		Comparator: gov.Comparator(r.PostFormValue("comparator")), TargetWords: targetWords(r)}
	var id gov.ID
	var err error
	if !in.Period.Valid() {
		err = gov.Errorf(gov.Invalid, "error.target_period", string(in.Period))
	} else if in.Unit, err = s.app.UnitKey(r.Context(), who(r), strings.TrimSpace(r.PostFormValue("code")), in.Period.LastDay()); err == nil {
		id, err = s.app.SetTarget(r.Context(), who(r), in)
	}
	switch code := gov.CodeOf(err); code {
	case "":
		return see(w, r, targetWorkHref(id)+"?done=target_set")
	case gov.Invalid, gov.Conflict, gov.NotFound:
		_, words := s.words(r, err)
		return s.targetList(w, r, statusOf(code), words, r.PostForm)
	}
	return err
}

// targetWorkHref is the page on which a target is revised and handed down.
func targetWorkHref(id gov.ID) string { return ui.TargetHref(id) + "/work" }

// TargetWorkPage is one target with its history, the form that revises it and the one that hands it down.
type TargetWorkPage struct {
	ui.Frame
	ID      gov.ID
	View    app.TargetView
	Trouble string
	Down    *app.HandDownView // what a check found
	Typed   url.Values
}

func (s *server) targetWork(w http.ResponseWriter, r *http.Request) error {
	return s.targetWorkPage(w, r, http.StatusOK, TargetWorkPage{})
}

func (s *server) targetWorkPage(w http.ResponseWriter, r *http.Request, status int, p TargetWorkPage) error {
	p.ID = gov.ID(r.PathValue("id"))
	var err error
	if p.View, err = s.app.TargetPage(r.Context(), who(r), p.ID); err != nil {
		return err
	}
	p.Frame = s.frame(r, "targets", "")
	p.Title = p.Name(p.View.Indicator)
	if p.Title == "" {
		p.Title = p.View.Target.Name
	}
	p.Crumbs = []ui.Link{{Text: p.T("web.nav.targets"), Href: "/targets"}}
	p.Styles = []string{"report.css"}
	return s.render(w, r, status, TargetWork(p))
}

// reviseTarget puts a new target in the place of one.
func (s *server) reviseTarget(w http.ResponseWriter, r *http.Request) error {
	id, err := s.app.ReviseTarget(r.Context(), who(r), gov.ID(r.PathValue("id")), targetWords(r))
	switch code := gov.CodeOf(err); code {
	case "":
		return see(w, r, targetWorkHref(id)+"?done=target_revised")
	case gov.Invalid, gov.Conflict:
		_, words := s.words(r, err)
		return s.targetWorkPage(w, r, statusOf(code), TargetWorkPage{Trouble: words, Typed: r.PostForm})
	}
	return err
}

// handDown checks, or writes, the parts of a target.
func (s *server) handDown(w http.ResponseWriter, r *http.Request) error {
	id := gov.ID(r.PathValue("id"))
	v, err := s.app.TargetPage(r.Context(), who(r), id)
	if err != nil {
		return err
	}
	in := app.HandDownInput{Dry: r.PostFormValue("do") != "write", Reason: text.NFC(strings.TrimSpace(r.PostFormValue("reason"))),
		Document: gov.ID(strings.TrimSpace(r.PostFormValue("document")))}
	for _, u := range v.Units {
		in.Parts = append(in.Parts, app.HandDownPart{Unit: u.Key, Value: strings.TrimSpace(r.PostFormValue("v." + u.Key.Code)), Was: gov.ID(r.PostFormValue("w." + u.Key.Code))})
	}
	down, err := s.app.HandDown(r.Context(), who(r), id, in)
	p := TargetWorkPage{Typed: r.PostForm}
	switch code := gov.CodeOf(err); code {
	case "":
		if !in.Dry {
			return see(w, r, targetWorkHref(id)+"?done=target_down")
		}
		p.Down = &down
		return s.targetWorkPage(w, r, http.StatusOK, p)
	case gov.Invalid, gov.Conflict:
		_, p.Trouble = s.words(r, err)
		if v, err := s.app.HandDown(r.Context(), who(r), id, app.HandDownInput{Parts: in.Parts, Dry: true, Reason: in.Reason}); err == nil {
			p.Down = &v
		}
		return s.targetWorkPage(w, r, statusOf(code), p)
	}
	return err
}

// part is what a unit has of the target; nil: nothing.
func (p TargetWorkPage) part(u app.UnitRef) *app.TargetLine {
	for i := range p.View.Parts {
		if p.View.Parts[i].Target.Unit == u.Key {
			return &p.View.Parts[i]
		}
	}
	return nil
}

// partValue is the value of a unit's part as the form shows it.
func (p TargetWorkPage) partValue(u app.UnitRef) string {
	if list, ok := p.Typed["v."+u.Key.Code]; ok {
		return list[0]
	}
	if l := p.part(u); l != nil {
		return vietNumber(l.Value)
	}
	return ""
}

func (p TargetWorkPage) partWas(u app.UnitRef) string {
	if l := p.part(u); l != nil {
		return string(l.ID)
	}
	return ""
}

// names joins the names of units.
func names(list []app.UnitRef) string {
	words := make([]string, len(list))
	for i, u := range list {
		words[i] = u.Name
	}
	return strings.Join(words, ", ")
}

// mayRevise reports whether the page offers its forms.
func (p TargetWorkPage) mayRevise() bool { return p.View.Revisable && p.May(access.TargetsSet) }

// termOf is the term of the Party's congresses, which meet every five years, that a year is in; a form offers it.
func termOf(year int) gov.Period {
	first := year - year%5
	return gov.PeriodOf(gov.MonthOf(first, 1), gov.MonthOf(first+5, 12))
}
