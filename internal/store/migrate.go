package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"

	"github.com/pressly/goose/v3"

	"haicap/internal/gov"
)

// The migrations, numbered alike for both engines. A file that was ever released is never edited. Number 3 computes something and
// stands in migrate_audit.go.
//
//go:embed migrations
var migrations embed.FS

// versionTable is where goose keeps which migrations have run.
const versionTable = "schema_version"

func (s *Store) migrator() (*goose.Provider, error) {
	folder, err := fs.Sub(migrations, "migrations/"+s.d.name)
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(s.d.goose, s.write, folder, goose.WithTableName(versionTable), goose.WithDisableGlobalRegistry(true),
		goose.WithLogger(goose.NopLogger()), goose.WithGoMigrations(auditMigration(s.d)))
}

// Migrate brings the data to the form that this program writes, each step in a transaction of its own. It does nothing where
// the data are there already, and refuses data that a newer program has written.
func (s *Store) Migrate(ctx context.Context) error {
	m, err := s.migrator()
	if err != nil {
		return err
	}
	if s.d.lock != "" { // two servers may be started at the same time; the second waits and finds nothing to do
		guard, err := s.write.BeginTx(ctx, nil)
		if err != nil {
			return s.d.translate(err)
		}
		defer func() { _ = guard.Rollback() }()
		if _, err := guard.ExecContext(ctx, s.d.lock); err != nil {
			return s.d.translate(err)
		}
	}
	if _, err := pending(ctx, m); err != nil {
		return s.d.translate(err)
	}
	_, err = m.Up(ctx)
	return s.d.translate(err)
}

// Pending lists the migrations that have not run yet, in order.
func (s *Store) Pending(ctx context.Context) ([]string, error) {
	m, err := s.migrator()
	if err != nil {
		return nil, err
	}
	list, err := pending(ctx, m)
	return list, s.d.translate(err)
}

func pending(ctx context.Context, m *goose.Provider) ([]string, error) {
	data, program, err := m.GetVersions(ctx)
	if err != nil {
		return nil, err
	}
	if data > program {
		return nil, gov.Errorf(gov.Unavailable, "error.data_newer", data, program)
	}
	var list []string
	for _, source := range m.ListSources() {
		if source.Version > data {
			name := path.Base(source.Path)
			if source.Type == goose.TypeGo {
				name = fmt.Sprintf("%04d", source.Version)
			}
			list = append(list, name)
		}
	}
	return list, nil
}

// Check is what a program asks before it serves: it refuses data that are behind or ahead of it, and says what to do.
func (s *Store) Check(ctx context.Context) error {
	list, err := s.Pending(ctx)
	if err != nil {
		return err
	}
	if len(list) > 0 {
		return gov.Errorf(gov.Unavailable, "error.migrate_first", len(list))
	}
	return nil
}
