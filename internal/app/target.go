package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/intake"
)

// TargetInput is a target as somebody sets it.
type TargetInput struct {
	Indicator  string
	Unit       gov.UnitKey
	Period     gov.Period
	Scope      gov.Scope // empty: of the year, or of the term where the period is longer than a year
	Baseline   gov.Baseline
	Comparator gov.Comparator // empty: gov.Equal
	TargetWords
}

// TargetWords are what a revision may change, and why.
type TargetWords struct {
	Value    string // as typed: "1.234,5"
	Of       string // the y of "x of y"; empty: none
	Measure  string // empty: the indicator's
	Reason   string
	Document gov.ID // that sets it; empty: none
}

// TargetView is one target: what it was before, what it was handed down from, and what it was handed down to.
type TargetView struct {
	Target    TargetLine
	Indicator gov.Indicator
	History   []TargetLine // the first one first; the target itself is among them
	Parent    *TargetLine
	Parts     []TargetLine  // in force, by unit
	Units     []UnitRef     // that it can be handed down to
	Check     *gov.HandDown // nil: handed down to nobody
	Revisable bool          // in force
}

// A TargetQuery asks for targets in force; empty fields do not narrow.
type TargetQuery struct {
	Period    gov.Period
	Indicator string
	Unit      gov.UnitKey
	Baseline  gov.Baseline
}

// HandDownInput hands a target down to units.
type HandDownInput struct {
	Parts    []HandDownPart
	Baseline gov.Baseline // empty: the whole's
	Dry      bool         // only check
	Reason   string       // why the parts do not meet the whole; without one they have to
	Document gov.ID
}

// A HandDownPart is what one unit is given; an empty value gives it nothing.
type HandDownPart struct {
	Unit  gov.UnitKey
	Value string
	Was   gov.ID // the part that the form showed; empty: none
}

// HandDownView is how parts meet the whole.
type HandDownView struct {
	Check   gov.HandDown
	Missing []UnitRef // as in Check, with names
	Easier  []UnitRef
	Written int // 0: only checked
}

// Targets lists the targets in force that a query names, by indicator, unit, baseline.
func (a *App) Targets(ctx context.Context, p access.Principal, q TargetQuery) (lines []TargetLine, err error) {
	err = a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			list, err := tx.Targets(ctx, gov.Realm(p.Realm), gov.FigureQuery{Period: q.Period, Indicator: q.Indicator, Unit: q.Unit.Code})
			list = slices.DeleteFunc(list, func(t gov.Target) bool {
				return q.Baseline != "" && t.Baseline != q.Baseline || !q.Unit.Zero() && t.Unit != q.Unit
			})
			slices.SortStableFunc(list, func(a, b gov.Target) int {
				return cmp.Or(cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.Unit.Code, b.Unit.Code), cmp.Compare(a.Baseline, b.Baseline))
			})
			lines = a.builder(ctx, tx, p, units).targets(list)
			return err
		})
	})
	return lines, err
}

// TargetPage gives one target with its history and its parts; a revised one too.
func (a *App) TargetPage(ctx context.Context, p access.Principal, id gov.ID) (v TargetView, err error) {
	err = a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			g, err := a.builder(ctx, tx, p, units).targeting(id)
			if err != nil {
				return err
			}
			v = TargetView{Target: g.targets([]gov.Target{g.whole})[0], Indicator: g.indicator, History: g.targets(g.history),
				Parts: g.targets(g.parts), Units: g.unitRefs(g.below()), Revisable: g.whole.SupersededBy == ""}
			if g.whole.Parent != "" {
				if parent, err := tx.Target(ctx, g.realm, g.whole.Parent); err == nil {
					v.Parent = &g.targets([]gov.Target{parent})[0]
				} else if !gov.IsNotFound(err) { // beyond reach: the part is still a target
					return err
				}
			}
			if len(g.parts) == 0 {
				return nil
			}
			check, err := g.check(g.parts)
			v.Check = &check
			return err
		})
	})
	return v, err
}

// SetTarget sets a target. Where one of the same baseline is in force on the same thing, that is to be revised: it is Conflict.
func (a *App) SetTarget(ctx context.Context, p access.Principal, in TargetInput) (id gov.ID, err error) {
	err = a.withRegister(func(units gov.Units) error {
		return a.update(ctx, p, access.TargetsSet, func(tx gov.Tx, s gov.Stamp) (act, error) {
			w := &targetWriter{builder: a.builder(ctx, tx, p, units), stamp: s}
			t, err := w.of(in)
			if err != nil {
				return act{}, err
			}
			there, err := tx.Targets(ctx, w.realm, gov.FigureQuery{Indicator: t.Indicator, Unit: t.Unit.Code, Period: t.Period})
			if err != nil {
				return act{}, err
			}
			for _, o := range there {
				if o.Unit == t.Unit && o.Scope == t.Scope && o.Baseline == t.Baseline {
					return act{}, gov.Errorf(gov.Conflict, "error.target_there", o.Quote)
				}
			}
			id = t.ID
			return act{"target.set", "target", t.ID}, w.write(t, "")
		})
	})
	return id, err
}

// ReviseTarget puts a new target in the place of one in force, with the reason or the document; the old one stays in the history. What was handed down
// from it stays as it is: the check of the new one says what is missing.
func (a *App) ReviseTarget(ctx context.Context, p access.Principal, old gov.ID, in TargetWords) (id gov.ID, err error) {
	err = a.withRegister(func(units gov.Units) error {
		return a.update(ctx, p, access.TargetsSet, func(tx gov.Tx, s gov.Stamp) (act, error) {
			w := &targetWriter{builder: a.builder(ctx, tx, p, units), stamp: s}
			t, err := tx.Target(ctx, w.realm, old)
			if err != nil {
				return act{}, err
			}
			revised, err := w.revised(t, in)
			if err != nil {
				return act{}, err
			}
			id = revised.ID
			return act{"target.revise", "target", revised.ID}, w.write(revised, t.ID)
		})
	})
	return id, err
}

// HandDown gives units their parts of a target. A part that is there is revised. Parts that do not meet the whole are refused, unless a reason
// says why; with Dry the check is all that happens.
func (a *App) HandDown(ctx context.Context, p access.Principal, id gov.ID, in HandDownInput) (v HandDownView, err error) {
	if in.Dry {
		err = a.withRegister(func(units gov.Units) error {
			return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
				w := &targetWriter{builder: a.builder(ctx, tx, p, units), stamp: a.stamp(p)}
				v, err = w.handDown(id, in)
				return err
			})
		})
		v.Written = 0
		return v, err
	}
	err = a.withRegister(func(units gov.Units) error {
		return a.update(ctx, p, access.TargetsSet, func(tx gov.Tx, s gov.Stamp) (act, error) {
			w := &targetWriter{builder: a.builder(ctx, tx, p, units), stamp: s}
			v, err = w.handDown(id, in)
			return act{"target.hand_down", "target", id}, err
		})
	})
	return v, err
}

// A targeting is one target with what belongs to it.
type targeting struct {
	*builder
	whole     gov.Target
	indicator gov.Indicator
	history   []gov.Target
	parts     []gov.Target
	others    []gov.Target // of any unit on the same indicator and period, in force
}

func (b *builder) targeting(id gov.ID) (*targeting, error) {
	g := &targeting{builder: b}
	var err error
	if g.whole, err = b.tx.Target(b.ctx, b.realm, id); err != nil {
		return nil, err
	}
	catalogue, err1 := catalogueIn(b.ctx, b.tx, b.realm)
	own, err2 := b.tx.Targets(b.ctx, b.realm, gov.FigureQuery{Indicator: g.whole.Indicator, Unit: g.whole.Unit.Code, Period: g.whole.Period, All: true})
	all, err3 := b.tx.Targets(b.ctx, b.realm, gov.FigureQuery{Indicator: g.whole.Indicator, Period: g.whole.Period})
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	if g.whole.Indicator != "" {
		if g.indicator, err = catalogue.At(g.whole.Indicator, g.whole.Period.LastDay()); err != nil {
			return nil, err
		}
	}
	g.history, g.others = gov.TargetHistory(own, id), all
	for _, t := range all { // a part names the version that it was handed down from
		if t.Parent != "" && slices.ContainsFunc(g.history, func(o gov.Target) bool { return o.ID == t.Parent }) {
			g.parts = append(g.parts, t)
		}
	}
	slices.SortStableFunc(g.parts, func(a, b gov.Target) int { return cmp.Compare(a.Unit.Code, b.Unit.Code) })
	return g, nil
}

// below lists the units that the target can be handed down to: those below its own on the period's last day.
func (g *targeting) below() []gov.UnitKey {
	var keys []gov.UnitKey
	for _, u := range g.units.Children(g.whole.Unit.Code, g.whole.Period.LastDay()) {
		keys = append(keys, u.UnitKey)
	}
	return keys
}

// check holds parts against the whole. Rates weigh by what is known last, of the period itself or of the one a year before.
func (g *targeting) check(parts []gov.Target) (gov.HandDown, error) {
	units, weighs := g.below(), map[amountKey]gov.Amount{}
	if needs := g.indicator.Aggregate.Needs(); len(needs) > 0 {
		cells, err := g.tx.Cells(g.ctx, g.realm, gov.CellQuery{Periods: []gov.Period{g.whole.Period, g.whole.Period.YearBefore()}, Indicators: needs})
		if err != nil {
			return gov.HandDown{}, err
		}
		for _, c := range cells { // the earlier period comes first
			weighs[amountKey{c.Indicator, c.Unit}] = gov.Amount{Value: c.Value, Of: c.Of, Measure: c.Measure}
		}
	}
	return gov.CheckHandedDown(g.indicator, g.whole, parts, units, func(indicator string, unit gov.UnitKey) (gov.Amount, bool) {
		a, ok := weighs[amountKey{indicator, unit}]
		return a, ok
	}), nil
}

// A targetWriter writes targets in one transaction.
type targetWriter struct {
	*builder
	stamp gov.Stamp
	ids   *gov.IDs
}

func (w *targetWriter) next() gov.ID {
	if w.ids == nil {
		w.ids = gov.IDsFrom(w.stamp.At)
	}
	return w.ids.Next()
}

// of is what somebody set as a target.
func (w *targetWriter) of(in TargetInput) (gov.Target, error) {
	catalogue, err := catalogueIn(w.ctx, w.tx, w.realm)
	if err != nil {
		return gov.Target{}, err
	}
	if !in.Period.Valid() {
		return gov.Target{}, gov.Errorf(gov.Invalid, "error.target_period", string(in.Period))
	}
	indicator, err := catalogue.At(in.Indicator, in.Period.LastDay())
	if err != nil {
		return gov.Target{}, gov.Errorf(gov.Invalid, "error.indicator_unknown", in.Indicator)
	}
	unit, err := w.units.Get(in.Unit)
	if err != nil {
		return gov.Target{}, err
	}
	if !slices.Contains(gov.Baselines, in.Baseline) {
		return gov.Target{}, gov.Errorf(gov.Invalid, "error.target_baseline")
	}
	if in.Scope == gov.ScopeOpen {
		if in.Scope = gov.Annual; in.Period.Length() > 12 {
			in.Scope = gov.Term
		}
	}
	if in.Comparator == "" {
		in.Comparator = gov.Equal
	}
	t := gov.Target{Realm: w.realm, ID: w.next(), Baseline: in.Baseline, Entered: w.stamp, Confirmed: w.stamp, Claim: gov.Claim{
		Indicator: in.Indicator, Label: indicator.NameVI, Unit: in.Unit, UnitName: unit.Full(), Period: in.Period, Scope: in.Scope, Comparator: in.Comparator}}
	if err := w.say(&t, indicator, in.TargetWords); err != nil {
		return t, err
	}
	return t, t.Checked()
}

// say puts in what was typed.
func (w *targetWriter) say(t *gov.Target, in gov.Indicator, words TargetWords) error {
	number := func(s string) (float64, error) {
		v, ok := intake.Number(s, false)
		if !ok {
			return 0, gov.Errorf(gov.Invalid, "error.cell_number", s)
		}
		if words.Measure == "" || words.Measure == in.Measure {
			return v, nil
		}
		if v, ok = gov.ConvertMeasure(v, words.Measure, in.Measure); !ok {
			return 0, gov.Errorf(gov.Invalid, "error.cell_measure", words.Measure, in.Measure)
		}
		return v, nil
	}
	var err error
	if t.Value, err = number(words.Value); err != nil {
		return err
	}
	t.Of, t.Measure, t.Quote = nil, in.Measure, strings.TrimSpace(words.Value)
	if words.Of != "" {
		y, err := number(words.Of)
		if err != nil {
			return err
		}
		t.Of, t.Quote = &y, t.Quote+"/"+strings.TrimSpace(words.Of)
	}
	t.Quote = strings.TrimSpace(t.Quote + " " + cmp.Or(words.Measure, in.Measure))
	t.Reason, t.Source = strings.TrimSpace(words.Reason), gov.Source{}
	if words.Document == "" {
		return nil
	}
	d, err := w.tx.Document(w.ctx, w.realm, words.Document)
	t.Source = gov.Source{Document: d.ID, Day: d.Date}
	return err
}

// revised is a target with other words.
func (w *targetWriter) revised(old gov.Target, words TargetWords) (gov.Target, error) {
	catalogue, err := catalogueIn(w.ctx, w.tx, w.realm)
	if err != nil {
		return old, err
	}
	in, err := catalogue.At(old.Indicator, old.Period.LastDay())
	if err != nil {
		return old, gov.Errorf(gov.Invalid, "error.indicator_unknown", old.Indicator)
	}
	t := old
	t.ID, t.Entered, t.Confirmed, t.Doubt, t.Session = w.next(), w.stamp, w.stamp, "", ""
	if err := w.say(&t, in, words); err != nil {
		return t, err
	}
	return t, gov.CheckRevision(old, t)
}

// write writes a target, in the place of another one where that is named, and into the search.
func (w *targetWriter) write(t gov.Target, instead gov.ID) error {
	if instead != "" {
		if err := w.tx.SupersedeTarget(w.ctx, w.realm, instead, t.ID); err != nil {
			return err
		}
	}
	if err := w.tx.CreateTarget(w.ctx, t); err != nil {
		return err
	}
	return w.tx.Index(w.ctx, gov.SearchEntry{Realm: w.realm, Noun: "target", Record: t.ID, Title: w.nameOf(t.Claim) + ": " + t.Quote,
		Body: w.unit(t.Unit, t.UnitName).Path, Day: t.Source.Day})
}

// handDown works out the parts, checks them together with those that stay, and writes what is new.
func (w *targetWriter) handDown(id gov.ID, in HandDownInput) (v HandDownView, err error) {
	g, err := w.targeting(id)
	if err != nil {
		return v, err
	}
	if g.whole.SupersededBy != "" {
		return v, gov.Errorf(gov.Conflict, "error.target_revised")
	}
	parts, instead, err := w.parts(g, in)
	if err != nil {
		return v, err
	}
	all := slices.Clone(parts)
	for _, t := range g.parts {
		if !slices.ContainsFunc(parts, func(n gov.Target) bool { return n.Unit == t.Unit }) {
			all = append(all, t)
		}
	}
	if v.Check, err = g.check(all); err != nil {
		return v, err
	}
	v.Missing, v.Easier = w.unitRefs(v.Check.Missing), w.unitRefs(v.Check.Easier)
	if in.Dry {
		return v, nil
	}
	if !v.Check.Enough && strings.TrimSpace(in.Reason) == "" {
		return v, gov.Errorf(gov.Invalid, "error.target_parts")
	}
	for i, t := range parts {
		if err := w.write(t, instead[i]); err != nil {
			return v, err
		}
	}
	v.Written = len(parts)
	return v, nil
}

// parts are the targets that handing down makes, with those that each takes the place of. What stays as it was is left out.
func (w *targetWriter) parts(g *targeting, in HandDownInput) (parts []gov.Target, instead []gov.ID, err error) {
	below := g.below()
	for _, p := range in.Parts {
		if strings.TrimSpace(p.Value) == "" {
			continue
		}
		if !slices.Contains(below, p.Unit) {
			return nil, nil, gov.Errorf(gov.Invalid, "error.target_unit", w.unit(p.Unit, p.Unit.Code).Name)
		}
		words := TargetWords{Value: p.Value, Measure: g.whole.Measure, Reason: in.Reason, Document: in.Document}
		made := TargetInput{Indicator: g.whole.Indicator, Unit: p.Unit, Period: g.whole.Period, Scope: g.whole.Scope, Comparator: g.whole.Comparator,
			Baseline: cmp.Or(in.Baseline, g.whole.Baseline), TargetWords: words}
		t, err := w.of(made)
		if err != nil {
			return nil, nil, err
		}
		t.Parent = g.whole.ID
		var old gov.Target
		if i := slices.IndexFunc(g.others, func(o gov.Target) bool { return o.Unit == p.Unit && o.Baseline == t.Baseline && o.Scope == t.Scope }); i >= 0 {
			old = g.others[i]
		}
		switch {
		case old.ID != p.Was:
			return nil, nil, gov.Errorf(gov.Conflict, "error.target_taken", w.unit(p.Unit, p.Unit.Code).Name, old.Quote, p.Value)
		case old.ID != "" && old.Value == t.Value && slices.ContainsFunc(g.parts, func(o gov.Target) bool { return o.ID == old.ID }):
			continue
		case old.ID != "" && old.Value != t.Value && t.Reason == "" && t.Source.Document == "":
			return nil, nil, gov.Errorf(gov.Invalid, "error.target_reason")
		}
		parts, instead = append(parts, t), append(instead, old.ID)
	}
	return parts, instead, nil
}
