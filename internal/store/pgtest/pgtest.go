// Package pgtest gives tests a PostgreSQL server of their own: started once for a test binary, reached by a socket in a
// temporary folder, without a port, and gone when the binary ends. Where PostgreSQL is not installed, tests are skipped.
//
// A package that uses it has
//
//	func TestMain(m *testing.M) { pgtest.Main(m) }
//
// The databases have Vietnamese ICU collation by default and no durability: the first to catch a column that lacks
// COLLATE "C", the second for speed.
package pgtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
)

const user = "haicap"

// state is the one server of this test binary.
var state struct {
	sync.Mutex
	server   *server
	failed   error
	made     int
	template string
}

// Main runs the tests of a package, stops the server, if one was started, and ends the program.
func Main(m *testing.M) { os.Exit(Run(m)) }

// Run is Main for a package that has more to do before its program ends.
func Run(m *testing.M) int {
	code := m.Run()
	state.Lock()
	if state.server != nil {
		state.server.stop()
	}
	return code
}

// Database makes an empty database and gives its address; it is dropped when the test ends.
func Database(t testing.TB) string {
	t.Helper()
	state.Lock()
	defer state.Unlock()
	return create(t, "template0")
}

// Clone makes a database that is a copy of what prepare makes of an empty one. prepare runs once in a test binary, so every
// caller in it gives the same one.
func Clone(t testing.TB, prepare func(dsn string) error) string {
	t.Helper()
	state.Lock()
	defer state.Unlock()
	if state.template == "" {
		ready(t)
		if err := admin("CREATE DATABASE model TEMPLATE template0"); err != nil {
			t.Fatalf("pgtest: %v", err)
		}
		if err := prepare(state.server.dsn("model")); err != nil {
			t.Fatalf("pgtest: the model database: %v", err)
		}
		state.template = "model"
	}
	return create(t, state.template)
}

// Program gives the path of one of PostgreSQL's programs, such as pg_dump; empty where there is no PostgreSQL.
func Program(name string) string {
	bin := find()
	if bin == "" {
		return ""
	}
	return filepath.Join(bin, name)
}

// ready starts the server at the first call. A machine without one is a reason to skip, one that does not start is not.
func ready(t testing.TB) {
	t.Helper()
	bin := find()
	if bin == "" {
		t.Skip("skipped: PostgreSQL 15 not found (make deps)")
	}
	if state.server == nil && state.failed == nil {
		state.server, state.failed = start(bin)
	}
	if state.failed != nil {
		t.Fatalf("pgtest: %v", state.failed)
	}
}

func create(t testing.TB, template string) string {
	t.Helper()
	ready(t)
	state.made++
	name := fmt.Sprintf("t%d", state.made)
	if err := admin("CREATE DATABASE " + name + " TEMPLATE " + template); err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	t.Cleanup(func() {
		state.Lock()
		defer state.Unlock()
		if err := admin("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Errorf("pgtest: %v", err)
		}
	})
	return state.server.dsn(name)
}

// admin runs one statement in the server's own database.
func admin(sql string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, state.server.dsn("postgres"))
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	_, err = conn.Exec(ctx, sql)
	return err
}

func (s *server) dsn(database string) string {
	q := url.Values{"host": {s.folder}, "user": {user}, "sslmode": {"disable"}}
	return "postgres:///" + database + "?" + q.Encode()
}
