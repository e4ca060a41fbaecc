package store

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"haicap/internal/gov"
)

// A Store keeps the books in one database. It is safe for concurrent use.
type Store struct {
	d     *dialect
	write *sql.DB // SQLite: exactly one connection; PostgreSQL: the same pool as read
	read  *sql.DB

	address string // of PostgreSQL, for its own programs
}

var _ gov.Store = (*Store)(nil)

// Open opens the store at address: postgres://… or postgresql://… is PostgreSQL, anything else the path of an SQLite file.
// Nothing is created or changed but the empty file; call Migrate or Check next.
func Open(ctx context.Context, address string) (*Store, error) {
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		return OpenPostgres(ctx, address)
	}
	return OpenSQLite(ctx, address)
}

// Sizes of the pools. The page cache is per connection, so these numbers bound the program's memory (DESIGN.md).
const (
	sqliteReaders   = 4
	postgresPool    = 16
	writerCacheKiB  = 16000
	readerCacheKiB  = 4000
	busyMillis      = 5000
	idleConnections = 5 * time.Minute
)

// OpenSQLite opens or makes the SQLite file at path, with one connection that writes and a pool that only reads.
func OpenSQLite(ctx context.Context, path string) (*Store, error) {
	s := &Store{d: sqliteDialect}
	var err error
	if s.write, err = sql.Open("sqlite", sqliteDSN(path, true)); err != nil {
		return nil, s.d.translate(err)
	}
	s.write.SetMaxOpenConns(1)
	if s.read, err = sql.Open("sqlite", sqliteDSN(path, false)); err != nil {
		_ = s.Close()
		return nil, s.d.translate(err)
	}
	s.read.SetMaxOpenConns(sqliteReaders)
	s.read.SetMaxIdleConns(sqliteReaders)
	s.read.SetConnMaxIdleTime(idleConnections)
	return s.ping(ctx)
}

// sqliteDSN puts the pragmas into the address, so that every connection of a pool has them. busy_timeout comes first: the
// ones after it may already have to wait for a lock. synchronous is FULL: a change that was confirmed survives loss of power.
// secure_delete writes zeros over what is deleted: a destroyed key must not be found in the file's free pages. temp_store is memory: a statement that
// writes many rows keeps what it would need to take them back, a few pages, and would write that to a file each time.
func sqliteDSN(path string, writer bool) string {
	q := []string{
		pragma("busy_timeout", busyMillis),
		"_pragma=journal_mode(WAL)",
		"_pragma=synchronous(FULL)",
		"_pragma=secure_delete(1)",
		"_pragma=foreign_keys(1)",
		"_pragma=temp_store(2)",
	}
	if writer {
		q = append(q, pragma("cache_size", -writerCacheKiB), "_txlock=immediate")
	} else {
		q = append(q, pragma("cache_size", -readerCacheKiB), "_pragma=query_only(1)")
	}
	return fileURI(path) + "?" + strings.Join(q, "&")
}

// OpenPostgres opens a PostgreSQL database. dsn is a URL or a list of key=value pairs as libpq takes them; a password that
// does not stand in it is looked for in PGPASSWORD and in the file that PGPASSFILE names. Several hosts with
// target_session_attrs=read-write follow a failover. default_query_exec_mode is cache_describe unless dsn names another: it is
// the fastest one that also works behind pgBouncer in transaction mode.
func OpenPostgres(ctx context.Context, dsn string) (*Store, error) {
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, gov.Errorf(gov.Invalid, "error.store_address").Because(err)
	}
	if !strings.Contains(dsn, "default_query_exec_mode") {
		cfg.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
	}
	if cfg.RuntimeParams["application_name"] == "" {
		cfg.RuntimeParams["application_name"] = "haicap"
	}
	db := stdlib.OpenDB(*cfg)
	db.SetMaxOpenConns(postgresPool)
	db.SetMaxIdleConns(postgresPool / 4)
	db.SetConnMaxIdleTime(idleConnections)
	s := &Store{d: postgresDialect, write: db, read: db, address: dsn}
	return s.ping(ctx)
}

func (s *Store) ping(ctx context.Context) (*Store, error) {
	for _, db := range []*sql.DB{s.write, s.read} {
		if err := db.PingContext(ctx); err != nil {
			_ = s.Close()
			return nil, s.d.translate(err)
		}
	}
	return s, nil
}

// Close ends all connections. Transactions that are under way fail.
func (s *Store) Close() error {
	var first error
	for _, db := range []*sql.DB{s.read, s.write} {
		if db == nil {
			continue
		}
		if err := db.Close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

func pragma(name string, value int) string {
	return "_pragma=" + name + "(" + strconv.Itoa(value) + ")"
}
