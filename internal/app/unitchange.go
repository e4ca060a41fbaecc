package app

import (
	"context"
	"slices"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// UnitChangeInput is a change of units and agencies as somebody asks for it.
type UnitChangeInput struct {
	gov.UnitChange
	Bodies       []BodyNames // changes of agencies by their names
	KeepAgencies bool        // without changes of agencies none are proposed
	Seen         string      // the digest of the trial that was looked at; empty: whatever comes is wanted
}

// BodyNames puts one agency in the place of others by their names: one that is there goes on, else a new one is made.
type BodyNames struct {
	Old []string
	New string
}

// UnitNamed finds the unit that somebody typed by its code or name, as of a day.
func (a *App) UnitNamed(ctx context.Context, p access.Principal, name string, on gov.Day) (k gov.UnitKey, err error) {
	err = a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			home, err := homeOf(ctx, tx, gov.Realm(p.Realm))
			if err != nil {
				return err
			}
			u, err := findUnitOf(units, home, strings.TrimSpace(name), on)
			k = u.UnitKey
			return err
		})
	})
	return k, err
}

// A UnitTrial is what a change would do, or did: what moves, what does not, and why.
type UnitTrial struct {
	Change   gov.UnitChange // with what was filled in and proposed
	Faults   []*gov.Error   // what stands against it; then nothing else is here
	Effect   gov.UnitEffect
	Ended    []UnitRef
	Begun    []gov.UnitVersion
	Goes     []UnitRef // go on under their own keys
	Parted   []UnitRef // units of which a part goes: their figures cannot be restated until somebody enters shares
	Future   bool      // its day has not come: it cannot be applied yet
	Agencies []AgencyMove
	Orphans  []gov.Agency // agencies of units that end, whose place nothing takes
	Matters  []MatterMove
	Grants   []GrantMove
	Targets  []TargetMove
	Reports  []OwedLine   // still owed by units that end, for periods before
	Plans    []gov.Plan   // that still make tasks and name a unit or agency that ends: whoever keeps them writes a new version
	Numbers  []NumberLine // with which the documents of former bodies end
	People   int          // who work for another agency from then on
	Deputies int          // that go on, because they are between people
	Reviews  int          // readings of former agencies that somebody still has to look through
	Digest   string       // names exactly this
}

// Moving counts the matters that move; the others name a unit whose heir is open.
func (t UnitTrial) Moving() (n int) {
	for _, m := range t.Matters {
		if !m.Stays {
			n++
		}
	}
	return n
}

// An AgencyMove is one agency in the place of others.
type AgencyMove struct {
	Old []gov.Agency
	New gov.Agency
	gov.AgencySuccession
}

// A MatterMove is one open matter whose bodies change.
type MatterMove struct {
	gov.MovedMatter
	Kind   gov.MatterKind
	Text   string
	Bodies []BodyMove
	Stays  bool // it names a unit whose heir is open: a person has to decide
}

// A BodyMove is one name that another takes the place of.
type BodyMove struct{ From, To string }

// A GrantMove is a role that ends and begins for what takes the place; To is empty where nobody said what does.
type GrantMove struct {
	gov.MovedGrant
	Login    string
	Role     string
	From, To string // agency and unit
	held     gov.Grant
	gives    *gov.Grant
}

// A TargetMove is what the targets of former units come to. Where WhyNot says why there is none, a person has to set it anew.
type TargetMove struct {
	gov.Rolled
	Indicator gov.Indicator
	Name      string
	Period    gov.Period
	Baseline  gov.Baseline
	Unit      UnitRef
	Old       []TargetLine
	made      *gov.Target
}

// A NumberLine is the last number that a body gave under a symbol in the year of the change.
type NumberLine struct {
	Agency string
	Symbol string // empty: nothing is known of the body's documents
	Last   int
	Count  int
}

// TryUnitChange says what a change would do and writes nothing. Documents of the agencies that end are looked through for their numbers, whoever holds
// them: nothing but the number is shown.
func (a *App) TryUnitChange(ctx context.Context, p access.Principal, in UnitChangeInput) (v UnitTrial, err error) {
	err = a.view(ctx, p, access.UnitsMerge, func(tx gov.Tx) error {
		m, err := a.moving(ctx, tx, p, in, a.stamp(p))
		v = m.trial
		return err
	})
	return v, err
}

// ApplyUnitChange carries a change out: the register, agencies, open matters, roles, people and targets in one transaction, with a journal of what was
// before. Where the books changed since the trial that somebody looked at, nothing is done.
func (a *App) ApplyUnitChange(ctx context.Context, p access.Principal, in UnitChangeInput) (id gov.ID, v UnitTrial, err error) {
	if err := a.permitFresh(p, access.UnitsMerge); err != nil {
		return "", v, err
	}
	err = a.update(ctx, p, access.UnitsMerge, func(tx gov.Tx, s gov.Stamp) (act, error) {
		m, err := a.moving(ctx, tx, p, in, s)
		if err != nil {
			return act{}, err
		}
		v, id = m.trial, m.id
		switch {
		case len(v.Faults) > 0:
			return act{}, v.Faults[0]
		case v.Future:
			return act{}, gov.Errorf(gov.Invalid, "error.unitchange_future", string(v.Change.Day))
		case in.Seen != "" && in.Seen != v.Digest:
			return act{}, gov.Errorf(gov.Conflict, "error.unitchange_moved")
		}
		return act{"unitchange.apply", "unitchange", m.id}, m.write()
	})
	return id, v, err
}

// UnitChangesView lists the changes that were carried out, the last one first.
type UnitChangesView struct {
	Lines []UnitChangeLine
}

// A UnitChangeLine is one change, in force or undone.
type UnitChangeLine struct {
	gov.AppliedChange
	Units    []BodyMove // what became of which unit, in words
	Offices  []BodyMove
	Journal  gov.UnitJournal
	Matters  []MatterMove // the first of the journal's, with their words as they are now
	By       string       // office
	Undone   *gov.Entry
	UndoneBy string
}

// UnitChanges lists the changes of the realm's units; id narrows to one.
func (a *App) UnitChanges(ctx context.Context, p access.Principal, id gov.ID) (v UnitChangesView, err error) {
	err = a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.UnitsMerge, func(tx gov.Tx) error {
			v.Lines = nil
			b := a.builder(ctx, tx, p, units)
			entries, err := tx.Entries(ctx, b.realm, gov.EntrySuccession)
			if err != nil {
				return err
			}
			for _, e := range entries {
				if id != "" && e.Key != string(id) {
					continue
				}
				l, err := b.unitChangeLine(e, id != "")
				if err != nil {
					return err
				}
				v.Lines = append(v.Lines, l)
			}
			slices.SortStableFunc(v.Lines, func(x, y UnitChangeLine) int { return y.Applied.At.Compare(x.Applied.At) })
			if id != "" && len(v.Lines) == 0 {
				return gov.Errorf(gov.NotFound, "error.not_found")
			}
			return nil
		})
	})
	return v, err
}

// unitChangeLine reads a change with what became of it; its journal where it is asked for.
func (b *builder) unitChangeLine(e gov.Entry, journal bool) (l UnitChangeLine, err error) {
	first := e
	if e.Body == "" {
		history, err := b.tx.EntryHistory(b.ctx, b.realm, gov.EntrySuccession, e.Key)
		if err != nil {
			return l, err
		}
		first, l.Undone, l.UndoneBy = history[0], &e, b.officeOf(e.Entered.By)
	}
	if l.AppliedChange, err = decodeEntry[gov.AppliedChange](first); err != nil {
		return l, err
	}
	l.By = b.officeOf(l.Applied.By)
	for _, s := range l.Effect.Successions {
		l.Units = append(l.Units, BodyMove{b.unit(s.Old, s.Old.Code).Name, b.nameAfter(l.Effect, s.New)})
	}
	for _, s := range l.Successors {
		var names []string
		for _, id := range s.Old {
			names = append(names, b.agencyName(id))
		}
		l.Offices = append(l.Offices, BodyMove{strings.Join(names, ", "), b.agencyName(s.New)})
	}
	if !journal {
		return l, nil
	}
	if l.Journal, err = b.journalOf(l.ID); err != nil {
		return l, err
	}
	for _, x := range l.Journal.Matters[:min(len(l.Journal.Matters), MostMoved)] {
		m, err := b.tx.Matter(b.ctx, b.realm, x.ID)
		if gov.IsNotFound(err) {
			continue
		} else if err != nil {
			return l, err
		}
		l.Matters = append(l.Matters, MatterMove{MovedMatter: x, Kind: m.Kind, Text: m.Text, Bodies: renamings(x.Before, x.After)})
	}
	return l, nil
}

// MostMoved is how many of the things that a change moves are listed; counts are of all.
const MostMoved = 100

// renamings are the names that a matter bore before a change and not after it, each with the one that stands in the same role now.
func renamings(before, after []gov.Party) (list []BodyMove) {
	has := func(parties []gov.Party, name string) bool {
		return slices.ContainsFunc(parties, func(p gov.Party) bool { return p.Name == name })
	}
	for _, p := range before {
		i := slices.IndexFunc(after, func(q gov.Party) bool { return q.Role == p.Role && !has(before, q.Name) })
		if has(after, p.Name) || i < 0 {
			continue
		}
		if move := (BodyMove{p.Name, after[i].Name}); !slices.Contains(list, move) {
			list = append(list, move)
		}
	}
	return list
}

// nameAfter is the name of a unit that a change made, also where it was undone and the register does not know it any more.
func (b *builder) nameAfter(e gov.UnitEffect, k gov.UnitKey) string {
	for _, u := range e.Begun {
		if u.UnitKey == k {
			return u.Full()
		}
	}
	return b.unit(k, k.Code).Name
}

// agencyName is the name of an agency; its id where it is gone.
func (b *builder) agencyName(id gov.ID) string {
	a, err := b.tx.Agency(b.ctx, b.realm, id)
	if err != nil {
		return string(id)
	}
	return a.Name
}

// journalOf is what a change moved.
func (b *builder) journalOf(id gov.ID) (gov.UnitJournal, error) {
	history, err := b.tx.EntryHistory(b.ctx, b.realm, gov.EntryJournal, string(id))
	if err != nil || len(history) == 0 {
		return gov.UnitJournal{}, err
	}
	return decodeEntry[gov.UnitJournal](history[0])
}
