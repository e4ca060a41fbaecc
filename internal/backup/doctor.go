package backup

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"haicap/internal/audit"
	"haicap/internal/blob"
	"haicap/internal/gov"
	"haicap/internal/register"
	"haicap/internal/store"
)

// A Finding is one thing that was looked at: a sentence of the catalogue with its arguments. An argument may be an error, which has a sentence
// of its own.
type Finding struct {
	Level Level
	Key   string
	Args  []any
}

// A Level says how much a finding matters.
type Level int

// The levels.
const (
	Fine    Level = iota // it is as it should be
	Note                 // harmless, but good to know
	Problem              // somebody has to do something
)

func fine(key string, args ...any) Finding    { return Finding{Fine, key, args} }
func note(key string, args ...any) Finding    { return Finding{Note, key, args} }
func problem(key string, args ...any) Finding { return Finding{Problem, key, args} }

// A Patient is a data folder that Examine looks at.
type Patient struct {
	Dir      string
	Open     func(ctx context.Context) (*store.Store, error)
	AuditKey string // file of the key that signs the audit log
	Archives string // where backups go; empty: not known
	Now      time.Time
}

// lateAfter is when the newest archive of a daily backup is too old.
const lateAfter = 48 * time.Hour

// Examine looks at everything in a data folder and changes nothing. tell is called with each finding as it is made. An error is only
// that it was broken off.
func Examine(ctx context.Context, p Patient, tell func(Finding)) error {
	if !p.folder(tell) {
		return ctx.Err()
	}
	if _, err := register.Open(p.Dir); err != nil {
		tell(problem("doctor.register"))
	} else {
		tell(fine("doctor.register_fine"))
	}
	if _, err := audit.LoadKey(p.AuditKey); err != nil {
		tell(problem("doctor.audit_key", err))
	}
	st, err := p.Open(ctx)
	if err != nil {
		tell(problem("doctor.unopened", err))
		return ctx.Err()
	}
	defer func() { _ = st.Close() }()
	if !examineDatabase(ctx, st, tell) {
		return ctx.Err()
	}
	p.blobs(ctx, st, tell)
	p.jobs(ctx, st, tell)
	p.archives(tell)
	return ctx.Err()
}

// folder looks at the folder from outside: is it one, and who may read it.
func (p Patient) folder(tell func(Finding)) bool {
	info, err := os.Stat(p.Dir)
	if err != nil || !info.IsDir() {
		tell(problem("doctor.no_folder", p.Dir))
		return false
	}
	if _, err := os.Stat(filepath.Join(p.Dir, BlobsName)); err != nil {
		tell(problem("doctor.not_begun", p.Dir))
		return false
	}
	switch {
	case os.PathSeparator == '\\': // other rules
	case info.Mode().Perm()&0o007 != 0:
		tell(problem("doctor.open_to_others", p.Dir, info.Mode().Perm().String(), p.Dir))
	case info.Mode().Perm()&0o700 != 0o700:
		tell(problem("doctor.closed_to_owner", p.Dir, info.Mode().Perm().String(), p.Dir))
	default:
		tell(fine("doctor.permissions_fine"))
	}
	var odd []string
	_ = filepath.WalkDir(p.Dir, func(path string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(p.Dir, path)
		if err != nil {
			odd = append(odd, rel)
			return nil
		}
		if info, err := d.Info(); err == nil && os.PathSeparator != '\\' && info.Mode().IsRegular() && info.Mode().Perm()&0o600 != 0o600 {
			odd = append(odd, rel)
		}
		return nil
	})
	if len(odd) > 0 {
		tell(problem("doctor.unreadable", len(odd), some(odd), p.Dir))
	}
	if left := copiesIn(p.Dir); len(left) > 0 {
		tell(note("doctor.leftover", len(left)))
	}
	return true
}

// examineDatabase reports whether what follows makes sense.
func examineDatabase(ctx context.Context, st *store.Store, tell func(Finding)) bool {
	damage, err := st.Damage(ctx)
	switch {
	case err != nil:
		tell(problem("doctor.unopened", err))
		return false
	case st.Engine() == "sqlite" && len(damage) == 0:
		tell(fine("doctor.database_fine"))
	}
	for _, words := range damage {
		tell(problem("doctor.damage", words))
	}
	behind, err := st.Pending(ctx)
	switch {
	case err != nil:
		tell(problem("doctor.unopened", err))
		return false
	case len(behind) > 0:
		tell(problem("doctor.behind", len(behind)))
		return false // the rest asks tables as this program knows them
	}
	tell(fine("doctor.schema_fine"))
	found, err := auditFindings(ctx, st, nil)
	switch {
	case err != nil:
		tell(problem("doctor.unopened", err))
	case len(found) == 0:
		tell(fine("doctor.audit_fine"))
	}
	for _, f := range found {
		tell(f)
	}
	return true
}

// blobs compares the documents' bytes with their names and with the records.
func (p Patient) blobs(ctx context.Context, st *store.Store, tell func(Finding)) {
	c, err := st.Contents(ctx)
	if err != nil {
		tell(problem("doctor.unopened", err))
		return
	}
	blobs := blob.At(filepath.Join(p.Dir, BlobsName))
	damaged, err := blobs.Verify(ctx)
	if err != nil {
		tell(problem("doctor.blobs_unread"))
		return
	}
	orphans := 0
	_ = blobs.Walk(func(sum string, _ int64) error {
		if _, named := slices.BinarySearch(c.Blobs, sum); !named {
			orphans++
		}
		return nil
	})
	gone := missing(c.Blobs, blobs)
	if len(damaged) > 0 {
		tell(problem("doctor.damaged", len(damaged), some(damaged)))
	}
	for _, f := range gone {
		tell(f)
	}
	if len(damaged)+len(gone) == 0 {
		tell(fine("doctor.blobs_fine", len(c.Blobs)))
	}
	if orphans > 0 {
		tell(note("doctor.orphans", orphans))
	}
}

// jobs looks for work that was given up. Where the same kind of work succeeded since, that is history.
func (p Patient) jobs(ctx context.Context, st *store.Store, tell func(Finding)) {
	const some = 100
	var dead, done []gov.Job
	err := st.View(ctx, func(tx gov.Tx) (err error) {
		if dead, err = tx.JobsIn(ctx, gov.JobDead, some); err == nil {
			done, err = tx.JobsIn(ctx, gov.JobDone, some)
		}
		return err
	})
	if err != nil {
		tell(problem("doctor.unopened", err))
	}
	for _, j := range dead {
		found := problem("doctor.dead_job", j.Kind, j.Ended.In(gov.Zone).Format("15:04 02/01/2006"), j.Fault)
		if slices.ContainsFunc(done, func(d gov.Job) bool { return d.Kind == j.Kind && d.Ended.After(j.Ended) }) {
			found.Level = Note
		}
		tell(found)
	}
}

// archives looks how old the newest backup is.
func (p Patient) archives(tell func(Finding)) {
	if p.Archives == "" {
		return
	}
	last, err := Latest(p.Archives)
	switch {
	case err != nil:
		tell(problem("doctor.archives_unread", p.Archives))
	case last.IsZero():
		tell(problem("doctor.no_archive", p.Archives))
	case p.Now.Sub(last) > lateAfter:
		tell(problem("doctor.archive_old", last.Format("15:04 02/01/2006"), p.Archives))
	default:
		tell(fine("doctor.archive_fine", last.Format("15:04 02/01/2006")))
	}
}
