package store

import (
	"context"
	"database/sql"
	"net/url"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"

	"haicap/internal/gov"
)

// A Picture is the books at one instant: what a copy of the database holds. It is a gov.Store that changes nothing.
type Picture struct {
	d      *dialect
	view   func(ctx context.Context, f func(tx gov.Tx) error) error
	reader querier
}

var _ gov.Store = (*Picture)(nil)

// View runs f on the picture.
func (p *Picture) View(ctx context.Context, f func(tx gov.Tx) error) error { return p.view(ctx, f) }

// Update refuses.
func (p *Picture) Update(context.Context, func(tx gov.Tx) error) error {
	return gov.Errorf(gov.Unavailable, "error.store_unreachable")
}

// Close does nothing: a picture ends with the function that it was given to.
func (p *Picture) Close() error { return nil }

// Contents says what is in the picture.
func (p *Picture) Contents(ctx context.Context) (Contents, error) {
	c, err := contents(ctx, p.d, p.reader)
	return c, p.d.translate(err)
}

// Contents is what a database holds, in numbers.
type Contents struct {
	Schema int64            // the last migration that has run
	Rows   map[string]int64 // by table
	Blobs  []string         // every name of bytes that a record holds, each once, in order
}

// Contents says what the database holds now.
func (s *Store) Contents(ctx context.Context) (Contents, error) {
	begun, err := s.read.BeginTx(ctx, &s.d.view)
	if err != nil {
		return Contents{}, s.d.translate(err)
	}
	defer func() { _ = begun.Rollback() }()
	c, err := contents(ctx, s.d, begun)
	return c, s.d.translate(err)
}

// Engine is "sqlite" or "postgres".
func (s *Store) Engine() string { return s.d.name }

// Copy writes a copy of the database to the file at path, which must not be there, while others go on writing, and then calls look with
// the books exactly as the copy has them. The copy of an SQLite database is one; that of PostgreSQL is a dump in pg_dump's own format.
func (s *Store) Copy(ctx context.Context, path string, look func(p *Picture) error) error {
	return s.d.copy(ctx, s, path, look)
}

// A querier is a connection, a pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

var (
	sqlSchemaVersion = statement("SELECT coalesce(max(version_id), 0) FROM " + versionTable + " WHERE is_applied")
	// A new column that names bytes is added here and to blobColumns.
	sqlBlobNames = statement("SELECT blob FROM document UNION SELECT text FROM document UNION SELECT sha256 FROM matter_file ORDER BY 1")
	sqlTables    = map[string]string{
		"sqlite": `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
			AND name NOT LIKE 'search\_words\_%' ESCAPE '\' AND name <> '` + versionTable + `' ORDER BY 1`,
		"postgres": `SELECT c.relname::text FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
			AND c.relname <> '` + versionTable + `' ORDER BY 1`,
	}
)

// blobColumns are the columns whose values are names of blobs.
var blobColumns = []string{"document.blob", "document.text", "matter_file.sha256"}

func contents(ctx context.Context, d *dialect, q querier) (Contents, error) {
	c := Contents{Rows: map[string]int64{}}
	if err := q.QueryRowContext(ctx, sqlSchemaVersion).Scan(&c.Schema); err != nil {
		return c, err
	}
	tables, err := texts(ctx, q, sqlTables[d.name])
	if err != nil {
		return c, err
	}
	for _, table := range tables {
		var n int64
		if err := q.QueryRowContext(ctx, "SELECT count(*) FROM "+table).Scan(&n); err != nil {
			return c, err
		}
		c.Rows[table] = n
	}
	c.Blobs, err = texts(ctx, q, sqlBlobNames)
	return c, err
}

// texts reads a query of one text column.
func texts(ctx context.Context, q querier, query string) ([]string, error) {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

// pagesAtOnce is how many pages are copied before somebody who wants to stop is heard: 4 MiB.
const pagesAtOnce = 1024

// copySQLite uses SQLite's online backup. The connection it reads on is in a read transaction, so that it sees one state however
// long it takes, and writers, who append to the write-ahead log, neither wait nor make it begin again.
func copySQLite(ctx context.Context, s *Store, path string, look func(p *Picture) error) error {
	if err := copyPages(ctx, s, path); err != nil {
		return s.d.translate(err)
	}
	p, done, err := openCopy(s.d, path)
	if err != nil {
		return s.d.translate(err)
	}
	defer done()
	return look(p)
}

func copyPages(ctx context.Context, s *Store, path string) error {
	conn, err := s.read.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	var tables int
	if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
		return err
	}
	defer func() { _, _ = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK") }()
	if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return err // BEGIN alone reads nothing and fixes nothing
	}
	return conn.Raw(func(driver any) error {
		// Whoever wants the copy reads it again and compares; it needs no journal and no flush.
		b, err := driver.(interface {
			NewBackup(string) (*sqlite.Backup, error)
		}).NewBackup(fileURI(path) + "?_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)")
		if err != nil {
			return err
		}
		for more := true; more && err == nil; {
			if more, err = b.Step(pagesAtOnce); err == nil {
				err = ctx.Err()
			}
		}
		if ended := b.Finish(); err == nil {
			err = ended
		}
		return err
	})
}

// openCopy opens a file that nobody writes: without locks, and without a log beside it.
func openCopy(d *dialect, path string) (*Picture, func(), error) {
	db, err := sql.Open("sqlite", fileURI(path)+"?mode=ro&immutable=1&_pragma=query_only(1)")
	if err != nil {
		return nil, nil, err
	}
	s := &Store{d: d, read: db, write: db}
	return &Picture{d: d, view: s.View, reader: db}, func() { _ = db.Close() }, nil
}

// fileURI is the path as SQLite's addresses have it.
func fileURI(path string) string {
	path = filepath.ToSlash(path)
	if len(path) > 1 && path[1] == ':' {
		path = "/" + path // a drive letter
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath()
}

// Damage reads the whole database and lists what is wrong with it, each in the engine's words; nothing where it is whole. PostgreSQL
// has tools of its own for that; there it lists nothing.
func (s *Store) Damage(ctx context.Context) ([]string, error) {
	if s.d.name != "sqlite" {
		return nil, nil
	}
	found, err := texts(ctx, s.read, "PRAGMA integrity_check(20)")
	if err != nil {
		return nil, s.d.translate(err)
	}
	if len(found) == 1 && found[0] == "ok" {
		found = nil
	}
	lost, err := texts(ctx, s.read, `SELECT "table" || ' → ' || parent || ': ' || count(*) FROM pragma_foreign_key_check GROUP BY "table", parent`)
	if err != nil {
		return nil, s.d.translate(err)
	}
	return append(found, lost...), nil
}

// withoutPassword takes the password out of a PostgreSQL address: programs are given it in their environment, since everybody on a
// machine can see its command lines. Parameters that only this program's driver knows go, too.
func withoutPassword(address string) (bare, password string) {
	u, err := url.Parse(address)
	if err != nil || !strings.HasPrefix(u.Scheme, "postgres") {
		return address, ""
	}
	password, _ = u.User.Password()
	if u.User != nil {
		u.User = url.User(u.User.Username())
	}
	q := u.Query()
	if p := q.Get("password"); p != "" {
		password = p
	}
	for _, k := range []string{"password", "default_query_exec_mode", "statement_cache_capacity", "description_cache_capacity"} {
		q.Del(k)
	}
	u.RawQuery = q.Encode()
	return u.String(), password
}
