package notify_test

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// A sink is a mail server on this machine that takes letters, or answers as a test wants.
type sink struct {
	port    int
	roots   *x509.CertPool
	config  *tls.Config
	answers map[string]string // by verb, in place of the usual one; "hang up" closes the connection

	mu      sync.Mutex
	letters []string
	logins  []string
}

func newSink(t *testing.T, implicit bool, answers map[string]string) *sink {
	t.Helper()
	web := httptest.NewTLSServer(nil) // for its certificate
	t.Cleanup(web.Close)
	s := &sink{roots: x509.NewCertPool(), config: &tls.Config{Certificates: web.TLS.Certificates}, answers: answers}
	s.roots.AddCert(web.Certificate())
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.port = l.Addr().(*net.TCPAddr).Port
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			if implicit {
				conn = tls.Server(conn, s.config)
			}
			all.Go(func() { s.serve(conn) })
		}
	})
	t.Cleanup(func() { _ = l.Close(); all.Wait() })
	return s
}

func (s *sink) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	r := bufio.NewReader(conn)
	say := func(line string) { _, _ = conn.Write([]byte(line + "\r\n")) }
	usual := map[string]string{"GREET": "220 sink", "EHLO": "250-sink\r\n250-8BITMIME\r\n250-STARTTLS\r\n250 AUTH PLAIN", "DATA": "354 go on", "END": "250 taken",
		"STARTTLS": "220 now", "AUTH": "235 welcome", "QUIT": "221 bye"}
	answer := func(verb string) bool {
		line, ok := s.answers[verb]
		if !ok {
			line, ok = usual[verb]
		}
		if !ok {
			line = "250 fine"
		}
		if line == "hang up" {
			return false
		}
		say(line)
		return !strings.HasPrefix(line, "421")
	}
	for verb := "GREET"; answer(verb); {
		switch {
		case verb == "QUIT":
			return
		case verb == "STARTTLS":
			conn = tls.Server(conn, s.config)
			r = bufio.NewReader(conn)
		case verb == "DATA" && s.answers["DATA"] == "":
			s.take(r)
			if !answer("END") {
				return
			}
		}
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if verb = strings.ToUpper(word); verb == "AUTH" {
			_, secret, _ := strings.Cut(rest, " ")
			plain, _ := base64.StdEncoding.DecodeString(secret)
			s.mu.Lock()
			s.logins = append(s.logins, string(plain))
			s.mu.Unlock()
		}
	}
}

func (s *sink) take(r *bufio.Reader) {
	var b strings.Builder
	for {
		line, err := r.ReadString('\n')
		if err != nil || line == ".\r\n" {
			break
		}
		b.WriteString(strings.TrimPrefix(line, "."))
	}
	s.mu.Lock()
	s.letters = append(s.letters, b.String())
	s.mu.Unlock()
}

func (s *sink) taken() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.letters...)
}
