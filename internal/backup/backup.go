// Package backup saves a data folder while it is in use, restores it, and says what is wrong with one.
//
// An archive is one file, haicap-YYYYMMDD-HHMMSS.tar.gz (the time of Viet Nam), with .age behind it where it is encrypted for somebody's
// age key. Inside a tar stream come, in this order:
//
//	haicap.db | haicap.pgdump    a consistent copy of the database (store.Copy)
//	anything else in the folder   the imported register, the key that signs the audit log
//	blobs/ab/cdef…                every document's bytes that the database copy names, by their SHA-256
//	manifest.json                 what there is, with the sum of everything above
//
// The database comes first. Bytes are put into the blob store before a record names them and are never changed, so whatever the copy names is
// there, however much is written meanwhile. The manifest comes last, so an archive without its end is no archive.
//
// Make writes under another name, flushes, reads the whole archive back, decrypting it, compares every sum, and only then gives it its name:
// a file with the name of an archive is whole. Restore checks everything (sums, database, audit log, documents) in a folder
// beside the one that it is for, and only then changes one name. What was there before is kept under another name.
//
// Findings and refusals are keys of the catalogue with arguments, as everywhere.
package backup

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"haicap/internal/blob"
	"haicap/internal/gov"
	"haicap/internal/store"
)

// The names inside a data folder.
const (
	DBName       = "haicap.db" // with SQLite's -wal and -shm beside it
	BlobsName    = "blobs"
	RegisterName = "register"
)

// The names inside an archive that are not those of a data folder.
const (
	dumpName     = "haicap.pgdump"
	manifestName = "manifest.json"
)

// copyPrefix begins the name of the folder, inside the data folder, that holds the copy of the database while an archive is written.
const copyPrefix = "snapshot-"

// partial ends the name of an archive that is being written.
const partial = ".partial"

// leftoverAfter is when what an interrupted backup left is cleared away: no backup takes that long.
const leftoverAfter = 24 * time.Hour

// A Source is a data folder that is to be saved.
type Source struct {
	Dir     string
	Store   *store.Store
	Program string // name and version, for the manifest
}

// A Report is what Make did.
type Report struct {
	Path     string
	Size     int64 // bytes of the archive
	Manifest Manifest
}

// Make saves the folder into an archive. dest is a folder, which is made where it is missing, or the archive's own path where it ends
// in .tar.gz or .age. keys are who can decrypt it; none: it is not encrypted.
func Make(ctx context.Context, src Source, dest string, keys Recipients, now time.Time) (Report, error) {
	path, err := target(dest, keys, now)
	if err != nil {
		return Report{}, err
	}
	if _, err := os.Lstat(path); err == nil {
		return Report{}, gov.Errorf(gov.Conflict, "error.backup_exists", path)
	}
	clearCopies(src.Dir, now)
	work, err := os.MkdirTemp(src.Dir, copyPrefix)
	if err != nil {
		return Report{}, gov.Errorf(gov.Unavailable, "error.backup_work", src.Dir).Because(err)
	}
	defer func() { _ = os.RemoveAll(work) }()
	unfinished := path + partial
	_ = os.Remove(unfinished)
	defer func() { _ = os.Remove(unfinished) }()
	m, check, err := write(ctx, src, work, unfinished, keys, now)
	if err != nil {
		return Report{}, err
	}
	again, err := verifyFile(ctx, unfinished, check)
	if err != nil || !again.equal(m) {
		return Report{}, gov.Errorf(gov.Unavailable, "error.backup_unlike", filepath.Dir(path)).Because(err)
	}
	info, err := os.Stat(unfinished)
	if err == nil {
		err = os.Rename(unfinished, path)
	}
	if err == nil {
		err = blob.SyncDir(filepath.Dir(path))
	}
	if err != nil {
		return Report{}, writeFailed(path, err)
	}
	return Report{Path: path, Size: info.Size(), Manifest: m}, nil
}

// target is the path of the archive.
func target(dest string, keys Recipients, now time.Time) (string, error) {
	dest, err := filepath.Abs(dest)
	if err != nil {
		return "", writeFailed(dest, err)
	}
	ending := ".tar.gz"
	if !keys.None() {
		ending += ".age"
	}
	if info, err := os.Stat(dest); (err != nil || !info.IsDir()) && (strings.HasSuffix(dest, ".tar.gz") || strings.HasSuffix(dest, ".age")) {
		if !strings.HasSuffix(dest, filepath.Ext(ending)) {
			return "", gov.Errorf(gov.Invalid, "error.backup_ending", ending)
		}
	} else {
		dest = filepath.Join(dest, "haicap-"+now.In(gov.Zone).Format("20060102-150405")+ending)
	}
	if err := os.MkdirAll(filepath.Dir(dest), 0o700); err != nil {
		return "", writeFailed(dest, err)
	}
	return dest, nil
}

func writeFailed(path string, err error) error {
	return gov.Errorf(gov.Unavailable, "error.backup_write", path).Because(err)
}

// clearCopies removes what backups left that were killed long ago.
func clearCopies(dir string, now time.Time) {
	for _, old := range copiesIn(dir) {
		if info, err := os.Stat(old); err == nil && now.Sub(info.ModTime()) > leftoverAfter {
			_ = os.RemoveAll(old)
		}
	}
}

// copiesIn lists the folders in which backups work, or worked until they were killed.
func copiesIn(dir string) []string {
	list, _ := filepath.Glob(filepath.Join(globEscape(dir), copyPrefix+"*"))
	return list
}

// globEscape makes a path mean itself.
func globEscape(path string) string {
	return regexp.MustCompile(`[\[\]*?\\]`).ReplaceAllString(path, `\$0`)
}

// write writes the archive and gives its manifest and the key by which it can be read back.
func write(ctx context.Context, src Source, work, unfinished string, keys Recipients, now time.Time) (Manifest, Identities, error) {
	m := Manifest{Format: format, Program: src.Program, Made: now.UTC().Truncate(time.Second), Engine: src.Store.Engine()}
	var check Identities
	name := DBName
	if m.Engine != "sqlite" {
		name = dumpName
	}
	err := src.Store.Copy(ctx, filepath.Join(work, name), func(p *store.Picture) error {
		blobs, err := m.fill(ctx, p)
		if err != nil {
			return err
		}
		a, err := create(unfinished, keys)
		if err != nil {
			return writeFailed(unfinished, err)
		}
		defer a.abandon()
		check = a.check
		if err := a.file(ctx, filepath.Join(work, name), name); err != nil {
			return writeFailed(unfinished, err)
		}
		_ = os.Remove(filepath.Join(work, name)) // its bytes are in the archive; whoever still looks has it open
		if err := a.folder(ctx, src.Dir, filepath.Dir(unfinished)); err != nil {
			return writeFailed(unfinished, err)
		}
		if err := a.blobs(ctx, blob.At(filepath.Join(src.Dir, BlobsName)), blobs); err != nil {
			return writeFailed(unfinished, err)
		}
		m.Members, m.Blobs, m.Lost = a.members, a.blobSum.total(), a.lost
		if err := a.finish(m); err != nil {
			return writeFailed(unfinished, err)
		}
		return nil
	})
	return m, check, err
}

// others walks the files of a data folder that are neither the database nor documents, as slash paths below it. Archives that lie inside
// the folder, and whatever lies beside them, are left out.
func others(dir, archives string, visit func(rel string, info fs.FileInfo) error) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && path != dir {
			return nil // gone meanwhile
		}
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		top, _, nested := strings.Cut(rel, "/")
		switch {
		case rel == ".":
			return nil
		case d.IsDir() && (!nested && (top == BlobsName || strings.HasPrefix(top, copyPrefix)) || samePath(path, archives)):
			return filepath.SkipDir
		case d.IsDir(), !d.Type().IsRegular(), !nested && (strings.HasPrefix(top, DBName) || isArchive(top)):
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		return visit(rel, info)
	})
}

// isArchive reports whether a name is that of an archive, whole or being written.
func isArchive(name string) bool { return archiveName.MatchString(strings.TrimSuffix(name, partial)) }

var archiveName = regexp.MustCompile(`^haicap-\d{8}-\d{6}\.tar\.gz(\.age)?$`)

func samePath(a, b string) bool {
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}

// Archives lists the archives in a folder, oldest first. What has another name is not one of them.
func Archives(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, gov.Errorf(gov.Invalid, "error.backup_folder", dir).Because(err)
	}
	var list []string
	for _, e := range entries {
		if archiveName.MatchString(e.Name()) && e.Type().IsRegular() {
			list = append(list, filepath.Join(dir, e.Name()))
		}
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Compare(madeAt(a), madeAt(b)) })
	return list, nil
}

// madeAt is the time in an archive's name.
func madeAt(path string) string {
	return strings.TrimPrefix(filepath.Base(path), "haicap-")[:len("20060102-150405")]
}

// Latest is when the newest archive in a folder was made; the zero time where there is none.
func Latest(dir string) (time.Time, error) {
	list, err := Archives(dir)
	if err != nil || len(list) == 0 {
		return time.Time{}, err
	}
	return time.ParseInLocation("20060102-150405", madeAt(list[len(list)-1]), gov.Zone)
}

// Prune removes all but the newest keep archives from a folder, and unfinished ones of long ago. It gives the names that it removed.
func Prune(dir string, keep int, now time.Time) ([]string, error) {
	list, err := Archives(dir)
	if err != nil {
		return nil, err
	}
	old := list[:max(0, len(list)-max(keep, 1))]
	unfinished, _ := filepath.Glob(filepath.Join(globEscape(dir), "haicap-*"+partial))
	for _, path := range unfinished {
		if info, err := os.Stat(path); err == nil && isArchive(filepath.Base(path)) && now.Sub(info.ModTime()) > leftoverAfter {
			old = append(old, path)
		}
	}
	var removed []string
	for _, path := range old {
		if err := os.Remove(path); err != nil {
			return removed, writeFailed(path, err)
		}
		removed = append(removed, filepath.Base(path))
	}
	return removed, nil
}
