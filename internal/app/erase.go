package app

import (
	"context"
	"errors"
	"time"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// EraseSubject destroys the personal data of a person for good: his key, and with it every field and word sealed under it; of an account
// also whatever lets somebody in, and its login name. What he did stays in the books and in the log under an id that leads to nobody. Open
// requests of his are done with it. Nobody erases himself.
func (a *App) EraseSubject(ctx context.Context, p access.Principal, id gov.ID) error {
	if err := a.permitFresh(p, access.AccountsManage); err != nil {
		return err
	}
	if id == gov.ID(p.Account) {
		return gov.Errorf(gov.Conflict, "error.own_account")
	}
	err := a.update(ctx, p, access.AccountsManage, func(tx gov.Tx, s gov.Stamp) (act, error) {
		return act{"person.erase", "person", id}, a.erase(ctx, tx, gov.Realm(p.Realm), id, s, s.At)
	})
	if err != nil {
		return err
	}
	return a.tellErased(ctx, gov.Realm(p.Realm))
}

// erase is the erasing itself; at is when it happened first, which is earlier than now after a restore.
func (a *App) erase(ctx context.Context, tx gov.Tx, r gov.Realm, id gov.ID, s gov.Stamp, at time.Time) error {
	acc, err := tx.Account(ctx, r, id)
	switch {
	case err == nil:
		if err := a.eraseAccount(ctx, tx, acc); err != nil {
			return err
		}
	case !gov.IsNotFound(err):
		return err
	}
	d, err := tx.DataSubject(ctx, r, id)
	if err != nil {
		return err
	}
	if !d.Erased.IsZero() {
		return gov.Errorf(gov.Conflict, "error.person_erased")
	}
	open, err := tx.PersonalRequests(ctx, r, gov.PersonalRequestQuery{Person: id, State: gov.RequestOpen})
	if err != nil {
		return err
	}
	for _, q := range open {
		q.State, q.Settled = gov.RequestDone, s
		if err := tx.SettlePersonalRequest(ctx, q); err != nil {
			return err
		}
	}
	return tx.EraseDataSubject(ctx, r, id, at)
}

// eraseAccount takes everything from an account that lets somebody in or says who he is.
func (a *App) eraseAccount(ctx context.Context, tx gov.Tx, acc gov.Account) error {
	acc.Login, acc.Password, acc.Disabled = erasedLogin(acc.ID), "", true
	err := errors.Join(tx.UpdateAccount(ctx, acc), tx.DeleteLoginsOf(ctx, acc.Realm, acc.ID, ""),
		tx.ForgetDevices(ctx, acc.Realm, acc.ID, a.instant().Add(2*deviceFor)), tx.DeleteCodeFactor(ctx, acc.Realm, acc.ID),
		tx.DeleteSubjectsOf(ctx, acc.Realm, acc.ID), tx.DeleteFeed(ctx, acc.Realm, acc.ID),
		tx.SetMailChoice(ctx, gov.MailChoice{Realm: acc.Realm, Account: acc.ID, Since: a.instant()}))
	for _, k := range []gov.TicketKind{gov.TicketLink, gov.TicketSecond, gov.TicketEnrol, gov.TicketPasskey, gov.TicketSSO} {
		err = errors.Join(err, tx.DeleteTicketsOf(ctx, acc.Realm, acc.ID, k))
	}
	if err != nil {
		return err
	}
	keys, err := tx.Passkeys(ctx, acc.Realm, acc.ID)
	for _, k := range keys {
		err = errors.Join(err, tx.DeletePasskey(ctx, acc.Realm, acc.ID, k.ID))
	}
	return err
}

// erasedLogin stands in the place of a login name that says who somebody is.
func erasedLogin(id gov.ID) string { return "da-xoa-" + string(id[max(0, len(id)-12):]) }

// tellErased hands the list of everybody who was erased to whoever keeps it beside the data: what is restored from a backup must not bring
// anybody back.
func (a *App) tellErased(ctx context.Context, r gov.Realm) error {
	if a.erased == nil {
		return nil
	}
	var list []gov.DataSubject
	err := a.store.View(ctx, func(tx gov.Tx) (err error) {
		list, err = tx.ErasedSubjects(ctx, r)
		return err
	})
	if err != nil {
		return err
	}
	return a.erased(ctx, list)
}

// Erased lists everybody who was erased, for the program itself.
func (a *App) Erased(ctx context.Context, p access.Principal) (list []gov.DataSubject, err error) {
	err = a.view(ctx, p, access.BackupsMake, func(tx gov.Tx) (err error) {
		list, err = tx.ErasedSubjects(ctx, gov.Realm(p.Realm))
		return err
	})
	return list, err
}

// EraseAgain erases those of a list who are there all the same, because a backup brought them back, and gives their number.
func (a *App) EraseAgain(ctx context.Context, p access.Principal, list []gov.DataSubject) (n int, err error) {
	if err := permit(p, access.BackupsMake); err != nil || len(list) == 0 {
		return 0, err
	}
	s := a.stamp(p)
	err = a.store.Update(ctx, func(tx gov.Tx) error {
		n = 0
		for _, old := range list {
			if old.Realm != gov.Realm(p.Realm) {
				continue
			}
			err := a.erase(ctx, tx, old.Realm, old.ID, s, old.Erased)
			if c := gov.CodeOf(err); c == gov.NotFound || c == gov.Conflict {
				continue // not in what was restored, or erased there already
			}
			if err := errors.Join(err, a.audit(ctx, tx, old.Realm, s, act{"person.erase_again", "person", old.ID})); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	if err != nil || n == 0 {
		return n, err
	}
	return n, a.tellErased(ctx, gov.Realm(p.Realm))
}

// SealNames moves the names that an older version kept beside the accounts to where they are sealed, and gives their number.
func (a *App) SealNames(ctx context.Context, p access.Principal) (n int, err error) {
	if err := permit(p, access.BackupsMake); err != nil {
		return 0, err
	}
	err = a.store.Update(ctx, func(tx gov.Tx) error {
		n = 0
		list, err := tx.(sealedTx).Tx.Accounts(ctx, gov.Realm(p.Realm))
		if err != nil {
			return err
		}
		for _, acc := range list {
			if acc.Name == "" {
				continue
			}
			if err := tx.UpdateAccount(ctx, acc); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// Retain ends what is kept longer than the rules of today say: logins, links and known browsers, and the personal data of accounts that
// were closed and of people whose requests were settled. Each person who is erased has a line in the log, and the run has one. It gives
// the number of people.
func (a *App) Retain(ctx context.Context, p access.Principal) (erased int, err error) {
	err = a.update(ctx, p, access.BackupsMake, func(tx gov.Tx, s gov.Stamp) (act, error) {
		erased = 0
		until := func(what string) time.Time {
			rule, ok := a.retention.On(what, a.Today())
			if !ok {
				return time.Time{} // nothing ends without a rule
			}
			return rule.Until(s.At)
		}
		err := errors.Join(tx.DeleteLoginsUntil(ctx, until(gov.KeepLogin)), tx.DeleteTicketsUntil(ctx, until(gov.KeepLogin)),
			tx.DeleteThrottlesUntil(ctx, s.At))
		if err != nil {
			return act{}, err
		}
		accounts, err := tx.Accounts(ctx, gov.Realm(p.Realm))
		if err != nil {
			return act{}, err
		}
		for _, acc := range accounts {
			if err := tx.ForgetDevices(ctx, acc.Realm, acc.ID, until(gov.KeepDevice)); err != nil {
				return act{}, err
			}
		}
		for _, k := range []struct {
			kind gov.SubjectKind
			what string
		}{{gov.SubjectAccount, gov.KeepAccount}, {gov.SubjectContact, gov.KeepContact}} {
			n, err := a.retainSubjects(ctx, tx, gov.Realm(p.Realm), k.kind, until(k.what), s)
			if err != nil {
				return act{}, err
			}
			erased += n
		}
		return act{"retention.run", "store", ""}, nil
	})
	if err != nil || erased == 0 {
		return erased, err
	}
	return erased, a.tellErased(ctx, gov.Realm(p.Realm))
}

func (a *App) retainSubjects(ctx context.Context, tx gov.Tx, r gov.Realm, kind gov.SubjectKind, until time.Time, s gov.Stamp) (n int, err error) {
	list, err := tx.DataSubjects(ctx, r, kind)
	if err != nil {
		return 0, err
	}
	for _, d := range list {
		if d.Ended.IsZero() || d.Ended.After(until) || !d.Erased.IsZero() {
			continue
		}
		if err := errors.Join(a.erase(ctx, tx, r, d.ID, s, s.At), a.audit(ctx, tx, r, s, act{"person.erase", "person", d.ID})); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
