package web_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"flag"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web"
)

var updateMatrix = flag.Bool("update", false, "write testdata/permissions.csv anew")

// matrixFile is the written matrix: a row a route, a column a person; docs/permissions.md says how to read it, CONTRIBUTING.md how to add a row.
const matrixFile = "testdata/permissions.csv"

// An estate is one office with a record of each noun.
type estate struct {
	account, document, review, draft, session, figure, target, matter, plan, agency gov.ID
	unit                                                                            gov.UnitKey
}

// forms are what is sent where a route acts: right in form, and of a version that was never there, so that what is refused for want of
// a permission or a record differs from what comes to nothing. A route that takes a file sends none.
var forms = map[string]url.Values{
	"POST /scorecard/ask":                      {"cell": {"07909.budget_revenue"}, "period": {"2025"}, "due": {"2020-01-01"}},
	"POST /plans/new":                          {"kind": {"programme"}, "count": {"0"}},
	"POST /plans/{id}":                         {"do": {"end"}, "version": {"999"}, "note": {"x"}},
	"POST /plans/{id}/edit":                    {"kind": {"programme"}, "count": {"0"}, "version": {"999"}, "note": {"x"}},
	"POST /plans/{id}/apply":                   {"year": {"2026"}, "version": {"999"}, "run": {"x"}},
	"POST /matters/{id}":                       {"action": {"report"}, "note": {"x"}, "version": {"999"}},
	"POST /recommendations/similar":            {"one": {"khong-co"}, "other": {"khong-co-2"}, "kind": {"similar"}},
	"POST /reviews/{id}/head":                  {"kind": {"working_session"}, "title": {"x"}, "version": {"999"}},
	"POST /reviews/{id}/drafts":                {"kind": {"directive"}, "span": {"1-9"}},
	"POST /reviews/{id}/drafts/{draft}/settle": {"state": {"accepted"}, "version": {"999"}},
	"POST /reviews/{id}/drafts/{draft}/edit":   {"version": {"999"}},
	"POST /reviews/{id}/drafts/{draft}/split":  {"at": {"5"}, "version": {"999"}},
	"POST /reviews/{id}/drafts/{draft}/merge":  {"with": {"x"}, "version": {"999"}},
	"POST /reviews/{id}/confirm":               {"version": {"999"}},
	"POST /admin/accounts/{id}":                {"act": {"link"}},
	"POST /account/deputy":                     {"deputy": {"khong.co"}, "from": {"2026-01-15"}, "to": {"2026-01-16"}},
	"POST /account/deputy/end":                 {"leave": {"khong-co"}},
	"POST /account/passkeys/remove":            {"id": {"khong-co"}},
	"POST /admin/personal/requests/{id}":       {"answer": {"x"}},
	"POST /admin/personal/{id}":                {"act": {"x"}},
}

// queries are what a page wants to be asked about; without them it is not there for anybody.
var queries = map[string]string{
	"GET /scorecard/cell":              "?period=2025&cell={code}.budget_revenue",
	"GET /matters/file":                "?format=xlsx",
	"GET /matters/league/file":         "?format=docx",
	"GET /plans/{id}/file":             "?format=xlsx",
	"GET /plans/{id}/apply":            "?year=2026",
	"GET /recommendations/file":        "?format=xlsx",
	"GET /recommendations/report/file": "?format=docx",
}

// strangers are the routes that end logins or are slowed down after a few tries: only a stranger tries them.
var strangers = []string{"POST /logout", "POST /login", "POST /account/codes/confirm"}

// path fills in the record of an estate.
func (e estate) path(pattern string) string {
	_, p, _ := strings.Cut(pattern, " ")
	if p == "" {
		p = pattern
	}
	id := e.account
	for _, n := range []struct {
		prefix string
		id     gov.ID
	}{{"/documents/", e.document}, {"/reviews/", e.review}, {"/sessions/", e.session}, {"/figures/", e.figure}, {"/targets/", e.target}, {"/matters/", e.matter}, {"/plans/", e.plan}} {
		if strings.HasPrefix(p, n.prefix) {
			id = n.id
		}
	}
	return strings.NewReplacer("{id}", string(id), "{code}", e.unit.Code, "{key}", "budget_revenue", "{form}", "nam", "{draft}", string(e.draft), "{token}", "khong-co",
		"{version}", "v", "{name...}", "app.css", "{$}", "").Replace(p + queries[pattern])
}

// A person is a column of the matrix.
type person struct {
	name  string
	token string
	at    []estate // own, subordinate, foreign; of a ward own and foreign
}

// settlement is a province office, two wards and another realm, with a person for each role.
type settlement struct {
	*desk
	admin   access.Principal
	persons []person
	estates map[string]estate
}

func settle(t *testing.T) *settlement {
	d := sit(t)
	s := &settlement{desk: d, estates: map[string]estate{}}
	s.admin = access.Principal{Realm: int64(d.holding.Realm), Account: "x", Agency: string(d.holding.Agency), Proved: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC),
		Grants: []access.Grant{{Role: access.Admin, All: true}}}
	places := []struct{ name, unit string }{{"p", ""}, {"w", "07909"}, {"b", "08848"}}
	tokens := map[string]string{}
	for _, place := range places {
		for _, role := range access.RoleNames {
			tokens[place.name+"."+string(role)] = s.join(t, place.name+"."+string(role), string(role), place.unit)
		}
		s.estates[place.name] = s.estate(t, tokens[place.name+".clerk"])
	}
	s.estates["realm"] = s.elsewhere(t)
	none := s.join(t, "none", "clerk", "07909")
	s.strip(t, none)
	deputy := s.join(t, "deputy", "inspector", "07909")
	s.strip(t, deputy)
	from := gov.Day("2026-01-15")
	p, err := d.Authenticate(d.ctx, tokens["w.analyst"])
	must(t, err)
	must(t, d.SetOwnDeputy(d.ctx, p, app.DeputyInput{Login: "deputy", From: from, To: from.AddDays(5)}))
	province := []estate{s.estates["p"], s.estates["w"], s.estates["realm"]}
	ward := []estate{s.estates["w"], s.estates["b"]}
	s.persons = append(s.persons, person{"stranger", "", province[:1]}, person{"none", none, ward})
	for _, role := range access.RoleNames {
		s.persons = append(s.persons, person{"p." + string(role), tokens["p."+string(role)], province})
	}
	for _, role := range access.RoleNames {
		s.persons = append(s.persons, person{"w." + string(role), tokens["w."+string(role)], ward})
	}
	s.persons = append(s.persons, person{"deputy", deputy, ward})
	s.serve(t)
	return s
}

// serve begins a server anew, for which nobody has used up anything yet: everybody here comes from one address.
func (s *settlement) serve(t *testing.T) {
	t.Helper()
	s.desk.serve(t, web.New(web.Config{App: s.App, PerAddress: web.Limit{Every: 1, Burst: 1 << 30}, PerAccount: web.Limit{Every: 1, Burst: 1 << 30}}))
}

// join makes an account with a role for a unit and logs it in.
func (s *settlement) join(t *testing.T, login, role, unit string) string {
	t.Helper()
	password, err := s.CreateAccount(s.ctx, s.admin, app.AccountInput{Login: login, Role: role, Unit: unit})
	must(t, err)
	token, _, err := s.Login(s.ctx, login, password)
	must(t, err)
	return token
}

// strip ends all grants of an account and leaves its login open.
func (s *settlement) strip(t *testing.T, token string) {
	t.Helper()
	p, err := s.Authenticate(s.ctx, token)
	must(t, err)
	must(t, s.store.Update(s.ctx, func(tx gov.Tx) error {
		grants, err := tx.GrantsOf(s.ctx, gov.Realm(p.Realm), gov.ID(p.Account))
		for _, g := range grants {
			err = errors.Join(err, tx.EndGrant(s.ctx, g.Realm, g.ID, gov.Stamp{At: time.Date(2026, 1, 15, 2, 0, 0, 0, time.UTC)}))
		}
		return err
	}))
}

// estate files a document for the office of a clerk and writes a record of each noun for its unit.
func (s *settlement) estate(t *testing.T, clerk string) estate {
	t.Helper()
	p, err := s.Authenticate(s.ctx, clerk)
	must(t, err)
	doc, review, err := s.FileDocument(s.ctx, p, app.FileInput{Name: "a.txt", Data: []byte(deskText)})
	if err != nil && gov.CodeOf(err) != gov.Conflict {
		t.Fatal(err)
	}
	g := p.Grants[0]
	view, err := s.Review(s.ctx, p, review)
	must(t, err)
	goal, err := s.Authenticate(s.ctx, s.join(t, "goal."+g.Code, "clerk", g.Code))
	must(t, err)
	e := estate{agency: gov.ID(p.Agency), account: gov.ID(goal.Account), draft: view.Cards[0].ID, document: doc.ID, review: review, unit: gov.UnitKey{Code: g.Code, From: gov.Day(g.From)}}
	return s.write(t, gov.Realm(p.Realm), e)
}

// write puts the records of an estate into the store.
func (s *settlement) write(t *testing.T, r gov.Realm, e estate) estate {
	t.Helper()
	now := time.Date(2026, 1, 15, 2, 0, 0, 0, time.UTC)
	ids := gov.IDsFrom(now)
	e.session, e.figure, e.target, e.matter, e.plan = ids.Next(), ids.Next(), ids.Next(), ids.Next(), ids.Next()
	by := gov.Stamp{At: now}
	claim := gov.Claim{Indicator: "budget_revenue", Unit: e.unit, Period: "2025", Value: 1, Measure: "tỷ đồng"}
	must(t, s.store.Update(s.ctx, func(tx gov.Tx) error {
		return errors.Join(
			tx.CreateSession(s.ctx, gov.Session{Realm: r, ID: e.session, Kind: gov.KindWorkingSession, Title: "Làm việc", Day: "2026-01-10", Units: []gov.UnitKey{e.unit}, Created: by}),
			tx.CreateFigure(s.ctx, gov.Figure{Realm: r, ID: e.figure, Kind: gov.Result, Claim: claim, Entered: by}),
			tx.CreateTarget(s.ctx, gov.Target{Realm: r, ID: e.target, Claim: claim, Entered: by}),
			tx.CreatePlan(s.ctx, gov.Plan{Realm: r, ID: e.plan, Kind: gov.PlanProgramme, State: gov.PlanActive, Agency: e.agency, Version: 1, Changed: by, PlanBody: gov.PlanBody{Title: "Chương trình",
				Units: []gov.UnitKey{e.unit}, Items: []gov.PlanItem{{Key: "i1", Text: "Sửa đường", When: gov.When{Kind: gov.WhenYear, From: 2026, To: 2026}}}}}),
			tx.CreateMatter(s.ctx, gov.Matter{Realm: r, ID: e.matter, Kind: gov.Task, Text: "Sửa đường", State: gov.StateOpen, Opened: "2026-01-10", Created: by, Version: 1,
				Parties: []gov.Party{{Role: gov.RoleUnit, Name: "x", Unit: e.unit}, {Role: gov.RoleLead, Name: "UBND", Unit: e.unit}}}))
	}))
	return e
}

// elsewhere is an estate of another realm.
func (s *settlement) elsewhere(t *testing.T) estate {
	t.Helper()
	now := time.Date(2026, 1, 14, 2, 0, 0, 0, time.UTC)
	ids := gov.IDsFrom(now)
	e := estate{account: ids.Next(), draft: ids.Next(), document: ids.Next(), review: ids.Next(), unit: gov.UnitKey{Code: "01", From: "2008-08-01"}}
	agency := ids.Next()
	e.agency = agency
	must(t, s.store.Update(s.ctx, func(tx gov.Tx) error {
		return errors.Join(tx.CreateHolding(s.ctx, gov.Holding{Realm: 2, Unit: e.unit, Agency: agency, Since: now}),
			tx.CreateAgency(s.ctx, gov.Agency{Realm: 2, ID: agency, Name: "Văn phòng", Unit: e.unit}),
			tx.CreateAccount(s.ctx, gov.Account{Realm: 2, ID: e.account, Login: "noi.khac", Name: "Nơi khác", Agency: agency}),
			tx.CreateDocument(s.ctx, gov.Document{Realm: 2, ID: e.document, Holder: agency, Blob: "x", Text: "x", Title: "x", FiledAt: now}),
			tx.CreateReview(s.ctx, gov.Review{Realm: 2, ID: e.review, Document: e.document, State: gov.ReviewOpen, Version: 1}, nil))
	}))
	return s.write(t, 2, e)
}

// try asks a route as a person for an estate and says in a word what came of it.
func (s *settlement) try(t *testing.T, pattern string, p person, e estate) string {
	t.Helper()
	method, _, ok := strings.Cut(pattern, " ")
	if !ok {
		method = http.MethodGet
	}
	body := strings.NewReader(forms[pattern].Encode())
	r, err := http.NewRequestWithContext(s.ctx, method, s.url+e.path(pattern), body)
	must(t, err)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if p.token != "" {
		r.AddCookie(&http.Cookie{Name: "haicap", Value: p.token})
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	must(t, err)
	defer func() { _ = answer.Body.Close() }()
	switch to := answer.Header.Get("Location"); {
	case answer.StatusCode == http.StatusUnauthorized, strings.HasPrefix(to, "/login"):
		return "login"
	case answer.StatusCode == http.StatusForbidden:
		return "403"
	case answer.StatusCode == http.StatusNotFound:
		return "404"
	case answer.StatusCode == http.StatusTooManyRequests:
		return "429"
	case answer.StatusCode >= 500 && answer.StatusCode != http.StatusServiceUnavailable:
		t.Errorf("%s as %s: %d", pattern, p.name, answer.StatusCode)
	}
	return "ok"
}

// cell is what a route gives a person: for his own record, a subordinate unit's and a foreign one, or once where it is about no record.
func (s *settlement) cell(t *testing.T, pattern string, p person) string {
	t.Helper()
	if p.token != "" && slices.Contains(strangers, pattern) {
		return "-"
	}
	at := p.at
	if !strings.Contains(strings.ReplaceAll(pattern, "{$}", "")+queries[pattern], "{") || strings.HasPrefix(pattern, "GET /static/") || strings.Contains(pattern, "{token}") {
		at = at[:1]
	}
	var list []string
	for _, e := range at {
		list = append(list, s.try(t, pattern, p, e))
	}
	return strings.Join(list, "/")
}

// TestMatrix takes every route as everybody to every record and compares what comes of it with the written matrix.
func TestMatrix(t *testing.T) {
	t.Parallel()
	s := settle(t)
	header := []string{"route"}
	for _, p := range s.persons {
		header = append(header, p.name)
	}
	rows := [][]string{header}
	for _, pattern := range web.RoutePatterns() {
		row := []string{pattern}
		s.serve(t)
		for _, p := range s.persons {
			row = append(row, s.cell(t, pattern, p))
		}
		rows = append(rows, row)
	}
	var b bytes.Buffer
	must(t, csv.NewWriter(&b).WriteAll(rows))
	if *updateMatrix {
		must(t, os.WriteFile(matrixFile, b.Bytes(), 0o644))
	}
	written, err := os.ReadFile(matrixFile)
	must(t, err)
	want, err := csv.NewReader(bytes.NewReader(written)).ReadAll()
	must(t, err)
	compareMatrix(t, rows, want)
}

func compareMatrix(t *testing.T, got, want [][]string) {
	t.Helper()
	if !slices.Equal(got[0], want[0]) {
		t.Fatalf("the columns are %v, written are %v", got[0], want[0])
	}
	byRoute := map[string][]string{}
	for _, row := range want[1:] {
		byRoute[row[0]] = row
	}
	for _, row := range got[1:] {
		is, ok := byRoute[row[0]]
		if !ok {
			t.Errorf("%s has no row in %s: look at what it gives, then run go test ./internal/web -run TestMatrix -update", row[0], matrixFile)
			continue
		}
		delete(byRoute, row[0])
		for i := range row {
			if row[i] != is[i] {
				t.Errorf("%s as %s: %s, written is %s", row[0], got[0][i], row[i], is[i])
			}
		}
	}
	for route := range byRoute {
		t.Errorf("%s is written and there is no such route", route)
	}
}

// TestNoHints looks at everything that a ward's clerk may open, before and after another ward comes to hold records of every noun: not a
// word and not a number is different.
func TestNoHints(t *testing.T) {
	t.Parallel()
	s := settle(t)
	token := ""
	for _, p := range s.persons {
		if p.name == "w.clerk" {
			token = p.token
		}
	}
	units, err := deskUnits()
	must(t, err)
	other := ""
	for _, c := range units.Children("25", "") {
		if c.Code != "07909" && c.Code != "08848" {
			other = c.Code
		}
	}
	look := func() map[string]string {
		pages := map[string]string{}
		for _, path := range []string{"/", "/documents", "/sessions", "/sessions?unit=" + other, "/matters", "/matters?kind=task", "/matters?unit=" + other, "/matters/league", "/indicators",
			"/indicators/budget_revenue", "/search?q=thu+ng%C3%A2n+s%C3%A1ch", "/search?q=S%E1%BB%ADa", "/units", "/units/07909", "/units/07909/brief", "/units/" + other,
			"/units/" + other + "/brief", "/units/25", "/units/25/brief"} {
			r, err := http.NewRequestWithContext(s.ctx, http.MethodGet, s.url+path, nil)
			must(t, err)
			r.AddCookie(&http.Cookie{Name: "haicap", Value: token})
			answer, err := http.DefaultClient.Do(r)
			must(t, err)
			root, err := html.Parse(answer.Body)
			must(t, err)
			_ = answer.Body.Close()
			if answer.StatusCode != http.StatusOK {
				t.Errorf("%s: %d", path, answer.StatusCode)
			}
			pages[path] = words(root)
		}
		return pages
	}
	before := look()
	if !strings.Contains(before["/matters"], "Sửa đường") || !strings.Contains(before["/search?q=thu+ng%C3%A2n+s%C3%A1ch"], "07909") && !strings.Contains(before["/documents"], "Thanh Miếu") {
		t.Errorf("the clerk does not see what is his: %s", before["/matters"])
	}
	s.estate(t, s.join(t, "c.clerk", "clerk", other))
	for path, words := range look() {
		if words != before[path] {
			t.Errorf("%s tells of another ward:\n%s\nbefore:\n%s", path, words, before[path])
		}
	}
}
