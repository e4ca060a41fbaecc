package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/lang"
	"haicap/internal/text"
	"haicap/internal/web/ui"
)

// SheetPage is a report as a form: one row an indicator.
type SheetPage struct {
	ui.Frame
	View    app.ReportView
	Trouble string
	Faults  map[string]SheetFault // by indicator
	Saved   int
	Vintage gov.Vintage // chosen for what is written
}

// A SheetFault is a cell that was not written, with what was typed.
type SheetFault struct{ Typed, Of, Measure, Words string }

// reportKey is the report that an address names.
func (s *server) reportKey(r *http.Request) (gov.ReportKey, error) {
	k := gov.ReportKey{Form: r.FormValue("form"), Period: gov.Period(r.FormValue("period"))}
	if !k.Period.Valid() {
		return k, gov.Errorf(gov.NotFound, "error.not_found")
	}
	var err error
	k.Unit, err = s.app.UnitKey(r.Context(), who(r), r.PathValue("code"), k.Period.LastDay())
	return k, err
}

func (s *server) report(w http.ResponseWriter, r *http.Request) error {
	k, err := s.reportKey(r)
	if err != nil {
		return err
	}
	return s.sheet(w, r, http.StatusOK, k, SheetPage{})
}

// sheet shows a report with what could not be written.
func (s *server) sheet(w http.ResponseWriter, r *http.Request, status int, k gov.ReportKey, p SheetPage) error {
	var err error
	if p.View, err = s.app.Report(r.Context(), who(r), k); err != nil {
		return err
	}
	p.Frame = s.frame(r, "reports", "")
	p.Title = p.View.Form.Name + " · " + p.Frame.Period(k.Period) + " · " + p.View.Unit.Name
	p.Crumbs = []ui.Link{{Text: p.T("web.nav.reports"), Href: "/reports"}}
	p.Styles, p.Scripts = []string{"report.css"}, []string{"report.js"}
	return s.render(w, r, status, Sheet(p))
}

// Writable reports whether figures can be typed in.
func (p SheetPage) Writable() bool {
	return p.View.Report.Open() && p.May(access.FiguresEnter)
}

// shown is the value of a cell as the form shows it.
func (p SheetPage) shown(l app.ReportLine) string {
	if x, ok := p.Faults[l.Key]; ok {
		return x.Typed
	}
	return p.seen(l)
}

// vietNumber writes a value as the form reads it back, whatever the language of the page.
func vietNumber(v float64) string { return strings.ReplaceAll(lang.VI.Number(v), "−", "-") }

// was is the figure that a cell shows.
func was(l app.ReportLine) string {
	if l.Own == nil {
		return ""
	}
	return string(l.Own.ID)
}

// saveReport writes the cells that somebody changed; those that cannot be written come back with what was typed.
func (s *server) saveReport(w http.ResponseWriter, r *http.Request) error {
	k, err := s.reportKey(r)
	if err != nil {
		return err
	}
	p := SheetPage{Faults: map[string]SheetFault{}, Vintage: gov.Vintage(r.PostFormValue("vintage"))}
	var cells []app.SaveInput
	only := r.PostFormValue("only")
	for name, values := range r.PostForm {
		key, ok := strings.CutPrefix(name, "v.")
		if !ok || len(values) == 0 {
			continue
		}
		x := SheetFault{Typed: strings.TrimSpace(text.NFC(values[0])), Of: strings.TrimSpace(r.PostFormValue("y." + key)), Measure: r.PostFormValue("m." + key)}
		same := x.Typed == r.PostFormValue("s."+key) && x.Of == r.PostFormValue("sy."+key) && x.Measure == r.PostFormValue("d."+key)
		if same && (only != key || p.Vintage == gov.VintageOpen) { // the same value may be more final than it was
			continue
		}
		if only != "" && only != key { // not asked for now: it stays typed
			x.Words = langOf(r).T("web.report.not_saved")
			p.Faults[key] = x
			continue
		}
		cells = append(cells, app.SaveInput{Indicator: key, Value: x.Typed, Of: x.Of, Measure: x.Measure, Vintage: p.Vintage, Scope: gov.Scope(r.PostFormValue("c." + key)),
			Was: gov.ID(r.PostFormValue("w." + key))})
	}
	if len(cells) == 0 && len(p.Faults) == 0 {
		return see(w, r, reportHref(k)+"&done=report_nothing")
	}
	n, faults, err := s.app.SaveSheet(r.Context(), who(r), k, cells)
	if gov.CodeOf(err) == gov.Conflict { // was submitted meanwhile: what was typed is shown again
		_, p.Trouble = s.words(r, err)
		for _, c := range cells {
			p.Faults[c.Indicator] = SheetFault{c.Value, c.Of, c.Measure, p.Trouble}
		}
		return s.sheet(w, r, http.StatusConflict, k, p)
	}
	if err != nil {
		return err
	}
	for _, x := range faults {
		_, words := s.words(r, x.Err)
		p.Faults[x.Indicator] = SheetFault{x.Typed, r.PostFormValue("y." + x.Indicator), r.PostFormValue("m." + x.Indicator), words}
	}
	p.Saved = n
	if len(p.Faults) > 0 {
		p.Trouble = langOf(r).T("web.report.some", n, len(p.Faults))
		return s.sheet(w, r, http.StatusConflict, k, p)
	}
	return see(w, r, reportHref(k)+"&done=report_saved")
}

// checkFigure says while somebody types what looks wrong.
func (s *server) checkFigure(w http.ResponseWriter, r *http.Request) error {
	k, err := s.reportKey(r)
	if err != nil {
		return err
	}
	in := app.SaveInput{ReportKey: k, Indicator: r.FormValue("indicator"), Value: r.FormValue("value"), Of: r.FormValue("of"), Measure: r.FormValue("measure")}
	v, err := s.app.CheckFigure(r.Context(), who(r), in)
	var refused *gov.Error
	if errors.As(err, &refused) && refused.Code == gov.Invalid {
		_, words := s.words(r, err)
		return s.ok(w, r, Notes(s.frame(r, "", ""), []string{words}, nil, ""))
	}
	if err != nil {
		return err
	}
	f, as := s.frame(r, "", ""), ""
	if in.Measure != "" && in.Measure != v.Measure {
		as = f.T("web.report.converted", f.Number(v.Value), v.Measure)
	}
	return s.ok(w, r, Notes(f, nil, v.Findings, as))
}

// stepReport takes a step of a report.
func (s *server) stepReport(w http.ResponseWriter, r *http.Request) error {
	k, err := s.reportKey(r)
	if err != nil {
		return err
	}
	action := gov.Action(r.PostFormValue("action"))
	version, _ := strconv.Atoi(r.PostFormValue("version"))
	err = s.app.StepReport(r.Context(), who(r), k, action, strings.TrimSpace(r.PostFormValue("note")), version)
	switch code := gov.CodeOf(err); code {
	case "":
		return see(w, r, reportHref(k)+"&done=report_"+string(action))
	case gov.Invalid, gov.Conflict, gov.Forbidden:
		if _, e := s.app.Report(r.Context(), who(r), k); e != nil {
			return err
		}
		_, words := s.words(r, err)
		return s.sheet(w, r, statusOf(code), k, SheetPage{Trouble: words})
	}
	return err
}

// sheetFile is the form as a workbook to fill in.
func (s *server) sheetFile(w http.ResponseWriter, r *http.Request) error {
	k, err := s.reportKey(r)
	if err != nil {
		return err
	}
	f, err := s.app.ReportFile(r.Context(), who(r), k, langOf(r))
	if err != nil {
		return err
	}
	return sendTable(w, f)
}

// seen is the value that the books have, as the form shows it; what differs from it was typed.
func (p SheetPage) seen(l app.ReportLine) string {
	if l.Own == nil {
		return ""
	}
	return vietNumber(l.Own.Value)
}

// targetMeasure is the measure of a target where it is another than the indicator's.
func targetMeasure(t gov.Target, l app.ReportLine) string {
	if t.Measure == l.Indicator.Measure {
		return ""
	}
	return t.Measure
}

// seenOf is the y of x of y that the books have, as the form shows it.
func (p SheetPage) seenOf(l app.ReportLine) string {
	switch {
	case l.Own != nil && l.Own.Of != nil:
		return vietNumber(*l.Own.Of)
	case l.Own == nil && l.Last != nil && l.Last.Of != nil:
		return vietNumber(*l.Last.Of)
	}
	return ""
}

func (p SheetPage) shownOf(l app.ReportLine) string {
	if x, ok := p.Faults[l.Key]; ok {
		return x.Of
	}
	return p.seenOf(l)
}

// Asks reports whether the cell itself is typed in; that of a structure is not.
func (p SheetPage) Asks(l app.ReportLine) bool {
	return p.Writable() && l.Indicator.Better != gov.Structure
}

// usual is how final figures of the period are on the cut-off day.
func (p SheetPage) usual() gov.Vintage {
	period := p.View.Report.Period
	return gov.VintageBy(gov.Windows(), period, gov.CutOff(gov.Windows(), period))
}

// cellWords is a value as a table shows it: yes or no, so many of so many, or the number.
func (p SheetPage) cellWords(in gov.Indicator, v float64, of *float64) string {
	switch {
	case in.Better == gov.YesNo && v == 1:
		return p.T("web.report.yes")
	case in.Better == gov.YesNo && v == 0:
		return p.T("web.report.no")
	case of != nil:
		return p.Number(v) + "/" + p.Number(*of)
	}
	return p.Number(v)
}

func hasParts(l app.ReportLine) bool {
	return slices.ContainsFunc(l.Groups, func(g app.PartGroup) bool {
		return slices.ContainsFunc(g.Lines, func(p app.ReportLine) bool { return p.Own != nil })
	})
}

// touched reports whether a part has a figure, or one that could not be written.
func (p SheetPage) touched(g app.PartGroup) bool {
	return slices.ContainsFunc(g.Lines, func(l app.ReportLine) bool { return l.Own != nil || p.Faults[l.Key].Words != "" })
}

// sumOf is what the parts come to that are there.
func (p SheetPage) sumOf(g app.PartGroup) string {
	sum, any := 0.0, false
	for _, l := range g.Lines {
		if l.Own != nil {
			sum, any = sum+l.Own.Value, true
		}
	}
	if !any {
		return "–"
	}
	return p.Number(tidy(sum)) + " " + g.Lines[0].Indicator.Measure
}

// partName names a part of an indicator.
func partName(f ui.Frame, key string) string {
	_, part := gov.CutPart(key)
	return app.PartName(f.Lang, part)
}

// breakdownName names a way in which an indicator is told apart; one that the province made itself keeps its own word.
func breakdownName(f ui.Frame, name string) string {
	if key := "indicator_breakdown." + name; slices.Contains(lang.Keys(key), key) {
		return f.T(key)
	}
	return strings.ReplaceAll(name, "_", " ")
}

// A fieldGroup is what a form asks of one field of work.
type fieldGroup struct {
	Field gov.WorkField // empty: the form has its own order
	Lines []app.ReportLine
}

// byField puts a long form in the order of the fields of work; a form whose indicators the province chose keeps its own.
func (p SheetPage) byField() []fieldGroup {
	if len(p.View.Form.Indicators) > 0 || len(p.View.Lines) < 12 {
		return []fieldGroup{{Lines: p.View.Lines}}
	}
	return fieldGroups(p.View.Lines)
}

// fieldGroups tells lines apart by the fields of work.
func fieldGroups(lines []app.ReportLine) []fieldGroup {
	fields := gov.WorkFields()
	if !slices.Contains(fields, gov.FieldOther) {
		fields = append(slices.Clip(fields), gov.FieldOther)
	}
	var groups []fieldGroup
	for _, f := range fields {
		g := fieldGroup{Field: f}
		for _, l := range lines {
			if l.Indicator.Field() == f {
				g.Lines = append(g.Lines, l)
			}
		}
		if len(g.Lines) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// entrant is the office that wrote a figure; what came in by the command line has none.
func (p SheetPage) entrant(by gov.ID) string {
	if name := p.Person(p.View.Names[by]); name != "" {
		return name
	}
	return p.T("web.report.by_file")
}
