package backup

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
)

// packedBy is a tar of these members in turn, each a name and its content.
func packedBy(tb testing.TB, members ...string) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i+1 < len(members); i += 2 {
		if err := w.WriteHeader(&tar.Header{Name: members[i], Mode: 0o600, Size: int64(len(members[i+1])), Typeflag: tar.TypeReg}); err != nil {
			tb.Fatal(err)
		}
		if _, err := io.WriteString(w, members[i+1]); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// sparse is a tar of one member that says to be a terabyte of zeros, in a few hundred bytes.
func sparse(tb testing.TB) []byte {
	tb.Helper()
	record := func(k, v string) string { // its length stands in front, and counts itself
		s := " " + k + "=" + v + "\n"
		return strconv.Itoa(len(s)+2) + s
	}
	about := record("GNU.sparse.size", "1099511627776") + record("GNU.sparse.numblocks", "1") + record("GNU.sparse.map", "0,3")
	b := packedBy(tb, "x", about, DBName, "abc")
	copy(b[148:], "        ")
	b[156] = tar.TypeXHeader
	sum := 0
	for _, c := range b[:512] {
		sum += int(c)
	}
	copy(b[148:], fmt.Sprintf("%06o\x00 ", sum))
	return b
}

// TestSparseMember: a small archive cannot make the program read without end.
func TestSparseMember(t *testing.T) {
	t.Parallel()
	_, err := readMembers(bytes.NewReader(sparse(t)), func(name string, size int64, _ io.Reader) error {
		return fmt.Errorf("%s of %d bytes would be read", name, size)
	})
	if err == nil || !strings.Contains(err.Error(), "holes") {
		t.Error(err)
	}
}

// FuzzVerify: whatever is inside an archive's packing, reading it ends with an answer and never with a crash; and what passes holds exactly what its
// manifest lists. The packing itself is gzip's business and would only make this slow.
func FuzzVerify(f *testing.F) {
	const database, document = "SQLite format 3", "Báo cáo"
	sum := func(s string) string { d := sha256.Sum256([]byte(s)); return hex.EncodeToString(d[:]) }
	blob := sum(document)
	total := newSummer()
	total.add(blob, int64(len(document)))
	m := Manifest{Format: format, Engine: "sqlite", Members: []Member{{DBName, int64(len(database)), sum(database)}}, Blobs: total.total()}
	manifest, err := json.Marshal(m)
	if err != nil {
		f.Fatal(err)
	}
	whole := packedBy(f, DBName, database, BlobsName+"/"+blob[:2]+"/"+blob[2:], document, manifestName, string(manifest))
	read := func(inside []byte) (*intake, Manifest, error) {
		in, err := readMembers(bytes.NewReader(inside), func(_ string, _ int64, r io.Reader) error {
			_, err := io.Copy(io.Discard, r)
			return err
		})
		if err != nil {
			return nil, Manifest{}, err
		}
		m, err := in.compare()
		return in, m, err
	}
	if _, _, err := read(whole); err != nil {
		f.Fatalf("a whole archive: %v", err)
	}
	f.Add(whole)
	f.Add(packedBy(f, manifestName, `{"format":1,"engine":"sqlite","members":null}`))
	f.Add(packedBy(f, "../a", "b", "blobs/aa/bb", "c"))
	f.Add([]byte(`{"format":1,"engine":"sqlite"}`))
	f.Fuzz(func(t *testing.T, inside []byte) {
		in, m, err := read(inside)
		if err == nil && (len(m.Members) != len(in.members) || len(m.Members) == 0 || m.Format != format) {
			t.Errorf("taken for whole: %+v", m)
		}
	})
}
