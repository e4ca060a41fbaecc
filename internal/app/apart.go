package app

import (
	"context"
	"slices"
	"time"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// Entering is not confirming, and a deputy is not somebody else. Behind what was done stand whoever did it and, where he did it in the place of
// an absent, the absent. Nobody who is behind what was entered is behind its confirmation: not whoever entered, not his deputy in his place,
// and not the absent in whose place a deputy entered.

// apart is Forbidden with the sentence of key where somebody is behind a step and behind one of the things that it confirms. The program itself is nobody.
func (a *App) apart(ctx context.Context, tx gov.Tx, p access.Principal, perm access.Permission, done act, key string, entered ...gov.Stamp) error {
	if p.Account == "" {
		return nil
	}
	absent, err := a.actsFor(ctx, tx, p, perm, done)
	if err != nil {
		return err
	}
	for _, s := range entered {
		people, err := behind(ctx, tx, gov.Realm(p.Realm), s)
		switch {
		case err != nil:
			return err
		case slices.Contains(people, gov.ID(p.Account)), absent != "" && slices.Contains(people, absent):
			return gov.Errorf(gov.Forbidden, key)
		}
	}
	return nil
}

// behind lists who is behind something that was entered; nobody where the program did it. The line of the log of that instant says in whose place it
// was done.
func behind(ctx context.Context, tx gov.Tx, r gov.Realm, s gov.Stamp) ([]gov.ID, error) {
	if s.By == "" {
		return nil, nil
	}
	people := []gov.ID{s.By}
	if s.At.IsZero() {
		return people, nil
	}
	lines, _, err := tx.FindAudit(ctx, r, gov.AuditQuery{Account: s.By, From: s.At, Until: s.At.Add(time.Microsecond)})
	for _, l := range lines {
		if l.For != "" {
			people = append(people, l.For)
		}
	}
	return people, err
}

// A standing says where the office of a grant stands to a unit.
type standing int

// The standings.
const (
	beside standing = iota // the grant does not reach the unit
	level                  // it is the unit's own office, or that of the unit that carries its history on
	above                  // it is an office of a tier above
)

// standing works out where a grant's office stands to a unit. The office of the whole area is above every unit, its own among them: there is nobody else
// in these books to look its figures over.
func (a *App) standing(g access.Grant, unit gov.UnitKey) (standing, error) {
	k := gov.UnitKey{Code: g.Code, From: gov.Day(g.From)}
	switch {
	case g.All:
		return above, nil
	case k.Zero():
		return beside, nil
	}
	within, err := a.unitsOf(k)
	if err != nil || !slices.Contains(within, unit) {
		return beside, err
	}
	units, err := a.units()
	if err != nil {
		return beside, err
	}
	mine, err1 := units.Get(k)
	theirs, err2 := units.Get(unit)
	if err1 == nil && err2 == nil && mine.Level() < theirs.Level() {
		return above, nil
	}
	return level, nil
}

// serves reports whether a grant with the permission lets somebody do it for the unit: verifying is for an office above the unit, confirming for the
// unit's own, and everything else for whoever reaches the unit.
func (a *App) serves(g access.Grant, perm access.Permission, unit gov.UnitKey) (bool, error) {
	if !g.May(perm) {
		return false, nil
	}
	s, err := a.standing(g, unit)
	switch perm {
	case access.FiguresVerify:
		return s == above, err
	case access.FiguresConfirm:
		return s == level || s == above && (g.Code == "" || g.Code == unit.Code), err
	}
	return s != beside, err
}
