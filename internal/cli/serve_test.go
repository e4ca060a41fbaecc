package cli

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// A served is a haicap that serves in this process.
type served struct {
	url    string
	before []string // lines of standard output before the ready line
	took   time.Duration
	stop   func() int // ends it and gives its status
	log    *buffer
}

// buffer is a bytes.Buffer that two goroutines may use.
type buffer struct {
	sync.Mutex
	b bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) { b.Lock(); defer b.Unlock(); return b.b.Write(p) }

func (b *buffer) String() string { b.Lock(); defer b.Unlock(); return b.b.String() }

var address = regexp.MustCompile(`https?://\S+`)

// serve runs the program until the test ends, and comes back when a browser can connect.
func serve(t *testing.T, env map[string]string, args ...string) served {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r, w := io.Pipe()
	log := &buffer{}
	ended := make(chan int, 1)
	begun := time.Now()
	go func() {
		status := Run(ctx, args, func(k string) string { return env[k] }, strings.NewReader(""), w, log)
		_ = w.Close()
		ended <- status
	}()
	s := served{log: log}
	s.stop = sync.OnceValue(func() int { cancel(); _ = r.Close(); return <-ended })
	t.Cleanup(func() { s.stop() })
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if s.url = address.FindString(lines.Text()); s.url != "" {
			s.took = time.Since(begun)
			return s
		}
		s.before = append(s.before, lines.Text())
	}
	t.Fatalf("it never came up: status %d\n%s", s.stop(), log)
	return s
}

// get fetches a page without following redirects.
func get(t *testing.T, url string) (*http.Response, string) {
	t.Helper()
	c := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func begun(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "kho")
	if status, _, errs := run(t, nil, "init", "--province", "25", "--data", dir); status != 0 {
		t.Fatal(errs)
	}
	return dir
}

func TestServe(t *testing.T) {
	t.Parallel()
	dir := begun(t)
	s := serve(t, nil, "serve", "--data", dir, "--listen", "127.0.0.1:0")
	at := time.Now()
	if res, body := get(t, s.url+"/login"); res.StatusCode != http.StatusOK || !strings.Contains(body, "<form") {
		t.Errorf("login: %s\n%.300s", res.Status, body)
	}
	t.Logf("first page %v after the start (ready after %v)", s.took+time.Since(at), s.took)
	if res, _ := get(t, s.url+"/healthz"); res.StatusCode != http.StatusOK {
		t.Errorf("health: %s", res.Status)
	}
	if res, _ := get(t, s.url+"/"); res.StatusCode != http.StatusSeeOther {
		t.Errorf("a stranger on the first page: %s", res.Status)
	}
	if status := s.stop(); status != 0 {
		t.Errorf("status %d after it was asked to stop\n%s", status, s.log)
	}
	if strings.Contains(s.log.String(), dir) {
		t.Errorf("the log names the data folder: %s", s.log)
	}
}

func TestServeRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change string
		want   string
	}{
		"behind": {"DELETE FROM schema_version WHERE version_id = (SELECT max(version_id) FROM schema_version)", "haicap migrate"},
		"ahead":  {"INSERT INTO schema_version (version_id, is_applied) VALUES (9999, 1)", "9999"},
		"empty":  {"DELETE FROM account; DELETE FROM agency; DELETE FROM holding", "haicap init"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := begun(t)
			change(t, dir, "PRAGMA foreign_keys = OFF; "+c.change)
			status, out, errs := run(t, nil, "serve", "--data", dir, "--listen", "127.0.0.1:0")
			if status != 1 || out != "" || !strings.Contains(errs, c.want) {
				t.Errorf("status %d\n%s%s", status, out, errs)
			}
		})
	}
	status, _, errs := run(t, nil, "serve", "--data", begun(t), "--listen", "192.0.2.1:80")
	if status != 1 || !strings.Contains(errs, "192.0.2.1:80") {
		t.Errorf("an address of another machine: status %d\n%s", status, errs)
	}
}

// change runs SQL on the database of a data folder, behind the program's back.
func change(t *testing.T, dir, text string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, dbName)+"?_pragma=busy_timeout(10000)") // a server may be writing
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), text); err != nil {
		t.Fatal(err)
	}
}

func TestAuditVerifySeesAChange(t *testing.T) {
	t.Parallel()
	dir := begun(t)
	if status, _, errs := run(t, nil, "account", "add", "vanthu", "--data", dir); status != 0 {
		t.Fatal(errs)
	}
	change(t, dir, "UPDATE audit_line SET action = 'account.delete' WHERE seq = 2")
	status, _, errs := run(t, nil, "audit", "verify", "--data", dir)
	if status != 1 || !strings.Contains(errs, "Dòng 2") {
		t.Errorf("status %d: %s", status, errs)
	}
}

// demoLogins are the passwords that the demo has printed, by login.
func demoLogins(s served) map[string]string {
	login := regexp.MustCompile(`^  (\w+) +(\S+)  `)
	passwords := map[string]string{}
	for _, line := range s.before {
		if m := login.FindStringSubmatch(line); m != nil {
			passwords[m[1]] = m[2]
		}
	}
	return passwords
}

// TestDemo is the loop once on the project's own documents: filed, read, confirmed, and seen in the brief.
func TestDemo(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "thử")
	s := serve(t, map[string]string{"HAICAP_DB": "postgres://nobody@192.0.2.1/none"}, "demo", "--data", dir, "--listen", "127.0.0.1:0")
	t.Logf("the demo is up after %v", s.took)
	passwords := demoLogins(s)
	for _, who := range demoAccounts {
		res, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).
			PostForm(s.url+"/login", url.Values{"login": {who.login}, "password": {passwords[who.login]}})
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusSeeOther || len(res.Cookies()) == 0 {
			t.Errorf("%s cannot log in: %s", who.login, res.Status)
		}
	}
	if n := strings.Count(s.log.String(), "đã đọc và ghi sổ"); n < 6 {
		t.Errorf("%d documents were confirmed\n%s", n, s.log)
	}
	if status := s.stop(); status != 0 {
		t.Errorf("status %d\n%s", status, s.log)
	}
	status, out, errs := run(t, nil, "brief", "07909", "--data", dir)
	if status != 0 {
		t.Fatal(errs)
	}
	for _, want := range []string{"410,6 tỷ đồng", "366,3 tỷ đồng", "HAI SỐ LIỆU KHÁC NHAU", "15.219 tỷ đồng", "Năm hay lũy kế nhiệm kỳ?", "chủ trì: Văn phòng Tỉnh ủy", "hạn: "} {
		if !strings.Contains(strings.Join(strings.Fields(out), " "), want) {
			t.Errorf("the brief lacks %q", want)
		}
	}
	if t.Failed() {
		t.Log(out)
	}
	if status, out, errs := run(t, nil, "audit", "verify", "--data", dir); status != 0 {
		t.Error(out, errs)
	}
}
