package synth

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// doing is what somebody does with a figure; each is another person's.
type doing string

const (
	enters   doing = "clerk"
	confirms doing = "leader"
	verifies doing = "analyst" // of the province
)

// by is who does something with a figure of a unit. Nobody is named where no accounts are made.
func (m *maker) by(n node, d doing, at time.Time) gov.Stamp {
	if d == verifies || n.province() {
		return m.byProvince(at)
	}
	return gov.Stamp{By: m.accountOf(n, string(d)), At: at}
}

// byProvince is the analyst of the agency that holds the books.
func (m *maker) byProvince(at time.Time) gov.Stamp {
	if i := m.role(string(verifies)); i >= 0 && m.wants(Accounts) {
		return gov.Stamp{By: m.accountID(m.Roles[i].Login + "." + m.Provinces[0]), At: at}
	}
	return gov.Stamp{At: at}
}

func (m *maker) role(role string) int {
	return slices.IndexFunc(m.Roles, func(r Role) bool { return r.Role == role })
}

// accountOf is the account of a role at a unit; empty where none is made.
func (m *maker) accountOf(n node, role string) gov.ID {
	i := m.role(role)
	if i < 0 || !m.wants(Accounts) {
		return ""
	}
	return m.accountID(loginOf(m.Roles[i].Login, n))
}

// loginOf is the login name of a role at a unit: of a former one with the year in which it ended, since its code may be another's today.
func loginOf(role string, n node) string {
	if n.unit.Current() {
		return role + "." + n.unit.Code
	}
	return role + "." + n.unit.Code + "." + string(n.unit.To[:4])
}

func (m *maker) accountID(login string) gov.ID {
	return makeID(began("2021-07-01"), m.random(login, "account", 0))
}

// agencyID is the government of a unit.
func (m *maker) agencyID(n node) gov.ID {
	return makeID(began(max(n.unit.From, "2016-07-01")), m.random(n.key(), "agency", 0))
}

// accounts makes the agency of each unit, with an account for each role. Those of former units have ended: what their clerks had is closed, the others
// moved on to the unit that theirs went into. The province has the same roles, its departments those of Offices.
func (m *maker) accounts(ctx context.Context, communes, provinces []node) error {
	w := &staff{m: m, at: map[gov.UnitKey]node{}}
	for _, n := range communes {
		w.at[n.unit.UnitKey] = n
	}
	for _, n := range communes {
		w.commune(n)
		if len(w.accounts) >= perStaff {
			if err := w.flush(ctx); err != nil {
				return err
			}
		}
	}
	for i, n := range provinces {
		if n.unit.Current() {
			w.province(n, i == 0)
		}
	}
	w.departments()
	return w.flush(ctx)
}

// perStaff is how many accounts are written in one transaction.
const perStaff = 500

// A staff is what the next transaction writes of agencies and accounts.
type staff struct {
	m        *maker
	at       map[gov.UnitKey]node
	agencies []gov.Agency
	accounts []gov.Account
	grants   []gov.Grant
}

// successor is the unit of today that a former one went into.
func (w *staff) successor(n node) (node, bool) {
	for i := 0; i < 10 && !n.unit.Current(); i++ {
		next, ok := w.at[n.next]
		if !ok {
			return n, false
		}
		n = next
	}
	return n, n.unit.Current()
}

func (w *staff) commune(n node) {
	m := w.m
	a := gov.Agency{Realm: m.Holding.Realm, ID: m.agencyID(n), Name: officeOf(n), Unit: n.unit.UnitKey, Line: gov.LineGovernment, From: n.unit.From, To: n.unit.To}
	w.agencies = append(w.agencies, a)
	next, moved := w.successor(n)
	for i, role := range m.Roles {
		login := loginOf(role.Login, n)
		acc := gov.Account{Realm: a.Realm, ID: m.accountID(login), Login: login, Name: role.Name + " " + n.unit.Full(), Agency: a.ID, Password: role.Password}
		g := gov.Grant{Role: role.Role, Agency: a.ID, Unit: a.Unit, From: n.unit.From}
		if !n.unit.Current() {
			g.To = n.unit.To.AddDays(-1)
			acc.Disabled = i == 0 || !moved
		}
		w.give(acc, g)
		if !n.unit.Current() && !acc.Disabled {
			at := len(w.accounts) - 1
			w.accounts[at].Agency = m.agencyID(next)
			w.accounts[at].Name = fmt.Sprintf("%s %s (trước ở %s)", role.Name, next.unit.Full(), n.unit.Full())
			w.grant(acc, gov.Grant{Role: role.Role, Agency: m.agencyID(next), Unit: next.unit.UnitKey, From: next.unit.From})
		}
	}
}

// province gives a province's agency its accounts; the first one's agency holds the books.
func (w *staff) province(n node, holds bool) {
	m := w.m
	a := gov.Agency{Realm: m.Holding.Realm, ID: m.agencyID(n), Name: officeOf(n), Unit: n.unit.UnitKey, Line: gov.LineGovernment, From: n.unit.From}
	if holds && m.Holding.Agency != "" {
		a.ID = m.Holding.Agency
	} else {
		w.agencies = append(w.agencies, a)
	}
	for _, role := range m.Roles {
		login := role.Login + "." + n.unit.Code
		w.give(gov.Account{Realm: a.Realm, ID: m.accountID(login), Login: login, Name: role.Name + " " + n.unit.Full(), Agency: a.ID, Password: role.Password},
			gov.Grant{Role: role.Role, Agency: a.ID, Unit: a.Unit})
	}
}

// departments are those of the fields of work, of today and before the reform.
func (w *staff) departments() {
	m := w.m
	for _, d := range departments() {
		a := m.department(d)
		w.agencies = append(w.agencies, a)
		for _, role := range m.Offices {
			if a.To != "" {
				continue
			}
			login := officeLogin(role.Login, a.Name)
			w.give(gov.Account{Realm: a.Realm, ID: m.accountID(login), Login: login, Name: role.Name + " " + a.Name, Agency: a.ID, Password: role.Password},
				gov.Grant{Role: role.Role, Agency: a.ID})
		}
	}
}

// officeLogin is the login name of a role at a department: its name without marks and spaces.
func officeLogin(role, name string) string {
	return role + "." + strings.Join(strings.FieldsFunc(text.Fold(name), func(r rune) bool { return r < 'a' || r > 'z' }), "")
}

// actsFor is the account that acts for a department; empty where none is made.
func (m *maker) actsFor(a gov.Agency) gov.ID {
	if len(m.Offices) == 0 || a.To != "" || !m.wants(Accounts) {
		return ""
	}
	return m.accountID(officeLogin(m.Offices[0].Login, a.Name))
}

// department is the agency of a department of the first province.
func (m *maker) department(d department) gov.Agency {
	a := gov.Agency{Realm: m.Holding.Realm, Name: d.name, Unit: m.Holding.Unit, Line: lineOf(d.name), From: reform, To: d.to}
	if d.to != "" {
		a.From = ""
	}
	a.ID = makeID(began("2016-07-01"), m.random(d.name, "agency", 0))
	return a
}

func (w *staff) give(a gov.Account, g gov.Grant) {
	w.accounts = append(w.accounts, a)
	w.grant(a, g)
}

func (w *staff) grant(a gov.Account, g gov.Grant) {
	at := began(max(g.From, "2021-07-01"))
	g.Realm, g.Account, g.Given = a.Realm, a.ID, gov.Stamp{At: at}
	g.ID = makeID(at, w.m.random(a.Login+string(g.From), "grant", 0))
	w.grants = append(w.grants, g)
}

func (w *staff) flush(ctx context.Context) error {
	err := w.m.Store.Update(ctx, func(tx gov.Tx) error {
		for _, a := range w.agencies {
			if err := tx.CreateAgency(ctx, a); err != nil {
				return err
			}
		}
		for _, a := range w.accounts {
			if err := tx.CreateAccount(ctx, a); err != nil {
				return err
			}
		}
		for _, g := range w.grants {
			if err := tx.CreateGrant(ctx, g); err != nil {
				return err
			}
		}
		return w.m.line(ctx, tx, "account", began(reform))
	})
	if err != nil {
		return err
	}
	w.m.made.Agencies += len(w.agencies)
	w.m.made.Accounts += len(w.accounts)
	w.agencies, w.accounts, w.grants = nil, nil, nil
	w.m.tell()
	return nil
}

// minutes is some time within a working day.
func minutes(r *rand.Rand) time.Duration { return time.Duration(1+r.IntN(480)) * time.Minute }
