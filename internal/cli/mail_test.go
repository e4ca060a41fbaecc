package cli

import (
	"bufio"
	"net"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/jobs"
)

// A postOffice is a mail server on this machine that can be down, or hang up after it has taken a letter.
type postOffice struct {
	port int

	mu      sync.Mutex
	down    bool
	hangUp  bool // after the whole letter was said, without an answer
	letters []string
}

func newPostOffice(t *testing.T) *postOffice {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o := &postOffice{port: l.Addr().(*net.TCPAddr).Port}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() { o.serve(conn) })
		}
	})
	t.Cleanup(func() { _ = l.Close(); all.Wait() })
	return o
}

func (o *postOffice) set(down, hangUp bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.down, o.hangUp = down, hangUp
}

func (o *postOffice) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	o.mu.Lock()
	down, hangUp := o.down, o.hangUp
	o.mu.Unlock()
	if down {
		return
	}
	r := bufio.NewReader(conn)
	say := func(line string) { _, _ = conn.Write([]byte(line + "\r\n")) }
	say("220 here")
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		switch verb, _, _ := strings.Cut(strings.TrimSpace(line), " "); strings.ToUpper(verb) {
		case "EHLO":
			say("250-here\r\n250 8BITMIME")
		case "DATA":
			say("354 go on")
			var b strings.Builder
			for {
				line, err := r.ReadString('\n')
				if err != nil {
					return
				}
				if line == ".\r\n" {
					break
				}
				b.WriteString(line)
			}
			o.mu.Lock()
			o.letters = append(o.letters, b.String())
			o.mu.Unlock()
			if hangUp {
				return
			}
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 fine")
		}
	}
}

var messageID = regexp.MustCompile(`(?m)^Message-ID: *<(.+)>`)

// taken lists the Message-IDs of what was taken, in order.
func (o *postOffice) taken() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	var ids []string
	for _, l := range o.letters {
		ids = append(ids, messageID.FindStringSubmatch(l)[1])
	}
	return ids
}

// A mailRoom is a program over a data folder, with a clock that the test moves.
type mailRoom struct {
	t    *testing.T
	c    *call
	p    *parts
	dir  string
	now  time.Time
	post *postOffice
}

func newMailRoom(t *testing.T, when string) *mailRoom {
	t.Helper()
	m := &mailRoom{t: t, dir: begun(t), post: newPostOffice(t)}
	m.turn(when)
	settings, err := resolve(map[string]string{"data": m.dir, "mail-server": "127.0.0.1:" + strconv.Itoa(m.post.port), "mail-security": "none",
		"mail-from": "haicap@tinh.example"}, func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	m.c = &call{lang: "vi", settings: settings, stderr: &buffer{}, now: func() time.Time {
		m.now = m.now.Add(time.Microsecond)
		return m.now
	}}
	m.start()
	t.Cleanup(func() { m.p.close() })
	return m
}

func (m *mailRoom) turn(when string) {
	var err error
	if m.now, err = time.ParseInLocation("2006-01-02 15:04", when, gov.Zone); err != nil {
		m.t.Fatal(err)
	}
}

// start opens the program as `haicap serve` does; an earlier one was left as it was.
func (m *mailRoom) start() {
	m.t.Helper()
	var err error
	if m.p, err = m.c.open(m.t.Context()); err == nil {
		err = m.c.scheduleMail(m.t.Context(), m.p, m.now)
	}
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *mailRoom) restart() { m.t.Helper(); m.p.close(); m.start() }

// work does what is due.
func (m *mailRoom) work() {
	m.t.Helper()
	if _, err := jobs.Once(m.t.Context(), jobs.Config{Store: m.p.books, Kinds: m.c.kinds(m.p), Now: m.c.now}); err != nil {
		m.t.Fatal(err)
	}
}

// pass lets time pass, a quarter of an hour at a time.
func (m *mailRoom) pass(d time.Duration) {
	m.t.Helper()
	for end := m.now.Add(d); m.now.Before(end); m.now = m.now.Add(15 * time.Minute) {
		m.work()
	}
}

func (m *mailRoom) counts() map[gov.LetterState]int {
	m.t.Helper()
	who, err := m.p.system(m.t.Context())
	if err != nil {
		m.t.Fatal(err)
	}
	v, err := m.p.app.Mail(m.t.Context(), who)
	if err != nil {
		m.t.Fatal(err)
	}
	return v.Counts
}

// people makes accounts that want reminders, and a task of the office that is due on a day.
func (m *mailRoom) people(due gov.Day, logins ...string) {
	m.t.Helper()
	ctx := m.t.Context()
	who, err := m.p.system(ctx)
	if err != nil {
		m.t.Fatal(err)
	}
	for _, login := range logins {
		if _, err := m.p.app.CreateAccount(ctx, who, app.AccountInput{Login: login, Role: string(access.Analyst)}); err != nil {
			m.t.Fatal(err)
		}
		acc, err := m.p.app.AccountNamed(ctx, who, login)
		if err != nil {
			m.t.Fatal(err)
		}
		p := access.Principal{Realm: int64(acc.Realm), Account: string(acc.ID), Agency: string(acc.Agency)}
		if err := m.p.app.ChooseNotices(ctx, p, app.NoticeInput{Email: login + "@tinh.example", Reminders: true}); err != nil {
			m.t.Fatal(err)
		}
	}
	task := gov.Matter{Realm: gov.Realm(who.Realm), ID: gov.NewID(m.now), Kind: gov.Task, Text: "Rà soát trụ sở dôi dư", State: gov.StateOpen, Opened: "2026-01-05",
		Due: due, FirstDue: due, Version: 1, Parties: []gov.Party{{Role: gov.RoleLead, Name: "Văn phòng", Agency: gov.ID(who.Agency)}}}
	if err := m.p.store.Update(ctx, func(tx gov.Tx) error { return tx.CreateMatter(ctx, task) }); err != nil {
		m.t.Fatal(err)
	}
}

// A mail server that is down for a day: nothing is lost, nothing is sent twice, and one sees what waits.
func TestMailServerDownForADay(t *testing.T) {
	t.Parallel()
	m := newMailRoom(t, "2026-03-12 06:50") // a Thursday
	m.people("2026-03-12", "mot", "hai", "ba")
	m.post.set(true, false)
	m.pass(12 * time.Hour)
	m.restart()
	m.pass(12 * time.Hour)
	if n := m.counts(); n[gov.LetterWaiting] != 3 || len(m.post.taken()) != 0 {
		t.Fatalf("after a day: %v, %d taken", n, len(m.post.taken()))
	}
	m.post.set(false, false)
	m.restart()
	m.pass(6 * time.Hour)
	m.restart()
	m.pass(time.Hour)
	ids := slices.Compact(slices.Sorted(slices.Values(m.post.taken())))
	if len(ids) != 6 || len(m.post.taken()) != 6 { // on the day itself, and one working day after
		t.Errorf("%d letters, %d of them different", len(m.post.taken()), len(ids))
	}
	if n := m.counts(); n[gov.LetterSent] != 6 || n[gov.LetterWaiting] != 0 {
		t.Errorf("at the end: %v", n)
	}
	first := m.post.letters[0]
	for _, want := range []string{"Auto-Submitted: auto-generated", "From:", "@tinh.example"} {
		if !strings.Contains(first, want) {
			t.Errorf("the letter lacks %q:\n%s", want, first)
		}
	}
}

// What may have arrived is not sent again by itself; a person can have it sent, and it is the same letter.
func TestUnclearMailIsNotSentAgain(t *testing.T) {
	t.Parallel()
	m := newMailRoom(t, "2026-03-12 06:50")
	m.people("2026-03-12", "mot")
	m.post.set(false, true)
	m.pass(10 * time.Hour)
	if n := m.counts(); n[gov.LetterUnclear] != 1 || len(m.post.taken()) != 1 {
		t.Fatalf("%v, %d taken", n, len(m.post.taken()))
	}
	m.post.set(false, false)
	who, err := m.p.system(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	v, err := m.p.app.Mail(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range v.Lists {
		for _, l := range list.Lines {
			if list.State != gov.LetterUnclear || l.Login != "mot" || strings.Contains(l.Fault, "tinh.example") {
				t.Errorf("%s: %+v", list.State, l)
			}
			if err := m.p.app.MailAgain(t.Context(), who, l.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	m.work()
	if ids := m.post.taken(); len(ids) != 2 || ids[0] != ids[1] {
		t.Errorf("%v", ids)
	}
}

// A program that dies while it sends leaves a letter that may have gone.
func TestProgramEndsWhileItSends(t *testing.T) {
	t.Parallel()
	m := newMailRoom(t, "2026-03-12 06:50")
	m.people("2026-03-12", "mot", "hai")
	who, err := m.p.system(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	m.turn("2026-03-12 07:30")
	if n, err := m.p.app.Remind(t.Context(), who); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if _, err := m.p.app.NextLetter(t.Context(), who); err != nil { // and dies
		t.Fatal(err)
	}
	m.restart()
	m.pass(3 * time.Hour)
	if n := m.counts(); n[gov.LetterUnclear] != 1 || n[gov.LetterSent] != 1 || len(m.post.taken()) != 1 {
		t.Errorf("%v, %d taken", n, len(m.post.taken()))
	}
}

func TestMailSettings(t *testing.T) {
	t.Parallel()
	for _, bad := range []map[string]string{
		{"mail-server": "127.0.0.1:25"}, // from nobody
		{"mail-server": "mail.tinh.example", "mail-from": "a@b.c", "mail-security": "none"},
		{"mail-server": "mail.tinh.example", "mail-from": "a@b.c", "mail-user": "a"},
		{"mail-server": "mail.tinh.example", "mail-from": "không phải"},
	} {
		settings, err := resolve(bad, func(string) string { return "" })
		if err != nil {
			t.Fatal(err)
		}
		c := &call{settings: settings}
		if m, err := c.mailer(); gov.CodeOf(err) != gov.Invalid {
			t.Errorf("%v: %v, %v", bad, m, err)
		}
	}
	settings, err := resolve(map[string]string{"mail-server": "mail.tinh.example", "mail-from": "a@b.c"}, func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	c := &call{settings: settings}
	if m, err := c.mailer(); err != nil || m.Address() != "mail.tinh.example:587" {
		t.Errorf("%v, %v", m, err)
	}
	for _, bad := range []string{"a/b", "host:port", "host:70000", "user@host"} {
		if _, err := resolve(map[string]string{"mail-server": bad}, func(string) string { return "" }); err == nil {
			t.Errorf("%q is taken for a server", bad)
		}
	}
}
