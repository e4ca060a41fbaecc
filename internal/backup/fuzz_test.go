package backup_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"

	"haicap/internal/backup"
	"haicap/internal/gov"
)

// Whatever is inside an archive's gzip, reading it ends with a refusal and never with a crash.
func FuzzVerify(f *testing.F) {
	var whole bytes.Buffer
	z := gzip.NewWriter(&whole)
	_, _ = z.Write(bytes.Repeat([]byte("manifest.json\x00"), 80))
	_ = z.Close()
	f.Add(unpacked(whole.Bytes()))
	f.Add([]byte(`{"format":1,"engine":"sqlite"}`))
	path := filepath.Join(f.TempDir(), "a.tar.gz")
	f.Fuzz(func(t *testing.T, inside []byte) {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = z.Write(inside)
		_ = z.Close()
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := backup.Verify(t.Context(), path, backup.Identities{}); gov.CodeOf(err) != gov.Invalid {
			t.Errorf("%v", err)
		}
	})
}
