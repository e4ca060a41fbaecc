package synth

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	_ "modernc.org/sqlite"

	"haicap/internal/blob"
	"haicap/internal/gov"
	"haicap/internal/register"
	"haicap/internal/store"
)

// A book is a data folder with made data.
type book struct {
	dir   string
	store *store.Store
	blobs gov.Blobs
	made  Made
}

// wholeOrder asks for some of everything.
func wholeOrder(seed uint64) Config {
	return Config{Seed: seed, Provinces: []string{"25"}, Years: 3, Until: "2026-10-31", Records: 2500, Matters: 300,
		Roles:   []Role{{"vanthu", "Văn thư", "clerk", "x"}, {"chuyenvien", "Chuyên viên", "analyst", "x"}, {"lanhdao", "Lãnh đạo", "leader", "x"}},
		Offices: []Role{{"chutri", "Đơn vị chủ trì", "lead", "x"}}}
}

// fill makes a data folder by an order.
func fill(t *testing.T, c Config) book {
	t.Helper()
	ctx := context.Background()
	b := book{dir: t.TempDir()}
	var err error
	if b.store, err = store.OpenSQLite(ctx, filepath.Join(b.dir, "a.db")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.store.Close() })
	if err := b.store.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	blobs, err := blob.Open(filepath.Join(b.dir, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	b.blobs = blobs
	units, err := register.Load()
	if err != nil {
		t.Fatal(err)
	}
	home, err := units.At(c.Provinces[0], "")
	if err != nil {
		t.Fatal(err)
	}
	c.Store, c.Blobs, c.Units, c.Holding = b.store, blobs, units, gov.Holding{Realm: 25, Unit: home.UnitKey, Agency: "a"}
	err = b.store.Update(ctx, func(tx gov.Tx) error {
		if err := tx.CreateHolding(ctx, c.Holding); err != nil {
			return err
		}
		return tx.CreateAgency(ctx, gov.Agency{Realm: 25, ID: "a", Name: "Văn phòng", Unit: home.UnitKey})
	})
	if err != nil {
		t.Fatal(err)
	}
	if b.made, err = Run(ctx, c); err != nil {
		t.Fatal(err)
	}
	return b
}

// hash is of every row of every table and of every file, without the columns that are named table.column. What the store itself writes down about its
// migrations has times in it and is left out, and so are the pages in which the full-text search keeps its words.
func (b book) hash(t *testing.T, without ...string) string {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(b.dir, "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	h := sha256.New()
	n := 0
	for _, table := range tables(t, db) {
		for _, line := range lines(t, db, table, without) {
			n++
			_, _ = fmt.Fprintln(h, table, line)
		}
	}
	err = filepath.WalkDir(filepath.Join(b.dir, "blobs"), func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			var data []byte
			data, err = os.ReadFile(path)
			_, _ = fmt.Fprintf(h, "%s %x\n", d.Name(), sha256.Sum256(data))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if least := b.made.Accounts + b.made.Figures + b.made.Targets + b.made.Matters; n < least {
		t.Fatalf("%d rows were hashed of more than %d", n, least)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

func tables(t *testing.T, db *sql.DB) []string {
	t.Helper()
	rows, err := db.Query(`SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite%'
		AND name NOT LIKE '%version%' AND name NOT LIKE 'search_words_%' ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var list []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	return list
}

// lines are the rows of a table as text, sorted.
func lines(t *testing.T, db *sql.DB, table string, without []string) []string {
	t.Helper()
	rows, err := db.Query("SELECT * FROM " + table)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for rows.Next() {
		values, to := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			to[i] = &values[i]
		}
		if err := rows.Scan(to...); err != nil {
			t.Fatal(err)
		}
		for i, name := range names {
			if slices.Contains(without, table+"."+name) {
				values[i] = nil
			}
		}
		list = append(list, fmt.Sprintf("%q", values))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return list
}

// The same order makes the same books to the byte, however many processors there are; another seed makes others. The order brings the hash of the
// accounts' password: the command makes one with random salt, and then that column differs and nothing else. Not parallel: it changes GOMAXPROCS.
func TestTheSameSeedMakesTheSameBooks(t *testing.T) {
	b := fill(t, wholeOrder(7))
	first, but := b.hash(t), b.hash(t, "account.password")
	before := runtime.GOMAXPROCS(1)
	alone := fill(t, wholeOrder(7)).hash(t)
	runtime.GOMAXPROCS(max(before, 4))
	many := fill(t, wholeOrder(7)).hash(t)
	runtime.GOMAXPROCS(before)
	if alone != first || many != first {
		t.Errorf("the books differ: %s, with one processor %s, with several %s", first, alone, many)
	}
	if other := fill(t, wholeOrder(8)).hash(t); other == first {
		t.Error("another seed made the same books")
	}
	salted := wholeOrder(7)
	for i := range salted.Roles {
		salted.Roles[i].Password = "another"
	}
	if other := fill(t, salted); other.hash(t) == first || other.hash(t, "account.password") != but {
		t.Error("with another password more or less than the password differs")
	}
}
