package app

import (
	"context"
	"slices"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// reach is what part of the books the grants that carry a permission reach: the one place where grants become a reach, and view and
// update the only ones that bound a transaction by it. The program's own permissions (accounts, the audit log) open no book: there,
// as on the first page, people see what they may read.
func (a *App) reach(p access.Principal, perm access.Permission) (gov.Reach, error) {
	switch perm {
	case access.LoggedIn, access.AccountsManage, access.AuditRead, access.BackupsMake:
		perm = access.BooksRead
	}
	return a.reachOf(p.With(perm))
}

func (a *App) reachOf(grants []access.Grant) (gov.Reach, error) {
	var r gov.Reach
	for _, g := range grants {
		one := gov.Reach{All: g.All}
		if g.Agency != "" {
			one.Agencies = []gov.ID{gov.ID(g.Agency)}
			for _, id := range g.Former {
				one.Agencies = append(one.Agencies, gov.ID(id))
			}
		}
		if k := (gov.UnitKey{Code: g.Code, From: gov.Day(g.From)}); !g.All && !k.Zero() {
			units, err := a.unitsOf(k)
			if err != nil {
				return gov.Reach{}, err
			}
			one.Units = units
		}
		r = r.Join(one)
	}
	return r, nil
}

// unbounded is the transaction without a bound, for what follows from a step whoever takes it. What is read in it is not shown to anybody.
func unbounded(ctx context.Context, tx gov.Tx, r gov.Realm) (gov.Tx, error) {
	all := gov.Reach{All: true}
	agencies, err := tx.Agencies(ctx, r)
	for _, g := range agencies {
		all.Agencies = append(all.Agencies, g.ID)
	}
	return tx.Within(all), err
}

// unitsOf lists a unit with those whose history it carries and, where it has units below it, the whole tree of these.
func (a *App) unitsOf(k gov.UnitKey) ([]gov.UnitKey, error) { return a.book.tree(k) }

// actsFor says in whose place a change was made: nobody's where the principal's own grants carry the permission and reach the record, else
// that of the absent whom he stands in for.
func (a *App) actsFor(ctx context.Context, tx gov.Tx, p access.Principal, perm access.Permission, done act) (gov.ID, error) {
	var own, absent []access.Grant
	for _, g := range p.With(perm) {
		if g.For == "" {
			own = append(own, g)
		} else {
			absent = append(absent, g)
		}
	}
	if len(absent) == 0 {
		return "", nil
	}
	for _, g := range append(own, absent...) {
		r, err := a.reachOf([]access.Grant{g})
		if err != nil {
			return "", err
		}
		if does, err := a.does(ctx, tx.Within(r), g, perm, gov.Realm(p.Realm), done); err != nil {
			return "", err
		} else if does {
			return gov.ID(g.For), nil
		}
	}
	return gov.ID(absent[0].For), nil
}

// does reports whether a grant is one by which an act is done. That it reaches the record is not always enough: a step of a matter asks for what the flow
// says, a step of a report for an office beside the unit or above it.
func (a *App) does(ctx context.Context, tx gov.Tx, g access.Grant, perm access.Permission, r gov.Realm, done act) (bool, error) {
	switch done.noun {
	case "report":
		parts := strings.Split(string(done.record), "/")
		list, err := tx.Reports(ctx, r, gov.ReportQuery{Form: parts[0], Period: gov.Period(parts[1]), Unit: parts[2]})
		if err != nil || len(list) == 0 {
			return false, err
		}
		return a.serves(g, perm, list[0].Unit)
	case "matter":
		m, err := tx.Matter(ctx, r, done.record)
		if gov.IsNotFound(err) {
			return false, nil
		} else if err != nil {
			return false, err
		}
		step, ok := stepNamed(m.Kind, strings.TrimPrefix(done.action, "matter."))
		if !ok {
			return true, nil
		}
		return grantTakes(ctx, tx, g, m, step)
	}
	return holds(ctx, tx, r, done)
}

// stepNamed is a row of the flow for an action. Whoever may take it does not depend on the state from which it is taken.
func stepNamed(k gov.MatterKind, action string) (gov.Step, bool) {
	i := slices.IndexFunc(gov.Flow, func(st gov.Step) bool { return st.Kind == k && string(st.Action) == action })
	if i < 0 {
		return gov.Step{}, false
	}
	return gov.Flow[i], true
}

// holds reports whether the record of an act is there for a bounded transaction. Of what is not bounded it is.
func holds(ctx context.Context, tx gov.Tx, r gov.Realm, done act) (bool, error) {
	var err error
	switch done.noun {
	case "document":
		_, err = tx.Document(ctx, r, done.record)
	case "review":
		_, err = tx.Review(ctx, r, done.record)
	case "figure":
		_, err = tx.Figure(ctx, r, done.record)
	case "target":
		_, err = tx.Target(ctx, r, done.record)
	case "session":
		_, err = tx.Session(ctx, r, done.record)
	case "plan":
		_, err = tx.Plan(ctx, r, done.record)
	}
	if gov.IsNotFound(err) {
		return false, nil
	}
	return err == nil, err
}
