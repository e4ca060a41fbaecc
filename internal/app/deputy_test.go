package app_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
)

// A team is a gate with people whose passwords are known, so that each can be asked for again as he is today.
type team struct {
	gate
	passwords map[string]string
}

func openTeam(t *testing.T) team {
	t.Helper()
	g, password := openGate(t, nil)
	tm := team{g, map[string]string{"tonghop": password}}
	tm.analyst = tm.now(t, "tonghop")
	return tm
}

// join makes an account with a role for a unit; without one it works for the province.
func (tm team) join(t *testing.T, login string, role access.Role, unit string) access.Principal {
	t.Helper()
	tm.admin.Proved = *tm.clock
	password, err := tm.CreateAccount(tm.ctx, tm.admin, app.AccountInput{Login: login, Name: "Ông " + login, Role: string(role), Unit: unit})
	check(t, err)
	tm.passwords[login] = password
	return tm.now(t, login)
}

// now is who somebody is, who logs in now.
func (tm team) now(t *testing.T, login string) access.Principal {
	t.Helper()
	token, _, err := tm.Login(tm.ctx, login, tm.passwords[login])
	check(t, err)
	p, err := tm.Authenticate(tm.ctx, token)
	check(t, err)
	return p
}

// leave makes somebody the deputy of another for some days from today.
func (tm team) leave(t *testing.T, absent, deputy string, days int) {
	t.Helper()
	from := gov.DayOf(tm.clock.In(gov.Zone))
	check(t, tm.SetOwnDeputy(tm.ctx, tm.now(t, absent), app.DeputyInput{Login: deputy, From: from, To: from.AddDays(days - 1)}))
}

// at turns the clock to a time of a day in Viet Nam.
func (tm team) at(t *testing.T, when string) {
	t.Helper()
	v, err := time.ParseInLocation("2006-01-02 15:04:05", when, gov.Zone)
	check(t, err)
	*tm.clock = v.UTC()
}

const (
	wardA = "07909" // phường Thanh Miếu
	wardB = "08848" // phường Hòa Bình
)

func TestDeputyByDay(t *testing.T) {
	t.Parallel()
	tm := openTeam(t)
	tm.join(t, "chutich", access.Leader, wardA)
	tm.join(t, "pho", access.Inspector, wardB)
	tm.join(t, "batduoc", access.Inspector, wardB)
	tm.at(t, "2026-01-15 10:00:00")
	check(t, tm.SetOwnDeputy(tm.ctx, tm.now(t, "chutich"), app.DeputyInput{Login: "pho", From: "2026-01-20", To: "2026-01-22"}))
	check(t, tm.SetOwnDeputy(tm.ctx, tm.now(t, "pho"), app.DeputyInput{Login: "batduoc", From: "2026-01-15", To: "2026-01-31"}))
	for i, when := range []string{"2026-01-19 23:59:59", "2026-01-20 00:00:00", "2026-01-22 23:59:59", "2026-01-23 00:00:00"} {
		in := i == 1 || i == 2
		tm.at(t, when)
		p := tm.now(t, "pho")
		if p.May(access.FiguresConfirm) != in || (len(p.InPlaceOf()) > 0) != in {
			t.Errorf("at %s the deputy stands in for %v", when, p.InPlaceOf())
		}
		// The deputy's own rights are handed on, those that were handed to him are not.
		p = tm.now(t, "batduoc")
		if !p.May(access.BooksRead) || p.May(access.FiguresConfirm) || len(p.InPlaceOf()) != 1 {
			t.Errorf("at %s the deputy of a deputy stands in for %v and may confirm: %v", when, p.InPlaceOf(), p.May(access.FiguresConfirm))
		}
	}
	// Whoever comes back early ends it at once, also for a login that is open.
	tm.leave(t, "chutich", "pho", 5)
	boss, deputy := tm.now(t, "chutich"), tm.now(t, "pho")
	own, err := tm.Own(tm.ctx, boss)
	check(t, err)
	check(t, tm.EndDeputy(tm.ctx, boss, gov.ID(boss.Account), own.Deputies[len(own.Deputies)-1].ID))
	if !deputy.May(access.FiguresConfirm) || tm.now(t, "pho").May(access.FiguresConfirm) {
		t.Error("a leave that was ended goes on")
	}
}

// The day of a grant is one in Viet Nam: it ends at midnight there, when it is five in the afternoon by UTC.
func TestGrantEndsAtMidnight(t *testing.T) {
	t.Parallel()
	tm := openTeam(t)
	p := tm.join(t, "vanthu", access.Clerk, wardA)
	check(t, tm.GiveGrant(tm.ctx, tm.admin, gov.ID(p.Account), app.GrantInput{Role: string(access.Leader), Unit: wardB, To: "2026-01-20"}))
	tm.at(t, "2026-01-20 23:59:00")
	token, _, err := tm.Login(tm.ctx, "vanthu", tm.passwords["vanthu"])
	check(t, err)
	// The same login, before midnight and after it.
	for _, when := range []string{"2026-01-20 23:59:59", "2026-01-21 00:00:00"} {
		tm.at(t, when)
		p, err := tm.Authenticate(tm.ctx, token)
		check(t, err)
		if in := strings.HasPrefix(when, "2026-01-20"); p.May(access.FiguresConfirm) != in || !p.May(access.FiguresEnter) {
			t.Errorf("at %s the grant is in force: %v", when, !in)
		}
	}
}

// Whoever has no grant sees his own account and an empty first page.
func TestNobodyWithoutAGrant(t *testing.T) {
	t.Parallel()
	tm := openTeam(t)
	tm.tasks(t)
	p := tm.join(t, "moi", access.Clerk, wardA)
	tm.admin.Proved = *tm.clock
	check(t, tm.EndGrant(tm.ctx, tm.admin, gov.ID(p.Account), tm.grants(t, p)[0].ID))
	p = tm.now(t, "moi")
	if !p.Known() || len(p.Roles()) > 0 {
		t.Errorf("%+v", p)
	}
	v, err := tm.Home(tm.ctx, p)
	if err != nil || len(v.Counts) > 0 {
		t.Errorf("the first page shows %+v, %v", v, err)
	}
	if own, err := tm.Own(tm.ctx, p); err != nil || own.Account.Login != "moi" {
		t.Errorf("own account: %v", err)
	}
	_, err1 := tm.Matters(tm.ctx, p, gov.MatterQuery{}, true)
	_, err2 := tm.Documents(tm.ctx, p, gov.Page{})
	_, _, err3 := tm.FileDocument(tm.ctx, p, app.FileInput{Name: "a.txt", Data: []byte(conclusions)})
	for _, err := range []error{err1, err2, err3} {
		if gov.CodeOf(err) != gov.Forbidden {
			t.Errorf("without a grant: %v", err)
		}
	}
}

func (tm team) grants(t *testing.T, p access.Principal) (list []gov.Grant) {
	t.Helper()
	check(t, tm.store.View(tm.ctx, func(tx gov.Tx) (err error) {
		list, err = tx.GrantsOf(tm.ctx, gov.Realm(p.Realm), gov.ID(p.Account))
		return err
	}))
	return list
}

// take takes a step of a matter as it is now.
func (tm team) take(p access.Principal, id gov.ID, action gov.Action) error {
	m, err := tm.Matter(tm.ctx, p, id)
	if err != nil {
		return err
	}
	return tm.Act(tm.ctx, p, id, app.ActInput{Action: action, StepInput: gov.StepInput{Note: "xong"}, Version: m.Version})
}

// led is the task of the conclusions that one body leads.
func (tm team) led(t *testing.T) gov.ID {
	t.Helper()
	_, tasks := tm.tasks(t)
	for _, l := range tasks {
		if l.Parts == 0 && l.Lead() != "" && l.Parent == "" {
			return l.ID
		}
	}
	t.Fatal("no task has a lead")
	return ""
}

func TestDeputyDoesNotConfirmWhatHeOrTheAbsentSubmitted(t *testing.T) {
	t.Parallel()
	tm := openTeam(t)
	task := tm.led(t)
	tm.join(t, "tonghop2", access.Analyst, "")
	tm.join(t, "thaymat", access.Inspector, "")

	// The absent submitted, his deputy confirms in his place.
	check(t, tm.take(tm.now(t, "tonghop"), task, gov.ActSubmit))
	tm.leave(t, "tonghop", "thaymat", 3)
	tm.pass(time.Minute)
	is(t, tm.take(tm.now(t, "thaymat"), task, gov.ActConfirm), "error.own_result")
	check(t, tm.take(tm.now(t, "tonghop2"), task, gov.ActConfirm))

	// The deputy submitted in the place of the absent, who comes back and confirms.
	check(t, tm.take(tm.now(t, "tonghop2"), task, gov.ActReopen))
	tm.pass(time.Minute)
	check(t, tm.take(tm.now(t, "thaymat"), task, gov.ActSubmit))
	tm.pass(time.Minute)
	is(t, tm.take(tm.now(t, "thaymat"), task, gov.ActConfirm), "error.own_result")
	is(t, tm.take(tm.now(t, "tonghop"), task, gov.ActConfirm), "error.own_result")
	// A second deputy of the same absent is the absent, too.
	tm.pass(72 * time.Hour)
	tm.join(t, "thaymat2", access.Inspector, "")
	tm.leave(t, "tonghop", "thaymat2", 2)
	is(t, tm.take(tm.now(t, "thaymat2"), task, gov.ActConfirm), "error.own_result")
	check(t, tm.take(tm.now(t, "tonghop2"), task, gov.ActConfirm))

	tm.admin.Proved = *tm.clock
	log, err := tm.AuditLog(tm.ctx, tm.admin, gov.AuditQuery{Action: "matter.submit"}, "")
	check(t, err)
	if len(log.Lines) != 2 || log.Lines[0].Login != "thaymat" || log.Lines[0].ForLogin != "tonghop" || log.Lines[1].ForLogin != "" {
		t.Errorf("the log says %+v", log.Lines)
	}
}

// What a deputy does by his own right is his own, and so is what he opens.
func TestInWhosePlace(t *testing.T) {
	t.Parallel()
	tm := openTeam(t)
	task := tm.led(t)
	m, err := tm.Matter(tm.ctx, tm.analyst, task)
	check(t, err)
	tm.join(t, "lanhdao", access.Leader, "")
	tm.join(t, "chuyenvien", access.Coordinator, wardA)
	tm.leave(t, "lanhdao", "chuyenvien", 5)
	check(t, tm.take(tm.analyst, task, gov.ActSubmit))
	p := tm.now(t, "chuyenvien")
	// He may report by his own role as well, but confirming is the leader's.
	check(t, tm.take(p, task, gov.ActConfirm))
	_, err = tm.Document(tm.ctx, p, m.Source.Document)
	check(t, err)
	tm.admin.Proved = *tm.clock
	for _, action := range []string{"matter.confirm", "document.open"} {
		log, err := tm.AuditLog(tm.ctx, tm.admin, gov.AuditQuery{Action: action}, "chuyenvien")
		check(t, err)
		if len(log.Lines) != 1 || log.Lines[0].ForLogin != "lanhdao" {
			t.Errorf("%s: %+v", action, log.Lines)
		}
	}
}

// A ward's leader submits his part of a task of two wards and sees nothing of the other's: the whole follows from both parts all the same.
func TestWholeFollowsWhoeverMovedAPart(t *testing.T) {
	t.Parallel()
	tm := openTeam(t)
	ids := gov.IDsFrom(*tm.clock)
	party := func(role gov.Role, code string) gov.Party {
		return gov.Party{Role: role, Name: "Đảng ủy " + code, Unit: gov.UnitKey{Code: code, From: "2025-07-01"}}
	}
	whole := gov.Matter{Realm: tm.holding.Realm, ID: ids.Next(), Kind: gov.Task, Text: "Rà soát trụ sở", State: gov.StateOpen, Opened: "2026-01-05", Parts: 2, Version: 1,
		Created: gov.Stamp{At: *tm.clock}, Parties: []gov.Party{{Role: gov.RoleAssigner, Name: "Tỉnh ủy", Unit: tm.holding.Unit, Agency: tm.holding.Agency}}}
	var parts []gov.Matter
	for _, code := range []string{wardA, wardB} {
		p := whole
		p.ID, p.Parent, p.Parts = ids.Next(), whole.ID, 0
		p.Parties = append([]gov.Party{party(gov.RoleLead, code)}, whole.Parties...)
		parts = append(parts, p)
	}
	check(t, tm.store.Update(tm.ctx, func(tx gov.Tx) error {
		return errors.Join(tx.CreateMatter(tm.ctx, whole), tx.CreateMatter(tm.ctx, parts[0]), tx.CreateMatter(tm.ctx, parts[1]))
	}))
	a, b := tm.join(t, "chutich.a", access.Leader, wardA), tm.join(t, "chutich.b", access.Leader, wardB)
	state := func() gov.State {
		m, err := tm.Matter(tm.ctx, tm.analyst, whole.ID)
		check(t, err)
		return m.State
	}
	for i, p := range []access.Principal{a, b} {
		for _, hidden := range []gov.ID{whole.ID, parts[1-i].ID} {
			if _, err := tm.Matter(tm.ctx, p, hidden); !gov.IsNotFound(err) {
				t.Errorf("%s sees what is not his ward's: %v", p.Name, err)
			}
		}
		if err := tm.take(p, parts[1-i].ID, gov.ActSubmit); !gov.IsNotFound(err) {
			t.Errorf("%s submits the other ward's part: %v", p.Name, err)
		}
		check(t, tm.take(p, parts[i].ID, gov.ActSubmit))
		check(t, tm.take(tm.analyst, parts[i].ID, gov.ActConfirm))
		if want := map[int]gov.State{0: gov.StateOpen, 1: gov.Completed}[i]; state() != want {
			t.Errorf("after part %d the whole is %s, want %s", i+1, state(), want)
		}
	}
}

// A ward's analyst writes what a document says of his ward; what it says of another stays in the document, and the page says how much that is.
func TestConfirmingLeavesOutForeignUnits(t *testing.T) {
	t.Parallel()
	tm := openTeam(t)
	tm.analyst = tm.join(t, "tonghop.a", access.Analyst, wardA)
	_, review := tm.house.file(t, "hai-phuong.txt", strings.ReplaceAll(twoWards, "\n", "\r\n"))
	v := tm.acceptAll(t, review)
	if v.Beyond == 0 || v.Writes.Figures == 0 {
		t.Fatalf("the page says that %d would not be written, and %+v", v.Beyond, v.Writes)
	}
	session, err := tm.Confirm(tm.ctx, tm.analyst, review, v.Review.Version)
	check(t, err)
	check(t, tm.store.View(tm.ctx, func(tx gov.Tx) error {
		s, err1 := tx.Session(tm.ctx, tm.holding.Realm, session)
		mine, err2 := tx.Figures(tm.ctx, tm.holding.Realm, gov.FigureQuery{Unit: wardA})
		theirs, err3 := tx.Figures(tm.ctx, tm.holding.Realm, gov.FigureQuery{Unit: wardB})
		if len(s.Units) != 1 || s.Units[0].Code != wardA || len(mine) != v.Writes.Figures || len(theirs) != 0 {
			t.Errorf("written: a session of %v, %d figures of the ward, %d of the other", s.Units, len(mine), len(theirs))
		}
		return errors.Join(err1, err2, err3)
	}))
}

const twoWards = `TỈNH ỦY PHÚ THỌ
*
Số 42-TB/TU

Phú Thọ, ngày 06 tháng 01 năm 2026

THÔNG BÁO
kết luận của Thường trực Tỉnh ủy tại buổi làm việc với phường Thanh Miếu và phường Hòa Bình, ngày 05/01/2026

1. Năm 2025, phường Thanh Miếu thu ngân sách đạt 366,3 tỷ đồng, tỷ lệ hộ nghèo còn 0,21%.

2. Năm 2025, phường Hòa Bình thu ngân sách đạt 120,5 tỷ đồng, tỷ lệ hộ nghèo còn 1,1%.
`
