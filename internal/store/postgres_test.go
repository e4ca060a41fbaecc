package store_test

import (
	"context"
	"testing"

	"haicap/internal/gov"
	"haicap/internal/store"
	"haicap/internal/store/pgtest"
	"haicap/internal/store/storetest"
)

// openPostgres gives an empty, migrated store in a database of its own.
func openPostgres(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.OpenPostgres(context.Background(), pgtest.Clone(t, migrateTo))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}

// migrateTo makes the tables in an empty database.
func migrateTo(dsn string) error {
	s, err := store.Open(context.Background(), dsn)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	return s.Migrate(context.Background())
}

func TestPostgres(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) gov.Store { return openPostgres(t) })
}
