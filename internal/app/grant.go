package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// A GrantLine is a grant as pages show it.
type GrantLine struct {
	gov.Grant
	Agency string // its name
	Unit   string // its name with the units above; empty: none
	All    bool   // the unit is the one that the realm serves
	Now    bool   // in force today
	By     string // who gave it; empty: the program itself
}

// A DeputyLine says who stands in for whom.
type DeputyLine struct {
	gov.Deputy
	Absent string // names
	Who    string
	Now    bool // today
	Open   bool // today or later
}

// grantsInForce lists the grants of an account on a day.
func grantsInForce(ctx context.Context, tx gov.Tx, r gov.Realm, account gov.ID, day gov.Day) ([]gov.Grant, error) {
	list, err := tx.GrantsOf(ctx, r, account)
	return slices.DeleteFunc(list, func(g gov.Grant) bool { return !g.On(day) }), err
}

// rolesOf lists the roles that an account holds itself today, each once.
func (a *App) rolesOf(ctx context.Context, tx gov.Tx, r gov.Realm, account gov.ID) ([]access.Role, error) {
	grants, err := grantsInForce(ctx, tx, r, account, a.Today())
	var roles []access.Role
	for _, g := range grants {
		if role := access.Role(g.Role); !slices.Contains(roles, role) {
			roles = append(roles, role)
		}
	}
	return roles, err
}

// principalGrants are the grants of an account today as the policy reads them: its own, and those of the absent whom it stands in for. Rights over
// the program are not handed on.
func (a *App) principalGrants(ctx context.Context, tx gov.Tx, acc gov.Account) ([]access.Grant, error) {
	today := a.Today()
	holding, err := homeOf(ctx, tx, acc.Realm)
	if err := errors.Join(err, a.book.refresh(ctx, tx, acc.Realm)); err != nil {
		return nil, err
	}
	former := a.book.state.Load().former
	var list []access.Grant
	add := func(of gov.Account, absent bool) error {
		grants, err := grantsInForce(ctx, tx, of.Realm, of.ID, today)
		for _, g := range grants {
			grant := access.Grant{Role: access.Role(g.Role), Agency: string(g.Agency), Code: g.Unit.Code, From: string(g.Unit.From),
				All: !g.Unit.Zero() && g.Unit == holding, Until: string(g.To)}
			for _, id := range former[g.Agency] {
				grant.Former = append(grant.Former, string(id))
			}
			if absent {
				grant.For, grant.ForName = string(of.ID), of.Name
			}
			if !absent || grant.Role.Business() {
				list = append(list, grant)
			}
		}
		return err
	}
	if err := add(acc, false); err != nil {
		return nil, err
	}
	deputies, err := tx.DeputyFor(ctx, acc.Realm, acc.ID)
	if err != nil {
		return nil, err
	}
	for _, d := range deputies {
		if !d.On(today) {
			continue
		}
		absent, err := tx.Account(ctx, acc.Realm, d.Account)
		if err != nil {
			return nil, err
		}
		if absent.Disabled {
			continue
		}
		if err := add(absent, true); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// A GrantInput is a role to give.
type GrantInput struct {
	Role string
	Unit string  // code or name of the unit; empty: the unit of the account's agency
	To   gov.Day // last day; empty: no end
}

// GiveGrant gives an account a role for a unit and its agency. Nobody gives himself a role, and rights over the program and over the books
// do not come into one hand: both are refused and written down. Its logins end, so that each page shows what it may from now on.
func (a *App) GiveGrant(ctx context.Context, p access.Principal, id gov.ID, in GrantInput) error {
	role := access.Role(in.Role)
	if _, ok := access.Roles[role]; !ok {
		return gov.Errorf(gov.Invalid, "error.role_unknown", in.Role)
	}
	if in.To != "" && (!in.To.Valid() || in.To < a.Today()) {
		return gov.Errorf(gov.Invalid, "error.grant_until", string(in.To))
	}
	err := a.manage(ctx, p, id, "grant.give", func(tx gov.Tx, acc gov.Account) error {
		if acc.ID == gov.ID(p.Account) {
			return gov.Errorf(gov.Conflict, "error.own_grant")
		}
		held, err := grantsInForce(ctx, tx, acc.Realm, acc.ID, a.Today())
		if err != nil {
			return err
		}
		for _, g := range held {
			if access.Role(g.Role).Business() != role.Business() {
				return gov.Errorf(gov.Conflict, "error.roles_apart")
			}
		}
		g, err := a.grantFor(ctx, tx, acc, in, gov.Stamp{By: gov.ID(p.Account), At: a.instant()})
		if err != nil {
			return err
		}
		if slices.ContainsFunc(held, func(h gov.Grant) bool {
			return h.Role == g.Role && h.Unit == g.Unit && h.Agency == g.Agency && h.To == g.To
		}) {
			return gov.Errorf(gov.Conflict, "error.grant_held")
		}
		return errors.Join(tx.CreateGrant(ctx, g), tx.DeleteLoginsOf(ctx, acc.Realm, acc.ID, ""))
	})
	var refused *gov.Error
	if errors.As(err, &refused) && (refused.Key == "error.own_grant" || refused.Key == "error.roles_apart") {
		return errors.Join(err, a.note(ctx, p, act{action: "grant.refused", noun: "account", record: id}))
	}
	return err
}

// note writes a line of its own into the audit log: of something that was tried and changed nothing.
func (a *App) note(ctx context.Context, p access.Principal, done act) error {
	return a.store.Update(ctx, func(tx gov.Tx) error { return a.audit(ctx, tx, gov.Realm(p.Realm), a.stamp(p), done) })
}

// grantFor makes the grant of an input. A unit without an agency gets one under the name that its people's committee bears.
func (a *App) grantFor(ctx context.Context, tx gov.Tx, acc gov.Account, in GrantInput, s gov.Stamp) (gov.Grant, error) {
	own, err := tx.Agency(ctx, acc.Realm, acc.Agency)
	if err != nil {
		return gov.Grant{}, err
	}
	g := gov.Grant{Realm: acc.Realm, ID: gov.NewID(s.At), Account: acc.ID, Role: in.Role, Agency: own.ID, Unit: own.Unit, To: in.To, Given: s}
	if strings.TrimSpace(in.Unit) == "" {
		return g, nil
	}
	agency, err := a.agencyOfUnit(ctx, tx, acc.Realm, in.Unit, own, s)
	g.Agency, g.Unit = agency.ID, agency.Unit
	return g, err
}

// agencyOfUnit finds the agency of a unit within the realm's, or makes it; own is taken where it is of the unit itself.
func (a *App) agencyOfUnit(ctx context.Context, tx gov.Tx, r gov.Realm, name string, own gov.Agency, s gov.Stamp) (gov.Agency, error) {
	units, err := a.units()
	if err != nil {
		return gov.Agency{}, err
	}
	holding, err := homeOf(ctx, tx, r)
	if err != nil {
		return gov.Agency{}, err
	}
	unit, err := findUnitOf(units, holding, strings.TrimSpace(name), a.Today())
	if err != nil || own.Unit == unit.UnitKey {
		return own, err
	}
	if unit.UnitKey != holding && !slices.ContainsFunc(gov.UnitsAbove(units, unit), func(u gov.UnitVersion) bool { return u.UnitKey == holding }) {
		return gov.Agency{}, gov.Errorf(gov.Invalid, "error.unit_elsewhere", unit.Full())
	}
	list, err := tx.Agencies(ctx, r)
	if err != nil {
		return gov.Agency{}, err
	}
	for _, line := range []gov.Line{gov.LineGovernment, gov.LineParty, gov.LineUnknown} {
		for _, g := range list {
			if g.Unit == unit.UnitKey && g.Line == line && g.To == "" {
				return g, nil
			}
		}
	}
	made := gov.Agency{Realm: r, ID: gov.NewID(s.At), Name: "UBND " + unit.Full(), Unit: unit.UnitKey, Line: gov.LineGovernment, From: unit.From}
	return made, tx.CreateAgency(ctx, made)
}

// EndGrant ends a grant of an account from now on. Its logins end.
func (a *App) EndGrant(ctx context.Context, p access.Principal, id, grant gov.ID) error {
	return a.manage(ctx, p, id, "grant.end", func(tx gov.Tx, acc gov.Account) error {
		g, err := tx.Grant(ctx, acc.Realm, grant)
		switch {
		case err != nil:
			return err
		case g.Account != acc.ID:
			return gov.Errorf(gov.NotFound, "error.not_found")
		case acc.ID == gov.ID(p.Account):
			return gov.Errorf(gov.Conflict, "error.own_account")
		}
		return errors.Join(tx.EndGrant(ctx, acc.Realm, grant, a.stamp(p)), tx.DeleteLoginsOf(ctx, acc.Realm, acc.ID, ""))
	})
}

// grantLines are the grants of an account, those in force first.
func (a *App) grantLines(ctx context.Context, tx gov.Tx, acc gov.Account) ([]GrantLine, error) {
	grants, err := tx.GrantsOf(ctx, acc.Realm, acc.ID)
	if err != nil {
		return nil, err
	}
	units, err := a.units()
	if err != nil {
		return nil, err
	}
	holding, err := homeOf(ctx, tx, acc.Realm)
	if err != nil {
		return nil, err
	}
	lines := make([]GrantLine, len(grants))
	for i, g := range grants {
		agency, err := tx.Agency(ctx, g.Realm, g.Agency)
		if err != nil {
			return nil, err
		}
		lines[i] = GrantLine{Grant: g, Agency: agency.Name, All: !g.Unit.Zero() && g.Unit == holding, Now: g.On(a.Today())}
		if u, err := units.Get(g.Unit); err == nil {
			lines[i].Unit = gov.UnitPath(units, u)
		} else {
			lines[i].Unit = g.Unit.Code
		}
		if lines[i].By, err = personName(ctx, tx, g.Realm, g.Given.By); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(lines, func(x, y GrantLine) int {
		switch {
		case x.Now && !y.Now:
			return -1
		case y.Now && !x.Now:
			return 1
		}
		return 0
	})
	return lines, nil
}

// personName is the name of an account; empty for the program itself and for who is gone.
func personName(ctx context.Context, tx gov.Tx, r gov.Realm, id gov.ID) (string, error) {
	if id == "" {
		return "", nil
	}
	acc, err := tx.Account(ctx, r, id)
	if gov.IsNotFound(err) {
		err = nil
	}
	return acc.Name, err
}
