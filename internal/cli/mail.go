package cli

import (
	"context"
	"errors"
	"net"
	"strconv"
	"strings"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/jobs"
	"haicap/internal/metrics"
	"haicap/internal/notify"
	"haicap/internal/outgoing"
	"haicap/internal/web/ui"
)

// mailSettings say through which server mail goes out.
var mailSettings = []string{"mail_server", "mail_security", "mail_user", "mail_password_file", "mail_from", "mail_from_name", "remind_at"}

// The leases of the jobs: longer than the work ever takes.
const (
	mailLease   = time.Hour
	remindLease = 30 * time.Minute
)

// remindersName is the table of a data folder with the office's own rules of who is reminded when.
const remindersName = "reminders.csv"

// mailer is the way to the mail server that the settings name, through the guard; nil where they name none.
func (c *call) mailer() (*notify.Mailer, error) {
	server := c.settings.get("mail_server")
	if server == "" {
		return nil, nil
	}
	host, port, err := net.SplitHostPort(server)
	if err != nil {
		host, port = server, ""
	}
	number, _ := strconv.Atoi(port)
	conf := notify.Server{Host: host, Port: number, Security: notify.Security(c.settings.get("mail_security")), User: c.settings.get("mail_user"),
		PasswordFile: c.settings.get("mail_password_file"), From: c.settings.get("mail_from"), FromName: c.settings.get("mail_from_name"), Roots: c.roots}
	conf.Dial = outgoing.New().DialContext // lets nothing pass; replaced below, when the mailer has said which port it takes
	m, err := notify.NewMailer(conf)
	if err != nil {
		return nil, gov.Errorf(gov.Invalid, "error.cli_mail").Because(err)
	}
	host, port, err = net.SplitHostPort(m.Address())
	if err != nil {
		return nil, gov.Errorf(gov.Invalid, "error.cli_mail").Because(err)
	}
	rules, _ := outgoing.ParseRules(c.settings.get("outgoing")) // checked with the settings
	conf.Dial = outgoing.New(outgoing.For(host, port, rules)).DialContext
	return notify.NewMailer(conf)
}

// reminders gives the rules: the program's, and after them the office's own, read anew each time.
func (c *call) reminders() (gov.ReminderRules, error) {
	return withOwn(c, gov.DefaultReminders(), remindersName, gov.ReadReminders)
}

// remindRow is the row of the timetable by which people are reminded each morning.
func (c *call) remindRow(realm gov.Realm, now time.Time) (gov.Timetable, error) {
	next, err := gov.NextAt(c.settings.get("remind_at"), now)
	return gov.Timetable{Realm: realm, Kind: app.JobRemind, At: c.settings.get("remind_at"), Payload: "{}", Next: next}, err
}

// scheduleMail puts the reminders into the timetable, and looks at once for what waits. Without a mail server reminders are written down all the same: they
// stand with the matters.
func (c *call) scheduleMail(ctx context.Context, p *parts, now time.Time) error {
	who, err := p.system(ctx)
	if err != nil {
		return err
	}
	row, err := c.remindRow(gov.Realm(who.Realm), now)
	if err != nil {
		return err
	}
	return p.store.Update(ctx, func(tx gov.Tx) error {
		if err := setRows(ctx, tx, []gov.Timetable{row}); err != nil || p.mailer == nil {
			return err
		}
		return p.app.WakeMail(ctx, tx, who)
	})
}

// mailKinds are the jobs of reminders, and of mail where there is a way to send it.
func (c *call) mailKinds(p *parts) map[string]jobs.Kind {
	kinds := map[string]jobs.Kind{
		app.JobRemind: {Lease: remindLease, Do: func(ctx context.Context, _ gov.Job) (jobs.Write, error) {
			who, err := p.system(ctx)
			if err != nil {
				return nil, err
			}
			n, err := p.app.Remind(ctx, who)
			if err == nil && n > 0 {
				c.logger().Info("reminded", "matters", n)
			}
			return nil, err
		}},
	}
	if p.mailer != nil {
		kinds[app.JobMail] = jobs.Kind{Lease: mailLease, Do: func(ctx context.Context, _ gov.Job) (jobs.Write, error) { return c.sendMail(ctx, p) }}
	}
	return kinds
}

// sendMail sends what is due, one letter after the other, until nothing is left or the server cannot be reached. Each letter's end is written before the next
// is taken, so that nothing is sent twice. A server that is down is no failure of the job: the job ends, and makes the next one.
func (c *call) sendMail(ctx context.Context, p *parts) (jobs.Write, error) {
	who, err := p.system(ctx)
	if err != nil {
		return nil, err
	}
	var again time.Time
	for ctx.Err() == nil {
		l, err := p.app.NextLetter(ctx, who)
		if gov.IsNotFound(err) {
			break
		} else if err != nil {
			return nil, err
		}
		o, reached := outcome(p.mailer.Send(ctx, c.mailOf(l)))
		if again, err = p.app.EndLetter(context.WithoutCancel(ctx), who, l.Letter, o, reached); err != nil {
			return nil, err
		}
		if !reached {
			c.logger().Warn("mail server not reached", "cause", o.Fault)
			break
		}
		again = time.Time{}
	}
	return func(ctx context.Context, tx gov.Tx) error { return p.app.NextMail(ctx, tx, who, again) }, ctx.Err()
}

// outcome says what a delivery means for its letter, and whether the server was reached at all.
func outcome(err error) (app.Outcome, bool) {
	if err == nil {
		return app.Outcome{State: gov.LetterSent}, true
	}
	o := app.Outcome{State: gov.LetterWaiting, Fault: "notify: interrupted"}
	var f *notify.Fault
	if !errors.As(err, &f) {
		return o, false
	}
	o.Fault = f.Error()
	switch f.Kind {
	case notify.Permanent:
		o.State = gov.LetterFailed
	case notify.Unclear:
		o.State = gov.LetterUnclear
	}
	return o, f.Kind != notify.Temporary || f.What == "mail: sending" && f.Code != 0
}

// mailOf writes a letter in words.
func (c *call) mailOf(v app.LetterView) notify.Mail {
	at := v.Made.In(gov.Zone)
	kind := string(v.Kind)
	title := c.lang.T("letter.title."+kind, c.lang.Date(string(gov.DayOf(at))))
	letter := notify.Letter{Lang: c.lang, Title: title, Paras: []string{c.lang.T("letter.lead." + kind)}, Footer: []string{c.lang.T("letter.foot")}}
	public := strings.TrimRight(c.settings.get("public_url"), "/")
	for _, g := range v.Groups {
		group := notify.Group{Title: c.lang.T("letter.group", c.groupTitle(g.Rule), len(g.Lines))}
		for _, line := range g.Lines {
			item := notify.Item{Text: line.Text, Detail: c.detailOf(line)}
			if public != "" {
				item.Link = public + ui.MatterHref(line.ID)
			}
			group.Items = append(group.Items, item)
		}
		letter.Groups = append(letter.Groups, group)
	}
	if v.More > 0 {
		letter.Paras = append(letter.Paras, c.lang.T("letter.more", v.More))
	}
	if public != "" {
		letter.Footer = append(letter.Footer, c.lang.T("letter.foot_link", public+"/account#notices"))
	}
	return notify.Mail{Key: v.Key, To: v.To, Subject: title, Letter: letter, At: at}
}

// groupTitle is what a rule says in words; a rule of the office's own has its key.
func (c *call) groupTitle(rule string) string {
	key := "letter.rule." + rule
	if s := c.lang.T(key); s != "["+key+"]" {
		return s
	}
	return c.lang.T("letter.rule.other", rule)
}

func (c *call) detailOf(l app.LetterLine) string {
	var parts []string
	if l.Lead != "" {
		parts = append(parts, l.Lead)
	}
	switch {
	case l.Due == "":
		parts = append(parts, c.lang.T("clock.none"))
	case l.Left < 0:
		parts = append(parts, c.lang.T("clock.late", -l.Left, c.lang.Date(string(l.Due))))
	case l.Left == 0:
		parts = append(parts, c.lang.T("clock.today", c.lang.Date(string(l.Due))))
	default:
		parts = append(parts, c.lang.T("clock.left", l.Left, c.lang.Date(string(l.Due))))
	}
	return strings.Join(parts, " · ")
}

// watchMail adds how much mail waits, failed and is unclear.
func watchMail(r *metrics.Registry, p *parts, who func(ctx context.Context) (access.Principal, error)) {
	letters := r.Gauge("haicap_letters", "Letters by state; failed and unclear ones want a person.", "state")
	r.Before(func(ctx context.Context) {
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		system, err := who(ctx)
		if err != nil {
			return
		}
		_ = p.store.View(ctx, func(tx gov.Tx) error {
			counts, err := tx.CountLetters(ctx, gov.Realm(system.Realm))
			for _, s := range gov.LetterStates {
				letters.Set(float64(counts[s]), string(s))
			}
			return err
		})
	})
}

func checkMailServer(s string) error {
	host, port, err := net.SplitHostPort(s)
	if err != nil {
		host, port = s, "25"
	}
	n, err := strconv.Atoi(port)
	if err != nil || n < 1 || n > 65535 || host == "" || strings.ContainsAny(host, "/@ ") {
		return errSetting
	}
	return nil
}

func checkSecurity(s string) error {
	switch notify.Security(s) {
	case notify.StartTLS, notify.TLS, notify.Open:
		return nil
	}
	return errSetting
}
