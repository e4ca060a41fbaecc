package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"haicap/internal/gov"
)

// maxTries is how often Update runs a function that keeps losing the race; with the waits between, about three seconds.
const maxTries = 20

// View runs f on one consistent picture of the data.
func (s *Store) View(ctx context.Context, f func(tx gov.Tx) error) error {
	_, err := s.run(ctx, s.read, &s.d.view, f)
	return err
}

// Update runs f and keeps all of its changes, or none. Where a statement of f failed, nothing is kept even if f
// returns nil: PostgreSQL demands it, and SQLite does the same here, so that a use case behaves alike on both.
// Calling Update inside f waits for itself and must not be done.
func (s *Store) Update(ctx context.Context, f func(tx gov.Tx) error) error {
	for try := 1; ; try++ {
		again, err := s.run(ctx, s.write, &s.d.update, f)
		if !again || try == maxTries {
			return err
		}
		wait := time.Duration(rand.Int64N(int64(min(try, 10)))+1) * 20 * time.Millisecond
		select {
		case <-ctx.Done():
			return s.d.translate(ctx.Err())
		case <-time.After(wait):
		}
	}
}

// run is one try; again says that it failed only because another transaction came first.
func (s *Store) run(ctx context.Context, db *sql.DB, opts *sql.TxOptions, f func(tx gov.Tx) error) (again bool, err error) {
	begun, err := db.BeginTx(ctx, opts)
	if err != nil {
		return s.d.faultOf(err) == lostRace, s.d.translate(err)
	}
	defer func() { _ = begun.Rollback() }() // does nothing after Commit; also for a panic in f
	t := newTx(begun, s.d)
	err = f(t)
	failed := *t.failed
	switch {
	case failed != nil && s.d.faultOf(failed) == lostRace:
		return true, failed
	case err != nil:
		return false, err
	case failed != nil:
		return false, failed
	}
	if err := begun.Commit(); err != nil {
		return s.d.faultOf(err) == lostRace, s.d.translate(err)
	}
	return false, nil
}

// A tx is one transaction; it has the methods of all nouns.
type tx struct {
	sql    *sql.Tx
	d      *dialect
	failed *error     // the first statement that failed; such a transaction is not committed
	reach  *gov.Reach // what it may read and write; nil: everything (reach.go)

	// What was asked for once and does not change under the transaction's hands.
	indicators map[gov.Realm]gov.Catalogue
	days       map[gov.Realm]gov.Day // as of which matters are counted
}

func newTx(begun *sql.Tx, d *dialect) *tx {
	return &tx{sql: begun, d: d, failed: new(error), indicators: map[gov.Realm]gov.Catalogue{}, days: map[gov.Realm]gov.Day{}}
}

var _ gov.Tx = (*tx)(nil)

// fail translates a driver's error and remembers that a statement failed. That there is no row is an answer, not a failure.
func (t *tx) fail(err error) error {
	none := errors.Is(err, sql.ErrNoRows)
	err = t.d.translate(err)
	if *t.failed == nil && !none {
		*t.failed = err
	}
	return err
}

// exec runs a statement that gives no rows, and says how many it touched.
func (t *tx) exec(ctx context.Context, query string, args ...any) (int64, error) {
	args, err := plain(args)
	if err != nil {
		return 0, err
	}
	res, err := t.sql.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, t.fail(err)
	}
	n, err := res.RowsAffected()
	if err != nil {
		return 0, t.fail(err)
	}
	return n, nil
}

// put is exec for a statement of which only the failure matters.
func (t *tx) put(ctx context.Context, query string, args ...any) error {
	_, err := t.exec(ctx, query, args...)
	return err
}

// A row is what a scan function reads from.
type row interface{ Scan(dest ...any) error }

// one reads the only row of a query; NotFound where there is none.
func one[T any](ctx context.Context, t *tx, scan func(row) (T, error), query string, args ...any) (T, error) {
	var zero T
	args, err := plain(args)
	if err != nil {
		return zero, err
	}
	v, err := scan(t.sql.QueryRowContext(ctx, query, args...))
	if err != nil {
		return zero, t.fail(err)
	}
	return v, nil
}

// many reads all rows of a query. They are read to the end at once: a connection serves one statement at a time.
func many[T any](ctx context.Context, t *tx, scan func(row) (T, error), query string, args ...any) ([]T, error) {
	var list []T
	err := each(ctx, t, scan, func(v *T) {
		if len(list) == cap(list) {
			list = slices.Grow(list, max(16, len(list))) // append alone would copy a long list five times
		}
		list = append(list, *v)
	}, query, args...)
	if err != nil {
		return nil, err
	}
	return list, nil
}

// each hands over the rows of a query one by one. f may neither keep what it is given nor ask the store for something else.
func each[T any](ctx context.Context, t *tx, scan func(row) (T, error), f func(v *T), query string, args ...any) error {
	args, err := plain(args)
	if err != nil {
		return err
	}
	rows, err := t.sql.QueryContext(ctx, query, args...)
	if err != nil {
		return t.fail(err)
	}
	defer func() { _ = rows.Close() }()
	var v T
	for rows.Next() {
		if v, err = scan(rows); err != nil {
			return t.fail(err)
		}
		f(&v)
	}
	if err := rows.Err(); err != nil {
		return t.fail(err)
	}
	return nil
}

// changed tells why an optimistic change touched no row: the record is missing, or it moved on. exists is a statement that
// finds the record by the same key.
func (t *tx) changed(ctx context.Context, n int64, err error, exists string, key ...any) error {
	if err != nil || n > 0 {
		return err
	}
	if _, err := one(ctx, t, scanInt, exists, key...); err != nil {
		return err
	}
	return gov.Errorf(gov.Conflict, "error.stale")
}

func scanInt(r row) (n int, err error) { return n, r.Scan(&n) }

func scanID(r row) (id gov.ID, err error) { return id, r.Scan(&id) }

// plain turns arguments into what both drivers take, and refuses what only one engine would keep: PostgreSQL takes no NUL and no
// broken UTF-8 in a text, SQLite turns a NaN into NULL.
func plain(args []any) ([]any, error) {
	list := slices.Clone(args)
	return list, plainly(list)
}

// plainly is plain, in place.
func plainly(list []any) error {
	for i, a := range list {
		switch v := a.(type) {
		case nil, bool, int64:
			continue
		case string:
			if err := keeps(v); err != nil {
				return err
			}
			continue
		case time.Time:
			list[i] = instant(v)
			continue
		case *float64:
			if v == nil {
				list[i] = nil
				continue
			}
			a = *v
		case asJSON:
			b, err := json.Marshal(v.v)
			if err != nil {
				return gov.Errorf(gov.Invalid, "error.bad_number").Because(err) // NaN: nothing else of the domain has no JSON
			}
			a = string(b)
		}
		switch v := reflect.ValueOf(a); v.Kind() {
		case reflect.String:
			s := v.String()
			if err := keeps(s); err != nil {
				return err
			}
			list[i] = s
		case reflect.Int, reflect.Int64:
			list[i] = v.Int()
		case reflect.Float64:
			if math.IsNaN(v.Float()) || math.IsInf(v.Float(), 0) {
				return gov.Errorf(gov.Invalid, "error.bad_number")
			}
			list[i] = v.Float()
		default:
			panic("store: argument of kind " + v.Kind().String())
		}
	}
	return nil
}

// keeps says whether both engines keep a text as it is.
func keeps(s string) error {
	if strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s) {
		return gov.Errorf(gov.Invalid, "error.bad_text")
	}
	return nil
}

// statements lists every fixed text, so that a test can have both engines compile each before a user can reach it.
var statements []string

func statement(s string) string {
	statements = append(statements, s)
	return s
}

// insertInto is an INSERT of one row into the comma-separated columns, with a placeholder for each.
func insertInto(table, columns string) string {
	n := strings.Count(columns, ",") + 1
	marks := make([]string, n)
	for i := range marks {
		marks[i] = "$" + strconv.Itoa(i+1)
	}
	return "INSERT INTO " + table + " (" + columns + ") VALUES (" + strings.Join(marks, ", ") + ")"
}

// statementFor lists a text that only one engine runs.
func statementFor(engine, s string) string {
	engineStatements[engine] = append(engineStatements[engine], s)
	return s
}

var engineStatements = map[string][]string{}
