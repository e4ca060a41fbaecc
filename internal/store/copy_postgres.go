package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"

	"haicap/internal/gov"
)

// copyPostgres has pg_dump dump the same snapshot that look sees, and pg_restore list what the dump holds.
func copyPostgres(ctx context.Context, s *Store, path string, look func(p *Picture) error) error {
	begun, err := s.read.BeginTx(ctx, &s.d.view)
	if err != nil {
		return s.d.translate(err)
	}
	defer func() { _ = begun.Rollback() }()
	var snapshot, version string
	if err := begun.QueryRowContext(ctx, "SELECT pg_export_snapshot(), current_setting('server_version_num')").Scan(&snapshot, &version); err != nil {
		return s.d.translate(err)
	}
	server, err := strconv.Atoi(version)
	if err != nil {
		return err
	}
	if err := programVersion(ctx, "pg_dump", server/10000); err != nil {
		return err
	}
	if _, err := s.program(ctx, "pg_dump", "--format=custom", "--compress=0", "--no-owner", "--no-privileges",
		"--snapshot="+snapshot, "--file="+path); err != nil {
		return err
	}
	tables, err := texts(ctx, begun, sqlTables[s.d.name])
	if err != nil {
		return s.d.translate(err)
	}
	if err := checkDump(ctx, path, append(tables, versionTable)); err != nil {
		return err
	}
	return look(&Picture{d: s.d, reader: begun, view: func(ctx context.Context, f func(tx gov.Tx) error) error {
		return f(newTx(begun, s.d))
	}})
}

// checkDump has pg_restore read the list of a dump, which must hold the rows of every table.
func checkDump(ctx context.Context, path string, tables []string) error {
	list, err := run(ctx, nil, "pg_restore", "--list", path)
	if err != nil {
		return err
	}
	for _, table := range tables {
		if !regexp.MustCompile(`(?m) TABLE DATA \S+ ` + regexp.QuoteMeta(table) + ` `).MatchString(list) {
			return gov.Errorf(gov.Unavailable, "error.pg_dump_short", table)
		}
	}
	return nil
}

// LoadDump brings a dump that Copy wrote into the database, whole or not at all. Conflict where the database holds tables already.
func (s *Store) LoadDump(ctx context.Context, path string) error {
	tables, err := s.tables(ctx)
	switch {
	case err != nil:
		return err
	case len(tables) > 0:
		return gov.Errorf(gov.Conflict, "error.pg_not_empty")
	}
	_, err = s.program(ctx, "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", path)
	return err
}

func (s *Store) tables(ctx context.Context) ([]string, error) {
	list, err := texts(ctx, s.read, sqlTables[s.d.name])
	return list, s.d.translate(err)
}

// program runs one of PostgreSQL's programs on this database.
func (s *Store) program(ctx context.Context, name string, args ...string) (string, error) {
	bare, password := withoutPassword(s.address)
	var env []string
	if password != "" {
		env = append(env, "PGPASSWORD="+password)
	}
	return run(ctx, env, name, append([]string{"--dbname=" + bare}, args...)...)
}

// run runs a program and gives its output; what it said on its error channel becomes the cause.
func run(ctx context.Context, env []string, name string, args ...string) (string, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return "", gov.Errorf(gov.Unavailable, "error.pg_program", name).Because(err)
	}
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = append(os.Environ(), env...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return "", gov.Errorf(gov.Unavailable, "error.pg_failed", name).Because(errors.Join(err, errors.New(strings.TrimSpace(errs.String()))))
	}
	return out.String(), nil
}

var major = regexp.MustCompile(`\) (\d+)`)

// programVersion refuses a program that is older than the server: it would not know all of what it has to save.
func programVersion(ctx context.Context, name string, server int) error {
	out, err := run(ctx, nil, name, "--version")
	if err != nil {
		return err
	}
	m := major.FindStringSubmatch(out)
	if m == nil {
		return gov.Errorf(gov.Unavailable, "error.pg_failed", name).Because(errors.New(strings.TrimSpace(out)))
	}
	if have, _ := strconv.Atoi(m[1]); have < server {
		return gov.Errorf(gov.Unavailable, "error.pg_program_old", name, have, server)
	}
	return nil
}

var _ querier = (*sql.Tx)(nil)
