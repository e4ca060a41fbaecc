package app

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// OwedView is what some units owe in a year: their forms, by the day on which they are due.
type OwedView struct {
	Year  int
	Today gov.Day
	Lines []OwedLine
	Count gov.ReportCount // of what is due or was submitted
}

// An OwedLine is one report that a unit owes.
type OwedLine struct {
	DutyLine
	Form gov.Form
}

// OwedReports lists the reports that the units for which somebody works owe for the periods of a year that have begun, those not submitted first, the
// earliest due day first. Where his grant is for the whole realm, or code names a unit, it is that unit's.
func (a *App) OwedReports(ctx context.Context, p access.Principal, code string, year int) (OwedView, error) {
	v := OwedView{Year: year, Today: a.Today()}
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			v.Lines, v.Count = nil, gov.ReportCount{}
			b := a.builder(ctx, tx, p, units)
			forms, err := formsIn(ctx, tx, b.realm)
			if err != nil {
				return err
			}
			for _, code := range owingUnits(p, code) {
				err = errors.Join(err, b.reportsOwed(&v, forms, code), a.formerOwed(b, &v, forms, code))
			}
			slices.SortStableFunc(v.Lines, func(x, y OwedLine) int {
				return cmp.Or(cmp.Compare(openFirst(x.Report), openFirst(y.Report)), cmp.Compare(x.Report.Due, y.Report.Due))
			})
			return err
		})
	})
	return v, err
}

// formerOwed adds what units still owe whose place the unit has taken by a change that was carried out here: nobody else reports their periods before it.
func (a *App) formerOwed(b *builder, v *OwedView, forms []gov.Form, code string) error {
	for _, k := range a.book.takenIn(b.realm, code) {
		own := OwedView{Year: v.Year, Today: v.Today}
		if err := b.reportsOwed(&own, forms, k.Code); err != nil {
			return err
		}
		for _, l := range own.Lines {
			if l.Report.Unit == k {
				v.Count.Add(l.Report, b.today)
				v.Lines = append(v.Lines, l)
			}
		}
	}
	return nil
}

// owingUnits are the codes of the units whose reports somebody sees as his own.
func owingUnits(p access.Principal, code string) []string {
	if code != "" {
		return []string{code}
	}
	var list []string
	for _, g := range p.With(access.BooksRead) {
		if !g.All && g.Code != "" && !slices.Contains(list, g.Code) {
			list = append(list, g.Code)
		}
	}
	return list
}

// openFirst sorts reports: what is still to be done comes first.
func openFirst(r gov.Report) int {
	if r.Open() {
		return 0
	}
	return 1
}

// reportsOwed adds what one unit owes for the periods of the view's year.
func (b *builder) reportsOwed(v *OwedView, forms []gov.Form, code string) error {
	reports, err := b.tx.Reports(b.ctx, b.realm, gov.ReportQuery{Unit: code})
	if err != nil {
		return err
	}
	begun := map[gov.ReportKey]gov.Report{}
	for _, r := range reports {
		begun[r.ReportKey] = r
	}
	for _, f := range forms {
		for _, period := range f.Kind.PeriodsIn(v.Year) {
			u, err := b.units.At(code, period.LastDay())
			if err != nil || !f.Asks(period) || !f.Owes(u) || period.FirstDay() > b.today {
				continue
			}
			k := gov.ReportKey{Form: f.Key, Period: period, Unit: u.UnitKey}
			r, ok := begun[k]
			if !ok {
				r = gov.Report{Realm: b.realm, ReportKey: k, State: gov.ReportDraft, Due: f.DueDay(gov.Windows(), period)}
			}
			v.Count.Add(r, b.today)
			v.Lines = append(v.Lines, OwedLine{DutyLine{Unit: b.unit(u.UnitKey, u.Code), Report: r, Late: r.Late(b.today)}, f})
		}
	}
	return nil
}
