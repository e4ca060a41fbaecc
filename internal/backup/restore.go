package backup

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"haicap/internal/audit"
	"haicap/internal/blob"
	"haicap/internal/gov"
	"haicap/internal/register"
	"haicap/internal/store"
)

// A Plan says what to restore where.
type Plan struct {
	Archive  string // a file, or a folder: the newest in it
	Dir      string // the data folder
	Database string // address of an empty PostgreSQL database, for an archive of one
	Keys     Identities
	Replace  bool   // what is in Dir is kept aside
	Force    bool   // also where the data themselves were broken when they were saved
	Erased   string // a list of people whose personal data were erased, besides those that lie beside the data and the archive; may be empty
	Now      time.Time
}

// A Restored is what Restore did.
type Restored struct {
	Archive  string
	Manifest Manifest
	Aside    string // where the former folder is now; empty: there was none
	Findings []Finding
	Behind   int // migrations that the data still need
}

// Restore brings an archive back. Everything is read, unpacked into a folder beside Dir and checked before anything under Dir changes;
// then the folders change names.
func Restore(ctx context.Context, p Plan) (Restored, error) {
	var err error
	if p.Dir, err = settle(p.Dir); err != nil {
		return Restored{}, err
	}
	if p.Archive, err = p.find(); err != nil {
		return Restored{}, err
	}
	full, err := inhabited(p.Dir)
	switch {
	case err != nil:
		return Restored{}, err
	case full && !p.Replace:
		return Restored{}, gov.Errorf(gov.Conflict, "error.restore_full", p.Dir)
	case full && inUse(filepath.Join(p.Dir, DBName)):
		return Restored{}, gov.Errorf(gov.Conflict, "error.restore_in_use", p.Dir)
	}
	if err := os.MkdirAll(filepath.Dir(p.Dir), 0o700); err != nil {
		return Restored{}, restoreFailed(p.Dir, err)
	}
	work, err := os.MkdirTemp(filepath.Dir(p.Dir), filepath.Base(p.Dir)+".restoring-")
	if err != nil {
		return Restored{}, restoreFailed(p.Dir, err)
	}
	defer func() { _ = os.RemoveAll(work) }() // after the swap there is nothing under this name
	done := Restored{Archive: p.Archive}
	if done.Manifest, err = unpack(ctx, p, work); err != nil {
		return done, err
	}
	if done.Findings, done.Behind, err = prove(ctx, p, work, done.Manifest); err != nil {
		return done, err
	}
	if len(done.Findings) > 0 && !p.Force {
		return done, gov.Errorf(gov.Conflict, "error.restore_findings", len(done.Findings))
	}
	if err := p.carryErased(work); err != nil {
		return done, err
	}
	done.Aside, err = p.swap(work)
	return done, err
}

// settle follows links, so that the folder itself changes its name and not a link to it.
func settle(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return dir, restoreFailed(dir, err)
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		return real, nil
	}
	return dir, nil
}

func restoreFailed(dir string, err error) error {
	return gov.Errorf(gov.Unavailable, "error.restore_write", filepath.Dir(dir)).Because(err)
}

// find gives the archive's path.
func (p Plan) find() (string, error) {
	info, err := os.Stat(p.Archive)
	if err != nil {
		return "", gov.Errorf(gov.Invalid, "error.backup_unreadable", p.Archive).Because(err)
	}
	if !info.IsDir() {
		return p.Archive, nil
	}
	list, err := Archives(p.Archive)
	if err == nil && len(list) == 0 {
		err = gov.Errorf(gov.NotFound, "error.backup_none", p.Archive)
	}
	if err != nil {
		return "", err
	}
	return list[len(list)-1], nil
}

// inhabited reports whether the folder holds anything.
func inhabited(dir string) (bool, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, gov.Errorf(gov.Invalid, "error.cli_data_folder", dir).Because(err)
	}
	return len(entries) > 0, nil
}

// unpack writes the members into the folder; their sums are compared at the end.
func unpack(ctx context.Context, p Plan, work string) (Manifest, error) {
	return readArchive(ctx, p.Archive, p.Keys, func(name string, _ int64, r io.Reader) error {
		path := filepath.Join(work, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return restoreFailed(p.Dir, err)
		}
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return restoreFailed(p.Dir, err)
		}
		_, err = io.Copy(writer{f, p.Dir}, r)
		if closed := f.Close(); err == nil && closed != nil {
			err = restoreFailed(p.Dir, closed)
		}
		return err
	})
}

// A writer tells a disk that is full from an archive that is broken.
type writer struct {
	f   *os.File
	dir string
}

func (w writer) Write(p []byte) (int, error) {
	n, err := w.f.Write(p)
	if err != nil {
		err = restoreFailed(w.dir, err)
	}
	return n, err
}

// flush brings every file and folder below dir to the disk, several at a time: the disk takes them together.
func flush(dir string) error {
	const together = 8
	paths := make(chan string)
	failed := make(chan error, together+1)
	for range together {
		go func() {
			var first error
			for path := range paths {
				if err := blob.SyncDir(path); err != nil && first == nil {
					first = err
				}
			}
			failed <- first
		}()
	}
	failed <- filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err == nil {
			paths <- path
		}
		return err
	})
	close(paths)
	var all error
	for range together + 1 {
		all = errors.Join(all, <-failed)
	}
	return all
}

// prove checks the data themselves: what was broken already when they were saved is found here.
func prove(ctx context.Context, p Plan, work string, m Manifest) ([]Finding, int, error) {
	if _, err := os.Stat(filepath.Join(work, BlobsName)); err != nil {
		if err := os.Mkdir(filepath.Join(work, BlobsName), 0o700); err != nil {
			return nil, 0, restoreFailed(p.Dir, err)
		}
	}
	st, err := p.database(ctx, work, m)
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = st.Close() }()
	behind, err := st.Pending(ctx)
	if err != nil {
		return nil, 0, err
	}
	var found []Finding
	add := func(f ...Finding) { found = append(found, f...) }
	damage, err := st.Damage(ctx)
	if err != nil {
		return nil, 0, err
	}
	for _, words := range damage {
		add(problem("doctor.damage", words))
	}
	c, err := st.Contents(ctx)
	if err != nil {
		return nil, 0, err
	}
	for table, n := range m.Rows {
		if c.Rows[table] != n {
			add(problem("doctor.rows", table, n, c.Rows[table]))
		}
	}
	add(missing(c.Blobs, blob.At(filepath.Join(work, BlobsName)))...)
	if len(behind) == 0 { // an older form of the log is verified once it has been brought to this one
		logs, err := auditFindings(ctx, st, m.Audit)
		if err != nil {
			return nil, 0, err
		}
		add(logs...)
	}
	if _, err := register.Open(work); err != nil {
		add(problem("doctor.register"))
	}
	return found, len(behind), st.Close()
}

// database opens the copy, or loads the dump into the empty database and takes it away.
func (p Plan) database(ctx context.Context, work string, m Manifest) (*store.Store, error) {
	if m.Engine == "sqlite" {
		if p.Database != "" {
			return nil, gov.Errorf(gov.Invalid, "error.restore_engine_sqlite")
		}
		return store.OpenSQLite(ctx, filepath.Join(work, DBName))
	}
	if p.Database == "" {
		return nil, gov.Errorf(gov.Invalid, "error.restore_engine_postgres")
	}
	st, err := store.OpenPostgres(ctx, p.Database)
	if err != nil {
		return nil, err
	}
	dump := filepath.Join(work, dumpName)
	if err := st.LoadDump(ctx, dump); err != nil {
		_ = st.Close()
		return nil, err
	}
	return st, os.Remove(dump)
}

// auditFindings verifies the log of every realm, and that it begins as the kept heads say.
func auditFindings(ctx context.Context, st gov.Store, kept []Head) ([]Finding, error) {
	var found []Finding
	err := st.View(ctx, func(tx gov.Tx) error {
		found = nil
		realms, err := tx.Holdings(ctx)
		if err != nil {
			return err
		}
		for _, h := range realms {
			var heads []audit.Head
			for _, k := range kept {
				if k.Realm == h.Realm {
					heads = append(heads, audit.Head{Realm: k.Realm, Size: k.Size, Root: k.Root})
				}
			}
			r, err := audit.Verify(ctx, tx, h.Realm, heads)
			if err != nil {
				return err
			}
			if r.Fault != audit.Whole {
				found = append(found, problem("doctor.audit", int64(h.Realm), r.Bad))
			}
		}
		return nil
	})
	return found, err
}

// missing lists the bytes that records name and the folder does not hold.
func missing(names []string, blobs *blob.Store) []Finding {
	var gone []string
	for _, name := range names {
		if has, err := blobs.Has(name); err != nil || !has {
			gone = append(gone, name)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return []Finding{problem("doctor.missing", len(gone), some(gone))}
}

// some names the first few of a list.
func some(list []string) string {
	const few = 3
	if len(list) > few {
		list = append(slices.Clone(list[:few]), "…")
	}
	return strings.Join(list, ", ")
}

// swap brings the checked folder to the disk, and gives it its name and the former one another. Where the second step fails the first is undone.
func (p Plan) swap(work string) (string, error) {
	if err := errors.Join(flush(work), blob.SyncDir(filepath.Dir(p.Dir))); err != nil {
		return "", restoreFailed(p.Dir, err)
	}
	aside := ""
	if full, _ := inhabited(p.Dir); full {
		aside = p.Dir + ".before-" + p.Now.In(gov.Zone).Format("20060102-150405")
		if _, err := os.Lstat(aside); err == nil {
			return "", gov.Errorf(gov.Conflict, "error.backup_exists", aside)
		}
		if err := os.Rename(p.Dir, aside); err != nil {
			return "", gov.Errorf(gov.Unavailable, "error.restore_swap", p.Dir).Because(err)
		}
	} else {
		_ = os.Remove(p.Dir)
	}
	if err := os.Rename(work, p.Dir); err != nil {
		if aside != "" {
			err = errors.Join(err, os.Rename(aside, p.Dir))
		}
		return "", gov.Errorf(gov.Unavailable, "error.restore_swap", p.Dir).Because(err)
	}
	if err := blob.SyncDir(filepath.Dir(p.Dir)); err != nil {
		return aside, restoreFailed(p.Dir, err)
	}
	return aside, nil
}
