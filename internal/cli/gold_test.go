package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"haicap/internal/app"
	"haicap/internal/samples"
)

// TestGoldExportIsEvaluated confirms a document as the reader read it and exports it: the reader agrees with itself.
func TestGoldExportIsEvaluated(t *testing.T) {
	t.Parallel()
	dir, dest := begun(t), filepath.Join(t.TempDir(), "nhan")
	if out := must(t, "gold", "export", dest, "--data", dir, "--lang", "en"); !strings.Contains(out, "Exported 0 ") {
		t.Errorf("nothing is confirmed yet: %s", out)
	}
	p, err := crashParts(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	who, err := p.system(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, review, err := p.app.FileDocument(t.Context(), who, app.FileInput{Name: "Biên bản số 3.txt", Data: samples.All()[2].Data})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := confirmAll(t.Context(), p.app, who, review); err != nil {
		t.Fatal(err)
	}
	must(t, "gold", "export", dest, "--data", dir)
	texts := glob(t, filepath.Join(dest, "bien-ban-so-3-*.txt"))
	if info, err := os.Stat(texts[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the export: %v, %v", info.Mode(), err)
	}
	table := must(t, "eval", dest, texts[0])
	for _, row := range []string{"figures                1.000   1.000   1.000", "directives             1.000   1.000   1.000", "figures.kind                 1.000", "items.by                     1.000"} {
		if !strings.Contains(table, row) {
			t.Errorf("the table lacks %q:\n%s", row, table)
		}
	}
}
