package app

import (
	"slices"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// named adds the changes of agencies that are given by names. A name that no agency in force bears, or several, stands against it.
func named(in UnitChangeInput, all []gov.Agency) (list []gov.AgencyChange, faults []*gov.Error) {
	find := func(name string) (found []gov.Agency) {
		for _, a := range all {
			if a.To == "" && text.Fold(a.Name) == text.Fold(name) {
				found = append(found, a)
			}
		}
		return found
	}
	list = slices.Clone(in.Agencies)
	for _, b := range in.Bodies {
		c := gov.AgencyChange{Name: b.New}
		if into := find(b.New); len(into) == 1 {
			c.Into = into[0].ID
		}
		for _, name := range b.Old {
			switch found := find(name); len(found) {
			case 0:
				faults = append(faults, gov.Errorf(gov.Invalid, "error.unitchange_body_none", name))
			case 1:
				c.Old = append(c.Old, found[0].ID)
			default:
				faults = append(faults, gov.Errorf(gov.Invalid, "error.unitchange_body_several", name, len(found)))
			}
		}
		list = append(list, c)
	}
	return list, faults
}

// unnamed are the agencies that no change names yet.
func unnamed(all []gov.Agency, changes []gov.AgencyChange) []gov.Agency {
	return slices.DeleteFunc(slices.Clone(all), func(a gov.Agency) bool {
		return slices.ContainsFunc(changes, func(c gov.AgencyChange) bool { return slices.Contains(c.Old, a.ID) })
	})
}

// people finds who works for an agency that ends, and whose roles are for a unit or agency that ends.
func (m *unitMoving) people() error {
	accounts, err := m.tx.Accounts(m.ctx, m.realm)
	if err != nil {
		return err
	}
	for _, acc := range accounts {
		touched := false
		if to, ok := m.heirAgencies[acc.Agency]; ok {
			m.journal.Accounts = append(m.journal.Accounts, gov.MovedAccount{ID: acc.ID, Before: acc.Agency, After: to})
			acc.Agency, touched = to, true
			m.accounts = append(m.accounts, acc)
			m.trial.People++
		}
		n := len(m.trial.Grants)
		if err := m.grants(acc); err != nil {
			return err
		}
		if !touched && n == len(m.trial.Grants) {
			continue
		}
		deputies, err := m.tx.DeputiesOf(m.ctx, m.realm, acc.ID)
		if err != nil {
			return err
		}
		for _, d := range deputies {
			if d.Ended.At.IsZero() && d.To >= m.today {
				m.trial.Deputies++
			}
		}
	}
	return nil
}

// grants finds the roles of an account that end, and what begins in their place from the day on.
func (m *unitMoving) grants(acc gov.Account) error {
	list, err := m.tx.GrantsOf(m.ctx, m.realm, acc.ID)
	if err != nil {
		return err
	}
	held := slices.DeleteFunc(slices.Clone(list), func(g gov.Grant) bool { return !g.Ended.At.IsZero() || g.To != "" && g.To < m.today })
	for _, g := range held {
		unit, ends := m.heirs[g.Unit]
		agency, moves := m.heirAgencies[g.Agency]
		open := !ends && slices.Contains(m.trial.Effect.Ended, g.Unit)
		if !ends && !moves && !open {
			continue
		}
		line := GrantMove{Login: acc.Login, Role: g.Role, From: m.bodyOf(g.Agency, g.Unit), held: g}
		if line.MovedGrant = (gov.MovedGrant{Account: acc.ID, Ended: g.ID}); !open {
			given := g
			if ends {
				given.Unit = unit
			}
			if moves {
				given.Agency = agency
			}
			given.ID, given.Given, given.From = m.ids.Next(), m.stamp, max(g.From, m.trial.Change.Day)
			line.To = m.bodyOf(given.Agency, given.Unit)
			if !slices.ContainsFunc(held, func(o gov.Grant) bool {
				return o.Role == given.Role && o.Unit == given.Unit && o.Agency == given.Agency && o.To == given.To
			}) {
				line.gives, line.Given = &given, given.ID
				held = append(held, given)
			}
			m.journal.Grants = append(m.journal.Grants, line.MovedGrant)
		}
		m.trial.Grants = append(m.trial.Grants, line)
	}
	return nil
}

// bodyOf names the agency and, where it says more, the unit of a role.
func (m *unitMoving) bodyOf(agency gov.ID, unit gov.UnitKey) string {
	name := m.agencies[agency].Name
	u := m.unitBefore(unit).Name
	if v, err := m.units.Get(unit); err == nil {
		u = v.Full()
	}
	if unit.Zero() || strings.Contains(name, u) {
		return name
	}
	return name + " (" + u + ")"
}
