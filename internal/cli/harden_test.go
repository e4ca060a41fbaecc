package cli

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"haicap/internal/access"
	"haicap/internal/samples"
)

// writePair makes a certificate of this machine and puts it with its key into files.
func writePair(t *testing.T, cert, key string, serial int64) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	fatal(t, err)
	about := &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "haicap"}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, about, about, &k.PublicKey, k)
	fatal(t, err)
	private, err := x509.MarshalPKCS8PrivateKey(k)
	fatal(t, err)
	fatal(t, os.WriteFile(cert, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	fatal(t, os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o600))
}

func fatal(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestCertificateIsReadAnew(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "c.pem"), filepath.Join(dir, "k.pem")
	writePair(t, cert, key, 1)
	log := &buffer{}
	c, err := openCertificate(cert, key, slog.New(slog.NewTextHandler(log, nil)))
	fatal(t, err)
	now := time.Now()
	c.now = func() time.Time { return now }
	serial := func() int64 {
		t.Helper()
		now = now.Add(lookEvery + time.Second)
		pair, err := c.get(nil)
		fatal(t, err)
		x, err := x509.ParseCertificate(pair.Certificate[0])
		fatal(t, err)
		return x.SerialNumber.Int64()
	}
	if n := serial(); n != 1 {
		t.Fatalf("serial %d", n)
	}
	old, err := os.ReadFile(key)
	fatal(t, err)
	writePair(t, cert, key, 2)
	whole, err := os.ReadFile(key)
	fatal(t, err)
	fatal(t, os.WriteFile(key, old, 0o600)) // half renewed
	fatal(t, os.Chtimes(cert, now, now.Add(time.Hour)))
	if n := serial(); n != 1 || !strings.Contains(log.String(), "cannot be used") {
		t.Errorf("a pair that does not fit is served: serial %d, %s", n, log)
	}
	fatal(t, os.WriteFile(key, whole, 0o600))
	if n := serial(); n != 2 {
		t.Errorf("after the renewal: serial %d", n)
	}
}

func TestServeTLS(t *testing.T) {
	t.Parallel()
	dir := begun(t)
	cert, key := filepath.Join(dir, "c.pem"), filepath.Join(dir, "k.pem")
	writePair(t, cert, key, 7)
	s := serve(t, nil, "serve", "--data", dir, "--listen", "127.0.0.1:0", "--tls-cert", cert, "--tls-key", key)
	if !strings.HasPrefix(s.url, "https://") {
		t.Fatalf("it says %s", s.url)
	}
	roots := x509.NewCertPool()
	pemBytes, err := os.ReadFile(cert)
	fatal(t, err)
	roots.AppendCertsFromPEM(pemBytes)
	c := http.Client{Transport: &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{RootCAs: roots}}}
	res, err := c.Get(s.url + "/login")
	fatal(t, err)
	_ = res.Body.Close()
	c.CloseIdleConnections()
	if res.ProtoMajor != 2 || res.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("%s, HSTS %q", res.Proto, res.Header.Get("Strict-Transport-Security"))
	}
	for version, want := range map[uint16]bool{tls.VersionTLS10: false, tls.VersionTLS11: false, tls.VersionTLS12: true, tls.VersionTLS13: true} {
		conn, err := tls.Dial("tcp", strings.TrimPrefix(s.url, "https://"), &tls.Config{RootCAs: roots, MinVersion: version, MaxVersion: version})
		if (err == nil) != want {
			t.Errorf("%s: %v", tls.VersionName(version), err)
		}
		if err == nil {
			_ = conn.Close()
		}
	}
	if log := s.log.String(); strings.Contains(log, "127.0.0.1") && strings.Contains(log, "TLS handshake error from 127") {
		t.Errorf("the log names who failed: %s", log)
	}
	for _, args := range [][]string{{"--tls-cert", cert}, {"--tls-key", key}, {"--tls-cert", key, "--tls-key", cert}} {
		status, _, errs := run(t, nil, append([]string{"serve", "--data", dir, "--listen", "127.0.0.1:0"}, args...)...)
		if status != statusRefused {
			t.Errorf("%v: status %d: %s", args, status, errs)
		}
	}
}

var metricsAt = regexp.MustCompile(`http://\S+/metrics`)

// TestMetrics: what is measured is there on an address of its own, and tells nothing of anybody.
func TestMetrics(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, "serve", "--data", begun(t), "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0")
	at := metricsAt.FindString(s.log.String())
	if at == "" {
		t.Fatalf("no address: %s", s.log)
	}
	for _, path := range []string{"/login", "/search?q=Nguyen", "/documents/khong-co", "/khong/co/trang", "/metrics"} {
		get(t, s.url+path)
	}
	if res, _ := get(t, s.url+"/metrics"); res.StatusCode != http.StatusNotFound {
		t.Errorf("the public address answers /metrics with %s", res.Status)
	}
	res, body := get(t, at)
	if res.StatusCode != http.StatusOK {
		t.Fatal(res.Status)
	}
	for _, want := range []string{`haicap_http_requests_total{route="GET /login",status="200"} 1`, `haicap_http_requests_total{route="GET /search",status="303"} 1`,
		`haicap_http_request_seconds_count{route="/"} `, "haicap_http_requests_running 0", `haicap_jobs{state="waiting"} 0`, `haicap_jobs{state="dead"} 0`,
		"haicap_audit_lines 1", `haicap_data_bytes{part="database"} `, "haicap_store_up 1", `haicap_store_transaction_seconds_count{kind="view",outcome="done"} `,
		`haicap_store_retries_total{kind="view"} 0`, "haicap_build_info{", "go_heap_bytes "} {
		if !strings.Contains(body, want) {
			t.Errorf("%s is missing", want)
		}
	}
	for _, leak := range []string{"Nguyen", "khong", "127.0.0.1"} {
		if strings.Contains(body, leak) {
			t.Errorf("it tells %q", leak)
		}
	}
	base := strings.TrimSuffix(at, "/metrics")
	for _, path := range []string{s.url + "/healthz", s.url + "/readyz", base + "/healthz", base + "/readyz"} {
		if res, _ := get(t, path); res.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", path, res.Status)
		}
	}
	if t.Failed() {
		t.Log(body)
	}
}

func TestNotReady(t *testing.T) {
	t.Parallel()
	dir := begun(t)
	s := serve(t, nil, "serve", "--data", dir, "--listen", "127.0.0.1:0")
	change(t, dir, "INSERT INTO schema_version (version_id, is_applied) VALUES (9999, 1)")
	if res, _ := get(t, s.url+"/readyz"); res.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("with data of another version: %s", res.Status)
	}
	if res, _ := get(t, s.url+"/healthz"); res.StatusCode != http.StatusOK {
		t.Errorf("it is alive all the same: %s", res.Status)
	}
}

// TestServerHasLimits: whoever sends slowly or much is cut off.
func TestServerHasLimits(t *testing.T) {
	t.Parallel()
	s := newServer(http.NotFoundHandler(), slog.New(slog.DiscardHandler))
	if s.ReadHeaderTimeout <= 0 || s.ReadHeaderTimeout > 15*time.Second || s.ReadTimeout <= 0 || s.WriteTimeout <= 0 || s.IdleTimeout <= 0 ||
		s.MaxHeaderBytes <= 0 || s.MaxHeaderBytes > 1<<17 || s.ErrorLog == nil {
		t.Errorf("%+v", s)
	}
	for in, want := range map[string]string{
		"http: TLS handshake error from 192.0.2.7:40112: EOF":    "http: TLS handshake error from …: EOF",
		"http: panic serving [2001:db8::7%eth0]:40112: whatever": "http: panic serving …: whatever",
	} {
		log := &buffer{}
		_, _ = withoutAddresses{slog.New(slog.NewTextHandler(log, nil))}.Write([]byte(in))
		if !strings.Contains(log.String(), want) {
			t.Errorf("%q becomes %s", in, log)
		}
	}
}

// TestLogTellsNothingOfAnybody goes through login, search and upload, with mistakes, and looks for what was typed in the log.
func TestLogTellsNothingOfAnybody(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"json", "text"} {
		dir := begun(t)
		env := map[string]string{"HAICAP_LOG_LEVEL": "debug", "HAICAP_LOG_FORMAT": format}
		status, out, errs := run(t, env, "account", "add", "tonghop.bimat", "--role", "analyst", "--name", "Nguyễn Thị Kín", "--data", dir)
		if status != 0 {
			t.Fatal(errs)
		}
		password := strings.Fields(out)[len(strings.Fields(out))-1]
		for _, w := range strings.Fields(out) {
			if len(w) >= 16 && !strings.Contains(w, "/") {
				password = w
			}
		}
		s := serve(t, env, "serve", "--data", dir, "--listen", "127.0.0.1:0")
		jar, err := cookiejar.New(nil)
		fatal(t, err)
		c := &http.Client{Jar: jar}
		post := func(path string, form url.Values) string {
			res, err := c.PostForm(s.url+path, form)
			fatal(t, err)
			defer res.Body.Close()
			body, _ := io.ReadAll(res.Body)
			return string(body)
		}
		post("/login", url.Values{"login": {"tonghop.bimat"}, "password": {"mật khẩu gõ nhầm"}})
		post("/login", url.Values{"login": {"khongcoai.bimat"}, "password": {"mật khẩu gõ nhầm"}})
		if page := post("/login", url.Values{"login": {"tonghop.bimat"}, "password": {password}}); !strings.Contains(page, "Nguyễn Thị Kín") {
			t.Fatalf("%s: not logged in with %q\n%.2000s", format, password, page)
		}
		own := access.NewPassword()
		post("/account/password", url.Values{"current": {password}, "password": {own}, "again": {own}})
		for _, path := range []string{"/search?q=Trần+Văn+Dò", "/documents/ho-so-Dò", "/units/Dò", "/?lang=Dò", "/%ff%00Dò"} {
			if res, err := c.Get(s.url + path); err == nil {
				_ = res.Body.Close()
			}
		}
		var b bytes.Buffer
		form := multipart.NewWriter(&b)
		part, err := form.CreateFormFile("file", "don-thu-ong-Dò.txt")
		fatal(t, err)
		_, _ = part.Write(samples.All()[0].Data)
		fatal(t, form.Close())
		res, err := c.Post(s.url+"/documents", form.FormDataContentType(), &b)
		fatal(t, err)
		body, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if res.StatusCode != http.StatusOK || !strings.Contains(string(body), "don-thu-ong-Dò.txt") && !strings.Contains(res.Request.URL.Path, "/reviews/") {
			t.Errorf("%s: upload: %s at %s", format, res.Status, res.Request.URL)
		}
		u, _ := url.Parse(s.url)
		leaks := []string{"bimat", "Nguyễn", "Kín", "gõ nhầm", "Dò", "D%C3%B2", "D\\u00f2", "don-thu", "127.0.0.1", "Go-http-client", password, own, samples.All()[0].Name}
		for _, cookie := range jar.Cookies(u) {
			leaks = append(leaks, cookie.Value)
		}
		s.stop()
		log := s.log.String()
		for _, leak := range leaks {
			if len(leak) > 1 && leak != "vi" && strings.Contains(log, leak) {
				t.Errorf("%s: the log holds %q", format, leak)
			}
		}
		if n := strings.Count(log, "POST /login"); n < 3 || !strings.Contains(log, "POST /documents") {
			t.Errorf("%s: the log lacks requests (%d logins)", format, n)
		}
		if t.Failed() {
			t.Log(log)
		}
	}
}

// TestErrorPageGivesTheNumber: what an error page shows finds the line in the log.
func TestErrorPageGivesTheNumber(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, "serve", "--data", begun(t), "--listen", "127.0.0.1:0")
	res, body := get(t, s.url+"/khong-co")
	number := res.Header.Get("X-Request-Id")
	if number == "" || !strings.Contains(body, number) {
		t.Fatalf("number %q is not on the page\n%s", number, body)
	}
	s.stop()
	if !strings.Contains(s.log.String(), `"request":"`+number+`"`) {
		t.Errorf("%s is not in the log: %s", number, s.log)
	}
}

// A program is haicap as a process of its own.
type program struct {
	cmd *exec.Cmd
	url string
	err *buffer
}

func started(t *testing.T, dir string) program {
	t.Helper()
	path, err := exec.LookPath("haicap-main")
	fatal(t, err)
	p := program{cmd: exec.CommandContext(t.Context(), path, "serve", "--data", dir, "--listen", "127.0.0.1:0"), err: &buffer{}}
	p.cmd.Env = append(os.Environ(), "LANG=")
	p.cmd.Stderr = p.err
	out, err := p.cmd.StdoutPipe()
	fatal(t, err)
	fatal(t, p.cmd.Start())
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if p.url = address.FindString(lines.Text()); p.url != "" {
			return p
		}
	}
	t.Fatalf("it never came up: %s", p.err)
	return p
}

// halfAsked sends a form but for its last bytes, so that the request is under way.
func halfAsked(t *testing.T, p program) (net.Conn, string) {
	t.Helper()
	u, err := url.Parse(p.url)
	fatal(t, err)
	conn, err := net.Dial("tcp", u.Host)
	fatal(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	form := "login=ai&password=khong"
	_, err = fmt.Fprintf(conn, "POST /login HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n", u.Host, len(form))
	fatal(t, err)
	// The handler reads the form: it asks for it, so it runs.
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil || !strings.Contains(line, "100") {
		t.Fatalf("%q, %v", line, err)
	}
	return conn, form
}

// TestStopsInGoodOrder: a request that is under way when the program is asked to stop is answered, and then the program ends with 0.
func TestStopsInGoodOrder(t *testing.T) {
	t.Parallel()
	p := started(t, begun(t))
	conn, form := halfAsked(t, p)
	fatal(t, p.cmd.Process.Signal(syscall.SIGTERM))
	refused(t, p.url)
	_, err := io.WriteString(conn, form)
	fatal(t, err)
	answer, err := io.ReadAll(conn)
	if err != nil || !strings.Contains(string(answer), "HTTP/1.1 401") && !strings.Contains(string(answer), "HTTP/1.1 4") {
		t.Errorf("the request is not answered: %.300q, %v", answer, err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("%v: %s", err, p.err)
	}
}

// TestSecondSignalEnds: whoever asks twice does not want to wait.
func TestSecondSignalEnds(t *testing.T) {
	t.Parallel()
	p := started(t, begun(t))
	halfAsked(t, p)
	fatal(t, p.cmd.Process.Signal(syscall.SIGTERM))
	refused(t, p.url)
	begun := time.Now()
	fatal(t, p.cmd.Process.Signal(syscall.SIGTERM))
	err := p.cmd.Wait()
	state, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus)
	if err == nil || !ok || !state.Signaled() || state.Signal() != syscall.SIGTERM || time.Since(begun) > stopFor/2 {
		t.Errorf("it ends with %v after %v: %s", err, time.Since(begun), p.err)
	}
}

// refused comes back when the program takes no new connections any more.
func refused(t *testing.T, at string) {
	t.Helper()
	u, err := url.Parse(at)
	fatal(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for tick := time.NewTicker(5 * time.Millisecond); ; <-tick.C {
		conn, err := net.Dial("tcp", u.Host)
		if err != nil {
			return
		}
		_ = conn.Close()
		if ctx.Err() != nil {
			t.Fatal("it still takes connections")
		}
	}
}
