package cli

import (
	"context"
	"os"
	"path/filepath"

	"haicap/internal/gov"
)

func goldExportCommand() command {
	return command{name: "gold export", args: "DEST", min: 1, max: 1, settings: storeSettings, run: runGoldExport,
		examples: []string{"haicap gold export nhan --data /var/lib/haicap", "haicap gold export nhan && haicap eval nhan nhan/*.txt --misses"}}
}

// runGoldExport writes the confirmed reviews as gold labels, each with its text beside it. Whole texts leave the data folder, so only the
// owner of the files may read them.
func runGoldExport(ctx context.Context, c *call) error {
	p, who, err := c.openSystem(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	dest := c.args[0]
	if err := os.MkdirAll(dest, 0o700); err != nil {
		return gov.Errorf(gov.Invalid, "error.cli_file_unwritten", dest).Because(err)
	}
	files, err := p.app.ExportGold(ctx, who)
	if err != nil {
		return err
	}
	for _, f := range files {
		for name, data := range map[string][]byte{f.Name + ".txt": []byte(f.Text), f.Name + ".json": f.Labels} {
			name = filepath.Join(dest, name)
			if err := os.WriteFile(name, data, 0o600); err != nil {
				return gov.Errorf(gov.Unavailable, "error.cli_file_unwritten", name).Because(err)
			}
		}
	}
	return c.put(c.lang.T("cli.gold_done", len(files), dest) + "\n")
}
