package backup

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"haicap/internal/blob"
	"haicap/internal/gov"
)

// ErasedName is the file of a data folder, and of a folder of archives, that names by their ids the people whose personal data were
// erased. An archive that is older than an erasing still holds them; whoever restores it erases them again by this list.
const ErasedName = "erased.csv"

// WriteErased writes the list into a folder, all of it or nothing. Those that stand there already stay: the folder may be shared by
// several stores, and a list that was shortened would bring somebody back.
func WriteErased(dir string, list []gov.DataSubject) error {
	path := filepath.Join(dir, ErasedName)
	old, err := ReadErased(path)
	if err != nil {
		return err
	}
	all := joinErased(old, list)
	if len(all) == len(old) {
		return nil
	}
	f, err := os.CreateTemp(dir, ErasedName+"-*")
	if err != nil {
		return writeFailed(path, err)
	}
	defer func() { _ = os.Remove(f.Name()) }()
	w := csv.NewWriter(f)
	_ = w.Write([]string{"realm", "person", "erased"})
	for _, d := range all {
		_ = w.Write([]string{strconv.FormatInt(int64(d.Realm), 10), string(d.ID), d.Erased.UTC().Format(time.RFC3339Nano)})
	}
	w.Flush()
	if err := errors.Join(w.Error(), f.Sync(), f.Close()); err != nil {
		return writeFailed(path, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return writeFailed(path, err)
	}
	return blob.SyncDir(dir)
}

// ReadErased reads a list; one that is not there is empty.
func ReadErased(path string) ([]gov.DataSubject, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	broken := gov.Errorf(gov.Invalid, "error.erased_list", path)
	if err != nil {
		return nil, broken.Because(err)
	}
	defer func() { _ = f.Close() }()
	in := csv.NewReader(f)
	in.FieldsPerRecord = 3
	rows, err := in.ReadAll()
	if err != nil {
		return nil, broken.Because(err)
	}
	var list []gov.DataSubject
	for i, row := range rows {
		if i == 0 {
			continue
		}
		realm, err1 := strconv.ParseInt(row[0], 10, 64)
		at, err2 := time.Parse(time.RFC3339Nano, row[2])
		if err := errors.Join(err1, err2); err != nil || row[1] == "" {
			return nil, broken.Because(err)
		}
		list = append(list, gov.DataSubject{Realm: gov.Realm(realm), ID: gov.ID(row[1]), Erased: at})
	}
	return list, nil
}

// joinErased is everybody of both lists, once.
func joinErased(a, b []gov.DataSubject) []gov.DataSubject {
	type key struct {
		realm gov.Realm
		id    gov.ID
	}
	seen := map[key]bool{}
	var all []gov.DataSubject
	for _, list := range [][]gov.DataSubject{a, b} {
		for _, d := range list {
			if k := (key{d.Realm, d.ID}); !seen[k] {
				seen[k] = true
				all = append(all, gov.DataSubject{Realm: d.Realm, ID: d.ID, Erased: d.Erased})
			}
		}
	}
	return all
}

// carryErased puts into the folder that is being restored everybody who was erased since the archive was made: as the folder that it
// replaces says, the list beside the archive, and the one that the plan names.
func (p Plan) carryErased(work string) error {
	var all []gov.DataSubject
	for _, path := range []string{filepath.Join(p.Dir, ErasedName), filepath.Join(filepath.Dir(p.Archive), ErasedName), p.Erased} {
		if path == "" {
			continue
		}
		if path == p.Erased {
			if _, err := os.Stat(path); err != nil {
				return gov.Errorf(gov.Invalid, "error.erased_list", path).Because(err)
			}
		}
		list, err := ReadErased(path)
		if err != nil {
			return err
		}
		all = append(all, list...)
	}
	if len(all) == 0 {
		return nil
	}
	return WriteErased(work, all)
}
