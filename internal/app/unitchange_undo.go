package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/lang"
)

// UnitUndo is what undoing a change would restore, or restored; what somebody changed since is kept and named.
type UnitUndo struct {
	Line    UnitChangeLine
	Against []*gov.Error // why it cannot be undone honestly; empty: it can
	Matters int
	Grants  int
	People  int
	Targets int
	Kept    []KeptLine
}

// A KeptLine is something that undoing leaves to a person, because somebody changed it since.
type KeptLine struct {
	Noun  string // "matter", "grant", "account", "agency"
	ID    gov.ID
	Words string
	Why   string // key of the catalogue
}

// TryUndoUnitChange says what undoing a change would restore and writes nothing.
func (a *App) TryUndoUnitChange(ctx context.Context, p access.Principal, id gov.ID) (v UnitUndo, err error) {
	err = a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.UnitsMerge, func(tx gov.Tx) error {
			u, err := a.undoing(ctx, tx, p, units, id, a.stamp(p))
			v = u.v
			return err
		})
	})
	return v, err
}

// UndoUnitChange takes a change back, with a reason: the register, agencies, open matters, roles, people and targets are as before, but for what
// somebody changed since, which is kept and listed. It is refused where records rest on the change that would be left without a unit.
func (a *App) UndoUnitChange(ctx context.Context, p access.Principal, id gov.ID, reason string) (v UnitUndo, err error) {
	if err := a.permitFresh(p, access.UnitsMerge); err != nil {
		return v, err
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return v, gov.Errorf(gov.Invalid, "error.unitchange_reason")
	}
	err = a.withRegister(func(units gov.Units) error {
		return a.update(ctx, p, access.UnitsMerge, func(tx gov.Tx, s gov.Stamp) (act, error) {
			u, err := a.undoing(ctx, tx, p, units, id, s)
			if err != nil {
				return act{}, err
			}
			if v = u.v; len(v.Against) > 0 {
				return act{}, v.Against[0]
			}
			return act{"unitchange.undo", "unitchange", id}, u.write(reason)
		})
	})
	return v, err
}

// A unitUndoing works out what undoing a change restores, and writes it.
type unitUndoing struct {
	*builder
	v       UnitUndo
	stamp   gov.Stamp
	ids     *gov.IDs
	note    string
	matters []gov.MovedMatter
	grants  []gov.Grant // that are given again
	ends    []gov.ID    // grants that end
	people  []gov.Account
	targets []gov.MovedTarget
}

func (a *App) undoing(ctx context.Context, tx gov.Tx, p access.Principal, units gov.Units, id gov.ID, s gov.Stamp) (*unitUndoing, error) {
	u := &unitUndoing{stamp: s, ids: gov.IDsFrom(s.At)}
	all, err := unbounded(ctx, tx, gov.Realm(p.Realm))
	if err != nil {
		return u, err
	}
	u.builder = a.builder(ctx, all, p, units)
	entries, err := all.Entries(ctx, u.realm, gov.EntrySuccession)
	if err != nil {
		return u, err
	}
	i := slices.IndexFunc(entries, func(e gov.Entry) bool { return e.Key == string(id) })
	if i < 0 {
		return u, gov.Errorf(gov.NotFound, "error.not_found")
	}
	if u.v.Line, err = u.unitChangeLine(entries[i], true); err != nil {
		return u, err
	}
	if u.v.Line.Undone != nil {
		u.v.Against = append(u.v.Against, gov.Errorf(gov.Conflict, "error.unitchange_undone"))
		return u, nil
	}
	for _, c := range a.book.inForce(u.realm) {
		if c.ID != id && c.Applied.At.After(u.v.Line.Applied.At) && c.RestsOn(u.v.Line.AppliedChange) {
			u.v.Against = append(u.v.Against, gov.Errorf(gov.Conflict, "error.unitchange_rests", c.Source, lang.VI.Date(string(c.Day))))
		}
	}
	u.note = lang.VI.T("unitchange.note.undone", u.v.Line.Source)
	return u, errors.Join(u.resting(), u.undoMatters(), u.undoGrants(), u.undoPeople(), u.undoTargets())
}

// against notes records that would be left without a unit.
func (u *unitUndoing) against(noun string, n int, where string) {
	if n > 0 {
		u.v.Against = append(u.v.Against, gov.Errorf(gov.Conflict, "error.unitchange_used_"+noun, n, where))
	}
}

// resting finds the records that rest on the units as they are after the change. On a unit that began with it everything does; on one that goes on,
// what was entered since for periods that end on its day or later.
func (u *unitUndoing) resting() error {
	l := &u.v.Line
	for _, began := range l.Effect.Begun {
		if err := u.restingOn(began.UnitKey, false); err != nil {
			return err
		}
	}
	for _, k := range l.Effect.Continuing {
		if err := u.restingOn(k, true); err != nil {
			return err
		}
	}
	made := gov.Reach{}
	for _, began := range l.Effect.Begun {
		made.Units = append(made.Units, began.UnitKey)
	}
	for _, s := range l.Successors {
		if !s.Made {
			continue
		}
		made.Agencies = append(made.Agencies, s.New)
		list, _, err := u.tx.Documents(u.ctx, u.realm, s.New, gov.Page{Limit: 1})
		if err != nil {
			return err
		}
		u.against("documents", len(list), u.agencyName(s.New))
	}
	if len(made.Units)+len(made.Agencies) == 0 {
		return nil
	}
	list, err := everyMatter(u.ctx, u.tx.Within(made), u.realm, gov.MatterQuery{})
	n, words := 0, ""
	for _, m := range list {
		if !slices.ContainsFunc(l.Journal.Matters, func(o gov.MovedMatter) bool { return o.ID == m.ID }) {
			n, words = n+1, m.Text
		}
	}
	u.against("matters", n, words)
	return err
}

func (u *unitUndoing) restingOn(k gov.UnitKey, goesOn bool) error {
	l := &u.v.Line
	since := func(period gov.Period, s gov.Stamp) bool {
		return !goesOn || period.LastDay() >= l.Day && s.At.After(l.Applied.At)
	}
	name := u.nameAfter(l.Effect, k)
	figures, err1 := u.tx.Figures(u.ctx, u.realm, gov.FigureQuery{Unit: k.Code})
	figures = slices.DeleteFunc(figures, func(f gov.Figure) bool { return f.Unit != k || !since(f.Period, f.Entered) })
	u.against("figures", len(figures), name)
	targets, err2 := u.tx.Targets(u.ctx, u.realm, gov.FigureQuery{Unit: k.Code})
	targets = slices.DeleteFunc(targets, func(t gov.Target) bool {
		return t.Unit != k || !since(t.Period, t.Entered) || slices.ContainsFunc(l.Journal.Targets, func(o gov.MovedTarget) bool { return o.New == t.ID })
	})
	u.against("targets", len(targets), name)
	if err := errors.Join(err1, err2); err != nil || goesOn {
		return err
	}
	reports, err1 := u.tx.Reports(u.ctx, u.realm, gov.ReportQuery{Unit: k.Code})
	reports = slices.DeleteFunc(reports, func(r gov.Report) bool { return r.Unit != k })
	u.against("reports", len(reports), name)
	sessions := 0
	page := gov.Page{Limit: 200}
	for {
		list, next, err := u.tx.Sessions(u.ctx, u.realm, k.Code, page)
		for _, s := range list {
			if s.Concerns(k) {
				sessions++
			}
		}
		if page.After = next; next == "" || err != nil {
			u.against("sessions", sessions, name)
			return errors.Join(err1, err)
		}
	}
}

func (u *unitUndoing) keep(noun string, id gov.ID, words, why string) {
	u.v.Kept = append(u.v.Kept, KeptLine{noun, id, words, why})
}

// undoMatters finds the matters that get their former bodies again: those that are still owed and whose bodies nobody changed since.
func (u *unitUndoing) undoMatters() error {
	for _, x := range u.v.Line.Journal.Matters {
		now, err := u.tx.Matter(u.ctx, u.realm, x.ID)
		switch {
		case gov.IsNotFound(err):
			continue
		case err != nil:
			return err
		case now.State.Finished() || now.SupersededBy != "":
			u.keep("matter", x.ID, now.Text, "unitchange.kept.finished")
		case !slices.Equal(now.Parties, x.After):
			u.keep("matter", x.ID, now.Text, "unitchange.kept.changed")
		default:
			u.matters = append(u.matters, x)
		}
	}
	u.v.Matters = len(u.matters)
	return nil
}

// undoGrants finds the roles that end, and those that are given again as they were. Who was given or lost a role since keeps it so.
func (u *unitUndoing) undoGrants() error {
	ended := map[gov.ID]bool{}
	for _, x := range u.v.Line.Journal.Grants {
		was, err := u.tx.Grant(u.ctx, u.realm, x.Ended)
		if err != nil {
			return err
		}
		if x.Given != "" {
			now, err := u.tx.Grant(u.ctx, u.realm, x.Given)
			if err != nil {
				return err
			}
			if !now.Ended.At.IsZero() {
				u.keep("grant", x.Account, now.Role+", "+u.agencyName(now.Agency), "unitchange.kept.ended")
				continue
			}
			u.ends, ended[x.Given] = append(u.ends, x.Given), true
		}
		was.ID, was.Given, was.Ended = u.ids.Next(), u.stamp, gov.Stamp{}
		u.grants = append(u.grants, was)
	}
	u.v.Grants = len(u.grants)
	return u.newGrants(ended)
}

// newGrants lists roles that were given since for what began with the change: whoever manages accounts has to look at them.
func (u *unitUndoing) newGrants(ended map[gov.ID]bool) error {
	l := &u.v.Line
	accounts, err := u.tx.Accounts(u.ctx, u.realm)
	if err != nil {
		return err
	}
	for _, acc := range accounts {
		list, err := u.tx.GrantsOf(u.ctx, u.realm, acc.ID)
		if err != nil {
			return err
		}
		for _, g := range list {
			began := slices.ContainsFunc(l.Effect.Begun, func(v gov.UnitVersion) bool { return v.UnitKey == g.Unit }) ||
				slices.ContainsFunc(l.Successors, func(s gov.AgencySuccession) bool { return s.Made && s.New == g.Agency })
			if began && g.Ended.At.IsZero() && !ended[g.ID] {
				u.keep("grant", acc.ID, acc.Login+": "+g.Role+", "+u.agencyName(g.Agency), "unitchange.kept.given")
			}
		}
	}
	return nil
}

// undoPeople finds who works for the former agency again.
func (u *unitUndoing) undoPeople() error {
	for _, x := range u.v.Line.Journal.Accounts {
		acc, err := u.tx.Account(u.ctx, u.realm, x.ID)
		if err != nil {
			return err
		}
		if acc.Agency != x.After {
			u.keep("account", x.ID, acc.Login, "unitchange.kept.works")
			continue
		}
		acc.Agency = x.Before
		u.people = append(u.people, acc)
	}
	u.v.People = len(u.people)
	return nil
}

// undoTargets finds the targets that are in force again.
func (u *unitUndoing) undoTargets() error {
	for _, x := range u.v.Line.Journal.Targets {
		t, err := u.tx.Target(u.ctx, u.realm, x.New)
		if err != nil {
			return err
		}
		if t.SupersededBy != "" {
			u.against("targets", 1, t.Quote) // revised since: the revision stands on the unit as it is now
			continue
		}
		u.targets = append(u.targets, x)
		u.v.Targets += len(x.Old)
	}
	return nil
}

// write takes the change back.
func (u *unitUndoing) write(reason string) error {
	l := &u.v.Line
	for _, s := range l.Successors {
		for _, id := range s.Old {
			if err := u.tx.EndAgency(u.ctx, u.realm, id, ""); err != nil {
				return err
			}
		}
		if s.Made { // it was never there
			if err := u.tx.EndAgency(u.ctx, u.realm, s.New, l.Day); err != nil {
				return err
			}
		}
	}
	for _, acc := range u.people {
		if err := u.tx.UpdateAccount(u.ctx, acc); err != nil {
			return err
		}
	}
	for _, id := range u.ends {
		if err := u.tx.EndGrant(u.ctx, u.realm, id, u.stamp); err != nil {
			return err
		}
	}
	for _, g := range u.grants {
		if err := u.tx.CreateGrant(u.ctx, g); err != nil {
			return err
		}
	}
	for _, x := range u.matters {
		if err := putParties(u.ctx, u.tx, u.realm, x.ID, x.Before, u.stamp, u.note); err != nil {
			return err
		}
	}
	for _, x := range u.targets {
		for _, id := range x.Old {
			if err := u.tx.RestoreTarget(u.ctx, u.realm, id, x.New); err != nil {
				return err
			}
		}
		if err := u.tx.SupersedeTarget(u.ctx, u.realm, x.New, l.ID); err != nil {
			return err
		}
	}
	_, err := u.tx.PutEntry(u.ctx, gov.Entry{Realm: u.realm, Kind: gov.EntrySuccession, Key: string(l.ID), Note: reason, Entered: u.stamp})
	return errors.Join(err, putEntry(u.ctx, u.tx, u.realm, gov.EntryJournal, string(l.ID), reason, u.stamp, u.v.Kept))
}
