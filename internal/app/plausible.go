package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// DoubtsView is the queue of what looks wrong in a period.
type DoubtsView struct {
	Period   gov.Period
	Open     []DoubtLine // the gravest first
	Resolved []DoubtLine // the last settled first
	More     int         // open ones beyond those that are listed
}

// A DoubtLine is one finding with the two claims that it is about.
type DoubtLine struct {
	gov.Finding
	Key       string // by which it is resolved
	Indicator gov.Indicator
	Unit      UnitRef
	Figure    FigureLine
	Other     *FigureLine // that it is held against; nil: none
	Target    *TargetLine // or the target
	Resolved  *Resolved
}

// A Resolved is how a doubt was settled; both claims stay as they are.
type Resolved struct {
	Reason string
	By     gov.Stamp
	Office string
}

// DoubtQuery asks for the queue of a period; empty fields do not narrow.
type DoubtQuery struct {
	Period gov.Period
	Unit   string // code
	Rule   string
}

// maxDoubts is how many open doubts a page lists.
const maxDoubts = 100

// Doubts lists what looks wrong in a period, of the units within reach: each figure against its range, what it was before, its counts and its peers,
// and claims that contradict each other. The queue is worked out anew; only what was resolved is kept.
func (a *App) Doubts(ctx context.Context, p access.Principal, q DoubtQuery) (DoubtsView, error) {
	v := DoubtsView{Period: q.Period}
	if !q.Period.Valid() {
		return v, gov.Errorf(gov.Invalid, "error.cell_period", string(q.Period))
	}
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			v = DoubtsView{Period: q.Period}
			b := a.builder(ctx, tx, p, units)
			catalogue, err1 := catalogueIn(ctx, tx, b.realm)
			entries, err2 := tx.Entries(ctx, b.realm, gov.EntryDoubt)
			found, err3 := b.doubtsIn(q, catalogue)
			if err := errors.Join(err1, err2, err3); err != nil {
				return err
			}
			settled := map[string]gov.Entry{}
			for _, e := range entries {
				if e.Body != "" {
					settled[e.Key] = e
				}
			}
			return b.sortDoubts(&v, found, settled, catalogue)
		})
	})
	return v, err
}

// doubtKey names a doubt: what was settled of two values says nothing of others.
func doubtKey(f gov.Finding) string { return f.Rule + "/" + string(f.Figure) + "/" + string(f.Other) }

// doubtsIn works the queue of a period out.
func (b *builder) doubtsIn(q DoubtQuery, catalogue gov.Catalogue) ([]gov.Finding, error) {
	cells, err1 := b.tx.Cells(b.ctx, b.realm, gov.CellQuery{Periods: []gov.Period{q.Period, q.Period.Previous(), q.Period.YearBefore()}})
	figures, err2 := b.tx.Figures(b.ctx, b.realm, gov.FigureQuery{Period: q.Period, Unit: q.Unit})
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	s := suspects{period: q.Period, cells: map[gov.Period]map[amountKey]gov.Reported{}}
	s.take(cells)
	var list []gov.Finding
	for k, now := range s.cells[q.Period] {
		in, err := catalogue.At(k.indicator, q.Period.LastDay())
		if err != nil || q.Unit != "" && k.unit.Code != q.Unit {
			continue
		}
		list = append(list, gov.Plausible(in, s.of(ofPart(in, k.indicator), k.unit, now))...)
	}
	list = append(list, s.structures(catalogue, q)...)
	list = append(list, gov.Contradictions(figures, catalogue)...)
	if q.Rule != "" {
		list = slices.DeleteFunc(list, func(f gov.Finding) bool { return f.Rule != q.Rule })
	}
	grave := []gov.Severity{gov.SeverityError, gov.SeverityQuestion, gov.SeverityNote}
	slices.SortFunc(list, func(x, y gov.Finding) int {
		return cmp.Or(cmp.Compare(slices.Index(grave, x.Severity), slices.Index(grave, y.Severity)), cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.Figure, y.Figure),
			cmp.Compare(x.Other, y.Other))
	})
	return list, nil
}

// structures finds the units whose parts of a structure are all there and do not add up to 100.
func (s *suspects) structures(catalogue gov.Catalogue, q DoubtQuery) []gov.Finding {
	units := map[gov.UnitKey]bool{}
	for k := range s.cells[q.Period] {
		if _, part := gov.CutPart(k.indicator); part != "" && (q.Unit == "" || k.unit.Code == q.Unit) {
			units[k.unit] = true
		}
	}
	var list []gov.Finding
	for _, in := range catalogue.On(q.Period.LastDay()) {
		for _, b := range in.Breakdowns {
			for u := range units {
				var parts []gov.Reported
				for _, name := range b.Parts {
					if now := s.get(q.Period, gov.PartKey(in.Key, name), u); now != nil {
						parts = append(parts, *now)
					}
				}
				if f, gap := gov.StructureGap(parts); in.Better == gov.Structure && len(parts) == len(b.Parts) && gap {
					list = append(list, f)
				}
			}
		}
	}
	return list
}

// sortDoubts tells what is open from what was resolved, and lays the claims beside each.
func (b *builder) sortDoubts(v *DoubtsView, found []gov.Finding, settled map[string]gov.Entry, catalogue gov.Catalogue) error {
	for _, f := range found {
		e, done := settled[doubtKey(f)]
		if !done && len(v.Open) == maxDoubts {
			v.More++
			continue
		}
		l, err := b.doubtLine(f, catalogue)
		if gov.IsNotFound(err) {
			continue
		}
		if err != nil {
			return err
		}
		if !done {
			v.Open = append(v.Open, l)
			continue
		}
		l.Resolved = &Resolved{Reason: e.Note, By: e.Entered, Office: b.officeOf(e.Entered.By)}
		v.Resolved = append(v.Resolved, l)
	}
	slices.SortStableFunc(v.Resolved, func(x, y DoubtLine) int { return y.Resolved.By.At.Compare(x.Resolved.By.At) })
	return nil
}

func (b *builder) doubtLine(f gov.Finding, catalogue gov.Catalogue) (DoubtLine, error) {
	l := DoubtLine{Finding: f, Key: doubtKey(f)}
	figure, err := b.tx.Figure(b.ctx, b.realm, f.Figure)
	if err != nil {
		return l, err
	}
	l.Figure = b.figures([]gov.Figure{figure})[0]
	l.Unit = l.Figure.Unit
	l.Indicator, _ = catalogue.At(figure.Indicator, figure.Period.LastDay())
	if f.Other == "" {
		return l, nil
	}
	if f.Rule == "plan" {
		t, err := b.tx.Target(b.ctx, b.realm, f.Other)
		if err == nil {
			l.Target = &b.targets([]gov.Target{t})[0]
		}
		return l, err
	}
	other, err := b.tx.Figure(b.ctx, b.realm, f.Other)
	if err == nil {
		l.Other = &b.figures([]gov.Figure{other})[0]
	}
	return l, err
}

// ResolveDoubt settles a doubt with a reason; the figures stay as they are.
func (a *App) ResolveDoubt(ctx context.Context, p access.Principal, key, reason string) error {
	reason = strings.TrimSpace(reason)
	parts := strings.Split(key, "/")
	if reason == "" || len(parts) != 3 {
		return gov.Errorf(gov.Invalid, "error.doubt_reason")
	}
	return a.update(ctx, p, access.FiguresVerify, func(tx gov.Tx, s gov.Stamp) (act, error) {
		r := gov.Realm(p.Realm)
		if _, err := tx.Figure(ctx, r, gov.ID(parts[1])); err != nil {
			return act{}, err
		}
		return act{"doubt.resolve", "figure", gov.ID(parts[1])}, putEntry(ctx, tx, r, gov.EntryDoubt, key, reason, s, map[string]string{"rule": parts[0]})
	})
}

// Apportionments lists the shares that the province entered for units that went on in parts.
func (a *App) Apportionments(ctx context.Context, p access.Principal) (list []gov.Apportionment, err error) {
	err = a.view(ctx, p, access.BooksRead, func(tx gov.Tx) (err error) {
		list, err = apportionmentsIn(ctx, tx, gov.Realm(p.Realm))
		return err
	})
	return list, err
}

// SetApportionment enters a share with its source, or withdraws it (a share below 0).
func (a *App) SetApportionment(ctx context.Context, p access.Principal, in gov.Apportionment, reason string) error {
	return a.withRegister(func(units gov.Units) error {
		return a.update(ctx, p, access.CatalogueEdit, func(tx gov.Tx, s gov.Stamp) (act, error) {
			r := gov.Realm(p.Realm)
			list, err := apportionmentsIn(ctx, tx, r)
			if err != nil {
				return act{}, err
			}
			if _, err := units.Get(in.Old); err != nil {
				return act{}, err
			}
			if _, err := units.Get(in.New); err != nil {
				return act{}, err
			}
			if !in.Day.Valid() {
				return act{}, gov.Errorf(gov.Invalid, "error.on_invalid", string(in.Day))
			}
			key := strings.Join([]string{in.Old.Code, string(in.Old.From), in.New.Code, string(in.New.From), string(in.Day), in.Indicator}, "/")
			list = slices.DeleteFunc(list, func(o gov.Apportionment) bool {
				return o.Old == in.Old && o.New == in.New && o.Day == in.Day && o.Indicator == in.Indicator
			})
			done := act{"apportionment.set", "apportionment", gov.ID(key)}
			if in.Share < 0 {
				_, err := tx.PutEntry(ctx, gov.Entry{Realm: r, Kind: gov.EntryApportionment, Key: key, Note: reason, Entered: s})
				return done, err
			}
			if err := gov.CheckApportionments(append(list, in)); err != nil {
				return act{}, err
			}
			return done, putEntry(ctx, tx, r, gov.EntryApportionment, key, reason, s, in)
		})
	})
}
