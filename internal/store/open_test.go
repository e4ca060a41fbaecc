package store_test

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"golang.org/x/mod/sumdb/tlog"

	"haicap/internal/gov"
	"haicap/internal/store"
	"haicap/internal/store/pgtest"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(writeUntilKilled); path != "" {
		appendForever(path)
	}
	pgtest.Main(m)
}

func TestOddPaths(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"dữ liệu.db", "a b.db", "50%25.db", "a?mode=memory.db", "a#b.db", "a&b=c.db", "'a'.db"} {
		path := filepath.Join(t.TempDir(), name)
		s, err := store.Open(context.Background(), path)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := s.Migrate(context.Background()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%s: the file is not where it should be: %v", name, err)
		}
		_ = s.Close()
	}
}

// A pragma that is run once reaches one connection; each of a pool must have it.
func TestEveryConnectionHasItsPragmas(t *testing.T) {
	t.Parallel()
	write, read := openSQLite(t).Pools()
	check := func(db *sql.DB, connections int, want map[string]string) {
		for i := range connections {
			c, err := db.Conn(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = c.Close() }() // held until the test ends, so that the next is another one
			for pragma, value := range want {
				var got string
				if err := c.QueryRowContext(context.Background(), "PRAGMA "+pragma).Scan(&got); err != nil || got != value {
					t.Errorf("connection %d: %s is %q (%v), want %q", i, pragma, got, err, value)
				}
			}
		}
	}
	common := map[string]string{"busy_timeout": "5000", "journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"}
	check(read, 4, common)
	check(read, 0, nil)
	check(write, 1, common)
	check(write, 0, nil)
	if write.Stats().MaxOpenConnections != 1 {
		t.Errorf("%d connections may write", write.Stats().MaxOpenConnections)
	}
	if _, err := read.Exec("DELETE FROM holding"); err == nil {
		t.Error("the reading pool can write")
	}
}

func TestDataBehindAndAhead(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	open := func(t *testing.T, address string) {
		s, err := store.Open(ctx, address)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.Close() }()
		list, err := s.Pending(ctx)
		if err != nil || len(list) == 0 || list[0] != "0001_books.sql" {
			t.Errorf("pending: %v, %v", list, err)
		}
		wantKey(t, s.Check(ctx), gov.Unavailable, "error.migrate_first")
		for range 2 {
			if err := s.Migrate(ctx); err != nil {
				t.Fatal(err)
			}
			if err := s.Check(ctx); err != nil {
				t.Errorf("after Migrate: %v", err)
			}
		}
		write, _ := s.Pools()
		if _, err := write.Exec("INSERT INTO "+store.VersionTable+" (version_id, is_applied) VALUES ($1, $2)", 9999, true); err != nil {
			t.Fatal(err)
		}
		wantKey(t, s.Check(ctx), gov.Unavailable, "error.data_newer")
		wantKey(t, s.Migrate(ctx), gov.Unavailable, "error.data_newer")
	}
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); open(t, filepath.Join(t.TempDir(), "a.db")) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); open(t, pgtest.Database(t)) })
}

func TestServersThatStartTogetherMigrateOnce(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if err := migrateTo(dsn); err != nil {
				t.Errorf("Migrate: %v", err)
			}
		})
	}
	wg.Wait()
}

func wantKey(t *testing.T, err error, code gov.Code, key string) {
	t.Helper()
	var e *gov.Error
	if !errors.As(err, &e) || e.Code != code || e.Key != key {
		t.Errorf("got %v; want %s %s", err, code, key)
	}
}

func TestWhatCannotBeOpened(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := t.TempDir()
	other := filepath.Join(dir, "other.db")
	if err := os.WriteFile(other, []byte(strings.Repeat("This is no database. ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	nobody, err := net.Listen("tcp", "127.0.0.1:0") // a port at which nobody answers once it is closed
	if err != nil {
		t.Fatal(err)
	}
	port := nobody.Addr().(*net.TCPAddr).Port
	_ = nobody.Close()
	for _, c := range []struct {
		address string
		code    gov.Code
		key     string
	}{
		{other, gov.Internal, "error.store_damaged"},
		{filepath.Join(dir, "none", "a.db"), gov.Unavailable, "error.store_unreachable"},
		{dir, gov.Unavailable, "error.store_unreachable"},
		{fmt.Sprintf("postgres://haicap@127.0.0.1:%d/haicap", port), gov.Unavailable, "error.store_unreachable"},
		{"postgres://haicap@127.0.0.1:port/", gov.Invalid, "error.store_address"},
	} {
		s, err := store.Open(ctx, c.address)
		if err == nil {
			_ = s.Close()
		}
		wantKey(t, err, c.code, c.key)
	}
}

// Another program may hold the file for longer than anybody waits.
func TestBusyFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.db")
	s, err := store.OpenSQLite(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	write, _ := s.Pools()
	held, err := write.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = held.Rollback() }()
	impatient, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = impatient.Close() }()
	_, err = impatient.Begin()
	wantKey(t, s.Translate(err), gov.Unavailable, "error.store_busy")
}

func TestPostgresFaults(t *testing.T) {
	t.Parallel()
	s := openPostgres(t)
	for code, want := range map[string]gov.Code{
		"23505": gov.Conflict, "23503": gov.NotFound, "40001": gov.Unavailable, "40P01": gov.Unavailable, "53100": gov.Unavailable,
		"57014": gov.Unavailable, "57P01": gov.Unavailable, "08006": gov.Unavailable, "25006": gov.Unavailable, "22021": gov.Invalid,
		"XX001": gov.Internal, "42601": gov.Internal,
	} {
		err := s.Translate(fmt.Errorf("said: %w", &pgconn.PgError{Code: code}))
		if gov.CodeOf(err) != want {
			t.Errorf("%s is %v, want %s", code, err, want)
		}
	}
}

func TestExecModeWorksBehindPgBouncer(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	for add, want := range map[string]pgx.QueryExecMode{
		"":                              pgx.QueryExecModeCacheDescribe,
		"&default_query_exec_mode=exec": pgx.QueryExecModeExec,
	} {
		s, err := store.OpenPostgres(context.Background(), dsn+add)
		if err != nil {
			t.Fatal(err)
		}
		_, db := s.Pools()
		conn, err := db.Conn(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.Raw(func(c any) error {
			if got := c.(*stdlib.Conn).Conn().Config().DefaultQueryExecMode; got != want {
				t.Errorf("with %q: mode %v, want %v", add, got, want)
			}
			return nil
		})
		_ = conn.Close()
		_ = s.Close()
	}
}

// writeUntilKilled in the environment makes this binary a writer on the SQLite file that it names.
const writeUntilKilled = "HAICAP_TEST_WRITE"

// appendForever commits audit lines and says the number of each after its commit.
func appendForever(path string) {
	ctx := context.Background()
	s, err := store.OpenSQLite(ctx, path)
	for err == nil {
		var line gov.AuditLine
		err = s.Update(ctx, func(tx gov.Tx) (err error) {
			line, err = tx.AppendAudit(ctx, gov.AuditLine{Realm: 1, At: time.Unix(1766538123, 0), Action: "document.file"})
			if err != nil {
				return err
			}
			return tx.Index(ctx, gov.SearchEntry{Realm: 1, Noun: "document", Record: gov.ID(fmt.Sprint(line.Seq)), Title: "hộ nghèo"})
		})
		fmt.Println(line.Seq)
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// A program that is killed while it writes loses nothing that it said was done, and nothing is half there.
func TestKilledWriterLosesNothing(t *testing.T) {
	t.Parallel()
	s := openSQLite(t)
	_, db := s.Pools()
	path := strs(t, db, "SELECT file FROM pragma_database_list WHERE name = 'main'")[0]
	last := int64(0)
	for range 3 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), writeUntilKilled+"="+path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		said := bufio.NewScanner(out)
		for n := 0; said.Scan(); n++ {
			if n == 20 {
				_ = cmd.Process.Kill()
			}
			if _, err := fmt.Sscan(said.Text(), &last); err != nil {
				t.Fatal(err)
			}
		}
		_ = cmd.Wait()
		err = s.View(context.Background(), func(tx gov.Tx) error {
			lines, err := tx.AuditLines(context.Background(), 1, 0, 1<<20)
			if err != nil {
				return err
			}
			tree, err := tx.AuditTree(context.Background(), 1, 0, 1<<20)
			if err != nil {
				return err
			}
			if n := int64(len(lines)); n < last || last < 20 || int64(len(tree)) != tlog.StoredHashCount(n) {
				t.Errorf("%d lines and %d hashes, the writer said %d lines", n, len(tree), last)
			}
			hits, err := tx.Search(context.Background(), 1, gov.SearchQuery{Words: "hộ nghèo", Limit: 1 << 20})
			if len(hits) != len(lines) {
				t.Errorf("%d entries are found for %d lines", len(hits), len(lines))
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
		if got := strs(t, db, "PRAGMA integrity_check"); len(got) != 1 || got[0] != "ok" {
			t.Errorf("integrity: %v", got)
		}
	}
}
