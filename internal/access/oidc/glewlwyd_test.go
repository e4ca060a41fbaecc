package oidc

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"database/sql"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	_ "modernc.org/sqlite"
)

// The database that Debian's glewlwyd begins with, and where its modules lie.
const (
	glewlwydTables  = "/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3"
	glewlwydModules = "/usr/lib/glewlwyd"
)

// programSecret is what the provider gives the program.
const programSecret = "mot-bi-mat-cua-chuong-trinh"

// A provider is a glewlwyd that runs in a temporary folder.
type provider struct {
	t   *testing.T
	url string
}

// glewlwyd starts Debian's single sign-on on this machine; where it is not installed the test is skipped.
func glewlwyd(t *testing.T) provider {
	t.Helper()
	path, err := exec.LookPath("glewlwyd")
	tables, missing := os.ReadFile(glewlwydTables)
	if err != nil || missing != nil {
		t.Skip("skipped: glewlwyd not found (make deps)")
	}
	dir := t.TempDir()
	db, err := sql.Open("sqlite", filepath.Join(dir, "g.db"))
	must(t, err)
	_, err = db.ExecContext(t.Context(), string(tables))
	must(t, err)
	must(t, db.Close())
	port := freePort(t)
	p := provider{t: t, url: fmt.Sprintf("http://127.0.0.1:%d/api", port)}
	conf := fmt.Sprintf(`port=%d
external_url="http://127.0.0.1:%d"
bind_address="127.0.0.1"
api_prefix="api"
login_url="login.html"
static_files_path=%q
cookie_domain="127.0.0.1"
cookie_secure=0
log_mode="console"
log_level="ERROR"
session_key="G"
session_expiration=3600
admin_scope="g_admin"
profile_scope="g_profile"
user_module_path="%[4]s/user"
user_middleware_module_path="%[4]s/user_middleware"
client_module_path="%[4]s/client"
user_auth_scheme_module_path="%[4]s/scheme"
plugin_module_path="%[4]s/plugin"
hash_algorithm="SHA512"
database = { type = "sqlite3"; path = %[5]q; };
`, port, port, dir, glewlwydModules, filepath.Join(dir, "g.db"))
	file := filepath.Join(dir, "g.conf")
	must(t, os.WriteFile(file, []byte(conf), 0o600))
	var log bytes.Buffer
	cmd := exec.Command(path, "-c", file)
	cmd.Stdout, cmd.Stderr = &log, &log
	must(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if t.Failed() {
			t.Log(log.String())
		}
	})
	p.wait()
	return p
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// freePort is a port that was free a moment ago: glewlwyd takes no listener.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// wait comes back when it answers.
func (p provider) wait() {
	p.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	end := time.After(20 * time.Second)
	for {
		res, err := http.Get(p.url + "/config/")
		if err == nil {
			_ = res.Body.Close()
			return
		}
		select {
		case <-tick.C:
		case <-end:
			p.t.Fatalf("glewlwyd never answers: %v", err)
		}
	}
}

// session is somebody who is logged in there.
func (p provider) session(login, password string) *http.Client {
	p.t.Helper()
	jar, err := cookiejar.New(nil)
	must(p.t, err)
	c := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	p.send(c, "POST", "/auth/", map[string]any{"username": login, "password": password})
	return c
}

func (p provider) send(c *http.Client, method, path string, body any) {
	p.t.Helper()
	data, err := json.Marshal(body)
	must(p.t, err)
	r, err := http.NewRequest(method, p.url+path, bytes.NewReader(data))
	must(p.t, err)
	r.Header.Set("Content-Type", "application/json")
	res, err := c.Do(r)
	must(p.t, err)
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		words, _ := io.ReadAll(res.Body)
		p.t.Fatalf("%s %s: %s %s", method, path, res.Status, words)
	}
}

// furnish makes what a province's administrator would: the signing key, this program as a client, and a person.
func (p provider) furnish() {
	p.t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	must(p.t, err)
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	must(p.t, err)
	text := func(kind string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	}
	admin := p.session("admin", "password")
	p.send(admin, "POST", "/mod/plugin/", map[string]any{"module": "oidc", "name": "oidc", "display_name": "oidc", "parameters": map[string]any{
		"iss": p.url + "/oidc", "jwt-type": "rsa", "jwt-key-size": "256", "key": text("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key)),
		"cert": text("PUBLIC KEY", public), "access-token-duration": 60, "refresh-token-duration": 60, "code-duration": 60, "refresh-token-rolling": false,
		"allow-non-oidc": false, "auth-type-code-enabled": true, "auth-type-token-enabled": false, "auth-type-id-token-enabled": true,
		"auth-type-none-enabled": false, "auth-type-password-enabled": false, "auth-type-client-enabled": false, "auth-type-device-enabled": false,
		"auth-type-refresh-enabled": false, "pkce-allowed": true, "pkce-method-plain-allowed": false, "subject-type": "public", "scope": []any{},
		"claims": []any{map[string]any{"name": "preferred_username", "user-property": "username", "type": "string", "mandatory": true}}}})
	p.send(admin, "POST", "/client/?source=database", map[string]any{"client_id": "haicap", "name": "haicap", "enabled": true, "confidential": true,
		"client_secret": programSecret, "token_endpoint_auth_method": []string{"client_secret_basic"}, "redirect_uri": []string{back}, "authorization_type": []string{"code"}, "scope": []string{}})
	p.send(admin, "POST", "/scope/", map[string]any{"name": "profile", "display_name": "profile", "description": "profile", "password_required": false,
		"scheme": map[string]any{}})
	p.send(admin, "POST", "/user/?source=database", map[string]any{"username": "tonghop", "name": "Phòng Tổng hợp", "password": "mật khẩu của người",
		"enabled": true, "scope": []string{"openid", "profile", "g_profile"}})
}

// TestGlewlwyd logs somebody in at a single sign-on that others have written.
func TestGlewlwyd(t *testing.T) {
	t.Parallel()
	p := glewlwyd(t)
	p.furnish()
	c, err := New(Config{Issuer: p.url + "/oidc", ClientID: "haicap", Secret: programSecret})
	must(t, err)
	person := p.session("tonghop", "mật khẩu của người")
	p.send(person, "PUT", "/auth/grant/haicap", map[string]any{"scope": "openid profile"})

	address, secret, err := c.Begin(t.Context(), back, "trạng-thái")
	must(t, err)
	res, err := person.Get(address + "&g_continue")
	must(t, err)
	defer res.Body.Close()
	home, err := url.Parse(res.Header.Get("Location"))
	must(t, err)
	code := home.Query().Get("code")
	if code == "" || home.Query().Get("state") != "trạng-thái" {
		t.Fatalf("it sends the browser to %s", home)
	}
	id, err := c.Finish(t.Context(), back, code, secret)
	must(t, err)
	if id.Subject == "" || id.Login != "tonghop" {
		t.Errorf("it vouches for %+v", id)
	}
	if again, err := c.Finish(t.Context(), back, code, secret); err == nil {
		t.Errorf("a code is good twice: %+v", again)
	}
}
