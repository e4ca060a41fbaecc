package cli

import (
	"context"
	"errors"
	"net"
	"os"
	"syscall"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/samples"
	"haicap/internal/synth"
)

func demoCommand() command {
	return command{name: "demo", settings: []string{"listen", "log_format", "log_level"}, run: runDemo, flags: []flag{{"years", "NUMBER"}},
		examples: []string{"haicap demo", "haicap demo --years 2", "haicap demo --listen 127.0.0.1:9000 --data thu-nghiem"}}
}

// demoProvince is Phú Thọ, whose units the sample documents are about.
const demoProvince = "25"

// demoAccounts are the people of the demo, by role; the analyst, who may confirm, does the work of the beginning.
var demoAccounts = []struct {
	login string
	role  access.Role
}{{"vanthu", access.Clerk}, {"chuyenvien", access.Analyst}, {"lanhdao", access.Leader}}

// demoWard are two people of one ward, who see what belongs to it and nothing else.
var demoWard = []struct {
	login string
	role  access.Role
}{{"vanthu.thanhmieu", access.Clerk}, {"lanhdao.thanhmieu", access.Leader}}

// demoWardCode is phường Thanh Miếu, which several of the samples are about.
const demoWardCode = "07909"

func runDemo(ctx context.Context, c *call) error {
	l, err := c.demoListen(ctx)
	if err != nil {
		return err
	}
	defer l.Close()
	done, err := c.demoFolder()
	if err != nil {
		return err
	}
	defer done()
	c.say("cli.demo_begin", c.settings.get("data"))
	if _, err := c.begin(ctx, demoProvince); err != nil {
		return err
	}
	p, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	passwords, err := c.demoPeople(ctx, p)
	if err != nil {
		return err
	}
	if err := c.demoDocuments(ctx, p, passwords["chuyenvien"]); err != nil {
		return err
	}
	if err := c.demoYears(ctx, p); err != nil {
		return err
	}
	var lines string
	for _, a := range demoAccounts {
		lines += "  " + column(a.login, 20) + column(passwords[a.login], 26) + c.lang.T("role."+string(a.role)) + "\n"
	}
	for _, a := range demoWard {
		lines += "  " + column(a.login, 20) + column(passwords[a.login], 26) + c.wardName(a.role) + "\n"
	}
	if err := c.put(c.lang.T("cli.demo_logins") + "\n" + lines); err != nil {
		return err
	}
	return c.serve(ctx, p, l, "cli.demo_ready")
}

// demoListen listens on this machine only: the demo's passwords are printed, and nobody else has a use for them. Where nobody asked
// for the usual port and it is taken, any other does.
func (c *call) demoListen(ctx context.Context) (net.Listener, error) {
	address := c.settings.get("listen")
	l, err := listen(ctx, address)
	if errors.Is(err, syscall.EADDRINUSE) && c.settings["listen"].from == "" {
		l, err = listen(ctx, "127.0.0.1:0")
	}
	if err != nil {
		return nil, err
	}
	if !loopback(l.Addr()) {
		_ = l.Close()
		return nil, gov.Errorf(gov.Invalid, "error.cli_demo_loopback", address)
	}
	return l, nil
}

// demoFolder prepares the folder that --data names, or a temporary one that done removes. The demo never touches the store that the
// environment names, and serves nothing besides its pages.
func (c *call) demoFolder() (done func(), err error) {
	for _, key := range []string{"db", "metrics", "tls_cert", "tls_key", "public_url", "https"} {
		c.settings[key] = value{}
	}
	if data := c.settings["data"]; data.from == "--data" {
		_, err := makeDir(data.text)
		return func() {}, err
	}
	dir, err := os.MkdirTemp("", "haicap-demo-")
	if err != nil {
		return nil, gov.Errorf(gov.Unavailable, "error.cli_data_folder", os.TempDir()).Because(err)
	}
	c.settings["data"] = value{text: dir}
	return func() { _ = os.RemoveAll(dir) }, nil
}

// wardName is how pages address a person of the demo's ward.
func (c *call) wardName(role access.Role) string {
	return c.lang.T("cli.demo_ward", c.lang.T("role."+string(role)))
}

// demoPeople makes the accounts and gives their passwords.
func (c *call) demoPeople(ctx context.Context, p *parts) (map[string]string, error) {
	system, err := p.system(ctx)
	if err != nil {
		return nil, err
	}
	passwords := map[string]string{}
	for _, a := range demoAccounts {
		in := app.AccountInput{Login: a.login, Name: c.lang.T("role." + string(a.role)), Role: string(a.role)}
		if passwords[a.login], err = p.app.CreateAccount(ctx, system, in); err != nil {
			return nil, err
		}
	}
	for _, a := range demoWard {
		in := app.AccountInput{Login: a.login, Name: c.wardName(a.role), Role: string(a.role), Unit: demoWardCode}
		if passwords[a.login], err = p.app.CreateAccount(ctx, system, in); err != nil {
			return nil, err
		}
	}
	return passwords, nil
}

// demoDocuments files and confirms the sample documents as the analyst would. The last one stays open, to be tried.
func (c *call) demoDocuments(ctx context.Context, p *parts, password string) error {
	token, who, err := p.app.Login(ctx, "chuyenvien", password)
	if err != nil {
		return err
	}
	all := samples.All()
	for i, s := range all {
		if ctx.Err() != nil {
			return exit(statusBroken)
		}
		doc, review, err := p.app.FileDocument(ctx, who, app.FileInput{Name: s.Name, Data: s.Data})
		if err != nil {
			return err
		}
		if i == len(all)-1 {
			c.say("cli.demo_left_open", i+1, len(all), shorten(doc.Title, 100))
			break
		}
		drafts, err := confirmAll(ctx, p.app, who, review)
		if err != nil {
			return err
		}
		c.say("cli.demo_confirmed", i+1, len(all), shorten(doc.Title, 100), drafts)
	}
	return p.app.Logout(ctx, token)
}

// demoYears adds made-up figures, targets, reports, sessions and matters of the last years where somebody asks for them. Without, the demo shows only what
// its documents say: nothing in it is made up, and it is there at once.
func (c *call) demoYears(ctx context.Context, p *parts) error {
	years, err := c.number("years", 0, mostYears)
	if err != nil || years == 0 {
		return err
	}
	order := synth.Config{Provinces: []string{demoProvince}, Years: years, Until: lastDay, Seed: 1, Matters: demoMatters * years,
		Only: []string{synth.Documents, synth.Figures, synth.Targets, synth.Sessions, synth.Matters}}
	return c.fill(ctx, p, order)
}

// demoMatters is how many matters the demo makes for each year.
const demoMatters = 600

// confirmAll joins a session that exists already, accepts every draft and writes the review into the books. It gives the number
// of drafts.
func confirmAll(ctx context.Context, a *app.App, who access.Principal, review gov.ID) (int, error) {
	v, err := a.Review(ctx, who, review)
	if err != nil {
		return 0, err
	}
	if len(v.Candidates) > 0 && v.Review.Join == "" {
		head := headOf(v)
		head.Join = v.Candidates[0].Session.ID
		if err := a.SettleHead(ctx, who, review, head); err != nil {
			return 0, err
		}
	}
	for _, card := range v.Cards {
		if card.Decided() {
			continue
		}
		if err := a.SettleDraft(ctx, who, review, card.ID, gov.DraftAccepted, card.Version); err != nil {
			return 0, err
		}
	}
	if v, err = a.Review(ctx, who, review); err != nil {
		return 0, err
	}
	_, err = a.Confirm(ctx, who, review, v.Review.Version)
	return len(v.Cards), err
}

// headOf is the head of a review as it stands, ready to be changed.
func headOf(v app.ReviewView) app.HeadInput {
	s := v.Review.Session
	in := app.HeadInput{Kind: s.Kind, Title: s.Title, Day: s.Day, Place: s.Place, Programme: s.Programme, Offices: s.Offices,
		Join: v.Review.Join, Version: v.Review.Version}
	for _, u := range s.Units {
		in.Units = append(in.Units, u.Code)
	}
	return in
}
