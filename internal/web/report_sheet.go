package web

import (
	"bytes"
	"errors"
	"io"
	"net/http"
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
}

// A SheetFault is a cell that was not written, with what was typed.
type SheetFault struct{ Typed, Measure, Words string }

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
	if x, ok := p.Faults[l.Indicator.Key]; ok {
		return x.Typed
	}
	if l.Own != nil {
		return vietNumber(l.Own.Value)
	}
	return ""
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
	p := SheetPage{Faults: map[string]SheetFault{}}
	var cells []app.SaveInput
	only := r.PostFormValue("only")
	for name, values := range r.PostForm {
		key, ok := strings.CutPrefix(name, "v.")
		if !ok || len(values) == 0 {
			continue
		}
		typed, measure := strings.TrimSpace(text.NFC(values[0])), r.PostFormValue("m."+key)
		if typed == r.PostFormValue("s."+key) && measure == r.PostFormValue("d."+key) {
			continue
		}
		if only != "" && only != key { // not asked for now: it stays typed
			p.Faults[key] = SheetFault{typed, measure, langOf(r).T("web.report.not_saved")}
			continue
		}
		cells = append(cells, app.SaveInput{Indicator: key, Value: typed, Measure: measure, Scope: gov.Scope(r.PostFormValue("c." + key)),
			Was: gov.ID(r.PostFormValue("w." + key))})
	}
	if len(cells) == 0 && len(p.Faults) == 0 {
		return see(w, r, reportHref(k)+"&done=report_nothing")
	}
	n, faults, err := s.app.SaveSheet(r.Context(), who(r), k, cells)
	if gov.CodeOf(err) == gov.Conflict { // was submitted meanwhile: what was typed is shown again
		_, p.Trouble = s.words(r, err)
		for _, c := range cells {
			p.Faults[c.Indicator] = SheetFault{c.Value, c.Measure, p.Trouble}
		}
		return s.sheet(w, r, http.StatusConflict, k, p)
	}
	if err != nil {
		return err
	}
	for _, x := range faults {
		_, words := s.words(r, x.Err)
		p.Faults[x.Indicator] = SheetFault{x.Typed, r.PostFormValue("m." + x.Indicator), words}
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
	in := app.SaveInput{ReportKey: k, Indicator: r.FormValue("indicator"), Value: r.FormValue("value"), Measure: r.FormValue("measure")}
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

// ImportPage takes a table of figures, and says what is wrong with it.
type ImportPage struct {
	ui.Frame
	Trouble string
	Name    string
	View    *app.ImportView // nil: nothing was sent yet
	Words   []app.FaultLine
	Dry     bool
}

// faultsShown is how many faults of a table a page names; the annotated copy has them all.
const faultsShown = 200

func (s *server) importPage(w http.ResponseWriter, r *http.Request) error {
	return s.ok(w, r, Import(ImportPage{Frame: s.importFrame(r)}))
}

func (s *server) importFrame(r *http.Request) ui.Frame {
	f := s.frame(r, "reports", langOf(r).T("web.import.title"))
	f.Crumbs = []ui.Link{{Text: f.T("web.nav.reports"), Href: "/reports"}}
	f.Styles = []string{"report.css"}
	return f
}

// importFigures takes a table in, only checks it, or gives a copy of it with what is wrong marked.
func (s *server) importFigures(w http.ResponseWriter, r *http.Request) error {
	leave, err := s.uploads.take(r.Context(), who(r).Account)
	if err != nil {
		return err
	}
	defer leave()
	up, err := readTable(w, r)
	p := ImportPage{Frame: s.importFrame(r), Name: up.name, Dry: up.do != "import"}
	if err == nil {
		in := app.ImportInput{Name: up.name, File: bytes.NewReader(up.data), Dry: p.Dry}
		var v app.ImportView
		if v, err = s.app.ImportFigures(r.Context(), who(r), in); err == nil {
			if up.do == "annotate" && v.Wrong > 0 {
				f, err := app.AnnotatedImport(in, v, p.Lang)
				if err != nil {
					return err
				}
				return sendTable(w, f)
			}
			p.View = &v
			p.Words = app.FaultLines(v, p.Lang, faultsShown)
			if v.Wrong > 0 {
				return s.render(w, r, http.StatusUnprocessableEntity, Import(p))
			}
			return s.ok(w, r, Import(p))
		}
	}
	switch code := gov.CodeOf(err); code {
	case gov.Internal, gov.Forbidden, gov.Unauthenticated:
		return err
	default:
		_, p.Trouble = s.words(r, err)
		return s.render(w, r, statusOf(code), Import(p))
	}
}

// An uploadedTable is a table that somebody sent, and what he wants done with it.
type uploadedTable struct {
	name, do, reason string
	data             []byte
}

// readTable reads a form with a table, keeping it in memory as readUpload does.
func readTable(w http.ResponseWriter, r *http.Request) (t uploadedTable, err error) {
	r.Body = http.MaxBytesReader(w, r.Body, gov.MaxFileBytes+maxForm)
	parts, err := r.MultipartReader()
	if err != nil {
		return t, gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	for n := 0; n < maxParts; n++ {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return t, unreadable(err)
		}
		limit := int64(maxForm)
		if part.FormName() == "file" {
			limit = gov.MaxFileBytes
		}
		data, err := readPart(part, limit)
		if err != nil {
			return t, err
		}
		switch part.FormName() {
		case "file":
			t.name, t.data = text.NFC(part.FileName()), data
		case "do":
			t.do = string(data)
		case "reason":
			t.reason = strings.TrimSpace(text.NFC(string(data)))
		}
	}
	if t.name == "" || len(t.data) == 0 {
		return t, gov.Errorf(gov.Invalid, "error.no_table")
	}
	return t, nil
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
