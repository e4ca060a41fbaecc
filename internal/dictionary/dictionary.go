// Package dictionary keeps an office's own dictionary, what it always understands in its own way, as a table in its data folder:
// dictionary.csv with the columns kind, phrase and meaning. People may edit the file by hand; it is read again when it has changed.
package dictionary

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"haicap/internal/gov"
)

// Name is the name of the file in a data folder.
const Name = "dictionary.csv"

var head = []string{"kind", "phrase", "meaning"}

// A File is the dictionary of one data folder. It is safe for concurrent use.
type File struct {
	path string

	mu      sync.Mutex
	entries []gov.DictionaryEntry
	size    int64 // of the file when it was read; -1: not read yet
	changed time.Time
}

// In is the dictionary of a data folder, which need not have one yet.
func In(dir string) *File { return &File{path: filepath.Join(dir, Name), size: -1} }

// Entries lists the entries; none where there is no file. A line that is no entry is refused with its number, so that a slip of the pen is
// seen and not silently left out.
func (f *File) Entries() ([]gov.DictionaryEntry, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	info, err := os.Stat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.entries, f.size = nil, -1
		return nil, nil
	case err != nil:
		return nil, gov.Errorf(gov.Unavailable, "error.dictionary_unreadable", Name).Because(err)
	case info.Size() == f.size && info.ModTime().Equal(f.changed):
		return f.entries, nil
	}
	data, err := os.ReadFile(f.path)
	if err != nil {
		return nil, gov.Errorf(gov.Unavailable, "error.dictionary_unreadable", Name).Because(err)
	}
	entries, err := parse(data)
	if err != nil {
		return nil, err
	}
	f.entries, f.size, f.changed = entries, info.Size(), info.ModTime()
	return entries, nil
}

func parse(data []byte) ([]gov.DictionaryEntry, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.FieldsPerRecord = -1
	var entries []gov.DictionaryEntry
	for first := true; ; first = false {
		row, err := r.Read()
		if row == nil && err != nil {
			var bad *csv.ParseError
			if errors.As(err, &bad) {
				return nil, gov.Errorf(gov.Invalid, "error.dictionary_line", Name, bad.Line).Because(err)
			}
			return entries, nil
		}
		line, _ := r.FieldPos(0)
		if first && slices.Equal(row, head) {
			continue
		}
		if len(row) != len(head) {
			return nil, gov.Errorf(gov.Invalid, "error.dictionary_line", Name, line)
		}
		e, err := gov.DictionaryEntry{Kind: gov.DictionaryKind(row[0]), Phrase: row[1], Meaning: row[2]}.Checked(nil)
		if err != nil {
			return nil, gov.Errorf(gov.Invalid, "error.dictionary_line", Name, line).Because(err)
		}
		entries = append(entries, e)
	}
}

// Replace writes the file beside the old one and renames it into place.
func (f *File) Replace(entries []gov.DictionaryEntry) error {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write(head) // into memory
	for _, e := range entries {
		_ = w.Write([]string{string(e.Kind), e.Phrase, e.Meaning})
	}
	w.Flush()
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := replace(f.path, b.Bytes()); err != nil {
		return gov.Errorf(gov.Unavailable, "error.dictionary_unwritten", Name).Because(err)
	}
	f.size = -1 // two writes may fall into one tick of the file system's clock
	return nil
}

func replace(path string, data []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), "dictionary-*.tmp")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(data)
	if err == nil {
		err = tmp.Sync()
	}
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	return err
}
