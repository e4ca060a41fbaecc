package backup_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"haicap/internal/audit"
	"haicap/internal/backup"
	"haicap/internal/blob"
	"haicap/internal/gov"
	"haicap/internal/store"
)

var now = time.Date(2026, 1, 15, 19, 0, 0, 0, time.UTC) // 02:00 of the 16th in Viet Nam

// A house is a data folder with a few documents.
type house struct {
	*testing.T
	dir   string
	store *store.Store
	blobs *blob.Store
	n     int
}

func begin(t *testing.T, documents int) *house {
	t.Helper()
	h := &house{T: t, dir: filepath.Join(t.TempDir(), "kho [1]*")}
	if err := os.Mkdir(h.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	var err error
	if h.store, err = store.OpenSQLite(t.Context(), filepath.Join(h.dir, backup.DBName)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.store.Close() })
	if err := h.store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if h.blobs, err = blob.Open(filepath.Join(h.dir, backup.BlobsName)); err != nil {
		t.Fatal(err)
	}
	h.update(func(ctx context.Context, tx gov.Tx) error {
		if err := tx.CreateHolding(ctx, gov.Holding{Realm: 1, Agency: "a", Since: now}); err != nil {
			return err
		}
		return tx.CreateAgency(ctx, gov.Agency{Realm: 1, ID: "a", Name: "Văn phòng"})
	})
	if err := audit.MakeKey(filepath.Join(h.dir, "audit.key")); err != nil {
		t.Fatal(err)
	}
	for range documents {
		h.file()
	}
	return h
}

func (h *house) update(f func(ctx context.Context, tx gov.Tx) error) {
	h.Helper()
	ctx := context.Background()
	if err := h.store.Update(ctx, func(tx gov.Tx) error { return f(ctx, tx) }); err != nil {
		h.Fatal(err)
	}
}

// file files one more document, with its audit line, and gives the name of its bytes.
func (h *house) file() string {
	h.Helper()
	h.n++
	data := fmt.Sprintf("Văn bản số %d. %s", h.n, strings.Repeat("Phường thu ngân sách. ", h.n))
	sum, err := h.blobs.Put([]byte(data))
	if err != nil {
		h.Fatal(err)
	}
	id := gov.ID(fmt.Sprintf("d%05d", h.n))
	h.update(func(ctx context.Context, tx gov.Tx) error {
		if err := tx.CreateDocument(ctx, gov.Document{Realm: 1, ID: id, Holder: "a", Blob: sum, Text: sum, FiledAt: now}); err != nil {
			return err
		}
		_, err := tx.AppendAudit(ctx, gov.AuditLine{Realm: 1, At: now, Action: "document.file", Noun: "document", Record: id})
		return err
	})
	return sum
}

func (h *house) source() backup.Source {
	return backup.Source{Dir: h.dir, Store: h.store, Program: "haicap test"}
}

// save makes an archive in a folder of its own.
func (h *house) save(keys backup.Recipients) backup.Report {
	h.Helper()
	r, err := backup.Make(h.Context(), h.source(), filepath.Join(h.TempDir(), "lưu"), keys, now)
	if err != nil {
		h.Fatal(err)
	}
	return r
}

// files are the names and sums of everything below a folder but SQLite's index of its log.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, "-shm") || strings.HasSuffix(path, "-wal") {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		sum := sha256.Sum256(data)
		all[filepath.ToSlash(rel)] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func restore(t *testing.T, p backup.Plan) (backup.Restored, error) {
	t.Helper()
	p.Now = now
	return backup.Restore(t.Context(), p)
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	h := begin(t, 5)
	if err := os.MkdirAll(filepath.Join(h.dir, "khác", "sâu"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(h.dir, "khác", "sâu", "tệp.txt"), []byte("nội dung"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := h.blobs.Put([]byte("of no document")); err != nil {
		t.Fatal(err)
	}
	r := h.save(backup.Recipients{})
	if got := filepath.Base(r.Path); got != "haicap-20260116-020000.tar.gz" {
		t.Errorf("the archive is called %s", got)
	}
	if r.Manifest.Rows["document"] != 5 || r.Manifest.Blobs.Count != 5 || len(r.Manifest.Audit) != 1 || r.Manifest.Audit[0].Size != 5 || len(r.Manifest.Members) != 3 {
		t.Errorf("manifest %+v", r.Manifest)
	}
	to := filepath.Join(t.TempDir(), "mới", "kho")
	done, err := restore(t, backup.Plan{Archive: filepath.Dir(r.Path), Dir: to})
	if err != nil || len(done.Findings) > 0 || done.Aside != "" || done.Archive != r.Path {
		t.Fatalf("%+v, %v", done, err)
	}
	got := files(t, to)
	for _, m := range r.Manifest.Members {
		if got[m.Name] != m.SHA256 {
			t.Errorf("%s is %s in the restored folder, %s in the manifest", m.Name, got[m.Name], m.SHA256)
		}
	}
	if len(got) != 3+5 {
		t.Errorf("restored: %v", got)
	}
	if info, err := os.Stat(to); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(to), "*restoring*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(r.Path), "*partial")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// What is written while an archive is made is in it whole or not at all.
func TestOthersGoOn(t *testing.T) {
	t.Parallel()
	h := begin(t, 20)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			default:
				h.file()
			}
		}
	}()
	var made []backup.Report
	for range 5 {
		made = append(made, h.save(backup.Recipients{}))
	}
	close(stop)
	<-stopped
	for _, r := range made {
		to := filepath.Join(t.TempDir(), "kho")
		done, err := restore(t, backup.Plan{Archive: r.Path, Dir: to})
		if err != nil {
			t.Fatalf("%v: %+v", err, done.Findings)
		}
		m := done.Manifest
		if n := m.Rows["document"]; n < 20 || n != m.Blobs.Count || n != m.Audit[0].Size || n != m.Rows["audit_line"] {
			t.Errorf("%d documents, %d files, %d audit lines (%d)", n, m.Blobs.Count, m.Rows["audit_line"], m.Audit[0].Size)
		}
	}
	first, last := made[0].Manifest.Rows["document"], made[len(made)-1].Manifest.Rows["document"]
	t.Logf("documents in the archives: %d … %d, in the end %d", first, last, h.n)
	if last <= first {
		t.Error("nobody wrote while the archives were made")
	}
}

// An archive with any byte changed, or cut anywhere, is refused, and what is there stays.
func TestBrokenArchivesAreRefused(t *testing.T) {
	t.Parallel()
	h := begin(t, 3)
	for name, keys := range map[string]backup.Recipients{"open": {}, "sealed": recipient(t, "x25519")} {
		whole, err := os.ReadFile(h.save(keys).Path)
		if err != nil {
			t.Fatal(err)
		}
		to := begin(t, 1)
		_ = to.store.Close()
		before := files(t, to.dir)
		path := filepath.Join(t.TempDir(), "a.tar.gz")
		refused := func(what string, data []byte) {
			t.Helper()
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := restore(t, backup.Plan{Archive: path, Dir: to.dir, Replace: true, Force: true, Keys: identity(t)})
			if gov.CodeOf(err) != gov.Invalid {
				t.Fatalf("%s, %s: %v (%d bytes)", name, what, err, len(whole))
			}
		}
		for i := 0; i < len(whole); i += len(whole)/40 + 1 {
			refused(fmt.Sprint("cut at ", i), whole[:i])
			changed := bytes.Clone(whole)
			changed[i] ^= 0x10
			if bytes.Equal(unpacked(changed), unpacked(whole)) && name == "open" { // gzip's own time, level and system, and bits between its blocks
				continue
			}
			refused(fmt.Sprint("changed at ", i), changed)
		}
		refused("cut by one", whole[:len(whole)-1])
		refused("with something behind it", append(bytes.Clone(whole), "thêm"...))
		refused("twice", append(bytes.Clone(whole), whole...))
		if after := files(t, to.dir); !equalMaps(before, after) {
			t.Errorf("%s: the folder changed: %v, was %v", name, after, before)
		}
	}
}

// unpacked is what gzip makes of data, nil where it makes nothing of it.
func unpacked(data []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	out, err := io.ReadAll(r)
	if err != nil {
		return nil
	}
	return out
}

func equalMaps(a, b map[string]string) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return bytes.Equal(x, y)
}

// The one key of these tests.
const (
	testKey     = "AGE-SECRET-KEY-184JMZMVQH3E6U0PSL869004Y3U2NYV7R30EU99CSEDNPH02YUVFSZW44VU"
	sealedSpace = "age-encryption.org/v1"
)

func identity(t *testing.T) backup.Identities {
	t.Helper()
	file := filepath.Join(t.TempDir(), "khoa.txt")
	if err := os.WriteFile(file, []byte("# khóa thử\n"+testKey+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ids, err := backup.ReadIdentities(file)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func recipient(t *testing.T, kind string) backup.Recipients {
	t.Helper()
	var key string
	if kind == "hybrid" {
		id, err := age.GenerateHybridIdentity()
		if err != nil {
			t.Fatal(err)
		}
		key = id.Recipient().String()
	} else {
		id, err := age.ParseX25519Identity(testKey)
		if err != nil {
			t.Fatal(err)
		}
		key = id.Recipient().String()
	}
	r, err := backup.ParseRecipients(key)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestEncryptedArchives(t *testing.T) {
	t.Parallel()
	h := begin(t, 2)
	r := h.save(recipient(t, "x25519"))
	data, err := os.ReadFile(r.Path)
	if err != nil || !bytes.HasPrefix(data, []byte(sealedSpace)) || !strings.HasSuffix(r.Path, ".tar.gz.age") {
		t.Fatalf("%s begins with %.30q, %v", r.Path, data, err)
	}
	to := filepath.Join(t.TempDir(), "kho")
	if _, err := restore(t, backup.Plan{Archive: r.Path, Dir: to}); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("without a key: %v", err)
	}
	other := h.save(recipient(t, "hybrid"))
	if _, err := restore(t, backup.Plan{Archive: other.Path, Dir: to, Keys: identity(t)}); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("with another key: %v", err)
	}
	if _, err := os.Stat(to); err == nil {
		t.Error("something was restored")
	}
	if done, err := restore(t, backup.Plan{Archive: r.Path, Dir: to, Keys: identity(t)}); err != nil || done.Manifest.Rows["document"] != 2 {
		t.Errorf("with its key: %+v, %v", done, err)
	}
	for _, bad := range []string{"age1", "age1xyz", filepath.Join(t.TempDir(), "none"), "ssh-ed25519 AAAA"} {
		if _, err := backup.ParseRecipients(bad); gov.CodeOf(err) != gov.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// Names that lead out of the folder, twice the same, links: no archive of ours has them.
func TestStrangeMembersAreRefused(t *testing.T) {
	t.Parallel()
	for _, h := range []tar.Header{
		{Name: "../outside", Typeflag: tar.TypeReg}, {Name: "/tmp/outside", Typeflag: tar.TypeReg}, {Name: "a/../../b", Typeflag: tar.TypeReg},
		{Name: "link", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}, {Name: "blobs/zz/zz", Typeflag: tar.TypeReg}, {Name: "blobs", Typeflag: tar.TypeReg},
		{Name: "dir", Typeflag: tar.TypeDir}, {Name: `a\b`, Typeflag: tar.TypeReg}, {Name: "manifest.json", Typeflag: tar.TypeReg},
	} {
		top := t.TempDir()
		path := filepath.Join(top, "a.tar.gz")
		var b bytes.Buffer
		packed := gzip.NewWriter(&b)
		w := tar.NewWriter(packed)
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		_ = w.Close()
		_ = packed.Close()
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := restore(t, backup.Plan{Archive: path, Dir: filepath.Join(top, "kho"), Force: true}); gov.CodeOf(err) != gov.Invalid {
			t.Errorf("%s: %v", h.Name, err)
		}
		if left := files(t, top); len(left) != 1 {
			t.Errorf("%s: left behind: %v", h.Name, left)
		}
	}
}

func TestReplaceKeepsWhatWasThere(t *testing.T) {
	t.Parallel()
	r := begin(t, 2).save(backup.Recipients{})
	to := begin(t, 1)
	_ = to.store.Close()
	before := files(t, to.dir)
	if _, err := restore(t, backup.Plan{Archive: r.Path, Dir: to.dir}); gov.CodeOf(err) != gov.Conflict {
		t.Errorf("into a folder that is full: %v", err)
	}
	done, err := restore(t, backup.Plan{Archive: r.Path, Dir: to.dir, Replace: true})
	if err != nil || done.Aside != to.dir+".before-20260116-020000" {
		t.Fatalf("%+v, %v", done, err)
	}
	if !equalMaps(before, files(t, done.Aside)) || len(files(t, to.dir)) != 2+2 {
		t.Errorf("aside %v, restored %v", files(t, done.Aside), files(t, to.dir))
	}
}

// What was broken when it was saved is said when it is saved, refused when it is restored, and taken when somebody insists.
func TestLostDocuments(t *testing.T) {
	t.Parallel()
	h := begin(t, 3)
	gone, spoilt := h.file(), h.file()
	if err := h.blobs.Remove(gone); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(h.dir, "blobs", spoilt[:2], spoilt[2:]), []byte("khác"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := h.save(backup.Recipients{})
	lost := []string{gone, spoilt}
	slices.Sort(lost)
	if !slices.Equal(r.Manifest.Lost, lost) || r.Manifest.Blobs.Count != 3 {
		t.Errorf("lost %v of %v, %d saved", r.Manifest.Lost, lost, r.Manifest.Blobs.Count)
	}
	to := filepath.Join(t.TempDir(), "kho")
	if done, err := restore(t, backup.Plan{Archive: r.Path, Dir: to}); gov.CodeOf(err) != gov.Conflict || len(done.Findings) != 1 {
		t.Errorf("%v: %+v", err, done.Findings)
	}
	if _, err := restore(t, backup.Plan{Archive: r.Path, Dir: to, Force: true}); err != nil {
		t.Error(err)
	}
}

func TestASpoiltLogIsFound(t *testing.T) {
	t.Parallel()
	h := begin(t, 3)
	spoil(t, h.dir, "UPDATE audit_line SET action = 'document.read' WHERE seq = 2")
	to := filepath.Join(t.TempDir(), "kho")
	done, err := restore(t, backup.Plan{Archive: h.save(backup.Recipients{}).Path, Dir: to})
	if gov.CodeOf(err) != gov.Conflict || len(done.Findings) != 1 || done.Findings[0].Key != "doctor.audit" {
		t.Errorf("%v: %+v", err, done.Findings)
	}
}

func TestABrokenOffBackupLeavesNothing(t *testing.T) {
	t.Parallel()
	h := begin(t, 3)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dest := filepath.Join(t.TempDir(), "lưu")
	if _, err := backup.Make(ctx, h.source(), dest, backup.Recipients{}, now); err == nil {
		t.Error("it did not stop")
	}
	if left := files(t, dest); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if left, _ := os.ReadDir(h.dir); slices.ContainsFunc(left, func(e os.DirEntry) bool { return strings.HasPrefix(e.Name(), "snapshot-") }) {
		t.Errorf("left behind: %v", left)
	}
}

// An archive inside the data folder is not part of the next one.
func TestArchivesAreNotSaved(t *testing.T) {
	t.Parallel()
	h := begin(t, 1)
	for i, dest := range []string{filepath.Join(h.dir, "lưu"), h.dir} {
		first, err := backup.Make(t.Context(), h.source(), dest, backup.Recipients{}, now.Add(time.Duration(i)*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		second, err := backup.Make(t.Context(), h.source(), dest, backup.Recipients{}, now.Add(time.Duration(i)*time.Hour+time.Minute))
		if err != nil {
			t.Fatal(err)
		}
		if len(second.Manifest.Members) != len(first.Manifest.Members) {
			t.Errorf("%s: %+v", dest, second.Manifest.Members)
		}
		if _, err := backup.Make(t.Context(), h.source(), dest, backup.Recipients{}, now.Add(time.Duration(i)*time.Hour)); gov.CodeOf(err) != gov.Conflict {
			t.Errorf("an archive was written over: %v", err)
		}
		if dest != h.dir {
			if err := os.RemoveAll(dest); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestPruneKeepsTheNewest(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	names := []string{"haicap-20260101-020000.tar.gz", "haicap-20260102-020000.tar.gz.age", "haicap-20260103-020000.tar.gz", "haicap-20251231-020000.tar.gz.age",
		"haicap-20260103-020000.tar.gz.partial", "ảnh.jpg", "haicap-cũ.tar.gz", "other-20260101-020000.tar.gz"}
	for _, n := range names {
		if err := os.WriteFile(filepath.Join(dir, n), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(filepath.Join(dir, names[4]))
	if err != nil {
		t.Fatal(err)
	}
	removed, err := backup.Prune(dir, 2, info.ModTime().Add(time.Hour))
	if want := []string{names[3], names[0]}; err != nil || !slices.Equal(removed, want) {
		t.Errorf("removed %v, %v; want %v", removed, err, want)
	}
	removed, err = backup.Prune(dir, 0, info.ModTime().Add(25*time.Hour)) // never the last one
	if want := []string{names[1], names[4]}; err != nil || !slices.Equal(removed, want) {
		t.Errorf("removed %v, %v; want %v", removed, err, want)
	}
	if last, err := backup.Latest(dir); err != nil || last.Format(time.RFC3339) != "2026-01-03T02:00:00+07:00" {
		t.Errorf("latest %v, %v", last, err)
	}
}
