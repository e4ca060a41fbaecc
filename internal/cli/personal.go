package cli

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"haicap/internal/backup"
	"haicap/internal/gov"
	"haicap/internal/store"
)

// retentionName is the table of a data folder with the office's own rules of how long personal data are kept.
const retentionName = "retention.csv"

// retention gives the rules: the program's, and after them the office's own.
func (c *call) retention() (gov.Retention, error) {
	return withOwn(c, gov.DefaultRetention(), retentionName, gov.ReadRetention)
}

// withOwn are the program's rules of a kind, and after them the office's own from a table in the data folder, where there is one.
func withOwn[S ~[]R, R any](c *call, rules S, name string, read func(io.Reader) (S, error)) (S, error) {
	f, err := os.Open(filepath.Join(c.settings.get("data"), name))
	if errors.Is(err, fs.ErrNotExist) {
		return rules, nil
	}
	if err != nil {
		return nil, gov.Errorf(gov.Invalid, "error.cli_file_unreadable", name).Because(err)
	}
	defer func() { _ = f.Close() }()
	own, err := read(f)
	return append(rules, own...), err
}

// erased keeps the list of everybody who was erased beside the data and beside the archives, and empties the database's log of what
// it still holds of them.
func (c *call) erased(st *store.Store) func(context.Context, []gov.DataSubject) error {
	return func(ctx context.Context, list []gov.DataSubject) error {
		err := errors.Join(backup.WriteErased(c.settings.get("data"), list), st.Forget(ctx))
		if dir := c.settings.get("backup_dir"); dir != "" {
			if _, missing := os.Stat(dir); missing == nil { // a disk that is not there now gets the list with its next archive
				err = errors.Join(err, backup.WriteErased(dir, list))
			}
		}
		return err
	}
}

// keepErased puts the list beside an archive that was just made.
func (c *call) keepErased(ctx context.Context, p *parts, dir string) error {
	who, err := p.system(ctx)
	if err != nil {
		return err
	}
	list, err := p.app.Erased(ctx, who)
	if err != nil {
		return err
	}
	return backup.WriteErased(dir, list)
}

// settlePersonal seals what an older version kept in the clear, and erases again whom a restored backup brought back. Both change nothing
// where nothing is to be done.
func (c *call) settlePersonal(ctx context.Context, p *parts) error {
	who, err := p.system(ctx)
	if gov.CodeOf(err) == gov.Unavailable { // not begun yet
		return nil
	} else if err != nil {
		return err
	}
	n, err := p.app.SealNames(ctx, who)
	if err != nil {
		return err
	}
	list, err := backup.ReadErased(filepath.Join(c.settings.get("data"), backup.ErasedName))
	if err != nil {
		return err
	}
	again, err := p.app.EraseAgain(ctx, who, list)
	if n > 0 {
		c.say("cli.names_sealed", n)
	}
	if again > 0 {
		c.say("cli.erased_again", again)
	}
	return err
}

// settleRestored is settlePersonal for a data folder that was just restored.
func (c *call) settleRestored(ctx context.Context) error {
	list, err := backup.ReadErased(filepath.Join(c.settings.get("data"), backup.ErasedName))
	if err != nil || len(list) == 0 {
		return err
	}
	p, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	return c.settlePersonal(ctx, p)
}

// The nightly run of the rules, after the backup: what went is then in one archive for the last time.
const (
	retentionKind  = "retention"
	retentionAt    = "03:30"
	retentionLease = time.Hour
)

func retentionRow(now time.Time) (gov.Timetable, error) {
	next, err := gov.NextAt(retentionAt, now)
	return gov.Timetable{Kind: retentionKind, At: retentionAt, Payload: "{}", Next: next}, err
}

// retain applies the rules of today. Doing so again changes nothing, so it need not be one with the job's end.
func (c *call) retain(ctx context.Context, p *parts) error {
	who, err := p.system(ctx)
	if err != nil {
		return err
	}
	n, err := p.app.Retain(ctx, who)
	if err == nil && n > 0 {
		c.logger().Info("retention", "erased", n)
	}
	return err
}
