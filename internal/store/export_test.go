package store

import "database/sql"

// What the tests of the package see of its inside.

// StatementsOf lists the fixed statements that an engine runs.
func StatementsOf(engine string) []string {
	return append(append([]string(nil), statements...), engineStatements[engine]...)
}

// Pools gives the writing and the reading pool.
func (s *Store) Pools() (write, read *sql.DB) { return s.write, s.read }

// Translate is the edge at which drivers' errors become the domain's.
func (s *Store) Translate(err error) error { return s.d.translate(err) }

// VersionTable is where the migrations that have run are kept.
const VersionTable = versionTable

// Migrations are the embedded files.
var Migrations = migrations

// BlobColumns are the columns that name blobs.
var BlobColumns = blobColumns
