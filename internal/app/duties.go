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
	Year   []DutyPeriod // the form's periods of the year, the oldest first
	// Partial: some units are beyond the reader's reach, and left out.
	Partial bool
}

// A DutyPeriod is how complete and timely the reports of one period are.
type DutyPeriod struct {
	Period gov.Period
	Due    gov.Day
	Count  gov.ReportCount
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
			reports, err2 := tx.Reports(ctx, b.realm, gov.ReportQuery{Form: form})
			holdings, err3 := tx.Holdings(ctx)
			if err := errors.Join(err1, err2, err3); err != nil {
				return err
			}
			i := slices.IndexFunc(forms, func(f gov.Form) bool { return f.Key == form })
			if i < 0 || !forms[i].Asks(period) {
				return gov.Errorf(gov.NotFound, "error.form_unknown", form)
			}
			v = DutiesView{Form: forms[i], Period: period, Due: forms[i].DueDay(gov.Windows(), period)}
			begun := map[gov.ReportKey]gov.Report{}
			for _, r := range reports {
				begun[r.ReportKey] = r
			}
			h := slices.IndexFunc(holdings, func(h gov.Holding) bool { return h.Realm == b.realm })
			if h < 0 {
				return nil
			}
			b.duties(&v, holdings[h], begun, reach)
			for _, o := range v.Form.Kind.PeriodsIn(firstMonth(period).Year()) {
				if !v.Form.Asks(o) {
					continue
				}
				of := DutiesView{Form: v.Form, Period: o, Due: v.Form.DueDay(gov.Windows(), o)}
				b.duties(&of, holdings[h], begun, reach)
				v.Year = append(v.Year, DutyPeriod{o, of.Due, of.Count})
			}
			return nil
		})
	})
	return v, err
}

// duties lists the units that owe the form; those beyond reach are left out, since what they have done is not known.
func (b *builder) duties(v *DutiesView, h gov.Holding, begun map[gov.ReportKey]gov.Report, reach gov.Reach) {
	for _, u := range b.units.Children(h.Unit.Code, v.Period.LastDay()) {
		if !v.Form.Owes(u) {
			continue
		}
		if !reach.HasUnit(u.UnitKey) {
			v.Partial = true
			continue
		}
		k := gov.ReportKey{Form: v.Form.Key, Period: v.Period, Unit: u.UnitKey}
		r, ok := begun[k]
		if !ok {
			r = gov.Report{Realm: b.realm, ReportKey: k, State: gov.ReportDraft, Due: v.Due}
		}
		v.Count.Add(r, b.today)
		v.Lines = append(v.Lines, DutyLine{Unit: b.unit(u.UnitKey, u.Code), Report: r, Late: r.Late(b.today)})
	}
}
