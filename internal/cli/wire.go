package cli

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/audit"
	"haicap/internal/backup"
	"haicap/internal/blob"
	"haicap/internal/dictionary"
	"haicap/internal/gov"
	"haicap/internal/metrics"
	"haicap/internal/notify"
	"haicap/internal/register"
	"haicap/internal/store"
)

// The names inside a data folder.
const (
	dbName    = backup.DBName // with SQLite's -wal and -shm beside it
	blobsName = backup.BlobsName
	unitsName = backup.RegisterName // an imported register, which may be there before init
)

// parts is the program put together over one data folder.
type parts struct {
	app     *app.App
	store   *store.Store
	units   func() (gov.Units, error)
	metrics *metrics.Registry
	books   gov.Store      // the store, measured
	mailer  *notify.Mailer // nil: no mail server is named
}

func (p *parts) close() { _ = p.store.Close() }

// system is the program itself, acting for the agency that the data folder was begun for.
func (p *parts) system(ctx context.Context) (access.Principal, error) {
	h, err := p.app.Holding(ctx)
	if err != nil {
		return access.Principal{}, err
	}
	return access.System(int64(h.Realm), string(h.Agency)), nil
}

// openSystem opens the data folder for a command, which acts as the program itself.
func (c *call) openSystem(ctx context.Context) (*parts, access.Principal, error) {
	p, err := c.open(ctx)
	if err != nil {
		return nil, access.Principal{}, err
	}
	who, err := p.system(ctx)
	if err != nil {
		p.close()
		return nil, access.Principal{}, err
	}
	return p, who, nil
}

// units gives the register of the data folder. It is loaded when it is first asked for, and once.
func (c *call) units() func() (gov.Units, error) {
	dir := c.settings.get("data")
	return sync.OnceValues(func() (gov.Units, error) {
		r, err := register.Open(dir)
		if err != nil {
			return nil, err
		}
		return r, nil
	})
}

// open puts the program together over the data folder, which must have been begun and be of this version.
func (c *call) open(ctx context.Context) (*parts, error) {
	if err := c.needData(); err != nil {
		return nil, err
	}
	p, err := c.assemble(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.store.Check(ctx); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

// assemble opens the store and the blobs of the data folder, makes them where they are missing, and joins all parts.
func (c *call) assemble(ctx context.Context) (*parts, error) {
	dir := c.settings.get("data")
	address, err := c.database()
	if err != nil {
		return nil, err
	}
	blobs, err := blob.Open(blobsIn(dir))
	if err != nil {
		return nil, gov.Errorf(gov.Unavailable, "error.cli_data_folder", dir).Because(err)
	}
	vault, err := c.vault()
	if err != nil {
		return nil, err
	}
	sso, err := c.sso()
	if err != nil {
		return nil, err
	}
	retention, err := c.retention()
	if err != nil {
		return nil, err
	}
	mailer, err := c.mailer()
	if err != nil {
		return nil, err
	}
	st, err := store.Open(ctx, address)
	if err != nil {
		return nil, err
	}
	units, counts := c.units(), metrics.New(release())
	books := timed(st, counts)
	return &parts{store: st, books: books, mailer: mailer, metrics: counts, units: units, app: app.New(app.Config{Store: books, Blobs: blobs, Units: units, Dictionary: dictionary.In(dir),
		Vault: vault, SecondFactor: app.SecondFactor(c.settings.get("second_factor")), SSO: sso,
		SSOByLogin: c.settings.get("oidc_match") == "login",
		Retention:  retention,
		Erased:     c.erased(st),
		Calendar:   c.calendar, MatterFields: c.matterFields,
		Reminders: c.reminders,
		Mail:      mailer != nil,
		Now:       c.now,
		AuditKey:  func() (audit.Key, error) { return audit.LoadKey(c.auditKeyFile()) }})}, nil
}

// database is the address of the store: the SQLite file of the data folder, or PostgreSQL with its password put in.
func (c *call) database() (string, error) {
	address := c.settings.get("db")
	if address == "" {
		return filepath.Join(c.settings.get("data"), dbName), nil
	}
	password := c.settings.get("db_password")
	if file := c.settings.get("db_password_file"); file != "" {
		data, err := os.ReadFile(file)
		if err != nil {
			return "", gov.Errorf(gov.Invalid, "error.cli_file_unreadable", file).Because(err)
		}
		password = strings.TrimRight(string(data), "\r\n")
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", gov.Errorf(gov.Invalid, "error.store_address").Because(err)
	}
	if password != "" {
		q := u.Query()
		q.Set("password", password)
		u.RawQuery = q.Encode()
	}
	return u.String(), nil
}

// blobsIn is the folder of a data folder that holds the documents' bytes.
func blobsIn(dir string) string { return filepath.Join(dir, blobsName) }

// A madeDir is a folder that makeDir prepared.
type madeDir struct {
	dir string
	new bool // it was not there before
}

// makeDir prepares a folder for data, which must hold nothing yet but an imported register.
func makeDir(dir string) (madeDir, error) {
	entries, err := os.ReadDir(dir)
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return e.Name() == unitsName })
	made := madeDir{dir: dir, new: errors.Is(err, fs.ErrNotExist)}
	switch {
	case err != nil && !made.new:
		return made, gov.Errorf(gov.Invalid, "error.cli_data_folder", dir).Because(err)
	case len(entries) > 0:
		return made, gov.Errorf(gov.Conflict, "error.cli_data_exists", dir)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return made, gov.Errorf(gov.Invalid, "error.cli_data_folder", dir).Because(err)
	}
	if info, err := os.Stat(dir); err == nil && info.Mode().Perm()&0o007 != 0 { // chmod o-rwx: others have no business in it
		_ = os.Chmod(dir, info.Mode().Perm()&^0o007)
	}
	return made, nil
}

// undo removes what was written into the folder, and the folder itself where makeDir made it.
func (m madeDir) undo() {
	if m.new {
		_ = os.RemoveAll(m.dir)
		return
	}
	entries, _ := os.ReadDir(m.dir)
	for _, e := range entries {
		if e.Name() != unitsName {
			_ = os.RemoveAll(filepath.Join(m.dir, e.Name()))
		}
	}
}
