package audit

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"haicap/internal/gov"
)

// newKey makes a key in a folder of its own.
func newKey(t testing.TB) Key {
	t.Helper()
	file := filepath.Join(t.TempDir(), "audit.key")
	if err := MakeKey(file); err != nil {
		t.Fatal(err)
	}
	k, err := LoadKey(file)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestKeyIsMadeOnce(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "audit.key")
	var before []byte
	for range 2 {
		if err := MakeKey(file); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(file)
		if err != nil || before != nil && string(before) != string(data) {
			t.Fatalf("the key was made anew: %v", err)
		}
		before = data
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	for name, data := range map[string]string{"empty": "", "cut": string(before[:60]), "other": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"} {
		bad := filepath.Join(t.TempDir(), "bad.key")
		if err := os.WriteFile(bad, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := MakeKey(bad); gov.CodeOf(err) != gov.Unavailable {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestHead(t *testing.T) {
	t.Parallel()
	k, other := newKey(t), newKey(t)
	h := Head{Realm: 25, Size: 12, Root: tlog.RecordHash([]byte("x")), At: time.Date(2026, 1, 15, 2, 0, 0, 0, time.UTC)}
	signed, err := Sign(h, k)
	if err != nil {
		t.Fatal(err)
	}
	if want := "haicap/25\n12\n" + h.Root.String() + "\ntime 2026-01-15T02:00:00Z\n\n— haicap/25 "; !strings.HasPrefix(signed, want) {
		t.Errorf("signed head:\n%s", signed)
	}
	if got, err := Open([]byte(signed), k.Public(25)); err != nil || got != h {
		t.Errorf("%+v, %v", got, err)
	}
	for name, c := range map[string]struct{ signed, key string }{
		"size":        {strings.Replace(signed, "\n12\n", "\n13\n", 1), k.Public(25)},
		"time":        {strings.Replace(signed, "02:00", "03:00", 1), k.Public(25)},
		"other key":   {signed, other.Public(25)},
		"other realm": {signed, k.Public(26)},
		"no key":      {signed, "khóa"},
		"nothing":     {"", k.Public(25)},
	} {
		if got, err := Open([]byte(c.signed), c.key); gov.CodeOf(err) != gov.Invalid {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestProof(t *testing.T) {
	t.Parallel()
	k := newKey(t)
	var lines []gov.AuditLine
	var hashes []tlog.Hash
	read := tlog.HashReaderFunc(func(indexes []int64) (list []tlog.Hash, err error) {
		for _, n := range indexes {
			list = append(list, hashes[n])
		}
		return list, nil
	})
	for i := range int64(11) {
		l := gov.AuditLine{Realm: 1, Seq: i + 1, At: time.Unix(i, 0), Action: "login.end"}
		more, err := tlog.StoredHashes(i, l.Canonical(), read)
		if err != nil {
			t.Fatal(err)
		}
		lines, hashes = append(lines, l), append(hashes, more...)
	}
	root, err := tlog.TreeHash(11, read)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := Sign(Head{Realm: 1, Size: 11, Root: root, At: time.Unix(0, 0)}, k)
	if err != nil {
		t.Fatal(err)
	}
	for i, l := range lines {
		path, err := tlog.ProveRecord(11, int64(i), read)
		if err != nil {
			t.Fatal(err)
		}
		proof := FormatProof(l, path, signed)
		if got, h, err := OpenProof([]byte(proof), k.Public(1)); err != nil || got != string(l.Canonical()) || h.Size != 11 {
			t.Errorf("line %d: %s, %v", l.Seq, got, err)
		}
		wrong := lines[(i+1)%len(lines)]
		wrong.Seq = l.Seq
		for name, bad := range map[string]string{
			"another line":  FormatProof(wrong, path, signed),
			"another place": strings.Replace(proof, "index ", "index 1", 1),
			"a hash less":   FormatProof(l, path[1:], signed),
			"cut":           proof[:len(proof)/2],
		} {
			if _, _, err := OpenProof([]byte(bad), k.Public(1)); gov.CodeOf(err) != gov.Invalid {
				t.Errorf("line %d, %s: %v", l.Seq, name, err)
			}
		}
	}
}

// FuzzOpen: what others hand in is refused or read, and never more than that.
func FuzzOpen(f *testing.F) {
	f.Add([]byte("haicap/1\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\ntime 2026-01-15T02:00:00Z\n\n— haicap/1 AAAA\n"))
	f.Add([]byte(proofForm + "\nextra e30=\nindex 0\n\nhaicap/1\n1\n"))
	key := newKey(f).Public(1)
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := Open(data, key); err == nil {
			t.Error("a signature that nobody made is taken")
		}
		if _, _, err := OpenProof(data, key); err == nil {
			t.Error("a proof that nobody made is taken")
		}
	})
}
