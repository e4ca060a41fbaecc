package backup

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"filippo.io/age"

	"haicap/internal/gov"
)

// maxManifest bounds the one member that is held in memory.
const maxManifest = 64 << 20

// sealedBegins is how an encrypted file begins.
const sealedBegins = "age-encryption.org/v1\n"

// Verify reads the whole archive and compares it with its manifest.
func Verify(ctx context.Context, path string, keys Identities) (Manifest, error) {
	return verifyFile(ctx, path, keys)
}

func verifyFile(ctx context.Context, path string, keys Identities) (Manifest, error) {
	return readArchive(ctx, path, keys, func(_ string, _ int64, r io.Reader) error {
		_, err := io.Copy(io.Discard, r)
		return err
	})
}

// readArchive reads an archive from its first byte to its last and hands each member but the manifest to take, which reads it whole.
// An error is Invalid where the archive is to blame.
func readArchive(ctx context.Context, path string, keys Identities, take func(name string, size int64, r io.Reader) error) (Manifest, error) {
	f, err := os.Open(path)
	if err != nil {
		return Manifest{}, gov.Errorf(gov.Invalid, "error.backup_unreadable", path).Because(err)
	}
	defer f.Close()
	plain, err := unseal(bufio.NewReaderSize(reader{ctx, f}, 1<<20), path, keys)
	if err != nil {
		return Manifest{}, err
	}
	m, err := readPlain(plain, take)
	var known *gov.Error
	switch {
	case err == nil, errors.As(err, &known):
		return m, err
	case ctx.Err() != nil:
		return m, gov.Errorf(gov.Unavailable, "error.interrupted").Because(err)
	}
	return m, gov.Errorf(gov.Invalid, "error.backup_broken", path).Because(err)
}

// unseal decrypts where there is something to decrypt.
func unseal(r *bufio.Reader, path string, keys Identities) (io.Reader, error) {
	if begin, _ := r.Peek(len(sealedBegins)); string(begin) != sealedBegins {
		return r, nil
	}
	if len(keys.list) == 0 {
		return nil, gov.Errorf(gov.Invalid, "error.backup_sealed", path)
	}
	plain, err := age.Decrypt(r, keys.list...)
	var none *age.NoIdentityMatchError
	switch {
	case errors.As(err, &none):
		return nil, gov.Errorf(gov.Invalid, "error.backup_other_key", path).Because(err)
	case err != nil:
		return nil, gov.Errorf(gov.Invalid, "error.backup_broken", path).Because(err)
	}
	return plain, nil
}

// readPlain reads the packed stream to its very end, so that a missing last byte is seen, too.
func readPlain(plain io.Reader, take func(name string, size int64, r io.Reader) error) (Manifest, error) {
	one := bufio.NewReader(plain)
	packed, err := gzip.NewReader(one)
	if err != nil {
		return Manifest{}, err
	}
	packed.Multistream(false)
	in, err := readMembers(packed, take)
	if err != nil {
		return Manifest{}, err
	}
	if _, err := io.Copy(io.Discard, packed); err != nil {
		return Manifest{}, err
	}
	if n, err := io.Copy(io.Discard, one); err != nil || n > 0 {
		return Manifest{}, errors.Join(errors.New("something comes after the end"), err)
	}
	return in.compare()
}

// readMembers reads what is inside the packing.
func readMembers(r io.Reader, take func(name string, size int64, r io.Reader) error) (*intake, error) {
	in := &intake{sum: newSummer(), seen: map[string]bool{}}
	for members := tar.NewReader(r); ; {
		h, err := members.Next()
		if err == io.EOF {
			return in, nil
		}
		if err != nil {
			return nil, err
		}
		if err := in.member(h, members, take); err != nil {
			return nil, err
		}
	}
}

// An intake gathers what an archive really holds.
type intake struct {
	manifest []byte
	members  []Member
	sum      *summer
	seen     map[string]bool // but for blobs, whose order says it
	last     string          // blob
}

func (in *intake) member(h *tar.Header, r io.Reader, take func(name string, size int64, r io.Reader) error) error {
	name := h.Name
	sum, isBlob := blobSum(name)
	switch {
	case in.manifest != nil:
		return errors.New("something comes after the manifest")
	case h.Typeflag != tar.TypeReg || !filepath.IsLocal(filepath.FromSlash(name)) || strings.Contains(name, `\`) || in.seen[name]:
		return fmt.Errorf("a member that no archive has: %q", name)
	case slices.ContainsFunc(slices.Collect(maps.Keys(h.PAXRecords)), func(k string) bool { return strings.HasPrefix(k, "GNU.sparse.") }):
		return fmt.Errorf("a member with holes, which may be endless: %q", name)
	case name == manifestName:
		data, err := io.ReadAll(io.LimitReader(r, maxManifest))
		in.manifest = data
		return err
	case isBlob && sum <= in.last:
		return fmt.Errorf("out of order: %q", name)
	case !isBlob && (name == BlobsName || strings.HasPrefix(name, BlobsName+"/")):
		return fmt.Errorf("no name of a blob: %q", name)
	}
	digest := sha256.New()
	if err := take(name, h.Size, io.TeeReader(r, digest)); err != nil {
		return err
	}
	found := hex.EncodeToString(digest.Sum(nil))
	if isBlob {
		if found != sum {
			return fmt.Errorf("bytes that are not what their name says: %s", sum)
		}
		in.last = sum
		in.sum.add(sum, h.Size)
		return nil
	}
	in.seen[name] = true
	in.members = append(in.members, Member{name, h.Size, found})
	return nil
}

// blobSum is the sum in a blob's path.
func blobSum(name string) (string, bool) {
	rest, ok := strings.CutPrefix(name, BlobsName+"/")
	if !ok || len(rest) != 65 || rest[2] != '/' {
		return "", false
	}
	sum := rest[:2] + rest[3:]
	data, err := hex.DecodeString(sum)
	return sum, err == nil && hex.EncodeToString(data) == sum
}

// compare holds what was read against the manifest.
func (in *intake) compare() (Manifest, error) {
	if in.manifest == nil {
		return Manifest{}, io.ErrUnexpectedEOF
	}
	var m Manifest
	d := json.NewDecoder(bytes.NewReader(in.manifest))
	if err := d.Decode(&m); err != nil {
		return m, err
	}
	switch {
	case m.Format > format:
		return m, gov.Errorf(gov.Invalid, "error.backup_newer", m.Program)
	case m.Format < 1:
		return m, errors.New("no format")
	case !slices.Equal(m.Members, in.members):
		return m, errors.New("the members are not those of the manifest")
	case m.Blobs != in.sum.total():
		return m, errors.New("the documents are not those of the manifest")
	case m.Engine == "sqlite" && !in.seen[DBName], m.Engine == "postgres" && !in.seen[dumpName], m.Engine != "sqlite" && m.Engine != "postgres":
		return m, errors.New("there is no database")
	}
	return m, nil
}
