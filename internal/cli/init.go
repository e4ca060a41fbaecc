package cli

import (
	"context"
	"os"
	"strings"

	"haicap/internal/app"
	"haicap/internal/audit"
	"haicap/internal/gov"
)

var storeSettings = []string{"db", "db_password_file", "db_password", "log_format", "log_level"}

// linkSettings are for commands that print a one-time link.
var linkSettings = append([]string{"listen", "public_url"}, storeSettings...)

func initCommand() command {
	return command{name: "init", settings: auditSettings, flags: []flag{{"province", "CODE"}, {"unit", "CODE"}, {"agency", "NAME"}}, run: runInit,
		examples: []string{"haicap init --province 25", `haicap init --unit 07909 --agency "Văn phòng Đảng ủy phường Thanh Miếu" --data /var/lib/haicap`,
			"HAICAP_DB_PASSWORD_FILE=/etc/haicap/db haicap init --province 25 --db postgres://haicap@db.lan/haicap"}}
}

func runInit(ctx context.Context, c *call) error {
	code, err := c.unitToServe()
	if err != nil {
		return err
	}
	dir := c.settings.get("data")
	made, err := makeDir(dir)
	if err != nil {
		return err
	}
	token, err := c.begin(ctx, code)
	if err != nil {
		made.undo()
		return err
	}
	return c.put(c.lang.T("cli.init_done", dir, c.linkAddress(token)) + "\n")
}

// unitToServe is the code that --province or --unit gives, checked before anything is made.
func (c *call) unitToServe() (string, error) {
	province, unit := c.flags["province"], c.flags["unit"]
	if (province == "") == (unit == "") {
		return "", gov.Errorf(gov.Invalid, "error.cli_init_unit")
	}
	units, err := c.units()()
	if err != nil {
		return "", err
	}
	u, err := units.At(province+unit, "")
	switch {
	case err != nil:
		return "", err
	case province != "" && u.Level() != gov.ProvinceLevel:
		return "", gov.Errorf(gov.Invalid, "error.cli_not_province", province, u.Full())
	}
	return u.Code, nil
}

// begin makes the store and the blobs, writes the first records, and gives the token of the administrator's one-time link.
func (c *call) begin(ctx context.Context, code string) (string, error) {
	p, err := c.assemble(ctx)
	if err != nil {
		return "", err
	}
	defer p.close()
	if err := p.store.Migrate(ctx); err != nil {
		return "", err
	}
	if err := audit.MakeKey(c.auditKeyFile()); err != nil {
		return "", err
	}
	_, token, err := p.app.Init(ctx, app.InitInput{Unit: code, Agency: c.flags["agency"]})
	return token, err
}

// linkAddress is where a browser opens a one-time link: at the public address, else where this machine serves.
func (c *call) linkAddress(token string) string {
	base := strings.TrimRight(c.settings.get("public_url"), "/")
	if base == "" {
		base = "http://" + c.settings.get("listen")
	}
	return base + "/link/" + token
}

func migrateCommand() command {
	return command{name: "migrate", settings: auditSettings, run: runMigrate, examples: []string{"haicap migrate --data /var/lib/haicap"}}
}

// runMigrate brings the data of an older version to the form of this one.
func runMigrate(ctx context.Context, c *call) error {
	if err := c.needData(); err != nil {
		return err
	}
	p, err := c.assemble(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	list, err := p.store.Pending(ctx)
	if err != nil {
		return err
	}
	if err := p.store.Migrate(ctx); err != nil {
		return err
	}
	if err := audit.MakeKey(c.auditKeyFile()); err != nil { // older versions had none
		return err
	}
	if err := c.settlePersonal(ctx, p); err != nil {
		return err
	}
	return c.put(c.lang.T("cli.migrate_done", len(list)) + "\n")
}

// needData refuses a data folder that was not begun.
func (c *call) needData() error {
	dir := c.settings.get("data")
	if _, err := os.Stat(blobsIn(dir)); err != nil {
		return gov.Errorf(gov.NotFound, "error.cli_no_data", dir).Because(err)
	}
	return nil
}
