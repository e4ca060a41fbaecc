package app_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/blob"
	"haicap/internal/gov"
	"haicap/internal/store"
)

// A gate is a house whose clock stands still until the test turns it.
type gate struct {
	house
	clock *time.Time
	link  string // of the first administrator
}

// openGate makes a gate with an administrator and an analyst, whose password is its second result.
func openGate(t *testing.T, change func(*app.Config)) (gate, string) {
	t.Helper()
	ctx, dir := context.Background(), t.TempDir()
	st, err := store.OpenSQLite(ctx, filepath.Join(dir, "haicap.db"))
	check(t, err)
	t.Cleanup(func() { _ = st.Close() })
	check(t, st.Migrate(ctx))
	blobs, err := blob.Open(filepath.Join(dir, "blobs"))
	check(t, err)
	now := time.Date(2026, 1, 15, 2, 0, 0, 0, time.UTC)
	c := app.Config{Store: st, Blobs: blobs, Units: units, Now: func() time.Time { return now }}
	if change != nil {
		change(&c)
	}
	g := gate{house: house{App: app.New(c), ctx: ctx, store: st, blobs: filepath.Join(dir, "blobs")}, clock: &now}
	g.holding, g.link, err = g.Init(ctx, app.InitInput{Unit: "25"})
	check(t, err)
	g.admin = access.Principal{Realm: int64(g.holding.Realm), Account: "admin", Agency: string(g.holding.Agency), Grants: []access.Grant{{Role: access.Admin, All: true}}, Proved: now}
	password, err := g.CreateAccount(ctx, g.admin, app.AccountInput{Login: "tonghop", Name: "Phòng Tổng hợp", Role: string(access.Analyst)})
	check(t, err)
	return g, password
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// is fails where the error has another key.
func is(t *testing.T, err error, key string) {
	t.Helper()
	e, ok := gov.AsError(err)
	if !ok || e.Key != key {
		t.Errorf("the error is %v, want %s", err, key)
	}
}

func (g gate) pass(d time.Duration) { *g.clock = g.clock.Add(d) }

// in logs in and gives token and principal.
func (g gate) in(t *testing.T, from app.Browser, login, password string) (app.Entrance, access.Principal) {
	t.Helper()
	e, err := g.LogIn(g.ctx, from, login, password)
	check(t, err)
	p, err := g.Authenticate(g.ctx, e.Token)
	check(t, err)
	return e, p
}

// actions lists the actions of the audit log.
func (g gate) actions(t *testing.T) string {
	t.Helper()
	var list []string
	check(t, g.store.View(g.ctx, func(tx gov.Tx) error {
		lines, err := tx.AuditLines(g.ctx, g.holding.Realm, 0, 1000)
		for _, l := range lines {
			list = append(list, l.Action)
		}
		return err
	}))
	return strings.Join(list, " ")
}

var home = app.Browser{Address: "192.0.2.7", Words: "Firefox, Windows"}

func TestFirstAdministratorComesByALink(t *testing.T) {
	t.Parallel()
	g, _ := openGate(t, nil)
	if _, _, err := g.Login(g.ctx, "admin", ""); gov.CodeOf(err) != gov.Unauthenticated {
		t.Errorf("an account without a password is entered: %v", err)
	}
	v, err := g.Link(g.ctx, g.link)
	check(t, err)
	if v.Login != "admin" {
		t.Errorf("the link is for %q", v.Login)
	}
	for password, key := range map[string]string{"ngắn": "error.password_short", "password1234": "error.password_guessed", "Phú Thọ 2026 nhé": "error.password_own"} {
		_, err := g.UseLink(g.ctx, home, g.link, password)
		is(t, err, key)
	}
	e, err := g.UseLink(g.ctx, home, g.link, "ba con mèo trên mái ngói")
	check(t, err)
	if p, err := g.Authenticate(g.ctx, e.Token); err != nil || !slices.Equal(p.Roles(), []access.Role{access.Admin}) {
		t.Errorf("the administrator is not let in: %+v, %v", p, err)
	}
	_, err = g.UseLink(g.ctx, home, g.link, "ba con mèo trên mái ngói")
	is(t, err, "error.link_passed")
	g.in(t, home, "Admin ", "ba con mèo trên mái ngói")
	if got := g.actions(t); got != "holding.init account.create account.link_used login.begin login.begin" {
		t.Errorf("the log says %s", got)
	}
}

func TestLinksEnd(t *testing.T) {
	t.Parallel()
	g, _ := openGate(t, nil)
	g.pass(24 * time.Hour)
	_, err := g.Link(g.ctx, g.link)
	is(t, err, "error.link_passed")

	acc, err := g.AccountNamed(g.ctx, g.admin, "tonghop")
	check(t, err)
	_, err = g.MakeLink(g.ctx, g.admin, acc.ID)
	is(t, err, app.ProveAgain) // a day later
	g.admin.Proved = *g.clock
	old, err := g.MakeLink(g.ctx, g.admin, acc.ID)
	check(t, err)
	fresh, err := g.MakeLink(g.ctx, g.admin, acc.ID)
	check(t, err)
	_, err = g.Link(g.ctx, old)
	is(t, err, "error.link_passed")
	check(t, g.SetDisabled(g.ctx, g.admin, acc.ID, true))
	_, err = g.UseLink(g.ctx, home, fresh, "ba con mèo trên mái ngói")
	is(t, err, "error.link_passed")
}

func TestRecoveryEndsLogins(t *testing.T) {
	t.Parallel()
	g, password := openGate(t, nil)
	thief, _ := g.in(t, home, "tonghop", password)
	acc, err := g.AccountNamed(g.ctx, g.admin, "tonghop")
	check(t, err)
	link, err := g.MakeLink(g.ctx, g.admin, acc.ID)
	check(t, err)
	if _, err := g.Authenticate(g.ctx, thief.Token); err != nil {
		t.Errorf("making a link ends a login: %v", err)
	}
	_, err = g.UseLink(g.ctx, home, link, "ba con mèo trên mái ngói")
	check(t, err)
	if _, err := g.Authenticate(g.ctx, thief.Token); gov.CodeOf(err) != gov.Unauthenticated {
		t.Errorf("the old login lives on: %v", err)
	}
	_, err = g.LogIn(g.ctx, home, "tonghop", password)
	is(t, err, "error.login_wrong")
}

func TestLoginsAreListedAndEnded(t *testing.T) {
	t.Parallel()
	g, password := openGate(t, nil)
	_, p := g.in(t, home, "tonghop", password)
	g.pass(time.Minute)
	phone, phoneP := g.in(t, app.Browser{Address: "198.51.100.2", Words: "Chrome, Android"}, "tonghop", password)
	g.pass(10 * time.Minute)
	_, err := g.Authenticate(g.ctx, phone.Token)
	check(t, err)
	v, err := g.Own(g.ctx, p)
	check(t, err)
	if len(v.Logins) != 2 || v.Logins[0].Device != "Chrome, Android" || !v.Logins[0].Seen.Equal(*g.clock) || v.Current != v.Logins[1].ID {
		t.Errorf("the list is %+v", v.Logins)
	}
	check(t, g.EndLogin(g.ctx, p, gov.ID(phoneP.Login)))
	if _, err := g.Authenticate(g.ctx, phone.Token); gov.CodeOf(err) != gov.Unauthenticated {
		t.Errorf("an ended login is good: %v", err)
	}
	other, err := g.CreateAccount(g.ctx, access.System(int64(g.holding.Realm), string(g.holding.Agency)), app.AccountInput{Login: "vanthu", Role: "clerk"})
	check(t, err)
	_, stranger := g.in(t, home, "vanthu", other)
	if err := g.EndLogin(g.ctx, stranger, gov.ID(p.Login)); gov.CodeOf(err) != gov.NotFound {
		t.Errorf("somebody else's login is ended: %v", err)
	}
	phone, _ = g.in(t, home, "tonghop", password)
	check(t, g.EndOtherLogins(g.ctx, p))
	if _, err := g.Authenticate(g.ctx, phone.Token); gov.CodeOf(err) != gov.Unauthenticated {
		t.Errorf("another login lives on: %v", err)
	}
}

func TestLoginsEndByThemselves(t *testing.T) {
	t.Parallel()
	g, password := openGate(t, nil)
	e, _ := g.in(t, home, "tonghop", password)
	for range 7 {
		g.pass(100 * time.Minute)
		_, err := g.Authenticate(g.ctx, e.Token)
		check(t, err)
	}
	g.pass(20 * time.Minute) // twelve hours in all
	if _, err := g.Authenticate(g.ctx, e.Token); gov.CodeOf(err) != gov.Unauthenticated {
		t.Errorf("a login of twelve hours is good: %v", err)
	}
	e, _ = g.in(t, home, "tonghop", password)
	g.pass(2 * time.Hour)
	if _, err := g.Authenticate(g.ctx, e.Token); gov.CodeOf(err) != gov.Unauthenticated {
		t.Errorf("a login that nobody uses is good: %v", err)
	}
}

// Whoever guesses is slowed down; neither the owner at his own browser nor anybody at another address is.
func TestGuessingLocksNobodyOut(t *testing.T) {
	t.Parallel()
	g, password := openGate(t, nil)
	e, _ := g.in(t, home, "tonghop", password)
	known := app.Browser{Address: "203.0.113.5", Device: e.Device}
	guess := func(from app.Browser, login string) error {
		_, err := g.LogIn(g.ctx, from, login, "sai-mat-khau")
		return err
	}
	thief := app.Browser{Address: "203.0.113.5"} // the same office, behind one address
	for range 5 {
		is(t, guess(thief, "tonghop"), "error.login_wrong")
	}
	_, err := g.LogIn(g.ctx, thief, "tonghop", password)
	is(t, err, "error.try_later") // even the right one, so that the answer tells nothing
	g.in(t, known, "tonghop", password)
	g.in(t, app.Browser{Address: "192.0.2.99"}, "tonghop", password)
	for range 5 {
		is(t, guess(thief, "khong-co-ai"), "error.login_wrong")
	}
	is(t, guess(thief, "khong-co-ai"), "error.try_later") // as for a name that exists
	g.pass(time.Minute)
	is(t, guess(thief, "tonghop"), "error.login_wrong")
	is(t, guess(thief, "tonghop"), "error.try_later")

	// One address that tries many names is slowed down as a whole, but not the browsers behind it that are known.
	for i := 0; ; i++ {
		err := guess(thief, fmt.Sprint("ten", i))
		if gov.CodeOf(err) == gov.Limited {
			break
		}
		if i > 40 {
			t.Fatal("one address may guess for ever")
		}
	}
	g.in(t, known, "tonghop", password)

	// Many machines that guess together slow each other down; the known browser still gets in.
	for i := range 101 {
		err := guess(app.Browser{Address: fmt.Sprint("198.51.100.", i)}, "tonghop")
		if want := gov.Unauthenticated; i < 90 && gov.CodeOf(err) != want {
			t.Fatalf("guess %d: %v", i, err)
		}
	}
	is(t, guess(app.Browser{Address: "198.51.100.200"}, "tonghop"), "error.try_later")
	g.in(t, known, "tonghop", password)

	// A known browser guesses no better.
	for range 10 {
		is(t, guess(known, "tonghop"), "error.login_wrong")
	}
	is(t, guess(known, "tonghop"), "error.try_later")
}

func TestChangePassword(t *testing.T) {
	t.Parallel()
	g, password := openGate(t, nil)
	here, p := g.in(t, home, "tonghop", password)
	there, _ := g.in(t, home, "tonghop", password)
	is(t, g.ChangePassword(g.ctx, p, "sai", "ba con mèo trên mái ngói"), "error.password_wrong")
	is(t, g.ChangePassword(g.ctx, p, password, "Phòng Tổng hợp 1"), "error.password_own")
	check(t, g.ChangePassword(g.ctx, p, password, "ba con mèo trên mái ngói"))
	if _, err := g.Authenticate(g.ctx, here.Token); err != nil {
		t.Errorf("the login that changed it has ended: %v", err)
	}
	if _, err := g.Authenticate(g.ctx, there.Token); gov.CodeOf(err) != gov.Unauthenticated {
		t.Errorf("another login lives on: %v", err)
	}
	g.in(t, home, "tonghop", "ba con mèo trên mái ngói")
	for range 4 {
		is(t, g.ChangePassword(g.ctx, p, "sai", "năm con mèo trên mái ngói"), "error.password_wrong")
	}
	is(t, g.ChangePassword(g.ctx, p, "ba con mèo trên mái ngói", "năm con mèo trên mái ngói"), "error.try_later")
}

// code is what the phone shows.
func (g gate) code(t *testing.T, v app.EnrolView) string {
	t.Helper()
	key, err := otp.NewKeyFromURL(v.Address)
	check(t, err)
	c, err := totp.GenerateCode(key.Secret(), *g.clock)
	check(t, err)
	return c
}

func TestSecondFactor(t *testing.T) {
	t.Parallel()
	g, password := openGate(t, nil)
	_, p := g.in(t, home, "tonghop", password)
	v, err := g.BeginCodes(g.ctx, p)
	check(t, err)
	_, err = g.ConfirmCodes(g.ctx, p, v.Step, "000000")
	is(t, err, "error.code_wrong")
	e, _ := g.in(t, home, "tonghop", password) // not on yet
	if e.Token == "" {
		t.Error("a second factor that was not confirmed is asked for")
	}
	recovery, err := g.ConfirmCodes(g.ctx, p, v.Step, g.code(t, v))
	check(t, err)

	step := func() app.Entrance {
		t.Helper()
		e, err := g.LogIn(g.ctx, home, "tonghop", password)
		check(t, err)
		if e.Token != "" || e.Step == "" {
			t.Fatalf("the password is enough: %+v", e)
		}
		return e
	}
	e = step()
	if _, err := g.Authenticate(g.ctx, e.Step); gov.CodeOf(err) != gov.Unauthenticated {
		t.Errorf("the step is a login: %v", err)
	}
	_, err = g.LogInSecond(g.ctx, home, e.Step, g.code(t, v))
	is(t, err, "error.code_wrong") // the code that switched it on was used
	g.pass(30 * time.Second)
	in, err := g.LogInSecond(g.ctx, home, e.Step, g.code(t, v))
	check(t, err)
	if _, err := g.Authenticate(g.ctx, in.Token); err != nil {
		t.Error(err)
	}
	_, err = g.LogInSecond(g.ctx, home, e.Step, recovery[0])
	is(t, err, "error.step_passed") // a step is used once

	e = step()
	if in, err := g.LogInSecond(g.ctx, home, e.Step, strings.ToUpper(recovery[0])); err != nil || in.Token == "" {
		t.Errorf("a recovery code: %v", err)
	}
	e = step()
	_, err = g.LogInSecond(g.ctx, home, e.Step, recovery[0])
	is(t, err, "error.code_wrong") // used
	own, err := g.Own(g.ctx, p)
	check(t, err)
	if own.Recovery != access.RecoveryCodes-1 || own.Codes == nil {
		t.Errorf("%d recovery codes are left", own.Recovery)
	}
	for range 4 {
		if _, err := g.LogInSecond(g.ctx, home, e.Step, "123123"); gov.CodeOf(err) != gov.Unauthenticated && gov.CodeOf(err) != gov.Limited {
			t.Fatalf("a wrong code gives %v", err)
		}
	}
	_, err = g.LogInSecond(g.ctx, home, e.Step, recovery[1])
	is(t, err, "error.try_later")
	known := home
	known.Device = in.Device
	if _, err := g.LogInSecond(g.ctx, known, e.Step, "000000"); gov.CodeOf(err) != gov.Unauthenticated {
		t.Errorf("the owner's own browser is slowed down by a thief of his password: %v", err)
	}
	g.pass(11 * time.Minute)
	_, err = g.LogInSecond(g.ctx, home, e.Step, recovery[1])
	is(t, err, "error.step_passed")

	is(t, g.RemoveCodes(g.ctx, p), app.ProveAgain)
	p.Proved = *g.clock
	check(t, g.RemoveCodes(g.ctx, p))
	if e, _ := g.in(t, home, "tonghop", password); e.Token == "" {
		t.Error("a removed second factor is asked for")
	}
}

func TestSecondFactorIsRequired(t *testing.T) {
	t.Parallel()
	g, password := openGate(t, func(c *app.Config) { c.SecondFactor = app.SecondRequired })
	_, p := g.in(t, home, "tonghop", password)
	if !p.Pending {
		t.Fatal("an analyst without a second factor is not held")
	}
	_, err := g.Home(g.ctx, p)
	if err != nil && gov.CodeOf(err) != gov.Forbidden {
		t.Error(err)
	}
	_, err = g.UnitsBook(g.ctx, p, "")
	is(t, err, "error.second_required")
	v, err := g.BeginCodes(g.ctx, p)
	check(t, err)
	_, err = g.ConfirmCodes(g.ctx, p, v.Step, g.code(t, v))
	check(t, err)
	g.pass(30 * time.Second)
	e, err := g.LogIn(g.ctx, home, "tonghop", password)
	check(t, err)
	e, err = g.LogInSecond(g.ctx, home, e.Step, g.code(t, v))
	check(t, err)
	if p, err = g.Authenticate(g.ctx, e.Token); err != nil || p.Pending {
		t.Errorf("%+v, %v", p, err)
	}
	if _, err := g.UnitsBook(g.ctx, p, ""); err != nil {
		t.Error(err)
	}
	clerk, err := g.CreateAccount(g.ctx, g.admin, app.AccountInput{Login: "vanthu", Role: "clerk"})
	check(t, err)
	if _, p := g.in(t, home, "vanthu", clerk); p.Pending {
		t.Error("a clerk is held")
	}
}

func TestProve(t *testing.T) {
	t.Parallel()
	g, password := openGate(t, nil)
	e, p := g.in(t, home, "tonghop", password)
	g.pass(access.FreshFor)
	_, err := g.BeginCodes(g.ctx, p)
	is(t, err, app.ProveAgain)
	_, err = g.Prove(g.ctx, p, e.Token, "sai", "")
	is(t, err, "error.password_wrong")
	token, err := g.Prove(g.ctx, p, e.Token, password, "")
	check(t, err)
	if _, err := g.Authenticate(g.ctx, e.Token); gov.CodeOf(err) != gov.Unauthenticated {
		t.Errorf("the old token is good: %v", err)
	}
	p, err = g.Authenticate(g.ctx, token)
	check(t, err)
	v, err := g.BeginCodes(g.ctx, p)
	check(t, err)
	_, err = g.ConfirmCodes(g.ctx, p, v.Step, g.code(t, v))
	check(t, err)
	_, err = g.Prove(g.ctx, p, token, password, "")
	is(t, err, "error.code_wrong") // with a second factor, both
	g.pass(time.Minute)
	_, err = g.Prove(g.ctx, p, token, password, g.code(t, v))
	check(t, err)
}

func TestAdministratorManagesAccounts(t *testing.T) {
	t.Parallel()
	g, password := openGate(t, nil)
	e, p := g.in(t, home, "tonghop", password)
	id := gov.ID(p.Account)
	if _, err := g.Accounts(g.ctx, p); gov.CodeOf(err) != gov.Forbidden {
		t.Errorf("an analyst lists accounts: %v", err)
	}
	list, err := g.Accounts(g.ctx, g.admin)
	check(t, err)
	if len(list) != 2 || list[1].Account.Login != "tonghop" || list[1].Logins != 1 || strings.Contains(list[1].Password, "argon") {
		t.Errorf("the list is %+v", list)
	}
	check(t, g.EndLogins(g.ctx, g.admin, id))
	if _, err := g.Authenticate(g.ctx, e.Token); gov.CodeOf(err) != gov.Unauthenticated {
		t.Errorf("the login lives on: %v", err)
	}
	e, _ = g.in(t, home, "tonghop", password)
	check(t, g.GiveGrant(g.ctx, g.admin, id, app.GrantInput{Role: "clerk"}))
	if _, err := g.Authenticate(g.ctx, e.Token); gov.CodeOf(err) != gov.Unauthenticated {
		t.Errorf("a login with the old roles lives on: %v", err)
	}
	is(t, g.GiveGrant(g.ctx, g.admin, id, app.GrantInput{Role: "vua"}), "error.role_unknown")
	check(t, g.SetDisabled(g.ctx, g.admin, id, true))
	_, err = g.LogIn(g.ctx, home, "tonghop", password)
	is(t, err, "error.login_wrong")
	check(t, g.SetDisabled(g.ctx, g.admin, id, false))
	_, p = g.in(t, home, "tonghop", password)
	if got := p.Roles(); len(got) != 2 || !slices.Contains(got, access.Analyst) || !slices.Contains(got, access.Clerk) {
		t.Errorf("the roles are %s", got)
	}
	for _, login := range []string{"có dấu", "a b", "-a", strings.Repeat("a", 61), "<b>"} {
		_, err := g.CreateAccount(g.ctx, g.admin, app.AccountInput{Login: login, Role: "clerk"})
		is(t, err, "error.login_form")
	}
	own := g.admin
	own.Account = string(list[0].Account.ID)
	is(t, g.SetDisabled(g.ctx, own, list[0].Account.ID, true), "error.own_account")
	is(t, g.EndGrant(g.ctx, own, list[0].Account.ID, list[0].Grants[0].ID), "error.own_account")
	stale := g.admin
	stale.Proved = g.clock.Add(-access.FreshFor)
	for name, err := range map[string]error{
		"grant": g.GiveGrant(g.ctx, stale, id, app.GrantInput{Role: "leader"}), "disable": g.SetDisabled(g.ctx, stale, id, true), "logins": g.EndLogins(g.ctx, stale, id),
		"second": g.ResetSecond(g.ctx, stale, id),
	} {
		if e, ok := gov.AsError(err); !ok || e.Key != app.ProveAgain {
			t.Errorf("%s without showing again who it is: %v", name, err)
		}
	}
	v, err := g.BeginCodes(g.ctx, p)
	check(t, err)
	_, err = g.ConfirmCodes(g.ctx, p, v.Step, g.code(t, v))
	check(t, err)
	check(t, g.ResetSecond(g.ctx, g.admin, id))
	g.in(t, home, "tonghop", password)
	want := "holding.init account.create login.begin account.logins_ended login.begin grant.give account.disable account.enable login.begin " +
		"account.codes_set account.second_reset login.begin"
	if got := g.actions(t); got != want {
		t.Errorf("the log says\n%s, want\n%s", got, want)
	}
}

func TestBrokenPasskeysAreRefused(t *testing.T) {
	t.Parallel()
	g, password := openGate(t, nil)
	site, ok := access.SiteOf("https://haicap.example")
	if !ok {
		t.Fatal("no site")
	}
	_, p := g.in(t, home, "tonghop", password)
	add, err := g.BeginPasskey(g.ctx, p, site)
	check(t, err)
	ask, err := g.ChallengePasskey(g.ctx, home, site)
	check(t, err)
	for _, answer := range []string{"", "{}", "[]", "null", `{"id":"YQ","rawId":"YQ","type":"public-key","response":{}}`} {
		is(t, g.AddPasskey(g.ctx, p, site, add.Step, "x", []byte(answer)), "error.passkey")
		_, err := g.LogInPasskey(g.ctx, home, site, ask.Step, []byte(answer))
		is(t, err, "error.passkey")
		_, err = g.LogInPasskey(g.ctx, home, site, add.Step, []byte(answer)) // made for something else
		is(t, err, "error.passkey")
		_, err = g.LogInPasskey(g.ctx, home, site, "none", []byte(answer))
		is(t, err, "error.passkey")
	}
	p.Proved = p.Proved.Add(-access.FreshFor)
	_, err = g.BeginPasskey(g.ctx, p, site)
	is(t, err, app.ProveAgain)
}

func TestFirstPasswordIsChanged(t *testing.T) {
	t.Parallel()
	g, _ := openGate(t, nil)
	given, err := g.CreateAccount(g.ctx, g.admin, app.AccountInput{Login: "moi", Role: string(access.Clerk), Once: true})
	check(t, err)
	e, p := g.in(t, home, "moi", given)
	if !p.First || !p.Pending || p.May(access.BooksRead) {
		t.Errorf("%+v", p)
	}
	_, err = g.Matters(g.ctx, p, gov.MatterQuery{}, true)
	is(t, err, "error.password_first")
	is(t, g.ChangePassword(g.ctx, p, given, given), "error.password_same")
	check(t, g.ChangePassword(g.ctx, p, given, "ba con mèo trên mái ngói"))
	if p, err = g.Authenticate(g.ctx, e.Token); err != nil || p.First || p.Pending || !p.May(access.BooksRead) {
		t.Errorf("after the change: %+v, %v", p, err)
	}
	if _, p = g.in(t, home, "moi", "ba con mèo trên mái ngói"); p.First {
		t.Error("the next login asks again")
	}
}
