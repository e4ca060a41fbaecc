package storetest

import (
	"errors"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// claim is one with every field set.
func (b *book) claim(document gov.ID) gov.Claim {
	of := 14.0
	return gov.Claim{Indicator: "targets_met", Label: "chỉ tiêu đạt và vượt", Unit: b.unit, UnitName: "phường Thanh Miếu", Period: "2025",
		Scope: gov.Annual, Comparator: gov.AtLeast, Value: 12, Of: &of, Measure: "chỉ tiêu", Quote: "12/14 chỉ tiêu",
		Source: gov.Source{Document: document, Span: text.Span{100, 117}, Sentence: "Có 12/14 chỉ tiêu đạt.", Day: "2025-12-24"}}
}

func (b *book) figure(change func(f *gov.Figure)) gov.Figure {
	f := gov.Figure{Realm: Realm, ID: b.id(), Kind: gov.Result, Vintage: gov.Preliminary, Claim: gov.Claim{Indicator: "budget_revenue", Unit: b.unit,
		Period: "2025", Value: 410.6, Measure: "tỷ đồng"}, Entered: b.stamp()}
	change(&f)
	b.update(func(tx gov.Tx) error { return tx.CreateFigure(ctx, f) })
	return f
}

var figureCases = []testCase{
	{"kept to the field", func(b *book) {
		full := b.figure(func(f *gov.Figure) {
			f.Claim, f.Session, f.Confirmed = b.claim(b.document().ID), b.session("2025-12-24").ID, b.stamp()
			f.CutOff, f.State, f.Batch, f.Verified = "2025-12-14", gov.FigureVerified, b.id(), b.stamp()
		})
		bare := b.figure(func(f *gov.Figure) { f.Claim, f.Value = gov.Claim{}, -0.27 })
		b.view(func(tx gov.Tx) error {
			got, err := tx.Figure(ctx, Realm, full.ID)
			if err != nil {
				return err
			}
			same(b, "of", *got.Of, 14.0)
			got.Of = full.Of
			same(b, "figure", got, full)
			got, err = tx.Figure(ctx, Realm, bare.ID)
			same(b, "figure", got, bare)
			return err
		})
		b.missing(func(tx gov.Tx) error { _, err := tx.Figure(ctx, Realm, "none"); return err })
		b.missing(func(tx gov.Tx) error { _, err := tx.Figure(ctx, Realm+1, full.ID); return err })
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.CreateFigure(ctx, bare) })
		b.refused(gov.NotFound, func(tx gov.Tx) error {
			return tx.CreateFigure(ctx, gov.Figure{Realm: Realm, ID: b.id(), Session: "none"})
		})
		b.refused(gov.NotFound, func(tx gov.Tx) error {
			return tx.CreateFigure(ctx, gov.Figure{Realm: Realm, ID: b.id(), Claim: gov.Claim{Source: gov.Source{Document: "none"}}})
		})
	}},
	{"numbers come back as they were", func(b *book) {
		for _, v := range []float64{0.1, 366.3, 15219, 1e-300, 123456789012345678, -4.35} {
			f := b.figure(func(f *gov.Figure) { f.Value = v })
			b.view(func(tx gov.Tx) error {
				got, err := tx.Figure(ctx, Realm, f.ID)
				same(b, "value", got.Value, v)
				return err
			})
		}
	}},
	{"superseded once, never overwritten", func(b *book) {
		old := b.figure(func(f *gov.Figure) {})
		next := b.figure(func(f *gov.Figure) { f.Value = 366.3 })
		b.update(func(tx gov.Tx) error { return tx.SupersedeFigure(ctx, Realm, old.ID, next.ID) })
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.SupersedeFigure(ctx, Realm, old.ID, b.id()) })
		b.refused(gov.NotFound, func(tx gov.Tx) error { return tx.SupersedeFigure(ctx, Realm, "none", next.ID) })
		b.view(func(tx gov.Tx) error {
			got, err := tx.Figure(ctx, Realm, old.ID)
			if err != nil {
				return err
			}
			old.SupersededBy = next.ID
			same(b, "figure", got, old)
			list, err := tx.Figures(ctx, Realm, gov.FigureQuery{})
			if err != nil {
				return err
			}
			sameIDs(b, "in force", list, figureID, next.ID)
			list, err = tx.Figures(ctx, Realm, gov.FigureQuery{All: true})
			sameIDs(b, "all", list, figureID, old.ID, next.ID)
			return err
		})
	}},
	{"listed by indicator, period, source day, id", func(b *book) {
		make := func(indicator string, period gov.Period, day gov.Day) gov.ID {
			return b.figure(func(f *gov.Figure) { f.Indicator, f.Period, f.Source.Day = indicator, period, day }).ID
		}
		want := []gov.ID{7: ""}
		want[7] = make("poverty_rate", "", "2025-12-24")
		want[3] = make("budget_revenue", "2025", "2025-12-24")
		want[4] = make("budget_revenue", "2025", "2025-12-24")
		want[2] = make("budget_revenue", "2025", "2025-07-10")
		want[6] = make("budget_revenue", "2025-2030", "")
		want[5] = make("budget_revenue", "2025-11", "2025-12-24")
		want[1] = make("budget_revenue", "", "2025-12-24")
		want[0] = make("", "2025", "2025-12-24")
		b.view(func(tx gov.Tx) error {
			list, err := tx.Figures(ctx, Realm, gov.FigureQuery{})
			if err != nil {
				return err
			}
			sameIDs(b, "figures", list, figureID, want...)
			list, err = tx.Figures(ctx, Realm, gov.FigureQuery{Limit: 3})
			sameIDs(b, "the first three", list, figureID, want[:3]...)
			return err
		})
	}},
	{"narrowed by each field", func(b *book) {
		d, s := b.document(), b.session("2025-12-24")
		plain := b.figure(func(f *gov.Figure) {})
		unit := b.figure(func(f *gov.Figure) { f.Unit = gov.UnitKey{Code: "01"} })
		indicator := b.figure(func(f *gov.Figure) { f.Indicator = "poverty_rate" })
		document := b.figure(func(f *gov.Figure) { f.Source.Document = d.ID })
		session := b.figure(func(f *gov.Figure) { f.Session, f.Indicator = s.ID, "poverty_rate" })
		b.view(func(tx gov.Tx) error {
			for _, c := range []struct {
				q    gov.FigureQuery
				want []gov.ID
			}{
				{gov.FigureQuery{Unit: "01"}, []gov.ID{unit.ID}},
				{gov.FigureQuery{Indicator: "poverty_rate"}, []gov.ID{indicator.ID, session.ID}},
				{gov.FigureQuery{Document: d.ID}, []gov.ID{document.ID}},
				{gov.FigureQuery{Session: s.ID}, []gov.ID{session.ID}},
				{gov.FigureQuery{Unit: b.unit.Code, Indicator: "budget_revenue"}, []gov.ID{plain.ID, document.ID}},
				{gov.FigureQuery{Unit: "01", Session: s.ID}, []gov.ID{}},
			} {
				list, err := tx.Figures(ctx, Realm, c.q)
				if err != nil {
					return err
				}
				sameIDs(b, "figures", list, figureID, c.want...)
			}
			list, err := tx.Figures(ctx, Realm+1, gov.FigureQuery{})
			sameIDs(b, "another realm's", list, figureID)
			return err
		})
	}},
}

func figureID(f gov.Figure) gov.ID { return f.ID }

func targetID(t gov.Target) gov.ID { return t.ID }

var targetCases = []testCase{
	{"many at once", func(b *book) {
		d, s := b.document(), b.session("2025-12-24")
		one := gov.Target{Realm: Realm, ID: b.id(), Session: s.ID, Claim: b.claim(d.ID), Baseline: gov.BaselineCouncil, Reason: "vì", Entered: b.stamp(), Confirmed: b.stamp()}
		list := []gov.Target{one}
		for i := range 250 {
			t := gov.Target{Realm: Realm, ID: b.id(), Parent: one.ID, Baseline: gov.BaselineProvince, Entered: b.stamp(),
				Claim: gov.Claim{Indicator: "budget_revenue", Unit: b.unit, Period: "2026", Value: float64(i), Measure: "tỷ đồng", Source: gov.Source{Day: "2025-12-20"}}}
			if i > 0 {
				t.SupersededBy = list[i].ID
			}
			list = append(list, t)
		}
		b.update(func(tx gov.Tx) error { return errors.Join(tx.CreateTargets(ctx, list), tx.CreateTargets(ctx, nil)) })
		again := gov.Target{Realm: Realm, ID: b.id(), Claim: list[3].Claim}
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.CreateTargets(ctx, []gov.Target{again, list[3]}) })
		b.missing(func(tx gov.Tx) error { _, err := tx.Target(ctx, Realm, again.ID); return err })
		b.refused(gov.Forbidden, func(tx gov.Tx) error {
			return tx.Within(gov.Reach{Units: []gov.UnitKey{{Code: "00000"}}}).CreateTargets(ctx, []gov.Target{again})
		})
		b.view(func(tx gov.Tx) error {
			for _, i := range []int{0, 1, 100, 101, 250} {
				got, err := tx.Target(ctx, Realm, list[i].ID)
				if err != nil {
					return err
				}
				same(b, "target", got, list[i])
			}
			got, err := tx.Targets(ctx, Realm, gov.FigureQuery{Indicator: "budget_revenue", All: true})
			if len(got) != 250 {
				b.Errorf("%d targets of 250", len(got))
			}
			return err
		})
	}},
	{"kept, superseded and listed", func(b *book) {
		d, s := b.document(), b.session("2025-12-24")
		old := gov.Target{Realm: Realm, ID: b.id(), Session: s.ID, Claim: b.claim(d.ID), Baseline: gov.BaselineCouncil, Entered: b.stamp(),
			Confirmed: b.stamp()}
		next := gov.Target{Realm: Realm, ID: b.id(), Claim: gov.Claim{Indicator: "targets_met", Period: "2025", Value: 13}, Entered: b.stamp()}
		b.update(func(tx gov.Tx) error {
			if err := tx.CreateTarget(ctx, old); err != nil {
				return err
			}
			return tx.CreateTarget(ctx, next)
		})
		b.view(func(tx gov.Tx) error {
			got, err := tx.Target(ctx, Realm, old.ID)
			if err != nil {
				return err
			}
			same(b, "target", got, old)
			list, err := tx.Targets(ctx, Realm, gov.FigureQuery{Indicator: "targets_met"})
			if err != nil {
				return err
			}
			sameIDs(b, "targets", list, targetID, next.ID, old.ID)
			for _, q := range []gov.FigureQuery{{Unit: b.unit.Code}, {Session: s.ID}, {Document: d.ID}} {
				if list, err = tx.Targets(ctx, Realm, q); err != nil {
					return err
				}
				sameIDs(b, "narrowed", list, targetID, old.ID)
			}
			return nil
		})
		b.update(func(tx gov.Tx) error { return tx.SupersedeTarget(ctx, Realm, old.ID, next.ID) })
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.SupersedeTarget(ctx, Realm, old.ID, next.ID) })
		b.refused(gov.NotFound, func(tx gov.Tx) error { return tx.SupersedeTarget(ctx, Realm, "none", next.ID) })
		b.view(func(tx gov.Tx) error {
			list, err := tx.Targets(ctx, Realm, gov.FigureQuery{})
			if err != nil {
				return err
			}
			sameIDs(b, "in force", list, targetID, next.ID)
			list, err = tx.Targets(ctx, Realm, gov.FigureQuery{All: true, Limit: 1})
			sameIDs(b, "the first of all", list, targetID, next.ID)
			return err
		})
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.RestoreTarget(ctx, Realm, old.ID, "another") })
		b.refused(gov.NotFound, func(tx gov.Tx) error { return tx.RestoreTarget(ctx, Realm, "none", next.ID) })
		b.refused(gov.NotFound, func(tx gov.Tx) error {
			return tx.Within(gov.Reach{Units: []gov.UnitKey{{Code: "00000"}}}).RestoreTarget(ctx, Realm, old.ID, next.ID)
		})
		b.update(func(tx gov.Tx) error { return tx.RestoreTarget(ctx, Realm, old.ID, next.ID) })
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.RestoreTarget(ctx, Realm, old.ID, next.ID) })
		b.view(func(tx gov.Tx) error {
			list, err := tx.Targets(ctx, Realm, gov.FigureQuery{})
			sameIDs(b, "in force again", list, targetID, next.ID, old.ID)
			return err
		})
		b.missing(func(tx gov.Tx) error { _, err := tx.Target(ctx, Realm, "none"); return err })
	}},
	{"what they ask for, of a period", func(b *book) {
		of := 4.0
		claim := gov.Claim{Indicator: "budget_revenue", Unit: b.unit, Period: "2025", Scope: gov.Annual, Comparator: gov.AtLeast, Value: 366.3, Of: &of, Measure: "tỷ | đồng"}
		old, next := gov.Target{Realm: Realm, ID: b.id(), Claim: claim, Baseline: gov.BaselineCouncil}, gov.Target{Realm: Realm, ID: b.id(), Claim: claim, Baseline: gov.BaselineOwn}
		later := next
		later.ID, later.Period = b.id(), "2026"
		b.update(func(tx gov.Tx) error {
			return errors.Join(tx.CreateTarget(ctx, old), tx.CreateTarget(ctx, next), tx.CreateTarget(ctx, later), tx.SupersedeTarget(ctx, Realm, old.ID, next.ID))
		})
		b.view(func(tx gov.Tx) error {
			list, err := tx.Goals(ctx, Realm, gov.CellQuery{Periods: []gov.Period{"2025"}})
			if err == nil && len(list) == 1 {
				same(b, "goal", list[0], next)
			} else {
				b.Errorf("%d goals of 2025 in force, %v", len(list), err)
			}
			for _, q := range []gov.CellQuery{{Periods: []gov.Period{"2025"}, Units: []string{"1"}}, {Periods: []gov.Period{"2025"}, Indicators: []string{"1"}}, {Periods: []gov.Period{"2024"}}} {
				none, err2 := tx.Goals(ctx, Realm, q)
				if err = errors.Join(err, err2); len(none) > 0 {
					b.Errorf("%v gives %d", q, len(none))
				}
			}
			near, err2 := tx.Within(gov.Reach{Units: []gov.UnitKey{{Code: "1"}}}).Goals(ctx, Realm, gov.CellQuery{Periods: []gov.Period{"2025"}})
			if len(near) > 0 {
				b.Errorf("%d goals beyond reach", len(near))
			}
			return errors.Join(err, err2)
		})
	}},
}
