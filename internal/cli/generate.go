package cli

import (
	"context"
	"os"
	"slices"
	"strconv"
	"strings"

	"haicap/internal/access"
	"haicap/internal/blob"
	"haicap/internal/gov"
	"haicap/internal/synth"
)

func generateCommand() command {
	return command{name: "generate", settings: auditSettings, run: runGenerate,
		flags: []flag{{"provinces", "CODES"}, {"only", "KINDS"}, {"records", "NUMBER"}, {"matters", "NUMBER"}, {"until", "DAY"}, {"years", "NUMBER"}, {"seed", "NUMBER"}},
		examples: []string{"haicap generate --provinces 25 --data thu", "haicap generate --provinces 25 --only accounts,documents,figures --records 100000 --seed 1 --data thu",
			"haicap generate --provinces 25 --only accounts,sessions,matters --matters 100000 --until 2026-06-30 --data thu"}}
}

// What generate makes where nobody says how much. The last year is fixed, so that the same command makes the same data tomorrow.
const (
	someRecords = 10000
	someMatters = 3000
	mostRecords = 10_000_000
	tenYears    = 10
	mostYears   = 30
	lastYear    = 2025
)

// runGenerate fills a data folder, which it begins where it is empty, with made-up data.
func runGenerate(ctx context.Context, c *call) error {
	order, err := c.synthOrder()
	if err != nil {
		return err
	}
	if err := c.beginEmpty(ctx, order.Provinces[0]); err != nil {
		return err
	}
	p, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	m, err := c.generate(ctx, p, order)
	if err != nil {
		return err
	}
	return c.put(c.lang.T("cli.generate_done", m.Figures, m.Documents, m.Agencies, m.Accounts) + "\n" + c.lang.T("cli.generate_matters", m.Matters, m.Sessions) + "\n")
}

// synthOrder is what the flags ask for.
func (c *call) synthOrder() (synth.Config, error) {
	var o synth.Config
	o.Last = lastYear
	o.Provinces = strings.FieldsFunc(c.flags["provinces"], func(r rune) bool { return r == ',' || r == ' ' })
	if len(o.Provinces) == 0 {
		return o, gov.Errorf(gov.Invalid, "error.cli_generate_provinces")
	}
	if only := c.flags["only"]; only != "" {
		o.Only = strings.Split(only, ",")
	}
	for _, kind := range o.Only {
		if !slices.Contains(synth.Kinds, kind) {
			return o, gov.Errorf(gov.Invalid, "error.cli_generate_kind", kind, strings.Join(synth.Kinds, ","))
		}
	}
	var seed int
	for _, n := range []struct {
		flag      string
		to        *int
		def, most int
	}{{"records", &o.Records, someRecords, mostRecords}, {"matters", &o.Matters, someMatters, mostRecords}, {"years", &o.Years, tenYears, mostYears}, {"seed", &seed, 1, 1<<31 - 1}} {
		*n.to = n.def
		text, given := c.flags[n.flag]
		if !given {
			continue
		}
		v, err := strconv.Atoi(text)
		if err != nil || v < 1 || v > n.most {
			return o, gov.Errorf(gov.Invalid, "error.cli_number", "--"+n.flag, text, n.most)
		}
		*n.to = v
	}
	o.Seed = uint64(seed)
	if o.Until = gov.Day(c.flags["until"]); o.Until != "" && !o.Until.Valid() {
		return o, gov.Errorf(gov.Invalid, "error.day_needed")
	}
	units, err := c.units()()
	if err != nil {
		return o, err
	}
	for _, code := range o.Provinces {
		if u, err := units.At(code, ""); err != nil {
			return o, err
		} else if u.Level() != gov.ProvinceLevel {
			return o, gov.Errorf(gov.Invalid, "error.cli_not_province", code, u.Full())
		}
	}
	return o, nil
}

// beginEmpty begins the data folder for the province where there is nothing in it.
func (c *call) beginEmpty(ctx context.Context, province string) error {
	if _, err := os.Stat(blobsIn(c.settings.get("data"))); err == nil {
		return nil
	}
	made, err := makeDir(c.settings.get("data"))
	if err != nil {
		return err
	}
	password, err := c.begin(ctx, province)
	if err != nil {
		made.undo()
		return err
	}
	c.say("cli.generate_begun", c.settings.get("data"), password)
	return nil
}

// generate makes the data, with accounts that share one random password, which is said.
func (c *call) generate(ctx context.Context, p *parts, order synth.Config) (synth.Made, error) {
	var err error
	if order.Units, err = p.units(); err != nil {
		return synth.Made{}, err
	}
	if order.Holding, err = p.app.Holding(ctx); err != nil {
		return synth.Made{}, err
	}
	password := access.NewPassword()
	hash, err := access.HashPassword(password)
	if err != nil {
		return synth.Made{}, err
	}
	for _, a := range demoAccounts {
		order.Roles = append(order.Roles, synth.Role{Login: a.login, Name: c.lang.T("role." + string(a.role)), Role: string(a.role), Password: hash})
	}
	blobs, err := blob.Open(blobsIn(c.settings.get("data")))
	if err != nil {
		return synth.Made{}, gov.Errorf(gov.Unavailable, "error.cli_data_folder", c.settings.get("data")).Because(err)
	}
	order.Store, order.Blobs = p.app.Store(), blobs
	m, err := synth.Run(ctx, order)
	if err == nil && m.Accounts > 0 {
		c.say("cli.generate_logins", password)
	}
	return m, err
}
