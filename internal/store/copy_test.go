package store_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"haicap/internal/gov"
	"haicap/internal/store"
	"haicap/internal/store/pgtest"
)

// holdings makes n holdings, from realm first on.
func holdings(t *testing.T, s *store.Store, first, n int) {
	t.Helper()
	err := s.Update(context.Background(), func(tx gov.Tx) error {
		for i := range n {
			if err := tx.CreateHolding(context.Background(), gov.Holding{Realm: gov.Realm(first + i), Since: start}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func rows(t *testing.T, c interface {
	Contents(ctx context.Context) (store.Contents, error)
}) int64 {
	t.Helper()
	got, err := c.Contents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Rows) < 18 || got.Rows["job"] != 0 || got.Schema < 2 {
		t.Errorf("contents %+v", got)
	}
	return got.Rows["holding"]
}

// A copy has what was there when it began and nothing of what was written since, and what look sees is the same.
func TestCopyIsOnePicture(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		holdings(t, s, 1, 3)
		path := filepath.Join(t.TempDir(), "bản sao #1?.db")
		err := s.Copy(t.Context(), path, func(p *store.Picture) error {
			holdings(t, s, 100, 4) // others go on
			if n := rows(t, p); n != 3 {
				t.Errorf("the picture has %d holdings, want 3", n)
			}
			if err := p.Update(t.Context(), func(gov.Tx) error { return nil }); err == nil {
				t.Error("a picture can be changed")
			}
			return p.View(t.Context(), func(tx gov.Tx) error {
				list, err := tx.Holdings(t.Context())
				if len(list) != 3 {
					t.Errorf("the picture shows %d holdings, want 3", len(list))
				}
				return err
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		if n := rows(t, s); n != 7 {
			t.Errorf("%d holdings after the copy, want 7", n)
		}
		if n := rows(t, loaded(t, s.Engine(), path)); n != 3 {
			t.Errorf("the copy has %d holdings, want 3", n)
		}
	})
}

// loaded opens a copy: an SQLite file as it is, a dump in a database of its own.
func loaded(t *testing.T, engine, path string) *store.Store {
	t.Helper()
	address := path
	if engine == "postgres" {
		address = pgtest.Database(t)
	}
	s, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if engine == "postgres" {
		if err := s.LoadDump(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		if err := s.LoadDump(t.Context(), path); gov.CodeOf(err) != gov.Conflict {
			t.Errorf("a dump was loaded over another: %v", err)
		}
	}
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
	if found, err := s.Damage(t.Context()); err != nil || len(found) > 0 {
		t.Errorf("damage: %v, %v", found, err)
	}
	return s
}

func TestCopyStops(t *testing.T) {
	t.Parallel()
	s := openSQLite(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Copy(ctx, filepath.Join(t.TempDir(), "a"), func(*store.Picture) error { return nil }); gov.CodeOf(err) != gov.Unavailable {
		t.Errorf("%v", err)
	}
	holdings(t, s, 1, 1) // the store is as it was
}

func TestDamageIsSeen(t *testing.T) {
	t.Parallel()
	s := openSQLite(t)
	holdings(t, s, 1, 1)
	write, _ := s.Pools()
	for _, q := range []string{"PRAGMA foreign_keys(0)", "INSERT INTO session_unit VALUES (1, 'none', 1, '07909', '2025-07-01')", "PRAGMA foreign_keys(1)"} {
		if _, err := write.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	found, err := s.Damage(t.Context())
	if err != nil || len(found) != 1 || !strings.Contains(found[0], "session_unit") {
		t.Errorf("%v, %v", found, err)
	}
}

// Whatever names bytes must be named to the backup.
func TestBlobColumns(t *testing.T) {
	t.Parallel()
	_, db := openSQLite(t).Pools()
	found := strs(t, db, `SELECT m.name || '.' || c.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table'
		AND m.name NOT LIKE 'search\_%' ESCAPE '\' AND (c.name IN ('blob', 'text', 'sha256') OR c.name LIKE '%\_blob' ESCAPE '\') ORDER BY 1`)
	if !slices.Equal(found, store.BlobColumns) {
		t.Errorf("these columns seem to name bytes: %v; copy.go knows %v", found, store.BlobColumns)
	}
}
