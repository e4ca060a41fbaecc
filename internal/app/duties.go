package app

import (
	"context"
	"errors"
	"slices"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// DutiesView says who owes a form for a period, and how complete and timely it is.
type DutiesView struct {
	Form   gov.Form
	Period gov.Period
	Due    gov.Day
	Lines  []DutyLine
	Count  gov.ReportCount
	// Partial: some units are beyond the reader's reach, and left out.
	Partial bool
}

// A DutyLine is one unit that owes the report.
type DutyLine struct {
	Unit   UnitRef
	Report gov.Report // Version 0: not begun
	Late   bool
}

// Duties lists the units that owe a form for a period.
func (a *App) Duties(ctx context.Context, p access.Principal, form string, period gov.Period) (DutiesView, error) {
	var v DutiesView
	reach, err := a.reach(p, access.BooksRead)
	if err != nil {
		return v, err
	}
	err = a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			forms, err1 := formsIn(ctx, tx, b.realm)
			reports, err2 := tx.Reports(ctx, b.realm, gov.ReportQuery{Form: form, Period: period})
			holdings, err3 := tx.Holdings(ctx)
			if err := errors.Join(err1, err2, err3); err != nil {
				return err
			}
			i := slices.IndexFunc(forms, func(f gov.Form) bool { return f.Key == form })
			if i < 0 || !forms[i].Asks(period) {
				return gov.Errorf(gov.NotFound, "error.form_unknown", form)
			}
			v = DutiesView{Form: forms[i], Period: period, Due: forms[i].DueDay(gov.Windows(), period)}
			begun := map[gov.UnitKey]gov.Report{}
			for _, r := range reports {
				begun[r.Unit] = r
			}
			for _, h := range holdings {
				if h.Realm == b.realm {
					b.duties(&v, h, begun, reach)
				}
			}
			return nil
		})
	})
	return v, err
}

// duties lists the units that owe the form; those beyond reach are left out, since what they have done is not known.
func (b *builder) duties(v *DutiesView, h gov.Holding, begun map[gov.UnitKey]gov.Report, reach gov.Reach) {
	for _, u := range b.units.Children(h.Unit.Code, v.Period.LastDay()) {
		if !v.Form.Owes(u) {
			continue
		}
		if !reach.HasUnit(u.UnitKey) {
			v.Partial = true
			continue
		}
		r, ok := begun[u.UnitKey]
		if !ok {
			r = gov.Report{Realm: b.realm, ReportKey: gov.ReportKey{Form: v.Form.Key, Period: v.Period, Unit: u.UnitKey}, State: gov.ReportDraft, Due: v.Due}
		}
		v.Count.Add(r, b.today)
		v.Lines = append(v.Lines, DutyLine{Unit: b.unit(u.UnitKey, u.Code), Report: r, Late: r.Late(b.today)})
	}
}
