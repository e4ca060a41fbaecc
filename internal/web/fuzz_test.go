package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/blob"
	"haicap/internal/dictionary"
	"haicap/internal/gov"
	"haicap/internal/register"
	"haicap/internal/store"
)

// An attacked is a server with an office behind it, and two people who send it anything: an analyst and an administrator.
type attacked struct {
	mux    *http.ServeMux
	routes []route
	people [2]access.Principal
	ids    map[string]string // beginning of a path → a record that is there
	draft  string
	err    error // what the last handler gave back
}

const attackedText = `Ngày 24/12/2025, Phó Bí thư Thường trực Tỉnh ủy làm việc với phường Thanh Miếu.

Năm 2025, tổng thu ngân sách của phường ước đạt 366,3 tỷ đồng. Phường đề nghị tỉnh hỗ trợ kinh phí sửa đường. Phó Bí thư giao Sở Tài chính chủ trì thẩm định, hoàn thành trước ngày 30/6/2026.
`

func attack(tb testing.TB) *attacked {
	tb.Helper()
	fatal := func(err error) {
		if err != nil {
			tb.Fatal(err)
		}
	}
	ctx, dir := context.Background(), tb.TempDir()
	st, err := store.OpenSQLite(ctx, filepath.Join(dir, "haicap.db"))
	fatal(err)
	tb.Cleanup(func() { _ = st.Close() })
	fatal(st.Migrate(ctx))
	blobs, err := blob.Open(filepath.Join(dir, "blobs"))
	fatal(err)
	now := time.Date(2026, 1, 15, 2, 0, 0, 0, time.UTC)
	a := app.New(app.Config{Store: st, Blobs: blobs, Dictionary: dictionary.In(dir), Now: func() time.Time { return now },
		Units: func() (gov.Units, error) { return register.Load() }})
	holding, _, err := a.Init(ctx, app.InitInput{Unit: "25"})
	fatal(err)
	system := access.System(int64(holding.Realm), string(holding.Agency))
	at := &attacked{mux: http.NewServeMux(), ids: map[string]string{}}
	for i, role := range []access.Role{access.Analyst, access.Admin} {
		login := "ai." + string(role)
		password, err := a.CreateAccount(ctx, system, app.AccountInput{Login: login, Name: login, Role: string(role)})
		fatal(err)
		token, _, err := a.Login(ctx, login, password)
		fatal(err)
		at.people[i], err = a.Authenticate(ctx, token)
		fatal(err)
	}
	doc, review, err := a.FileDocument(ctx, at.people[0], app.FileInput{Name: "a.txt", Data: []byte(attackedText)})
	fatal(err)
	v, err := a.Review(ctx, at.people[0], review)
	fatal(err)
	at.ids["/documents/"], at.ids["/reviews/"], at.draft = string(doc.ID), string(review), string(v.Cards[0].ID)
	at.ids["/admin/accounts/"], at.ids["/units/"], at.ids["/indicators/"] = at.people[0].Account, "07909", "budget_revenue"

	s := &server{app: a, assets: &assets{version: "v", files: map[string][]byte{}}, log: bench(new(strings.Builder)).log, uploads: newPlaces(4, 4),
		originals: newPlaces(4, 4), counts: newCounts(nil), public: "https://haicap.example", secure: true}
	at.routes = s.routes()
	for _, row := range at.routes {
		at.mux.HandleFunc(row.pattern, func(w http.ResponseWriter, r *http.Request) {
			if row.needs != access.Open || row.pattern == "/" {
				at.err = s.guard(w, r, row)
				return
			}
			r = r.WithContext(context.WithValue(r.Context(), visitorKey{}, visitor{lang: "vi"}))
			at.err = s.guard(w, r, row)
		})
	}
	return at
}

var placeholder = regexp.MustCompile(`\{[^}]*\}`)

// address fills a pattern in: with records that are there, or with what was sent.
func (at *attacked) address(pattern, sent string) (method, path string) {
	method, path, found := strings.Cut(pattern, " ")
	if !found {
		method, path = http.MethodGet, "/khong-co"
	}
	id := sent
	for begin, there := range at.ids {
		if sent == "" && strings.HasPrefix(path, begin) {
			id = there
		}
	}
	path = strings.ReplaceAll(path, "{$}", "")
	if sent == "" {
		path = strings.ReplaceAll(path, "{draft}", at.draft)
	}
	if id = strings.Trim(id, "/."); id == "" {
		id = "x"
	}
	return method, placeholder.ReplaceAllString(path, strings.ReplaceAll(id, "$", ""))
}

// FuzzForms sends anything to every route of the table: whatever comes, the answer is a page or a refusal, never a defect.
func FuzzForms(f *testing.F) {
	at := attack(f)
	for i := range at.routes {
		n := uint16(i)
		f.Add(n, byte(0), "", "", "")
		f.Add(n, byte(1), "", "on=2026-01-01&after=YQ&q=ho+ngheo&kind=task&unit=07909&at=1-9&lang=en&page=x", "version=1&action=answer&note=x&due=2026-01-01&kind=figure")
		f.Add(n, byte(2), "khong-co", "to=//x&after=////", "{\"step\":\"a\",\"credential\":{\"id\":\"\",\"response\":{}}}")
		f.Add(n, byte(4), "", "", "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nabc\r\n--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n\r\n--b--\r\n")
	}
	f.Add(uint16(3), byte(0), "", "", "login=a&password=b&to=/x")
	f.Fuzz(func(t *testing.T, n uint16, how byte, id, query, body string) {
		method, path := at.address(at.routes[int(n)%len(at.routes)].pattern, id)
		r := httptest.NewRequest(method, "/", strings.NewReader(body))
		r.URL = &url.URL{Path: path, RawQuery: query}
		r.Header.Set("Content-Type", []string{"application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=b"}[int(how/2)%3])
		if how&8 != 0 {
			r.Header.Set("X-Part", "1")
		}
		r.AddCookie(&http.Cookie{Name: "__Host-" + stepCookie, Value: "x"})
		r = r.WithContext(context.WithValue(r.Context(), visitorKey{}, visitor{principal: at.people[how&1], lang: "vi"}))
		w := httptest.NewRecorder()
		at.err = nil
		at.mux.ServeHTTP(w, r)
		if code := gov.CodeOf(at.err); code == gov.Internal || w.Code == http.StatusInternalServerError {
			t.Errorf("%s %s: %v", method, path, at.err)
		}
	})
}
