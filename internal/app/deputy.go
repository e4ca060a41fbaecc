package app

import (
	"context"
	"errors"
	"slices"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// A DeputyInput is a leave with who stands in meanwhile.
type DeputyInput struct {
	Login string // of the deputy
	From  gov.Day
	To    gov.Day // last day
}

// longestLeave bounds how long rights are handed on at once, in days.
const longestLeave = 366

// SetOwnDeputy says who stands in for the principal himself.
func (a *App) SetOwnDeputy(ctx context.Context, p access.Principal, in DeputyInput) error {
	if err := a.permitFresh(p, access.LoggedIn); err != nil {
		return err
	}
	return a.update(ctx, p, access.LoggedIn, func(tx gov.Tx, s gov.Stamp) (act, error) {
		acc, err := own(ctx, tx, p)
		if err != nil {
			return act{}, err
		}
		return act{action: "deputy.set", noun: "account", record: acc.ID}, a.setDeputy(ctx, tx, acc, in, s)
	})
}

// SetDeputy says who stands in for an account. An administrator cannot make himself the deputy.
func (a *App) SetDeputy(ctx context.Context, p access.Principal, id gov.ID, in DeputyInput) error {
	err := a.manage(ctx, p, id, "deputy.set", func(tx gov.Tx, acc gov.Account) error {
		return a.setDeputy(ctx, tx, acc, in, a.stamp(p))
	})
	var refused *gov.Error
	if errors.As(err, &refused) && refused.Key == "error.deputy_admin" {
		return errors.Join(err, a.note(ctx, p, act{action: "deputy.refused", noun: "account", record: id}))
	}
	return err
}

// setDeputy writes the deputy of an account. He must be somebody else who may log in and has no rights over the program; two deputies at
// the same time are one too many.
func (a *App) setDeputy(ctx context.Context, tx gov.Tx, acc gov.Account, in DeputyInput, s gov.Stamp) error {
	if in.From == "" {
		in.From = a.Today()
	}
	if !in.From.Valid() || !in.To.Valid() || in.To < in.From || in.To < a.Today() || in.To.DaysSince(in.From) > longestLeave {
		return gov.Errorf(gov.Invalid, "error.leave_days", longestLeave)
	}
	who, err := tx.AccountByLogin(ctx, loginName(in.Login))
	if gov.IsNotFound(err) || err == nil && (who.Realm != acc.Realm || who.Disabled) {
		return gov.Errorf(gov.Invalid, "error.deputy_unknown", in.Login)
	} else if err != nil {
		return err
	}
	if who.ID == acc.ID {
		return gov.Errorf(gov.Invalid, "error.deputy_self")
	}
	roles, err := a.rolesOf(ctx, tx, who.Realm, who.ID)
	if err != nil {
		return err
	}
	if slices.Contains(roles, access.Admin) {
		return gov.Errorf(gov.Conflict, "error.deputy_admin")
	}
	others, err := tx.DeputiesOf(ctx, acc.Realm, acc.ID)
	if err != nil {
		return err
	}
	for _, o := range others {
		if o.Ended.At.IsZero() && o.From <= in.To && in.From <= o.To {
			return gov.Errorf(gov.Conflict, "error.deputy_there")
		}
	}
	return tx.CreateDeputy(ctx, gov.Deputy{Realm: acc.Realm, ID: gov.NewID(s.At), Account: acc.ID, Deputy: who.ID, From: in.From, To: in.To, Given: s})
}

// EndDeputy ends a leave before its last day: the absent himself, or an administrator.
func (a *App) EndDeputy(ctx context.Context, p access.Principal, id, deputy gov.ID) error {
	end := func(tx gov.Tx, acc gov.Account) error {
		d, err := tx.Deputy(ctx, acc.Realm, deputy)
		if err == nil && d.Account != acc.ID {
			err = gov.Errorf(gov.NotFound, "error.not_found")
		}
		if err != nil {
			return err
		}
		return tx.EndDeputy(ctx, acc.Realm, deputy, a.stamp(p))
	}
	if id != gov.ID(p.Account) {
		return a.manage(ctx, p, id, "deputy.end", end)
	}
	return a.update(ctx, p, access.LoggedIn, func(tx gov.Tx, _ gov.Stamp) (act, error) {
		acc, err := own(ctx, tx, p)
		if err != nil {
			return act{}, err
		}
		return act{action: "deputy.end", noun: "account", record: acc.ID}, end(tx, acc)
	})
}

// deputyLines lists who stands in for an account, and for whom it stands in; what is over comes last.
func (a *App) deputyLines(ctx context.Context, tx gov.Tx, acc gov.Account) (of, stands []DeputyLine, err error) {
	list, err1 := tx.DeputiesOf(ctx, acc.Realm, acc.ID)
	others, err2 := tx.DeputyFor(ctx, acc.Realm, acc.ID)
	if err := errors.Join(err1, err2); err != nil {
		return nil, nil, err
	}
	line := func(d gov.Deputy) (DeputyLine, error) {
		today := a.Today()
		l := DeputyLine{Deputy: d, Now: d.On(today), Open: d.Ended.At.IsZero() && today <= d.To}
		var err1, err2 error
		l.Absent, err1 = personName(ctx, tx, d.Realm, d.Account)
		l.Who, err2 = personName(ctx, tx, d.Realm, d.Deputy)
		return l, errors.Join(err1, err2)
	}
	for _, d := range list {
		l, err := line(d)
		if err != nil {
			return nil, nil, err
		}
		of = append(of, l)
	}
	for _, d := range others {
		l, err := line(d)
		if err != nil {
			return nil, nil, err
		}
		stands = append(stands, l)
	}
	return of, stands, nil
}
