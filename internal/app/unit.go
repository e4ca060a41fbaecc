package app

import (
	"context"
	"errors"
	"slices"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// Unit gives the page of a unit: the version of code in force on the day (empty: today), where it comes from, what the books hold of it.
func (a *App) Unit(ctx context.Context, p access.Principal, code string, on gov.Day) (UnitView, error) {
	var v UnitView
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			u, err := unitAt(units, code, on)
			if err != nil {
				return err
			}
			b := a.builder(ctx, tx, p, units)
			v = UnitView{Unit: u, Path: gov.UnitPath(units, u), Versions: units.Versions(code), Matters: map[gov.MatterKind][]MatterLine{},
				Counts: map[gov.MatterKind]int{}}
			if err := b.lineage(&v); err != nil {
				return err
			}
			return b.booksOf(&v)
		})
	})
	return v, err
}

// unitAt is the version in force on the day, or without a day the present one, failing that the last.
func unitAt(units gov.Units, code string, on gov.Day) (gov.UnitVersion, error) {
	u, err := units.At(code, on)
	if err == nil || on != "" {
		return u, err
	}
	if all := units.Versions(code); len(all) > 0 {
		return all[len(all)-1], nil
	}
	return u, err
}

func (b *builder) lineage(v *UnitView) error {
	l, err := gov.LineageOf(b.units, v.Unit.UnitKey)
	if err != nil {
		return err
	}
	v.Origins, v.Successors = b.steps(l.Origins), b.steps(l.Successors)
	if len(v.Successors) == 1 {
		v.Current = &v.Successors[0].Unit
	}
	for _, c := range b.units.Children(v.Unit.Code, "") {
		if v.Unit.Current() {
			v.Children = append(v.Children, UnitRef{Key: c.UnitKey, Name: c.Full(), Path: gov.UnitPath(b.units, c)})
		}
	}
	return nil
}

func (b *builder) steps(list []gov.LineageStep) []SuccessionLine {
	var lines []SuccessionLine
	for _, s := range list {
		lines = append(lines, SuccessionLine{Succession: s.Succession,
			Unit:    UnitRef{Key: s.Unit.UnitKey, Name: s.Unit.Full(), Path: gov.UnitPath(b.units, s.Unit)},
			Further: b.steps(s.Next)})
	}
	return lines
}

// mostUnitClaims is how many claims a unit's page lays side by side.
const mostUnitClaims = 400

// booksOf fills in what the books hold of a unit.
func (b *builder) booksOf(v *UnitView) error {
	code := v.Unit.Code
	figures, err1 := b.tx.Figures(b.ctx, b.realm, gov.FigureQuery{Unit: code, Limit: mostUnitClaims + 1})
	targets, err2 := b.tx.Targets(b.ctx, b.realm, gov.FigureQuery{Unit: code})
	sessions, _, err3 := b.tx.Sessions(b.ctx, b.realm, code, gov.Page{Limit: UnitMatters})
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	if v.Many = len(figures) > mostUnitClaims; v.Many { // the profile has them, one by one
		figures, targets = nil, nil
	}
	// A code alone is not a unit: what was written for an earlier bearer of the code belongs to that one.
	figures = slices.DeleteFunc(figures, func(f gov.Figure) bool { return f.Unit != v.Unit.UnitKey })
	targets = slices.DeleteFunc(targets, func(t gov.Target) bool { return t.Unit != v.Unit.UnitKey })
	sessions = slices.DeleteFunc(sessions, func(s gov.Session) bool { return !s.Concerns(v.Unit.UnitKey) })
	v.Figures, v.Sessions, v.Checks = b.groups(figures, targets), b.sessionLines(sessions), b.doubts(figures)
	for _, k := range gov.MatterKinds {
		if err := b.mattersOf(v, k); err != nil {
			return err
		}
	}
	return nil
}

// mattersOf fills in a unit's matters of one kind: what is still owed, oldest first, then the latest of the rest.
func (b *builder) mattersOf(v *UnitView, k gov.MatterKind) error {
	q := gov.MatterQuery{Kinds: []gov.MatterKind{k}, Unit: v.Unit.Code, States: unfinished, Page: gov.Page{Limit: UnitMatters}}
	owed, _, err1 := b.tx.Matters(b.ctx, b.realm, q)
	n, err2 := b.tx.CountMatters(b.ctx, b.realm, q)
	q.States, q.Newest, q.Page.Limit = finished, true, UnitMatters
	rest, _, err3 := b.tx.Matters(b.ctx, b.realm, q)
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	list := slices.DeleteFunc(append(owed, rest...), func(m gov.Matter) bool { return !slices.Contains(m.Units(), v.Unit.UnitKey) })
	v.Matters[k], v.Counts[k] = b.matters(list), n
	return nil
}

// UnitsBook gives the provinces, the units of the holding, and what a query finds.
func (a *App) UnitsBook(ctx context.Context, p access.Principal, query string) (UnitsView, error) {
	v := UnitsView{Query: query, Day: a.Today()}
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			list, err := tx.Holdings(ctx)
			if err != nil {
				return err
			}
			b := a.builder(ctx, tx, p, units)
			v.Provinces, v.Matches, v.Children = units.Provinces(""), nil, nil
			for _, h := range list {
				if h.Realm == b.realm {
					v.Holding = b.unit(h.Unit, h.Unit.Code)
					for _, c := range units.Children(h.Unit.Code, "") {
						v.Children = append(v.Children, b.unit(c.UnitKey, c.Code))
					}
				}
			}
			if query != "" {
				v.Matches = units.Find(gov.UnitQuery{Name: query, Limit: 100})
				if byCode := units.Versions(query); len(byCode) > 0 {
					for _, u := range byCode {
						v.Matches = append(v.Matches, gov.UnitMatch{Unit: u, Path: gov.UnitPath(units, u), Exact: true})
					}
				}
			}
			return nil
		})
	})
	return v, err
}
