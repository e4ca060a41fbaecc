package store

import (
	"context"
	"time"

	"haicap/internal/gov"
)

const (
	subjectOfColumns       = "s.realm, s.id, s.kind, COALESCE(k.wrapped, ''), s.sealed, s.since, s.ended_at, s.erased_at"
	fromDataSubject        = " FROM data_subject AS s LEFT JOIN data_subject_key AS k ON k.realm = s.realm AND k.subject = s.id"
	personalRequestColumns = "realm, id, subject, kind, received, due, law, state, ground, sealed, recorded_by, recorded_at, settled_by, settled_at"
)

var (
	sqlInsertDataSubject = statement(insertInto("data_subject", "realm, id, kind, sealed, since, ended_at, erased_at"))
	sqlUpdateDataSubject = statement("UPDATE data_subject SET sealed = $3, ended_at = $4, erased_at = $5 WHERE realm = $1 AND id = $2")
	sqlDataSubject       = statement("SELECT " + subjectOfColumns + fromDataSubject + " WHERE s.realm = $1 AND s.id = $2")
	sqlDataSubjects      = statement("SELECT " + subjectOfColumns + fromDataSubject + " WHERE s.realm = $1 AND s.kind = $2 ORDER BY s.id")
	sqlErasedSubjects    = statement("SELECT " + subjectOfColumns + fromDataSubject + " WHERE s.realm = $1 AND s.erased_at <> '' ORDER BY s.erased_at, s.id")
	sqlInsertSubjectKey  = statement(insertInto("data_subject_key", "realm, subject, wrapped"))
	sqlDeleteSubjectKey  = statement("DELETE FROM data_subject_key WHERE realm = $1 AND subject = $2")

	sqlInsertPersonalRequest = statement(insertInto("personal_request", personalRequestColumns))
	sqlPersonalRequest       = statement("SELECT " + personalRequestColumns + " FROM personal_request WHERE realm = $1 AND id = $2")
	sqlSettlePersonalRequest = statement(`UPDATE personal_request SET state = $3, ground = $4, settled_by = $5, settled_at = $6
		WHERE realm = $1 AND id = $2 AND state = 'open'`)
	sqlPersonalRequestThere = statement("SELECT 1 FROM personal_request WHERE realm = $1 AND id = $2")
	sqlForgetRequests       = statement("UPDATE personal_request SET sealed = '' WHERE realm = $1 AND subject = $2")
)

func scanDataSubject(r row) (s gov.DataSubject, err error) {
	err = r.Scan(&s.Realm, &s.ID, &s.Kind, &s.Key, &s.Sealed, at{&s.Since}, at{&s.Ended}, at{&s.Erased})
	return s, err
}

func (t *tx) PutDataSubject(ctx context.Context, s gov.DataSubject) error {
	old, err := t.DataSubject(ctx, s.Realm, s.ID)
	switch {
	case gov.IsNotFound(err):
		if err := t.put(ctx, sqlInsertDataSubject, s.Realm, s.ID, s.Kind, s.Sealed, s.Since, s.Ended, time.Time{}); err != nil {
			return err
		}
		return t.put(ctx, sqlInsertSubjectKey, s.Realm, s.ID, s.Key)
	case err != nil:
		return err
	case !old.Erased.IsZero():
		return gov.Errorf(gov.Conflict, "error.person_erased")
	}
	if old.Key != s.Key {
		if err := t.put(ctx, sqlDeleteSubjectKey, s.Realm, s.ID); err != nil {
			return err
		}
		if err := t.put(ctx, sqlInsertSubjectKey, s.Realm, s.ID, s.Key); err != nil {
			return err
		}
	}
	return t.put(ctx, sqlUpdateDataSubject, s.Realm, s.ID, s.Sealed, s.Ended, time.Time{})
}

func (t *tx) DataSubject(ctx context.Context, r gov.Realm, id gov.ID) (gov.DataSubject, error) {
	return one(ctx, t, scanDataSubject, sqlDataSubject, r, id)
}

func (t *tx) DataSubjects(ctx context.Context, r gov.Realm, k gov.SubjectKind) ([]gov.DataSubject, error) {
	return many(ctx, t, scanDataSubject, sqlDataSubjects, r, k)
}

func (t *tx) ErasedSubjects(ctx context.Context, r gov.Realm) ([]gov.DataSubject, error) {
	return many(ctx, t, scanDataSubject, sqlErasedSubjects, r)
}

func (t *tx) EraseDataSubject(ctx context.Context, r gov.Realm, id gov.ID, when time.Time) error {
	s, err := t.DataSubject(ctx, r, id)
	if err != nil || !s.Erased.IsZero() {
		return err
	}
	if err := t.put(ctx, sqlDeleteSubjectKey, r, id); err != nil {
		return err
	}
	if err := t.put(ctx, sqlForgetRequests, r, id); err != nil {
		return err
	}
	return t.put(ctx, sqlUpdateDataSubject, r, id, "", s.Ended, when)
}

func scanPersonalRequest(r row) (p gov.PersonalRequest, err error) {
	err = r.Scan(&p.Realm, &p.ID, &p.Person, &p.Kind, &p.Received, &p.Due, &p.Law, &p.State, &p.Ground, &p.Sealed,
		&p.Recorded.By, at{&p.Recorded.At}, &p.Settled.By, at{&p.Settled.At})
	return p, err
}

func (t *tx) CreatePersonalRequest(ctx context.Context, p gov.PersonalRequest) error {
	return t.put(ctx, sqlInsertPersonalRequest, p.Realm, p.ID, p.Person, p.Kind, p.Received, p.Due, p.Law, p.State, p.Ground, p.Sealed,
		p.Recorded.By, p.Recorded.At, p.Settled.By, p.Settled.At)
}

func (t *tx) PersonalRequest(ctx context.Context, r gov.Realm, id gov.ID) (gov.PersonalRequest, error) {
	return one(ctx, t, scanPersonalRequest, sqlPersonalRequest, r, id)
}

func (t *tx) SettlePersonalRequest(ctx context.Context, p gov.PersonalRequest) error {
	n, err := t.exec(ctx, sqlSettlePersonalRequest, p.Realm, p.ID, p.State, p.Ground, p.Settled.By, p.Settled.At)
	return t.changed(ctx, n, err, sqlPersonalRequestThere, p.Realm, p.ID)
}

// mostRequests is how many requests a list has where nobody says.
const mostRequests = 200

func (t *tx) PersonalRequests(ctx context.Context, r gov.Realm, q gov.PersonalRequestQuery) ([]gov.PersonalRequest, error) {
	f := inRealm(r)
	equal(f, "subject", q.Person)
	equal(f, "state", q.State)
	if q.Limit <= 0 {
		q.Limit = mostRequests
	}
	order := " ORDER BY due, id"
	if q.State != gov.RequestOpen {
		order = " ORDER BY due DESC, id DESC"
	}
	query := f.query(personalRequestColumns, "personal_request", order) + f.limit(q.Limit)
	return many(ctx, t, scanPersonalRequest, query, f.args...)
}

// Forget makes sure that what was deleted is not in SQLite's log any more, which keeps former pages until it is begun anew. Where somebody
// is still reading, the log is emptied by a later checkpoint. PostgreSQL cleans up by itself (docs/personal-data.md).
func (s *Store) Forget(ctx context.Context) error {
	if s.d.name != "sqlite" {
		return nil
	}
	_, err := s.write.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	return s.d.translate(err)
}
