package web_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/audit"
	"haicap/internal/blob"
	"haicap/internal/dictionary"
	"haicap/internal/gov"
	"haicap/internal/register"
	"haicap/internal/store"
	"haicap/internal/web"
)

// deskUnits is the embedded register, loaded once for all tests.
var deskUnits = sync.OnceValues(func() (gov.Units, error) { return register.Load() })

// deskText is a session as a press text tells it, in the tests' own words: figures, one of them inside a commitment, the same thing
// with two values in one sentence, and every kind of item.
const deskText = `date 2025-12-24 Phó Bí thư Thường trực Tỉnh ủy làm việc với phường Thanh Miếu

Ngày 24/12/2025, đồng chí Phó Bí thư Thường trực Tỉnh ủy làm việc với Đảng bộ phường Thanh Miếu về kết quả năm 2025 và nhiệm vụ năm 2026. Cùng dự có đại diện lãnh đạo Văn phòng Tỉnh ủy, Sở Tài chính.

Năm 2025, tổng thu ngân sách của phường ước đạt 366,3 tỷ đồng; tổng vốn đầu tư toàn xã hội trên địa bàn đạt 4.496 tỷ đồng; thu nhập bình quân đầu người đạt 82,5 triệu đồng/người/năm; tỷ lệ khu dân cư văn hóa đạt 91.7%. Tỷ lệ hộ nghèo còn 0,21%, tỷ lệ hộ nghèo còn 0,35%. Toàn phường có 12 mô hình dân vận khéo; tổng thu ngân sách lũy kế đạt 1.204 tỷ đồng.

Tuy nhiên, phường còn gặp một số khó khăn như: trang thiết bị làm việc còn thiếu, chưa đồng bộ; nhân lực công nghệ thông tin chưa đáp ứng yêu cầu; tiến độ một số công trình đầu tư công còn chậm do vướng mắc về vốn.

Phường Thanh Miếu đề nghị tỉnh nâng cấp phần mềm điều hành tác nghiệp khối Đảng; hỗ trợ kinh phí thực hiện các dự án đầu tư công trên địa bàn.

Năm 2026, phường Thanh Miếu phấn đấu tổng thu ngân sách đạt 400 tỷ đồng, kết nạp 45 đảng viên mới; cơ bản không còn hộ nghèo.

Kết luận buổi làm việc, đồng chí Phó Bí thư Thường trực Tỉnh ủy yêu cầu phường Thanh Miếu rà soát lại các chỉ tiêu năm 2026 cho sát thực tiễn và có tính khả thi; giao Sở Tài chính chủ trì, phối hợp với Văn phòng Tỉnh ủy thẩm định kinh phí sửa chữa trụ sở, hoàn thành trước ngày 30/6/2026. Đồng thời, cấp ủy, chính quyền phường cần quan tâm kết nạp đảng viên mới, bảo đảm an ninh trật tự trên địa bàn.

Đồng chí cũng lưu ý sớm xử lý dứt điểm các kiến nghị của cử tri.
`

// A desk is an office over a temporary store with one open review, and browsers that are logged in.
type desk struct {
	*app.App
	ctx     context.Context
	url     string
	store   gov.Store
	config  app.Config // what the office's App is made of, for another one over the same books
	holding gov.Holding
	analyst access.Principal
	review  gov.ID
	logins  map[string]string // login → password
}

// sit opens the office and files the text.
func sit(t *testing.T) *desk {
	t.Helper()
	ctx, dir := context.Background(), t.TempDir()
	st, err := store.OpenSQLite(ctx, filepath.Join(dir, "haicap.db"))
	must(t, err)
	t.Cleanup(func() { _ = st.Close() })
	must(t, st.Migrate(ctx))
	blobs, err := blob.Open(filepath.Join(dir, "blobs"))
	must(t, err)
	now := time.Date(2026, 1, 15, 2, 0, 0, 0, time.UTC)
	var lock sync.Mutex
	d := &desk{ctx: ctx, store: st, logins: map[string]string{}}
	key := filepath.Join(dir, "audit.key")
	must(t, audit.MakeKey(key))
	vault, err := access.NewVault(access.NewVaultKey())
	must(t, err)
	d.config = app.Config{Store: st, Blobs: blobs, Units: deskUnits, Dictionary: dictionary.In(dir), Vault: vault,
		AuditKey: func() (audit.Key, error) { return audit.LoadKey(key) }, Now: func() time.Time {
			lock.Lock()
			defer lock.Unlock()
			now = now.Add(time.Millisecond)
			return now
		}}
	d.App = app.New(d.config)
	d.holding, _, err = d.Init(ctx, app.InitInput{Unit: "25"})
	must(t, err)
	admin := access.Principal{Realm: int64(d.holding.Realm), Account: "admin", Agency: string(d.holding.Agency), Grants: []access.Grant{{Role: access.Admin, All: true}},
		Proved: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)}
	for login, role := range map[string]access.Role{"tonghop": access.Analyst, "vanthu": access.Clerk, "thanhtra": access.Inspector} {
		d.logins[login], err = d.CreateAccount(ctx, admin, app.AccountInput{Login: login, Name: "Người " + login, Role: string(role)})
		must(t, err)
	}
	token, _, err := d.Login(ctx, "tonghop", d.logins["tonghop"])
	must(t, err)
	d.analyst, err = d.Authenticate(ctx, token)
	must(t, err)
	_, d.review, err = d.FileDocument(ctx, d.analyst, app.FileInput{Name: "lam-viec.txt", Data: []byte(deskText)})
	must(t, err)
	d.serve(t, web.New(web.Config{App: d.App}))
	return d
}

// serve puts the office behind another handler.
func (d *desk) serve(t *testing.T, h http.Handler) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	d.url = server.URL
}

// again starts the program anew over the same books and with the same keys, as c and what change does to its configuration say.
func (d *desk) again(t *testing.T, c web.Config, change func(*app.Config)) {
	t.Helper()
	change(&d.config)
	d.App = app.New(d.config)
	c.App = d.App
	d.serve(t, web.New(c))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// stranger makes an account of another agency of the realm.
func (d *desk) stranger(t *testing.T) string {
	t.Helper()
	hash, err := access.HashPassword("mat-khau-co-quan-khac")
	must(t, err)
	now := time.Date(2026, 1, 15, 3, 0, 0, 0, time.UTC)
	other := gov.Agency{Realm: d.holding.Realm, ID: gov.NewID(now), Name: "Sở Tài chính", Unit: d.holding.Unit}
	err = d.store.Update(d.ctx, func(tx gov.Tx) error {
		if err := tx.CreateAgency(d.ctx, other); err != nil {
			return err
		}
		acc := gov.Account{Realm: d.holding.Realm, ID: gov.NewID(now), Login: "khac", Name: "Người khác", Agency: other.ID, Password: hash}
		return errors.Join(tx.CreateAccount(d.ctx, acc), tx.CreateGrant(d.ctx, gov.Grant{Realm: acc.Realm, ID: acc.ID, Account: acc.ID,
			Role: string(access.Analyst), Agency: other.ID, Unit: other.Unit}))
	})
	must(t, err)
	d.logins["khac"] = "mat-khau-co-quan-khac"
	return "khac"
}

// view is the review as the use case gives it.
func (d *desk) view(t *testing.T) app.ReviewView {
	t.Helper()
	v, err := d.Review(d.ctx, d.analyst, d.review)
	must(t, err)
	return v
}

// find is the first card whose words begin so.
func (d *desk) find(t *testing.T, words string) app.DraftCard {
	t.Helper()
	for _, c := range d.view(t).Cards {
		if strings.HasPrefix(c.Text, words) {
			return c
		}
	}
	t.Fatalf("no card begins with %q", words)
	return app.DraftCard{}
}

// A visitor is a browser without scripts.
type visitor struct {
	t      *testing.T
	client *http.Client
	base   string
	review string
}

func (d *desk) visitor(t *testing.T, login string) visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	must(t, err)
	v := visitor{t: t, client: &http.Client{Jar: jar}, base: d.url, review: "/reviews/" + string(d.review)}
	v.post("/login", "login", login, "password", d.logins[login])
	return v
}

// settle logs in with a password that somebody else handed out, and chooses an own one: before that no page but the account opens.
func (d *desk) settle(t *testing.T, login string) visitor {
	t.Helper()
	v := d.visitor(t, login)
	for _, path := range []string{"/", "/units", "/documents", "/admin/personal"} {
		if p := v.get(path); p.at.Path != "/account" {
			t.Errorf("%s opens %s before the first password is changed", path, p.at)
		}
	}
	const own = "ba con mèo trên mái ngói"
	v.post("/account/password", "current", d.logins[login], "password", own, "again", own).has("Đã đổi mật khẩu")
	d.logins[login] = own
	return v
}

// A page is what came back, with the address at which it ended.
type page struct {
	t      *testing.T
	status int
	at     *url.URL
	header http.Header
	body   string
	root   *html.Node
}

func (v visitor) get(path string) page { return v.do("GET", path, nil, "") }

// post sends a form of names and values in turn, as a plain browser does.
func (v visitor) post(path string, pairs ...string) page { return v.do("POST", path, pairs, "") }

// part sends a form as the page's script does.
func (v visitor) part(path string, pairs ...string) page { return v.do("POST", path, pairs, "1") }

func (v visitor) do(method, path string, pairs []string, part string) page {
	v.t.Helper()
	f := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Add(pairs[i], pairs[i+1])
	}
	r, err := http.NewRequest(method, v.base+path, strings.NewReader(f.Encode()))
	must(v.t, err)
	if method == "POST" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if part != "" {
		r.Header.Set("X-Part", part)
	}
	return v.send(r)
}

// send sends a request and reads what comes back.
func (v visitor) send(r *http.Request) page {
	v.t.Helper()
	res, err := v.client.Do(r)
	must(v.t, err)
	defer res.Body.Close()
	var b strings.Builder
	root, err := html.Parse(teeString(res.Body, &b))
	must(v.t, err)
	return page{t: v.t, status: res.StatusCode, at: res.Request.URL, header: res.Header, body: b.String(), root: root}
}
