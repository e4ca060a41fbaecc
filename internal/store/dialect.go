package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"

	"haicap/internal/gov"
)

// A dialect is all that differs between the engines.
type dialect struct {
	name       string        // also the folder of its migrations
	goose      goose.Dialect // how the table of migrations is kept
	view       sql.TxOptions
	update     sql.TxOptions
	fault      func(error) fault // recognises a driver's error by its code, never by its words
	lock       string            // statement that keeps a second migration out; empty: not needed
	index      func(context.Context, *tx, gov.SearchEntry) error
	found      string // statement that finds entries; see search.go
	copy       func(ctx context.Context, s *Store, path string, look func(p *Picture) error) error
	bare       bool                                // takes ? for a parameter without a number; see bulk.go
	skipLocked string                              // passes over rows that another transaction holds; empty: there is one writer
	matcher    func(words []string, t tier) string // what the user typed, in the engine's search language
}

var sqliteDialect = &dialect{
	name:    "sqlite",
	goose:   goose.DialectSQLite3,
	view:    sql.TxOptions{ReadOnly: true},
	fault:   sqliteFault,
	bare:    true,
	index:   sqliteIndex,
	found:   sqlSearchSQLite,
	copy:    copySQLite,
	matcher: sqliteMatch,
}

// In PostgreSQL a view is one snapshot, and an update behaves as if it ran alone.
var postgresDialect = &dialect{
	name:       "postgres",
	goose:      goose.DialectPostgres,
	view:       sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead},
	update:     sql.TxOptions{Isolation: sql.LevelSerializable},
	fault:      postgresFault,
	lock:       "SELECT pg_advisory_xact_lock(7234817)",
	index:      postgresIndex,
	found:      sqlSearchPostgres,
	skipLocked: " FOR UPDATE SKIP LOCKED",
	copy:       copyPostgres,
	matcher:    postgresMatch,
}

// A fault is a kind of failure that both engines know.
type fault int

const (
	otherFault  fault = iota
	duplicate         // a key exists already
	dangling          // a foreign key points nowhere
	lostRace          // another transaction came first; running again may succeed
	engineBusy        // waited for a lock for too long
	diskFull          // no room left
	unreachable       // the file or the server cannot be used now
	damaged           // the data are not what the engine wrote
	interrupted       // the caller gave up waiting
	badText           // the engine cannot keep this text
)

// refusals says what each fault is in the domain's words.
var refusals = map[fault]struct {
	code gov.Code
	key  string
}{
	duplicate:   {gov.Conflict, "error.exists"},
	dangling:    {gov.NotFound, "error.not_found"},
	lostRace:    {gov.Unavailable, "error.store_busy"},
	engineBusy:  {gov.Unavailable, "error.store_busy"},
	diskFull:    {gov.Unavailable, "error.disk_full"},
	unreachable: {gov.Unavailable, "error.store_unreachable"},
	damaged:     {gov.Internal, "error.store_damaged"},
	interrupted: {gov.Unavailable, "error.interrupted"},
	badText:     {gov.Invalid, "error.bad_text"},
}

// translate turns an engine's error into the domain's. The cause stays inside for logs.
func (d *dialect) translate(err error) error {
	var known *gov.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case errors.Is(err, sql.ErrNoRows):
		return gov.Errorf(gov.NotFound, "error.not_found").Because(err)
	}
	if r, ok := refusals[d.faultOf(err)]; ok {
		return gov.Errorf(r.code, r.key).Because(err)
	}
	return fmt.Errorf("store: %s: %w", d.name, err)
}

func (d *dialect) faultOf(err error) fault {
	var netErr net.Error
	switch f := d.fault(err); {
	case f != otherFault:
		return f
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return interrupted
	case errors.As(err, &netErr), errors.Is(err, driver.ErrBadConn), errors.Is(err, sql.ErrConnDone):
		return unreachable
	}
	return otherFault
}

// sqliteFault reads result codes: the low byte is the kind, the whole number the exact case (sqlite.org/rescode.html).
func sqliteFault(err error) fault {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return otherFault
	}
	switch e.Code() {
	case 1555, 2067: // CONSTRAINT_PRIMARYKEY, CONSTRAINT_UNIQUE
		return duplicate
	case 787: // CONSTRAINT_FOREIGNKEY
		return dangling
	}
	switch e.Code() & 0xff {
	case 5, 6: // BUSY, LOCKED
		return engineBusy
	case 9: // INTERRUPT
		return interrupted
	case 13: // FULL
		return diskFull
	case 8, 10, 14: // READONLY, IOERR, CANTOPEN
		return unreachable
	case 11, 26: // CORRUPT, NOTADB
		return damaged
	}
	return otherFault
}

// postgresFault reads SQLSTATE (PostgreSQL manual, appendix A).
func postgresFault(err error) fault {
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) {
		return unreachable
	}
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return otherFault
	}
	switch e.Code {
	case "23505":
		return duplicate
	case "23503":
		return dangling
	case "40001", "40P01": // serialization failure, deadlock
		return lostRace
	case "55P03": // lock not available
		return engineBusy
	case "53100":
		return diskFull
	case "57014": // query cancelled
		return interrupted
	case "22021", "22P05": // not in the encoding
		return badText
	case "XX001", "XX002":
		return damaged
	case "25006", "53300", "57P01", "57P02", "57P03": // read-only, too many connections, shutting down, starting
		return unreachable
	}
	if e.Code[:2] == "08" {
		return unreachable
	}
	return otherFault
}
