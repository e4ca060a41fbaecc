package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/lang"
)

// A unitMoving works out what a change moves, and writes it. Trying and applying are the same way; only the last step differs.
type unitMoving struct {
	*builder     // of the whole realm, on the units as they are after the change
	app          *App
	before       gov.Units
	id           gov.ID
	stamp        gov.Stamp
	ids          *gov.IDs
	trial        UnitTrial
	agencies     map[gov.ID]gov.Agency // with those that the change makes
	heirs        map[gov.UnitKey]gov.UnitKey
	heirAgencies map[gov.ID]gov.ID
	accounts     []gov.Account // that change their agency, as they will be
	journal      gov.UnitJournal
	targets      *targetWriter
}

// moving works a change out. What stands against it is in the trial; an error is of another kind.
func (a *App) moving(ctx context.Context, tx gov.Tx, p access.Principal, in UnitChangeInput, s gov.Stamp) (*unitMoving, error) {
	r := gov.Realm(p.Realm)
	all, err := unbounded(ctx, tx, r)
	if err != nil {
		return nil, err
	}
	before, err := a.units()
	if err != nil {
		return nil, err
	}
	m := &unitMoving{builder: a.builder(ctx, all, p, before), app: a, before: before, stamp: s, ids: gov.IDsFrom(s.At), agencies: map[gov.ID]gov.Agency{},
		heirs: map[gov.UnitKey]gov.UnitKey{}, heirAgencies: map[gov.ID]gov.ID{}}
	m.id = m.ids.Next()
	if err := m.settle(in); err != nil || len(m.trial.Faults) > 0 {
		return m, err
	}
	err = errors.Join(m.people(), m.matters(), m.targetsOf(), m.reports(), m.plans(), m.numbers())
	m.trial.Digest = m.digest()
	return m, err
}

// settle checks the change against the register and the agencies, and finds what takes the place of what.
func (m *unitMoving) settle(in UnitChangeInput) error {
	home, err1 := homeOf(m.ctx, m.tx, m.realm)
	keeper, err2 := m.keeper()
	list, err3 := m.tx.Agencies(m.ctx, m.realm)
	tree, err4 := m.app.unitsOf(home)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return err
	}
	t := &m.trial
	given := len(in.Agencies)
	in.Agencies, t.Faults = named(in, list)
	if len(t.Faults) > 0 {
		return nil
	}
	t.Change, t.Effect, t.Faults = in.Effect(m.before, home.Code, func(k gov.UnitKey) bool { return slices.Contains(tree, k) })
	if len(t.Faults) > 0 {
		return nil
	}
	t.Future = t.Change.Day > m.today
	after, err := m.app.book.after(t.Effect)
	if err != nil {
		return err
	}
	m.units = after
	for _, k := range t.Effect.Ended {
		t.Ended = append(t.Ended, m.unitBefore(k))
		if heir, ok := t.Effect.Heir(t.Change, k); ok {
			m.heirs[k] = heir
		}
	}
	t.Begun, t.Goes = t.Effect.Begun, m.unitRefs(t.Effect.Continuing)
	for _, s := range t.Effect.Successions {
		if ref := m.unitBefore(s.Old); s.Extent == gov.Part && !slices.Contains(t.Parted, ref) {
			t.Parted = append(t.Parted, ref)
		}
	}
	if given == 0 && !in.KeepAgencies {
		t.Change.Agencies = append(t.Change.Agencies, gov.ProposeAgencies(unnamed(list, t.Change.Agencies), t.Change, t.Effect, m.before, after, keeper)...)
	}
	if t.Faults = t.Change.CheckAgencies(list, keeper); len(t.Faults) > 0 {
		return nil
	}
	for _, g := range list {
		m.agencies[g.ID] = g
	}
	for _, c := range t.Change.Agencies {
		m.succeed(c)
	}
	for _, g := range list {
		if _, moves := m.heirAgencies[g.ID]; !moves && g.To == "" && slices.Contains(t.Effect.Ended, g.Unit) {
			t.Orphans = append(t.Orphans, g)
		}
	}
	return nil
}

// keeper is the agency that the realm was begun for.
func (m *unitMoving) keeper() (gov.ID, error) {
	list, err := m.tx.Holdings(m.ctx)
	for _, h := range list {
		if h.Realm == m.realm {
			return h.Agency, err
		}
	}
	return "", err
}

func (m *unitMoving) unitBefore(k gov.UnitKey) UnitRef {
	ref := UnitRef{Key: k, Name: k.Code, Path: k.Code}
	if u, err := m.before.Get(k); err == nil {
		ref.Name, ref.Path = u.Full(), gov.UnitPath(m.before, u)
	}
	return ref
}

// succeed puts one agency in the place of others: one that is there, or a new one of the unit that is named or that the first old one belongs to now.
func (m *unitMoving) succeed(c gov.AgencyChange) {
	move := AgencyMove{AgencySuccession: gov.AgencySuccession{Old: c.Old, New: c.Into}}
	first := m.agencies[c.Old[0]]
	if c.Into == "" {
		unit := first.Unit
		if heir, ok := m.heirs[unit]; ok {
			unit = heir
		}
		if c.Unit != "" {
			u, err := m.units.At(c.Unit, m.trial.Change.Day)
			if err != nil {
				m.trial.Faults = append(m.trial.Faults, gov.Errorf(gov.Invalid, "error.unitchange_agency_unit", c.Unit, c.Name))
				return
			}
			unit = u.UnitKey
		}
		made := gov.Agency{Realm: m.realm, ID: m.ids.Next(), Name: c.Name, Unit: unit, Line: cmp.Or(c.Line, first.Line), From: m.trial.Change.Day}
		m.agencies[made.ID] = made
		move.AgencySuccession.New, move.Made = made.ID, true
	}
	move.New = m.agencies[move.AgencySuccession.New]
	for _, id := range c.Old {
		move.Old = append(move.Old, m.agencies[id])
		m.heirAgencies[id] = move.New.ID
	}
	m.trial.Agencies = append(m.trial.Agencies, move)
}

// ended lists the agencies that end.
func (m *unitMoving) ended() (ids []gov.ID) {
	for _, a := range m.trial.Agencies {
		ids = append(ids, a.AgencySuccession.Old...)
	}
	return ids
}

// matters finds the open matters in which a body is named that ends. Finished ones keep the names under which they were done.
func (m *unitMoving) matters() error {
	reach := gov.Reach{Units: m.trial.Effect.Ended, Agencies: m.ended()}
	if len(reach.Units)+len(reach.Agencies) == 0 {
		return nil
	}
	list, err := everyMatter(m.ctx, m.tx.Within(reach), m.realm, gov.MatterQuery{States: unfinished})
	if err != nil {
		return err
	}
	for _, x := range list {
		line := MatterMove{Kind: x.Kind, Text: x.Text, MovedMatter: gov.MovedMatter{ID: x.ID, Before: x.Parties}}
		var changed bool
		if line.After, changed = gov.Follow(x.Parties, m.heir, m.heirAgency, m.renamed); changed {
			m.journal.Matters = append(m.journal.Matters, line.MovedMatter)
		}
		for _, p := range x.Parties {
			if _, ok := m.heirs[p.Unit]; !ok && slices.Contains(m.trial.Effect.Ended, p.Unit) {
				line.Stays = true
				line.Bodies = append(line.Bodies, BodyMove{From: m.unitBefore(p.Unit).Name})
			}
		}
		line.Bodies = append(line.Bodies, m.bodies(x.Parties)...)
		if changed || line.Stays {
			m.trial.Matters = append(m.trial.Matters, line)
		}
	}
	return nil
}

func (m *unitMoving) heir(k gov.UnitKey) (gov.UnitKey, bool) {
	to, ok := m.heirs[k]
	return to, ok
}

func (m *unitMoving) heirAgency(id gov.ID) (gov.Agency, bool) {
	to, ok := m.heirAgencies[id]
	return m.agencies[to], ok
}

func (m *unitMoving) renamed(words string, from, to gov.UnitKey) string {
	old, err1 := m.before.Get(from)
	now, err2 := m.units.Get(to)
	if err1 != nil || err2 != nil {
		return words
	}
	return gov.Renamed(words, old, now)
}

// bodies lists which names change in a matter, each once.
func (m *unitMoving) bodies(parties []gov.Party) []BodyMove {
	var list []BodyMove
	for _, p := range parties {
		after, changed := gov.Follow([]gov.Party{p}, m.heir, m.heirAgency, m.renamed)
		if !changed {
			continue
		}
		move := BodyMove{p.Name, after[0].Name}
		if move.From == move.To || move.From == "" {
			move = BodyMove{m.unitBefore(p.Unit).Name, m.unit(after[0].Unit, after[0].Unit.Code).Name}
		}
		if move.From == move.To { // the same name, of what began anew
			move.To = lang.VI.T("unitchange.note.anew", move.To, lang.VI.Date(string(m.trial.Change.Day)))
		}
		if !slices.Contains(list, move) {
			list = append(list, move)
		}
	}
	return list
}

// reports lists what units that end still owe for periods before the day: whoever carries their history reports it under the old name.
func (m *unitMoving) reports() error {
	forms, err := formsIn(m.ctx, m.tx, m.realm)
	if err != nil {
		return err
	}
	for _, k := range m.trial.Effect.Ended {
		for year := m.trial.Change.Day.Year() - 1; year <= m.trial.Change.Day.Year(); year++ {
			v := OwedView{Year: year, Today: m.today}
			if err := m.reportsOwed(&v, forms, k.Code); err != nil {
				return err
			}
			for _, l := range v.Lines {
				if l.Report.Unit == k && l.Report.Open() {
					m.trial.Reports = append(m.trial.Reports, l)
				}
			}
		}
	}
	return nil
}

// plans finds the plans that still make tasks for units that end, or belong to agencies that do. What a plan says is its keeper's: it is not changed here.
func (m *unitMoving) plans() error {
	q := gov.PlanQuery{Page: gov.Page{Limit: 200}}
	for {
		list, next, err := m.tx.Plans(m.ctx, m.realm, q)
		if err != nil {
			return err
		}
		for _, p := range list {
			ends := slices.Contains(m.ended(), p.Agency) || slices.ContainsFunc(p.Units, func(k gov.UnitKey) bool { return slices.Contains(m.trial.Effect.Ended, k) })
			if ends && p.State != gov.PlanEnded {
				m.trial.Plans = append(m.trial.Plans, p)
			}
		}
		if q.Page.After = next; next == "" {
			return nil
		}
	}
}

// numbers finds with which number the documents of each agency that ends stop in the year of the change, so that its register can be closed. The
// numbers of what takes its place begin at 1.
func (m *unitMoving) numbers() error {
	for _, id := range m.ended() {
		body := m.agencies[id]
		open, err := m.tx.OpenReviews(m.ctx, m.realm, id, 0)
		if err != nil {
			return err
		}
		m.trial.Reviews += len(open)
		lines := []NumberLine{}
		page := gov.Page{Limit: 500}
		for {
			list, next, err := m.tx.Documents(m.ctx, m.realm, id, page)
			if err != nil {
				return err
			}
			for _, d := range list {
				lines = countNumber(lines, d, body, m.trial.Change.Day)
			}
			if page.After = next; next == "" {
				break
			}
		}
		if len(lines) == 0 {
			lines = append(lines, NumberLine{Agency: body.Name})
		}
		slices.SortFunc(lines, func(x, y NumberLine) int { return cmp.Compare(x.Symbol, y.Symbol) })
		m.trial.Numbers = append(m.trial.Numbers, lines...)
	}
	return nil
}

// digest names what a change does, so that nothing happens that nobody has looked at. Ids that are made anew each time are left out.
func (m *unitMoving) digest() string {
	var b strings.Builder
	t := &m.trial
	fmt.Fprintln(&b, t.Change, t.Effect, t.People, t.Deputies, len(t.Orphans))
	for _, a := range t.Agencies {
		fmt.Fprintln(&b, "agency", a.AgencySuccession.Old, a.New.Name, a.New.Unit, a.Made)
	}
	for _, x := range t.Matters {
		fmt.Fprintln(&b, "matter", x.ID, x.Before, x.Bodies, x.Stays)
	}
	for _, g := range t.Grants {
		fmt.Fprintln(&b, "grant", g.Account, g.Ended, g.From, g.To)
	}
	for _, x := range t.Targets {
		fmt.Fprintln(&b, "target", x.Indicator.Key, x.Period, x.Baseline, x.Unit.Key, x.Value, x.WhyNot)
		for _, o := range x.Old {
			fmt.Fprintln(&b, o.ID)
		}
	}
	return gov.SHA256([]byte(b.String()))[:32]
}

// write carries the change out.
func (m *unitMoving) write() error {
	done := gov.AppliedChange{ID: m.id, UnitChange: m.trial.Change, Effect: m.trial.Effect, Applied: m.stamp}
	for _, a := range m.trial.Agencies {
		done.Successors = append(done.Successors, a.AgencySuccession)
		if a.Made {
			if err := m.tx.CreateAgency(m.ctx, a.New); err != nil {
				return err
			}
		}
		for _, id := range a.AgencySuccession.Old {
			if err := m.tx.EndAgency(m.ctx, m.realm, id, m.trial.Change.Day); err != nil {
				return err
			}
		}
	}
	for _, acc := range m.accounts {
		if err := m.tx.UpdateAccount(m.ctx, acc); err != nil {
			return err
		}
	}
	for _, g := range m.trial.Grants {
		if g.To == "" {
			continue
		}
		if err := m.tx.EndGrant(m.ctx, m.realm, g.Ended, m.stamp); err != nil {
			return err
		}
		if g.gives != nil {
			if err := m.tx.CreateGrant(m.ctx, *g.gives); err != nil {
				return err
			}
		}
	}
	for _, x := range m.trial.Matters {
		if err := m.moveMatter(x); err != nil {
			return err
		}
	}
	for _, x := range m.trial.Targets {
		if err := m.moveTarget(x); err != nil {
			return err
		}
	}
	return errors.Join(putEntry(m.ctx, m.tx, m.realm, gov.EntryJournal, string(m.id), done.Source, m.stamp, m.journal),
		putEntry(m.ctx, m.tx, m.realm, gov.EntrySuccession, string(m.id), done.Source, m.stamp, done))
}

// moveMatter writes the new bodies into a matter, with an event that names the former ones.
func (m *unitMoving) moveMatter(x MatterMove) error {
	var names []string
	for _, b := range x.Bodies {
		if b.To != "" {
			names = append(names, b.From+" → "+b.To)
		}
	}
	if len(names) == 0 {
		return nil
	}
	note := lang.VI.T("unitchange.note.moved", lang.VI.Date(string(m.trial.Change.Day)), m.trial.Change.Source, strings.Join(names, "; "))
	return putParties(m.ctx, m.tx, m.realm, x.ID, x.After, m.stamp, note)
}

// putParties writes the bodies of a matter, with the event that says why.
func putParties(ctx context.Context, tx gov.Tx, r gov.Realm, id gov.ID, parties []gov.Party, s gov.Stamp, note string) error {
	now, err := tx.Matter(ctx, r, id)
	if err != nil {
		return err
	}
	now.Parties = parties
	return errors.Join(tx.UpdateMatter(ctx, now), tx.AddEvent(ctx, gov.MatterEvent{Realm: r, Matter: id, At: s.At, By: s.By, Action: gov.ActMove,
		From: now.State, To: now.State, Note: note}))
}
