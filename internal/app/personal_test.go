package app_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/audit"
	"haicap/internal/calendar"
	"haicap/internal/gov"
)

// words are what must be nowhere in the clear.
var words = []string{"Nguyễn Thị Bích Hạnh", "hanh.ntb@example.vn", "0987654321", "Xin xóa dữ liệu của tôi"}

// official makes an account whose holder has a name, and gives its id and password.
func (g gate) official(t *testing.T) (gov.ID, string) {
	t.Helper()
	password, err := g.CreateAccount(g.ctx, g.admin, app.AccountInput{Login: "bich.hanh", Name: words[0], Role: string(access.Clerk)})
	check(t, err)
	acc, err := g.AccountNamed(g.ctx, g.admin, "bich.hanh")
	check(t, err)
	check(t, g.CorrectSubject(g.ctx, g.admin, acc.ID, gov.Personal{Name: words[0], Email: words[1], Phone: words[2]}))
	return acc.ID, password
}

// kept is a person as the store keeps him.
func (g gate) kept(t *testing.T, id gov.ID) (d gov.DataSubject) {
	t.Helper()
	check(t, g.store.View(g.ctx, func(tx gov.Tx) (err error) {
		d, err = tx.DataSubject(g.ctx, g.holding.Realm, id)
		return err
	}))
	return d
}

// file is a file of the data folder.
func (g gate) file(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(filepath.Dir(g.blobs), name))
	check(t, err)
	return data
}

// dump is every text of every table, as somebody reads it who steals the database.
func (g gate) dump(t *testing.T) string {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(filepath.Dir(g.blobs), "haicap.db"))
	check(t, err)
	defer func() { _ = db.Close() }()
	rows, err := db.Query("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'search_words%'")
	check(t, err)
	var tables []string
	for rows.Next() {
		var name string
		check(t, rows.Scan(&name))
		tables = append(tables, name)
	}
	check(t, errors.Join(rows.Err(), rows.Close()))
	if len(tables) < 20 {
		t.Fatalf("the test sees %d tables", len(tables))
	}
	var all strings.Builder
	for _, table := range tables {
		list, err := db.Query("SELECT * FROM " + table)
		check(t, err)
		columns, err := list.Columns()
		check(t, err)
		for list.Next() {
			row := make([]any, len(columns))
			for i := range row {
				row[i] = new(sql.NullString)
			}
			check(t, list.Scan(row...))
			all.WriteString(table)
			for _, v := range row {
				all.WriteString("\t" + v.(*sql.NullString).String)
			}
			all.WriteByte('\n')
		}
		check(t, errors.Join(list.Err(), list.Close()))
	}
	return all.String()
}

// The log verifies, before and after.
func (g gate) verify(t *testing.T) audit.Report {
	t.Helper()
	r, err := g.VerifyAudit(g.ctx, access.System(int64(g.holding.Realm), string(g.holding.Agency)), nil)
	check(t, err)
	if r.Fault != audit.Whole {
		t.Fatalf("the audit log does not verify: %+v", r)
	}
	return r
}

// Names, addresses and what people write about themselves stand in the database only sealed; after an erasing there is no key, so nothing
// opens them again, not even from the file's free pages; and the log verifies.
func TestErasingDestroysTheKey(t *testing.T) {
	t.Parallel()
	var told []gov.DataSubject
	g, _ := openGate(t, func(c *app.Config) {
		forget := c.Store.(interface{ Forget(context.Context) error }).Forget
		c.Erased = func(ctx context.Context, list []gov.DataSubject) error {
			told = list
			return forget(ctx)
		}
	})
	id, password := g.official(t)
	e, p := g.in(t, app.Browser{Address: "10.0.0.1", Words: "Firefox, Linux"}, "bich.hanh", password)
	if p.Name != words[0] {
		t.Errorf("who logs in is %q", p.Name)
	}
	check(t, g.Ask(g.ctx, p, gov.RequestErase, words[3]))
	traces := []string{"bich.hanh", "Điện thoại chị Hạnh", "Hanh at the single sign-on", "Firefox, Linux"} // columns.csv calls them personal
	r := g.holding.Realm
	check(t, g.store.Update(g.ctx, func(tx gov.Tx) error {
		return errors.Join(tx.CreatePasskey(g.ctx, gov.Passkey{Realm: r, Account: id, ID: "k", Name: traces[1]}),
			tx.CreateSubject(g.ctx, gov.Subject{Issuer: "https://sso.example", Subject: traces[2], Realm: r, Account: id}))
	}))
	for _, w := range traces {
		if !strings.Contains(g.dump(t), w) {
			t.Errorf("%q is not there before", w)
		}
	}
	before := g.kept(t, id)
	if before.Key == "" || before.Sealed == "" {
		t.Fatal("nothing is sealed")
	}
	for _, w := range append(words, before.Key) {
		if got := strings.Contains(g.dump(t), w); got != (w == before.Key) {
			t.Errorf("%q stands in the database: %v", w, got)
		}
	}
	first := g.verify(t)
	check(t, g.EraseSubject(g.ctx, g.admin, id))
	if last := g.verify(t); last.Head.Size != first.Head.Size+1 {
		t.Errorf("%d lines more, want one", last.Head.Size-first.Head.Size)
	}
	after := g.kept(t, id)
	if after.Key != "" || after.Sealed != "" || after.Erased.IsZero() {
		t.Errorf("what is left: %+v", after)
	}
	for _, w := range traces {
		if strings.Contains(g.dump(t), w) {
			t.Errorf("%q is still there", w)
		}
	}
	if len(told) != 1 || told[0].ID != id {
		t.Errorf("the list of the erased is %+v", told)
	}
	for _, file := range []string{"haicap.db", "haicap.db-wal"} {
		data := g.file(t, file)
		for _, secret := range []string{before.Key, before.Sealed, words[0]} {
			if bytes.Contains(data, []byte(secret)) {
				t.Errorf("%s still holds %.20s…", file, secret)
			}
		}
	}
	if _, err := g.Authenticate(g.ctx, e.Token); gov.CodeOf(err) != gov.Unauthenticated {
		t.Errorf("the login goes on: %v", err)
	}
	line, err := g.AccountOf(g.ctx, g.admin, id)
	check(t, err)
	if line.Name != gov.ErasedName || line.Login == "bich.hanh" || !line.Disabled || line.Account.Password != "" {
		t.Errorf("the account is %+v", line.Account)
	}
	v, err := g.Personal(g.ctx, g.admin)
	check(t, err)
	if len(v.Open) != 0 || len(v.Settled) != 1 || v.Settled[0].State != gov.RequestDone || v.Settled[0].Words != "" || v.Settled[0].Who != gov.ErasedName {
		t.Errorf("requests: %+v", v)
	}
	is(t, g.CorrectSubject(g.ctx, g.admin, id, gov.Personal{Name: "X"}), "error.person_erased")
	is(t, g.EraseSubject(g.ctx, g.admin, id), "error.person_erased")
}

// A request has its due day, two working days on, under the law of its day; who asks without an account is kept sealed, too.
func TestRequests(t *testing.T) {
	t.Parallel()
	g, _ := openGate(t, nil) // Thursday, 15 January 2026
	id, password := g.official(t)
	for _, c := range []struct{ received, due gov.Day }{{"2026-01-15", "2026-01-19"}, {"2026-01-12", "2026-01-14"}, {"2025-12-31", ""}} {
		got, err := g.RecordRequest(g.ctx, g.admin, app.RequestInput{Login: " BICH.Hanh ", Kind: gov.RequestSee, Received: c.received, Words: words[3]})
		check(t, err)
		v, err := g.SubjectOf(g.ctx, g.admin, id)
		check(t, err)
		for _, q := range v.Requests {
			if q.ID == got && (q.Due != c.due || (q.Law == "") != (c.due == "") || q.Words != words[3] || q.Late != (c.due == "2026-01-14")) {
				t.Errorf("received %s: %+v", c.received, q)
			}
		}
	}
	contact, err := g.RecordRequest(g.ctx, g.admin, app.RequestInput{Fields: gov.Personal{Name: words[0], Phone: words[2]}, Kind: gov.RequestErase, Words: words[3]})
	check(t, err)
	for _, w := range words {
		if strings.Contains(g.dump(t), w) {
			t.Errorf("%q stands in the clear", w)
		}
	}
	is(t, g.SettleRequest(g.ctx, g.admin, contact, ""), "error.personal_not_erased")
	is(t, g.SettleRequest(g.ctx, g.admin, contact, "no such ground"), "error.form_unreadable")
	check(t, g.SettleRequest(g.ctx, g.admin, contact, "kept_by_law"))
	is(t, g.SettleRequest(g.ctx, g.admin, contact, "kept_by_law"), "error.stale")
	for _, c := range []struct {
		in  app.RequestInput
		key string
	}{
		{app.RequestInput{Kind: gov.RequestSee}, "error.personal_who"},
		{app.RequestInput{Login: "ai", Kind: gov.RequestSee}, "error.personal_no_account"},
		{app.RequestInput{Login: "bich.hanh", Kind: "burn"}, "error.form_unreadable"},
		{app.RequestInput{Login: "bich.hanh", Kind: gov.RequestSee, Received: "2026-01-16"}, "error.personal_received"},
		{app.RequestInput{Login: "bich.hanh", Kind: gov.RequestSee, Words: strings.Repeat("x", 5000)}, "error.personal_words"},
		{app.RequestInput{Fields: gov.Personal{Name: strings.Repeat("x", 501)}, Kind: gov.RequestSee}, "error.personal_long"},
	} {
		_, err := g.RecordRequest(g.ctx, g.admin, c.in)
		is(t, err, c.key)
	}
	_, p := g.in(t, app.Browser{}, "bich.hanh", password)
	check(t, g.Ask(g.ctx, p, gov.RequestCorrect, ""))
	check(t, g.Ask(g.ctx, p, gov.RequestExport, ""))
	is(t, g.Ask(g.ctx, p, gov.RequestSee, ""), "error.requests_open")
	_, err = g.RecordRequest(g.ctx, p, app.RequestInput{Login: "bich.hanh", Kind: gov.RequestSee})
	is(t, err, "error.forbidden")
	_, err = g.SubjectOf(g.ctx, p, id)
	is(t, err, "error.forbidden")
	is(t, g.EraseSubject(g.ctx, p, id), "error.forbidden")
	g.pass(time.Hour)
	is(t, g.EraseSubject(g.ctx, g.admin, id), app.ProveAgain)
}

// An office's own time limit counts.
func TestOwnTimeLimit(t *testing.T) {
	t.Parallel()
	rules, err := calendar.LoadRules([]byte("key,from,to,amount,unit,starts,law,article,mark,note\npersonal_data_request,2026-01-01,,5,wd,received,Quyết định 1,,C,\n"))
	check(t, err)
	g, _ := openGate(t, func(c *app.Config) {
		c.Calendar = func() (*calendar.Calendar, *calendar.Rules, error) { return calendar.Official(), rules, nil }
	})
	_, err = g.RecordRequest(g.ctx, g.admin, app.RequestInput{Login: "tonghop", Kind: gov.RequestSee, Received: "2026-01-12"})
	check(t, err)
	v, err := g.Personal(g.ctx, g.admin)
	check(t, err)
	if v.Open[0].Due != "2026-01-19" || v.Open[0].Law != "Quyết định 1" {
		t.Errorf("due %s by %s", v.Open[0].Due, v.Open[0].Law)
	}
}

// What is handed to somebody is all that is kept of him, and no secret of anybody.
func TestExport(t *testing.T) {
	t.Parallel()
	g, _ := openGate(t, nil)
	_, password := g.official(t)
	_, p := g.in(t, app.Browser{Address: "10.0.0.1", Words: "Firefox, Linux"}, "bich.hanh", password)
	check(t, g.Ask(g.ctx, p, gov.RequestSee, words[3]))
	x, err := g.ExportOwn(g.ctx, p)
	check(t, err)
	data, err := json.Marshal(x)
	check(t, err)
	for _, w := range append(words, "bich.hanh", "Firefox, Linux", "clerk", "login.begin", "personal.ask", "2026-01-19") {
		if !bytes.Contains(data, []byte(w)) {
			t.Errorf("%q is not in the export", w)
		}
	}
	for _, w := range []string{"argon2", g.kept(t, gov.ID(p.Account)).Key, "quản trị"} {
		if bytes.Contains(data, []byte(w)) {
			t.Errorf("%.10q is in the export", w)
		}
	}
	if !strings.HasSuffix(g.actions(t), "person.export") {
		t.Errorf("the log does not say so: %s", g.actions(t))
	}
}

// Rules end what is kept: not a day too early, and in the log.
func TestRetention(t *testing.T) {
	t.Parallel()
	g, _ := openGate(t, nil)
	id, password := g.official(t)
	system := access.System(int64(g.holding.Realm), string(g.holding.Agency))
	contact, err := g.RecordRequest(g.ctx, g.admin, app.RequestInput{Fields: gov.Personal{Name: words[0]}, Kind: gov.RequestSee})
	check(t, err)
	g.in(t, app.Browser{Address: "10.0.0.1"}, "bich.hanh", password)
	check(t, g.SetDisabled(g.ctx, g.admin, id, true))
	check(t, g.SettleRequest(g.ctx, g.admin, contact, ""))
	run := func(want int) {
		t.Helper()
		n, err := g.Retain(g.ctx, system)
		check(t, err)
		if n != want {
			t.Errorf("on %s: %d people, want %d", g.Today(), n, want)
		}
	}
	run(0)
	*g.clock = time.Date(2028, 1, 15, 1, 59, 59, 0, time.UTC)
	run(0)
	g.pass(time.Minute)
	run(2)
	run(0)
	if got := strings.Count(g.actions(t), "person.erase"); got != 2 {
		t.Errorf("%d lines of erasing, want 2", got)
	}
	g.verify(t)
	if _, err := g.Retain(g.ctx, g.admin); gov.CodeOf(err) != gov.Forbidden {
		t.Errorf("an administrator runs the program's own work: %v", err)
	}
}

// Within the office a person is shown by name; elsewhere by the office, with initials.
func TestNamesAreMasked(t *testing.T) {
	t.Parallel()
	g, _ := openGate(t, nil)
	id, _ := g.official(t)
	other := g.agency(t, "Sở Tài chính")
	inspector := access.Principal{Realm: g.admin.Realm, Account: "x", Agency: string(other),
		Grants: []access.Grant{{Role: access.Inspector, Agency: string(other), All: true}}}
	for _, c := range []struct {
		p    access.Principal
		want string
	}{{g.admin, words[0]}, {inspector, "Nguyễn T. B. H."}, {access.Principal{Realm: g.admin.Realm, Account: "y", Agency: g.admin.Agency,
		Grants: []access.Grant{{Role: access.Inspector, All: true}}}, words[0]}} {
		v, err := g.AuditLog(g.ctx, c.p, gov.AuditQuery{}, "")
		check(t, err)
		found := ""
		for _, l := range v.Lines {
			if l.Record == id && l.Noun == "account" {
				found = l.About.Title
			}
		}
		if found != c.want {
			t.Errorf("%s of %s reads %q, want %q", c.p.Roles(), c.p.Agency, found, c.want)
		}
	}
}

// What a backup brings back is erased again, once, and at the time at which it was erased.
func TestErasedAgainAfterRestore(t *testing.T) {
	t.Parallel()
	g, _ := openGate(t, nil)
	id, _ := g.official(t)
	system := access.System(int64(g.holding.Realm), string(g.holding.Agency))
	list := []gov.DataSubject{{Realm: g.holding.Realm, ID: id, Erased: g.clock.Add(-time.Hour)}, {Realm: g.holding.Realm, ID: "unknown", Erased: *g.clock},
		{Realm: 99, ID: id, Erased: *g.clock}}
	for _, want := range []int{1, 0} {
		n, err := g.EraseAgain(g.ctx, system, list)
		check(t, err)
		if n != want {
			t.Errorf("%d erased, want %d", n, want)
		}
	}
	if d := g.kept(t, id); d.Key != "" || !d.Erased.Equal(list[0].Erased) {
		t.Errorf("what is left: %+v", d)
	}
	if !strings.HasSuffix(g.actions(t), "person.erase_again") {
		t.Errorf("the log: %s", g.actions(t))
	}
}

// Names of an older version, which kept them beside the accounts, are found and moved.
func TestSealNames(t *testing.T) {
	t.Parallel()
	g, _ := openGate(t, nil)
	acc := gov.Account{Realm: g.holding.Realm, ID: gov.NewID(*g.clock), Login: "cu", Name: words[0], Agency: g.holding.Agency}
	check(t, g.store.Update(g.ctx, func(tx gov.Tx) error { return tx.CreateAccount(g.ctx, acc) }))
	system := access.System(int64(g.holding.Realm), string(g.holding.Agency))
	for _, want := range []int{1, 0} {
		line, err := g.AccountOf(g.ctx, g.admin, acc.ID)
		check(t, err)
		if line.Name != words[0] {
			t.Errorf("the account is called %q", line.Name)
		}
		n, err := g.SealNames(g.ctx, system)
		check(t, err)
		if n != want {
			t.Errorf("%d names moved, want %d", n, want)
		}
	}
	if strings.Contains(g.dump(t), words[0]) {
		t.Error("the name is still there in the clear")
	}
}

// With another key people still log in, and nothing is overwritten.
func TestLostKeyLosesNoName(t *testing.T) {
	t.Parallel()
	var c app.Config
	g, _ := openGate(t, func(cfg *app.Config) {
		cfg.Vault, _ = access.NewVault(access.NewVaultKey())
		c = *cfg
	})
	id, password := g.official(t)
	right := g.App
	c.Vault, _ = access.NewVault(access.NewVaultKey())
	g.App = app.New(c)
	_, p := g.in(t, app.Browser{}, "bich.hanh", password)
	if p.Name != "" {
		t.Errorf("the name is %q", p.Name)
	}
	_, err := g.OwnPersonal(g.ctx, p)
	is(t, err, "error.personal_key")
	check(t, g.SetDisabled(g.ctx, g.admin, id, true))
	g.App = right
	line, err := g.AccountOf(g.ctx, g.admin, id)
	check(t, err)
	if line.Name != words[0] || !line.Disabled {
		t.Errorf("the account is %+v", line.Account)
	}
}

// agency makes another agency of the realm.
func (g gate) agency(t *testing.T, name string) gov.ID {
	t.Helper()
	a := gov.Agency{Realm: g.holding.Realm, ID: gov.NewID(*g.clock), Name: name}
	check(t, g.store.Update(g.ctx, func(tx gov.Tx) error { return tx.CreateAgency(g.ctx, a) }))
	return a.ID
}
