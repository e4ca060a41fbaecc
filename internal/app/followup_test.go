package app_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/blob"
	"haicap/internal/calendar"
	"haicap/internal/gov"
)

// A desk is a house whose clock the test moves, with the program itself beside the people.
type desk struct {
	house
	now    time.Time
	system access.Principal
	noMail bool
}

// at opens the house of begin anew at an hour of Viet Nam, with mail on.
func at(t *testing.T, h house, when string) *desk {
	t.Helper()
	d := &desk{house: h, system: access.System(int64(h.holding.Realm), string(h.holding.Agency))}
	d.turn(t, when)
	d.open(t)
	return d
}

// open starts the program anew over the same store.
func (d *desk) open(t *testing.T) {
	t.Helper()
	blobs, err := blob.Open(d.blobs)
	if err != nil {
		t.Fatal(err)
	}
	d.App = app.New(app.Config{Store: d.store, Blobs: blobs, Units: units, Mail: !d.noMail, Vault: vault, Now: func() time.Time {
		d.now = d.now.Add(time.Microsecond)
		return d.now
	}})
}

var vault, _ = access.NewVault(access.NewVaultKey())

func (d *desk) turn(t *testing.T, when string) {
	t.Helper()
	var err error
	if d.now, err = time.ParseInLocation("2006-01-02 15:04", when, gov.Zone); err != nil {
		t.Fatal(err)
	}
}

// works gives an account with a role for an agency of the realm, who wants mail.
func (d *desk) works(t *testing.T, login string, role access.Role, unit string) access.Principal {
	t.Helper()
	password, err := d.CreateAccount(d.ctx, d.admin, app.AccountInput{Login: login, Name: login, Role: string(role), Unit: unit})
	if err != nil {
		t.Fatal(err)
	}
	token, _, err := d.Login(d.ctx, login, password)
	if err != nil {
		t.Fatal(err)
	}
	p, err := d.Authenticate(d.ctx, token)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.ChooseNotices(d.ctx, p, app.NoticeInput{Email: login + "@tinh.example", Reminders: true, Digest: true}); err != nil {
		t.Fatal(err)
	}
	return p
}

// task writes a task of an office to another.
func (d *desk) task(t *testing.T, due gov.Day, lead, assigner access.Principal) gov.Matter {
	t.Helper()
	party := func(r gov.Role, p access.Principal) gov.Party {
		return gov.Party{Role: r, Name: p.Name, Agency: gov.ID(p.Agency), Unit: gov.UnitKey{Code: p.Grants[0].Code, From: gov.Day(p.Grants[0].From)}}
	}
	now := d.now
	m := gov.Matter{Realm: d.holding.Realm, ID: gov.NewID(now), Kind: gov.Task, Text: "Rà soát trụ sở", State: gov.StateOpen, Opened: "2026-01-05", Due: due, FirstDue: due,
		Version: 1, Created: gov.Stamp{At: now}, Parties: []gov.Party{party(gov.RoleLead, lead), party(gov.RoleAssigner, assigner)}}
	d.now = d.now.Add(time.Millisecond)
	if err := d.store.Update(d.ctx, func(tx gov.Tx) error { return tx.CreateMatter(d.ctx, m) }); err != nil {
		t.Fatal(err)
	}
	return m
}

// sendAll sends what is due and gives what went out, by login: rules in order.
func (d *desk) sendAll(t *testing.T) map[string][]string {
	t.Helper()
	sent := map[string][]string{}
	for {
		l, err := d.NextLetter(d.ctx, d.system)
		if gov.IsNotFound(err) {
			return sent
		}
		if err != nil {
			t.Fatal(err)
		}
		login, _, _ := strings.Cut(l.To, "@")
		for _, g := range l.Groups {
			sent[login] = append(sent[login], string(l.Kind)+":"+g.Rule)
		}
		if _, err := d.EndLetter(d.ctx, d.system, l.Letter, app.Outcome{State: gov.LetterSent}, true); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRemindersClimbTheChain(t *testing.T) {
	t.Parallel()
	d := at(t, begin(t, "25"), "2026-03-02 08:00")
	ward := d.works(t, "phuong", access.Clerk, "07909")
	head := d.works(t, "chutich", access.Leader, "07909")
	office := d.works(t, "vanphong", access.Analyst, "")
	boss := d.works(t, "lanhdaotinh", access.Leader, "")
	d.works(t, "phuongkhac", access.Clerk, "04795")
	for _, p := range []access.Principal{head, boss, ward} { // no digests here
		if err := d.ChooseNotices(d.ctx, p, app.NoticeInput{Email: p.Name + "@tinh.example", Reminders: true}); err != nil {
			t.Fatal(err)
		}
	}
	d.task(t, "2026-03-12", ward, office) // a Thursday
	days := []struct {
		when string
		want map[string][]string
	}{
		{"2026-03-06 07:00", nil}, // Friday: four working days before
		{"2026-03-07 07:00", nil}, // Saturday
		{"2026-03-09 07:00", map[string][]string{"phuong": {"reminder:before"}}},
		{"2026-03-10 07:00", nil},
		{"2026-03-12 07:00", map[string][]string{"phuong": {"reminder:on"}}},
		{"2026-03-13 07:00", map[string][]string{"phuong": {"reminder:late"}, "vanphong": {"reminder:late"}}},
		{"2026-03-16 07:00", nil},
		{"2026-03-19 07:00", map[string][]string{"phuong": {"reminder:late_again"}, "vanphong": {"reminder:late_again"}, "chutich": {"reminder:late_again"},
			"lanhdaotinh": {"reminder:late_again"}}},
		{"2026-04-01 07:00", nil},
	}
	for _, c := range days {
		d.turn(t, c.when)
		for range 2 { // a restart of the program does not say it twice
			d.open(t)
			if _, err := d.Remind(d.ctx, d.system); err != nil {
				t.Fatal(err)
			}
		}
		got := d.sendAll(t)
		for login, list := range got {
			got[login] = slices.DeleteFunc(list, func(s string) bool { return strings.HasPrefix(s, "digest") })
			if len(got[login]) == 0 {
				delete(got, login)
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: %v, want %v", c.when, got, c.want)
		}
		for login, want := range c.want {
			if !slices.Equal(got[login], want) {
				t.Errorf("%s: %s got %v, want %v", c.when, login, got[login], want)
			}
		}
	}
}

func TestAnExtendedDayIsRemindedOfAnew(t *testing.T) {
	t.Parallel()
	d := at(t, begin(t, "25"), "2026-03-12 07:00")
	ward, office := d.works(t, "phuong", access.Clerk, "07909"), d.works(t, "vanphong", access.Analyst, "")
	m := d.task(t, "2026-03-12", ward, office)
	spoken := func(want int) {
		t.Helper()
		if n, err := d.Remind(d.ctx, d.system); n != want || err != nil {
			t.Errorf("%d matters were spoken of, want %d (%v)", n, want, err)
		}
	}
	spoken(1)
	in := app.ActInput{Action: gov.ActExtend, Version: 1, StepInput: gov.StepInput{Note: "chờ vốn"}, Term: "05 ngày làm việc"}
	if err := d.Act(d.ctx, office, m.ID, in); err != nil {
		t.Fatal(err)
	}
	v, err := d.Matter(d.ctx, office, m.ID)
	if err != nil || v.Due != "2026-03-19" || v.FirstDue != "2026-03-12" {
		t.Fatalf("due %s, at first %s: %v", v.Due, v.FirstDue, err)
	}
	spoken(0)
	d.turn(t, "2026-03-16 07:00")
	spoken(1)
	d.turn(t, "2026-03-19 07:00")
	spoken(1)
	if got := d.sendAll(t)["phuong"]; !slices.Contains(got, "reminder:on") {
		t.Errorf("%v", got)
	}
	in.Term = "sớm"
	in.Version = 2
	if err := d.Act(d.ctx, office, m.ID, in); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("vague words gave a day: %v", err)
	}
}

func TestMailIsQuietAtNightAndOnDaysOff(t *testing.T) {
	t.Parallel()
	d := at(t, begin(t, "25"), "2026-03-06 19:30") // Friday evening
	ward, office := d.works(t, "phuong", access.Clerk, "07909"), d.works(t, "vanphong", access.Analyst, "")
	m := d.task(t, "2026-03-05", ward, office)
	if err := d.Act(d.ctx, office, m.ID, app.ActInput{Action: gov.ActUrge, Version: 1}); err != nil {
		t.Fatal(err)
	}
	for _, when := range []string{"2026-03-06 19:31", "2026-03-07 10:00", "2026-03-09 06:59"} {
		d.turn(t, when)
		if got := d.sendAll(t); len(got) > 0 {
			t.Errorf("%s: %v", when, got)
		}
	}
	d.turn(t, "2026-03-09 07:00")
	if got := d.sendAll(t); !slices.Equal(got["phuong"], []string{"urge:urge"}) || len(got) != 1 {
		t.Errorf("on Monday: %v", got)
	}
}

func TestNothingGoesToWhoDidNotAskOrMayNotSee(t *testing.T) {
	t.Parallel()
	d := at(t, begin(t, "25"), "2026-03-12 08:00")
	ward, office := d.works(t, "phuong", access.Clerk, "07909"), d.works(t, "vanphong", access.Analyst, "")
	m := d.task(t, "2026-03-12", ward, office)
	if _, err := d.Remind(d.ctx, d.system); err != nil {
		t.Fatal(err)
	}
	if err := d.ChooseNotices(d.ctx, ward, app.NoticeInput{Email: "phuong@tinh.example"}); err != nil {
		t.Fatal(err)
	}
	if got := d.sendAll(t); len(got) > 0 {
		t.Errorf("after consent was taken back: %v", got)
	}
	for _, in := range []app.NoticeInput{{Reminders: true}, {Email: "Ai đó <a@b.c>", Reminders: true}, {Email: "a@b.c\r\nBcc: d@e.f", Digest: true}} {
		if err := d.ChooseNotices(d.ctx, ward, in); gov.CodeOf(err) != gov.Invalid {
			t.Errorf("%+v was taken: %v", in, err)
		}
	}
	other := d.works(t, "phuongkhac", access.Clerk, "04795")
	err := d.store.Update(d.ctx, func(tx gov.Tx) error {
		l := gov.Letter{Realm: d.holding.Realm, ID: gov.NewID(d.now), Account: gov.ID(other.Account), Kind: gov.LetterUrge, Key: "x", Due: d.now, Made: d.now}
		_, err := tx.AddLetter(d.ctx, l)
		return errors.Join(l.SetItems([]gov.LetterItem{{Matter: m.ID, Rule: "urge"}}), err)
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := d.sendAll(t); len(got) > 0 {
		t.Errorf("beyond reach: %v", got)
	}
	for _, p := range []access.Principal{ward, office, d.admin} {
		if _, err := d.NextLetter(d.ctx, p); gov.CodeOf(err) != gov.Forbidden {
			t.Errorf("%s took a letter: %v", p.Name, err)
		}
		if _, err := d.Remind(d.ctx, p); gov.CodeOf(err) != gov.Forbidden {
			t.Errorf("%s reminded: %v", p.Name, err)
		}
	}
}

func TestTwoPeopleActOnOneMatter(t *testing.T) {
	t.Parallel()
	d := at(t, begin(t, "25"), "2026-03-12 08:00")
	ward, office := d.works(t, "phuong", access.Clerk, "07909"), d.works(t, "vanphong", access.Analyst, "")
	m := d.task(t, "2026-03-12", ward, office)
	results := make(chan error, 2)
	for _, a := range []gov.Action{gov.ActWithdraw, gov.ActExtend} {
		go func() {
			results <- d.Act(d.ctx, office, m.ID, app.ActInput{Action: a, Version: 1, StepInput: gov.StepInput{Note: "x", Day: "2026-04-01"}})
		}()
	}
	one, two := <-results, <-results
	if (one == nil) == (two == nil) || gov.CodeOf(errors.Join(one, two)) != gov.Conflict {
		t.Errorf("%v and %v: one wins, the other is told", one, two)
	}
	v, err := d.Matter(d.ctx, office, m.ID)
	if err != nil || len(v.Events) != 1 || v.Version != 2 {
		t.Errorf("%d events, version %d: %v", len(v.Events), v.Version, err)
	}
}

func TestBulkStepsAllOrEach(t *testing.T) {
	t.Parallel()
	d := at(t, begin(t, "25"), "2026-03-12 08:00")
	ward, office := d.works(t, "phuong", access.Clerk, "07909"), d.works(t, "vanphong", access.Analyst, "")
	one, two := d.task(t, "2026-03-12", ward, office), d.task(t, "2026-03-13", ward, office)
	rows := []app.BulkRow{{Matter: one.ID, Version: 1}, {Matter: two.ID, Version: 9}, {Matter: "nobody", Version: 1}}
	in := app.ActInput{Action: gov.ActUrge}
	codes := func(list []app.BulkResult) (out []gov.Code) {
		for _, r := range list {
			out = append(out, gov.CodeOf(r.Err))
		}
		return out
	}
	lines := func() int64 {
		r, err := d.VerifyAudit(d.ctx, d.admin, nil)
		if err != nil {
			t.Fatal(err)
		}
		return r.Head.Size
	}
	before := lines()
	list, err := d.ActAll(d.ctx, office, rows, in)
	if err != nil || !slices.Equal(codes(list), []gov.Code{gov.Conflict, gov.Conflict, gov.NotFound}) || lines() != before {
		t.Errorf("all: %v, %v, %d lines", codes(list), err, lines()-before)
	}
	list, err = d.ActEach(d.ctx, office, rows, in)
	if err != nil || !slices.Equal(codes(list), []gov.Code{"", gov.Conflict, gov.NotFound}) || list[0].Text == "" || lines() != before+1 {
		t.Errorf("each: %v, %v, %d lines", codes(list), err, lines()-before)
	}
	rows = []app.BulkRow{{Matter: one.ID, Version: 2}, {Matter: two.ID, Version: 1}}
	list, err = d.ActAll(d.ctx, office, rows, app.ActInput{Action: gov.ActExtend, StepInput: gov.StepInput{Day: "2026-04-01", Note: "chờ vốn"}})
	if err != nil || !slices.Equal(codes(list), []gov.Code{"", ""}) || lines() != before+3 {
		t.Errorf("all: %v, %v, %d lines", codes(list), err, lines()-before)
	}
	if list, err = d.ActEach(d.ctx, ward, rows, in); err != nil || codes(list)[0] != gov.Forbidden {
		t.Errorf("the ward urged itself: %v, %v", codes(list), err)
	}
	if _, err := d.ActEach(d.ctx, office, rows, app.ActInput{Action: gov.ActWithdraw}); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("withdrawn in bulk: %v", err)
	}
	if _, err := d.ActAll(d.ctx, office, nil, in); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("nothing ticked: %v", err)
	}
}

// Without a mail server what the program speaks of stands with the matter and in "Việc của tôi", once, and nobody is written to.
func TestRemindersWithoutMail(t *testing.T) {
	t.Parallel()
	d := at(t, begin(t, "25"), "2026-03-12 07:00")
	ward, office := d.works(t, "phuong", access.Clerk, "07909"), d.works(t, "vanphong", access.Analyst, "")
	m := d.task(t, "2026-03-12", ward, office)
	d.noMail = true
	d.open(t)
	for i, want := range []int{1, 0} {
		if n, err := d.Remind(d.ctx, d.system); n != want || err != nil {
			t.Errorf("%d: %d matters were spoken of, want %d (%v)", i, n, want, err)
		}
	}
	v, err := d.Matter(d.ctx, office, m.ID)
	if err != nil || len(v.Reminders) != 1 || v.Reminders[0].Rule != "on" || v.Reminders[0].Due != "2026-03-12" {
		t.Errorf("%+v, %v", v.Reminders, err)
	}
	w, err := d.MyWork(d.ctx, ward)
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, part := range w.Parts {
		for _, l := range part.Lines {
			if r, ok := part.Reminded[l.ID]; ok && l.ID == m.ID && r.Rule == "on" {
				said++
			}
		}
	}
	if said == 0 {
		t.Error("nothing of it in the work of the ward")
	}
	if got := d.sendAll(t); len(got) > 0 {
		t.Errorf("letters without a server: %v", got)
	}
	// A server that is named later does not say it again.
	d.noMail = false
	d.open(t)
	if n, err := d.Remind(d.ctx, d.system); n != 0 || err != nil {
		t.Errorf("%d matters were spoken of again: %v", n, err)
	}
}

// A step may take its day from a time limit of the law, and the step says how it was counted; what was suspended may get a day of its own.
func TestStepByTheLaw(t *testing.T) {
	t.Parallel()
	d := at(t, begin(t, "25"), "2026-04-24 08:00")
	ward, office := d.works(t, "phuong", access.Clerk, "07909"), d.works(t, "vanphong", access.Analyst, "")
	m := d.task(t, "2026-04-28", ward, office)
	before, err := d.Matter(d.ctx, office, m.ID)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(before.Limits, func(l app.LimitChoice) bool { return l.Rule.Key == "reception_reply" })
	if i < 0 || slices.ContainsFunc(before.Limits, func(l app.LimitChoice) bool { return l.Rule.Key == "complaint_accept" && l.Rule.Limit.Amount == 7 }) {
		t.Fatalf("limits of the day: %+v", before.Limits)
	}
	in := app.ActInput{Action: gov.ActExtend, Version: 1, StepInput: gov.StepInput{Note: "chờ trả lời"}, Rule: "none"}
	if err := d.Act(d.ctx, office, m.ID, in); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("a rule that is none: %v", err)
	}
	in.Rule = "reception_reply"
	if err := d.Act(d.ctx, office, m.ID, in); err != nil {
		t.Fatal(err)
	}
	v, err := d.Matter(d.ctx, office, m.ID)
	if err != nil || string(v.Due) != before.Limits[i].Due.Day.String() || v.Due <= "2026-05-08" { // ten working days, and the days off of 26 April to 1 May are not
		t.Fatalf("due %s, the choice said %s: %v", v.Due, before.Limits[i].Due.Day, err)
	}
	note := v.Events[len(v.Events)-1].Note
	for _, want := range []string{"chờ trả lời", "Luật Tiếp công dân", "01/05/2026"} {
		if !strings.Contains(note, want) {
			t.Errorf("the step does not say %q: %s", want, note)
		}
	}
	for _, step := range []app.ActInput{{Action: gov.ActSuspend, Version: 2, StepInput: gov.StepInput{Note: "chờ hướng dẫn"}},
		{Action: gov.ActResume, Version: 3, StepInput: gov.StepInput{Note: "đã có", Day: "2026-06-30"}}} {
		if err := d.Act(d.ctx, office, m.ID, step); err != nil {
			t.Fatal(step.Action, err)
		}
	}
	if v, err = d.Matter(d.ctx, office, m.ID); err != nil || v.Due != "2026-06-30" || v.FirstDue != "2026-04-28" {
		t.Errorf("due %s, first %s: %v", v.Due, v.FirstDue, err)
	}
}

func TestMyWork(t *testing.T) {
	t.Parallel()
	d := at(t, begin(t, "25"), "2026-03-12 08:00")
	ward, office := d.works(t, "phuong", access.Clerk, "07909"), d.works(t, "vanphong", access.Analyst, "")
	boss := d.works(t, "lanhdaotinh", access.Leader, "")
	d.task(t, "2026-03-11", ward, office)
	d.task(t, "2026-03-12", ward, office)
	d.task(t, "2026-03-18", ward, office)
	d.task(t, "2026-06-01", ward, office)
	handed := d.task(t, "2026-03-20", ward, office)
	lead := d.works(t, "chutri", access.Lead, "07909")
	if err := d.Act(d.ctx, lead, handed.ID, app.ActInput{Action: gov.ActSubmit, Version: 1, StepInput: gov.StepInput{Note: "xong"}}); err != nil {
		t.Fatal(err)
	}
	counts := func(p access.Principal) map[string]int {
		v, err := d.MyWork(d.ctx, p)
		if err != nil {
			t.Fatal(err)
		}
		m := map[string]int{"": v.Count}
		for _, part := range v.Parts {
			m[part.Key] = part.Count
			if len(part.Lines) != part.Count {
				t.Errorf("%s: %d lines of %d", part.Key, len(part.Lines), part.Count)
			}
		}
		if n, err := d.WorkCount(d.ctx, p); n != v.Count || err != nil {
			t.Errorf("the bar says %d, the page %d: %v", n, v.Count, err)
		}
		return m
	}
	if m := counts(ward); m["overdue"] != 1 || m["today"] != 1 || m["week"] != 1 || m["confirm"] != 0 || m[""] != 3 {
		t.Errorf("the ward's: %v", m)
	}
	if m := counts(office); m["overdue"] != 0 || m["confirm"] != 1 || m["given"] != 1 || m[""] != 1 {
		t.Errorf("the office's: %v", m)
	}
	v, err := d.MyWork(d.ctx, boss)
	if err != nil || v.Leader == nil || v.Leader.Overdue != 1 || v.Leader.OverdueBodies != 1 || v.Leader.Week != 2 || v.Leader.Submitted != 1 {
		t.Errorf("the leader's: %+v, %v", v.Leader, err)
	}
}

func TestFeed(t *testing.T) {
	t.Parallel()
	d := at(t, begin(t, "25"), "2026-03-12 08:00")
	ward, office := d.works(t, "phuong", access.Clerk, "07909"), d.works(t, "vanphong", access.Analyst, "")
	m := d.task(t, "2026-03-18", ward, office)
	d.task(t, "2026-03-19", office, office)
	old, err := d.MakeFeed(d.ctx, ward)
	if err != nil {
		t.Fatal(err)
	}
	v, err := d.FeedOf(d.ctx, old)
	if err != nil || len(v.Lines) != 1 || v.Lines[0].ID != m.ID || v.Lines[0].Due != "2026-03-18" {
		t.Errorf("%+v, %v", v, err)
	}
	token, err := d.MakeFeed(d.ctx, ward)
	if err != nil {
		t.Fatal(err)
	}
	gone := func(what, token string) {
		t.Helper()
		if _, err := d.FeedOf(d.ctx, token); !gov.IsNotFound(err) {
			t.Errorf("%s: %v", what, err)
		}
	}
	gone("replaced", old)
	gone("none", "")
	if err := d.RevokeFeed(d.ctx, ward); err != nil {
		t.Fatal(err)
	}
	gone("revoked", token)
	if token, err = d.MakeFeed(d.ctx, ward); err != nil {
		t.Fatal(err)
	}
	if err := d.EraseSubject(d.ctx, d.admin, gov.ID(ward.Account)); err != nil {
		t.Fatal(err)
	}
	gone("erased", token)
	err = d.store.View(d.ctx, func(tx gov.Tx) error {
		c, err := tx.MailChoice(d.ctx, d.holding.Realm, gov.ID(ward.Account))
		if c.Reminders || c.Digest {
			t.Error("an erased person still wants mail")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestDueDaysInLaw(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	_, review := h.file(t, "ket-luan.txt", strings.Replace(conclusions, "trước ngày 28/02/2026", "trong 10 ngày làm việc", 1))
	h.confirm(t, review)
	list, err := h.Matters(h.ctx, h.analyst, gov.MatterQuery{Kinds: []gov.MatterKind{gov.Task}}, true)
	if err != nil {
		t.Fatal(err)
	}
	dues := map[string]gov.ID{}
	for _, l := range list.Lines {
		dues[string(l.Due)+" "+string(l.FirstDue)] = l.ID
	}
	// Before the 31st: the 30th is the last day. Ten working days from Monday the 5th on, Saturday the 10th being worked: the 16th.
	if dues["2026-01-30 2026-01-30"] == "" || dues["2026-01-16 2026-01-16"] == "" {
		t.Fatalf("due days: %v", dues)
	}
	v, err := h.Matter(h.ctx, h.analyst, dues["2026-01-16 2026-01-16"])
	if err != nil || v.Clock == nil || v.Clock.Why == nil || v.Clock.Left != 1 || v.Clock.Moved != "" {
		t.Fatalf("clock %+v: %v", v.Clock, err)
	}
	step := func(a gov.Action, in gov.StepInput) {
		t.Helper()
		m, err := h.Matter(h.ctx, h.analyst, v.ID)
		if err == nil {
			err = h.Act(h.ctx, h.analyst, v.ID, app.ActInput{Action: a, StepInput: in, Version: m.Version})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	step(gov.ActSuspend, gov.StepInput{Note: "chờ vốn"})
	step(gov.ActResume, gov.StepInput{Note: "đã có vốn", Day: "2026-02-10"})
	v, err = h.Matter(h.ctx, h.analyst, v.ID)
	if err != nil || v.Due != "2026-02-10" || v.FirstDue != "2026-01-16" || v.Clock.Moved != "" {
		t.Errorf("resumed: due %s, at first %s, %+v: %v", v.Due, v.FirstDue, v.Clock, err)
	}
}

// A limit that stood goes on where it stopped; a day that a text names stays.
func TestResumedDue(t *testing.T) {
	t.Parallel()
	day := func(s string) time.Time {
		at, err := time.ParseInLocation(time.DateOnly, s, gov.Zone)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	stopped := []gov.MatterEvent{{Action: gov.ActSuspend, At: day("2026-03-09")}}
	for _, c := range []struct {
		words     string
		due, want gov.Day
	}{
		{"10 ngày làm việc", "2026-03-16", "2026-03-23"}, // stood Monday to Friday: five working days
		{"15 ngày", "2026-03-17", "2026-03-24"},
		{"trước ngày 17/03/2026", "2026-03-16", "2026-03-16"},
		{"sớm", "2026-03-16", "2026-03-16"},
	} {
		m := gov.Matter{DueWords: c.words, Due: c.due, FirstDue: c.due, Opened: "2026-03-02"}
		if got := gov.DueFromWords(c.words, "2026-03-02", calendar.Official()); got != c.due && c.words != "sớm" {
			t.Errorf("%s: %s, want %s", c.words, got, c.due)
		}
		if got := m.ResumedDue(stopped, gov.Stamp{At: day("2026-03-16")}, calendar.Official()); got != c.want {
			t.Errorf("%s: resumed until %s, want %s", c.words, got, c.want)
		}
	}
}
