// Package blob keeps file contents under the SHA-256 of their bytes.
//
// A store is a directory:
//
//	ab/cdef…   contents whose SHA-256 is abcdef… (64 hexadecimal digits in all)
//	incoming/  contents that are being written
//
// The name is the content's own sum, so the same bytes are kept once, a name never changes its meaning, and whoever holds
// the names can tell whether the contents are still what they were (Verify).
//
// Contents are written to incoming/, flushed to the disk, and only then renamed to where they are found, and the
// directory that names them is flushed too: when Put returns, the bytes survive a power cut, and at no moment does part of a
// file stand under a final name. What a killed process left in incoming/ is removed at the next Open. Several processes
// may use one store at the same time.
//
// The package knows nothing of documents or of who may read them; callers keep the sums and ask for permission. A name that
// the store does not hold is an error that wraps fs.ErrNotExist; contents that no longer match their name are ErrDamaged.
package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// ErrDamaged says that the bytes under a name are not the ones that the name was made from.
var ErrDamaged = errors.New("blob: contents do not match their name")

const (
	incoming = "incoming"
	// putAttempts bounds how often Put begins again after another process, opening the store, took its unfinished file for a leftover.
	putAttempts = 5
)

// A Store is a directory of blobs. Its methods may be called at the same time.
type Store struct {
	dir string
}

// Open opens the store in dir, makes it where it is missing, and removes what an earlier process did not finish writing.
func Open(dir string) (*Store, error) {
	in := filepath.Join(dir, incoming)
	if err := os.MkdirAll(in, 0o700); err != nil {
		return nil, fmt.Errorf("blob: open store: %w", err)
	}
	leftovers, err := os.ReadDir(in)
	if err != nil {
		return nil, fmt.Errorf("blob: open store: %w", err)
	}
	for _, f := range leftovers {
		// One that cannot be removed does no harm: nothing ever reads it.
		_ = os.Remove(filepath.Join(in, f.Name()))
	}
	return &Store{dir: dir}, nil
}

// At is the store in dir for reading: it makes nothing and removes nothing.
func At(dir string) *Store { return &Store{dir: dir} }

// Sum is the name under which a store keeps data: its SHA-256 in lower-case hexadecimal digits.
func Sum(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}

// Put keeps data and returns its name. Bytes that are held already are not written again, unless the ones on the disk are damaged.
func (s *Store) Put(data []byte) (string, error) {
	sum := Sum(data)
	shard := filepath.Join(s.dir, sum[:2])
	if held, err := os.ReadFile(s.path(sum)); err == nil && bytes.Equal(held, data) {
		// Whoever wrote them may have died before flushing the directory.
		return sum, SyncDir(shard)
	}
	if err := s.makeShard(shard); err != nil {
		return "", fmt.Errorf("blob: put: %w", err)
	}
	var err error
	for range putAttempts {
		if err = s.write(data, s.path(sum)); !errors.Is(err, fs.ErrNotExist) {
			break
		}
	}
	if err != nil {
		return "", fmt.Errorf("blob: put: %w", err)
	}
	if err := SyncDir(shard); err != nil {
		return "", fmt.Errorf("blob: put: %w", err)
	}
	return sum, nil
}

// makeShard makes the directory in which a blob is named, so that it too survives a power cut.
func (s *Store) makeShard(shard string) error {
	switch err := os.Mkdir(shard, 0o700); {
	case err == nil:
		return SyncDir(s.dir)
	case errors.Is(err, fs.ErrExist):
		return nil
	default:
		return err
	}
}

// write brings data to the disk and then under its final name.
func (s *Store) write(data []byte, final string) error {
	f, err := os.CreateTemp(filepath.Join(s.dir, incoming), "put-")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), final)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// Get returns the contents under a name, after comparing them with it.
func (s *Store) Get(sum string) ([]byte, error) {
	if !valid(sum) {
		return nil, notExist("get", sum)
	}
	data, err := os.ReadFile(s.path(sum))
	if err != nil {
		return nil, fmt.Errorf("blob: get: %w", err)
	}
	if Sum(data) != sum {
		return nil, fmt.Errorf("blob: get %s: %w", sum, ErrDamaged)
	}
	return data, nil
}

// Open returns a reader of the contents under a name, for sending them on; the caller closes it. It does not compare them.
func (s *Store) Open(sum string) (io.ReadSeekCloser, error) {
	if !valid(sum) {
		return nil, notExist("open", sum)
	}
	f, err := os.Open(s.path(sum))
	if err != nil {
		return nil, fmt.Errorf("blob: open: %w", err)
	}
	return f, nil
}

// Has reports whether the store holds the name.
func (s *Store) Has(sum string) (bool, error) {
	if !valid(sum) {
		return false, nil
	}
	_, err := os.Stat(s.path(sum))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("blob: has: %w", err)
	}
	return true, nil
}

// Remove takes the name out of the store. A name that is not there is no error.
func (s *Store) Remove(sum string) error {
	if !valid(sum) {
		return nil
	}
	err := os.Remove(s.path(sum))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = SyncDir(filepath.Join(s.dir, sum[:2]))
	}
	if err != nil {
		return fmt.Errorf("blob: remove: %w", err)
	}
	return nil
}

// Walk calls visit with the name and size of each blob, in the order of names, until visit returns an error. Files that are no blobs are left out.
func (s *Store) Walk(visit func(sum string, size int64) error) error {
	shards, err := os.ReadDir(s.dir)
	if err != nil {
		return fmt.Errorf("blob: walk: %w", err)
	}
	for _, shard := range shards {
		if !shard.IsDir() || len(shard.Name()) != 2 {
			continue
		}
		files, err := os.ReadDir(filepath.Join(s.dir, shard.Name()))
		if err != nil {
			return fmt.Errorf("blob: walk: %w", err)
		}
		for _, f := range files {
			sum := shard.Name() + f.Name()
			info, err := f.Info()
			if errors.Is(err, fs.ErrNotExist) || err == nil && (!valid(sum) || !info.Mode().IsRegular()) {
				continue
			}
			if err != nil {
				return fmt.Errorf("blob: walk: %w", err)
			}
			if err := visit(sum, info.Size()); err != nil {
				return err
			}
		}
	}
	return nil
}

// Verify reads every blob and returns the names of those whose contents do not match, in order. It stops when ctx is done.
func (s *Store) Verify(ctx context.Context) (damaged []string, err error) {
	err = s.Walk(func(sum string, _ int64) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		same, err := s.matches(sum)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // removed meanwhile
		}
		if err != nil || !same {
			damaged = append(damaged, sum)
		}
		return nil
	})
	return damaged, err
}

func (s *Store) matches(sum string) (bool, error) {
	f, err := os.Open(s.path(sum))
	if err != nil {
		return false, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return false, err
	}
	return hex.EncodeToString(h.Sum(nil)) == sum, nil
}

func (s *Store) path(sum string) string { return filepath.Join(s.dir, sum[:2], sum[2:]) }

// valid reports whether sum can be a name; nothing else ever becomes part of a path.
func valid(sum string) bool {
	if len(sum) != 2*sha256.Size {
		return false
	}
	for _, c := range []byte(sum) {
		if (c < '0' || '9' < c) && (c < 'a' || 'f' < c) {
			return false
		}
	}
	return true
}

func notExist(op, sum string) error {
	return fmt.Errorf("blob: %s %q: %w", op, sum, fs.ErrNotExist)
}

// SyncDir flushes the names in a directory, so that a file that was put there is still there after the power goes. Some systems and shares have no
// such call and keep names in order by themselves.
func SyncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	if closed := d.Close(); err == nil {
		err = closed
	}
	if errors.Is(err, errors.ErrUnsupported) || runtime.GOOS == "windows" {
		return nil
	}
	return err
}
