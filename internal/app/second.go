package app

import (
	"context"
	"errors"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// An EnrolView is the secret that a phone is to take, shown once.
type EnrolView struct {
	Step    string // by which the phone's first code comes back
	Secret  string // to be typed
	Address string // otpauth://…
}

// BeginCodes makes a secret for the principal's phone. It counts only once ConfirmCodes has seen a code of it.
func (a *App) BeginCodes(ctx context.Context, p access.Principal) (v EnrolView, err error) {
	if err := a.permitFresh(p, access.LoggedIn); err != nil {
		return v, err
	}
	if a.second == SecondOff {
		return v, gov.Errorf(gov.Forbidden, "error.second_off")
	}
	token, hash := access.NewToken()
	err = a.store.Update(ctx, func(tx gov.Tx) error {
		acc, err := own(ctx, tx, p)
		if err != nil {
			return err
		}
		address, err := access.NewCodeSecret(acc.Login)
		if err != nil {
			return err
		}
		v = EnrolView{Step: token, Secret: access.CodeSecret(address), Address: address}
		return errors.Join(tx.DeleteTicketsOf(ctx, acc.Realm, acc.ID, gov.TicketEnrol), tx.CreateTicket(ctx, gov.Ticket{Realm: acc.Realm, Hash: hash,
			Kind: gov.TicketEnrol, Account: acc.ID, Body: a.vault.Seal(address, whose(acc)), Until: a.instant().Add(stepFor)}))
	})
	return v, err
}

// Enrolment gives a secret again that BeginCodes made, for its picture and for a form that comes back.
func (a *App) Enrolment(ctx context.Context, p access.Principal, step string) (v EnrolView, err error) {
	err = a.view(ctx, p, access.LoggedIn, func(tx gov.Tx) error {
		_, address, err := a.enrolment(ctx, tx, p, step)
		v = EnrolView{Step: step, Secret: access.CodeSecret(address), Address: address}
		return err
	})
	return v, stepPassed(err)
}

// EnrolmentPicture is the secret as a square that a phone reads, a PNG.
func (a *App) EnrolmentPicture(ctx context.Context, p access.Principal, step string) ([]byte, error) {
	v, err := a.Enrolment(ctx, p, step)
	if err != nil {
		return nil, err
	}
	return access.CodePicture(v.Address)
}

// enrolment finds the sealed secret that a step of the principal stands for, and opens it.
func (a *App) enrolment(ctx context.Context, tx gov.Tx, p access.Principal, step string) (t gov.Ticket, address string, err error) {
	t, acc, err := a.ticket(ctx, tx, gov.TicketEnrol, step)
	if err != nil {
		return t, "", err
	}
	if acc.ID != gov.ID(p.Account) || acc.Realm != gov.Realm(p.Realm) {
		return t, "", gov.Errorf(gov.NotFound, "error.not_found")
	}
	if address, err = a.vault.Open(t.Body, whose(acc)); err != nil {
		err = gov.Errorf(gov.Unavailable, "error.vault_key").Because(err)
	}
	return t, address, err
}

// ConfirmCodes sets the second factor up with the phone's first code, and gives the recovery codes, which are shown once. A second
// factor that was there before is replaced.
func (a *App) ConfirmCodes(ctx context.Context, p access.Principal, step, code string) (recovery []string, err error) {
	if err := a.permitFresh(p, access.LoggedIn); err != nil {
		return nil, err
	}
	if err := a.charge(ctx, brakeOnProof(p)); err != nil {
		return nil, err
	}
	err = a.update(ctx, p, access.LoggedIn, func(tx gov.Tx, s gov.Stamp) (act, error) {
		t, address, err := a.enrolment(ctx, tx, p, step)
		if err != nil {
			return act{}, err
		}
		n, ok := access.CheckCode(address, code, s.At, 0)
		if !ok {
			return act{}, gov.Errorf(gov.Invalid, "error.code_wrong")
		}
		acc, err := own(ctx, tx, p)
		if err != nil {
			return act{}, err
		}
		f := gov.CodeFactor{Realm: acc.Realm, Account: acc.ID, Sealed: a.vault.Seal(address, whose(acc)), Since: s.At, Step: n}
		if err := errors.Join(tx.SetCodeFactor(ctx, f), tx.DeleteTicket(ctx, t.Hash), a.refund(ctx, tx, brakeOnProof(p))); err != nil {
			return act{}, err
		}
		recovery, err = a.putRecovery(ctx, tx, acc)
		return act{"account.codes_set", "account", acc.ID}, err
	})
	if err != nil {
		return nil, stepPassed(err)
	}
	return recovery, nil
}

// putRecovery makes new recovery codes for an account and keeps their marks.
func (a *App) putRecovery(ctx context.Context, tx gov.Tx, acc gov.Account) ([]string, error) {
	list := access.NewRecoveryCodes()
	marks := make([]string, len(list))
	for i, c := range list {
		marks[i] = a.vault.Mark(access.RecoveryCode(c), whose(acc))
	}
	return list, tx.SetRecoveryCodes(ctx, acc.Realm, acc.ID, marks)
}

// RenewRecovery makes new recovery codes; the old ones are good no longer.
func (a *App) RenewRecovery(ctx context.Context, p access.Principal) (recovery []string, err error) {
	if err := a.permitFresh(p, access.LoggedIn); err != nil {
		return nil, err
	}
	err = a.update(ctx, p, access.LoggedIn, func(tx gov.Tx, _ gov.Stamp) (act, error) {
		acc, err := own(ctx, tx, p)
		if err != nil {
			return act{}, err
		}
		if _, err := tx.CodeFactor(ctx, acc.Realm, acc.ID); err != nil {
			return act{}, err
		}
		recovery, err = a.putRecovery(ctx, tx, acc)
		return act{"account.recovery_codes", "account", acc.ID}, err
	})
	return recovery, err
}

// RemoveCodes takes the phone's codes away again.
func (a *App) RemoveCodes(ctx context.Context, p access.Principal) error {
	if err := a.permitFresh(p, access.LoggedIn); err != nil {
		return err
	}
	return a.update(ctx, p, access.LoggedIn, func(tx gov.Tx, _ gov.Stamp) (act, error) {
		acc, err := own(ctx, tx, p)
		if err != nil {
			return act{}, err
		}
		return act{"account.codes_removed", "account", acc.ID}, tx.DeleteCodeFactor(ctx, acc.Realm, acc.ID)
	})
}
