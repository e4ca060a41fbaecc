package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// ReportsPage is who owes which report: of one's own units all that they owe in a year, or of all units one form and period.
type ReportsPage struct {
	ui.Frame
	Forms  []gov.Form
	Form   string
	Shown  gov.Period
	Unit   string // code, where one unit's reports are shown
	State  string // only reports in this state; "late": those that are late
	Years  []int
	Year   int
	Duties *app.DutiesView // of all units
	Owed   *app.OwedView   // of some units
}

// reportStates are what the list can be narrowed to.
var reportStates = []gov.ReportState{gov.ReportDraft, gov.ReportSubmitted, gov.ReportConfirmed, gov.ReportVerified, gov.ReportReopened}

func (s *server) reports(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	p := ReportsPage{Frame: s.frame(r, "reports", langOf(r).T("web.nav.reports")), Form: q.Get("form"), Shown: gov.Period(q.Get("period")),
		Unit: q.Get("unit"), State: q.Get("state")}
	p.Styles = []string{"report.css"}
	var err error
	if p.Forms, err = s.app.Forms(r.Context(), who(r)); err != nil {
		return err
	}
	p.Year = p.Today.Year()
	for y := p.Year; y > p.Year-4; y-- {
		p.Years = append(p.Years, y)
	}
	if y, err := strconv.Atoi(q.Get("year")); err == nil && y > 1900 && y < 2200 {
		p.Year = y
	}
	all := slices.ContainsFunc(who(r).With(access.BooksRead), func(g access.Grant) bool { return g.All })
	if p.Unit != "" || !all && p.Form == "" {
		v, err := s.app.OwedReports(r.Context(), who(r), p.Unit, p.Year)
		if err != nil {
			return err
		}
		p.Owed = &v
		return s.ok(w, r, Reports(p))
	}
	p.settle()
	v, err := s.app.Duties(r.Context(), who(r), p.Form, p.Shown)
	if err != nil {
		return err
	}
	p.Duties = &v
	return s.ok(w, r, Reports(p))
}

// settle fills in the form and the last period of it that has ended, where the address names none.
func (p *ReportsPage) settle() {
	i := slices.IndexFunc(p.Forms, func(f gov.Form) bool { return f.Key == p.Form })
	if i < 0 {
		i = 0
	}
	if len(p.Forms) == 0 {
		return
	}
	f := p.Forms[i]
	p.Form = f.Key
	if p.Shown == "" || !f.Asks(p.Shown) {
		p.Shown = ""
		for _, o := range p.periods() {
			if o.LastDay() < p.Today && (p.Shown == "" || o.LastDay() > p.Shown.LastDay()) {
				p.Shown = o
			}
		}
	}
}

// periods are those of the form that have begun, of the last years.
func (p ReportsPage) periods() []gov.Period {
	var list []gov.Period
	for _, f := range p.Forms {
		if f.Key != p.Form {
			continue
		}
		for y := p.Today.Year(); y > p.Today.Year()-4; y-- {
			of := f.Kind.PeriodsIn(y)
			slices.Reverse(of)
			for _, o := range of {
				if o.FirstDay() <= p.Today && f.Asks(o) {
					list = append(list, o)
				}
			}
		}
	}
	return list
}

// shows reports whether the filter lets a report through.
func (p ReportsPage) shows(l app.DutyLine) bool {
	switch p.State {
	case "":
		return true
	case "late":
		return l.Late
	}
	return string(l.Report.State) == p.State
}

// reportHref is the address of a report.
func reportHref(k gov.ReportKey) string {
	return ui.With("/reports/"+url.PathEscape(k.Unit.Code), url.Values{"form": {k.Form}, "period": {string(k.Period)}})
}

// reportLook draws how far a report is.
func reportLook(st gov.ReportState) ui.Look {
	switch st {
	case gov.ReportSubmitted:
		return ui.Look{Class: "info", Shape: "◐"}
	case gov.ReportConfirmed, gov.ReportVerified:
		return ui.Look{Class: "ok", Shape: "●"}
	case gov.ReportReopened:
		return ui.Look{Class: "watch", Shape: "◐"}
	}
	return ui.Look{Class: "plain", Shape: "○"}
}

// percent writes x of y as a share.
func percent(f ui.Frame, x, y int) string {
	if y == 0 {
		return "–"
	}
	return f.Number(float64(1000*x/y)/10) + "%"
}

// findingWords is a finding as a sentence in the language of the page.
func findingWords(f ui.Frame, x gov.Finding) string {
	args := make([]any, len(x.Args))
	for i, a := range x.Args {
		switch a := a.(type) {
		case float64:
			args[i] = f.Number(tidy(a))
		case gov.Period:
			args[i] = f.Period(a)
		case gov.Day:
			args[i] = f.Date(a)
		default:
			args[i] = a
		}
	}
	return f.T(x.Key, args...)
}

// measuresInUse are what people write figures in; a form offers those that convert to the indicator's.
var measuresInUse = []string{"đồng", "nghìn đồng", "triệu đồng", "tỷ đồng", "m2", "ha", "km2", "m", "km", "kg", "tạ", "tấn", "nghìn tấn"}

// measuresFor are the measures in which a value of an indicator can be typed, its own first.
func measuresFor(measure string) []string {
	list := []string{measure}
	amount, per, ratio := strings.Cut(measure, "/")
	for _, m := range measuresInUse {
		if gov.SameDimension(m, amount) {
			if ratio {
				m += "/" + per
			}
			if m != measure {
				list = append(list, m)
			}
		}
	}
	return list
}

// stepsOf are the steps of the flow that somebody may take with a report now.
func stepsOf(f ui.Frame, st gov.ReportState) []gov.ReportStep {
	var list []gov.ReportStep
	for _, x := range gov.ReportFlow {
		if x.From == st && f.May(app.ReportPermission(x.Action)) {
			list = append(list, x)
		}
	}
	return list
}
