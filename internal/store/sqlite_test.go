package store_test

import (
	"context"
	"path/filepath"
	"testing"

	"haicap/internal/gov"
	"haicap/internal/store"
	"haicap/internal/store/storetest"
)

// openSQLite gives an empty, migrated store in a folder of its own.
func openSQLite(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.OpenSQLite(context.Background(), filepath.Join(t.TempDir(), "haicap.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	if err := s.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSQLite(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) gov.Store { return openSQLite(t) })
}
