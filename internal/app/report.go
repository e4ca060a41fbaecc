package app

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// A ReportView is one report as a form: what it asks for, what is there, and what it is laid beside.
type ReportView struct {
	Report gov.Report
	Form   gov.Form
	Unit   UnitRef
	Lines  []ReportLine
	Events []gov.ReportEvent
	Known  int               // lines with a figure
	Names  map[gov.ID]string // of accounts that are named in it, the office for which they work
}

// A ReportLine is one cell of a form, with those of its parts.
type ReportLine struct {
	Indicator gov.Indicator
	Key       string          // the indicator's, of a part with the part (gov.PartKey)
	Own       *gov.Figure     // what the unit's own line has; nil: nothing yet
	Counts    *gov.FigureCell // what counts on the scorecard; nil: nothing
	Last      *gov.FigureCell // of the period before
	Targets   []gov.Target
	Findings  []gov.Finding // what looks wrong with the unit's own figure
	Groups    []PartGroup   // ways in which it is told apart
}

// A PartGroup is one way in which an indicator is told apart, with a cell for each part.
type PartGroup struct {
	Name  string
	Lines []ReportLine
}

// Filled reports whether the unit's own figure is there: of a structure all of its parts.
func (l ReportLine) Filled() bool {
	if l.Indicator.Better != gov.Structure {
		return l.Own != nil
	}
	for _, g := range l.Groups {
		if !slices.ContainsFunc(g.Lines, func(p ReportLine) bool { return p.Own == nil }) {
			return true
		}
	}
	return false
}

// Cells are the cells of the form one by one, each whole before its parts.
func (v ReportView) Cells() iter.Seq[*ReportLine] {
	return func(yield func(*ReportLine) bool) {
		for i := range v.Lines {
			if !yield(&v.Lines[i]) {
				return
			}
			for _, g := range v.Lines[i].Groups {
				for j := range g.Lines {
					if !yield(&g.Lines[j]) {
						return
					}
				}
			}
		}
	}
}

// formsIn lists the forms of the realm: what the program comes with, each key that the province edits replaced.
func formsIn(ctx context.Context, tx gov.Tx, r gov.Realm) ([]gov.Form, error) {
	list := slices.Clone(gov.Forms())
	entries, err := tx.Entries(ctx, r, gov.EntryForm)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		f, err := decodeEntry[gov.Form](e)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(list, func(o gov.Form) bool { return o.Key == e.Key })
		switch {
		case i >= 0 && e.Body == "":
			list = slices.Delete(list, i, i+1)
		case i >= 0:
			list[i] = f
		case e.Body != "":
			list = append(list, f)
		}
	}
	return list, nil
}

// Forms lists the reporting forms.
func (a *App) Forms(ctx context.Context, p access.Principal) (list []gov.Form, err error) {
	err = a.view(ctx, p, access.BooksRead, func(tx gov.Tx) (err error) {
		list, err = formsIn(ctx, tx, gov.Realm(p.Realm))
		return err
	})
	return list, err
}

// A reporting is one report while something is done with it.
type reporting struct {
	*builder
	form      gov.Form
	catalogue gov.Catalogue
	report    gov.Report // with Version 0 where nobody has begun it
}

// reporting finds a report, or what it would be.
func (b *builder) reporting(k gov.ReportKey) (*reporting, error) {
	r := &reporting{builder: b}
	forms, err1 := formsIn(b.ctx, b.tx, b.realm)
	catalogue, err2 := catalogueIn(b.ctx, b.tx, b.realm)
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(forms, func(f gov.Form) bool { return f.Key == k.Form })
	if i < 0 {
		return nil, gov.Errorf(gov.NotFound, "error.form_unknown", k.Form)
	}
	r.form, r.catalogue = forms[i], catalogue
	if !r.form.Asks(k.Period) {
		return nil, gov.Errorf(gov.Invalid, "error.form_period", r.form.Name, string(k.Period))
	}
	if _, err := b.units.Get(k.Unit); err != nil {
		return nil, err
	}
	report, err := b.tx.Report(b.ctx, b.realm, k)
	if gov.IsNotFound(err) {
		report, err = gov.Report{Realm: b.realm, ReportKey: k, State: gov.ReportDraft, Due: r.form.DueDay(gov.Windows(), k.Period)}, nil
	}
	r.report = report
	return r, err
}

// own lists the unit's own figures in force that the form asks for, by indicator.
func (r *reporting) own() (map[string]gov.Figure, error) {
	list, err := r.tx.Figures(r.ctx, r.realm, gov.FigureQuery{Unit: r.report.Unit.Code, Period: r.report.Period})
	if err != nil {
		return nil, err
	}
	asked := map[string]bool{}
	for _, in := range r.form.Of(r.catalogue, r.report.Period) {
		asked[in.Key] = true
	}
	own := map[string]gov.Figure{}
	for _, f := range list {
		base, _ := gov.CutPart(f.Indicator)
		if old, ok := own[f.Indicator]; f.Own() && f.Unit == r.report.Unit && asked[base] && (!ok || old.ID < f.ID) {
			own[f.Indicator] = f
		}
	}
	return own, nil
}

// Report gives a report as a form.
func (a *App) Report(ctx context.Context, p access.Principal, k gov.ReportKey) (ReportView, error) {
	var v ReportView
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			r, err := a.builder(ctx, tx, p, units).reporting(k)
			if err != nil {
				return err
			}
			v = ReportView{Report: r.report, Form: r.form, Unit: r.unit(k.Unit, k.Unit.Code)}
			if v.Events, err = tx.ReportEvents(ctx, r.realm, k); err != nil {
				return err
			}
			if err := r.lines(&v); err != nil {
				return err
			}
			v.Names = map[gov.ID]string{}
			for _, e := range v.Events {
				v.Names[e.By.By] = r.officeOf(e.By.By)
			}
			for l := range v.Cells() {
				if l.Own != nil && v.Names[l.Own.Entered.By] == "" {
					v.Names[l.Own.Entered.By] = r.officeOf(l.Own.Entered.By)
				}
			}
			return nil
		})
	})
	return v, err
}

func (r *reporting) lines(v *ReportView) error {
	k := r.report.ReportKey
	own, err1 := r.own()
	before := k.Period.Previous()
	cells, err2 := r.tx.Cells(r.ctx, r.realm, gov.CellQuery{Periods: []gov.Period{k.Period, before}, Units: []string{k.Unit.Code}})
	targets, err3 := r.tx.Targets(r.ctx, r.realm, gov.FigureQuery{Unit: k.Unit.Code, Period: k.Period})
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	for _, in := range r.form.Of(r.catalogue, k.Period) {
		line := r.line(in, "", own, cells, targets)
		for _, b := range in.Breakdowns {
			g := PartGroup{Name: b.Name}
			for _, part := range b.Parts {
				g.Lines = append(g.Lines, r.line(in, part, own, cells, targets))
			}
			line.Groups = append(line.Groups, g)
		}
		if line.Filled() {
			v.Known++
		}
		v.Lines = append(v.Lines, line)
	}
	return r.doubt(v)
}

// line is one cell, of the whole or of a part, with what it is laid beside.
func (r *reporting) line(in gov.Indicator, part string, own map[string]gov.Figure, cells []gov.FigureCell, targets []gov.Target) ReportLine {
	l := ReportLine{Indicator: in, Key: in.Key}
	if part != "" {
		l.Key = gov.PartKey(in.Key, part)
	}
	if f, ok := own[l.Key]; ok {
		l.Own = &f
	}
	k := r.report.ReportKey
	for i := range cells {
		c := &cells[i]
		switch {
		case c.Indicator != l.Key || c.Unit != k.Unit:
		case c.Period == k.Period && (l.Counts == nil || c.Rank > l.Counts.Rank):
			l.Counts = c
		case c.Period != k.Period && (l.Last == nil || c.Rank > l.Last.Rank):
			l.Last = c
		}
	}
	for _, t := range targets {
		if t.Indicator == l.Key && t.Unit == k.Unit {
			l.Targets = append(l.Targets, t)
		}
	}
	return l
}

// officeOf is the office for which an account works; of the program itself its id, which is empty.
func (b *builder) officeOf(id gov.ID) string {
	if account, err := b.tx.Account(b.ctx, b.realm, id); err == nil {
		if agency, err := b.tx.Agency(b.ctx, b.realm, account.Agency); err == nil {
			return agency.Name
		}
	}
	return string(id)
}

// reportPermission is what each step of a report asks for.
var reportPermission = map[gov.Action]access.Permission{gov.ActSubmit: access.FiguresEnter, gov.ActConfirm: access.FiguresConfirm,
	gov.ActReturn: access.FiguresConfirm, gov.ActVerify: access.FiguresVerify, gov.ActReopen: access.FiguresVerify}

// stepWords are the actions in the audit log.
var stepWords = map[gov.Action]string{gov.ActSubmit: "report.submit", gov.ActConfirm: "report.confirm", gov.ActReturn: "report.return",
	gov.ActVerify: "report.verify", gov.ActReopen: "report.reopen"}

// StepReport takes a step of a report: submit, confirm by the unit's leader, verify by the department above, return or reopen with a reason. The
// report's figures go along.
func (a *App) StepReport(ctx context.Context, p access.Principal, k gov.ReportKey, action gov.Action, note string, version int) error {
	perm, ok := reportPermission[action]
	if !ok {
		return gov.Errorf(gov.Invalid, "error.no_such_step", string(action))
	}
	return a.withRegister(func(units gov.Units) error {
		return a.update(ctx, p, perm, func(tx gov.Tx, s gov.Stamp) (act, error) {
			r, err := a.builder(ctx, tx, p, units).reporting(k)
			if err != nil {
				return act{}, err
			}
			if r.report.Version != version {
				return act{}, gov.Errorf(gov.Conflict, "error.stale")
			}
			step, err := gov.ReportStepFor(r.report.State, action)
			if err != nil {
				return act{}, err
			}
			done := act{stepWords[action], "report", gov.ID(k.Form + "/" + string(k.Period) + "/" + k.Unit.Code)}
			if err := a.mayStep(p, r, step, perm, done, note); err != nil {
				return act{}, err
			}
			return done, r.step(step, s, note)
		})
	})
}

// mayStep refuses who may not take the step: the unit's own leader confirms, what an office above does is not done by the unit itself, and nobody who is
// behind the figures or an earlier step confirms or verifies.
func (a *App) mayStep(p access.Principal, r *reporting, step gov.ReportStep, perm access.Permission, done act, note string) error {
	unit := r.report.Unit
	may := false
	for _, g := range p.With(perm) {
		does, err := a.serves(g, perm, unit)
		if err != nil {
			return err
		}
		may = may || does
	}
	switch {
	case !may && step.Above:
		return gov.Errorf(gov.Forbidden, "error.report_not_above")
	case !may:
		return gov.Errorf(gov.Forbidden, "error.report_not_leader")
	case step.Need == gov.NeedNote && strings.TrimSpace(note) == "":
		return gov.Errorf(gov.Invalid, "error.report_reason")
	case !step.Other:
		return nil
	}
	entered, err := r.entered()
	if err != nil {
		return err
	}
	return a.apart(r.ctx, r.tx, p, perm, done, "error.report_same_person", entered...)
}

// entered lists who entered the report's figures, and who took its steps since it was last open.
func (r *reporting) entered() ([]gov.Stamp, error) {
	list := []gov.Stamp{{By: r.report.EnteredBy}}
	events, err := r.tx.ReportEvents(r.ctx, r.realm, r.report.ReportKey)
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		if e.To == gov.ReportReopened {
			list = list[:1]
		} else {
			list = append(list, e.By)
		}
	}
	own, err := r.own()
	for _, f := range own {
		list = append(list, f.Entered)
	}
	return list, err
}

func (r *reporting) step(step gov.ReportStep, s gov.Stamp, note string) error {
	own, err := r.own()
	if err != nil {
		return err
	}
	if len(own) == 0 {
		return gov.Errorf(gov.Invalid, "error.report_empty")
	}
	for _, f := range own {
		from := f.State
		f.State = step.Figure
		switch step.Figure {
		case gov.FigureConfirmed:
			f.Confirmed = s
		case gov.FigureVerified:
			f.Verified = s
		}
		if err := r.tx.UpdateFigureState(r.ctx, f, from); err != nil {
			return err
		}
		if f.Stands() {
			if err := r.succeed(f); err != nil {
				return err
			}
		}
	}
	e := gov.ReportEvent{By: s, Action: step.Action, From: r.report.State, To: step.To, Note: note}
	if r.report.State = step.To; step.Action == gov.ActSubmit && r.report.Submitted == "" {
		r.report.Submitted = r.today
	}
	return r.tx.PutReport(r.ctx, r.report, e)
}
