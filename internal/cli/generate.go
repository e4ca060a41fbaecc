package cli

import (
	"cmp"
	"context"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"haicap/internal/access"
	"haicap/internal/blob"
	"haicap/internal/gov"
	"haicap/internal/synth"
)

func generateCommand() command {
	return command{name: "generate", settings: auditSettings, run: runGenerate,
		flags: []flag{{"provinces", "CODES"}, {"only", "KINDS"}, {"records", "NUMBER"}, {"matters", "NUMBER"}, {"until", "DAY"}, {"years", "NUMBER"}, {"seed", "NUMBER"}},
		examples: []string{"haicap generate --provinces 25 --years 10 --seed 1 --data thu", "haicap generate --provinces 25,01 --only accounts,figures,targets --data thu",
			"haicap generate --provinces 25 --only accounts,documents,figures --records 100000 --data thu",
			"haicap generate --provinces 25 --only accounts,sessions,matters --matters 100000 --until 2026-06-30 --data thu"}}
}

// What generate makes where nobody says how much. The last day is fixed, so that the same command makes the same data tomorrow.
const (
	someMatters = 3000
	mostRecords = 10_000_000
	someYears   = 3
	mostYears   = 30
	lastYear    = 2025
	lastDay     = gov.Day("2026-10-31")
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
	return c.fill(ctx, p, order)
}

// fill makes the data, tells how far it is and says what was made.
func (c *call) fill(ctx context.Context, p *parts, order synth.Config) error {
	w := newWatch(c)
	order.Tell = w.tell
	m, err := c.generate(ctx, p, order)
	if err != nil {
		return err
	}
	return c.put(w.summary(m))
}

// A watch sees how fast data are made, and says it every few seconds.
type watch struct {
	*call
	began, at, said time.Time
	last            synth.Made
	spent           [8]time.Duration // on each of counts
}

func newWatch(c *call) *watch {
	now := time.Now()
	return &watch{call: c, began: now, at: now, said: now}
}

// sayEvery is how often somebody who waits is told.
const sayEvery = 3 * time.Second

// counts lists what was made, in the order in which it is told; the words are cli.made.N.
func counts(m synth.Made) [8]int {
	return [8]int{m.Agencies, m.Accounts, m.Documents, m.Figures, m.Reports, m.Targets, m.Sessions, m.Matters}
}

// writtenWith says of each of counts with which other one it is written together, whose rate it has no own of.
var writtenWith = [8]int{1, 1, 3, 3, 3, 5, 7, 7}

func (w *watch) tell(m synth.Made) {
	now := time.Now()
	before, after := counts(w.last), counts(m)
	for i, with := range writtenWith {
		if after[i] > before[i] && with == i {
			w.spent[i] += now.Sub(w.at)
		}
	}
	w.at, w.last = now, m
	if now.Sub(w.said) >= sayEvery {
		w.said = now
		w.say("cli.generate_progress", w.lang.Int(int(now.Sub(w.began).Seconds())), w.list(after))
	}
}

// list names what there is of each.
func (w *watch) list(n [8]int) string {
	var words []string
	for i, count := range n {
		if count > 0 {
			words = append(words, w.lang.T("cli.made."+strconv.Itoa(i), w.lang.Int(count)))
		}
	}
	return strings.Join(words, ", ")
}

// summary says what was made and how fast.
func (w *watch) summary(m synth.Made) string {
	var b strings.Builder
	b.WriteString(w.lang.T("cli.generate_done", w.lang.Number(math.Round(time.Since(w.began).Seconds()*10)/10)) + "\n")
	for i, count := range counts(m) {
		if count == 0 {
			continue
		}
		line := "  " + w.lang.T("cli.made."+strconv.Itoa(i), w.lang.Int(count))
		if s := w.spent[i].Seconds(); s > 0.05 {
			line += " (" + w.lang.T("cli.generate_rate", w.lang.Int(int(float64(count)/s))) + ")"
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}

// synthOrder is what the flags ask for.
func (c *call) synthOrder() (synth.Config, error) {
	var o synth.Config
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
	}{{"records", &o.Records, 0, mostRecords}, {"matters", &o.Matters, someMatters, mostRecords}, {"years", &o.Years, someYears, mostYears}, {"seed", &seed, 1, 1<<31 - 1}} {
		var err error
		if *n.to, err = c.number(n.flag, n.def, n.most); err != nil {
			return o, err
		}
	}
	o.Seed = uint64(seed)
	if o.Until = cmp.Or(gov.Day(c.flags["until"]), lastDay); !o.Until.Valid() {
		return o, gov.Errorf(gov.Invalid, "error.day_needed")
	}
	return o, c.provincesThere(o.Provinces)
}

// number is the number that a flag gives, from 1 to most; def where the flag is not there.
func (c *call) number(flag string, def, most int) (int, error) {
	text, given := c.flags[flag]
	if !given {
		return def, nil
	}
	v, err := strconv.Atoi(text)
	if err != nil || v < 1 || v > most {
		return 0, gov.Errorf(gov.Invalid, "error.cli_number", "--"+flag, text, most)
	}
	return v, nil
}

// provincesThere refuses codes that are no province of today.
func (c *call) provincesThere(codes []string) error {
	units, err := c.units()()
	if err != nil {
		return err
	}
	for _, code := range codes {
		if u, err := units.At(code, ""); err != nil {
			return err
		} else if u.Level() != gov.ProvinceLevel {
			return gov.Errorf(gov.Invalid, "error.cli_not_province", code, u.Full())
		}
	}
	return nil
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
	order.Offices = []synth.Role{{Login: "chutri", Name: c.lang.T("role." + string(access.Lead)), Role: string(access.Lead), Password: hash}}
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
