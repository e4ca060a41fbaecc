package backup

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"filippo.io/age"

	"haicap/internal/blob"
)

// An archive is one that is being written.
type archive struct {
	out     *os.File
	sealed  io.WriteCloser // encrypts; nil: nothing does
	packed  *gzip.Writer
	tar     *tar.Writer
	made    time.Time
	check   Identities
	members []Member
	blobSum *summer
	lost    []string
}

// create begins an archive in a new file.
func create(path string, keys Recipients) (*archive, error) {
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	a := &archive{out: out, blobSum: newSummer(), made: time.Now().UTC().Truncate(time.Second)}
	var plain io.Writer = out
	if !keys.None() {
		all, witness, err := keys.withWitness()
		if err == nil {
			a.sealed, err = age.Encrypt(out, all...)
		}
		if err != nil {
			a.abandon()
			return nil, err
		}
		plain, a.check = a.sealed, Identities{[]age.Identity{witness}}
	}
	a.packed, err = gzip.NewWriterLevel(plain, gzip.BestSpeed) // four times as fast as the usual level, a tenth larger
	if err != nil {
		a.abandon()
		return nil, err
	}
	a.tar = tar.NewWriter(a.packed)
	return a, nil
}

// abandon closes the file of an archive that came to no end; after finish it does nothing.
func (a *archive) abandon() {
	if a.out != nil {
		_ = a.out.Close()
		a.out = nil
	}
}

// entry begins a member.
func (a *archive) entry(name string, size int64) error {
	return a.tar.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: a.made, Format: tar.FormatPAX})
}

// file adds a file under a name.
func (a *archive) file(ctx context.Context, path, name string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if err := a.entry(name, info.Size()); err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.CopyN(io.MultiWriter(a.tar, sum), reader{ctx, f}, info.Size()); err != nil {
		return err
	}
	a.members = append(a.members, Member{name, info.Size(), hex.EncodeToString(sum.Sum(nil))})
	return nil
}

// folder adds what is neither the database nor documents.
func (a *archive) folder(ctx context.Context, dir, archives string) error {
	return others(dir, archives, func(rel string, _ fs.FileInfo) error {
		err := a.file(ctx, filepath.Join(dir, filepath.FromSlash(rel)), rel)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // gone meanwhile, before anything of it was written
		}
		return err
	})
}

// blobs adds the documents' bytes. Bytes that are not there, or are not what their name says, are lost: the archive says so rather than
// not to be made.
func (a *archive) blobs(ctx context.Context, from *blob.Store, names []string) error {
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		data, err := from.Get(name)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, blob.ErrDamaged) {
			a.lost = append(a.lost, name)
			continue
		}
		if err != nil {
			return err
		}
		if err := a.entry(blobPath(name), int64(len(data))); err != nil {
			return err
		}
		if _, err := a.tar.Write(data); err != nil {
			return err
		}
		a.blobSum.add(name, int64(len(data)))
	}
	return nil
}

// blobPath is where a blob lies in the archive, as in the folder.
func blobPath(name string) string { return BlobsName + "/" + name[:2] + "/" + name[2:] }

// finish adds the manifest and brings everything to the disk.
func (a *archive) finish(m Manifest) error {
	data, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	if err := a.entry(manifestName, int64(len(data))); err != nil {
		return err
	}
	if _, err := a.tar.Write(data); err != nil {
		return err
	}
	for _, end := range []func() error{a.tar.Close, a.packed.Close, a.seal, a.out.Sync, a.out.Close} {
		if err := end(); err != nil {
			return err
		}
	}
	a.out = nil
	return nil
}

func (a *archive) seal() error {
	if a.sealed == nil {
		return nil
	}
	return a.sealed.Close()
}

// A reader ends when its context does.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
