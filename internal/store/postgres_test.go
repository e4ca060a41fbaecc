package store_test

import (
	"context"
	"testing"

	"haicap/internal/gov"
	"haicap/internal/store"
	"haicap/internal/store/pgtest"
	"haicap/internal/store/storetest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// openPostgres gives an empty, migrated store in a database of its own.
func openPostgres(t testing.TB) *store.Store {
	t.Helper()
	ctx := context.Background()
	s, err := store.OpenPostgres(ctx, pgtest.Clone(t, func(dsn string) error {
		s, err := store.Open(ctx, dsn)
		if err != nil {
			return err
		}
		defer func() { _ = s.Close() }()
		return s.Migrate(ctx)
	}))
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

func TestPostgres(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) gov.Store { return openPostgres(t) })
}
