package store

import (
	"context"
	"time"

	"haicap/internal/gov"
)

const letterColumns = "realm, id, account, kind, key, body, state, due, attempts, fault, made_at, ended_at"

var (
	sqlInsertLetter = statement(insertInto("letter", letterColumns) + " ON CONFLICT (realm, key) DO NOTHING")
	sqlLetter       = statement("SELECT " + letterColumns + " FROM letter WHERE realm = $1 AND id = $2")
	sqlLostLetters  = statement(`UPDATE letter SET state = 'unclear', fault = 'the program ended while it was being sent', ended_at = $3
		WHERE realm = $1 AND state = 'sending' AND due <= $2`)
	// The number of attempts says whose a letter is that is being sent.
	sqlUpdateLetter = statement("UPDATE letter SET state = $3, due = $4, fault = $5, ended_at = $6 WHERE realm = $1 AND id = $2 AND attempts = $7")
	sqlHasLetter    = statement("SELECT 1 FROM letter WHERE realm = $1 AND id = $2")
	sqlLettersDue   = statement("SELECT " + letterColumns + " FROM letter WHERE realm = $1 AND state = $2 ORDER BY due, id LIMIT $3")
	sqlLettersEnded = statement("SELECT " + letterColumns + " FROM letter WHERE realm = $1 AND state = $2 ORDER BY ended_at DESC, id DESC LIMIT $3")
	sqlCountLetters = statement("SELECT state, count(*) FROM letter WHERE realm = $1 GROUP BY state")
	sqlClearLetters = statement("DELETE FROM letter WHERE realm = $1 AND state IN ('sent', 'dropped') AND ended_at < $2")
)

func scanLetter(r row) (l gov.Letter, err error) {
	err = r.Scan(&l.Realm, &l.ID, &l.Account, &l.Kind, &l.Key, &l.Body, &l.State, at{&l.Due}, &l.Attempts, &l.Fault, at{&l.Made}, at{&l.Ended})
	return l, err
}

func (t *tx) AddLetter(ctx context.Context, l gov.Letter) (bool, error) {
	n, err := t.exec(ctx, sqlInsertLetter, l.Realm, l.ID, l.Account, l.Kind, l.Key, l.Body, gov.LetterWaiting, l.Due, 0, "", l.Made, "")
	return n > 0, err
}

func (t *tx) Letter(ctx context.Context, r gov.Realm, id gov.ID) (gov.Letter, error) {
	return one(ctx, t, scanLetter, sqlLetter, r, id)
}

// TakeLetter passes over rows that another server is taking just now (PostgreSQL).
func (t *tx) TakeLetter(ctx context.Context, r gov.Realm, now, until time.Time) (gov.Letter, error) {
	first := "SELECT id FROM letter WHERE realm = $1 AND state = 'waiting' AND due <= $2 ORDER BY due, id LIMIT 1" + t.d.skipLocked
	return one(ctx, t, scanLetter, "WITH taken AS MATERIALIZED ("+first+") UPDATE letter SET state = 'sending', attempts = attempts + 1, due = $3 "+
		"WHERE realm = $1 AND id IN (SELECT id FROM taken) RETURNING "+letterColumns, r, now, until)
}

func (t *tx) LostLetters(ctx context.Context, r gov.Realm, now time.Time) (int, error) {
	n, err := t.exec(ctx, sqlLostLetters, r, now, now)
	return int(n), err
}

func (t *tx) UpdateLetter(ctx context.Context, l gov.Letter) error {
	n, err := t.exec(ctx, sqlUpdateLetter, l.Realm, l.ID, l.State, l.Due, l.Fault, l.Ended, l.Attempts)
	return t.changed(ctx, n, err, sqlHasLetter, l.Realm, l.ID)
}

func (t *tx) LettersIn(ctx context.Context, r gov.Realm, s gov.LetterState, limit int) ([]gov.Letter, error) {
	query := sqlLettersEnded
	if s == gov.LetterWaiting || s == gov.LetterSending {
		query = sqlLettersDue
	}
	return many(ctx, t, scanLetter, query, r, s, pageSize(limit))
}

func (t *tx) CountLetters(ctx context.Context, r gov.Realm) (map[gov.LetterState]int, error) {
	type count struct {
		state gov.LetterState
		n     int
	}
	list, err := many(ctx, t, func(r row) (c count, err error) {
		err = r.Scan(&c.state, &c.n)
		return c, err
	}, sqlCountLetters, r)
	counts := map[gov.LetterState]int{}
	for _, c := range list {
		counts[c.state] = c.n
	}
	return counts, err
}

func (t *tx) DeleteLetters(ctx context.Context, r gov.Realm, before time.Time) error {
	return t.put(ctx, sqlClearLetters, r, before)
}
