package store

import (
	"context"

	"haicap/internal/gov"
)

const (
	codeFactorColumns = "realm, account, sealed, since, step"
	passkeyColumns    = "realm, account, id, name, record, since, used_at"
	subjectColumns    = "issuer, subject, realm, account, since"
)

var (
	sqlInsertCodeFactor = statement(insertInto("code_factor", codeFactorColumns))
	sqlCodeFactor       = statement("SELECT " + codeFactorColumns + " FROM code_factor WHERE realm = $1 AND account = $2")
	sqlDeleteCodeFactor = statement("DELETE FROM code_factor WHERE realm = $1 AND account = $2")

	sqlInsertRecoveryCode  = statement(insertInto("recovery_code", "realm, account, hash"))
	sqlUseRecoveryCode     = statement("DELETE FROM recovery_code WHERE realm = $1 AND account = $2 AND hash = $3")
	sqlDeleteRecoveryCodes = statement("DELETE FROM recovery_code WHERE realm = $1 AND account = $2")
	sqlCountRecoveryCodes  = statement("SELECT COUNT(*) FROM recovery_code WHERE realm = $1 AND account = $2")

	sqlInsertPasskey = statement(insertInto("passkey", passkeyColumns))
	sqlPasskeys      = statement("SELECT " + passkeyColumns + " FROM passkey WHERE realm = $1 AND account = $2 ORDER BY since, id")
	sqlUpdatePasskey = statement("UPDATE passkey SET record = $4, used_at = $5 WHERE realm = $1 AND account = $2 AND id = $3")
	sqlDeletePasskey = statement("DELETE FROM passkey WHERE realm = $1 AND account = $2 AND id = $3")

	sqlInsertSubject  = statement(insertInto("login_subject", subjectColumns))
	sqlSubject        = statement("SELECT " + subjectColumns + " FROM login_subject WHERE issuer = $1 AND subject = $2")
	sqlSubjectsOf     = statement("SELECT " + subjectColumns + " FROM login_subject WHERE realm = $1 AND account = $2 ORDER BY issuer, subject")
	sqlDeleteSubjects = statement("DELETE FROM login_subject WHERE realm = $1 AND account = $2")
)

func scanCodeFactor(r row) (f gov.CodeFactor, err error) {
	err = r.Scan(&f.Realm, &f.Account, &f.Sealed, at{&f.Since}, &f.Step)
	return f, err
}

func (t *tx) SetCodeFactor(ctx context.Context, f gov.CodeFactor) error {
	if err := t.put(ctx, sqlDeleteCodeFactor, f.Realm, f.Account); err != nil {
		return err
	}
	return t.put(ctx, sqlInsertCodeFactor, f.Realm, f.Account, f.Sealed, f.Since, f.Step)
}

func (t *tx) CodeFactor(ctx context.Context, r gov.Realm, account gov.ID) (gov.CodeFactor, error) {
	return one(ctx, t, scanCodeFactor, sqlCodeFactor, r, account)
}

func (t *tx) DeleteCodeFactor(ctx context.Context, r gov.Realm, account gov.ID) error {
	if err := t.put(ctx, sqlDeleteRecoveryCodes, r, account); err != nil {
		return err
	}
	return t.put(ctx, sqlDeleteCodeFactor, r, account)
}

func (t *tx) SetRecoveryCodes(ctx context.Context, r gov.Realm, account gov.ID, hashes []string) error {
	if err := t.put(ctx, sqlDeleteRecoveryCodes, r, account); err != nil {
		return err
	}
	for _, h := range hashes {
		if err := t.put(ctx, sqlInsertRecoveryCode, r, account, h); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) UseRecoveryCode(ctx context.Context, r gov.Realm, account gov.ID, hash string) error {
	n, err := t.exec(ctx, sqlUseRecoveryCode, r, account, hash)
	if err == nil && n == 0 {
		return gov.Errorf(gov.NotFound, "error.not_found")
	}
	return err
}

func (t *tx) CountRecoveryCodes(ctx context.Context, r gov.Realm, account gov.ID) (int, error) {
	return one(ctx, t, scanInt, sqlCountRecoveryCodes, r, account)
}

func scanPasskey(r row) (k gov.Passkey, err error) {
	err = r.Scan(&k.Realm, &k.Account, &k.ID, &k.Name, &k.Record, at{&k.Since}, at{&k.Used})
	return k, err
}

func (t *tx) CreatePasskey(ctx context.Context, k gov.Passkey) error {
	return t.put(ctx, sqlInsertPasskey, k.Realm, k.Account, k.ID, k.Name, k.Record, k.Since, k.Used)
}

func (t *tx) Passkeys(ctx context.Context, r gov.Realm, account gov.ID) ([]gov.Passkey, error) {
	return many(ctx, t, scanPasskey, sqlPasskeys, r, account)
}

func (t *tx) UpdatePasskey(ctx context.Context, k gov.Passkey) error {
	n, err := t.exec(ctx, sqlUpdatePasskey, k.Realm, k.Account, k.ID, k.Record, k.Used)
	if err == nil && n == 0 {
		return gov.Errorf(gov.NotFound, "error.not_found")
	}
	return err
}

func (t *tx) DeletePasskey(ctx context.Context, r gov.Realm, account gov.ID, id string) error {
	return t.put(ctx, sqlDeletePasskey, r, account, id)
}

func scanSubject(r row) (s gov.Subject, err error) {
	err = r.Scan(&s.Issuer, &s.Subject, &s.Realm, &s.Account, at{&s.Since})
	return s, err
}

func (t *tx) CreateSubject(ctx context.Context, s gov.Subject) error {
	return t.put(ctx, sqlInsertSubject, s.Issuer, s.Subject, s.Realm, s.Account, s.Since)
}

func (t *tx) Subject(ctx context.Context, issuer, subject string) (gov.Subject, error) {
	return one(ctx, t, scanSubject, sqlSubject, issuer, subject)
}

func (t *tx) SubjectsOf(ctx context.Context, r gov.Realm, account gov.ID) ([]gov.Subject, error) {
	return many(ctx, t, scanSubject, sqlSubjectsOf, r, account)
}

func (t *tx) DeleteSubjectsOf(ctx context.Context, r gov.Realm, account gov.ID) error {
	return t.put(ctx, sqlDeleteSubjects, r, account)
}
